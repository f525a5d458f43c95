"""Órgãos e fundos inventados, feitos pelos atos da casa."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from normas.base.documentos import digitos_do_cnpj
from suas.cadastros.orgaos import acoes
from suas.cadastros.orgaos.do_ente import Posse
from suas.cadastros.orgaos.models import Mandato, Orgao
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes.ator import ATOR_PUBLICO

VITORIA = "3205309"
#: Um CNPJ inventado, com os dígitos certos.
CNPJ = "998877660001" + digitos_do_cnpj("998877660001")


def orgao(tipo: str = "orgao_gestor", *, onde: str = VITORIA, **campos: Any) -> Orgao:
    """O órgão de um tipo, registrado hoje; sem ninguém em exercício."""
    dados = {"nome": f"Órgão do Exemplo ({tipo})"} | campos
    return acoes.registrar_orgao(tipo=tipo, abrangencia=onde, dados=dados, por=ATOR_PUBLICO, em=AGORA)


def posse(nome: str = "Pessoa do Exemplo", *, desde: date = date(2025, 1, 2), **campos: Any) -> Posse:
    return Posse(nome=nome, desde=desde, **campos)


def pdf(nome: str = "decreto.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(nome, b"%PDF-1.4 decreto inventado")


def mandato(de: Orgao, *, funcao: str = "titular", arquivo: Any = None, **campos: Any) -> Mandato:
    """Alguém em exercício no órgão; `arquivo` é o do ato."""
    return acoes.dar_posse(
        orgao=de, funcao=funcao, posse=posse(**campos), arquivo=arquivo, por=ATOR_PUBLICO, em=AGORA, hoje=HOJE
    )[0]  # fmt: skip
