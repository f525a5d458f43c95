"""Um servidor SMTP de verdade, nesta máquina, que se comporta como o teste mandar."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Comportamento:
    """O que o servidor faz em cada passo; vazio, aceita tudo. Guarda o que recebeu."""

    na_rcpt: str = ""
    no_fim: str = ""
    cai: str = ""
    demora: float = 0
    recebidas: list[EmailMessage] = field(default_factory=list)
    retornos: list[str] = field(default_factory=list)
    cru: list[bytes] = field(default_factory=list)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, para: str, opcoes: list[str]
    ) -> str:
        if self.cai == "antes":
            server.transport.abort()
        if self.na_rcpt:
            return self.na_rcpt
        envelope.rcpt_tos.append(para)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(self.demora)
        if self.no_fim:
            return self.no_fim
        assert isinstance(envelope.content, bytes)
        self.cru.append(envelope.content)
        lida = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(lida, EmailMessage)
        self.recebidas.append(lida)
        self.retornos.append(envelope.mail_from or "")
        if self.cai == "depois":
            server.transport.abort()
        return "250 2.0.0 guardada como 42"


@contextmanager
def no_ar(comportamento: Comportamento, **opcoes: Any) -> Iterator[int]:
    """Põe o servidor no ar e devolve a porta; no fim, encerra."""
    with socket.socket() as livre:
        livre.bind(("127.0.0.1", 0))
        porta = livre.getsockname()[1]
    controle = Controller(comportamento, hostname="127.0.0.1", port=porta, **opcoes)
    controle.start()
    try:
        yield porta
    finally:
        controle.stop()


def so_com_senha(usuario: str, senha: str) -> dict[str, Any]:
    """Opções de um servidor que só aceita quem traz este usuário e senha."""

    def conferir(server: SMTP, session: Session, envelope: Envelope, mecanismo: str, dados: Any) -> AuthResult:
        certo = isinstance(dados, LoginPassword) and dados == LoginPassword(usuario.encode(), senha.encode())
        return AuthResult(success=certo, handled=False)

    return {"authenticator": conferir, "auth_required": True, "auth_require_tls": False}


def certificado(pasta: Path) -> tuple[Path, ssl.SSLContext]:
    """Um certificado feito na hora para 127.0.0.1: o arquivo dele e o contexto do servidor."""
    chave = ec.generate_private_key(ec.SECP256R1())
    nome = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    feito = (
        x509.CertificateBuilder()
        .subject_name(nome)
        .issuer_name(nome)
        .public_key(chave.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(chave, hashes.SHA256())
    )
    publico, privado = pasta / "certificado.pem", pasta / "chave.pem"
    publico.write_bytes(feito.public_bytes(serialization.Encoding.PEM))
    privado.write_bytes(
        chave.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    contexto = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    contexto.load_cert_chain(publico, privado)
    return publico, contexto
