"""As seções da página do município: cada módulo acima registra a sua; o que falta tem um lugar vazio honesto."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from suas.cadastros.territorio.models import Municipio
    from suas.nucleo.permissoes.ator import Ator


class ContextoDaSecao(Protocol):
    """Devolve os nomes que o modelo da seção usa, ou None se o município ainda não tem o que mostrar."""

    def __call__(self, municipio: Municipio, ator: Ator, hoje: date) -> dict[str, Any] | None: ...


@dataclass(frozen=True, kw_only=True)
class Secao:
    """Uma seção com conteúdo, registrada no `ready()` do módulo dono do assunto."""

    chave: str
    titulo: str
    ordem: int
    template: str
    contexto: ContextoDaSecao | Callable[..., dict[str, Any] | None]


@dataclass(frozen=True, kw_only=True)
class Vazia:
    """O lugar de um assunto sem nada a mostrar: o que virá, por que está vazio, o que fazer."""

    chave: str
    titulo: str
    ordem: int
    o_que: str
    por_que: str
    proximo_passo: str


LUGARES = (
    Vazia(
        chave="dinheiro",
        titulo="Dinheiro",
        ordem=5,
        o_que="A cota em cada partilha publicada e a memória de cálculo, número por número.",
        por_que="Nenhuma partilha que inclua este município foi publicada ou aberta à sua leitura.",
        proximo_passo="As partilhas publicadas ficam em Dinheiro.",
    ),
    Vazia(
        chave="indicadores",
        titulo="Indicadores",
        ordem=55,
        o_que="Os indicadores deste município por ano, com fonte, e onde ele está no estado.",
        por_que="Nenhum indicador deste município foi importado ou digitado.",
        proximo_passo="A gestão estadual ou a administração federal importa a planilha em Registrar.",
    ),
    Vazia(
        chave="rede",
        titulo="Rede",
        ordem=20,
        o_que="CRAS, CREAS, Centros POP e as outras unidades do município, com endereço, telefone e serviços.",
        por_que="Nenhuma unidade deste município está no cadastro.",
        proximo_passo="A gestão municipal pede a abertura de cada unidade em Registrar.",
    ),
    Vazia(
        chave="entidades",
        titulo="Entidades",
        ordem=25,
        o_que="As entidades de assistência social que atuam aqui, as inscritas no conselho e o que ofertam.",
        por_que="Nenhuma entidade com sede ou atuação neste município está no cadastro.",
        proximo_passo="O órgão gestor ou o conselho do município as cadastra em Registrar.",
    ),
    Vazia(
        chave="prazos",
        titulo="Prazos",
        ordem=40,
        o_que="O que o município deve entregar, até quando, e o que já entregou.",
        por_que="Registros mensais, planos e contas ainda não fazem parte desta versão.",
        proximo_passo="Nada a fazer por aqui.",
    ),
    Vazia(
        chave="equipe",
        titulo="Equipe",
        ordem=50,
        o_que="Trabalhadores por função e o que falta para a equipe de referência da NOB-RH/SUAS.",
        por_que="As equipes se mostram a quem age neste território, e só quando há unidade ou trabalhador no cadastro.",
        proximo_passo="Quem atende em cada unidade, onde a gestão publica, está na página da unidade.",
    ),
    Vazia(
        chave="linha_do_tempo",
        titulo="Linha do tempo",
        ordem=60,
        o_que="Habilitação, planos, resoluções, repasses e pactos, em ordem de data.",
        por_que="Nenhum desses atos é registrado por esta versão.",
        proximo_passo="Nada a fazer por aqui.",
    ),
)

_secoes: dict[str, Secao] = {}


def registrar(secao: Secao) -> None:
    """Põe a seção na página do município; registrar de novo a mesma chave substitui."""
    _secoes[secao.chave] = secao


@dataclass(frozen=True, kw_only=True)
class Pronta:
    """Uma seção com o seu contexto calculado."""

    secao: Secao
    contexto: dict[str, Any]


def montar(*, municipio: Municipio, ator: Ator, hoje: date) -> tuple[list[Pronta], list[Vazia]]:
    """As seções com conteúdo, na ordem, e os lugares vazios restantes, na ordem."""
    prontas = []
    for secao in sorted(_secoes.values(), key=lambda s: s.ordem):
        contexto = secao.contexto(municipio=municipio, ator=ator, hoje=hoje)
        if contexto is not None:
            prontas.append(Pronta(secao=secao, contexto=contexto))
    cheias = {pronta.secao.chave for pronta in prontas}
    return prontas, [lugar for lugar in LUGARES if lugar.chave not in cheias]
