"""Refaz uma partilha inteira a partir do arquivo memoria.json e diz se os números conferem.

    python3 recalcular.py memoria.json
    python3 recalcular.py memoria.json --municipio 3205309
    python3 recalcular.py memoria.json --sha256 8f14e45f...

Serve a quem não quer confiar em quem fez a conta: um conselho, um tribunal de contas, um município. Usa só o Python
(3.9 ou mais novo), não importa nada do sistema e foi escrito à parte dele, direto da regra (NOB/SUAS 2005, item 5.5, I,
a). Do arquivo lê as opções e o que foi declarado de cada município; todo o resto recalcula e compara.

Sai com 0 se tudo confere e com 3 se algo difere ou o arquivo não pode ser lido.
Dinheiro é sempre inteiro em centavos; taxas e índices são frações exatas.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

# --- a regra, em números (NOB/SUAS 2005) ------------------------------------------------------------------------------
PORTES = ("Pequeno I", "Pequeno II", "Médio", "Grande", "Metrópole")
ATE_HABITANTES = (20_000, 50_000, 100_000, 900_000)
PERCENTUAL = {"Pequeno I": 20, "Pequeno II": 17, "Médio": 12, "Grande": 31, "Metrópole": 20}
CRAS_MINIMO = {"Pequeno I": 1, "Pequeno II": 1, "Médio": 2, "Grande": 4, "Metrópole": 8}
FAMILIAS_POR_CRAS = {"Pequeno I": 2500, "Pequeno II": 3500, "Médio": 5000, "Grande": 5000, "Metrópole": 5000}
PESO = {"vulnerabilidade": 2, "rcl_per_capita": 1, "fnas_psb_per_capita": 1, "indicador_complementar": 1}
DIRECOES = ("alto_pior", "baixo_pior")
NIVEIS = ("nao_habilitado", "inicial", "basica", "plena", "df")
REGIOES = ("Norte", "Nordeste", "Sudeste", "Sul", "Centro-Oeste")  # na ordem do primeiro algarismo do código do IBGE


@dataclass
class Municipio:
    """O que foi declarado de um município e o que a conta diz dele."""

    codigo: str
    uf: str
    porte: str
    populacao: int
    vulneravel: int | None
    base: int | None
    rcl_per_capita: Fraction | None
    fnas_psb_per_capita: Fraction | None
    indicador_complementar: Fraction | None
    nivel: str
    adesao: bool
    cras: int
    ordem: int | None = None
    indice: Fraction | None = None
    representativos: dict[str, Fraction] = field(default_factory=dict)
    valor: int = 0
    pago: bool = False

    @property
    def elegivel(self) -> bool:
        return self.adesao and self.nivel in ("basica", "plena", "df")


@dataclass(frozen=True)
class Opcoes:
    """As escolhas da partilha; `direcoes` é por porte e instância (UF, região ou BR)."""

    recurso: int
    pbf: int
    criterio_porte: str = "tabela"
    normalizacao: str = "porte"
    transicao_2005: bool = False
    excluir_incompletos: bool = False
    direcoes: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass
class Grupo:
    """Os municípios de um porte em uma UF, e o dinheiro que passa por eles."""

    passo1: int
    passo2: int
    fila: list[Municipio] = field(default_factory=list)
    saldo: int = 0
    recebido: int = 0
    cedido: int = 0
    pago: int = 0
    ja_cedeu: bool = False


def repartir(total: int, pesos: dict) -> dict:
    """Reparte centavos na proporção dos pesos, pelo maior resto; restos iguais, primeiro o que vem antes."""
    soma = sum(pesos.values())
    partes = {nome: total * peso // soma for nome, peso in pesos.items()}
    por_resto = sorted(pesos, key=lambda nome: -(total * pesos[nome] % soma))  # sorted não troca os iguais de lugar
    for nome in por_resto[: total - sum(partes.values())]:
        partes[nome] += 1
    return partes


def porte_de(populacao: int, uf: str) -> str:
    """Porte pela população; o Distrito Federal é sempre Metrópole."""
    if uf == "DF":
        return "Metrópole"
    return PORTES[sum(populacao > limite for limite in ATE_HABITANTES)]


def instancia_de(porte: str, uf: str, codigo: str) -> str:
    """Quem escolhe o indicador complementar: a CIB do estado, a CIT por região, a CIT para o país."""
    if porte in ("Pequeno I", "Pequeno II"):
        return uf
    return "BR" if porte == "Metrópole" else REGIOES[int(codigo[0]) - 1]


def seis_casas(valor: Fraction) -> str:
    """Fração com seis casas e ponto, meio para cima: 17/8 é 2.125000."""
    milionesimos = (valor.numerator * 2_000_000 + valor.denominator) // (2 * valor.denominator)
    return f"{milionesimos // 1_000_000}.{milionesimos % 1_000_000:06d}"


def fracao(valor: Fraction | int) -> str:
    """Fração como na memória: 1/3, 2/1."""
    return f"{valor.numerator}/{valor.denominator}"


def reais(centavos: int) -> str:
    return f"R$ {centavos // 100:,}".replace(",", ".") + f",{centavos % 100:02d}"


# --- passo 1: por porte, e passo 2: por estado ------------------------------------------------------------------------
def passos_1_e_2(municipios: list[Municipio], opcoes: Opcoes) -> dict:
    """Reparte o recurso por porte e, dentro de cada porte, por estado; devolve os dois passos como na memória."""
    populacao: dict[str, int] = dict.fromkeys(PORTES, 0)
    vulneraveis: dict[str, dict[str, int]] = {porte: defaultdict(int) for porte in PORTES}
    for m in sorted(municipios, key=lambda m: m.uf):
        populacao[m.porte] += m.populacao
        vulneraveis[m.porte][m.uf] += m.vulneravel
    recebem = [porte for porte in PORTES if sum(vulneraveis[porte].values())]
    if not recebem:
        raise NaoConfere("Ninguém é vulnerável no arquivo: não há por que repartir.")
    pesos = PERCENTUAL if opcoes.criterio_porte == "tabela" else populacao
    passo1 = repartir(opcoes.recurso, pesos)
    devolvido = {porte: passo1[porte] for porte in PORTES if porte not in recebem}
    recebido = repartir(sum(devolvido.values()), {porte: pesos[porte] for porte in recebem})
    totais = {porte: passo1[porte] + recebido[porte] if porte in recebem else 0 for porte in PORTES}
    valores = {p: repartir(totais[p], v) if p in recebem else dict.fromkeys(v, 0) for p, v in vulneraveis.items()}
    passo2 = {"devolvido": devolvido, "recebido": recebido, "totais": totais, "pesos": vulneraveis, "valores": valores}
    return {"passo_1": {"pesos": pesos, "valores": passo1}, "passo_2": passo2}


def priorizar(municipios: list[Municipio], opcoes: Opcoes) -> list[dict]:
    """Calcula o índice de cada município e devolve as escalas usadas."""
    escalas_usadas = []
    for nome, peso in PESO.items():
        if opcoes.transicao_2005 and nome == "indicador_complementar":
            continue
        comparados = defaultdict(list)
        for m in municipios:
            comparados[_escala(nome, m, opcoes)].append(m)
        for (porte, lugar), quem in comparados.items():
            medidas = [_medida(nome, m) for m in quem]
            menor, maior = min(medidas), max(medidas)
            pior = "alto" if nome == "vulnerabilidade" else "baixo"
            if nome == "indicador_complementar":
                instancia = instancia_de(porte, quem[0].uf, quem[0].codigo)
                pior = opcoes.direcoes.get((porte, instancia), "alto_pior").split("_")[0]
            for m in quem:
                distancia = maior - _medida(nome, m) if pior == "alto" else _medida(nome, m) - menor
                m.representativos[nome] = Fraction(1) if menor == maior else distancia / (maior - menor)
                m.indice = (m.indice or 0) + peso * m.representativos[nome]
            escala = {"minimo": fracao(menor), "maximo": fracao(maior), "pior": pior, "municipios": len(quem)}
            escalas_usadas.append({"indicador": nome, "porte": porte, "abrangencia": lugar, **escala})
    return escalas_usadas


def _medida(nome: str, m: Municipio) -> Fraction:
    return Fraction(m.vulneravel, m.base) if nome == "vulnerabilidade" else getattr(m, nome)


def _escala(nome: str, m: Municipio, opcoes: Opcoes) -> tuple[str, str]:
    """Com quem o município é comparado neste indicador: o porte e o lugar (o país, a região ou a UF)."""
    lugar = instancia_de(m.porte, m.uf, m.codigo) if nome == "indicador_complementar" else "BR"
    return m.porte, m.uf if opcoes.normalizacao == "uf_porte" else lugar


def minimo_de(m: Municipio, opcoes: Opcoes) -> int:
    """Valor em centavos que completa, por um ano, os CRAS que faltam para o mínimo do porte."""
    faltam = max(0, CRAS_MINIMO[m.porte] - m.cras)
    return faltam * FAMILIAS_POR_CRAS[m.porte] * opcoes.pbf * 12


def por_pagar(grupo: Grupo, opcoes: Opcoes) -> list[int]:
    """Mínimos, na ordem da fila, de quem pode receber e ainda não recebeu."""
    return [v for m in grupo.fila if m.elegivel and not m.pago and (v := minimo_de(m, opcoes))]


def percorrer(porte: str, grupo: Grupo, opcoes: Opcoes, eventos: list[dict]) -> None:
    """Percorre a fila uma vez e paga cada mínimo que cabe inteiro no saldo daquele momento."""
    if not por_pagar(grupo, opcoes):
        return
    dinheiro, pagamentos = grupo.saldo, []
    for m in grupo.fila:
        valor = minimo_de(m, opcoes)
        if m.elegivel and not m.pago and 0 < valor <= grupo.saldo:
            m.pago, m.valor = True, valor
            grupo.saldo, grupo.pago = grupo.saldo - valor, grupo.pago + valor
            pagamentos.append([m.codigo, valor, grupo.saldo])
    pagou = {"pagamentos": pagamentos, "esperam": len(por_pagar(grupo, opcoes))}
    eventos.append({"tipo": "percurso", "porte": porte, "dinheiro": dinheiro, **pagou})


def distribuir_no_estado(grupos: dict[str, Grupo], opcoes: Opcoes) -> list[dict]:
    """Paga as filas de uma UF e move as sobras entre os seus portes até nada mais se mover; devolve o que aconteceu."""
    eventos: list[dict] = []
    for porte, grupo in grupos.items():
        percorrer(porte, grupo, opcoes, eventos)
    while True:
        esperam = [porte for porte, grupo in grupos.items() if por_pagar(grupo, opcoes)]
        livres = [porte for porte, grupo in grupos.items() if porte not in esperam and grupo.saldo > 0]
        cedem, recebem = (livres, esperam) if livres else _mais_longe_de_pagar(grupos, esperam, opcoes)
        if not recebem:
            return eventos
        de = {porte: grupos[porte].saldo for porte in cedem}
        para = repartir(sum(de.values()), dict.fromkeys(recebem, 1))
        for porte, valor in de.items():
            grupos[porte].saldo, grupos[porte].cedido = 0, grupos[porte].cedido + valor
        for porte, valor in para.items():
            grupos[porte].saldo += valor
            grupos[porte].recebido += valor
        movimento = {"de": [list(par) for par in de.items()], "para": [list(par) for par in para.items()]}
        eventos.append({"tipo": "transferencia", "regra": 1 if livres else 2, **movimento})
        for porte in recebem:
            percorrer(porte, grupos[porte], opcoes, eventos)


def _mais_longe_de_pagar(grupos: dict[str, Grupo], esperam: list[str], opcoes: Opcoes) -> tuple[list[str], list[str]]:
    """Sem porte livre: quem está mais longe de pagar alguém cede tudo, uma vez, aos que ainda não cederam."""
    nao_cederam = [porte for porte in esperam if not grupos[porte].ja_cedeu]
    candidatos = [porte for porte in nao_cederam if grupos[porte].saldo > 0]
    if not candidatos:
        return [], []
    # max fica com o primeiro em caso de empate: a ordem é a dos portes
    cede = max(candidatos, key=lambda p: min(por_pagar(grupos[p], opcoes)) - grupos[p].saldo)
    destinos = [porte for porte in nao_cederam if porte != cede]
    grupos[cede].ja_cedeu = bool(destinos)
    return [cede], destinos


@dataclass
class Partilha:
    """O que a regra dá: municípios (também os não classificados), grupos por (UF, porte), passos, escalas e eventos."""

    municipios: list[Municipio]
    grupos: dict[tuple[str, str], Grupo]
    passos: dict
    escalas: list[dict]
    eventos: dict[str, list[dict]]

    def soma(self, nome: str) -> int:
        return sum(getattr(grupo, nome) for grupo in self.grupos.values())


def faltam_de(m: Municipio, opcoes: Opcoes) -> list[str]:
    """Os indicadores que esta partilha usa e o município não tem."""
    usados = {"rcl_per_capita": m.rcl_per_capita, "fnas_psb_per_capita": m.fnas_psb_per_capita}
    if opcoes.transicao_2005:
        usados = {"familias": m.base, "familias_pobres": m.vulneravel, **usados}
    else:
        usados = {"populacao_vulneravel": m.vulneravel, **usados, "indicador_complementar": m.indicador_complementar}
    return [nome for nome, valor in usados.items() if valor is None]


def partilhar(municipios: list[Municipio], opcoes: Opcoes) -> Partilha:
    """Aplica os três passos e a distribuição. Cada centavo recebido sai pago ou fica em saldo."""
    if len({m.codigo for m in municipios}) < len(municipios):
        raise NaoConfere("O arquivo tem município repetido.")
    ativos = [m for m in municipios if not faltam_de(m, opcoes)]
    if len(ativos) < len(municipios) and not opcoes.excluir_incompletos:
        raise NaoConfere("Há municípios sem indicador e a partilha não foi feita com excluir_incompletos.")
    passos = passos_1_e_2(ativos, opcoes)
    escalas = priorizar(ativos, opcoes)
    grupos = {}
    for uf, porte in {(m.uf, m.porte) for m in municipios}:
        valor = passos["passo_2"]["valores"][porte].get(uf, 0)
        grupos[uf, porte] = Grupo(passo1=passos["passo_1"]["valores"][porte], passo2=valor, saldo=valor)
    for m in sorted(ativos, key=lambda m: (m.indice, -m.vulneravel, m.codigo)):
        fila = grupos[m.uf, m.porte].fila
        fila.append(m)
        m.ordem = len(fila)
    por_uf = {uf: {p: grupos[uf, p] for p in PORTES if (uf, p) in grupos} for uf in sorted({m.uf for m in ativos})}
    eventos = {uf: distribuir_no_estado(do_estado, opcoes) for uf, do_estado in por_uf.items()}
    return Partilha(municipios=municipios, grupos=grupos, passos=passos, escalas=escalas, eventos=eventos)


def situacao_de(m: Municipio, opcoes: Opcoes) -> str:
    """A primeira situação que se aplica, na ordem da regra."""
    if m.indice is None or not m.elegivel:
        return "nao_classificado" if m.indice is None else "nao_elegivel"
    if not minimo_de(m, opcoes):
        return "minimo_ja_atendido"
    return "contemplado" if m.pago else "nao_alcancado"


# --- ler a memória ----------------------------------------------------------------------------------------------------
class NaoConfere(Exception):
    """Com este arquivo não se refaz a conta; a mensagem diz por quê."""


def ler_opcoes(memoria: dict) -> Opcoes:
    lidas = memoria["opcoes"]
    return Opcoes(
        recurso=lidas["recurso_centavos"],
        pbf=lidas["pbf_centavos"],
        criterio_porte=_uma_de(lidas, "criterio_porte", "tabela", "populacao"),
        normalizacao=_uma_de(lidas, "normalizacao", "porte", "uf_porte"),
        transicao_2005=_uma_de(lidas, "transicao_2005", "sim", "nao") == "sim",
        excluir_incompletos=_uma_de(lidas, "excluir_incompletos", "sim", "nao") == "sim",
        direcoes={(i["porte"], i["instancia"]): _uma_de(i, "direcao", *DIRECOES) for i in lidas["complementares"]},
    )


def ler_municipio(linha: dict, opcoes: Opcoes) -> Municipio:
    """Monta o município do que foi declarado. Dado ausente ou vazio é dado que falta."""
    entrada, uf = linha["entrada"], linha["uf"]
    populacao = int(entrada["populacao"])
    vulneravel, base = _lido(entrada.get("populacao_vulneravel"), int), populacao
    if opcoes.transicao_2005:
        vulneravel, base = _lido(entrada.get("familias_pobres"), int), _lido(entrada.get("familias"), int)
    decimais = [_lido(entrada.get(nome), Fraction) for nome in list(PESO)[1:]]
    gestao = [_uma_de(entrada, "nivel_gestao", *NIVEIS), _uma_de(entrada, "adesao_suas", "sim", "nao") == "sim"]
    quem = (linha["codigo_ibge"], uf, porte_de(populacao, uf), populacao, vulneravel, base)
    return Municipio(*quem, *decimais, *gestao, int(entrada["cras_cofinanciados"]))


def _uma_de(lidas: dict, nome: str, *palavras: str) -> str:
    if lidas[nome] not in palavras:
        raise NaoConfere(f"Em {nome}, “{lidas[nome]}” não serve: só {' ou '.join(palavras)}.")
    return lidas[nome]


def _lido(valor: str | int | None, tipo: type) -> int | Fraction | None:
    return None if valor in (None, "") else tipo(valor)


@dataclass
class Confronto:
    """Compara número a número e guarda cada diferença em palavras."""

    comparados: int = 0
    diferencas: list[str] = field(default_factory=list)

    def igual(self, onde: str, no_arquivo: object, refeito: object, *, so_o_refeito: bool = False) -> None:
        """Compara dois valores; em objetos e listas, item a item, também o que só o arquivo tem."""
        if isinstance(refeito, dict) and isinstance(no_arquivo, dict):
            for chave in list(refeito) if so_o_refeito else sorted({*refeito, *no_arquivo}):
                self.igual(f"{onde}, {chave}", no_arquivo.get(chave), refeito.get(chave), so_o_refeito=so_o_refeito)
        elif isinstance(refeito, list) and isinstance(no_arquivo, list) and len(refeito) == len(no_arquivo):
            for posicao, valor in enumerate(refeito):
                self.igual(f"{onde}, {posicao + 1}º", no_arquivo[posicao], valor)
        else:
            self.comparados += 1
            if no_arquivo != refeito or isinstance(no_arquivo, (bool, float)):
                self.diferencas.append(f"{onde}: o arquivo diz {no_arquivo}, a conta dá {refeito}")


def confrontar(memoria: dict, partilha: Partilha, opcoes: Opcoes) -> Confronto:
    """Compara tudo o que a memória traz calculado com o que a regra dá; primeiro o que é só de um município."""
    confronto = Confronto()
    _confrontar_parametros(confronto, memoria)
    por_codigo = {linha["codigo_ibge"]: linha for linha in memoria["municipios"]}
    confronto.igual("municípios em ordem", list(por_codigo), sorted(por_codigo))
    for m in partilha.municipios:
        confronto.igual(m.codigo, por_codigo[m.codigo], declarado(m, opcoes), so_o_refeito=True)
    for nome, passo in partilha.passos.items():
        confronto.igual(nome, memoria[nome], passo)
    chaves = ("indicador", "porte", "abrangencia")
    confronto.igual("escala", _por(chaves, memoria["passo_3"]["escalas"]), _por(chaves, partilha.escalas))
    for m in partilha.municipios:
        confronto.igual(m.codigo, por_codigo[m.codigo], calculado(m, opcoes), so_o_refeito=True)
    confronto.igual("distribuição", memoria["distribuicao"], partilha.eventos)
    colunas = ("passo1", "passo2", "recebido", "cedido", "pago", "saldo")
    grupos = [{"uf": k[0], "porte": k[1], **{c: getattr(g, c) for c in colunas}} for k, g in partilha.grupos.items()]
    confronto.igual("grupo", _por(("porte", "uf"), memoria["grupos"]), _por(("porte", "uf"), grupos))
    pago, saldo = partilha.soma("pago"), partilha.soma("saldo")
    totais = {"recurso": opcoes.recurso, "pago": pago, "saldo": saldo, "municipios": len(partilha.municipios)}
    confronto.igual("total", memoria["totais"], totais)
    confronto.igual("pago mais saldo, contra o recurso", pago + saldo, opcoes.recurso)
    return confronto


def _por(chaves: tuple[str, ...], linhas: list[dict]) -> dict[str, dict]:
    por_nome = {" ".join(linha[chave] for chave in chaves): linha for linha in linhas}
    if len(por_nome) < len(linhas):
        raise NaoConfere(f"O arquivo tem {' e '.join(chaves)} repetidos.")
    return por_nome


def _confrontar_parametros(confronto: Confronto, memoria: dict) -> None:
    """Os números da norma que estão no arquivo são os publicados? E o ano está na vigência que o arquivo diz?"""
    cras = {p: {"minimo": CRAS_MINIMO[p], "familias": FAMILIAS_POR_CRAS[p]} for p in PORTES}
    limites = {p: {"ate": ATE_HABITANTES[n]} if n < 4 else {} for n, p in enumerate(PORTES)}
    publicados = {"partilha.percentual_por_porte": PERCENTUAL, "partilha.pesos": PESO}
    publicados |= {"rede.cras_por_porte": cras, "territorio.porte": limites}
    for nome, valor in publicados.items():
        confronto.igual(f"parâmetro {nome}", memoria["parametros"][nome]["valor"], valor)
    norma, ultimo_dia = memoria["norma"], f"{memoria['opcoes']['exercicio']}-12-31"
    vigente = norma["desde"] <= ultimo_dia and (not norma["ate"] or ultimo_dia < norma["ate"])
    confronto.igual("norma não vigente", memoria["simulacao_norma_nao_vigente"], "nao" if vigente else "sim")


def declarado(m: Municipio, opcoes: Opcoes) -> dict:
    """O que sai só do que o município declarou: se algo aqui difere, o dado de entrada foi trocado."""
    numeros = {"porte": m.porte, "faltam": faltam_de(m, opcoes), "elegivel": "sim" if m.elegivel else "nao"}
    numeros |= {"cras_minimo": CRAS_MINIMO[m.porte], "cras_a_financiar": max(0, CRAS_MINIMO[m.porte] - m.cras)}
    numeros["valor_minimo"] = minimo_de(m, opcoes)
    if m.indice is not None:
        numeros["indicadores"] = {nome: {"valor": fracao(_medida(nome, m))} for nome in m.representativos}
    return numeros


def calculado(m: Municipio, opcoes: Opcoes) -> dict:
    """O que sai da comparação com os outros municípios e do percurso das filas."""
    numeros = {"situacao": situacao_de(m, opcoes), "valor_partilhado": m.valor, "ordem": m.ordem}
    if m.indice is None:
        return {**numeros, "indice": None, "indice_decimal": None, "indicadores": None}
    de_0_a_1 = m.representativos.items()
    indicadores = {nome: {"representativo": fracao(v), "representativo_decimal": seis_casas(v)} for nome, v in de_0_a_1}
    return {**numeros, "indice": fracao(m.indice), "indice_decimal": seis_casas(m.indice), "indicadores": indicadores}


# --- pela linha de comando --------------------------------------------------------------------------------------------
def canonica(memoria: dict) -> bytes:
    """A forma de que se tira o SHA-256: UTF-8, chaves em ordem, sem espaços."""
    return json.dumps(memoria, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def contar_municipio(m: Municipio, grupo: Grupo, opcoes: Opcoes) -> str:
    """A conta de um município em poucas linhas."""
    linhas = [f"{m.codigo}/{m.uf}, {m.porte}: {situacao_de(m, opcoes)}, {reais(m.valor)}"]
    linhas += [f"  {nome}: valor representativo {seis_casas(valor)}" for nome, valor in m.representativos.items()]
    if m.indice is not None:
        linhas.append(f"  índice {seis_casas(m.indice)}, {m.ordem}º de {len(grupo.fila)} em {m.uf}, {m.porte}")
    conta = (
        f"{max(0, CRAS_MINIMO[m.porte] - m.cras)} CRAS x {FAMILIAS_POR_CRAS[m.porte]} famílias x {reais(opcoes.pbf)}"
    )
    return "\n".join([*linhas, f"  mínimo: {conta} x 12 meses = {reais(minimo_de(m, opcoes))}"])


def conferir(dados: bytes, *, municipio: str, sha256: str) -> list[str]:
    """Refaz a conta, escreve o resumo na saída e devolve as diferenças em palavras."""
    try:
        memoria = json.loads(dados)
        opcoes = ler_opcoes(memoria)
        municipios = [ler_municipio(linha, opcoes) for linha in memoria["municipios"]]
        partilha = partilhar(municipios, opcoes)
        confronto = confrontar(memoria, partilha, opcoes)
    except (KeyError, TypeError, AttributeError, ValueError, ArithmeticError) as falha:
        raise NaoConfere(f"O arquivo não é uma memória de partilha completa ({falha!r}).") from None
    resumo = hashlib.sha256(canonica(memoria)).hexdigest()
    confronto.igual("bytes do arquivo, contra a forma canônica", hashlib.sha256(dados.strip()).hexdigest(), resumo)
    if sha256:
        confronto.igual("SHA-256, contra o informado", sha256.strip().lower(), resumo)
    pago, saldo = partilha.soma("pago"), partilha.soma("saldo")
    print(f"Municípios: {len(municipios)}, dos quais {sum(m.pago for m in municipios)} contemplados.")
    print(f"Recurso: {reais(opcoes.recurso)} = {reais(pago)} pagos + {reais(saldo)} sem distribuir.")
    if municipio:
        escolhidos = [m for m in municipios if m.codigo == municipio]
        if not escolhidos:
            raise NaoConfere(f"O município {municipio} não está nesta partilha. Confira os sete algarismos do código.")
        print(*(contar_municipio(m, partilha.grupos[m.uf, m.porte], opcoes) for m in escolhidos))
    print(f"Números comparados: {confronto.comparados}.")
    print(f"SHA-256: {resumo}")
    return confronto.diferencas


SEM_RESUMO = "Compare o SHA-256 com o publicado: a troca que não muda a conta só se vê nele."


def main() -> int:
    leitor = argparse.ArgumentParser(description="Refaz uma partilha a partir de memoria.json e confere cada número.")
    leitor.add_argument("arquivo", type=Path, help="o arquivo memoria.json baixado da partilha")
    leitor.add_argument("--municipio", default="", help="código de sete algarismos: mostra também a conta dele")
    leitor.add_argument("--sha256", default="", help="o SHA-256 publicado, para conferir que o arquivo é o mesmo")
    pedido = leitor.parse_args()
    try:
        diferencas = conferir(pedido.arquivo.read_bytes(), municipio=pedido.municipio, sha256=pedido.sha256)
    except (OSError, NaoConfere) as falha:
        motivo = falha if isinstance(falha, NaoConfere) else "Confira o nome e a pasta do arquivo, e se ele se abre."
        print(f"Não foi possível refazer a conta de {pedido.arquivo}. {motivo}", file=sys.stderr)
        return 3
    if not diferencas:
        print("Tudo confere." if pedido.sha256 else f"Tudo confere. {SEM_RESUMO}")
        return 0
    print(f"Não confere: {len(diferencas)} diferenças. As primeiras:", *diferencas[:20], sep="\n- ", file=sys.stderr)
    return 3


if __name__ == "__main__":
    sys.exit(main())
