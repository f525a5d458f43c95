"""O que se pede de uma senha: comprimento e não ser comum, sem regra de letras, números e sinais (ADR 0029)."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

MINIMO = 10
MAXIMO = 256
#: Palavras deste lugar, que quem tenta adivinhar tenta primeiro; com números e sinais em volta continuam fracas.
DAQUI = (
    "suas", "redesuas", "rede", "cras", "creas", "bolsafamilia", "assistencia", "assistenciasocial", "prefeitura",
    "secretaria", "municipio", "govbr", "brasil", "conselho", "cadunico", "cadastrounico", "fnas", "senha",
    "demonstracao",
)  # fmt: skip


class Comprimento:
    """De `MINIMO` a `MAXIMO` caracteres; diz quantos faltam ou sobram."""

    def validate(self, password: str, user: Any = None) -> None:
        tem = len(password)
        if tem < MINIMO:
            falta = MINIMO - tem
            faltam = "falta" if falta == 1 else "faltam"
            raise ValidationError(
                f"A senha tem {tem} {_caracteres(tem)}; {faltam} {falta} para os {MINIMO}.",
                code="senha_curta",
            )
        if tem > MAXIMO:
            raise ValidationError(
                f"A senha tem {tem} caracteres; o máximo é {MAXIMO}. Tire {tem - MAXIMO}.", code="senha_comprida"
            )

    def get_help_text(self) -> str:
        return f"Ao menos {MINIMO} caracteres."


class Comuns(CommonPasswordValidator):
    """Fora das vinte mil mais usadas, das palavras deste lugar e do próprio e-mail ou nome."""

    def validate(self, password: str, user: Any = None) -> None:
        so_letras = re.sub(r"[\W\d_]+", "", password.casefold())
        if password.casefold().strip() in self.passwords or self._de_poucos_caracteres(password):
            raise ValidationError(
                "Esta senha está na lista das mais usadas, que é por onde se começa a adivinhar. Uma frase que só você "
                "diria é boa senha.",
                code="senha_comum",
            )
        if _sem_acento(so_letras) in {*DAQUI, *_da_pessoa(user)}:
            raise ValidationError(
                "Esta senha é só uma palavra do serviço ou o seu nome, com números ou sinais em volta. Junte outras "
                "palavras.",
                code="senha_daqui",
            )

    def get_help_text(self) -> str:
        return "Não pode ser das mais usadas, nem só o seu nome ou uma palavra do serviço."

    @staticmethod
    def _de_poucos_caracteres(senha: str) -> bool:
        """“aaaaaaaaaaaa” e “ababababab” têm comprimento e mais nada."""
        return len(set(senha)) < 3


def _da_pessoa(user: Any) -> set[str]:
    if user is None:
        return set()
    nome = _sem_acento(re.sub(r"[\W\d_]+", "", getattr(user, "nome", "").casefold()))
    conta = re.sub(r"[\W\d_]+", "", getattr(user, "email", "").split("@")[0].casefold())
    partes = {_sem_acento(parte) for parte in getattr(user, "nome", "").casefold().split()}
    return {palavra for palavra in {nome, conta, *partes} if len(palavra) > 3}


def _sem_acento(texto: str) -> str:
    return texto.translate(str.maketrans("áàâãéêíóôõúüç", "aaaaeeiooouuc"))


def _caracteres(quantos: int) -> str:
    return "caractere" if quantos == 1 else "caracteres"
