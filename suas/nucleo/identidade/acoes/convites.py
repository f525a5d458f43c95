"""Atos sobre convites: nomear alguém, mandar de novo, cancelar; e, de quem recebe, aceitar ou recusar.

O endereço do convite leva um segredo que só existe nele: a tabela guarda o resumo, e mandar de novo faz outro.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from suas.nucleo import tranca
from suas.nucleo.avisos.acoes.emissao import avisar
from suas.nucleo.identidade import consultas, permissoes
from suas.nucleo.identidade.acoes import pessoas, vinculos
from suas.nucleo.identidade.acoes.vinculos import SEM_ATO, AtoDeNomeacao
from suas.nucleo.identidade.models import Convite, Passagem, Pessoa, Vinculo
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import Papel
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela.filtros import dia as dia_escrito
from suas.nucleo.tela.filtros import momento
from suas.nucleo.trilha.acoes import registrar

DIAS_DE_VALIDADE = 7
ENCERRADO_NA_PASSAGEM = "Encerrado na passagem da titularidade"


@dataclass(frozen=True, kw_only=True)
class NovoConvite:
    """Quem se convida e para quê; `ate` é o primeiro dia em que o vínculo já não vale."""

    email: str
    papel: Papel
    abrangencia: str
    orgao: str
    desde: date
    nome: str = ""
    area: str = ""
    unidade: UUID | None = None
    ate: date | None = None
    ato: AtoDeNomeacao = SEM_ATO


@dataclass(frozen=True, kw_only=True)
class Enviado:
    """O convite e o segredo do endereço, que não se guarda e não se mostra outra vez."""

    convite: Convite
    segredo: str


@transaction.atomic
def convidar(*, novo: NovoConvite, por: Ator, em: datetime, hoje: date) -> Enviado:
    """Nomeia alguém por convite: o vínculo nasce quando a pessoa aceita.

    Erros: `PermissionDenied` se o ator não dá este papel ali; `AtoRecusado` quando já há titular nesses dias, já há
    convite aberto igual, ou um dado não serve.
    """
    permissoes.exigir_nomeacao(por, papel=novo.papel, abrangencia=novo.abrangencia)
    return abrir(novo=novo, por=por, em=em, hoje=hoje)


@transaction.atomic
def convidar_pelo_servidor(*, novo: NovoConvite, por: Ator, em: datetime, hoje: date) -> Enviado:
    """O convite de quem opera o servidor, que não tem vínculo: a primeira presidência de um conselho, por exemplo.

    Repetir faz outro endereço para o convite que ainda espera, vencido ou não: o primeiro só apareceu uma vez.
    """
    espera = Convite.objects.filter(
        email=conferir_email(novo.email),
        papel_codigo=novo.papel.codigo,
        abrangencia=novo.abrangencia,
        unidade=novo.unidade,
        estado=Convite.Estado.ABERTO,
    ).first()
    if espera is not None:
        return _com_outro_endereco(espera, por=por, em=em)
    return abrir(novo=novo, por=por, em=em, hoje=hoje)


@transaction.atomic
def abrir(*, novo: NovoConvite, por: Ator, em: datetime, hoje: date, troca: Vinculo | None = None) -> Enviado:
    """Grava o convite; `troca` é o titular que sai, quando o convite é de uma passagem."""
    email = conferir_email(novo.email)
    orgao = vinculos.conferir_lugar(
        papel=novo.papel, abrangencia=novo.abrangencia, area=novo.area, orgao=novo.orgao, unidade=novo.unidade
    )
    if novo.ate is not None and novo.ate <= max(novo.desde, hoje):
        raise AtoRecusado(f"O fim do vínculo, {dia_escrito(novo.ate)}, precisa ser depois do começo e de hoje.")
    vinculos.um_de_cada_vez()
    if novo.papel.titular:
        _conferir_titular(novo, troca=troca)
    _conferir_repetido(novo, email=email)
    segredo = secrets.token_urlsafe(32)
    convite = Convite(
        email=email,
        nome=novo.nome.strip(),
        papel_codigo=novo.papel.codigo,
        abrangencia=novo.abrangencia,
        area=novo.area,
        orgao=orgao,
        unidade=novo.unidade,
        ato_numero=novo.ato.numero.strip(),
        ato_dia=novo.ato.dia,
        ato_documento=vinculos.guardar_documento(nomeacao=novo.ato, abrangencia=novo.abrangencia, por=por, em=em),
        desde=novo.desde,
        ate=novo.ate,
        resumo=consultas.resumo_do(segredo),
        criado_em=em,
        valido_ate=em + timedelta(days=DIAS_DE_VALIDADE),
        por_vinculo=por.vinculo,
    )
    convite.save(force_insert=True)
    registrar(ato="identidade.convidar", objeto=convite, por=por, em=em, dados={"papel": novo.papel.codigo})
    _avisar(convite, segredo=segredo, por=por, em=em)
    return Enviado(convite=convite, segredo=segredo)


@transaction.atomic
def reenviar(*, convite: Convite, por: Ator, em: datetime) -> Enviado:
    """Faz outro endereço, por mais sete dias; o anterior deixa de servir. Vale também para convite vencido."""
    permissoes.exigir_gestao_do_convite(por, convite)
    return _com_outro_endereco(convite, por=por, em=em)


def _com_outro_endereco(convite: Convite, *, por: Ator, em: datetime) -> Enviado:
    convite = _travado(convite)
    _exigir_aberto(convite)
    segredo = secrets.token_urlsafe(32)
    convite.resumo = consultas.resumo_do(segredo)
    convite.valido_ate = em + timedelta(days=DIAS_DE_VALIDADE)
    convite.save(update_fields=["resumo", "valido_ate"])
    registrar(ato="identidade.reenviar_convite", objeto=convite, por=por, em=em)
    _avisar(convite, segredo=segredo, por=por, em=em)
    return Enviado(convite=convite, segredo=segredo)


@transaction.atomic
def cancelar(*, convite: Convite, por: Ator, em: datetime) -> Convite:
    """Desfaz a nomeação que ninguém aceitou ainda; se era de uma passagem, a passagem se desfaz com ela."""
    permissoes.exigir_gestao_do_convite(por, convite)
    convite = _travado(convite)
    _exigir_aberto(convite)
    fechar(convite, estado=Convite.Estado.CANCELADO, em=em)
    registrar(ato="identidade.cancelar_convite", objeto=convite, por=por, em=em)
    return convite


@tranca.como_sistema()  # quem foi convidado ainda não tem território; o segredo ou o e-mail é que o prova
@transaction.atomic
def recusar(*, convite: Convite, por: Ator, em: datetime) -> Convite:
    """Quem foi convidado diz que não."""
    convite = _travado(convite)
    _exigir_aberto(convite)
    fechar(convite, estado=Convite.Estado.RECUSADO, em=em)
    registrar(ato="identidade.recusar_convite", objeto=convite, por=por, em=em)
    return convite


@tranca.como_sistema()  # quem foi convidado ainda não tem território; o segredo ou o e-mail é que o prova
@transaction.atomic
def aceitar(*, convite: Convite, pessoa: Pessoa, por: Ator, em: datetime, hoje: date) -> Vinculo:
    """Quem foi convidado, com a própria entrada, aceita: nasce o vínculo, e a passagem se completa se o convite é dela.

    Erros: `AtoRecusado` quando o convite é de outra pessoa, venceu, já foi usado ou quem convidou não responde mais.
    """
    convite = _travado(convite)
    if pessoa.email.casefold() != convite.email.casefold():
        raise AtoRecusado("Este convite é para outro e-mail. Saia e entre com a conta dele, ou peça um convite seu.")
    if recado := consultas.por_que_nao_serve(convite, em=em, hoje=hoje):
        raise AtoRecusado(recado)
    desde = max(convite.desde, hoje)
    if convite.ate is not None and convite.ate <= desde:
        raise AtoRecusado(f"O mandato deste convite acabou em {dia_escrito(convite.ate)}. Peça outro a quem convidou.")
    passagem = Passagem.objects.select_for_update(of=("self",)).filter(convite=convite).first()
    if passagem is not None:
        desde = max(desde, passagem.dia)
        vinculos.um_de_cada_vez()
        sair(passagem=passagem, dia=desde, por=por, em=em)
    novo = _vinculo_do(convite, pessoa, desde=desde)
    if passagem is not None and convite.por_vinculo_id == passagem.sai_id:
        novo.delegado_por_id = passagem.sai.delegado_por_id
    vinculos.abrir(novo=novo, por=por, em=em, ato="identidade.vincular")
    convite.vinculo = novo
    convite.save(update_fields=["vinculo"])
    fechar(convite, estado=Convite.Estado.ACEITO, em=em)
    if passagem is not None:
        entrar(passagem=passagem, novo=novo, por=por, em=em)
    registrar(ato="identidade.aceitar_convite", objeto=convite, por=por, em=em, dados={"vinculo": str(novo.pk)})
    return novo


@tranca.como_sistema()  # quem foi convidado ainda não tem território; o segredo ou o e-mail é que o prova
@transaction.atomic
def aceitar_com_nova_entrada(
    *, convite: Convite, nome: str, senha: str, por: Ator, em: datetime, hoje: date
) -> tuple[Pessoa, Vinculo]:
    """Quem não tinha entrada cria a sua ao aceitar; o e-mail é o do convite, que a pessoa recebeu."""
    convite = _travado(convite)
    if recado := consultas.por_que_nao_serve(convite, em=em, hoje=hoje):
        raise AtoRecusado(recado)
    pessoa = pessoas.criar_pessoa(email=convite.email, nome=nome, senha=senha, por=por, em=em)
    vinculo = aceitar(convite=convite, pessoa=pessoa, por=por, em=em, hoje=hoje)
    return pessoa, vinculo


@transaction.atomic
def sair(*, passagem: Passagem, dia: date, por: Ator, em: datetime) -> None:
    """Termina o mandato de quem sai. Se já tinha acabado (ficou vaga, ou o prazo venceu), nada muda."""
    sai = Vinculo.objects.select_for_update(of=("self",)).get(pk=passagem.sai_id)
    if sai.ate is None or sai.ate > dia:
        sai.ate = dia
        Vinculo.objects.filter(pk=sai.pk).update(ate=dia)
        registrar(ato="identidade.sair_da_titularidade", objeto=sai, por=por, em=em, dados={"ate": dia.isoformat()})
        motivo = passagem.motivo or "A titularidade passou a outra pessoa"
        vinculos.contar_fim(vinculo=sai, dia=dia, motivo=motivo, por=por, em=em)


@transaction.atomic
def entrar(*, passagem: Passagem, novo: Vinculo, por: Ator, em: datetime) -> None:
    """Põe quem entra no lugar de quem saiu: o que foi mantido passa ao novo, o que foi encerrado termina no dia."""
    encerrados = set(passagem.encerra)
    for delegado in Vinculo.objects.filter(pk__in=encerrados).exclude(pk=novo.pk):
        if delegado.ate is None or delegado.ate > novo.desde:
            dia = max(novo.desde, delegado.desde)
            vinculos.terminar(vinculo=delegado, dia=dia, herdeiro=novo, em=em)
            registrar(
                ato="identidade.encerrar_vinculo",
                objeto=delegado,
                por=por,
                em=em,
                motivo=ENCERRADO_NA_PASSAGEM,
                dados={"ate": dia.isoformat()},
            )
            vinculos.contar_fim(vinculo=delegado, dia=dia, motivo=ENCERRADO_NA_PASSAGEM, por=por, em=em)
    Vinculo.objects.filter(delegado_por_id=passagem.sai_id).exclude(pk=novo.pk).update(delegado_por=novo)
    abertos = Convite.objects.filter(por_vinculo_id=passagem.sai_id, estado=Convite.Estado.ABERTO)
    abertos.filter(pk__in=encerrados).update(estado=Convite.Estado.CANCELADO, respondido_em=em)
    abertos.filter(estado=Convite.Estado.ABERTO).update(por_vinculo=novo)
    passagem.entra = novo
    passagem.estado = Passagem.Estado.FEITA
    passagem.save(update_fields=["entra", "estado"])


def conferir_email(email: str) -> str:
    """O e-mail em minúsculas; `AtoRecusado` se não tem forma de e-mail."""
    limpo = email.strip().lower()
    try:
        validate_email(limpo)
    except ValidationError as erro:
        raise AtoRecusado(f"“{email.strip()}” não é um e-mail; escreva como nome@orgao.gov.br.") from erro
    return limpo


def _avisar(convite: Convite, *, segredo: str, por: Ator, em: datetime) -> None:
    """Manda o endereço ao e-mail; cada segredo é uma causa, para que mandar de novo mande mesmo."""
    avisar(
        modelo="identidade.convite",
        causa=f"convite:{convite.pk}:{convite.resumo[:12]}",
        pessoa_id=None,
        email=convite.email,
        dados={
            "papel": convite.papel.nome,
            "orgao": convite.orgao,
            "lugar": convite.lugar,
            "quem": f"{por.pessoa.nome} ({por.vinculo})" if por.pessoa else "Quem opera o sistema",
            "ate": momento(convite.valido_ate),
        },
        endereco=consultas.endereco_do_convite(segredo),
        por=por,
        em=em,
    )


def _vinculo_do(convite: Convite, pessoa: Pessoa, *, desde: date) -> Vinculo:
    return Vinculo(
        pessoa=pessoa,
        papel_codigo=convite.papel_codigo,
        abrangencia=convite.abrangencia,
        area=convite.area,
        orgao=convite.orgao,
        unidade=convite.unidade,
        desde=desde,
        ate=convite.ate,
        ato_numero=convite.ato_numero,
        ato_dia=convite.ato_dia,
        ato_documento=convite.ato_documento,
        delegado_por=convite.por_vinculo,
    )


def _travado(convite: Convite) -> Convite:
    return Convite.objects.select_for_update(of=("self",)).get(pk=convite.pk)


def _exigir_aberto(convite: Convite) -> None:
    if convite.estado != Convite.Estado.ABERTO:
        raise AtoRecusado(f"Este convite já está {convite.get_estado_display()}.")


def fechar(convite: Convite, *, estado: Convite.Estado, em: datetime) -> None:
    """Dá o convite por respondido; se não foi aceito, a passagem que o esperava se desfaz."""
    convite.estado = estado
    convite.respondido_em = em
    convite.save(update_fields=["estado", "respondido_em"])
    if estado != Convite.Estado.ACEITO:
        Passagem.objects.filter(convite=convite, estado=Passagem.Estado.ESPERA).update(estado=Passagem.Estado.DESFEITA)


def _conferir_titular(novo: NovoConvite, *, troca: Vinculo | None) -> None:
    outros = consultas.titulares_nos_dias(
        papel=novo.papel, abrangencia=novo.abrangencia, desde=novo.desde, ate=novo.ate
    )
    if troca is not None:
        outros = outros.exclude(pk=troca.pk)
    outro = outros.first()
    if outro is not None:
        raise AtoRecusado(
            f"{outro.pessoa.nome} já é {novo.papel.nome} em {outro.lugar}, desde {dia_escrito(outro.desde)}. "
            "Titular é um só: abra a ficha dessa pessoa e use “Passar a titularidade”."
        )
    aberto = Convite.objects.filter(
        papel_codigo=novo.papel.codigo, abrangencia=novo.abrangencia, estado=Convite.Estado.ABERTO
    )
    if aberto.exists():
        raise AtoRecusado(
            f"Já há um convite à espera para {novo.papel.nome} nesse território. "
            "Cancele-o antes de convidar outra pessoa."
        )


def _conferir_repetido(novo: NovoConvite, *, email: str) -> None:
    igual = {"papel_codigo": novo.papel.codigo, "abrangencia": novo.abrangencia, "unidade": novo.unidade}
    if Convite.objects.filter(email=email, estado=Convite.Estado.ABERTO, **igual).exists():
        raise AtoRecusado(f"Já há um convite à espera para {email} neste papel. Mande-o de novo, ou cancele-o.")
    if Vinculo.objects.filter(pessoa__email=email, ate=None, **igual).exists():
        onde = "nessa unidade" if novo.unidade else "nesse território"
        raise AtoRecusado(f"{email} já é {novo.papel.nome} {onde}.")
