"""A troca de titular: um ato só encerra um mandato e abre o outro. Nunca dois, e nunca nenhum sem ser dito."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from suas.nucleo.avisos.acoes.emissao import avisar
from suas.nucleo.identidade import consultas, permissoes
from suas.nucleo.identidade.acoes import convites, vinculos
from suas.nucleo.identidade.acoes.vinculos import SEM_ATO, AtoDeNomeacao
from suas.nucleo.identidade.models import Convite, Passagem, Vinculo
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela.filtros import dia as dia_escrito
from suas.nucleo.trilha.acoes import registrar


@dataclass(frozen=True, kw_only=True)
class NovaPassagem:
    """Quem entra, em que dia, por que ato e o que se decidiu de cada delegação.

    `encerra` traz os identificadores dos vínculos e convites que terminam; o resto passa a constar sob quem entra.
    `fica_vaga`: se quem entra ainda precisa aceitar, o mandato de quem sai termina no dia assim mesmo.
    """

    email: str
    orgao: str
    dia: date
    nome: str = ""
    ato: AtoDeNomeacao = SEM_ATO
    encerra: Collection[UUID] = ()
    fica_vaga: bool = False
    motivo: str = ""


@dataclass(frozen=True, kw_only=True)
class Passada:
    """A passagem e, quando quem entra ainda precisa aceitar, o segredo do endereço do convite."""

    passagem: Passagem
    segredo: str = ""


@transaction.atomic
def passar(*, sai: Vinculo, nova: NovaPassagem, por: Ator, em: datetime, hoje: date) -> Passada:
    """Passa a titularidade no dia. A quem já tem vínculo na abrangência, direto; aos demais, por convite.

    Com convite, quem sai continua até o aceite, salvo se `fica_vaga`. Erros: `PermissionDenied` se não cabe ao ator;
    `AtoRecusado` se o dia, a pessoa ou o motivo não servem.
    """
    permissoes.exigir_passagem(por, sai)
    return _passar(sai=sai, nova=nova, alcance=por.abrangencia, por=por, em=em, hoje=hoje)


@transaction.atomic
def passar_pelo_servidor(*, sai: Vinculo, nova: NovaPassagem, por: Ator, em: datetime, hoje: date) -> Passada:
    """A troca de titular feita por quem opera o servidor, quando não há no sistema quem a faça; pede o motivo."""
    return _passar(sai=sai, nova=nova, alcance=sai.abrangencia, por=por, em=em, hoje=hoje)


def _passar(*, sai: Vinculo, nova: NovaPassagem, alcance: str, por: Ator, em: datetime, hoje: date) -> Passada:
    """`alcance`: onde se procura, pelo e-mail, quem já tem vínculo e por isso entra sem convite."""
    vinculos.um_de_cada_vez()
    sai = Vinculo.objects.select_for_update(of=("self",)).get(pk=sai.pk)
    _conferir(sai, nova=nova, por=por, hoje=hoje)
    encerra = _que_se_encerram(sai, nova.encerra, hoje=hoje)
    conhecida = consultas.pessoa_conhecida(nova.email, abrangencia=alcance)
    passagem = Passagem(
        sai=sai,
        dia=nova.dia,
        encerra=[str(chave) for chave in encerra],
        estado=Passagem.Estado.ESPERA,
        motivo=nova.motivo.strip(),
        criada_em=em,
    )
    if conhecida is None:
        return _por_convite(passagem, nova=nova, por=por, em=em, hoje=hoje)
    if conhecida.pk == sai.pessoa_id:
        raise AtoRecusado(f"{conhecida.nome} é quem sai. Escreva o e-mail de quem entra.")
    passagem.save(force_insert=True)
    convites.sair(passagem=passagem, dia=nova.dia, por=por, em=em)
    novo = Vinculo(
        pessoa=conhecida,
        papel_codigo=sai.papel_codigo,
        abrangencia=sai.abrangencia,
        orgao=nova.orgao.strip(),
        desde=nova.dia,
        ato_numero=nova.ato.numero.strip(),
        ato_dia=nova.ato.dia,
        ato_documento=vinculos.guardar_documento(nomeacao=nova.ato, abrangencia=sai.abrangencia, por=por, em=em),
        # só o identificador: quem delegou pode ser de um território que quem age não vê
        delegado_por_id=sai.delegado_por_id if por.vinculo is None or por.vinculo.pk == sai.pk else por.vinculo.pk,
    )
    vinculos.abrir(novo=novo, por=por, em=em, ato="identidade.vincular")
    convites.entrar(passagem=passagem, novo=novo, por=por, em=em)
    _avisar_quem_entra(novo, sai=sai, por=por, em=em)
    _registrar(passagem, por=por, em=em)
    return Passada(passagem=passagem)


def _por_convite(passagem: Passagem, *, nova: NovaPassagem, por: Ator, em: datetime, hoje: date) -> Passada:
    sai = passagem.sai
    enviado = convites.abrir(
        novo=convites.NovoConvite(
            email=nova.email,
            nome=nova.nome,
            papel=sai.papel,
            abrangencia=sai.abrangencia,
            orgao=nova.orgao,
            desde=nova.dia,
            ato=nova.ato,
        ),
        por=por,
        em=em,
        hoje=hoje,
        troca=sai,
    )
    passagem.convite = enviado.convite
    passagem.fica_vaga = nova.fica_vaga
    passagem.save(force_insert=True)
    if nova.fica_vaga:
        convites.sair(passagem=passagem, dia=nova.dia, por=por, em=em)
    _registrar(passagem, por=por, em=em)
    return Passada(passagem=passagem, segredo=enviado.segredo)


@transaction.atomic
def deixar_vaga(*, sai: Vinculo, dia: date, motivo: str, por: Ator, em: datetime, hoje: date) -> Vinculo:
    """Encerra o mandato sem ninguém no lugar, dito e motivado; só de quem nomeia titulares dali.

    As delegações continuam e passam a constar sob o próximo titular. Os convites sem resposta que o titular fez são
    cancelados, salvo o da própria passagem: já não haveria quem respondesse por eles.
    """
    permissoes.exigir_nomeacao(por, papel=sai.papel, abrangencia=sai.abrangencia)
    vinculos.um_de_cada_vez()
    sai = Vinculo.objects.select_for_update(of=("self",)).get(pk=sai.pk)
    _conferir_dia(sai, dia=dia, hoje=hoje)
    if not motivo.strip():
        raise AtoRecusado("Diga por que a titularidade fica vaga: exoneração, falecimento, fim do mandato.")
    Vinculo.objects.filter(pk=sai.pk).update(ate=dia)
    sai.ate = dia
    da_passagem = Passagem.objects.filter(sai=sai, estado=Passagem.Estado.ESPERA).values("convite_id")
    sem_dono = consultas.convites_abertos_de(sai).exclude(pk__in=da_passagem.filter(convite__isnull=False))
    sem_dono.update(estado=Convite.Estado.CANCELADO, respondido_em=em)
    registrar(
        ato="identidade.deixar_vaga",
        objeto=sai,
        por=por,
        em=em,
        motivo=motivo.strip(),
        dados={"ate": dia.isoformat()},
    )
    vinculos.contar_fim(vinculo=sai, dia=dia, motivo=motivo, por=por, em=em)
    return sai


def _conferir(sai: Vinculo, *, nova: NovaPassagem, por: Ator, hoje: date) -> None:
    _conferir_dia(sai, dia=nova.dia, hoje=hoje)
    vinculos.conferir_lugar(papel=sai.papel, abrangencia=sai.abrangencia, area="", orgao=nova.orgao)
    convites.conferir_email(nova.email)
    if nova.ato.dia is not None and nova.ato.dia > hoje:
        raise AtoRecusado(f"O ato de nomeação é de {dia_escrito(nova.ato.dia)}, que ainda não chegou.")
    propria = por.vinculo is not None and por.vinculo.pk == sai.pk
    if not propria and not nova.motivo.strip():
        raise AtoRecusado("Diga por que a passagem não é feita por quem sai: exoneração, afastamento, falecimento.")
    esperam = Passagem.objects.filter(sai=sai, estado=Passagem.Estado.ESPERA)
    esperam.filter(convite=None).update(estado=Passagem.Estado.DESFEITA)  # o convite venceu e já se apagou
    if esperam.exists():
        raise AtoRecusado("Já há uma passagem à espera do aceite. Cancele o convite dela antes de fazer outra.")


def _conferir_dia(sai: Vinculo, *, dia: date, hoje: date) -> None:
    if dia < hoje:
        raise AtoRecusado(f"O dia {dia_escrito(dia)} já passou. O que foi feito até hoje valeu: use hoje ou depois.")
    if dia < sai.desde:
        raise AtoRecusado(f"O mandato de quem sai só começa em {dia_escrito(sai.desde)}. Escolha esse dia ou depois.")
    if sai.ate is not None and dia > sai.ate:
        raise AtoRecusado(
            f"O mandato de quem sai acaba em {dia_escrito(sai.ate)}: entre esse dia e {dia_escrito(dia)} não haveria "
            "titular. Escolha um dia até lá."
        )


def _que_se_encerram(sai: Vinculo, pedidos: Collection[UUID], *, hoje: date) -> list[UUID]:
    """Só o que está na lista mostrada: delegação, adjunto ou convite de quem sai."""
    if not pedidos:
        return []
    delegados = consultas.delegacoes(sai, hoje=hoje).filter(pk__in=pedidos).values_list("pk", flat=True)
    abertos = consultas.convites_abertos_de(sai).filter(pk__in=pedidos).values_list("pk", flat=True)
    return [*delegados, *abertos]


def _avisar_quem_entra(novo: Vinculo, *, sai: Vinculo, por: Ator, em: datetime) -> None:
    avisar(
        modelo="identidade.titularidade",
        causa=f"titularidade:{novo.pk}",
        pessoa_id=novo.pessoa_id,
        dados={
            "vinculo": novo.em_frase,
            "dia": dia_escrito(novo.desde),
            "sai": sai.pessoa.nome,
            "quem": f"{por.pessoa.nome} ({por.vinculo})" if por.pessoa else "quem opera o sistema",
        },
        endereco=reverse("vinculo"),
        por=por,
        em=em,
    )


def _registrar(passagem: Passagem, *, por: Ator, em: datetime) -> None:
    registrar(
        ato="identidade.passar_titularidade",
        objeto=passagem,
        por=por,
        em=em,
        motivo=passagem.motivo,
        dados={"sai": str(passagem.sai_id), "dia": passagem.dia.isoformat(), "estado": passagem.estado},
    )
