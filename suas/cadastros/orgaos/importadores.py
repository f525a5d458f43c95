"""As planilhas do órgão gestor e do governo, e a do conselho: cada ente traz o seu (ADR 0050)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from suas.cadastros.orgaos import acoes, planilha
from suas.cadastros.orgaos.models import Orgao, nome_do_tipo
from suas.cadastros.territorio.colunas import CONTATO, LUGAR, falta_do_cep, texto
from suas.nucleo.importacoes.registro import Coluna, Falta, Importador, Linha, Lote, Pedido
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.planilhas import celulas

Tipo = Orgao.Tipo
DIZEM = ("ente", "tipo")
DA_GESTAO = {tipo.value: str(tipo.label) for tipo in (Tipo.ORGAO_GESTOR, Tipo.GOVERNO)}
NATUREZAS = {natureza.value: str(natureza.label) for natureza in Orgao.Natureza}


@dataclass(frozen=True, kw_only=True)
class _Conjunto:
    """O que a conferência consulta, lido de uma vez."""

    entes: planilha.Entes
    gravados: Mapping[str, Orgao]


def _preparar(pedido: Pedido) -> _Conjunto:
    do_proprio = Orgao.objects.filter(abrangencia=pedido.abrangencia)
    return _Conjunto(entes=planilha.Entes.de(pedido), gravados={orgao.tipo: orgao for orgao in do_proprio})


def _tipo(linha: Linha) -> str:
    return str(linha.get("tipo") or Tipo.CONSELHO.value)


def _gravado(linha: Linha, conjunto: _Conjunto) -> Orgao | None:
    return conjunto.gravados.get(_tipo(linha))


def _rotulo(linha: Linha, conjunto: _Conjunto) -> str:
    ente = conjunto.entes.da_linha(linha)
    return f"{nome_do_tipo(_tipo(linha), conjunto.entes.proprio)}, {planilha.lugar(ente)}"


def _conferir(linha: Linha, conjunto: _Conjunto) -> Iterable[Falta]:
    if faltas := list(conjunto.entes.faltas(linha)):
        yield from faltas
        return
    yield from planilha.falta_do_nome(_gravado(linha, conjunto), linha)
    yield from falta_do_cep(linha, conjunto.entes.proprio)
    if _tipo(linha) == Tipo.GOVERNO:
        for nome in ("natureza", "lei", "lei_dia", "decreto"):
            if nome in linha.valores:
                yield Falta(coluna=nome, mensagem="isto é do órgão gestor: o governo não se cria por lei. Apague.")


def _aplicar(lote: Lote, *, por: Ator, em: datetime) -> None:
    conjunto: _Conjunto = lote.conjunto

    def registrar(linha: Linha, dados: dict[str, Any]) -> Orgao:
        return acoes.registrar_orgao(tipo=_tipo(linha), abrangencia=conjunto.entes.proprio, dados=dados, por=por, em=em)

    planilha.gravar(
        lote,
        achar=lambda linha: _gravado(linha, conjunto),
        registrar=registrar,
        atualizar=lambda orgao, **resto: acoes.atualizar_orgao(orgao=orgao, **resto),
        dizem=DIZEM,
        por=por,
        em=em,
    )


_SIGLA = texto("sigla", "Sigla", "SEMAS", maximo=20, ajuda="Como SEMAS ou CMAS.")
_COMUM: dict[str, Any] = {
    "le": ("orgaos.orgao", "territorio.municipio"),
    "preparar": _preparar,
    "de_lado": lambda linha, conjunto: conjunto.entes.de_outro(linha),
    "outras": ("de outro ente", "de outros entes"),
    "territorio": lambda linha, conjunto: conjunto.entes.proprio,
    "rotulo": _rotulo,
    "chave": lambda linha, conjunto: _tipo(linha),
    "conferir": _conferir,
    "atual": lambda linha, conjunto: planilha.atual(_gravado(linha, conjunto), linha, dizem=DIZEM),
    "aplicar": _aplicar,
}

GESTAO = Importador(
    codigo="orgaos",
    nome="Órgão gestor e governo",
    resumo="O registro do órgão gestor e do governo do seu ente, como no CadSUAS. As linhas dos outros não se leem.",
    permissao=Permissao.ORGAO_ATUALIZAR,
    colunas=(
        planilha.COLUNA_DO_ENTE,
        Coluna(
            codigo="tipo",
            nome="Tipo",
            ajuda="Órgão gestor ou governo.",
            exemplo="Órgão gestor",
            ler=celulas.escolha(
                DA_GESTAO,
                sinonimos={
                    "prefeitura": "governo",
                    "governo do estado": "governo",
                    "secretaria": "orgao_gestor",
                    "gestor": "orgao_gestor",
                },
            ),
            escrever=lambda valor: DA_GESTAO.get(valor, ""),
            obrigatoria=True,
            sinonimos=("tipo de orgao", "tipo do orgao"),
        ),
        planilha.DO_ENTE[0],
        _SIGLA,
        Coluna(
            codigo="natureza",
            nome="Natureza",
            ajuda="Só do órgão gestor: se a secretaria é exclusiva, associada, subordinada ou fundação.",
            exemplo=NATUREZAS["exclusiva"],
            ler=celulas.escolha(NATUREZAS),
            escrever=lambda valor: NATUREZAS.get(valor, ""),
            dispensavel=True,
        ),
        *planilha.DO_ENTE[1:],
        *LUGAR,
        *CONTATO,
    ),
    **_COMUM,
)

CONSELHO = Importador(
    codigo="conselhos",
    nome="Conselho de assistência social",
    resumo="O registro do seu conselho, como no CadSUAS. As linhas dos outros não se leem.",
    permissao=Permissao.CONSELHO_ATUALIZAR,
    colunas=(
        planilha.COLUNA_DO_ENTE,
        planilha.DO_ENTE[0],
        _SIGLA,
        *planilha.DO_ENTE[1:],
        Coluna(
            codigo="secretaria_propria",
            nome="Tem secretaria executiva própria",
            ajuda="Sim ou não.",
            exemplo="sim",
            ler=celulas.sim_ou_nao(),
            sinonimos=("secretaria executiva", "tem secretaria executiva"),
            dispensavel=True,
        ),
        *LUGAR,
        *CONTATO,
    ),
    **_COMUM,
)
