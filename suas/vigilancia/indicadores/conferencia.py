"""A prévia de uma importação: o que a planilha diz, célula por célula, depois das correções da tela. Nada grava."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from suas.cadastros.territorio.models import Municipio, Populacao
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.cadastros.territorio.planilha import (
    COLUNAS_DE_CODIGO,
    COLUNAS_DE_POPULACAO,
    MILHARES,
    Codigos,
    coluna_entre,
    erro_de_populacao,
    nome_de_coluna,
    sem_milhares,
)
from suas.nucleo.planilhas.leitura import Linha, Planilha
from suas.nucleo.planilhas.pastas import ler_planilha
from suas.vigilancia.indicadores import consultas
from suas.vigilancia.indicadores.models import Importacao, Indicador, Valor
from suas.vigilancia.indicadores.numeros import ValorRecusado, ler_valor

CODIGO, ANO, IGNORAR = "codigo", "ano", ""
MUDANCAS_NA_PREVIA = 20
NUMERO_COM_VIRGULA = re.compile(r"(R\$ ?)?-?[0-9.]+,[0-9]+ ?%?")
POPULACAO = "populacao:"
DESTINOS_DE_POPULACAO = {f"{POPULACAO}{tipo.value}": f"População ({tipo.label})" for tipo in Populacao.Tipo}


@dataclass(frozen=True, kw_only=True)
class Celula:
    """Uma célula com falta: onde está no arquivo, o que traz agora (já corrigida ou não) e o que fazer."""

    linha: int
    coluna: str
    valor: str
    mensagem: str
    lugar: str = ""
    fora_da_abrangencia: bool = False

    @property
    def chave(self) -> str:
        """Como a correção desta célula é guardada."""
        return f"{self.linha}:{self.coluna}"


@dataclass(frozen=True, kw_only=True)
class NaPlanilha:
    """Um valor conferido, pronto para gravar."""

    destino: str
    municipio: str
    valor: str


@dataclass(frozen=True, kw_only=True)
class Mudanca:
    """Um valor que a planilha gravaria: o lugar por extenso, o que há hoje (None se nada) e o que passaria a ser."""

    destino: str
    lugar: str
    antes: str | None
    depois: str


@dataclass(frozen=True, kw_only=True)
class Previa:
    """O que aconteceria se a planilha fosse aplicada agora."""

    planilha: Planilha
    destinos: Mapping[str, str]
    faltas: tuple[Celula, ...]
    valores: tuple[NaPlanilha, ...]
    vazias: Mapping[str, int]
    de_outro_ano: int
    deixadas_de_fora: int
    novos: int
    mudados: int
    iguais: int
    mudancas: tuple[Mudanca, ...]
    decifrados: int
    ponto_duvidoso: str

    @property
    def linhas_com_falta(self) -> list[int]:
        """Os números das linhas com alguma falta, sem a do cabeçalho."""
        return sorted({falta.linha for falta in self.faltas if falta.coluna})

    @property
    def linhas_de_outro_territorio(self) -> list[int]:
        """Os números das linhas de municípios que não são desta abrangência."""
        return sorted({falta.linha for falta in self.faltas if falta.fora_da_abrangencia})

    @property
    def pode_aplicar(self) -> bool:
        """Sem faltas e com algo a gravar, ainda que tudo já esteja igual."""
        return not self.faltas and bool(self.valores)


def destinos_aceitos() -> set[str]:
    """Tudo o que uma coluna pode ser."""
    codigos = consultas.indicadores().values_list("pk", flat=True)
    return {IGNORAR, CODIGO, ANO, *DESTINOS_DE_POPULACAO, *codigos}


def sugerir_destinos(planilha: Planilha, *, com_populacao: bool) -> dict[str, str]:
    """Adivinha, pelo nome, o que cada coluna é; a pessoa confirma ou muda na tela."""
    por_nome = {nome_de_busca(i.nome): i.pk for i in consultas.indicadores()}
    codigos = set(por_nome.values())
    do_codigo = coluna_entre(planilha, COLUNAS_DE_CODIGO)
    da_populacao = coluna_entre(planilha, COLUNAS_DE_POPULACAO) if com_populacao else None
    destinos: dict[str, str] = {}
    for coluna in planilha.colunas:
        chamada = nome_de_coluna(coluna)
        if coluna == do_codigo:
            destinos[coluna] = CODIGO
        elif chamada == "ano":
            destinos[coluna] = ANO
        elif coluna == da_populacao:
            destinos[coluna] = f"{POPULACAO}{Populacao.Tipo.ESTIMATIVA.value}"
        else:
            destinos[coluna] = chamada if chamada in codigos else por_nome.get(nome_de_busca(coluna), IGNORAR)
    return destinos


def parece_com_virgula(planilha: Planilha, destinos: Mapping[str, str]) -> bool:
    """Há um número com vírgula em alguma coluna, reconhecida ou não? Então ela é a decimal, e o ponto, de milhares."""
    colunas = [coluna for coluna in planilha.colunas if destinos.get(coluna) not in {CODIGO, ANO}]
    return any(
        "," in linha.celulas[coluna] and NUMERO_COM_VIRGULA.fullmatch(linha.celulas[coluna])
        for linha in planilha.linhas
        for coluna in colunas
    )


def conferir(importacao: Importacao) -> Previa:
    """Confere a planilha inteira com as correções já feitas e compara com o que está gravado."""
    leitor = _Leitor(importacao)
    for linha in leitor.planilha.linhas:
        leitor.ler(linha)
    contagem, mudancas = _comparar(importacao, leitor)
    return Previa(
        planilha=leitor.planilha,
        destinos=leitor.destinos,
        faltas=(*leitor.faltas_gerais(), *leitor.faltas),
        valores=tuple(leitor.valores),
        vazias=leitor.vazias,
        de_outro_ano=leitor.de_outro_ano,
        deixadas_de_fora=len(leitor.de_fora),
        novos=contagem["novos"],
        mudados=contagem["mudados"],
        iguais=contagem["iguais"],
        mudancas=mudancas,
        decifrados=leitor.decifrados,
        ponto_duvidoso=leitor.ponto_duvidoso(),
    )


class _Leitor:
    """Lê linha por linha, guardando valores, faltas e contagens."""

    def __init__(self, importacao: Importacao) -> None:
        self.importacao = importacao
        self.planilha = ler_planilha(bytes(importacao.conteudo))
        self.destinos = {c: importacao.destinos.get(c, IGNORAR) for c in self.planilha.colunas}
        self.indicadores = Indicador.objects.in_bulk([d for d in self.destinos.values() if d])
        self.codigos = Codigos(ano=importacao.ano, abrangencia=importacao.abrangencia)
        self.de_fora = set(importacao.de_fora)
        self.valores: list[NaPlanilha] = []
        self.faltas: list[Celula] = []
        self.vazias: Counter[str] = Counter()
        self.de_outro_ano = 0
        self.decifrados = 0
        self.lugar = ""
        self.coluna_do_codigo = next((c for c, d in self.destinos.items() if d == CODIGO), None)
        self.coluna_do_ano = next((c for c, d in self.destinos.items() if d == ANO), None)

    def faltas_gerais(self) -> list[Celula]:
        """O que falta na planilha como um todo; na linha 1, a do cabeçalho."""
        if self.coluna_do_codigo is None:
            mensagem = "Nenhuma coluna foi indicada como código do município. Escolha qual é, no quadro das colunas."
            return [Celula(linha=1, coluna="", valor="", mensagem=mensagem)]
        usados = [d for d in self.destinos.values() if d not in {CODIGO, ANO, IGNORAR}]
        if not usados:
            mensagem = "Nenhuma coluna foi indicada como indicador. Escolha ao menos uma, no quadro das colunas."
            return [Celula(linha=1, coluna="", valor="", mensagem=mensagem)]
        return [
            Celula(linha=1, coluna="", valor="", mensagem=f"Duas colunas foram indicadas como {destino}. Deixe uma só.")
            for destino, vezes in Counter([*usados, *(d for d in self.destinos.values() if d == CODIGO)]).items()
            if vezes > 1
        ]

    def ler(self, linha: Linha) -> None:
        """Confere uma linha; com o código errado, os valores dela também não valem."""
        if linha.numero in self.de_fora or self.coluna_do_codigo is None:
            return
        if not self._e_do_ano(linha):
            return
        escrito = self._texto(linha, self.coluna_do_codigo)
        codigo = self.codigos.codigo_de(escrito)
        self.decifrados += codigo != escrito
        self.lugar = self.codigos.lugar(codigo)
        erro = self.codigos.erro(codigo, linha=linha.numero)
        if erro:
            de_fora = self.codigos.fora_da_abrangencia(codigo)
            self._falta(linha, self.coluna_do_codigo, escrito, erro, fora_da_abrangencia=de_fora)
            if de_fora:
                return
        for coluna, destino in self.destinos.items():
            if destino not in {CODIGO, ANO, IGNORAR}:
                self._ler_valor(linha, coluna, destino, codigo, vale=not erro)

    def _e_do_ano(self, linha: Linha) -> bool:
        """Só entram as linhas do ano da importação; a que não diz ano nenhum é uma falta."""
        if self.coluna_do_ano is None:
            return True
        ano = self._texto(linha, self.coluna_do_ano)
        if ano == str(self.importacao.ano):
            return True
        if re.fullmatch(r"[0-9]{4}", ano):
            self.de_outro_ano += 1
            return False
        o_que_ha = f"“{ano}” não é um ano." if ano else "falta o ano desta linha."
        mensagem = f"{o_que_ha} Escreva {self.importacao.ano} se ela é desse ano, ou deixe a linha de fora."
        self.lugar = ""
        self._falta(linha, self.coluna_do_ano, ano, mensagem)
        return False

    def ponto_duvidoso(self) -> str:
        """Um número como “1.234”, se todos os pontos da planilha podem ser de milhares e estão lidos como decimais."""
        if self.importacao.decimal_com_virgula:
            return ""
        com_casas = [c for c, d in self.destinos.items() if d in self.indicadores and self._tem_casas(d)]
        com_ponto = [
            texto for linha in self.planilha.linhas for c in com_casas if "." in (texto := self._texto(linha, c))
        ]
        return com_ponto[0] if com_ponto and all(MILHARES.fullmatch(texto) for texto in com_ponto) else ""

    def _tem_casas(self, destino: str) -> bool:
        return self.indicadores[destino].tipo == Indicador.Tipo.DECIMAL

    def _ler_valor(self, linha: Linha, coluna: str, destino: str, codigo: str, *, vale: bool) -> None:
        texto = self._texto(linha, coluna)
        if not texto:
            self.vazias[coluna] += 1
            return
        if destino.startswith(POPULACAO):
            limpo = sem_milhares(texto)
            erro = erro_de_populacao(limpo)
            if erro:
                self._falta(linha, coluna, texto, erro)
                return
        else:
            try:
                limpo = ler_valor(
                    texto, indicador=self.indicadores[destino], com_virgula=self.importacao.decimal_com_virgula
                )
            except ValorRecusado as recusa:
                self._falta(linha, coluna, texto, str(recusa))
                return
        if vale:
            self.valores.append(NaPlanilha(destino=destino, municipio=codigo, valor=limpo))

    def _texto(self, linha: Linha, coluna: str) -> str:
        return str(self.importacao.correcoes.get(f"{linha.numero}:{coluna}", linha.celulas[coluna])).strip()

    def _falta(
        self, linha: Linha, coluna: str, valor: str, mensagem: str, *, fora_da_abrangencia: bool = False
    ) -> None:
        falta = Celula(
            linha=linha.numero,
            coluna=coluna,
            valor=valor,
            mensagem=mensagem,
            lugar=self.lugar,
            fora_da_abrangencia=fora_da_abrangencia,
        )
        self.faltas.append(falta)


def _comparar(importacao: Importacao, leitor: _Leitor) -> tuple[Counter[str], tuple[Mudanca, ...]]:
    """Conta os novos, os mudados e os iguais (valor, fonte e se é sintético); as primeiras mudanças, por extenso."""
    gravados = _gravados(importacao, {v.destino for v in leitor.valores})
    contagem: Counter[str] = Counter()
    por_tipo: dict[str, list[NaPlanilha]] = {"mudados": [], "novos": [], "iguais": []}
    for v in leitor.valores:
        sintetico = False if v.destino.startswith(POPULACAO) else importacao.sintetico
        atual = gravados.get((v.destino, v.municipio))
        tipo = "novos" if atual is None else "iguais" if atual == (v.valor, importacao.fonte, sintetico) else "mudados"
        contagem[tipo] += 1
        por_tipo[tipo].append(v)
    mudancas = tuple(
        Mudanca(
            destino=v.destino,
            lugar=leitor.codigos.lugar(v.municipio),
            antes=atual[0] if (atual := gravados.get((v.destino, v.municipio))) else None,
            depois=v.valor,
        )
        for v in (por_tipo["mudados"] + por_tipo["novos"])[:MUDANCAS_NA_PREVIA]
    )
    return contagem, mudancas


def _gravados(importacao: Importacao, destinos: set[str]) -> dict[tuple[str, str], tuple[str, str, bool]]:
    """O que já está gravado no ano da importação: (destino, município) → valor, fonte e se difere no tipo de dado."""
    gravados: dict[tuple[str, str], tuple[str, str, bool]] = {}
    for destino in destinos:
        if destino.startswith(POPULACAO):
            for p in Populacao.objects.filter(ano=importacao.ano):
                gravados[destino, p.municipio_id] = (str(p.habitantes), p.fonte, f"{POPULACAO}{p.tipo}" != destino)
            continue
        linhas = Valor.objects.filter(indicador_id=destino, ano=importacao.ano)
        for codigo, valor, fonte, sintetico in linhas.values_list("municipio_id", "valor", "fonte", "sintetico"):
            gravados[destino, codigo] = (valor, fonte, sintetico)
    return gravados


def faltam_municipios(previa: Previa, importacao: Importacao) -> dict[str, int]:
    """Por destino, quantos municípios da abrangência, contados no ano, a planilha não traz."""
    existentes = set(
        Municipio.objects.existentes_em(importacao.ano)
        .da_abrangencia(importacao.abrangencia)
        .values_list("pk", flat=True)
    )
    trazidos: dict[str, set[str]] = {}
    for v in previa.valores:
        trazidos.setdefault(v.destino, set()).add(v.municipio)
    return {destino: len(existentes - codigos) for destino, codigos in trazidos.items()}
