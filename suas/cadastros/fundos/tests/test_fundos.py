"""O fundo: quem responde, as contas, quem as vê, e quem já registrou órgão gestor, conselho e fundo."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from suas.cadastros.fundos import acoes, consultas
from suas.cadastros.fundos.models import Conta, Fundo
from suas.cadastros.fundos.tests import fabricas
from suas.cadastros.orgaos.do_ente import NovoDoEnte, Posse
from suas.cadastros.orgaos.tests import fabricas as orgaos
from suas.cadastros.orgaos.tests.fabricas import VITORIA
from suas.cadastros.territorio.models import UF
from suas.cadastros.territorio.tests.fabricas import BRASILIA, SERRA, municipio
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE, ator, instalacao
from suas.nucleo.identificador import uuid7
from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from suas.nucleo.permissoes.papeis import CONTADOR, GESTAO_ESTADUAL, GESTAO_MUNICIPAL, GESTOR_FUNDO, Papel
from suas.nucleo.recusa import AtoRecusado

pytestmark = pytest.mark.django_db
FICHA = f"/fundos/{VITORIA}/"


@pytest.fixture(autouse=True)
def _instalada() -> None:
    instalacao()
    municipio(VITORIA)


def entra(papel: Papel, em: str = VITORIA) -> Client:
    cliente = Client()
    cliente.force_login(ator(papel, em).pessoa)
    return cliente


def test_o_gestor_do_fundo_atualiza_o_registro_e_a_gestao_de_outro_municipio_nao_o_acha() -> None:
    fabricas.fundo()
    municipio(SERRA)

    entra(GESTOR_FUNDO).post(f"{FICHA}editar/", {"nome": "FMAS", "unidade_orcamentaria": "nao", "versao": "1"})
    de_fora = entra(GESTAO_MUNICIPAL, SERRA).get(f"{FICHA}editar/")

    assert Fundo.objects.get().unidade_orcamentaria is False
    assert de_fora.status_code == 404


def test_o_estado_le_o_fundo_do_municipio_e_nao_o_muda() -> None:
    fabricas.fundo()

    recusa = entra(GESTAO_ESTADUAL, "32").get(f"{FICHA}editar/")

    assert recusa.status_code == 403
    assert "de quem responde por ele no próprio ente" in recusa.content.decode()


def test_a_conta_entra_como_no_extrato_e_nao_entra_duas_vezes() -> None:
    fabricas.fundo()
    cliente = entra(CONTADOR)
    dados = {"banco": "1", "agencia": "1234-5", "numero": "99.999-x", "finalidade": "PSB"}

    cliente.post(f"{FICHA}conta/", dados)
    repetida = cliente.post(f"{FICHA}conta/", dados | {"finalidade": "Outra"})

    assert Conta.objects.values_list("banco", "agencia", "numero").get() == ("001", "12345", "99999X")
    assert "já está registrada" in repetida.content.decode()


@pytest.mark.parametrize(
    ("campo", "valor", "diz"),
    [("banco", "abc", "não é número de banco"), ("agencia", "centro", "da agência"), ("numero", "12/3", "da conta")],
)
def test_numero_de_conta_que_nao_se_entende_volta_com_o_exemplo(campo: str, valor: str, diz: str) -> None:
    fabricas.fundo()
    dados = {"banco": "001", "agencia": "12345", "numero": "99999", "finalidade": "PSB"} | {campo: valor}

    pagina = entra(CONTADOR).post(f"{FICHA}conta/", dados).content.decode()

    assert diz in pagina
    assert not Conta.objects.exists()


def test_as_contas_nao_se_mostram_a_quem_nao_entrou_nem_a_outro_estado(client: Client) -> None:
    fabricas.conta(fabricas.fundo(), finalidade="Piso básico do exemplo")

    assert "Piso básico do exemplo" not in client.get(FICHA).content.decode()
    assert "Contas bancárias" not in entra(GESTAO_ESTADUAL, "35").get(FICHA).content.decode()
    assert "Piso básico do exemplo" in entra(GESTAO_ESTADUAL, "32").get(FICHA).content.decode()


def test_a_conta_encerrada_fica_na_ficha_e_so_se_encerra_uma_vez() -> None:
    conta = fabricas.conta(fabricas.fundo())

    encerrada = acoes.encerrar_conta(
        conta=conta, ultimo_dia=HOJE, motivo="Mudou de banco", por=ATOR_PUBLICO, em=AGORA, hoje=HOJE
    )

    assert encerrada.ate == HOJE + timedelta(days=1)
    with pytest.raises(AtoRecusado, match="já está encerrada"):
        acoes.encerrar_conta(conta=conta, ultimo_dia=HOJE, motivo="", por=ATOR_PUBLICO, em=AGORA, hoje=HOJE)


def test_gestor_e_ordenador_sao_funcoes_separadas_com_uma_pessoa_cada() -> None:
    fundo = fabricas.fundo()
    fabricas.responsavel(fundo, nome="Gestora")
    fabricas.responsavel(fundo, funcao="ordenador", nome="Ordenadora")

    fabricas.responsavel(fundo, nome="Outra gestora", desde=date(2026, 1, 1))

    abertos = fundo.responsaveis.filter(ate__isnull=True)
    assert {r.nome for r in abertos} == {"Outra gestora", "Ordenadora"}


def test_cnpj_de_filial_e_dito_na_ficha() -> None:
    assert Fundo(cnpj="11222333000262").com_cnpj_de_filial
    assert not Fundo(cnpj="11222333000181").com_cnpj_de_filial
    assert not Fundo(cnpj="").com_cnpj_de_filial


def test_a_lista_do_estado_diz_o_que_falta_em_cada_municipio_e_filtra(client: Client) -> None:
    municipio(SERRA)
    orgaos.orgao(onde=VITORIA)
    orgaos.orgao("conselho", onde=VITORIA)
    fabricas.fundo(onde=VITORIA)

    situacoes = {s.nome: s.faltam for s in consultas.situacao_dos_municipios(UF.objects.get(sigla="ES"))}
    so_quem_falta = client.get("/fundos/uf/ES/", {"falta": "conselho"}).content.decode()
    so_quem_tem = client.get("/fundos/uf/ES/", {"com": "conselho"}).content.decode()
    planilha = client.get("/fundos/uf/ES/", {"formato": "csv"}).content.decode()

    assert f"/orgaos/{VITORIA}/" in so_quem_tem and f"/orgaos/{SERRA}/" not in so_quem_tem
    assert 'href="/fundos/uf/ES/?com=conselho">1</a>' in client.get("/fundos/").content.decode()
    assert situacoes == {"Vitória": [], "Serra": ["Órgão gestor", "Conselho", "Fundo"]}
    assert f"/orgaos/{SERRA}/" in so_quem_falta
    assert f"/orgaos/{VITORIA}/" not in so_quem_falta
    assert "3205309,Vitória,ES,sim,sim,sim" in planilha


def test_no_pais_cada_estado_conta_os_seus_e_o_distrito_federal_o_proprio() -> None:
    municipio(SERRA)
    municipio(BRASILIA)
    fabricas.fundo(onde=VITORIA)
    fabricas.fundo(onde="53")

    por_uf = {linha.uf.sigla: linha for linha in consultas.situacao_das_ufs()}

    assert (por_uf["ES"].municipios, por_uf["ES"].com["fundo"], por_uf["ES"].completos_faltam) == (2, 1, 5)
    assert (por_uf["DF"].municipios, por_uf["DF"].propria["fundo"]) == (0, True)


def test_o_gestor_do_fundo_ve_em_a_fazer_o_fundo_sem_registro_e_depois_sem_gestor() -> None:
    quem = ator(GESTOR_FUNDO, VITORIA)

    antes = [p.situacao for p in consultas.pendencias(quem, HOJE)]
    fundo = fabricas.fundo()
    sem_gestor = [p.situacao for p in consultas.pendencias(quem, HOJE)]
    fabricas.responsavel(fundo)

    assert antes == ["sem registro"]
    assert sem_gestor == ["sem gestor nomeado"]
    assert not list(consultas.pendencias(quem, HOJE))


@pytest.mark.parametrize(
    "conferido_em, a_fazer, na_ficha",
    [
        (None, "Nunca foi conferido.", "Este registro nunca foi conferido."),
        (
            AGORA - timedelta(days=400),
            "Faz tempo que ninguém confere.",
            "Faz tempo que ninguém confere este registro.",
        ),
    ],
)
def test_o_fundo_nunca_conferido_nao_se_diz_conferido_ha_tempo(
    conferido_em: datetime | None, a_fazer: str, na_ficha: str
) -> None:
    fabricas.responsavel(fabricas.fundo())
    Fundo.objects.update(conferido_em=conferido_em)

    assert [p.por_que for p in consultas.pendencias(ator(GESTOR_FUNDO, VITORIA), HOJE)] == [a_fazer]
    assert na_ficha in entra(GESTOR_FUNDO).get(FICHA).content.decode()


def test_a_pagina_do_municipio_mostra_orgao_conselho_e_fundo(client: Client) -> None:
    fabricas.fundo(nome="Fundo Municipal do Exemplo")

    assert "Fundo Municipal do Exemplo" in client.get(f"/territorio/municipio/{VITORIA}/").content.decode()


def test_para_programas_o_fundo_traz_quem_responde_e_nao_traz_conta(client: Client) -> None:
    fundo = fabricas.fundo()
    fabricas.responsavel(fundo, nome="Gestora do Exemplo")
    fabricas.conta(fundo, numero="987654")

    resposta = client.get(f"/api/v1/fundos/{fundo.pk}")

    assert [r["nome"] for r in resposta.json()["responsaveis"]] == ["Gestora do Exemplo"]
    assert "987654" not in resposta.content.decode()


def test_para_programas_a_lista_traz_so_o_que_mudou_no_territorio(client: Client) -> None:
    fabricas.fundo(onde="35")
    do_es = fabricas.fundo()

    resposta = client.get("/api/v1/fundos", {"territorio": "32", "mudados_desde": AGORA.isoformat()}).json()

    assert [item["id"] for item in resposta["itens"]] == [str(do_es.pk)]


def test_registrar_varios_fundos_poe_so_os_que_faltam() -> None:
    fabricas.fundo(nome="Como a pessoa escreveu")
    posse = Posse(nome="Beto do Exemplo", desde=date(2025, 1, 2))
    novos = [
        NovoDoEnte(id=uuid7(), abrangencia=VITORIA, nome="Outro nome"),
        NovoDoEnte(id=uuid7(), abrangencia="33", nome="Fundo do Rio", responde=posse),
    ]
    carga = {"novos": novos, "fonte": "Carga", "sintetico": True, "por": ATOR_PUBLICO, "em": AGORA}

    assert acoes.registrar_fundos(**carga) == 1
    assert acoes.registrar_fundos(**carga) == 0

    assert set(Fundo.objects.values_list("nome", flat=True)) == {"Como a pessoa escreveu", "Fundo do Rio"}
    do_rio = Fundo.objects.get(abrangencia="33")
    assert (do_rio.pk, do_rio.cnpj, do_rio.unidade_orcamentaria) == (novos[1].id, "", None)
    assert do_rio.responsaveis.get().nome == "Beto do Exemplo"


def test_quem_responde_pelo_fundo_leva_o_arquivo_do_ato_e_so_o_territorio_o_le(client: Client) -> None:
    fabricas.fundo()
    gestor = entra(GESTOR_FUNDO)
    dados = {"funcao": "gestor", "nome": "Caio do Exemplo", "desde": f"{HOJE:%d/%m/%Y}", "arquivo": orgaos.pdf()}

    assert gestor.post(f"{FICHA}responsavel/", dados).status_code == 302
    arquivo = f"/fundos/responsaveis/{Fundo.objects.get().responsaveis.get().pk}/ato/"

    assert arquivo in gestor.get(FICHA).content.decode()
    assert gestor.get(arquivo)["Content-Disposition"] == 'attachment; filename="decreto.pdf"'
    assert entra(GESTAO_MUNICIPAL, SERRA).get(arquivo).status_code == 404
    assert arquivo not in client.get(FICHA).content.decode()
