"""Os arquivos reais de unidades pelo importador do produto, numa instalação passageira: o que entra e o que não."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fontes

from suas.config.gerenciar import preparar_banco, preparar_django
from suas.nucleo.planilhas.leitura import LINHAS_MAXIMAS

AGORA = datetime(2026, 11, 22, 12, tzinfo=UTC)
IDCRAS = "cras_idcras_2014_2016_2021"
#: Na ordem em que entram: como se diz, o arquivo e o que se responde ao enviá-lo.
PLANILHAS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("CRAS 2007", "cras_2007", {"tipo": "cras"}),
    ("CRAS 2008", "cras_2008", {"tipo": "cras"}),
    *((f"CRAS {ano}", IDCRAS, {"tipo": "cras", "ano": ano}) for ano in ("2014", "2015", "2016", "2021")),
    ("CREAS 2017", "creas_2017", {"tipo": "creas"}),
    ("CREAS 2023", "creas_idcreas_2023", {"tipo": "creas"}),
    ("Centro POP 2023", "centro_pop_2023", {"tipo": "centro_pop"}),
    ("Postos do CadÚnico 2022", "posto_cadastro_unico_2022", {"tipo": "posto_cadunico"}),
)


@dataclass(frozen=True, kw_only=True)
class Entrada:
    """Uma planilha: o que se leu, as faltas como vieram, o que se gravou e o que a segunda vez mudaria."""

    nome: str
    arquivo: str
    linhas: int
    outras: int
    reconhecidas: int
    colunas: int
    faltas: list[tuple[str, str, int]]
    esvaziadas: int
    de_fora: int
    novas: int
    mudadas: int
    iguais: int
    de_novo: int


def importar(pasta: Path) -> list[Entrada]:
    """Prepara a instalação na pasta e importa todas, na ordem; cada uma duas vezes."""
    preparar_django(dados=pasta)
    preparar_banco()
    from suas.cadastros.territorio.acoes import carregar_federacao
    from suas.nucleo.importacoes import tarefas
    from suas.nucleo.permissoes.ator import ATOR_PUBLICO

    tarefas.LINHAS_NA_HORA = LINHAS_MAXIMAS  # não há fila aqui: tudo se confere e aplica na hora
    carregar_federacao(por=ATOR_PUBLICO, em=AGORA)
    traz, aprova = _alguem("traz"), _alguem("aprova")
    return [_importar(nome, arquivo, respostas, traz, aprova) for nome, arquivo, respostas in PLANILHAS]


def _alguem(nome: str) -> Any:
    from suas.nucleo.identidade.models import Pessoa
    from suas.nucleo.permissoes.ator import Ator
    from suas.nucleo.permissoes.papeis import ADMINISTRACAO_FEDERAL

    pessoa = Pessoa.objects.create(email=f"{nome}@exemplo.gov.br", nome="Fulana do Exemplo")
    return Ator(pessoa=pessoa, vinculo=None, papel=ADMINISTRACAO_FEDERAL, abrangencia="BR")


def _importar(nome: str, arquivo: str, respostas: dict[str, str], traz: Any, aprova: Any) -> Entrada:
    from suas.cadastros.rede.importadores import UNIDADES
    from suas.nucleo.importacoes import consultas, tarefas
    from suas.nucleo.importacoes.acoes import aplicacao

    importacao, crua = _receber(arquivo, respostas | {"fonte": nome}, traz)
    esvaziar = consultas.celulas_a_esvaziar(crua, UNIDADES)
    importacao, de_fora = _acertar(importacao, esvaziar, traz)
    encaminhada = aplicacao.encaminhar(importacao=importacao, importador=UNIDADES, por=traz, em=AGORA)
    feita = tarefas.aplicar(importacao=encaminhada, importador=UNIDADES, por=aprova, em=AGORA)
    assert feita.situacao == "aplicada", (nome, consultas.previa_de(feita))
    outra_vez, _ = _receber(arquivo, respostas | {"fonte": nome}, traz)
    outra_vez, _ = _acertar(outra_vez, esvaziar, traz)
    return Entrada(
        nome=nome,
        arquivo=f"{arquivo}.csv",
        linhas=feita.linhas,
        outras=crua.outras,
        reconhecidas=sum(bool(codigo) for codigo in feita.destinos.values()),
        colunas=len(feita.colunas),
        faltas=_juntas(crua.faltas),
        esvaziadas=len(esvaziar),
        de_fora=de_fora,
        novas=feita.novas,
        mudadas=feita.mudadas,
        iguais=feita.iguais,
        de_novo=outra_vez.novas + outra_vez.mudadas,
    )


def _receber(arquivo: str, respostas: dict[str, str], traz: Any) -> tuple[Any, Any]:
    """A planilha recebida e conferida como veio, e a prévia."""
    from suas.cadastros.rede.importadores import UNIDADES
    from suas.nucleo.importacoes import consultas, tarefas
    from suas.nucleo.importacoes.acoes import preparo
    from suas.nucleo.planilhas import pastas

    conteudo = (fontes.DADOS / "suas" / f"{arquivo}.csv").read_bytes()
    importacao = preparo.receber(
        importador=UNIDADES,
        arquivo=f"{arquivo}.csv",
        conteudo=conteudo,
        quadro=pastas.ler(conteudo, reconhece=UNIDADES.reconhece),
        respostas=respostas,
        por=traz,
        em=AGORA,
    )
    conferida = tarefas.conferir(importacao=importacao, importador=UNIDADES, por=traz, em=AGORA)
    return conferida, consultas.previa_de(conferida)


def _acertar(importacao: Any, esvaziar: dict[str, str], traz: Any) -> tuple[Any, int]:
    """Faz os dois botões da tela: em branco as células dispensáveis que não se leram; de fora as linhas que restam."""
    from suas.cadastros.rede.importadores import UNIDADES
    from suas.nucleo.importacoes import consultas, tarefas
    from suas.nucleo.importacoes.acoes import preparo

    def conferida(**mudancas: Any) -> Any:
        corrigida = preparo.corrigir(importacao=importacao, importador=UNIDADES, por=traz, em=AGORA, **mudancas)
        return tarefas.conferir(importacao=corrigida, importador=UNIDADES, por=traz, em=AGORA)

    if esvaziar:
        importacao = conferida(correcoes=esvaziar)
    com_falta = consultas.previa_de(importacao).linhas_com_falta
    if com_falta:
        importacao = conferida(de_fora=com_falta)
    return importacao, len(com_falta)


def _juntas(faltas: Any) -> list[tuple[str, str, int]]:
    """As faltas do mesmo jeito contadas juntas, da mais comum: a coluna, a mensagem da primeira e quantas vezes."""
    jeitos = Counter((falta.coluna, _sem_numeros(falta.mensagem)) for falta in faltas)
    primeiras: dict[tuple[str, str], str] = {}
    for falta in faltas:
        primeiras.setdefault((falta.coluna, _sem_numeros(falta.mensagem)), falta.mensagem)
    return [(jeito[0], primeiras[jeito], vezes) for jeito, vezes in jeitos.most_common()]


def _sem_numeros(mensagem: str) -> str:
    """A mensagem sem o que é de uma linha só, para contar as iguais."""
    return re.sub(r"[0-9][0-9.-]*[0-9]|[0-9]", "N", re.sub("“[^”]*”", "“…”", mensagem))
