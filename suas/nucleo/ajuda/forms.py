"""O formulário de pedir ajuda e os de atender."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms

from suas.nucleo.ajuda.acoes import Pagina

MAIOR_TEXTO = 4000


def _texto(rotulo: str, falta: str, ajuda: str = "") -> forms.CharField:
    return forms.CharField(
        label=rotulo,
        max_length=MAIOR_TEXTO,
        help_text=ajuda,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": falta, "max_length": f"Use até {MAIOR_TEXTO} letras; você pode escrever de novo."},
    )


class Pedir(forms.Form):
    """O que aconteceu. O estado da página vai nos campos escondidos, e a pessoa vê o que vai junto."""

    texto = _texto(
        "O que aconteceu, e o que você esperava",
        "Conte o que aconteceu: é por aí que quem atende começa.",
        "Não escreva nome, CPF ou NIS de quem é atendido.",
    )
    email = forms.EmailField(
        label="E-mail para a resposta",
        required=False,
        help_text="Sem ele não há como responder a você.",
        error_messages={"invalid": "Escreva o e-mail inteiro, como nome@exemplo.gov.br."},
    )
    com_titulo = forms.BooleanField(label="Mandar o título da página", required=False)
    com_mensagens = forms.BooleanField(
        label="Mandar as mensagens que a página mostrava",
        required=False,
        help_text="Elas podem repetir o que você digitou. Leia antes de marcar.",
    )
    mensagens = forms.CharField(
        label="Mensagens da página", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    de = forms.CharField(required=False, widget=forms.HiddenInput)
    titulo = forms.CharField(required=False, widget=forms.HiddenInput)
    tela = forms.CharField(required=False, widget=forms.HiddenInput)
    falha = forms.CharField(required=False, widget=forms.HiddenInput)
    deixe_vazio = forms.CharField(required=False, label="Deixe este campo vazio")

    def __init__(self, *args: Any, publico: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not publico:
            del self.fields["email"]

    @property
    def de_maquina(self) -> bool:
        """Preencheu o campo que pessoa nenhuma vê."""
        return bool(self.cleaned_data.get("deixe_vazio"))

    def pagina(self, *, navegador: str) -> Pagina:
        """O estado da página, só com o que a pessoa deixou ir."""
        dados = self.cleaned_data
        return Pagina(
            endereco=caminho(dados["de"]),
            titulo=dados["titulo"][:200] if dados["com_titulo"] else "",
            mensagens=dados["mensagens"] if dados["com_mensagens"] else "",
            navegador=navegador[:300],
            tela=dados["tela"] if re.fullmatch(r"\d{2,5}x\d{2,5}", dados["tela"]) else "",
            falha=protocolo(dados["falha"]),
        )


class Responder(forms.Form):
    texto = _texto("Resposta", "Escreva a resposta.")
    encerrar = forms.BooleanField(label="Encerrar o pedido com esta resposta", required=False)


class EscreverDeNovo(forms.Form):
    texto = _texto("Escrever de novo", "Escreva o que falta dizer.")


class Encaminhar(forms.Form):
    motivo = forms.CharField(
        label="Por que vai ao nível de cima",
        max_length=500,
        error_messages={"required": "Diga por que o pedido vai ao nível de cima."},
    )


def caminho(endereco: str) -> str:
    """Só o caminho de uma página daqui: sem máquina e sem consulta, que pode levar o que se digitou."""
    partes = urlsplit(endereco.strip())
    return partes.path[:300] if partes.path.startswith("/") and not partes.netloc else ""


def protocolo(texto: str) -> str:
    """O protocolo de uma falha, se tem essa forma."""
    return texto if re.fullmatch(r"[0-9A-F]{8}", texto) else ""
