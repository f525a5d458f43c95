"""Tirar da pessoa o que diz quem ela é, sem tirar o que ela fez."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction

from suas.nucleo.identidade import consultas
from suas.nucleo.identidade.acoes import convites, perda
from suas.nucleo.identidade.intermediarios import dia_em_brasilia
from suas.nucleo.identidade.models import DOMINIO_DE_APAGADA, Convite, Pessoa
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.trilha.acoes import registrar

APAGADA = "Pessoa apagada"


def impedimentos(*, pessoa: Pessoa, em: datetime) -> list[str]:
    """O que ainda impede o apagamento, em palavras; vazio, pode."""
    if pessoa.nome == APAGADA and not pessoa.is_active:
        return ["Os dados desta pessoa já foram apagados."]
    vigentes = consultas.vinculos_vigentes(pessoa, em=dia_em_brasilia(em))
    return [
        f"{vinculo.papel.nome}, {vinculo.orgao}: passe a titularidade a outra pessoa antes de apagar."
        for vinculo in vigentes
        if vinculo.papel.titular
    ]


@transaction.atomic
def cancelar_convites(*, pessoa: Pessoa, por: Ator, em: datetime) -> None:
    """Cancela os convites à espera dela: quem os fez nomeia outra pessoa."""
    for convite in Convite.objects.filter(email__iexact=pessoa.email, estado=Convite.Estado.ABERTO):
        convites.fechar(convite, estado=Convite.Estado.CANCELADO, em=em)
        registrar(ato="identidade.cancelar_convite", objeto=convite, por=por, em=em)


@transaction.atomic
def tirar_chaves(*, pessoa: Pessoa, por: Ator, em: datetime) -> None:
    """Revoga, uma linha na trilha para cada, o que entra em nome dela. Antes de apagar as linhas que o dizem."""
    for vinculo in pessoa.vinculos.all():
        perda.tirar_o_que_entra(vinculo=vinculo, por=por, em=em)


@transaction.atomic
def anonimizar(*, pessoa: Pessoa, por: Ator, em: datetime) -> None:
    """Encerra os vínculos e as sessões e troca nome, e-mail e senha pelo que não leva a ninguém."""
    dia = dia_em_brasilia(em)
    for vinculo in pessoa.vinculos.filter(ate__isnull=True) | pessoa.vinculos.filter(ate__gt=dia):
        vinculo.ate = max(dia, vinculo.desde + timedelta(days=1))
        vinculo.save(update_fields=["ate"])
    for sessao in Session.objects.iterator():
        if sessao.get_decoded().get("_auth_user_id") == str(pessoa.pk):
            sessao.delete()
    pessoa.nome, pessoa.email = APAGADA, f"apagada-{pessoa.pk}{DOMINIO_DE_APAGADA}"
    pessoa.is_active, pessoa.last_login = False, None
    pessoa.set_unusable_password()
    pessoa.save(update_fields=["nome", "email", "is_active", "last_login", "password"])
    registrar(ato="identidade.anonimizar", objeto=pessoa, por=por, em=em)
