"""A página do correio, quem a vê, e o resumo do dia."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from suas.nucleo.avisos import acoes, modelos, tarefas
from suas.nucleo.avisos.acoes import mensagens, preferencias
from suas.nucleo.avisos.acoes.leitura import marcar_lido
from suas.nucleo.avisos.models import Aviso, Estado, Forma, Mensagem
from suas.nucleo.identidade.models import Pessoa
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import GESTAO_MUNICIPAL
from suas.nucleo.trilha.models import Ato, Leitura

pytestmark = pytest.mark.django_db
MEIO_DIA = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
SETE_HORAS = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture
def federal(client: Client) -> Ator:
    """Quem opera a instalação do país, já dentro."""
    fabricas.instalacao()
    ator = fabricas.ator()
    assert ator.pessoa
    client.force_login(ator.pessoa)
    return ator


def guardar(pessoa: Pessoa, *, estado: Estado = Estado.GUARDADA) -> Mensagem:
    mensagem = mensagens.criar(
        titular=pessoa.pk, pessoa_id=pessoa.pk, email=pessoa.email, assunto="Senha nova",
        corpo="Abra:\nhttps://x.example/segredo/", reservada=True, nao_antes_de=MEIO_DIA, em=MEIO_DIA,
    )  # fmt: skip
    Mensagem.objects.filter(pk=mensagem.pk).update(estado=estado, nao_antes_de=None)
    return mensagem


def pagina_de(client: Client, mensagem: Mensagem) -> str:
    return client.get(reverse("correio-mensagem", args=[mensagem.pk])).content.decode()


def test_quem_opera_ve_a_mensagem_sem_o_endereco_reservado_e_a_leitura_fica_registrada(
    client: Client, federal: Ator
) -> None:
    pessoa = fabricas.pessoa_com_vinculo(GESTAO_MUNICIPAL, "3205309")
    mensagem = guardar(pessoa)

    pagina = pagina_de(client, mensagem)

    assert pessoa.email in pagina
    assert "segredo" not in pagina
    assert Leitura.objects.filter(titular=pessoa.pk, tabela="avisos.mensagem").exists()


def test_sem_servidor_o_endereco_se_mostra_com_motivo_que_vai_a_trilha(client: Client, federal: Ator) -> None:
    mensagem = guardar(fabricas.pessoa_com_vinculo(GESTAO_MUNICIPAL, "3205309"))
    endereco = reverse("correio-revelar", args=[mensagem.pk])

    sem_motivo = client.post(endereco, {"motivo": ""}).content.decode()
    com_motivo = client.post(endereco, {"motivo": "Entrega por telefone"}).content.decode()

    assert "Diga por que precisa ver o endereço." in sem_motivo
    assert "segredo" not in sem_motivo
    assert "https://x.example/segredo/" in com_motivo
    assert Ato.objects.get(ato="avisos.revelar").motivo == "Entrega por telefone"


def test_o_endereco_reservado_do_que_foi_enviado_nao_se_revela(client: Client, federal: Ator) -> None:
    mensagem = guardar(fabricas.pessoa_com_vinculo(GESTAO_MUNICIPAL, "3205309"), estado=Estado.RECUSADA)

    resposta = client.post(reverse("correio-revelar", args=[mensagem.pk]), {"motivo": "Quero ver"}, follow=True)

    assert "só serve a quem a recebe" in resposta.content.decode()
    assert "segredo" not in resposta.content.decode()


def test_so_na_demonstracao_quem_recebe_le_a_propria_mensagem(client: Client) -> None:
    instalacao = fabricas.instalacao(demonstracao=True)
    pessoa = fabricas.pessoa_com_vinculo(GESTAO_MUNICIPAL, "3205309")
    mensagem, alheia = guardar(pessoa), guardar(fabricas.pessoa_com_vinculo(GESTAO_MUNICIPAL, "3200102"))
    client.force_login(pessoa)

    na_demonstracao = pagina_de(client, mensagem)
    da_outra = client.get(reverse("correio-mensagem", args=[alheia.pk])).status_code
    instalacao.demonstracao = False
    instalacao.save()
    de_verdade = client.get(reverse("correio-mensagem", args=[mensagem.pk])).status_code

    assert "https://x.example/segredo/" in na_demonstracao
    assert (da_outra, de_verdade) == (404, 404)


def test_mandar_de_novo_volta_a_fila_so_o_que_parou_e_diz_por_que_nao(
    client: Client, federal: Ator, settings: LazySettings
) -> None:
    mensagem = guardar(fabricas.pessoa_com_vinculo(GESTAO_MUNICIPAL, "3205309"), estado=Estado.RECUSADA)
    endereco = reverse("correio-enviar", args=[mensagem.pk])

    sem_servidor = client.post(endereco, follow=True).content.decode()
    settings.CORREIO_SMTP = "smtp://127.0.0.1:1?tls=nao"
    com_servidor = client.post(endereco, follow=True).content.decode()
    outra_vez = client.post(endereco, follow=True).content.decode()

    assert "Não há servidor de correio" in sem_servidor
    assert "voltou à fila" in com_servidor
    assert "não se manda de novo agora" in outra_vez


def test_a_lista_do_correio_conta_filtra_e_procura(client: Client, federal: Ator) -> None:
    ana, bia = (fabricas.pessoa_com_vinculo(GESTAO_MUNICIPAL, codigo) for codigo in ("3205309", "3200102"))
    guardar(ana)
    guardar(bia, estado=Estado.DEVOLVIDA)

    devolvidas = client.get(reverse("correio"), {"estado": "devolvida"}).content.decode()
    procuradas = client.get(reverse("correio"), {"procura": ana.email}).content.decode()

    assert (bia.email in devolvidas, ana.email in devolvidas) == (True, False)
    assert (bia.email in procuradas, ana.email in procuradas) == (False, True)


def _no_resumo(ator: Ator, causa: str) -> Aviso:
    assert ator.pessoa
    preferencias.escolher(formas={"instalacao": Forma.RESUMO}, horas=None, por=ator, em=MEIO_DIA)
    return acoes.avisar(
        modelo=modelos.RECADO.codigo, causa=causa, pessoa_id=ator.pessoa.pk,
        dados={"assunto": f"Assunto {causa}", "texto": "Texto"}, por=ator, em=MEIO_DIA,
    )  # fmt: skip


def test_o_resumo_junta_o_que_nao_se_leu_numa_mensagem_e_nao_repete(federal: Ator) -> None:
    primeiro, segundo, lido = (_no_resumo(federal, causa) for causa in ("um", "dois", "três"))
    marcar_lido(aviso=lido, por=federal, em=MEIO_DIA)

    feitos = [tarefas.enviar_resumos(SETE_HORAS), tarefas.enviar_resumos(SETE_HORAS + timedelta(days=1))]

    mensagem = Mensagem.objects.get()
    assert feitos == ["Resumos do dia enviados: 1.", "Resumos do dia enviados: 0."]
    assert mensagem.assunto == "Resumo do dia: 2 avisos por ler"
    assert "Assunto um" in mensagem.corpo
    assert "Assunto três" not in mensagem.corpo
    assert set(mensagem.avisos.all()) == {primeiro, segundo}
