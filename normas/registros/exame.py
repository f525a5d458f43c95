"""O mês de uma unidade diante do formulário: o que as regras perguntam, e as frases com que respondem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from normas.base.competencia import Competencia
from normas.base.numeros import com_virgula
from normas.registros.distribuicao import Distribuicao
from normas.registros.formulario import Item, Termo, Versao
from normas.registros.preenchimento import Preenchimento
from normas.territorio.porte import Porte


class Achado(NamedTuple):
    """O que uma regra achou: os itens envolvidos e a frase."""

    itens: tuple[str, ...]
    mensagem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contexto:
    """O que se sabe além do formulário; o que falta só faz calar as regras que dele precisam.

    `parcial` não cobra o que ainda não se escreveu; `escolhas` são as da instalação; `registros` são contagens
    tiradas dos registros de atendimento; `anteriores`, os meses já enviados; `na_faixa`, como os municípios da
    mesma faixa de população responderam cada item.
    """

    parcial: bool = False
    porte: Porte | None = None
    escolhas: frozenset[str] = frozenset()
    registros: Mapping[str, int] = field(default_factory=dict)
    anteriores: Mapping[Competencia, Preenchimento] = field(default_factory=dict)
    na_faixa: Mapping[str, Distribuicao] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exame:
    """Um preenchimento, a versão do formulário, o mês e o que se sabe além dele."""

    versao: Versao
    competencia: Competencia
    preenchimento: Preenchimento
    contexto: Contexto

    def item(self, codigo: str) -> Item:
        """O item com esse código."""
        return self.versao.itens[codigo]

    def total(self, codigo: str) -> int | None:
        """O total do item, ou ausente quando não foi informado."""
        return self.preenchimento.total(self.item(codigo))

    def parte(self, termo: Termo) -> int | None:
        """A parte do item que o termo pede."""
        return self.preenchimento.parte(self.item(termo.item), termo)

    def dito(self, termo: Termo, numero: int) -> str:
        """O item numa frase, com o código e o número: "as novas famílias (A.2 = 8)"."""
        return f"{self.item(termo.item).frase} ({_codigo(termo)} = {com_virgula(numero)})"


def maiuscula(frase: str) -> str:
    """A frase com a primeira letra maiúscula."""
    return frase[:1].upper() + frase[1:]


def _codigo(termo: Termo) -> str:
    partes = [termo.item]
    if termo.sexo:
        partes.append(termo.sexo)
    if termo.ate is not None:
        partes.append(f"{termo.de} a {termo.ate} anos" if termo.de else f"até {termo.ate} anos")
    elif termo.de:
        partes.append(f"{termo.de} anos ou mais")
    return ", ".join(partes)
