"""Achar alguém pelo nome (escrito ou como soa), pelo CPF, pelo NIS ou pela data de nascimento, num município."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from suas.atendimento.familias import fonetica
from suas.atendimento.familias.consultas.repetidas import a_que_ficou
from suas.atendimento.familias.models import Integrante, Juncao, PalavraDoNome, PessoaAtendida
from suas.cadastros.territorio.nomes import nome_de_busca

LIMITE = 30
#: Quantas o banco dá para se escolherem as que aparecem; e a partir de quantas uma palavra é comum.
CANDIDATAS, COMUM = 300, 2_000
PALAVRAS = 4
#: Nenhuma palavra tem tantas letras: fecha a busca de quem só escreveu “z”.
FIM = 60
_DIA = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True, kw_only=True)
class Achada:
    """Uma pessoa achada e a participação dela na família de agora, se está em alguma."""

    pessoa: PessoaAtendida
    integrante: Integrante | None
    na_unidade: bool


@dataclass(frozen=True, kw_only=True)
class Pedido:
    """O que se procura: palavras do nome, algarismos de um documento, um dia de nascimento."""

    palavras: tuple[str, ...]
    numero: str
    nascimento: date | None

    @property
    def vazio(self) -> bool:
        return not (self.palavras or self.numero or self.nascimento)


def ler(texto: str) -> Pedido:
    """Separa o que foi digitado: “Maria Souza 21/03/1985”, “123.456.789-09”, “maria”."""
    nascimento = None
    if dia := _DIA.search(texto):
        texto = texto.replace(dia.group(), " ")
        try:
            nascimento = datetime.strptime(dia.group(), "%d/%m/%Y").date()  # noqa: DTZ007  # dia de calendário
        except ValueError:
            nascimento = None
    numero = "".join(re.findall(r"\d", texto))
    nome = re.sub(r"[\d.\-/]+", " ", texto)
    palavras = fonetica.palavras(nome)[:PALAVRAS]
    return Pedido(palavras=tuple(palavras), numero=numero if len(numero) >= 6 else "", nascimento=nascimento)


def procurar(texto: str, *, municipio: str, unidade: object) -> list[Achada]:
    """Até `LIMITE` pessoas do município; as escritas como se digitou vêm antes das que só soam igual."""
    pedido = ler(texto)
    if pedido.vazio:
        return []
    achadas = _filtrar(pedido, municipio=municipio, por="palavra")
    if len(achadas) < LIMITE and pedido.palavras:
        ja = {pessoa.pk for pessoa in achadas}
        achadas += [p for p in _filtrar(pedido, municipio=municipio, por="som") if p.pk not in ja]
    return com_familia(_que_valem(achadas)[:LIMITE], unidade=unidade)


def _que_valem(pessoas: list[PessoaAtendida]) -> list[PessoaAtendida]:
    """No lugar do registro que se juntou a outro, o que ficou; cada um, uma vez."""
    juntadas = Juncao.objects.filter(sai__in=pessoas, desfeita_em__isnull=True).values_list("sai_id", flat=True)
    sairam = set(juntadas) if pessoas else set()
    return list({p.pk: p for p in (a_que_ficou(p) if p.pk in sairam else p for p in pessoas)}.values())


def _filtrar(pedido: Pedido, *, municipio: str, por: str) -> list[PessoaAtendida]:
    """Até `LIMITE` pessoas, por nome entre as primeiras que o índice dá.

    Não se ordena no banco: de um nome comum há dezenas de milhares, e ordená-los todos levava meio segundo.
    """
    pessoas = PessoaAtendida.objects.order_by()
    if not (pedido.numero or pedido.nascimento):
        # só a chave: com o município também, o SQLite percorre as pessoas dele todas
        pessoas = pessoas.filter(pk__in=_donas(pedido, municipio=municipio, por=por))
    else:
        pessoas = pessoas.filter(abrangencia=municipio)
        if pedido.numero:
            pessoas = pessoas.filter(Q(cpf=pedido.numero) | Q(nis=pedido.numero))
        if pedido.nascimento:
            pessoas = pessoas.filter(nascimento=pedido.nascimento)
        for palavra in pedido.palavras:
            pessoas = pessoas.filter(Exists(_que_tem(palavra, por=por).filter(pessoa=OuterRef("pk"))))
    return sorted(pessoas[:CANDIDATAS], key=lambda pessoa: (nome_de_busca(pessoa.nome), pessoa.pk))[:LIMITE]


def _donas(pedido: Pedido, *, municipio: str, por: str) -> set[UUID]:
    """Quem tem no nome todas as palavras: parte-se da mais rara, e o índice diz se a pessoa tem as outras."""
    do_municipio = [_que_tem(palavra, por=por).filter(abrangencia=municipio) for palavra in pedido.palavras]
    quantas = [palavras[:COMUM].count() for palavras in do_municipio] if len(do_municipio) > 1 else [0]
    rara = quantas.index(min(quantas))
    achadas = do_municipio[rara]
    for ordem, palavra in enumerate(pedido.palavras):
        if ordem != rara:
            achadas = achadas.filter(Exists(_que_tem(palavra, por=por).filter(pessoa=OuterRef("pessoa"))))
    return set(achadas.values_list("pessoa_id", flat=True)[:CANDIDATAS])


def _que_tem(palavra: str, *, por: str) -> QuerySet[PalavraDoNome]:
    """As palavras que começam assim, ou que soam assim."""
    if por == "som":
        return PalavraDoNome.objects.filter(som=fonetica.som(palavra))
    return PalavraDoNome.objects.filter(palavra__gte=palavra, palavra__lt=_depois(palavra))


def _depois(palavra: str) -> str:
    """O primeiro texto que já não começa por `palavra`: “mari” dá “marj”, e “luz”, “lv”.

    Só com letras e algarismos: um sinal de fim não vale na ordem alfabética de um PostgreSQL em português.
    """
    inicio = palavra.rstrip("z")
    if not inicio:
        return palavra + "z" * FIM
    ultima = inicio[-1]
    return inicio[:-1] + ("a" if ultima == "9" else chr(ord(ultima) + 1))


def com_familia(pessoas: list[PessoaAtendida], *, unidade: object) -> list[Achada]:
    participacoes = {
        integrante.pessoa_id: integrante
        for integrante in Integrante.objects.filter(pessoa__in=pessoas, ate__isnull=True).prefetch_related(
            "familia__prontuarios"
        )
    }
    return [
        Achada(
            pessoa=pessoa,
            integrante=(dela := participacoes.get(pessoa.pk)),
            na_unidade=dela is not None and any(p.unidade_id == unidade for p in dela.familia.prontuarios.all()),
        )
        for pessoa in pessoas
    ]


def mesmo_documento(*, municipio: str, cpf: str | None, nis: str | None) -> PessoaAtendida | None:
    """Quem, no município, já tem este CPF ou este NIS."""
    documentos = Q()
    if cpf:
        documentos |= Q(cpf=cpf)
    if nis:
        documentos |= Q(nis=nis)
    dona = PessoaAtendida.objects.filter(documentos, abrangencia=municipio).first() if documentos else None
    return a_que_ficou(dona) if dona is not None else None


def parecidas(*, municipio: str, nome: str, nascimento: date | None) -> list[PessoaAtendida]:
    """Quem talvez seja a mesma: o nome soa igual e nasceu no mesmo dia ou, sem o dia, o nome é o mesmo."""
    pedido = Pedido(palavras=tuple(fonetica.palavras(nome)[:PALAVRAS]), numero="", nascimento=nascimento)
    if not pedido.palavras:
        return []
    candidatas = _filtrar(pedido, municipio=municipio, por="som")
    if nascimento is None:
        candidatas = [p for p in candidatas if nome_de_busca(p.nome) == nome_de_busca(nome)]
    return _que_valem(candidatas)[:5]


def integrante_do_municipio(texto: str, *, municipio: str) -> Integrante | None:
    """Alguém que está agora numa família do município, pelo número que a busca mostrou."""
    if not texto.isdecimal() or len(texto) > 18:
        return None
    abertos = Integrante.objects.filter(pk=int(texto), abrangencia=municipio, ate__isnull=True)
    return abertos.select_related("pessoa", "familia").first()
