"""As telas dos órgãos: quem cuida do quê, duas pessoas gravando, quem não entrou, o que envelheceu."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from suas.cadastros.orgaos import consultas
from suas.cadastros.orgaos.models import Mandato, Orgao
from suas.cadastros.orgaos.tests import fabricas
from suas.cadastros.orgaos.tests.fabricas import CNPJ, VITORIA
from suas.cadastros.territorio.tests.fabricas import BRASILIA, municipio
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE, ator, instalacao
from suas.nucleo.permissoes.papeis import GESTAO_ESTADUAL, GESTAO_MUNICIPAL, PRESIDENCIA_CONSELHO, Papel

pytestmark = pytest.mark.django_db
EDITAR = f"/orgaos/{VITORIA}/orgao_gestor/editar/"


def entra(papel: Papel = GESTAO_MUNICIPAL, em: str = VITORIA) -> Client:
    municipio(VITORIA)
    cliente = Client()
    cliente.force_login(ator(papel, em).pessoa)
    return cliente


@pytest.fixture(autouse=True)
def _instalada() -> None:
    instalacao()
    municipio(VITORIA)


def test_quem_nao_entrou_le_o_orgao_e_quem_responde_e_nao_ve_botao_de_mudar(client: Client) -> None:
    fabricas.mandato(fabricas.orgao(), nome="Titular do Exemplo")

    pagina = client.get(f"/orgaos/{VITORIA}/orgao_gestor/").content.decode()

    assert "Titular do Exemplo" in pagina
    assert "Atualizar" not in pagina


def test_o_ente_sem_registro_diz_que_nao_quer_dizer_que_nao_exista(client: Client) -> None:
    pagina = client.get(f"/orgaos/{VITORIA}/").content.decode()

    assert pagina.count("Não quer dizer que não exista") == 4
    assert "Registrar" not in pagina


@pytest.mark.parametrize("codigo", ["99", "9999999"])
def test_ente_que_nao_existe_e_404(client: Client, codigo: str) -> None:
    assert client.get(f"/orgaos/{codigo}/").status_code == 404


def test_o_municipio_do_distrito_federal_leva_ao_registro_do_distrito_federal(client: Client) -> None:
    municipio(BRASILIA)

    resposta = client.get(f"/orgaos/{BRASILIA}/")

    assert resposta["Location"] == "/orgaos/53/"


def test_a_gestao_registra_o_orgao_gestor_com_os_numeros_como_se_escrevem() -> None:
    cliente = entra()

    cliente.post(
        EDITAR,
        {
            "nome": "Secretaria de Assistência Social",
            "cnpj": f"{CNPJ[:2]}.{CNPJ[2:5]}.{CNPJ[5:8]}/{CNPJ[8:12]}-{CNPJ[12:]}",
            "cep": "29010-004",
            "telefone": "(27) 3000-0000",
            "natureza": "exclusiva",
            "subdivisoes": ["Gestão do SUAS", "Vigilância Socioassistencial"],
        },
    )

    orgao = Orgao.objects.get()
    assert (orgao.cnpj, orgao.cep, orgao.telefone) == (CNPJ, "29010004", "2730000000")
    assert orgao.subdivisoes == ["Gestão do SUAS", "Vigilância Socioassistencial"]


def test_cnpj_que_nao_confere_volta_com_o_que_se_digitou() -> None:
    pagina = entra().post(EDITAR, {"nome": "Secretaria", "cnpj": "11.111.111/1111-12"}).content.decode()

    assert 'value="11.111.111/1111-12"' in pagina
    assert "não batem" in pagina
    assert not Orgao.objects.exists()


def test_a_gestao_nao_muda_o_registro_do_conselho_que_a_controla() -> None:
    fabricas.orgao("conselho")

    resposta = entra().post(f"/orgaos/{VITORIA}/conselho/editar/", {"nome": "Outro", "versao": "1"})

    assert resposta.status_code == 403
    assert "nenhum gestor o muda" in resposta.content.decode()


def test_a_presidencia_atualiza_o_conselho_e_nao_o_orgao_gestor() -> None:
    fabricas.orgao("conselho")
    cliente = entra(PRESIDENCIA_CONSELHO)

    cliente.post(f"/orgaos/{VITORIA}/conselho/editar/", {"nome": "CMAS", "secretaria_propria": "sim", "versao": "1"})
    recusa = cliente.get(EDITAR)

    assert Orgao.objects.get().secretaria_propria is True
    assert recusa.status_code == 403


def test_duas_pessoas_gravam_e_a_segunda_ve_as_duas_versoes_sem_perder_a_sua() -> None:
    fabricas.orgao(nome="Secretaria")
    cliente = entra()
    cliente.post(EDITAR, {"nome": "Da primeira", "versao": "1"})

    pagina = cliente.post(EDITAR, {"nome": "Da segunda", "versao": "1"}).content.decode()

    assert "no cadastro está <strong>Da primeira</strong>; você escreveu <strong>Da segunda</strong>" in pagina
    assert 'value="Da segunda"' in pagina
    assert Orgao.objects.get().nome == "Da primeira"
    assert 'name="versao" value="2"' in pagina

    cliente.post(EDITAR, {"nome": "Da segunda", "versao": "2"})
    assert Orgao.objects.get().nome == "Da segunda"


def test_a_posse_recusada_volta_com_o_que_se_digitou() -> None:
    fabricas.mandato(fabricas.orgao())

    resposta = entra().post(
        f"/orgaos/{VITORIA}/orgao_gestor/posse/", {"funcao": "titular", "nome": "Nova Pessoa", "desde": "2024-01-01"}
    )

    assert "A posse de quem assume é depois desse dia" in resposta.content.decode()
    assert 'value="Nova Pessoa"' in resposta.content.decode()


def test_a_historia_conta_o_campo_antes_e_depois_e_diz_so_o_papel_a_quem_nao_entrou(client: Client) -> None:
    fabricas.orgao(nome="Secretaria de Ação Social")
    cliente = entra()
    cliente.post(EDITAR, {"nome": "Secretaria de Assistência Social", "versao": "1"})

    endereco = f"/orgaos/{VITORIA}/orgao_gestor/"
    do_publico, de_quem_entrou = (c.get(endereco).content.decode() for c in (client, cliente))

    mudou = "Nome: de <del>Secretaria de Ação Social</del> para <ins>Secretaria de Assistência Social</ins>"
    assert mudou in do_publico
    assert "<strong>Gestão municipal, titular</strong> atualizou" in do_publico
    assert "<strong>Pessoa" in de_quem_entrou
    assert "<strong>Pessoa" not in do_publico


def test_quem_cuida_ve_em_a_fazer_o_que_falta_e_o_que_envelheceu() -> None:
    municipio(VITORIA)
    gestora = ator(GESTAO_MUNICIPAL, VITORIA)
    fabricas.orgao()
    Orgao.objects.update(conferido_em=AGORA - timedelta(days=181))

    titulos = [p.titulo for p in consultas.pendencias(gestora, HOJE)]

    assert titulos == ["Órgão gestor: confira o cadastro", "Prefeitura: falta registrar"]


def test_mandato_cujo_fim_previsto_passou_pede_que_se_diga_quem_responde() -> None:
    presidente = ator(PRESIDENCIA_CONSELHO, VITORIA)
    fabricas.mandato(fabricas.orgao("conselho"), previsto_ate=HOJE - timedelta(days=1))

    assert [p.situacao for p in consultas.pendencias(presidente, HOJE)] == ["mandato vencido"]


def test_conferir_tira_da_lista_do_que_envelheceu() -> None:
    fabricas.orgao()
    Orgao.objects.update(conferido_em=None)
    cliente = entra()

    cliente.post(f"/orgaos/{VITORIA}/orgao_gestor/conferir/")

    assert not consultas.esta_velho(Orgao.objects.get(), hoje=HOJE)


def test_a_posse_leva_o_arquivo_do_ato_que_se_le_no_territorio_e_nao_fora_dele(client: Client) -> None:
    fabricas.orgao()
    gestao = entra()
    ficha = f"/orgaos/{VITORIA}/orgao_gestor/"
    dados = {"funcao": "titular", "nome": "Alba do Exemplo", "desde": f"{HOJE:%d/%m/%Y}", "arquivo": fabricas.pdf()}

    assert gestao.post(f"{ficha}posse/", dados).status_code == 302
    mandato = Mandato.objects.get(nome="Alba do Exemplo")
    arquivo = f"/orgaos/mandatos/{mandato.pk}/ato/"

    assert arquivo in gestao.get(ficha).content.decode()
    assert b"".join(gestao.get(arquivo).streaming_content).startswith(b"%PDF")
    assert entra(GESTAO_ESTADUAL, "32").get(arquivo).status_code == 200
    assert entra(GESTAO_ESTADUAL, "33").get(arquivo).status_code == 404
    assert arquivo not in client.get(ficha).content.decode()
    assert client.get(arquivo)["Location"].startswith("/entrar/")


def test_o_arquivo_que_nao_serve_volta_no_campo_dele_sem_perder_o_nome() -> None:
    fabricas.orgao()
    texto = SimpleUploadedFile("decreto.pdf", b"so texto")
    dados = {"funcao": "titular", "nome": "Alba do Exemplo", "desde": f"{HOJE:%d/%m/%Y}", "arquivo": texto}

    pagina = entra().post(f"/orgaos/{VITORIA}/orgao_gestor/posse/", dados).content.decode()

    assert "não é PDF, PNG ou JPEG" in pagina
    assert 'href="#id_arquivo"' in pagina
    assert 'value="Alba do Exemplo"' in pagina
    assert not Mandato.objects.exists()


def test_mandato_sem_arquivo_nao_tem_endereco_de_arquivo() -> None:
    mandato = fabricas.mandato(fabricas.orgao())

    assert entra().get(f"/orgaos/mandatos/{mandato.pk}/ato/").status_code == 404
