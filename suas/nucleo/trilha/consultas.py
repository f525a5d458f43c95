"""Ler a trilha: os atos de um objeto, o que cada um mudou, quem leu dados de quem, e como está a corrente."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, Min, OuterRef, QuerySet

from suas.nucleo.trilha import cifra, corrente
from suas.nucleo.trilha.alteracoes import auditadas
from suas.nucleo.trilha.models import Alteracao, Ato, Chave, Elo, Leitura, Verificacao

#: No lugar de um dado pessoal cuja chave foi destruída, e de um que não se consegue abrir.
APAGADO = "(dado apagado)"
ILEGIVEL = "(não se lê: falta a chave)"


def marca_das_tabelas(modelos: Iterable[str]) -> int:
    """Um número que só é o mesmo enquanto ninguém grava nas tabelas desses modelos (“rede.unidade”), contadas todas.

    São as alterações delas na trilha, que o gatilho do banco só acrescenta: conta também o que se grava sem ato.
    """
    contadas = auditadas()
    tabelas = [apps.get_model(modelo)._meta.db_table for modelo in modelos]
    if nao := [tabela for tabela in tabelas if tabela not in contadas]:
        raise ValueError(f"A trilha não conta as alterações de {', '.join(nao)}.")
    return Alteracao.objects.filter(tabela__in=tabelas).count()


def atos_de(objeto: models.Model) -> QuerySet[Ato]:
    """Os atos de um objeto, do mais novo ao mais antigo."""
    return Ato.objects.filter(objeto_tipo=objeto._meta.label_lower, objeto_id=str(objeto.pk))


def atos_dos(tipo: str, ids: Iterable[str]) -> QuerySet[Ato]:
    """Os atos de vários objetos do mesmo tipo, do mais novo ao mais antigo; `tipo` é o rótulo do modelo."""
    return Ato.objects.filter(objeto_tipo=tipo, objeto_id__in=list(ids))


def alteracoes_do_ato(ato: Ato) -> QuerySet[Alteracao]:
    """O que mudou no banco na mesma transação do ato, na ordem em que mudou."""
    if ato.transacao is None:
        return Alteracao.objects.none()
    return Alteracao.objects.filter(transacao=ato.transacao).order_by("id")


def alteracoes_dos_atos(atos: Iterable[Ato]) -> QuerySet[Alteracao]:
    """O que mudou no banco nas transações dos atos, na ordem em que mudou."""
    return Alteracao.objects.filter(transacao__in=[a.transacao for a in atos if a.transacao]).order_by("id")


def alteracoes_de(objeto: models.Model) -> QuerySet[Alteracao]:
    """As alterações de uma linha, da mais nova à mais antiga."""
    return Alteracao.objects.filter(tabela=objeto._meta.db_table, chave=str(objeto.pk))


def alteracoes_do_titular(*titulares: UUID) -> QuerySet[Alteracao]:
    """As alterações dos dados de uma pessoa, em qualquer tabela."""
    return Alteracao.objects.filter(titular__in=titulares)


def titulares_das_linhas(linhas: QuerySet[Any]) -> set[UUID]:
    """Sob que titulares a trilha cifra, ou vai cifrar, o dado pessoal destas linhas; nem sempre são pessoas daqui."""
    tabela = linhas.model._meta.db_table
    chaves = [str(chave) for chave in linhas.values_list("pk", flat=True)]
    cifrados = Alteracao.objects.filter(tabela=tabela, chave__in=chaves).values_list("titular", flat=True)
    return {cifra.titular_da_linha(tabela, chave) for chave in chaves} | {titular for titular in cifrados if titular}


def com_chave(titulares: set[UUID]) -> list[UUID]:
    """Dos titulares, os que têm chave ainda não destruída."""
    vivas = Chave.objects.filter(titular__in=titulares, destruida_em=None)
    return list(vivas.order_by("titular").values_list("titular", flat=True))


def alteracoes_fora_de_ato() -> QuerySet[Alteracao]:
    """As alterações em cuja transação não houve ato: entrada de pessoa, comando do servidor, SQL à mão."""
    return Alteracao.objects.filter(~Exists(Ato.objects.filter(transacao=OuterRef("transacao"))))


@dataclass(frozen=True, kw_only=True)
class Legivel:
    """Antes e depois, por coluna, decifrados. `pessoais` são as colunas com dado de pessoa, para a tela esconder."""

    antes: dict[str, Any]
    depois: dict[str, Any]
    pessoais: frozenset[str]


def legivel(alteracao: Alteracao, *, decifrar: bool = True) -> Legivel:
    """O conteúdo da alteração. Sem `decifrar`, o dado pessoal não se abre. Mostrá-lo é leitura: registre-a."""
    auditada = auditadas().get(alteracao.tabela)
    antes, depois = (json.loads(lado) if lado else {} for lado in (alteracao.antes, alteracao.depois))
    pessoais = {c for c in {*antes, *depois} if auditada and c in auditada.protegidas}
    pessoais |= {c for lado in (antes, depois) for c, v in lado.items() if cifra.e_cifrado(v) or v == cifra.APAGADO}
    abrir = _abridor(alteracao) if decifrar else (lambda coluna, valor: None)
    return Legivel(
        antes={c: abrir(c, v) if c in pessoais else v for c, v in antes.items()},
        depois={c: abrir(c, v) if c in pessoais else v for c, v in depois.items()},
        pessoais=frozenset(pessoais),
    )


def _abridor(alteracao: Alteracao) -> Callable[[str, Any], Any]:
    """Função que devolve o valor em claro de uma coluna, ou as palavras que dizem por que não."""
    chave = Chave.objects.filter(titular=alteracao.titular).first() if alteracao.titular else None

    def abrir(coluna: str, valor: Any) -> Any:
        if valor == cifra.APAGADO or (cifra.e_cifrado(valor) and chave is not None and chave.destruida_em):
            return APAGADO
        if not cifra.e_cifrado(valor):
            return valor
        try:
            clara = cifra.abrir_chave(chave) if chave else b""
            return cifra.decifrar(valor, clara=clara, tabela=alteracao.tabela, coluna=coluna, linha=alteracao.chave)
        except cifra.NaoAbre:
            return ILEGIVEL

    return abrir


def leituras_de(*titulares: UUID) -> QuerySet[Leitura]:
    """Quem leu os dados de uma pessoa, da leitura mais nova à mais antiga."""
    return Leitura.objects.filter(titular__in=titulares).order_by("-em", "-id")


def leituras_em(abrangencia: str) -> QuerySet[Leitura]:
    """As leituras de dados do território: BR, uma UF (2 dígitos) ou um município (7)."""
    if abrangencia == "BR":
        return Leitura.objects.order_by("-em", "-id")
    return Leitura.objects.filter(territorio__startswith=abrangencia or "-").order_by("-em", "-id")


#: Começa a linha em que a cabeça se guarda fora.
MARCA = "redesuas-trilha"


@dataclass(frozen=True, kw_only=True)
class Cabeca:
    """O último elo num instante, como foi guardado fora."""

    numero: int
    resumo: str
    em: str = ""

    def linha(self, *, orgao: str) -> str:
        """A linha que se guarda fora e que `redesuas trilha verificar --cabeca` lê."""
        return f"{MARCA} {self.numero} {self.resumo} {self.em or '-'} {orgao}"


def cabeca() -> Cabeca:
    """O último elo da corrente; número 0 se ela ainda está vazia."""
    ultimo = Elo.objects.order_by("-numero").first()
    if ultimo is None:
        return Cabeca(numero=0, resumo=corrente.INICIO)
    return Cabeca(numero=ultimo.numero, resumo=ultimo.resumo, em=corrente.canonico(ultimo.em))


@dataclass(frozen=True, kw_only=True)
class Situacao:
    """Como está a corrente agora."""

    numero: int
    resumo: str
    lacrada_em: str
    abertas: int
    aberta_desde: datetime | None
    verificacao: Verificacao | None


def situacao() -> Situacao:
    """A última cabeça, quantas linhas esperam o lacre e desde quando, e a última verificação."""
    ponta = cabeca()
    abertas = [
        modelo._default_manager.filter(elo__isnull=True).aggregate(n=Count("id"), desde=Min("em"))
        for modelo in corrente.TABELAS.values()
    ]
    return Situacao(
        numero=ponta.numero,
        resumo=ponta.resumo,
        lacrada_em=ponta.em,
        abertas=sum(aberta["n"] for aberta in abertas),
        aberta_desde=min((a["desde"] for a in abertas if a["desde"]), default=None),
        verificacao=Verificacao.objects.first(),
    )


def objeto_da_corrente() -> Elo:
    """O último elo, a que se prende um ato sobre a corrente inteira; sem nenhum, o de número zero."""
    return Elo.objects.order_by("-numero").first() or Elo(numero=0)
