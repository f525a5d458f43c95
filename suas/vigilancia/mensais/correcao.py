"""O que os registros passaram a dizer depois do envio: proposta de correção, nunca mudança calada (ADR 0082)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from normas.base.competencia import Competencia
from normas.base.numeros import com_virgula
from suas.nucleo.tela.filtros import plural
from suas.vigilancia.mensais import consultas
from suas.vigilancia.mensais.models import Envio, RegistroMensal

MAIOR_MOTIVO = 300


@dataclass(frozen=True, kw_only=True)
class Correcao:
    """Um número contado que já não é o do envio, com as linhas que entraram e as que saíram."""

    item: str
    tabela: str
    no_envio: tuple[str, ...]
    agora: tuple[str, ...]

    @property
    def entraram(self) -> tuple[str, ...]:
        return tuple(chave for chave in self.agora if chave not in set(self.no_envio))

    @property
    def sairam(self) -> tuple[str, ...]:
        return tuple(chave for chave in self.no_envio if chave not in set(self.agora))

    @property
    def mudou(self) -> bool:
        return set(self.no_envio) != set(self.agora)

    @property
    def muda_o_numero(self) -> bool:
        return len(self.no_envio) != len(self.agora)


def comparar(registro: RegistroMensal, envio: Envio) -> list[Correcao]:
    """Cada número contado do envio diante do que os registros dizem agora, também os que não mudaram."""
    competencia = Competencia.de_texto(registro.competencia)
    agora = consultas.contados(registro.unidade, competencia=competencia)
    return [
        Correcao(
            item=lastro.item,
            tabela=lastro.tabela,
            no_envio=tuple(lastro.chaves),
            agora=agora[lastro.item].chaves if lastro.item in agora else (),
        )
        for lastro in envio.lastros.order_by("item")
    ]


def propostas(registro: RegistroMensal, envio: Envio | None) -> list[Correcao]:
    """Os números que mudariam, se o mês já foi entregue; de mês aberto não se propõe: ele já mostra o de agora."""
    if envio is None or registro.estado not in RegistroMensal.ENTREGUES:
        return []
    return [correcao for correcao in comparar(registro, envio) if correcao.muda_o_numero]


def motivo(achadas: Sequence[Correcao]) -> str:
    """Por que se reabre, já escrito para quem aceita a proposta."""
    partes = [
        f"{c.item} passou de {com_virgula(len(c.no_envio))} para {com_virgula(len(c.agora))} nos registros "
        f"({plural(len(c.entraram), 'entrou', 'entraram')}, {plural(len(c.sairam), 'saiu', 'saíram')})"
        for c in achadas
    ]
    return f"Depois do envio, {'; '.join(partes)}."[:MAIOR_MOTIVO] if partes else ""
