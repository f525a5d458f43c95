"""Atos sobre vínculos: quem passa a ter um papel num território, muda de área ou de órgão, e deixa de ter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model, Q

from suas.nucleo.avisos.acoes.emissao import avisar
from suas.nucleo.documentos import acoes as documentos
from suas.nucleo.documentos.sigilo import Sigilo
from suas.nucleo.identidade import casas, consultas, permissoes
from suas.nucleo.identidade.acoes.perda import tirar_acesso
from suas.nucleo.identidade.models import Convite, Instalacao, Pessoa, Vinculo
from suas.nucleo.permissoes.abrangencia import esfera_de
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import ADMINISTRACAO_FEDERAL, Papel
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela.filtros import dia as dia_escrito
from suas.nucleo.trilha.acoes import registrar

if TYPE_CHECKING:
    from suas.nucleo.documentos.models import Documento


@dataclass(frozen=True, kw_only=True)
class AtoDeNomeacao:
    """A portaria, o decreto ou a ata que nomeia: número, dia e o arquivo, todos opcionais."""

    numero: str = ""
    dia: date | None = None
    arquivo: UploadedFile[bytes] | None = None


SEM_ATO = AtoDeNomeacao()


@transaction.atomic
def vincular(
    *,
    pessoa: Pessoa,
    papel: Papel,
    abrangencia: str,
    orgao: str,
    desde: date,
    por: Ator,
    em: datetime,
    area: str = "",
    ate: date | None = None,
    delegado_por: Vinculo | None = None,
    unidade: UUID | None = None,
) -> Vinculo:
    """Dá à pessoa um papel num território, sem convite: é o ato de quem opera o servidor.

    Repetir não muda nada. Erros: `AtoRecusado` quando o papel não cabe ali ou já há titular nesses dias.
    """
    orgao = conferir_lugar(papel=papel, abrangencia=abrangencia, area=area, orgao=orgao, unidade=unidade)
    aberto = Vinculo.objects.filter(
        pessoa=pessoa, papel_codigo=papel.codigo, abrangencia=abrangencia, unidade=unidade, ate=None
    )
    if ate is None and (existente := aberto.first()):
        return existente
    novo = Vinculo(
        pessoa=pessoa,
        papel_codigo=papel.codigo,
        abrangencia=abrangencia,
        area=area,
        orgao=orgao,
        unidade=unidade,
        desde=desde,
        ate=ate,
        delegado_por=delegado_por,
    )
    return abrir(novo=novo, por=por, em=em, ato="identidade.vincular")


@transaction.atomic
def encerrar(*, vinculo: Vinculo, dia: date, motivo: str, por: Ator, em: datetime, hoje: date) -> Vinculo:
    """Encerra o vínculo: `dia` é o primeiro em que já não vale. A titularidade não se encerra: passa-se.

    O que ele delegou passa a constar sob quem encerra, e os seus convites sem resposta são cancelados.
    Erros: `PermissionDenied` se o ator não responde por este papel; `AtoRecusado` se o dia ou o motivo não servem.
    """
    permissoes.exigir_gestao_do_vinculo(por, vinculo)
    vinculo = Vinculo.objects.select_for_update(of=("self",)).get(pk=vinculo.pk)
    if vinculo.papel.titular:
        raise AtoRecusado(
            f"{vinculo.papel.nome} é titularidade: passe a quem entra, ou deixe vaga, em “Passar a titularidade”."
        )
    _conferir_fim(vinculo, dia=dia, hoje=hoje)
    if not motivo.strip():
        raise AtoRecusado("Diga o motivo: ele fica no histórico da pessoa.")
    if vinculo.papel == ADMINISTRACAO_FEDERAL:
        _conferir_que_fica_alguem(vinculo, dia=dia)
    terminar(vinculo=vinculo, dia=dia, herdeiro=por.vinculo, em=em)
    registrar(
        ato="identidade.encerrar_vinculo",
        objeto=vinculo,
        por=por,
        em=em,
        motivo=motivo.strip(),
        dados={"ate": dia.isoformat()},
    )
    contar_fim(vinculo=vinculo, dia=dia, motivo=motivo, por=por, em=em)
    return vinculo


@transaction.atomic
def mudar(
    *,
    vinculo: Vinculo,
    area: str,
    orgao: str,
    dia: date,
    por: Ator,
    em: datetime,
    hoje: date,
    unidade: UUID | None = None,
) -> Vinculo:
    """Muda a área, o órgão ou a unidade a partir do dia: o vínculo termina e outro começa, no mesmo papel.

    Erros: `PermissionDenied` se o ator não responde por este papel; `AtoRecusado` se nada mudaria ou o dia não serve.
    """
    permissoes.exigir_gestao_do_vinculo(por, vinculo)
    vinculo = Vinculo.objects.select_for_update(of=("self",)).get(pk=vinculo.pk)
    orgao = conferir_lugar(
        papel=vinculo.papel, abrangencia=vinculo.abrangencia, area=area, orgao=orgao, unidade=unidade
    )
    if (area, orgao, unidade) == (vinculo.area, vinculo.orgao, vinculo.unidade):
        raise AtoRecusado("A área, o órgão e a unidade são os mesmos de agora. Mude um deles, ou volte.")
    _conferir_fim(vinculo, dia=dia, hoje=hoje)
    ate, vinculo.ate = vinculo.ate, dia
    Vinculo.objects.filter(pk=vinculo.pk).update(ate=dia)
    novo = Vinculo(
        pessoa=vinculo.pessoa,
        papel_codigo=vinculo.papel_codigo,
        abrangencia=vinculo.abrangencia,
        area=area,
        orgao=orgao,
        unidade=unidade,
        desde=dia,
        ate=ate,
        ato_numero=vinculo.ato_numero,
        ato_dia=vinculo.ato_dia,
        ato_documento=vinculo.ato_documento,
        delegado_por_id=vinculo.delegado_por_id,  # pode ser de um território que quem age não vê
    )
    abrir(novo=novo, por=por, em=em, ato="identidade.mudar_vinculo", dados={"antes": str(vinculo.pk)})
    _herdar(vinculo, herdeiro=novo)
    tirar_acesso(vinculo=vinculo, por=por, em=em)
    return novo


@transaction.atomic
def trocar_casa(*, nomeacao: Model, por: Ator, em: datetime) -> None:
    """Grava a unidade e o órgão que o vínculo, ou o convite, já traz: o cadastro da unidade se juntou a outro.

    A pessoa continua com o mesmo vínculo, na mesma casa, que agora tem um cadastro só.
    """
    assert isinstance(nomeacao, Vinculo | Convite)
    nomeacao.save(update_fields=["unidade", "orgao"])
    registrar(ato="identidade.trocar_casa", objeto=nomeacao, por=por, em=em)


def um_de_cada_vez() -> None:
    """Dois atos que dão papel a alguém esperam um pelo outro, também no PostgreSQL: um vê o que o outro gravou."""
    Instalacao.objects.select_for_update().first()


def conferir_lugar(*, papel: Papel, abrangencia: str, area: str, orgao: str, unidade: UUID | None = None) -> str:
    """O papel existe na esfera, a área é dele e o órgão foi dito; senão `AtoRecusado`, em palavras.

    Devolve o órgão como se grava: o nome da unidade ou entidade, se ela foi dita.
    """
    if esfera_de(abrangencia) not in papel.esferas:
        raise AtoRecusado(f"O papel “{papel.nome}” não existe nessa esfera.")
    if papel.areas and area not in papel.areas:
        raise AtoRecusado(f"Diga a área: {papel.nome} se exerce numa das gerências.")
    if area and not papel.areas:
        raise AtoRecusado(f"{papel.nome} não se reparte em áreas. Deixe a área em branco.")
    if unidade is not None:
        return _conferir_casa(papel=papel, abrangencia=abrangencia, unidade=unidade)
    if not orgao.strip():
        raise AtoRecusado("Diga o órgão ou a unidade, como aparecerá na tela: CMAS de Vitória/ES.")
    return orgao.strip()


def _conferir_casa(*, papel: Papel, abrangencia: str, unidade: UUID) -> str:
    """O nome da unidade ou entidade, que precisa ser do município e do tipo que o papel pede."""
    if not papel.da_unidade:
        raise AtoRecusado(f"{papel.nome} age em todo o território, e não numa unidade. Deixe a unidade em branco.")
    casa = casas.uma(unidade)
    if casa is None or casa.municipio != abrangencia:
        raise AtoRecusado("Essa unidade não está no cadastro deste município. Escolha outra da lista.")
    if casa.especie != papel.casa:
        o_que = "uma entidade" if papel.casa == "entidade" else "uma unidade da rede"
        raise AtoRecusado(f"{casa.nome} não serve: {papel.nome} se exerce em {o_que}. Escolha outra da lista.")
    return casa.nome


@transaction.atomic
def abrir(
    *, novo: Vinculo, por: Ator, em: datetime, ato: str, dados: dict[str, str] | None = None, motivo: str = ""
) -> Vinculo:
    """Grava o vínculo novo e a linha na trilha. Recusa o que se cruzaria com o titular em exercício."""
    um_de_cada_vez()
    if novo.papel.titular:
        outro = consultas.titulares_nos_dias(
            papel=novo.papel, abrangencia=novo.abrangencia, desde=novo.desde, ate=novo.ate
        ).first()
        if outro is not None:
            fim = f"até {dia_escrito(outro.ate)}" if outro.ate else "sem fim marcado"
            raise AtoRecusado(
                f"{outro.pessoa.nome} já é {novo.papel.nome} em {novo.lugar}, desde {dia_escrito(outro.desde)}, {fim}. "
                "Titular é um só: use “Passar a titularidade”."
            )
    repetido = Vinculo.objects.filter(
        pessoa=novo.pessoa,
        papel_codigo=novo.papel_codigo,
        abrangencia=novo.abrangencia,
        unidade=novo.unidade,
        ate=None,
    )
    if novo.ate is None and repetido.exists():
        raise AtoRecusado(f"Esta pessoa já é {novo.papel.nome} em {novo.onde if novo.unidade else novo.lugar}.")
    novo.save(force_insert=True)
    if novo.papel.titular:
        _herdar_de_quem_foi_titular(novo)
    registrar(ato=ato, objeto=novo, por=por, em=em, motivo=motivo, dados={"papel": novo.papel_codigo} | (dados or {}))
    return novo


def terminar(*, vinculo: Vinculo, dia: date, herdeiro: Vinculo | None, em: datetime) -> None:
    """Põe fim ao vínculo e passa adiante o que ele delegou. Parte de um ato, que deixa a linha na trilha."""
    Vinculo.objects.filter(pk=vinculo.pk).update(ate=dia)
    vinculo.ate = dia
    _herdar(vinculo, herdeiro=herdeiro)
    Convite.objects.filter(por_vinculo=vinculo, estado=Convite.Estado.ABERTO).update(
        estado=Convite.Estado.CANCELADO, respondido_em=em
    )


def contar_fim(*, vinculo: Vinculo, dia: date, motivo: str, por: Ator, em: datetime) -> None:
    """Tira o que entrava pelo vínculo e avisa a pessoa de que termina, se quem o termina é outra. Parte de um ato."""
    vinculo.ate = dia
    tirar_acesso(vinculo=vinculo, por=por, em=em)
    if por.pessoa is not None and por.pessoa.pk == vinculo.pessoa_id:
        return
    avisar(
        modelo="identidade.vinculo_encerrado",
        causa=f"encerrado:{vinculo.pk}:{dia.isoformat()}",
        pessoa_id=vinculo.pessoa_id,
        dados={
            "vinculo": str(vinculo),
            "dia": dia_escrito(dia),
            "motivo": motivo.strip(),
            "quem": str(por.vinculo) if por.vinculo else "quem opera o sistema, ou quem entrou no seu lugar",
        },
        por=por,
        em=em,
    )


def guardar_documento(*, nomeacao: AtoDeNomeacao, abrangencia: str, por: Ator, em: datetime) -> Documento | None:
    """Guarda o arquivo do ato de nomeação, se veio um. Erros: `AtoRecusado` quando o arquivo não serve."""
    if nomeacao.arquivo is None:
        return None
    try:
        return documentos.guardar(
            arquivo=nomeacao.arquivo, sigilo=Sigilo.RESTRITO, abrangencia=abrangencia, por=por, em=em
        )
    except documentos.DocumentoRecusado as recusa:
        raise AtoRecusado(str(recusa)) from recusa


def _herdar(vinculo: Vinculo, *, herdeiro: Vinculo | None) -> None:
    if herdeiro is not None and herdeiro.pk != vinculo.pk:
        Vinculo.objects.filter(delegado_por=vinculo).exclude(pk=herdeiro.pk).update(delegado_por=herdeiro)


def _herdar_de_quem_foi_titular(novo: Vinculo) -> None:
    """O que ainda vale por delegação de titular que saiu sem passar (vaga, prazo vencido) fica sob quem entra."""
    anteriores = Vinculo.objects.filter(
        papel_codigo=novo.papel_codigo, abrangencia=novo.abrangencia, ate__lte=novo.desde
    ).exclude(pk=novo.pk)
    ainda = Q(ate__isnull=True) | Q(ate__gt=novo.desde)
    Vinculo.objects.filter(ainda, delegado_por__in=anteriores).exclude(pk=novo.pk).update(delegado_por=novo)


def _conferir_fim(vinculo: Vinculo, *, dia: date, hoje: date) -> None:
    if vinculo.ate is not None and vinculo.ate <= hoje:
        raise AtoRecusado(f"Este vínculo já terminou em {dia_escrito(vinculo.ate)}.")
    if dia < hoje:
        raise AtoRecusado(f"O dia {dia_escrito(dia)} já passou. O que foi feito até hoje valeu: use hoje ou depois.")
    if dia < vinculo.desde:
        raise AtoRecusado(
            f"O vínculo só começa em {dia_escrito(vinculo.desde)}. Para que não chegue a valer, use esse dia."
        )
    if vinculo.ate is not None and dia >= vinculo.ate:
        raise AtoRecusado(f"O vínculo já termina em {dia_escrito(vinculo.ate)}. Escolha um dia antes.")


def _conferir_que_fica_alguem(vinculo: Vinculo, *, dia: date) -> None:
    outros = Vinculo.objects.filter(consultas.vigente(dia), papel_codigo=vinculo.papel_codigo).exclude(pk=vinculo.pk)
    if not outros.exists():
        raise AtoRecusado("É a última pessoa da administração federal: nomeie outra antes de encerrar este vínculo.")
