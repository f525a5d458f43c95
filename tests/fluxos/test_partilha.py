"""Fluxo II: uma partilha nacional, da abertura ao selo e à conferência por quem é de fora, sem JavaScript."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from suas.financas.partilhas.models import Estado, Partilha
from suas.nucleo.trilha.models import Ato
from tests import mundo
from tests.contratos.arquivos import RAIZ
from tests.fluxos.pagina import Formulario, Pagina, ler

pytestmark = pytest.mark.django_db


@pytest.fixture
def pessoas(tmp_path: Path) -> object:
    with override_settings(MEDIA_ROOT=tmp_path / "documentos"):
        criadas = mundo.criar_pessoas()
        mundo.criar_territorio()
        mundo.criar_indicadores([codigo for codigo, _, _ in mundo.NO_ES + mundo.EM_SP])
        yield criadas


@pytest.fixture
def federal(pessoas: dict[str, object]) -> Client:
    cliente = Client()
    cliente.force_login(pessoas["federal"])
    return cliente


def enviar(cliente: Client, formulario: Formulario, onde: str, **mudancas: object) -> Pagina:
    """Envia o formulário como está, com as mudanças, e lê a página a que ele leva."""
    resposta = cliente.post(formulario.acao or onde, formulario.campos | mudancas, follow=True)
    return ler(resposta)


def abrir(federal: Client) -> Partilha:
    onde = reverse("partilha-nova")
    formulario = ler(federal.get(onde)).formulario(com="recurso")
    enviar(federal, formulario, onde, nome="Partilha 2006", exercicio="2006", recurso="3.000.000,00", pbf="1,80")
    return Partilha.objects.get()


def escolher_complementares(federal: Client, partilha: Partilha) -> None:
    onde = reverse("partilha-complementares", args=[partilha.pk])
    formulario = ler(federal.get(onde)).formulario(com="METROPOLE_BR_indicador")
    escolhido = next(o for o in formulario.opcoes["METROPOLE_BR_indicador"] if o.startswith("intensidade_pobreza"))
    for campo in formulario.campos:
        if campo.endswith("_indicador") and not campo.startswith(("porte_", "initial-")):
            formulario.campos[campo] = escolhido
    enviar(federal, formulario, onde)


def simular(federal: Client, partilha: Partilha) -> Pagina:
    return ler(federal.post(reverse("partilha-simular", args=[partilha.pk]), follow=True))


def juntar(federal: Client, partilha: Partilha, numero: str) -> Pagina:
    onde = reverse("partilha-pecas", args=[partilha.pk])
    formulario = ler(federal.get(onde)).formulario(com="numero")
    return enviar(federal, formulario, onde, numero=numero, dia="21/03/2006", arquivo=mundo.pdf())


def recalcular(arquivo: Path, *opcoes: str) -> subprocess.CompletedProcess[str]:
    """O programa de conferência, num Python que não enxerga o projeto."""
    return subprocess.run(
        [sys.executable, "-I", "-S", RAIZ / "ferramentas" / "recalcular.py", arquivo, *opcoes],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_partilha_vai_da_abertura_ao_selo_e_quem_e_de_fora_refaz_a_conta(federal: Client, tmp_path: Path) -> None:
    partilha = abrir(federal)
    escolher_complementares(federal, partilha)
    depois_de_simular = simular(federal, partilha)
    partilha.refresh_from_db()
    assert partilha.estado == Estado.SIMULADA
    assert "R$ 3.000.000,00" in depois_de_simular.texto

    juntar(federal, partilha, "1/2006")
    juntar(federal, partilha, "2/2006")
    selar = reverse("partilha-selar", args=[partilha.pk])
    enviar(federal, ler(federal.get(selar)).formulario(acao="/selar/"), selar)
    partilha.refresh_from_db()
    assert partilha.estado == Estado.SELADA

    publico = Client()
    pagina = ler(publico.get(reverse("partilha", args=[partilha.pk])))
    memoria = publico.get(reverse("partilha-arquivo", args=[partilha.pk, "memoria.json"]))
    assert partilha.sha256 in pagina.texto.replace(" ", "")
    assert hashlib.sha256(memoria.content).hexdigest() == partilha.sha256
    arquivo = tmp_path / "memoria.json"
    arquivo.write_bytes(memoria.content)
    conferida = recalcular(arquivo, "--sha256", partilha.sha256, "--municipio", "3205309")
    assert conferida.returncode == 0, conferida.stderr
    assert "Tudo confere." in conferida.stdout


def test_quem_mexe_na_memoria_e_percebido(federal: Client, tmp_path: Path) -> None:
    partilha = abrir(federal)
    escolher_complementares(federal, partilha)
    simular(federal, partilha)
    partilha.refresh_from_db()
    baixada = federal.get(reverse("partilha-arquivo", args=[partilha.pk, "memoria.json"])).content
    arquivo = tmp_path / "memoria.json"
    texto = baixada.decode()
    mexida = json.loads(texto)
    assert texto.count('"populacao":"365000"') + texto.count('"populacao":365000') > 0
    arquivo.write_text(texto.replace("365000", "365001"), encoding="utf-8")

    conferida = recalcular(arquivo, "--sha256", partilha.sha256)

    assert mexida
    assert conferida.returncode == 3
    assert "Não confere" in conferida.stderr


def test_o_cenario_se_compara_com_a_partilha_e_nao_a_muda(federal: Client) -> None:
    partilha = abrir(federal)
    escolher_complementares(federal, partilha)
    simular(federal, partilha)
    partilha.refresh_from_db()
    onde = reverse("partilha-cenario", args=[partilha.pk])
    formulario = ler(federal.get(onde)).formulario(com="recurso")

    enviar(federal, formulario, onde, nome="Pela população", criterio_porte="populacao")

    cenario = Partilha.objects.get(cenario_de=partilha)
    antes = partilha.sha256
    partilha.refresh_from_db()
    comparacao = ler(federal.get(reverse("partilhas-comparar"), {"a": partilha.pk, "b": cenario.pk}))
    assert partilha.sha256 == antes
    assert cenario.estado == Estado.SIMULADA
    assert cenario.sha256 != antes
    assert "Pela população" in comparacao.texto


def test_mudar_um_dado_na_tela_muda_ordem_cota_memoria_e_resumo(federal: Client) -> None:
    partilha = abrir(federal)
    escolher_complementares(federal, partilha)
    simular(federal, partilha)
    partilha.refresh_from_db()
    antes = {c.municipio_id: (c.ordem, c.indice) for c in partilha.cotas.filter(uf="ES", porte="PEQUENO_I")}
    segundo = next(codigo for codigo, (ordem, _) in antes.items() if ordem == 2)
    onde = f"{reverse('partilha-corrigir', args=[partilha.pk, segundo])}?dado=populacao_vulneravel"
    formulario = ler(federal.get(onde)).formulario(com="motivo")

    enviar(federal, formulario, onde, valor="14999", fonte="Ofício 3/2006", motivo="Recontagem do município")

    resumo = partilha.sha256
    partilha.refresh_from_db()
    depois = {c.municipio_id: (c.ordem, c.indice) for c in partilha.cotas.filter(uf="ES", porte="PEQUENO_I")}
    pagina = ler(federal.get(reverse("partilha-municipio", args=[partilha.pk, segundo])))
    assert depois[segundo][0] == 1
    assert depois[segundo][1] != antes[segundo][1]
    assert partilha.sha256 != resumo
    assert "14.999" in pagina.texto


def test_depois_do_selo_nada_muda_na_tela_e_cada_ato_ficou_na_trilha(federal: Client) -> None:
    partilha = abrir(federal)
    escolher_complementares(federal, partilha)
    simular(federal, partilha)
    juntar(federal, partilha, "1/2006")
    juntar(federal, partilha, "2/2006")
    federal.post(reverse("partilha-selar", args=[partilha.pk]))
    partilha.refresh_from_db()
    resumo = partilha.sha256

    for rota in ("partilha-simular", "partilha-congelar", "partilha-excluir"):
        federal.post(reverse(rota, args=[partilha.pk]))

    partilha.refresh_from_db()
    atos = list(Ato.objects.filter(objeto_id=str(partilha.pk)).order_by("em", "id").values_list("ato", flat=True))
    assert (partilha.estado, partilha.sha256) == (Estado.SELADA, resumo)
    assert [ato.removeprefix("partilhas.") for ato in atos] == [
        "abrir",
        "definir_complementares",
        "simular",
        "juntar_peca",
        "juntar_peca",
        "selar",
    ]
