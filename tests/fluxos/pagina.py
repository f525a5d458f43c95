"""Lê uma página como um navegador sem JavaScript: o texto que se vê, os links e os formulários com o que já têm."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

SEM_TEXTO = {"script", "style", "template", "title"}
NAO_ENVIA = {"submit", "button", "file", "image", "reset"}


@dataclass
class Formulario:
    """Um formulário: para onde vai, como, e os valores que enviaria agora."""

    acao: str
    metodo: str
    campos: dict[str, str] = field(default_factory=dict)
    opcoes: dict[str, list[str]] = field(default_factory=dict)


class Pagina(HTMLParser):
    """`texto` é o que se lê; `links`, os endereços; `formularios`, na ordem da página."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.formularios: list[Formulario] = []
        self.atributos: list[tuple[str, dict[str, str]]] = []
        self._partes: list[str] = []
        self._ocultos = 0
        self._selecao = ""
        self._area = ""
        self.feed(html)

    @property
    def texto(self) -> str:
        return " ".join(" ".join(self._partes).split())

    def formulario(self, *, com: str = "", acao: str = "") -> Formulario:
        """O primeiro formulário de POST que tem o campo `com` e cujo endereço termina por `acao`."""
        for formulario in self.formularios:
            if formulario.metodo == "post" and com in {"", *formulario.campos} and formulario.acao.endswith(acao):
                return formulario
        raise AssertionError(f"A página não tem formulário com “{com or acao}”: {self.texto[:300]}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        dados = {nome: valor or "" for nome, valor in attrs}
        self.atributos.append((tag, dados))
        if tag in SEM_TEXTO:
            self._ocultos += 1
        elif tag == "a" and "href" in dados:
            self.links.append(dados["href"])
        elif tag == "form":
            self.formularios.append(Formulario(acao=dados.get("action", ""), metodo=dados.get("method", "get").lower()))
        elif self.formularios:
            self._campo(tag, dados)

    def _campo(self, tag: str, dados: dict[str, str]) -> None:
        atual, nome = self.formularios[-1], dados.get("name", "")
        if tag == "input" and nome and dados.get("type") not in NAO_ENVIA:
            if dados.get("type") not in {"checkbox", "radio"}:
                atual.campos[nome] = dados.get("value", "")
            elif "checked" in dados:
                atual.campos[nome] = dados.get("value", "on")
        elif tag == "textarea" and nome:
            self._area = nome
            atual.campos[nome] = ""
        elif tag == "select":
            self._selecao = nome
            atual.opcoes[nome] = []
        elif tag == "option" and self._selecao:
            valor = dados.get("value", "")
            atual.opcoes[self._selecao].append(valor)
            if "selected" in dados or self._selecao not in atual.campos:
                atual.campos[self._selecao] = valor

    def handle_endtag(self, tag: str) -> None:
        if tag in SEM_TEXTO:
            self._ocultos -= 1
        elif tag == "select":
            self._selecao = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.formularios[-1].campos[self._area] += data
        if not self._ocultos:
            self._partes.append(data)


def ler(resposta: object) -> Pagina:
    """A página de uma resposta 200 do cliente de teste."""
    assert resposta.status_code == 200, resposta.status_code  # type: ignore[attr-defined]
    return Pagina(resposta.content.decode())  # type: ignore[attr-defined]
