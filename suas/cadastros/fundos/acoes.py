"""Atos sobre o fundo: registrar, atualizar, conferir, dizer quem responde, abrir e encerrar conta."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from suas.cadastros.fundos.models import Conta, Fundo, Responsavel
from suas.cadastros.orgaos import do_ente
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar


@dataclass(frozen=True, kw_only=True)
class NovaConta:
    """A conta como se lê no extrato."""

    banco: str
    agencia: str
    numero: str
    finalidade: str
    desde: date | None = None


@transaction.atomic
def registrar_fundo(*, abrangencia: str, dados: Mapping[str, Any], por: Ator, em: datetime) -> Fundo:
    """Registra o fundo do ente, que tem um só."""
    if Fundo.objects.filter(abrangencia=abrangencia).exists():
        raise AtoRecusado("O fundo já tem registro, feito agora há pouco por outra pessoa. Abra-o e confira.")
    fundo = Fundo(abrangencia=abrangencia, conferido_em=em, mudou_em=em, **dados)
    fundo.nome_busca = fundo.texto_de_busca
    fundo.save()
    registrar(ato="fundos.registrar", objeto=fundo, por=por, em=em, dados={"ente": abrangencia})
    return fundo


@transaction.atomic
def registrar_fundos(
    *, novos: Sequence[do_ente.NovoDoEnte], fonte: str, sintetico: bool, por: Ator, em: datetime, motivo: str = ""
) -> int:
    """Registra de uma vez os que ainda não têm registro, e quem gere cada um; devolve quantos."""
    ja_ha = set(Fundo.objects.values_list("abrangencia", flat=True))
    faltam = [novo for novo in novos if novo.abrangencia not in ja_ha]
    if not faltam:
        return 0
    do_ente.registrar_em_lote(Fundo, novos=faltam, fonte=fonte, sintetico=sintetico, em=em)
    Responsavel.objects.bulk_create(
        Responsavel(fundo_id=novo.id, **novo.responde.__dict__) for novo in faltam if novo.responde is not None
    )
    primeiro = Fundo.objects.get(pk=faltam[0].id)
    dados = {"quantos": len(faltam), "fonte": fonte}
    registrar(ato="fundos.registrar_varios", objeto=primeiro, por=por, em=em, motivo=motivo, dados=dados)
    return len(faltam)


@transaction.atomic
def atualizar_fundo(*, fundo: Fundo, dados: Mapping[str, Any], versao: int, por: Ator, em: datetime) -> Fundo:
    """Grava o que mudou, se ninguém gravou depois da `versao` lida. Erros: `do_ente.MudouEnquantoIsso`."""
    atual, mudados = do_ente.mudar(fundo, dados=dados, versao=versao, em=em)
    ato = "fundos.atualizar" if mudados else "fundos.conferir"
    registrar(ato=ato, objeto=atual, por=por, em=em, dados={"ente": atual.abrangencia})
    return atual


@transaction.atomic
def conferir_fundo(*, fundo: Fundo, por: Ator, em: datetime) -> Fundo:
    """Alguém do ente diz que o registro está certo hoje."""
    do_ente.conferir(fundo, em=em)
    registrar(ato="fundos.conferir", objeto=fundo, por=por, em=em, dados={"ente": fundo.abrangencia})
    return fundo


@transaction.atomic
def nomear_responsavel(
    *,
    fundo: Fundo,
    funcao: str,
    posse: do_ente.Posse,
    por: Ator,
    em: datetime,
    hoje: date,
    arquivo: UploadedFile[bytes] | None = None,
) -> tuple[Responsavel, Responsavel | None]:
    """Quem assume a gestão do fundo, ou a ordenação das despesas, entra; quem respondia sai no mesmo ato."""
    posse = do_ente.com_o_ato(posse, arquivo=arquivo, abrangencia=fundo.abrangencia, por=por, em=em)
    novo, saiu = do_ente.dar_posse(
        Responsavel.objects.all(), chave={"fundo": fundo, "funcao": funcao}, posse=posse, hoje=hoje
    )
    _mudou(fundo, em=em)
    dados = {"ente": fundo.abrangencia, "funcao": novo.na_funcao, "desde": f"{posse.desde:%d/%m/%Y}"}
    registrar(ato="fundos.nomear_responsavel", objeto=fundo, por=por, em=em, dados=dados)
    return novo, saiu


@transaction.atomic
def encerrar_responsavel(
    *, responsavel: Responsavel, ultimo_dia: date, motivo: str, por: Ator, em: datetime, hoje: date
) -> Responsavel:
    """A função fica sem quem responda por ela até a nomeação seguinte."""
    encerrado: Responsavel = do_ente.encerrar(responsavel, ultimo_dia=ultimo_dia, hoje=hoje)
    _mudou(encerrado.fundo, em=em)
    dados = {"funcao": encerrado.na_funcao, "ultimo_dia": f"{ultimo_dia:%d/%m/%Y}"}
    registrar(
        ato="fundos.encerrar_responsavel",
        objeto=encerrado.fundo,
        por=por,
        em=em,
        motivo=motivo.strip(),
        dados=dados,
    )
    return encerrado


@transaction.atomic
def abrir_conta(*, fundo: Fundo, nova: NovaConta, por: Ator, em: datetime) -> Conta:
    """Acrescenta uma conta bancária ao fundo. A mesma conta não entra duas vezes."""
    if Conta.objects.filter(banco=nova.banco, agencia=nova.agencia, numero=nova.numero).exists():
        raise AtoRecusado(f"A conta {nova.numero}, agência {nova.agencia}, já está registrada. Confira o número.")
    conta = Conta.objects.create(fundo=fundo, **nova.__dict__)
    _mudou(fundo, em=em)
    registrar(ato="fundos.abrir_conta", objeto=fundo, por=por, em=em, dados={"finalidade": conta.finalidade})
    return conta


@transaction.atomic
def encerrar_conta(*, conta: Conta, ultimo_dia: date, motivo: str, por: Ator, em: datetime, hoje: date) -> Conta:
    """A conta deixa de ser do fundo depois do último dia; o que passou por ela continua ligado a ela."""
    atual = Conta.objects.select_for_update(of=("self",)).get(pk=conta.pk)
    if atual.ate is not None:
        raise AtoRecusado("Esta conta já está encerrada.")
    if ultimo_dia > hoje or (atual.desde is not None and ultimo_dia < atual.desde):
        raise AtoRecusado("O último dia da conta fica entre o dia em que ela abriu e hoje. Confira.")
    atual.ate = ultimo_dia + timedelta(days=1)
    atual.save(update_fields=["ate"])
    _mudou(atual.fundo, em=em)
    dados = {"finalidade": atual.finalidade, "ultimo_dia": f"{ultimo_dia:%d/%m/%Y}"}
    registrar(ato="fundos.encerrar_conta", objeto=atual.fundo, por=por, em=em, motivo=motivo.strip(), dados=dados)
    return atual


def _mudou(fundo: Fundo, *, em: datetime) -> None:
    """Quem segue o cadastro por programa fica sabendo."""
    fundo.mudou_em = em
    fundo.save(update_fields=["mudou_em"])
