"""Encaminhar, responder, devolver com retorno, cancelar. Cada ato é um passo que não muda."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse

from suas.atendimento.familias.acoes.familias import Chegada, abrir_prontuario
from suas.atendimento.familias.consultas.familia import prontuario_na
from suas.atendimento.familias.listas import Ingresso
from suas.atendimento.familias.permissoes import QUEM_ATENDE
from suas.atendimento.servicos import listas
from suas.atendimento.servicos.consultas import encaminhamentos as leitura
from suas.atendimento.servicos.consultas import protocolos
from suas.atendimento.servicos.models import Encaminhamento, Passo, Protocolo
from suas.cadastros.rede.models import Unidade
from suas.nucleo.avisos.acoes import avisar
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

if TYPE_CHECKING:
    from suas.atendimento.familias.models import PessoaAtendida, Prontuario

Etapa = Encaminhamento.Etapa
#: Sem protocolo entre as duas unidades, este é o prazo que se espera (leitura do projeto, ADR 0095).
PRAZO_SEM_PROTOCOLO = 15


@dataclass(frozen=True, kw_only=True)
class Novo:
    """O que se encaminha: a uma unidade (`destino`) ou a um `orgao` de fora. `pessoa` vazia: a família inteira.

    `respostas`: o que o protocolo pede, pelo rótulo. Repetir a `chave` do formulário não encaminha de novo.
    """

    codigo: int
    motivo: str
    destino: Unidade | None = None
    orgao: str = ""
    pessoa: PessoaAtendida | None = None
    respostas: Mapping[str, str] = field(default_factory=dict)
    chave: UUID | None = None


@transaction.atomic
def encaminhar(
    *, prontuario: Prontuario, novo: Novo, por: Ator, em: datetime, hoje: date, sintetico: bool = False
) -> Encaminhamento:
    """Encaminha a família, ou alguém dela, e avisa quem coordena a unidade que recebe.

    Erros: `AtoRecusado` se falta o destino, o que o protocolo pede, ou se o código não cabe ao par de unidades.
    """
    if por.pessoa is None:
        raise AtoRecusado(QUEM_ATENDE)
    if (feito := _ja_feito(prontuario, novo)) is not None:
        return feito
    _exigir_destino(prontuario.unidade, novo, hoje=hoje)
    if novo.pessoa is not None and not prontuario.familia.integrantes.filter(pessoa=novo.pessoa).exists():
        raise AtoRecusado("A pessoa não é desta família. Escolha uma da lista.", campo="pessoa")
    protocolo = protocolos.em_vigor(origem=prontuario.unidade, destino=novo.destino)
    prazo = protocolo.prazo_dias if protocolo is not None else PRAZO_SEM_PROTOCOLO
    encaminhamento = Encaminhamento(
        abrangencia=prontuario.abrangencia,
        familia=prontuario.familia,
        pessoa=novo.pessoa,
        prontuario=prontuario,
        origem=prontuario.unidade,
        destino=novo.destino,
        orgao=novo.orgao.strip() if novo.destino is None else "",
        codigo=novo.codigo,
        motivo=novo.motivo.strip(),
        respostas=_respostas(protocolo, novo.respostas),
        protocolo=protocolo,
        dia=hoje,
        responder_ate=hoje + timedelta(days=prazo) if novo.destino is not None else None,
        profissional=por.pessoa,
        funcao=por.papel.nome,
        enviado_em=em,
        sintetico=sintetico,
    )
    if novo.chave is not None:
        encaminhamento.pk = novo.chave
    try:
        with transaction.atomic():
            encaminhamento.save(force_insert=True)
    except IntegrityError as erro:  # o outro envio da mesma página chegou antes
        if (feito := _ja_feito(prontuario, novo)) is None:
            raise AtoRecusado("Este formulário já foi usado. Abra a página da família e encaminhe de novo.") from erro
        return feito
    _passar(encaminhamento, Etapa.ENVIADO, "", unidade=prontuario.unidade, por=por, em=em)
    registrar(ato="servicos.encaminhar", objeto=encaminhamento, por=por, em=em)
    if novo.destino is not None and not sintetico:
        _avisar_quem_recebe(encaminhamento, novo.destino, por=por, em=em, hoje=hoje)
    return encaminhamento


@transaction.atomic
def aceitar(*, encaminhamento: Encaminhamento, por: Ator, em: datetime, hoje: date) -> Encaminhamento:
    """A unidade recebe a família; sem prontuário ali, um se abre, com a forma de ingresso que o encaminhamento diz."""
    atual = _em(encaminhamento, Etapa.ENVIADO)
    assert atual.destino is not None  # só chega aqui o que foi a uma unidade
    if prontuario_na(atual.familia, unidade=atual.destino.pk) is None:
        basica = atual.origem.tipo in {Unidade.Tipo.CRAS, Unidade.Tipo.CENTRO_CONVIVENCIA}
        chegada = Chegada(
            ingresso=Ingresso.PSB if basica else Ingresso.PSE, dia=hoje, quem_encaminhou=atual.origem.nome
        )
        abrir_prontuario(familia=atual.familia, unidade=atual.destino, chegada=chegada, por=por, em=em, hoje=hoje)
    _responder(atual, Etapa.ACEITO, "", por=por, em=em, hoje=hoje)
    registrar(ato="servicos.aceitar_encaminhamento", objeto=atual, por=por, em=em)
    return atual


@transaction.atomic
def recusar(*, encaminhamento: Encaminhamento, motivo: str, por: Ator, em: datetime, hoje: date) -> Encaminhamento:
    """A unidade diz por que não recebe; quem enviou fica sabendo."""
    atual = _em(encaminhamento, Etapa.ENVIADO)
    if not motivo.strip():
        raise AtoRecusado("Diga por que a unidade não recebe: quem encaminhou vai ler.", campo="texto")
    _responder(atual, Etapa.RECUSADO, motivo, por=por, em=em, hoje=hoje)
    registrar(ato="servicos.recusar_encaminhamento", objeto=atual, por=por, em=em)
    return atual


@transaction.atomic
def devolver(*, encaminhamento: Encaminhamento, retorno: str, por: Ator, em: datetime) -> Encaminhamento:
    """A contrarreferência: o que se fez e o que falta, a quem encaminhou."""
    atual = _em(encaminhamento, Etapa.ACEITO)
    if not retorno.strip():
        raise AtoRecusado("Escreva o que se fez e o que a outra unidade precisa continuar.", campo="texto")
    assert atual.destino is not None
    _mudar(atual, Etapa.DEVOLVIDO, retorno, unidade=atual.destino, por=por, em=em)
    registrar(ato="servicos.devolver_encaminhamento", objeto=atual, por=por, em=em)
    _avisar_quem_enviou(atual, "devolveu com retorno", por=por, em=em)
    return atual


@transaction.atomic
def anotar_retorno(*, encaminhamento: Encaminhamento, retorno: str, por: Ator, em: datetime) -> Encaminhamento:
    """O que o órgão de fora respondeu, pela voz da família ou dele; quem anota é a unidade que encaminhou."""
    atual = _em(encaminhamento, Etapa.ENVIADO)
    if atual.destino_id is not None:
        raise AtoRecusado("O retorno deste encaminhamento é da unidade que o recebeu. Ela responde por aqui mesmo.")
    if not retorno.strip():
        raise AtoRecusado("Escreva o que o órgão respondeu, ou que não respondeu.", campo="texto")
    _mudar(atual, Etapa.DEVOLVIDO, retorno, unidade=atual.origem, por=por, em=em)
    registrar(ato="servicos.anotar_retorno", objeto=atual, por=por, em=em)
    return atual


@transaction.atomic
def cancelar(*, encaminhamento: Encaminhamento, motivo: str, por: Ator, em: datetime) -> Encaminhamento:
    """Quem enviou desiste antes da resposta; a linha fica, com o motivo, e não conta no mês."""
    atual = _em(encaminhamento, Etapa.ENVIADO)
    if not motivo.strip():
        raise AtoRecusado("Diga por que se cancela.", campo="texto")
    _mudar(atual, Etapa.CANCELADO, motivo, unidade=atual.origem, por=por, em=em)
    registrar(ato="servicos.cancelar_encaminhamento", objeto=atual, por=por, em=em)
    return atual


def _ja_feito(prontuario: Prontuario, novo: Novo) -> Encaminhamento | None:
    if novo.chave is None:
        return None
    feito = Encaminhamento.objects.filter(pk=novo.chave, prontuario=prontuario).first()
    if feito is None:
        return None
    destino = novo.destino.pk if novo.destino is not None else None
    if (feito.codigo, feito.destino_id, feito.motivo) != (novo.codigo, destino, novo.motivo.strip()):
        raise AtoRecusado("Esta página já fez um encaminhamento. Abra a página da família e encaminhe de novo.")
    return feito


def _exigir_destino(origem: Unidade, novo: Novo, *, hoje: date) -> None:
    if not novo.motivo.strip():
        raise AtoRecusado("Escreva para que se encaminha: é o que a outra ponta vai ler.", campo="motivo")
    destino = novo.destino
    if destino is None:
        if not novo.orgao.strip():
            raise AtoRecusado("Diga a que unidade, ou a que órgão, se encaminha.", campo="orgao")
        if novo.codigo in {listas.Codigo.CRAS_PARA_CREAS, listas.Codigo.CREAS_PARA_CRAS}:
            raise AtoRecusado("Entre CRAS e CREAS, escolha a unidade que recebe.", campo="codigo")
        return
    if destino.pk == origem.pk or destino.municipio_id != origem.municipio_id:
        raise AtoRecusado("Escolha outra unidade do mesmo município.", campo="destino")
    if not Unidade.objects.filter(pk=destino.pk).em_funcionamento(hoje).exists():
        raise AtoRecusado(f"{destino.nome} não está em funcionamento. Escolha outra unidade.", campo="destino")
    do_cras = origem.tipo == Unidade.Tipo.CRAS and destino.tipo in listas.CREAS
    if novo.codigo == listas.Codigo.CRAS_PARA_CREAS and not do_cras:
        raise AtoRecusado("“Do CRAS para o CREAS” só serve de um CRAS a um CREAS. Escolha outro.", campo="codigo")
    do_creas = origem.tipo in listas.CREAS and destino.tipo == Unidade.Tipo.CRAS
    if novo.codigo == listas.Codigo.CREAS_PARA_CRAS and not do_creas:
        raise AtoRecusado("“Do CREAS para o CRAS” só serve de um CREAS a um CRAS. Escolha outro.", campo="codigo")


def _respostas(protocolo: Protocolo | None, dadas: Mapping[str, str]) -> list[dict[str, str]]:
    """O que o protocolo pede, na ordem dele. `AtoRecusado` se falta o que ele diz obrigatório."""
    if protocolo is None:
        return []
    respostas = []
    for numero, campo in enumerate(protocolo.campos):
        texto = dadas.get(campo["rotulo"], "").strip()
        if campo["obrigatorio"] and not texto:
            raise AtoRecusado(f"O protocolo pede “{campo['rotulo']}”. Escreva.", campo=f"pedido_{numero}")
        respostas.append({"rotulo": campo["rotulo"], "resposta": texto})
    return respostas


def _em(encaminhamento: Encaminhamento, etapa: str) -> Encaminhamento:
    """O encaminhamento trancado até o fim da transação. `AtoRecusado` se já não está na etapa."""
    atual = Encaminhamento.objects.select_for_update(of=("self",)).get(pk=encaminhamento.pk)
    if atual.etapa != etapa:
        raise AtoRecusado(f"Este encaminhamento já está “{atual.get_etapa_display()}”. Abra a página de novo.")
    return atual


def _responder(atual: Encaminhamento, etapa: str, texto: str, *, por: Ator, em: datetime, hoje: date) -> None:
    assert atual.destino is not None
    atual.dias_de_espera = max((hoje - atual.dia).days, 0)
    _mudar(atual, etapa, texto, unidade=atual.destino, por=por, em=em)
    _avisar_quem_enviou(atual, "aceitou" if etapa == Etapa.ACEITO else "não aceitou", por=por, em=em)


def _mudar(atual: Encaminhamento, etapa: str, texto: str, *, unidade: Unidade, por: Ator, em: datetime) -> None:
    atual.etapa = etapa
    atual.save(update_fields=["etapa", "dias_de_espera"])
    _passar(atual, etapa, texto, unidade=unidade, por=por, em=em)


def _passar(de: Encaminhamento, etapa: str, texto: str, *, unidade: Unidade, por: Ator, em: datetime) -> None:
    if por.pessoa is None:
        raise AtoRecusado(QUEM_ATENDE)
    Passo.objects.create(
        encaminhamento=de,
        abrangencia=de.abrangencia,
        etapa=etapa,
        texto=texto.strip(),
        em=em,
        unidade=unidade,
        pessoa=por.pessoa,
        funcao=por.papel.nome,
    )


def _avisar_quem_recebe(feito: Encaminhamento, destino: Unidade, *, por: Ator, em: datetime, hoje: date) -> None:
    for pessoa_id in leitura.quem_se_avisa(unidade=destino.pk, municipio=feito.abrangencia, dia=hoje):
        avisar(
            modelo="servicos.chegou_encaminhamento",
            causa=f"encaminhamento:{feito.pk}",
            pessoa_id=pessoa_id,
            dados={
                "origem": feito.origem.nome,
                "destino": destino.nome,
                "prazo": f"{feito.responder_ate:%d/%m/%Y}",
            },
            endereco=reverse("encaminhamento", args=[feito.pk]),
            por=por,
            em=em,
        )


def _avisar_quem_enviou(feito: Encaminhamento, o_que: str, *, por: Ator, em: datetime) -> None:
    if feito.sintetico or feito.destino is None:
        return
    avisar(
        modelo="servicos.respondido_encaminhamento",
        causa=f"encaminhamento:{feito.pk}:{feito.etapa}",
        pessoa_id=feito.profissional_id,
        dados={"destino": feito.destino.nome, "o_que": o_que, "dia": f"{feito.dia:%d/%m/%Y}"},
        endereco=reverse("encaminhamento", args=[feito.pk]),
        por=por,
        em=em,
    )
