"""O banco que os testes guardam de uma execução para outra só serve enquanto o que o fez é o mesmo."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings

from suas.nucleo import banco, tranca
from tests import reserva

VENDORS = ("sqlite", "postgresql")
PASTAS = list(reserva._pastas_das_migracoes())


@pytest.fixture
def migracoes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Uma cópia das migrações de todas as aplicações, que se pode mudar; a pasta das da trilha."""
    copias = [tmp_path / f"{numero:03d}" for numero, _ in enumerate(PASTAS)]
    for pasta, copia in zip(PASTAS, copias, strict=True):
        shutil.copytree(pasta, copia, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(reserva, "_pastas_das_migracoes", lambda: iter(copias))
    return copias[next(numero for numero, pasta in enumerate(PASTAS) if pasta.parent.name == "trilha")]


def test_o_resumo_olha_as_migracoes_de_todas_as_aplicacoes_as_nossas_e_as_de_fora():
    com_migracoes = {pasta.parent.name for pasta in PASTAS}

    assert {
        "trilha",
        "identidade",
        "territorio",
        "rede",
        "partilhas",
        "auth",
        "sessions",
        "usersessions",
    } <= com_migracoes
    assert all(list(pasta.glob("0*.py")) for pasta in PASTAS)


@pytest.mark.parametrize("vendor", VENDORS)
def test_mudar_acrescentar_ou_tirar_uma_migracao_muda_o_resumo(vendor, migracoes):
    antes = reserva.resumo_do_banco(vendor)
    assert reserva.resumo_do_banco(vendor) == antes

    nova = migracoes / "9999_mais_uma.py"
    nova.write_text("", encoding="utf-8")
    com_mais_uma = reserva.resumo_do_banco(vendor)
    nova.unlink()
    assert reserva.resumo_do_banco(vendor) == antes
    ultima = max(migracoes.glob("0*.py"))
    ultima.write_text(ultima.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    mudada = reserva.resumo_do_banco(vendor)
    ultima.unlink()
    sem_ela = reserva.resumo_do_banco(vendor)

    assert len({antes, com_mais_uma, mudada, sem_ela}) == 4


def test_mudar_gatilho_tranca_ou_modelo_muda_o_resumo(monkeypatch):
    resumos = [reserva.resumo_do_banco("postgresql")]
    outro = banco.Gatilho(tabela="rede_unidade", operacao="DELETE", mensagem="Não.")
    outra = tranca.Tranca(tabela="rede_unidade", ve="1 = 1", muda="1 = 1")

    for onde, nome, valor in (
        (banco, "_GATILHOS", banco._GATILHOS | {"mais_um": outro}),
        (tranca, "_TRANCAS", tranca._TRANCAS | {outra.tabela: outra}),
        (tranca, "_LEITURAS", tranca._LEITURAS | {("rede_unidade", "outra"): "1 = 1"}),
        (apps.get_model("rede.unidade")._meta, "verbose_name", "outro nome"),
    ):
        with monkeypatch.context() as ajuste:
            ajuste.setattr(onde, nome, valor)
            resumos.append(reserva.resumo_do_banco("postgresql"))

    assert len(set(resumos)) == len(resumos) == 5


def test_os_dois_bancos_nao_se_confundem():
    assert len({reserva.resumo_do_banco(vendor) for vendor in VENDORS}) == 2


class Conexao:
    """O bastante de uma conexão do Django com o SQLite para criar um banco de teste, contando as migrações."""

    vendor, alias = "sqlite", "de_exemplo"

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:")
        self.settings_dict = {"NAME": ""}
        self.migrada = 0
        self.creation = SimpleNamespace(create_test_db=self.migrar, _get_test_db_name=lambda: ":memory:")

    def migrar(self, **_: object) -> str:
        self.migrada += 1
        self.connection.execute("CREATE TABLE feita (quando)")
        return ":memory:"

    def close(self) -> None: ...

    def ensure_connection(self) -> None: ...

    def tabelas(self) -> list[str]:
        return [nome for (nome,) in self.connection.execute("SELECT name FROM sqlite_master")]


def _criar(*, refazer: bool = False) -> Conexao:
    conexao = Conexao()
    reserva.usar_banco_guardado(conexao, refazer=refazer)
    conexao.creation.create_test_db()
    return conexao


@pytest.fixture
def guardados(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    pasta = tmp_path / "reserva"
    pasta.mkdir()
    monkeypatch.setattr(reserva, "pasta", lambda: pasta)
    monkeypatch.setitem(settings.DATABASES, Conexao.alias, {})
    return pasta


def test_migra_uma_vez_e_depois_copia_ate_que_uma_migracao_mude(guardados, migracoes):
    vezes = [_criar().migrada, _criar().migrada]
    (migracoes / "9999_mais_uma.py").write_text("", encoding="utf-8")
    vezes += [_criar().migrada, _criar().migrada]

    assert vezes == [1, 0, 1, 0]
    assert _criar().tabelas() == ["feita"], "a cópia tem o que a migração fez"
    assert _criar(refazer=True).migrada == 1, "pedido, refaz"
    assert len(list(guardados.glob("*.sqlite3"))) == 2


def test_o_que_um_teste_faz_na_sua_copia_nao_chega_ao_guardado(guardados):
    _criar()
    mexida = _criar()
    mexida.connection.execute("DROP TABLE feita")

    assert _criar().tabelas() == ["feita"]


def test_ficam_poucos_bancos_guardados(guardados, migracoes):
    for numero in range(reserva.FICAM + 3):
        (migracoes / "9999_mais_uma.py").write_text(str(numero), encoding="utf-8")
        _criar()

    assert len(list(guardados.glob("*.sqlite3"))) == reserva.FICAM


def test_pasta_que_outra_pessoa_pode_abrir_e_recusada(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    criada = reserva.pasta()
    assert criada.stat().st_mode & 0o777 == 0o700
    criada.chmod(0o755)

    with pytest.raises(RuntimeError, match="não é só sua"):
        reserva.pasta()
