"""Um formulário oficial como dado: blocos, seções, itens, desdobramentos e regras, na versão de um período."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from normas.base.competencia import Competencia
from normas.base.fundamento import Fundamento
from normas.base.inconsistencia import Gravidade

#: Nome da única faixa de um desdobramento que só separa por sexo.
TODAS_AS_IDADES = ""


class Medida(StrEnum):
    """Estoque é quanto há no mês; fluxo é quanto aconteceu nele."""

    ESTOQUE = "estoque"
    FLUXO = "fluxo"


class Evidencia(StrEnum):
    """O quanto se sabe da regra: lida na fonte oficial, tirada dela por lógica, ou proposta por este projeto."""

    CONFIRMADA = "confirmado"
    DERIVADA = "derivado"
    LEITURA = "leitura do projeto"


class TipoDeRegra(StrEnum):
    """O que a regra confere; cada tipo tem uma função em `regras.py`, `limpeza.py` ou `historico.py`."""

    PREENCHIMENTO = "preenchimento"
    NO_MAXIMO = "no_maximo"
    SOMA_DAS_CELULAS = "soma_das_celulas"
    CELULAS_NO_MAXIMO = "celulas_no_maximo"
    CONTA_DO_ESTOQUE = "conta_do_estoque"
    NO_MAXIMO_DO_REGISTRO = "no_maximo_do_registro"
    CORTE_POR_PORTE = "corte_por_porte"
    METADE_DO_ESTOQUE = "metade_do_estoque"
    DESVIO_NA_FAIXA = "desvio_na_faixa"
    MESES_ANTERIORES = "meses_anteriores"


@dataclass(frozen=True, slots=True)
class Faixa:
    """Uma faixa de idade como está impressa; `ate` ausente é sem limite."""

    nome: str
    de: int
    ate: int | None

    def contem(self, outra: Faixa) -> bool:
        """Diz se a outra faixa cabe inteira nesta."""
        return self.de <= outra.de and (self.ate is None or (outra.ate is not None and outra.ate <= self.ate))


class Celula(NamedTuple):
    """Um quadrinho do desdobramento: o sexo e o nome da faixa."""

    sexo: str
    faixa: str

    def __str__(self) -> str:
        return f"{self.sexo}, {self.faixa}" if self.faixa else self.sexo


@dataclass(frozen=True, slots=True, eq=False)
class Desdobramento:
    """Como um item se reparte: por sexo e, quase sempre, por faixa de idade.

    `celulas` são todos os quadrinhos, na ordem impressa, com a faixa de cada um; `sufixos` são as letras das colunas na
    base que o ministério publica, onde se conhecem. Um desdobramento só é igual a si mesmo, e serve de chave.
    """

    nome: str
    sexos: tuple[str, ...]
    faixas: tuple[Faixa, ...]
    celulas: Mapping[Celula, Faixa]
    sufixos: Mapping[Celula, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Uma linha do formulário, com o código e o rótulo oficiais.

    `frase` é o item dito no meio de uma frase, no plural e com artigo; `conta` é o que se conta.
    """

    codigo: str
    coluna: str
    rotulo: str
    frase: str
    conta: str
    medida: Medida
    desdobramento: Desdobramento | None
    ajuda: str
    bloco: str
    secao: str

    @property
    def frase_inicial(self) -> str:
        """A frase com letra maiúscula, para começar uma mensagem."""
        return self.frase[:1].upper() + self.frase[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Secao:
    """Uma parte de um bloco, com o título e a nota impressos."""

    codigo: str
    titulo: str
    ajuda: str
    itens: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bloco:
    """Um bloco do formulário; `opcional` é a marca impressa com que a unidade diz que não oferta o serviço."""

    codigo: str
    titulo: str
    opcional: str
    secoes: tuple[Secao, ...]

    @property
    def itens(self) -> tuple[str, ...]:
        """Códigos de todos os itens, na ordem impressa."""
        return tuple(codigo for secao in self.secoes for codigo in secao.itens)


@dataclass(frozen=True, slots=True, kw_only=True)
class Termo:
    """Um item dentro de uma regra, inteiro ou só um sexo e uma parte das idades."""

    item: str
    sexo: str = ""
    de: int = 0
    ate: int | None = None

    @property
    def inteiro(self) -> bool:
        """Se é o total do item, sem recorte."""
        return not self.sexo and not self.de and self.ate is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Regra:
    """Uma regra de consistência: o que confere, o quanto pesa, quem a diz e o quanto isso está confirmado.

    `quando` é a escolha da instalação sem a qual a regra não se aplica; `registro` é o número, de fora do
    formulário, com que ela compara.
    """

    codigo: str
    tipo: TipoDeRegra
    itens: tuple[Termo, ...]
    limite: tuple[Termo, ...]
    por_sexo: bool
    quando: str
    registro: str
    gravidade: Gravidade
    evidencia: Evidencia
    fundamento: Fundamento
    explicacao: str

    @property
    def codigos(self) -> tuple[str, ...]:
        """Códigos dos itens que a regra olha, sem repetir."""
        return tuple(dict.fromkeys(termo.item for termo in (*self.itens, *self.limite)))


@dataclass(frozen=True, slots=True, kw_only=True)
class NaoSeCompara:
    """Uma conta que parece regra e não é: o formulário diz que esses números não precisam fechar."""

    codigo: str
    itens: tuple[str, ...]
    explicacao: str
    fundamento: Fundamento


@dataclass(frozen=True, slots=True, kw_only=True)
class Versao:
    """O formulário como vale num período; `ate` ausente é em vigor."""

    formulario: str
    nome: str
    tipo_de_unidade: str
    versao: str
    desde: Competencia
    ate: Competencia | None
    fundamento: Fundamento
    fontes: tuple[str, ...]
    cabecalho: tuple[str, ...]
    rodape: tuple[str, ...]
    blocos: tuple[Bloco, ...]
    itens: Mapping[str, Item]
    regras: tuple[Regra, ...]
    nao_se_compara: tuple[NaoSeCompara, ...]

    def vale_em(self, competencia: Competencia) -> bool:
        """Diz se esta versão é a do mês."""
        return self.desde <= competencia and (self.ate is None or competencia <= self.ate)

    @property
    def regra_de_preenchimento(self) -> Regra:
        """A regra que diz o que não pode faltar; todo formulário tem uma."""
        return next(regra for regra in self.regras if regra.tipo is TipoDeRegra.PREENCHIMENTO)
