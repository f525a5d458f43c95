"""O que a demonstração inventa e usa em todo cadastro: nomes, lugares, números. O mesmo código dá sempre o mesmo.

Nomes de gente juntam um prenome comum a um sobrenome de árvore ou de bicho; telefones começam por zero, correio termina
em `.example`, CNPJ tem letras e CPF é da série que ninguém usa aqui senão os testes: nada disto existe.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID, uuid5

from normas.base.documentos import digitos_do_cnpj, digitos_do_cpf
from suas.cadastros.territorio import ponto
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.tela.filtros import BRASILIA

FONTE = "Demonstração: registro inventado"
_RAIZ = UUID("3d0f6a52-5c1e-5a4b-9b7e-2e6f0c1d7a90")
ARVORES = (
    *("Jequitibá", "Aroeira", "Sapucaia", "Cedro", "Peroba", "Angico", "Embaúba", "Quaresmeira", "Manacá", "Juçara"),
    *("Guapuruvu", "Paineira", "Sibipiruna", "Pitangueira", "Jabuticabeira", "Jacarandá", "Canela", "Cambuí"),
)
BICHOS = (
    *(
        "Sabiá",
        "Bem-te-vi",
        "Beija-Flor",
        "Tangará",
        "Curió",
        "Sanhaço",
        "Gaturamo",
        "Canário",
        "Jacutinga",
        "Maritaca",
    ),
    *("Coleirinho", "Tiê-Sangue", "Araponga", "Saíra", "Quero-Quero", "Martim-Pescador", "Andorinha", "Rolinha"),
)
_PRENOMES = (
    *("Adélia", "Antônio", "Beatriz", "Caetano", "Cecília", "Dalva", "Dinorá", "Edmundo", "Eunice", "Firmino", "Graça"),
    *("Heitor", "Iracema", "Jandira", "Jonas", "Leonor", "Lourival", "Marisa", "Nilo", "Odete", "Osvaldo", "Palmira"),
    *("Querino", "Raimunda", "Rosália", "Sebastião", "Sônia", "Teodoro", "Valdete", "Zilda", "Zulmira", "Benedito"),
)
_MEIOS = ("do Campo", "da Serra", "da Praia", "do Vale", "da Mata", "do Rio", "da Lagoa", "do Morro")


def acaso(*do_que: object) -> Random:
    """O acaso de uma coisa só: quem sorteia outra não muda o que esta deu."""
    return Random(":".join(("redesuas", *map(str, do_que))))


def identificador(*do_que: object) -> UUID:
    """O identificador estável de uma linha inventada."""
    return uuid5(_RAIZ, ":".join(map(str, do_que)))


def nome_de_gente(sorte: Random) -> str:
    """“Leonor da Serra Tangará”."""
    sobrenome = sorte.choice((*ARVORES, *BICHOS))
    return f"{sorte.choice(_PRENOMES)} {sorte.choice(_MEIOS)} {sobrenome}"


def cnpj(numero: int, *, filial: int = 1) -> str:
    """Um CNPJ com letras, que confere: a raiz começa por DEM e nenhuma inscrição de verdade é assim."""
    doze = f"DEM{numero:05d}{filial:04d}"
    return doze + digitos_do_cnpj(doze)


def cpf(numero: int) -> str:
    """Um CPF que confere, da série dos testes do projeto."""
    nove = f"{900_500_000 + numero}"
    return nove + digitos_do_cpf(nove)


def telefone(sorte: Random) -> str:
    """Com o DDD 27 e começado por zero, como telefone nenhum."""
    return f"270{sorte.randrange(10_000_000):07d}"


def correio(nome: str, lugar: str) -> str:
    """“cras-cedro@afonso-claudio.example”."""
    limpos = (nome_de_busca(texto).replace(" ", "-").replace("'", "") for texto in (nome, lugar))
    return "@".join(limpos) + ".example"


def endereco(sorte: Random, *, municipio: str) -> dict[str, Any]:
    """Rua, número e bairro inventados, com o ponto dentro do contorno do município."""
    latitude, longitude = dentro_do_contorno(municipio, sorte)
    return {
        "tipo_logradouro": sorte.choice(("Rua", "Avenida", "Praça", "Travessa")),
        "logradouro": sorte.choice(ARVORES),
        "numero": str(sorte.randrange(1, 1500)),
        "bairro": bairro(sorte),
        "cep": f"29999{sorte.randrange(1000):03d}",
        "telefone": telefone(sorte),
        "localizacao": "rural" if sorte.random() < 0.06 else "urbana",
        "latitude": latitude,
        "longitude": longitude,
    }


def bairro(sorte: Random) -> str:
    """“Vila Curió”."""
    return f"{sorte.choice(('Vila', 'Jardim', 'Parque'))} {sorte.choice(BICHOS)}"


def dentro_do_contorno(municipio: str, sorte: Random) -> tuple[Decimal, Decimal] | tuple[None, None]:
    """Latitude e longitude dentro do contorno do município, mais perto do meio; nada, se não temos o contorno."""
    caixa = ponto.caixa_no_desenho(municipio)
    if caixa is None:
        return None, None
    x, y, largura, altura = caixa
    escala = ponto.ESCALA_DO_DESENHO
    for _ in range(200):
        longitude = escala["oeste"] + escala["graus_x"] * (x + largura * sorte.triangular(0, 1))
        latitude = escala["norte"] - escala["graus_y"] * (y + altura * sorte.triangular(0, 1))
        achado = Decimal(f"{latitude:.6f}"), Decimal(f"{longitude:.6f}")
        if ponto.distancia_em_km(codigo=municipio, latitude=achado[0], longitude=achado[1]) == 0:
            return achado
    return None, None


def dia_de(em: datetime) -> date:
    """O dia em Brasília."""
    return em.astimezone(BRASILIA).date()


def dia_entre(sorte: Random, de: date, ate: date) -> date:
    """Um dia de `de` a `ate`."""
    return de + timedelta(days=sorte.randrange((ate - de).days + 1))


def sem_repetir(nomes: Sequence[str], sorte: Random, quantos: int) -> list[str]:
    """`quantos` nomes diferentes, em ordem sorteada."""
    return sorte.sample(list(nomes), quantos)
