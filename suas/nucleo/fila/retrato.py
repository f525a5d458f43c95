"""O retrato da fila num instante: o que espera, o que corre e com quem, o que parou, e as rotinas.

É o que mostram a página de funcionamento e `redesuas fila estado`. O JSON é estável: campo novo pode entrar; nenhum
muda de nome ou de sentido sem mudar `versao`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from suas.nucleo.fila import horarios
from suas.nucleo.fila.acoes import RotinaDeclarada, rotinas_declaradas
from suas.nucleo.fila.models import ESPERAM, EstadoDaTarefa, Rotina, Tarefa, Trabalhador
from suas.nucleo.tela.filtros import momento, plural

VERSAO = 1
NO_MAXIMO = 200
NA_TELA = 50
RECENTE = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class LinhaDeTrabalhador:
    """Quem executa; `vivo` se o batimento ainda vale, `fazendo` é a tarefa que tem."""

    nome: str
    papel: str
    comecou_em: datetime
    batimento: datetime
    vivo: bool
    fazendo: Tarefa | None


@dataclass(frozen=True, kw_only=True)
class LinhaDeRotina:
    """Uma rotina: quando correu bem por último, quando corre de novo, e em que pé está a execução mais recente."""

    nome: str
    titulo: str
    terminou_em: datetime | None
    proxima_em: datetime
    resultado: str
    situacao: str
    erro: str
    protocolo: str
    tarefa_id: str

    @property
    def falhou(self) -> bool:
        return self.situacao == "falhou"


@dataclass(frozen=True, kw_only=True)
class Retrato:
    """Tudo de uma vez, no instante `em`."""

    em: datetime
    por_estado: dict[str, int]
    esperam: int
    mais_velha_segundos: int | None
    esperando: tuple[Tarefa, ...]
    fazendo: tuple[Tarefa, ...]
    paradas: tuple[Tarefa, ...]
    trabalhadores: tuple[LinhaDeTrabalhador, ...]
    rotinas: tuple[LinhaDeRotina, ...]

    @property
    def mais_velha(self) -> str:
        """Há quanto tempo a mais velha espera, em palavras; vazio se nada espera."""
        return "" if self.mais_velha_segundos is None else duracao(self.mais_velha_segundos)

    @property
    def vivos(self) -> tuple[LinhaDeTrabalhador, ...]:
        return tuple(t for t in self.trabalhadores if t.vivo)

    def com_quem(self, tarefa: Tarefa) -> str:
        """A máquina e o processo que têm a tarefa."""
        return next((t.nome for t in self.trabalhadores if t.fazendo and t.fazendo.pk == tarefa.pk), "já sem sinal")

    def sem_quem_faca(self, papel: str) -> bool:
        """Ninguém vivo neste papel: o que espera não anda."""
        return not any(t.papel == papel for t in self.vivos)


def duracao(segundos: int) -> str:
    """Um tempo em palavras, na maior unidade que cabe."""
    for tamanho, um, muitos in ((86400, "dia", "dias"), (3600, "hora", "horas"), (60, "minuto", "minutos")):
        if segundos >= tamanho:
            return plural(segundos // tamanho, um, muitos)
    return plural(segundos, "segundo", "segundos")


def tirar(*, em: datetime) -> Retrato:
    """O retrato de agora: oito consultas, por maior que a fila seja."""
    contadas = dict(Tarefa.objects.values_list("estado").annotate(Count("id")))
    devidas = Tarefa.objects.filter(estado__in=ESPERAM, nao_antes_de__lte=em)
    desde = devidas.aggregate(desde=Min("nao_antes_de"))["desde"]
    fazendo = tuple(Tarefa.objects.filter(estado=EstadoDaTarefa.FAZENDO).order_by("tomada_em")[:NO_MAXIMO])
    nas_maos = {tarefa.trabalhador_id: tarefa for tarefa in fazendo}
    return Retrato(
        em=em,
        por_estado={estado.value: contadas.get(estado.value, 0) for estado in EstadoDaTarefa},
        esperam=sum(contadas.get(estado, 0) for estado in ESPERAM),
        mais_velha_segundos=None if desde is None else max(int((em - desde).total_seconds()), 0),
        esperando=tuple(Tarefa.objects.filter(estado__in=ESPERAM).order_by("nao_antes_de", "id")[:NA_TELA]),
        fazendo=fazendo,
        paradas=tuple(Tarefa.objects.filter(estado=EstadoDaTarefa.PARADA).order_by("-terminada_em")[:NO_MAXIMO]),
        trabalhadores=tuple(
            LinhaDeTrabalhador(
                nome=t.nome,
                papel=t.papel,
                comecou_em=t.comecou_em,
                batimento=t.batimento,
                vivo=t.vale_ate > em,
                fazendo=nas_maos.get(t.pk),
            )
            for t in _trabalhadores(em, com_tarefa=list(nas_maos))
        ),
        rotinas=_rotinas(em),
    )


def _trabalhadores(em: datetime, *, com_tarefa: list[UUID | None]) -> QuerySet[Trabalhador]:
    """Os vivos, os que se calaram há pouco, e os mortos que ainda têm tarefa na mão."""
    a_mostrar = Q(vale_ate__gt=em - RECENTE) | Q(pk__in=[pk for pk in com_tarefa if pk])
    return Trabalhador.objects.filter(a_mostrar).order_by("papel", "comecou_em", "id")


def _rotinas(em: datetime) -> tuple[LinhaDeRotina, ...]:
    linhas = {linha.nome: linha for linha in Rotina.objects.all()}
    tarefas = Tarefa.objects.in_bulk([linha.tarefa_id for linha in linhas.values() if linha.tarefa_id])
    resposta = []
    for rotina in rotinas_declaradas():
        linha = linhas.get(rotina.nome)
        tarefa = tarefas.get(linha.tarefa_id) if linha and linha.tarefa_id else None
        resposta.append(_rotina(rotina, linha, tarefa, em))
    return tuple(resposta)


def _rotina(declarada: RotinaDeclarada, linha: Rotina | None, tarefa: Tarefa | None, em: datetime) -> LinhaDeRotina:
    ruim = tarefa is not None and tarefa.estado in {EstadoDaTarefa.PARADA, EstadoDaTarefa.DE_NOVO}
    return LinhaDeRotina(
        nome=declarada.nome,
        titulo=declarada.nome_na_tela,
        terminou_em=linha.terminou_em if linha else None,
        proxima_em=horarios.seguinte(declarada.cron, em=em),
        resultado=linha.ultimo_resultado if linha else "",
        situacao=_situacao(linha, tarefa),
        erro=tarefa.erro if tarefa and ruim else "",
        protocolo=tarefa.protocolo if tarefa and ruim else "",
        tarefa_id=str(tarefa.pk) if tarefa else "",
    )


def _situacao(linha: Rotina | None, tarefa: Tarefa | None) -> str:
    if tarefa is not None and tarefa.estado == EstadoDaTarefa.PARADA:
        return "falhou"
    if tarefa is not None and tarefa.estado == EstadoDaTarefa.DE_NOVO:
        return "tenta de novo"
    if tarefa is not None and tarefa.estado == EstadoDaTarefa.FAZENDO:
        return "fazendo"
    if tarefa is not None and tarefa.estado == EstadoDaTarefa.NA_FILA:
        return "na fila"
    return "feita" if linha is not None and linha.terminou_em else "ainda não correu"


def em_json(retrato: Retrato) -> dict[str, Any]:
    """Para outro programa: instantes em ISO 8601, com fuso; o que não há é nulo."""
    return {
        "versao": VERSAO,
        "consultado_em": retrato.em.isoformat(),
        "tarefas": retrato.por_estado,
        "esperam": retrato.esperam,
        "mais_velha_segundos": retrato.mais_velha_segundos,
        "trabalhadores": [
            {
                "nome": t.nome,
                "papel": t.papel,
                "vivo": t.vivo,
                "comecou_em": t.comecou_em.isoformat(),
                "ultimo_batimento": t.batimento.isoformat(),
                "fazendo": str(t.fazendo.pk) if t.fazendo else None,
            }
            for t in retrato.trabalhadores
        ],
        "paradas": [
            {
                "id": str(p.pk),
                "titulo": p.titulo,
                "razao": p.erro,
                "protocolo": p.protocolo or None,
                "tentativas": p.tentativas,
                "parou_em": p.terminada_em.isoformat() if p.terminada_em else None,
            }
            for p in retrato.paradas
        ],
        "rotinas": [
            {
                "nome": r.nome,
                "titulo": r.titulo,
                "situacao": r.situacao,
                "ultima_em": r.terminou_em.isoformat() if r.terminou_em else None,
                "proxima_em": r.proxima_em.isoformat(),
                "resultado": r.resultado or None,
                "erro": r.erro or None,
                "protocolo": r.protocolo or None,
            }
            for r in retrato.rotinas
        ],
    }


def em_texto(retrato: Retrato) -> str:
    """Para gente, no terminal."""
    linhas = [
        f"Esperam {retrato.esperam}" + (f"; a mais velha, há {retrato.mais_velha}" if retrato.mais_velha else ""),
        "Por estado: " + ", ".join(f"{EstadoDaTarefa(e).label} {n}" for e, n in retrato.por_estado.items()),
        "",
        "Trabalhadores" if retrato.trabalhadores else "Nenhum trabalhador: o que espera não anda.",
    ]
    for t in retrato.trabalhadores:
        estado = "vivo" if t.vivo else "sem sinal"
        mao = f"; fazendo: {t.fazendo.titulo}" if t.fazendo else ""
        linhas.append(f"  {t.nome} ({t.papel}): {estado}, último batimento em {momento(t.batimento)}{mao}")
    linhas += ["", f"Paradas: {len(retrato.paradas)}"]
    for p in retrato.paradas:
        protocolo = f" (protocolo {p.protocolo})" if p.protocolo else ""
        linhas.append(f"  {p.titulo}: {p.erro}{protocolo}")
    linhas += ["", "Rotinas"]
    for r in retrato.rotinas:
        ultima = f"última em {momento(r.terminou_em)}; " if r.terminou_em else ""
        linhas.append(f"  {r.titulo}: {r.situacao}; {ultima}próxima em {momento(r.proxima_em)}")
        if r.erro or r.resultado:
            linhas.append(f"    {r.erro or r.resultado}")
    return "\n".join(linhas)
