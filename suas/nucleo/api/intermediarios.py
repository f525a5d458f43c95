"""A porta da interface de programação: quem pede, quanto pode pedir, o que mandou, e o registro de como terminou."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from suas.nucleo import tranca
from suas.nucleo.api import acoes, consultas, corpo
from suas.nucleo.api.problemas import TIPO, TITULOS, Problema, e_da_api, protocolo_de, responder
from suas.nucleo.entrada.consultas import falta_segundo_fator
from suas.nucleo.identidade.intermediarios import dia_em_brasilia
from suas.nucleo.permissoes.ator import ATOR_PUBLICO

COM_CORPO = {"POST", "PUT", "PATCH"}
_ACEITA_JSON = re.compile(r"^\s*(\*/\*|application/\*|application/(problem\+)?json)\s*(;|$)", re.IGNORECASE)
_RECUSA = re.compile(r";\s*q=0(\.0*)?\s*(;|$)", re.IGNORECASE)
registro = logging.getLogger(__name__)


class PortaDaApi:
    """Vale só para /api/v1/…: troca quem age pelo dono da chave, sem olhar a sessão do navegador.

    Vem logo depois de `SegundaTranca`, e diz ao PostgreSQL quem age no lugar dela. A sessão não entra aqui: um site que
    engane o navegador de alguém não age por ele, e por isso a interface não precisa do código contra pedido forjado.
    Toda recusa sai em problem+json.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        if not e_da_api(request.path_info):
            return self.get_response(request)
        comeco = time.perf_counter()
        metodo = request.method
        protocolo_de(request)
        request.chave, request.ator = None, ATOR_PUBLICO
        request.origem = _origem(request)
        try:
            _receber(request)
        except Problema as problema:
            resposta: HttpResponseBase = responder(request, problema)
        else:
            if metodo == "HEAD":
                request.method = "GET"
            resposta = self.get_response(request)
            request.method = metodo
        resposta = _acertar(request, resposta)
        tamanho = 0 if getattr(resposta, "streaming", False) else len(resposta.content)  # type: ignore[attr-defined]
        _registrar(request, resposta, ms=round((time.perf_counter() - comeco) * 1000), tamanho=tamanho)
        return _sem_corpo(resposta) if metodo == "HEAD" else resposta


def _receber(request: Any) -> None:
    """Quem pede, se cabe no limite, e o que mandou; `Problema` se algo disso não serve."""
    recusada = None
    # quem pede ainda não é ninguém: achar a chave e contar os pedidos é do sistema
    with tranca.como_sistema():
        try:
            _entrar(request)
        except Problema as problema:
            recusada = problema
        _conter(request)
    if recusada is not None:
        raise recusada
    pessoa = request.ator.pessoa
    tranca.dizer_quem_age(abrangencia=request.ator.abrangencia, pessoa=str(pessoa.pk) if pessoa else "")
    aceita = request.headers.get("Accept", "*/*")
    if not any(_ACEITA_JSON.match(tipo) and not _RECUSA.search(tipo) for tipo in aceita.split(",")):
        raise Problema(406)
    if request.method in COM_CORPO:
        request.corpo = corpo.ler(request)


def _entrar(request: Any) -> None:
    autorizacao = request.headers.get("Authorization", "")
    if not autorizacao:
        return
    esquema, _, texto = autorizacao.partition(" ")
    chave = consultas.chave_pelo_texto(texto.strip()) if esquema.lower() == "bearer" else None
    if chave is None:
        raise Problema(401, "Esta chave não é de ninguém aqui. Confira se veio inteira: redesuas_…_…")
    ator = consultas.ator_da_chave(chave, em=request.agora, hoje=request.hoje)
    if ator is None:
        raise Problema(
            401, "Esta chave já não vale: venceu, foi revogada ou o vínculo dela acabou. Crie outra na sua conta."
        )
    request.chave, request.ator = chave, ator
    if falta_segundo_fator(ator):
        raise Problema(
            403,
            "Nesta instalação, o vínculo desta chave só age com o segundo fator. Ative-o em Minha conta.",
        )


def _conter(request: Any) -> None:
    """Recusa (429) quem passa do limite por minuto: por chave ou, sem chave que valha, por lugar de onde vem."""
    limite = settings.API_POR_MINUTO if request.chave else settings.API_POR_MINUTO_SEM_CHAVE
    uso = consultas.uso_recente(chave=request.chave, origem=request.origem, em=request.agora)
    espera = uso.espera(limite=limite, em=request.agora)
    if espera:
        de_quem = "por chave" if request.chave else "sem chave, do mesmo lugar"
        raise Problema(
            429,
            f"O limite é de {limite} pedidos por minuto {de_quem}. Espere {espera} segundos.",
            cabecalhos={"Retry-After": str(espera)},
        )


def _origem(request: Any) -> str:
    ip = get_adapter(request).get_client_ip(request) if request.META.get("REMOTE_ADDR") else ""
    return consultas.origem_de(ip, dia=dia_em_brasilia(request.agora))


def _acertar(request: Any, resposta: Any) -> Any:
    """O que as camadas de dentro recusaram sem saber que quem pede é um programa (405, 404 sem rota) vira problema."""
    if resposta.status_code >= 400 and resposta.headers.get("Content-Type") != TIPO:
        situacao = resposta.status_code if resposta.status_code in TITULOS else 400
        permitidos = resposta.headers.get("Allow")
        resposta = responder(request, Problema(situacao))
        if permitidos:
            metodos = {metodo.strip() for metodo in permitidos.split(",")}
            resposta["Allow"] = ", ".join(sorted(metodos | ({"HEAD"} if "GET" in metodos else set())))
    resposta["X-Protocolo"] = request.protocolo
    return resposta


def _registrar(request: Any, resposta: HttpResponseBase, *, ms: int, tamanho: int) -> None:
    pedido = acoes.Pedido(
        chave=request.chave,
        abrangencia=request.ator.abrangencia,
        origem=request.origem,
        metodo=request.method,
        endereco=_endereco(request.path_info),
        situacao=resposta.status_code,
        ms=ms,
        tamanho=tamanho,
        protocolo=request.protocolo,
    )
    try:
        with tranca.como_sistema():
            acoes.registrar_pedido(pedido=pedido, em=request.agora)
    except (DatabaseError, InterfaceError):
        # o pedido já foi atendido: perder o registro não pode desfazer isso, mas não se esconde
        registro.exception("Protocolo %s: pedido à interface sem registro", request.protocolo)


def _endereco(caminho: str) -> str:
    """O endereço, sem a consulta. O que não é rota pode trazer qualquer coisa, até dado pessoal: não se guarda."""
    try:
        resolve(caminho)
    except Resolver404:
        return "(nenhum endereço da interface)"
    return caminho


def _sem_corpo(resposta: Any) -> HttpResponse:
    """HEAD: a mesma resposta do GET, sem o corpo."""
    vazia = HttpResponse(status=resposta.status_code)
    for nome, valor in resposta.items():
        vazia[nome] = valor
    if not getattr(resposta, "streaming", False):
        vazia["Content-Length"] = str(len(resposta.content))
    return vazia
