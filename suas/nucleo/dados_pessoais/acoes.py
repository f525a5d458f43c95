"""Pedir, responder, aplicar a guarda e apagar uma pessoa. Nada daqui leva dado pessoal à trilha."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model, ProtectedError, Q
from django.urls import reverse
from django.utils import timezone

from suas.nucleo import banco, classificacao
from suas.nucleo.avisos.acoes import avisar
from suas.nucleo.avisos.consultas import destinatario
from suas.nucleo.classificacao import Tabela
from suas.nucleo.dados_pessoais import consultas, guarda
from suas.nucleo.dados_pessoais.models import Pedido, Situacao, Tipo
from suas.nucleo.identidade import consultas as identidade
from suas.nucleo.identidade import permissoes as permissoes_dos_acessos
from suas.nucleo.identidade.acoes import apagamento
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha import consultas as trilha
from suas.nucleo.trilha.acoes import destruir_chave, registrar

if TYPE_CHECKING:
    from suas.nucleo.identidade.models import Pessoa

DA_PESSOA = "identidade.pessoa"
EMAIL = "email"


@transaction.atomic
def pedir(*, tipo: str, texto: str, por: Ator, em: datetime) -> Pedido:
    """A própria pessoa pede correção ou apagamento. Um pedido aberto de cada tipo por vez."""
    if por.pessoa is None:
        raise AtoRecusado("Entre no sistema para pedir sobre os seus dados.")
    if consultas.pedidos_de(por.pessoa.pk).filter(tipo=tipo, situacao=Situacao.ABERTO).exists():
        raise AtoRecusado(f"Você já tem um pedido de {Tipo(tipo).label} à espera de resposta: aguarde-a.")
    pedido = Pedido.objects.create(pessoa=por.pessoa, tipo=tipo, texto=texto.strip(), pedido_em=em)
    registrar(ato="dados_pessoais.pedir", objeto=pedido, por=por, em=em, dados={"tipo": tipo})
    return pedido


@transaction.atomic
def responder(*, pedido: Pedido, atendido: bool, resposta: str, por: Ator, em: datetime) -> Pedido:
    """Responde ao pedido e avisa a pessoa; respondido, não se responde de novo: ela pode fazer outro."""
    atual = Pedido.objects.select_for_update(of=("self",)).get(pk=pedido.pk)
    if atual.situacao != Situacao.ABERTO:
        raise AtoRecusado("Este pedido já foi respondido. Se algo mudou, a pessoa faz outro pedido.")
    atual.situacao = Situacao.ATENDIDO if atendido else Situacao.RECUSADO
    atual.resposta, atual.respondido_em = resposta.strip(), em
    atual.save(update_fields=["situacao", "resposta", "respondido_em"])
    registrar(ato="dados_pessoais.responder", objeto=atual, por=por, em=em, dados={"situacao": atual.situacao})
    avisar(
        modelo="dados_pessoais.resposta",
        causa=str(atual.pk),
        pessoa_id=atual.pessoa_id,
        dados={"pedido": atual.get_tipo_display()},
        endereco=reverse("meus-dados"),
        por=por,
        em=em,
    )
    return atual


@transaction.atomic
def aplicar_guarda(*, por: Ator, em: datetime) -> int:
    """Apaga de cada tabela o que passou do prazo da regra dela; devolve quantas linhas. Repetir não apaga mais nada.

    O que outra tabela ainda segura fica para depois, e a conta do ato o diz.
    """
    apagadas, seguras = {}, []
    for vencido in consultas.vencidos(em=em):
        if not vencido.linhas:
            continue
        try:
            with transaction.atomic():
                consultas.vencidas_de(vencido.tabela, antes_de=vencido.antes_de).delete()
            apagadas[vencido.tabela.modelo] = vencido.linhas
        except ProtectedError:
            seguras.append(vencido.tabela.modelo)
    total = sum(apagadas.values())
    instalacao = identidade.instalacao()
    if instalacao is not None and (apagadas or seguras):
        registrar(
            ato="dados_pessoais.aplicar_guarda",
            objeto=instalacao,
            por=por,
            em=em,
            dados={"apagadas": total, "por_tabela": apagadas, "seguras": seguras},
        )
    return total


@dataclass(frozen=True, kw_only=True)
class Previa:
    """O que o apagamento de uma pessoa faz. `impedimentos` vazio: pode ser feito."""

    impedimentos: tuple[str, ...]
    saem: tuple[tuple[str, int], ...]
    ficam: tuple[tuple[str, int, str], ...]


def previa_do_apagamento(*, pessoa: Pessoa, por: Ator, em: datetime) -> Previa:
    """O que sai, o que fica e por quê, e o que ainda impede."""
    saem, ficam = [("nome, e-mail, senha e última entrada", 1)], []
    for tabela in _com_titular():
        quantas = _da_pessoa(tabela, pessoa).count()
        if not quantas:
            continue
        titulo = classificacao.titulo(tabela.modelo)
        if _sai(tabela):
            saem.append((titulo, quantas))
        else:
            ficam.append((titulo, quantas, guarda.regra(tabela.guarda, em=em.date()).razao))
    return Previa(impedimentos=tuple(_impedimentos(pessoa, por=por, em=em)), saem=tuple(saem), ficam=tuple(ficam))


@transaction.atomic
def apagar_pessoa(*, pessoa: Pessoa, motivo: str, por: Ator, em: datetime) -> None:
    """Apaga o que se guarda da pessoa e destrói a chave que abria os dados dela na trilha. Não tem volta.

    Sai também o que só o e-mail dela diz que é dela: o convite que recebeu, a mensagem que o levou, o pedido de ajuda
    feito sem entrar. Ficam os atos e os vínculos, sem nome, e a corrente continua conferindo (ADR 0033). Recusa quem
    ainda tem mandato de titular: passa-se a titularidade antes. Recusa também, se a pessoa não pediu, quem tem vínculo
    num papel que quem apaga não nomeia: apagar não pode ser o jeito de a gestão tirar quem a controla.
    """
    if faltas := _impedimentos(pessoa, por=por, em=em):
        raise AtoRecusado(" ".join(faltas))
    apagamento.cancelar_convites(pessoa=pessoa, por=por, em=em)
    apagamento.tirar_chaves(pessoa=pessoa, por=por, em=em)
    pelo_email = {destinatario(pessoa_id=None, email=pessoa.email)}
    for tabela in _com_titular():
        if _sai(tabela):
            linhas = _da_pessoa(tabela, pessoa)
            pelo_email |= trilha.titulares_das_linhas(linhas) if EMAIL in tabela.protegidos else set()
            linhas.delete()
    for pedido in consultas.pedidos_de(pessoa.pk):
        pedido.texto = ""
        if pedido.situacao == Situacao.ABERTO:
            pedido.situacao, pedido.respondido_em = Situacao.ATENDIDO, em
        pedido.save(update_fields=["texto", "situacao", "respondido_em"])
    apagamento.anonimizar(pessoa=pessoa, por=por, em=em)
    destruir_chave(titular=pessoa.pk, por=por, em=em, motivo=motivo)
    for titular in trilha.com_chave(pelo_email - identidade.das_pessoas(pelo_email)):
        destruir_chave(titular=titular, por=por, em=em, motivo=motivo)
    registrar(ato="dados_pessoais.apagar_pessoa", objeto=pessoa, por=por, em=em, motivo=motivo)


def _impedimentos(pessoa: Pessoa, *, por: Ator, em: datetime) -> list[str]:
    """O que impede o apagamento, em palavras."""
    faltas = apagamento.impedimentos(pessoa=pessoa, em=em)
    pediu = consultas.pedidos_de(pessoa.pk).filter(situacao=Situacao.ABERTO, tipo=Tipo.APAGAMENTO).exists()
    if faltas or pediu or (por.pessoa is not None and por.pessoa.pk == pessoa.pk):
        return faltas
    vigentes = identidade.vinculos_vigentes(pessoa, em=timezone.localtime(em).date())
    return [
        f"{v.papel.nome}, {v.orgao}: você não nomeia este papel. Peça a quem o nomeia que encerre o vínculo, ou à "
        "pessoa que faça o pedido em “Meus dados”."
        for v in vigentes
        if not permissoes_dos_acessos.pode_nomear(por, papel=v.papel, abrangencia=v.abrangencia)
    ]


def _com_titular() -> Sequence[Tabela]:
    return [t for t in classificacao.declaradas() if t.titular and t.modelo != DA_PESSOA]


def _da_pessoa(tabela: Tabela, pessoa: Pessoa) -> Any:
    """As linhas dela: pelo identificador, ou pelo e-mail, antes de ter entrada ou sem tê-la usado."""
    modelo: type[Model] = apps.get_model(tabela.modelo)
    quem = Q(**{f"{tabela.titular}__in": [pessoa.pk, destinatario(pessoa_id=None, email=pessoa.email)]})
    if EMAIL in tabela.protegidos:
        quem |= Q(**{f"{EMAIL}__iexact": pessoa.email})
    return modelo._default_manager.filter(quem)


def _sai(tabela: Tabela) -> bool:
    """Sai com a pessoa o que guarda dado dela, salvo o que prova um ato e o que o banco não deixa apagar."""
    fechada = apps.get_model(tabela.modelo)._meta.db_table in {
        gatilho.tabela for gatilho in banco.gatilhos_declarados() if gatilho.operacao == "DELETE"
    }
    prova = guarda.regras()[tabela.guarda][-1].dias is None and tabela.guarda != "acesso_encerrado"
    return bool(tabela.protegidos) and not fechada and not prova and tabela.modelo != "dados_pessoais.pedido"
