"""O mês e o registro que o endereço diz."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from normas.base.competencia import Competencia
from suas.cadastros.rede.models import Unidade
from suas.vigilancia.mensais import consultas
from suas.vigilancia.mensais.models import RegistroMensal


def competencia_do(request: HttpRequest, mes: str) -> Competencia:
    """404 para mês que não existe, ainda não começou ou é anterior ao formulário transcrito."""
    competencia = consultas.lido(mes, hoje=request.hoje)
    if competencia is None:
        raise Http404
    return competencia


def registro_da(unidade: Unidade, competencia: Competencia) -> RegistroMensal:
    """404 para o mês que ninguém começou."""
    registro = consultas.registro_de(unidade, competencia=competencia)
    if registro is None:
        raise Http404
    return registro
