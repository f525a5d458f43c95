"""O ponto e o contorno do município: dentro, perto, longe; e a coordenada como as pessoas escrevem."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from suas.cadastros.territorio.ponto import aviso_do_ponto, distancia_em_km, ler_coordenada

VITORIA = "3205309"
HOJE = date(2026, 11, 22)


def avisar(latitude: str, longitude: str, codigo: str = VITORIA) -> str:
    return aviso_do_ponto(
        codigo=codigo, lugar="Vitória/ES", latitude=Decimal(latitude), longitude=Decimal(longitude), em=HOJE
    )


def test_o_ponto_de_dentro_nao_tem_distancia_e_o_de_fora_tem():
    dentro = distancia_em_km(codigo=VITORIA, latitude=Decimal("-20.30"), longitude=Decimal("-40.30"))
    fora = distancia_em_km(codigo=VITORIA, latitude=Decimal("-19.50"), longitude=Decimal("-40.30"))

    assert dentro == 0
    assert fora == pytest.approx(83, abs=3)


def test_perto_do_contorno_nao_avisa_e_longe_avisa_com_a_distancia():
    assert avisar("-20.36", "-40.40") == ""
    assert "fica a 8" in avisar("-19.50", "-40.30") and "km do contorno de Vitória/ES" in avisar("-19.50", "-40.30")


def test_latitude_e_longitude_trocadas_avisam():
    assert "não foram trocadas" in avisar("-40.30", "-20.30")


def test_sem_o_contorno_do_municipio_nao_se_avisa():
    assert avisar("-19.50", "-40.30", codigo="5101837") == ""


@pytest.mark.parametrize(
    "escrito, graus",
    [
        ("-20.3155", "-20.315500"),
        ("-20,3155", "-20.315500"),
        ("20°18'56\"S", "-20.315556"),
        ("40° 18′ 46″ O", "-40.312778"),
        ("40,5 W", "-40.500000"),
        ("2,5N", "2.500000"),
        ("0", "0.000000"),
    ],
)
def test_a_coordenada_se_le_como_se_escreve(escrito, graus):
    assert ler_coordenada(escrito, nome="longitude", maior=180, exemplo="-40,3128") == Decimal(graus)


@pytest.mark.parametrize("escrito", ["", "aqui", "200", "20°70'S", "-20,3155, -40,3"])
def test_o_que_nao_e_coordenada_se_recusa_com_um_exemplo(escrito):
    with pytest.raises(ValueError, match="Escreva como -40,3128"):
        ler_coordenada(escrito, nome="longitude", maior=180, exemplo="-40,3128")
