"""Um banco no formato de uma versão anterior, com linhas em todas as partes, chega inteiro ao formato desta."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.operacao.processos import redesuas

FORMATOS = sorted(Path(__file__).parent.glob("esquema_*.sql"))
#: O Django refaz estas depois de cada migração.
REFEITAS = {"django_migrations", "django_content_type", "auth_permission", "sqlite_sequence"}
#: A fila de 0.1.0 era de uma biblioteca; o que esperava nela passa à nossa, e a tabela sai.
FILA_DE_0_1_0 = "django_tasks_database_dbtaskresult"
ARGUMENTOS = {"args": [], "kwargs": {"andamento_id": "019330c0-0000-7000-8000-000000000001"}}
DE_TODAS_AS_PARTES = {
    "documentos_documento",
    "identidade_instalacao",
    "identidade_pessoa",
    "identidade_vinculo",
    "indicadores_indicador",
    "indicadores_valor",
    "partilhas_cota",
    "partilhas_grupo",
    "partilhas_indicadorcomplementar",
    "partilhas_insumo",
    "partilhas_memoria",
    "partilhas_partilha",
    "partilhas_peca",
    "territorio_municipio",
    "territorio_populacao",
    "territorio_uf",
    "trilha_ato",
}

Linhas = dict[str, list[dict[str, object]]]


def ler(caminho: Path) -> Linhas:
    """Todas as linhas de todas as tabelas, cada uma como coluna e valor."""
    with sqlite3.connect(caminho) as banco:
        banco.row_factory = sqlite3.Row
        tabelas = [t[0] for t in banco.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {t: [dict(linha) for linha in banco.execute(f'SELECT * FROM "{t}" ORDER BY 1')] for t in tabelas}


def formato(caminho: Path) -> dict[str, object]:
    """Colunas (tipo, se aceita vazio, se é chave) de cada tabela, e os nomes de índices e gatilhos."""
    with sqlite3.connect(caminho) as banco:
        tabelas = [t[0] for t in banco.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        colunas: dict[str, object] = {
            tabela: {c[1]: (c[2].lower(), c[3], c[5]) for c in banco.execute(f'PRAGMA table_info("{tabela}")')}
            for tabela in tabelas
        }
        outros = banco.execute("SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'index')")
        return colunas | {"índices e gatilhos": sorted(outros.fetchall())}


@pytest.fixture(scope="module", params=FORMATOS, ids=lambda f: f.stem)
def atualizados(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Linhas, Path]:
    """As linhas de um banco no formato anterior, com a fila por terminar, e ele mesmo já atualizado. Só se lê."""
    caminho = tmp_path_factory.mktemp("atualizado") / "redesuas.sqlite3"
    with sqlite3.connect(caminho) as banco:
        banco.executescript(request.param.read_text(encoding="utf-8"))
        _encher_a_fila(banco)
    antes = ler(caminho)
    feito = redesuas("migrar", REDESUAS_DADOS=str(caminho.parent))
    assert feito.returncode == 0, feito.stderr
    assert "migrações aplicadas" in feito.stdout
    return antes, caminho


def _encher_a_fila(banco: sqlite3.Connection) -> None:
    """Uma tarefa que espera, uma que corre e uma que terminou."""
    for numero, situacao in enumerate(("READY", "RUNNING", "SUCCESSFUL"), start=1):
        banco.execute(
            f"INSERT INTO {FILA_DE_0_1_0} (id, status, args_kwargs, priority, task_path, queue_name, backend_name, "
            "run_after, enqueued_at, exception_class_path, traceback) "
            "VALUES (?, ?, ?, 7, 'suas.x.tarefas.y', 'default', 'default', ?, '2026-11-21 10:00:00', '', '')",
            (f"{numero:032x}", situacao, json.dumps(ARGUMENTOS), "9999-01-01 00:00:00"),
        )


@pytest.fixture
def atualizado(atualizados: tuple[Linhas, Path], tmp_path: Path) -> Path:
    """Uma cópia do banco atualizado, com a chave da instalação, para quem vai usá-la."""
    shutil.copytree(atualizados[1].parent, tmp_path / "copia")
    return tmp_path / "copia/redesuas.sqlite3"


def test_ha_ao_menos_um_formato_anterior_guardado():
    assert FORMATOS


# O que uma migração muda de propósito: (tabela, coluna) -> valor antigo -> valor novo.
MUDADOS = {("identidade_vinculo", "papel_codigo"): {"conselho": "conselheiro"}}


def _como_fica(tabela: str, linha: dict) -> dict:
    return {coluna: MUDADOS.get((tabela, coluna), {}).get(valor, valor) for coluna, valor in linha.items()}


@pytest.mark.sqlite
def test_atualizar_nao_muda_nem_perde_linha_alguma(atualizados):
    antes, caminho = atualizados
    assert {tabela for tabela in DE_TODAS_AS_PARTES if antes[tabela]} == DE_TODAS_AS_PARTES

    depois = ler(caminho)

    for tabela in set(antes) - REFEITAS - {FILA_DE_0_1_0}:
        assert len(depois[tabela]) == len(antes[tabela]), tabela
        for nova, velha in zip(depois[tabela], antes[tabela], strict=True):
            assert nova.items() >= _como_fica(tabela, velha).items(), tabela


@pytest.mark.sqlite
def test_o_atualizado_tem_o_mesmo_formato_de_um_recem_criado(atualizados, tmp_path):
    redesuas("migrar", REDESUAS_DADOS=str(tmp_path / "novo"))

    assert formato(atualizados[1]) == formato(tmp_path / "novo/redesuas.sqlite3")


@pytest.mark.sqlite
def test_o_que_esperava_na_fila_anterior_espera_na_nova_e_o_que_terminou_nao_volta(atualizados):
    antes, caminho = atualizados
    assert len(antes[FILA_DE_0_1_0]) == 3

    depois = ler(caminho)

    assert FILA_DE_0_1_0 not in depois
    trazidas = depois["fila_tarefa"]
    assert [int(t["id"], 16) for t in trazidas] == [1, 2]
    assert {(t["estado"], t["prioridade"], t["funcao"], t["tentativas"]) for t in trazidas} == {
        ("na_fila", 7, "suas.x.tarefas.y", 0)
    }
    assert json.loads(trazidas[0]["argumentos"]) == ARGUMENTOS
    assert trazidas[0]["nao_antes_de"] == trazidas[0]["criada_em"]
    assert trazidas[0]["andamento_id"] == "019330c0000070008000000000000001"


@pytest.mark.sqlite
def test_depois_de_atualizar_a_trilha_e_as_partilhas_seladas_continuam_protegidas(atualizados):
    with sqlite3.connect(atualizados[1]) as banco:
        banco.create_function("redesuas_transacao", 0, lambda: "de fora")
        with pytest.raises(sqlite3.IntegrityError, match="trilha"):
            banco.execute("UPDATE trilha_ato SET motivo = 'outro'")
        with pytest.raises(sqlite3.IntegrityError, match="selada"):
            banco.execute("UPDATE partilhas_partilha SET recurso_centavos = 1 WHERE estado = 'selada'")


@pytest.mark.sqlite
def test_logo_depois_de_atualizar_a_trilha_ja_esta_lacrada_e_confere_com_a_cabeca(atualizado, tmp_path):
    cabeca = redesuas("trilha", "cabeca", REDESUAS_DADOS=str(atualizado.parent))
    (tmp_path / "cabecas.txt").write_text(cabeca.stdout, encoding="utf-8")
    feito = redesuas(
        "trilha", "verificar", "--cabeca", str(tmp_path / "cabecas.txt"), REDESUAS_DADOS=str(atualizado.parent)
    )

    assert feito.returncode == 0, feito.stdout
    assert len(ler(atualizado)["trilha_elo"]) >= len(ler(atualizado)["trilha_ato"]) > 0
