"""A demonstração: pessoas e indicadores inventados sobre municípios reais, e partilhas em cada estado por que passam.

Repetir não muda nada: o que já existe fica como a pessoa o deixou.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist, PermissionDenied

from demonstracao import entidades, equipes, esperas, familias, meses, orgaos, partilhas, prontuarios, rede, servicos
from demonstracao.indicadores import FONTE, sintetizar
from demonstracao.invencao import dia_de
from demonstracao.pessoas import ENTRADAS, criar_entradas, dar_casas
from normas.base.numeros import com_virgula
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

registro = logging.getLogger(__name__)
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
    carregar_cadastros(em=em, diga=diga)
    indicadores.carregar_catalogo(por=ATOR_PUBLICO, em=em)
    with se_couber("os indicadores e as partilhas", diga=diga):
        federal = ator_da_demonstracao("federal", em=em)
        if not Valor.objects.filter(fonte=FONTE).exists():
            diga("indicadores sintéticos de todos os municípios")
            gravados = indicadores.gravar_valores(
                valores=_valores(), fonte=FONTE, sintetico=True, por=federal, em=em, motivo="Demonstração"
            )
            diga(f"{gravados.novos:,} valores gravados".replace(",", "."))
        estadual = ator_da_demonstracao("estadual", em=em)
        partilhas.criar(federal=federal, estadual=estadual, em=em, diga=diga)


@contextmanager
def se_couber(o_que: str, *, diga: Callable[[str], None]) -> Iterator[None]:
    """Faz uma parte da demonstração; na casa que já mudou e onde ela não cabe, diz isso e segue com as outras.

    Cada parte é de atos inteiros: o que não coube não fica pela metade. Só se toleram a recusa de um ato e a falta do
    que a demonstração procura; outra falha para tudo, como deve.
    """
    try:
        yield
    except (AtoRecusado, PermissionDenied) as recusa:
        diga(f"{o_que}: ficam como estão, porque aqui já não cabem. {recusa}")
    except (ObjectDoesNotExist, MultipleObjectsReturned) as falta:
        registro.info("demonstração, %s: %s", o_que, falta)
        diga(f"{o_que}: ficam como estão, porque alguém já mudou ou tirou o que a demonstração tinha posto.")


def carregar_cadastros(*, em: datetime, diga: Callable[[str], None]) -> None:
    """Quem entra e os cadastros: órgãos e fundos de todos os entes, a rede do Espírito Santo, as entidades."""
    if registrados := orgaos.registrar_todos(por=ATOR_PUBLICO, em=em):
        diga(f"{com_virgula(registrados)} órgãos gestores, conselhos e fundos, de todos os entes do país")
    if unidades := rede.criar(por=ATOR_PUBLICO, em=em):
        diga(f"{unidades} unidades inventadas no Espírito Santo")
    criar_entradas(em=em)
    quem = partial(ator_da_demonstracao, em=em)
    with se_couber("as equipes", diga=diga):
        if trabalhadores := equipes.criar(por=ATOR_PUBLICO, em=em):
            diga(f"{com_virgula(trabalhadores)} pessoas inventadas nas equipes das unidades")
    with se_couber("o pedido e os territórios", diga=diga):
        esperas.criar(quem=quem, em=em)
    if quantos := meses.criar(por=ATOR_PUBLICO, em=em):
        diga(f"{com_virgula(quantos)} meses de RMA das unidades, inventados")
    with se_couber("as entidades", diga=diga):
        if quantas := entidades.cadastrar(quem=quem, em=em):
            diga(f"{quantas} entidades inventadas no Espírito Santo; em Vitória, com inscrições em todas as etapas")
    criar_entradas(em=em)  # agora também quem age pela entidade
    with se_couber("os lugares de quem entra", diga=diga):
        dar_casas(quem=quem, em=em)
    with se_couber("as famílias", diga=diga):
        if quantas := familias.criar(tecnica=quem("tecnica"), em=em):
            diga(f"{quantas} famílias inventadas em três CRAS e um CREAS de Vitória, com os atendimentos")
    with se_couber("as fichas dos prontuários", diga=diga):
        if quantas := prontuarios.criar(tecnica=quem("tecnica"), em=em):
            diga(f"{quantas} fichas do Prontuário SUAS e acompanhamentos inventados, nas famílias de Vitória")
    with se_couber("os encaminhamentos, os grupos e os benefícios", diga=diga):
        if quantos := servicos.criar(tecnica=quem("tecnica"), em=em):
            diga(f"{quantos} encaminhamentos, grupos e benefícios inventados, de Vitória")
    with se_couber("as inscrições", diga=diga):
        entidades.inscrever(quem=quem, em=em)


def ator_da_demonstracao(conta: str, *, em: datetime) -> Ator:
    """Uma das pessoas de `ENTRADAS`, agindo pelo primeiro vínculo que tem."""
    email = f"{conta}@redesuas.example"
    assert email in {entrada.email for entrada in ENTRADAS}
    return pessoas_consultas.ator_de(Pessoa.objects.get(email=email), vinculo_id=None, em=dia_de(em))


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
