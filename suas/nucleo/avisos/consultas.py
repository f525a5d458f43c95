"""O que se pergunta sobre avisos, correio e preferências."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Count, F, Q, QuerySet

from suas.nucleo import tranca
from suas.nucleo.avisos import modelos
from suas.nucleo.avisos.models import (
    Aviso,
    EnderecoDevolvido,
    Estado,
    Forma,
    Mensagem,
    Preferencia,
    Silencio,
    TextoLocal,
)
from suas.nucleo.avisos.silencio import Horas
from suas.nucleo.permissoes.abrangencia import BRASIL
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import PAPEIS, PAPEIS_DE_VINCULO
from suas.nucleo.permissoes.permissao import Permissao

#: Acima disto o sino mostra “99+”: contar mais custaria e não diria mais.
MAIOR_CONTAGEM = 99
A_ENVIAR = (Estado.NA_FILA, Estado.INCERTA)


def destinatario(*, pessoa_id: UUID | None, email: str) -> UUID:
    """O identificador de quem recebe: a pessoa, ou um tirado do e-mail de quem não tem conta."""
    return pessoa_id or uuid5(NAMESPACE_URL, f"mailto:{email.strip().lower()}")


def avisos_de(pessoa_id: UUID) -> QuerySet[Aviso]:
    """Os avisos de uma pessoa, do mais novo ao mais antigo."""
    return Aviso.objects.filter(pessoa_id=pessoa_id)


def por_ler(pessoa_id: UUID) -> int:
    """Quantos avisos a pessoa não leu, até um a mais que `MAIOR_CONTAGEM`."""
    return Aviso.objects.filter(pessoa_id=pessoa_id, lido_em__isnull=True).order_by()[: MAIOR_CONTAGEM + 1].count()


def a_resumir() -> QuerySet[Aviso]:
    """Os avisos por ler que esperam o resumo do dia."""
    return Aviso.objects.filter(forma=Forma.RESUMO, mensagem__isnull=True, lido_em__isnull=True, pessoa__is_active=True)


def forma_escolhida(*, modelo: modelos.Modelo, pessoa_id: UUID | None) -> Forma:
    """Como este aviso chega a esta pessoa; o obrigatório, e o de quem não tem conta, vai na hora."""
    if modelo.obrigatorio or pessoa_id is None:
        return Forma.NA_HORA
    escolhida = Preferencia.objects.filter(pessoa_id=pessoa_id, tipo=modelo.tipo).values_list("forma", flat=True)
    return Forma(escolhida.first() or modelos.TIPOS[modelo.tipo].forma)


def horas_da_casa() -> Horas:
    """As horas de silêncio da instalação."""
    return Horas.ler(settings.CORREIO_SILENCIO)


def horas_de_silencio(pessoa_id: UUID | None) -> Horas:
    """As da pessoa; se ela não escolheu, as da casa."""
    proprias = silencio_proprio(pessoa_id) if pessoa_id else None
    return proprias or horas_da_casa()


def silencio_proprio(pessoa_id: UUID) -> Horas | None:
    """As horas que a pessoa escolheu, se escolheu."""
    escolhidas = Silencio.objects.filter(pessoa_id=pessoa_id).first()
    return Horas(de=escolhidas.de, ate=escolhidas.ate) if escolhidas else None


def texto_em_vigor(modelo: modelos.Modelo) -> tuple[str, str]:
    """Assunto e corpo: os ajustados nesta instalação, ou os originais."""
    local = TextoLocal.objects.filter(modelo=modelo.codigo).order_by("-versao").first()
    return (local.assunto, local.corpo) if local and not local.original else (modelo.assunto, modelo.corpo)


def versoes_do_texto(modelo: modelos.Modelo) -> QuerySet[TextoLocal]:
    """As versões locais, da mais nova à mais antiga."""
    return TextoLocal.objects.filter(modelo=modelo.codigo).order_by("-versao")


def modelos_ajustados() -> set[str]:
    """Os códigos dos modelos que usam texto desta instalação."""
    ultimas: dict[str, bool] = {}
    for codigo, original in TextoLocal.objects.order_by("versao").values_list("modelo", "original"):
        ultimas[codigo] = original
    return {codigo for codigo, original in ultimas.items() if not original}


def devolvido(email: str) -> EnderecoDevolvido | None:
    """O registro do endereço a que o correio não chega, se há."""
    return EnderecoDevolvido.objects.filter(email=email.strip().lower()).first()


def preferencias_de(pessoa_id: UUID) -> dict[str, Forma]:
    """Tipo de aviso e como a pessoa o recebe, com o padrão onde ela não escolheu."""
    escolhidas = dict(Preferencia.objects.filter(pessoa_id=pessoa_id).values_list("tipo", "forma"))
    return {codigo: Forma(escolhidas.get(codigo, tipo.forma)) for codigo, tipo in modelos.TIPOS.items()}


def mensagens_a_enfileirar(*, em: datetime, repetir_antes_de: datetime) -> QuerySet[Mensagem]:
    """As que já podem sair e não estão na fila: a hora chegou depois de enfileiradas, ou a fila as perdeu."""
    fora_da_fila = (
        Q(enfileirada_em__isnull=True)
        | Q(enfileirada_em__lt=F("nao_antes_de"))
        | Q(enfileirada_em__lt=repetir_antes_de)
    )
    return Mensagem.objects.filter(fora_da_fila, estado__in=A_ENVIAR, nao_antes_de__lte=em)


def mensagens_filtradas(*, estado: str, procura: str) -> QuerySet[Mensagem]:
    """As mensagens, da mais nova à mais antiga; `procura` é parte do endereço ou do assunto."""
    achadas = Mensagem.objects.defer("corpo")
    if estado in Estado.values:
        achadas = achadas.filter(estado=estado)
    if procura:
        achadas = achadas.filter(Q(email__icontains=procura) | Q(assunto__icontains=procura))
    return achadas


def contagem_do_correio() -> dict[str, int]:
    """Quantas mensagens em cada estado, na ordem dos estados."""
    achadas = dict(Mensagem.objects.order_by().values_list("estado").annotate(quantas=Count("pk")))
    return {estado.value: achadas.get(estado.value, 0) for estado in Estado}


@dataclass(frozen=True, kw_only=True)
class Recebe:
    """Uma linha da prévia: quem recebe e como o aviso lhe chega."""

    pessoa_id: UUID
    nome: str
    email: str
    como: str


@dataclass(frozen=True, kw_only=True)
class Previa:
    """Quantas pessoas recebem, e as primeiras."""

    total: int
    linhas: tuple[Recebe, ...]


def quem_recebe(*, papel: str, territorio: str, dia: date) -> QuerySet[Any]:
    """As pessoas com vínculo vigente no papel (vazio, qualquer um) e dentro do território."""
    vigente = _vinculo_vigente(dia)
    if papel:
        vigente &= Q(vinculos__papel_codigo=papel)
    if territorio != BRASIL:
        vigente &= Q(vinculos__abrangencia__startswith=territorio)
    return get_user_model().objects.filter(vigente, is_active=True).order_by("nome", "pk").distinct()


def que_ainda_entram(pessoas: Iterable[UUID]) -> list[UUID]:
    """Destas, as que ainda entram no sistema, sem repetição."""
    return list(get_user_model().objects.filter(pk__in=list(pessoas), is_active=True).values_list("pk", flat=True))


def ator_de(*, pessoa: str, vinculo: str, papel: str, abrangencia: str) -> Ator:
    """Quem pediu antes o que a fila faz agora: o que podia foi conferido no pedido."""
    quem = get_user_model().objects.filter(pk=pessoa).first() if pessoa else None
    por_qual = quem.vinculos.filter(pk=vinculo).first() if quem and vinculo else None
    return Ator(pessoa=quem, vinculo=por_qual, papel=PAPEIS[papel], abrangencia=abrangencia)


@tranca.como_sistema()  # o aviso é de quem o recebe, que quem pergunta pode não alcançar
def alguem_avisado(*, modelo: str, causa: str) -> bool:
    """Houve a quem mandar este aviso?"""
    return Aviso.objects.filter(modelo=modelo, causa=causa).exists()


def previa_do_envio(*, modelo: modelos.Modelo, pessoas: QuerySet[Any], quantas: int) -> Previa:
    """Quem receberia o aviso, e como: pela preferência de cada um e pelos endereços que devolvem."""
    primeiras = list(pessoas.values_list("pk", "nome", "email")[:quantas])
    escolhas = dict(
        Preferencia.objects.filter(tipo=modelo.tipo, pessoa__in=[pk for pk, _, _ in primeiras]).values_list(
            "pessoa_id", "forma"
        )
    )
    emails = [email.lower() for _, _, email in primeiras]
    ruins = set(EnderecoDevolvido.objects.filter(email__in=emails).values_list("email", flat=True))
    padrao = modelos.TIPOS[modelo.tipo].forma
    linhas = tuple(
        Recebe(
            pessoa_id=pk,
            nome=nome,
            email=email,
            como="só no sistema: o correio não chega a este endereço"
            if email.lower() in ruins
            else Forma(escolhas.get(pk, padrao)).label,
        )
        for pk, nome, email in primeiras
    )
    return Previa(total=pessoas.count(), linhas=linhas)


def quem_tem(permissao: Permissao, *, em: Iterable[str], dia: date) -> QuerySet[Any]:
    """As pessoas com vínculo vigente, nos territórios dados, num papel que tem a permissão."""
    papeis = [papel.codigo for papel in PAPEIS_DE_VINCULO if permissao in papel.permissoes]
    do_papel = Q(vinculos__papel_codigo__in=papeis, vinculos__abrangencia__in=list(em))
    return get_user_model().objects.filter(_vinculo_vigente(dia) & do_papel, is_active=True).distinct()


def _vinculo_vigente(dia: date) -> Q:
    """Condição sobre a pessoa: tem vínculo que vale no dia."""
    return Q(vinculos__desde__lte=dia) & (Q(vinculos__ate__isnull=True) | Q(vinculos__ate__gt=dia))


@tranca.como_sistema()  # quem mandou precisa saber se chegou; o texto continua só de quem recebe
def situacoes(avisos: Iterable[UUID]) -> dict[UUID, str]:
    """De cada aviso, em palavras: lido, ou em que pé está a mensagem que o leva."""
    achados = Aviso.objects.filter(pk__in=list(avisos)).select_related("mensagem")
    return {a.pk: _situacao(a) for a in achados}


def _situacao(aviso: Aviso) -> str:
    if aviso.mensagem is None:
        return "lido no sistema" if aviso.lido_em else "no sistema, para o resumo do dia"
    lido = ", lido no sistema" if aviso.lido_em else ""
    return f"{aviso.mensagem.get_estado_display()}{lido}"
