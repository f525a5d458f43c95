"""Corrigir um dado e escolher os indicadores complementares."""

from __future__ import annotations

import pytest

from normas.territorio.porte import Porte
from suas.cadastros.territorio.models import Municipio
from suas.financas.partilhas.acoes import congelamento, insumos
from suas.financas.partilhas.consultas.entradas import origem
from suas.financas.partilhas.models import Direcao
from suas.financas.partilhas.tests import fabricas
from suas.nucleo.identidade.tests.fabricas import AGORA
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.consultas import atos_de
from suas.nucleo.trilha.models import Alteracao
from suas.vigilancia.indicadores import acoes as indicadores

pytestmark = pytest.mark.django_db


def _corrigir(partilha, por, *, codigo="3200102", **mudancas):
    padrao = {
        "dado": "rcl_per_capita",
        "valor": "1234.50",
        "fonte": "Ofício 3/2006",
        "ano": 2005,
        "motivo": "balanço novo",
    }
    correcao = insumos.Correcao(**{**padrao, **mudancas})
    insumo = partilha.insumos.get(municipio_id=codigo)
    return insumos.corrigir_insumo(insumo=insumo, correcao=correcao, por=por, em=AGORA)


def test_corrigir_guarda_valor_fonte_motivo_e_a_trilha_o_antes_e_o_depois(federal, lugares):
    partilha = fabricas.simulada(por=federal)

    insumo = _corrigir(partilha, federal)

    assert insumo.rcl_per_capita == "1234.50"
    assert origem(partilha, insumo, "rcl_per_capita").motivo == "balanço novo"
    assert insumo.partilha.desatualizada
    ato = atos_de(partilha).first()
    assert (ato.ato, ato.motivo) == ("partilhas.corrigir_insumo", "balanço novo")
    assert (ato.dados["antes"], ato.dados["depois"], ato.dados["municipio"]) == ("1000.00", "1234.50", "3200102")


@pytest.mark.parametrize(
    "mudancas, campo, palavras",
    [
        pytest.param({"valor": "12,5"}, "valor", "“12,5” não é um número", id="vírgula"),
        pytest.param({"valor": ""}, "valor", "Escreva", id="em branco"),
        pytest.param(
            {"dado": "populacao_vulneravel", "valor": "10001"}, "valor", "10001.*10000", id="mais que a população"
        ),
        pytest.param(
            {"dado": "populacao", "valor": "4999"}, "valor", "5000.*4999", id="população menor que a vulnerável"
        ),
        pytest.param({"dado": "nivel_gestao", "valor": "df"}, "valor", "só do Distrito Federal", id="gestão de outro"),
        pytest.param({"motivo": " "}, "motivo", "Escreva por que", id="sem motivo"),
        pytest.param({"fonte": ""}, "fonte", "de onde vem", id="sem fonte"),
    ],
)
def test_valor_que_nao_serve_e_recusado_no_seu_campo_e_nada_muda(federal, lugares, mudancas, campo, palavras):
    partilha = fabricas.partilha(por=federal)

    with pytest.raises(AtoRecusado, match=palavras) as recusa:
        _corrigir(partilha, federal, **mudancas)

    assert recusa.value.campo == campo
    partilha.refresh_from_db()
    assert partilha.versao_insumos == 1
    assert partilha.insumos.get(municipio_id="3200102").rcl_per_capita == "1000.00"


def test_corrigir_o_que_faltava_diminui_a_conta_do_que_falta(federal):
    fabricas.territorio(por=federal, sem=[("3200102", "rcl_per_capita"), ("3200201", "rcl_per_capita")])
    partilha = fabricas.partilha(por=federal)

    insumo = _corrigir(partilha, federal)

    assert insumo.partilha.faltas == 1


def test_populacao_que_muda_o_porte_troca_o_indicador_complementar(federal, lugares):
    partilha = fabricas.partilha(por=federal)
    novo = indicadores.NovoValor(indicador="fnas_psb_per_capita", municipio="3200102", ano=2006, valor="77.00")
    indicadores.gravar_valores(valores=[novo], fonte="Outra", sintetico=False, por=federal, em=AGORA)
    escolha = insumos.EscolhaComplementar(indicador_codigo="fnas_psb_per_capita", direcao=Direcao.BAIXO_PIOR)
    insumos.definir_complementares(
        partilha=partilha, escolhas={(Porte.MEDIO, "Sudeste"): escolha}, por=federal, em=AGORA
    )
    assert partilha.insumos.get(municipio_id="3200102").indicador_complementar == "3.5"

    insumo = _corrigir(partilha, federal, dado="populacao", valor="60000")

    assert insumo.indicador_complementar == "77.00"
    assert origem(insumo.partilha, insumo, "indicador_complementar").fonte == "Outra"


def test_escolher_indicador_da_instancia_troca_so_os_valores_dela(federal, lugares):
    partilha = fabricas.partilha(por=federal)
    escolha = insumos.EscolhaComplementar(indicador_codigo="rcl_per_capita", direcao=Direcao.BAIXO_PIOR, ano=2005)

    insumos.definir_complementares(
        partilha=partilha, escolhas={(Porte.PEQUENO_I, "ES"): escolha}, por=federal, em=AGORA
    )

    assert partilha.insumos.get(municipio_id="3200102").indicador_complementar == "1000.00"
    assert partilha.insumos.get(municipio_id="3500105").indicador_complementar == "6"
    linha = partilha.complementares.get(porte="PEQUENO_I", instancia="ES")
    assert (linha.direcao, linha.ano, linha.fonte) == (Direcao.BAIXO_PIOR, 2005, "Fonte de teste")


def test_indicador_que_nao_e_numero_ou_instancia_de_fora_sao_recusados(estadual, federal, lugares):
    partilha = fabricas.partilha(por=estadual, ambito="32")
    palavra = insumos.EscolhaComplementar(indicador_codigo="nivel_gestao", direcao=Direcao.ALTO_PIOR)
    numero = insumos.EscolhaComplementar(indicador_codigo="rcl_per_capita", direcao=Direcao.ALTO_PIOR)

    with pytest.raises(AtoRecusado, match="não é um indicador numérico"):
        insumos.definir_complementares(
            partilha=partilha, escolhas={(Porte.PEQUENO_I, "ES"): palavra}, por=estadual, em=AGORA
        )
    with pytest.raises(AtoRecusado, match="SP não escolhe"):
        insumos.definir_complementares(
            partilha=partilha, escolhas={(Porte.PEQUENO_I, "SP"): numero}, por=estadual, em=AGORA
        )


def test_partilha_pactuada_recusa_correcao_e_aponta_o_cenario(federal, lugares):
    partilha = fabricas.juntar(fabricas.simulada(por=federal), por=federal)

    with pytest.raises(AtoRecusado, match="crie um cenário"):
        _corrigir(partilha, federal)


def test_copiar_de_novo_muda_so_a_linha_que_difere_e_a_trilha_conta_so_ela(federal, lugares):
    partilha = fabricas.simulada(por=federal)
    linhas = dict(partilha.insumos.values_list("municipio_id", "pk"))
    contadas = Alteracao.objects.filter(tabela="partilhas_insumo")
    antes = contadas.count()

    congelamento.congelar_insumos(partilha=partilha, por=federal, em=AGORA)
    assert contadas.count() == antes

    valor = indicadores.NovoValor(indicador="familias", municipio="3200102", ano=2005, valor="4321")
    indicadores.gravar_valores(valores=[valor], fonte="Outra", sintetico=False, por=federal, em=AGORA)
    congelamento.congelar_insumos(partilha=partilha, por=federal, em=AGORA)

    assert partilha.insumos.get(municipio_id="3200102").familias == "4321"
    assert [(a.operacao, a.chave) for a in contadas.order_by("id")[antes:]] == [("U", str(linhas["3200102"]))]
    assert dict(partilha.insumos.values_list("municipio_id", "pk")) == linhas


def test_municipio_que_deixa_de_entrar_sai_dos_insumos(federal, lugares):
    partilha = fabricas.simulada(por=federal)
    assert partilha.insumos.filter(municipio_id="3200102").exists()
    Municipio.objects.filter(pk="3200102").update(desde_ano=partilha.ano_populacao + 1)

    congelamento.congelar_insumos(partilha=partilha, por=federal, em=AGORA)

    assert not partilha.insumos.filter(municipio_id="3200102").exists()
