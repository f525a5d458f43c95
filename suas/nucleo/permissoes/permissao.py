"""O que pode ser feito no sistema. Quem faz está em `papeis.py`; onde, na abrangência do vínculo."""

from enum import StrEnum


class Permissao(StrEnum):
    """Cada permissão é um ato em palavras; o valor é o nome que vai à trilha."""

    PARTILHA_CONDUZIR = "partilha.conduzir"
    PARTILHA_PACTUAR = "partilha.pactuar"
    PARTILHA_SELAR = "partilha.selar"
    PARTILHA_VER_RASCUNHO = "partilha.ver_rascunho"
    INDICADOR_IMPORTAR = "indicador.importar"
    INDICADOR_DIGITAR = "indicador.digitar"
    POPULACAO_IMPORTAR = "populacao.importar"
