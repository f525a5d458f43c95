from decimal import Decimal

import pytest

from demonstracao.documento import pdf
from demonstracao.indicadores import sintetizar
from demonstracao.pessoas import ENTRADAS
from normas.territorio.porte import Porte
from suas.nucleo.documentos.consultas import tipo_pelo_conteudo
from suas.nucleo.permissoes.abrangencia import esfera_de


def de_vitoria():
    return sintetizar(codigo_ibge="3205309", uf="ES", populacao=365855, porte=Porte.GRANDE).valores


def test_o_mesmo_municipio_tem_sempre_os_mesmos_valores():
    assert de_vitoria() == de_vitoria()


@pytest.mark.parametrize("populacao", [781, 20_000, 365_855, 12_325_232])
@pytest.mark.parametrize("uf, codigo", [("ES", "3205309"), ("DF", "5300108"), ("MA", "2111300")])
def test_os_valores_sinteticos_sao_possiveis(uf, codigo, populacao):
    valores = sintetizar(codigo_ibge=codigo, uf=uf, populacao=populacao, porte=Porte.GRANDE).valores

    assert 0 < int(valores["populacao_vulneravel"]) <= populacao
    assert 0 <= int(valores["familias_pobres"]) <= int(valores["familias"])
    assert Decimal(valores["rcl_per_capita"]) > 0
    assert Decimal(valores["fnas_psb_per_capita"]) >= 0
    assert (valores["nivel_gestao"] == "df") is (uf == "DF")


def test_o_pdf_das_pecas_e_reconhecido_e_repetivel():
    linhas = ["Resolução fictícia (CNAS)", "Documento de demonstração"]

    assert tipo_pelo_conteudo(pdf(linhas)) == "application/pdf"
    assert pdf(linhas) == pdf(linhas)
    assert b"Resolu\xe7\xe3o fict\xedcia \\(CNAS\\)" in pdf(linhas)


def test_as_entradas_usam_um_dominio_que_nao_existe_e_a_esfera_do_papel():
    for entrada in ENTRADAS:
        assert entrada.email.endswith(".example")
        assert esfera_de(entrada.abrangencia) in entrada.papel.esferas
