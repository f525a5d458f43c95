"""Telas da cobertura por serviço da Tipificação: um lugar com todos, e cada um por UF e por município."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from normas.rede.tipificacao import Servico
from normas.territorio.federacao import UF_POR_SIGLA
from suas.cadastros.cobertura import por_servico
from suas.cadastros.territorio import mapa
from suas.cadastros.territorio.models import Municipio
from suas.nucleo.permissoes.abrangencia import BRASIL
from suas.nucleo.tela import exportar

POR_PAGINA = 50
AVISO = "Sem oferta registrada não quer dizer que o serviço não se oferte: ninguém informou no cadastro"
_CONTAS = (
    exportar.coluna("unidades", "Unidades", "inteiro"),
    exportar.coluna("capacidade", "Capacidade", "inteiro"),
    exportar.coluna("sem_capacidade", "Unidades sem capacidade informada", "inteiro"),
    exportar.coluna("ofertas_de_entidades", "Ofertas de entidades", "inteiro"),
    exportar.coluna("capacidade_das_entidades", "Capacidade das entidades", "inteiro"),
    exportar.coluna("municipios_com_oferta", "Municípios com oferta", "inteiro"),
    exportar.coluna("so_por_regional", "Só por unidade regional", "inteiro"),
    exportar.coluna("so_por_entidade", "Só por entidade", "inteiro"),
    exportar.coluna("sem_oferta_registrada", "Sem oferta registrada", "inteiro"),
)
COLUNAS_DOS_SERVICOS = (
    exportar.coluna("servico", "Código do serviço"),
    exportar.coluna("nome", "Serviço"),
    exportar.coluna("protecao", "Proteção"),
    *_CONTAS,
)
COLUNAS_DAS_UFS = (exportar.coluna("uf", "UF"), exportar.coluna("nome", "Estado"), *_CONTAS)
COLUNAS_DOS_MUNICIPIOS = (
    exportar.coluna("codigo_ibge", "Código do IBGE"),
    exportar.coluna("municipio", "Município"),
    exportar.coluna("situacao", "Situação"),
    exportar.coluna("unidades", "Unidades", "inteiro"),
    exportar.coluna("capacidade", "Capacidade", "inteiro"),
    exportar.coluna("regionais", "Unidades regionais de fora", "inteiro"),
    exportar.coluna("vagas", "Cota de vagas nas regionais", "inteiro"),
    exportar.coluna("entidades", "Entidades", "inteiro"),
    exportar.coluna("capacidade_das_entidades", "Capacidade das entidades", "inteiro"),
)
COLUNAS_DE_QUEM_OFERTA = (
    exportar.coluna("servico", "Código do serviço"),
    exportar.coluna("nome", "Serviço"),
    exportar.coluna("protecao", "Proteção"),
    exportar.coluna("como", "Como se oferta"),
    exportar.coluna("quem", "Quem oferta"),
    exportar.coluna("capacidade", "Capacidade, ou vagas guardadas na regional", "inteiro"),
)
#: Que parte dos municípios da UF tem oferta registrada, do mais claro ao mais escuro.
_FAIXAS = ("Até um quarto dos municípios", "Até a metade", "Até três quartos", "Mais de três quartos")


@login_not_required
@require_safe
def lugar(request: HttpRequest, onde: str = "") -> HttpResponse:
    """Todos os serviços, no país ou numa UF: quem oferta, para quantos, e em quantos municípios nada se registrou."""
    uf = UF_POR_SIGLA.get(onde)
    if onde and uf is None:
        raise Http404
    linhas = por_servico.por_servico(uf.codigo if uf else BRASIL, hoje=request.hoje)
    if exportar.pedido(request):
        valores = [(u.servico.codigo, u.servico.nome, u.servico.protecao.nome, *_contas(u)) for u in linhas]
        return _baixar(request, f"servicos-{onde or 'brasil'}", COLUNAS_DOS_SERVICOS, valores)
    return render(request, "cobertura/servicos.jinja", {"linhas": linhas, "uf": uf, "aviso": AVISO})


def _contas(do_servico: por_servico.DoServico) -> tuple[object, ...]:
    return (
        do_servico.unidades,
        do_servico.capacidade,
        do_servico.sem_capacidade,
        do_servico.entidades,
        do_servico.capacidade_das_entidades,
        do_servico.com_oferta,
        do_servico.em["regional"],
        do_servico.em["entidade"],
        do_servico.sem_oferta,
    )


def _baixar(
    request: HttpRequest, nome: str, colunas: Sequence[exportar.Coluna], linhas: Sequence[Sequence[object]]
) -> HttpResponse:  # fmt: skip
    lista = exportar.Lista(nome=nome, titulo="Serviços", colunas=colunas, linhas=linhas, avisos=(AVISO,))
    return exportar.baixar(request, lista)


@login_not_required
@require_safe
def municipio(request: HttpRequest, codigo: str) -> HttpResponse:
    """Cada serviço num município, com quem o oferta: unidades dele, regionais que o atendem, entidades."""
    do_lugar = get_object_or_404(Municipio.objects.select_related("uf"), pk=codigo)
    servicos = por_servico.no_municipio(codigo, hoje=request.hoje)
    if exportar.pedido(request):
        valores = [celulas for servico in servicos for celulas in _quem_oferta(servico)]
        return _baixar(request, f"servicos-{codigo}", COLUNAS_DE_QUEM_OFERTA, valores)
    contexto = {"municipio": do_lugar, "servicos": servicos, "aviso": AVISO}
    return render(request, "cobertura/servicos_do_municipio.jinja", contexto)


def _quem_oferta(do_lugar: por_servico.ServicoNoMunicipio) -> list[tuple[object, ...]]:
    """Uma linha por quem oferta o serviço; o serviço sem oferta registrada tem a sua, que diz isso."""
    qual = (do_lugar.servico.codigo, do_lugar.servico.nome, do_lugar.servico.protecao.nome)
    linhas: list[tuple[object, ...]] = [
        *((*qual, "unidade do município", o.unidade.nome, o.capacidade) for o in do_lugar.ofertas),
        *((*qual, f"regional, em {a.unidade.municipio}", a.unidade.nome, a.vagas) for a in do_lugar.regionais),
        *((*qual, "entidade", e.entidade.nome, e.capacidade) for e in do_lugar.entidades),
    ]
    return linhas or [(*qual, "sem oferta registrada", "", None)]


def _servico(codigo: str, request: HttpRequest) -> Servico:
    achado = por_servico.do_codigo(codigo, hoje=request.hoje)
    if achado is None:
        raise Http404
    return achado


@login_not_required
@require_safe
def pais(request: HttpRequest, servico: str) -> HttpResponse:
    """Um serviço em cada UF, no mapa e na tabela."""
    da_norma = _servico(servico, request)
    ordem = request.GET.get("ordem", "")
    linhas = por_servico.em_ordem(por_servico.por_uf(da_norma, hoje=request.hoje), ordem)
    if exportar.pedido(request):
        valores = [(linha.sigla, linha.nome, *_contas(linha.do_servico)) for linha in linhas]
        return _baixar(request, f"servico-{servico}", COLUNAS_DAS_UFS, valores)
    contexto = {
        "servico": da_norma,
        "linhas": linhas,
        "ordem": ordem or "nome",
        "mapa": _mapa_das_ufs(linhas),
        "enderecos": {sigla: reverse("cobertura-servico-uf", args=[servico, sigla]) for sigla in UF_POR_SIGLA},
        "rotulos": {sigla: uf.nome for sigla, uf in UF_POR_SIGLA.items()}
        | {u.sigla: f"{u.nome}: {u.do_servico.com_oferta} de {u.do_servico.municipios}" for u in linhas},
        "aviso": AVISO,
    }
    return render(request, "cobertura/servico.jinja", contexto)


def _mapa_das_ufs(linhas: Sequence[por_servico.NaUF]) -> mapa.MapaDeUFs:
    com_oferta = {u.sigla: u.do_servico for u in linhas if u.do_servico.com_oferta}
    return mapa.MapaDeUFs(
        titulo="Municípios com oferta registrada, por estado",
        classes=mapa.graduadas(_FAIXAS),
        # da menor faixa que contém a parte: até 25% é a 0, até 50% a 1...
        classe_de={sigla: -(-4 * u.com_oferta // u.municipios) - 1 for sigla, u in com_oferta.items()},
        sem_dado="Nenhuma oferta registrada",
    )


@login_not_required
@require_safe
def uf(request: HttpRequest, servico: str, sigla: str) -> HttpResponse:
    """Um serviço em cada município de uma UF, com filtro e planilha."""
    da_norma = _servico(servico, request)
    estado = UF_POR_SIGLA.get(sigla)
    if estado is None:
        raise Http404
    todas = por_servico.por_municipio(da_norma, estado.codigo, hoje=request.hoje)
    filtros = {chave: request.GET.get(chave, "").strip()[:60] for chave in ("situacao", "termo", "ordem")}
    linhas = por_servico.escolher(todas, **filtros)
    if exportar.pedido(request):
        return _baixar(request, f"servico-{servico}-{sigla}", COLUNAS_DOS_MUNICIPIOS, [_celulas(u) for u in linhas])
    base = reverse("cobertura-servicos-municipio", args=["0000000"])
    contexto = {
        "servico": da_norma,
        "uf": estado,
        "filtros": filtros,
        "unidades": sum(linha.ha.unidades for linha in linhas),
        "capacidade": sum(linha.ha.capacidade for linha in linhas),
        "entidades": sum(linha.ha.entidades for linha in linhas),
        "das_entidades": sum(linha.ha.capacidade_das_entidades or 0 for linha in linhas),
        "pagina": Paginator(linhas, POR_PAGINA).get_page(request.GET.get("pagina")),
        "situacoes": [("com", "Com oferta registrada"), *por_servico.SITUACOES.items()],
        "nomes": por_servico.SITUACOES,
        "mapa": _mapa_dos_municipios(todas, estado.nome),
        "enderecos": {linha.codigo: base.replace("0000000", linha.codigo) for linha in todas},
        "rotulos": {linha.codigo: f"{linha.nome}: {por_servico.SITUACOES[linha.ha.situacao]}" for linha in todas},
        "das_classes": {i: f"?situacao={chave}#t-municípios" for i, chave in enumerate(por_servico.COM_OFERTA)},
        "aviso": AVISO,
    }
    return render(request, "cobertura/servico_na_uf.jinja", contexto)


def _mapa_dos_municipios(linhas: Sequence[por_servico.Linha], nome: str) -> mapa.Mapa:
    posicao = {chave: i for i, chave in enumerate(por_servico.COM_OFERTA)}
    cores = tuple(reversed(mapa.graduadas(tuple(por_servico.SITUACOES[c] for c in reversed(por_servico.COM_OFERTA)))))
    situacao_de = {linha.codigo: linha.ha.situacao for linha in linhas}
    return mapa.Mapa(
        titulo=f"Quem oferta em {nome}",
        classes=cores,
        classe_de={codigo: posicao[chave] for codigo, chave in situacao_de.items() if chave in posicao},
        so_estes=frozenset(situacao_de),
        sem_dado=por_servico.SITUACOES["sem_oferta"],
    )


def _celulas(linha: por_servico.Linha) -> tuple[object, ...]:
    ha = linha.ha
    return (
        linha.codigo,
        linha.nome,
        por_servico.SITUACOES[ha.situacao],
        ha.unidades,
        ha.capacidade_sabida,
        ha.regionais,
        ha.vagas or None,
        ha.entidades,
        ha.capacidade_das_entidades,
    )
