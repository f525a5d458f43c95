"""A demonstração: pessoas e indicadores inventados sobre municípios reais, e partilhas em cada estado por que passam.

Repetir não muda nada: o que já existe fica como a pessoa o deixou.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from demonstracao import partilhas
from demonstracao.indicadores import FONTE, sintetizar
from demonstracao.pessoas import ENTRADAS, criar_entradas
from normas.partilha.regras import regras_do_exercicio
from normas.territorio.porte import porte_pelos_limites
from suas.cadastros.territorio.models import Municipio, Populacao
from suas.nucleo.identidade import consultas as pessoas_consultas
from suas.nucleo.identidade.acoes import pessoas as identidade
from suas.nucleo.identidade.models import Pessoa
from suas.nucleo.permissoes.ator import ATOR_PUBLICO, Ator
from suas.nucleo.recusa import AtoRecusado
from suas.vigilancia.indicadores import acoes as indicadores
from suas.vigilancia.indicadores.models import Valor

ANO_DOS_INDICADORES = 2025
ANO_DA_POPULACAO = 2020
ORGAO = "Assistência social (órgão fictício)"
#: Municípios do Espírito Santo sem mortalidade infantil, para que a partilha estadual tenha o que completar.
SEM_MORTALIDADE = {"3200102", "3200904", "3205036"}


def carregar(*, em: datetime, diga: Callable[[str], None]) -> None:
    """Cria o que falta da demonstração. `diga` recebe uma frase curta por passo.

    Erros: `AtoRecusado` (de identidade) se a instalação existente não é de demonstração.
    """
    instalacao = pessoas_consultas.instalacao()
    if instalacao is None:
        identidade.criar_instalacao(orgao=ORGAO, abrangencia="BR", demonstracao=True, por=ATOR_PUBLICO, em=em)
    elif not instalacao.demonstracao:
        raise AtoRecusado(f"A instalação é de “{instalacao.orgao}” e não é de demonstração.")
    criar_entradas(em=em)
    indicadores.carregar_catalogo(por=ATOR_PUBLICO, em=em)
    federal = ator_da_demonstracao("federal@redesuas.example", em=em)
    if not Valor.objects.filter(fonte=FONTE).exists():
        diga("indicadores sintéticos de todos os municípios")
        gravados = indicadores.gravar_valores(
            valores=_valores(), fonte=FONTE, sintetico=True, por=federal, em=em, motivo="Demonstração"
        )
        diga(f"{gravados.novos:,} valores gravados".replace(",", "."))
    estadual = ator_da_demonstracao("estadual@redesuas.example", em=em)
    partilhas.criar(federal=federal, estadual=estadual, em=em, diga=diga)


def ator_da_demonstracao(email: str, *, em: datetime) -> Ator:
    """Uma das pessoas de `ENTRADAS`, agindo pelo vínculo que tem."""
    assert email in {entrada.email for entrada in ENTRADAS}
    return pessoas_consultas.ator_de(Pessoa.objects.get(email=email), vinculo_id=None, em=em.date())


def _valores() -> Iterable[indicadores.NovoValor]:
    populacao = dict(Populacao.objects.filter(ano=ANO_DA_POPULACAO).values_list("municipio_id", "habitantes"))
    limites = regras_do_exercicio(ANO_DOS_INDICADORES).limites_de_porte
    for codigo, uf in Municipio.objects.existentes_em(ANO_DA_POPULACAO).values_list("codigo_ibge", "uf__sigla"):
        habitantes = populacao[codigo]
        porte = porte_pelos_limites(populacao=habitantes, uf=uf, limites=limites)
        inventado = sintetizar(codigo_ibge=codigo, uf=uf, populacao=habitantes, porte=porte)
        for indicador, valor in inventado.valores.items():
            if indicador == "mortalidade_infantil" and (uf != "ES" or codigo in SEM_MORTALIDADE):
                continue
            yield indicadores.NovoValor(indicador=indicador, municipio=codigo, ano=ANO_DOS_INDICADORES, valor=valor)
