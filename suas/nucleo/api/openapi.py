"""O OpenAPI que o django-ninja tira do código, com o que ele não diz: recusas, chave, cabeçalhos e nulos."""

from __future__ import annotations

from typing import Any

from suas.nucleo.api.esquemas import RespostaDeProblema
from suas.nucleo.api.problemas import TIPO, TITULOS

REF = "#/components/schemas/"
#: Recusas que qualquer endereço pode dar.
DE_TODOS = (400, 401, 406, 429, 500, 503)
DE_QUEM_ESCREVE = (403, 409, 413, 415, 422)
#: O que é cada pedaço do endereço, que o ninja não traz do tipo.
PARAMETROS = {
    "ano": "Ano, com quatro algarismos.",
    "andamento_id": "Identificador do andamento, que o pedido de simulação devolve.",
    "codigo": "Código do indicador, como em /indicadores.",
    "codigo_ibge": "Código do município no IBGE, com 7 dígitos.",
    "partilha_id": "Identificador da partilha, como em /partilhas.",
}
_CABECALHOS = {
    "ETag": "Versão do que se leu. Mande em If-None-Match para só receber se mudou, e em If-Match ao escrever.",
    "X-Protocolo": "Número do pedido no registro da instalação.",
}


def acertar(documento: dict[str, Any]) -> dict[str, Any]:
    """O mesmo documento, completo: recebe o do ninja e devolve o que se publica."""
    for caminho, metodos in documento["paths"].items():
        for metodo, operacao in metodos.items():
            _acertar_operacao(operacao, metodo=metodo, com_id="{" in caminho)
    componentes = documento["components"]
    problema = RespostaDeProblema.model_json_schema(ref_template=REF + "{model}")
    componentes["schemas"].update(problema.pop("$defs", {}))
    componentes["schemas"]["RespostaDeProblema"] = problema
    componentes["schemas"] = dict(sorted(componentes["schemas"].items()))
    componentes["securitySchemes"] = {
        "chave": {
            "type": "http",
            "scheme": "bearer",
            "description": "A chave criada na página “Chaves de programa”, no cabeçalho Authorization: Bearer CHAVE.",
        }
    }
    documento.pop("servers", None)
    _sem_sobras(documento)
    return documento


def _acertar_operacao(operacao: dict[str, Any], *, metodo: str, com_id: bool) -> None:
    exige_chave = operacao.pop("x-exige-chave", metodo != "get")
    operacao["security"] = [{"chave": []}] if exige_chave else [{}, {"chave": []}]
    for parametro in operacao["parameters"]:
        _sem_nulo(parametro["schema"])
        descricao = parametro["schema"].get("description") or PARAMETROS.get(parametro["name"])
        if descricao:
            parametro.setdefault("description", descricao)
    respostas: dict[str, Any] = {}
    for situacao, resposta in operacao["responses"].items():
        resposta["description"] = "Feito." if metodo != "get" else "O que se pediu."
        resposta["headers"] = {nome: _cabecalho(texto) for nome, texto in _CABECALHOS.items()}
        respostas[str(situacao)] = resposta
    if metodo == "get":
        respostas["304"] = {"description": "Não mudou desde a versão dita em If-None-Match."}
    for situacao in _recusas_de(operacao, metodo=metodo, com_id=com_id, exige_chave=exige_chave):
        respostas[str(situacao)] = _problema(situacao)
    operacao["responses"] = dict(sorted(respostas.items()))


def _recusas_de(operacao: dict[str, Any], *, metodo: str, com_id: bool, exige_chave: bool) -> set[int]:
    situacoes = set(DE_TODOS)
    situacoes |= {422} if operacao["parameters"] else set()
    situacoes |= {404} if com_id or any(p["name"] == "cursor" for p in operacao["parameters"]) else set()
    situacoes |= {403} if exige_chave else set()
    situacoes |= set(DE_QUEM_ESCREVE) if metodo != "get" else set()
    situacoes |= {int(situacao) for situacao in operacao.pop("x-recusas", ())}
    return situacoes


def _problema(situacao: int) -> dict[str, Any]:
    titulo, fazer = TITULOS[situacao]
    resposta: dict[str, Any] = {
        "description": f"{titulo}. {fazer}",
        "content": {TIPO: {"schema": {"$ref": f"{REF}RespostaDeProblema"}}},
        "headers": {"X-Protocolo": _cabecalho(_CABECALHOS["X-Protocolo"])},
    }
    if situacao in {429, 503}:
        resposta["headers"]["Retry-After"] = _cabecalho("Quantos segundos esperar.")
    if situacao == 401:
        resposta["headers"]["WWW-Authenticate"] = _cabecalho("Como entrar.")
    return resposta


def _cabecalho(texto: str) -> dict[str, Any]:
    return {"description": texto, "schema": {"type": "string"}}


def _sem_nulo(esquema: dict[str, Any]) -> None:
    """Num endereço não há como escrever nulo: parâmetro que pode faltar é só do outro tipo."""
    alternativas = [a for a in esquema.get("anyOf", ()) if a.get("type") != "null"]
    if len(alternativas) == 1:
        del esquema["anyOf"]
        esquema.update({nome: valor for nome, valor in alternativas[0].items() if nome not in esquema})
        esquema.pop("default", None)


def _sem_sobras(no: Any) -> None:
    """Tira o “title” que o pydantic inventa do nome do campo e o “default” nulo de campo que não aceita nulo."""
    if isinstance(no, dict):
        if isinstance(no.get("title"), str) and ("type" in no or "anyOf" in no or "$ref" in no):
            del no["title"]
        if "default" in no and no["default"] is None and "type" in no:
            del no["default"]
        for filho in no.values():
            _sem_sobras(filho)
    elif isinstance(no, list):
        for filho in no:
            _sem_sobras(filho)
