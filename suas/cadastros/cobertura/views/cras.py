"""Telas da cobertura: o país, uma UF, um município e o território de um CRAS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from normas.rede.cobertura_municipal import RegraDeCras
from normas.territorio.federacao import SIGLAS
from normas.territorio.porte import Porte
from suas.cadastros.cobertura import acoes, consultas, desenho, forms, permissoes
from suas.cadastros.cobertura.models import TerritorioDoCras
from suas.cadastros.rede.models import Unidade
from suas.cadastros.rede.permissoes import obter_unidade_para_ver, pode_atualizar, ve_endereco
from suas.cadastros.territorio import mapa
from suas.cadastros.territorio.models import UF, Municipio
from suas.cadastros.territorio.ponto import aviso_do_ponto
from suas.nucleo.permissoes.abrangencia import BRASIL
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.tela import exportar
from suas.nucleo.trilha import historia

POR_PAGINA = 50
TAMANHO_DO_CODIGO = 7
SIMULACAO = "simulação: norma não vigente"
#: As classes do mapa dos CREAS, da mais clara à mais escura; quem não tem nenhum fica sem cor.
_CREAS_NO_MAPA = tuple(chave for chave in consultas.CREAS if chave != "nenhum")
COLUNAS_DAS_UFS = (
    exportar.coluna("uf", "UF"),
    exportar.coluna("nome", "Estado"),
    exportar.coluna("existentes", "CRAS", "inteiro"),
    exportar.coluna("minimo", "Mínimo", "inteiro"),
    exportar.coluna("lacuna", "Faltam", "inteiro"),
    exportar.coluna("municipios_com_falta", "Municípios com falta", "inteiro"),
    exportar.coluna("municipios_sem_registro", "Municípios sem registro", "inteiro"),
    exportar.coluna("creas", "CREAS", "inteiro"),
)
COLUNAS_DOS_MUNICIPIOS = (
    exportar.coluna("codigo_ibge", "Código do IBGE"),
    exportar.coluna("municipio", "Município"),
    exportar.coluna("uf", "UF"),
    exportar.coluna("habitantes", "Habitantes", "inteiro"),
    exportar.coluna("ano_da_populacao", "Ano da população", "inteiro"),
    exportar.coluna("porte", "Porte"),
    exportar.coluna("situacao", "Situação"),
    exportar.coluna("existentes", "CRAS", "inteiro"),
    exportar.coluna("minimo", "Mínimo", "inteiro"),
    exportar.coluna("lacuna", "Faltam", "inteiro"),
    exportar.coluna("capacidade", "Capacidade (famílias)", "inteiro"),
    exportar.coluna("familias_referenciadas", "Famílias referenciadas", "inteiro"),
    exportar.coluna("creas", "CREAS", "inteiro"),
    exportar.coluna("creas_de_outro_municipio", "CREAS de outro município", "inteiro"),
)
COLUNAS_DOS_CRAS = (
    exportar.coluna("unidade", "Unidade"),
    exportar.coluna("territorio", "Território"),
    exportar.coluna("familias_referenciadas", "Famílias referenciadas", "inteiro"),
    exportar.coluna("familias_dia", "Contadas em", "dia"),
    exportar.coluna("capacidade", "Capacidade (famílias)", "inteiro"),
    exportar.coluna("avisos", "O que pede atenção"),
)


@login_not_required
@require_safe
def brasil(request: HttpRequest) -> HttpResponse:
    """O país: os totais, o mapa e uma linha por UF."""
    calculada = consultas.do_pais(hoje=request.hoje)
    linhas = list(calculada.ufs)
    ordem = request.GET.get("ordem", "")
    if ordem.removeprefix("-") in {"falta", "cras"}:
        linhas.sort(key=lambda linha: _valor_da_uf(linha, ordem), reverse=ordem.startswith("-"))
    elif ordem == "-nome":
        linhas.reverse()
    filtros = _filtros(request)
    if any(valor for chave, valor in filtros.items() if chave != "ordem"):
        municipios = consultas.cobertura(BRASIL, hoje=request.hoje)
        escolhidos = consultas.escolher(municipios.linhas, **filtros)
        if exportar.pedido(request):
            valores = [_celulas(municipios, linha) for linha in escolhidos]
            nome, titulo = "cobertura-municipios", "Cobertura de CRAS por município"
            return _baixar(request, nome, titulo, COLUNAS_DOS_MUNICIPIOS, valores, regra=municipios.regra)
        dos_municipios = _lista(request, escolhidos, filtros)
    else:
        dos_municipios = None
    if exportar.pedido(request):
        valores = [_celulas_da_uf(linha) for linha in linhas]
        return _baixar(request, "cobertura", "Cobertura de CRAS", COLUNAS_DAS_UFS, valores, regra=calculada.regra)
    dos_creas = _pede_os_creas(request)
    contexto = {
        "calculada": calculada,
        "totais": consultas.juntar(linha.totais for linha in linhas),
        "linhas": linhas,
        "ordem": ordem or "nome",
        "dos_municipios": dos_municipios,
        "mapa": _mapa_do_pais(calculada, dos_creas=dos_creas),
        "imagem": reverse("cobertura-imagem") + ("?mapa=creas" if dos_creas else ""),
        "dos_creas": dos_creas,
        "das_classes": _das_classes(dos_creas=dos_creas),
        "das_ufs": {sigla: reverse("cobertura-uf", args=[sigla]) for sigla in SIGLAS},
    }
    return render(request, "cobertura/brasil.jinja", contexto)


def _celulas_da_uf(linha: consultas.LinhaDeUF) -> tuple[object, ...]:
    t = linha.totais
    sabidos = (None, t.minimo, None, None) if t.vazio else (t.existentes, t.minimo, t.falta, t.com_lacuna)
    return (linha.sigla, linha.nome, *sabidos, t.sem_registro, None if t.vazio else t.creas)


def _baixar(
    request: HttpRequest,
    nome: str,
    titulo: str,
    colunas: Sequence[exportar.Coluna],
    linhas: Sequence[Sequence[object]],
    *,
    regra: RegraDeCras,
) -> HttpResponse:
    """O que se vê, no formato pedido; fora da vigência da norma, cada linha diz que é simulação."""
    avisos = () if regra.vigente else (SIMULACAO.capitalize(),)
    return exportar.baixar(
        request, exportar.Lista(nome=nome, titulo=titulo, colunas=colunas, linhas=linhas, avisos=avisos)
    )


def _valor_da_uf(linha: consultas.LinhaDeUF, ordem: str) -> int:
    return linha.totais.falta if ordem.removeprefix("-") == "falta" else linha.totais.existentes


def _mapa(situacao_de: Mapping[str, str], *, titulo: str, regra: RegraDeCras) -> mapa.Mapa:
    situacoes = [chave for chave in consultas.SITUACOES if chave not in consultas.SEM_DADO]
    posicao = {chave: i for i, chave in enumerate(situacoes)}
    # do mais escuro, onde falta tudo, ao mais claro, onde sobra
    cores = tuple(reversed(mapa.graduadas(tuple(consultas.SITUACOES[c] for c in reversed(situacoes)))))
    return mapa.Mapa(
        titulo=titulo,
        classes=cores,
        classe_de={codigo: posicao[chave] for codigo, chave in situacao_de.items() if chave in posicao},
        so_estes=frozenset(situacao_de),
        avisos=() if regra.vigente else (SIMULACAO.capitalize(),),
        sem_dado="Nada registrado, ou sem população",
    )


def _mapa_dos_creas(creas_de: Mapping[str, str], *, titulo: str) -> mapa.Mapa:
    """Onde há CREAS e onde só atende o de outro município: sem mínimo por porte, só se diz o que há."""
    posicao = {chave: i for i, chave in enumerate(_CREAS_NO_MAPA)}
    return mapa.Mapa(
        titulo=titulo,
        classes=mapa.graduadas(tuple(consultas.CREAS[chave] for chave in _CREAS_NO_MAPA)),
        classe_de={codigo: posicao[chave] for codigo, chave in creas_de.items() if chave in posicao},
        so_estes=frozenset(creas_de),
        sem_dado=consultas.CREAS["nenhum"],
    )


def _mapa_do_pais(calculada: consultas.DoPais, *, dos_creas: bool) -> mapa.Mapa:
    if dos_creas:
        return _mapa_dos_creas(calculada.creas_de, titulo="CREAS por município")
    return _mapa(calculada.situacao_de, titulo="Cobertura de CRAS por município", regra=calculada.regra)


def _das_classes(*, dos_creas: bool) -> dict[int | None, str]:
    """Da posição na legenda ao endereço dos municípios que ela conta; a última linha dela é a de quem não tem dado."""
    if dos_creas:
        filtros = {i: f"mapa=creas&creas={chave}" for i, chave in enumerate(_CREAS_NO_MAPA)}
        return {i: f"?{filtro}#t-municípios" for i, filtro in [*filtros.items(), (None, "mapa=creas&creas=nenhum")]}
    situacoes = [chave for chave in consultas.SITUACOES if chave not in consultas.SEM_DADO]
    return {i: f"?situacao={chave}#t-municípios" for i, chave in [*enumerate(situacoes), (None, "sem_dado")]}


def _pede_os_creas(request: HttpRequest) -> bool:
    return request.GET.get("mapa") == "creas"


def _filtros(request: HttpRequest) -> dict[str, str]:
    """O que o endereço pede da lista de municípios."""
    chaves = ("situacao", "creas", "porte", "termo", "ordem")
    return {chave: request.GET.get(chave, "").strip()[:60] for chave in chaves}


def _lista(request: HttpRequest, linhas: Sequence[consultas.Linha], filtros: Mapping[str, str]) -> dict[str, object]:
    """A lista de municípios de `_municipios.jinja`, a mesma no país e numa UF."""
    return {
        "filtros": filtros,
        "pagina": Paginator(linhas, POR_PAGINA).get_page(request.GET.get("pagina")),
        "soma": consultas.somar(linhas),
        "filtrada": any(valor for chave, valor in filtros.items() if chave != "ordem"),
        "situacoes": [
            ("falta", "Com falta de CRAS"),
            *consultas.SITUACOES.items(),
            ("sem_dado", "Nada registrado, ou sem população"),
        ],
        "nomes_das_situacoes": consultas.SITUACOES,
        "creas": list(consultas.CREAS.items()),
        "portes": [(porte.value, porte.nome) for porte in Porte],
    }


@login_not_required
@require_safe
def imagem(request: HttpRequest) -> HttpResponseBase:
    """O mapa nacional em SVG; o navegador o guarda enquanto não muda."""
    calculada = consultas.do_pais(hoje=request.hoje)
    return mapa.resposta_svg(request, _mapa_do_pais(calculada, dos_creas=_pede_os_creas(request)))


@login_not_required
@require_safe
def uf(request: HttpRequest, sigla: str) -> HttpResponse:
    """Uma UF: os totais, o mapa e uma linha por município, com filtro e planilha."""
    estado = get_object_or_404(UF, sigla=sigla)
    calculada = consultas.cobertura(estado.codigo, hoje=request.hoje)
    filtros = _filtros(request)
    linhas = consultas.escolher(calculada.linhas, **filtros)
    if exportar.pedido(request):
        valores = [_celulas(calculada, linha) for linha in linhas]
        nome, titulo = f"cobertura-{sigla}", f"Cobertura de CRAS {sigla}"
        return _baixar(request, nome, titulo, COLUNAS_DOS_MUNICIPIOS, valores, regra=calculada.regra)
    situacao_de = {linha.codigo: linha.situacao for linha in calculada.linhas}
    desenhado = _mapa(situacao_de, titulo=f"Cobertura de CRAS: {estado.nome}", regra=calculada.regra)
    dos_creas = _pede_os_creas(request)
    if dos_creas:
        creas_de = {linha.codigo: linha.dos_creas for linha in calculada.linhas}
        desenhado = _mapa_dos_creas(creas_de, titulo=f"CREAS: {estado.nome}")
    base = reverse("cobertura-municipio", args=["0000000"])
    contexto = {
        "uf": estado,
        "calculada": calculada,
        "totais": calculada.totais,
        "dos_municipios": _lista(request, linhas, filtros),
        "mapa": desenhado,
        "dos_creas": dos_creas,
        "enderecos": {linha.codigo: base.replace("0000000", linha.codigo) for linha in calculada.linhas},
        "rotulos": {linha.codigo: linha.nome for linha in calculada.linhas},
        "das_classes": _das_classes(dos_creas=dos_creas),
    }
    return render(request, "cobertura/uf.jinja", contexto)


def _celulas(calculada: consultas.Cobertura, linha: consultas.Linha) -> tuple[object, ...]:
    da_norma = linha.cobertura
    return (
        linha.codigo,
        linha.nome,
        linha.sigla,
        linha.habitantes,
        calculada.ano,
        linha.porte.nome if linha.porte else "",
        consultas.SITUACOES[linha.situacao],
        linha.cras if linha.registrado else None,
        da_norma.minimo if da_norma else None,
        linha.falta,
        linha.capacidade,
        da_norma.referenciadas if da_norma else None,
        linha.creas if linha.registrado else None,
        linha.creas_de_fora,
    )


@login_not_required
@require_safe
def municipio(request: HttpRequest, codigo: str) -> HttpResponse:
    """Um município: o mínimo e o que há, CRAS a CRAS com o território, e os serviços partilhados com outros."""
    lugar = get_object_or_404(Municipio.objects.select_related("uf"), pk=codigo)
    calculada = consultas.cobertura(codigo, hoje=request.hoje)
    linha = calculada.linhas[0] if calculada.linhas else None
    if linha is None:
        raise Http404
    por_porte = calculada.regra.familias_por_cras(linha.porte) if linha.porte else None
    cras = consultas.cras_do_municipio(codigo, por_porte=por_porte, hoje=request.hoje)
    if exportar.pedido(request):
        valores = [_celulas_do_cras(item) for item in cras]
        return _baixar(request, f"cras-{codigo}", "CRAS", COLUNAS_DOS_CRAS, valores, regra=calculada.regra)
    de_fora, daqui = consultas.regionais(codigo, hoje=request.hoje)
    contexto = {
        "municipio": lugar,
        "linha": linha,
        "calculada": calculada,
        "situacao": consultas.SITUACOES[linha.situacao],
        "por_porte": por_porte,
        "cras": cras,
        "estimadas": consultas.estimadas(linha, hoje=request.hoje),
        "de_fora": de_fora,
        "daqui": daqui,
        "desenho": desenho.do_municipio(
            codigo, titulo=f"CRAS de {lugar.nome}", itens=_no_mapa(cras, ator=request.ator)
        ),
        "cuida": _cuida_de(request.ator, cras),
    }
    return render(request, "cobertura/municipio.jinja", contexto)


def _celulas_do_cras(item: consultas.CrasDoMunicipio) -> tuple[object, ...]:
    proprio = item.territorio
    return (
        item.unidade.nome,
        proprio.em_palavras if proprio else "não informado",
        proprio.familias if proprio else None,
        proprio.familias_dia if proprio else None,
        item.capacidade,
        " ".join(item.avisos),
    )


def _cuida_de(ator: Ator, cras: Sequence[consultas.CrasDoMunicipio]) -> set[UUID]:
    """Os CRAS cujo território o ator define; de um estado, pergunta-se na página de cada um."""
    if len(ator.abrangencia) != TAMANHO_DO_CODIGO:
        return set()
    return {item.unidade.pk for item in cras if pode_atualizar(ator, item.unidade)}


def _no_mapa(
    cras: Sequence[consultas.CrasDoMunicipio], *, ator: Ator, atual: UUID | None = None
) -> list[desenho.NoMapa]:
    return [
        desenho.NoMapa(
            nome=item.unidade.nome,
            contorno=item.territorio.contorno if item.territorio else (),
            ponto=_ponto(item.unidade) if ve_endereco(ator, item.unidade) else None,
            atual=item.unidade.pk == atual,
        )
        for item in cras
    ]


def _ponto(unidade: Unidade) -> tuple[float, float] | None:
    if unidade.latitude is None or unidade.longitude is None:
        return None
    return float(unidade.latitude), float(unidade.longitude)


@login_not_required
@require_safe
def territorio(request: HttpRequest, unidade_id: UUID) -> HttpResponse:
    """O território de um CRAS, com os avisos e a história."""
    unidade = obter_unidade_para_ver(request.ator, unidade_id=unidade_id)
    if unidade.tipo != Unidade.Tipo.CRAS:
        raise Http404
    proprio = consultas.territorio_de(unidade)
    cras = _cras_da_unidade(request, unidade)
    este = next((item for item in cras if item.unidade.pk == unidade.pk), None)
    contexto = {
        "unidade": unidade,
        "territorio": proprio,
        "capacidade": este.capacidade if este else unidade.capacidade,
        "avisos": [*(este.avisos if este else ()), *_fora_do_municipio(request, unidade, proprio)],
        "desenho": desenho.do_municipio(
            unidade.municipio_id,
            titulo=f"Território de {unidade.nome}",
            itens=_no_mapa(cras, ator=request.ator, atual=unidade.pk),
        ),
        "passos": historia.de([proprio], com_nomes=not request.ator.e_publico) if proprio else [],
        "pode_atualizar": pode_atualizar(request.ator, unidade),
    }
    return render(request, "cobertura/territorio.jinja", contexto)


def _cras_da_unidade(request: HttpRequest, unidade: Unidade) -> list[consultas.CrasDoMunicipio]:
    calculada = consultas.cobertura(unidade.municipio_id, hoje=request.hoje)
    porte = calculada.linhas[0].porte if calculada.linhas else None
    por_porte = calculada.regra.familias_por_cras(porte) if porte else None
    return consultas.cras_do_municipio(unidade.municipio_id, por_porte=por_porte, hoje=request.hoje)


def _fora_do_municipio(request: HttpRequest, unidade: Unidade, proprio: TerritorioDoCras | None) -> list[str]:
    """O primeiro ponto da área que cai longe do município, em palavras."""
    for latitude, longitude in proprio.contorno if proprio else ():
        aviso = aviso_do_ponto(
            codigo=unidade.municipio_id,
            lugar=str(unidade.municipio),
            latitude=latitude,
            longitude=longitude,
            em=request.hoje,
        )
        if aviso:
            return [aviso]
    return []


@require_http_methods(["GET", "POST"])
def definir(request: HttpRequest, unidade_id: UUID) -> HttpResponse:
    """Bairros, área e famílias do CRAS. O que não fecha avisa na página do território, e não impede."""
    unidade = permissoes.obter_cras_para_definir(request.ator, unidade_id=unidade_id)
    atual = consultas.territorio_de(unidade)
    form = forms.DefinirTerritorio(request.POST or None, territorio=atual)
    if request.method == "POST" and form.is_valid():
        try:
            acoes.definir_territorio(
                unidade=unidade,
                abrange=form.abrange(),
                versao=form.cleaned_data["versao"],
                por=request.ator,
                em=request.agora,
            )
        except MudouNoMeioTempo as outra:
            form = _sobre_a_versao_de_agora(form, consultas.territorio_de(unidade))
            form.add_error(None, str(outra))
        except AtoRecusado as recusa:
            form.add_error(recusa.campo, str(recusa))
        else:
            messages.success(request, f"Território de {unidade.nome} gravado.")
            return redirect("cobertura-territorio", unidade.pk)
    cras = _cras_da_unidade(request, unidade)
    titulo = f"Mapa de {unidade.municipio}: toque para pôr os pontos da área"
    itens = _no_mapa(cras, ator=request.ator, atual=unidade.pk)
    svg = desenho.do_municipio(unidade.municipio_id, titulo=titulo, itens=itens, para_desenhar=True)
    return render(
        request, "cobertura/definir.jinja", {"unidade": unidade, "form": form, "atual": atual, "desenho": svg}
    )


def _sobre_a_versao_de_agora(form: forms.DefinirTerritorio, atual: TerritorioDoCras | None) -> forms.DefinirTerritorio:
    """O que se digitou, já sobre a versão que está no cadastro: enviado de novo, passa a valer."""
    dados = form.data.copy()
    dados["versao"] = str(atual.versao if atual else 0)
    return forms.DefinirTerritorio(dados)
