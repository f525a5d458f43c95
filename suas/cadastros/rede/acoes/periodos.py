"""De um dia a outro: o que a unidade oferta e quem atende não se repete no mesmo período, nem passa da vida dela."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from suas.cadastros.rede.models import MunicipioAtendido, ServicoOfertado, Unidade
from suas.nucleo.recusa import AtoRecusado

Periodo = ServicoOfertado | MunicipioAtendido


def exigir_que_caiba(
    *, unidade: Unidade, de_que: str, desde: date | None, ate: date | None, outros: Iterable[Periodo]
) -> None:
    """Recusa o período que acaba antes de começar, passa da vida da unidade ou cai sobre outro do mesmo.

    `de_que` é o serviço ou o município, em palavras; `outros` são os períodos já gravados dele, sem o que se muda.
    """
    if desde is not None and ate is not None and ate < desde:
        raise AtoRecusado(f"Começa em {desde:%d/%m/%Y}: não pode acabar antes, em {ate:%d/%m/%Y}.", campo="ate")
    _exigir_vida(unidade, desde=desde, ate=ate)
    for outro in outros:
        if _se_cruzam(desde, ate, outro.desde, outro.ate):
            raise AtoRecusado(f"{de_que} já está nesta unidade, {em_palavras(outro)}. Mude o que está.", campo="desde")


def _exigir_vida(unidade: Unidade, *, desde: date | None, ate: date | None) -> None:
    abriu, fechou = unidade.aberta_em, unidade.fechada_em
    if abriu is not None and desde is not None and desde < abriu:
        raise AtoRecusado(f"{unidade.nome} funciona desde {abriu:%d/%m/%Y}: não pode ser antes.", campo="desde")
    if fechou is None:
        return
    if desde is not None and desde >= fechou:
        raise AtoRecusado(f"{unidade.nome} fecha em {fechou:%d/%m/%Y}: precisa começar antes.", campo="desde")
    if ate is None or ate > fechou:
        raise AtoRecusado(
            f"{unidade.nome} está com fechamento em {fechou:%d/%m/%Y}: o que ela faz acaba até esse dia. Se ela voltou "
            "a funcionar, peça primeiro que reabra.",
            campo="ate",
        )


def _se_cruzam(desde: date | None, ate: date | None, outro_desde: date | None, outro_ate: date | None) -> bool:
    """Os dois períodos têm um dia em comum; o que acaba no dia em que começa não tem dia nenhum."""
    if (desde is not None and desde == ate) or (outro_desde is not None and outro_desde == outro_ate):
        return False
    acaba_antes = ate is not None and outro_desde is not None and ate <= outro_desde
    comeca_depois = desde is not None and outro_ate is not None and desde >= outro_ate
    return not (acaba_antes or comeca_depois)


def em_palavras(periodo: Periodo) -> str:
    """“desde 01/02/2020”, “de 01/02/2020 a 05/03/2021”, “sem dia de começo”."""
    comeco = f"desde {periodo.desde:%d/%m/%Y}" if periodo.desde else "sem dia de começo"
    return comeco if periodo.ate is None else f"{comeco}, até {periodo.ate:%d/%m/%Y}"


def dito(*partes: str) -> str:
    """As partes não vazias, cada uma depois de vírgula, para o fim da frase de um ato."""
    return "".join(f", {parte}" for parte in partes if parte)


def exigir_fim(periodo: Periodo, *, dia: date, unidade: Unidade, de_que: str) -> None:
    """Recusa encerrar o que já se encerrou, ou num dia que não cabe."""
    if periodo.ate is not None and periodo.ate <= dia:
        raise AtoRecusado(f"{de_que} já se encerra em {periodo.ate:%d/%m/%Y}.", campo="dia")
    if periodo.desde is not None and dia < periodo.desde:
        raise AtoRecusado(f"Começou em {periodo.desde:%d/%m/%Y}: não pode acabar antes.", campo="dia")
    if unidade.fechada_em is not None and dia > unidade.fechada_em:
        raise AtoRecusado(f"{unidade.nome} fecha em {unidade.fechada_em:%d/%m/%Y}: acaba até esse dia.", campo="dia")
