import pytest

from suas.cadastros.territorio import acoes, planilha, tarefas
from suas.cadastros.territorio.models import UF, Municipio, Populacao
from suas.cadastros.territorio.tests import fabricas
from suas.nucleo.identidade.tests.fabricas import AGORA, ator
from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db


def importar(texto: str, *, ano: int = 2004):
    return tarefas.importar_populacao(
        conteudo=texto.encode(), ano=ano, fonte="IBGE, estimativa de 2004", tipo="estimativa", por=ator(), em=AGORA
    )


def test_a_federacao_carrega_inteira_e_repetir_nao_muda_nada():
    acoes.carregar_federacao(por=ATOR_PUBLICO, em=AGORA)
    antes = (UF.objects.count(), Municipio.objects.count(), Populacao.objects.count(), Ato.objects.count())

    acoes.carregar_federacao(por=ATOR_PUBLICO, em=AGORA)

    assert antes == (27, 5570, 5570, 1)
    assert (UF.objects.count(), Municipio.objects.count(), Populacao.objects.count(), Ato.objects.count()) == antes
    assert [Municipio.objects.existentes_em(ano).count() for ano in (2000, 2004, 2013, 2024)] == [
        5507,
        5564,
        5570,
        5570,
    ]


def test_a_carga_acerta_o_nome_mudado_e_respeita_a_populacao_mais_nova():
    fabricas.municipio(fabricas.VITORIA, nome="Victoria", habitantes=1, ano=2020)

    acoes.carregar_federacao(por=ATOR_PUBLICO, em=AGORA)

    vitoria = Municipio.objects.get(pk=fabricas.VITORIA)
    assert (vitoria.nome, vitoria.nome_busca, vitoria.capital) == ("Vitória", "vitoria", True)
    assert vitoria.populacoes.get(ano=2020).habitantes == 1


def test_populacao_de_outro_ano_entra_com_a_fonte_e_so_uma_vez():
    fabricas.municipio(fabricas.VITORIA)
    fabricas.municipio(fabricas.SERRA)
    texto = "codigo_ibge,populacao\n3205309,309507\n3205002,371986\n"

    primeira, segunda = importar(texto), importar(texto)

    assert (primeira.novas, primeira.mudadas, primeira.iguais) == (2, 0, 0)
    assert (segunda.novas, segunda.mudadas, segunda.iguais) == (0, 0, 2)
    assert Ato.objects.filter(ato="territorio.gravar_populacao").count() == 1
    gravada = Populacao.objects.get(municipio=fabricas.VITORIA, ano=2004)
    assert (gravada.habitantes, gravada.fonte) == (309507, "IBGE, estimativa de 2004")


def test_populacao_corrigida_toma_o_lugar_da_anterior():
    fabricas.municipio(fabricas.VITORIA, habitantes=10, ano=2004)

    resultado = importar("codigo_ibge;habitantes\n3205309;309507\n")

    assert (resultado.novas, resultado.mudadas) == (0, 1)
    assert Populacao.objects.get(municipio=fabricas.VITORIA, ano=2004).habitantes == 309507


def test_planilha_de_varios_anos_grava_so_o_ano_pedido():
    fabricas.municipio(fabricas.VITORIA)

    importar("codigo_ibge,ano,populacao\n3205309,2003,302000\n3205309,2004,309507\n")

    assert list(Populacao.objects.values_list("ano", "habitantes")) == [(2004, 309507)]


@pytest.mark.parametrize(
    "texto",
    [
        pytest.param("codigo_ibge;populacao\n320530;309.507\n", id="6 dígitos e ponto de milhar"),
        pytest.param("Código do Município;População\n3205309;309507\n", id="cabeçalho com acentos"),
        pytest.param("Município;Habitantes\nVITORIA;309507\n", id="nome sem acento"),
        pytest.param("Município;Habitantes\nVitória/ES;309507\n", id="nome com a UF"),
        pytest.param("municipio;cod_ibge;populacao\nNinguém;3205309;309507\n", id="com código, o nome não conta"),
    ],
)
def test_o_municipio_se_reconhece_como_as_pessoas_o_escrevem(texto):
    fabricas.municipio(fabricas.VITORIA)
    fabricas.municipio(fabricas.BELEM)

    importar(texto)

    assert list(Populacao.objects.values_list("municipio_id", "habitantes")) == [(fabricas.VITORIA, 309507)]


def test_nome_de_mais_de_um_municipio_pede_o_codigo():
    fabricas.municipio("2917607", nome="Jaguaré")
    fabricas.municipio("3203056", nome="Jaguaré")

    assert planilha.Codigos(ano=2020, abrangencia="32").codigo_de("jaguare") == "3203056"
    nacional = planilha.Codigos(ano=2020, abrangencia="BR")
    assert nacional.codigo_de("jaguare/es") == "3203056"
    assert nacional.erro(nacional.codigo_de("jaguare"), linha=2) == (
        "há 2 municípios com o nome “jaguare”. Escreva o código: 2917607 (BA), 3203056 (ES)."
    )


def test_o_nome_antigo_e_a_outra_grafia_se_reconhecem_onde_nao_sao_o_nome_de_outro():
    fabricas.municipio("3515004", nome="Embu das Artes")
    fabricas.municipio("2410306", nome="Serra Caiada")
    fabricas.municipio("3153400", nome="Presidente Juscelino")

    codigos = planilha.Codigos(ano=2020, abrangencia="BR")

    assert (codigos.codigo_de("EMBU"), codigos.codigo_de("Embu/SP")) == ("3515004", "3515004")
    assert codigos.codigo_de("Presidente Juscelino") == "3153400"
    assert codigos.codigo_de("Presidente Juscelino - RN") == "2410306"


def test_todas_as_faltas_vem_juntas_e_nada_e_gravado():
    fabricas.municipio(fabricas.VITORIA)
    fabricas.municipio(fabricas.NAZARIA)
    texto = "codigo_ibge,populacao\n32053,1\n9999999,1\n3205309,1.00\n3205309,\n2206720,8000\n3205309,5\n3205309,6\n"

    with pytest.raises(planilha.FaltasNaPlanilha) as recusa:
        importar(texto)

    assert [str(falta).split(".")[0] for falta in recusa.value.faltas] == [
        "linha 2, coluna codigo_ibge: “32053” não é um código de município",
        "linha 3, coluna codigo_ibge: 9999999 não é código de nenhum município do cadastro",
        "linha 4, coluna populacao: “1",
        "linha 5, coluna codigo_ibge: Vitória/ES já está na linha 4",
        "linha 5, coluna populacao: falta o número de habitantes",
        "linha 6, coluna codigo_ibge: Nazária/PI não era contado pelo IBGE em 2004",
        "linha 7, coluna codigo_ibge: Vitória/ES já está na linha 4",
        "linha 8, coluna codigo_ibge: Vitória/ES já está na linha 4",
    ]
    assert not Populacao.objects.exists()


@pytest.mark.parametrize(
    "texto, falta",
    [
        pytest.param("ibge,nome\n3205309,Vitória\n", "falta a coluna populacao", id="sem população"),
        pytest.param("lugar,populacao\nVitória,1\n", "falta a coluna codigo_ibge", id="sem código"),
        pytest.param("codigo_ibge,ano,populacao\n3205309,2010,1\n", "nenhuma linha traz a população de 2004", id="ano"),
        pytest.param("codigo_ibge,populacao\n3205309,0\n", "0 não pode ser a população", id="zero"),
    ],
)
def test_planilha_que_nao_serve_diz_por_que(texto, falta):
    fabricas.municipio(fabricas.VITORIA)

    with pytest.raises(planilha.FaltasNaPlanilha, match=falta):
        importar(texto)
