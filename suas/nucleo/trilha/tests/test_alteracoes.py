"""O que muda no banco fica contado, igual nos dois bancos, e ligado ao ato da mesma transação."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from suas.cadastros.territorio.models import UF
from suas.nucleo import banco
from suas.nucleo.documentos.models import Documento
from suas.nucleo.identidade.models import Vinculo
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.trilha import consultas
from suas.nucleo.trilha.acoes import lacrar, registrar
from suas.nucleo.trilha.models import Alteracao
from suas.vigilancia.indicadores.models import Importacao, Indicador

pytestmark = pytest.mark.django_db


def _uf(codigo: str = "97", **campos: str) -> UF:
    return UF(codigo=codigo, sigla=f"X{codigo[1]}", **{"nome": "Inventada", "regiao": "Nenhuma"} | campos)


def _contadas(tabela: str = "territorio_uf") -> list[tuple[str, str, dict | None, dict | None]]:
    return [
        (a.operacao, a.chave, json.loads(a.antes or "null"), json.loads(a.depois or "null"))
        for a in Alteracao.objects.filter(tabela=tabela).order_by("id")
    ]


def test_incluir_mudar_e_excluir_contam_a_linha_antes_e_depois() -> None:
    _uf().save(force_insert=True)
    UF.objects.filter(pk="97").update(nome="Reinventada")
    UF.objects.filter(pk="97").delete()

    inteira = {"codigo": "97", "sigla": "X7", "nome": "Inventada", "regiao": "Nenhuma"}
    assert _contadas() == [
        ("I", "97", None, inteira),
        ("U", "97", {"nome": "Inventada"}, {"nome": "Reinventada"}),
        ("D", "97", inteira | {"nome": "Reinventada"}, None),
    ]


def test_gravar_sem_mudar_nada_nao_conta() -> None:
    uf = _uf()
    uf.save(force_insert=True)
    uf.save()

    assert [operacao for operacao, *_ in _contadas()] == ["I"]


def test_escrita_em_massa_conta_cada_linha() -> None:
    UF.objects.bulk_create([_uf("97"), _uf("98")])
    banco.inserir_em_lote(
        UF, campos=("codigo", "sigla"), linhas=[("96", "X6"), ("95", "X5")], iguais={"nome": "N", "regiao": "R"}
    )
    UF.objects.filter(pk__in=["97", "98"]).update(regiao="Outra")

    assert [(operacao, chave) for operacao, chave, *_ in _contadas()][:4] == [
        ("I", c) for c in ("97", "98", "96", "95")
    ]
    assert {(operacao, chave) for operacao, chave, *_ in _contadas()[4:]} == {("U", "97"), ("U", "98")}


def test_inserir_em_lote_com_chave_poe_as_novas_muda_as_outras_e_conta_so_o_que_mudou() -> None:
    UF.objects.bulk_create([_uf("97"), _uf("98")])
    igual = UF.objects.get(pk="98")

    banco.inserir_em_lote(
        UF,
        campos=("codigo", "sigla", "nome"),
        linhas=[("97", "X7", "Reinventada"), ("98", igual.sigla, igual.nome), ("96", "X6", "Nova")],
        iguais={"regiao": igual.regiao},
        chave=("codigo",),
    )

    assert UF.objects.get(pk="97").nome == "Reinventada"
    assert sorted((operacao, chave) for operacao, chave, *_ in _contadas()[2:]) == [("I", "96"), ("U", "97")]


def test_inserir_sobre_a_que_existe_conta_a_mudanca() -> None:
    UF.objects.bulk_create([_uf()])
    UF.objects.bulk_create(
        [_uf(nome="Reinventada"), _uf("98")],
        update_conflicts=True,
        unique_fields=["codigo"],
        update_fields=["nome"],
    )

    assert {(o, c, str(a), str(d and d["nome"])) for o, c, a, d in _contadas()} == {
        ("I", "97", "None", "Inventada"),
        ("U", "97", "{'nome': 'Inventada'}", "Reinventada"),
        ("I", "98", "None", "Inventada"),
    }


@pytest.mark.sqlite
def test_o_replace_do_sqlite_conta_a_linha_que_tira() -> None:
    _uf().save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute("REPLACE INTO territorio_uf (codigo, sigla, nome, regiao) VALUES ('97', 'X7', 'Por cima', 'R')")

    assert [operacao for operacao, *_ in _contadas()] == ["I", "D", "I"]


@pytest.mark.postgres
@pytest.mark.parametrize("tabela", ["territorio_uf", "trilha_ato", "identidade_pessoa"])
def test_o_truncate_do_postgres_e_recusado(tabela: str) -> None:
    with pytest.raises(DatabaseError, match="nao se esvazia"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tabela} CASCADE")


def test_cada_tipo_de_valor_aparece_igual_nos_dois_bancos() -> None:
    por = fabricas.ator()
    em = datetime(2026, 11, 21, 15, 0, 0, 120000, tzinfo=UTC)
    Importacao.objects.create(
        arquivo='aspas " e \\ e ção', conteudo=b"abc", sha256="0" * 64, ano=2026, fonte="f", sintetico=True,
        destinos={"b": [1, None], "a": "ç"}, abrangencia="BR", por=por.pessoa, criada_em=em,
    )  # fmt: skip
    Documento.objects.create(
        nome="n", tipo="t", tamanho_bytes=9007199254740993 % 2**31, sha256="0", sigilo="publico", abrangencia="BR",
        guardado_em=em.replace(microsecond=0),
    )  # fmt: skip
    Vinculo.objects.filter(pessoa=por.pessoa).update(ate=date(2030, 1, 2))

    [(_, chave, _, importacao)] = _contadas("indicadores_importacao")
    assert chave == importacao["id"] == str(Importacao.objects.get().pk)
    assert (importacao["arquivo"], importacao["ano"], importacao["sintetico"]) == ('aspas " e \\ e ção', 2026, True)
    assert importacao["conteudo"] == {
        "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "tamanho": 3,
    }
    assert (importacao["destinos"], importacao["aplicada_em"]) == ({"b": [1, None], "a": "ç"}, None)
    assert (importacao["por_id"], importacao["criada_em"]) == (str(por.pessoa.pk), "2026-11-21T15:00:00.120000Z")
    assert _contadas("documentos_documento")[0][3]["guardado_em"] == "2026-11-21T15:00:00.000000Z"
    assert _contadas("identidade_vinculo")[-1][2:] == ({"ate": None}, {"ate": "2030-01-02"})


def test_a_senha_nunca_vai_a_trilha() -> None:
    pessoa = fabricas.pessoa_com_vinculo()
    pessoa.set_password("outra-senha-comprida")
    pessoa.save(update_fields=["password"])

    guardado = "".join(a.antes + a.depois for a in Alteracao.objects.filter(tabela="identidade_pessoa"))
    assert _contadas("identidade_pessoa")[-1][3] == {"password": "(segredo)"}
    assert "md5" not in guardado


def test_o_que_se_desfaz_nao_fica_contado() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _uf().save(force_insert=True)
        _ = 1 / 0

    assert _contadas() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sem_gatilhos_no_fim")
def test_o_ato_leva_as_alteracoes_da_sua_transacao_e_so_a_elas() -> None:
    por = fabricas.ator()
    _uf("95").save(force_insert=True)  # fora de transação
    with transaction.atomic():
        _uf("97").save(force_insert=True)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            _uf("98").save(force_insert=True)
            _ = 1 / 0
        um = registrar(ato="teste.um", objeto=por.pessoa, por=por, em=fabricas.AGORA)
        _uf("96").save(force_insert=True)
    with transaction.atomic():
        UF.objects.filter(pk="97").update(nome="Outra")
        dois = registrar(ato="teste.dois", objeto=por.pessoa, por=por, em=fabricas.AGORA)
    UF.objects.filter(pk__in=["96", "97"]).update(regiao="Outra")  # um comando sozinho: uma transação

    assert [(a.operacao, a.chave) for a in consultas.alteracoes_do_ato(um)] == [("I", "97"), ("I", "96")]
    assert [(a.operacao, a.chave) for a in consultas.alteracoes_do_ato(dois)] == [("U", "97")]
    fora = [a for a in consultas.alteracoes_fora_de_ato().order_by("id") if a.tabela == "territorio_uf"]
    assert [a.chave for a in fora[:1]] == ["95"]
    assert {a.chave for a in fora[1:]} == {"96", "97"}
    assert len({a.transacao for a in fora}) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sem_gatilhos_no_fim")
def test_a_transacao_desfeita_nao_empresta_o_identificador_a_seguinte() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        desfeita = banco.transacao_atual()
        _ = 1 / 0
    with transaction.atomic():
        seguinte = banco.transacao_atual()
        assert banco.transacao_atual() == seguinte

    assert desfeita != seguinte


def test_projecao_e_maquinaria_nao_se_contam() -> None:
    contadas = {auditada.tabela for auditada in banco.auditadas()}

    assert {"partilhas_partilha", "partilhas_insumo", "identidade_pessoa", "indicadores_valor"} <= contadas
    assert not contadas & {"partilhas_cota", "partilhas_memoria", "django_session", "trilha_ato", "fila_andamento"}


def test_o_indicador_com_palavras_e_a_chave_de_texto_se_contam() -> None:
    Indicador.objects.create(codigo="x", nome="X", tipo="categoria", opcoes=[["a", "A"]])

    assert _contadas("indicadores_indicador")[0][1] == "x"
    assert _contadas("indicadores_indicador")[0][3]["opcoes"] == [["a", "A"]]


def test_a_migracao_que_recria_uma_tabela_a_deixa_contada() -> None:
    connection.check_constraints()
    banco.soltar_gatilhos(so_anotacoes=True)
    banco.recriar_gatilhos()
    _uf().save(force_insert=True)

    assert len(_contadas()) == 1
    assert not list(banco.gatilhos_mudados())


def test_lacrar_duas_vezes_nao_lacra_de_novo() -> None:
    _uf().save(force_insert=True)

    assert lacrar(em=fabricas.AGORA) == 1
    assert lacrar(em=fabricas.AGORA) == 0


def test_entre_dois_lotes_o_lacre_para_e_no_fim_nao(monkeypatch: pytest.MonkeyPatch) -> None:
    paradas: list[float] = []
    monkeypatch.setattr("suas.nucleo.trilha.acoes.time.sleep", paradas.append)
    UF.objects.bulk_create([_uf(str(codigo)) for codigo in range(91, 96)])

    assert lacrar(em=fabricas.AGORA, limite=2, folga=0.1) == 5
    assert paradas == [0.1, 0.1]
