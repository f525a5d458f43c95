"""O que este módulo põe na página da família: os blocos dobrados, com o estado de cada um, e a história deles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from normas.prontuario import contas
from normas.prontuario.leitura import ficha as ficha_de
from normas.prontuario.modelo import Bloco, Ficha
from suas.atendimento.familias.ligacoes import Momento, Secao
from suas.atendimento.familias.permissoes import Acesso
from suas.atendimento.prontuarios import permissoes
from suas.atendimento.prontuarios.consultas import blocos as leitura
from suas.atendimento.prontuarios.models import VersaoDaFicha
from suas.cadastros.rede.models import Unidade
from suas.nucleo.permissoes.ator import Ator

if TYPE_CHECKING:
    from suas.atendimento.familias.models import PessoaAtendida

#: Onde, na página da família, está o bloco que não é uma ficha.
NA_PAGINA = {
    "ficha": "no alto desta página",
    "atendimentos": "no fim desta página",
}


@dataclass(frozen=True, kw_only=True)
class DaFicha:
    """Uma ficha na página: de quem, o que diz agora, quando, e onde se preenche ou se lê a história."""

    ficha: Ficha
    pessoa: PessoaAtendida | None
    versao: VersaoDaFicha | None
    ha_quanto: str
    respostas: Sequence[tuple[str, str]]
    preencher: str
    historia: str
    unidade: str = ""


@dataclass(frozen=True, kw_only=True)
class DoBloco:
    """Um bloco na página, com o estado em palavras."""

    bloco: Bloco
    estado: str
    vazio: bool
    fichas: Sequence[DaFicha]
    onde: str = ""


def blocos(request: HttpRequest, acesso: Acesso) -> Secao | None:
    """Os blocos que o ator vê na própria unidade e, com a licença, as fichas que outra unidade preencheu."""
    if not (acesso.le_prontuario or acesso.de_fora):
        return None
    ator, familia = request.ator, acesso.familia
    unidades = acesso.unidades_lidas(list(familia.prontuarios.all()))
    atuais = leitura.atuais(familia, unidades=unidades, fichas=_codigos(ator, acesso, unidades))
    nomes = leitura.nomes(familia)
    pessoas = leitura.pessoas_da(familia)
    da_casa = [
        _bloco(bloco, request, acesso, atuais, pessoas, nomes)
        for bloco in permissoes.blocos_vistos(ator, acesso)
        if acesso.le_prontuario and (bloco.fichas or bloco.onde in NA_PAGINA)
    ]
    de_outras = [
        _da_ficha(request, acesso, versao, versao.unidade, nomes)
        for (unidade, _, _), versao in atuais.items()
        if unidade != acesso.unidade.pk and not ficha_de(versao.ficha).sigilosa
    ]
    dados = {"blocos": da_casa, "de_outras": de_outras, "renda": _renda(acesso, atuais, pessoas), "familia": familia}
    return Secao(modelo="prontuarios/_blocos.jinja", dados=dados, campos=("respostas",) if atuais else ())


def das_fichas(ator: Ator, acesso: Acesso, unidades: Sequence[UUID]) -> Iterable[Momento]:
    """Cada gravação de ficha que o ator lê, na linha do tempo da família."""
    feitas = leitura.da_familia(acesso.familia, unidades=unidades, fichas=_codigos(ator, acesso, unidades))
    for versao in feitas:
        ficha = ficha_de(versao.ficha)
        if ficha.sigilosa and versao.unidade_id != acesso.unidade.pk:
            continue
        yield Momento(
            dia=versao.dia,
            titulo=f"Bloco {ficha.bloco}, {ficha.titulo.lower()}: {'preenchido' if versao.numero == 1 else 'revisto'}",
            texto="" if ficha.sigilosa else versao.observacao,
            pessoa=versao.pessoa.como_se_chama if versao.pessoa else "",
            unidade=versao.unidade.nome,
            quem=f"{versao.profissional.nome}, {versao.funcao.lower()}",
            endereco=_historia(acesso, versao.ficha, versao.pessoa_id, versao.unidade_id),
        )


def _codigos(ator: Ator, acesso: Acesso, unidades: Sequence[UUID]) -> set[str]:
    return {codigo for unidade in unidades for codigo in permissoes.fichas_lidas(ator, acesso, unidade=unidade)}


def _bloco(
    bloco: Bloco,
    request: HttpRequest,
    acesso: Acesso,
    atuais: dict[tuple[UUID, str, UUID | None], VersaoDaFicha],
    pessoas: list[PessoaAtendida],
    nomes: dict[str, str],
) -> DoBloco:
    fichas = [
        _da_ficha(request, acesso, atuais.get((acesso.unidade.pk, ficha.codigo, chave)), None, nomes, ficha, pessoa)
        for ficha in bloco.fichas
        for pessoa in (pessoas if ficha.da_pessoa else [None])
        for chave in [pessoa.pk if pessoa else None]
    ]
    feitas = [da_ficha.versao for da_ficha in fichas if da_ficha.versao is not None]
    if bloco.onde:
        estado = NA_PAGINA[bloco.onde]
    elif not feitas:
        estado = "vazio"
    else:
        ultima = max(versao.dia for versao in feitas)
        estado = f"preenchido em {ultima:%d/%m/%Y}, {leitura.ha_quanto(ultima, hoje=request.hoje)}"
        if len(fichas) > 1 and len(feitas) < len(fichas):
            estado += f" ({len(feitas)} de {len(fichas)})"
    return DoBloco(bloco=bloco, estado=estado, vazio=not feitas, fichas=fichas, onde=NA_PAGINA.get(bloco.onde, ""))


def _da_ficha(
    request: HttpRequest,
    acesso: Acesso,
    versao: VersaoDaFicha | None,
    unidade: Unidade | None,
    nomes: dict[str, str],
    ficha: Ficha | None = None,
    pessoa: PessoaAtendida | None = None,
) -> DaFicha:
    ficha = ficha or ficha_de(versao.ficha if versao is not None else "")
    chave = versao.pessoa_id if versao is not None else (pessoa.pk if pessoa else None)
    aberta = versao is not None and not ficha.sigilosa
    argumentos = [acesso.familia.pk, ficha.codigo] + ([chave] if chave else [])
    return DaFicha(
        ficha=ficha,
        pessoa=pessoa or (versao.pessoa if versao is not None and versao.pessoa_id else None),
        versao=versao,
        ha_quanto=leitura.ha_quanto(versao.dia, hoje=request.hoje) if versao is not None else "",
        respostas=_respostas(acesso, versao, nomes) if aberta and versao is not None else (),
        preencher="" if unidade else reverse("bloco-da-pessoa" if chave else "bloco", args=argumentos),
        historia=_historia(acesso, ficha.codigo, chave, versao.unidade_id) if versao is not None else "",
        unidade=unidade.nome if unidade else "",
    )


def _respostas(acesso: Acesso, versao: VersaoDaFicha, nomes: dict[str, str]) -> list[tuple[str, str]]:
    """O que a ficha diz e o que dela se calcula."""
    pares = leitura.em_palavras(versao, nomes=nomes)
    moram = acesso.familia.integrantes.filter(ate__isnull=True).count() if versao.ficha == "4" else 0
    por_comodo = contas.pessoas_por_dormitorio(pessoas=moram, dormitorios=versao.respostas.get("dormitorios"))
    return pares if por_comodo is None else [*pares, ("Pessoas por dormitório", str(por_comodo))]


def _renda(
    acesso: Acesso,
    atuais: dict[tuple[UUID, str, UUID | None], VersaoDaFicha],
    pessoas: list[PessoaAtendida],
) -> contas.Renda | None:
    presentes = {pessoa.pk for pessoa in pessoas}
    fichas = [
        versao.respostas
        for (unidade, ficha, pessoa), versao in atuais.items()
        if unidade == acesso.unidade.pk and ficha == "6" and pessoa in presentes
    ]
    return contas.renda(fichas, pessoas=len(pessoas))


def _historia(acesso: Acesso, ficha: str, pessoa: UUID | None, unidade: UUID) -> str:
    argumentos = [acesso.familia.pk, unidade, ficha] + ([pessoa] if pessoa else [])
    return reverse("bloco-historia-da-pessoa" if pessoa else "bloco-historia", args=argumentos)
