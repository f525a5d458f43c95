"""Achar a chave de um pedido, contar os pedidos recentes e ler o registro."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery

from suas.nucleo.api.models import ChaveDeApi, RegistroDaApi
from suas.nucleo.identidade.consultas import instalacao
from suas.nucleo.permissoes.ator import Ator

if TYPE_CHECKING:
    from suas.nucleo.identidade.models import Pessoa, Vinculo

MARCA = "redesuas"
JANELA = timedelta(minutes=1)
PEDIDOS_DEMAIS = 429


def resumo_do_segredo(segredo: str) -> str:
    return hashlib.sha256(segredo.encode()).hexdigest()


def chave_pelo_texto(texto: str) -> ChaveDeApi | None:
    """A chave que o texto `redesuas_PREFIXO_SEGREDO` diz, com vínculo e pessoa; None se não é de nenhuma."""
    marca, _, resto = texto.partition("_")
    prefixo, _, segredo = resto.partition("_")
    if marca != MARCA or not 1 <= len(prefixo) <= 12 or not segredo:
        return None
    achada = ChaveDeApi.objects.select_related("vinculo__pessoa").filter(prefixo=prefixo).first()
    # compara sempre, para que o tempo da recusa não diga se o prefixo existe
    certo = achada.resumo if achada else resumo_do_segredo("")
    confere = hmac.compare_digest(resumo_do_segredo(segredo), certo)
    return achada if achada is not None and confere else None


def ator_da_chave(chave: ChaveDeApi, *, em: datetime, hoje: date) -> Ator | None:
    """Quem age pela chave; None se ela venceu ou foi revogada, o vínculo acabou ou a pessoa já não entra.

    Quem veio da demonstração não age em instalação de verdade, como na entrada por senha.
    """
    vinculo, pessoa = chave.vinculo, chave.vinculo.pessoa
    if not chave.vale_em(em) or not pessoa.is_active or not _vigente(vinculo, hoje):
        return None
    if pessoa.de_demonstracao and not _em_demonstracao():
        return None
    return Ator(pessoa=pessoa, vinculo=vinculo, papel=vinculo.papel, abrangencia=vinculo.abrangencia)


def _vigente(vinculo: Vinculo, hoje: date) -> bool:
    return vinculo.desde <= hoje and (vinculo.ate is None or hoje < vinculo.ate)


def _em_demonstracao() -> bool:
    atual = instalacao()
    return atual is not None and atual.demonstracao


@dataclass(frozen=True, kw_only=True)
class Uso:
    """Quantos pedidos houve no último minuto, e quando foi o mais antigo deles."""

    pedidos: int
    mais_antigo: datetime | None

    def espera(self, *, limite: int, em: datetime) -> int:
        """Quantos segundos esperar para caber no limite; zero se já cabe."""
        if self.pedidos < limite or self.mais_antigo is None:
            return 0
        return max(1, int((self.mais_antigo + JANELA - em).total_seconds()) + 1)


def uso_recente(*, chave: ChaveDeApi | None, origem: str, em: datetime) -> Uso:
    """Os pedidos atendidos no último minuto com a chave ou, sem ela, do mesmo lugar; os recusados por excesso não."""
    de_quem = Q(chave=chave) if chave else Q(origem=origem, chave__isnull=True)
    soma = (
        RegistroDaApi.objects.filter(de_quem, em__gt=em - JANELA)
        .exclude(situacao=PEDIDOS_DEMAIS)
        .aggregate(pedidos=Count("pk"), mais_antigo=Min("em"))
    )
    return Uso(pedidos=soma["pedidos"], mais_antigo=soma["mais_antigo"])


def recusa_ja_registrada(*, chave: ChaveDeApi | None, origem: str, em: datetime) -> bool:
    """O excesso deste minuto já está no registro? Um basta: quem insiste não enche a tabela."""
    de_quem = Q(chave=chave) if chave else Q(origem=origem, chave__isnull=True)
    return RegistroDaApi.objects.filter(de_quem, em__gt=em - JANELA, situacao=PEDIDOS_DEMAIS).exists()


def origem_de(ip: str, *, dia: date) -> str:
    """O endereço de rede embaralhado com a chave da instalação e o dia: conta, mas não diz de onde."""
    texto = f"api.origem|{dia.isoformat()}|{ip}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), texto, hashlib.sha256).hexdigest()[:32]


def chaves_de(pessoa: Pessoa) -> QuerySet[ChaveDeApi]:
    """As chaves da pessoa, de todos os vínculos, as mais novas primeiro, com a última vez em que cada uma foi usada."""
    chaves = ChaveDeApi.objects.filter(vinculo__pessoa=pessoa).select_related("vinculo__pessoa")
    ultimo = RegistroDaApi.objects.filter(chave=OuterRef("pk")).order_by("-em").values("em")[:1]
    return chaves.annotate(usada_em=Subquery(ultimo))


def registros_da_chave(chave: ChaveDeApi) -> QuerySet[RegistroDaApi]:
    return RegistroDaApi.objects.filter(chave=chave).select_related("chave__vinculo")


def registros_do_territorio(abrangencia: str) -> QuerySet[RegistroDaApi]:
    """Os pedidos feitos com chaves de vínculos dentro do território; o país inclui também os feitos sem chave."""
    todos = RegistroDaApi.objects.select_related("chave__vinculo__pessoa")
    if abrangencia == "BR":
        return todos
    return todos.filter(abrangencia__startswith=abrangencia) if abrangencia else todos.none()


#: Como se filtra o registro: o rótulo e a faixa de situações.
SITUACOES = {
    "atendidos": ("Atendidos", (0, 399)),
    "recusados": ("Recusados", (400, 499)),
    "falhas": ("Falhas do sistema", (500, 599)),
}


def so_da_situacao(registros: QuerySet[RegistroDaApi], situacao: str) -> QuerySet[RegistroDaApi]:
    """Os registros da situação pedida (chaves de `SITUACOES`); o que não se entende vale como não pedido."""
    return registros.filter(situacao__range=SITUACOES[situacao][1]) if situacao in SITUACOES else registros
