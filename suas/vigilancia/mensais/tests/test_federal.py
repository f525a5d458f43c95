"""Digitar no sistema federal, com a prova; o mês em papel e em planilha."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes import papeis
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela.tests.fabricas import texto_do_pdf
from suas.vigilancia.mensais import consultas
from suas.vigilancia.mensais.acoes import envio as atos_do_envio
from suas.vigilancia.mensais.acoes import federal
from suas.vigilancia.mensais.models import Comprovante
from suas.vigilancia.mensais.tests import fabricas
from suas.vigilancia.mensais.tests.fabricas import MES

pytestmark = pytest.mark.django_db


@pytest.fixture
def creas(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    identidade.instalacao()
    return rede.unidade("CREAS Norte", tipo="creas")


def entrar(unidade, papel=papeis.COORDENACAO_UNIDADE):
    cliente = Client()
    cliente.force_login(identidade.pessoa_com_vinculo(papel, unidade.municipio_id, unidade=unidade.pk))
    return cliente


def marcar(envio, *, mais=(), menos=()):
    por = fabricas.coordena(envio.registro.unidade)
    return federal.marcar(envio=envio, digitadas=mais, desmarcadas=menos, por=por, em=AGORA).digitadas


def comprovar(envio, **campos):
    dados = {"dia": HOJE, "protocolo": "", "arquivo": None, "hoje": HOJE} | campos
    return federal.comprovar(envio=envio, por=fabricas.coordena(envio.registro.unidade), em=AGORA, **dados)


def test_cada_um_marca_o_que_digitou_sem_apagar_a_marca_do_outro(creas):
    envio = fabricas.enviado(creas)

    assert marcar(envio, mais=["i-A.2"]) == ["i-A.2"]
    assert marcar(envio, mais=["i-A.1"]) == ["i-A.1", "i-A.2"]
    assert marcar(envio, menos=["i-A.2"]) == ["i-A.1"]
    with pytest.raises(AtoRecusado, match="não é um campo"):
        marcar(envio, mais=["i-Z.9"])


def test_o_comprovante_pede_o_numero_ou_a_imagem_e_nao_muda(creas):
    envio = fabricas.enviado(creas)

    with pytest.raises(AtoRecusado, match="Junte a imagem"):
        comprovar(envio)
    with pytest.raises(AtoRecusado, match="ainda não chegou"):
        comprovar(envio, dia=HOJE.replace(year=2027), protocolo="1")
    with pytest.raises(AtoRecusado, match="não é PDF, PNG ou JPEG"):
        comprovar(envio, arquivo=SimpleUploadedFile("tela.png", b"isto nao e imagem"))
    feito = comprovar(envio, protocolo=" 2026/11 ")

    assert feito.protocolo == "2026/11"
    with pytest.raises(DatabaseError, match="junte outro"), transaction.atomic():
        Comprovante.objects.update(protocolo="9")


def test_a_pagina_traz_os_numeros_na_ordem_e_guarda_a_prova(creas):
    fabricas.enviado(creas, itens=fabricas.zerado(creas, A_1=41))
    coordena = entrar(creas)
    pagina = reverse("rma-federal", args=[creas.pk, MES])

    antes = coordena.get(pagina).content.decode()
    tela = SimpleUploadedFile("tela.pdf", b"%PDF-1.4 tela")
    depois = coordena.post(pagina, {"dia": "2026-11-10", "protocolo": "77", "arquivo": tela}, follow=True)
    arquivo = coordena.get(reverse("rma-comprovante", args=[creas.pk, MES, Comprovante.objects.get().pk]))

    assert 'data-copiar="41"' in antes
    assert antes.index('id="v-i-A.1"') < antes.index('id="v-i-A.2"') < antes.index('id="v-i-M.1"')
    assert "protocolo 77" in depois.content.decode()
    assert b"".join(arquivo.streaming_content) == b"%PDF-1.4 tela"


def test_as_marcas_da_pagina_inteira_so_mexem_no_que_a_pagina_mostrava(creas):
    envio = fabricas.enviado(creas)
    marcar(envio, mais=["i-A.1", "i-A.2"])
    endereco = reverse("rma-federal-marcar", args=[creas.pk, MES])
    coordena = entrar(creas)

    coordena.post(endereco, {"estava": ["i-A.1"], "digitada": ["i-M.1"]})
    uma = coordena.post(endereco, {"celula": "i-M.2", "digitada": "i-M.2"})

    assert consultas.transcricao_de(envio).digitadas == ["i-A.2", "i-M.1", "i-M.2"]
    assert uma.json() == {"digitadas": 3}


def test_corrigir_depois_de_digitar_avisa_que_o_sistema_federal_ficou_com_o_antigo(creas):
    comprovar(fabricas.enviado(creas), protocolo="77")
    registro = consultas.registro_de(creas, competencia=MES)
    atos_do_envio.reabrir(registro=registro, motivo="Faltou uma visita.", por=fabricas.coordena(creas), em=AGORA)
    fechada = entrar(creas).get(reverse("rma-federal", args=[creas.pk, MES]))
    fabricas.enviado(creas)

    pagina = entrar(creas).get(reverse("rma-federal", args=[creas.pk, MES])).content.decode()

    assert fechada.status_code == 404
    assert "O comprovante que há é de um envio anterior." in pagina


def test_o_papel_traz_todos_os_itens_preenchidos_ou_em_branco(creas):
    fabricas.enviado(creas, itens=fabricas.zerado(creas, A_1=4321))
    coordena = entrar(creas)

    cheio = texto_do_pdf(coordena.get(reverse("rma-pdf", args=[creas.pk, MES])).content)
    vazio = texto_do_pdf(coordena.get(reverse("rma-pdf-em-branco", args=[creas.pk, MES])).content)

    assert "4.321" in cheio
    assert "4.321" not in vazio
    assert "________" in vazio
    for codigo in fabricas.zerado(creas):
        assert codigo in cheio
        assert codigo in vazio


def test_a_planilha_distingue_zero_nao_se_aplica_e_nao_informado(creas):
    itens = {"A.1": 3, "A.2": 0, "nao_oferta": ["IV"]}
    fabricas.rascunho(creas, itens=itens)
    vigia = entrar(creas, papeis.VIGILANCIA_MUNICIPAL)
    grade = reverse("mensais-grade", args=[creas.municipio_id, "RMA-CREAS", MES])

    linhas = json.loads(vigia.get(grade, {"formato": "json"}).content)
    linhas = linhas["linhas"] if isinstance(linhas, dict) else linhas
    lidas = {linha["item"]: (linha["valor"], linha["situacao"]) for linha in linhas if not linha["sexo"]}

    assert lidas["A.1"] == (3, "informado")
    assert lidas["A.2"] == (0, "informado")
    assert lidas["M.1"] == (None, "não informado")
    assert any(situacao == "não se aplica" for _, situacao in lidas.values())
