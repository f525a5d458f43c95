import pytest
from django.core.exceptions import ObjectDoesNotExist

from demonstracao import partilhas
from demonstracao.carregar import SEM_MORTALIDADE, carregar
from suas.cadastros.territorio.acoes import carregar_federacao
from suas.financas.partilhas.consultas.entradas import faltas
from suas.financas.partilhas.models import Estado, Partilha
from suas.nucleo.identidade.models import Pessoa
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db


def test_a_demonstracao_tem_uma_partilha_em_cada_pe_e_repetir_nao_muda_nada(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    carregar_federacao(por=ATOR_PUBLICO, em=fabricas.AGORA)
    ditas: list[str] = []

    carregar(em=fabricas.AGORA, diga=ditas.append)

    estados = dict(Partilha.objects.values_list("nome", "estado"))
    assert estados == {
        partilhas.SELADA: Estado.SELADA,
        partilhas.SIMULADA: Estado.SIMULADA,
        partilhas.CENARIO: Estado.SIMULADA,
        partilhas.ESTADUAL: Estado.RASCUNHO,
    }
    for partilha in Partilha.objects.exclude(estado=Estado.RASCUNHO):
        totais = partilha.resumo["totais"]
        assert totais["municipios"] == 5570
        assert totais["pago_centavos"] + totais["saldo_centavos"] == partilha.recurso_centavos
        assert partilha.sintetica
        assert partilha.simulacao_norma_nao_vigente
    a_completar = faltas(Partilha.objects.get(nome=partilhas.ESTADUAL))
    assert {falta.codigo_ibge for falta in a_completar} == SEM_MORTALIDADE
    assert ditas

    atos, resumos = Ato.objects.count(), set(Partilha.objects.values_list("sha256", flat=True))
    carregar(em=fabricas.AGORA, diga=ditas.append)
    assert Ato.objects.count() == atos
    assert set(Partilha.objects.values_list("sha256", flat=True)) == resumos


def test_instalacao_de_verdade_nao_vira_demonstracao():
    fabricas.instalacao(demonstracao=False)

    with pytest.raises(AtoRecusado, match="não é de demonstração"):
        carregar(em=fabricas.AGORA, diga=print)

    with pytest.raises(ObjectDoesNotExist):
        Pessoa.objects.get(email="federal@redesuas.example")
