"""As lotações quando dois cadastros da mesma unidade se juntam, ou uma unidade se desmembra: quem passa e quem fica."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import F, Model, Q, QuerySet

from suas.cadastros.rede import partes
from suas.cadastros.rede.models import Unidade
from suas.cadastros.rede.partes import Mudanca, Opcao, Reparticao, Uniao
from suas.cadastros.trabalhadores import permissoes
from suas.cadastros.trabalhadores.models import BaseDaEquipe, Lotacao
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.tela.filtros import dia as dia_escrito
from suas.nucleo.tela.filtros import plural
from suas.nucleo.trilha.acoes import registrar_leitura


def _que_valem(unidade: Unidade, dia: date) -> QuerySet[Lotacao]:
    abertas = unidade.lotacoes.filter(Q(ate__isnull=True) | Q(ate__gt=dia)).exclude(ate=F("desde"))
    return abertas.select_related("trabalhador", "unidade").order_by("funcao", "desde", "id")


def _em_palavras(lotacao: Lotacao) -> str:
    """A função e as horas, sem o nome: estas frases leem quem responde o pedido e a história das unidades."""
    horas = plural(lotacao.carga_horaria, "hora", "horas")
    return f"{lotacao.get_funcao_display()}, {horas} por semana"


def _juntar(uniao: Uniao) -> list[Mudanca]:
    ja_la = {(lotacao.trabalhador_id, lotacao.funcao) for lotacao in _que_valem(uniao.fica, uniao.dia)}
    mudancas = []
    for lotacao in _que_valem(uniao.sai, uniao.dia):
        if (lotacao.trabalhador_id, lotacao.funcao) in ja_la:
            texto = f"{_em_palavras(lotacao)}: a pessoa está nas duas; vale a lotação em {uniao.fica.nome}"
            campos = {
                "ate": max(uniao.dia, lotacao.desde),
                "motivo_da_saida": f"Lotação repetida: o cadastro foi juntado a {uniao.fica.nome}"[:200],
            }
            mudancas.append(Mudanca(texto=texto, linha=lotacao, campos=campos))
        else:
            texto = f"{_em_palavras(lotacao)}: passa a {uniao.fica.nome}"
            mudancas.append(Mudanca(texto=texto, linha=lotacao, campos={"unidade": uniao.fica}))
    if BaseDaEquipe.objects.filter(unidade=uniao.sai).exists():
        conta = f"Os números da conta da equipe são os de {uniao.fica.nome}: confira-os em “Equipe de referência”"
        mudancas.append(Mudanca(texto=conta))
    return mudancas


def _opcoes(unidade: Unidade, dia: date) -> list[Opcao]:
    return [
        Opcao(
            chave=str(lotacao.pk),
            texto=f"{_em_palavras(lotacao)}, desde {dia_escrito(lotacao.desde)}",
            reservado=lotacao.trabalhador.como_se_chama,
        )
        for lotacao in _que_valem(unidade, dia)
    ]


def _ve_os_nomes(ator: Ator, unidade: Unidade) -> bool:
    return permissoes.pode(ator, permissoes.VER, abrangencia=unidade.municipio_id, unidade=unidade)


def _leu(chaves: Sequence[str], ator: Ator, em: datetime) -> None:
    """Quem escolhe lê os nomes: fica no registro de leituras."""
    ids = list(Lotacao.objects.filter(pk__in=list(chaves)).values_list("trabalhador_id", flat=True))
    if ids:
        registrar_leitura(tabela="trabalhadores.trabalhador", ids=ids, titulares=ids, campos=["nome"], por=ator, em=em)


def _repartir(reparticao: Reparticao) -> list[Mudanca]:
    mudancas: list[Mudanca] = []
    for lotacao in _que_valem(reparticao.origem, reparticao.dia):
        if str(lotacao.pk) not in reparticao.escolhas:
            continue
        texto = f"{_em_palavras(lotacao)}: passa a {reparticao.nova.nome}"
        if lotacao.desde >= reparticao.dia:
            mudancas.append(Mudanca(texto=texto, linha=lotacao, campos={"unidade": reparticao.nova}))
            continue
        saida = f"Passou a {reparticao.nova.nome}, desmembrada de {reparticao.origem.nome}"[:200]
        mudancas.append(Mudanca(texto=texto, linha=lotacao, campos={"ate": reparticao.dia, "motivo_da_saida": saida}))
        nova = _continuacao(lotacao, em=reparticao.nova, desde=reparticao.dia)
        comeca = f"{_em_palavras(lotacao)}: começa em {reparticao.nova.nome}"
        mudancas.append(Mudanca(texto=comeca, linha=nova, nova=True, ao_desfazer={"ate": reparticao.dia}))
    return mudancas


def _continuacao(lotacao: Lotacao, *, em: Unidade, desde: date) -> Lotacao:
    """A mesma lotação noutra unidade, a partir do dia."""
    iguais = {
        campo.name: getattr(lotacao, campo.name)
        for campo in Lotacao._meta.concrete_fields
        if campo.name not in {"id", "unidade", "desde", "versao"}
    }
    return Lotacao(**iguais, unidade=em, desde=desde, versao=0)


def _gravar(linha: Model, por: Ator, em: datetime) -> None:
    assert isinstance(linha, Lotacao)
    if linha._state.adding:
        linha.criada_em = em
    linha.versao, linha.mudada_em = linha.versao + 1, em
    linha.save()


LOTACOES = partes.Parte(
    codigo="lotacoes",
    rotulo="Trabalhadores",
    ordem=30,
    juntar=_juntar,
    achar=lambda chave: Lotacao.objects.filter(pk=chave),
    gravar=_gravar,
    guarda=("versao",),
    opcoes=_opcoes,
    ve_reservado=_ve_os_nomes,
    leu=_leu,
    repartir=_repartir,
)
