"""O que se compara entre dois cadastros que se juntam, e o que uma junção ou um desmembramento muda, em palavras."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Case, QuerySet, When

from suas.cadastros.rede import partes
from suas.cadastros.rede.models import Pedido, Unidade
from suas.cadastros.rede.partes import Passo, Uniao
from suas.nucleo.tela.filtros import AUSENTE, dia, inicial, numero

#: Campos que só fazem sentido juntos: a rua de um cadastro com o número do outro não é endereço de ninguém.
_JUNTOS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "endereco": (
        "Endereço",
        (
            *("tipo_logradouro", "logradouro", "numero", "complemento", "bairro", "cep", "ponto_de_referencia"),
            "localizacao",
        ),
    ),
    "ponto": ("Coordenadas", ("latitude", "longitude")),
    "fone": ("Telefone", ("telefone", "ramal")),
    "horario": ("Dias e horas", ("dias_por_semana", "horas_por_dia")),
    "imovel": ("Imóvel", ("situacao_do_imovel", "imovel_compartilhado", "compartilhado_com")),
}
#: O que a junção decide por si, ou que é da máquina.
_FORA = frozenset(
    {
        *("id", "nome_busca", "municipio", "tipo", "fechada_em", "motivo_do_fechamento", "endereco_reservado"),
        *("fundida_em", "desmembrada_de", "conferida_em", "mudada_em", "versao", "sintetica", "fonte"),
    }
)


#: Os pedidos que, aprovados, ainda se podem desfazer.
QUE_SE_DESFAZEM = frozenset({Pedido.Tipo.FUNDIR, Pedido.Tipo.DESMEMBRAR})


def em_substantivo(pedido: Pedido) -> str:
    """O que o pedido aprovado fez, para dizer depois de um verbo: “a junção de CRAS Central a CRAS Centro”."""
    nome = pedido.unidade.nome if pedido.unidade is not None else ""
    if pedido.tipo == Pedido.Tipo.FUNDIR:
        return f"a junção de {nome} a {pedido.dados['fica_nome']}"
    return f"o desmembramento de {nome}, de que nasceu {pedido.dados['nome']}"


def que_se_juntam_a(unidade: Unidade) -> QuerySet[Unidade]:
    """As outras do município que ainda não se juntaram a nenhuma, as do mesmo tipo primeiro."""
    outras = Unidade.objects.filter(municipio_id=unidade.municipio_id, fundida_em__isnull=True).exclude(pk=unidade.pk)
    return outras.select_related("municipio__uf", "fundida_em").order_by(
        Case(When(tipo=unidade.tipo, then=0), default=1), "nome_busca", "id"
    )


def e_numero(texto: str) -> bool:
    """O texto é o identificador de uma linha?"""
    try:
        UUID(texto)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, kw_only=True)
class Grupo:
    """Campos que se escolhem juntos, com o que cada cadastro diz deles."""

    codigo: str
    rotulo: str
    campos: tuple[str, ...]
    da_que_fica: str
    da_que_sai: str

    @property
    def sugere_a_que_sai(self) -> bool:
        """A que fica não diz nada: o que a outra diz completa."""
        return self.da_que_fica == AUSENTE


def lado_a_lado(sai: Unidade, fica: Unidade) -> list[Grupo]:
    """Todos os grupos, na ordem da ficha, com os valores dos dois cadastros."""
    return [
        Grupo(
            codigo=codigo,
            rotulo=rotulo,
            campos=campos,
            da_que_fica=_em_palavras(fica, codigo, campos),
            da_que_sai=_em_palavras(sai, codigo, campos),
        )
        for codigo, (rotulo, campos) in _grupos().items()
    ]


def diferentes(sai: Unidade, fica: Unidade) -> list[Grupo]:
    """Os grupos em que os dois cadastros dizem coisas diferentes e o que sai diz alguma."""
    return [
        grupo
        for grupo in lado_a_lado(sai, fica)
        if any(getattr(sai, nome) != getattr(fica, nome) for nome in grupo.campos) and grupo.da_que_sai != AUSENTE
    ]


def _grupos() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Os grupos, com os campos que a unidade tiver: campo novo no cadastro entra sozinho."""
    de_quem = {nome: codigo for codigo, (_, nomes) in _JUNTOS.items() for nome in nomes}
    grupos: dict[str, tuple[str, tuple[str, ...]]] = {}
    for campo in Unidade._meta.concrete_fields:
        if campo.name in _FORA:
            continue
        codigo = de_quem.get(campo.name, campo.name)
        grupos.setdefault(codigo, _JUNTOS.get(codigo, (inicial(str(campo.verbose_name)), (campo.name,))))
    primeiros = ("nome", "identificador", "natureza", "capacidade", "endereco", "ponto", "fone", "email", "horario")
    return {c: grupos[c] for c in (*primeiros, *(c for c in grupos if c not in primeiros))}


def _em_palavras(unidade: Unidade, codigo: str, campos: Iterable[str]) -> str:
    if codigo == "endereco":
        cep = f"CEP {unidade.cep_escrito}" if unidade.cep else ""
        perto = f"perto de {unidade.ponto_de_referencia}" if unidade.ponto_de_referencia else ""
        return ", ".join(filter(None, (unidade.endereco, cep, perto))) or AUSENTE
    if codigo == "fone":
        return unidade.telefone_escrito or AUSENTE
    if codigo == "horario":
        dias = f"{unidade.dias_por_semana} dias por semana" if unidade.dias_por_semana else ""
        horas = f"{unidade.horas_por_dia} horas por dia" if unidade.horas_por_dia else ""
        return ", ".join(filter(None, (dias, horas))) or AUSENTE
    escritos = [texto for nome in campos if (texto := _valor(unidade, nome)) != AUSENTE]
    return ", ".join(escritos) or AUSENTE


def _valor(unidade: Unidade, nome: str) -> str:
    valor: Any = getattr(unidade, nome)
    if valor is None or valor == "":
        return AUSENTE
    if mostra := getattr(unidade, f"get_{nome}_display", None):
        return str(mostra())
    if isinstance(valor, bool):
        return "sim" if valor else "não"
    if isinstance(valor, date):
        return dia(valor)
    campo = Unidade._meta.get_field(nome)
    if isinstance(campo, models.DecimalField):
        return numero(valor, 6)
    return numero(valor) if isinstance(valor, int) else str(valor)


@dataclass(frozen=True, kw_only=True)
class DaParte:
    """O que acontece com o que um módulo prende à unidade, em frases."""

    rotulo: str
    frases: Sequence[str]


def o_que_passa(sai: Unidade, fica: Unidade, *, hoje: date) -> list[DaParte]:
    """O que cada parte faria se os dois cadastros se juntassem hoje; as partes sem nada não aparecem."""
    uniao = Uniao(sai=sai, fica=fica, dia=hoje)
    feitas = [(parte.rotulo, contadas(m.texto for m in parte.juntar(uniao))) for parte in partes.todas()]
    return [DaParte(rotulo=rotulo, frases=frases) for rotulo, frases in feitas if frases]


def contadas(textos: Iterable[str]) -> list[str]:
    """As frases sem repetir; a que se repete diz quantas são."""
    return [f"{texto} (são {quantas})" if quantas > 1 else texto for texto, quantas in Counter(textos).items()]


def passos_de(feito: Mapping[str, Any]) -> list[Passo]:
    """Os passos que o pedido guarda."""
    return [Passo(**dados) for dados in feito.get("passos", ())]


@dataclass(frozen=True, kw_only=True)
class DoPedido:
    """O que o pedido de junção faria, ou o que fez; `nao_voltou`, o que se desfez e não voltou."""

    sai: Unidade | None = None
    fica: Unidade | None = None
    grupos: Sequence[Grupo] = ()
    da_que_sai: Sequence[str] = ()
    passa: Sequence[DaParte] = ()
    mudou: Sequence[str] = ()
    nao_voltou: Sequence[str] = ()


def do_pedido(pedido: Pedido, *, hoje: date) -> DoPedido | None:
    """Para a página do pedido: a prévia enquanto espera, o que mudou depois de aprovado; nada nos outros tipos."""
    if pedido.tipo not in QUE_SE_DESFAZEM or pedido.unidade is None:
        return None
    feito = DoPedido(
        mudou=contadas(passo.texto for passo in passos_de(pedido.feito)),
        nao_voltou=contadas(pedido.feito.get("nao_voltou", ())),
    )
    if pedido.tipo != Pedido.Tipo.FUNDIR or pedido.estado != Pedido.Estado.ESPERA:
        return feito
    sai, fica = pedido.unidade, Unidade.objects.get(pk=pedido.dados["fica"])
    return DoPedido(
        sai=sai,
        fica=fica,
        grupos=diferentes(sai, fica),
        da_que_sai=pedido.dados["campos"],
        passa=o_que_passa(sai, fica, hoje=hoje),
    )


@dataclass(frozen=True, kw_only=True)
class Volta:
    """O que desfazer devolveria, e o que mudou depois e não volta, em frases."""

    volta: Sequence[str]
    nao_volta: Sequence[str]


def se_desfizesse(pedido: Pedido) -> Volta:
    """O que voltaria se o pedido fosse desfeito agora."""
    passos = passos_de(pedido.feito)
    voltam = [partes.volta(passo) for passo in passos]
    return Volta(
        volta=contadas(p.texto for p, sim in zip(passos, voltam, strict=True) if sim),
        nao_volta=contadas(p.texto for p, sim in zip(passos, voltam, strict=True) if not sim),
    )


def a_desfazer(pedido: Pedido) -> Pedido | None:
    """O pedido que este pede que se desfaça; nada, se não é desses."""
    if pedido.tipo != Pedido.Tipo.DESFAZER:
        return None
    return Pedido.objects.select_related("unidade", "municipio__uf").get(pk=pedido.dados["pedido"])


def que_a_ligaram(unidade: Unidade, parentes: Parentes) -> dict[UUID, Pedido]:
    """Parente -> o pedido aprovado que o ligou à unidade, e que ainda se pode desfazer."""
    delas = [unidade.pk, *(u.pk for u in parentes.juntadas)]
    aprovados = Pedido.objects.filter(tipo__in=QUE_SE_DESFAZEM, estado=Pedido.Estado.APROVADO, unidade__in=delas)
    ligaram: dict[UUID, Pedido] = {}
    for pedido in aprovados.order_by("pedido_em"):
        if pedido.tipo == Pedido.Tipo.FUNDIR and pedido.unidade_id is not None:
            ligaram[pedido.unidade_id] = pedido
        elif pedido.unidade_id == unidade.pk and e_numero(str(pedido.feito.get("nova", ""))):
            ligaram[UUID(pedido.feito["nova"])] = pedido
    return ligaram


@dataclass(frozen=True, kw_only=True)
class Parentes:
    """As unidades ligadas a uma por junção ou desmembramento, que a ficha mostra."""

    juntadas: Sequence[Unidade]
    desmembradas: Sequence[Unidade]
    desmembrada_de: Unidade | None


def parentes(unidade: Unidade) -> Parentes:
    """De onde a unidade veio e o que dela saiu, por nome; o desmembramento desfeito conta como junção."""
    juntadas = list(unidade.fundidas.all())
    desfeitas = {juntada.pk for juntada in juntadas}
    return Parentes(
        juntadas=juntadas,
        desmembradas=[nova for nova in unidade.desmembradas.all() if nova.pk not in desfeitas],
        desmembrada_de=unidade.desmembrada_de,
    )


def veio_de(texto: str, *, para: Unidade) -> Unidade | None:
    """O cadastro antigo de cujo endereço se chegou a esta unidade; nada, se o texto não é um que leve a ela."""
    antigo = Unidade.objects.select_related("fundida_em").filter(pk=texto).first() if e_numero(texto) else None
    return antigo if antigo is not None and antigo.pk != para.pk and destino_de(antigo).pk == para.pk else None


def destino_de(unidade: Unidade) -> Unidade:
    """A que vale hoje: segue as junções, uma depois da outra, até a que não foi juntada a nenhuma."""
    vistas = {unidade.pk}
    while (seguinte := unidade.fundida_em) is not None and seguinte.pk not in vistas:
        vistas.add(seguinte.pk)
        unidade = seguinte
    return unidade
