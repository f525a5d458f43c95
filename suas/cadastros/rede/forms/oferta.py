"""Os formulários do que a unidade oferta e dos municípios que atende; a regra está nas ações."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from normas.rede.tipificacao import Servico, aviso_da_oferta, servicos
from suas.cadastros.rede.acoes.atendidos import Combinado
from suas.cadastros.rede.acoes.ofertas import Dados
from suas.cadastros.rede.forms.cadastro import inteiro
from suas.cadastros.rede.models import MunicipioAtendido, ServicoOfertado, Unidade
from suas.cadastros.territorio.forms import municipio_escrito
from suas.nucleo.identidade.forms.acessos import CampoDia

MAIOR = 1_000_000


class ComVersao(forms.Form):
    """Leva escondida a versão da unidade que a pessoa leu."""

    versao = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, unidade: Unidade, **opcoes: Any) -> None:
        opcoes["initial"] = {"versao": unidade.versao} | opcoes.get("initial", {})
        super().__init__(*args, **opcoes)
        self.unidade = unidade

    @property
    def lida(self) -> int:
        """A versão que a pessoa leu; 0 se não se sabe."""
        return self.cleaned_data.get("versao") or 0


class MudarOferta(ComVersao):
    """A capacidade de um serviço e desde quando se oferta."""

    capacidade = inteiro("Capacidade", maior=MAIOR, ajuda="Quantas pessoas ou famílias cabem; em branco, não se sabe")
    desde = CampoDia(label="Ofertado desde", required=False, help_text="Como 31/12/2026; em branco, não se sabe")

    @classmethod
    def de(cls, oferta: ServicoOfertado) -> dict[str, Any]:
        """O que está gravado, para o formulário."""
        return {"capacidade": oferta.capacidade, "desde": oferta.desde}


class Ofertar(MudarOferta):
    """Um serviço da Tipificação que a unidade passa a ofertar."""

    servico = forms.ChoiceField(label="Serviço", error_messages={"required": "Escolha o serviço."})
    field_order = ("servico", "capacidade", "desde", "versao")

    def __init__(self, *args: Any, unidade: Unidade, hoje: date, **opcoes: Any) -> None:
        super().__init__(*args, unidade=unidade, **opcoes)
        todos = servicos(em=hoje)
        usuais = [s for s in todos if not _aviso(s, unidade)]
        escolha: Any = self.fields["servico"]
        escolha.choices = [
            ("", "Escolha"),
            *_grupo(f"Costumam se ofertar em {unidade.get_tipo_display()}", usuais),
            *_grupo("Outros serviços da Tipificação", [s for s in todos if s not in usuais]),
        ]

    def dados(self) -> Dados:
        """O que a ação grava."""
        return Dados(**{nome: self.cleaned_data[nome] for nome in ("servico", "capacidade", "desde")})


def _aviso(servico: Servico, unidade: Unidade) -> str | None:
    publica = unidade.natureza == Unidade.Natureza.PUBLICA
    return aviso_da_oferta(servico=servico, tipo=unidade.tipo, publica=publica)


def _grupo(titulo: str, do_grupo: list[Servico]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(titulo, [(s.codigo, s.nome) for s in do_grupo])] if do_grupo else []


class MudarAtendido(ComVersao):
    """O que se combinou com um município atendido."""

    vagas = inteiro("Cota de vagas", maior=MAIOR, ajuda="Vagas guardadas ao município; em branco, não há cota")
    cota_percentual = forms.DecimalField(
        label="Parte no custo",
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
        help_text="Quanto do custo o município paga, de 0 a 100, como 12,5",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "invalid": "Escreva só o número, como 12,5.",
            "min_value": "Escreva de 0 a 100.",
            "max_value": "Escreva de 0 a 100.",
            "max_decimal_places": "Escreva no máximo duas casas, como 12,50.",
            "max_digits": "Escreva de 0 a 100, com até duas casas.",
            "max_whole_digits": "Escreva de 0 a 100.",
        },
    )
    fluxo = forms.CharField(
        label="Fluxo de acesso",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Quem encaminha, quem confirma a vaga, como a pessoa chega. Não escreva nomes de quem é atendido.",
    )
    desde = CampoDia(label="Atendido desde", required=False, help_text="Como 31/12/2026; em branco, não se sabe")

    def combinado(self) -> Combinado:
        """O que a ação grava."""
        nomes = ("vagas", "cota_percentual", "fluxo", "desde")
        return Combinado(**{nome: self.cleaned_data[nome] for nome in nomes})

    @classmethod
    def de(cls, atendido: MunicipioAtendido) -> dict[str, Any]:
        """O que está gravado, para o formulário."""
        return {nome: getattr(atendido, nome) for nome in ("vagas", "cota_percentual", "fluxo", "desde")}


class Atender(MudarAtendido):
    """Um município que a unidade passa a atender."""

    municipio = forms.CharField(
        label="Município",
        max_length=80,
        help_text="Com a UF, como Serra/ES",
        error_messages={"required": "Escreva o município atendido."},
    )
    field_order = ("municipio", "vagas", "cota_percentual", "fluxo", "desde", "versao")

    def clean_municipio(self) -> str:
        escrito = self.cleaned_data["municipio"]
        try:  # sem a UF, é o de mesmo nome na da unidade
            return municipio_escrito(f"{escrito}/{self.unidade.municipio.uf.sigla}")
        except forms.ValidationError:
            return municipio_escrito(escrito)


class Encerrar(ComVersao):
    """O primeiro dia em que já não vale, e por quê."""

    dia = CampoDia(
        label="Primeiro dia em que já não vale",
        help_text="Como 31/12/2026. O próprio dia do começo desfaz o que nunca valeu.",
    )
    motivo = forms.CharField(
        label="Por quê",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Escreva por que acaba: fica na história da unidade."},
    )
