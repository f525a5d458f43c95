"""O quadro: as pessoas de um município, de um estado ou da União, com busca, filtros e ordem no endereço."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from suas.cadastros.trabalhadores import listas, permissoes
from suas.cadastros.trabalhadores.consultas import quadro
from suas.cadastros.trabalhadores.models import Lotacao
from suas.nucleo.identidade import lugares
from suas.nucleo.tela import exportar
from suas.nucleo.trilha.acoes import registrar_leitura

POR_PAGINA = 50
CAMPOS_DA_LISTA = ("nome", "profissao", "registro_numero")
COLUNAS = (
    exportar.coluna("nome", "Pessoa"),
    exportar.coluna("profissao", "Profissão"),
    exportar.coluna("registro", "Registro profissional"),
    exportar.coluna("onde", "Onde"),
    exportar.coluna("funcao", "Função"),
    exportar.coluna("vinculo_de_trabalho", "Vínculo"),
    exportar.coluna("horas_por_semana", "Horas por semana", "inteiro"),
    exportar.coluna("servico", "Serviço"),
    exportar.coluna("segundo_servico", "Segundo serviço"),
    exportar.coluna("desde", "Desde", "dia"),
    exportar.coluna("ultimo_dia", "Último dia", "dia"),
    exportar.coluna("motivo_da_saida", "Motivo da saída"),
)


@never_cache
@require_safe
def lista(request: HttpRequest, onde: str) -> HttpResponse:
    """Quem trabalha no território exato: nas unidades e nos órgãos dele. A coordenação vê só a própria unidade."""
    permissoes.exigir_quadro(request.ator, abrangencia=onde)
    so_a_propria = not permissoes.ve_o_municipio_inteiro(request.ator, abrangencia=onde)
    filtro = _filtro(request, onde, so_a_propria=so_a_propria)
    lotacoes = quadro.quadro(filtro, hoje=request.hoje)
    if exportar.pedido(request):
        todas = list(lotacoes)
        _registrar(request, todas, onde=onde, motivo="Baixou o quadro em planilha")
        return _baixar(request, todas, onde=onde)
    pagina = Paginator(lotacoes, POR_PAGINA).get_page(request.GET.get("pagina"))
    _registrar(request, list(pagina), onde=onde)
    unidades = [] if so_a_propria else quadro.unidades_do_municipio(onde, hoje=request.hoje)
    return render(
        request,
        "trabalhadores/quadro.jinja",
        {
            "onde": onde,
            "lugar": lugares.nome(onde),
            "filtro": filtro,
            "pagina": pagina,
            "unidade": quadro.unidade_do_filtro(filtro),
            "so_a_propria": so_a_propria,
            "unidades": [(str(u.pk), u.nome) for u in unidades],
            "orgaos": [] if so_a_propria else listas.Orgao.choices,
            "funcoes": listas.FUNCAO,
            "vinculos": listas.VINCULO_DE_TRABALHO,
            "profissoes": listas.PROFISSAO,
            "situacoes": quadro.SITUACOES[1:],
            "muda": lambda lotacao: permissoes.pode_na_lotacao(request.ator, permissoes.ATUALIZAR, lotacao),
            "cadastra": pode_cadastrar(request, onde),
        },
    )


def pode_cadastrar(request: HttpRequest, onde: str) -> bool:
    """O vínculo em uso lota alguém no território, ou na própria unidade?"""
    ator = request.ator
    return ator.abrangencia == onde and ator.pode(permissoes.ATUALIZAR, em=onde, unidade=ator.unidade)


def _filtro(request: HttpRequest, onde: str, *, so_a_propria: bool) -> quadro.Filtro:
    textos = {
        nome: request.GET.get(nome, "").strip()[:80]
        for nome in ("orgao", "termo", "funcao", "vinculo", "profissao", "situacao")
    }
    unidade = request.ator.unidade if so_a_propria else _uuid(request.GET.get("unidade", ""))
    ordem = request.GET.get("ordem", "nome")
    return quadro.Filtro(abrangencia=onde, unidade=unidade, ordem=ordem, **textos)


def _uuid(texto: str) -> UUID | None:
    try:
        return UUID(texto)
    except ValueError:
        return None


def _registrar(request: HttpRequest, lotacoes: list[Lotacao], *, onde: str, motivo: str = "") -> None:
    registrar_leitura(
        tabela="trabalhadores.trabalhador",
        ids=[lotacao.trabalhador_id for lotacao in lotacoes],
        titulares=[lotacao.trabalhador_id for lotacao in lotacoes],
        campos=CAMPOS_DA_LISTA,
        territorio=onde,
        por=request.ator,
        em=request.agora,
        motivo=motivo,
    )


def _baixar(request: HttpRequest, lotacoes: list[Lotacao], *, onde: str) -> HttpResponse:
    """O quadro como está na tela. Quem chega aqui já pode ver as pessoas; a leitura ficou registrada."""
    avisos = ["Dados sintéticos"] if any(lotacao.sintetica for lotacao in lotacoes) else []
    lista = exportar.Lista(
        nome=f"quadro-{onde}",
        titulo="Quadro de trabalhadores",
        colunas=COLUNAS,
        linhas=[_celulas(lotacao) for lotacao in lotacoes],
        avisos=avisos,
    )
    return exportar.baixar(request, lista)


def _celulas(lotacao: Lotacao) -> tuple[object, ...]:
    pessoa = lotacao.trabalhador
    return (
        pessoa.como_se_chama,
        pessoa.get_profissao_display() if pessoa.profissao else "",
        pessoa.credencial,
        lotacao.onde,
        lotacao.get_funcao_display(),
        lotacao.get_vinculo_de_trabalho_display(),
        lotacao.carga_horaria,
        lotacao.get_servico_display() if lotacao.servico else "",
        lotacao.get_segundo_servico_display() if lotacao.segundo_servico else "",
        lotacao.desde,
        lotacao.ultimo_dia,
        lotacao.motivo_da_saida,
    )
