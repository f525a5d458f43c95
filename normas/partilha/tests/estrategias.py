"""Partilhas sorteadas: municípios e opções quaisquer, com empates e extremos de propósito."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from normas.habilitacao.niveis import NivelDeGestao
from normas.partilha.municipio import Municipio
from normas.partilha.opcoes import CriterioPorte, Direcao, Normalizacao, Opcoes, direcao_por_porte
from normas.territorio.federacao import UF_POR_SIGLA
from normas.territorio.porte import Porte

decimais = st.integers(0, 500).map(lambda n: Decimal(n) / 100)


@st.composite
def listas_de_municipios(desenhar, minimo=1):
    quantos = desenhar(st.integers(minimo, 14))
    lista = []
    for numero in range(quantos):
        uf = desenhar(st.sampled_from(["AC", "BA", "ES", "DF", "SP"]))
        populacao = desenhar(st.sampled_from([1, 20000, 20001, 50001, 100000, 100001, 900001]))
        niveis = ("df",) if uf == "DF" else ("inicial", "basica", "plena", "nao_habilitado")
        lista.append(
            Municipio(
                codigo_ibge=f"{UF_POR_SIGLA[uf].codigo}{numero:05d}",
                uf=uf,
                populacao=populacao,
                populacao_vulneravel=desenhar(st.integers(0, populacao)),
                rcl_per_capita=desenhar(decimais),
                fnas_psb_per_capita=desenhar(decimais),
                indicador_complementar=desenhar(decimais),
                nivel_gestao=NivelDeGestao(desenhar(st.sampled_from(niveis))),
                adesao_suas=desenhar(st.sampled_from([True, True, False])),
                cras_cofinanciados=desenhar(st.integers(0, 3)),
            )
        )
    return lista


opcoes_quaisquer = st.builds(
    Opcoes,
    recurso_centavos=st.integers(1, 400_000_000),
    pbf_centavos=st.integers(1, 300),
    criterio_porte=st.sampled_from(CriterioPorte),
    normalizacao=st.sampled_from(Normalizacao),
    complementares=st.sampled_from([{}, direcao_por_porte(dict.fromkeys(Porte, Direcao.BAIXO_PIOR))]),
)
