"""Os atos do quadro: cadastrar, lotar, mudar, corrigir, sair, apagar; e o que cada um recusa."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from suas.cadastros.rede.tests import fabricas as rede
from suas.cadastros.territorio.tests.fabricas import VITORIA
from suas.cadastros.trabalhadores import permissoes
from suas.cadastros.trabalhadores.acoes import apagamento, cadastro, lotacoes
from suas.cadastros.trabalhadores.acoes.cadastro import Dados
from suas.cadastros.trabalhadores.acoes.lotacoes import Exercicio, NovaLotacao
from suas.cadastros.trabalhadores.consultas import horas
from suas.cadastros.trabalhadores.models import APAGADO, Lotacao, Trabalhador
from suas.cadastros.trabalhadores.tests import fabricas
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE, ator
from suas.nucleo.permissoes import papeis
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db
SERRA = "3205002"
TECNICA = Exercicio(funcao="tecnico_superior", vinculo_de_trabalho="estatutario", carga_horaria=30)


@pytest.fixture
def cras():
    return rede.unidade("CRAS Centro")


@pytest.fixture
def gestora():
    return ator(papeis.GESTAO_MUNICIPAL, VITORIA)


def dados(**mudancas):
    padrao = {"cpf": fabricas.cpf(), "nome": "Bia do Exemplo", "nascimento": date(1990, 5, 2)}
    return Dados(**padrao | mudancas)


def nova(unidade, **mudancas):
    padrao = NovaLotacao(abrangencia=unidade.municipio_id, unidade=unidade, exercicio=TECNICA, desde=HOJE)
    return replace(padrao, **mudancas)


def cadastrar(por, unidade, **mudancas):
    return cadastro.cadastrar(
        dados=mudancas.pop("dados", None) or dados(),
        lotacao=nova(unidade, **mudancas),
        por=por,
        em=AGORA,
        hoje=HOJE,
    )


def test_cadastrar_cria_a_pessoa_e_a_lotacao_e_a_trilha_nao_leva_o_nome(cras, gestora):
    feito = cadastrar(gestora, cras, dados=dados(nome="  Bia do Exemplo ", nome_social="Bê"))

    pessoa = feito.lotacao.trabalhador
    assert (pessoa.nome, pessoa.como_se_chama, pessoa.nome_busca) == ("Bia do Exemplo", "Bê", "be bia do exemplo")
    assert not feito.ja_havia
    assert feito.lotacao.vale_em(HOJE)
    atos = list(Ato.objects.filter(ato__startswith="trabalhadores.").order_by("pk"))
    assert [ato.ato for ato in atos] == ["trabalhadores.cadastrar", "trabalhadores.lotar"]
    assert "Bia" not in str([(ato.dados, ato.motivo) for ato in atos]) + str(pessoa) + str(feito.lotacao)


def test_a_coordenacao_cadastra_na_propria_unidade_e_nao_em_outra(cras):
    coordena = ator(papeis.COORDENACAO_UNIDADE, VITORIA, unidade=cras.pk)
    outra = rede.unidade("CRAS Praia")

    assert cadastrar(coordena, cras).lotacao.unidade == cras
    with pytest.raises(PermissionDenied, match="na própria unidade, a coordenação"):
        cadastrar(coordena, outra)
    assert Trabalhador.objects.count() == 1


@pytest.mark.parametrize(
    ("papel", "onde"),
    [
        (papeis.GESTAO_ESTADUAL, "32"),
        (papeis.ADMINISTRACAO_FEDERAL, "BR"),
        (papeis.GESTAO_MUNICIPAL, SERRA),
        (papeis.VIGILANCIA_MUNICIPAL, VITORIA),
        (papeis.TECNICO_SUPERIOR, VITORIA),
    ],
)
def test_so_cadastra_a_gestao_da_propria_esfera(papel, onde, cras):
    with pytest.raises(PermissionDenied):
        cadastrar(ator(papel, onde, unidade=cras.pk if papel.da_unidade else None), cras)


def test_no_creas_regional_o_estado_tambem_cuida_do_quadro():
    regional = rede.unidade("CREAS Regional", tipo="creas_regional")

    assert cadastrar(ator(papeis.GESTAO_ESTADUAL, "32"), regional).lotacao.abrangencia == VITORIA


def test_quem_ja_esta_no_quadro_daqui_nao_se_cadastra_de_novo(cras, gestora):
    ja = fabricas.lotacao(unidade=cras).trabalhador

    with pytest.raises(AtoRecusado, match="já está no quadro"):
        cadastrar(gestora, rede.unidade("CRAS Praia"), dados=dados(cpf=ja.cpf))


def test_quem_e_de_outro_municipio_so_ganha_a_lotacao_e_se_os_dados_conferem(cras):
    ja = fabricas.lotacao(fabricas.trabalhador("Ana da Silva do Exemplo", email="ana@exemplo.example"), unidade=cras)
    serra = rede.unidade("CRAS da Serra", onde=SERRA)
    gestora = ator(papeis.GESTAO_MUNICIPAL, SERRA)
    certos = dados(cpf=ja.trabalhador.cpf, nome="ana da silva do exemplo", nascimento=ja.trabalhador.nascimento)

    with pytest.raises(AtoRecusado) as recusa:
        cadastrar(gestora, serra, dados=replace(certos, nascimento=date(1970, 1, 1)))
    feito = cadastrar(gestora, serra, dados=replace(certos, email="outro@exemplo.example"))

    assert "Já há cadastro com este CPF em outro território" in str(recusa.value)
    for de_la in ("Ana", "1985", "CRAS Centro", "Vitória", "ana@exemplo.example"):
        assert de_la not in str(recusa.value)
    assert feito.ja_havia
    assert feito.lotacao.trabalhador == ja.trabalhador
    ja.trabalhador.refresh_from_db()
    assert ja.trabalhador.email == "ana@exemplo.example", "quem lota não muda o que está no cadastro"


@pytest.mark.parametrize(
    ("mudancas", "diz"),
    [
        ({"exercicio": replace(TECNICA, carga_horaria=0)}, "0 horas por semana não servem"),
        ({"exercicio": replace(TECNICA, carga_horaria=81)}, "81 horas por semana não servem"),
        ({"exercicio": replace(TECNICA, servico="paif", segundo_servico="paif")}, "o mesmo que o principal"),
        ({"desde": HOJE + timedelta(days=400)}, "daqui a mais de um ano"),
        ({"orgao": "conselho"}, "Diga uma unidade, ou um órgão"),
    ],
)
def test_lotacao_que_nao_cabe_e_recusada_e_ninguem_fica_cadastrado(mudancas, diz, cras, gestora):
    with pytest.raises(AtoRecusado, match=diz):
        cadastrar(gestora, cras, **mudancas)

    assert not Lotacao.objects.exists()


def test_nao_se_lota_em_unidade_fechada_no_dia(gestora):
    fechada = rede.unidade("CRAS Fechado", fechada_em=date(2025, 1, 1))

    with pytest.raises(AtoRecusado, match="fechou em 01/01/2025"):
        cadastrar(gestora, fechada)
    assert cadastrar(gestora, fechada, desde=date(2024, 1, 1)).lotacao.desde == date(2024, 1, 1)


def test_a_mesma_pessoa_em_duas_unidades_e_nunca_duas_vezes_na_mesma_funcao(cras, gestora):
    uma = fabricas.lotacao(unidade=cras)

    outra = lotacoes.lotar(
        trabalhador=uma.trabalhador, nova=nova(rede.unidade("CRAS Praia")), por=gestora, em=AGORA, hoje=HOJE
    )
    with pytest.raises(AtoRecusado, match="já está como Técnico"):
        lotacoes.lotar(trabalhador=uma.trabalhador, nova=nova(cras), por=gestora, em=AGORA, hoje=HOJE)

    assert set(uma.trabalhador.lotacoes.all()) == {uma, outra}


def test_mudar_fecha_a_de_antes_na_vespera_e_guarda_as_duas(cras, gestora):
    antes = fabricas.lotacao(unidade=cras)

    depois = lotacoes.mudar(
        lotacao=antes,
        exercicio=replace(TECNICA, funcao="coordenador", carga_horaria=40),
        dia=HOJE,
        versao=1,
        por=gestora,
        em=AGORA,
        hoje=HOJE,
    )

    antes.refresh_from_db()
    assert (antes.ate, antes.funcao) == (HOJE, "tecnico_superior")
    assert (depois.desde, depois.ate, depois.funcao, depois.carga_horaria) == (HOJE, None, "coordenador", 40)
    with pytest.raises(MudouNoMeioTempo):
        lotacoes.encerrar(lotacao=antes, dia=HOJE, motivo="Saiu", versao=1, por=gestora, em=AGORA, hoje=HOJE)


def test_corrigir_muda_no_lugar_e_mudar_sem_mudar_nada_e_recusado(cras, gestora):
    lotacao = fabricas.lotacao(unidade=cras)
    pedido = {"lotacao": lotacao, "versao": 1, "por": gestora, "em": AGORA}

    with pytest.raises(AtoRecusado, match="Nada mudou"):
        lotacoes.mudar(exercicio=TECNICA, dia=HOJE, hoje=HOJE, **pedido)
    with pytest.raises(AtoRecusado, match="Estava escrito errado"):
        lotacoes.mudar(exercicio=replace(TECNICA, carga_horaria=20), dia=lotacao.desde, hoje=HOJE, **pedido)
    certa = lotacoes.corrigir(
        exercicio=replace(TECNICA, carga_horaria=20), desde=date(2024, 4, 1), motivo="Digitação", **pedido
    )

    assert (certa.pk, certa.carga_horaria, certa.desde) == (lotacao.pk, 20, date(2024, 4, 1))
    assert Lotacao.objects.count() == 1


def test_encerrar_pede_motivo_e_dia_que_cabe(cras, gestora):
    lotacao = fabricas.lotacao(unidade=cras)
    pedido = {"lotacao": lotacao, "versao": 1, "por": gestora, "em": AGORA, "hoje": HOJE}

    with pytest.raises(AtoRecusado, match="Diga o motivo"):
        lotacoes.encerrar(dia=HOJE, motivo=" ", **pedido)
    with pytest.raises(AtoRecusado, match="começou em 01/03/2024"):
        lotacoes.encerrar(dia=date(2024, 2, 28), motivo="Saiu", **pedido)
    encerrada = lotacoes.encerrar(dia=HOJE, motivo="Fim do contrato", **pedido)

    assert not encerrada.vale_em(HOJE)
    assert encerrada.motivo_da_saida == "Fim do contrato"


def test_a_soma_de_horas_avisa_dizendo_onde_e_nao_conta_a_unidade_de_outro_municipio(cras):
    quem = fabricas.lotacao(unidade=cras).trabalhador
    fabricas.lotacao(quem, unidade=rede.unidade("Abrigo da Serra", onde=SERRA, tipo="acolhimento"), carga_horaria=20)
    fabricas.lotacao(quem, unidade=rede.unidade("CRAS Velho"), ate=date(2025, 1, 1), carga_horaria=40)

    no_limite = horas.somar(None, horas=44, desde=HOJE, abrangencia=VITORIA)
    alem = horas.somar(quem, horas=10, desde=HOJE, abrangencia=VITORIA)

    assert not no_limite.passa
    assert (alem.total, alem.passa) == (60, True)
    assert alem.onde[0] == "30 h em CRAS Centro"
    assert "Abrigo" not in alem.em_palavras
    assert "60 horas por semana" in alem.em_palavras
    assert "leitura do projeto" in alem.em_palavras


def test_atualizar_recusa_o_que_mudou_no_meio_tempo_e_o_cpf_de_outra_pessoa(cras, gestora):
    quem = fabricas.lotacao(unidade=cras).trabalhador
    outra = fabricas.trabalhador("Outra do Exemplo")
    novos = dados(cpf=quem.cpf, nome="Nome Novo do Exemplo")

    with pytest.raises(AtoRecusado, match="já é de outra pessoa"):
        cadastro.atualizar(trabalhador=quem, dados=replace(novos, cpf=outra.cpf), versao=1, por=gestora, em=AGORA)
    mudado = cadastro.atualizar(trabalhador=quem, dados=novos, versao=1, por=gestora, em=AGORA)
    with pytest.raises(MudouNoMeioTempo):
        cadastro.atualizar(trabalhador=quem, dados=novos, versao=1, por=gestora, em=AGORA)

    assert (mudado.nome, mudado.versao) == ("Nome Novo do Exemplo", 2)


def test_quem_ja_saiu_de_onde_o_ator_cuida_nao_tem_os_dados_mudados_por_ele(cras, gestora):
    quem = fabricas.lotacao(unidade=cras, ate=date(2025, 1, 1)).trabalhador
    fabricas.lotacao(quem, unidade=rede.unidade("CRAS da Serra", onde=SERRA))

    assert not permissoes.pode_mudar(gestora, quem)
    assert permissoes.pode_mudar(ator(papeis.GESTAO_MUNICIPAL, SERRA), quem)


def test_apagar_espera_a_saida_e_deixa_so_as_lotacoes(cras):
    lotacao = fabricas.lotacao(unidade=cras)
    gestora = ator(papeis.GESTAO_MUNICIPAL, VITORIA)
    pedido = {"trabalhador": lotacao.trabalhador, "por": gestora, "em": AGORA, "hoje": HOJE}

    with pytest.raises(AtoRecusado, match="ainda está lotada"):
        apagamento.apagar_dados(motivo="Pedido", **pedido)
    Lotacao.objects.filter(pk=lotacao.pk).update(ate=HOJE)
    with pytest.raises(PermissionDenied):
        apagamento.apagar_dados(motivo="Pedido", **pedido | {"por": ator(papeis.VIGILANCIA_MUNICIPAL, VITORIA)})
    apagado = apagamento.apagar_dados(motivo="Pedido", **pedido)

    assert (apagado.nome, apagado.cpf, apagado.nascimento, apagado.email) == (APAGADO, None, None, "")
    assert apagado.lotacoes.get().funcao == "tecnico_superior"
    with pytest.raises(AtoRecusado, match="já foram apagados"):
        apagamento.apagar_dados(motivo="Pedido", **pedido)
