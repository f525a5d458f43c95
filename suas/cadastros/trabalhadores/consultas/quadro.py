"""O quadro: quem trabalha onde, em que função, quantas horas. `hoje` é o dia em que se pergunta."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.cadastros.trabalhadores.consultas import horas
from suas.cadastros.trabalhadores.models import Lotacao, QuemAtende, Trabalhador
from suas.nucleo import tranca

#: Até quantos dias antes, e depois, se lembra que uma lotação acaba.
DIAS_DO_FIM = 30
SITUACOES = (
    ("", "Em exercício"),
    ("sairam", "Já saíram"),
    ("vao_entrar", "Ainda vão entrar"),
    ("vencem", "Acabam, ou acabaram há pouco"),
    ("em_fechada", "Abertas em unidade que fechou"),
    ("horas", "De quem soma horas demais"),
    ("todas", "Todas"),
)
ORDENS: Mapping[str, tuple[str, ...]] = {
    "nome": ("trabalhador__nome_busca", "id"),
    "onde": ("unidade__nome_busca", "orgao", "trabalhador__nome_busca", "id"),
    "funcao": ("funcao", "trabalhador__nome_busca", "id"),
    "horas": ("carga_horaria", "trabalhador__nome_busca", "id"),
    "desde": ("desde", "trabalhador__nome_busca", "id"),
}


@dataclass(frozen=True, kw_only=True)
class Filtro:
    """O que o quadro mostra: um território, uma unidade ou um órgão, e o que mais se escolheu."""

    abrangencia: str
    unidade: UUID | None = None
    orgao: str = ""
    termo: str = ""
    funcao: str = ""
    vinculo: str = ""
    profissao: str = ""
    situacao: str = ""
    ordem: str = "nome"


def quadro(filtro: Filtro, *, hoje: date) -> QuerySet[Lotacao]:
    """As lotações do território exato que o filtro deixa, com a pessoa e a unidade junto. Uma consulta."""
    lotacoes = Lotacao.objects.filter(_da_situacao(filtro.situacao, hoje=hoje), abrangencia=filtro.abrangencia)
    if filtro.situacao == "horas":
        lotacoes = lotacoes.filter(trabalhador_id__in=horas.quem_soma_demais(filtro.abrangencia, hoje=hoje))
    exatos = {
        "unidade_id": filtro.unidade,
        "orgao": filtro.orgao,
        "funcao": filtro.funcao,
        "vinculo_de_trabalho": filtro.vinculo,
        "trabalhador__profissao": filtro.profissao,
    }
    lotacoes = lotacoes.filter(**{campo: valor for campo, valor in exatos.items() if valor})
    for palavra in nome_de_busca(filtro.termo).split()[:5]:
        lotacoes = lotacoes.filter(
            Q(trabalhador__nome_busca__contains=palavra) | Q(unidade__nome_busca__contains=palavra)
        )
    return lotacoes.select_related("trabalhador", "unidade").order_by(*_ordem(filtro.ordem))


def unidade_do_filtro(filtro: Filtro) -> Unidade | None:
    """A unidade que o filtro escolhe, se fica no território dele."""
    if filtro.unidade is None:
        return None
    return Unidade.objects.da_abrangencia(filtro.abrangencia).filter(pk=filtro.unidade).first()


def _ordem(ordem: str) -> list[str]:
    primeira, *resto = ORDENS.get(ordem.removeprefix("-"), ORDENS["nome"])
    return [f"-{primeira}" if ordem.startswith("-") else primeira, *resto]


def _da_situacao(situacao: str, *, hoje: date) -> Q:
    if situacao == "vencem":
        return _q_do_fim(hoje)
    return {
        "sairam": Q(ate__lte=hoje),
        "em_fechada": Q(unidade__fechada_em__lte=hoje) & (Q(ate__isnull=True) | Q(ate__gt=hoje)),
        "vao_entrar": Q(desde__gt=hoje),
        "todas": Q(),
    }.get(situacao, Q(desde__lte=hoje) & (Q(ate__isnull=True) | Q(ate__gt=hoje)))


def _q_do_fim(hoje: date) -> Q:
    """Acabam em breve, ou acabaram sozinhas há pouco: com o fim marcado de antes, e sem outra que continue no dia."""
    seguinte = Lotacao.objects.filter(trabalhador=OuterRef("trabalhador"), desde=OuterRef("ate"))
    perto = Q(ate__gt=hoje - timedelta(days=DIAS_DO_FIM), ate__lte=hoje + timedelta(days=DIAS_DO_FIM))
    return perto & Q(mudada_em__date__lt=F("ate")) & ~Q(Exists(seguinte))


def contar(filtro: Filtro, *, situacao: str, hoje: date) -> int:
    """Quantas lotações o quadro mostraria nesta situação."""
    return quadro(replace(filtro, situacao=situacao), hoje=hoje).count()


def da_unidade(unidade: Unidade, *, hoje: date) -> list[Lotacao]:
    """Quem está em exercício na unidade, por função e nome."""
    em_exercicio = unidade.lotacoes.filter(_da_situacao("", hoje=hoje))
    return list(em_exercicio.select_related("trabalhador").order_by("funcao", "trabalhador__nome_busca", "id"))


def do_orgao(*, abrangencia: str, hoje: date, orgao: str = "") -> list[Lotacao]:
    """Quem está em exercício nos órgãos do território: gestor, fundo e conselho."""
    lotacoes = Lotacao.objects.em_exercicio(hoje).filter(abrangencia=abrangencia, unidade__isnull=True)
    lotacoes = lotacoes.filter(orgao=orgao) if orgao else lotacoes
    return list(lotacoes.select_related("trabalhador").order_by("funcao", "trabalhador__nome_busca", "id"))


def unidades_do_municipio(codigo: str, *, hoje: date) -> list[Unidade]:
    """As unidades em que se pode lotar alguém: as que funcionam no município."""
    return list(Unidade.objects.filter(municipio_id=codigo).em_funcionamento(hoje).order_by("tipo", "nome_busca", "id"))


@tranca.como_sistema()  # o CPF é um só na instalação: procura-se também onde quem cadastra não alcança
def pelo_cpf(cpf: str) -> Trabalhador | None:
    """Quem tem este CPF, em qualquer território. Não se mostra a quem pergunta antes de `permissoes`."""
    return Trabalhador.objects.filter(cpf=cpf).first() if cpf else None


@tranca.como_sistema()  # é da própria pessoa, esteja lotada onde estiver
def da_pessoa(pessoa_id: UUID) -> list[UUID]:
    """O identificador de trabalhador de quem entra no sistema, se o cadastro dela está ligado."""
    return list(Trabalhador.objects.filter(pessoa_id=pessoa_id).values_list("pk", flat=True))


def do_territorio(abrangencia: str) -> QuerySet[Lotacao]:
    """Todas as lotações do território exato, também as que acabaram."""
    return Lotacao.objects.filter(abrangencia=abrangencia)


@dataclass(frozen=True, kw_only=True)
class Numeros:
    """Quantas pessoas e lotações há num território, sem dizer de quem."""

    pessoas: int
    lotacoes: int
    por_municipio: Mapping[str, int]
    por_funcao: Mapping[str, int]
    por_vinculo: Mapping[str, int]


def numeros(onde: str, *, hoje: date) -> Numeros:
    """As lotações em exercício de dentro do território, contadas; o resto é do quadro, que pede o direito de ver."""
    em_exercicio = Lotacao.objects.em_exercicio(hoje).da_abrangencia(onde)
    contadas = list(
        em_exercicio.order_by()
        .values_list("abrangencia", "funcao", "vinculo_de_trabalho")
        .annotate(quantas=Count("pk"))
    )
    por_municipio: Counter[str] = Counter()
    por_funcao: Counter[str] = Counter()
    por_vinculo: Counter[str] = Counter()
    for abrangencia, funcao, vinculo, quantas in contadas:
        por_municipio[abrangencia] += quantas
        por_funcao[funcao] += quantas
        por_vinculo[vinculo] += quantas
    return Numeros(
        pessoas=em_exercicio.values("trabalhador_id").distinct().count(),
        lotacoes=sum(por_municipio.values()),
        por_municipio=por_municipio,
        por_funcao=por_funcao,
        por_vinculo=por_vinculo,
    )


def publica_quem_atende(unidade: Unidade) -> bool:
    """A gestão ligou a lista pública desta unidade?"""
    return QuemAtende.objects.filter(pk=unidade.pk).exists()


@tranca.como_sistema()  # é pública, e as lotações não
def quem_atende(unidade: Unidade, *, hoje: date) -> list[Lotacao] | None:
    """Quem atende na unidade, para o público: nada, se a gestão não ligou a lista."""
    if not publica_quem_atende(unidade):
        return None
    que_atendem = [lotacao for lotacao in da_unidade(unidade, hoje=hoje) if lotacao.funcao in QUE_ATENDEM]
    return sorted(que_atendem, key=lambda lotacao: (QUE_ATENDEM.index(lotacao.funcao), lotacao.trabalhador.nome_busca))


#: As funções de quem atende, na ordem do cartaz; apoio, serviços gerais e estágio ficam de fora (leitura do projeto).
QUE_ATENDEM = (
    "coordenador",
    "tecnico_superior",
    "tecnico_medio",
    "educador_social",
    "cuidador",
    "auxiliar_de_cuidador",
)
