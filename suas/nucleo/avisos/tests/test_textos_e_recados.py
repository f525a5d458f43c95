"""O texto local de um aviso e o recado a muitos."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from suas.nucleo.avisos import acoes, tarefas
from suas.nucleo.avisos.acoes import preferencias
from suas.nucleo.avisos.models import Aviso, Forma, TextoLocal
from suas.nucleo.fila.backend import executar_ja
from suas.nucleo.fila.models import Tarefa
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import GESTAO_MUNICIPAL
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db
AJUDA = "ajuda.pedido"
AGORA = fabricas.AGORA


@pytest.fixture
def federal(client: Client) -> Ator:
    fabricas.instalacao()
    ator = fabricas.ator()
    assert ator.pessoa
    client.force_login(ator.pessoa)
    return ator


def endereco() -> str:
    return reverse("avisos-texto", args=[AJUDA])


def test_campo_que_o_aviso_nao_tem_e_recusado_em_palavras_sem_perder_o_texto(client: Client, federal: Ator) -> None:
    dados = {"assunto": "Olá", "corpo": "{quem} pediu. Senha: {senha} {0.__class__}"}

    pagina = client.post(endereco(), dados).content.decode()

    assert "Este aviso não tem {senha}, {0.__class__}." in pagina
    assert "{quem} pediu. Senha:" in pagina
    assert not TextoLocal.objects.exists()


def test_ver_como_fica_mostra_o_exemplo_e_nao_guarda(client: Client, federal: Ator) -> None:
    pagina = client.post(endereco(), {"assunto": "Chegou {numero}", "corpo": "De {quem}", "ver": "1"}).content.decode()

    assert "Chegou AJ-7F3K2Q" in pagina
    assert "De Conselheiro, CMAS de Vitória/ES" in pagina
    assert not TextoLocal.objects.exists()


def test_o_texto_guardado_vale_nos_proximos_avisos_ate_voltar_ao_original(client: Client, federal: Ator) -> None:
    assert federal.pessoa

    def assunto(causa: str) -> str:
        assert federal.pessoa
        dados = {"numero": "AJ-1", "quem": "Conselho", "dia": "1/1"}
        return acoes.avisar(
            modelo=AJUDA, causa=causa, pessoa_id=federal.pessoa.pk, dados=dados, por=federal, em=fabricas.AGORA
        ).titulo

    client.post(endereco(), {"assunto": "Chegou {numero}", "corpo": "De {quem}"})
    local = assunto("um")
    client.post(reverse("avisos-texto-original", args=[AJUDA]))
    original = assunto("dois")
    outra_vez = client.post(reverse("avisos-texto-original", args=[AJUDA]), follow=True).content.decode()

    assert (local, original) == ("Chegou AJ-1", "Pedido de ajuda AJ-1")
    assert [v.versao for v in TextoLocal.objects.all()] == [2, 1]
    assert "já usa o texto original" in outra_vez


def recado(client: Client, **mudado: str) -> str:
    pagina = client.get(reverse("avisos-recado")).content.decode()
    causa = pagina.split('name="causa" value="')[1].split('"')[0]
    dados = {"causa": causa, "papel": "gestao_municipal", "territorio": "32", "assunto": "Parada", "corpo": "Sábado."}
    return client.post(reverse("avisos-recado"), dados | mudado, follow=True).content.decode()


def test_o_recado_mostra_quem_recebe_e_como_antes_de_mandar(client: Client, federal: Ator) -> None:
    ana, bia = (fabricas.pessoa_com_vinculo(GESTAO_MUNICIPAL, codigo) for codigo in ("3205309", "3550308"))
    dela = Ator(pessoa=ana, vinculo=None, papel=GESTAO_MUNICIPAL, abrangencia="3205309")
    preferencias.escolher(formas={"instalacao": Forma.SO_PRODUTO}, horas=None, por=dela, em=fabricas.AGORA)

    previa = recado(client, ver="1")

    assert ana.email in previa
    assert "só no sistema" in previa
    assert bia.email not in previa
    assert "Mandar a 1 pessoa" in previa
    assert not Aviso.objects.exists()


def test_o_recado_mandado_duas_vezes_chega_uma(client: Client, federal: Ator) -> None:
    ana = fabricas.pessoa_com_vinculo(GESTAO_MUNICIPAL, "3205309")
    causa = "01900000-0000-7000-8000-000000000001"

    feito = recado(client, mandar="1", causa=causa)
    recado(client, mandar="1", causa=causa)

    assert "Recado a 1 pessoa a caminho: sai pela fila." in feito
    assert Aviso.objects.get().pessoa == ana


@pytest.mark.parametrize(
    "mudado, diz",
    [
        pytest.param({"territorio": "Vitória"}, "não é código de território", id="território por nome"),
        pytest.param({"territorio": ""}, "Diga o território", id="sem território"),
        pytest.param({"papel": "gestao_municipal", "mandar": "1"}, "Ninguém receberia", id="ninguém"),
    ],
)
def test_recado_que_nao_tem_a_quem_ir_diz_por_que(
    client: Client, federal: Ator, mudado: dict[str, str], diz: str
) -> None:
    pagina = recado(client, **mudado)

    assert diz in pagina
    assert "Sábado." in pagina


def test_o_recado_a_muitos_sai_em_lotes_pela_fila_e_em_nome_de_quem_mandou(
    federal: Ator, monkeypatch: pytest.MonkeyPatch, settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": "suas.nucleo.fila.backend.NoBanco", "QUEUES": []}}
    monkeypatch.setattr(tarefas, "POR_LOTE", 2)
    pessoas = [fabricas.pessoa_com_vinculo(GESTAO_MUNICIPAL, f"32053{n:02}") for n in range(5)]

    quantas = tarefas.pedir_recado(
        causa=uuid4(), assunto="Parada", texto="Sábado.", pessoas=[p.pk for p in pessoas], por=federal, em=AGORA
    )
    lotes = list(Tarefa.objects.filter(funcao__endswith="entregar_recado"))

    assert (quantas, len(lotes)) == (5, 3)
    assert not Aviso.objects.exists(), "quem manda não espera por milhares"
    saiu = pessoas.pop()
    saiu.is_active = False
    saiu.save()
    for lote in lotes:
        executar_ja(lote.pk)
    assert set(Aviso.objects.values_list("pessoa", flat=True)) == {pessoa.pk for pessoa in pessoas}
    assert {ato.pessoa_id for ato in Ato.objects.filter(ato="avisos.avisar")} == {federal.pessoa.pk}


def test_a_tarefa_do_recado_pode_repetir_sem_que_ninguem_receba_duas_vezes(federal: Ator) -> None:
    ana = fabricas.pessoa_com_vinculo(GESTAO_MUNICIPAL, "3205309")
    pedido = {
        "causa": str(uuid4()),
        "assunto": "Parada",
        "texto": "Sábado.",
        "quem": {"pessoa": "", "vinculo": "", "papel": "publico", "abrangencia": ""},
        "em": AGORA.isoformat(),
        "pessoas": [str(ana.pk)],
    }

    tarefas.entregar_recado.call(**pedido)
    tarefas.entregar_recado.call(**pedido)

    assert Aviso.objects.count() == 1
