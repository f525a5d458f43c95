"""A interface de programação pelo lado de quem programa: lê, pagina, escreve e é recusado em palavras."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.test import Client

from suas.nucleo.api.tests.fabricas import Programa, criar_chave
from tests import mundo

pytestmark = pytest.mark.django_db
VALOR = "/indicadores/rcl_per_capita/valores/3205309/2020"
NOVA = {
    "nome": "Partilha do programa",
    "exercicio": 2006,
    "recurso_centavos": 90_000_000,
    "pbf_centavos": 180,
    "ano_populacao": 2020,
}
DIGITADO = {"valor": "1.234,56", "fonte": "Siconfi", "motivo": "Corrige o publicado"}


@pytest.fixture
def feito() -> mundo.Mundo:
    return mundo.criar()


@pytest.fixture
def publico(feito: mundo.Mundo) -> Programa:
    return Programa()


def programa(feito: mundo.Mundo, nome: str, *, escreve: bool = True) -> Programa:
    return Programa(criar_chave(feito.ator(nome), pode_escrever=escreve))


def percorrer(programa: Programa, caminho: str) -> Iterator[dict]:
    """Todas as linhas, seguindo “proxima” até o fim."""
    while caminho:
        pagina = programa.get(caminho).json()
        yield from pagina["itens"]
        caminho = (pagina["proxima"] or "").removeprefix("http://testserver/api/v1")


def test_quem_nao_tem_chave_le_o_que_e_publico(publico: Programa) -> None:
    municipio = publico.get("/municipios/3205309").json()

    assert (municipio["nome"], municipio["uf"]) == ("Capital do Exemplo", "ES")
    assert municipio["portes"] == [
        {
            "ano": 2020,
            "habitantes": 365_000,
            "tipo": "estimativa",
            "fonte": "População inventada",
            "porte": "Grande",
            "regra_posterior": False,
        }
    ]
    assert [uf["sigla"] for uf in publico.get("/ufs").json()["itens"]] == ["ES", "SP"]
    assert publico.get("/partilhas").json()["itens"] == []


def test_a_sessao_do_navegador_nao_e_chave(feito: mundo.Mundo) -> None:
    navegador = Client()
    navegador.force_login(feito.pessoas["federal"])

    assert navegador.get("/api/v1/eu").status_code == 401
    assert navegador.get(f"/api/v1/partilhas/{feito.partilha.pk}").status_code == 404
    assert navegador.post("/api/v1/partilhas", NOVA, content_type="application/json").status_code == 401


def test_o_programa_sabe_por_quem_age(feito: mundo.Mundo) -> None:
    eu = programa(feito, "estadual").get("/eu").json()

    assert eu["vinculo"]["papel"] == "gestao_estadual"
    assert eu["vinculo"]["abrangencia"] == "32"
    assert "partilha.conduzir" in eu["permissoes"]
    assert eu["chave"]["pode_escrever"] is True


@pytest.mark.parametrize("quem, situacao", [("estadual", 200), ("municipal", 200), ("estadual de fora", 404)])
def test_a_chave_ve_o_que_o_vinculo_ve(feito: mundo.Mundo, quem: str, situacao: int) -> None:
    assert programa(feito, quem).get(f"/partilhas/{feito.partilha.pk}").status_code == situacao


def test_o_municipio_so_le_a_propria_cota_e_nao_baixa_a_memoria(feito: mundo.Mundo) -> None:
    municipal = programa(feito, "municipal")
    cotas = municipal.get(f"/partilhas/{feito.partilha.pk}/cotas").json()

    assert [linha["codigo_ibge"] for linha in cotas["itens"]] == ["3205309"]
    assert any("Dados sintéticos" in aviso for aviso in cotas["avisos"])
    recusa = municipal.get(f"/partilhas/{feito.partilha.pk}/memoria")
    assert recusa.status_code == 403
    assert "todos os municípios" in recusa.json()["detail"]


def test_a_memoria_vem_com_os_bytes_canonicos(feito: mundo.Mundo) -> None:
    import hashlib

    resposta = programa(feito, "estadual").get(f"/partilhas/{feito.partilha.pk}/memoria")

    assert hashlib.sha256(resposta.content).hexdigest() == feito.partilha.sha256
    assert resposta["ETag"] == f'"{feito.partilha.sha256}"'


def test_os_insumos_dizem_de_onde_vem_cada_dado(feito: mundo.Mundo) -> None:
    linhas = programa(feito, "estadual").get(f"/partilhas/{feito.partilha.pk}/insumos").json()["itens"]
    capital = next(linha for linha in linhas if linha["codigo_ibge"] == "3205309")

    assert capital["populacao"] == "365000"
    assert capital["origens"]["populacao"] == {
        "fonte": "População inventada",
        "ano": 2020,
        "sintetico": False,
        "motivo": "",
    }


@pytest.mark.parametrize("lista", ["/municipios", "/populacoes", "/indicadores/rcl_per_capita/valores", "/indicadores"])
def test_as_paginas_juntas_dao_a_lista_inteira_sem_repetir(publico: Programa, lista: str) -> None:
    inteira = publico.get(lista).json()["itens"]

    assert list(percorrer(publico, f"{lista}?limite=3")) == inteira
    assert len(inteira) > 3


def test_as_partilhas_se_paginam_das_novas_as_antigas(feito: mundo.Mundo) -> None:
    estadual = programa(feito, "estadual")
    for numero in range(4):
        mundo.abrir(ambito="32", por=feito.ator("estadual"), nome=f"Partilha {numero}")

    nomes = [linha["nome"] for linha in percorrer(estadual, "/partilhas?limite=2")]

    assert nomes == ["Partilha 3", "Partilha 2", "Partilha 1", "Partilha 0", "Partilha de teste"]


def test_a_pagina_nao_pula_nem_repete_quando_entra_linha_no_meio(publico: Programa) -> None:
    primeira = publico.get("/municipios?limite=2").json()
    mundo.criar_municipio(codigo="3200001", nome="Novo do Exemplo", uf="32", habitantes=1000)

    resto = list(percorrer(publico, primeira["proxima"].removeprefix("http://testserver/api/v1")))

    codigos = [linha["codigo_ibge"] for linha in primeira["itens"] + resto]
    assert codigos == [codigo for codigo, _, _ in mundo.NO_ES + mundo.EM_SP]


def test_cursor_de_outra_consulta_nao_existe(publico: Programa) -> None:
    cursor = publico.get("/municipios?limite=2").json()["proxima"].split("cursor=")[1]

    assert publico.get(f"/populacoes?cursor={cursor}").status_code == 404
    assert publico.get(f"/municipios?uf=ES&cursor={cursor}").status_code == 404
    assert publico.get("/municipios?cursor=inventado").status_code == 404


def test_filtro_com_nome_errado_e_recusado_em_vez_de_trazer_tudo(publico: Programa) -> None:
    problema = publico.get("/municipios?estado=ES").json()

    assert problema["status"] == 422
    assert problema["erros"][0]["campo"] == "estado"


def test_quem_ja_tem_a_versao_recebe_304(publico: Programa) -> None:
    primeira = publico.get("/municipios/3205309")
    segunda = publico.get("/municipios/3205309", If_None_Match=primeira["ETag"])

    assert (segunda.status_code, segunda.content) == (304, b"")
    assert publico.get("/municipios", If_None_Match=publico.get("/municipios")["ETag"]).status_code == 304
    assert publico.get("/municipios/3205309", If_None_Match='"outra"').status_code == 200


def test_digitar_um_valor_pede_a_versao_lida_e_deixa_ato_na_trilha(feito: mundo.Mundo) -> None:
    estadual = programa(feito, "estadual")
    sem_dizer = estadual.enviar("put", VALOR, DIGITADO)
    velha = estadual.enviar("put", VALOR, DIGITADO, If_Match='"velha"')
    lido = estadual.get(VALOR)
    gravado = estadual.enviar("put", VALOR, DIGITADO, If_Match=lido["ETag"])

    assert (sem_dizer.status_code, velha.status_code, gravado.status_code) == (428, 412, 200)
    assert gravado.json()["valor"] == "1234.56"
    assert estadual.get(VALOR)["ETag"] == gravado["ETag"]
    assert estadual.enviar("put", VALOR, DIGITADO, If_Match=lido["ETag"]).status_code == 412


def test_o_primeiro_valor_se_digita_sem_versao(feito: mundo.Mundo) -> None:
    estadual = programa(feito, "estadual")
    novo = "/indicadores/rcl_per_capita/valores/3205309/2019"

    assert estadual.enviar("put", novo, DIGITADO, If_Match='"x"').status_code == 412
    assert estadual.enviar("put", novo, DIGITADO).status_code == 201


def test_valor_que_nao_serve_volta_com_a_frase_da_tela(feito: mundo.Mundo) -> None:
    estadual = programa(feito, "estadual")
    etag = estadual.get(VALOR)["ETag"]

    problema = estadual.enviar("put", VALOR, DIGITADO | {"valor": "muito"}, If_Match=etag).json()

    assert problema["status"] == 409
    assert problema["erros"] == [{"campo": "valor", "mensagem": problema["detail"]}]
    assert "“muito” não é um número" in problema["detail"]


@pytest.mark.parametrize("quem, situacao", [("municipal", 403), ("estadual de fora", 404)])
def test_quem_nao_digita_na_tela_nao_digita_por_programa(feito: mundo.Mundo, quem: str, situacao: int) -> None:
    assert programa(feito, quem).enviar("put", VALOR, DIGITADO).status_code == situacao


def test_chave_que_so_le_nao_escreve(feito: mundo.Mundo) -> None:
    recusa = programa(feito, "estadual", escreve=False).enviar("post", "/partilhas", NOVA)

    assert recusa.status_code == 403
    assert "só lê" in recusa.json()["detail"]


def test_abrir_mudar_e_simular_uma_partilha(feito: mundo.Mundo, django_capture_on_commit_callbacks) -> None:
    estadual = programa(feito, "estadual")
    aberta = estadual.enviar("post", "/partilhas", NOVA)
    endereco = aberta["Location"].removeprefix("/api/v1")
    mudada = estadual.enviar("patch", endereco, {"recurso_centavos": 80_000_000}, If_Match=aberta["ETag"])
    com_etag_velho = estadual.enviar("patch", endereco, {"pbf_centavos": 200}, If_Match=aberta["ETag"])
    with django_capture_on_commit_callbacks(execute=True):
        pedida = estadual.enviar("post", f"{endereco}/simulacoes", None)

    assert (aberta.status_code, mudada.status_code, com_etag_velho.status_code) == (201, 200, 412)
    assert mudada.json()["recurso_centavos"] == 80_000_000
    assert mudada.json()["pbf_centavos"] == 180
    assert pedida.status_code == 202
    andamento = estadual.get(pedida["Location"].removeprefix("/api/v1")).json()
    assert andamento["terminou"] is True


def test_partilha_com_campos_errados_diz_cada_um(feito: mundo.Mundo) -> None:
    estadual = programa(feito, "estadual")

    problema = estadual.enviar("post", "/partilhas", {"nome": "", "exercicio": "2006", "extra": 1}).json()

    assert problema["status"] == 422
    assert {erro["campo"] for erro in problema["erros"]} == {
        *("nome", "exercicio", "extra", "recurso_centavos", "pbf_centavos", "ano_populacao")
    }
    assert {"campo": "exercicio", "mensagem": "Escreva um número inteiro, sem aspas."} in problema["erros"]


@pytest.mark.parametrize(
    "corpo, situacao",
    [
        pytest.param(b"{", 400, id="malfeito"),
        pytest.param(b'{"nome": "a", "nome": "b"}', 400, id="nome repetido"),
        pytest.param(b'{"a":' * 60 + b"1" + b"}" * 60, 400, id="fundo"),
        pytest.param(b"[" * 100_000, 400, id="muito fundo"),
        pytest.param(b'{"nome": NaN}', 400, id="NaN"),
        pytest.param(b'{"nome": "a\\u0000"}', 400, id="caractere nulo"),
        pytest.param(b'{"nome": "\\ud800"}', 400, id="meio par"),
        pytest.param(b"9" * 10_000, 400, id="número enorme"),
        pytest.param(b"\xff\xfe", 400, id="sem UTF-8"),
        pytest.param(b" " * 1_100_000, 413, id="grande"),
        pytest.param(b"", 422, id="vazio"),
        pytest.param(b"[]", 422, id="lista"),
    ],
)
def test_corpo_hostil_e_recusado(feito: mundo.Mundo, corpo: bytes, situacao: int) -> None:
    estadual = programa(feito, "estadual")
    resposta = estadual.cliente.generic("POST", "/api/v1/partilhas", corpo, content_type="application/json")

    assert resposta.status_code == situacao
    assert resposta["Content-Type"] == "application/problem+json"


def test_o_que_nao_e_json_e_recusado_na_ida_e_na_volta(feito: mundo.Mundo) -> None:
    estadual = programa(feito, "estadual")

    assert estadual.cliente.post("/api/v1/partilhas", NOVA).status_code == 415
    assert estadual.get("/eu", Accept="text/html").status_code == 406
    assert estadual.get("/eu", Accept="text/html, application/json;q=0.5").status_code == 200


@pytest.mark.parametrize(
    "caminho, situacao",
    [("/nada", 404), ("/partilhas/nao-e-uuid", 404), ("/municipios/0000000", 404), ("/ufs%00", 404)],
)
def test_o_que_nao_existe_tambem_e_problema_em_json(publico: Programa, caminho: str, situacao: int) -> None:
    resposta = publico.get(caminho)

    assert (resposta.status_code, resposta["Content-Type"]) == (situacao, "application/problem+json")
    assert resposta.json()["protocolo"]


def test_metodo_que_o_endereco_nao_aceita_diz_quais_aceita(publico: Programa) -> None:
    resposta = publico.cliente.delete("/api/v1/partilhas")

    assert resposta.status_code == 405
    assert resposta["Allow"] == "GET, HEAD, POST"
    assert resposta["Content-Type"] == "application/problem+json"


def test_head_responde_como_get_sem_corpo(publico: Programa) -> None:
    resposta = publico.cliente.head("/api/v1/municipios/3205309")

    assert (resposta.status_code, resposta.content) == (200, b"")
    assert resposta["ETag"] == publico.get("/municipios/3205309")["ETag"]


def test_nenhum_outro_site_le_a_interface_pelo_navegador(publico: Programa) -> None:
    resposta = publico.get("/ufs", Origin="https://outro.example")

    assert not [nome for nome in resposta.headers if nome.lower().startswith("access-control")]


def test_a_falha_do_sistema_tem_protocolo_e_nao_conta_nada_de_dentro(
    publico: Programa, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def quebrar(*_: object) -> None:
        raise RuntimeError("segredo de dentro")

    monkeypatch.setattr("suas.cadastros.territorio.consultas.portes_do_municipio", quebrar)
    resposta = publico.get("/municipios/3205309")

    assert resposta.status_code == 500
    assert "segredo" not in resposta.content.decode()
    assert f"Protocolo {resposta.json()['protocolo']}" in caplog.text
    assert json.loads(resposta.content)["protocolo"] == resposta["X-Protocolo"]
