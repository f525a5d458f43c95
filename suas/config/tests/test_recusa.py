"""A página 403 diz o que faltou, por que vínculo se agiu e quem pode, e troca de vínculo num clique."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from suas.nucleo.identidade.models import Pessoa
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.papeis import (
    ADMINISTRACAO_FEDERAL,
    CONSELHEIRO,
    GESTAO_ESTADUAL,
    GESTAO_MUNICIPAL,
    GESTAO_MUNICIPAL_ADJUNTO,
    PAPEIS_DE_VINCULO,
    PRESIDENCIA_CONSELHO,
    TECNICO_SUPERIOR,
    Papel,
)
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.permissoes.recusa import SemPermissao
from tests import mundo
from tests.fluxos.pagina import Pagina

pytestmark = pytest.mark.django_db


def entrar(papel: Papel, abrangencia: str) -> tuple[Client, Pessoa]:
    pessoa = fabricas.pessoa_com_vinculo(papel, abrangencia)
    cliente = Client()
    cliente.force_login(pessoa)
    return cliente, pessoa


@pytest.fixture
def feito() -> mundo.Mundo:
    return mundo.criar()


def test_diz_o_que_faltou_com_que_vinculo_se_agiu_e_quem_pode(feito: mundo.Mundo) -> None:
    cliente, _ = entrar(CONSELHEIRO, "32")

    texto = Pagina(cliente.get(reverse("partilha-opcoes", args=[feito.partilha.pk])).content.decode()).texto

    assert "Só a gestão estadual (Espírito Santo) conduz esta partilha." in texto
    assert "Você agiu como" in texto
    assert "Conselheiro , Órgão 32." in texto
    assert (
        "é preciso poder conduzir partilhas. Podem, com vínculo que alcance Espírito Santo: Gestão estadual." in texto
    )
    assert "outro vínculo que pode" not in texto


def test_quem_tem_outro_vinculo_que_pode_troca_e_volta_num_clique() -> None:
    fabricas.instalacao()
    cliente, pessoa = entrar(CONSELHEIRO, "32")
    outro = mundo.dar_vinculo(pessoa, GESTAO_ESTADUAL, "35")
    endereco = reverse("partilha-nova") + "?de=aqui"
    pagina = Pagina(cliente.get(endereco).content.decode())
    troca = next(f for f in pagina.formularios if f.acao == "/vinculo/")
    assert troca.metodo == "post"
    assert "csrfmiddlewaretoken" in troca.campos

    resposta = cliente.post("/vinculo/", {"vinculo": str(outro.pk), "voltar": endereco})

    assert resposta["Location"] == endereco
    assert cliente.get(endereco).status_code == 200


def test_nao_oferece_o_vinculo_de_outro_territorio(feito: mundo.Mundo) -> None:
    cliente, pessoa = entrar(CONSELHEIRO, "32")
    mundo.dar_vinculo(pessoa, ADMINISTRACAO_FEDERAL, "BR")

    resposta = cliente.get(reverse("partilha-opcoes", args=[feito.partilha.pk]))

    assert "outro vínculo que pode" not in resposta.content.decode()


def test_depois_de_um_envio_volta_se_a_pagina_do_formulario() -> None:
    fabricas.instalacao()
    cliente, pessoa = entrar(CONSELHEIRO, "32")
    mundo.dar_vinculo(pessoa, GESTAO_ESTADUAL, "35")

    resposta = cliente.post(reverse("partilha-nova"), headers={"referer": "http://testserver/partilhas/?estado=selada"})
    de_fora = cliente.post(reverse("partilha-nova"), headers={"referer": "https://outro.example/golpe?x=1"})

    assert 'name="voltar" value="/partilhas/?estado=selada"' in resposta.content.decode()
    assert 'name="voltar" value="/"' in de_fora.content.decode()


@pytest.mark.parametrize("papel", [CONSELHEIRO, GESTAO_ESTADUAL])
def test_o_que_esta_fora_da_abrangencia_e_o_que_nao_existe_tem_a_mesma_resposta(
    papel: Papel, feito: mundo.Mundo
) -> None:
    cliente, _ = entrar(papel, "35") if papel is CONSELHEIRO else (Client(), None)
    if papel is GESTAO_ESTADUAL:
        cliente.force_login(feito.pessoas["estadual de fora"])

    de_fora = cliente.get(reverse("partilha", args=[feito.partilha.pk]))
    nao_existe = cliente.get(reverse("partilha", args=[uuid.uuid4()]))

    assert (de_fora.status_code, nao_existe.status_code) == (404, 404)
    assert de_fora.content == nao_existe.content


def test_toda_permissao_se_le_em_palavras_e_tem_quem_a_exerca() -> None:
    for permissao in Permissao:
        assert permissao.em_palavras
        assert SemPermissao("", permissao=permissao).quem_pode, permissao


def test_quem_pode_so_traz_papel_de_esfera_que_alcanca_o_territorio() -> None:
    do_pais = SemPermissao("", permissao=Permissao.PARTILHA_CONDUZIR, em="BR").quem_pode
    do_municipio = SemPermissao("", permissao=Permissao.ACESSO_VER, em="3205309").quem_pode

    assert do_pais == [ADMINISTRACAO_FEDERAL]
    assert do_municipio == [p for p in PAPEIS_DE_VINCULO if Permissao.ACESSO_VER in p.permissoes]


def test_a_recusa_de_nomeacao_oferece_o_vinculo_que_nomeia_e_a_da_passagem_o_de_titular() -> None:
    fabricas.instalacao()
    cliente, pessoa = entrar(GESTAO_ESTADUAL, "32")
    titular = fabricas.pessoa_com_vinculo(GESTAO_MUNICIPAL, "3205309")
    tecnica = fabricas.pessoa_com_vinculo(TECNICO_SUPERIOR, "3205309").vinculos.get()
    da_presidencia = fabricas.pessoa_com_vinculo(PRESIDENCIA_CONSELHO, "32").vinculos.get()
    adjunto = mundo.dar_vinculo(pessoa, GESTAO_MUNICIPAL_ADJUNTO, "3205309")
    mundo.dar_vinculo(pessoa, CONSELHEIRO, "32")

    encerrar = Pagina(cliente.get(reverse("acesso-encerrar", args=[tecnica.pk])).content.decode())
    passar = Pagina(cliente.get(reverse("acesso-passar", args=[da_presidencia.pk])).content.decode())
    cliente.post(reverse("vinculo"), {"vinculo": str(adjunto.pk)})
    passar_do_titular = Pagina(cliente.get(reverse("acesso-passar", args=[titular.vinculos.get().pk])).content.decode())

    assert _oferecidos(encerrar) == [str(adjunto.pk)]
    assert ": Gestão municipal, titular; Gestão municipal, adjunto." in encerrar.texto
    assert _oferecidos(passar) == []
    assert ": Administração federal; Presidência do conselho." in passar.texto
    assert _oferecidos(passar_do_titular) == [str(pessoa.vinculos.get(papel_codigo="gestao_estadual").pk)]


def _oferecidos(pagina: Pagina) -> list[str]:
    """Os vínculos que a página 403 oferece, sem a troca do cabeçalho."""
    return [f.campos["vinculo"] for f in pagina.formularios if f.acao == "/vinculo/" and f.campos.get("voltar")]
