"""A história de um registro do cadastro, em palavras: o que se fez com ele, quem, quando, por quê, e o que mudou.

Sai das alterações que o banco contou e dos atos das mesmas transações; serve a qualquer módulo de cima:

    from suas.nucleo.trilha import historia
    passos = historia.de([orgao, *orgao.mandatos.all()], com_nomes=not request.ator.e_publico)

e, na tela, `{% from "trilha/historia.jinja" import linha_do_tempo %}`. O dado de pessoa nunca se abre aqui.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Model, Q

from suas.nucleo.trilha import busca, palavras
from suas.nucleo.trilha.models import Alteracao, Ato, Operacao

PASSOS = 30
#: Campos que a máquina guarda para si: não contam história a ninguém.
CALADOS = frozenset({"versao", "nome_busca", "mudou_em", "mudada_em", "conferido_em", "conferida_em"})


@dataclass(frozen=True, kw_only=True)
class Passo:
    """Um ato sobre o registro, com os campos que mudou nele. `quem` é o papel quando não se dizem nomes."""

    em: datetime
    quem: str
    papel: str
    o_que: str
    motivo: str
    campos: tuple[palavras.Campo, ...]


def de(registros: Sequence[Model], *, com_nomes: bool, passos: int = PASSOS) -> list[Passo]:
    """A história do primeiro registro com a das suas partes, do mais novo ao mais antigo, até `passos` atos.

    Sem `com_nomes`, de quem fez só se diz o papel: é o que se mostra a quem não entrou.
    """
    alteracoes = _alteracoes(registros, limite=passos * 10)
    por_transacao: dict[UUID, list[Alteracao]] = defaultdict(list)
    for alteracao in alteracoes:
        por_transacao[alteracao.transacao].append(alteracao)
    atos = _um_por_transacao(registros, por_transacao.keys())[:passos]
    feitos = zip(atos, busca.em_palavras(atos, de_um=True), strict=True)
    return [
        Passo(
            em=ato.em,
            quem=dito.quem if com_nomes else (dito.papel or busca.SISTEMA),
            papel=", ".join(filter(None, (dito.papel, dito.orgao))) if com_nomes else dito.orgao,
            o_que=dito.o_que,
            motivo=dito.motivo,
            campos=_campos(por_transacao[ato.transacao] if ato.transacao else []),
        )
        for ato, dito in feitos
    ]


def _alteracoes(registros: Sequence[Model], *, limite: int) -> list[Alteracao]:
    chaves: dict[str, list[str]] = defaultdict(list)
    for registro in registros:
        chaves[registro._meta.db_table].append(str(registro.pk))
    das_linhas = Q(pk__in=())
    for tabela, da_tabela in chaves.items():
        das_linhas |= Q(tabela=tabela, chave__in=da_tabela)
    return list(Alteracao.objects.filter(das_linhas).order_by("-id")[:limite])


def _um_por_transacao(registros: Sequence[Model], transacoes: Iterable[UUID]) -> list[Ato]:
    """O ato de cada transação, de preferência o que se fez sobre o próprio registro, do mais novo ao mais antigo."""
    alvo = registros[0]
    sobre_ele = Q(objeto_tipo=alvo._meta.label_lower, objeto_id=str(alvo.pk))
    escolhidos: dict[object, Ato] = {}
    for ato in Ato.objects.filter(sobre_ele | Q(transacao__in=list(transacoes))).order_by("-id"):
        dele = ato.objeto_tipo == alvo._meta.label_lower and ato.objeto_id == str(alvo.pk)
        # dois atos sobre o registro na mesma transação (fundir e fechar) ficam os dois; de um lote, só um
        chave = ato.pk if dele or ato.transacao is None else ato.transacao
        no_lugar = escolhidos.setdefault(chave, ato)
        # num lote, diz melhor o ato sobre registros como este do que o da planilha que o trouxe
        if no_lugar.objeto_tipo != alvo._meta.label_lower and ato.objeto_tipo == alvo._meta.label_lower:
            escolhidos[chave] = ato
    proprios = {ato.transacao for ato in escolhidos.values() if ato.objeto_id == str(alvo.pk)}
    ficam = [ato for chave, ato in escolhidos.items() if chave == ato.pk or ato.transacao not in proprios]
    return sorted(ficam, key=lambda ato: ato.pk, reverse=True)


def _campos(alteracoes: Iterable[Alteracao]) -> tuple[palavras.Campo, ...]:
    """Os campos mudados; a linha nova já se conta pelo ato que a fez."""
    mudadas = [a for a in alteracoes if a.operacao == Operacao.MUDANCA]
    return tuple(
        campo
        for mudanca in palavras.mudancas(mudadas, com_dado_pessoal=False)
        for campo in mudanca.campos
        if campo.coluna not in CALADOS
    )
