"""Formulário da junção: campo a campo, de qual dos dois cadastros vale o que está escrito."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from suas.cadastros.rede.forms.pedidos import Pedido, texto
from suas.cadastros.rede.juncao import Grupo
from suas.cadastros.rede.models import Unidade

FICA, SAI = "fica", "sai"
_CAMPO = "vale_"


class Juncao(Pedido):
    """O pedido para juntar: o que vale em cada campo em que os dois diferem, e por que são a mesma unidade."""

    justificativa = texto(
        "Por que são a mesma unidade",
        ajuda="Como se soube: o mesmo prédio, o mesmo telefone, a mesma equipe",
        exigido="Escreva por que os dois cadastros são da mesma unidade.",
    )

    def __init__(self, *args: Any, grupos: Sequence[Grupo], fica: Unidade, sai: Unidade, **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        self.grupos, self.fica = grupos, fica
        for grupo in grupos:
            self.fields[f"{_CAMPO}{grupo.codigo}"] = forms.ChoiceField(
                label=grupo.rotulo,
                choices=[(FICA, fica.nome), (SAI, sai.nome)],
                initial=SAI if grupo.sugere_a_que_sai else FICA,
                error_messages={"required": f"Diga qual vale em “{grupo.rotulo}”."},
            )

    @property
    def linhas(self) -> list[tuple[Grupo, forms.BoundField]]:
        """Cada grupo com o seu campo, na ordem da ficha."""
        return [(grupo, self[f"{_CAMPO}{grupo.codigo}"]) for grupo in self.grupos]

    def dados(self) -> dict[str, Any]:
        """O que o pedido guarda: a que fica, e os grupos em que vale o cadastro que sai."""
        da_que_sai = [g.codigo for g in self.grupos if self.cleaned_data[f"{_CAMPO}{g.codigo}"] == SAI]
        return {"fica": str(self.fica.pk), "fica_nome": self.fica.nome, "campos": da_que_sai}
