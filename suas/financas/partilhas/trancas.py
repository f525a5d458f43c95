"""A segunda tranca das tabelas da partilha, no PostgreSQL: o mesmo que `permissoes.py`, por território.

Repete no banco quem vê (`consultas.entradas.visiveis` e `alcance`) e quem muda: a esfera do recurso. O papel fica com a
primeira tranca.
"""

from __future__ import annotations

from suas.nucleo.tranca import ABRANGENCIA, Tranca, abrir_leitura, registrar_tranca

_PUBLICA = "{p}estado IN ('deliberada', 'selada')"
_VE = (
    f"({_PUBLICA.format(p='')} OR {ABRANGENCIA} = 'BR' OR ({ABRANGENCIA} <> '' AND (ambito = {ABRANGENCIA} "
    f"OR (estado <> 'rascunho' AND ambito IN ('BR', left({ABRANGENCIA}, 2))))))"
)
#: O que pertence à partilha e não é linha de um município.
_DA_PARTILHA = ("indicadorcomplementar", "grupo", "memoria", "peca")
#: Uma linha por município: antes de pública, cada um vê as do próprio estado.
_POR_MUNICIPIO = ("insumo", "cota")


def registrar() -> None:
    """Declara as trancas; chamado no `ready` do módulo."""
    registrar_tranca(Tranca(tabela="partilhas_partilha", ve=_VE, muda=f"(ambito = {ABRANGENCIA})"))
    for nome in (*_DA_PARTILHA, *_POR_MUNICIPIO):
        tabela = f"partilhas_{nome}"
        da_partilha = f"EXISTS (SELECT 1 FROM partilhas_partilha p WHERE p.id = {tabela}.partilha_id"
        ve = f"({ABRANGENCIA} = 'BR' OR {da_partilha}{_alcance(tabela) if nome in _POR_MUNICIPIO else ''}))"
        registrar_tranca(Tranca(tabela=tabela, ve=ve, muda=f"{da_partilha} AND p.ambito = {ABRANGENCIA})"))
    abrir_leitura(
        tabela="documentos_documento",
        nome="da_peca",
        ve="EXISTS (SELECT 1 FROM partilhas_peca p WHERE p.documento_id = documentos_documento.id)",
    )


def _alcance(tabela: str) -> str:
    do_estado = f"({ABRANGENCIA} <> '' AND left({tabela}.codigo_ibge, 2) = left({ABRANGENCIA}, 2))"
    return f" AND ({_PUBLICA.format(p='p.')} OR p.ambito = {ABRANGENCIA} OR {do_estado})"
