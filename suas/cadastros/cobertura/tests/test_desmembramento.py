"""Um CRAS nasce de outro, com parte do território, das famílias, dos serviços e da equipe; e dá para desfazer."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from suas.cadastros.cobertura.models import TerritorioDoCras
from suas.cadastros.cobertura.tests import fabricas as cobertura
from suas.cadastros.cobertura.tests.test_unidades_juntadas import retrato
from suas.cadastros.rede import consultas
from suas.cadastros.rede.acoes import pedidos as acoes
from suas.cadastros.rede.models import Pedido, ServicoOfertado, Unidade
from suas.cadastros.rede.tests.fabricas import entrar, unidade
from suas.cadastros.rede.tests.juncoes import desfazer, juntar
from suas.cadastros.territorio.tests.fabricas import VITORIA
from suas.cadastros.trabalhadores.models import Lotacao
from suas.cadastros.trabalhadores.tests import fabricas as trabalhadores
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE, ator, instalacao
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import GESTAO_ESTADUAL, GESTAO_MUNICIPAL
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.models import Leitura

pytestmark = pytest.mark.django_db
DIA = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def _instalacao(cada_ato_na_sua_abrangencia):
    instalacao(abrangencia="BR")


@pytest.fixture
def gestora() -> Ator:
    return ator(GESTAO_MUNICIPAL, VITORIA)


@pytest.fixture
def estado() -> Ator:
    return ator(GESTAO_ESTADUAL, "32")


@pytest.fixture
def origem() -> Unidade:
    return unidade("CRAS Centro")


def pedir(por: Ator, origem: Unidade, escolhas: dict[str, dict[str, str]], nome: str = "CRAS da Ilha") -> Pedido:
    novo = acoes.NovoPedido(
        tipo=Pedido.Tipo.DESMEMBRAR,
        municipio=origem.municipio,
        unidade=origem,
        justificativa="Cresceu o bairro",
        dados={"nome": nome, "tipo": "cras", "natureza": "publica", "dia": DIA.isoformat(), "escolhas": escolhas},
    )
    return acoes.pedir(novo=novo, por=por, em=AGORA, hoje=HOJE)


def desmembrar(gestora: Ator, estado: Ator, origem: Unidade, escolhas: dict[str, dict[str, str]]) -> Pedido:
    pedido = pedir(gestora, origem, escolhas)
    return acoes.aprovar(pedido=pedido, resposta="", por=estado, em=AGORA)


def test_a_nova_leva_o_que_se_escolheu_e_o_resto_fica(gestora, estado, origem):
    paif, scfv, domicilio = (
        ServicoOfertado.objects.create(unidade=origem, servico=s, capacidade=100)
        for s in ("paif", "scfv", "psb_domicilio")
    )
    passa, fica = trabalhadores.lotacao(unidade=origem), trabalhadores.lotacao(unidade=origem)
    territorio = cobertura.territorio(origem, bairros=("Centro", "Ilha"), familias=3000)

    desmembrar(
        gestora,
        estado,
        origem,
        {
            "servicos": {str(paif.pk): "as_duas", str(scfv.pk): "passa"},
            "lotacoes": {str(passa.pk): "passa"},
            "territorio": {"bairro:Ilha": "passa", "familias": "800"},
        },
    )

    nova = Unidade.objects.get(nome="CRAS da Ilha")
    assert (nova.aberta_em, nova.desmembrada_de, nova.municipio_id) == (DIA, origem, VITORIA)
    for linha in (paif, scfv, domicilio, passa, fica, territorio):
        linha.refresh_from_db()
    assert (paif.ate, scfv.ate, domicilio.ate) == (None, DIA, None)
    assert {(s.servico, s.capacidade, s.desde) for s in nova.servicos.all()} == {
        ("paif", None, DIA),
        ("scfv", 100, DIA),
    }
    assert (passa.ate, fica.ate) == (DIA, None)
    assert passa.motivo_da_saida == "Passou a CRAS da Ilha, desmembrada de CRAS Centro"
    continua = Lotacao.objects.get(unidade=nova)
    assert (continua.trabalhador, continua.desde, continua.carga_horaria) == (passa.trabalhador, DIA, 30)
    do_novo = TerritorioDoCras.objects.get(unidade=nova)
    assert (territorio.bairros, territorio.familias) == (["Centro"], 2200)
    assert (do_novo.bairros, do_novo.familias, do_novo.familias_dia) == (["Ilha"], 800, DIA)


def test_as_duas_historias_se_citam(gestora, estado, origem):
    desmembrar(gestora, estado, origem, {})
    nova = Unidade.objects.get(nome="CRAS da Ilha")

    da_origem, da_nova = (consultas.historia_da(u, ator=gestora)[0].o_que for u in (origem, nova))
    ficha = entrar(gestora).get(reverse("rede-unidade", args=[nova.pk])).content.decode()

    assert "desmembrou CRAS Centro, de que nasceu CRAS da Ilha" in da_origem
    assert "desmembrou CRAS da Ilha de CRAS Centro" in da_nova
    assert "Desmembrada de" in ficha and reverse("rede-unidade", args=[origem.pk]) in ficha


def test_desfazer_devolve_a_origem_exatamente_o_que_era_e_a_nova_deixa_de_contar(gestora, estado, origem):
    paif = ServicoOfertado.objects.create(unidade=origem, servico="paif", capacidade=100)
    lotacao = trabalhadores.lotacao(unidade=origem)
    territorio = cobertura.territorio(origem, bairros=("Centro", "Ilha"), familias=3000)
    linhas = (origem, paif, lotacao, territorio)
    antes = retrato(*linhas)
    pedido = desmembrar(
        gestora,
        estado,
        origem,
        {
            "servicos": {str(paif.pk): "passa"},
            "lotacoes": {str(lotacao.pk): "passa"},
            "territorio": {"bairro:Ilha": "passa", "familias": "800"},
        },
    )
    assert retrato(*linhas) != antes

    desfeito = desfazer(pedido, estado)

    nova = Unidade.objects.get(nome="CRAS da Ilha")
    assert retrato(*linhas) == antes
    assert desfeito.feito["nao_voltou"] == []
    assert (nova.fundida_em, nova.fechada_em) == (origem, HOJE)
    assert list(Unidade.objects.em_funcionamento(HOJE)) == [origem]
    assert not Lotacao.objects.em_exercicio(HOJE).filter(unidade=nova).exists()
    assert consultas.servicos_da_unidade(nova, hoje=HOJE) == []


def test_o_que_a_nova_ganhou_depois_vai_a_origem_e_o_que_mudou_no_meio_e_dito(gestora, estado, origem):
    levada = trabalhadores.lotacao(unidade=origem)
    pedido = desmembrar(gestora, estado, origem, {"lotacoes": {str(levada.pk): "passa"}})
    nova = Unidade.objects.get(nome="CRAS da Ilha")
    contratada = trabalhadores.lotacao(unidade=nova, desde=DIA)
    Lotacao.objects.filter(unidade=nova, trabalhador=levada.trabalhador).update(versao=9, carga_horaria=20)

    desfeito = desfazer(pedido, estado)

    contratada.refresh_from_db()
    assert contratada.unidade == origem
    assert desfeito.feito["nao_voltou"] == ["Técnico(a) de nível superior, 30 horas por semana: começa em CRAS da Ilha"]


def test_se_a_nova_se_juntou_a_outra_desfaz_se_antes_a_juncao(gestora, estado, origem):
    pedido = desmembrar(gestora, estado, origem, {})
    juntar(gestora, estado, sai=Unidade.objects.get(nome="CRAS da Ilha"), fica=unidade("CRAS Sul"))

    with pytest.raises(AtoRecusado, match="desfaça antes a junção"):
        desfazer(pedido, estado)


def test_nao_se_desmembra_a_fechada_nem_com_nome_que_ja_ha(gestora, origem):
    with pytest.raises(AtoRecusado, match="já tem CRAS Centro"):
        pedir(gestora, origem, {}, nome="CRAS Centro")
    with pytest.raises(AtoRecusado, match="já não se desmembra"):
        pedir(gestora, unidade("CRAS Sul", fechada_em=HOJE), {})


def test_pelas_telas_escolhe_pede_aprova_e_os_nomes_so_ve_quem_pode(gestora, estado, origem):
    lotacao = trabalhadores.lotacao(trabalhadores.trabalhador("Zuleica do Exemplo"), unidade=origem)
    ServicoOfertado.objects.create(unidade=origem, servico="paif")
    cobertura.territorio(origem, bairros=("Centro", "Ilha"), familias=3000)
    endereco = reverse("rede-desmembrar", args=[origem.pk])

    formulario = entrar(gestora).get(endereco).content.decode()
    dados = {
        "nome": "CRAS da Ilha", "tipo": "cras", "natureza": "publica", "dia": "01/11/2026",
        "passa_servicos_0": "as_duas", "passa_lotacoes_0": "passa", "passa_territorio_1": "passa",
        "passa_territorio_2": "800", "justificativa": "Cresceu o bairro",
    }  # fmt: skip
    demais = entrar(gestora).post(endereco, dados | {"passa_territorio_2": "3001"}).content.decode()
    entrar(gestora).post(endereco, dados)
    pedido = Pedido.objects.get()
    pagina = entrar(estado).get(reverse("rede-pedido", args=[pedido.pk])).content.decode()
    entrar(estado).post(reverse("rede-responder", args=[pedido.pk]), {"decisao": "aprovar"})

    assert "Zuleica do Exemplo" in formulario and "Zuleica" not in pagina
    assert Leitura.objects.filter(titular=lotacao.trabalhador_id, pessoa_id=gestora.pessoa.pk).exists()
    assert "A origem tem 3.000" in demais and "CRAS da Ilha" in demais
    assert "desmembrar CRAS Centro e criar CRAS da Ilha" in pagina and "800 famílias" in pagina
    nova = Unidade.objects.get(nome="CRAS da Ilha")
    assert TerritorioDoCras.objects.get(unidade=nova).bairros == ["Ilha"]
    assert nova.lotacoes.count() == 1
