"""O que é um bloco, uma ficha, um campo e um quadro do Prontuário SUAS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from normas.base.fundamento import Fundamento


class Tipo(StrEnum):
    """Como se responde um campo."""

    SIM_OU_NAO = "sn"
    ESCOLHA = "escolha"
    VARIAS = "varias"
    INTEIRO = "inteiro"
    REAIS = "reais"
    TEXTO = "texto"
    DIA = "dia"
    PESSOA = "pessoa"
    PESSOAS = "pessoas"


SIM_OU_NAO = {"sim": "Sim", "nao": "Não"}


@dataclass(frozen=True, kw_only=True)
class IdadeMinima:
    """Abaixo destes anos só cabem as opções de `salvo`."""

    anos: int
    salvo: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Campo:
    """Uma pergunta.

    `se` (campo, resposta): só se pergunta quando a outra resposta é aquela. `quem`: o campo que diz de que pessoas esta
    resposta fala. `depois_de`: o dia que este não pode anteceder. `terceiros`: avaliação sobre várias pessoas.
    """

    codigo: str
    rotulo: str
    tipo: Tipo
    opcoes: Mapping[str, str] = field(default_factory=dict)
    ajuda: str = ""
    obrigatorio: bool = False
    maximo: int = 0
    se: tuple[str, str] | None = None
    quem: str = ""
    depois_de: str = ""
    terceiros: bool = False
    idade_minima: IdadeMinima | None = None

    @property
    def respostas(self) -> Mapping[str, str]:
        """As opções do campo, com as de sim ou não."""
        return SIM_OU_NAO if self.tipo is Tipo.SIM_OU_NAO else self.opcoes


@dataclass(frozen=True, kw_only=True)
class Quadro:
    """Perguntas que se repetem, uma linha por caso."""

    codigo: str
    titulo: str
    campos: tuple[Campo, ...]

    @property
    def campo_da_pessoa(self) -> str:
        """O campo que diz de quem a linha fala; vazio, se é da família inteira."""
        return next((campo.codigo for campo in self.campos if campo.tipo is Tipo.PESSOA), "")


@dataclass(frozen=True, kw_only=True)
class Ficha:
    """O que se preenche e se guarda de uma vez: de um bloco, da família ou de uma pessoa dela."""

    codigo: str
    bloco: int
    titulo: str
    da_pessoa: bool
    sigilosa: bool
    ajuda: str
    campos: tuple[Campo, ...]
    quadros: tuple[Quadro, ...]


@dataclass(frozen=True, kw_only=True)
class Bloco:
    """Um dos dezesseis. `onde` diz que parte do sistema o guarda, quando não são as fichas daqui."""

    numero: int
    titulo: str
    fichas: tuple[Ficha, ...]
    onde: str

    @property
    def sigiloso(self) -> bool:
        """Nem que existe se mostra a quem não pode lê-lo."""
        return any(ficha.sigilosa for ficha in self.fichas)


@dataclass(frozen=True, kw_only=True)
class Modelo:
    """O formulário inteiro, numa versão."""

    versao: str
    fundamento: Fundamento
    fontes: tuple[str, ...]
    blocos: tuple[Bloco, ...]

    @property
    def fichas(self) -> Mapping[str, Ficha]:
        return {ficha.codigo: ficha for bloco in self.blocos for ficha in bloco.fichas}
