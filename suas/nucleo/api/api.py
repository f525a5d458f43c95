"""Recursos do próprio núcleo: quem age pela chave, e o andamento de um trabalho demorado."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Schema
from pydantic import Field

from suas.nucleo.api import respostas
from suas.nucleo.api.esquemas import Dia, Identificador, Instante, em_iso
from suas.nucleo.api.interface import exigir_chave
from suas.nucleo.fila.permissoes import obter_andamento_para_ver

rotas = Router(tags=["Quem age"])


class PessoaDaChave(Schema):
    """A dona da chave."""

    id: Identificador
    nome: str


class VinculoDaChave(Schema):
    """O vínculo pelo qual a chave age."""

    id: Identificador
    papel: str = Field(description="Código do papel.", examples=["gestao_estadual"])
    papel_nome: str
    abrangencia: str = Field(description="BR, dois dígitos da UF ou sete do município.", examples=["32"])
    orgao: str
    unidade: Identificador | None = Field(
        description="A unidade ou entidade do vínculo; nula se ele vale no território."
    )
    desde: Dia
    ate: Dia | None = Field(description="Primeiro dia em que já não vale; nulo se vale ainda.")


class ChaveEmUso(Schema):
    """A chave deste pedido."""

    nome: str
    prefixo: str
    pode_escrever: bool
    vence_em: Instante


class Eu(Schema):
    """Quem age por esta chave e o que pode."""

    pessoa: PessoaDaChave
    vinculo: VinculoDaChave
    permissoes: list[str] = Field(description="O que o papel permite, dentro da abrangência.")
    chave: ChaveEmUso


@rotas.get(
    "/eu",
    response=Eu,
    auth=exigir_chave,
    operation_id="eu",
    summary="Quem age por esta chave",
    url_name="api-eu",
    openapi_extra={"x-exige-chave": True},
)
def eu(request: Any) -> HttpResponse:
    """O vínculo, o papel e as permissões da chave, para o programa saber o que pode antes de tentar."""
    ator, chave = request.ator, request.chave
    dados = {
        "pessoa": {"id": str(ator.pessoa.pk), "nome": ator.pessoa.nome},
        "vinculo": {
            "id": str(ator.vinculo.pk),
            "papel": ator.papel.codigo,
            "papel_nome": ator.papel.nome,
            "abrangencia": ator.abrangencia,
            "orgao": ator.vinculo.orgao,
            "unidade": str(ator.unidade) if ator.unidade else None,
            "desde": em_iso(ator.vinculo.desde),
            "ate": em_iso(ator.vinculo.ate),
        },
        "permissoes": sorted(str(permissao) for permissao in ator.papel.permissoes),
        "chave": {
            "nome": chave.nome,
            "prefixo": chave.prefixo,
            "pode_escrever": chave.pode_escrever,
            "vence_em": em_iso(chave.vence_em),
        },
    }
    return respostas.objeto(request, dados)


class Andamento(Schema):
    """Como vai um trabalho demorado."""

    id: Identificador
    titulo: str
    estado: str = Field(description="na_fila, fazendo, feito ou falhou.", examples=["feito"])
    terminou: bool
    etapa: str
    porcentagem: int = Field(ge=0, le=100)
    mensagem: str = Field(description="Como terminou, em palavras; vazia enquanto não termina.")
    pedido_em: Instante
    terminado_em: Instante | None


@rotas.get(
    "/andamentos/{uuid:andamento_id}",
    response=Andamento,
    auth=exigir_chave,
    operation_id="andamento",
    summary="Como vai um trabalho demorado",
    url_name="api-andamento",
    openapi_extra={"x-exige-chave": True},
)
def andamento(request: Any, andamento_id: UUID) -> HttpResponse:
    """A simulação de uma partilha, por exemplo: quem a pediu acompanha daqui até “terminou” ser verdadeiro."""
    atual = obter_andamento_para_ver(request.ator, andamento_id=andamento_id)
    return respostas.objeto(request, representar_andamento(atual))


def representar_andamento(atual: Any) -> dict[str, Any]:
    """O andamento como a interface o diz; outros módulos o devolvem a quem pede um trabalho demorado."""
    return {
        "id": str(atual.pk),
        "titulo": atual.titulo,
        "estado": atual.estado,
        "terminou": atual.terminou,
        "etapa": atual.etapa,
        "porcentagem": atual.porcentagem,
        "mensagem": atual.mensagem,
        "pedido_em": em_iso(atual.pedido_em),
        "terminado_em": em_iso(atual.terminado_em),
    }
