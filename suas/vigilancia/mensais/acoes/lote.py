"""Receber de uma vez meses inteiros, de outro sistema ou de uma planilha: cada um se confere como na tela."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery

from normas.base.competencia import Competencia
from normas.base.inconsistencia import Gravidade, Inconsistencia
from normas.registros.conferencia import conferir
from normas.registros.em_json import das_inconsistencias
from normas.registros.exame import Contexto
from normas.registros.formulario import Versao
from normas.registros.leitura import formulario
from normas.registros.preenchimento import Preenchimento, PreenchimentoIlegivel, Valor, ler_objeto
from normas.territorio.porte import Porte
from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.consultas import portes_atuais
from suas.nucleo.banco import gravar_objetos
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar
from suas.vigilancia.fatos.consultas import das_unidades_nos_meses
from suas.vigilancia.mensais import consolidacao, consultas, obrigacao, permissoes
from suas.vigilancia.mensais.acoes.envio import LOTE, MOTIVO_MINIMO
from suas.vigilancia.mensais.consultas import Contado
from suas.vigilancia.mensais.exame import mudados_a_mao
from suas.vigilancia.mensais.models import Envio, Lastro, RegistroMensal

Estado = RegistroMensal.Estado


class Situacao(StrEnum):
    """O que aconteceu com um mês recebido."""

    ENVIADO = "enviado"
    CORRIGIDO = "corrigido"
    IGUAL = "igual"
    RECUSADO = "recusado"


@dataclass(frozen=True, kw_only=True)
class MesRecebido:
    """O mês de uma unidade como veio. `motivo` é preciso para trocar o que já se enviou ou o rascunho de alguém."""

    unidade: Unidade
    competencia: Competencia
    itens: Mapping[str, Any]
    justificativas: Mapping[str, str] = field(default_factory=dict)
    motivo: str = ""


@dataclass(frozen=True, kw_only=True)
class Resposta:
    """O que se fez com um mês: as inconsistências dizem os itens; `recusa`, o que não é de item nenhum."""

    situacao: Situacao
    recusa: str = ""
    inconsistencias: tuple[Inconsistencia, ...] = ()


@transaction.atomic
def receber(*, meses: Sequence[MesRecebido], por: Ator, em: datetime, hoje: date) -> list[Resposta]:
    """Confere e envia cada mês; o que não serve fica de fora, dito, e o que já se enviou igual não muda nada.

    Quem chama já perguntou se o ator preenche cada unidade. Erros: `AtoRecusado` sem pessoa que responda.
    """
    if por.pessoa is None:
        raise AtoRecusado(permissoes.QUEM_PREENCHE)
    chaves = sorted({mes.unidade.pk for mes in meses})
    list(Unidade.objects.select_for_update(of=("self",)).filter(pk__in=chaves).order_by("pk"))  # como quem guarda
    gravacao = _Gravacao(conhecido=Conhecido(meses), por=por, em=em)
    respostas = [gravacao.receber(mes, hoje=hoje) for mes in meses]
    gravacao.gravar()
    return respostas


def examinar(mes: MesRecebido, *, conhecido: Conhecido, hoje: date) -> Resposta:
    """O que aconteceria com o mês, sem gravar: o mesmo exame de quem recebe."""
    versao = formulario(consultas.FORMULARIOS[mes.unidade.tipo], em=mes.competencia)
    if mes.competencia.ate > hoje:
        return _recusa(f"{mes.competencia.desde:%m/%Y} ainda não acabou.")
    if not conhecido.deve(mes):
        return _recusa(f"{mes.unidade.nome} não funcionava em {mes.competencia.desde:%m/%Y}: não deve este mês.")
    try:
        preenchido = ler_objeto(mes.itens, versao=versao)
    except PreenchimentoIlegivel as erro:
        return _recusa(str(erro))
    registro = conhecido.registros.get((mes.unidade.pk, str(mes.competencia)))
    if registro is not None and (resposta := _diante_do_que_ha(mes, registro, preenchido, versao)) is not None:
        return resposta
    achadas = conferir(
        versao=versao,
        competencia=mes.competencia,
        preenchimento=preenchido,
        contexto=Contexto(
            porte=conhecido.portes.get(mes.unidade.municipio_id), anteriores=conhecido.anteriores(mes, versao)
        ),
    )
    contados = conhecido.contados(mes)
    calculados = {item: contado.numero for item, contado in contados.items()}
    achadas = (*achadas, *mudados_a_mao(preenchido, calculados, versao=versao))
    impedem = any(
        a.gravidade is Gravidade.IMPEDE
        or (a.gravidade is Gravidade.JUSTIFICAR and not mes.justificativas.get(a.regra, "").strip())
        for a in achadas
    )
    if impedem:
        return Resposta(situacao=Situacao.RECUSADO, inconsistencias=achadas)
    ja_enviado = registro is not None and registro.ultimo is not None  # type: ignore[attr-defined]
    return Resposta(situacao=Situacao.CORRIGIDO if ja_enviado else Situacao.ENVIADO, inconsistencias=achadas)


def _diante_do_que_ha(mes: MesRecebido, registro: Any, preenchido: Preenchimento, versao: Versao) -> Resposta | None:
    """Igual ao que já se enviou não muda nada; diferente pede o motivo, também do rascunho que alguém começou."""
    aberto = registro.estado in RegistroMensal.ABERTOS
    if not aberto and ler_objeto(registro.itens_do_ultimo, versao=versao) == preenchido:
        return Resposta(situacao=Situacao.IGUAL)
    if len(mes.motivo.strip()) >= MOTIVO_MINIMO:
        return None
    if not aberto:
        return _recusa("Este mês já foi enviado com outros números. Para trocar, diga em “motivo” por que se corrige.")
    if registro.estado == Estado.RASCUNHO and ler_objeto(registro.itens, versao=versao) != preenchido:
        return _recusa("Há um rascunho deste mês com outros números. Para passar por cima, diga em “motivo” por quê.")
    return None


def _recusa(mensagem: str) -> Resposta:
    return Resposta(situacao=Situacao.RECUSADO, recusa=mensagem)


class Conhecido:
    """O que se precisa saber de muitos meses, lido de uma vez."""

    def __init__(self, meses: Sequence[MesRecebido]) -> None:
        self.meses = meses
        self.unidades = [mes.unidade.pk for mes in meses]
        self._contados: dict[tuple[UUID, str], Mapping[str, Contado]] = {}
        self.competencias = sorted({str(mes.competencia) for mes in meses})

    @cached_property
    def registros(self) -> dict[tuple[UUID, str], RegistroMensal]:
        """O registro de cada unidade e mês que já há, com o número e os itens do último envio."""
        ultimo = Envio.objects.filter(registro=OuterRef("pk")).order_by("-numero")
        achados = RegistroMensal.objects.filter(competencia__in=self.competencias, unidade__in=set(self.unidades))
        achados = achados.select_related("unidade").annotate(
            ultimo=Subquery(ultimo.values("numero")[:1]), itens_do_ultimo=Subquery(ultimo.values("itens")[:1])
        )
        return {(registro.unidade_id, registro.competencia): registro for registro in achados}

    def contados(self, mes: MesRecebido) -> Mapping[str, Contado]:
        """As linhas atrás de cada número que se conta, uma vez por unidade e mês."""
        chave = (mes.unidade.pk, str(mes.competencia))
        if chave not in self._contados:
            self._contados[chave] = consultas.contados(mes.unidade, competencia=mes.competencia)
        return self._contados[chave]

    @cached_property
    def _que_devem(self) -> set[tuple[str, UUID]]:
        return {
            (texto, unidade)
            for texto in self.competencias
            for unidade in consultas.que_devem(Competencia.de_texto(texto)).values_list("pk", flat=True)
        }

    def deve(self, mes: MesRecebido) -> bool:
        return (str(mes.competencia), mes.unidade.pk) in self._que_devem

    @cached_property
    def portes(self) -> Mapping[str, Porte]:
        lugares = {mes.unidade.municipio_id[:2] for mes in self.meses}
        return portes_atuais(lugares.pop() if len(lugares) == 1 else "BR")

    @cached_property
    def _totais(self) -> Mapping[UUID, Mapping[str, Mapping[str, int]]]:
        if not self.competencias:
            return {}
        primeira, ultima = (Competencia.de_texto(texto) for texto in (self.competencias[0], self.competencias[-1]))
        return das_unidades_nos_meses(
            set(self.unidades), desde=primeira.meses_antes(consultas.MESES_ANTERIORES), ate=ultima
        )

    def anteriores(self, mes: MesRecebido, versao: Versao) -> dict[Competencia, Preenchimento]:
        """Os totais que valem dos doze meses de antes: as regras que olham para trás só olham totais."""
        dela = self._totais.get(mes.unidade.pk, {})
        desde = str(mes.competencia.meses_antes(consultas.MESES_ANTERIORES))
        return {
            Competencia.de_texto(texto): Preenchimento(valores={item: Valor(total) for item, total in totais.items()})
            for texto, totais in dela.items()
            if desde <= texto < str(mes.competencia)
        }


@dataclass(kw_only=True)
class _Gravacao:
    """Junta o que se vai gravar e grava de uma vez."""

    conhecido: Conhecido
    por: Ator
    em: datetime
    novos: list[RegistroMensal] = field(default_factory=list)
    mudados: list[RegistroMensal] = field(default_factory=list)
    envios: list[Envio] = field(default_factory=list)
    lastros: list[Lastro] = field(default_factory=list)

    def receber(self, mes: MesRecebido, *, hoje: date) -> Resposta:
        resposta = examinar(mes, conhecido=self.conhecido, hoje=hoje)
        if resposta.situacao in {Situacao.ENVIADO, Situacao.CORRIGIDO}:
            self._enviar(mes, resposta)
        return resposta

    def _enviar(self, mes: MesRecebido, resposta: Resposta) -> None:
        chave = (mes.unidade.pk, str(mes.competencia))
        registro = self.conhecido.registros.get(chave)
        numero = (registro.ultimo or 0) + 1 if registro is not None else 1  # type: ignore[attr-defined]
        if registro is None:
            registro = RegistroMensal(
                unidade=mes.unidade,
                abrangencia=mes.unidade.municipio_id,
                formulario=consultas.FORMULARIOS[mes.unidade.tipo],
                competencia=str(mes.competencia),
                versao=0,
            )
            self.novos.append(registro)
        else:
            self.mudados.append(registro)
        registro.itens, registro.estado = dict(mes.itens), Estado.ENVIADO
        registro.justificativas = {regra: texto.strip() for regra, texto in mes.justificativas.items() if texto.strip()}
        registro.motivo_da_correcao = mes.motivo.strip()[:300]
        registro.mudado_em, registro.versao = self.em, registro.versao + 1
        assert self.por.pessoa is not None
        contados = self.conhecido.contados(mes)
        self.envios.append(
            Envio(
                registro=registro,
                abrangencia=registro.abrangencia,
                numero=numero,
                versao_do_formulario=formulario(registro.formulario, em=mes.competencia).versao,
                itens=registro.itens,
                justificativas=registro.justificativas,
                avisos=das_inconsistencias(resposta.inconsistencias),
                calculados={item: contado.numero for item, contado in contados.items()},
                motivo=registro.motivo_da_correcao if numero > 1 else "",
                em=self.em,
                pessoa=self.por.pessoa,
                papel=self.por.papel.nome,
            )
        )
        self.lastros += [
            Lastro(
                envio=self.envios[-1],
                abrangencia=registro.abrangencia,
                item=item,
                tabela=contado.tabela,
                chaves=list(contado.chaves),
            )
            for item, contado in contados.items()
        ]

    def gravar(self) -> None:
        if not self.envios:
            return
        registros = [envio.registro for envio in self.envios]
        RegistroMensal.objects.bulk_create(self.novos, batch_size=LOTE)
        gravar_objetos(self.mudados, que_ja_existem=True)
        Envio.objects.bulk_create(self.envios, batch_size=LOTE)
        Lastro.objects.bulk_create(self.lastros, batch_size=LOTE)
        consolidacao.dos_registros(registros)
        for registro in self.mudados:
            obrigacao.entregue(registro, em=self.em)
        obrigacao.carregados([(registro, self.em) for registro in self.novos])
        registrar(
            ato="mensais.receber", objeto=registros[0], por=self.por, em=self.em, dados={"quantos": len(registros)}
        )
