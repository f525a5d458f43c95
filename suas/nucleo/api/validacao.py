"""O que o validador achou de errado, em português e com o nome do campo."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from suas.nucleo.api.esquemas import (
    ANO_E_MES,
    CODIGO_COM_TRACO,
    DOIS_DIGITOS,
    PAIS_OU_UF,
    PERCENTUAL,
    SEM_NULO,
    SEM_NULO_OU_VAZIO,
    SETE_DIGITOS,
    SIGLA_DE_UF,
    TERRITORIO,
    UF_OU_MUNICIPIO,
    UNIDADE_OU_UUID,
    UUID_EM_TEXTO,
)
from suas.nucleo.api.problemas import Erro, Problema

_FRASES: Mapping[str, str] = {
    "missing": "Falta “{campo}”.",
    "extra_forbidden": "Não há o campo “{campo}”. Confira o nome na documentação.",
    "string_type": "Escreva um texto, entre aspas.",
    "int_type": "Escreva um número inteiro, sem aspas.",
    "int_parsing": "Escreva um número inteiro.",
    "int_parsing_size": "O número tem algarismos demais.",
    "int_from_float": "Escreva um número inteiro, sem casas decimais.",
    "bool_type": "Escreva true ou false, sem aspas.",
    "bool_parsing": "Escreva true ou false.",
    "greater_than_equal": "O menor valor aceito é {ge}.",
    "greater_than": "Escreva um número maior que {gt}.",
    "less_than_equal": "O maior valor aceito é {le}.",
    "string_too_short": "Escreva ao menos {min_length} caractere(s).",
    "string_too_long": "O texto passa de {max_length} caracteres.",
    "literal_error": "Os valores aceitos são {expected}.",
    "enum": "Os valores aceitos são {expected}.",
    "uuid_parsing": "Escreva um identificador UUID.",
    "datetime_from_date_parsing": "Escreva um instante em ISO 8601, como 2026-01-31T12:00:00Z.",
    "datetime_parsing": "Escreva um instante em ISO 8601, como 2026-01-31T12:00:00Z.",
    "dia": "Escreva um dia do calendário, como 2026-01-31.",
    "model_type": "Mande um objeto JSON, entre chaves.",
    "model_attributes_type": "Mande um objeto JSON, entre chaves.",
    "dict_type": "Mande um objeto JSON, entre chaves.",
}
#: A forma que o texto devia ter → o que escrever. Um teste percorre as formas do OpenAPI.
_FORMAS: Mapping[str, str] = {
    SIGLA_DE_UF: "Escreva a sigla de uma UF, em maiúsculas, como ES.",
    DOIS_DIGITOS: "Escreva os 2 dígitos do código de uma UF, como 32.",
    SETE_DIGITOS: "Escreva os 7 dígitos do código de um município no IBGE, como 3205309.",
    PAIS_OU_UF: "Escreva BR ou os 2 dígitos do código de uma UF, como 32.",
    UF_OU_MUNICIPIO: "Escreva os 2 dígitos do código de uma UF ou os 7 de um município, como 3205309.",
    TERRITORIO: "Escreva BR, os 2 dígitos do código de uma UF ou os 7 de um município, como 3205309.",
    CODIGO_COM_TRACO: "Escreva um código de até 60 letras sem acento, algarismos, traços e sublinhados.",
    SEM_NULO: "Tire do texto o caractere nulo.",
    SEM_NULO_OU_VAZIO: "Tire do texto o caractere nulo.",
    ANO_E_MES: "Escreva o ano e o mês, como 2026-10.",
    UUID_EM_TEXTO: "Escreva um identificador UUID.",
    UNIDADE_OU_UUID: "Escreva os 11 algarismos do CadSUAS, ou o identificador UUID da unidade, em minúsculas.",
    PERCENTUAL: "Escreva um número de 0 a 100, com até duas casas e ponto, entre aspas, como 12.50.",
}
_LISTA = re.compile(r"\^\((\w+(?:\|\w+)*)\)\$")
_CODIGO = re.compile(r"\^\[a-z_\]\{1,(\d+)\}\$")


def forma_em_palavras(forma: str) -> str | None:
    """O que escrever num texto com esta forma; nada, se ninguém o disse."""
    if forma in _FORMAS:
        return _FORMAS[forma]
    if lista := _LISTA.fullmatch(forma):
        *primeiros, ultimo = lista[1].split("|")
        return f"Os valores aceitos são {', '.join(primeiros)} ou {ultimo}."
    if codigo := _CODIGO.fullmatch(forma):
        return f"Escreva um código de até {codigo[1]} letras minúsculas sem acento e sublinhados."
    return None


def em_palavras(achados: list[dict[str, Any]]) -> Problema:
    """O problema 422, com uma frase por campo."""
    erros = [_erro(achado) for achado in achados]
    quais = ", ".join(dict.fromkeys(erro.campo for erro in erros))
    return Problema(422, f"Confira: {quais}.", erros=erros)


def _erro(achado: Mapping[str, Any]) -> Erro:
    # o caminho começa por onde se procurou (query, body) e pelo nome do argumento
    caminho = [str(parte) for parte in achado.get("loc", ())]
    nomes = caminho[2:] or caminho[1:] or ["corpo"]
    campo = ".".join(nomes)
    tipo = str(achado.get("type", ""))
    frase = _FRASES.get(tipo)
    if frase is None and tipo.startswith("datetime"):
        frase = _FRASES["datetime_parsing"]
    if tipo == "string_pattern_mismatch":
        frase = forma_em_palavras(str((achado.get("ctx") or {}).get("pattern", "")))
    contexto = {"campo": nomes[-1], **_em_portugues(achado.get("ctx") or {})}
    mensagem = frase.format_map(contexto) if frase else "Este valor não serve. Confira a documentação do campo."
    return Erro(campo=campo, mensagem=mensagem)


def _em_portugues(contexto: Mapping[str, Any]) -> dict[str, Any]:
    return {nome: str(valor).replace(" or ", " ou ") for nome, valor in contexto.items()}
