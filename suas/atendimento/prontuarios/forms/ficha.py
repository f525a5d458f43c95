"""O formulário de uma ficha do prontuário, montado da declaração dela em `normas/prontuario`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from normas.prontuario.conferencia import LINHAS, Falta
from normas.prontuario.modelo import Campo, Ficha, Quadro, Tipo
from suas.atendimento.prontuarios.acoes.blocos import Preenchida
from suas.nucleo.identidade.forms.acessos import CampoDia
from suas.nucleo.tela.campos import CampoInteiro

ANOS = (1900, 2100)
NAO_INFORMADO = ("", "Não informado")
EM_BRANCO = 2
DA_LISTA = {"invalid_choice": "Escolha uma das opções da lista.", "invalid_list": "Escolha entre as opções da lista."}
COMPRIDO = 200


def campo_do_formulario(campo: Campo, *, pessoas: Mapping[str, str], na_linha: bool = False) -> forms.Field:
    """O campo da tela: nenhum se exige aqui, porque o que falta se diz na conferência da ficha."""
    comum: dict[str, Any] = {"label": campo.rotulo, "required": False, "help_text": campo.ajuda}
    match campo.tipo:
        case Tipo.SIM_OU_NAO if not na_linha:
            opcoes = [*campo.respostas.items(), NAO_INFORMADO]
            return forms.ChoiceField(choices=opcoes, widget=forms.RadioSelect, error_messages=DA_LISTA, **comum)
        case Tipo.SIM_OU_NAO | Tipo.ESCOLHA:
            return forms.ChoiceField(
                choices=[NAO_INFORMADO, *campo.respostas.items()], error_messages=DA_LISTA, **comum
            )
        case Tipo.PESSOA:
            return forms.ChoiceField(choices=[("", "Escolha"), *pessoas.items()], error_messages=DA_LISTA, **comum)
        case Tipo.VARIAS | Tipo.PESSOAS:
            opcoes = list((pessoas if campo.tipo is Tipo.PESSOAS else campo.opcoes).items())
            return forms.MultipleChoiceField(
                choices=opcoes, widget=forms.CheckboxSelectMultiple, error_messages=DA_LISTA, **comum
            )
        case Tipo.INTEIRO | Tipo.REAIS:
            return CampoInteiro(
                min_value=0,
                error_messages={
                    "invalid": "Escreva um número inteiro, sem ponto nem vírgula.",
                    "min_value": "Escreva um número de 0 em diante.",
                },
                **comum,
            )
        case Tipo.DIA:
            return CampoDia(anos=ANOS, **comum)
    comprido = campo.maximo > COMPRIDO
    return forms.CharField(
        max_length=campo.maximo, widget=forms.Textarea(attrs={"rows": 2}) if comprido else forms.TextInput(), **comum
    )


class DaGravacao(forms.Form):
    """O dia da avaliação, o que se escreve além das respostas, e sobre que versão se escreve."""

    sobre = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)
    observacao = forms.CharField(
        label="Observação",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Fica com o seu nome e o dia, ao lado das de antes.",
    )
    dia = CampoDia(label="Dia da avaliação", anos=ANOS)


class Preenchimento:
    """Os formulários de uma ficha juntos: as perguntas, as linhas de cada quadro, e o dia."""

    def __init__(
        self,
        *,
        ficha: Ficha,
        pessoas: Mapping[str, str],
        respostas: Mapping[str, Any],
        sobre: int,
        hoje: date,
        dados: QueryDict | None,
    ) -> None:
        self.ficha = ficha
        self.campos = _formulario(ficha.campos, pessoas)(dados, prefix="r", initial=_iniciais(ficha.campos, respostas))
        self.gravacao = DaGravacao(dados, initial={"dia": hoje, "sobre": sobre})
        self.quadros = [
            (quadro, _linhas(quadro, pessoas, respostas.get(quadro.codigo, []), dados)) for quadro in ficha.quadros
        ]

    @property
    def errors(self) -> bool:
        """Há o que conferir? Para o resumo no alto."""
        return bool(
            self.campos.errors or self.gravacao.errors or any(linhas.total_error_count() for _, linhas in self.quadros)
        )

    def is_valid(self) -> bool:
        """Todos se conferem, para todos dizerem o que falta."""
        servem = [self.campos.is_valid(), self.gravacao.is_valid(), *(linhas.is_valid() for _, linhas in self.quadros)]
        return all(servem)

    def preenchida(self) -> Preenchida:
        """Depois de `is_valid()`: o que se escreveu, sem as perguntas em branco."""
        respostas = _respondidas(self.campos.cleaned_data)
        for quadro, linhas in self.quadros:
            if escritas := [_respondidas(form.cleaned_data) for form in _escritas(linhas)]:
                respostas[quadro.codigo] = escritas
        limpos = self.gravacao.cleaned_data
        return Preenchida(
            respostas=respostas, dia=limpos["dia"], sobre=limpos["sobre"], observacao=limpos["observacao"]
        )

    def sobre_a_de_agora(self, numero: int) -> None:
        """O próximo envio é sobre a versão que a tela passa a mostrar."""
        self.gravacao.data = {**self.gravacao.data.dict(), "sobre": str(numero)}

    def apontar(self, faltas: list[Falta]) -> None:
        """Põe cada falta no campo de que ela fala."""
        por_codigo = {quadro.codigo: linhas for quadro, linhas in self.quadros}
        for falta in faltas:
            form = self.campos
            if falta.quadro:
                form = _escritas(por_codigo[falta.quadro])[falta.linha]
            form.add_error(falta.campo if falta.campo in form.fields else None, falta.mensagem)


def _formulario(campos: tuple[Campo, ...], pessoas: Mapping[str, str], *, na_linha: bool = False) -> type[forms.Form]:
    feitos = {campo.codigo: campo_do_formulario(campo, pessoas=pessoas, na_linha=na_linha) for campo in campos}
    return type("Respostas", (forms.Form,), feitos)


def _linhas(
    quadro: Quadro, pessoas: Mapping[str, str], gravadas: list[Mapping[str, Any]], dados: QueryDict | None
) -> Any:
    linhas = forms.formset_factory(
        _formulario(quadro.campos, pessoas, na_linha=True),
        extra=EM_BRANCO,
        can_delete=True,
        max_num=LINHAS,
        validate_max=True,
        absolute_max=LINHAS * 2,
    )
    inicial = [_iniciais(quadro.campos, linha) for linha in gravadas]
    feitas = linhas(dados, prefix=f"q-{quadro.codigo}", initial=inicial)
    for form in feitas.forms:
        form.fields["DELETE"].label = "Retirar esta linha"
    return feitas


def _escritas(linhas: Any) -> list[forms.Form]:
    """As linhas com algo escrito que não se pediu para retirar."""
    return [form for form in linhas.forms if not form.cleaned_data.get("DELETE") and _respondidas(form.cleaned_data)]


def _iniciais(campos: tuple[Campo, ...], respostas: Mapping[str, Any]) -> dict[str, Any]:
    dias = {campo.codigo for campo in campos if campo.tipo is Tipo.DIA}
    return {codigo: date.fromisoformat(v) if codigo in dias and v else v for codigo, v in respostas.items()}


def _respondidas(limpos: Mapping[str, Any]) -> dict[str, Any]:
    return {
        codigo: valor.isoformat() if isinstance(valor, date) else valor
        for codigo, valor in limpos.items()
        if codigo != "DELETE" and valor not in (None, "", [])
    }
