"""O que aconteceu num estado: cada fila em ordem, o que havia na vez de cada um e as sobras que mudaram de porte."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from suas.financas.partilhas.consultas.leitura import LinhaDePorte, filas, portes
from suas.financas.partilhas.models import Cota, Partilha
from suas.nucleo.tela.filtros import plural, reais


@dataclass(frozen=True, kw_only=True)
class LinhaDaFila:
    """Um município na fila; `restou` é o que ficou no porte depois do pagamento, None a quem não recebeu."""

    cota: Cota
    restou: int | None
    depois_de_sobra: bool


@dataclass(frozen=True, kw_only=True)
class FilaDoPorte:
    """Um porte do estado: o dinheiro dele e os seus municípios em ordem de prioridade."""

    porte: LinhaDePorte
    linhas: tuple[LinhaDaFila, ...]


@dataclass(frozen=True, kw_only=True)
class Acontecimento:
    """Um momento da distribuição, em palavras. `sobra` marca dinheiro que passou de um porte a outro."""

    texto: str
    sobra: bool


@dataclass(frozen=True, kw_only=True)
class EstadoNaPartilha:
    """As filas de um estado, na ordem dos portes, e a história da distribuição dele."""

    filas: tuple[FilaDoPorte, ...]
    historia: tuple[Acontecimento, ...]

    @property
    def houve_sobra(self) -> bool:
        return any(momento.sobra for momento in self.historia)


def estado(partilha: Partilha, memoria: Mapping[str, Any], *, sigla: str) -> EstadoNaPartilha:
    """Monta a página de um estado; `memoria` é a inteira ou a da UF. Portes sem município não aparecem."""
    eventos = memoria["distribuicao"].get(sigla, [])
    pagamentos = _pagamentos(eventos)
    cotas = filas(partilha, uf=sigla)
    return EstadoNaPartilha(
        filas=tuple(
            FilaDoPorte(
                porte=linha,
                linhas=tuple(
                    LinhaDaFila(
                        cota=cota,
                        restou=pagamentos.get(cota.municipio_id, (None, False))[0],
                        depois_de_sobra=pagamentos.get(cota.municipio_id, (None, False))[1],
                    )
                    for cota in cotas[linha.porte]
                ),
            )
            for linha in portes(partilha, uf=sigla)
            if cotas[linha.porte]
        ),
        historia=tuple(_em_palavras(evento) for evento in eventos),
    )


def _pagamentos(eventos: list[Mapping[str, Any]]) -> dict[str, tuple[int | None, bool]]:
    """Código -> (o que restou depois de pagá-lo, se foi pago com sobra de outro porte)."""
    pagos: dict[str, tuple[int | None, bool]] = {}
    houve_sobra = False
    for evento in eventos:
        if evento["tipo"] == "transferencia":
            houve_sobra = True
            continue
        pagos.update({codigo: (restou, houve_sobra) for codigo, _, restou in evento["pagamentos"]})
    return pagos


def _em_palavras(evento: Mapping[str, Any]) -> Acontecimento:
    if evento["tipo"] == "transferencia":
        return Acontecimento(texto=_sobra_em_palavras(evento), sobra=True)
    inicio = f"{evento['porte']} percorre a fila com {reais(evento['dinheiro'])}"
    esperam = plural(evento["esperam"], "município ainda espera", "municípios ainda esperam")
    fim = f"{esperam}." if evento["esperam"] else "ninguém mais espera."
    if not evento["pagamentos"]:
        return Acontecimento(texto=f"{inicio}: nenhum mínimo cabe; {fim}", sobra=False)
    pagos = plural(len(evento["pagamentos"]), "município recebe", "municípios recebem")
    restou = reais(evento["pagamentos"][-1][2])
    return Acontecimento(texto=f"{inicio}: {pagos} o mínimo inteiro e restam {restou}; {fim}", sobra=False)


def _sobra_em_palavras(evento: Mapping[str, Any]) -> str:
    de = _lista([f"{porte} ({reais(valor)})" for porte, valor in evento["de"]])
    para = _lista([f"{porte} ({reais(valor)})" for porte, valor in evento["para"]])
    if evento["regra"] == 1:
        quem = "não tem mais a quem pagar e cede" if len(evento["de"]) == 1 else "não têm mais a quem pagar e cedem"
        return f"{de} {quem} a sobra, em partes iguais, a {para}."
    return f"Nenhum porte está livre. {de} é o mais longe de pagar o seu próximo município e cede o que tem a {para}."


def _lista(itens: list[str]) -> str:
    return itens[0] if len(itens) == 1 else f"{', '.join(itens[:-1])} e {itens[-1]}"
