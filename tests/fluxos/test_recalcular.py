"""ferramentas/recalcular.py, escrito à parte e sem importar nada nosso, dá os mesmos centavos que a plataforma."""

from __future__ import annotations

import ast
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from normas.partilha.calculo import PartilhaRecusada, partilhar
from normas.partilha.entrada import ler_entrada
from normas.partilha.memoria import canonica, montar_memoria, resumo_sha256
from tests.fluxos.municipios_inventados import inventar

PROGRAMA = Path(__file__).parents[2] / "ferramentas" / "recalcular.py"


def memoria_do_caso(semente: int) -> bytes | None:
    """Os bytes de memoria.json de um caso inventado; None se a partilha dele é recusada (ninguém vulnerável)."""
    caso = inventar(semente)
    leitura = ler_entrada(dados=caso.planilha, opcoes=caso.opcoes)
    assert leitura.falhas == ()
    try:
        return canonica(montar_memoria(partilhar(municipios=leitura.municipios, opcoes=caso.opcoes)))
    except PartilhaRecusada:
        return None


def caso_com_pagos_e_espera() -> bytes:
    """O primeiro caso inventado com município contemplado, município que espera e sobra movida entre portes."""
    for semente in range(200):
        if (dados := memoria_do_caso(semente)) is None:
            continue
        memoria = json.loads(dados)
        tipos = {evento["tipo"] for eventos in memoria["distribuicao"].values() for evento in eventos}
        situacoes = {m["situacao"] for m in memoria["municipios"]}
        if {"contemplado", "nao_alcancado"} <= situacoes and "transferencia" in tipos:
            return dados
    raise AssertionError("Nenhum caso inventado serve: reveja tests/fluxos/municipios_inventados.py.")


def executar(*argumentos: str) -> subprocess.CompletedProcess[str]:
    comando = [sys.executable, "-I", str(PROGRAMA), *argumentos]
    return subprocess.run(comando, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture(scope="module")
def arquivo(tmp_path_factory):
    caminho = tmp_path_factory.mktemp("memoria") / "memoria.json"
    caminho.write_bytes(caso_com_pagos_e_espera())
    return caminho


def test_confere_uma_partilha_e_mostra_o_resumo(arquivo):
    resposta = executar(str(arquivo), "--sha256", resumo_sha256(arquivo.read_bytes()))

    assert resposta.stderr == ""
    assert "Tudo confere." in resposta.stdout
    assert resumo_sha256(arquivo.read_bytes()) in resposta.stdout
    assert resposta.returncode == 0


def test_mostra_a_conta_de_um_municipio(arquivo):
    pago = next(m for m in json.loads(arquivo.read_bytes())["municipios"] if m["situacao"] == "contemplado")

    resposta = executar(str(arquivo), "--municipio", pago["codigo_ibge"])

    assert f"{pago['codigo_ibge']}/{pago['uf']}, {pago['porte']}: contemplado" in resposta.stdout
    assert pago["indice_decimal"] in resposta.stdout


def _aumentar_cota(memoria):
    pago = next(m for m in memoria["municipios"] if m["situacao"] == "contemplado")
    pago["valor_partilhado"] += 1


def _trocar_um_insumo(memoria):
    pago = next(m for m in memoria["municipios"] if m["situacao"] == "contemplado")
    pago["entrada"]["cras_cofinanciados"] += 1


def _mexer_no_percentual(memoria):
    memoria["parametros"]["partilha.percentual_por_porte"]["valor"]["Grande"] += 1


def _esconder_saldo(memoria):
    memoria["totais"]["saldo"] += 1


def _trocar_o_recurso(memoria):
    memoria["opcoes"]["recurso_centavos"] += 100


def _contemplado(memoria):
    return next(m for m in memoria["municipios"] if m["situacao"] == "contemplado")


def _trocar_receita_de_todos(memoria):
    for linha in memoria["municipios"]:
        if "rcl_per_capita" in linha["entrada"]:
            linha["entrada"]["rcl_per_capita"] = "1" + linha["entrada"]["rcl_per_capita"]


def _mudar_valor_do_indicador(memoria):
    _contemplado(memoria)["indicadores"]["vulnerabilidade"]["valor"] = "1/7"


def _mudar_representativo_escrito(memoria):
    _contemplado(memoria)["indicadores"]["rcl_per_capita"]["representativo_decimal"] = "0.123456"


def _negar_elegibilidade(memoria):
    _contemplado(memoria)["elegivel"] = "nao"


def _mudar_escala(memoria):
    memoria["passo_3"]["escalas"][0]["maximo"] = "999/1"


def _tirar_escala(memoria):
    memoria["passo_3"]["escalas"].pop()


def _mudar_peso_do_passo_1(memoria):
    memoria["passo_1"]["pesos"]["Grande"] += 1


def _mudar_peso_do_passo_2(memoria):
    pesos = next(pesos for pesos in memoria["passo_2"]["pesos"].values() if pesos)
    pesos[next(iter(pesos))] += 1


def _mudar_recebido(memoria):
    memoria["passo_2"]["recebido"][next(iter(memoria["passo_2"]["recebido"]))] += 1


def _mudar_peso_do_indice(memoria):
    memoria["parametros"]["partilha.pesos"]["valor"]["vulnerabilidade"] = 3


def _repetir_grupo(memoria):
    memoria["grupos"].append(memoria["grupos"][0])


def _esconder_simulacao(memoria):
    memoria["opcoes"]["exercicio"] = 2020


def _inventar_estado(memoria):
    memoria["distribuicao"]["ZZ"] = []


def _desviar_sobra(memoria):
    eventos = [evento for lista in memoria["distribuicao"].values() for evento in lista]
    next(e for e in eventos if e["tipo"] == "transferencia")["para"][0][1] += 1


@pytest.mark.parametrize(
    "adulterar",
    [
        pytest.param(_aumentar_cota, id="um centavo a mais numa cota"),
        pytest.param(_trocar_um_insumo, id="um insumo trocado"),
        pytest.param(_mexer_no_percentual, id="percentual que não é o da norma"),
        pytest.param(_esconder_saldo, id="saldo trocado"),
        pytest.param(_trocar_o_recurso, id="recurso trocado"),
        pytest.param(_desviar_sobra, id="sobra desviada entre portes"),
        pytest.param(_trocar_receita_de_todos, id="receita de todos trocada sem mudar a ordem"),
        pytest.param(_mudar_valor_do_indicador, id="valor de indicador que não é o da entrada"),
        pytest.param(_mudar_representativo_escrito, id="valor representativo escrito de outro jeito"),
        pytest.param(_negar_elegibilidade, id="elegível que deixou de ser"),
        pytest.param(_mudar_escala, id="escala com outro máximo"),
        pytest.param(_tirar_escala, id="escala que falta"),
        pytest.param(_mudar_peso_do_passo_1, id="peso do passo 1"),
        pytest.param(_mudar_peso_do_passo_2, id="peso do passo 2"),
        pytest.param(_mudar_recebido, id="recebido no passo 2"),
        pytest.param(_mudar_peso_do_indice, id="peso do índice que não é o da norma"),
        pytest.param(_repetir_grupo, id="grupo repetido"),
        pytest.param(_esconder_simulacao, id="ano fora da vigência sem dizer que é simulação"),
        pytest.param(_inventar_estado, id="estado que não está na partilha"),
    ],
)
def test_arquivo_adulterado_nao_confere(arquivo, tmp_path, adulterar):
    memoria = json.loads(arquivo.read_bytes())
    adulterar(memoria)
    outro = tmp_path / "memoria.json"
    outro.write_bytes(canonica(memoria))

    resposta = executar(str(outro))

    assert resposta.returncode == 3
    assert "Não confere" in resposta.stderr or "repetidos" in resposta.stderr


@pytest.mark.parametrize(
    ("onde", "nome", "palavra"),
    [
        ("opcoes", "criterio_porte", "outro"),
        ("opcoes", "normalizacao", "pais"),
        ("opcoes", "transicao_2005", "talvez"),
        ("entrada", "nivel_gestao", "alta"),
        ("entrada", "adesao_suas", "Sim"),
    ],
)
def test_palavra_que_nao_existe_e_dita(arquivo, tmp_path, onde, nome, palavra):
    memoria = json.loads(arquivo.read_bytes())
    lidas = memoria["opcoes"] if onde == "opcoes" else memoria["municipios"][0]["entrada"]
    lidas[nome] = palavra
    outro = tmp_path / "memoria.json"
    outro.write_bytes(canonica(memoria))

    resposta = executar(str(outro))

    assert resposta.returncode == 3
    assert f"Em {nome}, “{palavra}” não serve" in resposta.stderr


def test_insumo_trocado_aparece_primeiro_com_o_codigo_do_municipio(arquivo, tmp_path):
    memoria = json.loads(arquivo.read_bytes())
    linha = _contemplado(memoria)
    linha["entrada"]["rcl_per_capita"] = "123456.78"
    outro = tmp_path / "memoria.json"
    outro.write_bytes(canonica(memoria))

    primeira = executar(str(outro)).stderr.splitlines()[1]

    codigo = linha["codigo_ibge"]
    assert primeira.startswith(f"- {codigo}, indicadores, rcl_per_capita, valor: o arquivo diz ")


def test_adulteracao_coerente_se_ve_pelo_resumo_publicado(arquivo, tmp_path):
    publicado = resumo_sha256(arquivo.read_bytes())
    memoria = json.loads(arquivo.read_bytes())
    memoria["norma"]["nome"] = "Outra norma"
    outro = tmp_path / "memoria.json"
    outro.write_bytes(canonica(memoria))

    assert executar(str(outro)).returncode == 0
    resposta = executar(str(outro), "--sha256", publicado)

    assert resposta.returncode == 3
    assert "SHA-256, contra o informado" in resposta.stderr


@pytest.mark.parametrize("conteudo", [b"", b"{}", b"isto nao e json", b'{"opcoes": 3}', b"\xff\xfe"])
def test_arquivo_que_nao_e_memoria_diz_o_que_ha_e_sai_com_3(tmp_path, conteudo):
    outro = tmp_path / "outro.json"
    outro.write_bytes(conteudo)

    resposta = executar(str(outro))

    assert resposta.returncode == 3
    assert "Não foi possível refazer a conta" in resposta.stderr
    assert "Traceback" not in resposta.stderr


def test_arquivo_que_nao_ha_diz_o_que_conferir_e_sai_com_3(tmp_path):
    resposta = executar(str(tmp_path / "memoria.json"))

    assert resposta.returncode == 3
    assert "Confira o nome e a pasta do arquivo" in resposta.stderr
    assert "Errno" not in resposta.stderr


def test_nao_importa_nada_alem_da_biblioteca_padrao():
    arvore = ast.parse(PROGRAMA.read_text(encoding="utf-8"))
    raizes = {alias.name.split(".")[0] for no in ast.walk(arvore) if isinstance(no, ast.Import) for alias in no.names}
    raizes |= {no.module.split(".")[0] for no in ast.walk(arvore) if isinstance(no, ast.ImportFrom) and no.module}

    assert raizes <= sys.stdlib_module_names | {"__future__"}


def test_trezentos_casos_inventados_conferem_numero_a_numero(capsys):
    especificacao = importlib.util.spec_from_file_location("recalcular", PROGRAMA)
    recalcular = importlib.util.module_from_spec(especificacao)
    sys.modules["recalcular"] = recalcular
    especificacao.loader.exec_module(recalcular)

    divergentes, conferidos = {}, 0
    for semente in range(300):
        if (dados := memoria_do_caso(semente)) is None:
            continue
        conferidos += 1
        if diferencas := recalcular.conferir(dados, municipio="", sha256=resumo_sha256(dados)):
            divergentes[semente] = diferencas[:3]

    assert divergentes == {}
    assert conferidos > 250
