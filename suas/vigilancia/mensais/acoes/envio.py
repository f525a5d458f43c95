"""Enviar o mês, reabri-lo para corrigir, e carregar os que já foram enviados noutro sistema."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from normas.base.competencia import Competencia
from normas.base.inconsistencia import Gravidade, Inconsistencia
from normas.registros.em_json import das_inconsistencias
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar
from suas.vigilancia.mensais import consolidacao, consultas, exame, obrigacao, permissoes
from suas.vigilancia.mensais.models import Envio, Lastro, RegistroMensal

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
def enviar(*, registro: RegistroMensal, por: Ator, em: datetime, hoje: date) -> Envio:
    """Confere e envia o que está guardado, com as linhas atrás de cada número contado; o envio não muda mais.

    Erros: `EnvioRecusado`, `AtoRecusado`.
    """
    if por.pessoa is None:
        raise AtoRecusado(permissoes.QUEM_PREENCHE)
    atual = RegistroMensal.objects.select_for_update(of=("self",)).get(pk=registro.pk)
    competencia = Competencia.de_texto(atual.competencia)
    if atual.estado not in RegistroMensal.ABERTOS:
        raise AtoRecusado("Este mês já foi enviado.")
    if competencia.ate > hoje:
        raise AtoRecusado(f"{competencia.desde:%m/%Y} ainda não acabou. Guarde o rascunho e envie quando o mês fechar.")
    contados = consultas.contados(atual.unidade, competencia=competencia)
    calculados = {item: contado.numero for item, contado in contados.items()}
    achadas = exame.conferir(atual, calculados=calculados)
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
        autores=atual.autores,
        avisos=das_inconsistencias(achadas),
        calculados=calculados,
        motivo=atual.motivo_da_correcao,
        em=em,
        pessoa=por.pessoa,
        papel=por.papel.nome,
    )
    Lastro.objects.bulk_create(
        Lastro(
            envio=envio, abrangencia=atual.abrangencia, item=item, tabela=contado.tabela, chaves=list(contado.chaves)
        )
        for item, contado in contados.items()
    )
    passar(atual, Estado.ENVIADO, em=em)
    consolidacao.do_registro(atual)
    obrigacao.entregue(atual, em=em)
    registrar(ato="mensais.enviar", objeto=atual, por=por, em=em)
    return envio


@transaction.atomic
def reabrir(*, registro: RegistroMensal, motivo: str, por: Ator, em: datetime) -> RegistroMensal:
    """Volta a rascunho um mês já enviado, para corrigir; o que foi enviado continua lá. Erros: `AtoRecusado`."""
    atual = RegistroMensal.objects.select_for_update(of=("self",)).get(pk=registro.pk)
    if atual.estado in RegistroMensal.ABERTOS:
        raise AtoRecusado("Este mês já está aberto para mudar.")
    if len(motivo.strip()) < MOTIVO_MINIMO:
        raise AtoRecusado("Diga por que se corrige: o motivo fica no próximo envio.", campo="motivo")
    atual.motivo_da_correcao = motivo.strip()
    passar(atual, Estado.RASCUNHO, em=em)
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


def passar(registro: RegistroMensal, estado: str, *, em: datetime) -> None:
    """Põe o mês no estado do passo que se deu."""
    registro.estado, registro.mudado_em, registro.versao = estado, em, registro.versao + 1
    registro.save()
