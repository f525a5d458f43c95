import pytest

from suas.cadastros.territorio.models import Populacao
from suas.cadastros.territorio.tests.fabricas import BELEM, NAZARIA, SERRA, VITORIA, municipio
from suas.nucleo.identidade.tests.fabricas import AGORA, ator
from suas.nucleo.permissoes.papeis import GESTAO_ESTADUAL
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.models import Ato
from suas.vigilancia.indicadores import acoes, conferencia, consultas
from suas.vigilancia.indicadores.models import Importacao, Indicador, Valor
from suas.vigilancia.indicadores.tests import fabricas

pytestmark = pytest.mark.django_db

DA_PARTILHA = {
    "populacao_vulneravel",
    "familias",
    "familias_pobres",
    "rcl_per_capita",
    "fnas_psb_per_capita",
    "indicador_complementar",
    "nivel_gestao",
    "adesao_suas",
    "cras_cofinanciados",
}


@pytest.fixture(autouse=True)
def pronto():
    fabricas.catalogo()


def mensagens(importacao) -> list[str]:
    return [f"{f.linha}:{f.coluna}: {f.mensagem}" for f in conferencia.conferir(importacao).faltas]


def test_o_catalogo_tem_o_que_a_partilha_pede_e_repetir_nao_muda_nada():
    antes = Ato.objects.count()

    assert acoes.carregar_catalogo(por=ator(), em=AGORA) == 0
    assert set(Indicador.objects.values_list("pk", flat=True)) >= DA_PARTILHA
    assert Ato.objects.count() == antes
    assert all(i.base for i in Indicador.objects.all())


def test_o_catalogo_acerta_o_que_mudou_sem_tocar_nos_indicadores_da_casa():
    acoes.definir_indicador(
        campos={"codigo": "da_casa", "nome": "Da casa", "tipo": "decimal", "sentido": "neutro"}, por=ator(), em=AGORA
    )
    Indicador.objects.filter(pk="rcl_per_capita").update(nome="Outro nome")

    assert acoes.carregar_catalogo(por=ator(), em=AGORA) == 1
    assert fabricas.indicador().nome == "Receita corrente líquida por habitante"
    assert Indicador.objects.get(pk="da_casa").nome == "Da casa"


def test_gravar_de_novo_o_mesmo_nao_muda_nada_e_o_novo_toma_o_lugar():
    primeira = fabricas.gravar("rcl_per_capita", {VITORIA: "10.50", SERRA: "7"})
    atos = Ato.objects.count()
    repetida = fabricas.gravar("rcl_per_capita", {VITORIA: "10.50", SERRA: "7"})
    mudada = fabricas.gravar("rcl_per_capita", {VITORIA: "11"})

    assert (primeira.novos, repetida.iguais, mudada.mudados) == (2, 2, 1)
    assert Ato.objects.count() == atos + 1
    assert consultas.valores("rcl_per_capita", 2020)[VITORIA].valor == "11"
    assert Ato.objects.latest("pk").dados["muda_de"] == [
        {"indicador": "rcl_per_capita", "municipio": VITORIA, "de": "10.50", "para": "11"}
    ]


def test_o_mais_recente_respeita_o_ano_limite():
    fabricas.gravar("rcl_per_capita", {VITORIA: "1", SERRA: "5"}, ano=2004)
    fabricas.gravar("rcl_per_capita", {VITORIA: "2"}, ano=2010)
    fabricas.gravar("rcl_per_capita", {VITORIA: "3"}, ano=2020)

    dados = consultas.mais_recentes("rcl_per_capita", ate_ano=2010)

    assert {c: (d.valor, d.ano) for c, d in dados.items()} == {VITORIA: ("2", 2010), SERRA: ("5", 2004)}
    assert consultas.anos_de("rcl_per_capita") == [2020, 2010, 2004]
    assert consultas.sem_valor("rcl_per_capita", 2020, municipios=[VITORIA, SERRA]) == [SERRA]


def test_planilha_boa_se_aplica_e_a_segunda_vez_nao_muda_nada():
    importacao = fabricas.importacao("codigo_ibge;rcl_per_capita;nivel_gestao\n3205309;1.234,56;plena\n3205002;7,5;\n")
    previa = conferencia.conferir(importacao)

    aplicada = acoes.aplicar(importacao=importacao, por=ator(), em=AGORA)
    atos, valores = Ato.objects.count(), list(Valor.objects.values_list("pk", "valor"))
    de_novo = acoes.aplicar(importacao=importacao, por=ator(), em=AGORA)

    assert (previa.novos, previa.pode_aplicar, previa.vazias["nivel_gestao"]) == (3, True, 1)
    assert aplicada.resultado == de_novo.resultado == {"novos": 3, "mudados": 0, "iguais": 0}
    assert (Ato.objects.count(), list(Valor.objects.values_list("pk", "valor"))) == (atos, valores)
    assert consultas.valores("rcl_per_capita", 2020)[VITORIA].valor == "1234.56"
    assert Valor.objects.get(municipio=VITORIA, indicador="nivel_gestao").importacao == importacao


def test_a_mesma_planilha_enviada_de_novo_so_traz_iguais():
    texto = "codigo_ibge,rcl_per_capita\n3205309,1\n"
    acoes.aplicar(importacao=fabricas.importacao(texto), por=ator(), em=AGORA)

    previa = conferencia.conferir(fabricas.importacao(texto))

    assert (previa.novos, previa.mudados, previa.iguais) == (0, 0, 1)


def test_cada_celula_errada_diz_o_que_fazer_e_nada_se_aplica():
    municipio(NAZARIA)
    importacao = fabricas.importacao(
        "codigo_ibge,rcl_per_capita,cras_cofinanciados,adesao_suas\n"
        "32053,1,1,sim\n3205309,abc,1.5,talvez\n3205309,1,1,sim\n,1,1,sim\n2206720,-1,1,sim\n",
        ano=2004,
    )

    assert mensagens(importacao) == [
        "2:codigo_ibge: “32053” não é um código de município. O código tem 7 dígitos, como 3205309.",
        "3:rcl_per_capita: “abc” não é um número. Escreva como 1234.56.",
        "3:cras_cofinanciados: “1.5” tem casas decimais, e CRAS já cofinanciados é um número inteiro.",
        "3:adesao_suas: “talvez” não é uma das palavras aceitas: sim, nao.",
        "4:codigo_ibge: Vitória/ES já está na linha 3. Deixe uma linha de cada município.",
        "5:codigo_ibge: falta o código do município. Escreva os 7 dígitos, como 3205309.",
        "6:codigo_ibge: Nazária/PI não era contado pelo IBGE em 2004. Confira o ano ou retire a linha.",
        "6:rcl_per_capita: “-1” é menor que 0, o menor valor de Receita corrente líquida por habitante. "
        "Confira o sinal.",
    ]
    with pytest.raises(AtoRecusado, match="ainda tem faltas"):
        acoes.aplicar(importacao=importacao, por=ator(), em=AGORA)
    assert not Valor.objects.exists()


def test_corrigida_na_tela_a_planilha_se_aplica():
    importacao = fabricas.importacao("codigo_ibge,rcl_per_capita\n3205309,abc\n999,5\n")

    corrigida = acoes.corrigir(
        importacao=importacao,
        destinos=importacao.destinos,
        decimal_com_virgula=False,
        correcoes={"2:rcl_per_capita": "10"},
        de_fora=[3],
        por=ator(),
        em=AGORA,
    )
    acoes.aplicar(importacao=corrigida, por=ator(), em=AGORA)

    assert list(Valor.objects.values_list("municipio", "valor")) == [(VITORIA, "10")]
    assert bytes(Importacao.objects.get().conteudo).decode().count("abc") == 1  # o arquivo fica como veio


def test_a_gestao_estadual_nao_importa_municipio_de_outro_estado():
    do_estado = ator(GESTAO_ESTADUAL, "32")
    importacao = fabricas.importacao(f"codigo_ibge,rcl_per_capita\n{BELEM},1\n", por=do_estado)

    assert mensagens(importacao) == [
        "2:codigo_ibge: Belém/PA está fora da sua abrangência. Retire a linha ou peça a quem responde por ele."
    ]


@pytest.mark.parametrize(
    "texto, falta",
    [
        pytest.param("lugar,rcl_per_capita\nx,1\n", "Nenhuma coluna foi indicada como código", id="sem código"),
        pytest.param("codigo_ibge,nada\n3205309,1\n", "Nenhuma coluna foi indicada como indicador", id="sem indicador"),
    ],
)
def test_planilha_sem_as_colunas_diz_o_que_escolher(texto, falta):
    previa = conferencia.conferir(fabricas.importacao(texto))

    assert falta in previa.faltas[0].mensagem
    assert not previa.pode_aplicar


def test_duas_colunas_para_o_mesmo_indicador_sao_recusadas():
    importacao = fabricas.importacao("codigo_ibge,rcl_per_capita,outra\n3205309,1,2\n")
    importacao.destinos["outra"] = "rcl_per_capita"

    assert "Duas colunas foram indicadas como rcl_per_capita" in conferencia.conferir(importacao).faltas[0].mensagem


def test_destino_inventado_e_recusado():
    importacao = fabricas.importacao("codigo_ibge,x\n3205309,1\n")

    with pytest.raises(AtoRecusado, match="que não existe"):
        acoes.corrigir(
            importacao=importacao,
            destinos={"x": "inventado"},
            decimal_com_virgula=False,
            correcoes={},
            de_fora=[],
            por=ator(),
            em=AGORA,
        )


def test_descartada_nao_se_aplica_nem_se_corrige():
    importacao = fabricas.importacao("codigo_ibge,rcl_per_capita\n3205309,1\n")
    acoes.descartar(importacao=importacao, por=ator(), em=AGORA)

    with pytest.raises(AtoRecusado, match="já foi descartada"):
        acoes.aplicar(importacao=importacao, por=ator(), em=AGORA)
    assert not Valor.objects.exists()


def test_populacao_vai_para_o_territorio_so_pela_administracao_federal():
    texto = "codigo_ibge,populacao\n3205309,309507\n"
    do_estado = ator(GESTAO_ESTADUAL, "32")

    with pytest.raises(AtoRecusado, match="Só a administração federal"):
        acoes.aplicar(importacao=fabricas.importacao(texto, ano=2004, por=do_estado), por=do_estado, em=AGORA)
    acoes.aplicar(importacao=fabricas.importacao(texto, ano=2004), por=ator(), em=AGORA)

    gravada = Populacao.objects.get(municipio=VITORIA, ano=2004)
    assert (gravada.habitantes, gravada.tipo, gravada.fonte) == (309507, "estimativa", fabricas.FONTE)


def test_populacao_sintetica_nao_entra_no_cadastro():
    importacao = fabricas.importacao("codigo_ibge,populacao\n3205309,5\n", ano=2004, sintetico=True)

    with pytest.raises(AtoRecusado, match="População sintética"):
        acoes.aplicar(importacao=importacao, por=ator(), em=AGORA)


def test_valor_digitado_guarda_fonte_e_motivo_na_trilha():
    acoes.digitar_valor(
        indicador=fabricas.indicador(),
        municipio=municipio(VITORIA),
        ano=2020,
        texto="1.234,5",
        fonte="Ofício 12/2026",
        motivo="corrige o publicado",
        por=ator(),
        em=AGORA,
    )

    assert consultas.valores("rcl_per_capita", 2020)[VITORIA].valor == "1234.5"
    assert Ato.objects.latest("pk").motivo == "corrige o publicado"


@pytest.mark.parametrize(
    "ano, texto, motivo", [(2004, "1", "não era contado pelo IBGE em 2004"), (2020, "x", "não é um número")]
)
def test_valor_digitado_que_nao_serve_e_recusado(ano, texto, motivo):
    with pytest.raises(AtoRecusado, match=motivo):
        acoes.digitar_valor(
            indicador=fabricas.indicador(),
            municipio=municipio(NAZARIA),
            ano=ano,
            texto=texto,
            fonte="f",
            motivo="m",
            por=ator(),
            em=AGORA,
        )


def test_planilha_como_a_gestao_a_tem_e_lida_sem_corrigir_celula_nenhuma():
    texto = "Código IBGE;Município;rcl_per_capita;familias\n320530;Vitória;R$ 1.234,56;1.500\n3205002;Serra;10;20\n"

    previa = conferencia.conferir(fabricas.importacao(texto))

    assert not previa.faltas
    assert {(v.municipio, v.destino, v.valor) for v in previa.valores} == {
        (VITORIA, "rcl_per_capita", "1234.56"),
        (VITORIA, "familias", "1500"),
        (SERRA, "rcl_per_capita", "10"),
        (SERRA, "familias", "20"),
    }
    assert previa.decifrados == 1


def test_a_previa_diz_o_que_mudaria_por_extenso_primeiro_o_que_toma_o_lugar_de_outro():
    fabricas.gravar("rcl_per_capita", {SERRA: "5"})

    previa = conferencia.conferir(fabricas.importacao("municipio,rcl_per_capita\nVitória,1\nSerra,2\n"))

    assert [(m.lugar, m.antes, m.depois) for m in previa.mudancas] == [
        ("Serra/ES", "5", "2"),
        ("Vitória/ES", None, "1"),
    ]


def test_so_pontos_que_podem_ser_de_milhar_pedem_que_a_pessoa_diga():
    duvidosa = fabricas.importacao("codigo_ibge,rcl_per_capita\n3205309,1.234\n3205002,900\n")
    clara = fabricas.importacao("codigo_ibge,rcl_per_capita\n3205309,1.234\n3205002,9.5\n")

    assert conferencia.conferir(duvidosa).ponto_duvidoso == "1.234"
    assert conferencia.conferir(clara).ponto_duvidoso == ""


def test_linha_sem_ano_e_uma_falta_e_a_de_outro_ano_fica_de_fora():
    importacao = fabricas.importacao("codigo_ibge,ano,rcl_per_capita\n3205309,2020,1\n3205002,,2\n1501402,2019,3\n")

    assert mensagens(importacao) == [
        "3:ano: falta o ano desta linha. Escreva 2020 se ela é desse ano, ou deixe a linha de fora."
    ]
    assert conferencia.conferir(importacao).de_outro_ano == 1


def test_a_virgula_se_reconhece_mesmo_em_coluna_de_nome_que_ninguem_conhece():
    com_virgula = fabricas.importacao("codigo_ibge;Receita de 2020;obs\n3205309;1.234,56;Vitória, capital\n")
    sem_virgula = fabricas.importacao("codigo_ibge;Receita de 2020;obs\n3205309;1234.56;Vitória, capital\n")

    assert com_virgula.decimal_com_virgula
    assert not sem_virgula.decimal_com_virgula
