"""O que se escreveu num formulário: informado, zero, não se aplica e não informado são coisas diferentes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from normas.base.numeros import com_virgula
from normas.registros.formulario import Celula, Desdobramento, Faixa, Item, Termo, Versao

NAO_OFERTA = "nao_oferta"
TOTAL = "total"
MAIOR_NUMERO = 9_999_999
_NAO_SE_APLICA = frozenset({"nao se aplica", "não se aplica"})
_SEXO_POR_LETRA = {"m": "masculino", "f": "feminino"}


class PreenchimentoIlegivel(ValueError):
    """O que veio não tem a forma de um formulário preenchido; a mensagem diz o que falta."""


class Situacao(StrEnum):
    """O que se sabe de um item. Zero é informado."""

    INFORMADO = "informado"
    NAO_SE_APLICA = "não se aplica"
    NAO_INFORMADO = "não informado"


@dataclass(frozen=True, slots=True)
class Valor:
    """O total escrito de um item e os quadrinhos do desdobramento; o que não se escreveu não está."""

    total: int | None = None
    celulas: Mapping[Celula, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recusa:
    """O que se escreveu num item e o formulário não aceita, dito a quem escreveu."""

    item: str
    mensagem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preenchimento:
    """Os valores de um mês; `nao_ofertados` são os blocos com a marca “Não realiza oferta do serviço”.

    `recusas` guarda o que não é número, para que a pessoa o veja; `sobras`, o que não é do formulário.
    """

    valores: Mapping[str, Valor]
    nao_se_aplica: frozenset[str] = frozenset()
    nao_ofertados: frozenset[str] = frozenset()
    recusas: tuple[Recusa, ...] = ()
    sobras: tuple[str, ...] = ()

    def situacao(self, item: Item) -> Situacao:
        """Se o item foi informado, se não se aplica ou se ficou sem resposta."""
        if item.codigo in self.nao_se_aplica or item.bloco in self.nao_ofertados:
            return Situacao.NAO_SE_APLICA
        return Situacao.INFORMADO if item.codigo in self.valores else Situacao.NAO_INFORMADO

    def total(self, item: Item) -> int | None:
        """O total escrito; sem ele, a soma dos quadrinhos, se estão todos; ausente quando não se sabe."""
        if self.situacao(item) is not Situacao.INFORMADO:
            return None
        valor = self.valores[item.codigo]
        return valor.total if valor.total is not None else soma_das_celulas(item, valor)

    def parte(self, item: Item, termo: Termo) -> int | None:
        """A parte do item no sexo e nas idades do termo; ausente quando falta um quadrinho dela."""
        if termo.inteiro or item.desdobramento is None or self.situacao(item) is not Situacao.INFORMADO:
            return self.total(item)
        valores = [self.valores[item.codigo].celulas.get(celula) for celula in _do_termo(item.desdobramento, termo)]
        return None if None in valores else sum(valor for valor in valores if valor is not None)


def soma_das_celulas(item: Item, valor: Valor) -> int | None:
    """A soma dos quadrinhos de um item; ausente quando falta algum ou o item não se desdobra."""
    if item.desdobramento is None or len(valor.celulas) != len(item.desdobramento.celulas):
        return None
    return sum(valor.celulas.values())


@cache
def _do_termo(desdobramento: Desdobramento, termo: Termo) -> tuple[Celula, ...]:
    """Os quadrinhos do sexo e das idades do termo."""
    pedida = Faixa("", termo.de, termo.ate)
    return tuple(
        celula
        for celula, faixa in desdobramento.celulas.items()
        if termo.sexo in {"", celula.sexo} and pedida.contem(faixa)
    )


def ler_json(texto: str, *, versao: Versao) -> Preenchimento:
    """Lê um objeto JSON de código do item para número. Erros: `PreenchimentoIlegivel`."""
    return ler_objeto(ler_dados(texto), versao=versao)


def ler_dados(texto: str) -> Any:
    """Lê um JSON em que nenhum nome se repete. Erros: `PreenchimentoIlegivel`."""
    try:
        return json.loads(
            texto, object_pairs_hook=_sem_repetir, parse_constant=_sem_constante, parse_int=_inteiro_legivel
        )
    except json.JSONDecodeError as erro:
        onde = f"na linha {erro.lineno}, coluna {erro.colno}"
        raise PreenchimentoIlegivel(f"Não é um JSON: {onde}, há algo que não se entende.") from erro
    except RecursionError as erro:
        raise PreenchimentoIlegivel("O JSON tem objetos demais, uns dentro dos outros.") from erro


def _sem_repetir(pares: list[tuple[str, Any]]) -> dict[str, Any]:
    dados: dict[str, Any] = {}
    for nome, valor in pares:
        if nome in dados:
            raise PreenchimentoIlegivel(f"“{nome}” aparece duas vezes no mesmo objeto. Deixe um só.")
        dados[nome] = valor
    return dados


def _inteiro_legivel(texto: str) -> int:
    """O inteiro; de um com algarismos sem fim, só o começo, que já passa do maior que se aceita."""
    return int(texto[:30])


def _sem_constante(nome: str) -> Any:
    raise PreenchimentoIlegivel(f"“{nome}” não é um número de JSON. Escreva o número ou deixe o item de fora.")


def ler_objeto(dados: object, *, versao: Versao) -> Preenchimento:
    """Monta o preenchimento de um objeto já lido. O código aceita-se com ponto ou sem: A.1, A1, a1.

    Erros: `PreenchimentoIlegivel` quando não é um objeto ou um item vem duas vezes.
    """
    if not isinstance(dados, Mapping):
        raise PreenchimentoIlegivel('O arquivo precisa ser um objeto, como {"A.1": 120, "A.2": 8}.')
    por_codigo = {_chave(codigo): item for codigo, item in versao.itens.items()}
    leitura = _Leitura(versao)
    for nome, escrito in dados.items():
        if nome == NAO_OFERTA:
            leitura.marcar_blocos(escrito)
        elif (item := versao.itens.get(nome) or por_codigo.get(_chave(str(nome)))) is None:
            leitura.sobras.append(str(nome))
        else:
            leitura.ler(item, escrito)
    return leitura.resultado()


def _chave(codigo: str) -> str:
    return codigo.replace(".", "").strip().upper()


class _Leitura:
    """Junta o que se lê de um objeto, item por item."""

    def __init__(self, versao: Versao) -> None:
        self.versao = versao
        self.valores: dict[str, Valor] = {}
        self.nao_se_aplica: set[str] = set()
        self.nao_ofertados: set[str] = set()
        self.recusas: list[Recusa] = []
        self.sobras: list[str] = []
        self.vistos: set[str] = set()

    def resultado(self) -> Preenchimento:
        return Preenchimento(
            valores=MappingProxyType(self.valores),
            nao_se_aplica=frozenset(self.nao_se_aplica),
            nao_ofertados=frozenset(self.nao_ofertados),
            recusas=tuple(self.recusas),
            sobras=tuple(self.sobras),
        )

    def marcar_blocos(self, escrito: object) -> None:
        opcionais = [bloco.codigo for bloco in self.versao.blocos if bloco.opcional]
        if not isinstance(escrito, list) or any(bloco not in opcionais for bloco in escrito):
            quais = f"só podem ser {', '.join(opcionais)}" if opcionais else "este formulário não tem nenhum"
            raise PreenchimentoIlegivel(f"“{NAO_OFERTA}” é a lista dos blocos que a unidade não oferta: {quais}.")
        self.nao_ofertados.update(escrito)

    def ler(self, item: Item, escrito: object) -> None:
        if item.codigo in self.vistos:
            raise PreenchimentoIlegivel(f"O item {item.codigo} aparece duas vezes. Deixe um só.")
        self.vistos.add(item.codigo)
        if escrito is None:
            return
        if isinstance(escrito, str) and escrito.strip().lower() in _NAO_SE_APLICA:
            self.nao_se_aplica.add(item.codigo)
        elif isinstance(escrito, dict | Mapping):
            self._ler_desdobrado(item, escrito)
        elif (numero := self._numero(item, "", escrito)) is not None:
            # Um total zero não deixa dúvida: todos os quadrinhos são zero.
            zeradas = item.desdobramento.celulas if item.desdobramento and not numero else ()
            self.valores[item.codigo] = Valor(numero, MappingProxyType(dict.fromkeys(zeradas, 0)))

    def _ler_desdobrado(self, item: Item, escrito: Mapping[Any, Any]) -> None:
        if item.desdobramento is None:
            self._recusar(item, f"{item.codigo} não se desdobra em sexo e idade. Escreva um número só.")
            return
        total: int | None = None
        celulas: dict[Celula, int] = {}
        for caminho, valor in _folhas(escrito):
            celula = _celula(item.desdobramento, caminho)
            if caminho[0].strip().lower() == TOTAL:
                total = self._numero(item, TOTAL, valor)
            elif celula is None:
                os_que_tem = "; ".join(map(str, item.desdobramento.celulas))
                onde = ", ".join(caminho)
                self._recusar(item, f"{item.codigo} não tem o quadrinho “{onde}”. Os que tem: {os_que_tem}.")
            elif celula in celulas:
                self._recusar(item, f"{item.codigo} traz duas vezes o quadrinho “{celula}”. Deixe um só.")
            elif (numero := self._numero(item, celula, valor)) is not None:
                celulas[celula] = numero
        if total is not None or celulas:
            self.valores[item.codigo] = Valor(total, MappingProxyType(celulas))

    def _numero(self, item: Item, onde: Celula | str, escrito: object) -> int | None:
        """O número inteiro escrito; o que não serve vai para as recusas, e o vazio não é resposta."""
        if type(escrito) is int and 0 <= escrito <= MAIOR_NUMERO:
            return escrito
        if escrito is None:
            return None
        if isinstance(escrito, float) and escrito.is_integer():
            escrito = int(escrito)
        if isinstance(escrito, bool) or not isinstance(escrito, int):
            porque = "não é um número inteiro"
        elif escrito < 0:
            porque = "é menor que zero"
        elif escrito > MAIOR_NUMERO:
            porque = f"passa de {com_virgula(MAIOR_NUMERO)}"
        else:  # 12.0, como as planilhas escrevem
            return escrito
        lugar = f"{item.codigo}, {onde}" if onde else item.codigo
        texto = json.dumps(escrito, ensure_ascii=False, default=str).strip('"')[:40]
        self._recusar(item, f"{lugar}: “{texto}” {porque}. Escreva um número inteiro, de 0 em diante.")
        return None

    def _recusar(self, item: Item, mensagem: str) -> None:
        self.recusas.append(Recusa(item.codigo, mensagem))


def _folhas(escrito: Mapping[Any, Any], antes: tuple[str, ...] = ()) -> Iterable[tuple[tuple[str, ...], object]]:
    """Cada valor e o caminho até ele, de uma ou duas chaves."""
    for nome, valor in escrito.items():
        if not antes and isinstance(valor, dict | Mapping):
            yield from _folhas(valor, (str(nome),))
        else:
            yield (*antes, str(nome)), valor


@lru_cache(maxsize=4096)
def _celula(desdobramento: Desdobramento, caminho: tuple[str, ...]) -> Celula | None:
    """O quadrinho de {sexo: {faixa}}, {faixa: {sexo}}, "sexo faixa" ou da letra da coluna na base publicada.

    Onde só há sexo, ou só uma faixa, basta o sexo.
    """
    nomes = [parte for nome in caminho for parte in _partes(nome)]
    sexos = {sexo: sexo for sexo in desdobramento.sexos}
    sexos |= {letra: sexo for letra, sexo in _SEXO_POR_LETRA.items() if sexo in sexos}
    faixas = {_faixa(faixa.nome): faixa.nome for faixa in desdobramento.faixas}
    if len(nomes) == 1:
        if len(faixas) == 1 and nomes[0] in sexos:
            return Celula(sexos[nomes[0]], desdobramento.faixas[0].nome)
        return next((celula for celula, letra in desdobramento.sufixos.items() if letra == nomes[0]), None)
    achados = [sexos[nome] for nome in nomes if nome in sexos]
    idades = [faixas[_faixa(nome)] for nome in nomes if nome not in sexos and _faixa(nome) in faixas]
    return Celula(achados[0], idades[0]) if len(nomes) == 2 and len(achados) == len(idades) == 1 else None


def _partes(nome: str) -> list[str]:
    """ "masculino, 0 a 12 anos" e "m_0_12" são um sexo e uma faixa; o resto é uma coisa só."""
    limpo = nome.strip().lower()
    junto = re.fullmatch(r"(masculino|feminino|m|f)[\s,_]+(.+)", limpo)
    return [junto[1], junto[2]] if junto else [limpo]


def _faixa(nome: str) -> str:
    """A faixa como se compara: "0 a 12 anos", "0-12" e "0_12" são a mesma; "60 anos ou mais" e "60+" também."""
    limpo = re.sub(r"\banos?\b", "", nome)
    limpo = re.sub(r"\s*(ou mais|e mais)\s*", "+", limpo)
    limpo = re.sub(r"\s*(-|–|_|\ba\b)\s*", "-", limpo)
    return limpo.replace(" ", "")
