"""Os parâmetros: o valor do dia, com fonte, e a conferência dos arquivos."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import yaml

from normas.parametros.conferencia import conferencias_vencidas, faltas, faltas_do_arquivo
from normas.parametros.leitura import (
    ParametroDesconhecido,
    ParametroForaDeVigencia,
    arquivo_de,
    nomes,
    parametro,
    versoes,
)

CERTO = """
descricao: Um valor
unidade: centavos
valores:
  - desde: 2005-01-01
    ate: 2010-01-01
    valor: 1
    fundamento: {norma: "Norma A", dispositivo: "item 1"}
  - desde: 2010-01-01
    valor: 2
    fundamento: {norma: "Norma B", dispositivo: "item 2"}
    evidencia: leitura do projeto
    observacao: Falta ler a norma.
conferido: {em: 2026-01-01, por: equipe do projeto, rever_ate: 2027-01-01}
"""


def test_todos_os_parametros_estao_completos():
    assert nomes() == (
        "habilitacao.prazo_com_paif",
        "instancias.cib",
        "instancias.cit",
        "instancias.quorum",
        "partilha.norma",
        "partilha.percentual_por_porte",
        "partilha.pesos",
        "pisos.pbf",
        "prazos.pane",
        "rede.cras_por_porte",
        "rede.dias_sem_conferir",
        "rede.distancia_do_contorno",
        "rede.habitantes_por_familia",
        "rede.oferta_dos_servicos",
        "rede.servicos",
        "registros.corte_do_paif",
        "registros.desvio_na_faixa",
        "registros.meses_anteriores",
        "territorio.porte",
        "trabalho.carga_horaria",
        "trabalho.equipe_cras",
        "trabalho.equipe_creas",
        "trabalho.equipe_familia_acolhedora",
        "trabalho.equipe_ilpi",
        "trabalho.equipe_pequenos_grupos",
        "trabalho.equipe_psicossocial",
        "trabalho.equipe_republica",
        "trabalho.funcoes_essenciais",
    )
    assert faltas() == {}


@pytest.mark.parametrize(
    ("nome", "em", "conteudo"),
    [
        ("pisos.pbf", date(2005, 8, 26), 180),
        ("pisos.pbf", date(2013, 10, 21), 180),
        ("pisos.pbf", date(2013, 10, 22), 240),
        ("partilha.norma", date(2013, 1, 2), "NOB/SUAS 2005"),
    ],
)
def test_vale_o_valor_do_dia(nome, em, conteudo):
    assert parametro(nome, em=em).conteudo == conteudo


def test_o_valor_vem_com_fonte_vigencia_e_evidencia():
    piso = parametro("pisos.pbf", em=date(2014, 1, 1))

    assert piso.nome == "pisos.pbf"
    assert piso.descricao.startswith("Piso Básico Fixo")
    assert piso.unidade == "centavos por família referenciada por mês"
    assert piso.fundamento.norma == "Portaria MDS nº 116/2013"
    assert (piso.vigencia.desde, piso.vigencia.ate) == (date(2013, 10, 22), None)
    assert piso.evidencia == "confirmado"
    assert "leitura do projeto" in piso.observacao
    assert parametro("partilha.pesos", em=date(2006, 1, 1)).fundamento.dispositivo == ("item 5.5, I, a, 3º critério, 2")


def test_os_numeros_da_norma():
    em = date(2006, 1, 1)

    assert dict(parametro("partilha.percentual_por_porte", em=em).conteudo) == {
        "PEQUENO_I": 20,
        "PEQUENO_II": 17,
        "MEDIO": 12,
        "GRANDE": 31,
        "METROPOLE": 20,
    }
    assert dict(parametro("partilha.pesos", em=em).conteudo) == {
        "vulnerabilidade": 2,
        "rcl_per_capita": 1,
        "fnas_psb_per_capita": 1,
        "indicador_complementar": 1,
    }


@pytest.mark.parametrize("em", [date(2005, 7, 24), date(2013, 1, 3)])
def test_fora_da_vigencia_diz_os_periodos_conhecidos(em):
    with pytest.raises(ParametroForaDeVigencia) as erro:
        parametro("partilha.pesos", em=em)

    assert str(erro.value) == (
        f"Em {em:%d/%m/%Y} não há valor em vigor de “partilha.pesos”. Períodos conhecidos: de 25/07/2005 a 02/01/2013."
    )


def test_nome_que_nao_existe_diz_os_que_existem():
    with pytest.raises(ParametroDesconhecido, match=r"Não há parâmetro “pisos\.pbt”\. Os que existem: habilitacao"):
        parametro("pisos.pbt", em=date(2006, 1, 1))


def test_ninguem_altera_a_lei_por_engano():
    cras = parametro("rede.cras_por_porte", em=date(2006, 1, 1)).conteudo

    with pytest.raises(TypeError):
        cras["MEDIO"] = 1
    with pytest.raises(TypeError):
        cras["MEDIO"]["minimo"] = 1


def test_o_arquivo_lido_de_novo_da_o_mesmo_conteudo():
    # Sem a guarda de `versoes`, que lê cada arquivo uma vez só.
    (lida,) = versoes.__wrapped__("rede.cras_por_porte")

    assert {porte: dict(linha) for porte, linha in lida.conteudo.items()} == {
        "PEQUENO_I": {"minimo": 1, "familias": 2500},
        "PEQUENO_II": {"minimo": 1, "familias": 3500},
        "MEDIO": {"minimo": 2, "familias": 5000},
        "GRANDE": {"minimo": 4, "familias": 5000},
        "METROPOLE": {"minimo": 8, "familias": 5000},
    }
    assert dict(lida.unidade)["minimo"] == "CRAS"


def test_versoes_do_mais_antigo_ao_mais_novo():
    assert [versao.conteudo for versao in versoes("pisos.pbf")] == [180, 240]


@pytest.fixture
def arquivo(tmp_path):
    caminho = tmp_path / "um.yaml"
    caminho.write_text(CERTO, encoding="utf-8")
    return caminho


def trocar(arquivo, de, por):
    texto = arquivo.read_text(encoding="utf-8")
    assert de in texto
    arquivo.write_text(texto.replace(de, por), encoding="utf-8")


def test_arquivo_certo_nao_tem_faltas(arquivo):
    assert faltas_do_arquivo(arquivo) == []


@pytest.mark.parametrize(
    ("de", "por", "falta"),
    [
        ("descricao: Um valor", "descricao: ''", "“descricao” está vazio."),
        ("unidade: centavos", "unidade:", "“unidade” está vazio."),
        ("unidade: centavos\n", "", "As chaves são “conferido”, “descricao”, “unidade”, “valores”;"),
        ("unidade: centavos", "unidade: centavos\nnota: x", "o arquivo tem “conferido”"),
        ("    valor: 2\n", "", "Valor 2: precisa de “desde”, “fundamento”, “valor”."),
        ("valor: 2", "valor:", "Valor 2: o valor está vazio."),
        ("    observacao", "    nota", "Valor 2: não se conhece “nota”."),
        ("desde: 2010-01-01", "desde: 2010", "Valor 2: “desde” não é uma data."),
        ("ate: 2010-01-01", "ate: logo", "Valor 1: “ate” não é uma data."),
        ('{norma: "Norma A", dispositivo: "item 1"}', "Norma A", "o fundamento tem norma e dispositivo."),
        (', dispositivo: "item 1"', "", "o fundamento tem norma e dispositivo."),
        ('"item 1"', "1", "a norma e o dispositivo do fundamento são textos."),
        ('"Norma A"', "''", "a norma e o dispositivo do fundamento são textos."),
        ("evidencia: leitura do projeto", "evidencia: boato", "a evidência é “confirmado”, “leitura do projeto”."),
        ("ate: 2010-01-01", "ate: 2005-01-01", "Valor 1: o fim da vigência vem depois do começo."),
        ("ate: 2010-01-01", "ate: 2010-01-02", "Valor 2: começa antes de terminar o valor anterior."),
        ("    ate: 2010-01-01\n", "", "Valor 2: começa antes de terminar o valor anterior."),
        (", rever_ate: 2027-01-01", "", "“conferido” tem “em”, “por”, “rever_ate”."),
        ("em: 2026-01-01", "em: ontem", "“conferido.em” e “conferido.rever_ate” são datas."),
        ("rever_ate: 2027-01-01", "rever_ate: 2026-01-01", "“conferido.rever_ate” vem depois de"),
        ("por: equipe do projeto", "por: ''", "“conferido.por” está vazio."),
    ],
)
def test_arquivo_com_falta(arquivo, de, por, falta):
    trocar(arquivo, de, por)

    assert any(falta in achada for achada in faltas_do_arquivo(arquivo)), faltas_do_arquivo(arquivo)


@pytest.mark.parametrize(
    ("texto", "falta"),
    [
        ("- 1\n", "O arquivo não tem chaves e valores."),
        ("", "O arquivo não tem chaves e valores."),
    ],
)
def test_arquivo_que_nao_e_um_parametro(arquivo, texto, falta):
    arquivo.write_text(texto, encoding="utf-8")

    assert faltas_do_arquivo(arquivo) == [falta]


@pytest.mark.parametrize("valores", [[], "x", None])
def test_arquivo_sem_valores(arquivo, valores):
    dados = yaml.safe_load(CERTO)
    dados["valores"] = valores
    arquivo.write_text(yaml.safe_dump(dados), encoding="utf-8")

    assert faltas_do_arquivo(arquivo) == ["“valores” precisa de ao menos uma linha."]


def test_conferencia_vencida_so_avisa():
    prazo = yaml.safe_load(arquivo_de("pisos.pbf").read_text(encoding="utf-8"))["conferido"]["rever_ate"]

    no_prazo = conferencias_vencidas(em=prazo)
    depois = conferencias_vencidas(em=prazo + timedelta(days=1))

    assert not any("pisos.pbf" in aviso for aviso in no_prazo)
    assert (
        f"O parâmetro “pisos.pbf” devia ter sido comparado com a lei até {prazo:%d/%m/%Y}. Confira a "
        "norma e atualize “conferido” em normas/parametros/pisos/pbf.yaml."
    ) in depois
