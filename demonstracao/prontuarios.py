"""Fichas do prontuário e acompanhamentos inventados, nas famílias inventadas de Vitória."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from demonstracao.invencao import acaso, dia_de
from demonstracao.pessoas import VITORIA
from normas.prontuario.leitura import ficha
from suas.atendimento.familias.models import Prontuario
from suas.atendimento.prontuarios.acoes import acompanhamento, blocos, plano
from suas.atendimento.prontuarios.models import VersaoDaFicha
from suas.cadastros.rede.models import Unidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado

#: De quantos prontuários de cada unidade se preenchem fichas; metade entra em acompanhamento neste mês.
PREENCHIDOS = 14
_CASA: dict[str, tuple[str, ...]] = {
    "residencia": ("propria", "alugada", "alugada", "cedida", "ocupada"),
    "paredes": ("alvenaria", "alvenaria", "precario"),
    "energia": ("proprio", "compartilhado", "sem_medidor"),
    "agua": ("sim", "sim", "nao"),
    "esgoto": ("rede", "rede", "rudimentar"),
    "lixo": ("direta", "indireta"),
    "risco": ("nao", "nao", "sim"),
}
_OBJETIVOS = (
    ("Documentação de todos em dia", "Pedir a segunda via do documento", "a família, com a equipe"),
    ("As crianças de volta à escola", "Conversar com a escola sobre a matrícula", "a equipe"),
    ("Renda que chegue ao fim do mês", "Atualizar o Cadastro Único", "a família"),
)


def criar(*, tecnica: Ator, em: datetime) -> int:
    """Preenche fichas e insere famílias, se ainda não há nenhuma; devolve quantas fichas."""
    if VersaoDaFicha.objects.filter(abrangencia=VITORIA).exists():
        return 0
    for unidade in Unidade.objects.filter(prontuarios__abrangencia=VITORIA).distinct().order_by("nome_busca", "id"):
        prontuarios = Prontuario.objects.filter(unidade=unidade).select_related("familia", "unidade").order_by("numero")
        for ordem, prontuario in enumerate(prontuarios[:PREENCHIDOS]):
            sorte = acaso("prontuario", unidade.nome, prontuario.numero)
            _preencher(prontuario, sorte, por=tecnica, em=em)
            if ordem % 2 == 0:
                _acompanhar(prontuario, sorte, por=tecnica, em=em)
    return VersaoDaFicha.objects.filter(abrangencia=VITORIA).count()


def _preencher(prontuario: Prontuario, sorte: Random, *, por: Ator, em: datetime) -> None:
    casa: dict[str, Any] = {campo: sorte.choice(opcoes) for campo, opcoes in _CASA.items()}
    casa |= {"comodos": sorte.randint(2, 6), "dormitorios": sorte.randint(1, 3)}
    _gravar(prontuario, "4", casa, por=por, em=em)
    hoje = dia_de(em)
    presentes = [i.pessoa for i in prontuario.familia.integrantes.filter(ate__isnull=True).select_related("pessoa")]
    for pessoa in presentes:
        anos = pessoa.idade(hoje) or 0
        if anos >= 18:
            trabalho = {"ocupacao": sorte.choice(("0", "1", "3", "4")), "renda": sorte.choice((0, 400, 800, 1518))}
            _gravar(prontuario, "6", trabalho, pessoa=pessoa, por=por, em=em)
        elif anos >= 6:
            escola = {"frequenta": sorte.choice(("sim", "sim", "nao")), "le_e_escreve": "sim" if anos > 8 else "nao"}
            _gravar(prontuario, "5", escola, pessoa=pessoa, por=por, em=em)
    if prontuario.unidade.tipo == Unidade.Tipo.CREAS:
        linha = {"pessoa": str(presentes[-1].pk), "situacao": sorte.choice(("1", "2", "5")), "indicio": "indicio"}
        _gravar(prontuario, "11", {"situacoes": [linha]}, por=por, em=em)


def _gravar(
    prontuario: Prontuario, codigo: str, respostas: dict[str, Any], *, por: Ator, em: datetime, pessoa: Any = None
) -> None:
    hoje = dia_de(em)
    blocos.gravar(
        prontuario=prontuario,
        ficha=ficha(codigo),
        pessoa=pessoa,
        preenchida=blocos.Preenchida(respostas=respostas, dia=max(prontuario.aberto_dia, hoje - timedelta(days=40))),
        por=por,
        em=em,
        hoje=hoje,
        sintetica=True,
    )


def _acompanhar(prontuario: Prontuario, sorte: Random, *, por: Ator, em: datetime) -> None:
    """Insere neste mês, que ainda não se enviou: os meses enviados ficam como a demonstração os inventou."""
    hoje = dia_de(em)
    dia = max(prontuario.aberto_dia, hoje.replace(day=1))
    codigo = sorte.choice(("B.1", "B.2"))
    try:
        feito = acompanhamento.inserir(
            prontuario=prontuario,
            entrada=acompanhamento.Entrada(dia=dia, perfil=[codigo], motivo="Insegurança de renda e de moradia."),
            por=por,
            em=em,
            hoje=hoje,
            sintetico=True,
        )
    except AtoRecusado:
        return  # a unidade não é CRAS nem CREAS
    if sorte.random() < 0.6:
        rever_ate = hoje + timedelta(days=sorte.choice((5, 30, 90)))
        aberto = plano.abrir(acompanhamento=feito, pessoa=None, dia=dia, rever_ate=rever_ate, por=por, em=em, hoje=hoje)
        for texto, acao, quem in sorte.sample(_OBJETIVOS, 2):
            objetivo = plano.por_objetivo(plano=aberto, texto=texto, por=por, em=em)
            nova = plano.NovaAcao(texto=acao, responsavel=quem, prazo=hoje + timedelta(days=30))
            plano.por_acao(objetivo=objetivo, nova=nova, por=por, em=em)
