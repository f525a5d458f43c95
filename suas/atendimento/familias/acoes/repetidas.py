"""Juntar dois registros da mesma pessoa, desfazer, e dizer que são duas. Nada se apaga (ADR 0101)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from suas.atendimento.familias import listas
from suas.atendimento.familias.acoes.pessoas import palavras_de
from suas.atendimento.familias.consultas.repetidas import em_ordem
from suas.atendimento.familias.models import (
    Integrante,
    Juncao,
    PalavraDoNome,
    PessoaAtendida,
    PessoasDistintas,
)
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

#: O que se completa no registro que fica com o do que sai, onde está em branco.
DADOS = ("nome_social", "apelido", "nome_da_mae", "nis", "cpf", "nascimento", "sexo", "deficiencia")
DOCUMENTOS = ("nis", "cpf")
ROTULOS = {"nome_da_mae": "nome da mãe", "nis": "NIS", "cpf": "CPF", "deficiencia": "pessoa com deficiência"}
#: Projeções e as próprias decisões não passam de um registro a outro.
_FICAM = (PalavraDoNome, PessoasDistintas, Juncao)


@transaction.atomic
def juntar(*, fica: PessoaAtendida, sai: PessoaAtendida, motivo: str, por: Ator, em: datetime, hoje: date) -> Juncao:
    """Passa ao registro que fica tudo o que aponta para o que sai, e completa o que nele está em branco.

    Erros: `AtoRecusado` se são de municípios diferentes, se um já saiu, ou se o que sai é a referência de outros.
    """
    fica, sai = _travar(fica, sai)
    if not motivo.strip():
        raise AtoRecusado("Diga em que se baseou: o documento que viu, ou quem confirmou.", campo="motivo")
    juncao = Juncao(
        fica=fica,
        sai=sai,
        abrangencia=fica.abrangencia,
        motivo=motivo.strip(),
        antes={"fica": _dados(fica), "sai": _dados(sai)},
        saida=_fechar_composicao(fica, sai, hoje=hoje),
        juntada_por=por.vinculo.pk if por.vinculo else None,
        juntada_em=em,
    )
    juncao.moveu = {tabela: chaves for tabela, chaves in _mover(de=sai, para=fica) if chaves}
    _completar(fica, sai, em=em)
    juncao.depois = {"fica": _dados(fica), "sai": _dados(sai)}
    juncao.save(force_insert=True)
    PalavraDoNome.objects.filter(pessoa=sai).delete()
    PessoasDistintas.objects.filter(uma_id=em_ordem(fica.pk, sai.pk)[0], outra_id=em_ordem(fica.pk, sai.pk)[1]).delete()
    registrar(ato="familias.juntar_pessoas", objeto=juncao, por=por, em=em)
    return juncao


@transaction.atomic
def desfazer(*, juncao: Juncao, motivo: str, por: Ator, em: datetime) -> Juncao:
    """Devolve ao registro que saiu o que era dele. O que alguém mudou no meio tempo não volta, e fica dito."""
    atual = Juncao.objects.select_for_update(of=("self",)).get(pk=juncao.pk)
    if atual.desfeita_em is not None:
        raise AtoRecusado("Esta junção já foi desfeita.")
    if not motivo.strip():
        raise AtoRecusado("Diga por que se desfaz.", campo="motivo")
    fica, sai = PessoaAtendida.objects.get(pk=atual.fica_id), PessoaAtendida.objects.get(pk=atual.sai_id)
    if Juncao.objects.filter(sai=fica, desfeita_em__isnull=True).exists():
        raise AtoRecusado("O registro que ficou já se juntou a outro. Desfaça antes a junção mais nova.")
    nao_voltou = [*_devolver(atual, fica, sai), *_voltar_dados(atual, fica, sai, em=em), *_reabrir(atual, sai)]
    PalavraDoNome.objects.filter(pessoa__in=(fica, sai)).delete()
    PalavraDoNome.objects.bulk_create([*palavras_de(fica), *palavras_de(sai)])
    atual.desfeita_em, atual.motivo_de_desfazer, atual.nao_voltou = em, motivo.strip(), nao_voltou
    atual.save(update_fields=["desfeita_em", "motivo_de_desfazer", "nao_voltou"])
    registrar(ato="familias.desfazer_juncao", objeto=atual, por=por, em=em)
    return atual


@transaction.atomic
def dizer_distintas(
    *, uma: PessoaAtendida, outra: PessoaAtendida, motivo: str, por: Ator, em: datetime
) -> PessoasDistintas:
    """Lembra que são duas pessoas: deixam de se propor. Repetir não muda nada."""
    if uma.pk == outra.pk or uma.abrangencia != outra.abrangencia:
        raise AtoRecusado("O par é de duas pessoas do mesmo município. Escolha-o na lista.")
    menor, maior = em_ordem(uma.pk, outra.pk)
    par, novo = PessoasDistintas.objects.get_or_create(
        uma_id=menor,
        outra_id=maior,
        defaults={
            "abrangencia": uma.abrangencia,
            "motivo": motivo.strip(),
            "dito_por": por.vinculo.pk if por.vinculo else None,
            "dito_em": em,
        },
    )
    if novo:
        registrar(ato="familias.dizer_distintas", objeto=par, por=por, em=em)
    return par


@transaction.atomic
def voltar_a_propor(*, par: PessoasDistintas, por: Ator, em: datetime) -> None:
    """Esquece que são duas; se ainda se parecem, voltam à lista."""
    registrar(ato="familias.voltar_a_propor", objeto=par, por=por, em=em)
    par.delete()


def _travar(fica: PessoaAtendida, sai: PessoaAtendida) -> tuple[PessoaAtendida, PessoaAtendida]:
    """Os dois como estão agora, sempre na mesma ordem; `AtoRecusado` se não se juntam."""
    if fica.pk == sai.pk or fica.abrangencia != sai.abrangencia:
        raise AtoRecusado("Juntam-se dois registros do mesmo município. Escolha o par na lista.")
    travadas = PessoaAtendida.objects.select_for_update(of=("self",)).filter(pk__in=(fica.pk, sai.pk)).order_by("pk")
    por_id = {pessoa.pk: pessoa for pessoa in travadas}
    if Juncao.objects.filter(sai__in=list(por_id), desfeita_em__isnull=True).exists():
        raise AtoRecusado("Um dos dois já se juntou a outro registro. Abra a lista de novo.")
    return por_id[fica.pk], por_id[sai.pk]


def _fechar_composicao(fica: PessoaAtendida, sai: PessoaAtendida, *, hoje: date) -> Integrante | None:
    """Se os dois estão em família, a linha do que sai se fecha; se só ele está, ela passa ao que fica com o resto."""
    abertos = {i.pessoa_id: i for i in Integrante.objects.filter(pessoa__in=(fica, sai), ate__isnull=True)}
    dela = abertos.get(sai.pk)
    if dela is None or fica.pk not in abertos:
        return None
    outros = Integrante.objects.filter(familia=dela.familia_id, ate__isnull=True).exclude(pk=dela.pk)
    if dela.parentesco == listas.Parentesco.REFERENCIA and outros.exists():
        raise AtoRecusado(
            "O registro que sairia é a pessoa de referência de uma família com outras pessoas. Deixe-o ficar, ou "
            "escolha antes outra referência para essa família."
        )
    dela.ate, dela.saida, dela.motivo = max(hoje, dela.desde), listas.Saida.ENGANO, "Registro repetido da mesma pessoa"
    dela.save(update_fields=["ate", "saida", "motivo"])
    return dela


def _ligadas() -> Iterator[tuple[type[models.Model], str]]:
    """As tabelas, deste módulo e dos de cima, que apontam para uma pessoa atendida, e por que campo."""
    for ligacao in PessoaAtendida._meta.related_objects:
        modelo, campo = ligacao.related_model, ligacao.field
        if isinstance(modelo, type) and not issubclass(modelo, _FICAM) and isinstance(campo, models.ForeignKey):
            yield modelo, campo.name


def _mover(*, de: PessoaAtendida, para: PessoaAtendida) -> Iterator[tuple[str, list[str]]]:
    for modelo, campo in _ligadas():
        movidas = []
        for chave in modelo._default_manager.filter(**{campo: de}).order_by("pk").values_list("pk", flat=True):
            if _apontar(modelo, campo, chave, para=para, de=de):
                movidas.append(str(chave))
        yield f"{modelo._meta.label_lower}.{campo}", movidas


def _apontar(modelo: type[models.Model], campo: str, chave: Any, *, para: PessoaAtendida, de: PessoaAtendida) -> bool:
    """A linha passa a apontar para o outro; a que lá se repetiria fica onde está."""
    try:
        with transaction.atomic():
            return bool(modelo._default_manager.filter(pk=chave, **{campo: de}).update(**{campo: para}))
    except IntegrityError:
        return False


def _completar(fica: PessoaAtendida, sai: PessoaAtendida, *, em: datetime) -> None:
    passam = {c: getattr(sai, c) for c in DADOS if getattr(fica, c) in {"", None} and getattr(sai, c) not in {"", None}}
    for documento in DOCUMENTOS:
        if documento in passam:  # um só dono por município: sai de um para entrar no outro
            setattr(sai, documento, None)
    sai.mudada_em, sai.versao = em, sai.versao + 1
    sai.save()
    for campo, valor in passam.items():
        setattr(fica, campo, valor)
    fica.mudada_em, fica.versao = em, fica.versao + 1
    fica.save()
    PalavraDoNome.objects.filter(pessoa=fica).delete()
    PalavraDoNome.objects.bulk_create(palavras_de(fica))


def _dados(pessoa: PessoaAtendida) -> dict[str, Any]:
    valores = {campo: getattr(pessoa, campo) for campo in ("nome", *DADOS)}
    return valores | {"nascimento": pessoa.nascimento.isoformat() if pessoa.nascimento else None}


def _devolver(juncao: Juncao, fica: PessoaAtendida, sai: PessoaAtendida) -> Iterator[str]:
    for tabela, chaves in juncao.moveu.items():
        rotulo, _, campo = tabela.rpartition(".")
        modelo = apps.get_model(rotulo)
        for chave in chaves:
            if not _apontar(modelo, campo, chave, para=sai, de=fica):
                yield str(modelo._meta.verbose_name)


def _voltar_dados(juncao: Juncao, fica: PessoaAtendida, sai: PessoaAtendida, *, em: datetime) -> list[str]:
    """Cada dado volta ao que era, se ainda está como a junção o deixou."""
    nao_voltou: list[str] = []
    for quem, pessoa in (("fica", fica), ("sai", sai)):
        agora = _dados(pessoa)
        for campo in DADOS:
            antes, depois = juncao.antes[quem][campo], juncao.depois[quem][campo]
            if antes == depois:
                continue
            if agora[campo] != depois:
                nao_voltou.append(ROTULOS.get(campo, campo.replace("_", " ")))
                continue
            setattr(pessoa, campo, date.fromisoformat(antes) if campo == "nascimento" and antes else antes)
        pessoa.mudada_em, pessoa.versao = em, pessoa.versao + 1
        pessoa.save()  # primeiro o que ficou solta o documento, depois o que saiu o retoma
    return nao_voltou


def _reabrir(juncao: Juncao, sai: PessoaAtendida) -> list[str]:
    if juncao.saida_id is None:
        return []
    linha = Integrante.objects.select_for_update(of=("self",)).get(pk=juncao.saida_id)
    ocupada = Integrante.objects.filter(pessoa=sai, ate__isnull=True).exists()
    outra_referencia = (
        linha.parentesco == listas.Parentesco.REFERENCIA
        and Integrante.objects.filter(
            familia=linha.familia_id, ate__isnull=True, parentesco=listas.Parentesco.REFERENCIA
        ).exists()
    )
    if linha.saida != listas.Saida.ENGANO or ocupada or outra_referencia:
        return ["o lugar na família"]
    linha.ate, linha.saida, linha.motivo = None, "", ""
    linha.save(update_fields=["ate", "saida", "motivo"])
    return []
