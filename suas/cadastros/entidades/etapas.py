"""As etapas por que passa uma inscrição e os documentos que ela pede, com o fundamento de cada um.

A ordem das etapas é leitura do projeto: a resolução do CNAS trata da inscrição e deixa o rito a cada conselho, que diz
quais etapas usa. Prazo de etapa é do conselho e só avisa. Documento que não se leu na norma também só avisa.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from normas.base.fundamento import Fundamento

RESOLUCAO = "Resolução CNAS nº 14/2014"
LEITURA = "leitura do projeto"
DO_RITO = Fundamento(RESOLUCAO, f"rito do conselho ({LEITURA})")
DEFERIDA, INDEFERIDA = "deferida", "indeferida"
DEVOLVIDA = "devolvida"
#: O dia do ano até o qual se espera o plano do ano e o relatório do anterior.
ENTREGA_ANUAL = (4, 30)
ENTREGA_ANUAL_POR_QUE = (
    "O conselho acompanha as inscritas pelo plano de ação do ano e pelo relatório do ano anterior. O dia 30 de abril é "
    f"{LEITURA}: confira na resolução do seu conselho. Passado o dia, o sistema avisa e nada mais faz."
)


@dataclass(frozen=True, kw_only=True)
class Etapa:
    """Uma etapa: o que se faz nela e com que resultado sai. A `indispensavel` nenhum conselho deixa de usar."""

    codigo: str
    nome: str
    o_que: str
    resultados: tuple[tuple[str, str], ...]
    indispensavel: bool = False


PROTOCOLO = Etapa(
    codigo="protocolo",
    nome="Protocolo",
    o_que="O conselho recebe o pedido e o numera no seu protocolo.",
    resultados=(("recebida", "recebida"),),
    indispensavel=True,
)
ANALISE = Etapa(
    codigo="analise",
    nome="Análise dos documentos",
    o_que="A secretaria executiva confere cada documento; o que não serve volta à entidade com a razão.",
    resultados=(("em_ordem", "documentos em ordem"), (DEVOLVIDA, "devolvida para completar")),
)
VISITA = Etapa(
    codigo="visita",
    nome="Visita técnica",
    o_que="Quem visita conta o que viu: espaço, equipe, pessoas atendidas, como participam.",
    resultados=(("feita", "visita feita"),),
)
PARECER = Etapa(
    codigo="parecer",
    nome="Parecer da comissão",
    o_que="A comissão propõe à plenária deferir ou não, e diz por quê.",
    resultados=(("favoravel", "favorável"), ("desfavoravel", "desfavorável")),
)
PLENARIA = Etapa(
    codigo="plenaria",
    nome="Decisão da plenária",
    o_que="A plenária decide. Deferida, a inscrição recebe o próximo número do conselho.",
    resultados=((DEFERIDA, "deferida"), (INDEFERIDA, "indeferida")),
    indispensavel=True,
)
PUBLICACAO = Etapa(
    codigo="publicacao",
    nome="Publicação da decisão",
    o_que="A resolução sai no meio oficial do município.",
    resultados=(("publicada", "publicada"),),
)
COMPROVANTE = Etapa(
    codigo="comprovante",
    nome="Comprovante",
    o_que="O conselho entrega o comprovante de inscrição, que qualquer pessoa confere.",
    resultados=(("entregue", "entregue"),),
)
COMUNICACAO = Etapa(
    codigo="comunicacao",
    nome="Comunicação ao órgão gestor",
    o_que="O órgão gestor do município fica sabendo e completa o CNEAS.",
    resultados=(("comunicada", "comunicada"),),
)
ETAPAS = (PROTOCOLO, ANALISE, VISITA, PARECER, PLENARIA, PUBLICACAO, COMPROVANTE, COMUNICACAO)
DEPOIS_DE_INDEFERIDA = (PUBLICACAO,)
#: O que se registra fora do rito, e com que palavras.
FORA_DO_RITO = {
    ("anterior", "registrada"): "Inscrição anterior ao sistema, registrada pelo conselho",
    ("renovacao", "renovada"): "Validade renovada",
    ("desistencia", "encerrada"): "Encerrada por desistência da entidade",
    ("cancelamento", "aberto"): "Cancelamento aberto, com prazo para a defesa",
    ("cancelamento", "defendido"): "Defesa apresentada",
    ("cancelamento", "mantida"): "Cancelamento decidido: inscrição mantida",
    ("cancelamento", "cancelada"): "Cancelamento decidido: inscrição cancelada",
}


def etapa(codigo: str) -> Etapa | None:
    """A etapa do rito com este código, se é uma delas."""
    return next((uma for uma in ETAPAS if uma.codigo == codigo), None)


def em_palavras(codigo: str, resultado: str) -> str:
    """O passo como se lê: “Parecer da comissão: favorável”."""
    uma = etapa(codigo)
    if uma is None:
        return FORA_DO_RITO.get((codigo, resultado), codigo)
    return f"{uma.nome}: {dict(uma.resultados).get(resultado, resultado)}"


@dataclass(frozen=True, kw_only=True)
class Exigencia:
    """Um documento que a inscrição pede. Só o que se leu na norma (`impede`) segura a análise; o resto avisa."""

    codigo: str
    nome: str
    fundamento: Fundamento
    impede: bool
    anual: bool = False
    o_que_traz: tuple[str, ...] = field(default_factory=tuple)


_DO_PLANO = (
    "finalidades estatutárias e objetivos",
    "origem dos recursos e infraestrutura",
    "para cada oferta: público, capacidade, recursos financeiros e humanos, abrangência",
    "como os usuários participam",
)
_DA_ENTIDADE = Fundamento(RESOLUCAO, "documentos da inscrição de entidade")
_DA_OFERTA = Fundamento(RESOLUCAO, f"documentos da inscrição de oferta ({LEITURA})")
_DO_ANO = Fundamento(RESOLUCAO, f"acompanhamento anual ({LEITURA})")
DA_ENTIDADE = (
    Exigencia(codigo="requerimento", nome="Requerimento (Anexo I)", fundamento=_DA_ENTIDADE, impede=True),
    Exigencia(codigo="estatuto", nome="Estatuto social registrado", fundamento=_DA_ENTIDADE, impede=True),
    Exigencia(
        codigo="ata", nome="Ata de eleição e posse da diretoria, registrada", fundamento=_DA_ENTIDADE, impede=True
    ),
    Exigencia(codigo="plano", nome="Plano de ação", fundamento=_DA_ENTIDADE, impede=True, o_que_traz=_DO_PLANO),
    Exigencia(codigo="cnpj", nome="Comprovante do CNPJ", fundamento=_DA_ENTIDADE, impede=True),
)
DA_OFERTA = (
    Exigencia(codigo="requerimento", nome="Requerimento (Anexo II ou III)", fundamento=_DA_OFERTA, impede=False),
    Exigencia(codigo="plano", nome="Plano de ação", fundamento=_DA_OFERTA, impede=False, o_que_traz=_DO_PLANO),
)
DO_ANO = (
    Exigencia(
        codigo="plano_do_ano",
        nome="Plano de ação do ano",
        fundamento=_DO_ANO,
        impede=False,
        anual=True,
        o_que_traz=_DO_PLANO,
    ),
    Exigencia(
        codigo="relatorio",
        nome="Relatório de atividades do ano anterior",
        fundamento=_DO_ANO,
        impede=False,
        anual=True,
        o_que_traz=_DO_PLANO,
    ),
)


def exigencias(especie: str) -> tuple[Exigencia, ...]:
    """Os documentos da inscrição desta espécie."""
    return DA_ENTIDADE if especie == "entidade" else DA_OFERTA


def exigencia(especie: str, codigo: str) -> Exigencia | None:
    """O documento com este código, da inscrição ou do ano."""
    return next((uma for uma in (*exigencias(especie), *DO_ANO) if uma.codigo == codigo), None)
