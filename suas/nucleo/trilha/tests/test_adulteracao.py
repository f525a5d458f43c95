"""Quem adultera a trilha tira antes os gatilhos. A verificação acha cada mudança e a diz no lugar certo."""

from __future__ import annotations

import pytest
from django.db import connection

from suas.nucleo import banco
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.trilha import cifra, corrente, verificacao
from suas.nucleo.trilha.acoes import destruir_chave, lacrar, registrar
from suas.nucleo.trilha.consultas import Cabeca, cabeca
from suas.nucleo.trilha.models import Alteracao, Ato, Chave, Elo, Leitura
from suas.nucleo.trilha.tests import corrente_de_teste as teste

pytestmark = pytest.mark.django_db

COLUNAS = [
    (modelo, campo) for modelo in (Ato, Alteracao, Leitura, Elo, Chave) for campo in modelo._meta.concrete_fields
]
LINHAS = pytest.mark.parametrize("modelo", [Ato, Alteracao, Leitura], ids=lambda m: m._meta.model_name)
LUGARES = pytest.mark.parametrize("lugar", ["primeira", "meio", "ultima"])


@pytest.fixture
def guardada() -> Cabeca:
    """A corrente lacrada, com a cabeça guardada fora e os gatilhos já tirados."""
    cabeca = teste.montar()
    assert not teste.quebras(cabeca), "a corrente começa inteira"
    teste.soltar()
    return cabeca


def _do_lugar(consulta, lugar):
    todas = list(consulta)
    return {"primeira": todas[0], "meio": todas[len(todas) // 2], "ultima": todas[-1]}[lugar]


def _acusados(quebras):
    """Os números de elo que as quebras acusam."""
    return {q.onde.split()[1] for q in quebras if q.onde.startswith("elo ")}


@pytest.mark.parametrize("modelo, campo", COLUNAS, ids=lambda v: getattr(v, "name", None) or v._meta.model_name)
def test_mudar_qualquer_coluna_de_qualquer_tabela_e_achado_no_lugar(guardada, modelo, campo) -> None:
    linha = _do_lugar(modelo.objects.order_by("pk"), "meio")
    antes = getattr(linha, campo.attname)

    modelo.objects.filter(pk=linha.pk).update(**{campo.attname: teste.mudado(campo, antes)})

    quebras = teste.quebras()
    if modelo is Chave:
        lugares = {f"chave {linha.titular}"}
    else:
        numero = linha.numero if modelo is Elo else linha.elo
        lugares = {f"elo {numero}"}
        levado = {str(numero + 1000), str(guardada.numero + 1)}  # o elo posto mil números adiante deixa um vão
        assert _acusados(quebras) <= {str(numero)} | levado, "acusa só o elo adulterado"
    assert any(q.onde == lugar or q.onde.startswith(f"{lugar} ") for q in quebras for lugar in lugares), quebras


@LUGARES
@LINHAS
def test_retirar_uma_linha_e_achado(guardada, modelo, lugar) -> None:
    linha = _do_lugar(modelo.objects.order_by("elo"), lugar)
    modelo.objects.filter(pk=linha.pk)._raw_delete("default")

    quebras = teste.quebras()

    assert [(q.tipo, q.onde.split()[1]) for q in quebras if q.tipo != "chave"] == [("retirada", str(linha.elo))]


@LUGARES
def test_retirar_linha_e_elo_e_achado_ate_na_cauda_com_a_cabeca_guardada(guardada, lugar) -> None:
    elo = _do_lugar(Elo.objects.filter(tabela="ato").order_by("numero"), lugar)
    if lugar == "ultima":  # a cauda: tudo do elo em diante
        for depois in Elo.objects.filter(numero__gte=elo.numero):
            corrente.TABELAS[depois.tabela].objects.filter(pk=depois.linha_id)._raw_delete("default")
            depois.delete()
        assert not [q for q in teste.quebras() if q.tipo != "chave"], "sem a cabeça de fora, a cauda cortada não se vê"
    else:
        Ato.objects.filter(pk=elo.linha_id)._raw_delete("default")
        Elo.objects.filter(pk=elo.pk).delete()

    quebras = [q for q in teste.quebras(guardada) if q.tipo != "chave"]

    if lugar == "ultima":
        assert [(q.tipo, q.onde) for q in quebras] == [("cauda cortada", f"elo {guardada.numero}")]
    else:
        assert [(q.tipo, q.onde) for q in quebras] == [("retirada", f"elo {elo.numero}")]


def test_tirar_so_o_ultimo_elo_deixa_a_linha_que_o_denuncia(guardada) -> None:
    ultimo = Elo.objects.order_by("-numero").first()
    Elo.objects.filter(pk=ultimo.pk).delete()

    assert ("cauda cortada", f"{ultimo.tabela} {ultimo.linha_id}") in {(q.tipo, q.onde) for q in teste.quebras()}


@LINHAS
@pytest.mark.parametrize("elo", ["de outra linha", "depois do último"])
def test_inserir_uma_linha_como_se_fosse_lacrada_e_achado(guardada, modelo, elo) -> None:
    copia = modelo.objects.order_by("pk").first()
    copia.pk = 900
    copia.elo = copia.elo if elo == "de outra linha" else guardada.numero + 1
    copia.save(force_insert=True)

    tipo = "inserida" if elo == "de outra linha" else "cauda cortada"
    assert [(q.tipo, q.onde) for q in teste.quebras()] == [(tipo, f"{modelo._meta.model_name} 900")]


def test_inserir_linha_com_elo_forjado_na_cauda_e_achado(guardada) -> None:
    ato = Ato.objects.order_by("pk").first()
    ato.pk, ato.elo = 900, guardada.numero + 1
    ato.save(force_insert=True)
    Elo.objects.create(numero=guardada.numero + 1, tabela="ato", linha_id=900, em=teste.DEPOIS, resumo="f" * 64)

    assert [(q.tipo, q.onde) for q in teste.quebras()] == [("alterada", f"elo {guardada.numero + 1} (ato 900)")]


def test_trocar_o_conteudo_de_duas_linhas_e_achado_nas_duas(guardada) -> None:
    um, outro = Ato.objects.order_by("pk")[:2]
    for linha, nova in ((um, outro), (outro, um)):
        Ato.objects.filter(pk=linha.pk).update(ato=nova.ato, motivo=nova.motivo, dados=nova.dados)

    assert {(q.tipo, q.onde) for q in teste.quebras()} == {
        ("alterada", f"elo {linha.elo} (ato {linha.pk})") for linha in (um, outro)
    }


def test_trocar_dois_elos_e_achado_nos_dois(guardada) -> None:
    um, outro = Elo.objects.filter(tabela="ato").order_by("numero")[:2]
    Elo.objects.filter(pk=um.pk).update(linha_id=0)
    Elo.objects.filter(pk=outro.pk).update(linha_id=um.linha_id)
    Elo.objects.filter(pk=um.pk).update(linha_id=outro.linha_id)

    assert [(q.tipo, q.onde.split()[1]) for q in teste.quebras() if q.tipo == "elo trocado"] == [
        ("elo trocado", str(um.numero)),
        ("elo trocado", str(outro.numero)),
    ]


def test_refazer_a_corrente_inteira_so_a_cabeca_guardada_fora_acha(guardada) -> None:
    Ato.objects.filter(ato="teste.criar").update(motivo="outro começo")
    teste.refazer()

    assert not teste.quebras()
    assert [(q.tipo, q.onde) for q in teste.quebras(guardada)] == [("refeita", f"elo {guardada.numero}")]


@pytest.mark.parametrize("mudar, tipo", [("outro motivo", "alterada"), (None, "elo trocado")])
def test_apagar_e_reinserir_com_o_mesmo_numero_e_achado(guardada, mudar, tipo) -> None:
    ato = Ato.objects.get(ato="teste.criar")
    numero = ato.elo
    Ato.objects.filter(pk=ato.pk)._raw_delete("default")
    if mudar:
        ato.motivo = mudar
    else:
        ato.elo = None  # reinserido como linha nova, à espera do lacre
    ato.save(force_insert=True)

    assert [(q.tipo, q.onde) for q in teste.quebras()] == [(tipo, f"elo {numero} (ato {ato.pk})")]


def test_retirar_e_inserir_chave_e_achado(guardada) -> None:
    retirada, _ = Chave.objects.order_by("pk")
    Chave.objects.filter(pk=retirada.pk).delete()
    inserida, _ = cifra.nova_chave(titular=fabricas.pessoa_com_vinculo().pk, em=teste.DEPOIS)
    inserida.save(force_insert=True)

    assert {(q.tipo, q.onde) for q in teste.quebras()} == {
        ("chave", f"chave {retirada.titular}"),
        ("chave", f"chave {inserida.titular}"),
    }


def test_fingir_que_uma_chave_foi_destruida_e_achado(guardada) -> None:
    chave = Chave.objects.first()
    Chave.objects.filter(pk=chave.pk).update(cifrada=b"", mestra="", destruida_em=teste.DEPOIS)

    assert [(q.tipo, q.onde) for q in teste.quebras()] == [("chave", f"chave {chave.titular}")]


@pytest.mark.parametrize("coluna", ["cifrada", "mestra", "criada_em", "destruida_em", "titular"])
def test_mudar_uma_chave_destruida_e_achado(coluna) -> None:
    teste.montar()
    por, titular = fabricas.ator(), Chave.objects.first().titular
    destruir_chave(titular=titular, por=por, em=teste.DEPOIS, motivo="pedido da pessoa")
    lacrar(em=teste.DEPOIS)
    assert not teste.quebras()
    teste.soltar()
    chave, campo = Chave.objects.get(pk=titular), Chave._meta.get_field(coluna)
    novo = b"x" if coluna == "cifrada" else teste.mudado(campo, getattr(chave, coluna))
    Chave.objects.filter(pk=titular).update(**{coluna: novo})

    onde = novo if coluna == "titular" else titular
    assert ("chave", f"chave {onde}") in {(q.tipo, q.onde) for q in teste.quebras()}


def test_a_falta_de_um_gatilho_e_o_gatilho_que_nada_faz_sao_ditos() -> None:
    teste.montar()
    teste.soltar()
    banco.recriar_gatilhos()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER territorio_uf_anota_update")
            cursor.execute("DROP TRIGGER trilha_elo_recusa_delete")
            cursor.execute(
                "CREATE TRIGGER trilha_elo_recusa_delete BEFORE DELETE ON trilha_elo BEGIN SELECT 'nada'; END"
            )
        else:
            cursor.execute("DROP TRIGGER territorio_uf_anota_update ON territorio_uf")
            cursor.execute("ALTER TABLE trilha_elo DISABLE TRIGGER trilha_elo_recusa_delete")

    quebras = verificacao.verificar(em=teste.DEPOIS).quebras

    assert [(q.tipo, q.onde) for q in quebras] == [
        ("gatilho", "territorio_uf_anota_update"),
        ("gatilho", "trilha_elo_recusa_delete"),
    ]


def test_linha_aberta_ha_muito_tempo_e_dita() -> None:
    teste.montar()
    por = fabricas.ator()
    registrar(ato="teste.antigo", objeto=por.pessoa, por=por, em=fabricas.AGORA)

    assert [q.tipo for q in teste.quebras()] == ["aberta"]


def test_a_corrente_vazia_esta_inteira_e_a_cabeca_dela_nao_acusa_ninguem() -> None:
    vazia = cabeca()
    teste.montar()

    assert vazia.numero == 0
    assert not teste.quebras(vazia)
