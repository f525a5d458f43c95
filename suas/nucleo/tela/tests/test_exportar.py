"""Baixar o que se vê: o formato do endereço, os avisos, e a coluna pessoal só de quem tem o direito."""

import io
import json

import pytest
from django.test import RequestFactory
from python_calamine import CalamineWorkbook

from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.tela import exportar
from suas.nucleo.tela.exportar import Lista, coluna

pytestmark = pytest.mark.django_db
COLUNAS = (
    coluna("nome", "Nome"),
    coluna("cpf", "CPF", permissao=Permissao.ACESSO_VER),
    coluna("horas", "Horas", "inteiro"),
)


def lista(**mudadas) -> Lista:
    comum = {"nome": "gente", "titulo": "Gente", "colunas": COLUNAS, "linhas": [["Ana", "000", 30], ["Bia", "001", 20]]}
    return Lista(**(comum | mudadas))


def pedir(formato, *, ator=ATOR_PUBLICO, **mudadas):
    request = RequestFactory().get("/", {"formato": formato})
    request.ator = ator
    return exportar.baixar(request, lista(**mudadas))


def test_formato_que_nao_ha_nao_e_pedido_de_baixar():
    assert exportar.pedido(RequestFactory().get("/?formato=exe")) == ""
    assert exportar.pedido(RequestFactory().get("/")) == ""


@pytest.mark.parametrize(
    "formato, fim", [("csv", "csv"), ("csv-excel", "csv"), ("xlsx", "xlsx"), ("ods", "ods"), ("json", "json")]
)
def test_cada_formato_sai_com_o_nome_certo_e_sem_a_coluna_de_quem_nao_pode(formato, fim):
    resposta = pedir(formato)

    assert resposta["Content-Disposition"] == f'attachment; filename="gente.{fim}"'
    assert resposta["Cache-Control"] == "private, no-store"
    assert b"CPF" not in resposta.content
    assert b"cpf" not in resposta.content


def test_quem_tem_o_direito_no_territorio_leva_a_coluna_pessoal_e_quem_o_tem_noutro_nao():
    ator = fabricas.ator(abrangencia="BR")
    documento = json.loads(pedir("json", ator=ator).content)
    assert documento["linhas"][1] == {"nome": "Bia", "cpf": "001", "horas": 20}

    from suas.nucleo.permissoes.papeis import GESTAO_ESTADUAL

    de_sp = fabricas.ator(GESTAO_ESTADUAL, "35")
    documento = json.loads(pedir("json", ator=de_sp, territorio="32").content)
    assert [c["codigo"] for c in documento["colunas"]] == ["nome", "horas"]


def test_na_demonstracao_o_aviso_vai_em_toda_linha_salvo_no_que_e_real():
    fabricas.instalacao(demonstracao=True)

    resposta = pedir("xlsx", avisos=["simulação: norma não vigente"])

    with CalamineWorkbook.from_filelike(io.BytesIO(resposta.content)) as pasta:
        linhas = pasta.get_sheet_by_index(0).to_python()
    assert [linha[-1] for linha in linhas[1:]] == [f"simulação: norma não vigente; {exportar.SINTETICO}"] * 2
    assert exportar.SINTETICO.encode() not in pedir("csv", sintetica=False).content


def test_nome_de_aba_que_o_excel_nao_aceita_nao_impede():
    assert pedir("xlsx", titulo="Famílias por CRAS: [2025/12] " * 3).status_code == 200
