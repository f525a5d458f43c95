"""A entrada pelo provedor, com um provedor de verdade, e os ataques que alguém no meio do caminho tentaria."""

from __future__ import annotations

import time
from collections.abc import Iterator
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
import pytest
import requests
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from suas.nucleo.identidade.models import Pessoa
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.trilha.models import Ato
from tests.provedor_oidc.intermediario import Intermediario, provedor_no_ar
from tests.provedor_oidc.servir import CLIENTE, SEGREDO, SENHA

pytestmark = pytest.mark.django_db
# CPFs sintéticos: os dígitos verificadores conferem, os números são de sequência.
PRATA, BRONZE, SEM_PESSOA, NAO_E_CPF = "11144477735", "22255588846", "33366699957", "12345678900"
CONTAS = {PRATA: "silver", BRONZE: "bronze", SEM_PESSOA: "gold", NAO_E_CPF: "gold"}
_navegadores: dict[tuple[str, str], requests.Session] = {}  # quem já entrou no provedor não entra de novo a cada teste
NAO_COMPLETOU = "não se completou"


@pytest.fixture(scope="module")
def no_ar(tmp_path_factory) -> Iterator[Intermediario]:
    with provedor_no_ar(tmp_path_factory.mktemp("provedor"), contas=CONTAS, enderecos=["http://testserver"]) as meio:
        yield meio


@pytest.fixture
def meio(no_ar, settings) -> Intermediario:
    no_ar.sossegar()
    cache.clear()
    settings.OIDC = {
        "nome": "gov.br",
        "emissor": no_ar.emissor,
        "cliente": CLIENTE,
        "segredo": SEGREDO,
        "nivel_minimo": "silver",
    }
    return no_ar


@pytest.fixture
def pessoa() -> Pessoa:
    return fabricas.pessoa_com_vinculo()


def ligar(pessoa: Pessoa, cpf: str = PRATA) -> None:
    SocialAccount.objects.create(user_id=pessoa.pk, provider="oidc", uid=cpf)


def ir(cliente: Client, **consulta: str) -> str:
    resposta = cliente.get(reverse("provedor-ida"), consulta)
    assert resposta.status_code == 302, resposta.content.decode()
    return resposta["Location"]


def provar_no_provedor(endereco: str, cpf: str) -> dict[str, str]:
    """O que a pessoa faz no provedor, com o navegador dela; devolve o que ele manda na volta."""
    navegador = _navegadores.setdefault((urlsplit(endereco).netloc, cpf), requests.Session())
    pagina = navegador.get(endereco, allow_redirects=False)
    if not pagina.headers["Location"].startswith("/login/"):
        return dict(parse_qsl(urlsplit(pagina.headers["Location"]).query))
    entrada = requests.compat.urljoin(endereco, pagina.headers["Location"])
    volta_ao_pedido = dict(parse_qsl(urlsplit(entrada).query))["next"]
    navegador.get(entrada)
    conta = {"username": cpf, "password": SENHA, "next": volta_ao_pedido}
    conta["csrfmiddlewaretoken"] = navegador.cookies["csrftoken"]
    navegador.post(entrada, conta, allow_redirects=False)
    resposta = navegador.get(endereco, allow_redirects=False)
    return dict(parse_qsl(urlsplit(resposta.headers["Location"]).query))


def dancar(cliente: Client, cpf: str = PRATA, **mudancas: str):
    """A dança inteira; `mudancas` altera o que chega na volta."""
    volta = provar_no_provedor(ir(cliente), cpf) | mudancas
    pagina = cliente.get(reverse("provedor-volta"), volta)
    assert f'name="code" value="{volta["code"]}"' in pagina.content.decode()
    return cliente.post(reverse("provedor-concluir"), volta)


def dentro(cliente: Client) -> bool:
    return cliente.get(reverse("conta")).status_code == 200


def test_a_ida_leva_pkce_estado_e_nonce(meio):
    consulta = parse_qs(urlsplit(ir(Client())).query)

    assert consulta["code_challenge_method"] == ["S256"]
    assert all(len(consulta[nome][0]) >= 43 for nome in ("state", "nonce", "code_challenge"))
    assert consulta["response_type"] == ["code"]


def test_quem_ligou_a_conta_entra_e_chega_onde_ia(meio, pessoa):
    ligar(pessoa)
    cliente = Client()
    volta = provar_no_provedor(ir(cliente, next="/conta/sessoes/"), PRATA)

    resposta = cliente.post(reverse("provedor-concluir"), volta)

    assert resposta["Location"] == "/conta/sessoes/"
    assert dentro(cliente)
    assert Ato.objects.get(ato="entrada.entrar").dados == {"meios": ["provedor"]}
    assert PRATA not in str(list(Ato.objects.values()))


@pytest.mark.parametrize("de", ["desconhecida", "inativa"])
def test_sem_pessoa_que_possa_entrar_ninguem_ganha_conta(meio, pessoa, de):
    ligar(pessoa)
    Pessoa.objects.filter(pk=pessoa.pk).update(is_active=False)
    cliente, quantas = Client(), Pessoa.objects.count()

    resposta = dancar(cliente, SEM_PESSOA if de == "desconhecida" else PRATA)

    assert resposta.status_code == 403
    assert "não está ligada a ninguém daqui" in resposta.content.decode()
    assert not dentro(cliente)
    assert Pessoa.objects.count() == quantas


def test_nivel_menor_que_o_minimo_recusa_e_diz_como_aumentar(meio, pessoa):
    ligar(pessoa, BRONZE)
    cliente = Client()

    pagina = dancar(cliente, BRONZE).content.decode()

    assert "pede conta gov.br de nível Prata ou maior; a sua é Bronze" in pagina
    assert "aumente o nível" in pagina
    assert not dentro(cliente)


def test_sujeito_que_nao_e_cpf_nao_entra(meio):
    assert "não informou o CPF" in dancar(Client(), NAO_E_CPF).content.decode()


def test_quem_ja_entrou_liga_a_conta_e_depois_entra_por_ela(meio, pessoa):
    cliente = Client()
    cliente.post(reverse("account_login"), {"login": pessoa.email, "password": fabricas.SENHA})
    assert "confirmar" in cliente.get(reverse("provedor-ida"))["Location"]
    cliente.post(reverse("account_reauthenticate"), {"password": fabricas.SENHA})

    ligada = dancar(cliente)

    assert ligada["Location"] == reverse("provedor-conta")
    assert "Ligada desde" in cliente.get(reverse("provedor-conta")).content.decode()
    outro = Client()
    dancar(outro)
    assert dentro(outro)


def test_a_conta_de_uma_pessoa_nao_se_liga_a_outra(meio, pessoa):
    ligar(fabricas.pessoa_com_vinculo())
    cliente = Client()
    cliente.post(reverse("account_login"), {"login": pessoa.email, "password": fabricas.SENHA})
    cliente.post(reverse("account_reauthenticate"), {"password": fabricas.SENHA})

    dancar(cliente)

    assert "já entra por outra pessoa" in cliente.get(reverse("provedor-conta")).content.decode()
    assert not SocialAccount.objects.filter(user_id=pessoa.pk).exists()


def test_quem_foi_para_entrar_e_entrou_com_senha_no_meio_nao_liga_a_conta_sem_confirmar_quem_e(meio, pessoa):
    """No aparelho de todos, o provedor pode estar aberto em nome de outra pessoa."""
    cliente = Client()
    volta = provar_no_provedor(ir(cliente), PRATA)
    cliente.post(reverse("account_login"), {"login": pessoa.email, "password": fabricas.SENHA})

    resposta = cliente.post(reverse("provedor-concluir"), volta)

    assert resposta.status_code == 403
    assert "nada foi ligado" in resposta.content.decode()
    assert not SocialAccount.objects.exists()


def test_o_segundo_fator_continua_a_ser_pedido_a_quem_o_tem(meio, pessoa):
    from suas.nucleo.entrada.acoes.segundo_fator import ativar_segundo_fator

    ligar(pessoa)
    por = fabricas.ator()
    ativar_segundo_fator(pessoa=pessoa, segredo="JBSWY3DPEHPK3PXP", sessao_atual="", por=por, em=fabricas.AGORA)
    cliente = Client()

    resposta = dancar(cliente)

    assert resposta["Location"] == reverse("mfa_authenticate")
    assert not dentro(cliente)
    assert cliente.session[AUTHENTICATION_METHODS_SESSION_KEY][0]["method"] == "socialaccount"


def test_sair_de_quem_entrou_pelo_provedor_sai_tambem_dele(meio, pessoa):
    ligar(pessoa)
    cliente = Client()
    dancar(cliente)

    destino = cliente.post(reverse("account_logout"))["Location"]

    assert destino.startswith(f"{meio.emissor}/logout/")
    assert parse_qs(urlsplit(destino).query)["post_logout_redirect_uri"] == ["http://testserver/"]
    volta = requests.get(destino, allow_redirects=False)
    assert volta.status_code == 302
    assert volta.headers["Location"].startswith("http://testserver/")


def test_quem_entrou_com_senha_nao_e_mandado_ao_provedor_ao_sair(meio, pessoa):
    cliente = Client()
    cliente.post(reverse("account_login"), {"login": pessoa.email, "password": fabricas.SENHA})

    assert cliente.post(reverse("account_logout"))["Location"] == "/"


# --- os ataques


def recusado(cliente: Client, resposta) -> bool:
    return resposta.status_code == 403 and NAO_COMPLETOU in resposta.content.decode() and not dentro(cliente)


def refazer(meio: Intermediario, chave=None, cabecalho=None, **mudancas):
    """Altera o que o provedor assinou e assina de novo com a chave verdadeira dele, ou com `chave`."""

    def alterar(caminho, fichas):
        if not caminho.endswith("/token/"):
            return fichas
        original = jwt.get_unverified_header(fichas["id_token"])
        dados = jwt.decode(fichas["id_token"], options={"verify_signature": False}) | mudancas
        dados = {nome: valor for nome, valor in dados.items() if valor is not None}
        com = (cabecalho or {}) | {"kid": original["kid"]}
        alg = com.pop("alg", "RS256")
        return fichas | {"id_token": jwt.encode(dados, chave if chave is not None else meio.chave, alg, com)}

    meio.altera_volta = alterar


@pytest.mark.parametrize(
    "mudancas",
    [
        pytest.param({"nonce": "de-outra-entrada"}, id="nonce trocado"),
        pytest.param({"nonce": None}, id="sem nonce"),
        pytest.param({"aud": "outro-cliente"}, id="ficha de outro cliente"),
        pytest.param({"aud": [CLIENTE, "outro-cliente"], "azp": "outro-cliente"}, id="pedida por outro cliente"),
        pytest.param({"iss": "https://outro-emissor.example"}, id="outro emissor"),
        pytest.param({"exp": int(time.time()) - 3600}, id="vencida"),
        pytest.param({"exp": None}, id="sem prazo"),
        pytest.param({"iat": int(time.time()) - 3600}, id="antiga"),
        pytest.param({"iat": int(time.time()) + 3600}, id="do futuro"),
        pytest.param({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, id="at_hash de outro acesso"),
    ],
)
def test_ficha_alterada_e_assinada_pela_chave_verdadeira_e_recusada(meio, pessoa, mudancas):
    ligar(pessoa)
    cliente = Client()
    refazer(meio, **mudancas)

    assert recusado(cliente, dancar(cliente))


def test_ficha_refeita_sem_alterar_nada_entra(meio, pessoa):
    """O intermediário refaz a ficha direito: sem isto, os ataques acima passariam por recusar qualquer refeita."""
    ligar(pessoa)
    cliente = Client()
    refazer(meio)

    dancar(cliente)

    assert dentro(cliente)


@pytest.mark.parametrize(
    "ataque", ["outra chave", "sem assinatura", "chave pública como segredo", "segredo do cliente"]
)
def test_assinatura_que_nao_e_do_provedor_e_recusada(meio, pessoa, ataque, monkeypatch):
    ligar(pessoa)
    cliente = Client()
    publica = meio.chave.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    # o PyJWT não assina com chave pública de propósito; o atacante assinaria
    monkeypatch.setattr(
        jwt.algorithms.HMACAlgorithm,
        "prepare_key",
        lambda self, chave: bytes(chave, "ascii") if isinstance(chave, str) else chave,
    )
    chave, alg = {
        "outra chave": (rsa.generate_private_key(public_exponent=65537, key_size=2048), "RS256"),
        "sem assinatura": ("", "none"),
        "chave pública como segredo": (publica, "HS256"),
        "segredo do cliente": (SEGREDO.ljust(32, "0"), "HS256"),
    }[ataque]
    refazer(meio, chave=chave, cabecalho={"alg": alg})

    assert recusado(cliente, dancar(cliente))


def test_ficha_assinada_por_chave_que_o_provedor_nao_publica_e_recusada(meio, pessoa):
    ligar(pessoa)
    cliente = Client()

    def outra_chave(caminho, dados):
        return {"keys": [chave | {"kid": "outra"} for chave in dados["keys"]]} if "jwks" in caminho else dados

    meio.altera_volta = outra_chave

    assert recusado(cliente, dancar(cliente))
    assert sum("jwks" in pedido for pedido in meio.pedidos) == 2  # a lista se busca uma vez mais, e só


def test_estado_trocado_e_recusado_antes_de_falar_com_o_provedor(meio, pessoa):
    ligar(pessoa)
    cliente = Client()

    resposta = dancar(cliente, state="de-outra-pessoa")

    assert recusado(cliente, resposta)
    assert not any("token" in pedido for pedido in meio.pedidos)


def test_volta_de_outro_emissor_e_recusada(meio, pessoa):
    ligar(pessoa)
    cliente = Client()

    assert recusado(cliente, dancar(cliente, iss="https://outro-emissor.example"))


def test_emissor_que_diz_ser_outro_na_descoberta_nao_recebe_ninguem(meio):
    meio.altera_volta = lambda caminho, dados: dados | {"issuer": "https://outro-emissor.example"}

    resposta = Client().get(reverse("provedor-ida"))

    assert resposta.status_code == 403
    assert "não respondeu como devia" in resposta.content.decode()


def test_codigo_roubado_nao_serve_sem_o_verificador_de_quem_o_pediu(meio, pessoa):
    """Quem intercepta o código da vítima e o põe na própria entrada: o PKCE o prende ao navegador que o pediu."""
    ligar(pessoa)
    da_vitima = provar_no_provedor(ir(Client()), PRATA)
    atacante = Client()
    estado = parse_qs(urlsplit(ir(atacante)).query)["state"][0]

    resposta = atacante.post(reverse("provedor-concluir"), {"code": da_vitima["code"], "state": estado})

    assert recusado(atacante, resposta)


@pytest.mark.parametrize("verificador", [None, "A" * 64])
def test_o_provedor_recusa_a_troca_sem_o_verificador_certo_e_a_pessoa_le_por_que(meio, pessoa, verificador):
    ligar(pessoa)
    cliente = Client()
    meio.altera_ida = lambda caminho, campos: {
        nome: verificador if nome == "code_verifier" else valor
        for nome, valor in campos.items()
        if nome != "code_verifier" or verificador
    }

    volta = ir(cliente)
    meio_ida, meio.altera_ida = meio.altera_ida, None
    recebido = provar_no_provedor(volta, PRATA)
    meio.altera_ida = meio_ida

    assert recusado(cliente, cliente.post(reverse("provedor-concluir"), recebido))


def test_a_volta_serve_uma_vez(meio, pessoa):
    ligar(pessoa)
    cliente = Client()
    volta = provar_no_provedor(ir(cliente), PRATA)
    cliente.post(reverse("provedor-concluir"), volta)
    cliente.post(reverse("account_logout"))

    resposta = cliente.post(reverse("provedor-concluir"), volta)

    assert "já foi usada ou venceu" in resposta.content.decode()
    assert not dentro(cliente)


def test_negar_no_provedor_volta_em_palavras(meio):
    cliente = Client()
    estado = parse_qs(urlsplit(ir(cliente)).query)["state"][0]

    resposta = cliente.post(reverse("provedor-concluir"), {"error": "access_denied", "state": estado})

    assert "não autorizou a entrada no gov.br" in resposta.content.decode()


def test_provedor_fora_do_ar_deixa_entrar_com_senha(meio, settings, pessoa):
    settings.OIDC = settings.OIDC | {"emissor": "http://127.0.0.1:9/o"}
    cliente = Client()

    recusa = cliente.get(reverse("provedor-ida")).content.decode()
    cliente.post(reverse("account_login"), {"login": pessoa.email, "password": fabricas.SENHA})

    assert "não respondeu como devia" in recusa
    assert dentro(cliente)


def test_endereco_de_fora_nao_vira_destino(meio, pessoa):
    ligar(pessoa)
    cliente = Client()
    volta = provar_no_provedor(ir(cliente, next="https://malicioso.example/"), PRATA)

    assert cliente.post(reverse("provedor-concluir"), volta)["Location"] == "/"


def test_sem_provedor_configurado_nada_disso_aparece(pessoa):
    cliente = Client()
    pagina = cliente.get(reverse("account_login")).content.decode()
    cliente.force_login(pessoa)

    assert "gov.br" not in pagina[pagina.index("<main") : pagina.index("</main")]
    assert "provedor" not in cliente.get(reverse("conta")).content.decode()
    assert cliente.get(reverse("provedor-ida")).status_code == 404
