"""As telas de leitura: lista, partilha, estado, memória do município e o programa que refaz a conta."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from suas.cadastros.territorio.models import Municipio
from suas.financas.partilhas.consultas import estados, explicacoes, leitura
from suas.financas.partilhas.consultas.memorias import memoria_da_uf
from suas.financas.partilhas.models import Cota, Grupo, Partilha, Porte, Situacao
from suas.financas.partilhas.tests import fabricas
from suas.nucleo.fila import acoes as fila
from suas.nucleo.identidade.tests.fabricas import AGORA, ator
from suas.nucleo.permissoes.papeis import GESTAO_ESTADUAL
from suas.nucleo.tela.filtros import reais

pytestmark = pytest.mark.django_db

ALFA, BETA, DELTA, ZETA = "3200102", "3200201", "3200409", "3500105"
PROGRAMA = Path(__file__).parents[4] / "ferramentas" / "recalcular.py"


@pytest.fixture
def entrar(client):
    """Entra como o ator e devolve o cliente."""

    def _entrar(ator):
        client.force_login(ator.pessoa, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return _entrar


@pytest.fixture
def paulista(db):
    return ator(GESTAO_ESTADUAL, "35")


def _texto(resposta) -> str:
    return resposta.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def _uf(partilha, sigla):
    return reverse("partilha-uf", args=[partilha.pk, sigla])


def _da_partilha(rota, partilha, *mais):
    return reverse(rota, args=[partilha.pk, *mais])


# a lista


def test_lista_vazia_diz_ao_publico_o_que_vai_aparecer(client):
    assert "Nenhuma partilha para ver ainda" in _texto(client.get(reverse("partilhas-lista")))


def test_lista_vazia_leva_quem_conduz_ao_primeiro_passo(entrar, federal):
    resposta = entrar(federal).get(reverse("partilhas-lista"))

    assert reverse("partilha-nova") in _texto(resposta)


def test_o_publico_so_ve_na_lista_a_deliberada_e_a_selada(client, federal, lugares):
    fabricas.simulada(por=federal, nome="Só da gestão")
    publicada = fabricas.deliberada(por=federal)
    Partilha.objects.filter(pk=publicada.pk).update(nome="De todos")

    texto = _texto(client.get(reverse("partilhas-lista")))

    assert "De todos" in texto
    assert "Só da gestão" not in texto


def test_lista_filtra_pelo_estado_da_partilha(entrar, federal, lugares):
    fabricas.partilha(por=federal, nome="A rascunhar")
    fabricas.simulada(por=federal, nome="A pactuar")

    texto = _texto(entrar(federal).get(reverse("partilhas-lista"), {"estado": "simulada"}))

    assert "A pactuar" in texto
    assert "A rascunhar" not in texto


def test_lista_faz_as_mesmas_consultas_com_uma_e_com_vinte_partilhas(entrar, federal, lugares):
    original = fabricas.simulada(por=federal)
    cliente, endereco = entrar(federal), reverse("partilhas-lista")
    cliente.get(endereco)
    with CaptureQueriesContext(connection) as com_uma:
        cliente.get(endereco)
    for numero in range(19):
        original.pk, original.nome = uuid4(), f"Outra {numero}"
        original.save(force_insert=True)

    with CaptureQueriesContext(connection) as com_vinte:
        assert "Outra 18" in _texto(cliente.get(endereco))

    assert len(com_vinte) == len(com_uma)


# a partilha


def test_a_partilha_mostra_portes_estados_mapa_e_arquivos(client, federal, lugares):
    partilha = fabricas.deliberada(por=federal)

    texto = _texto(client.get(_da_partilha("partilha", partilha)))

    assert "R$ 200.000,00" in texto  # passo 1 de Pequeno I: 20% de R$ 1.000.000,00
    for porte in Porte:
        assert porte.label in texto
    assert _da_partilha("partilha-uf", partilha, "ES") in texto
    assert _da_partilha("partilha-mapa", partilha, "situacao") in texto
    assert _da_partilha("partilha-arquivo", partilha, "memoria.json") in texto
    assert "".join(partilha.sha256[i : i + 8] + " " for i in range(0, 64, 8)) in texto


def test_os_totais_da_pagina_sao_a_soma_das_cotas(client, federal, lugares):
    partilha = fabricas.deliberada(por=federal)
    pago = sum(Cota.objects.filter(partilha=partilha).values_list("valor_centavos", flat=True))
    saldo = sum(Grupo.objects.filter(partilha=partilha).values_list("saldo_centavos", flat=True))

    texto = _texto(client.get(_da_partilha("partilha", partilha)))

    assert leitura.totais(partilha).dinheiro.pago == pago
    assert pago + saldo == partilha.recurso_centavos
    assert sum(linha.dinheiro.pago for linha in leitura.portes(partilha)) == pago
    assert sum(linha.contagem.municipios for linha in leitura.ufs(partilha)) == 8
    assert reais(pago).replace("\N{NO-BREAK SPACE}", " ") in texto


def test_rascunho_sem_simulacao_diz_o_que_falta(entrar, federal, lugares):
    partilha = fabricas.partilha(por=federal)

    texto = _texto(entrar(federal).get(_da_partilha("partilha", partilha)))

    assert "Ainda sem cotas" in texto
    assert _da_partilha("partilha-simular", partilha) in texto


def test_quem_nao_conduz_nao_ve_os_atos(entrar, conselho, federal, lugares):
    partilha = fabricas.simulada(por=federal)

    texto = _texto(entrar(conselho).get(_da_partilha("partilha", partilha)))

    assert _da_partilha("partilha-pecas", partilha) not in texto
    assert _da_partilha("partilha-simular", partilha) not in texto


def test_partilha_em_preparo_nao_existe_para_o_publico(client, federal, lugares):
    partilha = fabricas.simulada(por=federal)

    for endereco in (
        _da_partilha("partilha", partilha),
        _da_partilha("partilha-uf", partilha, "ES"),
        _da_partilha("partilha-municipio", partilha, ALFA),
        _da_partilha("partilha-mapa", partilha, "situacao"),
    ):
        assert client.get(endereco).status_code == 404


def test_insumos_mudados_depois_avisam_que_os_numeros_sao_da_simulacao_anterior(entrar, federal, lugares):
    partilha = fabricas.simulada(por=federal)
    Partilha.objects.filter(pk=partilha.pk).update(versao_insumos=partilha.versao_insumos + 1)

    assert "Números da simulação anterior." in _texto(entrar(federal).get(_da_partilha("partilha", partilha)))


def test_andamento_aparece_enquanto_corre_e_a_falha_aparece_em_palavras(entrar, federal, lugares):
    partilha = fabricas.simulada(por=federal)
    andamento = fila.abrir(titulo="Simulação", abrangencia="BR", em=AGORA)
    Partilha.objects.filter(pk=partilha.pk).update(andamento_id=andamento.pk)
    fila.contar(andamento, etapa="Gravando cotas e memória", feito=1, total=2)
    cliente = entrar(federal)

    correndo = _texto(cliente.get(_da_partilha("partilha", partilha)))
    fila.encerrar(andamento, mensagem="Falta a receita de Alfa/ES.", falhou=True, em=AGORA)
    terminado = _texto(cliente.get(_da_partilha("partilha", partilha)))

    assert "Gravando cotas e memória" in correndo
    assert "Falta a receita de Alfa/ES." in terminado


@pytest.mark.parametrize(
    "termo, achados",
    [
        pytest.param("epsilon", ["3200508"], id="nome sem acento"),
        pytest.param("32001", [ALFA], id="começo do código"),
        pytest.param("nenhures", [], id="ninguém"),
    ],
)
def test_busca_de_municipio_na_partilha(client, federal, lugares, termo, achados):
    partilha = fabricas.deliberada(por=federal)

    texto = _texto(client.get(_da_partilha("partilha", partilha), {"q": termo}))

    assert [cota.municipio_id for cota in leitura.procurar(partilha, termo)] == achados
    assert all(_da_partilha("partilha-municipio", partilha, codigo) in texto for codigo in achados)
    assert ("Nenhum município desta partilha" in texto) == (not achados)


@pytest.mark.parametrize("ordem", ["uf", "-pago", "saldo", "-contemplados", "municipios", "-cobertura", "outra"])
def test_estados_se_ordenam_por_qualquer_coluna(client, federal, lugares, ordem):
    partilha = fabricas.deliberada(por=federal)

    texto = _texto(client.get(_da_partilha("partilha", partilha), {"ordem": ordem}))

    na_tela = sorted(("ES", "SP", "DF"), key=lambda uf: texto.index(f'scope="row"><a href="{_uf(partilha, uf)}"'))
    conhecida = ordem if ordem != "outra" else "-passo2"
    assert na_tela == [linha.sigla for linha in leitura.ufs(partilha, ordem=conhecida)]


def test_antes_de_deliberada_o_estado_ve_so_as_linhas_do_seu_territorio(entrar, paulista, federal, lugares):
    partilha = fabricas.simulada(por=federal)
    cliente = entrar(paulista)

    texto = _texto(cliente.get(_da_partilha("partilha", partilha), {"q": "alfa"}))

    assert _uf(partilha, "SP") in texto
    assert _uf(partilha, "ES") not in texto
    assert "Nenhum município desta partilha" in texto
    assert cliente.get(_da_partilha("partilha-uf", partilha, "ES")).status_code == 404
    assert cliente.get(_da_partilha("partilha-municipio", partilha, ALFA)).status_code == 404
    assert cliente.get(_da_partilha("partilha-mapa", partilha, "situacao")).status_code == 404
    assert cliente.get(_da_partilha("partilha-municipio", partilha, ZETA)).status_code == 200


@pytest.mark.parametrize("vista", ["situacao", "valor"])
def test_imagem_do_mapa_traz_os_avisos_dentro_dela(client, federal, lugares, vista):
    partilha = fabricas.deliberada(por=federal)

    resposta = client.get(_da_partilha("partilha-mapa", partilha, vista))

    assert resposta["Content-Type"].startswith("image/svg+xml")
    assert "Dados sintéticos" in b"".join(resposta).decode()


def test_mapa_de_vista_que_nao_existe_e_404(client, federal, lugares):
    partilha = fabricas.deliberada(por=federal)

    assert client.get(_da_partilha("partilha-mapa", partilha, "outra")).status_code == 404


# o estado


def test_o_estado_mostra_as_filas_em_ordem_e_o_que_restou_em_cada_pagamento(client, federal, lugares):
    partilha = fabricas.deliberada(por=federal)

    texto = _texto(client.get(_uf(partilha, "ES")))

    do_estado = estados.estado(partilha, memoria_da_uf(partilha, "ES"), sigla="ES")
    filas = {fila.porte.porte: fila for fila in do_estado.filas}
    pequeno = filas[Porte.PEQUENO_I]
    assert [linha.cota.ordem for linha in pequeno.linhas] == [1, 2, 3, 4]
    for linha in pequeno.linhas:
        assert (linha.restou is not None) == (linha.cota.situacao == Situacao.CONTEMPLADO)
        assert linha.restou is None or reais(linha.restou).replace("\N{NO-BREAK SPACE}", " ") in texto
    assert "percorre a fila com" in texto
    assert "A gestão é inicial" in texto


def test_sobra_que_muda_de_porte_e_contada_em_palavras(client, federal, lugares):
    partilha = fabricas.simulada(por=federal, recurso_centavos=20_000_000)
    cedidos = Grupo.objects.filter(partilha=partilha, uf="ES", cedido_centavos__gt=0)

    do_estado = estados.estado(partilha, memoria_da_uf(partilha, "ES"), sigla="ES")

    sobras = " ".join(momento.texto for momento in do_estado.historia if momento.sobra)
    assert cedidos
    for grupo in cedidos:
        assert f"{grupo.get_porte_display()} (" in sobras


def test_estado_fora_da_partilha_e_404(client, federal, lugares):
    partilha = fabricas.deliberada(por=federal)

    assert client.get(_da_partilha("partilha-uf", partilha, "AC")).status_code == 404
    assert client.get(_da_partilha("partilha-uf", partilha, "XX")).status_code == 404


def test_o_estado_faz_as_mesmas_consultas_com_poucos_e_com_muitos_municipios(client, federal, lugares):
    partilha = fabricas.deliberada(por=federal)
    endereco = _da_partilha("partilha-uf", partilha, "ES")
    client.get(endereco)
    with CaptureQueriesContext(connection) as poucos:
        client.get(endereco)
    modelo = Cota.objects.get(partilha=partilha, municipio_id=DELTA)
    for numero in range(20):
        codigo = f"32900{numero:02d}"
        Municipio.objects.create(codigo_ibge=codigo, nome=f"Novo {numero}", nome_busca=f"novo {numero}", uf_id="32")
        modelo.pk, modelo.municipio_id = None, codigo
        modelo.save(force_insert=True)

    with CaptureQueriesContext(connection) as muitos:
        assert "Novo 19" in _texto(client.get(endereco))

    assert len(muitos) == len(poucos)


# a memória do município


def test_a_memoria_conta_a_partilha_com_os_numeros_do_municipio(client, federal, lugares):
    partilha = fabricas.deliberada(por=federal)
    cota = Cota.objects.get(partilha=partilha, municipio_id=ALFA)

    texto = _texto(client.get(_da_partilha("partilha-municipio", partilha, ALFA)))

    assert "Alfa tem 10.000 habitantes (Estimativa de teste, 2005): é de porte Pequeno I." in texto
    assert "5.000 ÷ 10.000 × 100" in texto
    assert cota.indice.replace(".", ",") in texto
    assert "NOB/SUAS 2005 (Resolução CNAS nº 130/2005), item 5.5, I, a, 1º critério" in texto
    assert "Fonte de teste" in texto
    baixado = client.get(_da_partilha("partilha-arquivo", partilha, "memoria.json"))["Content-Disposition"]
    nome = baixado.split('"')[1]
    assert f"python3 recalcular.py {nome} --municipio {ALFA}" in texto
    assert "Dados sintéticos" in texto


def test_a_memoria_diz_o_que_faria_o_municipio_subir(client, federal, lugares):
    partilha = fabricas.deliberada(por=federal)

    texto = _texto(client.get(_da_partilha("partilha-municipio", partilha, BETA)))

    memoria = explicacoes.memoria_do_municipio(memoria_da_uf(partilha, "ES"), codigo_ibge=BETA)
    vulneravel = next(mudanca for mudanca in memoria.mudancas if mudanca.rotulo == "População vulnerável")
    assert vulneravel.valor_atual == "3.000"
    assert vulneravel.posicao.ordem == 1
    assert f">{vulneravel.posicao.valor_necessario}<" in texto


def test_nao_elegivel_le_por_que_nao_recebe(client, federal, lugares):
    partilha = fabricas.deliberada(por=federal)

    assert "A gestão é inicial" in _texto(client.get(_da_partilha("partilha-municipio", partilha, DELTA)))


def test_so_quem_conduz_ve_onde_corrigir_na_memoria(entrar, federal, municipal, lugares):
    partilha = fabricas.simulada(por=federal)
    corrigir = _da_partilha("partilha-corrigir", partilha, ALFA)
    endereco = _da_partilha("partilha-municipio", partilha, ALFA)

    assert corrigir in _texto(entrar(federal).get(endereco))
    do_municipio = _texto(entrar(municipal).get(endereco))
    assert corrigir not in do_municipio
    assert "abre a todos quando a partilha for deliberada" in do_municipio


def test_municipio_de_partilha_nunca_simulada_mostra_os_dados_que_entram(entrar, federal, lugares):
    partilha = fabricas.partilha(por=federal)

    texto = _texto(entrar(federal).get(_da_partilha("partilha-municipio", partilha, ALFA)))

    assert "Ainda sem memória de cálculo" in texto
    assert "População vulnerável" in texto


def test_municipio_fora_da_partilha_e_404(client, federal, lugares):
    partilha = fabricas.deliberada(por=federal)

    assert client.get(_da_partilha("partilha-municipio", partilha, "3299999")).status_code == 404


# refazer a conta


def test_o_programa_baixado_refaz_a_partilha_baixada(client, federal, lugares, tmp_path):
    partilha = fabricas.selada(por=federal)
    programa, memoria = tmp_path / "recalcular.py", tmp_path / "memoria.json"
    programa.write_bytes(b"".join(client.get(reverse("partilha-recalcular"))))
    resposta = client.get(_da_partilha("partilha-arquivo", partilha, "memoria.json"))
    memoria.write_bytes(b"".join(resposta) if resposta.streaming else resposta.content)

    refeita = subprocess.run(
        [sys.executable, "-I", str(programa), str(memoria), "--sha256", partilha.sha256, "--municipio", ALFA],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert programa.read_bytes() == PROGRAMA.read_bytes()
    assert refeita.stderr == ""
    assert "Tudo confere." in refeita.stdout
    assert partilha.sha256 in refeita.stdout


def test_o_municipio_ve_primeiro_o_que_lhe_coube(entrar, federal, municipal, lugares):
    partilha = fabricas.deliberada(por=federal)
    endereco = _da_partilha("partilha", partilha)

    do_municipio, do_publico = _texto(entrar(municipal).get(endereco)), _texto(Client().get(endereco))

    assert 'aria-label="O seu município"' in do_municipio
    assert 'aria-label="O seu município"' not in do_publico


def test_o_estado_tem_a_sua_fila_a_um_toque(entrar, federal, estadual, lugares):
    partilha = fabricas.simulada(por=federal)

    assert "Os municípios de ES, em ordem" in _texto(entrar(estadual).get(_da_partilha("partilha", partilha)))


def test_estado_sem_municipio_na_partilha_ve_a_pagina_sem_mapa(entrar, paulista, federal, lugares):
    partilha = fabricas.simulada(por=federal)
    Cota.objects.filter(partilha=partilha, uf="SP").delete()

    texto = _texto(entrar(paulista).get(_da_partilha("partilha", partilha)))

    assert "Os cinco portes" in texto
    assert "No mapa" not in texto
