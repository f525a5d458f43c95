"""Os formulários dos grupos."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from suas.atendimento.servicos import listas
from suas.atendimento.servicos.acoes.grupos import Chamada, NovoGrupo
from suas.atendimento.servicos.consultas.grupos import NaChamada
from suas.cadastros.rede.models import Unidade
from suas.nucleo.identidade.forms.acessos import CampoDia
from suas.nucleo.tela.campos import CampoInteiro

ANOS = (1990, 2100)


class Abrir(forms.Form):
    """Um grupo, ou uma atividade que não continua."""

    nome = forms.CharField(
        label="Nome", max_length=120, error_messages={"required": "Escreva o nome do grupo ou da atividade."}
    )
    tipo = forms.ChoiceField(
        label="O que é",
        widget=forms.RadioSelect,
        error_messages={"required": "Escolha o que é.", "invalid_choice": "Escolha uma das opções da lista."},
    )
    comecou = CampoDia(label="Começa em", anos=ANOS)
    quando = forms.CharField(
        label="Dias e horário", max_length=120, required=False, help_text="Como terças, das 14h às 16h."
    )
    local = forms.CharField(label="Onde", max_length=150, required=False, help_text="Em branco, na própria unidade.")

    def __init__(self, *args: Any, unidade: Unidade, **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        self.fields["tipo"].choices = listas.tipos_para(unidade)

    def novo(self) -> NovoGrupo:
        """Depois de `is_valid()`."""
        return NovoGrupo(**self.cleaned_data)


class Motivo(forms.Form):
    """Um ato que pede razão."""

    motivo = forms.CharField(
        label="Por quê",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Escreva o motivo.", "max_length": "Escreva até 300 letras."},
    )


class Sair(Motivo):
    """A saída de alguém do grupo."""

    field_order = ("dia", "motivo")
    dia = CampoDia(label="Dia da saída", anos=ANOS)


class DiaDaChamada(forms.Form):
    """De que dia é a chamada: no endereço, para que o padrão seja hoje."""

    dia = CampoDia(label="Dia", anos=ANOS)


class Marcar(forms.Form):
    """Quem veio. As marcas saem da lista da chamada, e não do que se envia."""

    versao = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    tema = forms.CharField(label="O que se trabalhou", max_length=200, required=False)
    sem_registro = CampoInteiro(
        label="Outras pessoas que vieram",
        required=False,
        min_value=0,
        max_value=9999,
        help_text="Quem veio e não está inscrito: só o número.",
        error_messages={
            "invalid": "Escreva só o número de pessoas.",
            "min_value": "O número de pessoas não é menor que zero.",
            "max_value": "Confira: o número vai até 9.999.",
        },
    )

    def __init__(self, *args: Any, linhas: list[NaChamada], **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        self._linhas = linhas

    def marcadas(self) -> set[UUID]:
        """Quem está marcado: o que se enviou; na página aberta agora, o que está gravado."""
        if not self.is_bound:
            return {linha.pessoa.pk for linha in self._linhas if linha.veio}
        enviadas = set(self.data.getlist("veio"))
        return {linha.pessoa.pk for linha in self._linhas if str(linha.pessoa.pk) in enviadas}

    def chamada(self, dia: Any) -> Chamada:
        """Depois de `is_valid()`."""
        limpos = self.cleaned_data
        return Chamada(
            dia=dia,
            vieram=self.marcadas(),
            sem_registro=limpos["sem_registro"] or 0,
            tema=limpos["tema"],
            versao=limpos["versao"],
        )
