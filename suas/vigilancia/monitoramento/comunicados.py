"""O que se pergunta das comunicações: o que cabe propor, a quem vai, o que diz a cada município, e o que aconteceu."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from normas.prazos.calendario import calendario as federal
from normas.territorio.federacao import UFS
from suas.cadastros.orgaos.models import Orgao
from suas.nucleo.avisos import consultas as avisos
from suas.nucleo.avisos.modelos import Modelo
from suas.nucleo.identidade import consultas as identidade
from suas.nucleo.identidade import lugares
from suas.nucleo.obrigacoes import consultas as obrigacoes
from suas.nucleo.obrigacoes import sistemas
from suas.nucleo.obrigacoes.consultas import Linha
from suas.nucleo.obrigacoes.prazos import Calendario
from suas.nucleo.permissoes.abrangencia import BRASIL
from suas.nucleo.tela.filtros import dia, plural
from suas.vigilancia.monitoramento import consultas, modelos
from suas.vigilancia.monitoramento.consultas import Opcao
from suas.vigilancia.monitoramento.models import Comunicacao, Destinatario

#: Quantos dias antes do fim do prazo se propõe o aviso antecipado, e até quando depois dele o de pendência.
ANTES, DEPOIS = timedelta(days=10), timedelta(days=30)
#: Quem responde pela gestão do município.
PAPEIS = ("gestao_municipal", "gestao_municipal_adjunto", "vigilancia_municipal")
NOMES_CITADOS = 8
Especie = Comunicacao.Especie


@dataclass(frozen=True, kw_only=True)
class Recebe:
    """A quem vai num município, e quantos lá faltam. Sem pessoa, o correio do órgão gestor; sem ele, ninguém."""

    municipio: str
    faltam: int
    pessoa_id: UUID | None
    nome: str
    email: str
    situacao: str = ""

    @property
    def tem_como(self) -> bool:
        return self.pessoa_id is not None or bool(self.email)


@dataclass(frozen=True, kw_only=True)
class Caso:
    """Uma comunicação que cabe propor."""

    especie: str
    opcao: Opcao


def lugares_da_casa(onde: str) -> list[str]:
    """Onde se propõe: cada estado, na instalação do país; senão, o lugar dela."""
    return [uf.codigo for uf in UFS] if onde == BRASIL else [onde]


def casos(onde: str, *, hoje: date) -> Iterator[Caso]:
    """O que cabe avisar aos municípios. De pendência, só do que esta instalação recebe: do resto nada se prova."""
    calendario = Calendario()
    for opcao in consultas.opcoes(calendario, hoje=hoje, onde=onde):
        janela = opcao.achada.janela
        faltam_dias = opcao.prazo.ultimo - hoje
        recebe = any(d.endereco is not None for d in sistemas.de(janela.sistema, janela.etapa))
        if timedelta() <= faltam_dias <= ANTES:
            especie: str = Especie.ANTECIPADO
        elif -DEPOIS <= faltam_dias < timedelta() and recebe:
            especie = Especie.PENDENCIA
        else:
            continue
        if obrigacoes.total(opcao.achada, em=hoje, onde=onde, calendario=calendario).faltam:
            yield Caso(especie=especie, opcao=opcao)


def opcao_de(comunicacao: Comunicacao, *, hoje: date) -> Opcao | None:
    """O prazo de que a comunicação trata, se ainda se acompanha."""
    todas = consultas.opcoes(Calendario(), hoje=hoje, onde=comunicacao.abrangencia)
    do_que = comunicacao.sistema, comunicacao.periodo, comunicacao.etapa
    return next(
        (o for o in todas if (o.achada.janela.sistema, str(o.achada.janela.periodo), o.achada.janela.etapa) == do_que),
        None,
    )


def faltas(opcao: Opcao, *, hoje: date, onde: str) -> dict[str, list[Linha]]:
    """Quem falta no lugar, por município; o que o próprio estado deve não se avisa a município."""
    por_municipio: dict[str, list[Linha]] = defaultdict(list)
    for linha in obrigacoes.linhas(opcao.achada, em=hoje, onde=onde, calendario=Calendario()):
        if linha.entrega is None and len(linha.devedor.abrangencia) == 7:
            por_municipio[linha.devedor.abrangencia].append(linha)
    return dict(por_municipio)


def previa(comunicacao: Comunicacao, *, hoje: date) -> list[Recebe]:
    """A quem iria agora, município por município; o que não tem a quem mandar aparece também."""
    opcao = opcao_de(comunicacao, hoje=hoje)
    if opcao is None:
        return []
    faltam = faltas(opcao, hoje=hoje, onde=comunicacao.abrangencia)
    pessoas = identidade.que_respondem(PAPEIS, territorios=list(faltam), em=hoje)
    emails = _correios_dos_orgaos(set(faltam) - {p.abrangencia for p in pessoas})
    recebem: list[Recebe] = []
    for municipio, linhas in faltam.items():
        do_lugar = [p for p in pessoas if p.abrangencia == municipio]
        quantos = len(linhas)
        recebem += [
            Recebe(municipio=municipio, faltam=quantos, pessoa_id=p.pessoa_id, nome=p.nome, email=p.email)
            for p in do_lugar
        ]
        if not do_lugar:
            email = emails.get(municipio, "")
            recebem.append(Recebe(municipio=municipio, faltam=quantos, pessoa_id=None, nome="", email=email))
    return recebem


def enviados(comunicacao: Comunicacao) -> list[Recebe]:
    """A quem foi, e o que aconteceu com cada mensagem."""
    todos = list(comunicacao.destinatarios.select_related("pessoa"))
    situacoes = avisos.situacoes([d.aviso for d in todos if d.aviso is not None])
    return [
        Recebe(
            municipio=d.abrangencia,
            faltam=d.faltam,
            pessoa_id=d.pessoa_id,
            nome=str(d.pessoa) if d.pessoa is not None else "",
            email="",
            situacao=situacoes.get(d.aviso, "na fila") if d.aviso is not None else "na fila",
        )
        for d in todos
    ]


def email_do_orgao(municipio: str) -> str:
    return _correios_dos_orgaos([municipio]).get(municipio, "")


def _correios_dos_orgaos(entes: Iterable[str]) -> dict[str, str]:
    gestores = Orgao.objects.filter(tipo=Orgao.Tipo.ORGAO_GESTOR, abrangencia__in=list(entes)).exclude(email="")
    return dict(gestores.values_list("abrangencia", "email"))


def modelo_de(especie: str) -> Modelo:
    return modelos.ANTECIPADO if especie == Especie.ANTECIPADO else modelos.PENDENCIA


def dados_do_aviso(
    comunicacao: Comunicacao, linhas: list[Linha], *, opcao: Opcao, municipio: str, hoje: date
) -> dict[str, str]:
    """O que o modelo diz a um município."""
    sistema, dias = federal(comunicacao.sistema), opcao.prazo.dias(hoje)
    citados = ", ".join(linha.devedor.nome for linha in linhas[:NOMES_CITADOS])
    resto = len(linhas) - NOMES_CITADOS
    quando = "termina hoje" if dias == 0 else f"{'falta' if dias == 1 else 'faltam'} {plural(dias, 'dia', 'dias')}"
    return {
        "lugar": lugares.nome(municipio),
        "sistema": sistema.nome,
        "periodo": consultas.periodo_escrito(opcao.achada.janela.periodo),
        "prazo": dia(opcao.prazo.ultimo),
        "dias": quando if dias >= 0 else f"há {plural(-dias, 'dia', 'dias')}",
        "quem": citados + (f" e mais {resto}" if resto > 0 else ""),
        "onde": sistema.endereco or "no sistema federal",
        "consequencia": " ".join(sistema.consequencia.split()),
        "ajuda": modelos.AJUDA_FEDERAL,
        "assina": f"{comunicacao.papel}, {lugares.nome(comunicacao.abrangencia)}",
    }


def causa(comunicacao: Comunicacao, municipio: str) -> str:
    """O que houve, para que o mesmo não se avise duas vezes a ninguém, nem por duas comunicações."""
    partes = (comunicacao.especie, comunicacao.sistema, comunicacao.periodo, comunicacao.etapa, municipio)
    return ":".join((*partes, comunicacao.prazo.isoformat()))


def do_lugar(onde: str) -> QuerySet[Comunicacao]:
    """As comunicações que se decidem no lugar e nos de dentro dele, da mais nova à mais antiga."""
    todas = Comunicacao.objects.select_related("decidida_por")
    return todas if onde == BRASIL else todas.filter(abrangencia__startswith=onde)


def a_mandar(comunicacao_id: UUID, destinatarios: Iterable[int]) -> QuerySet[Destinatario]:
    """Os destinatários de um lote que ainda não receberam."""
    return Destinatario.objects.filter(
        comunicacao_id=comunicacao_id, pk__in=list(destinatarios), aviso__isnull=True
    ).select_related("comunicacao", "pessoa")
