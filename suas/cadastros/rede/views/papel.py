"""A ficha da unidade em PDF: o que se leva a uma visita ou se junta a um processo."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from suas.cadastros.rede import consultas, permissoes
from suas.cadastros.rede.models import Unidade
from suas.nucleo.tela import papel
from suas.nucleo.tela.filtros import dia, inicial, numero, plural

NAO_INFORMADO = "não informado"


@login_not_required
@require_safe
def ficha(request: HttpRequest, unidade_id: UUID) -> HttpResponse:
    """A mesma ficha da tela: o endereço reservado cala-se do mesmo jeito."""
    unidade = permissoes.obter_unidade_para_ver(request.ator, unidade_id=unidade_id)
    com_endereco = permissoes.ve_endereco(request.ator, unidade)
    servicos = consultas.servicos_da_unidade(unidade, hoje=request.hoje)
    atendidos = consultas.atendidos_pela(unidade, hoje=request.hoje)
    partes: list[papel.Parte] = [
        papel.Ficha(pares=_o_que_e(unidade, funciona=unidade.funciona_em(request.hoje))),
        papel.Ficha(titulo="Onde fica", pares=_onde_fica(unidade))
        if com_endereco
        else papel.Texto(
            titulo="Onde fica",
            texto="Endereço reservado: não é público, para proteger quem nela mora ou é atendido. Procure o CRAS ou o "
            "CREAS do município.",
        ),
        papel.Ficha(titulo="Como falar", pares=_como_falar(unidade)),
        papel.Quadro(
            titulo="Serviços",
            colunas=("Serviço", "Capacidade", "Desde"),
            linhas=[(s.nome, _quantos(s.capacidade), dia(s.desde)) for s in servicos]
            or [("Nenhum serviço registrado", "", "")],
            numeros=frozenset({1}),
            larguras=(60, 20, 20),
        ),
    ]
    if atendidos:
        linhas = [(str(a.municipio), _quantos(a.vagas), dia(a.desde)) for a in atendidos]
        partes.append(
            papel.Quadro(
                titulo="Municípios atendidos",
                colunas=("Município", "Vagas", "Desde"),
                linhas=linhas,
                numeros=frozenset({1}),
                larguras=(60, 20, 20),
            )
        )
    if pares := _imovel(unidade, com_endereco=com_endereco):
        partes.append(papel.Ficha(titulo="Imóvel e acessibilidade", pares=pares))
    documento = papel.Papel(
        titulo=unidade.nome,
        sobre=f"Ficha da unidade · {unidade.get_tipo_display()} · {unidade.municipio}",
        periodo=f"Situação em {dia(request.hoje)}. "
        f"{inicial(consultas.frescor_em_palavras(unidade, hoje=request.hoje))}.",
        endereco=reverse("rede-unidade", args=[unidade.pk]),
        avisos=("Unidade inventada para a demonstração: dados sintéticos",) if unidade.sintetica else (),
        partes=partes,
    )
    return papel.como_pdf(request, documento, nome=f"unidade-{unidade.identificador or unidade.pk}")


def _quantos(valor: int | None) -> str:
    return numero(valor) if valor is not None else NAO_INFORMADO


def _o_que_e(unidade: Unidade, *, funciona: bool) -> list[tuple[str, str]]:
    capacidade = (
        f"{numero(unidade.capacidade)} {unidade.medida_da_capacidade}" if unidade.capacidade is not None else ""
    )
    fechada = f"fechada desde {dia(unidade.fechada_em)}" if unidade.fechada_em else "ainda não abriu"
    pares = [
        ("Situação", "em funcionamento" if funciona else fechada),
        ("Por que fechou", "" if funciona else unidade.motivo_do_fechamento),
        ("Município", f"{unidade.municipio}, código do IBGE {unidade.municipio_id}"),
        ("Identificador", unidade.identificador or NAO_INFORMADO),
        ("Natureza", unidade.get_natureza_display()),
        ("Capacidade", capacidade or NAO_INFORMADO),
        ("Implantada em", dia(unidade.implantada_em) if unidade.implantada_em else ""),
        ("Funciona desde", dia(unidade.aberta_em) if unidade.aberta_em else NAO_INFORMADO),
        ("Equipe volante", "sim" if unidade.equipe_volante else ""),
        ("De onde vêm os dados", unidade.fonte),
    ]
    return [(rotulo, valor) for rotulo, valor in pares if valor]


def _onde_fica(unidade: Unidade) -> list[tuple[str, str]]:
    ponto = ""
    if unidade.latitude is not None and unidade.longitude is not None:
        ponto = f"{numero(unidade.latitude, 6)}, {numero(unidade.longitude, 6)}"
    pares = [
        ("Endereço", unidade.endereco or NAO_INFORMADO),
        ("CEP", unidade.cep_escrito),
        ("Perto de", unidade.ponto_de_referencia),
        ("Área", unidade.get_localizacao_display()),
        ("Coordenadas", ponto),
        ("Endereço reservado", "sim: não o divulgue" if unidade.endereco_reservado else ""),
    ]
    return [(rotulo, valor) for rotulo, valor in pares if valor]


def _como_falar(unidade: Unidade) -> list[tuple[str, str]]:
    dias = f"{plural(unidade.dias_por_semana, 'dia', 'dias')} por semana" if unidade.dias_por_semana else ""
    horas = f"{plural(unidade.horas_por_dia, 'hora', 'horas')} por dia" if unidade.horas_por_dia else ""
    return [
        ("Telefone", unidade.telefone_escrito or NAO_INFORMADO),
        ("E-mail", unidade.email or NAO_INFORMADO),
        ("Atende", ", ".join(parte for parte in (dias, horas) if parte) or NAO_INFORMADO),
    ]


def _imovel(unidade: Unidade, *, com_endereco: bool) -> list[tuple[str, str]]:
    if not unidade.diz_o_imovel:
        return []
    compartilhado = unidade.get_imovel_compartilhado_display()
    if unidade.compartilhado_com and com_endereco:
        compartilhado += f", com {unidade.compartilhado_com}"
    pares = [
        ("Situação do imóvel", unidade.situacao_do_imovel),
        ("Compartilhado", compartilhado),
        ("Placa de identificação", unidade.get_placa_display()),
        ("Acesso principal adaptado", unidade.get_acesso_principal_display()),
        ("Rota acessível aos espaços", unidade.get_rota_aos_espacos_display()),
        ("Rota acessível ao banheiro", unidade.get_rota_ao_banheiro_display()),
        ("Banheiro adaptado", unidade.get_banheiro_adaptado_display()),
    ]
    return [(rotulo, valor) for rotulo, valor in pares if valor]
