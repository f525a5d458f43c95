"""Conferir uma planilha inteira: células, linhas, repetição, território, e o que mudaria. Nada grava."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from suas.nucleo.importacoes.registro import Coluna, Falta, Importador, Linha, Pedido
from suas.nucleo.permissoes.abrangencia import contem
from suas.nucleo.planilhas.celulas import CelulaRecusada, Jeito, usa_ponto_decimal
from suas.nucleo.planilhas.quadro import Quadro

Tipo = Literal["nova", "mudada", "igual"]
TIPOS: tuple[Tipo, ...] = ("nova", "mudada", "igual")
PASSO = 500


@dataclass(frozen=True, kw_only=True)
class CelulaComFalta:
    """Uma falta no lugar: a linha do arquivo, o código da coluna (vazio: a linha), o que está escrito e o que fazer."""

    linha: int
    coluna: str
    escrito: str
    mensagem: str
    rotulo: str = ""
    de_fora: bool = False


@dataclass(frozen=True, kw_only=True)
class LinhaConferida:
    """Uma linha sem falta: o que é dela e, de cada coluna, o que há hoje e o que passaria a ser, por extenso.

    `ficam`: as colunas em que vale o já gravado, e o que a planilha diz delas.
    """

    numero: int
    tipo: Tipo
    rotulo: str
    celulas: tuple[tuple[str, str, str], ...]
    ficam: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Previa:
    """O que aconteceria se a planilha fosse aplicada agora.

    `deixadas` são as linhas que a pessoa deixou de fora; `outras`, as que não são do que se pediu (outro ano).
    """

    gerais: tuple[str, ...]
    faltas: tuple[CelulaComFalta, ...]
    linhas: tuple[LinhaConferida, ...]
    deixadas: int
    outras: int = 0

    @property
    def contagem(self) -> dict[str, int]:
        """Quantas linhas de cada tipo."""
        return {tipo: sum(linha.tipo == tipo for linha in self.linhas) for tipo in TIPOS}

    @property
    def linhas_com_falta(self) -> list[int]:
        return sorted({falta.linha for falta in self.faltas})

    @property
    def linhas_de_fora_da_abrangencia(self) -> list[int]:
        return sorted({falta.linha for falta in self.faltas if falta.de_fora})

    def em_bytes(self) -> bytes:
        """Para guardar; `de_bytes` faz o caminho de volta."""
        dados = {
            "gerais": self.gerais,
            "faltas": [[f.linha, f.coluna, f.escrito, f.mensagem, f.rotulo, f.de_fora] for f in self.faltas],
            "linhas": [[li.numero, li.tipo, li.rotulo, li.celulas, li.ficam] for li in self.linhas],
            "deixadas": self.deixadas,
            "outras": self.outras,
        }
        return zlib.compress(json.dumps(dados, ensure_ascii=False, separators=(",", ":")).encode(), 1)

    @classmethod
    def de_bytes(cls, guardado: bytes) -> Previa:
        """A prévia guardada por `em_bytes`."""
        dados = json.loads(zlib.decompress(guardado))
        campos = ("linha", "coluna", "escrito", "mensagem", "rotulo", "de_fora")
        return cls(
            gerais=tuple(dados["gerais"]),
            faltas=tuple(CelulaComFalta(**dict(zip(campos, falta, strict=True))) for falta in dados["faltas"]),
            linhas=tuple(
                LinhaConferida(
                    numero=n,
                    tipo=t,
                    rotulo=r,
                    celulas=tuple((c, a, d) for c, a, d in celulas),
                    ficam=tuple((c, d) for ficam in mais for c, d in ficam),
                )
                # a prévia guardada por uma versão anterior não diz o que fica
                for n, t, r, celulas, *mais in dados["linhas"]
            ),
            deixadas=dados["deixadas"],
            outras=dados.get("outras", 0),
        )


@dataclass(frozen=True, kw_only=True)
class Escolhas:
    """O que a pessoa decidiu na tela: que coluna é cada uma (posição → código), células corrigidas, linhas de fora."""

    destinos: Mapping[int, str]
    correcoes: Mapping[str, str] = field(default_factory=dict)
    de_fora: frozenset[int] = frozenset()
    decimal_com_ponto: bool = False


@dataclass(frozen=True, kw_only=True)
class Conferida:
    """A prévia e, para quem vai aplicar, as linhas novas e mudadas com o conjunto que as conferiu."""

    previa: Previa
    a_gravar: tuple[Linha, ...]
    conjunto: Any


def sugerir_destinos(importador: Importador, colunas: tuple[str, ...]) -> dict[int, str]:
    """Que coluna é cada uma, pelo nome; nenhuma serve duas vezes."""
    destinos: dict[int, str] = {}
    for posicao, nome in enumerate(colunas):
        coluna = importador.de_nome(nome)
        if coluna is not None and coluna.codigo not in destinos.values():
            destinos[posicao] = coluna.codigo
    return destinos


def parece_com_ponto(importador: Importador, quadro: Quadro, destinos: Mapping[int, str]) -> bool:
    """As colunas de número desta planilha usam ponto decimal?"""
    numeros = [posicao for posicao, codigo in destinos.items() if codigo and importador.coluna(codigo).numero]
    return usa_ponto_decimal(celulas[posicao] for _, celulas in quadro.linhas for posicao in numeros)


def conferir(
    importador: Importador,
    quadro: Quadro,
    escolhas: Escolhas,
    pedido: Pedido,
    *,
    conte: Callable[[str, int, int], None] = lambda etapa, feito, total: None,
) -> Conferida:
    """Confere tudo com as correções e compara com o que está gravado."""
    deixadas = sum(numero in escolhas.de_fora for numero, _ in quadro.linhas)
    gerais = _faltas_gerais(importador, escolhas)
    if gerais:
        vazia = Previa(gerais=gerais, faltas=(), linhas=(), deixadas=deixadas)
        return Conferida(previa=vazia, a_gravar=(), conjunto=None)
    conferente = _Conferente(importador, escolhas, pedido)
    total, exemplos = len(quadro.linhas), 0
    for feito, (numero, celulas) in enumerate(quadro.linhas):
        if feito % PASSO == 0:
            conte("Conferindo as linhas", feito, total)
        if conferente.e_o_exemplo(celulas):
            exemplos += 1
        elif numero not in escolhas.de_fora:
            conferente.ler(numero, celulas)
    previa = Previa(
        gerais=()
        if total > deixadas + exemplos + conferente.outras
        else ("A planilha não tem nenhuma linha para importar.",),
        faltas=tuple(conferente.faltas),
        linhas=tuple(conferente.linhas),
        deixadas=deixadas,
        outras=conferente.outras,
    )
    return Conferida(previa=previa, a_gravar=tuple(conferente.a_gravar), conjunto=conferente.conjunto)


def _faltas_gerais(importador: Importador, escolhas: Escolhas) -> tuple[str, ...]:
    """O que falta ou sobra nas colunas, antes de olhar as linhas."""
    usados = [codigo for codigo in escolhas.destinos.values() if codigo]
    repetidas = sorted({codigo for codigo in usados if usados.count(codigo) > 1})
    faltam = [c.nome for c in importador.colunas if c.obrigatoria and c.codigo not in usados]
    mensagens = [
        f"Duas colunas da planilha estão indicadas como “{importador.coluna(codigo).nome}”. Deixe uma só."
        for codigo in repetidas
    ]
    if faltam:
        quais = "”, “".join(faltam)
        mensagens.append(f"Diga qual coluna da planilha é “{quais}”, no quadro das colunas.")
    return tuple(mensagens)


class _Conferente:
    """Lê linha por linha, juntando faltas e comparações."""

    def __init__(self, importador: Importador, escolhas: Escolhas, pedido: Pedido) -> None:
        self.importador = importador
        self.escolhas = escolhas
        self.pedido = pedido
        self.jeito = Jeito(decimal_com_ponto=escolhas.decimal_com_ponto)
        self.conjunto = importador.preparar(pedido)
        self.colunas: list[tuple[int, Coluna]] = [
            (posicao, importador.coluna(codigo)) for posicao, codigo in sorted(escolhas.destinos.items()) if codigo
        ]
        self.corrigidas = {int(chave.split(":", 1)[0]) for chave in escolhas.correcoes}
        self.vistas: dict[Hashable, int] = {}
        self.lidos: dict[tuple[str, str], Any] = {}
        self.faltas: list[CelulaComFalta] = []
        self.linhas: list[LinhaConferida] = []
        self.a_gravar: list[Linha] = []
        self.outras = 0

    def e_o_exemplo(self, celulas: list[str]) -> bool:
        """É a linha de exemplo do modelo, que alguém deixou?"""
        return len(self.colunas) > 1 and all(celulas[posicao] == coluna.exemplo for posicao, coluna in self.colunas)

    def ler(self, numero: int, celulas: list[str]) -> None:
        """Confere uma linha: com uma falta ela não se compara nem se grava."""
        valores, textos, faltas = self._valores(numero, celulas)
        linha = Linha(numero=numero, valores=valores)
        if self.importador.de_lado(linha, self.conjunto):
            self.outras += 1
            return
        rotulo, de_fora = "", False
        if not faltas:
            rotulo = self.importador.rotulo(linha, self.conjunto)
            faltas = list(self._da_linha(linha))
            de_fora = not faltas and not self._alcanca(linha)
            if de_fora:
                faltas = [Falta(coluna="", mensagem=f"{rotulo or 'Esta linha'} está fora da sua abrangência.")]
        if faltas:
            self.faltas += [
                CelulaComFalta(
                    linha=numero,
                    coluna=falta.coluna,
                    escrito=textos.get(falta.coluna, ""),
                    mensagem=falta.mensagem,
                    rotulo=rotulo,
                    de_fora=de_fora,
                )
                for falta in faltas
            ]
            return
        self._comparar(linha, rotulo)

    def _valores(self, numero: int, celulas: list[str]) -> tuple[dict[str, Any], dict[str, str], list[Falta]]:
        valores: dict[str, Any] = {}
        textos: dict[str, str] = {}
        faltas: list[Falta] = []
        corrigida = numero in self.corrigidas
        for posicao, coluna in self.colunas:
            codigo = coluna.codigo
            escrito = celulas[posicao]
            if corrigida:
                escrito = self.escolhas.correcoes.get(f"{numero}:{codigo}", escrito).strip()
            if not escrito or escrito in coluna.em_branco:
                if coluna.obrigatoria:
                    faltas.append(Falta(coluna=codigo, mensagem=f"Falta preencher. {coluna.ajuda}"))
                continue
            textos[codigo] = escrito
            chave = (codigo, escrito)
            try:
                # o mesmo texto repete muito (município, tipo, sim e não): cada um se lê uma vez
                valores[codigo] = self.lidos[chave] if chave in self.lidos else self._ler(coluna, escrito)
            except CelulaRecusada as recusa:
                faltas.append(Falta(coluna=codigo, mensagem=str(recusa)))
        return valores, textos, faltas

    def _ler(self, coluna: Coluna, escrito: str) -> Any:
        valor = coluna.ler(escrito, self.jeito)
        self.lidos[coluna.codigo, escrito] = valor
        return valor

    def _da_linha(self, linha: Linha) -> Iterator[Falta]:
        faltas = list(self.importador.conferir(linha, self.conjunto))
        yield from faltas
        if faltas:
            return
        chave = self.importador.chave(linha, self.conjunto)
        if (primeira := self.vistas.setdefault(chave, linha.numero)) != linha.numero:
            yield Falta(coluna="", mensagem=f"É o mesmo da linha {primeira}. Deixe uma das duas de fora.")

    def _alcanca(self, linha: Linha) -> bool:
        return contem(self.pedido.abrangencia, self.importador.territorio(linha, self.conjunto))

    def _comparar(self, linha: Linha, rotulo: str) -> None:
        atual = self.importador.atual(linha, self.conjunto)
        if atual is None:
            tipo: Tipo = "nova"
            mudam = [(coluna, None) for _, coluna in self.colunas if coluna.codigo in linha.valores]
        else:
            mudam = [
                (coluna, atual.get(coluna.codigo))
                for _, coluna in self.colunas
                if coluna.codigo in linha.valores and atual.get(coluna.codigo) != linha.valores[coluna.codigo]
            ]
            tipo = "mudada" if mudam else "igual"
        ficam = self.importador.ficam(linha, self.conjunto) if tipo == "mudada" else frozenset()
        celulas = tuple(
            (coluna.codigo, "" if antes is None else coluna.escrever(antes), coluna.escrever(linha[coluna.codigo]))
            for coluna, antes in mudam
            if coluna.codigo not in ficam
        )
        que_ficam = tuple((c.codigo, c.escrever(linha[c.codigo])) for c, _ in mudam if c.codigo in ficam)
        conferida = LinhaConferida(numero=linha.numero, tipo=tipo, rotulo=rotulo, celulas=celulas, ficam=que_ficam)
        self.linhas.append(conferida)
        if tipo != "igual":
            self.a_gravar.append(linha)
