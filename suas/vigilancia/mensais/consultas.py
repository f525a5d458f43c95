"""Quem deve o mês, o que já enviou, o que os registros dizem e o que houve nos meses anteriores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Count, OuterRef, Q, Subquery

from normas.base.competencia import Competencia
from normas.prazos.calendario import calendario
from normas.prazos.janelas import Janela
from normas.registros.leitura import formulario
from normas.registros.preenchimento import Preenchimento, ler_objeto
from suas.atendimento.familias import ligacoes
from suas.atendimento.familias.consultas.familia import contas_por_tipo, lista_do_mes
from suas.atendimento.familias.listas import TipoDeAtendimento
from suas.cadastros.rede.models import Unidade, UnidadeQuerySet
from suas.nucleo import tranca
from suas.nucleo.trilha.consultas import atos_de
from suas.vigilancia.mensais.models import Comprovante, Envio, RegistroMensal, Transcricao

Estado = RegistroMensal.Estado
#: Que formulário cada tipo de unidade responde todo mês.
FORMULARIOS: Mapping[str, str] = {
    Unidade.Tipo.CRAS: "RMA-CRAS",
    Unidade.Tipo.CREAS: "RMA-CREAS",
    Unidade.Tipo.CREAS_REGIONAL: "RMA-CREAS",
    Unidade.Tipo.CENTRO_POP: "RMA-POP",
}
#: O item que se conta do que a equipe anotou nas famílias: tipo de atendimento → código do item.
DOS_ATENDIMENTOS: Mapping[str, Mapping[TipoDeAtendimento, str]] = {
    "RMA-CRAS": {TipoDeAtendimento.INDIVIDUALIZADO: "C.1", TipoDeAtendimento.VISITA_DOMICILIAR: "C.6"},
    "RMA-CREAS": {TipoDeAtendimento.INDIVIDUALIZADO: "M.1", TipoDeAtendimento.VISITA_DOMICILIAR: "M.4"},
}
#: A tabela de onde saem esses números.
ATENDIMENTOS = "familias.atendimento"
MESES_ANTERIORES = 12
#: Quantos atos da trilha se olham para achar quem escreveu uma célula.
ULTIMOS_ATOS = 200
#: O formulário em vigor vem de 2017; antes disso não há transcrição (ADR 0070).
PRIMEIRA = Competencia(2017, 1)


@dataclass(frozen=True, kw_only=True)
class Situacao:
    """Em que pé está o mês, em palavras, e o tom com que se mostra."""

    texto: str
    tom: str


@dataclass(frozen=True, kw_only=True)
class Contado:
    """As linhas de uma tabela atrás de um número."""

    tabela: str
    chaves: tuple[str, ...]

    @property
    def numero(self) -> int:
        return len(self.chaves)


@dataclass(frozen=True, kw_only=True)
class Autor:
    """Quem escreveu um número, e quando."""

    nome: str
    em: datetime


@dataclass(frozen=True, kw_only=True)
class Linha:
    """Uma unidade que deve o mês e o que se sabe dele; sem registro, não começou."""

    unidade: Unidade
    registro: RegistroMensal | None
    envios: int = 0

    @property
    def situacao(self) -> Situacao:
        return situacao(self.registro, envios=self.envios)

    @property
    def estado(self) -> str:
        return self.situacao.texto

    @property
    def entregue(self) -> bool:
        """Enviado e não devolvido."""
        return self.registro is not None and self.registro.estado in RegistroMensal.ENTREGUES


@dataclass(frozen=True, kw_only=True)
class Conta:
    """Quantas unidades de um lugar devem o mês e quantas entregaram."""

    codigo: str
    devem: int
    entregaram: int
    aprovadas: int

    @property
    def faltam(self) -> int:
        return self.devem - self.entregaram


TONS: Mapping[str, str] = {
    Estado.ENVIADO: "info",
    Estado.EM_ANALISE: "info",
    Estado.DEVOLVIDO: "alerta",
    Estado.APROVADO: "sucesso",
    Estado.PUBLICADO: "sucesso",
}


def situacao(registro: RegistroMensal | None, *, envios: int) -> Situacao:
    """O estado do mês; do segundo envio em diante, o que vale é uma versão corrigida."""
    if registro is None:
        return Situacao(texto="não começou", tom="neutro")
    texto, tom = registro.get_estado_display(), TONS.get(registro.estado, "neutro")
    if registro.estado == Estado.RASCUNHO and envios:
        return Situacao(texto=f"reaberto para corrigir a versão {envios}", tom="alerta")
    if registro.estado in RegistroMensal.ENTREGUES and envios > 1:
        texto = f"corrigido, versão {envios}: {texto}"
    return Situacao(texto=texto, tom=tom)


def competencia_da_vez(hoje: date) -> Competencia:
    """O mês que se está entregando: o anterior ao de hoje."""
    return Competencia(hoje.year, hoje.month).meses_antes(1)


def prazo(competencia: Competencia) -> Janela:
    """Quando o mês abre e fecha no calendário federal, e a fonte."""
    return calendario("RMA").janela(str(competencia), etapa="preenchimento")


def que_devem(competencia: Competencia) -> UnidadeQuerySet:
    """As unidades que responderam por algum dia do mês: abertas antes do fim dele e não fechadas antes de começar."""
    abertas = Q(aberta_em__isnull=True) | Q(aberta_em__lt=competencia.ate)
    ainda = Q(fechada_em__isnull=True) | Q(fechada_em__gt=competencia.desde)
    return Unidade.objects.filter(abertas, ainda, tipo__in=list(FORMULARIOS), fundida_em__isnull=True)


def deve(unidade: Unidade, *, competencia: Competencia) -> bool:
    return que_devem(competencia).filter(pk=unidade.pk).exists()


def quadro(municipio: str, *, competencia: Competencia, so: UUID | None = None) -> list[Linha]:
    """As unidades do município que devem o mês, ou só uma, com o registro de cada. Duas consultas."""
    unidades = que_devem(competencia).filter(municipio_id=municipio).order_by("tipo", "nome_busca", "id")
    if so is not None:
        unidades = unidades.filter(pk=so)
    do_mes = RegistroMensal.objects.filter(competencia=str(competencia), unidade__in=unidades)
    registros = {r.unidade_id: r for r in do_mes.annotate(quantos_envios=Count("envios"))}
    return [
        Linha(unidade=unidade, registro=feito, envios=feito.quantos_envios if feito is not None else 0)
        for unidade in unidades
        for feito in (registros.get(unidade.pk),)
    ]


def contas(onde: str, *, competencia: Competencia) -> list[Conta]:
    """Por município da UF, ou por UF do país: quantas devem, entregaram e foram aprovadas. Duas consultas."""
    algarismos = 2 if onde == "BR" else 7
    devem: Counter[str] = Counter()
    unidades = que_devem(competencia).da_abrangencia(onde)
    for linha in unidades.values("municipio_id").annotate(quantas=Count("pk")).order_by("municipio_id"):
        devem[linha["municipio_id"][:algarismos]] += linha["quantas"]
    entregues: Counter[tuple[str, str]] = Counter()
    registros = RegistroMensal.objects.filter(
        competencia=str(competencia), estado__in=RegistroMensal.ENTREGUES, unidade__in=unidades
    )
    for feita in registros.values("abrangencia", "estado").annotate(quantas=Count("pk")).order_by("abrangencia"):
        entregues[feita["abrangencia"][:algarismos], feita["estado"]] += feita["quantas"]
    return [
        Conta(
            codigo=codigo,
            devem=quantas,
            entregaram=sum(entregues[codigo, estado] for estado in RegistroMensal.ENTREGUES),
            aprovadas=sum(entregues[codigo, estado] for estado in RegistroMensal.ACEITOS),
        )
        for codigo, quantas in sorted(devem.items())
    ]


def registro_de(unidade: Unidade, *, competencia: Competencia) -> RegistroMensal | None:
    return RegistroMensal.objects.filter(
        unidade=unidade, formulario=FORMULARIOS[unidade.tipo], competencia=str(competencia)
    ).first()


def envios(registro: RegistroMensal) -> list[Envio]:
    """Do mais novo ao mais antigo, com quem enviou e o que se respondeu."""
    return list(registro.envios.select_related("pessoa", "resposta__pessoa"))


def quem_escreveu(registro: RegistroMensal, *, celula: str) -> Autor | None:
    """Quem gravou por último a célula, segundo a trilha; de um rascunho gravado inteiro, quem o gravou."""
    with tranca.como_sistema():  # a trilha é do território de quem agiu, e a linha é deste registro
        atos = atos_de(registro).filter(ato__in=("mensais.guardar", "mensais.guardar_celula"))
        for ato in atos[:ULTIMOS_ATOS]:
            if ato.dados.get("celula", celula) == celula:
                pessoa = get_user_model().objects.filter(pk=ato.pessoa_id).first() if ato.pessoa_id else None
                return Autor(nome=pessoa.nome if pessoa is not None else "outro sistema", em=ato.em)
    return None


def nomes_de_quem_justificou(envios: Iterable[Envio]) -> dict[str, str]:
    """Pessoa → nome, de quem assina as justificativas destes envios."""
    ids = {autor["pessoa"] for envio in envios for autor in envio.autores.values() if autor["pessoa"]}
    if not ids:
        return {}
    return {str(pk): nome for pk, nome in get_user_model().objects.filter(pk__in=ids).values_list("pk", "nome")}


def transcricao_de(envio: Envio) -> Transcricao | None:
    return Transcricao.objects.filter(envio=envio).first()


def comprovantes(envio: Envio) -> list[Comprovante]:
    """As provas de que este envio foi digitado no sistema federal, da mais nova à mais antiga."""
    return list(envio.comprovantes.select_related("pessoa", "documento"))


def comprovados_antes(envio: Envio) -> bool:
    """Um envio anterior deste mês já foi digitado lá, e este ainda não?"""
    do_mes = Comprovante.objects.filter(envio__registro=envio.registro_id)
    return not do_mes.filter(envio=envio).exists() and do_mes.exists()


def anteriores(unidade: Unidade, *, competencia: Competencia) -> dict[Competencia, Preenchimento]:
    """O último envio de cada um dos doze meses antes deste, lido pelo formulário do mês dele."""
    codigo = FORMULARIOS[unidade.tipo]
    ultimo = Envio.objects.filter(registro=OuterRef("pk")).order_by("-numero").values("itens")[:1]
    registros = RegistroMensal.objects.filter(
        unidade=unidade,
        formulario=codigo,
        competencia__lt=str(competencia),
        competencia__gte=str(competencia.meses_antes(MESES_ANTERIORES)),
    ).annotate(enviado=Subquery(ultimo))
    return {
        (mes := Competencia.de_texto(registro.competencia)): ler_objeto(
            registro.enviado, versao=formulario(codigo, em=mes)
        )
        for registro in registros
        if registro.enviado is not None
    }


def contados(unidade: Unidade, *, competencia: Competencia) -> dict[str, Contado]:
    """As linhas atrás de cada número que se conta, por item do formulário; vazio onde ninguém anota ainda."""
    codigo, periodo = FORMULARIOS[unidade.tipo], {"primeiro": competencia.desde, "fim": competencia.ate}
    itens = DOS_ATENDIMENTOS.get(codigo, {})
    with tranca.como_sistema():  # contas da unidade, sem pessoa: quem as vê não alcança as famílias
        feitos = lista_do_mes(unidade, tipo=None, **periodo).select_related(None).order_by("pk")
        chaves: dict[str, list[str]] = {item: [] for item in itens.values()}
        linhas = list(feitos.values_list("tipo", "pk"))
        for tipo, chave in linhas:
            if (item := itens.get(TipoDeAtendimento(tipo))) is not None:
                chaves[item].append(str(chave))
        dos_modulos = ligacoes.linhas_do_mes(codigo, unidade, **periodo)
    dos_tipos = {item: Contado(tabela=ATENDIMENTOS, chaves=tuple(lista)) for item, lista in chaves.items() if linhas}
    return dos_tipos | {
        item: Contado(tabela=tabela, chaves=tuple(sorted(map(str, linhas_dele))))
        for item, (tabela, linhas_dele) in dos_modulos.items()
    }


def dos_registros(unidade: Unidade, *, competencia: Competencia) -> dict[str, int]:
    """Os números que se contam no mês, por item, sem trazer as linhas; vazio onde ninguém anota ainda."""
    codigo, periodo = FORMULARIOS[unidade.tipo], {"primeiro": competencia.desde, "fim": competencia.ate}
    itens = DOS_ATENDIMENTOS.get(codigo, {})
    with tranca.como_sistema():  # como em `contados`
        contas = contas_por_tipo(unidade, tipos=itens, **periodo)
        anotou = bool(contas) or lista_do_mes(unidade, tipo=None, **periodo).exists()
        dos_modulos = ligacoes.linhas_do_mes(codigo, unidade, **periodo)
    dos_tipos = {item: contas.get(tipo, 0) for tipo, item in itens.items()} if anotou else {}
    return dos_tipos | {item: len(linhas_dele) for item, (_, linhas_dele) in dos_modulos.items()}


def competencias(hoje: date, *, quantas: int = 13) -> list[Competencia]:
    """Os meses que se escolhem na tela, do mais novo ao mais antigo."""
    vez = competencia_da_vez(hoje)
    return [mes for n in range(quantas) if (mes := vez.meses_antes(n)) >= PRIMEIRA]


def lido(texto: str, *, hoje: date) -> Competencia | None:
    """O mês escrito no endereço, se tem formulário e já começou; senão, nada."""
    try:
        mes = Competencia.de_texto(texto)
    except ValueError:
        return None
    return mes if mes >= PRIMEIRA and mes.desde <= hoje else None
