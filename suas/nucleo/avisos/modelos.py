"""Os modelos de aviso: o que se diz, de que tipo é e que campos leva. Cada módulo registra os seus no `ready`.

modelos.registrar(
    Modelo(
        codigo="ajuda.respondido",
        titulo="Seu pedido de ajuda foi respondido",
        assunto="Resposta ao seu pedido de ajuda de {dia}",
        corpo="{quem} respondeu ao pedido que você fez em {dia}.",
        tipo="ajuda",
        campos={"quem": "quem respondeu", "dia": "dia do pedido"},
        exemplo={"quem": "Vigilância, Vitória/ES", "dia": "21/11/2026"},
    )
)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

FormaPadrao = Literal["na_hora", "resumo"]
_CAMPO = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, kw_only=True)
class Tipo:
    """Um assunto de avisos, sobre o qual cada pessoa escolhe como quer receber."""

    nome: str
    descricao: str
    forma: FormaPadrao


TIPOS: Mapping[str, Tipo] = {
    "acesso": Tipo(
        nome="Acesso e segurança",
        descricao="Vínculos que começam ou terminam, e mudanças na forma de entrar.",
        forma="na_hora",
    ),
    "ajuda": Tipo(
        nome="Pedidos de ajuda", descricao="Pedidos que cabe a você atender e respostas aos seus.", forma="na_hora"
    ),
    "trabalho": Tipo(
        nome="Andamento do trabalho", descricao="O que mudou no que você acompanha ou pediu.", forma="resumo"
    ),
    "prazos": Tipo(
        nome="Prazos e pendências",
        descricao="O que o município ou a unidade precisa entregar, e até quando.",
        forma="na_hora",
    ),
    "trilha": Tipo(
        nome="Prova da trilha", descricao="A cabeça da corrente, uma vez por dia, para guardar fora.", forma="na_hora"
    ),
    "instalacao": Tipo(
        nome="Recados da instalação", descricao="Paradas, mudanças e orientações de quem opera.", forma="na_hora"
    ),
}


@dataclass(frozen=True, kw_only=True)
class Modelo:
    """Um aviso com lugares marcados: `{campo}` no assunto e no corpo.

    `campos` diz o que cada um leva; `exemplo` tem um valor para cada, e é o que a prévia mostra. `obrigatorio`: vai por
    correio na hora, seja qual for a preferência e a hora (convite, senha). `reservado`: a mensagem leva um endereço que
    só serve a quem a recebe; quem cuida do correio não o lê, e ele se apaga depois do envio.
    """

    codigo: str
    titulo: str
    assunto: str
    corpo: str
    tipo: str
    campos: Mapping[str, str]
    exemplo: Mapping[str, str]
    obrigatorio: bool = False
    reservado: bool = False

    def __post_init__(self) -> None:
        if self.tipo not in TIPOS:
            raise ValueError(f"{self.codigo}: não há o tipo “{self.tipo}”.")
        if set(self.exemplo) != set(self.campos):
            raise ValueError(f"{self.codigo}: o exemplo precisa de um valor para cada campo.")
        if sobram := campos_desconhecidos(self, self.assunto + self.corpo):
            raise ValueError(f"{self.codigo}: o texto cita {sobram}, que não estão em campos.")


_MODELOS: dict[str, Modelo] = {}


def registrar(modelo: Modelo) -> None:
    """Declara o modelo; repetir o mesmo não muda nada, outro com o mesmo código é erro."""
    if _MODELOS.setdefault(modelo.codigo, modelo) != modelo:
        raise ValueError(f"Já existe outro modelo de aviso chamado {modelo.codigo}.")


def obter(codigo: str) -> Modelo:
    """O modelo; KeyError se ninguém o registrou."""
    return _MODELOS[codigo]


def registrados() -> tuple[Modelo, ...]:
    """Todos, por tipo e título."""
    ordem = list(TIPOS)
    return tuple(sorted(_MODELOS.values(), key=lambda m: (ordem.index(m.tipo), m.titulo)))


def campos_desconhecidos(modelo: Modelo, texto: str) -> list[str]:
    """Os `{nomes}` do texto que o modelo não tem, na ordem em que aparecem."""
    return [nome for nome in dict.fromkeys(_CAMPO.findall(texto)) if nome not in modelo.campos]


def preencher(texto: str, dados: Mapping[str, str]) -> str:
    """Troca cada `{campo}` pelo valor; não interpreta nada dentro do valor."""
    return _CAMPO.sub(lambda achado: dados[achado[1]], texto)


#: O que quem opera a instalação escreve a muitos de uma vez.
RECADO = Modelo(
    codigo="avisos.recado",
    titulo="Recado da instalação",
    assunto="{assunto}",
    corpo="{texto}",
    tipo="instalacao",
    campos={"assunto": "o assunto escrito por quem manda", "texto": "o texto escrito por quem manda"},
    exemplo={
        "assunto": "Parada no sábado, das 8h às 9h",
        "texto": "O sistema para no sábado, 28/11, das 8h às 9h, para manutenção. Nada do que está salvo se perde.",
    },
)
ENDERECO_DEVOLVIDO = Modelo(
    codigo="avisos.endereco_devolvido",
    titulo="Seu endereço de correio não recebe",
    assunto="O correio não chega a {endereco}",
    corpo=(
        "Uma mensagem enviada a {endereco} voltou: {motivo}. Enquanto isso, os avisos aparecem só aqui. Se o endereço "
        "mudou, peça a correção a quem lhe deu o acesso; se voltou a funcionar, libere-o nas preferências."
    ),
    tipo="acesso",
    campos={"endereco": "o endereço", "motivo": "o que o servidor respondeu"},
    exemplo={"endereco": "ana@exemplo.gov.br", "motivo": "5.1.1 não há essa caixa"},
)
CABECA = Modelo(
    codigo="avisos.cabeca",
    titulo="A cabeça da trilha, para guardar fora",
    assunto="Cabeça da trilha de {dia}: elo {numero}",
    corpo=(
        "{verificacao}\n\nGuarde esta linha onde quem administra o banco não escreve. Com ela se percebe se alguém "
        "cortar a trilha ou a refizer inteira:\n\n{linha}"
    ),
    tipo="trilha",
    campos={
        "dia": "o dia",
        "numero": "o número do último elo",
        "verificacao": "quando se verificou a corrente e o que se achou",
        "linha": "a cabeça, como o comando de verificar a lê",
    },
    exemplo={
        "dia": "22/11/2026",
        "numero": "48213",
        "verificacao": "A última verificação, de 22/11/2026 às 4:40, achou a corrente inteira.",
        "linha": f"redesuas-trilha 48213 {'5f' * 32} 2026-11-22T08:09:00Z Secretaria de Exemplo",
    },
)
PROPRIOS = (RECADO, ENDERECO_DEVOLVIDO, CABECA)
