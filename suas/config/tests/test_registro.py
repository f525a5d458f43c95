"""O registro do servidor conta a falha sem contar de quem eram os dados."""

from __future__ import annotations

import io
import logging

import pytest
from django.test import Client
from django.urls import reverse

from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.registro import FormatoLimpo, limpar

CPF, NIS, EMAIL = "123.456.789-09", "12345678901", "maria.sintetica@redesuas.example"
CONVITE = "Zm9vYmFyLWNvbnZpdGUtMjAyNi0xMS0yMg"


@pytest.fixture
def escrito(monkeypatch):
    """O que o registro da instalação escreve, com o formato dela."""
    saida = io.StringIO()
    da_instalacao = [h for h in logging.getLogger().handlers if isinstance(h.formatter, FormatoLimpo)]
    assert da_instalacao, "o registro da instalação usa o formato limpo"
    monkeypatch.setattr(da_instalacao[0], "stream", saida)
    return saida


@pytest.mark.parametrize(
    "texto, fica",
    [
        (f"CPF {CPF} de {EMAIL}", "CPF [número de pessoa] de [e-mail]"),
        (f"nis={NIS}&ano=2026", "nis=[número de pessoa]&ano=2026"),
        ("q=maria%40redesuas.example", "q=[e-mail]"),
        ('senha="um dois três" uf=ES', "senha=[segredo] uf=ES"),
        ("{'password': 'abc', 'uf': 'ES'}", "{'password': [segredo], 'uf': 'ES'}"),
        ("Authorization: Bearer abcdefgh12345", "Authorization: [segredo] [segredo]"),
        (f"falha em GET /convite/{CONVITE}/", "falha em GET /convite/[segredo]/"),
        ("postgres://redesuas:s3nha@maquina:5432/banco", "postgres://[segredo]@maquina:5432/banco"),
        ("<QueryDict: {'nome': ['Maria']}>", "<QueryDict: [conteúdo retirado]>"),
        ("DETAIL:  Failing row contains (1, Maria).", "DETAIL:  [conteúdo retirado]"),
    ],
)
def test_dado_de_pessoa_e_segredo_saem_e_o_resto_fica(texto, fica):
    assert limpar(texto) == fica


@pytest.mark.parametrize(
    "texto",
    [
        "Rotina nucleo.limpar: 12 tarefas e 3 andamentos antigos apagados.",
        "/partilhas/0192f3c4-7b1a-7c3d-9e2f-1234567890ab/municipios/3205309/",
        'File "suas/financas/partilhas/acoes/congelamento.py", line 51, in congelar',
        "R$ 12.345.678,90 em 2026-11-22 10:00:00,123",
    ],
)
def test_o_que_nao_e_de_pessoa_continua_legivel(texto):
    assert limpar(texto) == texto


@pytest.mark.django_db
def test_a_falha_registrada_nao_leva_cpf_email_nem_o_formulario(escrito, monkeypatch):
    def falhar(*args, **kwargs):
        raise ValueError(f"a pessoa {EMAIL}, CPF {CPF}, já existe")

    monkeypatch.setattr("suas.nucleo.identidade.consultas.vinculos_vigentes", falhar)
    cliente = Client(raise_request_exception=False)
    cliente.force_login(fabricas.pessoa_com_vinculo())

    resposta = cliente.post(f"{reverse('vinculo')}?q={EMAIL}", {"vinculo": CPF, "senha": "segredo-muito-secreto"})

    pagina, registrado = resposta.content.decode(), escrito.getvalue()
    assert resposta.status_code == 500
    assert "ValueError" in registrado
    assert "falha em POST" in registrado
    for dado in (EMAIL, CPF, "segredo-muito-secreto"):
        assert dado not in registrado
        assert dado not in pagina
