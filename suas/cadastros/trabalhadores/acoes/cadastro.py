"""Atos sobre a pessoa que trabalha: cadastrar, mudar os dados, ligar à entrada no sistema."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from suas.cadastros.territorio.nomes import nome_de_busca
from suas.cadastros.trabalhadores import permissoes
from suas.cadastros.trabalhadores.acoes.lotacoes import NovaLotacao, abrir
from suas.cadastros.trabalhadores.consultas import quadro
from suas.cadastros.trabalhadores.models import Lotacao, Trabalhador
from suas.nucleo import tranca
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha.acoes import registrar

if TYPE_CHECKING:
    from suas.nucleo.identidade.models import Pessoa


@dataclass(frozen=True, kw_only=True)
class Dados:
    """Quem é a pessoa. O CPF vem já conferido, só com algarismos."""

    cpf: str
    nome: str
    nome_social: str = ""
    nascimento: date | None = None
    sexo: str = ""
    escolaridade: str = ""
    profissao: str = ""
    registro_numero: str = ""
    registro_uf: str = ""
    email: str = ""
    telefone: str = ""


@dataclass(frozen=True, kw_only=True)
class Cadastrado:
    """A lotação aberta; `ja_havia` se a pessoa já estava no cadastro, por outro território."""

    lotacao: Lotacao
    ja_havia: bool


@transaction.atomic
def cadastrar(
    *, dados: Dados, lotacao: NovaLotacao, por: Ator, em: datetime, hoje: date, sintetico: bool = False
) -> Cadastrado:
    """Cadastra a pessoa e a lota. O CPF é um só: quem já está no cadastro de outro território só ganha a lotação.

    Para isso o nome e a data de nascimento precisam ser os de lá; nada do que lá está se mostra antes. Erros:
    `PermissionDenied` se o ator não cuida do quadro ali; `AtoRecusado` quando a pessoa já está no quadro daqui, os
    dados não conferem, ou a lotação não cabe.
    """
    permissoes.exigir(por, permissoes.ATUALIZAR, abrangencia=lotacao.abrangencia, unidade=lotacao.unidade)
    with tranca.como_sistema():
        existente = quadro.pelo_cpf(dados.cpf)
        if existente is not None:
            _conferir_que_e_a_mesma(existente, dados=dados, por=por)
            return Cadastrado(
                lotacao=abrir(trabalhador=existente, nova=lotacao, por=por, em=em, hoje=hoje, sintetica=sintetico),
                ja_havia=True,
            )
    trabalhador = Trabalhador(
        **_limpos(dados),
        nome_busca=_busca(dados),
        abrangencia=lotacao.abrangencia,
        criado_em=em,
        mudado_em=em,
        sintetico=sintetico,
    )
    trabalhador.save(force_insert=True)
    registrar(ato="trabalhadores.cadastrar", objeto=trabalhador, por=por, em=em)
    return Cadastrado(
        lotacao=abrir(trabalhador=trabalhador, nova=lotacao, por=por, em=em, hoje=hoje, sintetica=sintetico),
        ja_havia=False,
    )


@transaction.atomic
def atualizar(*, trabalhador: Trabalhador, dados: Dados, versao: int, por: Ator, em: datetime) -> Trabalhador:
    """Muda os dados da pessoa. `versao` é a que a tela mostrava: se outra pessoa gravou depois, nada se sobrescreve.

    Erros: `MudouNoMeioTempo`; `AtoRecusado` quando o CPF novo já é de outra pessoa.
    """
    atual = Trabalhador.objects.select_for_update(of=("self",)).get(pk=trabalhador.pk)
    if not permissoes.pode_mudar(por, atual):
        raise AtoRecusado(permissoes.QUEM_MUDA)
    if atual.versao != versao:
        raise MudouNoMeioTempo("Outra pessoa gravou este cadastro depois que você o abriu. Compare e envie de novo.")
    outro = quadro.pelo_cpf(dados.cpf)
    if outro is not None and outro.pk != atual.pk:
        raise AtoRecusado("Este CPF já é de outra pessoa do cadastro. Confira com o documento.", campo="cpf")
    for campo, valor in _limpos(dados).items():
        setattr(atual, campo, valor)
    atual.nome_busca, atual.mudado_em, atual.versao = _busca(dados), em, versao + 1
    atual.save()
    registrar(ato="trabalhadores.atualizar", objeto=atual, por=por, em=em)
    return atual


@transaction.atomic
def ligar_entrada(*, trabalhador: Trabalhador, pessoa: Pessoa | None, por: Ator, em: datetime) -> Trabalhador:
    """Liga o cadastro à entrada da pessoa no sistema, ou desliga (`None`): por ela a pessoa vê o que é seu."""
    atual = Trabalhador.objects.select_for_update(of=("self",)).get(pk=trabalhador.pk)
    if not permissoes.pode_mudar(por, atual):
        raise AtoRecusado(permissoes.QUEM_MUDA)
    if pessoa is not None:
        with tranca.como_sistema():
            ocupada = Trabalhador.objects.filter(pessoa=pessoa).exclude(pk=atual.pk).exists()
        if ocupada:
            raise AtoRecusado("Essa entrada já está ligada a outra pessoa do cadastro. Confira o e-mail.")
    atual.pessoa, atual.mudado_em, atual.versao = pessoa, em, atual.versao + 1
    atual.save(update_fields=["pessoa", "mudado_em", "versao"])
    ato = "trabalhadores.ligar_entrada" if pessoa is not None else "trabalhadores.desligar_entrada"
    registrar(ato=ato, objeto=atual, por=por, em=em)
    return atual


def _conferir_que_e_a_mesma(existente: Trabalhador, *, dados: Dados, por: Ator) -> None:
    """A pessoa de outro território só se lota aqui com nome e nascimento iguais aos de lá, que não se mostram."""
    if permissoes.lotacoes_visiveis(por, existente):
        raise AtoRecusado(
            "Esta pessoa já está no quadro. Abra a ficha dela e acrescente a lotação por lá.", campo="cpf"
        )
    nomes = {nome_de_busca(existente.nome), nome_de_busca(existente.nome_social)} - {""}
    mesmo_nome = nome_de_busca(dados.nome) in nomes
    if not mesmo_nome or existente.nascimento is None or existente.nascimento != dados.nascimento:
        raise AtoRecusado(
            "Já há cadastro com este CPF em outro território, e o nome ou a data de nascimento não são os de lá. "
            "Confira os três com o documento; se estão certos, peça a correção à gestão de onde a pessoa já trabalha.",
            campo="cpf",
        )


def _limpos(dados: Dados) -> dict[str, object]:
    return {campo: valor.strip() if isinstance(valor, str) else valor for campo, valor in asdict(dados).items()}


def _busca(dados: Dados) -> str:
    return f"{nome_de_busca(dados.nome_social)} {nome_de_busca(dados.nome)}".strip()
