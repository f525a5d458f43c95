"""Achar atos e leituras para as telas, e pôr nomes em quem agiu e no que foi mudado."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Count, Model, Q, QuerySet
from django.db.models.functions import TruncDate

from suas.nucleo import classificacao
from suas.nucleo.permissoes.abrangencia import BRASIL
from suas.nucleo.permissoes.papeis import PAPEIS
from suas.nucleo.tela import filtros
from suas.nucleo.trilha import consultas, frases
from suas.nucleo.trilha.models import Ato, Leitura

BRASILIA = ZoneInfo("America/Sao_Paulo")
SISTEMA = "O próprio sistema"
DE_PESSOA = "uma pessoa"
#: Um dia com leituras de tantas pessoas por uma só pessoa aparece como sinal (leitura do projeto, ADR 0033).
MUITAS = 50
DIAS_DOS_SINAIS = 30


def atos_em(abrangencia: str, *, com_os_do_sistema: bool) -> QuerySet[Ato]:
    """Os atos feitos por quem age no território, do mais novo ao mais antigo."""
    if abrangencia == BRASIL:
        return Ato.objects.all()
    dentro = Q(abrangencia__startswith=abrangencia or "-")
    return Ato.objects.filter(dentro | Q(abrangencia="") if com_os_do_sistema else dentro)


@dataclass(frozen=True, kw_only=True)
class Filtro:
    """O que se procura; vazio não filtra. `erro` diz em palavras o que não se entendeu."""

    quem: str = ""
    ato: str = ""
    objeto: str = ""
    desde: str = ""
    ate: str = ""
    erro: str = ""

    @property
    def vazio(self) -> bool:
        return not (self.quem or self.ato or self.objeto or self.desde or self.ate)


def filtrar(atos: QuerySet[Ato], filtro: Filtro) -> tuple[QuerySet[Ato], str]:
    """Os atos que combinam com o filtro, e o que dele não se entendeu (uma data, por exemplo)."""
    erros = []
    if filtro.quem.strip():
        atos = atos.filter(pessoa_id__in=_pessoas_de_nome(filtro.quem.strip()))
    if filtro.ato:
        atos = atos.filter(ato=filtro.ato)
    if filtro.objeto:
        tipo, _, chave = filtro.objeto.partition(":")
        atos = atos.filter(objeto_tipo=tipo, objeto_id=chave) if chave else atos.filter(objeto_tipo=tipo)
    for nome, texto, dias in (("desde", filtro.desde, 0), ("até", filtro.ate, 1)):
        if not texto:
            continue
        try:
            comeco = datetime.combine(date.fromisoformat(texto) + timedelta(days=dias), time(), BRASILIA)
        except (ValueError, OverflowError):
            erros.append(f"“{texto}” não é um dia ({nome}): escreva como 2026-11-22.")
            continue
        atos = atos.filter(em__lt=comeco) if dias else atos.filter(em__gte=comeco)
    return atos, " ".join(erros)


def _pessoas_de_nome(texto: str) -> QuerySet[Any, Any]:
    pessoas = get_user_model()._default_manager
    return pessoas.filter(Q(nome__icontains=texto) | Q(email__iexact=texto)).values("pk")


@dataclass(frozen=True, kw_only=True)
class AtoEmPalavras:
    """Um ato pronto para a tela: quem, em que papel, o que fez, quando, por quê."""

    id: int
    em: datetime
    quem: str
    papel: str
    orgao: str
    o_que: str
    motivo: str
    objeto: str
    lacrado: bool


def em_palavras(atos: Sequence[Ato], *, de_um: bool = False) -> list[AtoEmPalavras]:
    """Os atos com os nomes de quem agiu e do que mudou, com o mesmo número de consultas para um ou para cem.

    `de_um`: ditos na história de um registro, que num lote é um entre muitos.
    """
    pessoas = nomes_das_pessoas({a.pessoa_id for a in atos if a.pessoa_id})
    orgaos = _orgaos({a.vinculo_id for a in atos if a.vinculo_id})
    objetos = _nomes_dos_objetos({(a.objeto_tipo, a.objeto_id) for a in atos})
    return [
        AtoEmPalavras(
            id=ato.pk,
            em=ato.em,
            quem=pessoas.get(ato.pessoa_id, SISTEMA) if ato.pessoa_id else SISTEMA,
            papel=PAPEIS[ato.papel].nome if ato.pessoa_id and ato.papel in PAPEIS else "",
            orgao=orgaos.get(ato.vinculo_id, "") if ato.vinculo_id else "",
            o_que=frases.em_palavras(
                ato.ato,
                objeto=objetos.get((ato.objeto_tipo, ato.objeto_id), "que já não existe"),
                dados=ato.dados,
                de_um=de_um,
            ),
            motivo=ato.motivo,
            objeto=f"{ato.objeto_tipo}:{ato.objeto_id}",
            lacrado=ato.elo is not None,
        )
        for ato in atos
    ]


def nomes_das_pessoas(ids: Iterable[UUID]) -> dict[UUID, str]:
    """O nome de cada pessoa que ainda existe; apagada, o nome diz isso."""
    return dict(get_user_model()._default_manager.filter(pk__in=list(ids)).values_list("pk", "nome"))


def _orgaos(vinculos: Iterable[UUID]) -> dict[UUID, str]:
    vinculo = apps.get_model("identidade.vinculo")._default_manager
    return dict(vinculo.filter(pk__in=list(vinculos)).values_list("pk", "orgao"))


def _nomes_dos_objetos(objetos: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """O nome do que cada ato mudou. O que guarda dado de pessoa não se nomeia na lista."""
    por_tipo: dict[str, list[str]] = defaultdict(list)
    for tipo, chave in objetos:
        por_tipo[tipo].append(chave)
    nomes: dict[tuple[str, str], str] = {}
    for tipo, chaves in por_tipo.items():
        try:
            modelo: type[Model] = apps.get_model(tipo)
        except (LookupError, ValueError):
            continue
        tabela = classificacao.de(tipo)
        if tabela is not None and tabela.protegidos:
            titulo = DE_PESSOA if tipo == get_user_model()._meta.label_lower else classificacao.titulo(tipo)
            nomes |= {(tipo, chave): titulo for chave in chaves}
        else:
            nomes |= {(tipo, str(linha.pk)): str(linha) for linha in _achar(modelo, chaves)}
    return nomes


def _achar(modelo: type[Model], chaves: list[str]) -> Iterable[Model]:
    campo = modelo._meta.pk
    validas = []
    for chave in chaves:
        # chave de outra versão da tabela: o objeto fica sem nome
        with suppress(ValidationError, ValueError, TypeError):
            validas.append(campo.to_python(chave))
    return modelo._default_manager.filter(pk__in=validas)


def tipos_de_objeto() -> list[tuple[str, str]]:
    """Os tipos de objeto que a trilha já tem, com o nome em palavras."""
    tipos = Ato.objects.order_by().values_list("objeto_tipo", flat=True).distinct()
    return sorted(((tipo, filtros.inicial(classificacao.titulo(tipo))) for tipo in tipos), key=lambda par: par[1])


def tipos_de_ato() -> list[tuple[str, str]]:
    return sorted(((ato, frases.rotulo(ato)) for ato in frases.declaradas()), key=lambda par: par[1])


@dataclass(frozen=True, kw_only=True)
class LeituraEmPalavras:
    """Uma leitura pronta para a tela: quem leu, em que papel, dados de quantas pessoas. Nunca diz de quem."""

    em: datetime
    quem: str
    papel: str
    orgao: str
    pessoas: int
    campos: str
    onde: str
    motivo: str


def lotes_de_leitura(abrangencia: str) -> QuerySet[Leitura, Any]:
    """As leituras do território, uma linha por página aberta."""
    return (
        consultas.leituras_em(abrangencia)
        .values("lote", "em", "pessoa_id", "vinculo_id", "papel", "tabela", "motivo")
        .annotate(pessoas=Count("titular", distinct=True))
        .order_by("-em", "lote")
    )


def leituras_em_palavras(lotes: Sequence[dict[str, Any]]) -> list[LeituraEmPalavras]:
    """Os lotes com os nomes de quem leu e do que leu."""
    nomes = nomes_das_pessoas({lote["pessoa_id"] for lote in lotes if lote["pessoa_id"]})
    orgaos = _orgaos({lote["vinculo_id"] for lote in lotes if lote["vinculo_id"]})
    campos = {
        lote: (tabela, lidos)
        for lote, tabela, lidos in Leitura.objects.filter(lote__in=[lote["lote"] for lote in lotes]).values_list(
            "lote", "tabela", "campos"
        )
    }
    return [
        LeituraEmPalavras(
            em=lote["em"],
            quem=nomes.get(lote["pessoa_id"], SISTEMA),
            papel=PAPEIS[lote["papel"]].nome if lote["papel"] in PAPEIS else lote["papel"],
            orgao=orgaos.get(lote["vinculo_id"], ""),
            pessoas=lote["pessoas"],
            campos=", ".join(classificacao.rotulo(lote["tabela"], campo) for campo in campos[lote["lote"]][1]),
            onde=classificacao.titulo(lote["tabela"]),
            motivo=lote["motivo"],
        )
        for lote in lotes
    ]


@dataclass(frozen=True, kw_only=True)
class Sinal:
    """Um dia em que alguém leu dados de muita gente. Não acusa: pede uma pergunta."""

    dia: date
    quem: str
    pessoas: int


def sinais(abrangencia: str, *, em: datetime) -> list[Sinal]:
    """Os dias, no último mês, em que uma pessoa leu dados de `MUITAS` pessoas ou mais."""
    muitos = (
        consultas.leituras_em(abrangencia)
        .filter(em__gte=em - timedelta(days=DIAS_DOS_SINAIS))
        .order_by()
        .annotate(dia=TruncDate("em", tzinfo=BRASILIA))
        .values("pessoa_id", "dia")
        .annotate(pessoas=Count("titular", distinct=True))
        .filter(pessoas__gte=MUITAS)
        .order_by("-dia", "-pessoas")
    )
    linhas = list(muitos)
    nomes = nomes_das_pessoas({linha["pessoa_id"] for linha in linhas if linha["pessoa_id"]})
    return [
        Sinal(
            dia=linha["dia"],
            quem=nomes.get(linha["pessoa_id"], SISTEMA) if linha["pessoa_id"] else SISTEMA,
            pessoas=linha["pessoas"],
        )
        for linha in linhas
    ]


def contagem_por_tabela(tabelas: Iterable[str]) -> list[tuple[str, int]]:
    """Quantas alterações em cada tabela, com o nome em palavras."""
    return [(titulo_da_tabela(tabela), quantas) for tabela, quantas in Counter(tabelas).most_common()]


def modelo_da_tabela(tabela: str) -> type[Model] | None:
    """O modelo que o banco guarda na tabela, ou nada se a tabela é de outra versão."""
    return next(
        (modelo for modelo in apps.get_models(include_auto_created=True) if modelo._meta.db_table == tabela), None
    )


def titulo_da_tabela(tabela: str) -> str:
    modelo = modelo_da_tabela(tabela)
    return classificacao.titulo(modelo._meta.label_lower) if modelo else tabela
