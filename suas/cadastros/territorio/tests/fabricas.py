"""Pedaços da federação para os testes: poucos municípios reais, com população."""

from __future__ import annotations

from normas.territorio.federacao import UF_POR_CODIGO
from suas.cadastros.territorio.models import UF, Municipio, Populacao
from suas.cadastros.territorio.nomes import nome_de_busca

VITORIA, SERRA, BRASILIA, BELEM, NAZARIA = "3205309", "3205002", "5300108", "1501402", "2206720"
_NOMES = {VITORIA: "Vitória", SERRA: "Serra", BRASILIA: "Brasília", BELEM: "Belém", NAZARIA: "Nazária"}
_DESDE = {NAZARIA: 2008}
FONTE = "IBGE, teste"


def uf(codigo: str) -> UF:
    """A UF pelo código de dois dígitos, criada se falta."""
    da_federacao = UF_POR_CODIGO[codigo]
    return UF.objects.get_or_create(
        codigo=codigo,
        defaults={"sigla": da_federacao.sigla, "nome": da_federacao.nome, "regiao": da_federacao.regiao.value},
    )[0]


def municipio(codigo: str = VITORIA, *, nome: str = "", habitantes: int | None = None, ano: int = 2020) -> Municipio:
    """Um município, com população se pedida; o nome é o real quando esta fábrica o conhece."""
    chamado = nome or _NOMES.get(codigo, f"Município {codigo}")
    criado, _ = Municipio.objects.get_or_create(
        codigo_ibge=codigo,
        defaults={
            "nome": chamado,
            "nome_busca": nome_de_busca(chamado),
            "uf": uf(codigo[:2]),
            "desde_ano": _DESDE.get(codigo),
        },
    )
    if habitantes is not None:
        Populacao.objects.create(municipio=criado, ano=ano, habitantes=habitantes, fonte=FONTE, tipo="estimativa")
    return criado
