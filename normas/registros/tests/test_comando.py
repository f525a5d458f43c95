"""O comando formulario: o contrato em JSON, os códigos de saída e os erros em palavras."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from normas.__main__ import main
from normas.registros.tests.fabricas import tudo_em_zero, versao_de


def chamar(capsys, *argv):
    codigo = main(["formulario", *argv])
    tela = capsys.readouterr()
    return codigo, tela.out, tela.err


@pytest.fixture
def conferir(capsys, tmp_path):
    def conferir(codigo, dados, *opcoes):
        arquivo = tmp_path / "F.json"
        arquivo.write_text(dados if isinstance(dados, str) else json.dumps(dados), encoding="utf-8")
        return chamar(capsys, "conferir", codigo, "--em", "2026-01", "--arquivo", str(arquivo), *opcoes)

    return conferir


@pytest.mark.parametrize(("codigo", "itens"), [("RMA-CRAS", 25), ("RMA-CREAS", 39), ("rma-pop", 14)])
def test_mostrar_em_json_traz_codigo_versao_itens_e_regras(capsys, codigo, itens):
    saiu, saida, erro = chamar(capsys, "mostrar", codigo, "--em", "2026-01", "--json")

    assert (saiu, erro) == (0, "")
    mostrado = json.loads(saida)
    assert (mostrado["codigo"], mostrado["versao"], mostrado["competencia"]) == (codigo.upper(), "2017", "2026-01")
    assert mostrado["vigencia"] == {"desde": "2017-01", "ate": None}
    assert len(mostrado["itens"]) == itens
    assert all({"codigo", "rotulo", "medida", "desdobramento"} <= item.keys() for item in mostrado["itens"])
    assert {item["medida"] for item in mostrado["itens"]} <= {"estoque", "fluxo"}
    assert all({"regra", "itens", "gravidade", "fundamento"} <= regra.keys() for regra in mostrado["regras"])
    assert {regra["gravidade"] for regra in mostrado["regras"]} == {"impede", "justificar", "avisa"}
    assert [item for bloco in mostrado["blocos"] for secao in bloco["secoes"] for item in secao["itens"]] == [
        item["codigo"] for item in mostrado["itens"]
    ]


def test_mostrar_diz_os_quadrinhos_o_bloco_opcional_e_o_que_nao_se_compara(capsys):
    _, saida, _ = chamar(capsys, "mostrar", "RMA-CREAS", "--em", "2026-01", "--json")
    mostrado = json.loads(saida)
    itens = {item["codigo"]: item for item in mostrado["itens"]}

    assert itens["A.1"]["desdobramento"] is None
    assert itens["C.5"]["desdobramento"]["sexos"] == ["masculino", "feminino"]
    assert itens["C.5"]["desdobramento"]["faixas"] == [
        {"nome": "0 a 12 anos", "de": 0, "ate": 12},
        {"nome": "13 a 15 anos", "de": 13, "ate": 15},
    ]
    assert itens["C.5"]["desdobramento"]["sufixos"][3] == {"sexo": "feminino", "faixa": "13 a 15 anos", "sufixo": "d"}
    assert itens["J.4"]["desdobramento"]["faixas"] == []
    assert itens["C.5"]["ajuda"] is None and itens["K.1"]["ajuda"] == "Cada pessoa conta uma única vez no mês."
    assert [bloco["opcional"] for bloco in mostrado["blocos"]] == [
        None, None, "Não realiza oferta do serviço", "Não realiza oferta do serviço",
    ]  # fmt: skip
    assert mostrado["nao_se_compara"][0]["regra"] == "V12"
    assert mostrado["rodape"][0] == "Nome do(a) coordenador(a) do CREAS"


def test_mostrar_sem_json_e_o_formulario_em_branco(capsys):
    saiu, saida, _ = chamar(capsys, "mostrar", "RMA-POP", "--em", "2026-01")

    assert saiu == 0
    assert saida.startswith("Formulário de Registro Mensal de Atendimentos do Centro POP (RMA-POP)\n")
    assert "BLOCO II. Serviço Especializado em Abordagem Social no Centro POP\n[ ] Não realiza" in saida


def test_mostrar_com_esquema_e_o_json_schema_do_arquivo(capsys):
    saiu, saida, _ = chamar(capsys, "mostrar", "RMA-POP", "--em", "2026-01", "--esquema")

    assert saiu == 0
    assert json.loads(saida)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert len(json.loads(saida)["properties"]) == 15


@pytest.mark.parametrize("codigo", ["RMA-CRAS", "RMA-CREAS", "RMA-POP"])
def test_formulario_certo_sai_com_0_e_lista_vazia(conferir, codigo):
    assert conferir(codigo, tudo_em_zero(versao_de(codigo))) == (0, "[]\n", "")


def test_o_que_impede_sai_com_3_e_se_diz_em_json(conferir):
    saiu, saida, erro = conferir("RMA-CRAS", tudo_em_zero(versao_de("RMA-CRAS"), **{"A.1": 5, "A.2": 8}))

    assert (saiu, erro) == (3, "")
    assert json.loads(saida)[0] == {
        "regra": "V1",
        "itens": ["A.2", "A.1"],
        "gravidade": "impede",
        "mensagem": (
            "As novas famílias em acompanhamento pelo PAIF (A.2 = 8) não podem ser mais do que as famílias em "
            "acompanhamento pelo PAIF (A.1 = 5). Confira os dois números."
        ),
        "fundamento": "Resolução CIT nº 4/2011, mudada pelas nº 20/2013 e nº 2/2017, RMA do CRAS, A.1 e A.2",
    }


def test_aviso_e_justificativa_nao_impedem(conferir):
    saiu, saida, _ = conferir(
        "RMA-CRAS", tudo_em_zero(versao_de("RMA-CRAS"), **{"A.1": 900, "A.2": 9, "B.1": 10}), "--porte", "pequeno_i"
    )

    assert saiu == 0
    assert [(i["regra"], i["gravidade"]) for i in json.loads(saida)] == [("V2", "justificar"), ("CORTE", "avisa")]


def test_parcial_nao_cobra_o_que_falta_e_cobra_o_que_nao_combina(conferir):
    assert conferir("RMA-CRAS", {"A.1": 5, "A.2": 1}, "--parcial") == (0, "[]\n", "")

    saiu, saida, _ = conferir("RMA-CRAS", {"A.1": 5, "A.2": 8}, "--parcial")
    assert (saiu, [i["regra"] for i in json.loads(saida)]) == (3, ["V1"])


def test_os_meses_anteriores_vem_num_arquivo(conferir, tmp_path):
    anteriores = tmp_path / "meses.json"
    meses = {f"2025-{mes:02d}": {"C.1": 80 + mes} for mes in range(1, 13)}
    # o treze meses antes e o próprio mês não contam
    meses |= {"2024-12": {"C.1": 9000}, "2026-01": {"C.1": 9000}}
    anteriores.write_text(json.dumps(meses), encoding="utf-8")

    saiu, saida, _ = conferir("RMA-CRAS", tudo_em_zero(versao_de("RMA-CRAS")), "--anteriores", str(anteriores))

    assert saiu == 0
    (achada,) = json.loads(saida)
    assert (achada["regra"], achada["itens"]) == ("MESES", ["C.1"])
    assert "12 meses anteriores desta unidade, que foram de 81 a 92, com 86,5 no meio" in achada["mensagem"]


def test_item_que_nao_e_do_formulario_avisa_e_segue(conferir):
    saiu, saida, _ = conferir("RMA-POP", tudo_em_zero(versao_de("RMA-POP")) | {"B.4": 7})

    assert saiu == 0
    (achada,) = json.loads(saida)
    assert (achada["itens"], achada["gravidade"]) == (["B.4"], "avisa")
    assert "“B.4” não é um item do RMA-POP, versão 2017" in achada["mensagem"]


@pytest.mark.parametrize(
    ("texto", "frase"),
    [
        ("", "Não é um JSON: na linha 1, coluna 1,"),
        ('{"A.1": 5,\n "A.2"}', "Não é um JSON: na linha 2, coluna 7,"),
        ("[1, 2]", "precisa ser um objeto"),
        ('{"A.1": 1, "A.1": 2}', "“A.1” aparece duas vezes no mesmo objeto"),
        ('{"A.1": 1, "a1": 2}', "O item A.1 aparece duas vezes. Deixe um só."),
        ('{"A.1": NaN}', "“NaN” não é um número de JSON"),
        ('{"A.1": ' + "[" * 100_000, "O JSON tem objetos demais"),
        ('{"nao_oferta": ["IV"]}', "lista dos blocos que a unidade não oferta: este formulário não tem nenhum"),
    ],
)
def test_arquivo_que_nao_se_le_sai_com_2_em_palavras(conferir, texto, frase):
    saiu, saida, erro = conferir("RMA-CRAS", texto)

    assert (saiu, saida) == (2, "")
    assert frase in erro


def test_numero_com_algarismos_sem_fim_e_um_item_a_corrigir(conferir):
    saiu, saida, _ = conferir("RMA-CRAS", '{"A.1": ' + "9" * 5000 + "}", "--parcial")

    assert saiu == 3
    assert "passa de 9.999.999" in json.loads(saida)[0]["mensagem"]


@pytest.mark.parametrize("dados", [{"nao_oferta": "IV"}, {"nao_oferta": ["I"]}, {"nao_oferta": [["IV"]]}])
def test_a_marca_de_nao_oferta_e_uma_lista_de_blocos_opcionais(conferir, dados):
    saiu, _, erro = conferir("RMA-CREAS", dados)

    assert saiu == 2
    assert "só podem ser III, IV" in erro


def test_arquivo_ausente_pasta_e_o_que_nao_e_utf8_saem_com_2(capsys, tmp_path):
    latin1 = tmp_path / "latin1.json"
    latin1.write_bytes('{"ç": 1}'.encode("latin-1"))
    for caminho, frase in [(tmp_path / "nada", "não existe"), (tmp_path, "é uma pasta"), (latin1, "não está em UTF-8")]:
        saiu, _, erro = chamar(capsys, "conferir", "RMA-CRAS", "--em", "2026-01", "--arquivo", str(caminho))

        assert saiu == 2
        assert frase in erro


@pytest.mark.parametrize(
    ("argv", "frase"),
    [
        ([], "Falta dizer o que fazer."),
        (["apagar", "RMA-CRAS"], "Não há o que fazer com “apagar”."),
        (["mostrar"], "Falta o código do formulário."),
        (["mostrar", "RMA-ABRIGO"], "Não há o formulário “RMA-ABRIGO”."),
        (["mostrar", "RMA-CRAS"], "Falta --em."),
        (["mostrar", "RMA-CRAS", "--em", "janeiro"], "--em: “janeiro” não é uma competência."),
        (["mostrar", "RMA-CRAS", "--em", "2016-12"], "Não há RMA-CRAS transcrito para 2016-12."),
        (["mostrar", "RMA-CRAS", "--em", "2026-01", "--json", "--esquema"], "Escolha --json ou --esquema"),
        (["conferir", "RMA-CRAS", "--em", "2026-01"], "Falta --arquivo."),
        (
            ["conferir", "RMA-CRAS", "--em", "2026-01", "--arquivo", "x", "--porte", "enorme"],
            "--porte: “enorme” não serve",
        ),
    ],
)
def test_pedido_que_nao_se_entende_sai_com_2(capsys, argv, frase):
    saiu, saida, erro = chamar(capsys, *argv)

    assert (saiu, saida) == (2, "")
    assert erro.startswith(frase)


def test_meses_anteriores_que_nao_se_leem_saem_com_2(conferir, tmp_path):
    anteriores = tmp_path / "meses.json"
    for texto, frase in [("[]", "precisa ser um objeto"), ('{"2025": {}}', "não é uma competência")]:
        anteriores.write_text(texto, encoding="utf-8")
        saiu, _, erro = conferir("RMA-CRAS", {}, "--anteriores", str(anteriores))

        assert saiu == 2
        assert frase in erro


def test_a_ajuda_diz_os_formularios_e_as_opcoes(capsys):
    saiu, saida, _ = chamar(capsys, "--ajuda")
    assert saiu == 0
    assert saida == (
        "Uso: redesuas formulario mostrar|conferir CODIGO [opções]\n\n"
        "Os formulários: RMA-CRAS, RMA-CREAS, RMA-POP.\n\n"
        "As opções: redesuas formulario mostrar RMA-CRAS --ajuda\n"
    )

    saiu, saida, _ = chamar(capsys, "conferir", "RMA-CRAS", "--ajuda")
    assert (saiu, "--parcial" in saida, "--anteriores ARQUIVO.json" in saida) == (0, True, True)


def test_o_comando_da_plataforma_e_o_mesmo_e_nao_carrega_o_django():
    programa = (
        "import sys; from suas.config.comandos import main; "
        "codigo = main(['formulario', 'mostrar', 'RMA-CRAS', '--em', '2026-01', '--json']); "
        "sys.exit(codigo or ('django' in sys.modules))"
    )
    feito = subprocess.run([sys.executable, "-c", programa], capture_output=True, text=True, check=False)

    assert (feito.returncode, feito.stderr) == (0, "")
    assert json.loads(feito.stdout)["codigo"] == "RMA-CRAS"
