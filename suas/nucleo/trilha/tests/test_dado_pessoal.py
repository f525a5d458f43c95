"""O dado pessoal na trilha: cifrado no lacre, apagado com a chave, e quem o leu."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.test import override_settings

from suas.cadastros.territorio.models import UF
from suas.nucleo import banco
from suas.nucleo.identidade.models import Pessoa
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.trilha import cifra, consultas
from suas.nucleo.trilha.acoes import destruir_chave, lacrar, registrar_leitura, trocar_mestra
from suas.nucleo.trilha.models import Alteracao, Chave, Leitura
from suas.nucleo.trilha.tests import corrente_de_teste as teste

pytestmark = pytest.mark.django_db


def _da_pessoa(pessoa) -> Alteracao:
    return consultas.alteracoes_de(pessoa).earliest("id")


def test_depois_do_lacre_o_nome_e_o_email_so_se_leem_com_a_chave() -> None:
    pessoa = fabricas.pessoa_com_vinculo()
    assert pessoa.email in _da_pessoa(pessoa).depois

    lacrar(em=teste.DEPOIS)

    alteracao = _da_pessoa(pessoa)
    assert pessoa.email not in alteracao.depois
    assert pessoa.nome not in alteracao.depois
    assert consultas.legivel(alteracao).depois["email"] == pessoa.email
    assert {"email", "nome"} <= consultas.legivel(alteracao).pessoais
    assert consultas.legivel(alteracao, decifrar=False).depois["email"] is None
    assert "chave do titular" not in str(Chave.objects.get(titular=pessoa.pk).cifrada)


def test_apagar_a_pessoa_destroi_a_chave_some_o_texto_e_a_corrente_confere() -> None:
    guardada = teste.montar()
    por, apagada, outra = fabricas.ator(), fabricas.pessoa_com_vinculo(), fabricas.pessoa_com_vinculo()
    lacrar(em=teste.DEPOIS)
    Pessoa.objects.filter(pk=apagada.pk).update(nome="Nome novo, ainda aberto")

    ato = destruir_chave(titular=apagada.pk, por=por, em=teste.DEPOIS, motivo="pedido da pessoa")
    Pessoa.objects.filter(pk=apagada.pk).update(nome="Pessoa apagada")
    lacrar(em=teste.DEPOIS)

    alteracoes = consultas.alteracoes_de(apagada)
    assert {consultas.legivel(a).depois["nome"] for a in alteracoes} == {consultas.APAGADO}
    assert not [a for a in alteracoes if apagada.email in a.antes + a.depois or "Nome novo" in a.antes + a.depois]
    assert not bytes(Chave.objects.get(titular=apagada.pk).cifrada)
    assert consultas.legivel(_da_pessoa(outra)).depois["nome"] == outra.nome
    assert (ato.ato, ato.objeto_id, ato.motivo) == ("trilha.destruir_chave", str(apagada.pk), "pedido da pessoa")
    assert teste.quebras(guardada) == []


def test_quem_so_tem_a_base_e_outro_segredo_nao_le() -> None:
    pessoa = fabricas.pessoa_com_vinculo()
    lacrar(em=teste.DEPOIS)

    with override_settings(SECRET_KEY="outro-segredo"):
        assert consultas.legivel(_da_pessoa(pessoa)).depois["nome"] == consultas.ILEGIVEL
        assert [q.tipo for q in teste.quebras()] == ["chave"]


def test_trocado_o_segredo_o_anterior_ainda_abre_e_a_troca_o_dispensa() -> None:
    por = fabricas.ator()
    lacrar(em=teste.DEPOIS)
    from django.conf import settings

    antigo = settings.SECRET_KEY
    with override_settings(SECRET_KEY="segredo-novo", SECRET_KEY_FALLBACKS=[antigo]):
        assert consultas.legivel(_da_pessoa(por.pessoa)).depois["nome"] == por.pessoa.nome
        assert trocar_mestra(por=por, em=teste.DEPOIS) == 1
    with override_settings(SECRET_KEY="segredo-novo"):
        assert consultas.legivel(_da_pessoa(por.pessoa)).depois["nome"] == por.pessoa.nome
    with pytest.raises(cifra.NaoAbre):
        trocar_mestra(por=por, em=teste.DEPOIS)


def test_sem_a_chave_mestra_a_linha_espera_aberta_e_as_outras_se_lacram() -> None:
    pessoa = fabricas.pessoa_com_vinculo()
    lacrar(em=teste.DEPOIS)
    Pessoa.objects.filter(pk=pessoa.pk).update(nome="Outro nome")
    UF.objects.create(codigo="97", sigla="XX", nome="Inventada", regiao="Nenhuma")

    with override_settings(SECRET_KEY="outro-segredo"):
        assert lacrar(em=teste.DEPOIS) == 1
    assert lacrar(em=teste.DEPOIS) == 1
    assert consultas.legivel(consultas.alteracoes_de(pessoa)[0]).depois["nome"] == "Outro nome"


def test_linha_com_dado_pessoal_que_nao_leva_a_ninguem_tambem_se_cifra() -> None:
    titular = cifra.titular_da_linha("tabela", "1")

    assert titular == cifra.titular_da_linha("tabela", "1") != cifra.titular_da_linha("tabela", "2")


def test_o_texto_cifrado_nao_serve_em_outra_linha() -> None:
    _, clara = cifra.nova_chave(titular=fabricas.pessoa_com_vinculo().pk, em=teste.DEPOIS)
    cifrado = cifra.cifrar("Ana", clara=clara, tabela="t", coluna="nome", linha="1")

    assert cifra.decifrar(cifrado, clara=clara, tabela="t", coluna="nome", linha="1") == "Ana"
    with pytest.raises(cifra.NaoAbre):
        cifra.decifrar(cifrado, clara=clara, tabela="t", coluna="nome", linha="2")


@pytest.mark.parametrize(
    "tentar",
    [
        pytest.param(lambda c: c.update(criada_em=fabricas.AGORA), id="mudar quando foi criada"),
        pytest.param(lambda c: c._raw_delete("default"), id="retirar"),
    ],
)
def test_a_chave_so_se_troca_ou_se_destroi_e_destruida_nao_volta(tentar) -> None:
    teste.montar()
    chave = Chave.objects.order_by("pk").first()
    with pytest.raises(DatabaseError, match="so recebe acrescimos"), transaction.atomic():
        tentar(Chave.objects.filter(pk=chave.pk))

    destruir_chave(titular=chave.titular, por=fabricas.ator(), em=teste.DEPOIS, motivo="teste")
    with pytest.raises(DatabaseError, match="so recebe acrescimos"), transaction.atomic():
        Chave.objects.filter(pk=chave.pk).update(cifrada=bytes(chave.cifrada), destruida_em=None)


def test_a_leitura_de_uma_lista_fica_com_uma_linha_por_pessoa_numa_pagina_de_leitura() -> None:
    por = fabricas.ator(abrangencia="32")
    lidas = [fabricas.pessoa_com_vinculo() for _ in range(3)]

    with banco.somente_leitura():
        lote = registrar_leitura(
            titulares=[p.pk for p in lidas] + [por.pessoa.pk],
            campos=["nome", "email"],
            por=por,
            em=fabricas.AGORA,
            tabela="identidade.pessoa",
            ids=[p.pk for p in lidas] + [por.pessoa.pk],
            territorio="3205309",
            motivo="nomear",
        )

    leituras = Leitura.objects.filter(lote=lote)
    assert {(x.titular, x.objeto_id) for x in leituras} == {(p.pk, str(p.pk)) for p in lidas}, "a própria não conta"
    assert {(x.pessoa_id, x.territorio, tuple(x.campos), x.motivo) for x in leituras} == {
        (por.pessoa.pk, "3205309", ("email", "nome"), "nomear")
    }
    assert [x.titular for x in consultas.leituras_de(lidas[0].pk)] == [lidas[0].pk]
    assert consultas.leituras_em("32").count() == 3
    assert not consultas.leituras_em("33").exists()


def test_ler_so_os_proprios_dados_nao_gera_linha_e_sem_dizer_o_que_se_recusa() -> None:
    por = fabricas.ator()

    lote = registrar_leitura(titulares=[por.pessoa.pk], campos=["nome"], por=por, em=fabricas.AGORA, objeto=por.pessoa)
    with pytest.raises(ValueError, match="Diga o que foi lido"):
        registrar_leitura(titulares=[por.pessoa.pk], campos=["nome"], por=por, em=fabricas.AGORA)

    assert lote is None
    assert not Leitura.objects.exists()


@pytest.mark.parametrize(
    "modelo, mudar",
    [
        pytest.param(Leitura, {"motivo": "outro"}, id="leitura"),
        pytest.param(Alteracao, {"chave": "outra"}, id="alteração"),
        pytest.param(Alteracao, {"antes": "{}"}, id="conteúdo da alteração"),
        pytest.param(Alteracao, {"elo": None}, id="reabrir"),
        pytest.param(Alteracao, {"elo": 99}, id="outro elo"),
    ],
)
def test_a_linha_lacrada_nao_muda_nem_sai(modelo, mudar) -> None:
    teste.montar()
    for tentar in (lambda: modelo.objects.update(**mudar), lambda: modelo.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError, match="so recebe acrescimos"), transaction.atomic():
            tentar()

    assert teste.quebras() == []
