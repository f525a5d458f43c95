"""O formulário de quem desiste de uma tarefa."""

from __future__ import annotations

from django import forms


class Desistencia(forms.Form):
    """O motivo vai à trilha e a quem pediu."""

    motivo = forms.CharField(
        label="Motivo",
        max_length=300,
        help_text="Fica na trilha, e quem pediu a tarefa o lê.",
        error_messages={"required": "Diga por que desiste: quem pediu a tarefa vai ler."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
