"""Registrar atos e leituras, lacrar o que está aberto, destruir e trocar chaves."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import models, transaction

from suas.nucleo import banco
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.trilha import cifra, corrente, lacre, verificacao
from suas.nucleo.trilha.models import Ato, Chave, Elo, Leitura, Verificacao


def registrar(
    *, ato: str, objeto: models.Model, por: Ator, em: datetime, motivo: str = "", dados: dict[str, Any] | None = None
) -> Ato:
    """Acrescenta o ato à trilha, na transação do próprio ato: ou ficam os dois, ou nenhum.

    `dados` e `motivo` não levam dado pessoal: esta linha não se cifra nem se apaga.
    """
    return Ato.objects.create(
        em=em,
        ato=ato,
        pessoa_id=por.pessoa.pk if por.pessoa else None,
        vinculo_id=por.vinculo.pk if por.vinculo else None,
        papel=por.papel.codigo,
        abrangencia=por.abrangencia,
        objeto_tipo=objeto._meta.label_lower,
        objeto_id=str(objeto.pk),
        motivo=motivo,
        dados=dados or {},
        transacao=banco.transacao_atual(),
    )


@transaction.atomic
def registrar_leitura(
    *,
    titulares: Iterable[UUID],
    campos: Iterable[str],
    por: Ator,
    em: datetime,
    objeto: models.Model | None = None,
    tabela: str = "",
    ids: Iterable[object] = (),
    territorio: str = "",
    motivo: str = "",
) -> UUID | None:
    """Registra que `por` leu dado pessoal: uma linha por titular. Pode ser chamado numa página de leitura (GET).

    Diga o que se leu por `objeto`, ou por `tabela` (o rótulo do modelo, como `identidade.pessoa`) e `ids`; com tantos
    `ids` quantos `titulares`, cada titular fica com o seu. `campos` são os nomes dos campos mostrados; `territorio`, o
    do que foi lido (sem ele, o de quem leu). Quem lê os próprios dados não gera linha. Devolve o lote, ou nada se não
    houve o que registrar.
    """
    if objeto is not None:
        tabela, ids = objeto._meta.label_lower, [objeto.pk]
    if not tabela:
        raise ValueError("Diga o que foi lido: `objeto`, ou `tabela` e `ids`.")
    pessoas, lidos = list(titulares), [str(chave) for chave in ids]
    pares = list(zip(pessoas, lidos, strict=True)) if len(lidos) == len(pessoas) else _com_todos(pessoas, lidos)
    leitor = por.pessoa.pk if por.pessoa else None
    lote, nomes = uuid4(), sorted(set(campos))
    Leitura.objects.bulk_create(
        Leitura(
            em=em,
            lote=lote,
            pessoa_id=leitor,
            vinculo_id=por.vinculo.pk if por.vinculo else None,
            papel=por.papel.codigo,
            abrangencia=por.abrangencia,
            territorio=territorio or por.abrangencia,
            tabela=tabela,
            objeto_id=lido,
            titular=titular,
            campos=nomes,
            motivo=motivo,
        )
        for titular, lido in dict.fromkeys(pares)
        if titular != leitor
    )
    return lote if any(titular != leitor for titular, _ in pares) else None


def _com_todos(pessoas: list[UUID], lidos: list[str]) -> list[tuple[UUID, str]]:
    """Sem par entre titulares e linhas, cada titular fica com a única linha lida, se é uma só."""
    lido = lidos[0] if len(lidos) == 1 else ""
    return [(pessoa, lido) for pessoa in pessoas]


def lacrar(*, em: datetime, limite: int = lacre.LOTE, folga: float = 0.0) -> int:
    """Lacra tudo o que está aberto, um lote por transação; devolve quantas linhas. Só um lacrador por vez.

    Com `folga`, para esse tanto de segundos entre dois lotes, e quem mais escreve no SQLite não espera por todos.
    """
    total = 0
    while lacradas := lacre.lacrar_lote(em=em, limite=limite):
        total += lacradas
        if folga and lacradas == limite:
            time.sleep(folga)
    return total


@transaction.atomic
def destruir_chave(*, titular: UUID, por: Ator, em: datetime, motivo: str) -> Ato:
    """Destrói a chave do titular: o que a trilha guarda dele deixa de se ler, e a corrente continua conferindo.

    Lacra antes o que está aberto, para nada dele ficar em claro. O que se registrar dele depois entra sem o texto.
    Repetir não muda nada além de outro ato na trilha.
    """
    with banco.apagando_de_verdade():
        lacrar(em=em)
        chave, _ = Chave.objects.get_or_create(
            titular=titular, defaults={"cifrada": b"", "mestra": "", "criada_em": em, "destruida_em": em}
        )
        if chave.destruida_em is None:
            chave.cifrada, chave.mestra, chave.destruida_em = b"", "", em
            chave.save(update_fields=["cifrada", "mestra", "destruida_em"])
    criada_em = corrente.canonico(chave.criada_em)
    dados = {"chave_criada_em": criada_em}
    return registrar(ato="trilha.destruir_chave", objeto=chave, por=por, em=em, motivo=motivo, dados=dados)


@transaction.atomic
def trocar_mestra(*, por: Ator, em: datetime) -> int:
    """Cifra de novo, com a chave-mestra de agora, as chaves que outra cifrou; devolve quantas.

    `cifra.NaoAbre` se alguma não abre com nenhum segredo desta instalação: nada muda.
    """
    trocadas = 0
    for chave in Chave.objects.filter(destruida_em=None).exclude(mestra=cifra.mestra_atual()).select_for_update():
        cifra.fechar_chave(chave, cifra.abrir_chave(chave))
        chave.save(update_fields=["cifrada", "mestra"])
        trocadas += 1
    ultimo = Elo.objects.order_by("-numero").first() or Elo(numero=0)
    registrar(ato="trilha.trocar_mestra", objeto=ultimo, por=por, em=em, dados={"chaves": trocadas})
    return trocadas


def guardar_verificacao(*, resultado: verificacao.Resultado, em: datetime) -> Verificacao:
    """Guarda o resultado de uma verificação, para a tela dizer quando foi a última e o que achou."""
    return Verificacao.objects.create(
        em=em,
        inteira=resultado.inteira,
        conferidos=resultado.conferidos,
        abertas=resultado.abertas,
        milissegundos=round(resultado.segundos * 1000),
        cabeca=resultado.cabeca,
        quebras=[{"tipo": q.tipo, "onde": q.onde, "mensagem": q.mensagem} for q in resultado.quebras],
    )
