"""O comando partilha: opções, códigos de saída, arquivos e resumo."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from normas.__main__ import main
from normas.comandos import comando_partilha
from normas.partilha.tests.fabricas import COLUNAS, csv_de

RAIZ = Path(__file__).parents[3]


@pytest.fixture
def pasta(tmp_path):
    (tmp_path / "entrada.csv").write_bytes(csv_de([{}, {"codigo_ibge": "3200002"}]))
    return tmp_path


def chamar(pasta, *mais, entrada="entrada.csv", recurso="100000.00", pbf="1.80"):
    return comando_partilha(
        [
            *("--entrada", str(pasta / entrada), "--recurso", recurso, "--pbf", pbf),
            *("--saida", str(pasta / "saida"), *mais),
        ]
    )


def memoria(pasta):
    return json.loads((pasta / "saida" / "memoria.json").read_bytes())


def test_escreve_os_tres_arquivos_e_termina_no_resumo(pasta, capsys):
    assert chamar(pasta) == 0

    tela = capsys.readouterr()
    saida = pasta / "saida"
    assert sorted(p.name for p in saida.iterdir()) == [
        "grupos.csv",
        "memoria.json",
        "municipios.csv",
    ]
    sha = hashlib.sha256((saida / "memoria.json").read_bytes()).hexdigest()
    assert tela.err == ""
    assert tela.out.splitlines() == [
        "Partilha da proteção social básica, exercício 2006, NOB/SUAS 2005",
        "Municípios: 2",
        "  contemplados: 1",
        "  não alcançados: 1",
        "  mínimo já atendido: 0",
        "  não elegíveis: 0",
        "  não classificados: 0",
        "Recurso: R$ 100.000,00",
        "Pago: R$ 54.000,00",
        "Saldo nos estados: R$ 46.000,00",
        f"Arquivos em {saida}: municipios.csv, grupos.csv, memoria.json",
        f"SHA-256 de memoria.json: {sha}",
    ]


def test_repetir_substitui_os_arquivos_e_da_os_mesmos_bytes(pasta):
    chamar(pasta)
    antes = {p.name: p.read_bytes() for p in (pasta / "saida").iterdir()}
    (pasta / "saida" / "municipios.csv").write_text("velho")

    assert chamar(pasta) == 0

    assert {p.name: p.read_bytes() for p in (pasta / "saida").iterdir()} == antes


def test_colunas_dos_csv(pasta):
    chamar(pasta)

    municipios = (pasta / "saida" / "municipios.csv").read_text().splitlines()
    grupos = (pasta / "saida" / "grupos.csv").read_text().splitlines()
    assert municipios[0] == (
        "codigo_ibge,uf,porte,indice,ordem,elegivel,situacao,motivo,"
        "cras_minimo,cras_a_financiar,valor_minimo,valor_partilhado"
    )
    assert grupos[0] == "uf,porte,passo1,passo2,recebido,cedido,pago,saldo"
    assert len(municipios) == 3


def test_opcoes_ficam_na_memoria(pasta):
    (pasta / "entrada.csv").write_bytes(csv_de([{}, {"codigo_ibge": "3200002", "rcl_per_capita": ""}]))

    codigo = chamar(
        pasta,
        "--criterio-porte=populacao",
        "--normalizacao",
        "uf_porte",
        "--direcao-complementar",
        "Pequeno I=baixo_pior, medio=alto_pior",
        "--excluir-incompletos",
        "--exercicio",
        "2012",
    )

    assert codigo == 0
    opcoes = memoria(pasta)["opcoes"]
    complementares = opcoes.pop("complementares")
    assert opcoes == {
        "criterio_porte": "populacao",
        "excluir_incompletos": "sim",
        "exercicio": 2012,
        "normalizacao": "uf_porte",
        "pbf_centavos": 180,
        "recurso_centavos": 10000000,
        "transicao_2005": "nao",
    }
    assert [(c["porte"], c["instancia"], c["direcao"]) for c in complementares] == [("Pequeno I", "ES", "baixo_pior")]


def test_sem_escolha_valem_os_padroes(pasta):
    chamar(pasta)

    opcoes = memoria(pasta)["opcoes"]
    assert (opcoes["criterio_porte"], opcoes["normalizacao"]) == ("tabela", "porte")
    assert (opcoes["excluir_incompletos"], opcoes["exercicio"]) == ("nao", 2006)
    assert opcoes["complementares"][0]["direcao"] == "alto_pior"


def test_transicao_de_2005(pasta):
    colunas = [
        coluna
        for coluna in (*COLUNAS, "familias", "familias_pobres")
        if coluna not in ("populacao_vulneravel", "indicador_complementar")
    ]
    linha = {"familias": "100", "familias_pobres": "50"}
    (pasta / "entrada.csv").write_bytes(csv_de([linha], colunas))

    assert chamar(pasta, "--transicao-2005", "--exercicio", "2005") == 0
    assert memoria(pasta)["simulacao_norma_nao_vigente"] == "nao"
    assert memoria(pasta)["opcoes"]["transicao_2005"] == "sim"


def test_fora_da_vigencia_e_simulacao_no_resumo_na_memoria_e_no_csv(pasta, capsys):
    assert chamar(pasta, "--exercicio", "2020") == 0

    linhas = capsys.readouterr().out.splitlines()
    assert linhas[1] == ("simulação: norma não vigente (NOB/SUAS 2005 vigeu de 25/07/2005 a 02/01/2013)")
    assert memoria(pasta)["simulacao_norma_nao_vigente"] == "sim"
    texto = (pasta / "saida" / "municipios.csv").read_text()
    assert all(
        linha["motivo"].endswith(" (simulação: norma não vigente)") for linha in csv.DictReader(io.StringIO(texto))
    )


def test_dados_com_faltas_saem_com_3_e_nada_e_escrito(pasta, capsys):
    (pasta / "entrada.csv").write_bytes(csv_de([{"uf": "XX"}, {"populacao": "0"}]))

    assert chamar(pasta) == 3

    tela = capsys.readouterr()
    assert tela.out == ""
    assert [linha.split(":")[0] for linha in tela.err.splitlines()] == [
        "linha 2, coluna uf",
        "linha 3, coluna codigo_ibge",
        "linha 3, coluna populacao",
    ]
    assert not (pasta / "saida").exists()


@pytest.mark.parametrize("mais", [[], ["--excluir-incompletos"]])
def test_linha_curta_que_nao_tem_outra_falta_sai_com_3(pasta, capsys, mais):
    inteiro = (pasta / "entrada.csv").read_bytes()
    (pasta / "entrada.csv").write_bytes(inteiro + b"3200003,ES,5000\n")

    assert chamar(pasta, *mais) == 3
    erros = capsys.readouterr().err.splitlines()
    assert [erro.partition(": ")[0] for erro in erros] == [f"linha 4, coluna {coluna}" for coluna in COLUNAS[3:]]
    assert not (pasta / "saida").exists()


def test_valor_em_outra_codificacao_sai_com_3(pasta, capsys):
    dados = csv_de([{"nivel_gestao": "básica"}]).decode().encode("latin-1")
    (pasta / "entrada.csv").write_bytes(dados)

    assert chamar(pasta) == 3
    assert capsys.readouterr().err == (
        "linha 2, coluna nivel_gestao: “b?sica” não está em UTF-8. Salve o arquivo como CSV em UTF-8.\n"
    )
    assert not (pasta / "saida").exists()


def test_sem_vulneravel_sai_com_3(pasta, capsys):
    (pasta / "entrada.csv").write_bytes(csv_de([{"populacao_vulneravel": "0"}]))

    assert chamar(pasta) == 3
    assert capsys.readouterr().err.startswith("linha 1, coluna populacao_vulneravel: Nenhum")
    assert not (pasta / "saida").exists()


def test_coluna_a_mais_e_avisada_e_ignorada(pasta, capsys):
    (pasta / "entrada.csv").write_bytes(csv_de([{"nome": "Aldeia"}], (*COLUNAS, "nome")))

    assert chamar(pasta) == 0
    assert capsys.readouterr().err == "Aviso: a partilha não usa “nome”.\n"


@pytest.mark.parametrize(
    ("mais", "frase"),
    [
        (["--criterio-porte", "outro"], "--criterio-porte: “outro” não serve. Escreva tabela ou populacao."),
        (["--normalizacao", "pais"], "--normalizacao: “pais” não serve. Escreva porte ou uf_porte."),
        (["--exercicio", "6"], "--exercicio: “6” não é um ano."),
        (["--exercicio", "20x6"], "--exercicio: “20x6” não é um ano."),
        (["--exercicio", "²²²²"], "--exercicio: “²²²²” não é um ano."),
        (["--exercicio", "1500"], "1500 não é um exercício."),
        (["--direcao-complementar", "Médio"], "--direcao-complementar: “Médio” não serve."),
        (["--direcao-complementar", "Médio=alto"], "--direcao-complementar: “Médio=alto” não serve."),
        (["--direcao-complementar", "Enorme=alto_pior"], "“Enorme=alto_pior” não serve."),
        (["--direcao-complementar", ""], "A opção --direcao-complementar precisa de um valor"),
        (["--direcao-complementar", "Médio=alto_pior,"], "--direcao-complementar: “” não serve."),
        (["--exercicio="], "A opção --exercicio precisa de um valor: --exercicio ANO."),
        (["--exercicio", "--normalizacao=porte"], "A opção --exercicio precisa de um valor"),
        (
            ["--direcao-complementar", "Médio=alto_pior,medio=baixo_pior"],
            "Médio aparece duas vezes",
        ),
        (["--turbo"], "“--turbo” não é uma opção deste comando."),
        (["sobra"], "“sobra” não é uma opção deste comando."),
        (["--recurso", "2"], "A opção --recurso foi dada duas vezes."),
        (["--exercicio"], "A opção --exercicio precisa de um valor: --exercicio ANO."),
        (["--exercicio", "--transicao-2005"], "A opção --exercicio precisa de um valor"),
        (["--transicao-2005=sim"], "A opção --transicao-2005 não leva valor."),
    ],
)
def test_uso_errado_sai_com_2_e_diz_o_que_escrever(pasta, capsys, mais, frase):
    assert chamar(pasta, *mais) == 2

    tela = capsys.readouterr()
    assert frase in tela.err
    assert tela.err.endswith("Para ver as opções: redesuas partilha --ajuda\n")
    assert (tela.out, (pasta / "saida").exists()) == ("", False)


@pytest.mark.parametrize("recurso", ["0", "0.00", "-5", "abc", "1,50", "1.234", "1.000.000", "", "1e3", " 1"])
def test_recurso_e_piso_que_nao_servem(pasta, capsys, recurso):
    assert chamar(pasta, recurso=recurso) == 2
    assert chamar(pasta, pbf=recurso) == 2
    assert not (pasta / "saida").exists()


def test_saida_vazia_nao_escreve_na_pasta_em_que_se_esta(pasta, capsys, monkeypatch):
    monkeypatch.chdir(pasta)

    pedido = ["--entrada", "entrada.csv", "--recurso", "1.00", "--pbf", "1.80", "--saida", ""]

    assert comando_partilha(pedido) == 2
    assert "A opção --saida precisa de um valor: --saida PASTA." in capsys.readouterr().err
    assert [p.name for p in pasta.iterdir()] == ["entrada.csv"]


def test_falta_de_opcao_obrigatoria(capsys):
    assert comando_partilha([]) == 2
    assert "Falta --entrada, --recurso, --pbf, --saida." in capsys.readouterr().err


@pytest.mark.parametrize("pedido", ["--ajuda", "--help", "-h"])
def test_ajuda(pedido, capsys):
    assert comando_partilha([pedido]) == 0

    tela = capsys.readouterr().out
    assert tela.startswith("Uso: redesuas partilha --entrada ARQUIVO.csv --recurso REAIS --pbf REAIS")
    assert "[--transicao-2005]" in tela
    assert "\n  --excluir-incompletos\n" in tela


def test_arquivo_que_nao_existe_e_pasta_no_lugar_de_arquivo(pasta, capsys):
    assert chamar(pasta, entrada="nada.csv") == 2
    assert "nada.csv” não existe." in capsys.readouterr().err
    assert chamar(pasta, entrada=".") == 2
    assert "é uma pasta." in capsys.readouterr().err


def test_saida_que_e_um_arquivo(pasta, capsys):
    (pasta / "saida").write_text("meu")

    assert chamar(pasta) == 2
    assert "é um arquivo. Em --saida, informe uma pasta." in capsys.readouterr().err
    assert (pasta / "saida").read_text() == "meu"


def test_pasta_no_lugar_de_um_dos_arquivos_nao_deixa_a_saida_pela_metade(pasta, capsys):
    (pasta / "saida" / "memoria.json").mkdir(parents=True)

    assert chamar(pasta) == 2
    assert "memoria.json” é uma pasta." in capsys.readouterr().err
    assert [p.name for p in (pasta / "saida").iterdir()] == ["memoria.json"]


def test_terminal_sem_acentos_recebe_o_resumo(pasta):
    argumentos = ["--entrada", "entrada.csv", "--recurso", "1.00", "--pbf", "1.80", "--saida", "saida"]
    pronto = subprocess.run(
        [sys.executable, "-m", "normas", "partilha", *argumentos],
        env={"PYTHONPATH": str(RAIZ), "PYTHONIOENCODING": "ascii"},
        cwd=pasta,
        capture_output=True,
        check=False,
    )

    assert (pronto.returncode, pronto.stderr) == (0, b"")
    assert pronto.stdout.startswith(rb"Partilha da prote\xe7\xe3o social")


def test_saida_dentro_de_um_arquivo(pasta, capsys):
    (pasta / "meio").write_text("x")

    codigo = comando_partilha(
        [
            "--entrada",
            str(pasta / "entrada.csv"),
            "--recurso",
            "1",
            "--pbf",
            "1",
            "--saida",
            str(pasta / "meio" / "fundo"),
        ]
    )

    assert codigo == 2
    assert "Não foi possível escrever em" in capsys.readouterr().err


def test_python_m_normas_nao_carrega_a_plataforma(pasta):
    programa = (
        "import sys; from normas.__main__ import main; main(['porte', '--ajuda']); "
        "sys.exit('django' in sys.modules or 'suas' in sys.modules)"
    )

    feito = subprocess.run([sys.executable, "-c", programa], cwd=RAIZ, capture_output=True, check=False)

    assert feito.returncode == 0, feito.stderr


def test_comando_desconhecido(capsys):
    assert main([]) == 2
    assert main(["outro"]) == 2
    assert "Comandos: partilha, porte, equipe, formulario, fluxo, piso" in capsys.readouterr().err


def test_main_chama_o_comando(pasta, capsys):
    assert main(["partilha"]) == 2
    assert "Falta --entrada" in capsys.readouterr().err
