"""Registros da mesma pessoa: propõem-se, alguém decide, as duas histórias ficam, e desfaz-se."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from suas.atendimento.familias.acoes import pessoas, repetidas
from suas.atendimento.familias.consultas import busca
from suas.atendimento.familias.consultas import repetidas as leitura
from suas.atendimento.familias.models import Atendimento, Integrante, Juncao, PessoaAtendida, PessoasDistintas
from suas.atendimento.familias.tests import fabricas
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes import papeis
from suas.nucleo.recusa import AtoRecusado

pytestmark = pytest.mark.django_db
NASCEU = date(1985, 3, 21)


@pytest.fixture
def cras():
    return rede.unidade("CRAS Centro")


@pytest.fixture
def dois(cras):
    """Luiza, registrada no CRAS com um atendimento, e Luísa, registrada no CREAS com o CPF."""
    creas = rede.unidade("CREAS Norte", tipo="creas")
    um = fabricas.familia(cras, nome="Luiza Souza do Exemplo", nascimento=NASCEU)
    outro = fabricas.familia(creas, nome="Luísa Sousa do Exemplo", nascimento=NASCEU, cpf="52998224725", sexo="F")
    fabricas.atendimento(outro)
    Atendimento.objects.filter(prontuario=outro).update(pessoa=outro.familia.integrantes.get().pessoa)
    return um.familia.integrantes.get().pessoa, outro.familia.integrantes.get().pessoa


def pares(cras):
    return leitura.pares(cras.municipio_id)


def juntar(fica, sai, cras, **mais):
    por = fabricas.tecnica(cras, papeis.COORDENACAO_UNIDADE)
    return repetidas.juntar(fica=fica, sai=sai, motivo="Vi o documento.", por=por, em=AGORA, hoje=HOJE, **mais)


def desfazer(juncao, cras):
    por = fabricas.tecnica(cras, papeis.COORDENACAO_UNIDADE)
    return repetidas.desfazer(juncao=juncao, motivo="Eram irmãs.", por=por, em=AGORA)


def retrato(*quem):
    campos = ("nome", "nis", "cpf", "nascimento", "sexo", "nome_da_mae")
    return [
        (
            [getattr(PessoaAtendida.objects.get(pk=p.pk), campo) for campo in campos],
            list(Integrante.objects.filter(pessoa=p).values_list("familia", "ate", "saida")),
            Atendimento.objects.filter(pessoa=p).count(),
        )
        for p in quem
    ]


def test_o_par_se_propoe_pelo_som_e_pelo_nascimento_e_dois_cpfs_desmentem(cras, dois):
    um, outro = dois

    assert [(p.uma, p.outra) for p in pares(cras)] == [leitura.em_ordem(um.pk, outro.pk)]
    PessoaAtendida.objects.filter(pk=um.pk).update(cpf="12345678909")
    assert pares(cras) == []


def test_juntar_passa_tudo_ao_que_fica_e_quem_procura_so_acha_esse(cras, dois):
    um, outro = dois

    juntar(um, outro, cras)

    um.refresh_from_db()
    assert (um.cpf, um.sexo) == ("52998224725", "F")
    assert Atendimento.objects.get().pessoa == um
    assert um.participacoes.filter(ate__isnull=True).count() == 1
    assert um.participacoes.filter(saida="engano").count() == 1, "a história da outra família continua"
    for termo in ("luisa sousa", "52998224725"):
        assert [a.pessoa for a in busca.procurar(termo, municipio=cras.municipio_id, unidade=cras.pk)] == [um]
    assert pares(cras) == []


def test_desfazer_devolve_cada_coisa_ao_seu_registro(cras, dois):
    antes = retrato(*dois)

    juncao = juntar(*dois, cras)
    feita = desfazer(juncao, cras)

    assert retrato(*dois) == antes
    assert feita.nao_voltou == []
    assert len(pares(cras)) == 1
    assert len(busca.procurar("luisa", municipio=cras.municipio_id, unidade=cras.pk)) == 2


def test_o_que_mudou_depois_nao_volta_e_se_diz(cras, dois):
    um, outro = dois
    juncao = juntar(um, outro, cras)
    um.refresh_from_db()
    pessoas.mudar_campo(pessoa=um, campo="sexo", valor="M", por=fabricas.tecnica(cras), em=AGORA, hoje=HOJE)

    feita = desfazer(juncao, cras)

    um.refresh_from_db()
    assert um.sexo == "M"
    assert feita.nao_voltou == ["sexo"]
    with pytest.raises(AtoRecusado, match="já foi desfeita"):
        desfazer(juncao, cras)


def test_a_referencia_de_familia_com_outros_nao_sai(cras, dois):
    um, outro = dois
    fabricas.integrante(Integrante.objects.get(pessoa=outro).familia)

    with pytest.raises(AtoRecusado, match="Deixe-o ficar"):
        juntar(um, outro, cras)

    assert not Juncao.objects.exists()
    juntar(outro, um, cras)


def test_o_numero_do_que_saiu_leva_ao_que_ficou_e_ninguem_o_registra_de_novo(cras, dois):
    um, outro = dois
    primeiro, segundo = fabricas.nis(), fabricas.nis()
    PessoaAtendida.objects.filter(pk=um.pk).update(nis=primeiro)
    PessoaAtendida.objects.filter(pk=outro.pk).update(nis=segundo)

    juntar(um, outro, cras)

    assert [a.pessoa for a in busca.procurar(segundo, municipio=cras.municipio_id, unidade=cras.pk)] == [um]
    with pytest.raises(pessoas.TalvezSejaAMesma) as recusa:
        fabricas.familia(cras, nome="Luísa de Novo", nis=segundo)
    assert recusa.value.parecidas == [um]


def test_dizer_que_sao_duas_tira_da_lista_e_volta_se_atras(cras, dois):
    um, outro = dois
    por = fabricas.tecnica(cras, papeis.COORDENACAO_UNIDADE)

    for _ in range(2):
        par = repetidas.dizer_distintas(uma=outro, outra=um, motivo="São gêmeas.", por=por, em=AGORA)
    assert (pares(cras), PessoasDistintas.objects.count()) == ([], 1)

    repetidas.voltar_a_propor(par=par, por=por, em=AGORA)
    assert len(pares(cras)) == 1


def test_a_coordenacao_decide_pela_tela_e_a_tecnica_nao(cras, dois):
    um, outro = dois
    coordenacao, tecnica = Client(), Client()
    coordenacao.force_login(
        identidade.pessoa_com_vinculo(papeis.COORDENACAO_UNIDADE, cras.municipio_id, unidade=cras.pk)
    )
    tecnica.force_login(identidade.pessoa_com_vinculo(papeis.TECNICO_SUPERIOR, cras.municipio_id, unidade=cras.pk))
    comparar = reverse("pessoas-comparar", args=[um.pk, outro.pk])

    assert tecnica.get(comparar).status_code == 403
    assert "Luiza Souza" in coordenacao.get(reverse("pessoas-repetidas")).content.decode()
    sem_motivo = coordenacao.post(comparar, {"fica": str(um.pk)})
    assert "Diga em que se baseou" in sem_motivo.content.decode()
    coordenacao.post(comparar, {"fica": str(um.pk), "motivo": "Vi a certidão."})
    juncao = Juncao.objects.get()
    assert juncao.fica == um
    coordenacao.post(reverse("juncao-desfazer", args=[juncao.pk]), {"motivo": "Engano."})
    juncao.refresh_from_db()
    assert juncao.desfeita_em is not None
    coordenacao.post(reverse("pessoas-distintas", args=[um.pk, outro.pk]), {"motivo": "São\0 gêmeas."})
    assert PessoasDistintas.objects.get().motivo == "São gêmeas."
    coordenacao.post(reverse("pessoas-voltar-a-propor", args=[PessoasDistintas.objects.get().pk]))
    assert not PessoasDistintas.objects.exists()
