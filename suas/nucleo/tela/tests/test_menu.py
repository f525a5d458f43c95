import pytest
from django.urls import path

from suas.nucleo.permissoes.ator import ATOR_PUBLICO, Ator
from suas.nucleo.permissoes.papeis import GESTAO_MUNICIPAL
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.tela import menu
from suas.nucleo.tela.menu import Entrada, Grupo

GESTORA = Ator(pessoa=None, vinculo=None, papel=GESTAO_MUNICIPAL, abrangencia="3205309")


def nada(request, **kwargs):
    raise AssertionError("o menu só monta endereços")


urlpatterns = [
    path("", nada, name="raiz"),
    path("partilhas/", nada, name="lista"),
    path("partilhas/cenarios/", nada, name="cenarios"),
    path("municipio/<codigo>/", nada, name="municipio"),
]


@pytest.fixture(autouse=True)
def menu_proprio(monkeypatch, settings):
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr(menu, "_entradas", {})


def registrar(**mudancas):
    campos = {"grupo": Grupo.DINHEIRO, "rotulo": "Partilhas", "rota": "lista"} | mudancas
    menu.registrar(Entrada(**campos))


def rotulos(ator, caminho="/"):
    return {g.rotulo: [linha.rotulo for linha in g.linhas] for g in menu.menu_de(ator, caminho=caminho)}


def test_grupo_sem_entrada_nao_aparece():
    registrar()

    assert rotulos(ATOR_PUBLICO) == {"Dinheiro": ["Partilhas"]}


def test_grupos_seguem_a_ordem_da_tela_e_entradas_a_ordem_dada():
    registrar(grupo=Grupo.CONSULTAR, rotulo="Municípios")
    registrar(rotulo="Cenários", rota="cenarios", ordem=20)
    registrar(rotulo="Partilhas", ordem=10)

    assert rotulos(ATOR_PUBLICO) == {"Dinheiro": ["Partilhas", "Cenários"], "Consultar": ["Municípios"]}
    assert list(rotulos(ATOR_PUBLICO)) == ["Dinheiro", "Consultar"]


def test_so_aparece_o_que_o_vinculo_pode():
    registrar(rotulo="Rascunhos", permissao=Permissao.PARTILHA_VER_RASCUNHO)
    registrar(rotulo="Conduzir", permissao=Permissao.PARTILHA_CONDUZIR)
    registrar(rotulo="De município", permissao=lambda ator: len(ator.abrangencia) == 7)

    assert rotulos(GESTORA) == {"Dinheiro": ["De município", "Rascunhos"]}
    assert rotulos(ATOR_PUBLICO) == {}


def test_argumentos_saem_do_vinculo():
    registrar(rota="municipio", argumentos=lambda ator: {"codigo": ator.abrangencia})

    assert menu.menu_de(GESTORA, caminho="/")[0].linhas[0].endereco == "/municipio/3205309/"


@pytest.mark.parametrize(
    ("caminho", "atual"),
    [
        ("/partilhas/", "Partilhas"),
        ("/partilhas/12/memoria/", "Partilhas"),
        ("/partilhas/cenarios/", "Cenários"),
        ("/", "Início"),
        ("/outra/", None),
    ],
)
def test_marca_uma_so_linha_como_atual(caminho, atual):
    registrar(rotulo="Início", rota="raiz")
    registrar(rotulo="Partilhas")
    registrar(rotulo="Cenários", rota="cenarios")

    (grupo,) = menu.menu_de(ATOR_PUBLICO, caminho=caminho)

    assert [linha.rotulo for linha in grupo.linhas if linha.atual] == ([atual] if atual else [])
    assert grupo.atual is bool(atual)


def test_registrar_de_novo_substitui():
    registrar()
    registrar(rota="cenarios")

    assert [e.rota for e in menu.registradas()] == ["cenarios"]


def test_quem_nao_entrou_nao_tem_territorio_seu():
    registrar(grupo=Grupo.MEU_TERRITORIO, rotulo="Municípios")

    assert list(rotulos(ATOR_PUBLICO)) == ["Território"]
    assert list(rotulos(GESTORA)) == ["Meu território"]


def comprido():
    """Um menu que não cabe na altura de um monitor comum."""
    for numero in range(menu.CABEM):
        registrar(rotulo=f"Partilha {numero}", rota="lista")
    for rotulo, rota in (("Municípios", "raiz"), ("Cenários", "cenarios")):
        registrar(grupo=Grupo.CONSULTAR, rotulo=rotulo, rota=rota, conjunto="Cadastros")
    registrar(grupo=Grupo.CONSULTAR, rotulo="Sozinha", conjunto="De uma só")


def test_no_menu_comprido_o_conjunto_se_recolhe_e_nenhuma_linha_some():
    comprido()

    _, consultar = menu.menu_de(ATOR_PUBLICO, caminho="/outra/")

    (conjunto,) = consultar.conjuntos
    assert (conjunto.rotulo, conjunto.atual) == ("Cadastros", False)
    assert {linha.rotulo for linha in conjunto.linhas} == {"Municípios", "Cenários"}
    assert [linha.rotulo for linha in consultar.soltas] == ["Sozinha"]
    assert len(consultar.linhas) == 3


def test_o_conjunto_de_onde_a_pessoa_esta_vem_aberto():
    comprido()

    _, consultar = menu.menu_de(ATOR_PUBLICO, caminho="/partilhas/cenarios/")

    assert consultar.conjuntos[0].atual


def test_o_menu_que_cabe_nao_recolhe_nada():
    registrar(rotulo="Municípios", rota="raiz", conjunto="Cadastros")
    registrar(rotulo="Cenários", rota="cenarios", conjunto="Cadastros")

    (grupo,) = menu.menu_de(ATOR_PUBLICO, caminho="/outra/")

    assert grupo.conjuntos == ()
    assert grupo.soltas == grupo.linhas
