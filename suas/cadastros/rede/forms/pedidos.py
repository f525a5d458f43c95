"""Formulários dos pedidos: abrir, fechar e reabrir uma unidade, responder e desfazer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from normas.base.documentos import ler_identificador_de_unidade
from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.forms import Endereco, conferido
from suas.nucleo.identidade.forms.acessos import CampoDia
from suas.nucleo.tela.campos import CampoInteiro

UM_ANO = timedelta(days=366)


def texto(rotulo: str, *, ajuda: str = "", exigido: str = "") -> forms.CharField:
    return forms.CharField(
        label=rotulo,
        required=bool(exigido),
        max_length=2000,
        help_text=ajuda,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": exigido, "max_length": "Escreva em até 2.000 letras."},
    )


class Pedido(forms.Form):
    """O que todo pedido diz: por quê."""

    def __init__(self, *args: Any, hoje: date, **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        self.hoje = hoje

    def clean_dia(self) -> date:
        dia: date = self.cleaned_data["dia"]
        if dia > self.hoje + UM_ANO:
            raise forms.ValidationError(f"{dia:%d/%m/%Y} é daqui a mais de um ano. Confira o ano.")
        return dia


class Abertura(Pedido, Endereco):
    """O pedido para abrir uma unidade: o que é, onde fica, a partir de quando e por quê."""

    nome = forms.CharField(
        label="Nome da unidade",
        max_length=150,
        help_text="Como CRAS São Pedro",
        error_messages={"required": "Escreva o nome da unidade."},
    )
    tipo = forms.ChoiceField(
        label="Tipo",
        choices=[("", "Escolha"), *Unidade.Tipo.choices],
        error_messages={"required": "Escolha o tipo da unidade."},
    )
    natureza = forms.ChoiceField(label="Natureza", choices=Unidade.Natureza.choices)
    identificador = forms.CharField(
        label="Número identificador", required=False, max_length=30, help_text="Os 11 algarismos do CadSUAS, se já tem"
    )
    capacidade = CampoInteiro(
        label="Capacidade",
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text="No CRAS, famílias referenciadas; no acolhimento, vagas; nos outros, pessoas",
        error_messages={
            "invalid": "Escreva só um número inteiro, sem letras.",
            "min_value": "Escreva um número de 0 em diante.",
            "max_value": "Escreva um número até 1.000.000.",
        },
    )
    dia = CampoDia(label="Primeiro dia de funcionamento", help_text="Como 31/12/2026")
    endereco_reservado = forms.BooleanField(
        label="O endereço é reservado",
        required=False,
        help_text="Marque para não mostrar ao público onde fica, como numa casa que protege mulheres em risco.",
    )
    justificativa = texto(
        "Por que abrir", ajuda="O que mudou e quem será atendido", exigido="Escreva por que se pede a abertura."
    )
    field_order = ("nome", "tipo", "natureza", "capacidade", "dia", "identificador", "justificativa")

    def clean_nome(self) -> str:
        return " ".join(self.cleaned_data["nome"].split())

    def clean_identificador(self) -> str | None:
        return conferido(ler_identificador_de_unidade, self.cleaned_data["identificador"]) or None

    def dados(self) -> dict[str, Any]:
        """O que o pedido guarda: os campos da unidade, com o dia em ISO."""
        campos = {n: v for n, v in self.cleaned_data.items() if n != "justificativa" and v not in ("", None, False)}
        return campos | {"dia": self.cleaned_data["dia"].isoformat()}


class Fechamento(Pedido):
    """O pedido para fechar: a partir de quando, o que acontece com as famílias e os serviços, e por quê."""

    dia = CampoDia(label="Primeiro dia em que já não funciona", help_text="Como 31/12/2026")
    destino = texto(
        "O que acontece com as famílias e os serviços",
        ajuda="Que unidade passa a atender, e como as famílias ficam sabendo",
        exigido="Escreva o que acontece com as famílias e os serviços, ainda que seja “ninguém era atendido aqui”.",
    )
    justificativa = texto("Por que fechar", exigido="Escreva por que se pede o fechamento.")

    def dados(self) -> dict[str, Any]:
        return {"dia": self.cleaned_data["dia"].isoformat(), "destino": self.cleaned_data["destino"].strip()}


class Reabertura(Pedido):
    """O pedido para reabrir: por quê."""

    justificativa = texto("Por que reabrir", exigido="Escreva por que se pede a reabertura.")

    def dados(self) -> dict[str, Any]:
        return {}


class PedidoDeDesfazer(forms.Form):
    """O pedido para que se desfaça uma junção ou um desmembramento: por quê."""

    justificativa = texto(
        "Por que desfazer",
        ajuda="O que se viu depois; se aprovado, fica na história das duas unidades",
        exigido="Escreva por que se pede que seja desfeito.",
    )


class Resposta(forms.Form):
    """A resposta a um pedido; a recusa exige o motivo, e isso a ação confere."""

    resposta = texto("Resposta a quem pediu", ajuda="Na recusa, diga o que falta ou por que não cabe")


class Desfazer(forms.Form):
    """Por que se desfaz o que um pedido aprovado fez."""

    motivo = texto(
        "Por que desfazer",
        ajuda="Fica na história das duas unidades, e quem pediu recebe aviso",
        exigido="Escreva por que se desfaz.",
    )
