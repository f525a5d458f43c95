"""Peças, selo, e o banco que recusa qualquer mudança depois dele. Corre igual no SQLite e no PostgreSQL."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from suas.financas.partilhas import tarefas
from suas.financas.partilhas.acoes import pecas, simulacao
from suas.financas.partilhas.apps import TABELAS_DA_PARTILHA
from suas.financas.partilhas.models import Cota, Estado, Grupo, Insumo, Partilha, Peca
from suas.financas.partilhas.tests import fabricas
from suas.nucleo import banco
from suas.nucleo.identidade.tests.fabricas import AGORA
from suas.nucleo.recusa import AtoRecusado

pytestmark = pytest.mark.django_db


def _recusado(*, sql="", params=(), fazer=None):
    """O banco recusa, com a frase do selo, e a transação continua servindo."""
    with pytest.raises(DatabaseError, match="Esta partilha esta selada"), transaction.atomic():
        if fazer is not None:
            fazer()
        else:
            with connection.cursor() as cursor:
                cursor.execute(sql, params)


def test_pactuacao_depois_resolucao_depois_selo(federal, lugares):
    simulada = fabricas.simulada(por=federal)

    pactuada = fabricas.juntar(simulada, por=federal)
    deliberada = fabricas.juntar(pactuada, por=federal, numero="2/2006", dia=date(2006, 4, 1))
    selada = pecas.selar(partilha=deliberada, por=federal, em=AGORA)

    assert (pactuada.estado, deliberada.estado, selada.estado) == (Estado.PACTUADA, Estado.DELIBERADA, Estado.SELADA)
    assert list(selada.pecas.values_list("tipo", "instancia")) == [("pactuacao", "CIT"), ("resolucao", "CNAS")]


def test_na_partilha_estadual_sao_a_cib_e_o_ceas(federal, estadual, lugares):
    deliberada = fabricas.deliberada(por=estadual, ambito="32")

    assert list(deliberada.pecas.values_list("instancia", flat=True)) == ["CIB", "CEAS"]


@pytest.mark.parametrize(
    "mudancas, campo, palavras",
    [
        pytest.param({"dia": date(2099, 1, 1)}, "dia", "01/01/2099 ainda não chegou", id="data futura"),
        pytest.param(
            {"arquivo": fabricas.arquivo("a.pdf", b"MZ isto nao e pdf")}, "arquivo", "não é PDF", id="não é PDF"
        ),
        pytest.param({"arquivo": fabricas.arquivo("a.pdf", b"")}, "arquivo", "vazio", id="vazio"),
    ],
)
def test_peca_que_nao_serve_e_recusada_no_seu_campo(federal, lugares, mudancas, campo, palavras):
    simulada = fabricas.simulada(por=federal)

    with pytest.raises(AtoRecusado, match=palavras) as recusa:
        fabricas.juntar(simulada, por=federal, **mudancas)

    assert recusa.value.campo == campo
    assert Partilha.objects.get(pk=simulada.pk).estado == Estado.SIMULADA


def test_resolucao_anterior_a_pactuacao_e_recusada(federal, lugares):
    pactuada = fabricas.juntar(fabricas.simulada(por=federal), por=federal, dia=date(2006, 3, 1))

    with pytest.raises(AtoRecusado, match=r"28/02/2006.*01/03/2006"):
        fabricas.juntar(pactuada, por=federal, dia=date(2006, 2, 28))


def test_data_de_outro_seculo_e_recusada(federal, lugares):
    simulada = fabricas.simulada(por=federal)

    with pytest.raises(AtoRecusado, match=r"01/03/1806 é anterior a 1988"):
        fabricas.juntar(simulada, por=federal, dia=date(1806, 3, 1))


def test_rascunho_ou_desatualizada_nao_se_pactua(federal, lugares):
    rascunho = fabricas.partilha(por=federal)
    with pytest.raises(AtoRecusado, match="Simule a partilha antes"):
        fabricas.juntar(rascunho, por=federal)

    simulada = fabricas.simulada(por=federal)
    Partilha.objects.filter(pk=simulada.pk).update(versao_insumos=7)
    with pytest.raises(AtoRecusado, match="Simule de novo"):
        fabricas.juntar(simulada, por=federal)


def test_retirar_a_peca_volta_um_estado_e_pede_motivo(federal, lugares):
    deliberada = fabricas.deliberada(por=federal)

    with pytest.raises(AtoRecusado, match="Escreva por que"):
        pecas.retirar_peca(partilha=deliberada, motivo=" ", por=federal, em=AGORA)
    pactuada = pecas.retirar_peca(partilha=deliberada, motivo="número trocado", por=federal, em=AGORA)
    simulada = pecas.retirar_peca(partilha=pactuada, motivo="número trocado", por=federal, em=AGORA)

    assert (pactuada.estado, simulada.estado) == (Estado.PACTUADA, Estado.SIMULADA)
    assert not Peca.objects.exists()


def test_selo_exige_deliberacao_e_conta_que_confere(federal, lugares):
    simulada = fabricas.simulada(por=federal)
    with pytest.raises(AtoRecusado, match="pactuação da CIT e da resolução do CNAS"):
        pecas.selar(partilha=simulada, por=federal, em=AGORA)

    deliberada = fabricas.deliberada(por=federal)
    Insumo.objects.filter(partilha=deliberada, municipio_id="3200102").update(rcl_per_capita="1.00")
    with pytest.raises(AtoRecusado, match="Nada foi selado"):
        pecas.selar(partilha=deliberada, por=federal, em=AGORA)


def test_selada_nao_simula_nem_perde_pecas(federal, lugares):
    selada = fabricas.selada(por=federal)

    with pytest.raises(AtoRecusado, match="já não se simula"):
        simulacao.simular(partilha=selada, por=federal, em=AGORA)
    with pytest.raises(AtoRecusado, match="já não se retiram"):
        pecas.retirar_peca(partilha=selada, motivo="x", por=federal, em=AGORA)
    with pytest.raises(AtoRecusado, match="já está selada"):
        pecas.selar(partilha=selada, por=federal, em=AGORA)


@pytest.mark.parametrize("tabela", TABELAS_DA_PARTILHA)
@pytest.mark.parametrize("comando", ["UPDATE {t} SET partilha_id = partilha_id", "DELETE FROM {t}"])
def test_o_banco_recusa_mudar_e_apagar_o_que_e_da_selada(federal, lugares, tabela, comando):
    fabricas.selada(por=federal)

    _recusado(sql=comando.format(t=tabela))


@pytest.mark.parametrize(
    "comando", ["UPDATE partilhas_partilha SET estado = 'rascunho'", "DELETE FROM partilhas_partilha"]
)
def test_o_banco_recusa_mudar_e_apagar_a_selada(federal, lugares, comando):
    fabricas.selada(por=federal)

    _recusado(sql=comando)


def test_o_banco_recusa_o_que_passa_pelo_orm_em_massa(federal, lugares):
    selada = fabricas.selada(por=federal)
    outra = fabricas.simulada(por=federal)
    cota = selada.cotas.first()

    _recusado(fazer=lambda: selada.cotas.update(valor_centavos=0))
    _recusado(fazer=lambda: selada.cotas.all().delete())
    _recusado(fazer=lambda: Partilha.objects.filter(pk=selada.pk).update(recurso_centavos=1))
    _recusado(fazer=lambda: selada.delete())
    _recusado(fazer=lambda: outra.insumos.update(partilha=selada))
    cota.pk, cota.municipio_id = None, "5300108"
    _recusado(fazer=lambda: Cota.objects.bulk_create([cota]))
    linha = [("AC", "MEDIO", 0, 0, 0, 0, 0, 0)]
    _recusado(
        fazer=lambda: banco.inserir_em_lote(
            Grupo, campos=simulacao.CAMPOS_DO_GRUPO, linhas=linha, iguais={"partilha": selada.pk}
        )
    )
    assert Partilha.objects.get(pk=selada.pk).estado == Estado.SELADA


@pytest.mark.sqlite
def test_replace_do_sqlite_tambem_e_recusado(federal, lugares):
    fabricas.selada(por=federal)

    _recusado(sql="REPLACE INTO partilhas_cota SELECT * FROM partilhas_cota")
    _recusado(sql="REPLACE INTO partilhas_partilha SELECT * FROM partilhas_partilha")


@pytest.mark.sqlite
def test_replace_de_quem_nao_liga_os_gatilhos_recursivos_tambem_e_recusado(federal, lugares):
    selada, outra = fabricas.selada(por=federal), fabricas.simulada(por=federal)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")
    try:
        _recusado(sql="REPLACE INTO partilhas_partilha SELECT * FROM partilhas_partilha")
        _recusado(
            sql="UPDATE OR REPLACE partilhas_partilha SET id = %s WHERE id = %s", params=(selada.pk.hex, outra.pk.hex)
        )
        alheia, propria = selada.cotas.first().pk, outra.cotas.first().pk
        _recusado(sql="UPDATE OR REPLACE partilhas_cota SET id = %s WHERE id = %s", params=(alheia, propria))
        _recusado(
            sql="REPLACE INTO partilhas_grupo SELECT %s, uf, porte, passo1_centavos, passo2_centavos, "
            "recebido_centavos, cedido_centavos, pago_centavos, saldo_centavos, partilha_id "
            "FROM partilhas_grupo WHERE id = %s",
            params=(selada.grupos.first().pk, outra.grupos.first().pk),
        )
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers=ON")


def test_quem_nao_esta_selada_continua_mudando(federal, lugares):
    fabricas.selada(por=federal)
    outra = fabricas.simulada(por=federal)

    assert outra.cotas.update(motivo="outro") == 8
    outra.cotas.all().delete()


def test_a_conferencia_noturna_acha_a_cota_que_nao_e_a_da_memoria(federal, lugares):
    deliberada = fabricas.deliberada(por=federal)
    assert tarefas.conferir_seladas(AGORA) == "0 partilhas seladas conferidas; nenhuma diferença."
    deliberada.cotas.filter(municipio_id="3200102").update(ordem=99)
    # Selada por fora dos atos, como faria quem quisesse esconder a mudança.
    Partilha.objects.filter(pk=deliberada.pk).update(estado=Estado.SELADA)

    resultado = tarefas.conferir_seladas(AGORA)

    assert "as cotas não são as da memória" in resultado
    assert "os insumos" not in resultado


def test_a_conferencia_noturna_da_selada_intacta_nao_acha_nada(federal, lugares):
    fabricas.selada(por=federal)

    assert tarefas.conferir_seladas(AGORA) == "1 partilhas seladas conferidas; nenhuma diferença."
