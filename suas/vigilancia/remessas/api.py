"""O RMA para programas: mandar meses, ler o que se fez deles, e acompanhar os que mudaram."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field

from suas.nucleo.api import respostas
from suas.nucleo.api.esquemas import (
    ANO_E_MES,
    SEM_NULO,
    UNIDADE_OU_UUID,
    CodigoIBGE,
    Consulta,
    Corpo,
    Identificador,
    Instante,
    MudadosDesde,
    Pagina,
    em_iso,
)
from suas.nucleo.api.interface import exigir_chave, exigir_escrita
from suas.nucleo.api.paginas import acompanhar
from suas.nucleo.permissoes.ator import Ator
from suas.vigilancia.fatos.consultas import no_lugar
from suas.vigilancia.mensais import consolidacao
from suas.vigilancia.remessas import consultas, permissoes, tarefas
from suas.vigilancia.remessas.models import Remessa

rotas = Router(tags=["RMA"])
MESES_POR_REMESSA = 1000
Mes = Annotated[str, Field(pattern=ANO_E_MES, description="Ano e mês.", examples=["2026-10"])]
Formulario = Annotated[str, Field(description="RMA-CRAS, RMA-CREAS ou RMA-POP.", examples=["RMA-CRAS"])]
Itens = Annotated[
    dict[str, Any],
    Field(
        description="Código do item → número; onde há sexo e idade, um objeto por sexo. Como em "
        "`redesuas formulario mostrar RMA-CRAS --em 2026-10 --esquema`.",
        examples=[{"A.1": 120, "A.2": 8}],
    ),
]


class MesMandado(Corpo):
    """O mês de uma unidade."""

    unidade: str = Field(
        pattern=UNIDADE_OU_UUID,
        description="Os 11 algarismos do CadSUAS, ou o identificador estável da unidade.",
        examples=["32053091234"],
    )
    competencia: Mes
    itens: Itens
    justificativas: dict[str, Annotated[str, Field(max_length=500)]] = Field(
        {}, description="Código da regra → o que se escreve, onde a regra pede."
    )
    motivo: str | None = Field(
        None,
        min_length=1,
        max_length=300,
        pattern=SEM_NULO,
        description="Por que se troca o que já foi enviado, ou o rascunho que alguém começou.",
    )


class RemessaMandada(Corpo):
    """Os meses que se mandam de uma vez: de uma unidade, ou do município inteiro."""

    meses: list[MesMandado] = Field(
        min_length=1,
        max_length=MESES_POR_REMESSA,
        examples=[[{"unidade": "32053091234", "competencia": "2026-10", "itens": {"A.1": 120, "A.2": 8}}]],
    )


class InconsistenciaDoItem(Schema):
    """O que não combina, com os números que vieram e o que fazer."""

    regra: str
    itens: list[str]
    gravidade: str = Field(description="impede, justificar ou avisa.")
    mensagem: str
    fundamento: str


class LinhaDoRelatorio(Schema):
    """O que se fez de um mês."""

    unidade: str
    competencia: str
    situacao: str = Field(description="enviado, corrigido, igual (já estava assim: nada mudou) ou recusado.")
    recusa: str = Field(description="Por que o mês inteiro ficou de fora; vazio se não ficou, ou se são os itens.")
    inconsistencias: list[InconsistenciaDoItem] = Field(description="Também os avisos do que entrou.")


class RemessaInteira(Schema):
    """Uma remessa e, depois de feita, o relatório, na ordem em que os meses vieram."""

    id: Identificador
    situacao: str = Field(description="na_fila ou feita.")
    recebida_em: Instante
    feita_em: Instante | None
    contas: dict[str, int] = Field(description="Quantos meses de cada situação.")
    relatorio: list[LinhaDoRelatorio]


@rotas.post(
    "/rma/remessas",
    response={202: RemessaInteira},
    auth=exigir_escrita,
    operation_id="mandar_remessa",
    summary="Mandar meses do RMA",
    url_name="api-remessas",
)
def mandar(request: Any, corpo: RemessaMandada) -> HttpResponse:
    """Recebe os meses e responde logo; a fila confere e envia cada um. Leia o relatório no endereço da remessa.

    Mandar de novo o mesmo não muda nada. O mês que não serve fica de fora, dito, e os outros seguem.
    """
    permissoes.exigir_envio(request.ator)
    meses = [mes.model_dump(exclude_none=True) for mes in corpo.meses]
    remessa = tarefas.mandar(meses=meses, por=request.ator, em=request.agora)
    remessa.refresh_from_db()
    return respostas.objeto(request, _em_dados(remessa), situacao=202)


@rotas.get(
    "/rma/remessas/{remessa_id}",
    response=RemessaInteira,
    auth=exigir_chave,
    operation_id="remessa",
    summary="O que se fez de uma remessa",
    url_name="api-remessa",
)
def remessa(request: Any, remessa_id: Annotated[UUID, Path(description="O que veio ao mandar.")]) -> HttpResponse:
    """A remessa que a própria pessoa mandou, com o relatório por item."""
    achada = permissoes.obter_remessa_para_ver(request.ator, remessa_id=remessa_id)
    return respostas.objeto(request, _em_dados(achada))


def _em_dados(remessa: Remessa) -> dict[str, Any]:
    return {
        "id": str(remessa.pk),
        "situacao": remessa.situacao,
        "recebida_em": em_iso(remessa.recebida_em),
        "feita_em": em_iso(remessa.feita_em),
        "contas": consultas.resumo(remessa.relatorio),
        "relatorio": remessa.relatorio,
    }


class MesEnviado(Schema):
    """O mês de uma unidade como vale."""

    id: Identificador
    unidade: Identificador
    identificador: str | None = Field(description="Os 11 algarismos do CadSUAS, se a unidade tem.")
    codigo_ibge: CodigoIBGE
    formulario: Formulario
    competencia: str = Field(examples=["2026-10"])
    estado: str = Field(description="Em que passo está; devolvido não conta nas somas.")
    envio: int | None = Field(description="O número do envio que vale; nulo: o único foi devolvido.")
    enviado_em: Instante | None
    itens: dict[str, Any] | None = Field(description="O que vale, código do item → número.")
    mudado_em: Instante = Field(description="Peça os seguintes com mudados_desde.")


class FiltroDeMeses(Consulta):
    """Que meses."""

    competencia: Mes | None = None
    codigo_ibge: CodigoIBGE | None = None
    mudados_desde: MudadosDesde | None = None


@rotas.get(
    "/rma/meses",
    response=Pagina[MesEnviado],
    auth=exigir_chave,
    operation_id="meses",
    summary="Os meses enviados",
    url_name="api-meses",
)
def meses(request: HttpRequest, filtro: Query[FiltroDeMeses]) -> HttpResponse:
    """Os meses que as unidades da abrangência enviaram, do que mudou há mais tempo ao que mudou por último."""
    ator: Ator = request.ator  # type: ignore[attr-defined]
    permissoes.exigir_leitura(ator)
    achados = consolidacao.meses_enviados(
        no_lugar(ator.abrangencia), unidade=ator.unidade if ator.papel.da_unidade else None
    )
    if filtro.competencia:
        achados = achados.filter(competencia=filtro.competencia)
    if filtro.codigo_ibge:
        achados = achados.filter(abrangencia=filtro.codigo_ibge)
    return acompanhar(request, achados, filtro=filtro, desde=filtro.mudados_desde, mudou="mudado_em", linha=_linha)


def _linha(linha: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(linha["id"]),
        "unidade": str(linha["unidade_id"]),
        "identificador": linha["unidade__identificador"],
        "codigo_ibge": linha["abrangencia"],
        "formulario": linha["formulario"],
        "competencia": linha["competencia"],
        "estado": linha["estado"],
        "envio": linha["envio"],
        "enviado_em": em_iso(linha["enviado_em"]),
        "itens": linha["valem"],
        "mudado_em": em_iso(linha["mudado_em"]),
    }
