"""Atos sobre os órgãos de um ente: registrar, atualizar, conferir, dar posse e encerrar mandato."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from suas.cadastros.orgaos import do_ente
from suas.cadastros.orgaos.models import Mandato, Orgao, nome_da_funcao, nome_do_tipo
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar


@transaction.atomic
def registrar_orgao(*, tipo: str, abrangencia: str, dados: Mapping[str, Any], por: Ator, em: datetime) -> Orgao:
    """Registra o órgão de um tipo no ente, que tem um só de cada. `dados` são os campos já conferidos."""
    if Orgao.objects.filter(tipo=tipo, abrangencia=abrangencia).exists():
        raise AtoRecusado(
            f"{nome_do_tipo(tipo, abrangencia)} já tem registro: outra pessoa acabou de fazê-lo. Abra-o e confira."
        )
    orgao = Orgao(tipo=tipo, abrangencia=abrangencia, conferido_em=em, mudou_em=em, **dados)
    orgao.nome_busca = orgao.texto_de_busca
    orgao.save()
    registrar(ato="orgaos.registrar", objeto=orgao, por=por, em=em, dados=_quem(orgao))
    return orgao


@dataclass(frozen=True, kw_only=True)
class NovoOrgao(do_ente.NovoDoEnte):
    """Um órgão a registrar com muitos outros."""

    tipo: str
    sigla: str = ""
    natureza: str = ""

    @property
    def nome_busca(self) -> str:
        return nome_de_busca(f"{self.nome} {self.sigla}")


@transaction.atomic
def registrar_orgaos(
    *, novos: Sequence[NovoOrgao], fonte: str, sintetico: bool, por: Ator, em: datetime, motivo: str = ""
) -> int:
    """Registra de uma vez os que ainda não têm registro, e a posse de quem responde; devolve quantos."""
    ja_ha = set(Orgao.objects.values_list("tipo", "abrangencia"))
    faltam = [novo for novo in novos if (novo.tipo, novo.abrangencia) not in ja_ha]
    if not faltam:
        return 0
    do_ente.registrar_em_lote(Orgao, novos=faltam, fonte=fonte, sintetico=sintetico, em=em)
    Mandato.objects.bulk_create(
        Mandato(orgao_id=novo.id, **novo.responde.__dict__) for novo in faltam if novo.responde is not None
    )
    primeiro = Orgao.objects.get(pk=faltam[0].id)
    dados = {"quantos": len(faltam), "fonte": fonte}
    registrar(ato="orgaos.registrar_varios", objeto=primeiro, por=por, em=em, motivo=motivo, dados=dados)
    return len(faltam)


@transaction.atomic
def atualizar_orgao(*, orgao: Orgao, dados: Mapping[str, Any], versao: int, por: Ator, em: datetime) -> Orgao:
    """Grava o que mudou, se ninguém gravou depois da `versao` lida. Erros: `do_ente.MudouEnquantoIsso`."""
    atual, mudados = do_ente.mudar(orgao, dados=dados, versao=versao, em=em)
    ato = "orgaos.atualizar" if mudados else "orgaos.conferir"
    registrar(ato=ato, objeto=atual, por=por, em=em, dados=_quem(atual))
    return atual


@transaction.atomic
def conferir_orgao(*, orgao: Orgao, por: Ator, em: datetime) -> Orgao:
    """Alguém do órgão diz que o registro está certo hoje."""
    do_ente.conferir(orgao, em=em)
    registrar(ato="orgaos.conferir", objeto=orgao, por=por, em=em, dados=_quem(orgao))
    return orgao


@transaction.atomic
def dar_posse(
    *,
    orgao: Orgao,
    funcao: str,
    posse: do_ente.Posse,
    por: Ator,
    em: datetime,
    hoje: date,
    arquivo: UploadedFile[bytes] | None = None,
) -> tuple[Mandato, Mandato | None]:
    """Quem assume entra e quem respondia sai no mesmo ato; devolve os dois mandatos. `arquivo` é o do ato."""
    posse = do_ente.com_o_ato(posse, arquivo=arquivo, abrangencia=orgao.abrangencia, por=por, em=em)
    novo, saiu = do_ente.dar_posse(
        Mandato.objects.all(), chave={"orgao": orgao, "funcao": funcao}, posse=posse, hoje=hoje
    )
    _mudou(orgao, em=em)
    dados = {**_quem(orgao), "funcao": nome_da_funcao(funcao, orgao.tipo), "desde": f"{posse.desde:%d/%m/%Y}"}
    registrar(ato="orgaos.dar_posse", objeto=orgao, por=por, em=em, dados=dados)
    return novo, saiu


@transaction.atomic
def encerrar_mandato(
    *, mandato: Mandato, ultimo_dia: date, motivo: str, por: Ator, em: datetime, hoje: date
) -> Mandato:
    """A função fica sem quem responda por ela até a posse seguinte."""
    encerrado: Mandato = do_ente.encerrar(mandato, ultimo_dia=ultimo_dia, hoje=hoje)
    _mudou(encerrado.orgao, em=em)
    dados = {**_quem(encerrado.orgao), "funcao": encerrado.na_funcao, "ultimo_dia": f"{ultimo_dia:%d/%m/%Y}"}
    registrar(
        ato="orgaos.encerrar_mandato", objeto=encerrado.orgao, por=por, em=em, motivo=motivo.strip(), dados=dados
    )  # fmt: skip
    return encerrado


def _mudou(orgao: Orgao, *, em: datetime) -> None:
    """Quem segue o cadastro por programa fica sabendo da mudança de quem responde."""
    orgao.mudou_em = em
    orgao.save(update_fields=["mudou_em"])


def _quem(orgao: Orgao) -> dict[str, str]:
    return {"tipo": orgao.tipo, "ente": orgao.abrangencia}
