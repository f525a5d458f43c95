"""Atos sobre pessoas e a instalação."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from suas.nucleo.identidade.models import Instalacao, Pessoa
from suas.nucleo.permissoes.abrangencia import esfera_de
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar


@transaction.atomic
def criar_instalacao(*, orgao: str, abrangencia: str, demonstracao: bool, por: Ator, em: datetime) -> Instalacao:
    """Diz de quem é a instalação. Só uma vez: depois, o órgão muda por outro ato."""
    if not orgao.strip():
        raise AtoRecusado("Informe o nome do órgão que opera a instalação, como “Secretaria de Assistência Social”.")
    esfera_de(abrangencia)
    if existente := Instalacao.objects.select_for_update().first():
        raise AtoRecusado(f"Esta instalação já é de “{existente.orgao}”.")
    nova = Instalacao.objects.create(orgao=orgao.strip(), abrangencia=abrangencia, demonstracao=demonstracao)
    registrar(ato="identidade.criar_instalacao", objeto=nova, por=por, em=em, dados={"abrangencia": abrangencia})
    return nova


@transaction.atomic
def criar_pessoa(
    *,
    email: str,
    nome: str,
    senha: str,
    por: Ator,
    em: datetime,
    de_demonstracao: bool = False,
    codificada: str = "",
) -> Pessoa:
    """Cria quem pode entrar. Senha fraca ou e-mail repetido recusam o ato em palavras.

    `codificada` vale só na demonstração, cuja senha é a mesma para todos e pública: codificar de propósito demora.
    """
    if de_demonstracao and not Instalacao.objects.filter(demonstracao=True).exists():
        raise AtoRecusado("Esta instalação não é de demonstração: não recebe entradas de demonstração.")
    if Pessoa.objects.filter(email__iexact=email.strip()).exists():
        raise AtoRecusado(f"Já existe uma pessoa com o e-mail {email.strip()}.")
    try:
        if not de_demonstracao:
            validate_password(senha, Pessoa(email=email, nome=nome))
        pronta = codificada if de_demonstracao else ""
        pessoa = Pessoa.objects.criar(email=email.strip(), nome=nome, senha=senha, codificada=pronta)
    except ValidationError as erro:
        raise AtoRecusado(" ".join(erro.messages)) from erro
    if de_demonstracao:
        Pessoa.objects.filter(pk=pessoa.pk).update(de_demonstracao=True)
        pessoa.de_demonstracao = True
    registrar(ato="identidade.criar_pessoa", objeto=pessoa, por=por, em=em)
    return pessoa
