"""Telas da rede que todos veem: a lista do país, de uma UF e de um município, e a ficha da unidade."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from normas.rede.tipificacao import nomes_dos_servicos
from normas.territorio.federacao import UF_POR_SIGLA
from suas.cadastros.rede import consultas, juncao, ligacoes, permissoes
from suas.cadastros.rede.models import Unidade
from suas.nucleo.planilhas.saida import Tipo
from suas.nucleo.tela import exportar

POR_PAGINA = 50
_COM_TIPO: dict[str, Tipo] = {
    **dict.fromkeys(("latitude", "longitude"), "decimal"),
    **dict.fromkeys(("aberta_em", "fechada_em"), "dia"),
    "conferida_em": "momento",
    "capacidade": "inteiro",
}
COLUNAS = tuple(
    exportar.coluna(codigo, nome, _COM_TIPO.get(codigo, "texto"))
    for codigo, nome in {
        "identificador": "Identificador",
        "tipo": "Tipo",
        "nome": "Nome",
        "codigo_ibge": "Código do IBGE",
        "municipio": "Município",
        "uf": "UF",
        "natureza": "Natureza",
        "capacidade": "Capacidade",
        "endereco": "Endereço",
        "cep": "CEP",
        "telefone": "Telefone",
        "email": "E-mail",
        "latitude": "Latitude",
        "longitude": "Longitude",
        "aberta_em": "Aberta em",
        "fechada_em": "Fechada em",
        "conferida_em": "Conferida em",
    }.items()
)


@login_not_required
@require_safe
def lista(request: HttpRequest, onde: str = "") -> HttpResponse:
    """As unidades de um território, com busca, filtros e ordem no endereço."""
    if troca := _outro_lugar(request, onde):
        return troca
    lugar = consultas.lugar(onde)
    if lugar is None:
        raise Http404
    filtro = consultas.Filtro(
        onde=lugar.codigo,
        **{
            nome: request.GET.get(nome, "").strip()[:60]
            for nome in ("termo", "tipo", "natureza", "situacao", "frescor", "servico", "ano", "no_ano", "ordem")
        },
    )
    unidades = consultas.lista(filtro, hoje=request.hoje)
    if exportar.pedido(request):
        linhas = consultas.linhas_da_lista(unidades, ator=request.ator)
        vistas = exportar.Lista(nome=f"rede-{lugar.codigo}", titulo="Unidades", colunas=COLUNAS, linhas=linhas)
        return exportar.baixar(request, vistas)
    pagina = Paginator(unidades.values_list("pk", flat=True), POR_PAGINA).get_page(request.GET.get("pagina"))
    return render(
        request,
        "rede/lista.jinja",
        {
            "lugar": lugar,
            "filtro": filtro,
            "pagina": pagina,
            "unidades": consultas.por_extenso(pagina),
            "por_tipo": consultas.por_tipo(lugar.codigo, hoje=request.hoje),
            "tipos": Unidade.Tipo.choices,
            "naturezas": Unidade.Natureza.choices,
            "situacoes": consultas.SITUACOES[1:],
            "frescores": consultas.FRESCOR,
            "no_ano": consultas.NO_ANO[1:],
            "todos_os_servicos": list(nomes_dos_servicos().items()),
            "ufs": [(uf.sigla, uf.nome) for uf in sorted(UF_POR_SIGLA.values(), key=lambda uf: uf.nome)],
            "municipios": consultas.municipios_com_unidade(lugar.codigo[:2]) if lugar.codigo != "BR" else [],
            "ve_endereco": lambda unidade: permissoes.ve_endereco(request.ator, unidade),
            "pede_aqui": permissoes.pode_pedir_no_municipio(request.ator, lugar.codigo),
            "velho": lambda unidade: consultas.esta_velho(unidade, hoje=request.hoje),
        },
    )


def _outro_lugar(request: HttpRequest, onde: str) -> HttpResponse | None:
    """Escolher outro lugar no filtro leva ao endereço dele, com os outros filtros."""
    pedido = request.GET.get("lugar")
    certo = onde.upper() if pedido is None else pedido.strip().upper()
    if certo == onde:
        return None
    consulta = request.GET.copy()
    for nome in ("lugar", "pagina"):
        consulta.pop(nome, None)
    if certo and consultas.lugar(certo) is None:
        raise Http404
    resposta = redirect("rede-lugar", certo) if certo else redirect("rede-lista")
    if consulta:
        resposta["Location"] += f"?{consulta.urlencode()}"
    return resposta


@login_not_required
@require_safe
def unidade(request: HttpRequest, unidade_id: UUID) -> HttpResponse:
    """A ficha: o que é, onde fica, como se fala com ela, o que oferta e desde quando alguém confere.

    O endereço de um cadastro juntado a outro leva ao que vale; o antigo se lê com `?cadastro=antigo`.
    """
    achada = permissoes.obter_unidade_para_ver(request.ator, unidade_id=unidade_id)
    if achada.fundida_em_id is not None and request.GET.get("cadastro") != "antigo":
        resposta = redirect("rede-unidade", juncao.destino_de(achada).pk)
        resposta["Location"] += f"?de={achada.pk}"
        return resposta
    servicos = consultas.servicos_da_unidade(achada, hoje=request.hoje)
    atendidos = consultas.atendidos_pela(achada, hoje=request.hoje)
    parentes = juncao.parentes(achada)
    pode_juntar = permissoes.pode_pedir_no_municipio(request.ator, achada.municipio_id)
    return render(
        request,
        "rede/unidade.jinja",
        {
            "unidade": achada,
            "servicos": servicos,
            "avisos_da_oferta": consultas.avisos_das_ofertas(achada, servicos, hoje=request.hoje),
            "atendidos": atendidos,
            "avisos_das_cotas": consultas.avisos_das_cotas(achada, atendidos),
            "mostra_atendidos": achada.tipo not in consultas.SO_DA_SEDE,
            "ve_endereco": permissoes.ve_endereco(request.ator, achada),
            "funciona": achada.funciona_em(request.hoje),
            "frescor": consultas.frescor_em_palavras(achada, hoje=request.hoje),
            "velho": consultas.esta_velho(achada, hoje=request.hoje),
            "alcanca": request.ator.alcanca(achada.municipio_id),
            "quem_cuida": consultas.quem_cuida(achada),
            "pode_atualizar": not achada.fundida_em_id and permissoes.pode_atualizar(request.ator, achada),
            "ligacoes": [] if achada.fundida_em_id else ligacoes.da_unidade(achada, ator=request.ator),
            "parentes": parentes,
            "ligaram": juncao.que_a_ligaram(achada, parentes) if pode_juntar else {},
            "veio_de": juncao.veio_de(request.GET.get("de", ""), para=achada),
            "passos": consultas.historia_da(achada, ator=request.ator),
            "pode_pedir": permissoes.pode_pedir(request.ator, achada),
            "pode_juntar": pode_juntar,
            "pedido": permissoes.pedido_a_espera(request.ator, achada),
            "aviso_do_ponto": consultas.aviso_do_ponto_da(achada, hoje=request.hoje),
        },
    )
