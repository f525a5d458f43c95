"""O quadro e as equipes para programas: as pessoas, só com o direito; os números, a quem alcança o território."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from suas.cadastros.trabalhadores import permissoes
from suas.cadastros.trabalhadores.consultas import equipes, quadro
from suas.nucleo.api import respostas
from suas.nucleo.api.esquemas import (
    TERRITORIO,
    UF_OU_MUNICIPIO,
    CodigoIBGE,
    Consulta,
    Dia,
    Identificador,
    Instante,
    MudadosDesde,
    Pagina,
    em_iso,
)
from suas.nucleo.api.interface import exigir_chave
from suas.nucleo.api.paginas import acompanhar
from suas.nucleo.trilha.acoes import registrar_leitura

rotas = Router(tags=["Trabalhadores e equipes"])
Territorio = Annotated[str, Field(pattern=TERRITORIO, description="O território exato: BR, UF ou município.")]
UFOuMunicipio = Annotated[
    str, Field(pattern=UF_OU_MUNICIPIO, description="2 dígitos da UF ou 7 do município.", examples=["32"])
]
_DA_LOTACAO = (
    *("id", "trabalhador_id", "abrangencia", "unidade_id", "orgao", "funcao", "funcao_essencial", "servico"),
    *("segundo_servico", "vinculo_de_trabalho", "carga_horaria", "turno", "desde", "ate", "mudada_em", "sintetica"),
)
_DA_PESSOA = ("cpf", "nome", "nome_social", "profissao", "escolaridade", "registro_numero", "registro_uf")


class Lotacao(Schema):
    """Uma pessoa num lugar, numa função, de um dia a outro."""

    id: Identificador
    trabalhador: Identificador
    territorio: Territorio
    unidade: Identificador | None = Field(description="A unidade da rede; nula se é num órgão.")
    orgao: str = Field(description="orgao_gestor, fundo ou conselho; vazio se é numa unidade.")
    funcao: str
    funcao_essencial: str = Field(description="A função essencial de gestão por que responde; vazia se nenhuma.")
    servico: str
    segundo_servico: str
    vinculo_de_trabalho: str
    carga_horaria: int = Field(description="Horas por semana.")
    turno: str
    desde: Dia
    ate: Dia | None = Field(description="Primeiro dia em que já não está; nulo se está ainda.")
    mudada_em: Instante
    sintetica: bool = Field(description="Inventada para demonstração.")
    cpf: str | None = Field(description="Nulo se os dados da pessoa foram apagados.")
    nome: str
    nome_social: str
    profissao: str
    escolaridade: str
    registro_numero: str
    registro_uf: str


class FiltroDeLotacoes(Consulta):
    """Que lotações."""

    territorio: Territorio
    unidade: UUID | None = Field(None, description="Só as desta unidade.")
    mudadas_desde: MudadosDesde | None = None


@rotas.get(
    "/lotacoes",
    response=Pagina[Lotacao],
    auth=exigir_chave,
    operation_id="lotacoes",
    summary="As lotações de um território",
    url_name="api-lotacoes",
    openapi_extra={"x-exige-chave": True},
)
def lotacoes(request: Any, filtro: Query[FiltroDeLotacoes]) -> HttpResponse:
    """Quem trabalha no território, na ordem em que mudou. Tem dado pessoal: cada leitura fica na trilha."""
    ator, onde = request.ator, filtro.territorio
    permissoes.exigir_quadro(ator, abrangencia=onde)
    achadas = quadro.do_territorio(onde)
    so_a_propria = not permissoes.ve_o_municipio_inteiro(ator, abrangencia=onde)
    if unidade := (ator.unidade if so_a_propria else filtro.unidade):
        achadas = achadas.filter(unidade_id=unidade)
    lidas: list[dict[str, Any]] = []

    def linha(item: dict[str, Any]) -> dict[str, Any]:
        lidas.append(item)
        return _da_lotacao(item)

    resposta = acompanhar(
        request,
        achadas.values(*_DA_LOTACAO, *(f"trabalhador__{campo}" for campo in _DA_PESSOA)),
        filtro=filtro,
        desde=filtro.mudadas_desde,
        linha=linha,
    )
    registrar_leitura(
        tabela="trabalhadores.trabalhador",
        ids=[item["trabalhador_id"] for item in lidas],
        titulares=[item["trabalhador_id"] for item in lidas],
        campos=_DA_PESSOA,
        territorio=onde,
        por=ator,
        em=request.agora,
        motivo="Lido por programa",
    )
    return resposta


def _da_lotacao(item: dict[str, Any]) -> dict[str, Any]:
    saida = {campo: item[campo] for campo in _DA_LOTACAO if not campo.endswith("_id") and campo != "abrangencia"}
    saida |= {campo: item[f"trabalhador__{campo}"] for campo in _DA_PESSOA}
    return saida | {
        "id": str(item["id"]),
        "trabalhador": str(item["trabalhador_id"]),
        "territorio": item["abrangencia"],
        "unidade": str(item["unidade_id"]) if item["unidade_id"] else None,
        "desde": em_iso(item["desde"]),
        "ate": em_iso(item["ate"]),
        "mudada_em": em_iso(item["mudada_em"]),
    }


class FuncaoDaEquipe(Schema):
    """Uma função da equipe de referência."""

    funcao: str
    escolaridade: str
    necessarios: int
    presentes: int
    efetivos: int
    falta: int
    explicacao: str = Field(description="De onde sai o número, em palavras.")
    fundamento: str


class EquipeDaUnidade(Schema):
    """O que a norma pede à unidade, quem há e o que falta; só números."""

    unidade: Identificador
    calculada: bool = Field(description="Falso quando a norma não tem tabela para a unidade, ou falta um número dela.")
    por_que_nao: str
    capacidade: int | None
    necessarios: int
    presentes: int
    efetivos: int
    falta: int
    lotados: int = Field(description="Quantas pessoas trabalham na unidade, também as que não contam na equipe.")
    supostos: list[str] = Field(description="O que a conta supôs por faltar no cadastro (leitura do projeto).")
    funcoes: list[FuncaoDaEquipe]


@rotas.get(
    "/equipes/{uuid:unidade_id}",
    response=EquipeDaUnidade,
    auth=exigir_chave,
    operation_id="equipe",
    summary="A equipe de referência de uma unidade",
    url_name="api-equipe",
    openapi_extra={"x-exige-chave": True},
)
def equipe(request: Any, unidade_id: Annotated[UUID, Path(description="Identificador da unidade.")]) -> HttpResponse:
    """Função por função: o que a norma pede, quem há, o que falta e por quê. Não traz nome de ninguém."""
    unidade = permissoes.obter_unidade_para_equipe(request.ator, unidade_id=unidade_id)
    achada = equipes.da_unidade(unidade, hoje=request.hoje)
    return respostas.objeto(request, _da_equipe(achada))


def _da_equipe(achada: equipes.EquipeDaUnidade) -> dict[str, Any]:
    quadro_dela = achada.quadro
    return {
        "unidade": str(achada.unidade.pk),
        "calculada": quadro_dela is not None,
        "por_que_nao": achada.calculo.por_que_nao,
        "capacidade": achada.calculo.numeros.capacidade,
        "necessarios": achada.necessarios,
        "presentes": achada.presentes,
        "efetivos": achada.efetivos,
        "falta": achada.falta,
        "lotados": achada.lotados,
        "supostos": list(achada.calculo.numeros.supostos),
        "funcoes": [
            {
                "funcao": linha.necessaria.funcao.value,
                "escolaridade": linha.necessaria.escolaridade.value,
                "necessarios": linha.necessarios,
                "presentes": linha.presentes,
                "efetivos": linha.efetivos,
                "falta": linha.falta,
                "explicacao": linha.explicacao,
                "fundamento": f"{linha.necessaria.fundamento.norma}, {linha.necessaria.fundamento.dispositivo}",
            }
            for linha in (quadro_dela.linhas if quadro_dela is not None else ())
        ],
    }


class EquipeDaLista(Schema):
    """Os números da equipe de uma unidade, sem o detalhe das funções."""

    unidade: Identificador
    codigo_ibge: CodigoIBGE
    calculada: bool = Field(description="Falso quando a norma não tem tabela para a unidade, ou falta um número dela.")
    por_que_nao: str
    necessarios: int
    presentes: int
    efetivos: int
    falta: int
    lotados: int


class EquipesDoLugar(Schema):
    """As equipes das unidades de um município ou de uma UF."""

    territorio: UFOuMunicipio
    unidades: list[EquipeDaLista]


class FiltroDeEquipes(Schema):
    """De que território."""

    territorio: UFOuMunicipio


@rotas.get(
    "/equipes",
    response=EquipesDoLugar,
    auth=exigir_chave,
    operation_id="equipes",
    summary="As equipes de referência de um território",
    url_name="api-equipes",
    openapi_extra={"x-exige-chave": True, "x-recusas": [404]},
)
def equipes_do_lugar(request: Any, filtro: Query[FiltroDeEquipes]) -> HttpResponse:
    """O que a norma pede a cada unidade que funciona, quem há e o que falta; calculado na hora, sem nome de ninguém."""
    permissoes.exigir_alcance(request.ator, abrangencia=filtro.territorio)
    achadas = equipes.do_lugar(filtro.territorio, hoje=request.hoje)
    return respostas.objeto(
        request,
        {
            "territorio": filtro.territorio,
            "unidades": [
                {
                    "unidade": str(achada.unidade.pk),
                    "codigo_ibge": achada.unidade.municipio_id,
                    "calculada": achada.quadro is not None,
                    "por_que_nao": achada.calculo.por_que_nao,
                    "necessarios": achada.necessarios,
                    "presentes": achada.presentes,
                    "efetivos": achada.efetivos,
                    "falta": achada.falta,
                    "lotados": achada.lotados,
                }
                for achada in achadas
            ],
        },
    )


class QuantosDeUm(Schema):
    """Um valor e quantas lotações o têm."""

    codigo: str
    lotacoes: int


class NumerosDosTrabalhadores(Schema):
    """Quantas pessoas trabalham num território, sem dizer quem."""

    territorio: UFOuMunicipio
    pessoas: int
    lotacoes: int = Field(description="A mesma pessoa pode ter mais de uma.")
    por_territorio: list[QuantosDeUm] = Field(description="Município por município; o código da UF é o órgão dela.")
    por_funcao: list[QuantosDeUm]
    por_vinculo: list[QuantosDeUm]


@rotas.get(
    "/trabalhadores/numeros",
    response=NumerosDosTrabalhadores,
    auth=exigir_chave,
    operation_id="numeros_dos_trabalhadores",
    summary="Quantos trabalham num território",
    url_name="api-trabalhadores-numeros",
    openapi_extra={"x-exige-chave": True, "x-recusas": [404]},
)
def numeros_dos_trabalhadores(request: Any, filtro: Query[FiltroDeEquipes]) -> HttpResponse:
    """Quem está em exercício hoje, contado por função e por vínculo. As pessoas, só em /lotacoes, a quem as vê."""
    permissoes.exigir_alcance(request.ator, abrangencia=filtro.territorio)
    contados = quadro.numeros(filtro.territorio, hoje=request.hoje)
    return respostas.objeto(
        request,
        {
            "territorio": filtro.territorio,
            "pessoas": contados.pessoas,
            "lotacoes": contados.lotacoes,
            "por_territorio": _quantos(contados.por_municipio),
            "por_funcao": _quantos(contados.por_funcao),
            "por_vinculo": _quantos(contados.por_vinculo),
        },
    )


def _quantos(contados: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"codigo": codigo, "lotacoes": quantas} for codigo, quantas in sorted(contados.items())]
