"""Os comandos da lei: `redesuas partilha` e `redesuas porte`.

Saem com 0 quando fazem o que foi pedido, 2 quando o pedido não se entende e 3 quando os dados têm
faltas; nesse caso todas vão para a saída de erros e nada é escrito.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from normas.base.centavos import em_reais, ler_reais
from normas.base.numeros import com_virgula
from normas.base.planilha import Falha
from normas.linha_de_comando import (
    DADOS_COM_FALTAS,
    FEITO,
    Comando,
    OpcaoDoComando,
    UsoErrado,
    executar,
    ler_arquivo,
    sem_acento,
)
from normas.parametros.leitura import versoes
from normas.partilha.calculo import PartilhaRecusada, Resultado, Situacao, partilhar
from normas.partilha.entrada import ler_entrada
from normas.partilha.memoria import (
    canonica,
    montar_memoria,
    resumo_sha256,
)
from normas.partilha.opcoes import (
    CriterioPorte,
    Direcao,
    IndicadorComplementar,
    Instancia,
    Normalizacao,
    OpcaoRecusada,
    Opcoes,
    direcao_por_porte,
)
from normas.partilha.regras import AVISO_DE_SIMULACAO
from normas.partilha.saida import grupos_csv, municipios_csv
from normas.territorio.identificacao import ler_populacoes
from normas.territorio.porte import PORTE_POR_NOME
from normas.territorio.tabela_de_porte import LinhaDaTabela, TabelaDePorte, tabela_de_porte

PARTILHA = Comando(
    nome="partilha",
    descricao="Partilha o recurso da proteção social básica (NOB/SUAS 2005, item 5.5, I, a).",
    opcoes=(
        OpcaoDoComando(
            nome="entrada", valor="ARQUIVO.csv", obrigatoria=True,
            ajuda="Um município por linha; CSV em UTF-8, com vírgula e ponto decimal.",
        ),
        OpcaoDoComando(
            nome="recurso", valor="REAIS", obrigatoria=True,
            ajuda="Valor a partilhar, como 50000000.00.",
        ),
        OpcaoDoComando(
            nome="pbf", valor="REAIS", obrigatoria=True,
            ajuda="Piso Básico Fixo por família e por mês, como 1.80.",
        ),
        OpcaoDoComando(
            nome="saida", valor="PASTA", obrigatoria=True,
            ajuda="Onde escrever municipios.csv, grupos.csv e memoria.json.",
        ),
        OpcaoDoComando(
            nome="criterio-porte", valor="tabela|populacao",
            ajuda="Passo 1 pelos percentuais da norma (padrão) ou pela população da entrada.",
        ),
        OpcaoDoComando(
            nome="normalizacao", valor="porte|uf_porte",
            ajuda="Compara cada município com os do mesmo porte no país (padrão) ou no estado.",
        ),
        OpcaoDoComando(
            nome="transicao-2005", valor="",
            ajuda="Usa familias e familias_pobres no lugar da vulnerabilidade (item 6.1).",
        ),
        OpcaoDoComando(
            nome="direcao-complementar", valor="PORTE=DIRECAO,...",
            ajuda="alto_pior (padrão) ou baixo_pior por porte, como \"Pequeno I=baixo_pior\".",
        ),
        OpcaoDoComando(
            nome="excluir-incompletos", valor="",
            ajuda="Deixa fora da partilha, com o motivo, o município a que falta indicador.",
        ),
        OpcaoDoComando(
            nome="exercicio", valor="ANO", ajuda="Ano da partilha; o padrão é 2006.",
        ),
    ),
)  # fmt: skip

PORTE = Comando(
    nome="porte",
    descricao="Conta municípios e pessoas por porte (NOB/SUAS 2005, item 5.5, 1º critério).",
    opcoes=(
        OpcaoDoComando(
            nome="populacao", valor="ARQUIVO.csv", obrigatoria=True,
            ajuda="Um município por linha, com codigo_ibge, uf e populacao; CSV em UTF-8.",
        ),
    ),
)  # fmt: skip


def comando_partilha(argv: Sequence[str]) -> int:
    """Calcula uma partilha de arquivo a arquivo e devolve o código de saída do processo."""
    return executar(PARTILHA, argv, _partilha)


def comando_porte(argv: Sequence[str]) -> int:
    """Imprime a tabela de portes de um arquivo e devolve o código de saída do processo."""
    return executar(PORTE, argv, _porte)


def _partilha(lidas: Mapping[str, str]) -> int:
    opcoes = _opcoes(lidas)
    entrada = Path(lidas["entrada"])
    saida = Path(lidas["saida"])
    if saida.exists() and not saida.is_dir():
        raise UsoErrado(f"“{saida}” é um arquivo. Em --saida, informe uma pasta.")
    leitura = ler_entrada(dados=ler_arquivo(entrada, formato="CSV"), opcoes=opcoes)
    if leitura.falhas:
        return _apontar(leitura.falhas)
    _avisar_sem_uso(leitura.sem_uso)
    try:
        resultado = partilhar(municipios=leitura.municipios, opcoes=opcoes)
    except PartilhaRecusada as recusa:
        falha = Falha(linha=1, coluna=recusa.coluna, valor="", mensagem=str(recusa))
        return _apontar([falha])
    memoria = canonica(montar_memoria(resultado))
    _gravar(
        saida,
        {
            "municipios.csv": municipios_csv(resultado),
            "grupos.csv": grupos_csv(resultado),
            "memoria.json": memoria,
        },
    )
    print(_resumo(resultado, saida))
    print(f"SHA-256 de memoria.json: {resumo_sha256(memoria)}")
    return FEITO


def _opcoes(lidas: Mapping[str, str]) -> Opcoes:
    exercicio = lidas.get("exercicio", "2006")
    if not (exercicio.isascii() and exercicio.isdigit() and len(exercicio) == 4):
        raise UsoErrado(f"--exercicio: “{exercicio}” não é um ano. Escreva quatro algarismos, como 2006.")
    try:
        return Opcoes(
            recurso_centavos=_reais(lidas, "recurso"),
            pbf_centavos=_reais(lidas, "pbf"),
            exercicio=int(exercicio),
            criterio_porte=CriterioPorte(_palavra(lidas, "criterio-porte", tuple(CriterioPorte))),
            normalizacao=Normalizacao(_palavra(lidas, "normalizacao", tuple(Normalizacao))),
            transicao_2005="transicao-2005" in lidas,
            excluir_incompletos="excluir-incompletos" in lidas,
            complementares=_direcoes(lidas.get("direcao-complementar")),
        )
    except OpcaoRecusada as recusa:
        raise UsoErrado(str(recusa)) from recusa


def _reais(lidas: Mapping[str, str], nome: str) -> int:
    try:
        return ler_reais(lidas[nome])
    except ValueError as erro:
        raise UsoErrado(f"--{nome}: {erro}") from erro


def _palavra(lidas: Mapping[str, str], nome: str, palavras: Sequence[str]) -> str:
    """A palavra escolhida; sem escolha, a primeira."""
    escolhida = lidas.get(nome, palavras[0])
    if escolhida not in palavras:
        raise UsoErrado(f"--{nome}: “{escolhida}” não serve. Escreva {' ou '.join(palavras)}.")
    return escolhida


def _direcoes(texto: str | None) -> Mapping[Instancia, IndicadorComplementar]:
    direcoes = {}
    for par in [] if texto is None else texto.split(","):
        nome, _, direcao = (parte.strip() for parte in par.partition("="))
        porte = PORTE_SEM_ACENTO.get(sem_acento(nome))
        if porte is None or direcao not in tuple(Direcao):
            raise UsoErrado(
                f"--direcao-complementar: “{par.strip()}” não serve. Escreva um porte "
                f"({', '.join(PORTE_POR_NOME)}), o sinal = e alto_pior ou baixo_pior."
            )
        if porte in direcoes:
            raise UsoErrado(f"--direcao-complementar: {porte.nome} aparece duas vezes. Deixe uma só.")
        direcoes[porte] = Direcao(direcao)
    return direcao_por_porte(direcoes)


PORTE_SEM_ACENTO = {sem_acento(nome): porte for nome, porte in PORTE_POR_NOME.items()}


def _gravar(pasta: Path, arquivos: Mapping[str, bytes]) -> None:
    """Escreve tudo numa pasta provisória ao lado e só então move; repetir substitui."""
    try:
        pasta.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=pasta, prefix=".partilha-") as provisoria:
            for nome, dados in arquivos.items():
                (Path(provisoria) / nome).write_bytes(dados)
            for nome in arquivos:
                if (pasta / nome).is_dir():
                    raise UsoErrado(f"“{pasta / nome}” é uma pasta. Escolha outra --saida ou tire essa pasta de lá.")
            for nome in arquivos:
                (Path(provisoria) / nome).replace(pasta / nome)
    except OSError as erro:
        raise UsoErrado(f"Não foi possível escrever em “{pasta}”: {erro.strerror}.") from erro


def _apontar(falhas: Iterable[Falha]) -> int:
    for falha in falhas:
        print(falha, file=sys.stderr)
    return DADOS_COM_FALTAS


def _avisar_sem_uso(colunas: Sequence[str]) -> None:
    if colunas:
        nomes = ", ".join(f"“{nome}”" for nome in colunas)
        print(f"Aviso: a partilha não usa {nomes}.", file=sys.stderr)


def _resumo(resultado: Resultado, saida: Path) -> str:
    contagem = Counter(cota.situacao for cota in resultado.cotas)
    opcoes = resultado.opcoes
    norma = resultado.regras.norma
    linhas = [f"Partilha da proteção social básica, exercício {opcoes.exercicio}, {norma.conteudo}"]
    if not resultado.regras.vigente:
        linhas.append(f"{AVISO_DE_SIMULACAO} ({norma.conteudo} vigeu {norma.vigencia})")
    linhas += [
        f"Municípios: {com_virgula(len(resultado.cotas))}",
        *(f"  {rotulo}: {com_virgula(contagem[situacao])}" for situacao, rotulo in ROTULOS_NO_RESUMO.items()),
        f"Recurso: {em_reais(opcoes.recurso_centavos)}",
        f"Pago: {em_reais(resultado.pago_centavos)}",
        f"Saldo nos estados: {em_reais(resultado.saldo_centavos)}",
        f"Arquivos em {saida}: municipios.csv, grupos.csv, memoria.json",
    ]
    return "\n".join(linhas)


ROTULOS_NO_RESUMO = {
    Situacao.CONTEMPLADO: "contemplados",
    Situacao.NAO_ALCANCADO: "não alcançados",
    Situacao.MINIMO_JA_ATENDIDO: "mínimo já atendido",
    Situacao.NAO_ELEGIVEL: "não elegíveis",
    Situacao.NAO_CLASSIFICADO: "não classificados",
}


def _porte(lidas: Mapping[str, str]) -> int:
    populacoes = ler_populacoes(dados=ler_arquivo(Path(lidas["populacao"]), formato="CSV"))
    if populacoes.falhas:
        return _apontar(populacoes.falhas)
    limites = versoes("territorio.porte")[-1]
    tabela = tabela_de_porte(
        municipios=((uf, habitantes) for _, uf, habitantes in populacoes.municipios),
        limites=limites,
    )
    print(_tabela_em_texto(tabela))
    print(f"Limites de porte: {limites.fundamento}. O Distrito Federal é sempre Metrópole.")
    return FEITO


def _tabela_em_texto(tabela: TabelaDePorte) -> str:
    cabecalho = ("Porte", "Municípios", "%", "População", "%")
    linhas = [_linha_em_texto(linha) for linha in (*tabela.linhas, tabela.total)]
    larguras = [max(map(len, coluna)) for coluna in zip(cabecalho, *linhas, strict=True)]
    return "\n".join(
        "  ".join(
            texto.ljust(largura) if posicao == 0 else texto.rjust(largura)
            for posicao, (texto, largura) in enumerate(zip(linha, larguras, strict=True))
        )
        for linha in (cabecalho, *linhas)
    )


def _linha_em_texto(linha: LinhaDaTabela) -> tuple[str, ...]:
    return (
        linha.porte.nome if linha.porte else "Total",
        com_virgula(linha.municipios),
        com_virgula(linha.municipios_pct, casas=2),
        com_virgula(linha.populacao),
        com_virgula(linha.populacao_pct, casas=2),
    )
