"""Unidades que parecem a mesma: em que se parecem, quem diz que são duas, e o que há a fazer."""

from __future__ import annotations

from decimal import Decimal
from time import process_time

import pytest
from django.test import Client
from django.urls import reverse

from suas.cadastros.rede import a_fazer, repetidas
from suas.cadastros.rede.acoes import repetidas as acoes
from suas.cadastros.rede.models import ParDistinto, Unidade
from suas.cadastros.rede.tests.fabricas import entrar, unidade
from suas.cadastros.rede.tests.juncoes import juntar, pedir
from suas.cadastros.territorio.tests.fabricas import SERRA, VITORIA
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE, ator, instalacao
from suas.nucleo.identificador import uuid7
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import COORDENACAO_UNIDADE, GESTAO_ESTADUAL, GESTAO_MUNICIPAL
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _instalacao():
    instalacao(abrangencia="BR")


@pytest.fixture
def gestora() -> Ator:
    return ator(GESTAO_MUNICIPAL, VITORIA)


def sozinha(nome: str, **campos) -> Unidade:
    """Uma unidade sem nada que outra possa ter igual, além do nome."""
    return unidade(nome, **{"logradouro": "", "telefone": "", **campos})


def porques(*unidades: Unidade) -> list[tuple[str, ...]]:
    return [par.porques for par in repetidas.pares(VITORIA)]


@pytest.mark.parametrize(
    ("um", "outro", "porque"),
    [
        ("CRAS São Pedro", "Cras de Sao Pedro", ("mesmo nome",)),
        ("CRAS Jardim América", "CRAS Jardin America", ("nomes quase iguais",)),
        ("CRAS Praia do Canto", "Centro de Referência de Assistência Social Canto da Praia", ("nomes quase iguais",)),
        ("CRAS II", "CRAS 02", ("mesmo nome",)),
    ],
)
def test_o_mesmo_nome_escrito_de_dois_jeitos(um, outro, porque):
    assert porques(sozinha(um), sozinha(outro)) == [porque]


@pytest.mark.parametrize(
    ("um", "outro"),
    [
        ("CRAS I", "CRAS II"),
        ("CRAS Maruípe 1", "CRAS Maruípe 2"),
        ("CRAS Santa Rita", "CRAS Santa Rosa"),
        ("CRAS Praia", "CRAS Praia do Canto"),
        ("CRAS Santa Maria", "CRAS Santa Marta"),
    ],
)
def test_nomes_que_se_distinguem_nao_sao_suspeitos(um, outro):
    assert porques(sozinha(um), sozinha(outro)) == []


def test_o_mesmo_endereco_ponto_ou_telefone_tambem_e_suspeito():
    ponto = {"latitude": Decimal("-20.3"), "longitude": Decimal("-40.3")}
    sozinha("CRAS Centro", logradouro="das Flores", numero="12", telefone="2730001111", **ponto)
    sozinha("CRAS Alecrim", logradouro="DAS FLORES", numero="12", telefone="2730001111", **ponto)

    assert porques() == [("mesmo endereço", "mesmo ponto no mapa", "mesmo telefone")]


def test_o_telefone_da_secretaria_que_todas_tem_nao_diz_nada():
    for nome in ("Centro", "Alecrim", "Guaranhuns", "Ubirajara"):
        sozinha(f"CRAS {nome}", telefone="2730001111")

    assert porques() == []


def test_so_se_comparam_as_abertas_do_mesmo_tipo_e_municipio():
    sozinha("CRAS Centro")
    sozinha("CRAS Centro", onde=SERRA)
    sozinha("CRAS Centro", fechada_em=HOJE)
    sozinha("CREAS Centro", tipo="creas")
    assert porques() == []

    sozinha("CREAS Regional Centro", tipo="creas_regional")
    assert porques() == [("mesmo nome",)]


def test_o_par_dito_distinto_some_com_quem_e_quando_e_pode_voltar(gestora):
    uma, outra = sozinha("CRAS Centro"), sozinha("CRAS  Centro")

    par = acoes.dizer_distintas(uma=outra, outra=uma, motivo="Um é na ilha", por=gestora, em=AGORA)
    acoes.dizer_distintas(uma=uma, outra=outra, motivo="De novo", por=gestora, em=AGORA)

    assert porques() == []
    assert (par.dito_por, par.dito_em, par.motivo) == (gestora.vinculo.pk, AGORA, "Um é na ilha")
    nomes = str(par)
    acoes.voltar_a_sugerir(par=par, por=gestora, em=AGORA)
    assert porques() == [("mesmo nome",)]
    feitos = Ato.objects.filter(ato__in=["rede.dizer_distintas", "rede.voltar_a_sugerir"])
    assert [ato.dados["quais"] for ato in feitos] == [nomes, nomes]


def test_o_par_com_pedido_a_espera_ou_ja_juntado_nao_se_sugere(gestora):
    uma, outra, terceira = (sozinha(nome) for nome in ("CRAS Centro", "CRAS do Centro", "CRAS no Centro"))
    pedir(gestora, sai=uma, fica=outra)
    assert len(porques()) == 2

    juntar(gestora, ator(GESTAO_ESTADUAL, "32"), sai=terceira, fica=sozinha("CRAS Outro"))
    assert porques() == []


def test_aparece_em_a_fazer_de_quem_cuida_do_municipio_e_de_mais_ninguem(gestora):
    uma = sozinha("CRAS Centro", conferida_em=AGORA)
    sozinha("CRAS do Centro", conferida_em=AGORA)

    def titulos(quem: Ator) -> list[str]:
        return [pendencia.titulo for pendencia in a_fazer.pendencias(quem, HOJE)]

    assert titulos(gestora) == ["1 par de unidades que parecem a mesma"]
    assert titulos(ator(COORDENACAO_UNIDADE, VITORIA, unidade=uma.pk)) == []
    assert titulos(ator(GESTAO_ESTADUAL, "32")) == []


def test_pelas_telas_diz_que_sao_duas_e_volta_atras(gestora):
    uma, outra = sozinha("CRAS Centro"), sozinha("CRAS do Centro")
    cliente, lista = entrar(gestora), reverse("rede-repetidas")

    antes = cliente.get(lista).content.decode()
    cliente.post(reverse("rede-distintas", args=[uma.pk]), {"outra": outra.pk, "motivo": "Um é na ilha"})
    depois = cliente.get(lista).content.decode()
    cliente.post(reverse("rede-sugerir", args=[ParDistinto.objects.get().pk]))

    menor, maior = repetidas.em_ordem(uma.pk, outra.pk)
    assert "mesmo nome" in antes and f"{reverse('rede-juntar', args=[maior])}?com={menor}" in antes
    assert "Um é na ilha" in depois and "Nenhum par parecido" in depois
    assert not ParDistinto.objects.exists()
    assert "mesmo nome" in cliente.get(lista).content.decode()


def test_o_estado_ve_os_pares_dos_municipios_sem_poder_dizer_por_eles():
    uma, outra = sozinha("CRAS Centro"), sozinha("CRAS do Centro")
    estado = entrar(ator(GESTAO_ESTADUAL, "32"))

    pagina = estado.get(reverse("rede-repetidas")).content.decode()
    planilha = estado.get(reverse("rede-repetidas"), {"formato": "csv"}).content.decode()

    assert "Vitória/ES" in pagina and "Comparar e juntar" not in pagina
    assert "CRAS Centro" in planilha and "CRAS do Centro" in planilha and "mesmo nome" in planilha
    assert estado.post(reverse("rede-distintas", args=[uma.pk]), {"outra": outra.pk}).status_code == 403
    assert Client().get(reverse("rede-repetidas")).status_code == 302


def test_treze_mil_unidades_se_comparam_em_pouco_tempo_de_processador(monkeypatch):
    linhas = [
        {
            "id": uuid7(),
            "municipio_id": f"32{onde:05d}",
            "tipo": "cras",
            "nome_busca": f"cras bairro {chr(98 + n % 20)}{chr(98 + n // 20)} da regiao {onde}",
            "logradouro": f"Rua {n}",
            "numero": "1",
            "telefone": "",
            "latitude": None,
            "longitude": None,
        }
        for onde in range(400)
        for n in range(33)
    ]
    monkeypatch.setattr(repetidas, "_abertas", lambda onde: iter(linhas))

    comeco = process_time()
    achados = repetidas.pares("BR")

    assert (len(linhas), achados) == (13_200, [])
    assert process_time() - comeco < 3  # sozinho, abaixo de 1: a folga é da máquina ocupada
