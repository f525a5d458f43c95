"""Os formulários dos avisos."""

from __future__ import annotations

from typing import Any

from django import forms

from suas.nucleo.avisos import modelos
from suas.nucleo.avisos.models import Forma
from suas.nucleo.avisos.silencio import Horas
from suas.nucleo.permissoes.abrangencia import contem, esfera_de
from suas.nucleo.permissoes.papeis import PAPEIS_DE_VINCULO


class Preferencias(forms.Form):
    """Como receber cada tipo de aviso, e as horas em que o correio espera."""

    HORAS = (
        ("casa", "As da instalação"),
        ("minhas", "As que eu disser abaixo"),
        ("nunca", "Nenhuma: pode vir a qualquer hora"),
    )
    quais_horas = forms.ChoiceField(label="Horas em que o correio espera", choices=HORAS, widget=forms.RadioSelect)
    de = forms.TimeField(
        label="Das", required=False, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    )
    ate = forms.TimeField(
        label="Às", required=False, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for codigo, tipo in modelos.TIPOS.items():
            self.fields[f"tipo_{codigo}"] = forms.ChoiceField(
                label=tipo.nome, help_text=tipo.descricao, choices=Forma.choices, widget=forms.RadioSelect
            )
        for nome in ("de", "ate"):
            self.fields[nome].error_messages["invalid"] = "Escreva a hora com minutos, como 21:30."
            self.fields[nome].help_text = "Hora de Brasília, como 21:30."
        self.order_fields([*(f"tipo_{codigo}" for codigo in modelos.TIPOS), "quais_horas", "de", "ate"])

    def clean(self) -> dict[str, Any]:
        dados = super().clean() or {}
        if dados.get("quais_horas") == "minhas":
            for nome, rotulo in (("de", "começa"), ("ate", "termina")):
                if dados.get(nome) is None and nome not in self.errors:
                    self.add_error(nome, f"Diga a que horas o silêncio {rotulo}.")
        return dados

    @property
    def formas(self) -> dict[str, Forma]:
        return {codigo: Forma(self.cleaned_data[f"tipo_{codigo}"]) for codigo in modelos.TIPOS}

    @property
    def horas(self) -> Horas | None:
        """As horas escolhidas; sem valor, as da instalação."""
        if self.cleaned_data["quais_horas"] == "casa":
            return None
        if self.cleaned_data["quais_horas"] == "nunca":
            return Horas.ler("")
        return Horas(de=self.cleaned_data["de"], ate=self.cleaned_data["ate"])


class Motivo(forms.Form):
    """Por que se faz o que fica na trilha."""

    motivo = forms.CharField(
        label="Motivo",
        max_length=300,
        help_text="Fica na trilha, com o seu nome. Não escreva dado pessoal.",
        error_messages={"required": "Diga por que precisa ver o endereço."},
    )


class Texto(forms.Form):
    """O assunto e o corpo de um aviso, com os campos entre chaves."""

    assunto = forms.CharField(
        label="Assunto", max_length=200, error_messages={"required": "Escreva o assunto do aviso."}
    )
    corpo = forms.CharField(
        label="Texto",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Escreva o texto do aviso."},
    )


class Recado(Texto):
    """Um recado a quem tem um papel num território."""

    causa = forms.UUIDField(widget=forms.HiddenInput)
    papel = forms.ChoiceField(label="Quem recebe", required=False)
    territorio = forms.CharField(
        label="Em que território",
        max_length=7,
        help_text="BR, dois algarismos de um estado ou sete de um município. Vale também o que está dentro.",
        error_messages={"required": "Diga o território: BR, o código do estado ou o do município."},
    )
    field_order = ("papel", "territorio", "assunto", "corpo", "causa")

    def __init__(self, *args: Any, casa: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.casa = casa
        self.fields["papel"].choices = [("", "Qualquer papel"), *((p.codigo, p.nome) for p in PAPEIS_DE_VINCULO)]
        self.fields["territorio"].initial = casa

    def clean_territorio(self) -> str:
        codigo = str(self.cleaned_data["territorio"]).strip().upper()
        try:
            esfera_de(codigo)
        except ValueError as erro:
            raise forms.ValidationError(str(erro)) from erro
        if not contem(self.casa, codigo):
            raise forms.ValidationError(f"{codigo} está fora do território desta instalação ({self.casa}).")
        return codigo
