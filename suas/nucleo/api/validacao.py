"""O que o validador achou de errado, em português e com o nome do campo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
    "string_pattern_mismatch": "O texto não tem a forma {pattern}.",
    "literal_error": "Os valores aceitos são {expected}.",
    "enum": "Os valores aceitos são {expected}.",
    "uuid_parsing": "Escreva um identificador UUID.",
    "datetime_from_date_parsing": "Escreva um instante em ISO 8601, como 2026-01-31T12:00:00Z.",
    "datetime_parsing": "Escreva um instante em ISO 8601, como 2026-01-31T12:00:00Z.",
    "model_type": "Mande um objeto JSON, entre chaves.",
    "model_attributes_type": "Mande um objeto JSON, entre chaves.",
    "dict_type": "Mande um objeto JSON, entre chaves.",
}


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
    contexto = {"campo": nomes[-1], **_em_portugues(achado.get("ctx") or {})}
    mensagem = frase.format_map(contexto) if frase else "Este valor não serve. Confira a documentação do campo."
    return Erro(campo=campo, mensagem=mensagem)


def _em_portugues(contexto: Mapping[str, Any]) -> dict[str, Any]:
    return {nome: str(valor).replace(" or ", " ou ") for nome, valor in contexto.items()}
