"""O painel do monitoramento: as contas de um prazo no país, na UF ou no município, as linhas, o mapa e a tendência."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from normas.prazos.calendario import calendario as federal
from normas.territorio.federacao import SIGLAS, UF_POR_SIGLA
from suas.cadastros.territorio import mapa
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.identidade import lugares
from suas.nucleo.obrigacoes.consultas import Conta, Linha
from suas.nucleo.obrigacoes.prazos import Calendario
from suas.nucleo.permissoes.abrangencia import BRASIL
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.tela import exportar
from suas.vigilancia.monitoramento import areas, consultas, permissoes
from suas.vigilancia.monitoramento.consultas import Opcao

POR_PAGINA = 50
CLASSES = (
    "Todos entregaram",
    "Três quartos ou mais",
    "Da metade a três quartos",
    "Menos da metade",
    "Ninguém entregou",
)
COLUNAS_DOS_LUGARES = (
    exportar.coluna("codigo", "Código do IBGE"),
    exportar.coluna("lugar", "Lugar"),
    exportar.coluna("devem", "Devem", "inteiro"),
    exportar.coluna("entregaram", "Entregaram", "inteiro"),
    exportar.coluna("no_prazo", "No prazo", "inteiro"),
    exportar.coluna("em_atraso", "Em atraso", "inteiro"),
    exportar.coluna("taxa", "Entregue (%)", "decimal"),
    exportar.coluna("pontualidade", "Pontualidade (%)", "decimal"),
)
COLUNAS_DAS_LINHAS = (
    exportar.coluna("municipio", "Município ou UF"),
    exportar.coluna("quem", "Quem deve"),
    exportar.coluna("tipo", "Tipo"),
    exportar.coluna("situacao", "Situação"),
    exportar.coluna("entregue", "Entregue em", "dia"),
    exportar.coluna("prazo", "Prazo", "dia"),
    exportar.coluna("na_origem", "Prazo de origem", "dia"),
)


@dataclass(kw_only=True)
class Pedido:
    """O que se pediu ver: o lugar, o prazo, os tipos e, de quem só acompanha a própria, a unidade."""

    onde: str
    calendario: Calendario
    opcoes: list[Opcao]
    opcao: Opcao | None
    tipo: str
    area: str
    alvos: tuple[str, ...]
    so: UUID | None
    alcanca: Callable[[str], bool]

    @cached_property
    def consulta(self) -> str:
        """O que vai no endereço para a página seguinte ver o mesmo prazo."""
        partes = {
            "prazo": self.opcao.chave if self.opcao else "",
            "tipo": self.tipo,
            "rede": "" if self.area else "toda",
        }
        return urlencode({chave: valor for chave, valor in partes.items() if valor})


def _pedido(request: HttpRequest, onde: str) -> Pedido:
    permissoes.exigir_painel(request.ator, onde=onde)
    calendario = Calendario()
    opcoes = consultas.opcoes(calendario, hoje=request.hoje, onde=onde)
    opcao = consultas.escolhida(request.GET.get("prazo", ""), opcoes, hoje=request.hoje)
    tipos = consultas.tipos(opcao) if opcao else []
    tipo = request.GET.get("tipo", "")
    tipo = tipo if tipo in tipos else ""
    area = "" if request.GET.get("rede") == "toda" else areas.da_area(request.ator)
    da_area = tuple(t for t in areas.PARTE_DA_REDE.get(area, ()) if t in tipos)
    return Pedido(
        onde=onde,
        calendario=calendario,
        opcoes=opcoes,
        opcao=opcao,
        tipo=tipo,
        area=area if da_area else "",
        alvos=(tipo,) if tipo else da_area,
        so=request.ator.unidade if request.ator.papel.da_unidade else None,
        alcanca=request.ator.alcanca,
    )


@never_cache
@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """O painel do território do vínculo em uso."""
    return lugar(request, request.ator.abrangencia)


@never_cache
@require_safe
def lugar(request: HttpRequest, onde: str) -> HttpResponse:
    """As contas de um prazo: por UF no país, por município na UF, e quem deve no município."""
    pedido = _pedido(request, onde)
    if pedido.opcao is None:
        return render(request, "monitoramento/painel.jinja", _comum(pedido) | {"painel": None})
    if len(onde) == 7:
        return linhas(request, onde)
    contas = consultas.painel(
        pedido.opcao, hoje=request.hoje, onde=onde, calendario=pedido.calendario, alvos=pedido.alvos
    )
    desenhados = [] if onde == BRASIL else _mapa(pedido.opcao, {}).codigos(consultas.sigla(onde))
    nomes = lugares.nomes([*(conta.codigo for conta in contas.por_lugar), *desenhados])
    nomes |= {codigo: f"{nome} (estado)" for codigo, nome in nomes.items() if onde != BRASIL and len(codigo) == 2}
    ordem = request.GET.get("ordem", "")
    em_ordem = _ordenar(list(contas.por_lugar), nomes, ordem)
    if exportar.pedido(request):
        valores = [_celulas(conta, nomes[conta.codigo]) for conta in em_ordem]
        titulo = f"{pedido.opcao.rotulo}: {lugares.nome(onde)}"
        lista = exportar.Lista(nome="entregas", titulo=titulo, colunas=COLUNAS_DOS_LUGARES, linhas=valores)
        return exportar.baixar(request, lista)
    contexto = {
        "painel": contas,
        "linhas": em_ordem,
        "nomes": nomes,
        "ordem": ordem or "nome",
        "mapa": _mapa(pedido.opcao, contas.por_municipio),
        "das_ufs": {s: _endereco(pedido, UF_POR_SIGLA[s].codigo) for s in SIGLAS} if onde == BRASIL else {},
        "dos_municipios": {codigo: _endereco(pedido, codigo) for codigo in desenhados},
    }
    return render(request, "monitoramento/painel.jinja", _comum(pedido) | contexto)


@never_cache
@require_safe
def linhas(request: HttpRequest, onde: str) -> HttpResponse:
    """Quem deve o prazo, um por linha: é o que está atrás de cada número."""
    pedido = _pedido(request, onde)
    if pedido.opcao is None:
        return render(request, "monitoramento/painel.jinja", _comum(pedido) | {"painel": None})
    filtro = request.GET.get("situacao", "")
    filtro = filtro if filtro in consultas.FILTROS else "devem"
    todas = consultas.linhas(
        pedido.opcao, hoje=request.hoje, onde=onde, calendario=pedido.calendario, alvos=pedido.alvos, so=pedido.so
    )
    _, situacoes = consultas.FILTROS[filtro]
    achadas = [linha for linha in todas if linha.situacao in situacoes]
    if exportar.pedido(request):
        nomes = lugares.nomes({linha.devedor.abrangencia for linha in achadas})
        valores = [_celulas_da_linha(linha, nomes) for linha in achadas]
        titulo = f"{pedido.opcao.rotulo}: {lugares.nome(onde)}"
        lista = exportar.Lista(nome="quem-deve", titulo=titulo, colunas=COLUNAS_DAS_LINHAS, linhas=valores)
        return exportar.baixar(request, lista)
    pagina = Paginator(achadas, POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto = {
        "pagina": pagina,
        "nomes": lugares.nomes({linha.devedor.abrangencia for linha in pagina}),
        "filtro": filtro,
        "filtros": [(chave, rotulo) for chave, (rotulo, _) in consultas.FILTROS.items() if chave != "devem"],
        "conta": _conta(onde, todas),
        "informar": partial(_informar, request.ator),
    }
    return render(request, "monitoramento/linhas.jinja", _comum(pedido) | contexto)


@never_cache
@require_safe
def tendencia(request: HttpRequest, onde: str) -> HttpResponse:
    """Os últimos períodos do mesmo sistema: quanto se entregou e quanto no prazo."""
    pedido = _pedido(request, onde)
    pontos = (
        consultas.tendencia(
            pedido.opcao, hoje=request.hoje, onde=onde, calendario=pedido.calendario, alvos=pedido.alvos
        )
        if pedido.opcao and pedido.so is None
        else []
    )
    return render(
        request,
        "monitoramento/tendencia.jinja",
        _comum(pedido) | {"pontos": pontos, "periodo_escrito": consultas.periodo_escrito},
    )


@require_safe
def imagem(request: HttpRequest) -> HttpResponseBase:
    """O mapa nacional em SVG; o navegador o guarda enquanto não muda."""
    pedido = _pedido(request, BRASIL)
    if pedido.opcao is None:
        return mapa.resposta_svg(request, _mapa(None, {}))
    contas = consultas.painel(
        pedido.opcao, hoje=request.hoje, onde=BRASIL, calendario=pedido.calendario, alvos=pedido.alvos
    )
    return mapa.resposta_svg(request, _mapa(pedido.opcao, contas.por_municipio))


def _comum(pedido: Pedido) -> dict[str, object]:
    opcao = pedido.opcao
    sistema = federal(opcao.achada.janela.sistema) if opcao else None
    return {
        "pedido": pedido,
        "onde": pedido.onde,
        "lugar": lugares.nome(pedido.onde),
        "acima": _acima(pedido),
        "opcao": opcao,
        "prazos": [(o.chave, o.rotulo) for o in pedido.opcoes],
        "tipos": [(t, t) for t in consultas.tipos(opcao)] if opcao else [],
        "sistema": sistema,
        "consequencia": " ".join(sistema.consequencia.split()) if sistema else "",
        "periodo": consultas.periodo_escrito(opcao.achada.janela.periodo) if opcao else "",
        "ressalvas": consultas.ressalvas(opcao) if opcao else [],
        "sigla": consultas.sigla(pedido.onde),
    }


def _acima(pedido: Pedido) -> list[tuple[str, str]]:
    """Os lugares que contêm este, do país para baixo, para as migalhas."""
    if pedido.so is not None or pedido.onde == BRASIL:
        return []
    codigos = [BRASIL, pedido.onde[:2]] if len(pedido.onde) == 7 else [BRASIL]
    return [(lugares.nome(codigo), _endereco(pedido, codigo)) for codigo in codigos if pedido.alcanca(codigo)]


def _endereco(pedido: Pedido, onde: str) -> str:
    return f"{reverse('monitoramento-lugar', args=(onde,))}?{pedido.consulta}"


def _mapa(opcao: Opcao | None, contas: Mapping[str, Conta]) -> mapa.Mapa:
    cores = tuple(reversed(mapa.graduadas(tuple(reversed(CLASSES)))))
    titulo = f"Entrega por município: {opcao.rotulo}" if opcao else "Entrega por município"
    return mapa.Mapa(
        titulo=titulo,
        classes=tuple(reversed(cores)),
        classe_de={c: len(CLASSES) - 1 - _classe(conta) for c, conta in contas.items() if conta.devem},
        sem_dado="Ninguém deve, ou nada no cadastro",
    )


def _classe(conta: Conta) -> int:
    taxa = conta.taxa or 0
    if not conta.entregaram:
        return 4
    return 0 if taxa >= 100 else 1 if taxa >= 75 else 2 if taxa >= 50 else 3


def _ordenar(contas: list[Conta], nomes: dict[str, str], ordem: str) -> list[Conta]:
    chaves = {
        "nome": lambda c: nome_de_busca(nomes[c.codigo]),
        "devem": lambda c: c.devem,
        "faltam": lambda c: c.faltam,
        "taxa": lambda c: -1 if c.taxa is None else c.taxa,
        "pontualidade": lambda c: -1 if c.pontualidade is None else c.pontualidade,
    }
    return sorted(contas, key=chaves.get(ordem.removeprefix("-"), chaves["nome"]), reverse=ordem.startswith("-"))


def _celulas(conta: Conta, nome: str) -> tuple[object, ...]:
    taxa, pontualidade = (None if v is None else round(v, 1) for v in (conta.taxa, conta.pontualidade))
    return (conta.codigo, nome, conta.devem, conta.entregaram, conta.no_prazo, conta.em_atraso, taxa, pontualidade)


def _informar(ator: Ator, linha: Linha) -> str:
    """Onde se informa a entrega da linha; vazio, ela se faz aqui ou não é de quem olha."""
    if linha.declaracao.endereco is not None or not permissoes.informa(ator, linha.devedor):
        return ""
    return consultas.endereco_da_entrega(linha)


def _celulas_da_linha(linha: Linha, nomes: dict[str, str]) -> tuple[object, ...]:
    quem, prazo = linha.devedor, linha.prazo
    return (
        nomes[quem.abrangencia],
        quem.nome,
        quem.alvo,
        str(linha.situacao),
        linha.entrega.primeira if linha.entrega else None,
        prazo.ultimo,
        prazo.janela.fecha_na_origem,
    )


def _conta(onde: str, todas: list[Linha]) -> Conta:
    """As mesmas contas do painel, das linhas que se veem."""
    situacoes = [str(linha.situacao) for linha in todas]
    no_prazo, fora = situacoes.count("entregue no prazo"), situacoes.count("entregue fora do prazo")
    return Conta(
        codigo=onde,
        devem=len(todas),
        entregaram=no_prazo + fora,
        no_prazo=no_prazo,
        em_atraso=situacoes.count("em atraso"),
    )
