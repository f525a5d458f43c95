"""Abrir, fechar e reabrir: um pede, outro responde, os dois ficam sabendo."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from suas.cadastros.rede import a_fazer, consultas, permissoes
from suas.cadastros.rede.acoes import existencia
from suas.cadastros.rede.acoes import pedidos as acoes
from suas.cadastros.rede.models import Pedido, ServicoOfertado, Unidade
from suas.cadastros.rede.tests.fabricas import unidade
from suas.cadastros.territorio.tests.fabricas import SERRA, VITORIA, municipio
from suas.nucleo.avisos.models import Aviso
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE, ator, instalacao
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import (
    ADMINISTRACAO_FEDERAL,
    COORDENACAO_UNIDADE,
    GERENCIA_ESTADUAL,
    GESTAO_ESTADUAL,
    GESTAO_MUNICIPAL,
    VIGILANCIA_MUNICIPAL,
)
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db
ABERTURA = {
    "nome": "CRAS São Pedro",
    "tipo": "cras",
    "natureza": "publica",
    "capacidade": 3500,
    "bairro": "São Pedro",
    "cep": "29030000",
    "dia": "2026-12-01",
}


@pytest.fixture(autouse=True)
def _instalacao():
    instalacao(abrangencia="BR")


@pytest.fixture
def gestora() -> Ator:
    return ator(GESTAO_MUNICIPAL, VITORIA)


@pytest.fixture
def estado() -> Ator:
    return ator(GESTAO_ESTADUAL, "32")


def pedir(por: Ator, *, pedido=Pedido.Tipo.FECHAR, qual: Unidade | None = None, **dados) -> Pedido:
    if pedido == Pedido.Tipo.FECHAR:
        dados = {"dia": "2026-12-01", "destino": "Passam ao CRAS Norte"}
    novo = acoes.NovoPedido(
        tipo=pedido, municipio=municipio(VITORIA), unidade=qual, justificativa="Prédio interditado", dados=dados
    )
    return acoes.pedir(novo=novo, por=por, em=AGORA, hoje=HOJE)


def entrar(quem: Ator) -> Client:
    cliente = Client()
    cliente.force_login(quem.pessoa)
    return cliente


def titulos(quem: Ator) -> list[str]:
    return [p.titulo for p in a_fazer.pendencias(quem, HOJE)]


def test_o_pedido_de_abertura_aprovado_poe_a_unidade_no_cadastro_com_o_que_se_pediu(gestora, estado):
    pedido = pedir(gestora, pedido=Pedido.Tipo.ABRIR, **ABERTURA)
    assert not Unidade.objects.exists()
    assert ("Capacidade", "3.500 famílias") in consultas.pedido_em_palavras(pedido)

    acoes.aprovar(pedido=pedido, resposta="De acordo", por=estado, em=AGORA)

    aberta = Unidade.objects.get()
    assert (aberta.nome, aberta.nome_busca, aberta.tipo, aberta.capacidade) == (
        "CRAS São Pedro",
        "cras sao pedro",
        "cras",
        3500,
    )
    assert (aberta.aberta_em, aberta.conferida_em, aberta.municipio_id) == (date(2026, 12, 1), AGORA, VITORIA)
    pedido.refresh_from_db()
    assert (pedido.estado, pedido.unidade, pedido.respondido_por) == ("aprovado", aberta, estado.vinculo.pk)
    assert set(Ato.objects.values_list("ato", flat=True)) >= {"rede.pedir", "rede.aprovar", "rede.abrir"}


def test_o_fechamento_aprovado_fecha_no_dia_e_termina_os_servicos(gestora, estado):
    cras = unidade("CRAS Centro", aberta_em=date(2010, 1, 1))
    em_curso = ServicoOfertado.objects.create(unidade=cras, servico="paif", desde=date(2010, 1, 1))
    por_comecar = ServicoOfertado.objects.create(unidade=cras, servico="scfv", desde=date(2027, 1, 1))

    acoes.aprovar(pedido=pedir(gestora, qual=cras), resposta="", por=estado, em=AGORA)

    cras.refresh_from_db()
    em_curso.refresh_from_db()
    por_comecar.refresh_from_db()
    assert (cras.fechada_em, cras.motivo_do_fechamento, cras.versao) == (date(2026, 12, 1), "Prédio interditado", 2)
    assert cras.funciona_em(date(2026, 11, 30)) and not cras.funciona_em(date(2026, 12, 1))
    assert (em_curso.ate, por_comecar.ate) == (date(2026, 12, 1), date(2027, 1, 1))


def test_a_reabertura_aprovada_desfaz_o_fechamento(gestora, estado):
    cras = unidade("CRAS Centro", fechada_em=date(2026, 1, 1), motivo_do_fechamento="Obra")

    acoes.aprovar(pedido=pedir(gestora, pedido=Pedido.Tipo.REABRIR, qual=cras), resposta="", por=estado, em=AGORA)

    cras.refresh_from_db()
    assert (cras.fechada_em, cras.motivo_do_fechamento) == (None, "")


class TestQuemResponde:
    def test_a_esfera_de_cima_responde_e_o_municipio_nao(self, gestora, estado):
        pedido = pedir(gestora, qual=unidade())
        respondem = {
            "estado": estado,
            "gerência": ator(GERENCIA_ESTADUAL, "32"),
            "União": ator(ADMINISTRACAO_FEDERAL, "BR"),
            "outro estado": ator(GESTAO_ESTADUAL, "35"),
            "vigilância": ator(VIGILANCIA_MUNICIPAL, VITORIA),
            "outro município": ator(GESTAO_MUNICIPAL, SERRA),
        }

        assert {nome for nome, quem in respondem.items() if permissoes.pode_responder(quem, pedido)} == {
            "estado",
            "gerência",
            "União",
        }

    def test_na_instalacao_so_do_municipio_o_titular_responde_o_que_os_outros_pedem_e_nao_o_seu(self, gestora):
        from suas.nucleo.identidade.models import Instalacao

        Instalacao.objects.update(abrangencia=VITORIA)
        cras, creas = unidade("CRAS"), unidade("CREAS", tipo="creas")
        da_vigilancia = pedir(ator(VIGILANCIA_MUNICIPAL, VITORIA), qual=cras)
        da_propria = pedir(gestora, qual=creas)

        assert permissoes.pode_responder(gestora, da_vigilancia)
        assert not permissoes.pode_responder(gestora, da_propria)

    def test_quem_pediu_nao_responde_nem_por_outro_vinculo(self, gestora):
        pedido = pedir(gestora, qual=unidade())
        tambem_do_estado = Ator(pessoa=gestora.pessoa, vinculo=gestora.vinculo, papel=GESTAO_ESTADUAL, abrangencia="32")

        with pytest.raises(AtoRecusado, match="Quem pede não responde"):
            acoes.aprovar(pedido=pedido, resposta="", por=tambem_do_estado, em=AGORA)

        assert Pedido.objects.get().estado == "espera"

    def test_a_coordenacao_pede_so_pela_propria_unidade(self):
        propria, outra = unidade("CRAS Centro"), unidade("CRAS Norte")
        coordenadora = ator(COORDENACAO_UNIDADE, VITORIA, unidade=propria.pk)

        assert permissoes.pode_pedir(coordenadora, propria)
        assert not permissoes.pode_pedir(coordenadora, outra)
        assert not permissoes.pode_pedir_no_municipio(coordenadora, VITORIA)


class TestRecusa:
    def test_exige_o_motivo_e_nada_muda_no_cadastro(self, gestora, estado):
        cras = unidade()
        pedido = pedir(gestora, qual=cras)

        with pytest.raises(AtoRecusado, match="por que o pedido é recusado"):
            acoes.recusar(pedido=pedido, resposta="  ", por=estado, em=AGORA)
        acoes.recusar(pedido=pedido, resposta="Falta o destino das famílias", por=estado, em=AGORA)

        cras.refresh_from_db()
        assert cras.fechada_em is None
        assert (
            entrar(gestora)
            .get(reverse("rede-pedido", args=[pedido.pk]))
            .content.decode()
            .count("Falta o destino das famílias")
        )

    def test_o_que_ja_foi_respondido_nao_se_responde_de_novo(self, gestora, estado):
        pedido = pedir(gestora, qual=unidade())
        acoes.recusar(pedido=pedido, resposta="Não cabe", por=estado, em=AGORA)

        with pytest.raises(AtoRecusado, match="já foi recusado"):
            acoes.aprovar(pedido=pedido, resposta="", por=estado, em=AGORA)

    def test_se_a_unidade_fechou_no_meio_tempo_a_aprovacao_diz_e_o_pedido_continua_a_espera(self, gestora, estado):
        cras = unidade()
        pedido = pedir(gestora, qual=cras)
        existencia.fechar(unidade=cras, dia=HOJE, motivo="Incêndio", por=estado, em=AGORA)

        resposta = entrar(estado).post(
            reverse("rede-responder", args=[pedido.pk]), {"decisao": "aprovar", "resposta": "meu texto"}
        )

        assert "já está com fechamento em 21/11/2026" in resposta.content.decode()
        assert "meu texto" in resposta.content.decode()
        pedido.refresh_from_db()
        assert pedido.estado == "espera"


class TestOQueNaoSePede:
    def test_dois_pedidos_sobre_a_mesma_unidade(self, gestora):
        cras = unidade()
        pedir(gestora, qual=cras)

        with pytest.raises(AtoRecusado, match="Já há um pedido para fechar"):
            pedir(gestora, qual=cras)

    def test_abrir_o_que_ja_existe_ou_ja_se_pediu(self, gestora):
        unidade("CRAS SAO PEDRO", fechada_em=date(2020, 1, 1))
        with pytest.raises(AtoRecusado, match="peça a reabertura"):
            pedir(gestora, pedido=Pedido.Tipo.ABRIR, **ABERTURA)

        pedir(gestora, pedido=Pedido.Tipo.ABRIR, **ABERTURA | {"nome": "CRAS Novo"})
        with pytest.raises(AtoRecusado, match="Já há um pedido para abrir"):
            pedir(gestora, pedido=Pedido.Tipo.ABRIR, **ABERTURA | {"nome": "Cras novo"})

    def test_fechar_antes_de_abrir_e_reabrir_o_que_nao_fechou(self, gestora):
        cras = unidade(aberta_em=date(2026, 12, 15))

        with pytest.raises(AtoRecusado, match="não pode ser antes"):
            pedir(gestora, qual=cras)
        with pytest.raises(AtoRecusado, match="não está fechada"):
            pedir(gestora, pedido=Pedido.Tipo.REABRIR, qual=cras)


def test_desistir_e_de_quem_pediu(gestora, estado):
    pedido = pedir(gestora, qual=unidade())

    with pytest.raises(AtoRecusado, match="Só quem fez"):
        acoes.desistir(pedido=pedido, por=estado, em=AGORA)
    acoes.desistir(pedido=pedido, por=gestora, em=AGORA)

    pedido.refresh_from_db()
    assert pedido.estado == "desistido"


def test_os_dois_lados_ficam_sabendo_e_tem_o_que_fazer(gestora, estado):
    cras = unidade("CRAS Centro", conferida_em=AGORA)
    pedido = pedir(gestora, qual=cras)
    na_espera = titulos(estado), titulos(gestora)
    acoes.recusar(pedido=pedido, resposta="Falta o destino", por=estado, em=AGORA)

    assert na_espera == (["1 pedido sobre a rede para responder"], ["Pedido para fechar CRAS Centro"])
    assert titulos(estado) == []
    recusado = next(a_fazer.pendencias(gestora, HOJE))
    assert recusado.situacao == "recusado em 21/11/2026" and recusado.acao == "ler a resposta"
    assert list(a_fazer.pendencias(gestora, HOJE + timedelta(days=60))) == []
    assert {(a.modelo, a.pessoa_id) for a in Aviso.objects.all()} == {
        ("rede.pedido", estado.pessoa.pk),
        ("rede.resposta", gestora.pessoa.pk),
    }
    assert "Falta o destino" in Aviso.objects.get(modelo="rede.resposta").texto


def test_sem_ninguem_no_estado_o_aviso_vai_a_uniao(gestora):
    uniao = ator(ADMINISTRACAO_FEDERAL, "BR")

    pedir(gestora, qual=unidade())

    assert Aviso.objects.get().pessoa_id == uniao.pessoa.pk


class TestConferirEmAFazer:
    def test_a_coordenacao_ve_a_propria_e_a_gestao_ve_quantas(self, gestora):
        velha = unidade("CRAS Centro", conferida_em=AGORA - timedelta(days=200))
        unidade("CRAS Norte", logradouro="do Norte", telefone="")
        unidade("CRAS Sul", conferida_em=AGORA, logradouro="do Sul", telefone="")

        assert titulos(ator(COORDENACAO_UNIDADE, VITORIA, unidade=velha.pk)) == ["Conferir o cadastro de CRAS Centro"]
        assert titulos(gestora) == ["2 unidades sem conferência há mais de 6 meses"]

    def test_em_dia_nao_ha_o_que_fazer(self, gestora):
        cras = unidade(conferida_em=AGORA)

        assert titulos(ator(COORDENACAO_UNIDADE, VITORIA, unidade=cras.pk)) == []
        assert titulos(gestora) == []


class TestTelas:
    def test_o_pedido_vai_e_volta_pelas_telas(self, gestora, estado):
        municipio(VITORIA)
        dados = {"nome": " CRAS  São Pedro", "tipo": "cras", "natureza": "publica", "dia": "01/12/2026"}
        dados |= {"cep": "29030-000", "telefone": "27 3333-4444", "justificativa": "Cresceu o bairro"}

        enviado = entrar(gestora).post(reverse("rede-abrir", args=[VITORIA]), dados, follow=True)
        pedido = Pedido.objects.get()
        pagina = entrar(estado).get(reverse("rede-pedido", args=[pedido.pk])).content.decode()
        entrar(estado).post(reverse("rede-responder", args=[pedido.pk]), {"decisao": "aprovar"})

        assert "Você será avisado da resposta" in enviado.content.decode()
        assert "29030-000" in pagina and "(27) 3333-4444" in pagina and "01/12/2026" in pagina and "Aprovar" in pagina
        assert Unidade.objects.get().nome == "CRAS São Pedro"

    def test_o_que_falta_volta_sem_perder_o_digitado(self, gestora):
        cras = unidade()

        pagina = (
            entrar(gestora)
            .post(reverse("rede-fechar", args=[cras.pk]), {"dia": "01/12/2126", "justificativa": "Meu texto"})
            .content.decode()
        )

        assert "O ano 2126 não serve" in pagina
        assert "o que acontece com as famílias" in pagina and "Meu texto" in pagina
        assert not Pedido.objects.exists()

    def test_a_lista_mostra_os_que_esperam_e_filtra_os_outros(self, gestora, estado):
        pedir(gestora, qual=unidade("CRAS Um"))
        recusado = pedir(gestora, qual=unidade("CRAS Dois"))
        acoes.recusar(pedido=recusado, resposta="Não", por=estado, em=AGORA)
        cliente = entrar(estado)

        esperam = cliente.get(reverse("rede-pedidos")).content.decode()
        recusados = cliente.get(reverse("rede-pedidos"), {"estado": "recusado"}).content.decode()

        assert "Fechar CRAS Um" in esperam and "CRAS Dois" not in esperam
        assert "Fechar CRAS Dois" in recusados and "CRAS Um" not in recusados

    def test_a_ficha_diz_do_pedido_a_quem_acompanha_e_nao_ao_publico(self, gestora):
        cras = unidade()
        pedir(gestora, qual=cras)
        ficha = reverse("rede-unidade", args=[cras.pk])

        assert "Há um pedido para fechar esta unidade" in entrar(gestora).get(ficha).content.decode()
        assert "Há um pedido" not in Client().get(ficha).content.decode()
