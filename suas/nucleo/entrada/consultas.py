"""O que se pergunta sobre sessões e segundo fator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session

from suas.nucleo.entrada import aparelho

if TYPE_CHECKING:
    from suas.nucleo.identidade.models import Pessoa
    from suas.nucleo.permissoes.ator import Ator


@dataclass(frozen=True, kw_only=True)
class Sessao:
    """Uma sessão aberta, em palavras."""

    numero: int
    aparelho: str
    rede: str
    inicio: datetime
    visto: datetime
    atual: bool


@dataclass(frozen=True, kw_only=True)
class SegundoFator:
    """Se está ativo, desde quando, quando foi usado e quantos códigos de recuperação restam."""

    ativo: bool
    desde: datetime | None = None
    usado_em: datetime | None = None
    codigos: int = 0


def sessoes_de(pessoa: Pessoa, *, atual: str, em: datetime) -> list[Sessao]:
    """As sessões que ainda valem em `em`, a de agora primeiro e depois as usadas há menos tempo."""
    linhas = {linha.session_key: linha for linha in UserSession.objects.filter(user_id=pessoa.pk)}
    vivas = Session.objects.filter(session_key__in=linhas, expire_date__gt=em)
    sessoes = [_sessao(linhas[viva.session_key], viva, atual) for viva in vivas]
    return sorted(sessoes, key=lambda s: (not s.atual, -s.visto.timestamp()))


def _sessao(linha: UserSession, viva: Session, atual: str) -> Sessao:
    visto = viva.get_decoded().get("visto")
    return Sessao(
        numero=linha.pk,
        aparelho=aparelho.em_palavras(linha.user_agent),
        rede=aparelho.endereco_encoberto(linha.ip),
        inicio=linha.created_at,
        visto=datetime.fromtimestamp(visto, tz=UTC) if visto else linha.last_seen_at,
        atual=linha.session_key == atual,
    )


def segundo_fator_de(pessoa: Pessoa) -> SegundoFator:
    guardados = {guardado.type: guardado for guardado in Authenticator.objects.filter(user_id=pessoa.pk)}
    aplicativo = guardados.get(Authenticator.Type.TOTP)
    if aplicativo is None:
        return SegundoFator(ativo=False)
    recuperacao = guardados.get(Authenticator.Type.RECOVERY_CODES)
    return SegundoFator(
        ativo=True,
        desde=aplicativo.created_at,
        usado_em=aplicativo.last_used_at,
        codigos=len(recuperacao.wrap().get_unused_codes()) if recuperacao else 0,
    )


def codigos_de_recuperacao(pessoa: Pessoa) -> list[str]:
    """Os códigos que ainda valem, em dois grupos de cinco algarismos."""
    guardado = Authenticator.objects.filter(user_id=pessoa.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    codigos: Iterable[str] = guardado.wrap().get_unused_codes() if guardado else ()
    return [f"{codigo[:5]}-{codigo[5:]}" for codigo in codigos]


def tem_segundo_fator(pessoa: Pessoa) -> bool:
    return bool(Authenticator.objects.filter(user_id=pessoa.pk, type=Authenticator.Type.TOTP).exists())


def de_quem_se_espera(ator: Ator) -> bool:
    """O papel pede segundo fator: titularidades e a administração federal, que dão acesso a outras pessoas."""
    return ator.vinculo is not None and (ator.papel.titular or ator.papel.codigo == "administracao_federal")


def segundo_fator_obrigatorio(ator: Ator) -> bool:
    """O ajuste da instalação exige o segundo fator deste vínculo? A demonstração nunca trava."""
    if ator.pessoa is None or ator.vinculo is None or ator.pessoa.de_demonstracao:
        return False
    if settings.SEGUNDO_FATOR == "todos":
        return True
    return settings.SEGUNDO_FATOR == "titulares" and de_quem_se_espera(ator)


def falta_segundo_fator(ator: Ator) -> bool:
    """O ajuste o exige deste vínculo e a pessoa ainda não o ativou: não age, nem por tela nem por chave de programa."""
    return ator.pessoa is not None and segundo_fator_obrigatorio(ator) and not tem_segundo_fator(ator.pessoa)


def conta_do_provedor(pessoa: Pessoa) -> SocialAccount | None:
    return SocialAccount.objects.filter(user_id=pessoa.pk).first()


def pessoa_da_conta(sujeito: str) -> Pessoa | None:
    """A pessoa a que se ligou a conta do provedor com este sujeito."""
    conta = SocialAccount.objects.select_related("user").filter(uid=sujeito).first()
    return conta.user if conta else None
