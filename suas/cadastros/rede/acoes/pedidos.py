"""Pedir que uma unidade abra, feche, reabra, se junte ou se desmembre, ou que se desfaça; responder; desfazer.

Quem pede não responde.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from suas.cadastros.rede import consultas, juncao, permissoes
from suas.cadastros.rede.acoes import desmembramento, existencia, fusao
from suas.cadastros.rede.models import Pedido, Unidade
from suas.cadastros.territorio.models import Municipio
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.avisos.acoes import avisar
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela.filtros import dia as dia_escrito
from suas.nucleo.trilha.acoes import registrar


@dataclass(frozen=True, kw_only=True)
class NovoPedido:
    """O que se pede. `dados`: na abertura, os campos da unidade; no fechamento, `dia` e `destino`; datas em ISO.

    Na junção, `unidade` é a que sai, e `dados` diz a que `fica` e os `campos` em que vale o cadastro que sai. No
    desmembramento, `unidade` é a origem, e `dados` traz os campos da nova e as `escolhas` do que passa a ela. Para
    desfazer um dos dois, `dados` é o que `para_desfazer` monta.
    """

    tipo: Pedido.Tipo
    municipio: Municipio
    justificativa: str
    unidade: Unidade | None = None
    dados: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def pedir(*, novo: NovoPedido, por: Ator, em: datetime, hoje: date) -> Pedido:
    """Registra o pedido e avisa quem o responde. Recusa o que já se sabe que não caberia aprovar."""
    _exigir_que_caiba(novo)
    pedido = Pedido.objects.create(
        tipo=novo.tipo,
        unidade=novo.unidade,
        municipio=novo.municipio,
        dados=dict(novo.dados),
        justificativa=novo.justificativa.strip(),
        pedido_por=por.vinculo.pk if por.vinculo else None,
        pedido_em=em,
    )
    registrar(ato="rede.pedir", objeto=pedido, por=por, em=em, motivo=pedido.justificativa)
    for pessoa_id in permissoes.quem_responde(pedido, dia=hoje):
        avisar(
            modelo="rede.pedido",
            causa=f"pedido:{pedido.pk}",
            pessoa_id=pessoa_id,
            dados={"pedido": str(pedido), "lugar": str(novo.municipio), "justificativa": pedido.justificativa},
            endereco=reverse("rede-pedido", args=[pedido.pk]),
            por=por,
            em=em,
        )
    return pedido


def _exigir_que_caiba(novo: NovoPedido) -> None:
    if novo.unidade is not None:
        _exigir_sem_pedido(novo.unidade, novo.dados.get("fica"))
    if novo.tipo == Pedido.Tipo.FUNDIR and novo.unidade is not None:
        fusao.exigir_que_se_juntem(sai=novo.unidade, fica=_a_que_fica(novo.dados))
    elif novo.tipo == Pedido.Tipo.DESMEMBRAR and novo.unidade is not None:
        desmembramento.exigir_que_se_desmembre(novo.unidade)
        _exigir_nome_livre(novo)
    elif novo.tipo == Pedido.Tipo.ABRIR:
        _exigir_nome_livre(novo)
    elif novo.tipo == Pedido.Tipo.FECHAR and novo.unidade is not None:
        existencia.exigir_dia_de_fechar(novo.unidade, dia=date.fromisoformat(novo.dados["dia"]))
    elif novo.tipo == Pedido.Tipo.REABRIR and novo.unidade is not None:
        existencia.exigir_que_reabra(novo.unidade)
    elif novo.tipo == Pedido.Tipo.DESFAZER:
        _exigir_que_se_desfaca(Pedido.objects.select_related("unidade").get(pk=novo.dados["pedido"]))


def para_desfazer(feito: Pedido, *, justificativa: str) -> NovoPedido:
    """O pedido para que se desfaça o que outro, aprovado, fez; `fica` é a outra unidade, que também se trava."""
    outra = feito.dados.get("fica") or feito.feito.get("nova", "")
    return NovoPedido(
        tipo=Pedido.Tipo.DESFAZER,
        municipio=feito.municipio,
        unidade=feito.unidade,
        justificativa=justificativa,
        dados={"pedido": str(feito.pk), "do_que": juncao.em_substantivo(feito), "fica": outra},
    )


def _exigir_sem_pedido(unidade: Unidade, fica: str | None) -> None:
    """Recusa um segundo pedido sobre a mesma unidade, também a que ficaria de uma junção; um de cada vez."""
    envolvidas = [str(unidade.pk), *([fica] if fica else [])]
    # travadas, na mesma ordem: quem pede ao mesmo tempo espera, e vê o pedido do outro
    list(Unidade.objects.select_for_update(of=("self",)).filter(pk__in=envolvidas).order_by("pk"))
    sobre_elas = Q(unidade__in=envolvidas) | Q(dados__fica__in=envolvidas)
    a_espera = Pedido.objects.filter(sobre_elas, estado=Pedido.Estado.ESPERA).select_related("unidade").first()
    if a_espera is not None:
        raise AtoRecusado(
            f"Já há um pedido para {a_espera}, de {dia_escrito(a_espera.pedido_em)}, à espera de resposta."
        )


def _a_que_fica(dados: Mapping[str, Any]) -> Unidade:
    return Unidade.objects.select_related("municipio__uf", "fundida_em").get(pk=dados["fica"])


def _exigir_nome_livre(novo: NovoPedido) -> None:
    nome, tipo = str(novo.dados["nome"]), novo.dados["tipo"]
    iguais = Unidade.objects.filter(
        municipio=novo.municipio, tipo=tipo, nome_busca=nome_de_busca(nome), fundida_em__isnull=True
    )
    if igual := iguais.first():
        como = "fechada: peça a reabertura na ficha dela" if igual.fechada_em else "aberta"
        raise AtoRecusado(
            f"{novo.municipio} já tem {igual.nome}, {como}. Se é outra unidade, escreva um nome que as distinga.",
            campo="nome",
        )
    pedidos = Pedido.objects.filter(municipio=novo.municipio, tipo=Pedido.Tipo.ABRIR, estado=Pedido.Estado.ESPERA)
    if any(nome_de_busca(p.dados["nome"]) == nome_de_busca(nome) and p.dados["tipo"] == tipo for p in pedidos):
        raise AtoRecusado(f"Já há um pedido para abrir {nome}, à espera de resposta.", campo="nome")


@transaction.atomic
def aprovar(*, pedido: Pedido, resposta: str, por: Ator, em: datetime) -> Pedido:
    """Faz o que se pediu e avisa quem pediu. Se já não cabe, recusa em palavras e nada muda."""
    travado = _a_espera(pedido, por=por)
    travado.unidade = _FEITOS[travado.tipo](travado, por, em)
    return _responder(travado, estado=Pedido.Estado.APROVADO, resposta=resposta, ato="rede.aprovar", por=por, em=em)


@transaction.atomic
def recusar(*, pedido: Pedido, resposta: str, por: Ator, em: datetime) -> Pedido:
    """Recusa o pedido, com o motivo que quem pediu vai ler."""
    if not resposta.strip():
        raise AtoRecusado("Escreva por que o pedido é recusado: quem pediu vai ler.", campo="resposta")
    travado = _a_espera(pedido, por=por)
    return _responder(travado, estado=Pedido.Estado.RECUSADO, resposta=resposta, ato="rede.recusar", por=por, em=em)


@transaction.atomic
def desistir(*, pedido: Pedido, por: Ator, em: datetime) -> Pedido:
    """Retira o pedido antes da resposta; só quem pediu."""
    travado = _travado(pedido)
    if not consultas.e_de_quem_pediu(por, travado):
        raise AtoRecusado("Só quem fez o pedido o retira.")
    travado.estado, travado.respondido_em = Pedido.Estado.DESISTIDO, em
    travado.save(update_fields=["estado", "respondido_em"])
    registrar(ato="rede.desistir", objeto=travado, por=por, em=em)
    return travado


def _travado(pedido: Pedido) -> Pedido:
    travado = Pedido.objects.select_for_update(of=("self",)).select_related("unidade", "municipio").get(pk=pedido.pk)
    if travado.estado != Pedido.Estado.ESPERA:
        raise AtoRecusado(
            f"Este pedido já foi {travado.get_estado_display()}, em {dia_escrito(travado.respondido_em)}."
        )
    return travado


def _a_espera(pedido: Pedido, *, por: Ator) -> Pedido:
    travado = _travado(pedido)
    if consultas.e_de_quem_pediu(por, travado):
        raise AtoRecusado("Quem pede não responde o próprio pedido: outra pessoa precisa respondê-lo.")
    return travado


def _responder(
    pedido: Pedido, *, estado: Pedido.Estado, resposta: str, ato: str, por: Ator, em: datetime
) -> Pedido:  # fmt: skip
    pedido.estado, pedido.resposta, pedido.respondido_em = estado, resposta.strip(), em
    pedido.respondido_por = por.vinculo.pk if por.vinculo else None
    pedido.save(update_fields=["estado", "resposta", "respondido_em", "respondido_por", "unidade", "feito"])
    registrar(ato=ato, objeto=pedido, por=por, em=em, motivo=pedido.resposta)
    quem = consultas.quem_pediu(pedido)
    if quem is not None:
        avisar(
            modelo="rede.resposta",
            causa=f"resposta:{pedido.pk}",
            pessoa_id=quem.pessoa_id,
            dados={
                "pedido": str(pedido),
                "estado": estado.label,
                "resposta": pedido.resposta or "sem observação",
                "lugar": str(pedido.municipio),
            },
            endereco=reverse("rede-pedido", args=[pedido.pk]),
            por=por,
            em=em,
        )
    return pedido


def _abrir(pedido: Pedido, por: Ator, em: datetime) -> Unidade:
    campos = dict(pedido.dados)
    campos["aberta_em"] = date.fromisoformat(campos.pop("dia"))
    return existencia.abrir(municipio=pedido.municipio_id, campos=campos, por=por, em=em, motivo=pedido.justificativa)


def _fechar(pedido: Pedido, por: Ator, em: datetime) -> Unidade:
    assert pedido.unidade is not None
    dia = date.fromisoformat(pedido.dados["dia"])
    return existencia.fechar(unidade=pedido.unidade, dia=dia, motivo=pedido.justificativa, por=por, em=em)


def _reabrir(pedido: Pedido, por: Ator, em: datetime) -> Unidade:
    assert pedido.unidade is not None
    return existencia.reabrir(unidade=pedido.unidade, motivo=pedido.justificativa, por=por, em=em)


def _fundir(pedido: Pedido, por: Ator, em: datetime) -> Unidade:
    assert pedido.unidade is not None
    pedido.feito = fusao.fundir(
        sai=pedido.unidade,
        fica=_a_que_fica(pedido.dados),
        campos=pedido.dados["campos"],
        motivo=pedido.justificativa,
        por=por,
        em=em,
    )
    return pedido.unidade


def _desfazer(pedido: Pedido, por: Ator, em: datetime) -> Unidade:
    assert pedido.unidade is not None
    feito = Pedido.objects.get(pk=pedido.dados["pedido"])
    desfazer(pedido=feito, motivo=pedido.justificativa, por=por, em=em, a_pedido=pedido)
    return pedido.unidade


def _desmembrar(pedido: Pedido, por: Ator, em: datetime) -> Unidade:
    assert pedido.unidade is not None
    pedido.feito = desmembramento.desmembrar(
        origem=pedido.unidade, dados=pedido.dados, motivo=pedido.justificativa, por=por, em=em
    )
    return pedido.unidade


#: O que se faz quando um pedido de cada tipo é aprovado.
_FEITOS: Mapping[str, Callable[[Pedido, Ator, datetime], Unidade]] = {
    Pedido.Tipo.ABRIR: _abrir,
    Pedido.Tipo.FECHAR: _fechar,
    Pedido.Tipo.REABRIR: _reabrir,
    Pedido.Tipo.FUNDIR: _fundir,
    Pedido.Tipo.DESMEMBRAR: _desmembrar,
    Pedido.Tipo.DESFAZER: _desfazer,
}


@transaction.atomic
def desfazer(*, pedido: Pedido, motivo: str, por: Ator, em: datetime, a_pedido: Pedido | None = None) -> Pedido:
    """Desfaz o que a aprovação fez, com motivo, e avisa quem pediu; o que mudou depois não volta, e fica escrito.

    `a_pedido` é o pedido para desfazer, se foi por um: quem o fez recebe a resposta a ele, e não dois avisos.
    Erros: `AtoRecusado` se falta o motivo, se o pedido não é desses, se quem desfaz é quem pediu ou se já não cabe.
    """
    if not motivo.strip():
        raise AtoRecusado("Escreva por que se desfaz: fica na história das duas unidades.", campo="motivo")
    travado = Pedido.objects.select_for_update(of=("self",)).select_related("unidade", "municipio").get(pk=pedido.pk)
    _exigir_que_se_desfaca(travado)
    if consultas.e_de_quem_pediu(por, travado):
        raise AtoRecusado("Quem pediu não desfaz: outra pessoa que responde pedidos precisa fazê-lo.")
    travado.motivo_de_desfazer = motivo.strip()
    nao_voltou = _DESFEITOS[travado.tipo](travado, por, em)
    travado.feito = {**travado.feito, "nao_voltou": nao_voltou}
    travado.estado, travado.desfeito_em = Pedido.Estado.DESFEITO, em
    travado.desfeito_por = por.vinculo.pk if por.vinculo else None
    travado.save(update_fields=["estado", "desfeito_em", "desfeito_por", "motivo_de_desfazer", "feito"])
    registrar(ato="rede.desfazer", objeto=travado, por=por, em=em, motivo=travado.motivo_de_desfazer)
    if (quem := consultas.quem_pediu(travado)) is not None and not _e_de(a_pedido, quem.pessoa_id):
        avisar(
            modelo="rede.desfeito",
            causa=f"desfeito:{travado.pk}",
            pessoa_id=quem.pessoa_id,
            dados={
                "pedido": str(travado),
                "lugar": str(travado.municipio),
                "motivo": travado.motivo_de_desfazer,
                "nao_voltou": "; ".join(nao_voltou) or "nada",
            },
            endereco=reverse("rede-pedido", args=[travado.pk]),
            por=por,
            em=em,
        )
    return travado


def _exigir_que_se_desfaca(pedido: Pedido) -> None:
    if pedido.tipo not in _DESFEITOS or pedido.estado != Pedido.Estado.APROVADO or pedido.unidade is None:
        raise AtoRecusado(f"O pedido para {pedido} está {pedido.get_estado_display()}: não há o que desfazer.")


def _e_de(pedido: Pedido | None, pessoa_id: UUID) -> bool:
    """O pedido, se há, foi esta pessoa que fez?"""
    quem = consultas.quem_pediu(pedido) if pedido is not None else None
    return quem is not None and quem.pessoa_id == pessoa_id


def _separar(pedido: Pedido, por: Ator, em: datetime) -> list[str]:
    assert pedido.unidade is not None
    return fusao.desfazer(
        sai=pedido.unidade,
        fica=_a_que_fica(pedido.dados),
        feito=pedido.feito,
        motivo=pedido.motivo_de_desfazer,
        por=por,
        em=em,
    )


def _devolver_a_origem(pedido: Pedido, por: Ator, em: datetime) -> list[str]:
    assert pedido.unidade is not None
    return desmembramento.desfazer(
        origem=pedido.unidade,
        nova=Unidade.objects.get(pk=pedido.feito["nova"]),
        feito=pedido.feito,
        motivo=pedido.motivo_de_desfazer,
        por=por,
        em=em,
    )


#: Como se desfaz o que cada tipo de pedido aprovado fez; os outros se desfazem por outro pedido.
_DESFEITOS: Mapping[str, Callable[[Pedido, Ator, datetime], list[str]]] = {
    Pedido.Tipo.FUNDIR: _separar,
    Pedido.Tipo.DESMEMBRAR: _devolver_a_origem,
}
