"""O que se entrega a quem pede para ver o seu registro: só o que fala dela ou da família inteira (ADR 0093)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from normas.base.documentos import cpf_com_pontos, nis_com_pontos
from normas.prontuario import palavras
from normas.prontuario.leitura import ficha as ficha_de
from normas.prontuario.leitura import prontuario as modelo
from suas.atendimento.familias.consultas import familia as leitura
from suas.atendimento.familias.listas import TipoDeAtendimento
from suas.atendimento.prontuarios.consultas import acompanhamento, blocos
from suas.atendimento.prontuarios.models import EntregaDoRegistro
from suas.nucleo import tranca
from suas.nucleo.dados_pessoais.consultas import leituras_em_palavras
from suas.nucleo.tela.filtros import dia, momento
from suas.nucleo.trilha import consultas as trilha

if TYPE_CHECKING:
    from suas.atendimento.familias.ligacoes import Momento
    from suas.atendimento.familias.models import Atendimento, Integrante

LEITURAS, NAO_INFORMADO = 200, "não informado"


@dataclass(frozen=True, kw_only=True)
class Parte:
    """Um pedaço do documento: um texto, pares de rótulo e valor, ou uma tabela."""

    titulo: str
    texto: str = ""
    pares: Sequence[tuple[str, str]] = ()
    colunas: Sequence[str] = ()
    linhas: Sequence[Sequence[str]] = field(default=())


def documento(entrega: EntregaDoRegistro, *, outros: Sequence[Momento] = ()) -> list[Parte]:
    """As partes, na ordem em que a pessoa as lê; `outros` é o que os outros módulos contam da família."""
    participacao = entrega.familia.integrantes.select_related("pessoa").get(pessoa=entrega.pessoa)
    return [
        _quem_e(entrega, participacao),
        _o_que_se_fez(entrega),
        *_fichas(entrega),
        *_acompanhamentos(entrega),
        *_outros(entrega, outros),
        _quem_leu(entrega, participacao),
        Parte(
            titulo="O que você pode pedir",
            texto=(
                "Você pode pedir que se corrija o que está errado, que se explique o que não entendeu e que se conte "
                "de novo quem leu. Fale com a unidade que emitiu este papel ou com a ouvidoria do município. Outra "
                "unidade pode ter registros seus: peça a ela. A avaliação da equipe sobre a convivência da família "
                "fala de várias pessoas e não está aqui: a equipe conversa com você sobre ela."
            ),
        ),
    ]


def entregas(pessoa: Any, *, unidade: Any) -> list[EntregaDoRegistro]:
    """As já feitas desta pessoa na unidade, da mais nova à mais antiga."""
    feitas = EntregaDoRegistro.objects.filter(pessoa=pessoa, unidade=unidade)
    return list(feitas.select_related("profissional"))


def _quem_e(entrega: EntregaDoRegistro, participacao: Integrante) -> Parte:
    pessoa, mora = entrega.pessoa, leitura.domicilio(entrega.familia)
    ainda = participacao.ate is None
    pares = [
        ("Nome", pessoa.nome),
        *([("Nome social", pessoa.nome_social)] if pessoa.nome_social else []),
        ("Nome da mãe", pessoa.nome_da_mae or NAO_INFORMADO),
        ("Nascimento", dia(pessoa.nascimento) if pessoa.nascimento else NAO_INFORMADO),
        ("CPF", cpf_com_pontos(pessoa.cpf) if pessoa.cpf else NAO_INFORMADO),
        ("NIS", nis_com_pontos(pessoa.nis) if pessoa.nis else NAO_INFORMADO),
        ("Pessoa com deficiência", {True: "sim", False: "não", None: NAO_INFORMADO}[pessoa.deficiencia]),
        ("Na família", f"{participacao.get_parentesco_display()}, desde {dia(participacao.desde)}"),
        *([("Saiu da família", dia(participacao.ate))] if not ainda else []),
        *([("Endereço", mora.endereco)] if ainda and mora is not None and mora.endereco else []),
        ("Prontuário", f"número {entrega.prontuario.numero}, {entrega.unidade.nome}"),
    ]
    return Parte(titulo="Quem é você, no nosso registro", pares=pares)


def _o_que_se_fez(entrega: EntregaDoRegistro) -> Parte:
    feitos = [
        feito
        for feito in leitura.atendimentos(entrega.familia, unidades=[entrega.unidade_id])
        if feito.anulado_em is None and _fala_dela(feito, entrega)
    ]
    return Parte(
        titulo="O que fizemos com você ou com a sua família",
        texto="" if feitos else "Nenhum atendimento anotado.",
        colunas=("Dia", "O que se fez", "O que se escreveu", "Quem atendeu"),
        linhas=[
            (dia(f.dia), f.get_tipo_display(), f.descricao or "—", f"{f.profissional.nome}, {f.funcao.lower()}")
            for f in feitos
        ],
    )


def _fala_dela(feito: Atendimento, entrega: EntregaDoRegistro) -> bool:
    """Com ela ou com a família inteira; o de medida socioeducativa, só com ela e se quem pede é ela."""
    if feito.tipo == TipoDeAtendimento.MEDIDA_SOCIOEDUCATIVA:
        return feito.pessoa_id == entrega.pessoa_id and entrega.com_sigilo
    return feito.pessoa_id in {None, entrega.pessoa_id}


def _fichas(entrega: EntregaDoRegistro) -> list[Parte]:
    """De cada ficha, a última versão, sem o que fala de outra pessoa; a observação, só na ficha que é dela."""
    codigos = [codigo for codigo, ficha in modelo().fichas.items() if entrega.com_sigilo or not ficha.sigilosa]
    atuais = blocos.atuais(entrega.familia, unidades=[entrega.unidade_id], fichas=codigos)
    nomes = {str(entrega.pessoa_id): "você"}
    partes = []
    for codigo in codigos:
        versao = atuais.get((entrega.unidade_id, codigo, None)) or atuais.get(
            (entrega.unidade_id, codigo, entrega.pessoa_id)
        )
        if versao is None:
            continue
        ficha = ficha_de(codigo)
        dela = palavras.so_de(ficha, versao.respostas, pessoa=str(entrega.pessoa_id))
        pares = palavras.respondidas(ficha, dela, nomes=nomes)
        if ficha.da_pessoa and versao.observacao:
            pares.append(("Observação da equipe", versao.observacao))
        if pares:
            pares.append(("Registrado em", f"{dia(versao.dia)}, por {versao.profissional.nome}"))
            partes.append(Parte(titulo=ficha.titulo, pares=pares))
    return partes


def _acompanhamentos(entrega: EntregaDoRegistro) -> list[Parte]:
    partes = []
    for feito in acompanhamento.da_familia(entrega.familia, unidades=[entrega.unidade_id]):
        if feito.anulado_em is not None:
            continue
        pares = [("Serviço", feito.get_servico_display()), ("Desde", dia(feito.inicio))]
        if feito.fim is not None:
            pares.append(("Até", f"{dia(feito.fim)}, {feito.get_razao_display().lower()}"))
        for plano in acompanhamento.planos(feito, sigilo=entrega.com_sigilo):
            if plano.pessoa_id in {None, entrega.pessoa_id}:
                pares += [
                    ("Objetivo", f"{objetivo.texto} ({objetivo.get_situacao_display().lower()})")
                    for objetivo in plano.objetivos.all()
                ]
        partes.append(Parte(titulo="O acompanhamento da sua família", pares=pares))
    return partes


def _outros(entrega: EntregaDoRegistro, momentos: Sequence[Momento]) -> list[Parte]:
    """Encaminhamentos, grupos e benefícios dela ou da família inteira; o que se cancelou fica de fora."""
    dela = [
        momento
        for momento in momentos
        if not momento.anulado and (momento.pessoa_id == entrega.pessoa_id or not (momento.pessoa or momento.pessoa_id))
    ]
    if not dela:
        return []
    linhas = [(dia(m.dia), m.titulo, m.texto or "—", m.quem or "—") for m in dela]
    colunas = ("Dia", "O que houve", "Em que pé está", "Quem registrou")
    return [Parte(titulo="Encaminhamentos, grupos e benefícios", colunas=colunas, linhas=linhas)]


@tranca.como_sistema()  # quem emite não alcança a trilha; o que se mostra é o papel e o órgão, e não quem leu
def _quem_leu(entrega: EntregaDoRegistro, participacao: Integrante) -> Parte:
    """Quem leu os dados dela, e os da família enquanto ela estava nela: o papel e o órgão, como em “Meus dados”."""
    todas = trilha.leituras_de(entrega.pessoa_id, entrega.familia_id).filter(em__lte=entrega.em)
    da_familia = Q(titular=entrega.familia_id, em__date__gte=participacao.desde)
    if participacao.ate is not None:
        da_familia &= Q(em__date__lte=participacao.ate)
    lidas = todas.filter(Q(titular=entrega.pessoa_id) | da_familia)
    # uma tela lê a pessoa e a família ao mesmo tempo: e quem abre várias no mesmo minuto: conta uma vez
    vistas: dict[tuple[str, str, str, str], None] = {}
    for lida in leituras_em_palavras(lidas[: LEITURAS * 2]):
        vistas.setdefault((momento(lida.em), lida.papel, lida.orgao or "—", lida.motivo or "—"))
    linhas = list(vistas)[:LEITURAS]
    return Parte(
        titulo="Quem leu",
        texto="" if linhas else "Ninguém leu ainda.",
        colunas=("Quando", "Em que papel", "De que órgão", "Por quê, se disse"),
        linhas=linhas,
    )


def vale_em(entrega: EntregaDoRegistro, hoje: date) -> bool:
    """O documento se lê no dia em que se emitiu; depois, pede-se outro, com o que houver de novo."""
    return momento(entrega.em).startswith(dia(hoje))
