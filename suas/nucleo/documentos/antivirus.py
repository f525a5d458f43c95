"""O exame de um arquivo pelo ClamAV, quando a instalação tem um (`REDESUAS_ANTIVIRUS`)."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass

from clamav_client.clamd import BufferTooLongError, ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

from suas.nucleo.documentos.models import Resultado

registro = logging.getLogger(__name__)
PRAZO_SEGUNDOS = 20.0


@dataclass(frozen=True, kw_only=True)
class Exame:
    """`detalhe` é o nome do que foi achado; `base`, a versão do antivírus e da base de assinaturas."""

    resultado: Resultado
    detalhe: str = ""
    base: str = ""


def configurado() -> bool:
    return bool(settings.ANTIVIRUS)


def examinar(conteudo: bytes) -> Exame | None:
    """O exame, ou nada se o antivírus não respondeu (o registro do servidor diz por quê)."""
    try:
        clamd = _cliente()
        (situacao, achado), *_ = clamd.instream(io.BytesIO(conteudo)).values()
        base = clamd.version()
    except BufferTooLongError:
        registro.error("O antivírus recusa arquivos deste tamanho: aumente StreamMaxLength no clamd.conf.")
        return None
    except (ClamdError, OSError, ValueError) as erro:
        registro.error("O antivírus em %s não respondeu: %s", settings.ANTIVIRUS, erro)
        return None
    if situacao == "FOUND":
        return Exame(resultado=Resultado.INFECTADO, detalhe=achado or "", base=base)
    if situacao == "OK":
        return Exame(resultado=Resultado.LIMPO, base=base)
    registro.error("O antivírus não conseguiu examinar o arquivo: %s", achado)
    return None


def _cliente() -> ClamdNetworkSocket | ClamdUnixSocket:
    """`/caminho/clamd.ctl` é um socket local; `máquina:porta`, a rede."""
    endereco: str = settings.ANTIVIRUS
    if endereco.startswith("/"):
        return ClamdUnixSocket(path=endereco, timeout=PRAZO_SEGUNDOS)
    maquina, _, porta = endereco.rpartition(":")
    return ClamdNetworkSocket(host=maquina, port=int(porta), timeout=PRAZO_SEGUNDOS)
