"""Pedir ajuda: a quem vai, o que leva, quem responde, e como quem pediu fica sabendo."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from suas.nucleo.ajuda import acoes, consultas
from suas.nucleo.ajuda.models import Estado, Pedido
from suas.nucleo.avisos.models import Aviso, Mensagem
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.ator import ATOR_PUBLICO, Ator
from suas.nucleo.permissoes.papeis import (
    ADMINISTRACAO_FEDERAL,
    COORDENACAO_UNIDADE,
    GESTAO_ESTADUAL,
    GESTAO_MUNICIPAL,
    VIGILANCIA_MUNICIPAL,
)
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.models import Leitura

pytestmark = pytest.mark.django_db
AGORA = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
VITORIA = "3205309"


@pytest.fixture(autouse=True)
def _casa() -> None:
    cache.clear()
    fabricas.instalacao()


@pytest.fixture
def coordenadora() -> Ator:
    return fabricas.ator(COORDENACAO_UNIDADE, VITORIA)


def pedir(por: Ator, *, email: str = "", pagina: acoes.Pagina | None = None) -> Pedido:
    return acoes.pedir(texto="A lista não abre.", pagina=pagina or acoes.Pagina(), email=email, por=por, em=AGORA)


def entrar(client: Client, ator: Ator) -> Client:
    assert ator.pessoa
    client.force_login(ator.pessoa)
    return client


def avisados(pedido: Pedido) -> set[object]:
    return set(
        Aviso.objects.filter(modelo="ajuda.pedido", causa__contains=str(pedido.pk)).values_list("pessoa", flat=True)
    )


def test_o_pedido_vai_a_quem_atende_no_municipio(coordenadora: Ator) -> None:
    vigilancia, estado = fabricas.ator(VIGILANCIA_MUNICIPAL, VITORIA), fabricas.ator(GESTAO_ESTADUAL, "32")
    assert vigilancia.pessoa and estado.pessoa

    pedido = pedir(coordenadora)

    assert pedido.com == VITORIA
    assert avisados(pedido) == {vigilancia.pessoa.pk}


@pytest.mark.parametrize(
    "quem, esperado",
    [
        pytest.param([(GESTAO_ESTADUAL, "32"), (ADMINISTRACAO_FEDERAL, "BR")], "32", id="sem ninguém no município"),
        pytest.param([(GESTAO_ESTADUAL, "35"), (ADMINISTRACAO_FEDERAL, "BR")], "BR", id="sem ninguém no estado"),
        pytest.param([(VIGILANCIA_MUNICIPAL, "3200102")], "BR", id="sem ninguém em lugar nenhum"),
    ],
)
def test_sem_ninguem_ali_o_pedido_sobe(coordenadora: Ator, quem: list[tuple], esperado: str) -> None:  # type: ignore[type-arg]
    for papel, lugar in quem:
        fabricas.pessoa_com_vinculo(papel, lugar)

    assert pedir(coordenadora).com == esperado


def test_quem_atende_sozinho_no_municipio_pede_ao_estado() -> None:
    sozinha = fabricas.ator(GESTAO_MUNICIPAL, VITORIA)
    fabricas.pessoa_com_vinculo(GESTAO_ESTADUAL, "32")

    assert pedir(sozinha).com == "32"


def test_numa_instalacao_municipal_nao_sobe_alem_dela(coordenadora: Ator) -> None:
    from suas.nucleo.identidade.models import Instalacao

    Instalacao.objects.update(abrangencia=VITORIA)

    assert consultas.niveis(VITORIA) == [VITORIA]
    assert pedir(ATOR_PUBLICO).com == VITORIA


def test_o_formulario_leva_a_pagina_sem_a_consulta_e_so_o_que_a_pessoa_marcou(
    client: Client, coordenadora: Ator
) -> None:
    entrar(client, coordenadora)
    dados = {
        "texto": "Não abre",
        "de": "/acessos/?q=Maria+da+Silva",
        "titulo": "Acessos de Maria",
        "mensagens": "O CPF 111 não confere",
        "tela": "1366x768",
        "falha": "0A1B2C3D",
    }

    client.post(reverse("ajuda-pedir"), dados, headers={"user-agent": "Navegador/1"})
    sem_marcar = Pedido.objects.get()
    client.post(reverse("ajuda-pedir"), dados | {"com_titulo": "on", "com_mensagens": "on"})
    marcado = Pedido.objects.exclude(pk=sem_marcar.pk).get()

    assert (sem_marcar.endereco, sem_marcar.tela, sem_marcar.falha) == ("/acessos/", "1366x768", "0A1B2C3D")
    assert (sem_marcar.titulo_da_pagina, sem_marcar.mensagens_da_pagina) == ("", "")
    assert sem_marcar.navegador == "Navegador/1"
    assert "Coordenação de unidade" in sem_marcar.vinculo
    assert (marcado.titulo_da_pagina, marcado.mensagens_da_pagina) == ("Acessos de Maria", "O CPF 111 não confere")


@pytest.mark.parametrize(
    "campo, valor",
    [("de", "https://mal.example"), ("de", "//mal.example/x"), ("tela", "<script>"), ("falha", "não é protocolo")],
)
def test_o_estado_da_pagina_forjado_nao_entra(client: Client, campo: str, valor: str) -> None:
    client.post(reverse("ajuda-pedir"), {"texto": "Não abre", campo: valor})

    pedido = Pedido.objects.get()
    assert (pedido.endereco, pedido.tela, pedido.falha) == ("", "", "")


def test_toda_pagina_leva_a_pedir_ajuda_com_o_endereco_e_o_titulo(client: Client, coordenadora: Ator) -> None:
    entrar(client, coordenadora)

    pagina = client.get(reverse("avisos") + "?mostrar=por-ler").content.decode()
    formulario = client.get("/ajuda/pedir/?de=/avisos/&titulo=Avisos").content.decode()

    assert "/ajuda/pedir/?de=%2Favisos%2F&amp;titulo=Avisos" in pagina
    assert "A página: /avisos/" in formulario
    assert 'name="titulo" value="Avisos"' in formulario


def test_a_pagina_de_falha_leva_o_protocolo_ao_pedido(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("suas.nucleo.ajuda.views.forms.Pedir", None)
    client.raise_request_exception = False
    falha = client.get(reverse("ajuda-pedir"))
    monkeypatch.undo()

    endereco = falha.content.decode().split('href="/ajuda/pedir/?')[1].split('"')[0].replace("&amp;", "&")
    formulario = client.get(f"/ajuda/pedir/?{endereco}").content.decode()

    assert falha.status_code == 500
    protocolo = endereco.split("falha=")[1][:8]
    assert f"O protocolo da falha: <strong>{protocolo}</strong>" in formulario
    assert "A página: /ajuda/pedir/" in formulario


def test_quem_atende_responde_e_quem_pediu_ve_nos_avisos_e_no_pedido(client: Client, coordenadora: Ator) -> None:
    vigilancia = fabricas.ator(VIGILANCIA_MUNICIPAL, VITORIA)
    pedido = pedir(coordenadora)
    endereco = reverse("ajuda-pedido", args=[pedido.pk])

    vazia = entrar(client, vigilancia).post(f"{endereco}responder/", {"texto": ""}).content.decode()
    client.post(f"{endereco}responder/", {"texto": "Já abre."})
    leu = client.get(endereco).content.decode()
    visto = entrar(client, coordenadora).get(endereco).content.decode()

    pedido.refresh_from_db()
    aviso = Aviso.objects.get(modelo="ajuda.resposta")
    assert "Escreva a resposta." in vazia
    assert pedido.estado == Estado.RESPONDIDO
    assert (aviso.pessoa, aviso.endereco) == (coordenadora.pessoa, endereco)
    assert "Já abre." in visto
    assert "A lista não abre." in leu
    assert Leitura.objects.filter(tabela="ajuda.pedido", titular=pedido.titular).exists()


def test_quem_pediu_escreve_de_novo_e_o_pedido_volta_a_abrir(coordenadora: Ator) -> None:
    vigilancia = fabricas.ator(VIGILANCIA_MUNICIPAL, VITORIA)
    pedido = pedir(coordenadora)
    acoes.responder(pedido=pedido, texto="Já abre.", encerrar=True, por=vigilancia, em=AGORA)

    acoes.escrever_de_novo(pedido=pedido, texto="Não abre, não.", por=coordenadora, em=AGORA)

    pedido.refresh_from_db()
    assert (pedido.estado, pedido.encerrado_em) == (Estado.ABERTO, None)
    assert Aviso.objects.filter(modelo="ajuda.fala", pessoa=vigilancia.pessoa).count() == 1
    with pytest.raises(AtoRecusado, match="Só quem fez"):
        acoes.escrever_de_novo(pedido=pedido, texto="Eu", por=vigilancia, em=AGORA)


def test_encaminhado_o_pedido_vai_ao_nivel_de_cima_com_o_motivo_na_conversa(coordenadora: Ator) -> None:
    vigilancia, estado = fabricas.ator(VIGILANCIA_MUNICIPAL, VITORIA), fabricas.ator(GESTAO_ESTADUAL, "32")
    pedido = pedir(coordenadora)
    acoes.encaminhar(pedido=pedido, motivo="É dado do estado", por=vigilancia, em=AGORA)
    pedido.refresh_from_db()

    assert pedido.com == "32"
    assert estado.pessoa and estado.pessoa.pk in avisados(pedido)
    assert "É dado do estado" in pedido.respostas.get().texto
    assert pedido in consultas.atendidos_por(estado)
    assert pedido not in consultas.atendidos_por(vigilancia)


def test_do_nivel_da_instalacao_nao_ha_para_onde_subir() -> None:
    federal = fabricas.ator()
    pedido = pedir(ATOR_PUBLICO)

    with pytest.raises(AtoRecusado, match="não há nível acima"):
        acoes.encaminhar(pedido=pedido, motivo="x", por=federal, em=AGORA)


def test_pedido_de_outro_lugar_nao_existe_para_quem_nao_o_atende(client: Client, coordenadora: Ator) -> None:
    pedido = pedir(coordenadora)
    endereco = reverse("ajuda-pedido", args=[pedido.pk])

    de_fora = entrar(client, fabricas.ator(GESTAO_ESTADUAL, "35")).get(endereco).status_code
    colega = entrar(client, fabricas.ator(COORDENACAO_UNIDADE, VITORIA)).get(endereco).status_code
    propria = entrar(client, coordenadora).get(endereco).status_code

    assert (de_fora, colega, propria) == (404, 404, 200)


def test_sem_entrar_tambem_se_pede_e_a_resposta_vai_ao_e_mail(client: Client) -> None:
    federal = fabricas.ator()

    errado = client.post(reverse("ajuda-pedir"), {"texto": "Não acho meu município", "email": "ana@"}).content.decode()
    feito = client.post(
        reverse("ajuda-pedir"), {"texto": "Não acho meu município", "email": "Ana@x.example"}, follow=True
    ).content.decode()
    pedido = Pedido.objects.get()
    acoes.responder(pedido=pedido, texto="Procure pelo código.", encerrar=True, por=federal, em=AGORA)

    assert "Escreva o e-mail inteiro" in errado
    assert "Não acho meu município" in errado
    assert pedido.numero in feito
    mensagem = Mensagem.objects.get(email="ana@x.example")
    assert "Procure pelo código." in mensagem.corpo
    assert "/ajuda/" not in mensagem.corpo


def test_a_maquina_que_preenche_tudo_nao_cria_pedido(client: Client) -> None:
    resposta = client.post(reverse("ajuda-pedir"), {"texto": "Compre", "deixe_vazio": "x"})

    assert resposta.status_code == 302
    assert not Pedido.objects.exists()


def test_pedidos_demais_do_mesmo_lugar_esperam_sem_perder_o_texto(client: Client) -> None:
    for _ in range(6):
        client.post(reverse("ajuda-pedir"), {"texto": "Não abre"})

    setimo = client.post(reverse("ajuda-pedir"), {"texto": "Este texto fica"}).content.decode()

    assert Pedido.objects.count() == 6
    assert "Já houve muitos pedidos" in setimo
    assert "Este texto fica" in setimo


def test_a_fazer_conta_os_abertos_do_proprio_nivel(client: Client, coordenadora: Ator) -> None:
    vigilancia, estado = fabricas.ator(VIGILANCIA_MUNICIPAL, VITORIA), fabricas.ator(GESTAO_ESTADUAL, "32")
    pedir(coordenadora)
    pedir(coordenadora)

    do_municipio = entrar(client, vigilancia).get("/").content.decode()
    do_estado = entrar(client, estado).get("/").content.decode()
    de_dentro = client.get(reverse("ajuda-atender"), {"quais": "todos"}).content.decode()

    assert "2 pedidos de ajuda esperam resposta" in do_municipio
    assert "esperam resposta" not in do_estado
    assert "2 pedidos" in de_dentro


def test_quem_atende_nao_recebe_nem_responde_o_proprio_pedido(client: Client) -> None:
    titular = fabricas.ator(GESTAO_MUNICIPAL, VITORIA)
    fabricas.pessoa_com_vinculo(VIGILANCIA_MUNICIPAL, VITORIA)
    pedido = pedir(titular)

    a_fazer = entrar(client, titular).get("/").content.decode()
    pagina = client.get(reverse("ajuda-pedido", args=[pedido.pk])).content.decode()

    assert pedido.com == VITORIA
    assert "espera resposta" not in a_fazer
    assert reverse("ajuda-escrever", args=[pedido.pk]) in pagina
    assert reverse("ajuda-responder", args=[pedido.pk]) not in pagina


def test_encerrar_por_quem_atende_avisa_e_por_quem_pediu_nao(coordenadora: Ator) -> None:
    vigilancia = fabricas.ator(VIGILANCIA_MUNICIPAL, VITORIA)
    primeiro, segundo = pedir(coordenadora), pedir(coordenadora)

    acoes.encerrar(pedido=primeiro, por=vigilancia, em=AGORA)
    acoes.encerrar(pedido=segundo, por=coordenadora, em=AGORA)

    assert Aviso.objects.filter(modelo="ajuda.encerrado").count() == 1
    with pytest.raises(AtoRecusado, match="já está encerrado"):
        acoes.encerrar(pedido=segundo, por=coordenadora, em=AGORA)


def test_a_quem_opera_sozinho_nao_se_diz_que_alguem_foi_avisado(client: Client) -> None:
    sozinho = fabricas.ator()
    entrar(client, sozinho)

    feito = client.post(reverse("ajuda-pedir"), {"texto": "O mapa não abre"}, follow=True).content.decode()
    pedido = Pedido.objects.get()
    de_novo = client.post(
        reverse("ajuda-escrever", args=[pedido.pk]), {"texto": "Ainda não"}, follow=True
    ).content.decode()

    for tela in (feito, de_novo):
        assert "ninguém foi avisado" in tela
        assert "já foi avisado" not in tela
        assert "Quem atende foi avisado" not in tela
    assert not Aviso.objects.exists()


def test_havendo_quem_atenda_diz_que_foi_avisado(client: Client, coordenadora: Ator) -> None:
    fabricas.ator()
    entrar(client, coordenadora)

    feito = client.post(reverse("ajuda-pedir"), {"texto": "O mapa não abre"}, follow=True).content.decode()

    assert "já foi avisado" in feito
    assert "ninguém foi avisado" not in feito


def test_encaminhado_a_quem_fez_o_pedido_nao_conta_como_avisado(client: Client) -> None:
    """Lá em cima só há quem pediu: o aviso a ela mesma não é atendimento."""
    de_cima, municipio = fabricas.ator(), fabricas.ator(GESTAO_MUNICIPAL, VITORIA)
    pedido = pedir(de_cima)
    Pedido.objects.filter(pk=pedido.pk).update(com=VITORIA)
    entrar(client, municipio)

    tela = client.post(reverse("ajuda-encaminhar", args=[pedido.pk]), {"motivo": "É do país"}, follow=True)

    assert "ninguém foi avisado" in tela.content.decode()
    assert not avisados(pedido)
