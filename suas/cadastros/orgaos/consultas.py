"""O que se pergunta sobre os órgãos de um ente."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from normas.territorio.federacao import UF_POR_CODIGO
from suas.cadastros.orgaos.models import DoEnte, Mandato, Orgao, do_territorio, nome_do_tipo
from suas.cadastros.territorio.models import Municipio
from suas.nucleo.identidade import lugares
from suas.nucleo.permissoes.abrangencia import BRASIL
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.tela import frescor as conferencia
from suas.nucleo.tela.afazer import Pendencia

DISTRITO_FEDERAL = "53"
TIPOS = tuple(Orgao.Tipo)
#: Que permissão cuida de cada tipo: o conselho cuida do próprio registro, e o gestor não o toca.
PERMISSAO_DO_TIPO = {
    Orgao.Tipo.ORGAO_GESTOR: Permissao.ORGAO_ATUALIZAR,
    Orgao.Tipo.GOVERNO: Permissao.ORGAO_ATUALIZAR,
    Orgao.Tipo.CONSELHO: Permissao.CONSELHO_ATUALIZAR,
}


@dataclass(frozen=True, kw_only=True)
class Ente:
    """A União, uma UF ou um município, com o nome e, no município, a UF."""

    codigo: str
    nome: str
    uf: str = ""

    @property
    def e_municipio(self) -> bool:
        return len(self.codigo) == 7

    @property
    def e_uf(self) -> bool:
        return len(self.codigo) == 2 and self.codigo != BRASIL

    @property
    def sigla(self) -> str:
        """A sigla da UF do ente; vazia no país."""
        codigo = self.uf or self.codigo
        return UF_POR_CODIGO[codigo].sigla if codigo in UF_POR_CODIGO else ""


def ente(codigo: str) -> Ente | None:
    """O ente de um código, ou nada. O Distrito Federal é um só, e o código do município leva a ele."""
    if codigo == BRASIL:
        return Ente(codigo=BRASIL, nome=lugares.NOME_DO_PAIS)
    if not tem_registro_proprio(codigo):
        codigo = DISTRITO_FEDERAL
    if len(codigo) == 2:
        return Ente(codigo=codigo, nome=UF_POR_CODIGO[codigo].nome) if codigo in UF_POR_CODIGO else None
    if not Municipio.objects.filter(pk=codigo).exists():
        return None
    return Ente(codigo=codigo, nome=lugares.nome(codigo), uf=codigo[:2])


def tem_registro_proprio(codigo: str) -> bool:
    """O código é de um ente com registro seu? O município do Distrito Federal usa o da UF; sem território, nenhum."""
    return bool(codigo) and not (len(codigo) == 7 and codigo.startswith(DISTRITO_FEDERAL))


def orgaos_do_ente(codigo: str) -> dict[str, Orgao]:
    """Os órgãos registrados no ente, por tipo."""
    return {orgao.tipo: orgao for orgao in Orgao.objects.filter(abrangencia=codigo)}


def de_dentro(onde: str) -> QuerySet[Orgao]:
    """Os órgãos dos entes de dentro de um território."""
    return do_territorio(Orgao.objects.all(), onde)


def em_exercicio(orgaos: Iterable[Orgao]) -> dict[tuple[object, str], Mandato]:
    """Quem responde agora por cada órgão, por órgão e função."""
    abertos = Mandato.objects.filter(orgao__in=[orgao.pk for orgao in orgaos], ate__isnull=True).select_related("orgao")
    return {(mandato.orgao_id, mandato.funcao): mandato for mandato in abertos}


@dataclass(frozen=True, kw_only=True)
class Cartao:
    """Um órgão na página do ente: o registro, se há, e quem responde por ele."""

    tipo: str
    titulo: str
    orgao: Orgao | None
    titular: Mandato | None


def cartoes(codigo: str) -> list[Cartao]:
    """Os três órgãos do ente, na ordem, também os que ninguém registrou."""
    achados = orgaos_do_ente(codigo)
    respondem = em_exercicio(achados.values())
    return [
        Cartao(
            tipo=tipo,
            titulo=nome_do_tipo(tipo, codigo),
            orgao=(orgao := achados.get(tipo)),
            titular=respondem.get((orgao.pk, Mandato.Funcao.TITULAR)) if orgao else None,
        )
        for tipo in TIPOS
    ]


def frescor(registro: DoEnte, *, hoje: date) -> str:
    """Há quanto tempo ninguém confere, em palavras; vazio se nunca se conferiu."""
    return conferencia.em_palavras(registro.conferido_em, hoje=hoje, como="conferido")


def esta_velho(registro: DoEnte, *, hoje: date) -> bool:
    """Passou do prazo em que se espera que alguém confira (leitura do projeto)."""
    return conferencia.esta_velho(registro.conferido_em, hoje=hoje)


def pendencias(ator: Ator, hoje: date) -> Iterable[Pendencia]:
    """“A fazer” de quem cuida de um órgão: registrar, conferir o que envelheceu, dizer quem assumiu."""
    codigo = ator.abrangencia
    tipos = [tipo for tipo, permissao in PERMISSAO_DO_TIPO.items() if permissao in ator.papel.permissoes]
    if not tipos or not tem_registro_proprio(codigo):
        return
    achados = orgaos_do_ente(codigo)
    acabaram = set(
        Mandato.objects.filter(orgao__in=[o.pk for o in achados.values()], ate__isnull=True)
        .filter(Q(previsto_ate__lt=hoje))
        .values_list("orgao_id", flat=True)
    )
    for tipo in tipos:
        yield from _do_orgao(tipo, codigo, achados.get(tipo), acabaram=acabaram, hoje=hoje)


def _do_orgao(
    tipo: str, codigo: str, orgao: Orgao | None, *, acabaram: set[UUID], hoje: date
) -> Iterable[Pendencia]:  # fmt: skip
    nome = nome_do_tipo(tipo, codigo)
    if orgao is None:
        yield Pendencia(
            titulo=f"{nome}: falta registrar",
            situacao="sem registro",
            por_que="O cadastro do SUAS é feito por cada ente, e os outros sistemas partem dele.",
            endereco=reverse("orgao-editar", args=[codigo, tipo]),
            acao="registrar",
        )
        return
    if orgao.pk in acabaram:
        yield Pendencia(
            titulo=f"{nome}: o mandato previsto já passou",
            situacao="mandato vencido",
            por_que="O fim previsto no ato passou, e ninguém disse se a pessoa continua ou quem assumiu.",
            endereco=reverse("orgao", args=[codigo, tipo]),
            acao="dizer quem responde",
        )
    if esta_velho(orgao, hoje=hoje):
        yield Pendencia(
            titulo=f"{nome}: confira o cadastro",
            situacao=frescor(orgao, hoje=hoje) or "nunca conferido",
            por_que=f"Ninguém conferiu nos últimos {conferencia.prazo(hoje=hoje)} dias.",
            endereco=reverse("orgao", args=[codigo, tipo]),
            acao="conferir",
        )
