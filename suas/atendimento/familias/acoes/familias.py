"""Registrar a família na unidade, abrir prontuário noutra, e mudar a composição e o domicílio."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from suas.atendimento.familias import listas
from suas.atendimento.familias.acoes import pessoas
from suas.atendimento.familias.consultas import familia as leitura
from suas.atendimento.familias.models import Domicilio, Familia, Integrante, PessoaAtendida, Prontuario
from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar


@dataclass(frozen=True, kw_only=True)
class Chegada:
    """Como a família chegou à unidade (bloco 2 do Prontuário SUAS). Sem `numero`, a unidade dá o seguinte."""

    ingresso: str
    dia: date
    quem_encaminhou: str = ""
    motivo: str = ""
    numero: int | None = None


@dataclass(frozen=True, kw_only=True)
class Nova:
    """Uma família que entra: a pessoa de referência, onde mora e como chegou. `endereco`: campos de `ComEndereco`.

    `existente`: a pessoa de referência já está no município, e vale o registro dela. Repetir a `chave` do formulário
    não registra de novo.
    """

    referencia: pessoas.Dados
    chegada: Chegada
    endereco: Mapping[str, object] = field(default_factory=dict)
    em_abrigo: bool = False
    especificidade: str = ""
    povo: str = ""
    cras: Unidade | None = None
    existente: PessoaAtendida | None = None
    chave: UUID | None = None


@transaction.atomic
def registrar_familia(
    *, nova: Nova, unidade: Unidade, e_outra: bool, por: Ator, em: datetime, hoje: date, sintetica: bool = False
) -> Prontuario:
    """Registra a família, com a pessoa de referência, o domicílio e o prontuário na unidade.

    Erros: `AtoRecusado` (documento que já está no município, dia que não serve); `pessoas.TalvezSejaAMesma`.
    """
    municipio = unidade.municipio_id
    _trancar(unidade)  # o mesmo envio duas vezes espera pelo primeiro
    if nova.chave is not None and (feito := Prontuario.objects.filter(familia=nova.chave, unidade=unidade).first()):
        _exigir_o_mesmo(feito.familia.integrantes.select_related("pessoa").order_by("ordem").first(), nova)
        return feito
    if nova.existente is not None:
        referencia = nova.existente
        pessoas.exigir_sem_familia(referencia)
        pessoas.por_na_busca(referencia)
    else:
        referencia = pessoas.criar(
            dados=nova.referencia, municipio=municipio, e_outra=e_outra, por=por, em=em, hoje=hoje, sintetica=sintetica
        )
    bairro = str(nova.endereco.get("bairro", ""))
    familia = Familia(
        abrangencia=municipio,
        especificidade=nova.especificidade,
        povo=nova.povo,
        cras=nova.cras or leitura.cras_do_bairro(municipio, bairro=bairro),
        criada_em=em,
        mudada_em=em,
        sintetica=sintetica,
    )
    if nova.chave is not None:
        familia.pk = nova.chave
    _inserir(familia)
    registrar(ato="familias.registrar", objeto=familia, por=por, em=em)
    _integrar(familia, referencia, parentesco=listas.Parentesco.REFERENCIA, dia=nova.chegada.dia)
    _morar(familia, endereco=nova.endereco, em_abrigo=nova.em_abrigo, dia=nova.chegada.dia)
    return abrir_prontuario(familia=familia, unidade=unidade, chegada=nova.chegada, por=por, em=em, hoje=hoje)


@transaction.atomic
def abrir_prontuario(
    *, familia: Familia, unidade: Unidade, chegada: Chegada, por: Ator, em: datetime, hoje: date
) -> Prontuario:
    """O prontuário da família na unidade: um só em cada uma.

    Erros: `AtoRecusado` se já há um, se o número é de outra família ou se o dia ainda não chegou.
    """
    _trancar(unidade)  # o número não se dá duas vezes
    if chegada.dia > hoje:
        raise AtoRecusado(f"O dia da chegada, {chegada.dia:%d/%m/%Y}, ainda não chegou. Confira.", campo="dia")
    if leitura.prontuario_na(familia, unidade=unidade.pk) is not None:
        raise AtoRecusado(f"A família já tem prontuário em {unidade.nome}.")
    numero = chegada.numero or leitura.proximo_numero(unidade)
    if Prontuario.objects.filter(unidade=unidade, numero=numero).exists():
        raise AtoRecusado(
            f"O prontuário {numero} de {unidade.nome} é de outra família. Use outro número.", campo="numero"
        )
    prontuario = Prontuario.objects.create(
        familia=familia,
        unidade=unidade,
        abrangencia=familia.abrangencia,
        numero=numero,
        aberto_dia=chegada.dia,
        ingresso=chegada.ingresso,
        quem_encaminhou=chegada.quem_encaminhou.strip(),
        motivo=chegada.motivo.strip(),
        criado_em=em,
    )
    registrar(ato="familias.abrir_prontuario", objeto=prontuario, por=por, em=em)
    return prontuario


@transaction.atomic
def incluir(
    *,
    familia: Familia,
    dados: pessoas.Dados,
    parentesco: int,
    dia: date,
    e_outra: bool,
    por: Ator,
    em: datetime,
    hoje: date,
    chave: UUID | None = None,
    sintetica: bool = False,
) -> Integrante:
    """Põe na composição alguém que ainda não está no registro; repetir a `chave` não inclui de novo.

    Erros: os de `pessoas.criar`.
    """
    _trancar(familia)  # o mesmo envio duas vezes espera pelo primeiro, e o número de ordem não se dá duas vezes
    if chave is not None and (feito := _abertos(familia).filter(pessoa=chave).first()):
        _exigir_nome(feito, dados)
        return feito
    _exigir_dia(dia, hoje=hoje)
    _exigir_outro_parentesco(parentesco)
    pessoa = pessoas.criar(
        dados=dados,
        municipio=familia.abrangencia,
        e_outra=e_outra,
        por=por,
        em=em,
        hoje=hoje,
        chave=chave,
        sintetica=sintetica,
    )
    return _incluir(familia, pessoa, parentesco=parentesco, dia=dia, por=por, em=em)


@transaction.atomic
def trazer(
    *, familia: Familia, pessoa: PessoaAtendida, parentesco: int, dia: date, por: Ator, em: datetime, hoje: date
) -> Integrante:
    """Põe na composição alguém já registrado, que não está em família nenhuma."""
    _trancar(familia)
    if feito := _abertos(familia).filter(pessoa=pessoa).first():
        return feito
    _exigir_dia(dia, hoje=hoje)
    _exigir_outro_parentesco(parentesco)
    pessoas.exigir_sem_familia(pessoa)
    pessoas.por_na_busca(pessoa)
    return _incluir(familia, pessoa, parentesco=parentesco, dia=dia, por=por, em=em)


@transaction.atomic
def retirar(
    *, integrante: Integrante, saida: str, motivo: str, dia: date, por: Ator, em: datetime, hoje: date
) -> Integrante:
    """Registra que alguém saiu da composição; a linha fica. Erros: `AtoRecusado`."""
    _trancar(integrante.familia)  # ninguém vira referência enquanto sai
    atual = Integrante.objects.select_related("familia").get(pk=integrante.pk)
    _exigir_dia(dia, hoje=hoje)
    if atual.ate is not None:
        raise AtoRecusado("A saída desta pessoa já está registrada.")
    if dia < atual.desde:
        raise AtoRecusado(f"A saída não pode ser antes da entrada, em {atual.desde:%d/%m/%Y}.", campo="dia")
    if atual.parentesco == listas.Parentesco.REFERENCIA and _abertos(atual.familia).exclude(pk=atual.pk).exists():
        raise AtoRecusado("É a pessoa de referência. Escolha antes outra pessoa de referência para a família.")
    if saida == listas.Saida.OUTRO and not motivo.strip():
        raise AtoRecusado("Diga em palavras por que a pessoa saiu.", campo="motivo")
    atual.ate, atual.saida, atual.motivo = dia, saida, motivo.strip()
    atual.save(update_fields=["ate", "saida", "motivo"])
    _marcar(atual.familia, em=em)
    registrar(ato="familias.retirar_integrante", objeto=atual.familia, por=por, em=em)
    return atual


@transaction.atomic
def trocar_referencia(*, integrante: Integrante, parentesco_da_anterior: int, por: Ator, em: datetime) -> Integrante:
    """Faz de outra pessoa a de referência; a anterior passa a ter o parentesco que se diz."""
    familia = Familia.objects.select_for_update(of=("self",)).get(pk=integrante.familia_id)
    atual = Integrante.objects.get(pk=integrante.pk)
    if atual.ate is not None:
        raise AtoRecusado("Quem já saiu da família não pode ser a pessoa de referência.")
    if atual.parentesco == listas.Parentesco.REFERENCIA:
        raise AtoRecusado("Esta pessoa já é a de referência.")
    _exigir_outro_parentesco(parentesco_da_anterior)
    _abertos(familia).filter(parentesco=listas.Parentesco.REFERENCIA).update(parentesco=parentesco_da_anterior)
    atual.parentesco = listas.Parentesco.REFERENCIA
    atual.save(update_fields=["parentesco"])
    _marcar(familia, em=em)
    registrar(ato="familias.trocar_referencia", objeto=familia, por=por, em=em)
    return atual


@transaction.atomic
def mudar_domicilio(
    *,
    familia: Familia,
    endereco: Mapping[str, object],
    em_abrigo: bool,
    cras: Unidade | None,
    dia: date,
    por: Ator,
    em: datetime,
    hoje: date,
) -> Domicilio:
    """Endereço novo: o de antes ganha o último dia e fica; o mesmo endereço não se repete.

    O CRAS de referência é o dito; sem dizê-lo, o do bairro, e no mesmo bairro o de antes.
    """
    _trancar(familia)
    _exigir_dia(dia, hoje=hoje)
    anterior, bairro = leitura.domicilio(familia), str(endereco.get("bairro", ""))
    if cras is None and (anterior is None or nome_de_busca(anterior.bairro) != nome_de_busca(bairro)):
        familia.cras = leitura.cras_do_bairro(familia.abrangencia, bairro=bairro)
    elif cras is not None:
        familia.cras = cras
    familia.save(update_fields=["cras"])
    mora = {"em_abrigo": em_abrigo, **endereco}
    if anterior is not None and all(getattr(anterior, campo) == valor for campo, valor in mora.items()):
        _marcar(familia, em=em)
        registrar(ato="familias.mudar_domicilio", objeto=familia, por=por, em=em)
        return anterior
    if anterior is not None:
        if dia < anterior.desde:
            raise AtoRecusado(
                f"O endereço de agora foi registrado em {anterior.desde:%d/%m/%Y}: use um dia depois.", campo="dia"
            )
        anterior.ate = dia
        anterior.save(update_fields=["ate"])
    novo = _morar(familia, endereco=endereco, em_abrigo=em_abrigo, dia=dia)
    _marcar(familia, em=em)
    registrar(ato="familias.mudar_domicilio", objeto=familia, por=por, em=em)
    return novo


@transaction.atomic
def caracterizar(*, familia: Familia, especificidade: str, povo: str, por: Ator, em: datetime) -> Familia:
    """A especificidade social, étnica ou cultural, como a família se reconhece. Repetir a mesma não muda nada."""
    atual = Familia.objects.select_for_update(of=("self",)).get(pk=familia.pk)
    if (atual.especificidade, atual.povo) == (especificidade, povo.strip()):
        return atual
    atual.especificidade, atual.povo = especificidade, povo.strip()
    atual.save(update_fields=["especificidade", "povo"])
    _marcar(atual, em=em)
    registrar(ato="familias.caracterizar", objeto=atual, por=por, em=em)
    return atual


def _incluir(
    familia: Familia, pessoa: PessoaAtendida, *, parentesco: int, dia: date, por: Ator, em: datetime
) -> Integrante:
    integrante = _integrar(familia, pessoa, parentesco=parentesco, dia=dia)
    _marcar(familia, em=em)
    registrar(ato="familias.incluir_integrante", objeto=familia, por=por, em=em)
    return integrante


def _integrar(familia: Familia, pessoa: PessoaAtendida, *, parentesco: int, dia: date) -> Integrante:
    return Integrante.objects.create(
        familia=familia,
        pessoa=pessoa,
        abrangencia=familia.abrangencia,
        ordem=leitura.proxima_ordem(familia),
        parentesco=parentesco,
        desde=dia,
    )


def _morar(familia: Familia, *, endereco: Mapping[str, object], em_abrigo: bool, dia: date) -> Domicilio:
    return Domicilio.objects.create(
        familia=familia, abrangencia=familia.abrangencia, em_abrigo=em_abrigo, desde=dia, **endereco
    )


def _trancar(linha: Unidade | Familia) -> None:
    """Até o fim da transação, quem mais mexe nesta linha espera."""
    type(linha)._default_manager.select_for_update(of=("self",)).get(pk=linha.pk)


def _exigir_o_mesmo(feito: Integrante | None, nova: Nova) -> None:
    if nova.existente is None or feito is None or feito.pessoa_id != nova.existente.pk:
        _exigir_nome(feito, nova.referencia)


def _exigir_nome(feito: Integrante | None, dados: pessoas.Dados) -> None:
    """O mesmo formulário, agora com outra pessoa, não passa calado pelo que já fez."""
    if feito is None or feito.pessoa.nome != dados.nome.strip():
        raise AtoRecusado("Este formulário já foi gravado com outra pessoa. Abra a página de novo e escreva esta.")


def _inserir(familia: Familia) -> None:
    try:
        with transaction.atomic():
            familia.save(force_insert=True)
    except IntegrityError as erro:
        raise AtoRecusado("Este formulário já foi usado. Abra de novo a página de registrar família.") from erro


def _abertos(familia: Familia) -> QuerySet[Integrante]:
    return Integrante.objects.filter(familia=familia, ate__isnull=True)


def _marcar(familia: Familia, *, em: datetime) -> None:
    familia.mudada_em, familia.versao = em, familia.versao + 1
    familia.save(update_fields=["mudada_em", "versao"])


def _exigir_dia(dia: date, *, hoje: date) -> None:
    if dia > hoje:
        raise AtoRecusado(f"O dia {dia:%d/%m/%Y} ainda não chegou. Confira a data.", campo="dia")


def _exigir_outro_parentesco(parentesco: int) -> None:
    if parentesco == listas.Parentesco.REFERENCIA:
        raise AtoRecusado("A família já tem pessoa de referência. Escolha outro parentesco.", campo="parentesco")
