"""O que este módulo põe na página da família, na linha do tempo e em “A fazer”."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse

from normas.prontuario import contas
from normas.prontuario.leitura import ficha as ficha_de
from normas.prontuario.modelo import Bloco, Ficha
from suas.atendimento.familias.ligacoes import Momento, Secao
from suas.atendimento.familias.permissoes import Acesso
from suas.atendimento.prontuarios import permissoes
from suas.atendimento.prontuarios.consultas import acompanhamento as da_unidade
from suas.atendimento.prontuarios.consultas import blocos as leitura
from suas.atendimento.prontuarios.models import Acompanhamento, VersaoDaFicha
from suas.cadastros.rede.models import Unidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.tela.afazer import Pendencia

if TYPE_CHECKING:
    from suas.atendimento.familias.models import PessoaAtendida

#: Onde, na página da família, está o bloco que não é uma ficha.
NA_PAGINA = {
    "ficha": "no alto desta página",
    "atendimentos": "no fim desta página",
    "acompanhamento": "nesta página, em “Acompanhamento”",
    "encaminhamentos": "nesta página, em “Encaminhamentos”",
    "beneficios": "nesta página, em “Benefícios”",
}
#: Com quantos dias de antecedência a revisão de um plano aparece em “A fazer”, e quantas de uma vez.
DIAS_ANTES, PENDENCIAS = timedelta(days=15), 20


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


def blocos(request: Any, acesso: Acesso) -> Secao | None:
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
    dados = {
        "entrega": pessoas
        if permissoes.le_sigilo(ator, municipio=familia.abrangencia, unidade=acesso.unidade.pk) and acesso.le_prontuario
        else [],
        "blocos": da_casa,
        "de_outras": de_outras,
        "renda": _renda(acesso, atuais, pessoas),
        "familia": familia,
    }
    return Secao(modelo="prontuarios/_blocos.jinja", dados=dados, campos=("respostas",) if atuais else ())


def acompanhamento(request: Any, acesso: Acesso) -> Secao | None:
    """O acompanhamento da família pela unidade do ator, se ela acompanha."""
    servico = da_unidade.servico_da(acesso.unidade)
    if acesso.prontuario is None or not acesso.le_prontuario or servico is None:
        return None
    sigilo = permissoes.le_sigilo(request.ator, municipio=acesso.familia.abrangencia, unidade=acesso.unidade.pk)
    feitos = da_unidade.do_prontuario(acesso.prontuario)
    aberto = next((feito for feito in feitos if feito.aberto), None)
    dados = {
        "aberto": aberto,
        "ha_quanto": leitura.ha_quanto(aberto.inicio, hoje=request.hoje) if aberto else "",
        "anteriores": [feito for feito in feitos if not feito.aberto],
        "planos": da_unidade.planos(aberto, sigilo=sigilo) if aberto else [],
        "servico": servico,
        "muda": sigilo,
        "familia": acesso.familia,
        "hoje": request.hoje,
    }
    return Secao(modelo="prontuarios/_acompanhamento.jinja", dados=dados, campos=("acompanhamento",))


def dos_acompanhamentos(ator: Ator, acesso: Acesso, unidades: Sequence[UUID]) -> Iterable[Momento]:
    """Inserções, desligamentos, revisões e avaliações que o ator lê, na linha do tempo da família."""
    for feito in da_unidade.da_familia(acesso.familia, unidades=unidades):
        da_casa = feito.unidade_id == acesso.unidade.pk
        comum: dict[str, Any] = {
            "unidade": feito.unidade.nome,
            "endereco": reverse("acompanhamento", args=[feito.pk]) if da_casa else "",
            "anulado": feito.anulado_em is not None,
        }
        yield Momento(
            dia=feito.inicio,
            titulo=f"Inserida no {feito.get_servico_display()}",
            texto=feito.motivo_da_anulacao or feito.motivo,
            quem=f"{feito.quem_inseriu.nome}, {feito.funcao.lower()}",
            **comum,
        )
        if feito.fim is not None:
            yield Momento(
                dia=feito.fim,
                titulo=f"Desligada do {feito.get_servico_display()}",
                texto=". ".join(filter(None, (feito.get_razao_display(), feito.motivo_do_fim))),
                quem=feito.quem_desligou.nome if feito.quem_desligou else "",
                **comum,
            )
        sigilo = permissoes.le_sigilo(ator, municipio=feito.abrangencia, unidade=feito.unidade_id)
        yield from _revisoes_e_avaliacoes(feito, comum, sigilo=sigilo)


def _revisoes_e_avaliacoes(feito: Acompanhamento, comum: dict[str, Any], *, sigilo: bool) -> Iterable[Momento]:
    for plano in da_unidade.planos(feito, sigilo=sigilo):
        for revisao in plano.revisoes.all():
            quem = f"{revisao.profissional.nome}, {revisao.funcao.lower()}"
            yield Momento(dia=revisao.dia, titulo="Plano revisto", texto=revisao.texto, quem=quem, **comum)
    for avaliacao in feito.avaliacoes.select_related("profissional"):
        yield Momento(
            dia=avaliacao.dia,
            titulo=f"Acompanhamento avaliado: {avaliacao.get_resultado_display().lower()}",
            texto=avaliacao.texto,
            quem=f"{avaliacao.profissional.nome}, {avaliacao.funcao.lower()}",
            **comum,
        )


def planos_a_rever(ator: Ator, hoje: date) -> Iterable[Pendencia]:
    """Em “A fazer”: os planos da unidade que se combinou rever nos próximos dias, ou que passaram do dia."""
    if ator.unidade is None or permissoes.SIGILO not in ator.papel.permissoes:
        return
    for plano in da_unidade.a_rever(ator.unidade, ate=hoje + DIAS_ANTES)[:PENDENCIAS]:
        yield Pendencia(
            titulo=f"Rever o plano do prontuário {plano.acompanhamento.prontuario.numero}",
            situacao=f"em acompanhamento desde {plano.acompanhamento.inicio:%d/%m/%Y}",
            por_que="A equipe combinou rever este plano até o dia marcado nele.",
            endereco=reverse("acompanhamento", args=[plano.acompanhamento_id]),
            acao="abrir",
            prazo=plano.rever_ate,
        )


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
    request: Any,
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
    request: Any,
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


#: O que este módulo conta na linha do tempo.
FONTES = (das_fichas, dos_acompanhamentos)
