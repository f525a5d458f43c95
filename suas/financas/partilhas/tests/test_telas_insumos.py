"""As telas de insumos: lista, correção, indicadores complementares e arquivos."""

from __future__ import annotations

import csv
import hashlib
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from normas.territorio.porte import Porte
from suas.cadastros.territorio.models import Municipio, Populacao
from suas.financas.partilhas.consultas.memorias import bytes_da_memoria
from suas.financas.partilhas.models import Estado, Partilha
from suas.financas.partilhas.tests import fabricas
from suas.nucleo.trilha.consultas import atos_de

pytestmark = pytest.mark.django_db

ALFA, BETA = "3200102", "3200201"
CORRECAO = {"valor": "1,00", "fonte": "Ofício 3/2006", "ano": "2005", "motivo": "balanço publicado"}


@pytest.fixture
def entrar(client):
    def _entrar(ator):
        client.force_login(ator.pessoa, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return _entrar


def _texto(resposta) -> str:
    return resposta.content.decode()


def _corrigir(partilha, codigo=BETA, dado="rcl_per_capita"):
    return reverse("partilha-corrigir", args=[partilha.pk, codigo]) + f"?dado={dado}"


def test_corrigir_um_dado_na_tela_muda_ordem_cota_memoria_e_sha256(entrar, federal, lugares):
    # Só cabe um mínimo no Pequeno I do Espírito Santo: quem está na frente recebe.
    partilha = fabricas.simulada(por=federal, recurso_centavos=20_000_000)
    antes = {c.municipio_id: (c.ordem, c.indice, c.valor_centavos) for c in partilha.cotas.all()}
    sha, memoria = partilha.sha256, bytes_da_memoria(partilha)

    resposta = entrar(federal).post(
        _corrigir(partilha, BETA, "populacao_vulneravel"), CORRECAO | {"valor": "12.000"}, follow=True
    )

    partilha.refresh_from_db()
    depois = {c.municipio_id: (c.ordem, c.indice, c.valor_centavos) for c in partilha.cotas.all()}
    assert "era 3.000, agora é 12.000. Uma nova simulação foi pedida." in _texto(resposta)
    assert partilha.insumos.get(municipio_id=BETA).populacao_vulneravel == "12000"
    assert (antes[BETA][0], depois[BETA][0]) == (2, 1)
    assert antes[BETA][1] != depois[BETA][1]
    assert [antes[c][2] for c in (ALFA, BETA)] != [depois[c][2] for c in (ALFA, BETA)]
    assert partilha.sha256 != sha
    assert bytes_da_memoria(partilha) != memoria
    assert not partilha.desatualizada


def test_correcao_que_nao_serve_volta_com_o_digitado_e_nada_muda(entrar, federal, lugares):
    partilha = fabricas.simulada(por=federal)
    sha = partilha.sha256

    texto = _texto(entrar(federal).post(_corrigir(partilha), CORRECAO | {"valor": "mil reais"}))

    assert "“mil reais” não é um número" in texto
    assert 'value="mil reais"' in texto
    assert "balanço publicado" in texto
    partilha.refresh_from_db()
    assert partilha.sha256 == sha


def test_completar_o_que_falta_leva_ao_que_ainda_falta_e_depois_a_simular(entrar, federal):
    fabricas.territorio(por=federal, sem=[(ALFA, "rcl_per_capita"), (BETA, "rcl_per_capita")])
    partilha = fabricas.partilha(por=federal)
    quem = entrar(federal)

    primeira = quem.post(_corrigir(partilha, ALFA), CORRECAO)
    segunda = quem.post(_corrigir(partilha, BETA), CORRECAO, follow=True)

    assert primeira["Location"] == reverse("partilha-insumos", args=[partilha.pk]) + "?mostrar=faltas"
    assert segunda.redirect_chain[-1][0] == reverse("partilha", args=[partilha.pk])
    assert "Beta/ES: faltava, agora é 1,00." in _texto(segunda)
    assert "Os insumos estão completos." in _texto(segunda)


def test_correcao_sem_valor_pede_o_valor(entrar, federal, lugares):
    partilha = fabricas.partilha(por=federal)

    texto = _texto(entrar(federal).post(_corrigir(partilha), CORRECAO | {"valor": ""}))

    assert "Escreva o novo valor de receita corrente líquida por habitante." in texto


def test_correcao_de_rascunho_nao_pede_simulacao(entrar, federal, lugares):
    partilha = fabricas.partilha(por=federal)

    entrar(federal).post(_corrigir(partilha), CORRECAO)

    partilha.refresh_from_db()
    assert (partilha.estado, partilha.andamento_id) == (Estado.RASCUNHO, None)


def test_dado_que_nao_existe_municipio_de_fora_e_quem_nao_conduz(entrar, client, federal, estadual, municipal, lugares):
    partilha = fabricas.simulada(por=federal)

    assert client.get(_corrigir(partilha)).status_code == 302
    assert entrar(federal).get(_corrigir(partilha, dado="senha")).status_code == 404
    assert entrar(federal).get(_corrigir(partilha, "9999999")).status_code == 404
    assert entrar(estadual).get(_corrigir(partilha)).status_code == 403
    assert entrar(estadual).get(_corrigir(partilha, "3500105")).status_code == 404
    assert entrar(municipal).get(_corrigir(partilha)).status_code == 404


def test_lista_de_insumos_diz_o_que_falta_e_filtra(entrar, federal):
    fabricas.territorio(por=federal, sem=[(BETA, "rcl_per_capita")])
    partilha = fabricas.partilha(por=federal)
    endereco = reverse("partilha-insumos", args=[partilha.pk])
    quem = entrar(federal)

    assert "1 dado falta ou não serve." in _texto(quem.get(endereco))
    so_faltas = _texto(quem.get(endereco, {"mostrar": "faltas"}))
    assert "Beta" in so_faltas
    assert "Gama" not in so_faltas
    assert f"{_corrigir(partilha)}" in so_faltas
    assert "Alfa" in _texto(quem.get(endereco, {"q": "alfa"}))
    assert "Nenhum município assim" in _texto(quem.get(endereco, {"q": "inexistente"}))
    assert "Zeta" not in _texto(quem.get(endereco, {"uf": "ES"}))
    quem.post(_corrigir(partilha), CORRECAO)
    digitados = _texto(quem.get(endereco, {"mostrar": "digitados"}))
    assert "Beta" in digitados
    assert "Alfa" not in digitados


def test_pedido_estranho_no_endereco_nao_derruba_a_lista(entrar, federal, lugares):
    partilha = fabricas.partilha(por=federal)

    resposta = entrar(federal).get(
        reverse("partilha-insumos", args=[partilha.pk]),
        {"uf": "XX", "mostrar": "tudo", "ordem": "-senha", "pagina": "abc"},
    )

    assert resposta.status_code == 200


def test_cada_um_ve_as_linhas_do_seu_territorio_ate_a_deliberacao(
    entrar, client, federal, estadual, municipal, lugares
):
    partilha = fabricas.simulada(por=federal)
    endereco = reverse("partilha-insumos", args=[partilha.pk])

    assert client.get(endereco).status_code == 404
    do_estado = _texto(entrar(estadual).get(endereco))
    assert "Beta" in do_estado
    assert "Zeta" not in do_estado
    do_municipio = _texto(entrar(municipal).get(endereco))
    assert "Alfa" in do_municipio
    assert "Beta" not in do_municipio

    client.logout()
    deliberada = fabricas.deliberada(por=federal)
    publico = _texto(client.get(reverse("partilha-insumos", args=[deliberada.pk])))
    assert "Zeta" in publico
    assert "Congelar de novo" not in publico


def test_lista_de_insumos_faz_as_mesmas_consultas_com_1_e_com_20_linhas(entrar, federal, lugares):
    uma = fabricas.partilha(por=federal)
    uma.insumos.exclude(municipio_id=ALFA).delete()
    for numero in range(20):
        codigo = f"32010{numero:02d}"
        Municipio.objects.create(codigo_ibge=codigo, nome=f"Lugar {numero}", uf_id="32")
        Populacao.objects.create(municipio_id=codigo, ano=fabricas.ANO, habitantes=9000, tipo="estimativa", fonte="x")
    muitas = fabricas.partilha(por=federal)
    uma.faltas = muitas.faltas
    uma.save()
    quem = entrar(federal)

    def consultas(partilha: Partilha) -> int:
        with CaptureQueriesContext(
            connection,
        ) as capturadas:
            assert quem.get(reverse("partilha-insumos", args=[partilha.pk])).status_code == 200
        return len(capturadas)

    consultas(uma)
    assert consultas(uma) == consultas(muitas)


def test_complementares_pela_tela_para_uma_e_para_todas(entrar, federal, lugares):
    partilha = fabricas.partilha(por=federal)
    endereco = reverse("partilha-complementares", args=[partilha.pk])
    quem = entrar(federal)
    assert "Pequeno I" in _texto(quem.get(endereco))
    dados = {
        f"{linha.porte}_{linha.instancia.replace('-', '_')}_{sufixo}": valor
        for linha in partilha.complementares.all()
        for sufixo, valor in (("indicador", f"{linha.indicador_codigo}|"), ("direcao", linha.direcao))
    }
    dados |= {f"porte_{porte}_direcao": "alto_pior" for porte in Porte}

    quem.post(endereco, dados | {"PEQUENO_I_ES_indicador": "rcl_per_capita|2005", "PEQUENO_I_ES_direcao": "baixo_pior"})
    um = partilha.complementares.get(porte="PEQUENO_I", instancia="ES")
    assert (um.indicador_codigo, um.ano, um.direcao) == ("rcl_per_capita", 2005, "baixo_pior")
    assert partilha.complementares.filter(indicador_codigo="rcl_per_capita").count() == 1

    quem.post(
        endereco,
        dados
        | {
            "aplicar": "PEQUENO_I",
            "porte_PEQUENO_I_indicador": "fnas_psb_per_capita|",
            "porte_PEQUENO_I_direcao": "baixo_pior",
        },
    )
    assert partilha.complementares.filter(indicador_codigo="fnas_psb_per_capita", porte="PEQUENO_I").count() == 27
    assert partilha.insumos.get(municipio_id=ALFA).indicador_complementar == "10.00"

    vazio = _texto(quem.post(endereco, dados | {"aplicar": "MEDIO"}))
    assert "Escolha o indicador que vai para todas as instâncias." in vazio


def test_complementar_fora_da_lista_volta_ao_formulario(entrar, federal, lugares):
    partilha = fabricas.partilha(por=federal)

    texto = _texto(
        entrar(federal).post(
            reverse("partilha-complementares", args=[partilha.pk]), {"METROPOLE_BR_indicador": "nivel_gestao|"}
        )
    )

    assert "Este indicador não está na lista." in texto
    assert atos_de(partilha).count() == 1


def _csv(resposta):
    return list(csv.DictReader(io.StringIO(resposta.content.decode())))


def _arquivo(partilha, nome):
    return reverse("partilha-arquivo", args=[partilha.pk, nome])


def test_arquivos_trazem_as_colunas_do_contrato_e_o_aviso_no_fim(entrar, federal, lugares):
    partilha = fabricas.simulada(por=federal)
    quem = entrar(federal)

    municipios = _csv(quem.get(_arquivo(partilha, "municipios.csv")))
    grupos = _csv(quem.get(_arquivo(partilha, "grupos.csv")))
    insumos = _csv(quem.get(_arquivo(partilha, "insumos.csv")))

    assert list(municipios[0])[:4] == ["codigo_ibge", "uf", "porte", "indice"]
    assert list(municipios[0])[-1] == "aviso"
    assert "sintéticos" in municipios[0]["aviso"]
    assert [linha["codigo_ibge"] for linha in municipios] == sorted(linha["codigo_ibge"] for linha in municipios)
    pago = sum(round(float(linha["valor_partilhado"]) * 100) for linha in municipios)
    saldo = sum(round(float(linha["saldo"]) * 100) for linha in grupos)
    assert pago + saldo == partilha.recurso_centavos
    assert insumos[0]["origem_rcl_per_capita"] == "Fonte de teste; 2005; sintético"


def test_baixar_o_que_vejo_segue_o_filtro(entrar, federal, lugares):
    partilha = fabricas.partilha(por=federal)
    endereco = reverse("partilha-insumos", args=[partilha.pk])
    quem = entrar(federal)

    assert _arquivo(partilha, "insumos.csv") + "?uf=SP" in _texto(quem.get(endereco, {"uf": "SP"}))
    assert {linha["uf"] for linha in _csv(quem.get(_arquivo(partilha, "insumos.csv"), {"uf": "SP"}))} == {"SP"}


def test_insumos_baixados_dao_a_mesma_partilha_pela_linha_de_comando(entrar, federal, lugares, tmp_path):
    from normas.comandos import comando_partilha

    partilha = fabricas.simulada(por=federal)
    entrada = tmp_path / "insumos.csv"
    entrada.write_bytes(entrar(federal).get(_arquivo(partilha, "insumos.csv")).content)

    argumentos = ["--entrada", str(entrada), "--recurso", "1000000.00", "--pbf", "1.80", "--exercicio", "2006"]
    assert comando_partilha([*argumentos, "--saida", str(tmp_path / "saida")]) == 0

    calculadas = list(csv.DictReader((tmp_path / "saida" / "municipios.csv").open(encoding="utf-8")))
    baixadas = _csv(entrar(federal).get(_arquivo(partilha, "municipios.csv")))
    assert [{k: v for k, v in linha.items() if k != "aviso"} for linha in baixadas] == calculadas


def test_memoria_baixada_tem_o_sha256_mostrado(entrar, federal, lugares):
    partilha = fabricas.simulada(por=federal)

    resposta = entrar(federal).get(_arquivo(partilha, "memoria.json"))

    assert hashlib.sha256(resposta.content).hexdigest() == partilha.sha256 == resposta["X-SHA-256"]
    assert json.loads(resposta.content)["totais"]["municipios"] == 8


def test_arquivos_seguem_o_alcance_e_o_estado(entrar, client, federal, estadual, lugares):
    partilha, rascunho = fabricas.simulada(por=federal), fabricas.partilha(por=federal)

    assert client.get(_arquivo(partilha, "municipios.csv")).status_code == 404
    do_estado = _csv(entrar(estadual).get(_arquivo(partilha, "municipios.csv")))
    assert {linha["uf"] for linha in do_estado} == {"ES"}
    assert {linha["uf"] for linha in _csv(entrar(estadual).get(_arquivo(partilha, "grupos.csv")))} == {"ES"}
    recusa = entrar(estadual).get(_arquivo(partilha, "memoria.json"))
    assert recusa.status_code == 403
    assert "fica aberta a todos quando a partilha for deliberada" in _texto(recusa)
    assert entrar(federal).get(_arquivo(rascunho, "municipios.csv")).status_code == 404
    assert entrar(federal).get(_arquivo(rascunho, "memoria.json")).status_code == 404
    assert entrar(federal).get(_arquivo(partilha, "outra.csv")).status_code == 404


def test_publico_baixa_tudo_da_deliberada(client, federal, lugares):
    deliberada = fabricas.deliberada(por=federal)

    for nome in ("municipios.csv", "grupos.csv", "insumos.csv", "memoria.json"):
        assert client.get(_arquivo(deliberada, nome)).status_code == 200
