"""A planilha de unidades: os arquivos públicos entram como vêm, e repetir não muda nada."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from suas.cadastros.rede.importadores import UNIDADES
from suas.cadastros.rede.models import Unidade
from suas.cadastros.rede.tests.fabricas import unidade
from suas.cadastros.territorio.tests.fabricas import SERRA, VITORIA, municipio
from suas.nucleo.identidade.tests.fabricas import AGORA, ator
from suas.nucleo.importacoes import consultas, tarefas
from suas.nucleo.importacoes.acoes import aplicacao, preparo
from suas.nucleo.importacoes.models import Importacao
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import ADMINISTRACAO_FEDERAL, VIGILANCIA_MUNICIPAL
from suas.nucleo.planilhas import pastas
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db
CRAS_2007 = (
    "id_cras,codigo_ibge7,bairro,endereco,cep,rural_urbano,data_implantacao,dias_atendimento_semana,horas_atendimento_dia\n"
    "32053091234,3205309,CENTRO,RUA DO EXEMPLO S/N,29010,u,2007-07-01,5.0,8.0\n"
)
CREAS = (
    "id_creas,codigo_ibge7,nome,logradouro,numero,bairro,cep,lat,lon\n"
    "32050012345,3205002,CREAS Serra,Rua A,5,Centro,29160-000,-20.128600,-40.307900\n"
)


@pytest.fixture(autouse=True)
def _lugares():
    municipio(VITORIA)
    municipio(SERRA)


def conferir(conteudo: str, *, por: Ator | None = None, **respostas: str) -> Importacao:
    por = por or ator(ADMINISTRACAO_FEDERAL, "BR")
    dados = conteudo.encode()
    recebida = preparo.receber(
        importador=UNIDADES,
        arquivo="unidades.csv",
        conteudo=dados,
        quadro=pastas.ler(dados, reconhece=UNIDADES.reconhece),
        respostas={"fonte": "CadSUAS, teste"} | respostas,
        por=por,
        em=AGORA,
    )
    return tarefas.conferir(importacao=recebida, importador=UNIDADES, por=por, em=AGORA)


def aplicar(importacao: Importacao, *, por: Ator) -> Importacao:
    """Quem trouxe encaminha; outra pessoa, do mesmo papel, aprova."""
    encaminhada = aplicacao.encaminhar(importacao=importacao, importador=UNIDADES, por=por, em=AGORA)
    outra = ator(ADMINISTRACAO_FEDERAL, "BR")
    return tarefas.aplicar(importacao=encaminhada, importador=UNIDADES, por=outra, em=AGORA)


def contas(importacao: Importacao) -> tuple[int, int, int, int]:
    return importacao.faltas, importacao.novas, importacao.mudadas, importacao.iguais


def test_os_arquivos_publicos_entram_como_vem_e_de_novo_nada_muda():
    por = ator(ADMINISTRACAO_FEDERAL, "BR")
    cras, creas = conferir(CRAS_2007, por=por, tipo="cras"), conferir(CREAS, por=por, tipo="creas")
    assert contas(cras) == contas(creas) == (0, 1, 0, 0)

    aplicar(cras, por=por)
    aplicar(creas, por=por)

    centro, serra = Unidade.objects.get(tipo="cras"), Unidade.objects.get(tipo="creas")
    assert (centro.nome, centro.nome_busca, centro.municipio_id) == ("CRAS CENTRO", "cras centro", VITORIA)
    assert (centro.cep, centro.localizacao, centro.implantada_em) == ("29010000", "urbana", date(2007, 7, 1))
    assert (centro.dias_por_semana, centro.horas_por_dia, centro.fonte) == (5, 8, "CadSUAS, teste")
    assert centro.conferida_em is None
    assert (serra.latitude, serra.longitude) == (Decimal("-20.128600"), Decimal("-40.307900"))
    assert Ato.objects.filter(ato="rede.importar").count() == 2
    assert contas(conferir(CRAS_2007, por=por, tipo="cras")) == (0, 0, 0, 1)


def test_o_que_mudou_muda_so_as_colunas_que_a_planilha_traz():
    unidade("CREAS Serra", onde=SERRA, tipo="creas", identificador="32050012345", complemento="sala 9")
    por = ator(ADMINISTRACAO_FEDERAL, "BR")
    mudada = conferir(CREAS, por=por, tipo="creas")

    aplicar(mudada, por=por)

    assert contas(mudada) == (0, 0, 1, 0)
    gravada = Unidade.objects.get()
    assert (gravada.logradouro, gravada.complemento, gravada.versao) == ("Rua A", "sala 9", 2)


@pytest.mark.parametrize(
    "conteudo, respostas",
    [
        pytest.param("municipio,nome\n3205309,CRAS A\n", {}, id="sem tipo"),
        pytest.param("municipio,nome\n9999999,CRAS A\n", {"tipo": "cras"}, id="município que não há"),
        pytest.param("municipio,nome,lat\n3205309,CRAS A,-20.3\n", {"tipo": "cras"}, id="metade da coordenada"),
        pytest.param("municipio,id_cras\n3205309,123\n", {"tipo": "cras"}, id="identificador curto"),
        pytest.param("municipio,id_cras\n3205309,32050012345\n", {"tipo": "cras"}, id="identificador de outro lugar"),
        pytest.param("municipio,nome\n3205309,A\n3205309,a\n", {"tipo": "cras"}, id="duas vezes a mesma"),
        pytest.param("municipio,nome,cep\n3205309,CRAS A,290\n", {"tipo": "cras"}, id="CEP curto"),
        pytest.param("municipio,nome,cep\n3205309,CRAS A,2901000\n", {"tipo": "cras"}, id="CEP sem o último algarismo"),
        pytest.param("municipio,nome,mes_implantacao\n3205309,CRAS A,7\n", {"tipo": "cras"}, id="mês sem ano"),
        pytest.param("municipio,nome,situacao\n3205309,A,Implantação não iniciada\n", {"tipo": "cras"}, id="não abriu"),
        pytest.param("municipio,nome,ano\n3205309,CRAS A,2021\n", {"tipo": "cras"}, id="de que ano?"),
    ],
)
def test_o_que_nao_serve_vira_falta(conteudo, respostas):
    unidade("CREAS Serra", onde=SERRA, tipo="creas", identificador="32050012345")

    assert conferir(conteudo, **respostas).faltas == 1


def test_o_municipio_so_traz_as_suas_e_nao_aprova_o_que_traz():
    por = ator(VIGILANCIA_MUNICIPAL, VITORIA)

    assert contas(conferir(CREAS, por=por, tipo="creas"))[0] == 1
    minha = conferir(CRAS_2007, por=por, tipo="cras")
    assert contas(minha) == (0, 1, 0, 0)
    encaminhada = aplicacao.encaminhar(importacao=minha, importador=UNIDADES, por=por, em=AGORA)
    with pytest.raises(AtoRecusado):
        aplicacao.comecar(importacao=encaminhada, importador=UNIDADES, por=por, em=AGORA)
    assert not Unidade.objects.exists()


def test_o_ano_e_o_mes_separados_dao_a_data_e_nao_apagam_a_mais_precisa():
    precisa = unidade("CRAS B", onde=VITORIA, tipo="cras", identificador="32053000002", implantada_em=date(2007, 7, 20))
    por = ator(ADMINISTRACAO_FEDERAL, "BR")
    planilha = (
        "id_cras,codigo_ibge,bairro,ano_implantacao,mes_implantacao\n"
        "32053000001,320530,Centro,2008,9\n32053000002,320530,Outro,2007,7\n32053000003,320530,Praia,2006,\n"
    )

    aplicar(conferir(planilha, por=por, tipo="cras"), por=por)

    datas = dict(Unidade.objects.order_by("identificador").values_list("identificador", "implantada_em"))
    assert list(datas.values()) == [date(2008, 9, 1), date(2007, 7, 20), date(2006, 1, 1)]
    precisa.refresh_from_db()
    assert (precisa.bairro, precisa.versao) == ("Outro", 2)
    assert contas(conferir(planilha, por=por, tipo="cras")) == (0, 0, 0, 3)


def test_de_uma_planilha_de_varios_anos_le_se_so_o_pedido():
    planilha = "ano,id_cras,municipio\n2014,32053000001,3205309\n2021,32053000001,3205309\n2021,32053000002,3205309\n"

    conferida = conferir(planilha, tipo="cras", ano="2021")

    assert contas(conferida) == (0, 2, 0, 0)
    assert consultas.previa_de(conferida).outras == 1


def test_cep_que_diz_nao_saber_vale_por_celula_vazia():
    por = ator(ADMINISTRACAO_FEDERAL, "BR")

    aplicar(conferir("municipio,nome,cep\n3205309,CRAS A,0\n", por=por, tipo="cras"), por=por)

    assert Unidade.objects.get().cep == ""


def test_o_identificador_de_unidade_juntada_a_outra_e_dito_e_nao_vira_unidade_nova():
    fica = unidade("CRAS A", onde=VITORIA, tipo="cras")
    unidade("CRAS B", onde=VITORIA, tipo="cras", identificador="32053000002", fundida_em=fica)

    conferida = conferir("municipio,id_cras\n3205309,32053000002\n", tipo="cras")

    assert contas(conferida) == (1, 0, 0, 0)
    assert "CRAS B foi juntada a CRAS A" in consultas.previa_de(conferida).faltas[0].mensagem
