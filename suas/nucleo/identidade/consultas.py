"""O que se pergunta sobre pessoas e vínculos."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from suas.nucleo import tranca
from suas.nucleo.identidade.models import Convite, Instalacao, Passagem, Pessoa, Vinculo
from suas.nucleo.permissoes.abrangencia import BRASIL
from suas.nucleo.permissoes.ator import ATOR_PUBLICO, Ator
from suas.nucleo.permissoes.papeis import Papel


def vinculos_vigentes(pessoa: Pessoa, *, em: date) -> QuerySet[Vinculo]:
    """Vínculos da pessoa que valem no dia `em`."""
    return Vinculo.objects.filter(vigente(em), pessoa=pessoa)


def ator_de(pessoa: Pessoa, *, vinculo_id: str | UUID | None, em: date) -> Ator:
    """O ator do pedido: o vínculo escolhido se ainda vale, senão o primeiro; sem nenhum, age como o público."""
    return ator_entre(pessoa, vigentes=list(vinculos_vigentes(pessoa, em=em)), vinculo_id=vinculo_id)


def ator_entre(pessoa: Pessoa, *, vigentes: list[Vinculo], vinculo_id: str | UUID | None) -> Ator:
    """O mesmo, com os vínculos vigentes já lidos."""
    if not vigentes:
        return Ator(pessoa=pessoa, vinculo=None, papel=ATOR_PUBLICO.papel, abrangencia="")
    escolhido = next((v for v in vigentes if str(v.pk) == str(vinculo_id)), vigentes[0])
    return Ator(pessoa=pessoa, vinculo=escolhido, papel=escolhido.papel, abrangencia=escolhido.abrangencia)


def ator_pelo_vinculo(vinculo_id: str) -> Ator:
    """O ator de um ato pedido antes e feito agora, na fila: quem pediu já foi conferido no pedido.

    Vínculo vazio ou apagado age como o público, que nada pode.
    """
    vinculo = Vinculo.objects.select_related("pessoa").filter(pk=vinculo_id).first() if vinculo_id else None
    if vinculo is None:
        return ATOR_PUBLICO
    return Ator(pessoa=vinculo.pessoa, vinculo=vinculo, papel=vinculo.papel, abrangencia=vinculo.abrangencia)


def vigente(em: date) -> Q:
    """Condição: o vínculo vale no dia."""
    return Q(desde__lte=em) & (Q(ate__isnull=True) | Q(ate__gt=em))


def vinculos_em(abrangencia: str) -> QuerySet[Vinculo]:
    """Os vínculos de dentro de uma abrangência, de qualquer dia."""
    return Vinculo.objects.filter(dentro_de(abrangencia))


@tranca.como_sistema()  # quem delegou pode ser de um território que quem olha não alcança
def vinculos_da_ficha(pessoa: Pessoa, *, abrangencia: str) -> list[Vinculo]:
    """Os vínculos da pessoa dentro da abrangência, do mais novo ao mais antigo, com quem delegou cada um."""
    dela = vinculos_em(abrangencia).filter(pessoa=pessoa).select_related("delegado_por")
    return list(dela.order_by("-desde", "-id"))


def das_pessoas(ids: Iterable[UUID]) -> set[UUID]:
    """Destes identificadores, os que são de pessoas do sistema."""
    return set(Pessoa.objects.filter(pk__in=list(ids)).values_list("pk", flat=True))


def convites_em(abrangencia: str) -> QuerySet[Convite]:
    """Os convites para dentro de uma abrangência, do mais novo ao mais antigo."""
    return Convite.objects.filter(dentro_de(abrangencia))


def dentro_de(abrangencia: str) -> Q:
    """Condição: o território está na abrangência. Faixa, e não “começa por”, para usar o índice nos dois bancos."""
    if abrangencia == BRASIL:
        return Q()
    if not abrangencia:
        return Q(pk__in=())
    return Q(abrangencia__gte=abrangencia, abrangencia__lt=str(int(abrangencia) + 1).zfill(len(abrangencia)))


def titulares_nos_dias(*, papel: Papel, abrangencia: str, desde: date, ate: date | None) -> QuerySet[Vinculo]:
    """Quem é ou será titular ali em algum dia do período; vínculo que não chegou a valer não conta."""
    cruza = Q(ate__isnull=True) | Q(ate__gt=desde)
    if ate is not None:
        cruza &= Q(desde__lt=ate)
    vale = Q(ate__isnull=True) | Q(ate__gt=F("desde"))
    return Vinculo.objects.filter(cruza & vale, papel_codigo=papel.codigo, abrangencia=abrangencia).select_related(
        "pessoa"
    )


def delegacoes(titular: Vinculo, *, hoje: date) -> QuerySet[Vinculo]:
    """O que ainda vale, ou vai valer, por delegação deste titular, e os adjuntos do mesmo lugar."""
    de_adjunto = [codigo for codigo in titular.papel.nomeia if codigo.endswith("_adjunto")]
    adjuntos = Q(papel_codigo__in=de_adjunto, abrangencia=titular.abrangencia)
    ainda = Q(ate__isnull=True) | Q(ate__gt=hoje)
    return Vinculo.objects.filter(Q(delegado_por=titular) | adjuntos, ainda).select_related("pessoa")


def convites_abertos_de(titular: Vinculo) -> QuerySet[Convite]:
    """Os convites que este vínculo fez e ninguém respondeu."""
    return Convite.objects.filter(por_vinculo=titular, estado=Convite.Estado.ABERTO)


def pessoa_conhecida(email: str, *, abrangencia: str) -> Pessoa | None:
    """Quem tem este e-mail e algum vínculo na abrangência; quem só tem fora dela não se revela."""
    ids = vinculos_em(abrangencia).values("pessoa_id")
    return Pessoa.objects.filter(email=email.strip().lower(), is_active=True, pk__in=ids).first()


def resumo_do(segredo: str) -> str:
    """O que se guarda do segredo de um endereço de convite."""
    return hashlib.sha256(segredo.encode()).hexdigest()


@tranca.como_sistema()  # quem tem o segredo ainda não tem território
def convite_do_segredo(segredo: str) -> Convite | None:
    """O convite a que o endereço leva, em qualquer estado; nenhum, se o segredo não é de convite algum."""
    convites = Convite.objects.select_related("por_vinculo__pessoa", "vinculo")
    return convites.filter(resumo=resumo_do(segredo)).first()


def endereco_do_convite(segredo: str) -> str:
    """O caminho, nesta instalação, em que se responde ao convite."""
    return reverse("convite", args=[segredo])


@tranca.como_sistema()  # quem convidou pode ser de um território que quem foi convidado não alcança
def convites_para(pessoa: Pessoa, *, em: datetime) -> list[Convite]:
    """Os convites que esperam resposta desta pessoa, com quem a convidou."""
    abertos = Convite.objects.filter(email=pessoa.email.lower(), estado=Convite.Estado.ABERTO, valido_ate__gt=em)
    return list(abertos.select_related("por_vinculo__pessoa"))


def por_que_nao_serve(convite: Convite, *, em: datetime, hoje: date) -> str:
    """Por que o convite já não se aceita, em palavras e com o próximo passo; vazio se ele serve."""
    if convite.estado == Convite.Estado.ACEITO:
        return "Este convite já foi usado. Quem o aceitou entra com o e-mail e a senha que definiu."
    if convite.estado == Convite.Estado.RECUSADO:
        return "Este convite foi recusado. Se mudou de ideia, peça outro a quem convidou."
    if convite.estado == Convite.Estado.CANCELADO:
        return "Este convite foi cancelado por quem o fez. Procure o órgão que convidou."
    if convite.valido_ate <= em:
        return "Este convite venceu sem resposta. Peça a quem convidou que o mande de novo."
    autor = convite.por_vinculo
    da_propria_passagem = Passagem.objects.filter(convite=convite, sai_id=convite.por_vinculo_id)
    if autor is not None and autor.ate is not None and autor.ate <= hoje and not da_propria_passagem.exists():
        return "Quem fez este convite já não responde por ele. Peça outro a quem ficou no lugar."
    return ""


def instalacao() -> Instalacao | None:
    return Instalacao.objects.first()


def pode_entrar(pessoa: Pessoa) -> bool:
    """Pessoa ativa; a da demonstração, só em instalação de demonstração."""
    if not pessoa.is_active:
        return False
    if not pessoa.de_demonstracao:
        return True
    atual = instalacao()
    return atual is not None and atual.demonstracao


def pessoa_do_email(email: str) -> Pessoa | None:
    return Pessoa.objects.filter(email__iexact=email.strip()).first()


def pessoa_pelo_numero(pessoa_id: UUID) -> Pessoa | None:
    return Pessoa.objects.filter(pk=pessoa_id).first()


def representantes(unidade: UUID, *, em: date) -> list[UUID]:
    """As pessoas com vínculo vigente nesta unidade ou entidade."""
    da_casa = Vinculo.objects.filter(vigente(em), unidade=unidade, pessoa__is_active=True)
    return list(da_casa.values_list("pessoa_id", flat=True).distinct())


def nomeacoes_na_casa(unidade: UUID, *, em: date) -> list[Vinculo | Convite]:
    """Os vínculos que valem, ou vão valer, nesta unidade ou entidade, e os convites abertos para ela."""
    vinculos = Vinculo.objects.filter(Q(ate__isnull=True) | Q(ate__gt=em), unidade=unidade).order_by("desde", "id")
    convites = Convite.objects.filter(estado=Convite.Estado.ABERTO, unidade=unidade).order_by("criado_em", "id")
    return [*vinculos, *convites]


def nomeacao_pelo_numero(numero: str) -> QuerySet[Vinculo] | QuerySet[Convite]:
    """O vínculo com este identificador; se não há, o convite."""
    vinculo = Vinculo.objects.filter(pk=numero)
    return vinculo if vinculo.exists() else Convite.objects.filter(pk=numero)


def tem_o_mesmo_papel(nomeacao: Vinculo | Convite, *, unidade: UUID) -> bool:
    """A mesma pessoa, ou o mesmo convidado, já tem este papel, sem fim marcado, nesta outra unidade?"""
    papel = {"papel_codigo": nomeacao.papel_codigo, "unidade": unidade}
    if isinstance(nomeacao, Convite):
        return Convite.objects.filter(**papel, email=nomeacao.email, estado=Convite.Estado.ABERTO).exists()
    return Vinculo.objects.filter(**papel, pessoa=nomeacao.pessoa_id, ate=None).exists()


def orgaos_dos_vinculos(vinculos: Iterable[UUID]) -> dict[UUID, str]:
    """O órgão de cada vínculo que ainda existe."""
    return dict(Vinculo.objects.filter(pk__in=list(vinculos)).values_list("pk", "orgao"))


@dataclass(frozen=True, kw_only=True)
class Filtro:
    """O que se procura na lista dos acessos. `situacao`: vigentes, futuros, encerrados ou todos."""

    texto: str = ""
    papel: str = ""
    situacao: str = "vigentes"
    lugar: str = ""


SITUACOES = (
    ("vigentes", "valem hoje"),
    ("vencem", "acabam em 30 dias"),
    ("futuros", "ainda vão começar"),
    ("encerrados", "já terminaram"),
    ("todos", "todos"),
)
DIAS_DE_AVISO = 30


def lista_de_acessos(abrangencia: str, *, filtro: Filtro, hoje: date) -> QuerySet[Vinculo]:
    """Os vínculos da abrangência que o filtro deixa, por nome da pessoa. Uma consulta, com a pessoa junto."""
    vinculos = vinculos_em(abrangencia).filter(_da_situacao(filtro.situacao, hoje=hoje))
    if filtro.lugar:
        vinculos = vinculos.filter(dentro_de(filtro.lugar))
    if filtro.papel:
        vinculos = vinculos.filter(papel_codigo=filtro.papel)
    for palavra in filtro.texto.split()[:5]:
        vinculos = vinculos.filter(
            Q(pessoa__nome__icontains=palavra) | Q(pessoa__email__icontains=palavra) | Q(orgao__icontains=palavra)
        )
    return vinculos.select_related("pessoa").order_by("pessoa__nome", "pessoa_id", "desde", "id")


def que_acabam(ator: Ator, *, hoje: date) -> QuerySet[Vinculo]:
    """Os vínculos de papéis que o ator dá e que acabam em breve, sem o próprio."""
    filtro = Filtro(situacao="vencem")
    acabam = lista_de_acessos(ator.abrangencia, filtro=filtro, hoje=hoje).filter(papel_codigo__in=ator.papel.nomeia)
    return acabam.exclude(pk=ator.vinculo.pk) if ator.vinculo else acabam


def _da_situacao(situacao: str, *, hoje: date) -> Q:
    em_breve = hoje + timedelta(days=DIAS_DE_AVISO)
    return {
        "vigentes": vigente(hoje),
        "vencem": vigente(hoje) & Q(ate__lte=em_breve),
        "futuros": Q(desde__gt=hoje) & (Q(ate__isnull=True) | Q(ate__gt=F("desde"))),
        "encerrados": Q(ate__lte=hoje),
    }.get(situacao, Q())


def situacao_de(vinculo: Vinculo, *, hoje: date) -> str:
    """Em que pé está o vínculo, em palavras."""
    if vinculo.ate is not None and vinculo.ate <= max(vinculo.desde, hoje):
        return "terminou" if vinculo.ate > vinculo.desde else "não chegou a valer"
    if vinculo.desde > hoje:
        return "vai começar"
    if vinculo.ate is not None and vinculo.ate <= hoje + timedelta(days=DIAS_DE_AVISO):
        return "acaba em breve"
    return "vale"


def situacao_do_convite(convite: Convite, *, em: datetime) -> str:
    """Em que pé está o convite, em palavras: o aberto que passou do prazo diz que venceu."""
    if convite.estado == Convite.Estado.ABERTO and convite.valido_ate <= em:
        return "venceu sem resposta"
    return str(convite.get_estado_display())


def passagem_a_espera(vinculo: Vinculo) -> Passagem | None:
    """A passagem desta titularidade que espera o aceite de quem entra."""
    return vinculo.passagens.filter(estado=Passagem.Estado.ESPERA).select_related("convite").first()


def entra_depois(vinculo: Vinculo, sai: Vinculo) -> bool:
    """Este mandato foi aberto pela passagem de quem sai?"""
    return Passagem.objects.filter(entra=vinculo, sai=sai).exists()


def nomes_das_pessoas(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """O nome de cada pessoa, numa consulta."""
    return dict(Pessoa.objects.filter(pk__in={chave for chave in ids if chave}).values_list("pk", "nome"))


def dia_iso(texto: str) -> date | None:
    """O dia que a trilha guardou como 2026-11-22; nada, se não é um dia."""
    try:
        return date.fromisoformat(texto)
    except ValueError:
        return None


def vinculos_por_numero(ids: Iterable[UUID | None]) -> dict[UUID, Vinculo]:
    """Os vínculos destes números que ainda existem, com a pessoa junto, também os que já acabaram."""
    vinculos = Vinculo.objects.filter(pk__in=[i for i in ids if i is not None]).select_related("pessoa")
    return {vinculo.pk: vinculo for vinculo in vinculos}


@dataclass(frozen=True, kw_only=True)
class Responde:
    """Quem responde por um território num papel."""

    pessoa_id: UUID
    nome: str
    email: str
    abrangencia: str


def que_respondem(papeis: Iterable[str], *, territorios: Iterable[str], em: date) -> list[Responde]:
    """Quem entra no sistema com vínculo no dia num dos papéis, em cada um dos territórios; uma vez em cada."""
    vinculos = Vinculo.objects.filter(
        vigente(em), papel_codigo__in=list(papeis), abrangencia__in=list(territorios), pessoa__is_active=True
    )
    campos = ("pessoa_id", "pessoa__nome", "pessoa__email", "abrangencia")
    return [
        Responde(pessoa_id=pessoa, nome=nome, email=email, abrangencia=onde)
        for pessoa, nome, email, onde in vinculos.order_by("abrangencia", "pessoa__nome")
        .values_list(*campos)
        .distinct()
    ]
