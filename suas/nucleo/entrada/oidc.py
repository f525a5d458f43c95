"""Entrar por um provedor OpenID Connect, como o gov.br: o que se pede a ele e o que se confere do que ele devolve.

Segue OpenID Connect Core 1.0 (3.1, fluxo do código), PKCE S256 (RFC 7636) e a conferência do emissor na volta
(RFC 9207). Nada aqui toca o banco: devolve quem o provedor diz que é, ou recusa em palavras.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.core.cache import cache

from normas.base.documentos import ler_cpf

ASSINATURAS = ("RS256", "PS256", "ES256")
SEGUNDOS_DE_ESPERA = 10
MAIOR_RESPOSTA = 200_000
FOLGA_DO_RELOGIO = 60
DEZ_MINUTOS = 10 * 60
UMA_HORA = 60 * 60
NOMES_DOS_NIVEIS = {"bronze": "Bronze", "silver": "Prata", "gold": "Ouro"}


class Recusa(Exception):
    """O que o provedor devolveu não serve. A mensagem diz à pessoa o que fazer; `causa`, ao registro, o que houve."""

    def __init__(self, mensagem: str, *, causa: str) -> None:
        super().__init__(mensagem)
        self.causa = causa


@dataclass(frozen=True, kw_only=True)
class Provedor:
    """O provedor que a instalação configurou."""

    nome: str
    emissor: str
    cliente: str
    segredo: str
    escopos: str = "openid email profile"
    cpf: bool = True
    campo_do_nivel: str = "reliability_info.level"
    niveis: tuple[str, ...] = ("bronze", "silver", "gold")
    nivel_minimo: str = ""
    como_aumentar: str = ""
    saida: str = ""

    def nome_do_nivel(self, nivel: str) -> str:
        return NOMES_DOS_NIVEIS.get(nivel, nivel or "nenhum")


@dataclass(frozen=True, kw_only=True)
class Pedido:
    """O que fica na sessão entre a ida e a volta; serve uma vez."""

    estado: str
    unico: str
    verificador: str
    emissor: str
    em: float
    destino: str = ""
    #: Quem já estava dentro na ida, e liga a conta; vazio, quem vem entrar.
    de_quem: str = ""

    def desafio(self) -> str:
        """O resumo do verificador (S256), que vai na ida; o verificador só vai na troca do código."""
        return _base64(hashlib.sha256(self.verificador.encode("ascii")).digest())


@dataclass(frozen=True, kw_only=True)
class Identificacao:
    """Quem o provedor diz que é: o sujeito (CPF, onde o provedor o usa) e o nível da conta dele."""

    sujeito: str
    nivel: str


def provedor() -> Provedor | None:
    """O provedor configurado, ou nada: sem configuração, nada disso aparece."""
    return settings.OIDC if isinstance(settings.OIDC, Provedor) else _dos_ajustes(settings.OIDC)


def _dos_ajustes(ajustes: Mapping[str, Any] | None) -> Provedor | None:
    return Provedor(**ajustes) if ajustes else None


def novo_pedido(provedor: Provedor, *, em: datetime, destino: str, de_quem: str = "") -> Pedido:
    return Pedido(
        estado=secrets.token_urlsafe(32),
        unico=secrets.token_urlsafe(32),
        verificador=secrets.token_urlsafe(64),
        emissor=provedor.emissor,
        em=em.timestamp(),
        destino=destino,
        de_quem=de_quem,
    )


def endereco_de_ida(provedor: Provedor, pedido: Pedido, *, volta: str) -> str:
    """Para onde a pessoa vai, provar ao provedor quem é."""
    consulta = {
        "response_type": "code",
        "client_id": provedor.cliente,
        "scope": provedor.escopos,
        "redirect_uri": volta,
        "state": pedido.estado,
        "nonce": pedido.unico,
        "code_challenge": pedido.desafio(),
        "code_challenge_method": "S256",
    }
    endereco = _descoberta(provedor)["authorization_endpoint"]
    return f"{endereco}{'&' if urlsplit(endereco).query else '?'}{urlencode(consulta, quote_via=quote)}"


def endereco_de_saida(provedor: Provedor, *, depois: str) -> str:
    """Onde o provedor encerra a própria sessão e manda de volta; vazio se ele não diz onde."""
    try:
        endereco = provedor.saida or _descoberta(provedor).get("end_session_endpoint", "")
    except Recusa:
        return ""
    if not endereco:
        return ""
    return f"{endereco}?{urlencode({'client_id': provedor.cliente, 'post_logout_redirect_uri': depois})}"


def identificar(
    provedor: Provedor, pedido: Pedido, resposta: Mapping[str, str], *, volta: str, em: datetime
) -> Identificacao:
    """Confere a volta, troca o código e confere o que veio; devolve quem é. Qualquer falha é `Recusa`."""
    codigo = _conferir_volta(provedor, pedido, resposta, em=em)
    fichas = _trocar(provedor, codigo, verificador=pedido.verificador, volta=volta)
    dados = _conferir_identidade(provedor, fichas, unico=pedido.unico, em=em)
    identificacao = Identificacao(sujeito=_sujeito(provedor, dados), nivel=_nivel(provedor, dados))
    _conferir_nivel(provedor, identificacao.nivel)
    return identificacao


def _conferir_volta(provedor: Provedor, pedido: Pedido, resposta: Mapping[str, str], *, em: datetime) -> str:
    if not hmac.compare_digest(resposta.get("state", "").encode(), pedido.estado.encode()):
        raise _recomece(provedor, "state trocado")
    if pedido.emissor != provedor.emissor or resposta.get("iss", provedor.emissor) != provedor.emissor:
        raise _recomece(provedor, "iss da volta é de outro emissor")
    if em.timestamp() - pedido.em > DEZ_MINUTOS:
        raise Recusa(
            "Passaram mais de dez minutos desde que você saiu daqui. Comece a entrada de novo.", causa="demora"
        )
    if resposta.get("error") == "access_denied":
        raise Recusa(
            f"Você não autorizou a entrada no {provedor.nome}. Sem isso, entre com e-mail e senha.", causa="negado"
        )
    if resposta.get("error") or not resposta.get("code"):
        raise _recomece(provedor, f"erro do provedor: {resposta.get('error', 'sem código')[:60]}")
    return resposta["code"]


def _trocar(provedor: Provedor, codigo: str, *, verificador: str, volta: str) -> dict[str, Any]:
    corpo = {
        "grant_type": "authorization_code",
        "code": codigo,
        "redirect_uri": volta,
        "code_verifier": verificador,
    }
    usuario, segredo = quote(provedor.cliente, safe=""), quote(provedor.segredo, safe="")
    fichas = _buscar(provedor, "POST", _descoberta(provedor)["token_endpoint"], data=corpo, auth=(usuario, segredo))
    if not isinstance(fichas.get("id_token"), str):
        raise _recomece(provedor, "resposta sem id_token")
    return fichas


def _conferir_identidade(provedor: Provedor, fichas: dict[str, Any], *, unico: str, em: datetime) -> dict[str, Any]:
    """Assinatura pela chave publicada, emissor, destinatário, prazo, instante, nonce e at_hash (Core 3.1.3.7)."""
    import jwt  # aqui, e não no alto: pesa no começo de todo processo, e só serve onde há provedor

    ficha = fichas["id_token"]
    try:
        cabecalho = jwt.get_unverified_header(ficha)
        if cabecalho.get("alg") not in ASSINATURAS:
            raise _recomece(provedor, "assinatura que não se aceita")
        dados: dict[str, Any] = jwt.decode(
            ficha,
            _chave(provedor, cabecalho),
            algorithms=[cabecalho["alg"]],
            audience=provedor.cliente,
            issuer=provedor.emissor,
            leeway=FOLGA_DO_RELOGIO,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except jwt.PyJWTError as erro:
        raise _recomece(provedor, f"id_token recusado: {type(erro).__name__}") from erro
    if not hmac.compare_digest(str(dados.get("nonce", "")).encode(), unico.encode()):
        raise _recomece(provedor, "nonce trocado")
    if len(_lista(dados["aud"])) > 1 and dados.get("azp") != provedor.cliente:
        raise _recomece(provedor, "azp de outro cliente")
    if em.timestamp() - float(dados["iat"]) > DEZ_MINUTOS:
        raise _recomece(provedor, "id_token antigo")
    if "at_hash" in dados and dados["at_hash"] != _metade_do_resumo(str(fichas.get("access_token", ""))):
        raise _recomece(provedor, "at_hash não confere")
    return dados


def _chave(provedor: Provedor, cabecalho: Mapping[str, Any]) -> Any:
    """A chave publicada com o `kid` da ficha; se não está entre as guardadas, busca-se a lista uma vez mais."""
    import jwt

    for de_novo in (False, True):
        publicadas = _publicado(provedor, _descoberta(provedor)["jwks_uri"], de_novo=de_novo)
        for chave in jwt.PyJWKSet.from_dict(publicadas).keys:
            if chave.key_id == cabecalho.get("kid") and chave.public_key_use in {None, "sig"}:
                return chave.key
    raise _recomece(provedor, "id_token assinado por chave não publicada")


def _sujeito(provedor: Provedor, dados: Mapping[str, Any]) -> str:
    sujeito = str(dados["sub"])
    if not provedor.cpf:
        return sujeito
    try:
        return ler_cpf(sujeito)
    except ValueError as erro:
        raise Recusa(
            f"O {provedor.nome} não informou o CPF. Entre com e-mail e senha e avise quem cuida da instalação.",
            causa="sub não é CPF",
        ) from erro


def _nivel(provedor: Provedor, dados: Mapping[str, Any]) -> str:
    valor: Any = dados
    for parte in provedor.campo_do_nivel.split("."):
        valor = valor.get(parte, "") if isinstance(valor, Mapping) else ""
    return str(valor).strip().lower()


def _conferir_nivel(provedor: Provedor, nivel: str) -> None:
    if not provedor.nivel_minimo:
        return
    ordem = provedor.niveis
    if nivel in ordem and ordem.index(nivel) >= ordem.index(provedor.nivel_minimo):
        return
    como = provedor.como_aumentar or f"aumente o nível na página da sua conta {provedor.nome}"
    raise Recusa(
        f"Esta instalação pede conta {provedor.nome} de nível {provedor.nome_do_nivel(provedor.nivel_minimo)} ou "
        f"maior; a sua é {provedor.nome_do_nivel(nivel)}. Para entrar por aqui, {como}. Enquanto isso, entre com "
        "e-mail e senha.",
        causa="nível menor que o mínimo",
    )


def _descoberta(provedor: Provedor) -> dict[str, Any]:
    """O que o provedor publica de si. O emissor dito ali tem de ser o configurado (Discovery 4.3)."""
    publicado = _publicado(provedor, f"{provedor.emissor.rstrip('/')}/.well-known/openid-configuration")
    if publicado.get("issuer") != provedor.emissor:
        raise _fora(provedor, "a descoberta diz outro emissor")
    if faltam := {"authorization_endpoint", "token_endpoint", "jwks_uri"} - set(publicado):
        raise _fora(provedor, f"a descoberta não diz {', '.join(sorted(faltam))}")
    return publicado


def _publicado(provedor: Provedor, endereco: str, *, de_novo: bool = False) -> dict[str, Any]:
    chave = f"oidc:{hashlib.sha256(endereco.encode()).hexdigest()}"
    guardado: dict[str, Any] | None = None if de_novo else cache.get(chave)
    if guardado is None:
        guardado = _buscar(provedor, "GET", endereco)
        cache.set(chave, guardado, timeout=UMA_HORA)
    return guardado


def _buscar(provedor: Provedor, metodo: str, endereco: str, **opcoes: Any) -> dict[str, Any]:
    import requests
    from urllib3.exceptions import HTTPError

    partes = urlsplit(endereco)
    if partes.scheme != "https" and partes.hostname not in {"127.0.0.1", "localhost"}:
        raise _fora(provedor, "endereço sem HTTPS")
    try:
        with requests.request(
            metodo, endereco, timeout=SEGUNDOS_DE_ESPERA, allow_redirects=False, stream=True, **opcoes
        ) as resposta:
            corpo = resposta.raw.read(MAIOR_RESPOSTA + 1, decode_content=True)
            if len(corpo) > MAIOR_RESPOSTA:
                raise _fora(provedor, "resposta grande demais")
            if 400 <= resposta.status_code < 500 and metodo == "POST":
                raise _recomece(provedor, f"o provedor recusou a troca do código ({resposta.status_code})")
            if resposta.status_code != 200:
                raise _fora(provedor, f"respondeu {resposta.status_code}")
            lido = json.loads(corpo)
    except (requests.RequestException, HTTPError, ValueError, OSError) as erro:  # HTTPError: o corpo parou no meio
        raise _fora(provedor, f"não respondeu: {type(erro).__name__}") from erro
    if not isinstance(lido, dict):
        raise _fora(provedor, "resposta que não é um objeto")
    return lido


def _recomece(provedor: Provedor, causa: str) -> Recusa:
    return Recusa(
        f"A entrada pelo {provedor.nome} não se completou. Comece de novo na página de entrar; se repetir, entre "
        "com e-mail e senha e peça ajuda.",
        causa=causa,
    )


def _fora(provedor: Provedor, causa: str) -> Recusa:
    return Recusa(
        f"O {provedor.nome} não respondeu como devia. Tente de novo em alguns minutos, ou entre com e-mail e senha.",
        causa=causa,
    )


def _metade_do_resumo(acesso: str) -> str:
    return _base64(hashlib.sha256(acesso.encode("ascii", "replace")).digest()[:16])


def _base64(dados: bytes) -> str:
    return base64.urlsafe_b64encode(dados).rstrip(b"=").decode("ascii")


def _lista(valor: Any) -> list[Any]:
    return valor if isinstance(valor, list) else [valor]
