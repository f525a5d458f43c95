"""Conta a partilha de um município com os números dele, a partir da memória."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from normas.base.centavos import em_reais
from normas.base.fundamento import Fundamento
from normas.base.numeros import com_virgula, ler_fracao
from normas.partilha.calculo import Situacao
from normas.partilha.caminho import Caminho
from normas.partilha.historia import Passo, passo_1, passo_2, passo_3, passo_4
from normas.partilha.prioridade import FUNDAMENTO_PASSO_3, FUNDAMENTO_TRANSICAO, Indicador
from normas.partilha.regras import AVISO_DE_SIMULACAO
from normas.partilha.rotulos import (
    ROTULO_DO_INDICADOR,
    SITUACAO_EM_PALAVRAS,
    TAXA_DE_POBREZA,
)

VIZINHOS_DE_CADA_LADO = 3
NOTA_DAS_CONTAS = (
    "O cálculo guarda frações exatas; aqui cada número tem até seis casas, e a última pode diferir em uma unidade."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicadorExplicado:
    """Um indicador: o valor, com quem se comparou, e quanto pesou; números já em texto."""

    chave: str
    rotulo: str
    valor: str
    menor: str
    maior: str
    comparados: int
    com_quem: str
    pior: str
    representativo: str
    peso: int
    parcela: str
    fonte: str
    ano: str
    fundamento: Fundamento


@dataclass(frozen=True, slots=True, kw_only=True)
class Conta:
    """Uma conta que se faz numa calculadora de bolso."""

    descricao: str
    conta: str
    resultado: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vizinho:
    """Quem está perto na fila; `proprio` é o município explicado."""

    codigo_ibge: str
    ordem: int
    indice: str
    situacao: str
    situacao_em_palavras: str
    valor_partilhado: int
    proprio: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Explicacao:
    """A página de um município: resposta, passos, indicadores, contas e vizinhos na fila.

    Valores em centavos; `indice` em texto, vazio sem classificação; `pares` são os classificados da
    mesma UF e do mesmo porte. `aviso` não é vazio quando a norma não vigia no exercício.
    """

    codigo_ibge: str
    uf: str
    porte: str
    exercicio: int
    aviso: str
    situacao: str
    situacao_em_palavras: str
    motivo: str
    valor_partilhado: int
    valor_minimo: int
    indice: str
    ordem: int | None
    pares: int
    passos: tuple[Passo, ...]
    indicadores: tuple[IndicadorExplicado, ...]
    contas: tuple[Conta, ...]
    vizinhos: tuple[Vizinho, ...]


def explicar(*, memoria: Mapping[str, Any], codigo_ibge: str) -> Explicacao:
    """Explica um município, só com o que está na memória (inteira ou recortada).

    Erros: `MunicipioForaDaPartilha`.
    """
    caminho = Caminho.de(memoria=memoria, codigo_ibge=codigo_ibge)
    linha = caminho.linha
    simulacao = memoria["simulacao_norma_nao_vigente"] == "sim"
    indicadores = tuple(_indicadores(caminho))
    return Explicacao(
        codigo_ibge=codigo_ibge,
        uf=caminho.uf,
        porte=caminho.porte,
        exercicio=memoria["opcoes"]["exercicio"],
        aviso=AVISO_DE_SIMULACAO if simulacao else "",
        situacao=linha["situacao"],
        situacao_em_palavras=SITUACAO_EM_PALAVRAS[Situacao(linha["situacao"])],
        motivo=linha["motivo"],
        valor_partilhado=linha["valor_partilhado"],
        valor_minimo=linha["valor_minimo"],
        indice=linha.get("indice_decimal", "").replace(".", ","),
        ordem=linha.get("ordem"),
        pares=len(caminho.colegas),
        passos=(passo_1(caminho), passo_2(caminho), passo_3(caminho), passo_4(caminho)),
        indicadores=indicadores,
        contas=tuple(_contas(caminho, indicadores)),
        vizinhos=tuple(_vizinhos(caminho)),
    )


def numero_legivel(valor: Fraction, *, menos_casas: int = 0) -> str:
    """Escreve com vírgula e até seis casas, sem zeros à direita além de `menos_casas`."""
    inteiro, _, casas = com_virgula(valor, casas=6).partition(",")
    casas = casas.rstrip("0").ljust(menos_casas, "0")
    return f"{inteiro},{casas}" if casas else inteiro


def _indicadores(caminho: Caminho) -> Iterable[IndicadorExplicado]:
    pesos = caminho.memoria["parametros"]["partilha.pesos"]["valor"]
    lidos = caminho.linha.get("indicadores", {})
    for indicador in Indicador:
        chave = indicador.value
        if chave not in lidos:
            continue
        lido = lidos[chave]
        escala = caminho.escalas[indicador]
        representativo = ler_fracao(lido["representativo"])
        fonte, ano = _origem_do_indicador(caminho, indicador)
        yield IndicadorExplicado(
            chave=chave,
            rotulo=rotulo_do_indicador(caminho, indicador),
            valor=_com_unidade(caminho, indicador, ler_fracao(lido["valor"])),
            menor=_com_unidade(caminho, indicador, ler_fracao(escala["minimo"])),
            maior=_com_unidade(caminho, indicador, ler_fracao(escala["maximo"])),
            comparados=escala["municipios"],
            com_quem=_com_quem(caminho, escala),
            pior=escala["pior"],
            representativo=com_virgula(representativo, casas=6),
            peso=pesos[chave],
            parcela=com_virgula(representativo * pesos[chave], casas=6),
            fonte=fonte,
            ano=ano,
            fundamento=_fundamento(caminho, indicador),
        )


def rotulo_do_indicador(caminho: Caminho, indicador: Indicador) -> str:
    """Nome do indicador nesta partilha: o que a instância escolheu ou o da norma."""
    if indicador is Indicador.COMPLEMENTAR and caminho.complementar.get("nome"):
        return f"{ROTULO_DO_INDICADOR[indicador]}: {caminho.complementar['nome']}"
    if indicador is Indicador.VULNERABILIDADE and _transicao(caminho):
        return TAXA_DE_POBREZA
    return ROTULO_DO_INDICADOR[indicador]


def _transicao(caminho: Caminho) -> bool:
    return bool(caminho.memoria["opcoes"]["transicao_2005"] == "sim")


def _fundamento(caminho: Caminho, indicador: Indicador) -> Fundamento:
    if indicador is Indicador.VULNERABILIDADE and _transicao(caminho):
        return FUNDAMENTO_TRANSICAO
    return FUNDAMENTO_PASSO_3


def _origem_do_indicador(caminho: Caminho, indicador: Indicador) -> tuple[str, str]:
    if indicador is not Indicador.VULNERABILIDADE:
        return caminho.origem(indicador.value)
    return caminho.origem("familias_pobres" if _transicao(caminho) else "populacao_vulneravel")


def _com_unidade(caminho: Caminho, indicador: Indicador, valor: Fraction) -> str:
    if indicador is Indicador.VULNERABILIDADE:
        return f"{com_virgula(100 * valor, casas=4)}%"
    if indicador is Indicador.COMPLEMENTAR:
        unidade = caminho.complementar.get("unidade", "")
        return f"{numero_legivel(valor)} {unidade}".strip()
    return f"R$ {numero_legivel(valor, menos_casas=2)}"


def _com_quem(caminho: Caminho, escala: Mapping[str, Any]) -> str:
    onde = escala["abrangencia"]
    lugar = {"BR": "do país", caminho.uf: f"de {caminho.uf}"}.get(onde, f"da região {onde}")
    return f"municípios de porte {caminho.porte} {lugar}"


def _contas(caminho: Caminho, indicadores: Iterable[IndicadorExplicado]) -> Iterable[Conta]:
    linha = caminho.linha
    parcelas = list(indicadores)
    if parcelas:
        yield _conta_da_taxa(caminho)
    for item in parcelas:
        yield _conta_do_indicador(caminho, item)
    if parcelas:
        soma = " + ".join(f"{item.peso} × {item.representativo}" for item in parcelas)
        yield Conta(
            descricao="Índice de prioridade",
            conta=soma,
            resultado=linha["indice_decimal"].replace(".", ","),
        )
    regra = caminho.memoria["parametros"]["rede.cras_por_porte"]["valor"][caminho.porte]
    yield Conta(
        descricao="Mínimo do município",
        conta=(
            f"{linha['cras_a_financiar']} CRAS × {com_virgula(regra['familias'])} famílias × "
            f"{em_reais(caminho.memoria['opcoes']['pbf_centavos'])} × 12 meses"
        ),
        resultado=em_reais(linha["valor_minimo"]),
    )


def _conta_da_taxa(caminho: Caminho) -> Conta:
    entrada, transicao = caminho.linha["entrada"], _transicao(caminho)
    parte, todo = ("familias_pobres", "familias") if transicao else ("populacao_vulneravel", "populacao")
    taxa = Fraction(100 * entrada[parte], entrada[todo])
    return Conta(
        descricao=f"{TAXA_DE_POBREZA if transicao else 'Taxa de vulnerabilidade social'}, em %",
        conta=f"{com_virgula(entrada[parte])} ÷ {com_virgula(entrada[todo])} × 100",
        resultado=numero_legivel(taxa),
    )


def _conta_do_indicador(caminho: Caminho, item: IndicadorExplicado) -> Conta:
    indicador = Indicador(item.chave)
    escala = caminho.escalas[indicador]
    if escala["minimo"] == escala["maximo"]:
        return Conta(
            descricao=f"{item.rotulo}, de 0 a 1",
            conta="todos os comparados têm o mesmo valor, e a norma pede 1 para a melhor situação",
            resultado=item.representativo,
        )
    fator = 100 if indicador is Indicador.VULNERABILIDADE else 1
    valor, menor, maior = (
        _na_conta(fator * ler_fracao(texto))
        for texto in (
            caminho.linha["indicadores"][item.chave]["valor"],
            escala["minimo"],
            escala["maximo"],
        )
    )
    acima = f"{maior} − {valor}" if item.pior == "alto" else f"{valor} − {menor}"
    return Conta(
        descricao=f"{item.rotulo}, de 0 a 1",
        conta=f"({acima}) ÷ ({maior} − {menor})",
        resultado=item.representativo,
    )


def _na_conta(valor: Fraction) -> str:
    texto = numero_legivel(abs(valor))
    return f"(−{texto})" if valor < 0 else texto


def _vizinhos(caminho: Caminho) -> Iterable[Vizinho]:
    if not caminho.classificado:
        return
    ordem = caminho.linha["ordem"]
    for linha in caminho.colegas:
        if abs(linha["ordem"] - ordem) <= VIZINHOS_DE_CADA_LADO:
            yield Vizinho(
                codigo_ibge=linha["codigo_ibge"],
                ordem=linha["ordem"],
                indice=linha["indice_decimal"].replace(".", ","),
                situacao=linha["situacao"],
                situacao_em_palavras=SITUACAO_EM_PALAVRAS[Situacao(linha["situacao"])],
                valor_partilhado=linha["valor_partilhado"],
                proprio=linha["codigo_ibge"] == caminho.codigo,
            )
