"""O que vale em toda resposta e em todo formulário, seja qual for a página. O mapa está em docs/seguranca.md."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from suas.config.acesso.tabela import Linha, linhas
from suas.nucleo.identidade.tests import fabricas
from tests.contratos.cena import Cena

pytestmark = pytest.mark.django_db


def _das_telas(rotas: set[str]) -> list[Linha]:
    """A primeira linha de leitura de cada rota; rota que não existe é erro."""
    por_rota: dict[str, Linha] = {}
    for linha in linhas():
        if linha.metodo == "GET":
            por_rota.setdefault(linha.rota, linha)
    return [por_rota[rota] for rota in sorted(rotas)]


ENVIOS = [linha for linha in linhas() if linha.metodo == "POST" and linha.quem == "sessao"]
DE_PROGRAMA = [linha for linha in linhas() if linha.metodo != "GET" and linha.quem == "token"]
FORA = (
    *("https://mal.example/", "//mal.example", "///mal.example", "/\\mal.example", "http:mal.example"),
    *("javascript:alert(1)", "https:///mal.example", "\\\\mal.example", " https://mal.example", "/\t/mal.example"),
)
COM_HTTPS = {"REDESUAS_HTTPS": "1", "REDESUAS_HSTS_SEGUNDOS": "31536000", "REDESUAS_CHAVE": "so-para-este-teste"}


@pytest.mark.parametrize(
    "caminho, situacao",
    [("/", 200), ("/entrar/", 200), ("/nao-existe/", 404), ("/territorio/busca?q=%00", 400), ("/partilhas/nova/", 302)],
)
def test_toda_resposta_leva_os_cabecalhos_de_seguranca(caminho: str, situacao: int, client: Client) -> None:
    resposta = client.get(caminho)
    politica = resposta["Content-Security-Policy"]

    assert resposta.status_code == situacao
    assert "default-src 'none'" in politica
    assert "frame-ancestors 'none'" in politica
    assert "unsafe" not in politica
    assert resposta["X-Content-Type-Options"] == "nosniff"
    assert resposta["Referrer-Policy"] == "same-origin"
    assert resposta["Cross-Origin-Opener-Policy"] == "same-origin"
    assert resposta["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in resposta["Permissions-Policy"]


def test_o_que_se_mostra_a_quem_entrou_nao_fica_guardado_no_caminho(client: Client) -> None:
    client.force_login(fabricas.pessoa_com_vinculo())

    assert "private" in client.get("/")["Cache-Control"]


#: As telas que mostram dado de pessoas: nem o aparelho de quem as viu as guarda.
DE_PESSOAS = {
    *("acessos", "acesso-pessoa", "acesso-convites", "acesso-convite", "acesso-passar", "acesso-encerrar"),
    *("conta", "conta-sessoes", "mfa_index", "chaves", "chave", "chaves-registro", "avisos", "meus-dados"),
    *("dados-pedidos", "dados-pedido", "dados-apagar", "trilha", "trilha-ato", "trilha-leituras", "correio"),
    *("correio-mensagem", "avisos-recado", "ajuda-meus", "ajuda-atender", "ajuda-pedido"),
}


@pytest.mark.parametrize("linha", _das_telas(DE_PESSOAS), ids=lambda linha: linha.chave)
def test_tela_com_dado_de_pessoas_nao_se_guarda_no_aparelho(linha: Linha, cena: Cena) -> None:
    with transaction.atomic():
        resposta = cena.cliente(linha.com_poder).get(cena.endereco(linha))
        transaction.set_rollback(True)

    assert resposta.status_code in {200, 302}
    assert "no-store" in resposta["Cache-Control"]


@pytest.mark.parametrize("caminho", ["/entrar/", "/ajuda/", "/api/v1/eu"])
def test_envio_enorme_e_recusado_sem_ser_lido(caminho: str, client: Client) -> None:
    resposta = client.post(caminho, b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(10**10))

    assert resposta.status_code == 400


@pytest.mark.parametrize("linha", ENVIOS, ids=lambda linha: linha.chave)
def test_todo_envio_sem_o_codigo_do_formulario_e_recusado(linha: Linha, cena: Cena) -> None:
    cliente = Client(enforce_csrf_checks=True)
    cliente.force_login(cena.pessoas[linha.com_poder or "gestao_estadual@uf"])

    with transaction.atomic():
        resposta = cliente.post(cena.endereco(linha), cena.dados(linha))
        transaction.set_rollback(True)

    assert resposta.status_code == 403
    assert "formulário" in resposta.content.decode()


@pytest.mark.parametrize("linha", DE_PROGRAMA, ids=lambda linha: linha.chave)
def test_na_interface_o_navegador_de_quem_entrou_nao_escreve_sem_chave(linha: Linha, cena: Cena) -> None:
    cliente = cena.cliente(linha.com_poder)

    resposta = getattr(cliente, linha.metodo.lower())(
        cena.endereco(linha), linha.corpo, content_type="application/json"
    )

    assert resposta.status_code == 401


@pytest.mark.parametrize("destino", FORA)
def test_depois_de_entrar_nunca_se_vai_para_outro_site(destino: str, client: Client) -> None:
    pessoa = fabricas.pessoa_com_vinculo()

    resposta = client.post(
        reverse("account_login"), {"login": pessoa.email, "password": fabricas.SENHA, "next": destino}
    )

    assert resposta.status_code == 302
    assert resposta["Location"] == reverse("inicio")


@pytest.mark.parametrize("destino", FORA)
def test_ao_trocar_de_vinculo_nunca_se_vai_para_outro_site(destino: str, client: Client) -> None:
    pessoa = fabricas.pessoa_com_vinculo()
    client.force_login(pessoa)

    resposta = client.post(reverse("vinculo"), {"vinculo": pessoa.vinculos.get().pk, "voltar": destino})

    assert resposta["Location"] == reverse("inicio")


def _ajustes(**ambiente: str) -> dict[str, object]:
    """Os ajustes que o ambiente dado produz, fora dos testes."""
    programa = (
        "import json; from suas.config import settings as s; "
        "print(json.dumps({n: getattr(s, n) for n in dir(s) if n.startswith(('SESSION_', 'CSRF_', 'SECURE_')) "
        "and isinstance(getattr(s, n), (str, int, bool))}))"
    )
    feito = subprocess.run(
        [sys.executable, "-c", programa],
        env=os.environ | {"PYTHONPATH": str(settings.RAIZ)} | ambiente,
        capture_output=True,
        text=True,
        check=True,
    )
    resposta: dict[str, object] = json.loads(feito.stdout)
    return resposta


def test_com_https_os_cookies_so_viajam_cifrados_e_presos_a_maquina() -> None:
    ajustes = _ajustes(**COM_HTTPS)

    assert ajustes["SESSION_COOKIE_SECURE"] is ajustes["CSRF_COOKIE_SECURE"] is True
    assert (ajustes["SESSION_COOKIE_NAME"], ajustes["CSRF_COOKIE_NAME"]) == ("__Host-sessao", "__Host-csrf")
    assert ajustes["SESSION_COOKIE_HTTPONLY"] is ajustes["CSRF_COOKIE_HTTPONLY"] is True
    assert ajustes["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert ajustes["SECURE_HSTS_SECONDS"] == 31_536_000


def test_sem_https_nada_promete_o_que_nao_ha() -> None:
    ajustes = _ajustes(REDESUAS_CHAVE="so-para-este-teste")

    assert ajustes["SESSION_COOKIE_SECURE"] is False
    assert "SESSION_COOKIE_NAME" not in ajustes
    assert ajustes["SECURE_HSTS_SECONDS"] == 0
