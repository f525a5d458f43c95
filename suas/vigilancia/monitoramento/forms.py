"""Os formulários dos prazos: conferem forma; a regra está nos atos."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms

from normas.base.fundamento import Fundamento
from normas.prazos.calendario import calendario, sistemas
from suas.nucleo.identidade.forms.acessos import CampoDia

ANOS = (2005, 2100)


def _etapas() -> Iterator[tuple[str, str]]:
    for sistema in sistemas():
        dele = calendario(sistema)
        todas = [*dele.regras, *dele.por_aviso, *dele.da_abertura, *dele.escritas]
        for etapa in dict.fromkeys(linha.etapa for linha in todas):
            yield f"{sistema}|{etapa}", f"{sistema}, {etapa}"


class ComNorma(forms.Form):
    """A norma que deu o que se registra: sem ela nada se registra."""

    norma = forms.CharField(
        label="Norma, ato ou aviso",
        max_length=120,
        help_text="Como “Portaria SNAS nº 12/2026” ou “Aviso do ministério de 20/11/2026”",
        error_messages={"required": "Diga a norma ou o aviso: é ele que sustenta o prazo."},
    )
    dispositivo = forms.CharField(
        label="Artigo, item ou assunto",
        max_length=120,
        help_text="Como “art. 2º” ou “prorrogação do RMA”",
        error_messages={"required": "Diga o artigo ou o assunto do aviso."},
    )

    @property
    def fundamento(self) -> Fundamento:
        return Fundamento(self.cleaned_data["norma"].strip(), self.cleaned_data["dispositivo"].strip())


class ComEtapa(ComNorma):
    """O sistema, a etapa e o período."""

    qual = forms.ChoiceField(label="Sistema e etapa", choices=())
    periodo = forms.CharField(
        label="Período",
        max_length=10,
        help_text="Um mês (2026-10), um trimestre (2026-T4) ou um ano (2026), conforme o sistema",
        error_messages={"required": "Diga o período: um mês, um trimestre ou um ano."},
    )
    field_order = ("qual", "periodo", "abre", "fecha", "norma", "dispositivo")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["qual"].choices = list(_etapas())

    @property
    def sistema_e_etapa(self) -> tuple[str, str]:
        sistema, _, etapa = self.cleaned_data["qual"].partition("|")
        return sistema, etapa


class Prorrogacao(ComEtapa):
    fecha = CampoDia(label="Passa a fechar em", help_text="O último dia, como 15/12/2026", anos=ANOS)


class JanelaAberta(ComEtapa):
    abre = CampoDia(label="Abre em", help_text="Em branco, se o aviso não diz", required=False, anos=ANOS)
    fecha = CampoDia(label="Fecha em", help_text="O último dia, como 04/12/2026", anos=ANOS)


class Pane(ComNorma):
    """De quando a quando um sistema parou."""

    sistema = forms.ChoiceField(label="Sistema", choices=())
    desde = forms.DateTimeField(
        label="Parou em",
        input_formats=["%d/%m/%Y %H:%M"],
        help_text="Dia e hora de Brasília, como 20/11/2026 08:30",
        error_messages={"required": "Diga quando parou.", "invalid": "Escreva como 20/11/2026 08:30."},
    )
    ate = forms.DateTimeField(
        label="Voltou em",
        input_formats=["%d/%m/%Y %H:%M"],
        help_text="Quatro horas ou mais num dia devolvem um dia ao prazo",
        error_messages={"required": "Diga quando voltou.", "invalid": "Escreva como 20/11/2026 17:00."},
    )
    field_order = ("sistema", "desde", "ate", "norma", "dispositivo")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sistema"].choices = [(s, calendario(s).nome) for s in sistemas()]
        self.fields["norma"].label = "Como se sabe"
        self.fields["norma"].help_text = "O comunicado, o chamado aberto ou quem constatou"


class Feriado(ComNorma):
    dia = CampoDia(label="Dia", help_text="Como 08/09/2026", anos=ANOS)
    nome = forms.CharField(
        label="Que feriado é", max_length=80, error_messages={"required": "Diga que feriado é."}
    )  # fmt: skip
    field_order = ("dia", "nome", "norma", "dispositivo")


class Anulacao(forms.Form):
    motivo = forms.CharField(
        label="Por que se anula",
        max_length=300,
        help_text="Fica na história do prazo",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Diga por que se anula."},
    )


class Entrega(forms.Form):
    """A entrega que se fez no sistema federal."""

    dia = CampoDia(label="Entregue em", help_text="O dia do comprovante, como 15/11/2026", anos=ANOS)
    protocolo = forms.CharField(
        label="Protocolo",
        max_length=80,
        help_text="O número do comprovante; se o sistema não dá número, o que comprova e onde está guardado",
        error_messages={"required": "Diga o protocolo, ou o que comprova a entrega e onde está guardado."},
    )


class Retirada(forms.Form):
    """Por que a entrega informada deixa de valer."""

    ENGANO, DEVOLVIDA = "engano", "devolvida"
    qual = forms.ChoiceField(
        label="O que houve",
        choices=[
            (ENGANO, "Foi engano: não se entregou, ou o dia ou o protocolo estão errados"),
            (DEVOLVIDA, "O sistema federal devolveu ou reabriu: falta entregar de novo"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Diga o que houve."},
    )
    dia = CampoDia(
        label="Devolvida em", required=False, help_text="Só se foi devolvida ou reaberta; em branco, hoje", anos=ANOS
    )
    motivo = forms.CharField(
        label="Por que se retira",
        max_length=300,
        help_text="Fica na história da entrega",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Diga por que se retira."},
    )


class Descarte(Anulacao):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motivo"].label = "Por que não se manda"
        self.fields["motivo"].help_text = "Fica na história do aviso"
