"""Os três passos e a distribuição de um município, em frases com os números dele."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from normas.base.centavos import em_reais
from normas.base.fundamento import Fundamento
from normas.base.numeros import com_virgula
from normas.partilha.calculo import Situacao
from normas.partilha.caminho import Caminho
from normas.partilha.distribuicao import FUNDAMENTO_DISTRIBUICAO
from normas.partilha.opcoes import CriterioPorte
from normas.partilha.passos import FUNDAMENTO_PASSO_1, FUNDAMENTO_PASSO_2
from normas.partilha.prioridade import FUNDAMENTO_PASSO_3
from normas.partilha.rotulos import ROTULO_DA_COLUNA


@dataclass(frozen=True, slots=True, kw_only=True)
class Dado:
    """Um dado usado: nome, valor em texto, fonte e ano (vazios quando a entrada não os diz)."""

    rotulo: str
    valor: str
    fonte: str
    ano: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passo:
    """Um passo da partilha em frases, com os dados que usou e o dispositivo da norma."""

    chave: str
    titulo: str
    fundamento: Fundamento
    frases: tuple[str, ...]
    dados: tuple[Dado, ...]


def passo_1(caminho: Caminho) -> Passo:
    """Entre os portes."""
    passo, porte = caminho.memoria["passo_1"], caminho.porte
    recurso = caminho.memoria["opcoes"]["recurso_centavos"]
    if caminho.memoria["opcoes"]["criterio_porte"] == CriterioPorte.TABELA.value:
        como = f"pela tabela da norma, em que {porte} tem {passo['pesos'][porte]}%"
    else:
        como = (
            f"pela população: {porte} tem {com_virgula(passo['pesos'][porte])} dos "
            f"{com_virgula(sum(passo['pesos'].values()))} habitantes"
        )
    return Passo(
        chave="passo_1",
        titulo="1º passo: entre os portes",
        fundamento=FUNDAMENTO_PASSO_1,
        frases=(
            f"O recurso de {em_reais(recurso)} foi repartido entre os cinco portes {como}.",
            f"{porte} ficou com {em_reais(passo['valores'][porte])}.",
        ),
        dados=(_dado(caminho, "populacao"),),
    )


def passo_2(caminho: Caminho) -> Passo:
    """Entre os estados do porte."""
    passo, porte, uf = caminho.memoria["passo_2"], caminho.porte, caminho.uf
    transicao = caminho.memoria["opcoes"]["transicao_2005"] == "sim"
    coluna = "familias_pobres" if transicao else "populacao_vulneravel"
    quem = "famílias pobres" if transicao else "pessoas vulneráveis"
    pesos = passo["pesos"][porte]
    frases = list(_devolucoes(passo, porte))
    total, do_estado = sum(pesos.values()), pesos.get(uf, 0)
    if total:
        frases.append(
            f"Os {em_reais(passo['totais'][porte])} do porte foram repartidos entre os estados. "
            f"{uf} tem {com_virgula(do_estado)} das {com_virgula(total)} {quem} em municípios de "
            f"porte {porte} do país ({com_virgula(Fraction(100 * do_estado, total), casas=2)}%)."
        )
    frases.append(f"{porte} em {uf} ficou com {em_reais(caminho.grupo['passo2'])}.")
    return Passo(
        chave="passo_2",
        titulo="2º passo: entre os estados",
        fundamento=FUNDAMENTO_PASSO_2,
        frases=tuple(frases),
        dados=(_dado(caminho, coluna),),
    )


def _devolucoes(passo: Mapping[str, Any], porte: str) -> Iterable[str]:
    devolvido, recebido = passo["devolvido"], passo["recebido"].get(porte, 0)
    if porte in devolvido:
        yield (
            f"{porte} não tem quem pese neste passo no país e devolveu {em_reais(devolvido[porte])} aos outros portes."
        )
    elif recebido:
        yield (
            f"{_lista(devolvido)} não têm quem pese neste passo e devolveram "
            f"{em_reais(sum(devolvido.values()))}; {porte} recebeu {em_reais(recebido)} disso."
        )


def passo_3(caminho: Caminho) -> Passo:
    """A ordem de prioridade."""
    linha = caminho.linha
    colunas = [c for c in COLUNAS_DO_PASSO_3 if c in linha["entrada"]]
    if not caminho.classificado:
        faltam = ", ".join(ROTULO_DA_COLUNA[coluna].lower() for coluna in linha["faltam"])
        frases = [f"O município não foi classificado: falta {faltam}."]
    else:
        alto = 4 if caminho.memoria["opcoes"]["transicao_2005"] == "sim" else 5
        frases = [
            "Cada indicador virou um valor de 0 (pior situação) a 1 (melhor); a soma com os pesos "
            f"dá o índice, de 0 a {alto}, e o menor índice vem primeiro.",
            f"O índice do município é {linha['indice_decimal'].replace('.', ',')}: {_lugar(caminho)} de porte "
            f"{caminho.porte} de {caminho.uf}.",
            *_empates(caminho),
        ]
    return Passo(
        chave="passo_3",
        titulo="3º passo: a ordem de prioridade",
        fundamento=FUNDAMENTO_PASSO_3,
        frases=tuple(frases),
        dados=tuple(_dado(caminho, coluna) for coluna in colunas),
    )


def _lugar(caminho: Caminho) -> str:
    quantos = len(caminho.colegas)
    if quantos == 1:
        return "é o único município"
    return f"é o {com_virgula(caminho.linha['ordem'])}º dos {com_virgula(quantos)} municípios"


COLUNAS_DO_PASSO_3 = (
    "populacao_vulneravel",
    "populacao",
    "familias",
    "familias_pobres",
    "rcl_per_capita",
    "fnas_psb_per_capita",
    "indicador_complementar",
)


def _empates(caminho: Caminho) -> Iterable[str]:
    iguais = sum(linha["indice"] == caminho.linha["indice"] for linha in caminho.colegas) - 1
    if iguais:
        quantos = "outro município tem" if iguais == 1 else f"outros {iguais} municípios têm"
        yield (
            f"{quantos.capitalize()} o mesmo índice; no empate vem primeiro quem tem mais "
            "vulneráveis e, depois, o menor código."
        )


def passo_4(caminho: Caminho) -> Passo:
    """A distribuição: o mínimo, a fila e as sobras."""
    linha = caminho.linha
    frases: list[str] = []
    situacao = Situacao(linha["situacao"])
    if situacao in (Situacao.NAO_CLASSIFICADO, Situacao.NAO_ELEGIVEL, Situacao.MINIMO_JA_ATENDIDO):
        frases.append(f"{linha['motivo']} Por isso não recebe nesta partilha.")
    else:
        frases += _minimo(caminho)
        frases += _fila(caminho)
        frases.append(_desfecho(caminho))
    return Passo(
        chave="distribuicao",
        titulo="Distribuição na fila",
        fundamento=FUNDAMENTO_DISTRIBUICAO,
        frases=tuple(frases),
        dados=tuple(_dado(caminho, coluna) for coluna in ("adesao_suas", "nivel_gestao", "cras_cofinanciados")),
    )


def _minimo(caminho: Caminho) -> Iterable[str]:
    linha = caminho.linha
    regra = caminho.memoria["parametros"]["rede.cras_por_porte"]["valor"][caminho.porte]
    ja_tem = linha["entrada"]["cras_cofinanciados"]
    yield (
        f"O mínimo de {caminho.porte} é {linha['cras_minimo']} CRAS e "
        f"{com_virgula(ja_tem) if ja_tem else 'nenhum'} já {'têm' if ja_tem > 1 else 'tem'} cofinanciamento. "
        "Completar o mínimo "
        f"custa {linha['cras_a_financiar']} CRAS × {com_virgula(regra['familias'])} famílias × "
        f"{em_reais(caminho.memoria['opcoes']['pbf_centavos'])} × 12 meses = "
        f"{em_reais(linha['valor_minimo'])}."
    )


def _fila(caminho: Caminho) -> Iterable[str]:
    """O que aconteceu com o dinheiro deste porte, até a última vez que a fila foi percorrida."""
    for evento in caminho.eventos:
        if evento["tipo"] == "percurso":
            if evento["porte"] == caminho.porte:
                yield from _percurso(caminho, evento)
        else:
            yield from _transferencia(caminho, evento)


def _percurso(caminho: Caminho, evento: Mapping[str, Any]) -> Iterable[str]:
    pagos = evento["pagamentos"]
    inicio = f"A fila foi percorrida com {em_reais(evento['dinheiro'])}"
    if not pagos:
        yield f"{inicio} e nenhum mínimo coube."
        return
    quantos = f"{len(pagos)} municípios receberam" if len(pagos) > 1 else "1 município recebeu"
    yield f"{inicio}: {quantos} o mínimo e restaram {em_reais(pagos[-1][2])}."
    minimo = em_reais(caminho.linha["valor_minimo"])
    for codigo, valor, restou in pagos:
        if codigo == caminho.codigo:
            havia = em_reais(restou + valor)
            yield f"Na vez deste município havia {havia}: o mínimo de {minimo} coube."
            return
    if _esperava(caminho, evento):
        havia = em_reais(_na_vez(caminho, evento))
        yield f"Na vez deste município havia {havia}: o mínimo de {minimo} não coube."


def _esperava(caminho: Caminho, evento: Mapping[str, Any]) -> bool:
    """Se o município ainda estava na fila neste percurso, e não já pago num anterior."""
    for anterior in caminho.eventos:
        if anterior is evento:
            return True
        if any(pago[0] == caminho.codigo for pago in anterior.get("pagamentos", ())):
            return False
    return False


def _na_vez(caminho: Caminho, evento: Mapping[str, Any]) -> int:
    """Centavos que havia quando chegou a vez do município, se ele não foi pago."""
    ordem = {linha["codigo_ibge"]: linha["ordem"] for linha in caminho.colegas}
    havia: int = evento["dinheiro"]
    for codigo, _, restou in evento["pagamentos"]:
        if ordem[codigo] < caminho.linha["ordem"]:
            havia = restou
    return havia


def _transferencia(caminho: Caminho, evento: Mapping[str, Any]) -> Iterable[str]:
    cedido, recebido = dict(evento["de"]), dict(evento["para"])
    porte, uf = caminho.porte, caminho.uf
    if porte in cedido:
        porque = "ninguém mais esperava" if evento["regra"] == 1 else "era o mais longe de pagar"
        yield f"{porte} em {uf} cedeu {em_reais(cedido[porte])} a {_lista(recebido)}: {porque}."
    elif porte in recebido:
        porque = "onde ninguém mais esperava" if evento["regra"] == 1 else "o mais longe de pagar alguém"
        yield (
            f"Sobraram {em_reais(sum(cedido.values()))} de {_lista(cedido)} em {uf}, {porque}; "
            f"{porte} recebeu {em_reais(recebido[porte])}."
        )


def _desfecho(caminho: Caminho) -> str:
    linha = caminho.linha
    if linha["valor_partilhado"]:
        return f"O município recebe {em_reais(linha['valor_partilhado'])} no exercício."
    if not caminho.grupo["saldo"]:
        return "O município não recebe nesta partilha: em nenhuma das vezes o que havia chegou ao seu mínimo."
    return (
        f"O município não recebe nesta partilha. Em {caminho.porte} de {caminho.uf} restaram "
        f"{em_reais(caminho.grupo['saldo'])}, menos do que o seu mínimo."
    )


def _dado(caminho: Caminho, coluna: str) -> Dado:
    fonte, ano = caminho.origem(coluna)
    return Dado(
        rotulo=ROTULO_DA_COLUNA[coluna],
        valor=_texto(coluna, caminho.linha["entrada"].get(coluna)),
        fonte=fonte,
        ano=ano,
    )


def _texto(coluna: str, valor: int | str | None) -> str:
    if valor is None:
        return "falta"
    if isinstance(valor, int):
        return com_virgula(valor)
    if coluna == "indicador_complementar":
        return valor.replace(".", ",")
    if coluna in ("rcl_per_capita", "fnas_psb_per_capita"):
        casas = len(valor.partition(".")[2])
        return f"R$ {com_virgula(Fraction(valor), casas=casas)}"
    return PALAVRAS.get(valor, valor)


PALAVRAS = {
    "sim": "sim",
    "nao": "não",
    "nao_habilitado": "não habilitado",
    "inicial": "gestão inicial",
    "basica": "gestão básica",
    "plena": "gestão plena",
    "df": "gestão do Distrito Federal",
}


def _lista(nomes: Iterable[str]) -> str:
    *antes, ultimo = nomes
    return f"{', '.join(antes)} e {ultimo}" if antes else ultimo
