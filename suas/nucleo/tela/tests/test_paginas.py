"""O que vale para toda página do sistema, lido dos modelos e dos arquivos servidos."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.test import RequestFactory
from jinja2 import UndefinedError

from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from suas.nucleo.tela.ambiente import url_com

TELA = Path(__file__).resolve().parents[1]
SUAS = TELA.parents[1]
ESTATICOS = TELA / "static"
MODELOS = sorted(SUAS.glob("**/templates/**/*.jinja"))
SIMBOLOS = set(re.findall(r'<symbol id="([^"]+)"', (ESTATICOS / "vendor/icones.svg").read_text(encoding="utf-8")))

MODULO = pytest.mark.parametrize("modelo", MODELOS, ids=lambda p: str(p.relative_to(SUAS)))


def ambiente():
    return engines["motor"].env


def renderizar(texto, **dados):
    pedido = RequestFactory().get(dados.pop("endereco", "/"))
    return ambiente().from_string(texto).render(request=pedido, **dados)


@MODULO
def test_modelo_compila_e_tem_ate_500_linhas(modelo):
    texto = modelo.read_text(encoding="utf-8")

    ambiente().parse(texto)
    assert texto.count("\n") <= 500


@MODULO
def test_modelo_nao_poe_estilo_nem_roteiro_na_pagina(modelo):
    texto = modelo.read_text(encoding="utf-8")

    achados = re.findall(
        r"<style\b|\bstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=|javascript:|hx-on|hx-vals=['\"]js", texto
    )
    assert achados == []


@MODULO
def test_icone_citado_existe(modelo):
    texto = modelo.read_text(encoding="utf-8")

    citados = set(re.findall(r"icone\(\s*[\"']([a-z_]+)[\"']|simbolo=[\"']([a-z_]+)[\"']", texto))
    assert {a or b for a, b in citados} <= SIMBOLOS


def test_arquivos_de_terceiros_sao_os_da_lista():
    pasta = ESTATICOS / "vendor"
    lista = json.loads((pasta / "proveniencia.json").read_text(encoding="utf-8"))

    presentes = {a.name: hashlib.sha256(a.read_bytes()).hexdigest() for a in pasta.iterdir()}
    presentes.pop("proveniencia.json")
    assert presentes == lista["sha256"]
    assert {p["licenca"] for p in lista["pacotes"]} >= {"MIT, Serpro", "0BSD"}


def test_estilo_nao_busca_nada_fora_e_cabe_no_arquivo():
    for arquivo in [*ESTATICOS.glob("**/*.css"), *SUAS.glob("**/static/**/*.css")]:
        texto = arquivo.read_text(encoding="utf-8")
        assert not re.search(r"url\(\s*[\"']?(https?:)?//", texto), arquivo
        assert "@import" not in texto, arquivo
        assert texto.count("\n") <= 500, arquivo


def test_primeira_visita_deixa_folga_para_a_pagina():
    """Tudo o que a página-base manda buscar, comprimido, em 250 kB: sobram 150 kB para a página e os seus mapas."""
    base = (TELA / "templates/tela/base.jinja").read_text(encoding="utf-8")
    citados = set(re.findall(r"static\('([^']+)'\)", base)) | {"vendor/icones.svg"}
    fontes = [f"vendor/{f.name}" for f in (ESTATICOS / "vendor").glob("*.woff2")]

    achados = [Path(str(finders.find(c))) for c in citados | set(fontes)]  # a página-base cita também outros módulos
    tamanho = sum(len(gzip.compress(achado.read_bytes(), 9)) for achado in achados)
    assert len(citados) >= 9
    assert tamanho <= 250_000


def test_nome_que_nao_existe_e_erro():
    with pytest.raises(UndefinedError):
        renderizar("{{ nome_que_ninguem_passou }}")


def test_texto_digitado_sai_escapado():
    modelo = '{% import "tela/componentes.jinja" as c %}{{ c.chip(nome) }}{{ c.figura("x", nome, endereco=nome) }}'

    saida = renderizar(modelo, nome='<script>"')
    assert "<script>" not in saida
    assert 'href="<' not in saida
    assert "&lt;script&gt;" in saida


def test_endereco_guarda_filtro_e_troca_so_o_pedido():
    pedido = RequestFactory().get("/municipios/", {"uf": "ES", "q": "são & cia", "pagina": "3"})

    assert url_com(pedido, ordem="-nome", pagina=None) == "/municipios/?uf=ES&q=s%C3%A3o+%26+cia&ordem=-nome"
    assert url_com(pedido, uf=None, q=None, pagina=None) == "/municipios/"


def test_tabela_ordena_pelo_endereco_e_inverte_a_ordem_em_uso():
    modelo = """{% import "tela/tabelas.jinja" as t %}
        {% call t.tabela("Municípios", colunas, request, ordem="nome") %}<tbody></tbody>{% endcall %}"""
    colunas = [{"rotulo": "Nome", "chave": "nome"}, {"rotulo": "População", "chave": "pop", "numero": True}]

    saida = renderizar(modelo, colunas=colunas, endereco="/m/?uf=ES&pagina=2")

    assert 'aria-sort="ascending"' in saida
    assert 'href="/m/?uf=ES&amp;ordem=-nome"' in saida
    assert 'href="/m/?uf=ES&amp;ordem=pop"' in saida
    assert "pagina=2" not in saida


def test_barra_nao_passa_dos_limites():
    modelo = '{% import "tela/componentes.jinja" as c %}{{ c.barra(valor) }}'

    assert 'width="42.0"' in renderizar(modelo, valor=0.42)
    assert 'width="0.0"' in renderizar(modelo, valor=-1)
    assert 'width="100.0"' in renderizar(modelo, valor=7)


def test_erro_do_sistema_nao_depende_de_sessao_nem_menu():
    saida = ambiente().get_template("500.jinja").render(protocolo="20261202-7F3A", caminho="/acessos/")

    assert "20261202-7F3A" in saida
    assert "Protocolo" not in ambiente().get_template("500.jinja").render()


@pytest.mark.django_db
def test_pagina_base_tem_atalhos_menu_e_rodape(client):
    pagina = client.get("/").content.decode()

    assert [f'accesskey="{n}"' in pagina for n in (1, 2, 3, 4)] == [True] * 4
    assert "não oficial" in pagina
    assert 'lang="pt-BR"' in pagina
    assert ATOR_PUBLICO.papel.nome not in pagina
