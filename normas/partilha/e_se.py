"""E se um dado fosse outro: recalcula a partilha e diz o que faria um município subir."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from normas.base.numeros import com_virgula
from normas.base.planilha import Falha, Linha
from normas.partilha.calculo import Cota, Resultado, Situacao, partilhar
from normas.partilha.caminho import Caminho
from normas.partilha.entrada import conferir_linhas
from normas.partilha.memoria import municipios_da_memoria, opcoes_da_memoria
from normas.partilha.rotulos import ROTULO_DA_COLUNA
from normas.partilha.vizinhanca import Lugar, Vizinhanca, limite_de_piora, montar_vizinhanca

UMA_POSICAO = "uma posição acima"
O_RECURSO = "ser contemplado"


class AlteracaoRecusada(ValueError):
    """O valor proposto não serve; `falhas` diz cada motivo."""

    def __init__(self, falhas: tuple[Falha, ...]) -> None:
        super().__init__(" ".join(falha.mensagem for falha in falhas))
        self.falhas = falhas


@dataclass(frozen=True, slots=True, kw_only=True)
class Posicao:
    """Como um município fica: índice em texto, ordem, situação, motivo e cota em centavos."""

    indice: str
    ordem: int | None
    situacao: str
    motivo: str
    valor_partilhado: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteracao:
    """A partilha antes e depois de um dado mudar.

    `mudaram` são trios (código, cota antes, cota depois) de quem passou a receber outro valor.
    """

    antes: Posicao
    depois: Posicao
    mudaram: tuple[tuple[str, int, int], ...]
    resultado: Resultado


@dataclass(frozen=True, slots=True, kw_only=True)
class Mudanca:
    """O que um dado teria de valer, com tudo o mais igual; `valor_necessario` vazio é impossível."""

    coluna: str
    rotulo: str
    alvo: str
    valor_atual: str
    valor_necessario: str
    explicacao: str
    ordem: int
    situacao: str
    valor_partilhado: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ParaSubir:
    """Uma mudança por indicador para subir uma posição, e outra para ser contemplado.

    Vazias quando não há o que subir: já é o primeiro, já recebe, ou não disputa o recurso.
    """

    posicao: tuple[Mudanca, ...]
    recurso: tuple[Mudanca, ...]


def com_alteracao(*, memoria: Mapping[str, Any], codigo_ibge: str, coluna: str, valor: str) -> Alteracao:
    """Recalcula a partilha inteira com um dado do município trocado por `valor`, em texto.

    Erros: `MunicipioForaDaPartilha`; `AlteracaoRecusada` quando o valor ou a coluna não serve;
    `PartilhaRecusada` quando, assim, ninguém é vulnerável. A memória precisa estar inteira.
    """
    caminho = Caminho.de(memoria=memoria, codigo_ibge=codigo_ibge)
    opcoes = opcoes_da_memoria(memoria)
    if coluna not in opcoes.colunas_da_entrada[2:]:
        mensagem = f"“{coluna}” não é um dado desta partilha."
        raise AlteracaoRecusada((Falha(linha=1, coluna=coluna, valor=valor, mensagem=mensagem),))
    celulas = {c: str(v) for c, v in caminho.linha["entrada"].items()}
    celulas |= {"codigo_ibge": codigo_ibge, "uf": caminho.uf, coluna: valor}
    leitura = conferir_linhas(linhas=[Linha(1, celulas)], opcoes=opcoes)
    if leitura.falhas:
        raise AlteracaoRecusada(leitura.falhas)
    municipios = [
        replace(leitura.municipios[0], origens=municipio.origens) if municipio.codigo_ibge == codigo_ibge else municipio
        for municipio in municipios_da_memoria(memoria)
    ]
    resultado = partilhar(municipios=municipios, opcoes=opcoes)
    antes = {linha["codigo_ibge"]: linha["valor_partilhado"] for linha in memoria["municipios"]}
    return Alteracao(
        antes=_posicao_na_memoria(caminho.linha),
        depois=next(_posicao(cota) for cota in resultado.cotas if cota.municipio.codigo_ibge == codigo_ibge),
        mudaram=tuple(
            (cota.municipio.codigo_ibge, antes[cota.municipio.codigo_ibge], cota.valor_partilhado)
            for cota in resultado.cotas
            if cota.valor_partilhado != antes[cota.municipio.codigo_ibge]
        ),
        resultado=resultado,
    )


def _posicao_na_memoria(linha: Mapping[str, Any]) -> Posicao:
    return Posicao(
        indice=linha.get("indice_decimal", "").replace(".", ","),
        ordem=linha.get("ordem"),
        situacao=linha["situacao"],
        motivo=linha["motivo"],
        valor_partilhado=linha["valor_partilhado"],
    )


def _posicao(cota: Cota) -> Posicao:
    prioridade = cota.prioridade
    return Posicao(
        indice=com_virgula(prioridade.indice, casas=6) if prioridade else "",
        ordem=prioridade.ordem if prioridade else None,
        situacao=cota.situacao.value,
        motivo=cota.motivo,
        valor_partilhado=cota.valor_partilhado,
    )


def para_subir(*, memoria: Mapping[str, Any], codigo_ibge: str) -> ParaSubir:
    """Diz, indicador por indicador, que valor faria o município subir, com tudo o mais igual.

    Subir na fila é ter um dado pior: a prioridade é de quem está em pior situação. O valor é
    procurado até o limite possível: todos vulneráveis, zero reais, ou o pior valor observado do
    indicador complementar. A escala muda quando o próprio município é um extremo dela. `memoria` é a
    inteira ou o recorte da UF (`recortar`).

    Erros: `MunicipioForaDaPartilha`.
    """
    caminho = Caminho.de(memoria=memoria, codigo_ibge=codigo_ibge)
    if not caminho.classificado:
        return ParaSubir(posicao=(), recurso=())
    vizinhancas = montar_vizinhanca(caminho)
    subir = caminho.linha["ordem"] > 1
    disputa = caminho.linha["situacao"] == Situacao.NAO_ALCANCADO.value
    return ParaSubir(
        posicao=tuple(_mudanca(v, UMA_POSICAO) for v in vizinhancas) if subir else (),
        recurso=tuple(_mudanca(v, O_RECURSO) for v in vizinhancas) if disputa else (),
    )


def _mudanca(vizinhanca: Vizinhanca, alvo: str) -> Mudanca:
    ordem = vizinhanca.caminho.linha["ordem"]
    passos = limite_de_piora(vizinhanca)
    achado = _menor_piora(vizinhanca, alvo, ordem, passos) if passos else None
    valor = vizinhanca.valor_em(passos if achado is None else achado)
    lugar = vizinhanca.lugar(valor) if passos else vizinhanca.lugar_atual
    return Mudanca(
        coluna=vizinhanca.coluna,
        rotulo=ROTULO_DA_COLUNA[vizinhanca.coluna],
        alvo=alvo,
        valor_atual=_texto(vizinhanca, vizinhanca.atual),
        valor_necessario="" if achado is None else _texto(vizinhanca, valor),
        explicacao=_explicacao(vizinhanca, alvo, achado is not None, valor, lugar),
        ordem=lugar.ordem,
        situacao=_situacao(vizinhanca, lugar).value,
        valor_partilhado=lugar.valor_partilhado,
    )


def _menor_piora(vizinhanca: Vizinhanca, alvo: str, ordem: int, passos: int) -> int | None:
    """O menor número de passos que atinge o alvo, por bissecção; `None` se nem o limite atinge."""

    def atinge(passo: int) -> bool:
        lugar = vizinhanca.lugar(vizinhanca.valor_em(passo), distribuir_recurso=alvo == O_RECURSO)
        return lugar.ordem < ordem if alvo == UMA_POSICAO else lugar.valor_partilhado > 0

    if not atinge(passos):
        return None
    nao_atinge, ja_atinge = 0, passos
    while ja_atinge - nao_atinge > 1:
        meio = (nao_atinge + ja_atinge) // 2
        if atinge(meio):
            ja_atinge = meio
        else:
            nao_atinge = meio
    return ja_atinge


def _situacao(vizinhanca: Vizinhanca, lugar: Lugar) -> Situacao:
    agora = Situacao(vizinhanca.caminho.linha["situacao"])
    if agora in (Situacao.CONTEMPLADO, Situacao.NAO_ALCANCADO):
        return Situacao.CONTEMPLADO if lugar.valor_partilhado else Situacao.NAO_ALCANCADO
    return agora


def _texto(vizinhanca: Vizinhanca, valor: Fraction) -> str:
    texto = com_virgula(valor, casas=vizinhanca.casas)
    return f"R$ {texto}" if vizinhanca.coluna.endswith("per_capita") else texto


def _explicacao(vizinhanca: Vizinhanca, alvo: str, atingido: bool, valor: Fraction, lugar: Lugar) -> str:
    rotulo = ROTULO_DA_COLUNA[vizinhanca.coluna]
    para = "subir uma posição" if alvo == UMA_POSICAO else "ser contemplado"
    if valor == vizinhanca.atual:
        return f"{rotulo} já está no limite; por aqui não há como {para}."
    if not atingido:
        return f"Nem com {_texto(vizinhanca, valor)} o município chegaria a {para}."
    return (
        f"Com {_texto(vizinhanca, valor)} em vez de {_texto(vizinhanca, vizinhanca.atual)}, e tudo "
        f"o mais igual, seria o {lugar.ordem}º da fila."
    )
