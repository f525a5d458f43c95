"""O correio: lê os ajustes, escreve a mensagem e conversa com o servidor SMTP. Não conhece o banco.

O que importa aqui é saber em que ponto a conversa parou. Antes do ponto final da mensagem, o servidor não a tem:
pode-se tentar de novo sem risco. Entre o ponto final e a resposta, não há como saber: a entrega é incerta.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as POLITICA
from email.utils import format_datetime, parseaddr
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

from django.conf import settings

Situacao = Literal["aceita", "recusada", "passageira", "incerta"]
ESPERA = 30.0
#: Endereço de destino que não existe ou não recebe (RFC 3463, classe 5, assunto 1), e caixa desativada (5.2.1).
_ENDERECO_RUIM = re.compile(r"\b5\.(1\.[0-9]+|2\.1)\b")


@dataclass(frozen=True, kw_only=True)
class Servidor:
    """Onde está o servidor SMTP e como se fala com ele."""

    maquina: str
    porta: int
    usuario: str
    senha: str
    tls: Literal["direto", "starttls", "nao"]


@dataclass(frozen=True, kw_only=True)
class Resultado:
    """Como terminou a conversa, com a resposta do servidor em palavras; `endereco_ruim`: ele disse que não existe."""

    situacao: Situacao
    resposta: str
    endereco_ruim: bool = False


@dataclass(frozen=True, kw_only=True)
class Carta:
    """O que vai ao servidor."""

    id: UUID
    para: str
    assunto: str
    corpo: str


def ler_servidor(endereco: str) -> Servidor | None:
    """De `smtp://usuario:senha@maquina:587` ou `smtps://…:465`; vazio, não há servidor. ValueError em palavras."""
    if not endereco:
        return None
    partes = urlsplit(endereco)
    if partes.scheme not in {"smtp", "smtps"} or not partes.hostname:
        raise ValueError("REDESUAS_SMTP se escreve como smtp://usuario:senha@maquina:587 ou smtps://…:465.")
    pedido = parse_qs(partes.query).get("tls", [""])[0]
    if partes.scheme == "smtps":
        tls: Literal["direto", "starttls", "nao"] = "direto"
    elif pedido in {"", "sim", "starttls"}:
        tls = "starttls"
    elif pedido in {"nao", "não"}:
        tls = "nao"
    else:
        raise ValueError(f"REDESUAS_SMTP: tls={pedido} não existe; use tls=sim (o padrão) ou tls=nao.")
    return Servidor(
        maquina=partes.hostname,
        porta=partes.port or (465 if tls == "direto" else 587),
        usuario=unquote(partes.username or ""),
        senha=unquote(partes.password or ""),
        tls=tls,
    )


def servidor() -> Servidor | None:
    """O servidor desta instalação, ou nada: as mensagens ficam guardadas no sistema."""
    return ler_servidor(settings.CORREIO_SMTP)


def endereco_no_site(caminho: str) -> str:
    """O caminho como endereço inteiro, para abrir de fora."""
    return f"{settings.CORREIO_SITE.rstrip('/')}{caminho}"


def retorno_de(mensagem_id: UUID) -> str:
    """O endereço a que voltam as devoluções desta mensagem, com o número dela e um selo que ninguém de fora faz."""
    if not settings.CORREIO_RETORNO:
        return parseaddr(settings.CORREIO_REMETENTE)[1]
    local, _, dominio = settings.CORREIO_RETORNO.partition("@")
    return f"{local}+{mensagem_id.hex}.{_selo(mensagem_id)}@{dominio}"


def mensagem_do_retorno(endereco: str) -> UUID | None:
    """A mensagem a que o endereço de retorno se refere; nada se o selo não confere."""
    achado = re.search(r"\+([0-9a-f]{32})\.([0-9a-f]{12})@", endereco.lower())
    if not achado:
        return None
    numero = UUID(hex=achado[1])
    return numero if hmac.compare_digest(achado[2], _selo(numero)) else None


def identificador_de(mensagem_id: UUID) -> str:
    """O Message-ID: o mesmo em toda tentativa, para quem recebe não guardar duas."""
    dominio = parseaddr(settings.CORREIO_REMETENTE)[1].rpartition("@")[2]
    return f"<{mensagem_id.hex}.{_selo(mensagem_id)}@{dominio}>"


def mensagem_do_identificador(identificador: str) -> UUID | None:
    """A mensagem cujo Message-ID é este; nada se não é nosso."""
    achado = re.search(r"<([0-9a-f]{32})\.([0-9a-f]{12})@", identificador.lower())
    if not achado:
        return None
    numero = UUID(hex=achado[1])
    return numero if hmac.compare_digest(achado[2], _selo(numero)) else None


def _selo(mensagem_id: UUID) -> str:
    chave = b"avisos.correio:" + settings.SECRET_KEY.encode()
    return hmac.new(chave, mensagem_id.bytes, hashlib.sha256).hexdigest()[:12]


def escrever(carta: Carta, *, em: datetime) -> bytes:
    """A mensagem pronta para o fio (RFC 5322), só com algarismos e letras que todo servidor aceita."""
    nome, remetente = parseaddr(settings.CORREIO_REMETENTE)
    mensagem = EmailMessage(policy=POLITICA)
    usuario, _, dominio = remetente.rpartition("@")
    mensagem["From"] = Address(display_name=nome, username=usuario, domain=dominio)
    mensagem["To"] = carta.para
    mensagem["Subject"] = " ".join(carta.assunto.split())
    mensagem["Date"] = format_datetime(em)
    mensagem["Message-ID"] = identificador_de(carta.id)
    mensagem["Auto-Submitted"] = "auto-generated"
    mensagem.set_content(carta.corpo, charset="utf-8", cte="quoted-printable")
    return mensagem.as_bytes()


def enviar(carta: Carta, *, para: Servidor, em: datetime) -> Resultado:
    """Entrega a mensagem ao servidor. Nunca levanta erro de rede: diz como terminou."""
    try:
        fio = escrever(carta, em=em)
        carta.para.encode("ascii")
    except UnicodeEncodeError:
        resposta = f"O endereço {carta.para} tem letra que o correio não leva. Corrija o endereço."
        return Resultado(situacao="recusada", resposta=resposta, endereco_ruim=True)
    try:
        conversa = _abrir(para)
    except smtplib.SMTPAuthenticationError as erro:
        motivo = f"O servidor de correio não aceitou o usuário e a senha da instalação ({_palavras(erro.smtp_error)})."
        return Resultado(situacao="passageira", resposta=motivo)
    except (OSError, smtplib.SMTPException) as erro:
        return Resultado(situacao="passageira", resposta=f"O servidor de correio não atendeu: {erro}.")
    try:
        return _conversar(conversa, carta=carta, fio=fio)
    finally:
        conversa.close()


def _abrir(para: Servidor) -> smtplib.SMTP:
    contexto = ssl.create_default_context()
    if para.tls == "direto":
        conversa: smtplib.SMTP = smtplib.SMTP_SSL(para.maquina, para.porta, timeout=ESPERA, context=contexto)
    else:
        conversa = smtplib.SMTP(para.maquina, para.porta, timeout=ESPERA)
    try:
        if para.tls == "starttls":
            conversa.starttls(context=contexto)
        if para.usuario:
            conversa.login(para.usuario, para.senha)
        conversa.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException):
        conversa.close()
        raise
    return conversa


def _conversar(conversa: smtplib.SMTP, *, carta: Carta, fio: bytes) -> Resultado:
    """MAIL, RCPT, DATA e a espera pela resposta, sabendo sempre de que lado do ponto final se está."""
    try:
        passos: tuple[Callable[[], tuple[int, bytes]], ...] = (
            lambda: conversa.mail(retorno_de(carta.id)),
            lambda: conversa.rcpt(carta.para),
            lambda: conversa.docmd("data"),
        )
        for passo in passos:
            codigo, resposta = passo()
            if codigo >= 400:
                return _recusa(codigo, resposta)
        conversa.send(_com_pontos(fio))
    except (OSError, smtplib.SMTPException) as erro:
        return Resultado(situacao="passageira", resposta=f"A conversa com o servidor parou antes do fim: {erro}.")
    try:
        conversa.send(b".\r\n")
        codigo, resposta = conversa.getreply()
    except (OSError, smtplib.SMTPException) as erro:
        motivo = f"O servidor recebeu a mensagem e não confirmou ({erro}). Ela pode ter chegado."
        return Resultado(situacao="incerta", resposta=motivo)
    if codigo >= 400:
        return _recusa(codigo, resposta)
    with contextlib.suppress(OSError, smtplib.SMTPException):
        conversa.quit()  # a mensagem já foi aceita; a despedida não muda nada
    return Resultado(situacao="aceita", resposta=f"Aceita pelo servidor: {codigo} {_palavras(resposta)}")


def _recusa(codigo: int, resposta: bytes) -> Resultado:
    texto = f"{codigo} {_palavras(resposta)}"
    if codigo < 500:
        return Resultado(situacao="passageira", resposta=f"O servidor pediu para tentar depois: {texto}")
    return Resultado(
        situacao="recusada",
        resposta=f"O servidor recusou: {texto}",
        endereco_ruim=bool(_ENDERECO_RUIM.search(texto)),
    )


def _palavras(resposta: bytes | str) -> str:
    texto = resposta if isinstance(resposta, str) else resposta.decode("utf-8", errors="replace")
    return " ".join(texto.split())[:300]


def _com_pontos(fio: bytes) -> bytes:
    """Dobra o ponto que começa linha (RFC 5321, 4.5.2) e garante a última quebra."""
    dobrado = re.sub(rb"(?m)^\.", b"..", fio)
    return dobrado if dobrado.endswith(b"\r\n") else dobrado + b"\r\n"
