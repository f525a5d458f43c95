"""O mínimo, o que há e o que falta, dos municípios e dos CRAS; nada guardado, tudo da rede de agora."""

from __future__ import annotations

from datetime import timedelta

import pytest

from suas.cadastros.cobertura import area, consultas
from suas.cadastros.cobertura.tests.fabricas import territorio
from suas.cadastros.rede.models import MunicipioAtendido, Unidade
from suas.cadastros.rede.tests.fabricas import unidade
from suas.cadastros.territorio.tests.fabricas import SERRA, VITORIA, municipio
from suas.nucleo.identidade.tests.fabricas import HOJE

pytestmark = pytest.mark.django_db
QUADRADO = ((-20.0, -40.0), (-20.0, -40.1), (-20.1, -40.1), (-20.1, -40.0))


def linha(codigo: str = VITORIA) -> consultas.Linha:
    return consultas.cobertura(codigo, hoje=HOJE).linhas[0]


def avisos(codigo: str = VITORIA) -> list[str]:
    return [a for item in consultas.cras_do_municipio(codigo, por_porte=5000, hoje=HOJE) for a in item.avisos]


@pytest.mark.parametrize(
    ("habitantes", "cras", "minimo", "lacuna", "situacao"),
    [
        pytest.param(20_000, 0, 1, 1, "sem_cras", id="Pequeno I sem CRAS"),
        pytest.param(20_000, 1, 1, 0, "no_minimo", id="Pequeno I no mínimo"),
        pytest.param(100_000, 1, 2, 1, "abaixo", id="Médio abaixo"),
        pytest.param(100_001, 5, 4, 0, "acima", id="Grande acima"),
    ],
)
def test_a_falta_e_o_minimo_do_porte_menos_os_cras_abertos(
    habitantes: int, cras: int, minimo: int, lacuna: int, situacao: str
) -> None:
    municipio(VITORIA, habitantes=habitantes)
    unidade("Centro-Dia", tipo="centro_dia")
    for numero in range(cras):
        unidade(f"CRAS {numero}")

    achada = linha()

    assert achada.cobertura is not None
    assert (achada.cobertura.minimo, achada.cobertura.lacuna, achada.situacao) == (minimo, lacuna, situacao)


class TestSemRegistro:
    """Do município de que ninguém registrou unidade não se diz que falta CRAS: diz-se que nada se sabe."""

    def test_o_municipio_sem_nenhuma_unidade_nao_entra_na_falta(self) -> None:
        municipio(VITORIA, habitantes=400_000)
        municipio(SERRA, habitantes=20_000)
        unidade("CRAS que fechou", onde=SERRA, fechada_em=HOJE)

        calculada = consultas.cobertura("32", hoje=HOJE)

        por_codigo = {item.codigo: item for item in calculada.linhas}
        assert (por_codigo[VITORIA].situacao, por_codigo[VITORIA].falta) == ("sem_registro", None)
        assert (por_codigo[SERRA].situacao, por_codigo[SERRA].falta) == ("sem_cras", 1)
        totais = calculada.totais
        assert (totais.falta, totais.com_lacuna, totais.sem_cras, totais.sem_registro) == (1, 1, 1, 1)
        assert (totais.lacuna, totais.por_registrar, totais.vazio) == (5, 4, False)

    def test_o_pais_soma_o_mesmo_que_as_linhas(self) -> None:
        municipio(VITORIA, habitantes=400_000)
        municipio(SERRA, habitantes=20_000)
        unidade(onde=SERRA)

        do_pais = consultas.do_pais(hoje=HOJE)

        assert do_pais.ufs[0].totais == consultas.cobertura("32", hoje=HOJE).totais
        assert do_pais.situacao_de == {VITORIA: "sem_registro", SERRA: "no_minimo"}


def test_cras_fechado_nao_conta_e_o_que_fecha_amanha_ainda_conta() -> None:
    municipio(VITORIA, habitantes=20_000)
    unidade("Fechado", fechada_em=HOJE)
    unidade("Fecha amanhã", fechada_em=HOJE + timedelta(days=1))

    assert linha().cras == 1


def test_a_capacidade_soma_a_informada_e_a_do_porte_de_quem_nao_informa() -> None:
    municipio(VITORIA, habitantes=20_000)
    unidade("Informa", capacidade=1000)
    unidade("Não informa")

    assert linha().cobertura.capacidade == 1000 + 2500


def test_municipio_sem_populacao_diz_isso_e_nao_entra_no_minimo() -> None:
    municipio(VITORIA)
    unidade()

    calculada = consultas.cobertura("32", hoje=HOJE)

    assert calculada.linhas[0].situacao == "sem_populacao"
    assert (calculada.totais.minimo, calculada.totais.existentes) == (0, 1)


def test_quem_nao_tem_a_populacao_do_ano_usa_a_sua_mais_recente() -> None:
    municipio(VITORIA, habitantes=20_000, ano=2020)
    municipio(SERRA, habitantes=500_000, ano=2022)

    por_codigo = {item.codigo: item for item in consultas.cobertura("32", hoje=HOJE).linhas}

    assert (por_codigo[VITORIA].habitantes, por_codigo[SERRA].habitantes) == (20_000, 500_000)


def test_as_familias_sao_as_informadas_e_sem_informacao_nao_ha_numero() -> None:
    municipio(VITORIA, habitantes=20_000)
    cras = unidade()
    antes = linha().cobertura.referenciadas

    territorio(cras, familias=2600)

    assert antes is None
    assert linha().cobertura.referenciadas == 2600
    assert linha().cobertura.alem_da_capacidade == 100


def test_o_creas_regional_aparece_dos_dois_lados() -> None:
    municipio(VITORIA, habitantes=20_000)
    municipio(SERRA, habitantes=20_000)
    regional = unidade("CREAS Regional", onde=SERRA, tipo="creas_regional")
    MunicipioAtendido.objects.create(unidade=regional, municipio_id=VITORIA, cota_percentual="40.0")
    MunicipioAtendido.objects.create(unidade=regional, municipio_id=SERRA)

    de_fora, _ = consultas.regionais(VITORIA, hoje=HOJE)
    _, daqui = consultas.regionais(SERRA, hoje=HOJE)

    assert [a.unidade for a in de_fora] == [regional]
    assert [a.municipio_id for a in daqui] == [VITORIA]
    assert (linha(VITORIA).creas, linha(VITORIA).creas_de_fora) == (0, 1)
    assert (linha(SERRA).creas, linha(SERRA).creas_de_fora) == (1, 0)


def test_atendimento_que_acabou_nao_conta() -> None:
    municipio(VITORIA, habitantes=20_000)
    municipio(SERRA)
    regional = unidade("CREAS Regional", onde=SERRA, tipo="creas_regional")
    MunicipioAtendido.objects.create(unidade=regional, municipio_id=VITORIA, ate=HOJE)

    assert linha().creas_de_fora == 0


def test_bairro_em_dois_cras_avisa_nos_dois_ainda_que_com_outro_acento() -> None:
    territorio(unidade("Um"), bairros=("São José", "Centro"))
    territorio(unidade("Dois"), bairros=("SAO JOSE",))

    assert avisos() == ["Também no território de Um: SAO JOSE.", "Também no território de Dois: São José."]


def test_areas_que_se_sobrepoem_avisam_e_vizinhas_que_encostam_nao() -> None:
    vizinha = tuple((latitude, longitude - 0.1) for latitude, longitude in QUADRADO)
    em_cima = tuple((latitude - 0.05, longitude - 0.05) for latitude, longitude in QUADRADO)

    assert not area.se_sobrepoem(QUADRADO, vizinha)
    assert area.se_sobrepoem(QUADRADO, em_cima)
    assert area.se_sobrepoem(QUADRADO, QUADRADO)


def test_area_dentro_de_outra_se_sobrepoe() -> None:
    dentro = ((-20.04, -40.04), (-20.04, -40.06), (-20.06, -40.06))

    assert area.se_sobrepoem(QUADRADO, dentro)
    assert area.se_sobrepoem(dentro, QUADRADO)


def test_desenho_em_laco_nao_e_area() -> None:
    laco = (QUADRADO[0], QUADRADO[2], QUADRADO[1], QUADRADO[3])

    assert area.cruza_a_si_mesma(laco)
    assert not area.cruza_a_si_mesma(QUADRADO)


def test_o_que_nao_fecha_no_territorio_avisa() -> None:
    territorio(unidade("Cheio"), bairros=("Centro",), familias=5001)
    territorio(unidade("Inteiro"))
    unidade("Sem território")

    assert avisos() == [
        "Referencia 1 família além da capacidade.",
        "Diz abranger o município inteiro, e há outro CRAS nele.",
        "O território deste CRAS não foi informado.",
    ]


def test_cras_unico_do_municipio_nao_precisa_de_territorio() -> None:
    unidade()

    assert avisos() == []


def test_o_filtro_de_falta_junta_sem_cras_e_abaixo_e_a_ordem_vai_ao_contrario() -> None:
    municipio(VITORIA, habitantes=400_000)
    municipio(SERRA, habitantes=20_000)
    unidade(onde=SERRA)
    unidade("CREAS", onde=VITORIA, tipo="creas")
    linhas = consultas.cobertura("32", hoje=HOJE).linhas

    com_falta = consultas.escolher(linhas, situacao="falta", porte="", termo="", ordem="nome")
    ao_contrario = consultas.escolher(linhas, situacao="", porte="", termo="", ordem="-nome")

    assert [i.codigo for i in com_falta] == [VITORIA]
    assert [i.codigo for i in ao_contrario] == [VITORIA, SERRA]


def test_outros_tipos_de_unidade_nao_sao_cras() -> None:
    municipio(VITORIA, habitantes=20_000)
    for tipo in Unidade.Tipo:
        if tipo != Unidade.Tipo.CRAS:
            unidade(tipo.label, tipo=tipo)

    assert linha().cras == 0
