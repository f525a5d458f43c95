import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from suas.cadastros.territorio import mapa
from suas.cadastros.territorio.tests.fabricas import BELEM, SERRA, VITORIA, municipio
from suas.nucleo.identidade.tests.fabricas import ator, pessoa_com_vinculo
from suas.nucleo.permissoes.papeis import CONSELHEIRO, GESTAO_ESTADUAL, GESTAO_MUNICIPAL
from suas.nucleo.planilhas.saida import Coluna, Folha, escrever
from suas.vigilancia.indicadores.models import Importacao, Indicador, Valor
from suas.vigilancia.indicadores.tests import fabricas

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pronto():
    fabricas.catalogo()


@pytest.fixture
def do_estado(client):
    client.force_login(pessoa_com_vinculo(GESTAO_ESTADUAL, "32"))
    return client


@pytest.fixture
def do_conselho(client):
    client.force_login(pessoa_com_vinculo(CONSELHEIRO, "32"))
    return client


@pytest.fixture
def da_uniao(client):
    client.force_login(pessoa_com_vinculo())
    return client


def texto(resposta) -> str:
    return resposta.content.decode()


def enviar(client, conteudo: str, **campos):
    arquivo = SimpleUploadedFile("planilha.csv", conteudo.encode())
    dados = {"arquivo": arquivo, "ano": "2020", "fonte": "Fonte X"} | campos
    return client.post(reverse("indicadores-importar"), dados, follow=True)


def test_a_lista_e_publica_e_diz_a_cobertura(client):
    fabricas.gravar("rcl_per_capita", {VITORIA: "1", SERRA: "2"})

    pagina = texto(client.get(reverse("indicadores-lista")))

    assert "Receita corrente líquida por habitante" in pagina
    assert "Importar planilha" not in pagina


def test_o_mapa_traz_legenda_em_palavras_e_a_mesma_coisa_em_tabela(client):
    fabricas.gravar("rcl_per_capita", {VITORIA: "1234.5", SERRA: "2"})

    pagina = texto(client.get(reverse("indicador-mapa", args=["rcl_per_capita"])))

    assert "Baixo: 2" in pagina and "Alto: 1.234,5" in pagina
    assert reverse("indicador-imagem", args=["rcl_per_capita", 2020]) in pagina
    assert "1.234,5" in pagina and "Belém" in pagina and "Sem dado" in pagina
    assert fabricas.FONTE in pagina


def test_a_tabela_do_mapa_filtra_ordena_e_se_baixa_como_se_ve(client):
    fabricas.gravar("rcl_per_capita", {VITORIA: "10", SERRA: "9.5"})
    endereco = reverse("indicador-mapa", args=["rcl_per_capita"])

    def baixar(**filtros) -> list[str]:
        return texto(client.get(endereco, {"formato": "csv"} | filtros)).splitlines()[1:]

    assert baixar(ordem="-valor") == [
        "3205309,Vitória,ES,10,Alto,2020",
        "3205002,Serra,ES,9.5,Baixo,2020",
        "1501402,Belém,PA,,Sem dado,2020",
    ]
    assert baixar(ordem="valor", uf="ES")[0].startswith("3205002")
    assert [linha.split(",")[1] for linha in baixar(classe="sem")] == ["Belém"]
    assert [linha.split(",")[1] for linha in baixar(nome="vito")] == ["Vitória"]


def test_dado_sintetico_e_dito_na_pagina_na_imagem_e_no_arquivo(client):
    fabricas.gravar("rcl_per_capita", {VITORIA: "10"}, sintetico=True)
    endereco = reverse("indicador-mapa", args=["rcl_per_capita"])

    assert "dados sintéticos" in texto(client.get(endereco))
    assert "Dados sintéticos" in texto(client.get(reverse("indicador-imagem", args=["rcl_per_capita", 2020])))
    assert all(
        "Dados sintéticos" in linha for linha in texto(client.get(endereco, {"formato": "csv"})).splitlines()[1:]
    )
    assert "Valores inventados" in texto(client.get(reverse("territorio-municipio", args=[VITORIA])))


def test_o_mapa_da_uf_mostra_so_os_municipios_dela(client):
    fabricas.gravar("nivel_gestao", {VITORIA: "plena", BELEM: "basica"})

    pagina = texto(client.get(reverse("indicador-mapa", args=["nivel_gestao"]), {"uf": "es"}))

    assert "Vitória: Gestão plena (Gestão plena)" in pagina
    assert "Belém" not in pagina


@pytest.mark.parametrize("codigo", ["populacao", "porte"])
def test_populacao_e_porte_tambem_tem_mapa(client, codigo):
    pagina = texto(client.get(reverse("indicador-mapa", args=[codigo])))

    assert "em 2020" in pagina
    assert client.get(reverse("indicador-imagem", args=[codigo, 2020])).status_code == 200


@pytest.mark.parametrize(
    "codigo, valores, resumo, do_estado",
    [
        pytest.param("cras_cofinanciados", {VITORIA: "2", SERRA: "5"}, "soma dos municípios", "7", id="contagem"),
        pytest.param("rcl_per_capita", {VITORIA: "1", SERRA: "4"}, "mediana dos municípios", "2,50", id="taxa"),
        pytest.param("adesao_suas", {VITORIA: "nao", SERRA: "nao"}, "frequente", "Não aderiu (2 de 2)", id="palavra"),
    ],
)
def test_o_mapa_por_estado_diz_que_resumo_faz(client, codigo, valores, resumo, do_estado):
    fabricas.gravar(codigo, valores)
    endereco = reverse("indicador-mapa", args=[codigo])

    pagina = texto(client.get(endereco, {"vista": "estados"}))
    linhas = texto(client.get(endereco, {"vista": "estados", "formato": "csv"})).splitlines()

    assert resumo in pagina and f"Espírito Santo: {do_estado}" in pagina and "Pará: sem dado" in pagina
    assert any(linha.startswith("ES,Espírito Santo,") and do_estado in linha for linha in linhas)
    assert len(linhas) == 28


def test_indicador_sem_valor_diz_o_que_falta_e_inexistente_nao_existe(client):
    assert "Nenhum município tem valor" in texto(client.get(reverse("indicador-mapa", args=["rcl_per_capita"])))
    assert client.get(reverse("indicador-mapa", args=["nao_existe"])).status_code == 404


def test_o_mapa_faz_as_mesmas_consultas_com_1_ou_20_municipios(client):
    codigos = mapa.contornos().por_uf["SE"]

    def consultas_com(quais) -> int:
        fabricas.gravar("rcl_per_capita", {municipio(c).pk: str(i) for i, c in enumerate(quais)})
        with CaptureQueriesContext(connection) as contexto:
            client.get(reverse("indicador-mapa", args=["rcl_per_capita"]), {"uf": "SE"})
        return len(contexto)

    assert consultas_com(codigos[:1]) == consultas_com(codigos[1:20])


def test_importar_conferir_corrigir_e_aplicar_pela_tela(do_estado):
    resposta = enviar(do_estado, "codigo_ibge,rcl_per_capita\n3205309,abc\n3205002,5\n")
    importacao = Importacao.objects.get()
    endereco = reverse("indicadores-conferir", args=[importacao.pk])

    assert "“abc” não é um número" in texto(resposta)
    assert 'value="abc"' in texto(resposta)
    assert "Aplicar" not in texto(resposta).split('<form method="post" id="conferencia"')[1]
    assert not Valor.objects.exists()

    campos = {"destino_0": "codigo", "destino_1": "rcl_per_capita", "decimal": "ponto", "celula_2_1": "7.25"}
    resposta = do_estado.post(endereco, campos | {"acao": "corrigir"}, follow=True)
    assert "Aplicar 2 valores" in texto(resposta)

    resposta = do_estado.post(endereco, campos | {"acao": "aplicar"}, follow=True)
    assert "2 valores novos" in texto(resposta)
    assert dict(Valor.objects.values_list("municipio", "valor")) == {VITORIA: "7.25", SERRA: "5"}

    do_estado.post(endereco, campos | {"acao": "aplicar"}, follow=True)
    assert Valor.objects.count() == 2


def test_aplicar_com_falta_volta_a_conferencia_sem_perder_o_corrigido(do_estado):
    enviar(do_estado, "codigo_ibge,rcl_per_capita\n3205309,abc\n3205002,x\n")
    endereco = reverse("indicadores-conferir", args=[Importacao.objects.get().pk])
    campos = {"destino_0": "codigo", "destino_1": "rcl_per_capita", "celula_2_1": "1", "celula_3_1": "y"}

    resposta = do_estado.post(endereco, campos | {"acao": "aplicar"}, follow=True)

    assert "ainda tem faltas (1)" in texto(resposta)
    assert 'value="y"' in texto(resposta)
    assert not Valor.objects.exists()


def test_descartar_pela_tela_nao_muda_nada(do_estado):
    enviar(do_estado, "codigo_ibge,rcl_per_capita\n3205309,1\n")
    importacao = Importacao.objects.get()

    resposta = do_estado.post(reverse("indicadores-conferir", args=[importacao.pk]), {"acao": "descartar"}, follow=True)

    assert "foi descartada" in texto(resposta)
    assert "Descartada." in texto(do_estado.get(reverse("indicadores-conferir", args=[importacao.pk])))
    assert not Valor.objects.exists()


@pytest.mark.parametrize(
    "conteudo, campos, motivo",
    [
        pytest.param("", {}, "está vazio", id="arquivo vazio"),
        pytest.param("a,b\n1\n", {}, "A linha 2 tem 1 células", id="linha curta"),
        pytest.param("a,b\n1,2\n", {"ano": "20"}, "Escreva um ano de 1990 em diante", id="ano"),
        pytest.param("a,b\n1,2\n", {"fonte": ""}, "Informe a fonte", id="sem fonte"),
    ],
)
def test_envio_que_nao_serve_volta_com_o_motivo_e_o_digitado(do_estado, conteudo, campos, motivo):
    resposta = enviar(do_estado, conteudo, **({"fonte": "Minha fonte"} | campos))

    assert motivo in texto(resposta)
    assert ("fonte" not in campos and "Minha fonte" in texto(resposta)) or campos.get("fonte") == ""
    assert not Importacao.objects.exists()


def test_latin_1_com_ponto_e_virgula_e_virgula_decimal_entra_igual(da_uniao):
    arquivo = SimpleUploadedFile(
        "p.csv", "codigo_ibge;município;rcl_per_capita\n3205309;Vitória;1.234,5\n".encode("latin-1")
    )

    da_uniao.post(reverse("indicadores-importar"), {"arquivo": arquivo, "ano": "2020", "fonte": "F"})
    importacao = Importacao.objects.get()
    campos = {"destino_0": "codigo", "destino_1": "", "destino_2": "rcl_per_capita", "decimal": "virgula"}
    da_uniao.post(reverse("indicadores-conferir", args=[importacao.pk]), campos | {"acao": "aplicar"})

    assert Valor.objects.get().valor == "1234.5"


def test_digitar_um_valor_e_ve_lo_na_pagina_do_municipio(do_estado):
    endereco = reverse("indicador-digitar", args=[VITORIA])
    campos = {"indicador": "rcl_per_capita", "ano": "2020", "valor": "1.234,56", "fonte": "Ofício", "motivo": "corrige"}

    errado = do_estado.post(endereco, campos | {"valor": "muito"})
    certo = do_estado.post(endereco, campos, follow=True)

    assert "“muito” não é um número" in texto(errado) and 'value="muito"' in texto(errado)
    assert "1.234,56" in texto(certo)
    assert Valor.objects.get().valor == "1234.56"


def test_definir_um_indicador_proprio(do_estado):
    campos = {"codigo": "Mortes-Maternas", "nome": "Mortes maternas", "tipo": "decimal", "sentido": "alto_pior"}

    do_estado.post(reverse("indicador-novo"), campos)
    repetido = do_estado.post(reverse("indicador-novo"), campos)
    reservado = do_estado.post(reverse("indicador-novo"), campos | {"codigo": "porte"})

    assert Indicador.objects.get(pk="mortes_maternas").minimo == 0
    assert "Já existe um indicador" in texto(repetido)
    assert "já tem outro uso" in texto(reservado)


def test_o_mapa_leva_quem_responde_por_um_estado_direto_a_ele(client, do_estado):
    fabricas.gravar("rcl_per_capita", {VITORIA: "1"})
    endereco = reverse("indicador-mapa", args=["rcl_per_capita"])

    assert "Ver Espírito Santo" in texto(do_estado.get(endereco))
    assert "Ver Espírito Santo" not in texto(do_estado.get(endereco, {"uf": "ES"}))
    do_estado.logout()
    assert "Ver Espírito Santo" not in texto(client.get(endereco))


def test_o_indicador_sem_nome_de_coluna_recebe_um_feito_do_nome(do_estado):
    campos = {"nome": "Taxa de Óbitos maternos", "tipo": "decimal", "sentido": "alto_pior"}

    do_estado.post(reverse("indicador-novo"), campos)

    assert Indicador.objects.get(nome="Taxa de Óbitos maternos").pk == "taxa_de_obitos_maternos"
    sem_nome = texto(do_estado.post(reverse("indicador-novo"), campos | {"nome": ""}))
    assert "Escreva um nome de coluna" not in sem_nome
    assert "Escreva um nome de coluna" in texto(do_estado.post(reverse("indicador-novo"), campos | {"nome": "…"}))


REGISTRAR = [("indicador-novo", []), ("indicadores-importar", []), ("indicador-digitar", [VITORIA])]


@pytest.mark.parametrize("rota, args", REGISTRAR)
def test_quem_nao_entrou_e_levado_a_entrada(client, rota, args):
    resposta = client.get(reverse(rota, args=args))

    assert resposta.status_code == 302
    assert reverse("account_login") in resposta["Location"]


@pytest.mark.parametrize("rota, args", REGISTRAR)
def test_o_conselho_nao_registra_indicadores(do_conselho, rota, args):
    resposta = do_conselho.get(reverse(rota, args=args))

    assert resposta.status_code == 403
    assert re.search("Podem.*: .*Gestão estadual", texto(resposta))


def test_fora_da_abrangencia_a_importacao_e_o_municipio_nao_existem(do_estado):
    da_uniao = fabricas.importacao("codigo_ibge,rcl_per_capita\n3205309,1\n", por=ator())

    assert do_estado.get(reverse("indicadores-conferir", args=[da_uniao.pk])).status_code == 404
    assert do_estado.post(reverse("indicadores-conferir", args=[da_uniao.pk]), {"acao": "aplicar"}).status_code == 404
    assert do_estado.get(reverse("indicador-digitar", args=[BELEM])).status_code == 404


def test_de_uma_vez_ficam_de_fora_as_linhas_de_outros_territorios_e_voltam(do_estado):
    conferir = enviar(do_estado, "codigo_ibge,rcl_per_capita\n3205309,1\n1501402,2\n9999999,3\n")
    endereco = conferir.request["PATH_INFO"]
    assert "Deixar de fora 1 linha de outro território" in texto(conferir)
    assert "todas as 2 linhas com falta" in texto(conferir)

    sem_belem = texto(do_estado.post(endereco, {"acao": "fora_outro_territorio"}, follow=True))
    assert "Belém/PA está fora" not in sem_belem and "9999999 não é código" in sem_belem

    inteira = do_estado.post(endereco, {"acao": "trazer_de_volta"}, follow=True)
    assert "Belém/PA está fora" in texto(inteira)

    limpa = texto(do_estado.post(endereco, {"acao": "fora_com_falta"}, follow=True))
    assert "Aplicar 1 valor" in limpa
    do_estado.post(endereco, {"acao": "aplicar"})
    assert list(Valor.objects.values_list("municipio_id", "valor")) == [(VITORIA, "1")]


def test_teclar_enter_numa_celula_guarda_e_nao_deixa_linhas_de_fora(do_estado):
    pagina = texto(enviar(do_estado, "codigo_ibge,rcl_per_capita\n3205309,x\n1501402,2\n"))

    assert pagina.index('value="corrigir"') < pagina.index('value="fora_outro_territorio"')


def test_planilha_que_nada_muda_nao_promete_aplicar_valores(do_estado):
    planilha = "codigo_ibge,rcl_per_capita\n3205309,1\n"
    do_estado.post(enviar(do_estado, planilha).request["PATH_INFO"], {"acao": "aplicar"})

    de_novo = texto(enviar(do_estado, planilha))

    assert "Encerrar: tudo já está igual" in de_novo and "Aplicar 0" not in de_novo


def test_planilha_so_com_cabecalho_volta_com_o_motivo(do_estado):
    assert "só tem o cabeçalho" in texto(enviar(do_estado, "codigo_ibge,rcl_per_capita\n"))


def test_digitado_o_ponto_de_milhar_vale_milhar(do_estado):
    endereco = reverse("indicador-digitar", args=[VITORIA])
    dados = {"indicador": "rcl_per_capita", "ano": "2020", "valor": "1.234", "fonte": "F", "motivo": "M"}

    do_estado.post(endereco, dados)

    assert Valor.objects.get().valor == "1234"


def test_importa_a_planilha_do_excel_com_o_zero_e_a_virgula_como_estao(do_estado):
    colunas = (Coluna(codigo="codigo_ibge", nome="codigo_ibge"), Coluna(codigo="rcl", nome="rcl_per_capita"))
    dados = escrever("xlsx", Folha(nome="Dados", colunas=colunas, linhas=[[VITORIA, Decimal("1234.5")]]))
    arquivo = SimpleUploadedFile("planilha.xlsx", dados)

    pagina = do_estado.post(
        reverse("indicadores-importar"), {"arquivo": arquivo, "ano": "2020", "fonte": "Fonte X"}, follow=True
    )

    assert "1.234,5" in texto(pagina)
    assert "Aplicar 1 valor" in texto(pagina)


def test_a_lista_das_planilhas_aponta_a_dos_indicadores_a_quem_a_traz(client, do_estado):
    endereco = f'href="{reverse("indicadores-importar")}"'

    assert endereco in texto(do_estado.get(reverse("importacoes"))).split("O que você pode trazer")[1]
    client.force_login(pessoa_com_vinculo(GESTAO_MUNICIPAL, VITORIA))
    assert endereco not in texto(client.get(reverse("importacoes")))
