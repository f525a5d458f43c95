"""Os formulários do que a entidade oferta, das parcerias, do vínculo SUAS e do CNEAS."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms

from normas.base.centavos import ler_reais
from suas.cadastros.entidades.acoes.ofertas import DadosDaOferta, DadosDaParceria
from suas.cadastros.entidades.consultas.ofertas import servicos
from suas.cadastros.entidades.forms.cadastro import ESCOLHA, linha
from suas.cadastros.entidades.models import Entidade, Oferta, Parceria
from suas.cadastros.territorio.forms import municipio_escrito
from suas.nucleo.identidade.forms.acessos import CampoDia
from suas.nucleo.tela.campos import CampoInteiro

_MAIOR_QUANTIDADE = 1_000_000


def _quantidade(rotulo: str, ajuda: str) -> CampoInteiro:
    return CampoInteiro(
        label=rotulo,
        required=False,
        min_value=0,
        max_value=_MAIOR_QUANTIDADE,
        help_text=ajuda,
        error_messages={
            "invalid": "Escreva só o número, como 120.",
            "min_value": "Escreva zero ou mais.",
            "max_value": "Confira o número: passa de um milhão.",
        },
    )


def motivo(rotulo: str, *, falta: str, ajuda: str = "") -> forms.CharField:
    """Por que se faz, em uma ou mais linhas."""
    return forms.CharField(
        label=rotulo,
        max_length=4000,
        help_text=ajuda,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": falta},
    )


class EditarOferta(forms.Form):
    """Uma oferta da entidade num município."""

    tipo = forms.ChoiceField(
        label="O que é", choices=ESCOLHA + Oferta.Tipo.choices, error_messages={"required": "Escolha o que se oferta."}
    )
    servico = forms.ChoiceField(
        label="Serviço da Tipificação",
        required=False,
        help_text="Se é um dos serviços da Resolução CNAS nº 109/2009.",
    )
    nome = linha("Nome", maior=200, falta="Dê um nome à oferta, como a entidade a chama.")
    onde = linha(
        "Município", maior=80, falta="Escreva o município em que se oferta.", ajuda="Com a UF, como Vitória/ES"
    )
    lugar = linha("Endereço de onde se oferta", maior=300, ajuda="Em branco, na sede da entidade")
    publico = linha("Público", maior=300, ajuda="Quem é atendido: crianças de 6 a 14 anos, pessoas idosas")
    capacidade = _quantidade("Capacidade", "Quantas pessoas, ou famílias, cabem")
    atendidos = _quantidade("Atendidos agora", "Quantas pessoas, ou famílias, são atendidas")
    dias_e_horas = linha("Dias e horas", maior=200, ajuda="Segunda a sexta, das 8h às 17h")
    gratuita = forms.BooleanField(label="É gratuita para quem é atendido", required=False, initial=True)
    desde = CampoDia(label="Desde quando", required=False)

    def __init__(self, *args: Any, hoje: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        escolha: Any = self.fields["servico"]
        escolha.choices = [("", "Não é, ou não se aplica"), *servicos(em=hoje)]

    def clean_onde(self) -> str:
        return municipio_escrito(self.cleaned_data["onde"])

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if dados.get("servico") and dados.get("tipo") != Oferta.Tipo.SERVICO:
            self.add_error("tipo", "O que está na Tipificação é serviço. Escolha “serviço”, ou deixe-a em branco.")
        return dados

    def dados(self) -> DadosDaOferta:
        limpos = dict(self.cleaned_data)
        return DadosDaOferta(municipio=limpos.pop("onde"), **limpos)


def da_oferta(oferta: Oferta) -> dict[str, Any]:
    """Os valores do formulário para a oferta como está gravada."""
    iguais = ("tipo", "servico", "nome", "lugar", "publico", "capacidade", "atendidos", "dias_e_horas", "gratuita")
    valores = {nome: getattr(oferta, nome) for nome in iguais}
    return valores | {"onde": str(oferta.municipio), "desde": oferta.desde}


class Encerrar(forms.Form):
    """O dia em que algo deixa de valer, e por quê."""

    dia = CampoDia(label="Primeiro dia em que já não vale")
    motivo = motivo("Por quê", falta="Diga por quê: fica na história da entidade.")


class NovaParceria(forms.Form):
    """Um instrumento com o poder público."""

    tipo = forms.ChoiceField(
        label="Instrumento",
        choices=ESCOLHA + Parceria.Tipo.choices,
        error_messages={"required": "Escolha o instrumento, como está no documento."},
    )
    numero = linha("Número", maior=60, falta="Escreva o número, como 12/2026.", ajuda="Como está no documento")
    orgao = linha(
        "Com quem", maior=200, falta="Escreva o órgão, como Município de Vitória.", ajuda="O órgão que assina"
    )
    objeto = linha("Para quê", maior=500)
    oferta: forms.ModelChoiceField[Oferta] = forms.ModelChoiceField(
        label="Que oferta financia", queryset=None, required=False, empty_label="Nenhuma em especial"
    )
    desde = CampoDia(label="Vale desde")
    ate = CampoDia(label="Último dia")
    valor = linha("Valor", maior=30, ajuda="Em reais, o total do instrumento, como 120.000,00")

    def __init__(self, *args: Any, entidade: Entidade, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        oferta: Any = self.fields["oferta"]
        oferta.queryset = entidade.ofertas.all()

    def clean_valor(self) -> int | None:
        escrito = re.sub(r"R\$|\s", "", self.cleaned_data["valor"])
        if not escrito:
            return None
        if "," in escrito or re.fullmatch(r"\d{1,3}(\.\d{3})+", escrito):
            escrito = escrito.replace(".", "").replace(",", ".")
        try:
            return ler_reais(escrito)
        except ValueError as erro:
            raise forms.ValidationError(
                f"“{self.cleaned_data['valor']}” não é um valor em reais. Escreva como 120.000,00."
            ) from erro

    def dados(self) -> DadosDaParceria:
        limpos = dict(self.cleaned_data)
        return DadosDaParceria(valor_centavos=limpos.pop("valor"), **limpos)


class ReconhecerVinculo(forms.Form):
    """Desde quando a entidade é da rede do SUAS, e por quê."""

    desde = CampoDia(label="Reconhecida desde")
    por_que = linha(
        "Por quê",
        maior=500,
        falta="Diga o ato e as razões do reconhecimento.",
        ajuda="O ato que reconheceu e as condições que a entidade cumpre",
    )


class ConcluirCneas(forms.Form):
    """O dia da visita do órgão gestor, que vem antes da conclusão."""

    visita = CampoDia(label="Dia da visita do órgão gestor à entidade")


class ReabrirCneas(forms.Form):
    motivo = motivo("Por que reabrir", falta="Diga por quê: a entidade vê a razão.")
