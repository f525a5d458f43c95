"""O painel: que prazos se acompanham, as contas de cada lugar, as linhas atrás delas e a tendência."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse

from normas.prazos.calendario import calendario as federal
from normas.prazos.janelas import Situacao
from normas.prazos.periodos import MESES_DE, TRIMESTRE, Periodo
from normas.territorio.federacao import UF_POR_CODIGO
from suas.nucleo.obrigacoes import consultas as obrigacoes
from suas.nucleo.obrigacoes import sistemas
from suas.nucleo.obrigacoes.consultas import Conta, Linha
from suas.nucleo.obrigacoes.prazos import Calendario, NoTerritorio, Prazo
from suas.nucleo.obrigacoes.sistemas import Devedor
from suas.nucleo.permissoes.abrangencia import BRASIL
from suas.nucleo.tela.filtros import dia as dia_escrito

PERIODOS_DA_TENDENCIA = 12
#: O que se escolhe na lista de linhas: chave → rótulo e as situações que entram.
FILTROS: Mapping[str, tuple[str, frozenset[Situacao]]] = {
    "devem": ("Todas", frozenset(Situacao)),
    "entregaram": ("Entregues", frozenset({Situacao.NO_PRAZO, Situacao.FORA_DO_PRAZO})),
    "no-prazo": ("Entregues no prazo", frozenset({Situacao.NO_PRAZO})),
    "fora": ("Entregues fora do prazo", frozenset({Situacao.FORA_DO_PRAZO})),
    "faltam": ("Sem entrega", frozenset({Situacao.ABERTA, Situacao.EM_ATRASO, Situacao.A_ABRIR})),
    "atraso": ("Em atraso", frozenset({Situacao.EM_ATRASO})),
}


@dataclass(frozen=True, kw_only=True)
class Opcao:
    """Um prazo que se acompanha: a chave que vai no endereço e o que se lê."""

    achada: NoTerritorio
    prazo: Prazo

    @property
    def chave(self) -> str:
        return chave_de(self.achada)

    @property
    def rotulo(self) -> str:
        janela = self.achada.janela
        etapa = "" if janela.etapa == "preenchimento" else f", {janela.etapa}"
        return f"{janela.sistema} de {periodo_escrito(janela.periodo)}{etapa} (até {dia_escrito(self.prazo.ultimo)})"


@dataclass(frozen=True, kw_only=True)
class Painel:
    """As contas de um prazo num lugar: o total e uma linha por lugar de dentro."""

    total: Conta
    por_lugar: Sequence[Conta]
    por_municipio: Mapping[str, Conta]


@dataclass(frozen=True, kw_only=True)
class Ponto:
    """Um período da tendência."""

    opcao: Opcao
    conta: Conta


def chave_de(achada: NoTerritorio) -> str:
    janela = achada.janela
    alvos = f":{'+'.join(janela.alvos)}" if janela.alvos else ""
    return f"{janela.sistema}:{janela.periodo}:{janela.etapa}{alvos}"


def periodo_escrito(periodo: Periodo) -> str:
    """“10/2026”, “1º trimestre de 2026” ou “2026”."""
    if periodo.meses == 1:
        return f"{periodo.primeiro.desde:%m/%Y}"
    if periodo.meses == MESES_DE[TRIMESTRE]:
        return f"{(periodo.primeiro.mes + 2) // 3}º trimestre de {periodo.primeiro.ano}"
    return str(periodo.primeiro.ano)


def opcoes(calendario: Calendario, *, hoje: date, onde: str) -> list[Opcao]:
    """Os prazos abertos e os que fecharam há menos de um ano, do que fecha por último ao primeiro."""
    achadas = [
        Opcao(achada=a, prazo=calendario.prazo(a.janela, em=onde if onde != BRASIL else a.territorio))
        for a in calendario.do_dia(hoje, onde=onde)
        if sistemas.de(a.janela.sistema, a.janela.etapa)
    ]
    return sorted(achadas, key=lambda o: (o.prazo.ultimo, o.chave), reverse=True)


def escolhida(chave: str, entre: Iterable[Opcao], *, hoje: date) -> Opcao | None:
    """A do endereço; sem ela, o RMA que se entrega agora, ou a que fecha primeiro de hoje em diante."""
    todas = list(entre)
    if achada := next((o for o in todas if o.chave == chave), None):
        return achada
    abertas = sorted((o for o in todas if o.prazo.ultimo >= hoje), key=lambda o: (o.prazo.ultimo, o.chave))
    do_mes = next((o for o in abertas if o.achada.janela.sistema == "RMA"), None)
    return do_mes or next(iter(abertas), None) or next(iter(todas), None)


def painel(
    opcao: Opcao, *, hoje: date, onde: str, calendario: Calendario, alvos: tuple[str, ...] = ()
) -> Painel:  # fmt: skip
    """O total do lugar e as contas das UFs (no país) ou dos municípios (na UF)."""
    por_municipio = obrigacoes.contas(opcao.achada, em=hoje, onde=onde, calendario=calendario, alvos=alvos)
    contas = list(por_municipio.values())
    total = obrigacoes.juntar(contas, algarismos=0).get(BRASIL) or Conta(codigo=onde)
    por_lugar = obrigacoes.juntar(contas, algarismos=2 if onde == BRASIL else 7)
    return Painel(total=total, por_lugar=[por_lugar[c] for c in sorted(por_lugar)], por_municipio=por_municipio)


def linhas(
    opcao: Opcao,
    *,
    hoje: date,
    onde: str,
    calendario: Calendario,
    alvos: tuple[str, ...] = (),
    filtro: str = "devem",
    so: UUID | None = None,
) -> list[Linha]:
    """Quem deve o prazo no lugar, na situação pedida; `so` é a unidade de quem só acompanha a própria."""
    _, situacoes = FILTROS.get(filtro, FILTROS["devem"])
    return [
        linha
        for linha in obrigacoes.linhas(opcao.achada, em=hoje, onde=onde, calendario=calendario, alvos=alvos)
        if linha.situacao in situacoes and (so is None or linha.devedor.unidade == so)
    ]


def tendencia(
    opcao: Opcao, *, hoje: date, onde: str, calendario: Calendario, alvos: tuple[str, ...] = ()
) -> list[Ponto]:  # fmt: skip
    """As contas dos últimos períodos do mesmo sistema e etapa, do mais antigo ao mais novo, até o escolhido."""
    janela = opcao.achada.janela
    do_sistema = federal(janela.sistema).janelas_que_fecham(
        desde=janela.fecha - timedelta(days=31 * PERIODOS_DA_TENDENCIA * janela.periodo.meses), ate=janela.fecha
    )
    periodos = sorted({j.periodo for j in do_sistema if j.etapa == janela.etapa and j.periodo <= janela.periodo})
    pontos = []
    for periodo in periodos[-PERIODOS_DA_TENDENCIA:]:
        for achada in calendario.janelas(janela.sistema, periodo, onde=onde):
            igual = (achada.janela.etapa, achada.janela.alvos) == (janela.etapa, janela.alvos)
            if igual and achada.janela.suspensa is None:
                do_periodo = Opcao(achada=achada, prazo=calendario.prazo(achada.janela, em=onde))
                conta = obrigacoes.total(achada, em=hoje, onde=onde, calendario=calendario, alvos=alvos)
                if conta.devem:
                    pontos.append(Ponto(opcao=do_periodo, conta=conta))
    return pontos


@dataclass(frozen=True, kw_only=True)
class Fora:
    """O que alguém entrega no sistema federal, e aqui se informa."""

    opcao: Opcao
    devedor: Devedor

    @property
    def o_que(self) -> str:
        return self.opcao.rotulo


def fora(*, sistema: str, periodo: str, quem: str, onde: str) -> Fora | None:
    """O que o devedor da chave `quem` deve do período, se é dos que se entregam fora daqui."""
    if sistema not in sistemas.declarados():
        return None
    calendario = Calendario()
    try:
        lido = Periodo.de_texto(periodo)
        achadas = calendario.janelas(sistema, lido, onde=onde)
    except ValueError:  # não é um período, ou não é dos deste sistema
        return None
    for achada in achadas:
        if achada.janela.suspensa is not None:
            continue
        for declaracao in sistemas.de(sistema, achada.janela.etapa):
            if declaracao.endereco is not None or not quem.startswith(f"{declaracao.quem}:"):
                continue
            for devedor in declaracao.listar(lido, onde, achada.janela.alvos):
                if devedor.chave == quem:
                    opcao = Opcao(achada=achada, prazo=calendario.prazo(achada.janela, em=devedor.abrangencia))
                    return Fora(opcao=opcao, devedor=devedor)
    return None


def endereco_da_entrega(linha: Linha) -> str:
    """A página em que se informa a entrega que se faz fora daqui."""
    janela, devedor = linha.prazo.janela, linha.devedor
    return reverse(
        "monitoramento-entrega", args=(devedor.abrangencia, janela.sistema, str(janela.periodo), devedor.chave)
    )


def tipos(opcao: Opcao) -> list[str]:
    """Os tipos de quem deve que se escolhem na tela."""
    janela = opcao.achada.janela
    todos = [alvo for d in sistemas.de(janela.sistema, janela.etapa) for alvo in d.alvos]
    return [alvo for alvo in dict.fromkeys(todos) if janela.alcanca(alvo)]


def tipos_de(opcao: Opcao, *, quem: str) -> list[str]:
    """Só os tipos de um devedor: os das unidades, por exemplo."""
    janela = opcao.achada.janela
    todos = [alvo for d in sistemas.de(janela.sistema, janela.etapa) if d.quem == quem for alvo in d.alvos]
    return [alvo for alvo in todos if janela.alcanca(alvo)]


def ressalvas(opcao: Opcao) -> list[str]:
    """O que esta instalação não sabe deste sistema."""
    janela = opcao.achada.janela
    todas = (d.o_que_nao_se_sabe for d in sistemas.de(janela.sistema, janela.etapa))
    return list(dict.fromkeys(texto for texto in todas if texto))


def sigla(onde: str) -> str:
    return UF_POR_CODIGO[onde[:2]].sigla if onde != BRASIL else ""
