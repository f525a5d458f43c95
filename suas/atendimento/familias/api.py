"""As famílias para os sistemas do município: procurar, ler uma e anotar. Não há lista de famílias (ADR 0103).

Valem as regras das telas: a chave é de quem trabalha numa unidade, e cada leitura fica na trilha.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Path, Router, Schema
from pydantic import Field

from suas.atendimento.familias import listas, permissoes
from suas.atendimento.familias.acoes import atendimentos
from suas.atendimento.familias.acoes.atendimentos import Novo
from suas.atendimento.familias.consultas import busca
from suas.atendimento.familias.consultas import familia as leitura
from suas.atendimento.familias.models import Integrante
from suas.nucleo.api import respostas
from suas.nucleo.api.esquemas import (
    SEM_NULO,
    SEM_NULO_OU_VAZIO,
    UUID_EM_TEXTO,
    Corpo,
    Dia,
    DiaPedido,
    Identificador,
    em_iso,
)
from suas.nucleo.api.interface import exigir_chave, exigir_escrita
from suas.nucleo.api.problemas import Erro, Problema
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar_leitura

rotas = Router(tags=["Famílias"])
POR_PROGRAMA = "Lido por programa"
CAMPOS = ("nome", "nome_social", "nascimento", "nome_da_mae", "cpf", "nis")
EXEMPLO = "01940000-0000-7000-8000-000000000001"
DaFamilia = Annotated[UUID, Path(description="O identificador da família.")]


class Procura(Corpo):
    """O que se procura. Vai no corpo: nome e documento não ficam no endereço nem no registro do servidor."""

    termo: str = Field(
        min_length=2,
        max_length=120,
        pattern=SEM_NULO,
        description="Nome, CPF, NIS ou nascimento.",
        examples=["maria souza 21/03/1985"],
    )


class PessoaAchada(Schema):
    """Uma pessoa do município, e a família em que está agora."""

    pessoa: Identificador
    familia: Identificador | None = Field(description="Nula se não está em família nenhuma.")
    nome: str
    nome_social: str
    nascimento: Dia | None
    nome_da_mae: str
    na_unidade: bool = Field(description="A família tem prontuário na unidade da chave.")


class Achadas(Schema):
    """As pessoas achadas, no máximo 30: quem procura demais estreita o que pede."""

    itens: list[PessoaAchada]
    ha_mais: bool = Field(description="Há mais do que estas: acrescente outro pedaço do nome ou o nascimento.")


class NaComposicao(Schema):
    """Alguém da composição de agora."""

    pessoa: Identificador
    ordem: int
    parentesco: int = Field(description="O código do Prontuário SUAS, bloco 3: 1 é a pessoa de referência.")
    desde: Dia
    nome: str
    nome_social: str
    nascimento: Dia | None
    nome_da_mae: str
    cpf: str | None
    nis: str | None


class UmaFamilia(Schema):
    """A família como a unidade da chave a lê: a identificação, e o prontuário, se é dela."""

    id: Identificador
    cras: Identificador | None = Field(description="O CRAS de referência.")
    endereco: str = Field(description="Vazio se não se sabe, ou se é de um abrigo e a unidade não a acompanha.")
    prontuario: int | None = Field(description="O número na unidade da chave; nulo se ainda não há.")
    composicao: list[NaComposicao]


class NovoAtendimento(Corpo):
    """O que se fez com a família, ou com alguém dela."""

    chave: str = Field(pattern=UUID_EM_TEXTO, description="Um UUID: repetido, não anota de novo.", examples=[EXEMPLO])
    tipo: int = Field(ge=1, le=9, description="O código auxiliar do Prontuário SUAS, bloco 16; não há 8.", examples=[7])
    dia: DiaPedido
    pessoa: str | None = Field(None, pattern=UUID_EM_TEXTO, description="Alguém da composição; sem ela, a família.")
    descricao: str = Field("", max_length=4000, pattern=SEM_NULO_OU_VAZIO)


class Anotado(Schema):
    """O atendimento anotado."""

    id: Identificador
    familia: Identificador
    tipo: int
    dia: Dia


@rotas.post(
    "/familias/procura",
    response=Achadas,
    auth=exigir_chave,
    operation_id="procurar_familias",
    summary="Procurar quem é atendido no município",
    url_name="api-familias-procura",
    openapi_extra={"x-exige-chave": True},
)
def procurar(request: Any, corpo: Procura) -> HttpResponse:
    """Até 30 pessoas do município da chave, pelo nome (também como soa), documento ou nascimento. Fica na trilha."""
    unidade = permissoes.obter_unidade_para_procurar(request.ator)
    achadas = busca.procurar(corpo.termo, municipio=unidade.municipio_id, unidade=unidade.pk)
    ids = [achada.pessoa.pk for achada in achadas]
    registrar_leitura(
        tabela="familias.pessoaatendida",
        ids=ids,
        titulares=ids,
        campos=("nome", "nome_social", "nascimento", "nome_da_mae"),
        territorio=unidade.municipio_id,
        por=request.ator,
        em=request.agora,
        motivo=POR_PROGRAMA,
    )
    itens = [
        {
            "pessoa": str(achada.pessoa.pk),
            "familia": str(achada.integrante.familia_id) if achada.integrante else None,
            "nome": achada.pessoa.nome,
            "nome_social": achada.pessoa.nome_social,
            "nascimento": em_iso(achada.pessoa.nascimento),
            "nome_da_mae": achada.pessoa.nome_da_mae,
            "na_unidade": achada.na_unidade,
        }
        for achada in achadas
    ]
    return respostas.objeto(request, {"itens": itens, "ha_mais": len(itens) == busca.LIMITE})


@rotas.get(
    "/familias/{familia_id}",
    response=UmaFamilia,
    auth=exigir_chave,
    operation_id="familia",
    summary="Uma família",
    url_name="api-familia",
    openapi_extra={"x-exige-chave": True},
)
def familia(request: Any, familia_id: DaFamilia) -> HttpResponse:
    """A identificação de uma família do município da chave. O que se anota não sai por aqui. Fica na trilha."""
    acesso = permissoes.obter_familia_para_ver(request.ator, familia_id=familia_id, agora=request.agora)
    composicao = [i for i in leitura.composicao(acesso.familia) if i.ate is None]
    mora = leitura.domicilio(acesso.familia)
    mostra = mora is not None and (acesso.prontuario is not None or not mora.em_abrigo)
    registrar_leitura(
        objeto=acesso.familia,
        titulares=[acesso.familia.pk, *(i.pessoa_id for i in composicao)],
        campos=(*CAMPOS, "parentesco", "endereco"),
        territorio=acesso.familia.abrangencia,
        por=request.ator,
        em=request.agora,
        motivo=POR_PROGRAMA,
    )
    return respostas.objeto(
        request,
        {
            "id": str(acesso.familia.pk),
            "cras": str(acesso.familia.cras_id) if acesso.familia.cras_id else None,
            "endereco": mora.endereco if mora is not None and mostra else "",
            "prontuario": acesso.prontuario.numero if acesso.prontuario else None,
            "composicao": [_na_composicao(i) for i in composicao],
        },
    )


@rotas.post(
    "/familias/{familia_id}/atendimentos",
    response={201: Anotado},
    auth=exigir_escrita,
    operation_id="anotar_atendimento",
    summary="Anotar um atendimento",
    url_name="api-atendimentos",
)
def anotar(request: Any, familia_id: DaFamilia, corpo: NovoAtendimento) -> HttpResponse:
    """Anota no prontuário da unidade da chave, como na tela. Repetir a `chave` com o mesmo não anota de novo."""
    prontuario = permissoes.obter_familia_para_atender(request.ator, familia_id=familia_id)
    pessoas = {i.pessoa_id: i.pessoa for i in leitura.composicao(prontuario.familia) if i.ate is None}
    pessoa = pessoas.get(UUID(corpo.pessoa)) if corpo.pessoa else None
    if corpo.pessoa and pessoa is None:
        raise _recusado("A pessoa não é desta família. Leia a composição e mande uma dela.", "pessoa")
    if corpo.tipo not in listas.TipoDeAtendimento.values:
        raise _recusado("Não há o tipo 8. Mande um código do bloco 16: de 1 a 7, ou 9.", "tipo")
    novo = Novo(
        tipo=corpo.tipo,
        dia=date.fromisoformat(corpo.dia),
        pessoa=pessoa,
        descricao=corpo.descricao,
        chave=UUID(corpo.chave),
    )
    try:
        feito = atendimentos.anotar(
            prontuario=prontuario, novo=novo, por=request.ator, em=request.agora, hoje=request.hoje
        )
    except AtoRecusado as recusa:
        raise _recusado(str(recusa), recusa.campo or "chave") from recusa
    dados = {
        "id": str(feito.pk), "familia": str(feito.familia_id), "tipo": feito.tipo, "dia": em_iso(feito.dia),
    }  # fmt: skip
    return respostas.objeto(request, dados, situacao=201)


def _na_composicao(integrante: Integrante) -> dict[str, Any]:
    pessoa = integrante.pessoa
    return {
        "pessoa": str(pessoa.pk),
        "ordem": integrante.ordem,
        "parentesco": integrante.parentesco,
        "desde": em_iso(integrante.desde),
        **{campo: getattr(pessoa, campo) for campo in ("nome", "nome_social", "nome_da_mae", "cpf", "nis")},
        "nascimento": em_iso(pessoa.nascimento),
    }


def _recusado(mensagem: str, campo: str) -> Problema:
    return Problema(409, mensagem, erros=[Erro(campo=campo, mensagem=mensagem)])
