"""Dois cadastros da mesma unidade se juntam: um pede, outro aprova, nada se perde, e dá para desfazer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from suas.cadastros.cobertura.models import TerritorioDoCras
from suas.cadastros.cobertura.tests import fabricas as cobertura
from suas.cadastros.rede import consultas, juncao
from suas.cadastros.rede.acoes import pedidos as acoes
from suas.cadastros.rede.acoes import unidades
from suas.cadastros.rede.models import MunicipioAtendido, ServicoOfertado, Unidade
from suas.cadastros.rede.tests.fabricas import unidade
from suas.cadastros.rede.tests.juncoes import desfazer, juntar, pedir
from suas.cadastros.territorio.tests.fabricas import SERRA, VITORIA, municipio
from suas.cadastros.trabalhadores.tests import fabricas as trabalhadores
from suas.nucleo.avisos.models import Aviso
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE, ator, instalacao
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import (
    COORDENACAO_UNIDADE,
    GESTAO_ESTADUAL,
    GESTAO_MUNICIPAL,
)
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _instalacao(cada_ato_na_sua_abrangencia):
    instalacao(abrangencia="BR")


@pytest.fixture
def gestora() -> Ator:
    return ator(GESTAO_MUNICIPAL, VITORIA)


@pytest.fixture
def estado() -> Ator:
    return ator(GESTAO_ESTADUAL, "32")


def retrato(*linhas) -> list[dict[str, object]]:
    """Tudo o que cada linha guarda, menos o que conta quantas vezes ela mudou."""
    fora = {"versao", "mudada_em", "mudou_em"}
    retratos = []
    for linha in linhas:
        linha.refresh_from_db()
        retratos.append({c.name: c.value_from_object(linha) for c in linha._meta.concrete_fields if c.name not in fora})
    return retratos


class TestJuntar:
    def test_a_que_sai_deixa_de_contar_em_todo_dia_e_aponta_para_a_que_fica(self, gestora, estado):
        sai, fica = unidade("CRAS Central", aberta_em=date(2010, 1, 1)), unidade("CRAS Centro")

        juntar(gestora, estado, sai=sai, fica=fica)

        sai.refresh_from_db()
        assert (sai.fundida_em, sai.fechada_em) == (fica, HOJE)
        assert sai.motivo_do_fechamento == "Cadastro juntado a CRAS Centro"
        assert list(Unidade.objects.em_funcionamento(HOJE)) == [fica]
        assert list(Unidade.objects.em_funcionamento(date(2015, 1, 1))) == [fica]
        assert [c.quantas for c in consultas.por_tipo(VITORIA, hoje=HOJE)] == [1]
        assert not sai.funciona_em(date(2015, 1, 1))

    def test_vale_o_que_se_escolheu_de_cada_cadastro_e_o_identificador_muda_de_dono(self, gestora, estado):
        sai = unidade("CRAS Central", telefone="2730001111", identificador="32053091111", latitude=Decimal("-20.3"),
                      longitude=Decimal("-40.3"))  # fmt: skip
        fica = unidade("CRAS Centro", numero="99")

        juntar(gestora, estado, sai=sai, fica=fica, campos=("fone", "identificador", "ponto"))

        sai.refresh_from_db()
        fica.refresh_from_db()
        assert (fica.nome, fica.telefone, fica.identificador, fica.numero) == (
            "CRAS Centro",
            "2730001111",
            "32053091111",
            "99",
        )
        assert (fica.latitude, sai.identificador) == (Decimal("-20.300000"), None)

    def test_o_que_a_que_saia_ainda_valia_passa_sem_repetir(self, gestora, estado):
        sai, fica = unidade("CRAS Central"), unidade("CRAS Centro")
        paif, scfv = (ServicoOfertado.objects.create(unidade=sai, servico=s) for s in ("paif", "scfv"))
        do_fica = ServicoOfertado.objects.create(unidade=fica, servico="paif", capacidade=500)
        municipio(SERRA)
        atendido = MunicipioAtendido.objects.create(unidade=sai, municipio_id=SERRA)
        sozinho = trabalhadores.lotacao(unidade=sai)
        repetido = trabalhadores.lotacao(unidade=sai)
        trabalhadores.lotacao(repetido.trabalhador, unidade=fica)
        territorio = cobertura.territorio(sai, bairros=("Centro",))
        coordenadora = ator(COORDENACAO_UNIDADE, VITORIA, unidade=sai.pk)

        juntar(gestora, estado, sai=sai, fica=fica)

        for linha in (paif, scfv, do_fica, atendido, sozinho, repetido, territorio, coordenadora.vinculo):
            linha.refresh_from_db()
        assert (paif.unidade, paif.ate, scfv.unidade, do_fica.ate) == (sai, HOJE, fica, None)
        assert (atendido.unidade, territorio.unidade) == (fica, fica)
        assert (sozinho.unidade, sozinho.ate) == (fica, None)
        assert (repetido.unidade, repetido.ate) == (sai, HOJE)
        assert (coordenadora.vinculo.unidade, coordenadora.vinculo.orgao) == (fica.pk, "CRAS Centro")

    def test_o_territorio_da_que_fica_vale_e_nao_se_soma(self, gestora, estado):
        sai, fica = unidade("CRAS Central"), unidade("CRAS Centro")
        cobertura.territorio(sai, bairros=("Vila Nova",), familias=900)
        do_fica = cobertura.territorio(fica, bairros=("Centro",), familias=1000)

        frases = [f for p in juncao.o_que_passa(sai, fica, hoje=HOJE) for f in p.frases]
        juntar(gestora, estado, sai=sai, fica=fica)

        do_fica.refresh_from_db()
        assert (do_fica.bairros, do_fica.familias) == (["Centro"], 1000)
        assert "O outro não se soma: Vila Nova (900 famílias)" in frases[0]

    def test_a_reserva_do_endereco_vale_para_os_dois(self, gestora, estado):
        sai = unidade("Casa A", tipo="acolhimento", endereco_reservado=True)
        fica = unidade("Casa B", tipo="acolhimento")

        juntar(gestora, estado, sai=sai, fica=fica)

        fica.refresh_from_db()
        assert fica.endereco_reservado

    def test_as_duas_historias_contam_a_juncao_e_ha_uma_linha_por_cadastro(self, gestora, estado):
        sai, fica = unidade("CRAS Central"), unidade("CRAS Centro")

        juntar(gestora, estado, sai=sai, fica=fica)

        assert "juntou CRAS Central a CRAS Centro" in consultas.historia_da(sai, ator=gestora)[0].o_que
        assert "juntou o cadastro de CRAS Central a CRAS Centro" in consultas.historia_da(fica, ator=gestora)[0].o_que
        assert Ato.objects.filter(ato__in=["rede.fundir", "rede.receber"]).count() == 2


class TestOQueNaoSeJunta:
    def test_o_mesmo_o_de_outro_municipio_o_ja_juntado_e_o_aberto_ao_fechado(self, gestora, estado):
        a, b, c = unidade("CRAS A"), unidade("CRAS B"), unidade("CRAS C")
        longe, fechada = unidade("CRAS Longe", onde=SERRA), unidade("CRAS Fechado", fechada_em=date(2020, 1, 1))
        juntar(gestora, estado, sai=a, fica=b)
        a.refresh_from_db()

        for sai, fica, motivo in (
            (b, b, "É o mesmo cadastro"),
            (b, longe, "só se juntam cadastros do mesmo município"),
            (a, c, "CRAS A já foi juntada a CRAS B"),
            (c, a, "CRAS A já foi juntada a CRAS B"),
            (c, fechada, "fica a que funciona"),
        ):
            with pytest.raises(AtoRecusado, match=motivo):
                pedir(gestora, sai=sai, fica=fica)

    def test_um_pedido_de_cada_vez_tambem_sobre_a_que_fica(self, gestora):
        a, b, c = unidade("CRAS A"), unidade("CRAS B"), unidade("CRAS C")
        pedir(gestora, sai=a, fica=b)

        for sai, fica in ((b, c), (c, b), (a, c), (c, a)):
            with pytest.raises(AtoRecusado, match="Já há um pedido para juntar CRAS A a CRAS B"):
                pedir(gestora, sai=sai, fica=fica)

    def test_quem_tinha_o_cadastro_aberto_nao_grava_no_que_ja_se_juntou(self, gestora, estado):
        sai, fica = unidade("CRAS Central"), unidade("CRAS Centro")
        versao = sai.versao
        juntar(gestora, estado, sai=sai, fica=fica)

        with pytest.raises(AtoRecusado, match="cuide do cadastro de CRAS Centro"):
            unidades.atualizar(unidade=sai, campos={"numero": "1"}, versao=versao, por=gestora, em=AGORA)
        with pytest.raises(AtoRecusado, match="foi juntada a CRAS Centro"):
            unidades.conferir(unidade=sai, por=gestora, em=AGORA)

    def test_se_a_que_fica_se_juntou_no_meio_tempo_a_aprovacao_diz_e_nada_muda(self, gestora, estado):
        a, b, c = unidade("CRAS A"), unidade("CRAS B"), unidade("CRAS C")
        pedido = pedir(gestora, sai=a, fica=b)
        Unidade.objects.filter(pk=b.pk).update(fundida_em=c)

        with pytest.raises(AtoRecusado, match="CRAS B já foi juntada a CRAS C"):
            acoes.aprovar(pedido=pedido, resposta="", por=estado, em=AGORA)

        a.refresh_from_db()
        pedido.refresh_from_db()
        assert (a.fundida_em, pedido.estado) == (None, "espera")


class TestDesfazer:
    def test_devolve_exatamente_o_que_era(self, gestora, estado):
        sai = unidade("CRAS Central", telefone="2730001111", identificador="32053091111", endereco_reservado=True)
        fica = unidade("CRAS Centro", numero="99", identificador="32053092222")
        linhas = [
            sai,
            fica,
            *(ServicoOfertado.objects.create(unidade=sai, servico=s) for s in ("paif", "scfv")),
            ServicoOfertado.objects.create(unidade=fica, servico="paif", capacidade=500),
            trabalhadores.lotacao(unidade=sai),
            (repetido := trabalhadores.lotacao(unidade=sai)),
            trabalhadores.lotacao(repetido.trabalhador, unidade=fica),
            cobertura.territorio(sai, bairros=("Centro",)),
            ator(COORDENACAO_UNIDADE, VITORIA, unidade=sai.pk).vinculo,
        ]
        antes = retrato(*linhas)
        pedido = juntar(gestora, estado, sai=sai, fica=fica, campos=("fone", "identificador", "endereco"))
        assert retrato(*linhas) != antes

        desfeito = desfazer(pedido, estado)

        assert retrato(*linhas) == antes
        assert (desfeito.estado, desfeito.feito["nao_voltou"]) == ("desfeito", [])
        assert Unidade.objects.em_funcionamento(HOJE).count() == 2
        assert "separou CRAS Central de CRAS Centro" in consultas.historia_da(sai, ator=gestora)[0].o_que
        aviso = Aviso.objects.get(modelo="rede.desfeito")
        assert aviso.pessoa_id == gestora.pessoa.pk and "São dois prédios" in aviso.texto

    def test_o_que_mudou_no_meio_nao_volta_e_e_dito(self, gestora, estado):
        sai, fica = unidade("CRAS Central", telefone="2730001111"), unidade("CRAS Centro")
        lotacao = trabalhadores.lotacao(unidade=sai)
        cobertura.territorio(sai, bairros=("Centro",))
        pedido = juntar(gestora, estado, sai=sai, fica=fica, campos=("fone",))
        fica.refresh_from_db()
        unidades.atualizar(unidade=fica, campos={"telefone": "2739999999"}, versao=fica.versao, por=gestora, em=AGORA)
        lotacao.refresh_from_db()
        lotacao.carga_horaria, lotacao.versao = 20, lotacao.versao + 1
        lotacao.save()

        desfeito = desfazer(pedido, estado)

        fica.refresh_from_db()
        lotacao.refresh_from_db()
        sai.refresh_from_db()
        assert (fica.telefone, lotacao.unidade, sai.fundida_em) == ("2739999999", fica, None)
        assert TerritorioDoCras.objects.get().unidade == sai
        assert desfeito.feito["nao_voltou"] == [
            "Técnico(a) de nível superior, 30 horas por semana: passa a CRAS Centro",
            "Telefone de CRAS Centro",
        ]

    def test_o_identificador_que_ja_e_de_outra_nao_volta(self, gestora, estado):
        sai, fica = unidade("CRAS Central", identificador="32053091111"), unidade("CRAS Centro")
        pedido = juntar(gestora, estado, sai=sai, fica=fica, campos=("identificador",))
        Unidade.objects.filter(pk=fica.pk).update(identificador=None)
        unidade("CRAS Novo", identificador="32053091111")

        desfeito = desfazer(pedido, estado)

        sai.refresh_from_db()
        assert (sai.identificador, sai.fundida_em) == (None, None)
        assert "Identificador de CRAS Central" in desfeito.feito["nao_voltou"]

    def test_exige_motivo_e_quem_pediu_nao_desfaz_nem_se_desfaz_duas_vezes(self, gestora, estado):
        pedido = juntar(gestora, estado, sai=unidade("CRAS A"), fica=unidade("CRAS B"))

        with pytest.raises(AtoRecusado, match="por que se desfaz"):
            acoes.desfazer(pedido=pedido, motivo=" ", por=estado, em=AGORA)
        with pytest.raises(AtoRecusado, match="Quem pediu não desfaz"):
            desfazer(pedido, gestora)
        desfazer(pedido, estado)
        with pytest.raises(AtoRecusado, match="não há o que desfazer"):
            desfazer(pedido, estado)

    def test_depois_de_desfeita_pode_juntar_de_novo(self, gestora, estado):
        sai, fica = unidade("CRAS A"), unidade("CRAS B")
        desfazer(juntar(gestora, estado, sai=sai, fica=fica), estado)
        sai.refresh_from_db()

        juntar(gestora, estado, sai=sai, fica=fica)

        sai.refresh_from_db()
        assert sai.fundida_em == fica
