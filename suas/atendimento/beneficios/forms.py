"""Os formulários dos benefícios eventuais e do BPC."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms

from suas.atendimento.beneficios import listas
from suas.atendimento.beneficios.acoes.beneficios import MAXIMO_DE_PRESTACOES, Decisao, NovaRegra, Novo
from suas.atendimento.beneficios.acoes.bpc import NovoBpc
from suas.atendimento.beneficios.models import Regra
from suas.nucleo.identidade.forms.acessos import CampoDia
from suas.nucleo.tela.campos import CampoInteiro

if TYPE_CHECKING:
    from suas.atendimento.familias.models import Integrante

ANOS = (1990, 2100)
DESTA_FAMILIA = ("", "A família inteira")
DOCUMENTO = {
    listas.Tipo.NATALIDADE: "Número do registro de nascimento",
    listas.Tipo.FUNERAL: "CPF de quem faleceu",
}
_REAIS = re.compile(r"^\d{1,3}(\.\d{3})*(,\d{2})?$|^\d+(,\d{2})?$")


class CampoReais(forms.Field):
    """Dinheiro escrito como se fala, 150 ou 150,00; devolve centavos, ou nada."""

    def to_python(self, value: Any) -> Any:
        texto = str(value or "").strip().removeprefix("R$").strip()
        if not texto:
            return None
        if not _REAIS.match(texto) or len(texto) > 14:
            raise forms.ValidationError(f"“{texto[:20]}” não é um valor. Escreva como 150 ou 1.250,00.")
        reais, _, centavos = texto.replace(".", "").partition(",")
        return int(reais) * 100 + int(centavos or 0)


def _reais(rotulo: str, ajuda: str = "") -> CampoReais:
    return CampoReais(
        label=rotulo,
        required=False,
        help_text=ajuda,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


def _prestacoes(rotulo: str) -> CampoInteiro:
    return CampoInteiro(
        label=rotulo,
        min_value=1,
        max_value=MAXIMO_DE_PRESTACOES,
        error_messages={
            "required": "Escreva em quantas prestações; uma só, escreva 1.",
            "invalid": "Escreva só o número.",
            "min_value": "Ao menos uma prestação.",
            "max_value": f"Até {MAXIMO_DE_PRESTACOES} prestações.",
        },
    )


def _texto(rotulo: str, *, falta: str = "", ajuda: str = "", linhas: int = 4, maximo: int = 2000) -> forms.CharField:
    return forms.CharField(
        label=rotulo,
        required=bool(falta),
        max_length=maximo,
        help_text=ajuda,
        widget=forms.Textarea(attrs={"rows": linhas}),
        error_messages={"required": falta, "max_length": f"Escreva até {maximo} letras."},
    )


class DaRegra(forms.Form):
    """A regra do município sobre um benefício."""

    tipo = forms.TypedChoiceField(
        label="Benefício",
        coerce=int,
        choices=[("", "Escolha"), *listas.Tipo.choices],
        error_messages={"required": "Escolha o benefício.", "invalid_choice": "Escolha um da lista."},
    )
    ofertado = forms.TypedChoiceField(
        label="O município",
        coerce=lambda valor: valor == "sim",
        choices=(("sim", "oferta este benefício"), ("nao", "não oferta, ou deixou de ofertar")),
        widget=forms.RadioSelect,
        error_messages={"required": "Diga se o município oferta."},
    )
    desde = CampoDia(label="Vale desde", anos=ANOS)
    ato = forms.CharField(
        label="Lei ou resolução do conselho",
        max_length=200,
        help_text="Como Resolução CMAS nº 12/2026.",
        error_messages={"required": "Diga que lei ou resolução do conselho traz esta regra."},
    )
    criterios = _texto(
        "A quem se concede",
        ajuda="Em palavras que a família entenda. Não se pede declaração de pobreza, e a LOAS não fixa teto de renda.",
    )
    valor = _reais("Valor de cada prestação", "Em branco, quando se entrega um bem, ou o valor varia.")
    prestacoes = _prestacoes("Até quantas prestações")

    def nova(self) -> NovaRegra:
        """Depois de `is_valid()`."""
        limpos = dict(self.cleaned_data)
        return NovaRegra(valor_centavos=limpos.pop("valor"), **limpos)


class Pedir(forms.Form):
    """O que a família precisa. O benefício já se escolheu na página anterior."""

    chave = forms.UUIDField(widget=forms.HiddenInput)
    pessoa = forms.ChoiceField(label="Para quem", required=False)
    necessidade = _texto("Do que a família precisa", falta="Escreva do que a família precisa.")
    documento = forms.CharField(max_length=40, required=False)
    dia = CampoDia(label="Pedido em", anos=ANOS)

    def __init__(self, *args: Any, tipo: listas.Tipo, composicao: list[Integrante], **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        self._tipo = tipo
        self._pessoas = {str(i.pessoa_id): i.pessoa for i in composicao if i.ate is None}
        self.fields["pessoa"].choices = [
            DESTA_FAMILIA,
            *((chave, pessoa.como_se_chama) for chave, pessoa in self._pessoas.items()),
        ]
        if tipo in DOCUMENTO:
            self.fields["documento"].label = DOCUMENTO[tipo]
        else:
            del self.fields["documento"]

    def novo(self) -> Novo:
        """Depois de `is_valid()`."""
        limpos = self.cleaned_data
        return Novo(
            tipo=self._tipo,
            dia=limpos["dia"],
            necessidade=limpos["necessidade"],
            pessoa=self._pessoas.get(limpos["pessoa"]),
            documento=limpos.get("documento", ""),
            chave=limpos["chave"],
        )


class Decidir(forms.Form):
    """Conceder ou não."""

    concede = forms.ChoiceField(
        label="Decisão",
        choices=(("sim", "Conceder"), ("nao", "Não conceder")),
        widget=forms.RadioSelect,
        error_messages={"required": "Diga se se concede ou não."},
    )
    prestacoes = _prestacoes("Em quantas prestações, uma por mês")
    valor = _reais("Valor de cada prestação", "Em branco, quando se entrega um bem.")
    razao = _texto("Por quê", ajuda="Precisa, quando não se concede: a família tem direito de saber.")

    def __init__(self, *args: Any, regra: Regra | None, **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        self.fields["prestacoes"].initial = 1
        if regra is not None and regra.valor_centavos:
            reais, centavos = divmod(regra.valor_centavos, 100)
            self.fields["valor"].initial = f"{reais},{centavos:02d}"

    def decisao(self) -> Decisao:
        """Depois de `is_valid()`."""
        limpos = self.cleaned_data
        return Decisao(
            concede=limpos["concede"] == "sim",
            razao=limpos["razao"],
            prestacoes=limpos["prestacoes"],
            valor_centavos=limpos["valor"],
        )


class Entregar(forms.Form):
    """A entrega de uma prestação."""

    dia = CampoDia(label="Entregue em", anos=ANOS)
    o_que = forms.CharField(
        label="O que se entregou",
        max_length=300,
        help_text="Como uma cesta básica, ou depósito na conta da família.",
        error_messages={"required": "Escreva o que se entregou."},
    )


class Razao(forms.Form):
    """Por que se cancela."""

    razao = _texto("Por quê", falta="Diga por que se cancela.", linhas=3, maximo=300)


class AcompanharBpc(forms.Form):
    """Quem recebe o BPC."""

    pessoa = forms.ChoiceField(
        label="Quem recebe",
        error_messages={"required": "Escolha quem recebe.", "invalid_choice": "Escolha alguém da família."},
    )
    especie = forms.ChoiceField(
        label="Espécie",
        choices=listas.Especie.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Escolha a espécie."},
    )
    desde = CampoDia(label="Recebe desde", anos=ANOS)
    rever_ate = CampoDia(
        label="Próxima revisão", anos=ANOS, required=False, help_text="Em branco, de dois em dois anos desde o começo."
    )

    def __init__(self, *args: Any, composicao: list[Integrante], **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        self._pessoas = {str(i.pessoa_id): i.pessoa for i in composicao if i.ate is None}
        self.fields["pessoa"].choices = [
            ("", "Escolha"),
            *((chave, pessoa.como_se_chama) for chave, pessoa in self._pessoas.items()),
        ]

    def novo(self) -> NovoBpc:
        """Depois de `is_valid()`."""
        limpos = self.cleaned_data
        return NovoBpc(
            pessoa=self._pessoas[limpos["pessoa"]],
            especie=limpos["especie"],
            desde=limpos["desde"],
            rever_ate=limpos["rever_ate"],
        )


class Rever(forms.Form):
    """No que deu a revisão."""

    dia = CampoDia(label="Dia", anos=ANOS)
    resultado = forms.ChoiceField(
        label="Resultado",
        choices=listas.Resultado.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Escolha no que deu."},
    )
    texto = _texto("Em palavras", ajuda="Precisa, quando se suspende ou cessa.", linhas=3, maximo=500)
