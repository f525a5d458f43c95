"""O que um módulo diz para que planilhas entrem por ele: as colunas, como se confere e compara, e o ato que grava.

O motor faz o resto, igual para todos: lê CSV, XLSX e ODS, reconhece e lembra as colunas, mostra as faltas por célula,
deixa corrigir na tela ou por outro arquivo, mostra o que mudaria e retém até confirmar ou até outra pessoa aprovar.
Um exemplo inteiro está no LEIAME.md.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.planilhas.celulas import CelulaRecusada as CelulaRecusada
from suas.nucleo.planilhas.celulas import Leitor, nome_simples
from suas.nucleo.planilhas.leitura import Limites


def como_se_escreve(valor: Any) -> str:
    """O valor de uma célula como se lê numa tela daqui."""
    if valor is None:
        return ""
    if isinstance(valor, bool):
        return "sim" if valor else "não"
    if hasattr(valor, "strftime"):
        return str(valor.strftime("%d/%m/%Y"))
    return str(valor)


@dataclass(frozen=True, kw_only=True)
class Coluna:
    """Uma coluna que a planilha pode trazer, ou uma pergunta que vale para o arquivo inteiro.

    `codigo` é a chave do valor na linha; `nome`, o título do modelo; `ajuda`, uma frase de como se preenche.
    `sinonimos` são os outros nomes por que as pessoas a chamam. `ler` é um leitor de `planilhas.celulas`, ou uma função
    igual, que levanta `CelulaRecusada` com o que há de errado e o que fazer; `escrever` mostra o valor na prévia.
    `numero` conta para saber se a planilha usa ponto decimal. `opcoes` (código → rótulo) vira lista numa pergunta.
    `em_branco` é o que se escreve para dizer que não se sabe, e vale por célula vazia. `no_modelo`: está no arquivo que
    se baixa para preencher; fora dele fica a que só se reconhece em planilhas alheias. `dispensavel`: sem ela a linha
    continua a valer, e a célula que não se lê pode ficar em branco.
    """

    codigo: str
    nome: str
    ajuda: str
    exemplo: str
    ler: Leitor
    obrigatoria: bool = False
    sinonimos: tuple[str, ...] = ()
    escrever: Callable[[Any], str] = como_se_escreve
    numero: bool = False
    opcoes: Mapping[str, str] = field(default_factory=dict)
    em_branco: frozenset[str] = frozenset()
    no_modelo: bool = True
    dispensavel: bool = False

    @cached_property
    def nomes(self) -> frozenset[str]:
        """Tudo por que a coluna se reconhece, sem acento nem maiúscula."""
        return frozenset(nome_simples(nome) for nome in (self.codigo, self.nome, *self.sinonimos))


@dataclass(frozen=True, kw_only=True)
class Linha:
    """Uma linha lida: o número no arquivo e, pelo código da coluna, os valores já convertidos.

    Célula vazia e coluna que a planilha não traz não estão em `valores`: o que há gravado fica como está.
    """

    numero: int
    valores: Mapping[str, Any]

    def __getitem__(self, codigo: str) -> Any:
        return self.valores[codigo]

    def get(self, codigo: str, sem: Any = None) -> Any:
        """O valor da coluna, ou `sem` se a linha não o traz."""
        return self.valores.get(codigo, sem)


@dataclass(frozen=True, kw_only=True)
class Falta:
    """O que não serve numa linha. `coluna` é o código; vazia, a linha inteira."""

    coluna: str
    mensagem: str


@dataclass(frozen=True, kw_only=True)
class Pedido:
    """Para quem e em que condições se confere. `respostas` são os valores das perguntas."""

    respostas: Mapping[str, Any]
    abrangencia: str
    em: datetime


@dataclass(frozen=True, kw_only=True)
class Lote:
    """O que se aplica: só as linhas novas e mudadas, com o mesmo `conjunto` da conferência, refeita na transação."""

    importacao: UUID
    arquivo: str
    linhas: Sequence[Linha]
    pedido: Pedido
    conjunto: Any


class AplicacaoRecusada(Exception):
    """O módulo não grava o lote; a mensagem diz por quê. Nada fica gravado."""


def _sem_falta(linha: Linha, conjunto: Any) -> Iterable[Falta]:
    return ()


def _nenhuma(linha: Linha, conjunto: Any) -> bool:
    return False


def _nada_fica(linha: Linha, conjunto: Any) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True, kw_only=True)
class Importador:
    """Um tipo de planilha. Registre no `ready` do módulo, com `registrar`.

    - `codigo`: minúsculas e hífens, vai no endereço. `nome` e `resumo`: o que é e o que traz, em palavras.
    - `colunas`: na ordem do modelo. `perguntas`: o que vale para o arquivo inteiro, como o ano e a fonte.
    - `permissao`: quem importa, na própria abrangência e só em territórios dela. `aprova`: se há, outra pessoa com esta
      permissão precisa aprovar antes de aplicar.
    - `so_do_municipio`: só a traz quem age por um município; a esfera de cima, ainda que tenha a permissão, não.
    - `so_abaixo_da_uniao`: trazem-na os estados e os municípios; a União, que não tem unidades, não.
    - `pessoal`: a planilha traz dado de pessoas; a leitura de outro vai à trilha.

    As funções recebem `conjunto`, o que `preparar` devolveu: leia ali, de uma vez, tudo o que a conferência consulta.

    - `preparar(pedido) -> conjunto`.
    - `territorio(linha, conjunto) -> código`: a que território a linha pertence; fora da abrangência vira falta.
    - `rotulo(linha, conjunto) -> texto`: como a linha se chama (“Vitória/ES”).
    - `chave(linha, conjunto) -> valor`: o que não pode repetir no arquivo; a segunda vez é falta.
    - `de_lado(linha, conjunto) -> bool`: a linha não é do que se pediu (outro ano): não se confere nem é falta.
    - `conferir(linha, conjunto) -> faltas`: o que depende de mais de uma célula ou do que há gravado.
    - `atual(linha, conjunto) -> valores ou None`: o que há gravado, pelos códigos das colunas; None se é nova.
    - `ficam(linha, conjunto) -> códigos`: as colunas em que vale o que já está gravado, ainda que a planilha diga outra
      coisa; a prévia as mostra à parte, com o que a planilha diz e sem o gravado, que não é dela.
    - `sempre`: aplica-se também sem linha nova nem mudada, para guardar que a planilha veio.
    - `limites`: até quanto se lê, se a planilha passa do tamanho comum.
    - `le`: os modelos (“rede.unidade”) de que saem as respostas de todas as funções acima. Com eles, a planilha
      grande se confere antes da transação que grava, e ali só se confirma, pela trilha, que nenhum mudou; sem eles,
      confere-se dentro dela.
    - `aplicar(lote, *, por, em)`: grava, na transação do motor, pelo ato do módulo. Repetida, não muda nada.
    """

    codigo: str
    nome: str
    resumo: str
    colunas: tuple[Coluna, ...]
    permissao: Permissao
    preparar: Callable[[Pedido], Any]
    territorio: Callable[[Linha, Any], str]
    rotulo: Callable[[Linha, Any], str]
    chave: Callable[[Linha, Any], Hashable]
    atual: Callable[[Linha, Any], Mapping[str, Any] | None]
    aplicar: Callable[..., None]
    conferir: Callable[[Linha, Any], Iterable[Falta]] = _sem_falta
    de_lado: Callable[[Linha, Any], bool] = _nenhuma
    #: como se dizem as linhas que ficam de lado, uma e muitas
    outras: tuple[str, str] = ("de outro ano", "de outros anos")
    le: tuple[str, ...] = ()
    ficam: Callable[[Linha, Any], frozenset[str]] = _nada_fica
    sempre: bool = False
    limites: Limites = Limites()  # noqa: RUF009  # não muda
    perguntas: tuple[Coluna, ...] = ()
    aprova: Permissao | None = None
    pessoal: bool = False
    so_do_municipio: bool = False
    so_abaixo_da_uniao: bool = False
    #: (rota, rótulo) da lista em que se vê o que foi gravado
    destino: tuple[str, str] | None = None

    @property
    def do_modelo(self) -> tuple[Coluna, ...]:
        """As colunas do arquivo que se baixa para preencher."""
        return tuple(coluna for coluna in self.colunas if coluna.no_modelo)

    def coluna(self, codigo: str) -> Coluna:
        """A coluna pelo código; `KeyError` se não há."""
        return next((c for c in self.colunas if c.codigo == codigo), None) or _falta(codigo)

    def reconhece(self, nome: str) -> bool:
        """O texto é nome de uma coluna daqui?"""
        return self.de_nome(nome) is not None

    def de_nome(self, nome: str) -> Coluna | None:
        """A coluna que se chama assim, com ou sem acento, maiúscula ou o que houver entre parênteses."""
        simples = nome_simples(nome)
        sem_parenteses = nome_simples(nome.split("(")[0])
        return next((c for c in self.colunas if simples in c.nomes), None) or next(
            (c for c in self.colunas if sem_parenteses in c.nomes), None
        )


def _falta(codigo: str) -> Coluna:
    raise KeyError(codigo)


@dataclass(frozen=True, kw_only=True)
class TelaPropria:
    """Uma planilha que entra pela tela do seu módulo, e não por este motor (ADR 0068): na lista, só se aponta."""

    nome: str
    resumo: str
    rota: str
    permissao: Permissao


_IMPORTADORES: dict[str, Importador] = {}
_TELAS: dict[str, TelaPropria] = {}


def apontar(tela: TelaPropria) -> None:
    """Mostra a tela entre o que se pode trazer, a quem a permissão deixa; ao abrir, confere o próprio módulo."""
    _TELAS[tela.rota] = tela


def telas() -> tuple[TelaPropria, ...]:
    """As telas próprias, pelo nome."""
    return tuple(sorted(_TELAS.values(), key=lambda tela: tela.nome))


def registrar(importador: Importador) -> None:
    """Acrescenta um importador; o mesmo código duas vezes é erro, a não ser que seja o mesmo."""
    if _IMPORTADORES.setdefault(importador.codigo, importador) != importador:
        raise ValueError(f"Já há outro importador com o código {importador.codigo}.")


def importadores() -> tuple[Importador, ...]:
    """Todos, pelo nome."""
    return tuple(sorted(_IMPORTADORES.values(), key=lambda importador: importador.nome))


def importador(codigo: str) -> Importador | None:
    """O importador do código, se algum módulo o registra nesta versão."""
    return _IMPORTADORES.get(codigo)
