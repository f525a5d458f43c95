import time

import pytest

from suas.cadastros.territorio import consultas

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("federacao")]


@pytest.mark.parametrize(
    "termo, primeiro",
    [
        pytest.param("vitoria", "Vitória/ES", id="sem acento"),
        pytest.param("VITÓRIA", "Vitória/ES", id="maiúsculas"),
        pytest.param("Vitória/ES", "Vitória/ES", id="com a UF"),
        pytest.param("bom jesus pi", "Bom Jesus/PI", id="homônimo pela UF"),
        pytest.param("3205309", "Vitória/ES", id="código inteiro"),
        pytest.param("320530", "Vitória/ES", id="código de seis dígitos"),
        pytest.param("paulo d'oeste", None, id="nome que não existe"),
        pytest.param("arapiraca", "Arapiraca/AL", id="nome inteiro"),
        pytest.param("mirassol doeste", "Mirassol d'Oeste/MT", id="apóstrofo junto"),
        pytest.param("  ", None, id="vazio"),
        pytest.param("%", None, id="sinal que o banco entenderia"),
    ],
)
def test_a_busca_acha_pelo_que_a_pessoa_escreve(termo, primeiro):
    achados = consultas.buscar(termo)

    assert (str(achados.municipios[0]) if achados.municipios else None) == primeiro


def test_a_busca_por_sigla_ou_nome_do_estado_traz_o_estado():
    assert [uf.sigla for uf in consultas.buscar("es").ufs] == ["ES"]
    assert [uf.sigla for uf in consultas.buscar("espirito santo").ufs] == ["ES"]
    assert [uf.sigla for uf in consultas.buscar("32").ufs] == ["ES"]
    assert {m.uf.sigla for m in consultas.buscar("32").municipios} == {"ES"}


def test_lista_longa_e_cortada_e_diz_que_ha_mais():
    achados = consultas.buscar("a", limite=10)

    assert len(achados.municipios) == 10
    assert achados.ha_mais


def test_entre_iguais_vem_antes_o_mais_populoso():
    achados = [m for m in consultas.buscar("bom jesus").municipios if m.nome == "Bom Jesus"]

    assert [m.habitantes for m in achados] == sorted((m.habitantes for m in achados), reverse=True)
    assert len(achados) == 5


def test_a_busca_leva_menos_de_cem_milesimos_de_segundo():
    termos = ["vitoria", "sao", "a", "32", "d oeste", "bom jesus mg"]
    consultas.buscar("aquecimento")

    comeco = time.perf_counter()
    for termo in termos:
        consultas.buscar(termo)

    assert (time.perf_counter() - comeco) / len(termos) < 0.1
