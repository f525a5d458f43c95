"""Quem lê e quem escreve o registro das famílias (ADR 0073).

Só quem trabalha numa unidade do município chega a uma pessoa atendida. A identificação é de todas as unidades do
município, para ninguém ser registrado duas vezes; o que se anota é da unidade que anotou; ler o de outra pede motivo,
vale por pouco tempo e se comunica a ela. A gestão vê contas, e não pessoas.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from suas.atendimento.familias.consultas import enganos
from suas.atendimento.familias.consultas import familia as leitura
from suas.atendimento.familias.models import (
    Atendimento,
    Familia,
    Integrante,
    Juncao,
    LeituraDeFora,
    PessoaAtendida,
    PessoasDistintas,
    Prontuario,
)
from suas.cadastros.rede.models import Unidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.permissoes.recusa import SemPermissao

if TYPE_CHECKING:
    from suas.atendimento.familias.models import Engano

IDENTIFICAR, ATENDER = Permissao.FAMILIA_IDENTIFICAR, Permissao.FAMILIA_ATENDER
QUEM_IDENTIFICA = "Registra e procura famílias quem trabalha numa unidade do município."
QUEM_ATENDE = "O prontuário é da equipe de referência da unidade: a coordenação e os técnicos."
QUEM_DECIDE_REPETIDAS = "Decide se dois registros são da mesma pessoa quem coordena uma unidade do município."
SEM_UNIDADE = (
    "O seu vínculo não diz em que unidade você trabalha, e o registro das famílias é de cada unidade. Peça à gestão "
    "municipal que o complete."
)


@dataclass(frozen=True, kw_only=True)
class Acesso:
    """O que o ator lê de uma família: o prontuário da sua unidade e, se disse por quê há pouco, os das outras."""

    familia: Familia
    unidade: Unidade
    prontuario: Prontuario | None
    atende: bool
    de_fora: LeituraDeFora | None

    @property
    def le_prontuario(self) -> bool:
        """Lê o que a própria unidade anotou?"""
        return self.atende and self.prontuario is not None

    def unidades_lidas(self, prontuarios: list[Prontuario]) -> list[UUID]:
        """As unidades cujos atendimentos o ator lê."""
        if not self.atende:
            return []
        return [p.unidade_id for p in prontuarios if p.unidade_id == self.unidade.pk or self.de_fora is not None]


def atende(ator: Ator) -> bool:
    """O papel lê o prontuário e anota, na própria unidade?"""
    return ATENDER in ator.papel.permissoes and ator.unidade is not None


def obter_unidade_para_procurar(ator: Ator) -> Unidade:
    """A unidade do vínculo em uso, de quem registra e procura famílias; 403 aos demais."""
    return _unidade(ator, IDENTIFICAR, QUEM_IDENTIFICA)


def obter_unidade_para_atender(ator: Ator) -> Unidade:
    """A unidade do vínculo em uso, de quem lê o prontuário e anota; 403 aos demais."""
    return _unidade(ator, ATENDER, QUEM_ATENDE)


def _unidade(ator: Ator, permissao: Permissao, motivo: str) -> Unidade:
    if permissao not in ator.papel.permissoes:
        raise SemPermissao(motivo, permissao=permissao, em=ator.abrangencia)
    if ator.unidade is None:
        raise SemPermissao(SEM_UNIDADE, permissao=permissao, em=ator.abrangencia)
    unidade = Unidade.objects.select_related("municipio__uf").filter(pk=ator.unidade).first()
    if unidade is None or not ator.pode(permissao, em=unidade.municipio_id, unidade=unidade.pk):
        raise SemPermissao(SEM_UNIDADE, permissao=permissao, em=ator.abrangencia)
    return unidade


def obter_familia_para_ver(ator: Ator, *, familia_id: UUID, agora: datetime) -> Acesso:
    """A família do município do ator (404 fora dele), com o que ele lê dela."""
    familia = _familia(ator, familia_id)
    unidade = obter_unidade_para_procurar(ator)
    de_fora = None
    atende = ator.pode(ATENDER, em=unidade.municipio_id, unidade=unidade.pk)
    if atende and ator.pessoa is not None:
        de_fora = leitura.leitura_que_vale(familia, pessoa=ator.pessoa.pk, unidade=unidade.pk, agora=agora)
    prontuario = leitura.prontuario_na(familia, unidade=unidade.pk)
    return Acesso(familia=familia, unidade=unidade, prontuario=prontuario, atende=atende, de_fora=de_fora)


def obter_familia_para_identificar(ator: Ator, *, familia_id: UUID) -> Familia:
    """A família com prontuário na unidade do ator: dela ele muda a composição e o domicílio."""
    familia = _familia(ator, familia_id)
    unidade = obter_unidade_para_procurar(ator)
    _exigir_prontuario(familia, unidade, IDENTIFICAR)
    return familia


def obter_familia_para_atender(ator: Ator, *, familia_id: UUID) -> Prontuario:
    """O prontuário da família na unidade do ator, para anotar."""
    familia = _familia(ator, familia_id)
    return _exigir_prontuario(familia, obter_unidade_para_atender(ator), ATENDER)


def obter_familia_para_ler_de_fora(ator: Ator, *, familia_id: UUID) -> tuple[Familia, Unidade]:
    """A família de que outra unidade tem prontuário, para dizer por que se precisa lê-lo."""
    familia = _familia(ator, familia_id)
    return familia, obter_unidade_para_atender(ator)


def obter_familia_para_abrir_prontuario(ator: Ator, *, familia_id: UUID) -> tuple[Familia, Unidade]:
    """A família que chega também à unidade do ator."""
    familia = _familia(ator, familia_id)
    return familia, obter_unidade_para_procurar(ator)


def obter_engano_para_desfazer(ator: Ator, *, familia_id: UUID) -> Engano:
    """A anulação que vale, da família com prontuário na unidade do ator; 404 se a família não está anulada."""
    familia = _familia(ator, familia_id)
    unidade = obter_unidade_para_atender(ator)
    if leitura.prontuario_na(familia, unidade=unidade.pk) is None:
        raise SemPermissao(QUEM_ATENDE, permissao=ATENDER, em=familia.abrangencia)
    engano = enganos.engano_de(familia)
    if engano is None:
        raise Http404
    return engano


def obter_integrante_para_mudar(ator: Ator, *, integrante_id: int) -> Integrante:
    """Alguém da composição de uma família com prontuário na unidade do ator."""
    integrante = get_object_or_404(Integrante.objects.select_related("pessoa", "familia"), pk=integrante_id)
    obter_familia_para_identificar(ator, familia_id=integrante.familia_id)
    return integrante


def obter_pessoa_para_mudar(ator: Ator, *, pessoa_id: UUID) -> tuple[PessoaAtendida, Familia]:
    """A pessoa, pela família em que está agora, com prontuário na unidade do ator."""
    integrante = Integrante.objects.filter(pessoa_id=pessoa_id, ate__isnull=True).first()
    if integrante is None:
        raise Http404
    familia = obter_familia_para_identificar(ator, familia_id=integrante.familia_id)
    return get_object_or_404(PessoaAtendida, pk=pessoa_id), familia


def obter_pessoa_para_trazer(ator: Ator, *, pessoa_id: UUID) -> PessoaAtendida:
    """Alguém já registrado no município do ator, para entrar numa família; 404 fora dele."""
    unidade = obter_unidade_para_procurar(ator)
    return get_object_or_404(PessoaAtendida, pk=pessoa_id, abrangencia=unidade.municipio_id)


def obter_atendimento_para_anular(ator: Ator, *, atendimento_id: UUID) -> Atendimento:
    """O atendimento anotado na unidade do ator: anula quem o anotou, ou a coordenação."""
    atendimento = get_object_or_404(Atendimento.objects.select_related("familia", "unidade"), pk=atendimento_id)
    _familia(ator, atendimento.familia_id)
    unidade = obter_unidade_para_atender(ator)
    if atendimento.unidade_id != unidade.pk or not pode_anular(ator, atendimento):
        raise SemPermissao(
            "Anula um atendimento quem o anotou, ou a coordenação da mesma unidade.",
            permissao=ATENDER,
            em=atendimento.abrangencia,
            unidade=atendimento.unidade_id,
        )
    return atendimento


def pode_anular(ator: Ator, atendimento: Atendimento) -> bool:
    """Quem anotou, ou a coordenação da unidade em que se anotou."""
    coordena = ator.papel.codigo == "coordenacao_unidade" and ator.unidade == atendimento.unidade_id
    return coordena or (ator.pessoa is not None and atendimento.profissional_id == ator.pessoa.pk)


def _familia(ator: Ator, familia_id: UUID) -> Familia:
    """Fora do próprio município a família não existe, também para quem alcança o município de cima."""
    return get_object_or_404(Familia.objects.select_related("cras"), pk=familia_id, abrangencia=ator.abrangencia)


def _exigir_prontuario(familia: Familia, unidade: Unidade, permissao: Permissao) -> Prontuario:
    prontuario = leitura.prontuario_na(familia, unidade=unidade.pk)
    if prontuario is None:
        raise SemPermissao(
            f"Esta família ainda não tem prontuário em {unidade.nome}. Abra um na página dela antes de mudar algo.",
            permissao=permissao,
            em=familia.abrangencia,
        )
    if enganos.engano_de(familia) is not None:
        raise SemPermissao(
            "Esta família foi anulada por engano. Desfaça a anulação na página dela antes de mudar algo.",
            permissao=permissao,
            em=familia.abrangencia,
        )
    return prontuario


def ve_leituras_de_fora(ator: Ator) -> bool:
    """A coordenação vê as da própria unidade; a gestão, as do município."""
    no_municipio = len(ator.abrangencia) == 7
    return no_municipio and ator.pode(Permissao.FAMILIA_SUPERVISIONAR, em=ator.abrangencia, unidade=ator.unidade)


def exigir_leituras_de_fora(ator: Ator) -> None:
    """403, dizendo quem vê, aos demais."""
    if not ve_leituras_de_fora(ator):
        raise SemPermissao(
            "Vê as leituras de outras unidades quem coordena a unidade lida e a gestão do município.",
            permissao=Permissao.FAMILIA_SUPERVISIONAR,
            em=ator.abrangencia,
        )


def decide_repetidas(ator: Ator) -> bool:
    """Coordena uma unidade e identifica nela: decide se dois registros são da mesma pessoa."""
    return ator.unidade is not None and {IDENTIFICAR, Permissao.FAMILIA_SUPERVISIONAR} <= ator.papel.permissoes


def obter_unidade_para_repetidas(ator: Ator) -> Unidade:
    """A unidade de quem decide os registros repetidos; 403 aos demais."""
    if not decide_repetidas(ator):
        raise SemPermissao(QUEM_DECIDE_REPETIDAS, permissao=Permissao.FAMILIA_SUPERVISIONAR, em=ator.abrangencia)
    return obter_unidade_para_procurar(ator)


def obter_par_para_decidir(ator: Ator, *, uma_id: UUID, outra_id: UUID) -> tuple[PessoaAtendida, PessoaAtendida]:
    """Duas pessoas do município do ator (404 fora dele), para quem decide se são a mesma."""
    municipio = ator.abrangencia
    uma = get_object_or_404(PessoaAtendida, pk=uma_id, abrangencia=municipio)
    outra = get_object_or_404(PessoaAtendida, pk=outra_id, abrangencia=municipio)
    obter_unidade_para_repetidas(ator)
    return uma, outra


def obter_juncao_para_desfazer(ator: Ator, *, juncao_id: UUID) -> Juncao:
    """Uma junção do município do ator, para quem decide repetidas."""
    juncao = get_object_or_404(Juncao.objects.select_related("fica", "sai"), pk=juncao_id, abrangencia=ator.abrangencia)
    obter_unidade_para_repetidas(ator)
    return juncao


def obter_distintas_para_voltar(ator: Ator, *, par_id: UUID) -> PessoasDistintas:
    """Um par dito de duas pessoas, do município do ator, para voltar a propô-lo."""
    par = get_object_or_404(PessoasDistintas, pk=par_id, abrangencia=ator.abrangencia)
    obter_unidade_para_repetidas(ator)
    return par
