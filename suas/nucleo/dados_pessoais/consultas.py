"""O registro do tratamento, o que já pode sair pela guarda e o que a instalação guarda de uma pessoa."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Model, QuerySet
from django.utils import timezone

from suas.nucleo import classificacao, tranca
from suas.nucleo.classificacao import Tabela
from suas.nucleo.dados_pessoais import guarda, titulares
from suas.nucleo.dados_pessoais.models import Pedido, Situacao
from suas.nucleo.identidade import consultas as identidade
from suas.nucleo.identidade import lugares
from suas.nucleo.permissoes.papeis import PAPEIS
from suas.nucleo.tela import filtros
from suas.nucleo.trilha import consultas as trilha

if TYPE_CHECKING:
    from suas.nucleo.identidade.models import Pessoa

#: O que protege os dados em qualquer operação (LGPD, art. 46).
MEDIDAS = (
    "Cada um só alcança o seu território e o que o papel em uso permite.",
    "Todo ato e toda leitura de dado de outra pessoa ficam na trilha, que só recebe acréscimos.",
    "Na trilha, o dado pessoal é cifrado com uma chave por pessoa; apagada a pessoa, a chave é destruída.",
    "Senhas guardadas só em resumo (argon2); códigos e chaves, só em resumo ou cifrados.",
    "O registro do servidor não leva e-mail, CPF, NIS, senha nem conteúdo de formulário.",
    "Páginas sem recurso de fora, cookies só do sistema, sem rastreadores.",
)
#: As tabelas da trilha têm páginas próprias: quem leu, e a história de cada objeto.
NA_TRILHA = "trilha."
MOSTRADAS = 20
LIMITE_DA_COPIA = 5_000


@dataclass(frozen=True, kw_only=True)
class Operacao:
    """Uma operação de tratamento do registro: as tabelas que têm a mesma finalidade, base legal e guarda."""

    finalidade: str
    base_legal: str
    titulares: str
    compartilhamento: str
    guarda: guarda.Regra
    tabelas: tuple[str, ...]
    pessoais: tuple[str, ...]
    sensiveis: tuple[str, ...]


def registro(*, em: date) -> list[Operacao]:
    """As operações de tratamento (LGPD, art. 37), tiradas da classificação dos campos."""
    grupos: dict[tuple[str, ...], list[Tabela]] = {}
    for tabela in classificacao.declaradas():
        if tabela.fala_de_pessoa:
            chave = (
                tabela.finalidade,
                tabela.base_legal,
                tabela.guarda,
                tabela.titulares,
                tabela.compartilhamento,
            )
            grupos.setdefault(chave, []).append(tabela)
    return [
        Operacao(
            finalidade=finalidade,
            base_legal=base_legal,
            titulares=titulares,
            compartilhamento=compartilhamento,
            guarda=guarda.regra(nome, em=em),
            tabelas=tuple(classificacao.titulo(tabela.modelo) for tabela in tabelas),
            pessoais=_rotulos(tabelas, "pessoal"),
            sensiveis=_rotulos(tabelas, "sensivel"),
        )
        for (finalidade, base_legal, nome, titulares, compartilhamento), tabelas in sorted(grupos.items())
    ]


def _rotulos(tabelas: list[Tabela], classe: str) -> tuple[str, ...]:
    ditos = {
        classificacao.rotulo(tabela.modelo, campo): None for tabela in tabelas for campo in getattr(tabela, classe)
    }
    return tuple(ditos) or (("qual pessoa, por um código",) if classe == "pessoal" else ())


@dataclass(frozen=True, kw_only=True)
class Vencido:
    """O que a guarda deixa sair hoje de uma tabela."""

    tabela: Tabela
    titulo: str
    regra: guarda.Regra
    antes_de: datetime
    linhas: int


def vencidos(*, em: datetime) -> list[Vencido]:
    """De cada tabela com prazo, quantas linhas passaram dele em `em`."""
    return [
        Vencido(
            tabela=tabela,
            titulo=classificacao.titulo(tabela.modelo),
            regra=regra,
            antes_de=antes_de,
            linhas=vencidas_de(tabela, antes_de=antes_de).count(),
        )
        for tabela, regra, antes_de in _prazos(em)
    ]


def _prazos(em: datetime) -> Iterator[tuple[Tabela, guarda.Regra, datetime]]:
    for tabela in classificacao.declaradas():
        if tabela.vence:
            regra = guarda.regra(tabela.guarda, em=em.date())
            if regra.dias is not None:
                yield tabela, regra, em - timedelta(days=regra.dias)


def vencidas_de(tabela: Tabela, *, antes_de: datetime) -> QuerySet[Model]:
    """As linhas cuja data de guarda é anterior; sem data, a linha ainda não começou a contar."""
    so = {f"{campo}__in": valores for campo, valores in tabela.vence_so.items()}
    return _linhas(tabela).filter(**{f"{tabela.vence}__lt": antes_de}, **so)


def _linhas(tabela: Tabela) -> QuerySet[Model]:
    modelo: type[Model] = apps.get_model(tabela.modelo)
    return modelo._default_manager.all()


@dataclass(frozen=True, kw_only=True)
class Guardado:
    """O que uma tabela guarda de uma pessoa, em palavras."""

    modelo: str
    titulo: str
    finalidade: str
    guarda: guarda.Regra
    rotulos: tuple[str, ...]
    linhas: tuple[tuple[str, ...], ...]
    total: int


@tranca.como_sistema()  # o que é dela, a pessoa vê onde estiver, e não só no território do vínculo em uso
def guardado_de(pessoa_id: UUID, *, em: date, limite: int = MOSTRADAS) -> list[Guardado]:
    """Tudo o que a instalação guarda da pessoa, tabela por tabela; de cada uma, as `limite` linhas mais novas.

    Segredos (senha, código) não saem nem para ela; a chave que leva à própria pessoa não diz nada a ninguém.
    """
    achados = []
    ids = titulares.de(pessoa_id)
    for tabela in classificacao.declaradas():
        if not tabela.titular or tabela.modelo.startswith(NA_TRILHA):
            continue
        dela = _linhas(tabela).filter(**{f"{tabela.titular}__in": ids})
        campos = [campo for campo in dela.model._meta.local_fields if _mostra(tabela, campo)]
        total = dela.count()
        if not total:
            continue
        achados.append(
            Guardado(
                modelo=tabela.modelo,
                titulo=classificacao.titulo(tabela.modelo),
                finalidade=tabela.finalidade,
                guarda=guarda.regra(tabela.guarda, em=em),
                rotulos=tuple(classificacao.rotulo(tabela.modelo, campo.name) for campo in campos),
                linhas=tuple(
                    tuple(em_palavras(linha, campo) for campo in campos) for linha in dela.order_by("-pk")[:limite]
                ),
                total=total,
            )
        )
    return achados


def _mostra(tabela: Tabela, campo: models.Field[Any, Any]) -> bool:
    """Nem segredo, nem o que leva a outra pessoa, nem identificador que não diz nada a quem lê."""
    if campo.name in tabela.segredo or isinstance(campo, models.UUIDField) or campo.primary_key:
        return False
    if isinstance(campo, models.ForeignKey):
        alvo = classificacao.de(campo.related_model._meta.label_lower)
        return alvo is not None and not alvo.fala_de_pessoa
    return True


def em_palavras(linha: Model, campo: Any) -> str:
    """O valor como se lê: a escolha pelo nome, o instante em Brasília, sim ou não."""
    if isinstance(campo, models.ForeignKey):
        return str(getattr(linha, campo.name) or filtros.AUSENTE)
    if campo.choices:
        return str(getattr(linha, f"get_{campo.name}_display")())
    valor = getattr(linha, campo.attname)
    if campo.name in {"abrangencia", "com"} and valor:
        return lugares.nome(valor)
    if campo.name == "papel" and valor in PAPEIS:
        return PAPEIS[valor].nome
    if valor is None or valor in ("", {}, []):
        return filtros.AUSENTE
    if isinstance(valor, bool):
        return "sim" if valor else "não"
    if isinstance(valor, datetime):
        return filtros.momento(valor if timezone.is_aware(valor) else timezone.make_aware(valor))
    if isinstance(valor, date):
        return filtros.dia(valor)
    if isinstance(valor, list | tuple):
        return ", ".join(str(item) for item in valor) or filtros.AUSENTE
    return str(valor)


def copia_de(pessoa: Pessoa, *, em: datetime) -> dict[str, Any]:
    """A cópia que a pessoa baixa, num formato que outro programa lê (LGPD, art. 18, II, e art. 25)."""
    return {
        "formato": "redesuas.meus_dados.1",
        "em": em.isoformat(),
        "pessoa": str(pessoa.pk),
        "tabelas": [
            {
                "o_que_e": grupo.titulo,
                "finalidade": grupo.finalidade,
                "guarda": f"{grupo.guarda.em_palavras} ({grupo.guarda.conta})",
                "linhas": grupo.total,
                "dados": [dict(zip(grupo.rotulos, linha, strict=True)) for linha in grupo.linhas],
            }
            for grupo in guardado_de(pessoa.pk, em=em.date(), limite=LIMITE_DA_COPIA)
        ],
        "quem_leu": [
            {
                "em": lida.em.isoformat(),
                "papel": lida.papel,
                "orgao": lida.orgao,
                "campos": lida.campos,
                "onde": lida.tabela,
                "motivo": lida.motivo,
            }
            for lida in leituras_em_palavras(trilha.leituras_de(*titulares.de(pessoa.pk))[:LIMITE_DA_COPIA])
        ],
    }


@dataclass(frozen=True, kw_only=True)
class LeituraEmPalavras:
    """Uma leitura dos dados da pessoa, sem dizer quem leu: o papel, o órgão, o que e por quê."""

    em: datetime
    papel: str
    orgao: str
    tabela: str
    campos: str
    motivo: str


def leituras_em_palavras(leituras: Iterable[Any]) -> list[LeituraEmPalavras]:
    """As leituras prontas para quem tem os dados lidos, na ordem em que vieram."""
    lidas = list(leituras)
    orgaos = identidade.orgaos_dos_vinculos({lida.vinculo_id for lida in lidas if lida.vinculo_id})
    return [
        LeituraEmPalavras(
            em=lida.em,
            papel=PAPEIS[lida.papel].nome if lida.papel in PAPEIS else lida.papel,
            orgao=orgaos.get(lida.vinculo_id, ""),
            tabela=classificacao.titulo(lida.tabela),
            campos=", ".join(classificacao.rotulo(lida.tabela, campo) for campo in lida.campos),
            motivo=lida.motivo,
        )
        for lida in lidas
    ]


def pedidos_de(pessoa_id: UUID) -> QuerySet[Pedido]:
    return Pedido.objects.filter(pessoa_id=pessoa_id)


def pedidos_abertos() -> QuerySet[Pedido]:
    """Os que esperam resposta, do mais antigo ao mais novo."""
    return Pedido.objects.filter(situacao=Situacao.ABERTO).select_related("pessoa").order_by("pedido_em", "id")


def pedidos_respondidos() -> QuerySet[Pedido]:
    return Pedido.objects.exclude(situacao=Situacao.ABERTO).select_related("pessoa").order_by("-respondido_em", "id")


def sem_prazo(*, em: date) -> list[guarda.Regra]:
    """As regras do que não se apaga sozinho, com a razão."""
    em_vigor = (guarda.regra(nome, em=em) for nome in guarda.regras())
    return [regra for regra in em_vigor if regra.dias is None]
