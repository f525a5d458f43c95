"""O formulário do mês, desenhado da versão que vale nele: um campo por item ou quadrinho, e as justificativas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from normas.base.competencia import Competencia
from normas.registros.formulario import Bloco, Item, Secao, Versao
from normas.registros.preenchimento import NAO_OFERTA, TOTAL, Preenchimento

MAIOR_TEXTO = 40


def nome_do_campo(codigo: str, *partes: str) -> str:
    """“A.1” ou, num quadrinho, “B.6|masculino|0 a 6 anos”."""
    return "|".join((f"i-{codigo}", *partes))


def itens_enviados(envio: Mapping[str, Any], *, versao: Versao) -> dict[str, Any]:
    """O que se escreveu na página, na forma que `ler_objeto` lê; o que não é número fica como se escreveu."""
    itens: dict[str, Any] = {}
    for item in versao.itens.values():
        if item.desdobramento is None:
            escrito = _numero(envio.get(nome_do_campo(item.codigo), ""))
            if escrito is not None:
                itens[item.codigo] = escrito
            continue
        quadrinhos: dict[str, Any] = {}
        total = _numero(envio.get(nome_do_campo(item.codigo), ""))
        if total is not None:
            quadrinhos[TOTAL] = total
        for celula in item.desdobramento.celulas:
            escrito = _numero(envio.get(nome_do_campo(item.codigo, celula.sexo, celula.faixa), ""))
            if escrito is not None:
                quadrinhos.setdefault(celula.sexo, {})[celula.faixa] = escrito
        if quadrinhos:
            # só o total: zero sem quadrinho nenhum quer dizer zero em todos
            itens[item.codigo] = total if quadrinhos.keys() == {TOTAL} else quadrinhos
    nao_ofertados = [b.codigo for b in versao.blocos if b.opcional and envio.get(f"nao-{b.codigo}")]
    return itens | ({NAO_OFERTA: nao_ofertados} if nao_ofertados else {})


def justificativas_enviadas(envio: Mapping[str, Any]) -> dict[str, str]:
    """Código da regra → o que se escreveu."""
    return {nome[2:]: str(texto)[:500] for nome, texto in envio.items() if nome.startswith("j-")}


def _numero(escrito: Any) -> int | str | None:
    """O número, com ou sem ponto de milhar; o vazio não é resposta; o resto volta como se escreveu."""
    texto = str(escrito).strip()
    if not texto:
        return None
    algarismos = texto.replace(".", "") if texto.replace(".", "").isdecimal() else texto
    return int(algarismos) if algarismos.isdecimal() and len(algarismos) <= 9 else texto[:MAIOR_TEXTO]


@dataclass(frozen=True, kw_only=True)
class Quadro:
    """O formulário do mês para desenhar: o que está escrito, o mês anterior e o que os registros dizem."""

    versao: Versao
    itens: Mapping[str, Any]
    anterior: Preenchimento | None
    calculados: Mapping[str, int]

    def secoes(self, bloco: Bloco) -> Iterator[tuple[Secao, list[Item]]]:
        for secao in bloco.secoes:
            yield secao, [self.versao.itens[codigo] for codigo in secao.itens]

    def escrito(self, item: Item, sexo: str = "", faixa: str = "") -> Any:
        """O que está no campo; num item desdobrado, sem sexo, o total."""
        valor = self.itens.get(item.codigo, "")
        if item.desdobramento is None:
            return valor
        if not isinstance(valor, Mapping):
            return valor if not sexo else ""
        if not sexo:
            return valor.get(TOTAL, "")
        do_sexo = valor.get(sexo, {})
        return do_sexo.get(faixa, "") if isinstance(do_sexo, Mapping) else ""

    def nao_oferta(self, bloco: Bloco) -> bool:
        return bloco.codigo in self.itens.get(NAO_OFERTA, [])

    def mes_anterior(self, item: Item) -> int | None:
        """O total do item no último mês enviado."""
        if self.anterior is None or item.codigo not in self.anterior.valores:
            return None
        return self.anterior.total(item)


def ultimo_mes(anteriores: Mapping[Competencia, Preenchimento]) -> tuple[Competencia, Preenchimento] | None:
    return max(anteriores.items(), key=lambda par: par[0]) if anteriores else None


class Motivo(forms.Form):
    """O que corrigir, ou por que se reabre."""

    motivo = forms.CharField(
        label="Motivo",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Escreva o motivo."},
    )
