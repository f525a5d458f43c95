"""As formas de uma partilha na interface de programação: o que entra e o que sai, em JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from django.db.models import F, QuerySet
from ninja import Schema
from pydantic import Field

from normas.base.exercicio import PRIMEIRO_ANO, ULTIMO_ANO
from suas.financas.partilhas.consultas.dados import DADOS
from suas.financas.partilhas.consultas.entradas import avisos
from suas.financas.partilhas.forms import MAIOR_PBF, MAIOR_RECURSO
from suas.financas.partilhas.models import Insumo, Partilha
from suas.nucleo.api.esquemas import (
    PAIS_OU_UF,
    SEM_NULO,
    Ano,
    CodigoIBGE,
    Consulta,
    Corpo,
    Identificador,
    Instante,
    SiglaDeUF,
    em_iso,
)

NomeDoEstado = Literal["rascunho", "simulada", "pactuada", "deliberada", "selada"]
NomeDoPorte = Literal["PEQUENO_I", "PEQUENO_II", "MEDIO", "GRANDE", "METROPOLE"]
NomeDaSituacao = Literal["contemplado", "nao_alcancado", "minimo_ja_atendido", "nao_elegivel", "nao_classificado"]
NomeDoCriterio = Literal["tabela", "populacao"]
NomeDaNormalizacao = Literal["porte", "uf_porte"]
_DADOS = tuple(dado.nome for dado in DADOS)
#: Campo que pode não vir, mas não pode vir nulo.
_NAO_VEIO: Any = None


class PartilhaDaLista(Schema):
    """Uma partilha: o recurso, as opções e o estado."""

    id: Identificador
    nome: str
    exercicio: int
    ambito: str = Field(description="BR ou os dois dígitos da UF que partilha o fundo estadual.", examples=["32"])
    estado: NomeDoEstado
    recurso_centavos: int
    pbf_centavos: int = Field(description="Piso Básico Fixo por família e mês, em centavos.")
    criterio_porte: NomeDoCriterio
    normalizacao: NomeDaNormalizacao
    transicao_2005: bool
    excluir_incompletos: bool
    ano_populacao: int
    cenario_de: Identificador | None
    simulacao_norma_nao_vigente: bool
    sintetica: bool = Field(description="Tem insumo inventado para demonstração.")
    faltas: int = Field(description="Dados que faltam ou não servem para simular.")
    desatualizada: bool = Field(description="Os insumos mudaram depois da simulação gravada.")
    sha256: str = Field(description="SHA-256 da memória de cálculo; vazio se nunca simulada.")
    andamento_id: Identificador | None = Field(description="O andamento da última simulação pedida.")
    criada_em: Instante
    mudada_em: Instante
    simulada_em: Instante | None
    selada_em: Instante | None
    avisos: list[str] = Field(description="O que se precisa dizer junto dos números dela.")


def representar(partilha: Partilha) -> dict[str, Any]:
    """A partilha como a interface a diz; o ETag dela é o resumo disto."""
    return {
        "id": str(partilha.pk),
        "nome": partilha.nome,
        "exercicio": partilha.exercicio,
        "ambito": partilha.ambito,
        "estado": partilha.estado,
        "recurso_centavos": partilha.recurso_centavos,
        "pbf_centavos": partilha.pbf_centavos,
        "criterio_porte": partilha.criterio_porte,
        "normalizacao": partilha.normalizacao,
        "transicao_2005": partilha.transicao_2005,
        "excluir_incompletos": partilha.excluir_incompletos,
        "ano_populacao": partilha.ano_populacao,
        "cenario_de": str(partilha.cenario_de_id) if partilha.cenario_de_id else None,
        "simulacao_norma_nao_vigente": partilha.simulacao_norma_nao_vigente,
        "sintetica": partilha.sintetica,
        "faltas": partilha.faltas,
        "desatualizada": partilha.desatualizada,
        "sha256": partilha.sha256,
        "andamento_id": str(partilha.andamento_id) if partilha.andamento_id else None,
        "criada_em": em_iso(partilha.criada_em),
        "mudada_em": em_iso(partilha.mudada_em),
        "simulada_em": em_iso(partilha.simulada_em),
        "selada_em": em_iso(partilha.selada_em),
        "avisos": avisos(partilha),
    }


def representar_linha(linha: dict[str, Any]) -> dict[str, Any]:
    """O mesmo, de uma linha de lista lida sem montar o modelo."""
    return representar(Partilha(**linha))


#: As colunas que `representar` lê.
COLUNAS = (
    *("id", "nome", "exercicio", "ambito", "estado", "recurso_centavos", "pbf_centavos", "criterio_porte"),
    *("normalizacao", "transicao_2005", "excluir_incompletos", "ano_populacao", "cenario_de_id"),
    *("simulacao_norma_nao_vigente", "sintetica", "faltas", "versao_insumos", "versao_simulada", "sha256"),
    *("andamento_id", "criada_em", "mudada_em", "simulada_em", "selada_em"),
)


class FiltroDePartilhas(Consulta):
    """Que partilhas."""

    estado: NomeDoEstado | None = Field(None, description="Em que ponto está.")
    exercicio: Ano | None = Field(None, description="O ano do recurso.")
    ambito: str | None = Field(None, pattern=PAIS_OU_UF, description="BR ou dois dígitos da UF.")
    modificado_desde: str | None = Field(
        None,
        max_length=40,
        description="Só as que mudaram neste instante ou depois; ISO 8601 com fuso, como 2026-01-31T12:00:00Z.",
        json_schema_extra={"format": "date-time"},
    )


class NovaPartilha(Corpo):
    """O que se escolhe ao abrir uma partilha."""

    nome: str = Field(min_length=1, max_length=120, pattern=SEM_NULO, examples=["Partilha 2006"])
    exercicio: int = Field(ge=PRIMEIRO_ANO, le=ULTIMO_ANO, description="O ano do recurso.", examples=[2006])
    recurso_centavos: int = Field(gt=0, le=MAIOR_RECURSO, description="O valor do ano.", examples=[5000000000])
    pbf_centavos: int = Field(gt=0, le=MAIOR_PBF, description="Por família e mês.", examples=[180])
    ano_populacao: Ano = Field(description="População de que ano; precisa estar no cadastro.")
    criterio_porte: NomeDoCriterio = Field("tabela", description="Como dividir entre os portes no passo 1.")
    normalizacao: NomeDaNormalizacao = Field("porte", description="Com quem cada município se compara no passo 3.")
    transicao_2005: bool = Field(False, description="NOB/SUAS 2005, 6.1: famílias pobres no lugar da vulnerabilidade.")
    excluir_incompletos: bool = Field(False, description="Deixa de fora quem tem indicador em branco.")


class MudancaDeOpcoes(Corpo):
    """O que muda; o que não vier fica como está."""

    nome: str = Field(_NAO_VEIO, min_length=1, max_length=120, pattern=SEM_NULO, examples=["Partilha 2006, revista"])
    exercicio: int = Field(_NAO_VEIO, ge=PRIMEIRO_ANO, le=ULTIMO_ANO)
    recurso_centavos: int = Field(_NAO_VEIO, gt=0, le=MAIOR_RECURSO)
    pbf_centavos: int = Field(_NAO_VEIO, gt=0, le=MAIOR_PBF)
    ano_populacao: Ano = Field(_NAO_VEIO)
    criterio_porte: NomeDoCriterio = Field(_NAO_VEIO)
    normalizacao: NomeDaNormalizacao = Field(_NAO_VEIO)
    transicao_2005: bool = Field(_NAO_VEIO)
    excluir_incompletos: bool = Field(_NAO_VEIO)


class CotaDaLista(Schema):
    """O que coube a um município, com as colunas de municipios.csv."""

    codigo_ibge: CodigoIBGE
    uf: SiglaDeUF
    porte: NomeDoPorte
    indice: str = Field(description="Índice com seis casas, em texto; vazio para quem não foi classificado.")
    ordem: int | None = Field(description="Ordem de prioridade entre os do mesmo estado e porte.")
    elegivel: bool
    situacao: NomeDaSituacao
    motivo: str
    cras_minimo: int
    cras_a_financiar: int
    valor_minimo_centavos: int
    valor_centavos: int = Field(description="O valor partilhado.")


COLUNAS_DA_COTA = tuple(nome for nome in CotaDaLista.model_fields if nome != "codigo_ibge")


class FiltroDeCotas(Consulta):
    """Que municípios."""

    uf: SiglaDeUF | None = None
    porte: NomeDoPorte | None = Field(_NAO_VEIO, description="Só os deste porte.")
    situacao: NomeDaSituacao | None = Field(_NAO_VEIO, description="Só os desta situação.")


class OrigemDoDado(Schema):
    """De onde veio um dado."""

    fonte: str
    ano: int | None
    sintetico: bool
    motivo: str = Field(description="Só no que foi digitado na partilha.")


class InsumoDaLista(Schema):
    """A linha de entrada de um município, congelada; cada dado é texto exato, vazio quando falta."""

    codigo_ibge: CodigoIBGE
    uf: SiglaDeUF
    populacao: str
    populacao_vulneravel: str
    familias: str
    familias_pobres: str
    rcl_per_capita: str
    fnas_psb_per_capita: str
    indicador_complementar: str
    nivel_gestao: str
    adesao_suas: str
    cras_cofinanciados: str
    origens: dict[str, OrigemDoDado] = Field(description="Por dado que não falta.")


class FiltroDeInsumos(Consulta):
    """Que municípios."""

    uf: SiglaDeUF | None = None


def linhas_de_insumos(insumos: QuerySet[Insumo]) -> QuerySet[Insumo, Any]:
    """As colunas da lista, sem montar o modelo."""
    linhas: QuerySet[Insumo, Any] = insumos.values("uf", *_DADOS, "origens", codigo_ibge=F("municipio_id"))
    return linhas


def com_origens(partilha: Partilha, linha: dict[str, Any]) -> dict[str, Any]:
    """A linha com a origem de cada dado: a da partilha, ou a própria quando difere."""
    proprias = linha["origens"]
    linha["origens"] = {
        nome: _origem(proprias.get(nome) or partilha.origens.get(nome) or {}) for nome in _com_valor(linha)
    }
    return linha


def _com_valor(linha: dict[str, Any]) -> Iterable[str]:
    return (nome for nome in _DADOS if linha[nome])


def _origem(dados: dict[str, Any]) -> dict[str, Any]:
    return {
        "fonte": dados.get("fonte", ""),
        "ano": dados.get("ano"),
        "sintetico": bool(dados.get("sintetico")),
        "motivo": dados.get("motivo", ""),
    }
