"""A página da interface, tirada do OpenAPI: cada recurso com o que pede, o que devolve e um exemplo de curl."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

#: Valor de exemplo de cada parâmetro do endereço.
EXEMPLOS = {
    "codigo_ibge": "3205309",
    "codigo": "rcl_per_capita",
    "ano": "2020",
    "partilha_id": "IDENTIFICADOR",
    "andamento_id": "IDENTIFICADOR",
}
TIPOS = {"string": "texto", "integer": "número inteiro", "boolean": "sim ou não", "array": "lista", "object": "objeto"}


@dataclass(frozen=True, kw_only=True)
class Campo:
    """Um parâmetro ou campo, em palavras."""

    nome: str
    tipo: str
    obrigatorio: bool
    descricao: str


@dataclass(frozen=True, kw_only=True)
class Recurso:
    """Um método num endereço."""

    id: str
    metodo: str
    caminho: str
    resumo: str
    descricao: str
    exige_chave: bool
    parametros: tuple[Campo, ...]
    corpo: tuple[Campo, ...]
    campos: tuple[Campo, ...]
    situacoes: tuple[str, ...]
    curl: str


def recursos(esquema: dict[str, Any], *, raiz: str) -> dict[str, list[Recurso]]:
    """Os recursos por assunto, na ordem do documento; `raiz` é o endereço da instalação, para os exemplos."""
    grupos: dict[str, list[Recurso]] = {}
    for caminho, metodos in esquema["paths"].items():
        for metodo, operacao in metodos.items():
            recurso = _recurso(esquema, caminho, metodo.upper(), operacao, raiz)
            grupos.setdefault(operacao["tags"][0], []).append(recurso)
    return grupos


def _recurso(esquema: dict[str, Any], caminho: str, metodo: str, operacao: dict[str, Any], raiz: str) -> Recurso:
    conteudo = operacao.get("requestBody", {}).get("content", {}).get("application/json", {})
    corpo = _campos(esquema, conteudo.get("schema", {}))
    feita = next(r for situacao, r in operacao["responses"].items() if situacao.startswith("2"))
    saida = feita.get("content", {}).get("application/json", {}).get("schema", {})
    exige_chave = {} not in operacao["security"]
    return Recurso(
        id=operacao["operationId"],
        metodo=metodo,
        caminho=caminho,
        resumo=operacao["summary"],
        descricao=operacao.get("description", ""),
        exige_chave=exige_chave,
        parametros=tuple(
            Campo(
                nome=p["name"],
                tipo=_tipo(p["schema"]),
                obrigatorio=p["required"],
                descricao=p.get("description", p["schema"].get("description", "")),
            )
            for p in operacao["parameters"]
        ),
        corpo=corpo,
        campos=_campos(esquema, saida),
        situacoes=tuple(operacao["responses"]),
        curl=_curl(esquema, metodo, caminho, operacao, raiz, conteudo.get("schema", {}), exige_chave=exige_chave),
    )


def _resolver(esquema: dict[str, Any], no: dict[str, Any]) -> dict[str, Any]:
    referencia = no.get("$ref") or next((a["$ref"] for a in no.get("anyOf", ()) if "$ref" in a), "")
    achado: dict[str, Any] = esquema["components"]["schemas"][referencia.rsplit("/", 1)[1]] if referencia else no
    return achado


def _campos(esquema: dict[str, Any], no: dict[str, Any]) -> tuple[Campo, ...]:
    """Os campos de um objeto; numa página, os de cada linha."""
    objeto = _resolver(esquema, no) if no else {}
    propriedades = objeto.get("properties", {})
    if "proxima" in propriedades:
        return _campos(esquema, propriedades["itens"]["items"])
    return tuple(
        Campo(
            nome=nome,
            tipo=_tipo(campo),
            obrigatorio=nome in objeto.get("required", ()),
            descricao=campo.get("description", _resolver(esquema, campo).get("description", "")),
        )
        for nome, campo in propriedades.items()
    )


def _tipo(campo: dict[str, Any]) -> str:
    formas = [a for a in campo.get("anyOf", [campo]) if a.get("type") != "null"]
    nomes = []
    for forma in formas:
        if forma.get("format") in {"date", "date-time", "uuid"}:
            nomes.append({"date": "dia", "date-time": "instante", "uuid": "identificador"}[forma["format"]])
        elif "enum" in forma:
            nomes.append(", ".join(map(str, forma["enum"])))
        else:
            nomes.append(TIPOS.get(forma.get("type", "object"), "objeto"))
    nulo = " ou nulo" if any(a.get("type") == "null" for a in campo.get("anyOf", ())) else ""
    return " ou ".join(dict.fromkeys(nomes)) + nulo


def _curl(
    esquema: dict[str, Any],
    metodo: str,
    caminho: str,
    operacao: dict[str, Any],
    raiz: str,
    corpo: dict[str, Any],
    *,
    exige_chave: bool,
) -> str:
    endereco = raiz.rstrip("/") + re.sub(r"{(\w+)}", lambda nome: EXEMPLOS.get(nome[1], nome[1].upper()), caminho)
    linhas = ["curl"] if metodo == "GET" else [f"curl --request {metodo}"]
    if exige_chave:
        linhas.append('--header "Authorization: Bearer $CHAVE"')
    if any(p["name"].lower() == "if-match" and p["required"] for p in operacao["parameters"]):
        linhas.append("--header 'If-Match: ETAG'")
    if corpo:
        exemplo = json.dumps(_exemplo(_resolver(esquema, corpo)), ensure_ascii=False)
        linhas += ["--header 'Content-Type: application/json'", f"--data '{exemplo}'"]
    linhas.append(f"'{endereco}'")
    return " \\\n  ".join(linhas)


def _exemplo(objeto: dict[str, Any]) -> dict[str, Any]:
    """Um corpo de exemplo com os campos obrigatórios, ou com um só quando nenhum é."""
    exemplos = {nome: campo["examples"][0] for nome, campo in objeto["properties"].items() if campo.get("examples")}
    obrigatorios = {nome: valor for nome, valor in exemplos.items() if nome in objeto.get("required", ())}
    return obrigatorios or dict(list(exemplos.items())[:1])
