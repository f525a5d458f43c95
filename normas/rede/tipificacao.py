"""Os serviços da Tipificação Nacional: nomes, proteção e em que unidades costumam se ofertar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from normas.base.fundamento import Fundamento
from normas.parametros.leitura import parametro, versoes


class Protecao(StrEnum):
    """O nível de proteção a que o serviço pertence."""

    BASICA = "BASICA"
    MEDIA = "MEDIA"
    ALTA = "ALTA"

    @property
    def nome(self) -> str:
        """Nome por extenso, com a complexidade."""
        return {
            "BASICA": "Proteção Social Básica",
            "MEDIA": "Proteção Social Especial de Média Complexidade",
            "ALTA": "Proteção Social Especial de Alta Complexidade",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Servico:
    """Um serviço: o código é do projeto, o nome é o da norma.

    `unidades` e `so_publica` são leitura do projeto: só avisam.
    """

    codigo: str
    nome: str
    protecao: Protecao
    unidades: tuple[str, ...]
    so_publica: bool
    fundamento: Fundamento
    evidencia: str


def servicos(*, em: date) -> tuple[Servico, ...]:
    """Os serviços da Tipificação em vigor no dia, na ordem da norma: da básica à alta.

    Erros: `ParametroForaDeVigencia` antes da Tipificação.
    """
    regra = parametro("rede.servicos", em=em)
    oferta = parametro("rede.oferta_dos_servicos", em=em).conteudo
    achados = [
        Servico(
            codigo=codigo,
            nome=linha["nome"],
            protecao=Protecao(linha["protecao"]),
            unidades=tuple(oferta[codigo]["unidades"]),
            so_publica=oferta[codigo].get("so_publica", False),
            fundamento=regra.fundamento,
            evidencia=regra.evidencia,
        )
        for codigo, linha in regra.conteudo.items()
    ]
    ordem = tuple(Protecao)
    return tuple(sorted(achados, key=lambda servico: ordem.index(servico.protecao)))


def nomes_dos_servicos() -> dict[str, str]:
    """Código e nome de todos os serviços, de qualquer versão da Tipificação; o nome é o da mais nova."""
    return {codigo: linha["nome"] for versao in versoes("rede.servicos") for codigo, linha in versao.conteudo.items()}


def nome_do_servico(codigo: str) -> str:
    """Nome do serviço em qualquer versão da Tipificação; código que nenhuma tem sai como está."""
    for versao in reversed(versoes("rede.servicos")):
        if codigo in versao.conteudo:
            nome: str = versao.conteudo[codigo]["nome"]
            return nome
    return codigo


def aviso_da_oferta(*, servico: Servico, tipo: str, publica: bool) -> str | None:
    """Frase quando o serviço não costuma se ofertar nesse tipo de unidade; nunca impede."""
    if servico.so_publica and not publica:
        return f"{servico.nome} costuma ser ofertado só por unidade pública. Confira o serviço (leitura do projeto)."
    if tipo not in servico.unidades:
        return f"{servico.nome} não costuma ser ofertado neste tipo de unidade. Confira o serviço (leitura do projeto)."
    return None
