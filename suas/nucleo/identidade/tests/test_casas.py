"""A unidade ou a entidade de um vínculo: quem a escolhe, onde ela vale e o que se recusa."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from suas.nucleo.identidade import a_fazer, casas, lugares
from suas.nucleo.identidade.acoes import convites, vinculos
from suas.nucleo.identidade.acoes.pessoas import AtoRecusado
from suas.nucleo.identidade.models import Convite, Vinculo
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes import papeis
from suas.nucleo.permissoes.permissao import Permissao
from tests.contratos.tranca import trancar

pytestmark = pytest.mark.django_db
VITORIA, SERRA = "3205309", "3205002"
CENTRO = casas.Casa(id=UUID(int=1), nome="CRAS Centro", municipio=VITORIA, especie="unidade")
PRAIA = casas.Casa(id=UUID(int=2), nome="CRAS Praia", municipio=VITORIA, especie="unidade")
DA_SERRA = casas.Casa(id=UUID(int=3), nome="CRAS da Serra", municipio=SERRA, especie="unidade")
LAR = casas.Casa(id=UUID(int=4), nome="Lar do Exemplo", municipio=VITORIA, especie="entidade")


@pytest.fixture(autouse=True)
def cadastro(monkeypatch):
    """Dois CRAS e uma entidade em Vitória, um CRAS na Serra, sem os cadastros, que são de um andar de cima."""
    trancar()
    monkeypatch.setattr(casas, "_CADASTROS", {})
    monkeypatch.setattr(lugares, "_vistos", {VITORIA: "Vitória/ES", SERRA: "Serra/ES"})
    for especie, todas in (("unidade", (CENTRO, PRAIA, DA_SERRA)), ("entidade", (LAR,))):
        casas.registrar(
            especie=especie,
            achar=lambda texto, municipio, todas=todas: [
                c for c in todas if c.municipio == municipio and texto.casefold() in c.nome.casefold()
            ],
            nomear=lambda ids, todas=todas: {c.id: c for c in todas if c.id in set(ids)},
        )


def entrar(papel=papeis.GESTAO_MUNICIPAL, abrangencia=VITORIA):
    cliente = Client()
    cliente.force_login(fabricas.pessoa_com_vinculo(papel, abrangencia))
    return cliente


def nomear(cliente, **mudancas):
    dados = {
        "email": "nova@exemplo.example",
        "papel": "coordenacao_unidade",
        "unidade": str(CENTRO.id),
        "orgao": "",
        "desde": f"{timezone.localdate():%d/%m/%Y}",
    }
    return cliente.post(reverse("acesso-nomear"), dados | mudancas, follow=True).content.decode()


def convite(**mudancas):
    padrao = convites.NovoConvite(
        email="nova@exemplo.example",
        papel=papeis.COORDENACAO_UNIDADE,
        abrangencia=VITORIA,
        orgao="",
        unidade=CENTRO.id,
        desde=HOJE,
    )
    return replace(padrao, **mudancas)


def test_papel_de_unidade_so_age_na_propria_e_o_do_municipio_em_todas():
    ver = Permissao.ACESSO_VER
    coordena = fabricas.ator(
        replace(papeis.COORDENACAO_UNIDADE, permissoes=frozenset({ver})), VITORIA, unidade=CENTRO.id
    )
    sem_unidade = fabricas.ator(replace(papeis.COORDENACAO_UNIDADE, permissoes=frozenset({ver})), VITORIA)
    gestora = fabricas.ator(papeis.GESTAO_MUNICIPAL, VITORIA)

    assert coordena.pode(ver, em=VITORIA, unidade=CENTRO.id)
    assert not coordena.pode(ver, em=VITORIA, unidade=PRAIA.id)
    assert not coordena.pode(ver, em=SERRA, unidade=CENTRO.id)
    assert not coordena.pode(ver, em=VITORIA), "sem dizer a unidade, é o município inteiro"
    assert not sem_unidade.pode(ver, em=VITORIA, unidade=CENTRO.id)
    assert not sem_unidade.pode(ver, em=VITORIA)
    assert gestora.pode(ver, em=VITORIA)
    assert gestora.pode(ver, em=VITORIA, unidade=PRAIA.id)


def test_a_gestora_escolhe_a_unidade_da_lista_e_o_vinculo_nasce_com_ela():
    fabricas.instalacao()
    gestora = entrar()
    formulario = gestora.get(reverse("acesso-nomear")).content.decode()

    nomear(gestora)
    feito = Convite.objects.get()
    pessoa, novo = convites.aceitar_com_nova_entrada(
        convite=feito,
        nome="Nova do Exemplo",
        senha="vento-mesa-lirio-42",
        por=fabricas.ator(),
        em=feito.criado_em,
        hoje=timezone.localdate(),
    )
    cliente = Client()
    cliente.force_login(pessoa)
    pagina = cliente.get(reverse("vinculo"))

    assert "CRAS Centro" in formulario
    assert "Lar do Exemplo" in formulario
    assert "CRAS da Serra" not in formulario, "unidade de outro município não se oferece"
    assert (novo.unidade, novo.orgao) == (CENTRO.id, "CRAS Centro")
    assert pagina.wsgi_request.ator.unidade == CENTRO.id
    assert "CRAS Centro, Vitória/ES" in pagina.content.decode()


def test_sem_unidade_da_lista_o_orgao_precisa_ser_escrito_e_nada_digitado_se_perde():
    fabricas.instalacao()
    gestora = entrar()

    em_branco = nomear(gestora, unidade="", orgao="")
    nomear(gestora, unidade="", orgao="CRAS que ainda não está no cadastro")

    assert "Escreva o órgão ou a unidade em que a pessoa age." in em_branco
    assert 'value="nova@exemplo.example"' in em_branco
    assert Convite.objects.get().unidade is None
    assert Convite.objects.get().orgao == "CRAS que ainda não está no cadastro"


@pytest.mark.parametrize(
    ("mudancas", "diz"),
    [
        ({"papel": "contador"}, "Contador do fundo age em todo o território"),
        ({"unidade": str(LAR.id)}, "Lar do Exemplo não serve: Coordenação de unidade se exerce em uma unidade da rede"),
        ({"papel": "entidade"}, "CRAS Centro não serve"),
        ({"unidade": str(DA_SERRA.id)}, "não está na lista deste município"),
    ],
)
def test_o_que_nao_serve_volta_ao_formulario_em_palavras(mudancas, diz):
    fabricas.instalacao()

    pagina = nomear(entrar(), **mudancas)

    assert diz in pagina
    assert not Convite.objects.exists()


def test_o_ato_recusa_unidade_de_outro_municipio_e_a_que_nao_existe():
    gestora = fabricas.ator(papeis.GESTAO_MUNICIPAL, VITORIA)

    for unidade in (DA_SERRA.id, UUID(int=99)):
        with pytest.raises(AtoRecusado, match="não está no cadastro deste município"):
            convites.convidar(novo=convite(unidade=unidade), por=gestora, em=AGORA, hoje=HOJE)


def test_a_mesma_pessoa_coordena_duas_unidades_e_nao_duas_vezes_a_mesma():
    gestora = fabricas.ator(papeis.GESTAO_MUNICIPAL, VITORIA)
    for casa in (CENTRO, PRAIA):
        convites.convidar(novo=convite(unidade=casa.id), por=gestora, em=AGORA, hoje=HOJE)
    with pytest.raises(AtoRecusado, match="Já há um convite à espera"):
        convites.convidar(novo=convite(), por=gestora, em=AGORA, hoje=HOJE)
    quem = fabricas.pessoa_com_vinculo(papeis.COORDENACAO_UNIDADE, VITORIA, unidade=CENTRO.id)

    with pytest.raises(AtoRecusado, match="já é Coordenação de unidade nessa unidade"):
        convites.convidar(novo=convite(email=quem.email), por=gestora, em=AGORA, hoje=HOJE)
    outro = vinculos.vincular(
        pessoa=quem,
        papel=papeis.COORDENACAO_UNIDADE,
        abrangencia=VITORIA,
        orgao="",
        unidade=PRAIA.id,
        desde=HOJE,
        por=gestora,
        em=AGORA,
    )

    assert outro.orgao == "CRAS Praia"
    assert quem.vinculos.filter(ate=None).count() == 2


def test_mudar_de_unidade_pela_tela_guarda_as_duas_no_historico():
    fabricas.instalacao()
    quem = fabricas.pessoa_com_vinculo(papeis.TECNICO_SUPERIOR, VITORIA, unidade=CENTRO.id)
    antigo = quem.vinculos.get()
    endereco = reverse("acesso-mudar", args=[antigo.pk])
    dia = timezone.localdate() + timedelta(days=10)
    gestora = entrar()

    formulario = gestora.get(endereco).content.decode()
    gestora.post(endereco, {"unidade": str(PRAIA.id), "orgao": "", "dia": f"{dia:%d/%m/%Y}"})

    antigo.refresh_from_db()
    novo = Vinculo.objects.get(pessoa=quem, desde=dia)
    assert f'value="{CENTRO.id}" selected' in formulario
    assert "Lar do Exemplo" not in formulario, "o papel não se exerce em entidade"
    assert antigo.ate == dia
    assert (novo.unidade, novo.orgao) == (PRAIA.id, "CRAS Praia")


def test_sem_cadastro_nenhum_a_tela_pede_so_o_orgao(monkeypatch):
    monkeypatch.setattr(casas, "_CADASTROS", {})
    fabricas.instalacao()

    formulario = entrar().get(reverse("acesso-nomear")).content.decode()

    assert 'name="unidade"' not in formulario
    assert casas.uma(CENTRO.id) is None


@pytest.mark.parametrize("papel, casa", [(papeis.COORDENACAO_UNIDADE, "unidade"), (papeis.ENTIDADE, "entidade")])
def test_o_vinculo_sem_casa_diz_em_a_fazer_que_falta_e_a_quem_pedir(papel, casa):
    sem = fabricas.ator(papel, VITORIA)
    com = fabricas.ator(papel, VITORIA, unidade=CENTRO.id)

    espera = [p for p in a_fazer.pendencias(sem, HOJE) if p.titulo == f"Este vínculo ainda não diz de que {casa} é"]

    assert [p.endereco.startswith(reverse("ajuda-pedir")) for p in espera] == [True]
    assert list(a_fazer.pendencias(com, HOJE)) == []
    assert list(a_fazer.pendencias(fabricas.ator(papeis.VIGILANCIA_MUNICIPAL, VITORIA), HOJE)) == []
