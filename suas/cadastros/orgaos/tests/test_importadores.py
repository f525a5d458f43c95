"""As planilhas do órgão gestor, do governo e do conselho: cada ente traz as suas, e só as suas."""

from __future__ import annotations

from datetime import date

import pytest

from suas.cadastros.orgaos.importadores import CONSELHO, GESTAO
from suas.cadastros.orgaos.models import Orgao
from suas.cadastros.territorio.tests.fabricas import SERRA, VITORIA, municipio
from suas.nucleo.identidade.tests.fabricas import AGORA, ator
from suas.nucleo.importacoes import consultas, tarefas
from suas.nucleo.importacoes.models import Importacao, Situacao
from suas.nucleo.importacoes.tests.fabricas import receber
from suas.nucleo.permissoes.papeis import GESTAO_MUNICIPAL, PRESIDENCIA_CONSELHO
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db
CADSUAS = (
    "Município;Tipo;Nome;CNPJ;Natureza;Lei de criação;Data da lei;CEP;E-mail\n"
    "3205309;Órgão gestor;Secretaria de Assistência Social;191;Secretaria exclusiva da assistência social;"
    "Lei nº 1/1997;12/03/1997;29010-000;semas@exemplo.gov.br\n"
    "Vitória;Prefeitura;Prefeitura de Vitória;;;;;;\n"
    "3205002;Órgão gestor;Secretaria da Serra;;;;;;\n"
)


@pytest.fixture(autouse=True)
def _lugares():
    municipio(VITORIA)
    municipio(SERRA)


def contas(importacao: Importacao) -> tuple[int, int, int, int]:
    return importacao.faltas, importacao.novas, importacao.mudadas, importacao.iguais


def outras(importacao: Importacao) -> int:
    previa = consultas.previa_de(importacao)
    assert previa is not None
    return previa.outras


def test_da_lista_do_estado_entra_so_o_do_proprio_municipio_e_de_novo_nada_muda():
    por = ator(GESTAO_MUNICIPAL, VITORIA)
    importacao = receber(CADSUAS, por=por, importador=GESTAO)
    assert (contas(importacao), outras(importacao)) == ((0, 2, 0, 0), 1)

    tarefas.aplicar(importacao=importacao, importador=GESTAO, por=por, em=AGORA)

    orgao = Orgao.objects.get(tipo="orgao_gestor")
    assert (orgao.abrangencia, orgao.cnpj, orgao.lei_dia) == (VITORIA, "00000000000191", date(1997, 3, 12))
    assert (orgao.natureza, orgao.cep, orgao.email) == ("exclusiva", "29010000", "semas@exemplo.gov.br")
    assert Orgao.objects.get(tipo="governo").nome == "Prefeitura de Vitória"
    assert not Orgao.objects.filter(abrangencia=SERRA).exists()
    assert Ato.objects.filter(ato="orgaos.registrar").count() == 2
    assert contas(receber(CADSUAS, por=por, importador=GESTAO)) == (0, 0, 0, 2)


def test_o_que_mudou_passa_pelo_ato_que_atualiza_e_so_muda_as_colunas_da_planilha():
    por = ator(GESTAO_MUNICIPAL, VITORIA)
    tarefas.aplicar(importacao=receber(CADSUAS, por=por, importador=GESTAO), importador=GESTAO, por=por, em=AGORA)

    mudada = receber("tipo;sigla\ngestor;SEMAS\n", por=por, importador=GESTAO)
    assert contas(mudada) == (0, 0, 1, 0)
    tarefas.aplicar(importacao=mudada, importador=GESTAO, por=por, em=AGORA)

    orgao = Orgao.objects.get(tipo="orgao_gestor")
    assert (orgao.sigla, orgao.cnpj, orgao.versao) == ("SEMAS", "00000000000191", 2)
    assert "semas" in orgao.nome_busca
    assert Ato.objects.filter(ato="orgaos.atualizar").count() == 1


@pytest.mark.parametrize(
    "conteudo, coluna",
    [
        pytest.param("ente;tipo;nome\nLugar Nenhum;gestor;A\n", "ente", id="ente que não há"),
        pytest.param("tipo;sigla\ngestor;SEMAS\n", "nome", id="novo sem nome"),
        pytest.param("tipo;nome\nconselho;CMAS\n", "tipo", id="o conselho é do conselho"),
        pytest.param("tipo;nome;lei\ngoverno;Prefeitura;Lei nº 1\n", "lei", id="lei no governo"),
        pytest.param("tipo;nome;cnpj\ngestor;A;123\n", "cnpj", id="CNPJ curto"),
        pytest.param("tipo;nome;email\ngestor;A;não tem\n", "email", id="e-mail"),
        pytest.param("tipo;nome\ngestor;A\ngestor;B\n", "", id="dois órgãos gestores"),
    ],
)
def test_o_que_nao_serve_vira_falta(conteudo, coluna):
    importacao = receber(conteudo, por=ator(GESTAO_MUNICIPAL, VITORIA), importador=GESTAO)

    previa = consultas.previa_de(importacao)
    assert previa is not None
    assert [falta.coluna for falta in previa.faltas] == [coluna]
    assert importacao.situacao == Situacao.COM_FALTAS


def test_o_conselho_traz_o_seu():
    por = ator(PRESIDENCIA_CONSELHO, VITORIA)
    planilha = (
        "ente;nome;sigla;secretaria executiva\nVitória/ES;Conselho Municipal;CMAS;sim\nES;Conselho Estadual;CEAS;não\n"
    )
    importacao = receber(planilha, por=por, importador=CONSELHO)

    tarefas.aplicar(importacao=importacao, importador=CONSELHO, por=por, em=AGORA)

    conselho = Orgao.objects.get()
    assert (conselho.tipo, conselho.abrangencia, conselho.secretaria_propria) == ("conselho", VITORIA, True)
    assert outras(importacao) == 1
