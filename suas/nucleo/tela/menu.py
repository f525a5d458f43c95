"""Menu por tarefa: cada módulo registra suas entradas; a tela mostra só o que o vínculo pode usar.

No `ready()` do módulo:

    menu.registrar(menu.Entrada(
        grupo=menu.Grupo.DINHEIRO, rotulo="Partilhas", rota="partilhas-lista",
        permissao=Permissao.PARTILHA_VER_RASCUNHO, ordem=10,
    ))
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from suas.nucleo.tela.enderecos import endereco_fixo

if TYPE_CHECKING:
    from suas.nucleo.permissoes.ator import Ator


class Grupo(Enum):
    """As seis tarefas do menu, na ordem da tela: (rótulo, rótulo curto, ícone)."""

    A_FAZER = ("A fazer", "A fazer", "lista")
    MEU_TERRITORIO = ("Meu território", "Território", "mapa")
    REGISTRAR = ("Registrar", "Registrar", "lapis")
    DECIDIR = ("Decidir", "Decidir", "martelo")
    DINHEIRO = ("Dinheiro", "Dinheiro", "moedas")
    CONSULTAR = ("Consultar", "Consultar", "lupa")

    @property
    def rotulo(self) -> str:
        return self.value[0]

    @property
    def curto(self) -> str:
        return self.value[1]

    @property
    def icone(self) -> str:
        return self.value[2]


@dataclass(frozen=True, kw_only=True)
class Entrada:
    """Uma linha do menu.

    `permissao`: `None` mostra a todos, também ao público; um valor de `Permissao` pergunta
    `ator.pode(permissao, em=ator.abrangencia, unidade=ator.unidade)`; uma função recebe o ator e responde sim ou não.
    `resumo`: uma frase do que a página traz, para a porta de entrada.
    `conjunto`: as entradas do mesmo conjunto e grupo se recolhem numa só, que se abre, quando o menu é comprido.
    `argumentos`: os da rota, fixos ou calculados do ator (o município do vínculo, por exemplo).
    """

    grupo: Grupo
    rotulo: str
    rota: str
    permissao: Any = None
    argumentos: dict[str, Any] | Callable[["Ator"], dict[str, Any]] = field(default_factory=dict)
    ordem: int = 50
    resumo: str = ""
    conjunto: str = ""

    def cabe_a(self, ator: "Ator") -> bool:
        """Diz se o vínculo em uso pode abrir esta entrada."""
        if self.permissao is None:
            return True
        if callable(self.permissao):
            return bool(self.permissao(ator))
        return ator.pode(self.permissao, em=ator.abrangencia, unidade=ator.unidade)

    def endereco(self, ator: "Ator") -> str:
        """Endereço da entrada para este ator; rota inexistente levanta `NoReverseMatch`."""
        kwargs = self.argumentos(ator) if callable(self.argumentos) else self.argumentos
        return reverse(self.rota, kwargs=kwargs) if kwargs else endereco_fixo(self.rota)


@dataclass(frozen=True, kw_only=True)
class Linha:
    """Entrada pronta para a tela; `atual` marca onde a pessoa está."""

    rotulo: str
    endereco: str
    atual: bool
    resumo: str = ""
    conjunto: str = ""


@dataclass(frozen=True, kw_only=True)
class Conjunto:
    """Linhas que se recolhem juntas; já aberto quando a pessoa está numa delas."""

    rotulo: str
    linhas: tuple[Linha, ...]

    @property
    def atual(self) -> bool:
        return any(linha.atual for linha in self.linhas)


@dataclass(frozen=True, kw_only=True)
class GrupoDoMenu:
    """Grupo com ao menos uma linha; grupo vazio não chega à tela. `linhas` traz todas, também as dos conjuntos."""

    rotulo: str
    curto: str
    icone: str
    linhas: tuple[Linha, ...]
    recolhe: bool = False

    @property
    def soltas(self) -> tuple[Linha, ...]:
        """As que se mostram sempre."""
        recolhidas = {linha for conjunto in self.conjuntos for linha in conjunto.linhas}
        return tuple(linha for linha in self.linhas if linha not in recolhidas)

    @property
    def conjuntos(self) -> tuple[Conjunto, ...]:
        """Os conjuntos de mais de uma linha, se o menu é comprido."""
        rotulos = dict.fromkeys(linha.conjunto for linha in self.linhas if linha.conjunto) if self.recolhe else ()
        todos = (Conjunto(rotulo=r, linhas=tuple(li for li in self.linhas if li.conjunto == r)) for r in rotulos)
        return tuple(conjunto for conjunto in todos if len(conjunto.linhas) > 1)

    @property
    def atual(self) -> bool:
        return any(linha.atual for linha in self.linhas)


#: Quantas linhas cabem, sem rolar, na altura de um monitor comum (768 px).
CABEM = 16
_entradas: dict[tuple[Grupo, str], Entrada] = {}


def registrar(entrada: Entrada) -> None:
    """Põe a entrada no menu; registrar de novo o mesmo grupo e rótulo substitui."""
    _entradas[entrada.grupo, entrada.rotulo] = entrada


def registradas() -> tuple[Entrada, ...]:
    """Todas as entradas, para quem confere rotas e permissões."""
    return tuple(_entradas.values())


def menu_de(ator: "Ator", *, caminho: str) -> tuple[GrupoDoMenu, ...]:
    """Monta o menu do vínculo em uso; `caminho` é o endereço da página aberta."""
    cabiveis = [
        (entrada, entrada.endereco(ator))
        for entrada in sorted(_entradas.values(), key=lambda e: (e.ordem, e.rotulo))
        if entrada.cabe_a(ator)
    ]
    atual = _mais_proximo(caminho, (endereco for _, endereco in cabiveis))
    grupos = []
    for grupo in Grupo:
        linhas = tuple(
            Linha(
                rotulo=entrada.rotulo,
                endereco=endereco,
                atual=endereco == atual,
                resumo=entrada.resumo,
                conjunto=entrada.conjunto,
            )
            for entrada, endereco in cabiveis
            if entrada.grupo is grupo
        )
        if linhas:
            # quem age sem vínculo não tem território seu
            rotulo = grupo.rotulo if ator.abrangencia else grupo.curto
            recolhe = len(cabiveis) > CABEM
            grupos.append(
                GrupoDoMenu(rotulo=rotulo, curto=grupo.curto, icone=grupo.icone, linhas=linhas, recolhe=recolhe)
            )
    return tuple(grupos)


def _mais_proximo(caminho: str, enderecos: Iterable[str]) -> str | None:
    """O endereço mais longo que começa o caminho; a raiz só vale para ela mesma."""
    candidatos = [e for e in enderecos if caminho == e or (e != "/" and caminho.startswith(e))]
    return max(candidatos, key=len, default=None)
