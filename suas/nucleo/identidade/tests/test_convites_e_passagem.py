"""Nomear por convite, encerrar, mudar e passar a titularidade."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from suas.nucleo.avisos.models import Aviso
from suas.nucleo.identidade import consultas
from suas.nucleo.identidade.acoes import convites, passagem, vinculos
from suas.nucleo.identidade.models import Convite, Passagem, Vinculo
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes import papeis
from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.models import Ato

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cada_ato_na_sua_abrangencia")]
VITORIA = "3205309"
AMANHA = HOJE + timedelta(days=1)
SENHA = "vento-mesa-lirio-42"


@pytest.fixture
def titular():
    fabricas.instalacao()
    return fabricas.ator(papeis.GESTAO_MUNICIPAL, VITORIA)


def convite_para(por, papel=papeis.TECNICO_SUPERIOR, abrangencia=VITORIA, **mudancas):
    dados = {"email": "nova@exemplo.example", "orgao": "CRAS do Exemplo", "desde": HOJE}
    novo = convites.NovoConvite(papel=papel, abrangencia=abrangencia, **(dados | mudancas))
    return convites.convidar(novo=novo, por=por, em=AGORA, hoje=HOJE)


def aceitar(enviado, em=AGORA, hoje=HOJE):
    return convites.aceitar_com_nova_entrada(
        convite=enviado.convite, nome="Nova Pessoa", senha=SENHA, por=ATOR_PUBLICO, em=em, hoje=hoje
    )


def passar(sai, por, **mudancas):
    dados = {"email": "entra@exemplo.example", "orgao": "Secretaria", "dia": HOJE}
    return passagem.passar(sai=sai, nova=passagem.NovaPassagem(**(dados | mudancas)), por=por, em=AGORA, hoje=HOJE)


def titulares_em(dia, abrangencia=VITORIA):
    return list(
        Vinculo.objects.filter(
            consultas.vigente(dia), papel_codigo=papeis.GESTAO_MUNICIPAL.codigo, abrangencia=abrangencia
        )
    )


def test_o_convite_aceito_faz_a_pessoa_e_o_vinculo_e_deixa_o_segredo_so_no_endereco(titular):
    enviado = convite_para(titular)

    pessoa, vinculo = aceitar(enviado)

    assert (vinculo.papel, vinculo.abrangencia, vinculo.desde) == (papeis.TECNICO_SUPERIOR, VITORIA, HOJE)
    assert vinculo.delegado_por == titular.vinculo
    assert pessoa.email == "nova@exemplo.example"
    assert enviado.segredo not in str(Convite.objects.values().get())
    assert consultas.convite_do_segredo(enviado.segredo).estado == Convite.Estado.ACEITO
    assert {
        "identidade.convidar",
        "identidade.criar_pessoa",
        "identidade.vincular",
        "identidade.aceitar_convite",
    } <= set(Ato.objects.values_list("ato", flat=True))


@pytest.mark.parametrize(
    "papel, abrangencia",
    [
        pytest.param(papeis.TECNICO_SUPERIOR, "3205200", id="outro município"),
        pytest.param(papeis.GESTAO_ESTADUAL, "32", id="acima"),
        pytest.param(papeis.CONSELHEIRO, VITORIA, id="o conselho que controla o gestor"),
        pytest.param(papeis.GESTAO_MUNICIPAL, VITORIA, id="a própria titularidade"),
    ],
)
def test_fora_do_que_nomeia_o_convite_e_recusado_dizendo_quem_nomeia(titular, papel, abrangencia):
    with pytest.raises(PermissionDenied, match="Quem nomeia"):
        convite_para(titular, papel, abrangencia)

    assert not Convite.objects.exists()


def test_convite_usado_vencido_ou_cancelado_nao_serve_e_cada_um_diz_por_que(titular):
    usado = convite_para(titular)
    aceitar(usado)
    cancelado = convite_para(titular, email="b@exemplo.example")
    convites.cancelar(convite=cancelado.convite, por=titular, em=AGORA)
    vencido = convite_para(titular, email="c@exemplo.example")
    depois = AGORA + timedelta(days=8)

    for enviado, em, recado in (
        (usado, AGORA, "já foi usado"),
        (cancelado, AGORA, "foi cancelado"),
        (vencido, depois, "venceu sem resposta"),
    ):
        with pytest.raises(AtoRecusado, match=recado):
            aceitar(enviado, em=em)


def test_reenviar_faz_outro_endereco_e_o_anterior_deixa_de_servir(titular):
    primeiro = convite_para(titular)

    segundo = convites.reenviar(convite=primeiro.convite, por=titular, em=AGORA + timedelta(days=30))

    assert consultas.convite_do_segredo(primeiro.segredo) is None
    aceitar(segundo, em=AGORA + timedelta(days=31), hoje=HOJE + timedelta(days=31))


def test_convite_de_quem_ja_nao_responde_nao_serve(titular):
    estadual = fabricas.ator(papeis.GESTAO_ESTADUAL, "32")
    adjunto = fabricas.ator(papeis.GESTAO_MUNICIPAL_ADJUNTO, VITORIA)
    enviado = convite_para(adjunto)
    Vinculo.objects.filter(pk=adjunto.vinculo.pk).update(ate=HOJE)

    with pytest.raises(AtoRecusado, match="já não responde"):
        aceitar(enviado)
    assert not Vinculo.objects.filter(pessoa__email="nova@exemplo.example").exists()
    assert estadual.vinculo is not None


def test_quem_tem_outra_conta_nao_aceita_o_convite_de_outro_email(titular):
    enviado = convite_para(titular)
    outra = fabricas.pessoa_com_vinculo(papeis.CONSELHEIRO, VITORIA)

    with pytest.raises(AtoRecusado, match="para outro e-mail"):
        convites.aceitar(convite=enviado.convite, pessoa=outra, por=ATOR_PUBLICO, em=AGORA, hoje=HOJE)


def test_encerrar_pede_motivo_e_passa_adiante_o_que_a_pessoa_delegou(titular):
    adjunto = fabricas.ator(papeis.GESTAO_MUNICIPAL_ADJUNTO, VITORIA)
    _, delegado = aceitar(convite_para(adjunto))
    aberto = convite_para(adjunto, email="b@exemplo.example").convite

    with pytest.raises(AtoRecusado, match="Diga o motivo"):
        vinculos.encerrar(vinculo=adjunto.vinculo, dia=HOJE, motivo=" ", por=titular, em=AGORA, hoje=HOJE)
    vinculos.encerrar(vinculo=adjunto.vinculo, dia=HOJE, motivo="Exoneração", por=titular, em=AGORA, hoje=HOJE)

    delegado.refresh_from_db()
    aberto.refresh_from_db()
    assert not consultas.vinculos_vigentes(adjunto.pessoa, em=HOJE).exists()
    assert delegado.delegado_por == titular.vinculo
    assert aberto.estado == Convite.Estado.CANCELADO


def test_a_titularidade_nao_se_encerra_passa_se(titular):
    estadual = fabricas.ator(papeis.GESTAO_ESTADUAL, "32")

    with pytest.raises(AtoRecusado, match="Passar a titularidade"):
        vinculos.encerrar(vinculo=titular.vinculo, dia=HOJE, motivo="x", por=estadual, em=AGORA, hoje=HOJE)
    with pytest.raises(PermissionDenied):
        vinculos.encerrar(vinculo=titular.vinculo, dia=HOJE, motivo="x", por=titular, em=AGORA, hoje=HOJE)


def test_mudar_o_orgao_encerra_um_vinculo_e_abre_outro(titular):
    _, vinculo = aceitar(convite_para(titular))

    novo = vinculos.mudar(vinculo=vinculo, area="", orgao="CRAS Novo", dia=AMANHA, por=titular, em=AGORA, hoje=HOJE)

    assert [v.orgao for v in consultas.vinculos_vigentes(vinculo.pessoa, em=HOJE)] == ["CRAS do Exemplo"]
    assert [v.orgao for v in consultas.vinculos_vigentes(vinculo.pessoa, em=AMANHA)] == ["CRAS Novo"]
    assert novo.pessoa == vinculo.pessoa


def test_a_ultima_pessoa_da_administracao_federal_nao_se_encerra():
    federal = fabricas.ator()

    with pytest.raises(AtoRecusado, match="última pessoa"):
        vinculos.encerrar(vinculo=federal.vinculo, dia=HOJE, motivo="x", por=federal, em=AGORA, hoje=HOJE)


def test_passagem_a_quem_ja_tem_vinculo_encerra_um_mandato_e_abre_o_outro_no_dia(titular):
    adjunto = fabricas.ator(papeis.GESTAO_MUNICIPAL_ADJUNTO, VITORIA)
    _, tecnico = aceitar(convite_para(titular))
    conselheira = fabricas.pessoa_com_vinculo(papeis.CONSELHEIRO, VITORIA)

    feita = passar(titular.vinculo, titular, email=conselheira.email, dia=AMANHA, encerra=[adjunto.vinculo.pk])

    assert feita.passagem.estado == Passagem.Estado.FEITA
    assert [v.pessoa for v in titulares_em(HOJE)] == [titular.pessoa]
    assert [v.pessoa for v in titulares_em(AMANHA)] == [conselheira]
    assert consultas.vinculos_vigentes(adjunto.pessoa, em=HOJE).exists()
    assert not consultas.vinculos_vigentes(adjunto.pessoa, em=AMANHA).exists()
    tecnico.refresh_from_db()
    assert tecnico.delegado_por == feita.passagem.entra


def test_passagem_por_convite_mantem_quem_sai_ate_o_aceite(titular):
    feita = passar(titular.vinculo, titular)
    daqui_a_tres = HOJE + timedelta(days=3)
    assert [v.pessoa for v in titulares_em(daqui_a_tres)] == [titular.pessoa]

    pessoa, novo = convites.aceitar_com_nova_entrada(
        convite=feita.passagem.convite,
        nome="Quem Entra",
        senha=SENHA,
        por=ATOR_PUBLICO,
        em=AGORA + timedelta(days=3),
        hoje=daqui_a_tres,
    )

    assert [v.pessoa for v in titulares_em(daqui_a_tres)] == [pessoa]
    assert [v.pessoa for v in titulares_em(daqui_a_tres - timedelta(days=1))] == [titular.pessoa]
    assert novo.delegado_por == titular.vinculo.delegado_por
    feita.passagem.refresh_from_db()
    assert (feita.passagem.estado, feita.passagem.entra) == (Passagem.Estado.FEITA, novo)


def test_passagem_que_deixa_vaga_termina_no_dia_e_o_aceite_depois_ainda_vale(titular):
    feita = passar(titular.vinculo, titular, fica_vaga=True)
    assert titulares_em(HOJE) == []

    pessoa, _ = aceitar(convites.Enviado(convite=feita.passagem.convite, segredo=feita.segredo), hoje=AMANHA)

    assert [v.pessoa for v in titulares_em(AMANHA)] == [pessoa]


def test_recusado_o_convite_a_passagem_se_desfaz_e_o_titular_continua(titular):
    feita = passar(titular.vinculo, titular)

    convites.recusar(convite=feita.passagem.convite, por=ATOR_PUBLICO, em=AGORA)

    feita.passagem.refresh_from_db()
    assert feita.passagem.estado == Passagem.Estado.DESFEITA
    assert [v.pessoa for v in titulares_em(AMANHA)] == [titular.pessoa]
    passar(titular.vinculo, titular, email="outra@exemplo.example")


def test_quando_o_titular_falta_quem_o_nomeia_passa_com_motivo(titular):
    estadual = fabricas.ator(papeis.GESTAO_ESTADUAL, "32")
    conselheira = fabricas.pessoa_com_vinculo(papeis.CONSELHEIRO, VITORIA)

    with pytest.raises(AtoRecusado, match="Diga por que a passagem não é feita por quem sai"):
        passar(titular.vinculo, estadual, email=conselheira.email)
    passar(titular.vinculo, estadual, email=conselheira.email, motivo="Exonerado em 20/11")

    assert [v.pessoa for v in titulares_em(HOJE)] == [conselheira]
    assert titulares_em(HOJE)[0].delegado_por == estadual.vinculo
    aviso = Aviso.objects.get(pessoa=titular.pessoa)
    assert "Exonerado em 20/11" in aviso.texto
    assert str(estadual.vinculo) in aviso.texto


def test_quem_e_deposto_fica_sabendo_ainda_que_ninguem_entre(titular):
    estadual = fabricas.ator(papeis.GESTAO_ESTADUAL, "32")

    passagem.deixar_vaga(sai=titular.vinculo, dia=HOJE, motivo="Afastado", por=estadual, em=AGORA, hoje=HOJE)

    assert "Afastado" in Aviso.objects.get(pessoa=titular.pessoa).texto


@pytest.mark.parametrize("papel, onde", [(papeis.GESTAO_MUNICIPAL_ADJUNTO, VITORIA), (papeis.GESTAO_ESTADUAL, "35")])
def test_quem_nao_e_o_titular_nem_o_nomeia_nao_passa(titular, papel, onde):
    with pytest.raises(PermissionDenied, match="quem a tem"):
        passar(titular.vinculo, fabricas.ator(papel, onde), motivo="x")


def test_depois_do_fim_do_mandato_nao_ha_passagem_que_deixe_um_vao(titular):
    Vinculo.objects.filter(pk=titular.vinculo.pk).update(ate=HOJE + timedelta(days=10))

    with pytest.raises(AtoRecusado, match="não haveria titular"):
        passar(titular.vinculo, titular, dia=HOJE + timedelta(days=11))


def test_segundo_titular_e_recusado_em_palavras_por_convite_e_pelo_servidor(titular):
    estadual = fabricas.ator(papeis.GESTAO_ESTADUAL, "32")
    outra = fabricas.pessoa_com_vinculo(papeis.CONSELHEIRO, VITORIA)

    with pytest.raises(AtoRecusado, match="Titular é um só"):
        convite_para(estadual, papeis.GESTAO_MUNICIPAL)
    with pytest.raises(AtoRecusado, match="Titular é um só"):
        vinculos.vincular(
            pessoa=outra,
            papel=papeis.GESTAO_MUNICIPAL,
            abrangencia=VITORIA,
            orgao="X",
            desde=AMANHA,
            ate=date(2027, 12, 31),
            por=ATOR_PUBLICO,
            em=AGORA,
        )


@pytest.mark.parametrize(
    "desde, ate, cabe",
    [
        pytest.param(date(2026, 6, 1), date(2026, 7, 1), False, id="dentro do mandato que tem fim"),
        pytest.param(date(2026, 12, 30), None, False, id="cruza o último dia"),
        pytest.param(date(2025, 1, 1), date(2026, 1, 2), False, id="cruza o primeiro dia"),
        pytest.param(date(2026, 12, 31), None, True, id="começa no dia em que o outro já não vale"),
        pytest.param(date(2025, 1, 1), date(2026, 1, 1), True, id="acaba quando o outro começa"),
        pytest.param(date(2026, 6, 1), date(2026, 6, 1), True, id="não chegou a valer"),
    ],
)
def test_o_banco_recusa_mandatos_de_titular_que_se_cruzam(desde, ate, cabe):
    primeira = fabricas.pessoa_com_vinculo(papeis.GESTAO_MUNICIPAL, VITORIA)
    Vinculo.objects.filter(pessoa=primeira).update(desde=date(2026, 1, 1), ate=date(2026, 12, 31))
    segunda = fabricas.pessoa_com_vinculo(papeis.CONSELHEIRO, VITORIA)

    def gravar():
        with transaction.atomic():
            Vinculo.objects.create(
                pessoa=segunda,
                papel_codigo="gestao_municipal",
                abrangencia=VITORIA,
                orgao="X",
                desde=desde,
                ate=ate,
            )

    if cabe:
        gravar()
    else:
        with pytest.raises(DatabaseError, match="Ja ha titular"):
            gravar()


def test_o_banco_recusa_esticar_um_mandato_sobre_o_outro():
    primeira = fabricas.pessoa_com_vinculo(papeis.GESTAO_MUNICIPAL, VITORIA)
    Vinculo.objects.filter(pessoa=primeira).update(ate=date(2026, 12, 31))
    segunda = fabricas.pessoa_com_vinculo(papeis.CONSELHEIRO, VITORIA)
    Vinculo.objects.create(
        pessoa=segunda, papel_codigo="gestao_municipal", abrangencia=VITORIA, orgao="X", desde=date(2026, 12, 31)
    )

    with pytest.raises(DatabaseError, match="Ja ha titular"), transaction.atomic():
        Vinculo.objects.filter(pessoa=primeira, papel_codigo="gestao_municipal").update(ate=date(2027, 1, 1))
