"""Guardar, enviar, devolver, aprovar e reabrir o mês de uma unidade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from normas.base.competencia import Competencia
from normas.base.inconsistencia import Gravidade, Inconsistencia
from normas.registros.em_json import das_inconsistencias
from suas.cadastros.rede.models import Unidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha.acoes import registrar
from suas.vigilancia.mensais import consolidacao, consultas, exame, obrigacao, permissoes
from suas.vigilancia.mensais.models import Envio, RegistroMensal, Resposta

Estado = RegistroMensal.Estado
MOTIVO_MINIMO = 10
LOTE = 500


class EnvioRecusado(AtoRecusado):
    """O mês não sai: `inconsistencias` são as que impedem e as que ainda pedem justificativa."""

    def __init__(self, inconsistencias: Sequence[Inconsistencia]) -> None:
        quantas = len(inconsistencias)
        resta = "Resta um ponto" if quantas == 1 else f"Restam {quantas} pontos"
        super().__init__(f"{resta} a resolver antes de enviar. O que você escreveu está guardado.")
        self.inconsistencias = inconsistencias


@transaction.atomic
def guardar(
    *,
    unidade: Unidade,
    competencia: Competencia,
    itens: Mapping[str, Any],
    justificativas: Mapping[str, str],
    versao: int,
    por: Ator,
    em: datetime,
    sintetico: bool = False,
) -> RegistroMensal:
    """Guarda o rascunho como está, também o que ainda não combina. `versao` 0 é de quem abriu um mês não começado.

    Erros: `AtoRecusado` se o mês já foi enviado ou se a unidade não o deve; `MudouNoMeioTempo`.
    """
    if not consultas.deve(unidade, competencia=competencia):
        raise AtoRecusado(f"{unidade.nome} não funcionava em {competencia.desde:%m/%Y}: não deve este mês.")
    Unidade.objects.select_for_update(of=("self",)).get(pk=unidade.pk)  # o mês não começa duas vezes
    registro = consultas.registro_de(unidade, competencia=competencia)
    if registro is None:
        registro = RegistroMensal(
            unidade=unidade,
            abrangencia=unidade.municipio_id,
            formulario=consultas.FORMULARIOS[unidade.tipo],
            competencia=str(competencia),
            versao=0,
            sintetico=sintetico,
        )
    if registro.versao != versao:
        raise MudouNoMeioTempo("Outra pessoa gravou este mês depois que você abriu a página. Compare e envie de novo.")
    if registro.estado in {Estado.ENVIADO, Estado.APROVADO}:
        raise AtoRecusado("Este mês já foi enviado. Para mudar um número, reabra-o dizendo por quê.")
    registro.itens, registro.justificativas = (
        dict(itens),
        {k: v.strip() for k, v in justificativas.items() if v.strip()},
    )
    registro.mudado_em, registro.versao = em, versao + 1
    registro.save()
    registrar(ato="mensais.guardar", objeto=registro, por=por, em=em)
    return registro


@transaction.atomic
def enviar(*, registro: RegistroMensal, por: Ator, em: datetime, hoje: date) -> Envio:
    """Confere e envia o que está guardado; o envio não muda mais. Erros: `EnvioRecusado`, `AtoRecusado`."""
    if por.pessoa is None:
        raise AtoRecusado(permissoes.QUEM_PREENCHE)
    atual = RegistroMensal.objects.select_for_update(of=("self",)).get(pk=registro.pk)
    competencia = Competencia.de_texto(atual.competencia)
    if atual.estado in {Estado.ENVIADO, Estado.APROVADO}:
        raise AtoRecusado("Este mês já foi enviado.")
    if competencia.ate > hoje:
        raise AtoRecusado(f"{competencia.desde:%m/%Y} ainda não acabou. Guarde o rascunho e envie quando o mês fechar.")
    achadas = exame.conferir(atual)
    pendentes = [
        achada
        for achada in achadas
        if achada.gravidade is Gravidade.IMPEDE
        or (achada.gravidade is Gravidade.JUSTIFICAR and achada.regra not in atual.justificativas)
    ]
    if pendentes:
        raise EnvioRecusado(pendentes)
    anterior = atual.envios.first()
    envio = Envio.objects.create(
        registro=atual,
        abrangencia=atual.abrangencia,
        numero=anterior.numero + 1 if anterior is not None else 1,
        versao_do_formulario=exame.versao_de(atual).versao,
        itens=atual.itens,
        justificativas=atual.justificativas,
        avisos=das_inconsistencias(achadas),
        calculados=consultas.dos_registros(atual.unidade, competencia=competencia),
        motivo=atual.motivo_da_correcao,
        em=em,
        pessoa=por.pessoa,
        papel=por.papel.nome,
    )
    _passar(atual, Estado.ENVIADO, em=em)
    consolidacao.do_registro(atual)
    obrigacao.entregue(atual, em=em)
    registrar(ato="mensais.enviar", objeto=atual, por=por, em=em)
    return envio


@transaction.atomic
def responder(*, registro: RegistroMensal, tipo: str, motivo: str, por: Ator, em: datetime) -> Resposta:
    """A vigilância aprova, ou devolve dizendo o que corrigir; quem enviou lê. Erros: `AtoRecusado`."""
    if por.pessoa is None:
        raise AtoRecusado(permissoes.QUEM_CONFERE)
    atual = RegistroMensal.objects.select_for_update(of=("self",)).get(pk=registro.pk)
    envio = atual.envios.first()
    if atual.estado != Estado.ENVIADO or envio is None:
        raise AtoRecusado(f"O mês está {atual.get_estado_display()}: não há envio à espera de resposta.")
    devolve = tipo == Resposta.Tipo.DEVOLVER
    if devolve and len(motivo.strip()) < MOTIVO_MINIMO:
        raise AtoRecusado("Diga o que corrigir: quem enviou vai ler isto.", campo="motivo")
    resposta = Resposta.objects.create(
        envio=envio, abrangencia=atual.abrangencia, tipo=tipo, motivo=motivo.strip(), em=em, pessoa=por.pessoa
    )
    _passar(atual, Estado.DEVOLVIDO if devolve else Estado.APROVADO, em=em)
    if devolve:
        consolidacao.do_registro(atual)
        obrigacao.retirado(atual, por_que="devolvido para correção", em=em)
    registrar(
        ato="mensais.devolver" if devolve else "mensais.aprovar", objeto=atual, por=por, em=em, motivo=motivo.strip()
    )
    return resposta


@transaction.atomic
def reabrir(*, registro: RegistroMensal, motivo: str, por: Ator, em: datetime) -> RegistroMensal:
    """Volta a rascunho um mês já enviado, para corrigir; o que foi enviado continua lá. Erros: `AtoRecusado`."""
    atual = RegistroMensal.objects.select_for_update(of=("self",)).get(pk=registro.pk)
    if atual.estado not in {Estado.ENVIADO, Estado.APROVADO}:
        raise AtoRecusado("Este mês já está aberto para mudar.")
    if len(motivo.strip()) < MOTIVO_MINIMO:
        raise AtoRecusado("Diga por que se corrige: o motivo fica no próximo envio.", campo="motivo")
    atual.motivo_da_correcao = motivo.strip()
    _passar(atual, Estado.RASCUNHO, em=em)
    obrigacao.retirado(atual, por_que="reaberto para corrigir", em=em)
    registrar(ato="mensais.reabrir", objeto=atual, por=por, em=em, motivo=motivo.strip())
    return atual


@transaction.atomic
def carregar(*, meses: Sequence[tuple[RegistroMensal, datetime]], fonte: str, por: Ator, em: datetime) -> int:
    """Grava de uma vez meses já enviados noutro sistema, cada um com o instante do envio; devolve quantos.

    A unidade sem mês algum recebe todos; o mês que já existe não se toca. `fonte` diz de onde vieram.
    """
    ja = set(RegistroMensal.objects.values_list("unidade_id", "formulario", "competencia"))
    novos = [par for par in meses if (par[0].unidade_id, par[0].formulario, par[0].competencia) not in ja]
    if not novos:
        return 0
    RegistroMensal.objects.bulk_create([registro for registro, _ in novos], batch_size=LOTE)
    Envio.objects.bulk_create(
        [
            Envio(
                registro=registro,
                abrangencia=registro.abrangencia,
                numero=1,
                versao_do_formulario=exame.versao_de(registro).versao,
                itens=registro.itens,
                em=enviado_em,
                papel=fonte,
            )
            for registro, enviado_em in novos
        ],
        batch_size=LOTE,
    )
    consolidacao.dos_registros([registro for registro, _ in novos])
    obrigacao.carregados(novos)
    dados = {"quantos": len(novos), "fonte": fonte}
    registrar(ato="mensais.carregar", objeto=novos[0][0], por=por, em=em, dados=dados)
    return len(novos)


def _passar(registro: RegistroMensal, estado: str, *, em: datetime) -> None:
    registro.estado, registro.mudado_em, registro.versao = estado, em, registro.versao + 1
    registro.save()
