"""Cadastrar uma entidade, mantê-la em dia e dizer quem a dirige."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from suas.cadastros.entidades import permissoes
from suas.cadastros.entidades.acoes import recados
from suas.cadastros.entidades.models import Atuacao, Dirigente, Entidade
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo import tranca
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.tela.filtros import momento
from suas.nucleo.trilha.acoes import registrar


@dataclass(frozen=True, kw_only=True)
class Ficha:
    """O que se diz de uma entidade. `atuacoes` são códigos de outros municípios em que atua."""

    cnpj: str
    razao_social: str
    natureza_juridica: str
    nome_fantasia: str = ""
    area_preponderante: str = Entidade.Area.ASSISTENCIA_SOCIAL.value
    atende: bool = False
    assessora: bool = False
    defende: bool = False
    fontes_de_recurso: str = ""
    tipo_logradouro: str = ""
    logradouro: str = ""
    numero: str = ""
    complemento: str = ""
    bairro: str = ""
    ponto_de_referencia: str = ""
    cep: str = ""
    email: str = ""
    telefone: str = ""
    ramal: str = ""
    localizacao: str = ""
    atuacoes: tuple[str, ...] = ()

    def campos(self) -> dict[str, object]:
        """Os campos da tabela, com o nome de busca."""
        campos = asdict(self)
        del campos["atuacoes"]
        return campos | {"nome_busca": nome_de_busca(f"{self.nome_fantasia} {self.razao_social}")}


@transaction.atomic
def cadastrar(*, ficha: Ficha, municipio: str, por: Ator, em: datetime, sintetica: bool = False) -> Entidade:
    """Põe a entidade no cadastro do município da sede. Erros: `AtoRecusado` se o CNPJ já tem cadastro."""
    permissoes.exigir_cadastro(por, municipio=municipio)
    _conferir_ficha(ficha)
    if outra := Entidade.objects.filter(cnpj=ficha.cnpj).select_related("municipio__uf").first():
        raise AtoRecusado(
            f"Este CNPJ já tem cadastro: {outra.nome}, com sede em {outra.municipio}. Abra o que existe e complete-o.",
            campo="cnpj",
        )
    nova = Entidade.objects.create(
        municipio_id=municipio, criada_em=em, mudada_em=em, sintetica=sintetica, **ficha.campos()
    )
    _gravar_atuacoes(nova, ficha.atuacoes)
    registrar(ato="entidades.cadastrar", objeto=nova, por=por, em=em)
    return nova


@transaction.atomic
def atualizar(*, entidade: Entidade, ficha: Ficha, versao: int, por: Ator, em: datetime) -> Entidade:
    """Muda o cadastro; `versao` é a que a pessoa leu. Erros: `MudouNoMeioTempo`, com quem e quando; `AtoRecusado`."""
    permissoes.exigir_edicao(por, entidade)
    atual = travada(entidade)
    if atual.versao != versao:
        raise MudouNoMeioTempo(
            f"Esta ficha mudou em {momento(atual.mudada_em)}, depois que você a abriu. O que você digitou está abaixo, "
            "com o que está gravado agora ao lado de cada diferença: confira e envie de novo."
        )
    if ficha.cnpj != atual.cnpj and not permissoes.pode_atualizar(por, atual):
        raise AtoRecusado("O CNPJ só o órgão gestor do município corrige. Peça a ele.", campo="cnpj")
    _conferir_ficha(ficha)
    if Entidade.objects.filter(cnpj=ficha.cnpj).exclude(pk=atual.pk).exists():
        raise AtoRecusado("Este CNPJ é de outra entidade do cadastro. Confira o número.", campo="cnpj")
    for nome, valor in ficha.campos().items():
        setattr(atual, nome, valor)
    atual.versao += 1
    atual.mudada_em = atual.conferida_em = em
    atual.save()
    _gravar_atuacoes(atual, ficha.atuacoes)
    registrar(ato="entidades.atualizar", objeto=atual, por=por, em=em)
    if not permissoes.e_da_entidade(por, atual):
        recados.da_mudanca(entidade=atual, o_que="O órgão gestor do município mudou a ficha", por=por, em=em)
    return atual


@transaction.atomic
def conferir(*, entidade: Entidade, por: Ator, em: datetime) -> Entidade:
    """Diz que o cadastro está certo hoje, sem mudar nada."""
    permissoes.exigir_edicao(por, entidade)
    atual = travada(entidade)
    atual.conferida_em = em
    atual.save(update_fields=["conferida_em"])
    registrar(ato="entidades.conferir", objeto=atual, por=por, em=em)
    return atual


@transaction.atomic
def dar_posse(
    *, entidade: Entidade, nome: str, cargo: str, desde: date, ate: date | None, por: Ator, em: datetime
) -> Dirigente:
    """Registra quem dirige a entidade; o mandato que estava aberto termina na véspera."""
    permissoes.exigir_edicao(por, entidade)
    atual = travada(entidade)
    if ate is not None and ate < desde:
        raise AtoRecusado("O mandato acaba antes de começar. Confira as duas datas com a ata.", campo="ate")
    anterior = Dirigente.objects.filter(entidade=atual).order_by("-desde", "-id").first()
    if anterior is not None and anterior.desde >= desde:
        raise AtoRecusado(
            f"Já há mandato desde {anterior.desde:%d/%m/%Y}. O novo começa depois dele: confira com a ata.",
            campo="desde",
        )
    if anterior is not None and (anterior.ate is None or anterior.ate >= desde):
        anterior.ate = date.fromordinal(desde.toordinal() - 1)
        anterior.save(update_fields=["ate"])
    novo = Dirigente.objects.create(entidade=atual, nome=nome.strip(), cargo=cargo.strip(), desde=desde, ate=ate)
    tocar(atual, em=em)
    registrar(ato="entidades.dar_posse", objeto=atual, por=por, em=em, dados={"cargo": novo.cargo})
    return novo


def travada(entidade: Entidade) -> Entidade:
    """A linha da entidade, que ninguém mais muda até o fim do ato."""
    return Entidade.objects.select_for_update(of=("self",)).get(pk=entidade.pk)


@tranca.como_sistema()  # o conselho de outro município também muda o que se sabe da entidade
def tocar(entidade: Entidade, *, em: datetime) -> None:
    """Diz que algo dela mudou: é por esse instante que outros cadastros a acompanham."""
    Entidade.objects.filter(pk=entidade.pk).update(mudada_em=em)


def _conferir_ficha(ficha: Ficha) -> None:
    if not (ficha.atende or ficha.assessora or ficha.defende):
        raise AtoRecusado("Diga o que a entidade faz: atendimento, assessoramento ou defesa de direitos.")


def _gravar_atuacoes(entidade: Entidade, codigos: Iterable[str]) -> None:
    querem = set(codigos) - {entidade.municipio_id}
    tem = set(entidade.atuacoes.values_list("municipio_id", flat=True))
    entidade.atuacoes.filter(municipio_id__in=tem - querem).delete()
    Atuacao.objects.bulk_create(Atuacao(entidade=entidade, municipio_id=codigo) for codigo in sorted(querem - tem))
