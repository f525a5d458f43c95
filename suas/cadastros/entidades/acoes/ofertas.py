"""O que a entidade oferta, com quem tem parceria e desde quando é da rede do SUAS."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from suas.cadastros.entidades import permissoes
from suas.cadastros.entidades.acoes.cadastro import tocar, travada
from suas.cadastros.entidades.models import Entidade, Oferta, Parceria, VinculoSUAS
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar


@dataclass(frozen=True, kw_only=True)
class DadosDaOferta:
    """O que se diz de uma oferta; `municipio` é o código de onde se oferta."""

    municipio: str
    tipo: str
    nome: str
    servico: str = ""
    publico: str = ""
    capacidade: int | None = None
    atendidos: int | None = None
    dias_e_horas: str = ""
    lugar: str = ""
    gratuita: bool = True
    desde: date | None = None

    def campos(self) -> dict[str, object]:
        campos = asdict(self)
        return campos | {"municipio_id": campos.pop("municipio")}


@transaction.atomic
def ofertar(*, entidade: Entidade, dados: DadosDaOferta, por: Ator, em: datetime) -> Oferta:
    """Acrescenta uma oferta à entidade."""
    permissoes.exigir_edicao(por, entidade)
    atual = travada(entidade)
    nova = Oferta.objects.create(entidade=atual, **dados.campos())
    tocar(atual, em=em)
    registrar(ato="entidades.ofertar", objeto=atual, por=por, em=em, dados={"oferta": nova.nome})
    return nova


@transaction.atomic
def mudar_oferta(*, oferta: Oferta, dados: DadosDaOferta, por: Ator, em: datetime) -> Oferta:
    """Muda o que se diz da oferta. Inscrita, não muda de município: a inscrição é de um conselho."""
    permissoes.exigir_edicao(por, oferta.entidade)
    entidade = travada(oferta.entidade)
    atual = Oferta.objects.select_for_update(of=("self",)).get(pk=oferta.pk)
    if atual.municipio_id != dados.municipio and atual.inscricoes.exists():
        raise AtoRecusado(
            "Esta oferta tem inscrição no conselho do município em que está. Encerre-a e acrescente outra no novo.",
            campo="onde",
        )
    for nome, valor in dados.campos().items():
        setattr(atual, nome, valor)
    atual.save()
    tocar(entidade, em=em)
    registrar(ato="entidades.mudar_oferta", objeto=entidade, por=por, em=em, dados={"oferta": atual.nome})
    return atual


@transaction.atomic
def encerrar_oferta(*, oferta: Oferta, dia: date, motivo: str, por: Ator, em: datetime) -> Oferta:
    """A oferta deixa de existir no dia; fica na história."""
    permissoes.exigir_edicao(por, oferta.entidade)
    entidade = travada(oferta.entidade)
    atual = Oferta.objects.select_for_update(of=("self",)).get(pk=oferta.pk)
    if atual.ate is not None:
        raise AtoRecusado(f"Esta oferta já se encerrou em {atual.ate:%d/%m/%Y}.")
    if atual.desde is not None and dia < atual.desde:
        raise AtoRecusado(f"A oferta começou em {atual.desde:%d/%m/%Y}: não pode acabar antes.", campo="dia")
    atual.ate = dia
    atual.save(update_fields=["ate"])
    tocar(entidade, em=em)
    dados = {"oferta": atual.nome}
    registrar(ato="entidades.encerrar_oferta", objeto=entidade, por=por, em=em, motivo=motivo.strip(), dados=dados)
    return atual


@dataclass(frozen=True, kw_only=True)
class DadosDaParceria:
    """O instrumento: tipo, número, com quem, de quando a quando e por quanto."""

    tipo: str
    numero: str
    orgao: str
    desde: date
    ate: date
    objeto: str = ""
    valor_centavos: int | None = None
    oferta: Oferta | None = None


@transaction.atomic
def registrar_parceria(*, entidade: Entidade, dados: DadosDaParceria, por: Ator, em: datetime) -> Parceria:
    """Registra uma parceria com o poder público. Erros: `AtoRecusado` se as datas ou o valor não combinam."""
    permissoes.exigir_edicao(por, entidade)
    atual = travada(entidade)
    if dados.ate < dados.desde:
        raise AtoRecusado("A parceria acaba antes de começar. Confira as duas datas.", campo="ate")
    if dados.tipo == Parceria.Tipo.COOPERACAO and dados.valor_centavos:
        raise AtoRecusado(
            "Acordo de cooperação não transfere recurso. Deixe o valor em branco, ou escolha outro instrumento.",
            campo="valor",
        )
    if dados.oferta is not None and dados.oferta.entidade_id != atual.pk:
        raise AtoRecusado("Essa oferta é de outra entidade.", campo="oferta")
    nova = Parceria.objects.create(entidade=atual, **vars(dados))
    tocar(atual, em=em)
    registrar(ato="entidades.registrar_parceria", objeto=atual, por=por, em=em, dados={"parceria": str(nova)})
    return nova


@transaction.atomic
def reconhecer_vinculo(*, entidade: Entidade, desde: date, por_que: str, por: Ator, em: datetime) -> VinculoSUAS:
    """O órgão gestor registra desde quando a entidade é da rede do SUAS, e por quê."""
    permissoes.exigir_gestao(por, entidade)
    atual = travada(entidade)
    if aberto := atual.vinculos_suas.filter(ate__isnull=True).first():
        raise AtoRecusado(f"A entidade já tem vínculo desde {aberto.desde:%d/%m/%Y}.")
    novo = VinculoSUAS.objects.create(entidade=atual, desde=desde, por_que=por_que.strip())
    tocar(atual, em=em)
    registrar(ato="entidades.reconhecer_vinculo", objeto=atual, por=por, em=em, motivo=novo.por_que)
    return novo


@transaction.atomic
def encerrar_vinculo(*, entidade: Entidade, dia: date, motivo: str, por: Ator, em: datetime) -> VinculoSUAS:
    """O vínculo termina no dia, e fica na história."""
    permissoes.exigir_gestao(por, entidade)
    atual = travada(entidade)
    aberto = atual.vinculos_suas.filter(ate__isnull=True).first()
    if aberto is None:
        raise AtoRecusado("A entidade não tem vínculo SUAS em vigor.")
    if dia < aberto.desde:
        raise AtoRecusado(f"O vínculo começou em {aberto.desde:%d/%m/%Y}: não pode acabar antes.", campo="dia")
    aberto.ate, aberto.fim_por_que = dia, motivo.strip()
    aberto.save(update_fields=["ate", "fim_por_que"])
    tocar(atual, em=em)
    registrar(ato="entidades.encerrar_vinculo", objeto=atual, por=por, em=em, motivo=aberto.fim_por_que)
    return aberto
