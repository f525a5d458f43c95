"""As telas da importação: enviar, corrigir, decidir, baixar, e quem não pode."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from suas.cadastros.territorio.importadores import POPULACAO
from suas.cadastros.territorio.models import Populacao
from suas.cadastros.territorio.tests.fabricas import municipio
from suas.nucleo.identidade.tests.fabricas import ator, pessoa_com_vinculo
from suas.nucleo.importacoes import registro, tarefas
from suas.nucleo.importacoes.acoes import aplicacao
from suas.nucleo.importacoes.models import Importacao, Situacao
from suas.nucleo.importacoes.tests.fabricas import AGORA, BELEM, BOA, EXIGENTE, SERRA, VITORIA, do_estado, receber
from suas.nucleo.permissoes.papeis import CONSELHEIRO, GESTAO_ESTADUAL, VIGILANCIA_ESTADUAL
from suas.nucleo.planilhas import pastas
from suas.nucleo.trilha.models import Leitura

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pronto(monkeypatch):
    for codigo in (VITORIA, SERRA, BELEM):
        municipio(codigo)
    monkeypatch.setitem(registro._IMPORTADORES, EXIGENTE.codigo, EXIGENTE)


@pytest.fixture
def da_uniao(client):
    client.force_login(pessoa_com_vinculo())
    return client


def texto(resposta) -> str:
    return resposta.content.decode()


def enviar(client, conteudo: str | bytes, nome="planilha.csv", **campos):
    dados = conteudo.encode() if isinstance(conteudo, str) else conteudo
    arquivo = SimpleUploadedFile(nome, dados)
    corpo = {"arquivo": arquivo, "ano": "2022", "fonte": "IBGE", "tipo": "censo"} | campos
    return client.post(reverse("importacao-trazer", args=["populacao"]), corpo, follow=True)


def decidir(client, importacao, acao, **campos):
    return client.post(reverse("importacao", args=[importacao.pk]), {"acao": acao} | campos, follow=True)


def habitantes():
    return dict(Populacao.objects.filter(ano=2022).values_list("municipio_id", "habitantes"))


def test_envia_confere_e_aplica_sem_sair_da_tela(da_uniao):
    pagina = texto(enviar(da_uniao, BOA))
    assert "Aplicar 2 linhas" in pagina
    assert "365.855" in pagina

    pagina = texto(decidir(da_uniao, Importacao.objects.get(), "aplicar"))

    assert "2 linhas novas, 0 mudadas" in pagina
    assert habitantes() == {VITORIA: 365_855, SERRA: 527_240}


def test_o_que_nao_e_planilha_volta_com_o_motivo_e_o_que_se_respondeu(da_uniao):
    pagina = texto(enviar(da_uniao, b"\xd0\xcf\x11\xe0velho", "velha.xls", fonte="Minha fonte"))

    assert "Excel antigo" in pagina
    assert 'value="Minha fonte"' in pagina
    assert "escolha-o de novo" in pagina
    assert not Importacao.objects.exists()


def test_a_pergunta_sem_resposta_ou_mal_respondida_e_dita(da_uniao):
    pagina = texto(enviar(da_uniao, BOA, ano="mil", fonte=""))

    assert "“mil” não é um número" in pagina
    assert "Falta responder" in pagina


def test_corrige_na_tela_a_celula_e_o_grupo_de_linhas_iguais(da_uniao):
    pagina = texto(enviar(da_uniao, f"municipio;habitantes\nVitória Velha;10\n{SERRA};x\n"))
    assert 'name="celula_2_municipio" value="Vitória Velha"' in pagina
    importacao = Importacao.objects.get()

    pagina = texto(decidir(da_uniao, importacao, "corrigir", celula_2_municipio=VITORIA, celula_3_habitantes="20"))

    assert "Aplicar 2 linhas" in pagina
    decidir(da_uniao, importacao, "aplicar")
    assert habitantes() == {VITORIA: 10, SERRA: 20}


def test_quem_aplica_leva_junto_o_que_acabou_de_digitar(da_uniao):
    enviar(da_uniao, f"municipio;habitantes\n{SERRA};x\n")

    decidir(da_uniao, Importacao.objects.get(), "aplicar", celula_2_habitantes="20")

    assert habitantes() == {SERRA: 20}


def test_as_linhas_com_falta_se_deixam_de_fora_de_uma_vez_e_voltam(da_uniao):
    enviar(da_uniao, f"municipio;habitantes\n{SERRA};x\nx;1\n{VITORIA};7\n")
    importacao = Importacao.objects.get()

    pagina = texto(decidir(da_uniao, importacao, "fora_com_falta"))
    assert "Aplicar 1 linha" in pagina
    assert "2 deixadas de fora" in pagina

    decidir(da_uniao, importacao, "trazer_de_volta")
    importacao.refresh_from_db()
    assert (importacao.de_fora, importacao.situacao) == ([], Situacao.COM_FALTAS)


def test_as_celulas_dispensaveis_que_nao_se_leem_ficam_em_branco_de_uma_vez(da_uniao):
    enviar(da_uniao, f"municipio;habitantes;ano\n{SERRA};10;dois mil\n{VITORIA};7;muito antigo\n{BELEM};x;2022\n")
    importacao = Importacao.objects.get()
    pagina = texto(da_uniao.get(reverse("importacao", args=[importacao.pk])))
    assert "Deixar em branco 2 células que não se entenderam" in pagina

    decidir(da_uniao, importacao, "esvaziar")

    importacao.refresh_from_db()
    assert (importacao.novas, importacao.faltas) == (2, 1)


def test_as_linhas_de_outros_anos_sao_contadas_e_nao_se_leem(da_uniao):
    enviar(da_uniao, f"municipio;habitantes;ano\n{SERRA};10;2010\n{SERRA};x;2000\n{SERRA};7;2022\n")

    pagina = texto(da_uniao.get(reverse("importacao", args=[Importacao.objects.get().pk])))

    assert "2 de outros anos" in pagina
    assert "Aplicar 1 linha" in pagina


def test_com_faltas_aplicar_nao_grava_e_diz_por_que(da_uniao):
    enviar(da_uniao, f"municipio;habitantes\n{SERRA};x\n")

    pagina = texto(decidir(da_uniao, Importacao.objects.get(), "aplicar"))

    assert "ainda tem faltas (1)" in pagina
    assert habitantes() == {}


def test_as_contas_abrem_as_suas_linhas(da_uniao):
    importacao = receber()
    tarefas.aplicar(importacao=importacao, importador=POPULACAO, por=ator(), em=AGORA)
    enviar(da_uniao, f"municipio;habitantes\n{VITORIA};365.855\n{SERRA};1\n{BELEM};2\n", fonte="IBGE, Censo 2022")
    nova = Importacao.objects.exclude(pk=importacao.pk).get()
    endereco = reverse("importacao", args=[nova.pk])

    mudadas = texto(da_uniao.get(f"{endereco}?mostrar=mudada"))
    iguais = texto(da_uniao.get(f"{endereco}?mostrar=igual"))

    assert "<s>527.240</s> → <strong>1</strong>" in mudadas
    assert "Belém" not in mudadas.split('id="mudancas"')[1]
    assert "nada muda" in iguais


def test_reenvia_o_arquivo_corrigido_e_o_sem_arquivo_e_avisado(da_uniao):
    enviar(da_uniao, "municipio;habitantes\n1;2\n")
    importacao = Importacao.objects.get()
    endereco = reverse("importacao-reenviar", args=[importacao.pk])

    assert "Escolha o arquivo corrigido" in texto(da_uniao.post(endereco, follow=True))
    corpo = {"arquivo": SimpleUploadedFile("certa.csv", BOA.encode())}
    assert "Aplicar 2 linhas" in texto(da_uniao.post(endereco, corpo, follow=True))
    corpo = {"arquivo": SimpleUploadedFile("p.csv", b"<html>")}
    assert "página da internet" in texto(da_uniao.post(endereco, corpo, follow=True))


@pytest.mark.parametrize("formato", ["xlsx", "ods", "csv"])
def test_baixa_o_modelo_e_as_faltas_em_cada_formato(da_uniao, formato):
    enviar(da_uniao, "municipio;habitantes\n1;2\n")
    importacao = Importacao.objects.get()

    modelo = da_uniao.get(reverse("importacao-modelo", args=["populacao", formato]))
    faltas = da_uniao.get(reverse("importacao-faltas", args=[importacao.pk, formato]))

    assert pastas.ler(modelo.content, reconhece=lambda nome: nome == "Município").colunas == ("Município", "Habitantes")
    assert "faltas-populacao" in faltas["Content-Disposition"]
    assert pastas.ler(faltas.content).linhas[0][1][0] == "2"
    assert da_uniao.get(reverse("importacao-modelo", args=["populacao", "doc"])).status_code == 404
    assert da_uniao.get(reverse("importacao-faltas", args=[importacao.pk, "json"])).status_code == 404


def test_planilha_sem_faltas_nao_tem_o_que_baixar(da_uniao):
    enviar(da_uniao, BOA)

    pagina = da_uniao.get(reverse("importacao-faltas", args=[Importacao.objects.get().pk, "csv"]), follow=True)

    assert "não tem linhas com falta" in texto(pagina)


def test_quem_nao_importa_recebe_403_e_quem_e_de_fora_404(client):
    importacao = receber(por=do_estado(), importador=EXIGENTE)
    client.force_login(pessoa_com_vinculo(CONSELHEIRO, "32"))
    assert client.get(reverse("importacao", args=[importacao.pk])).status_code == 403
    assert client.get(reverse("importacoes")).status_code == 403
    assert client.get(reverse("importacao-trazer", args=["populacao"])).status_code == 403
    client.force_login(pessoa_com_vinculo(GESTAO_ESTADUAL, "35"))
    assert client.get(reverse("importacao", args=[importacao.pk])).status_code == 404
    assert client.get(reverse("importacao-trazer", args=["nao-ha"])).status_code == 404


def test_outra_pessoa_aprova_pela_tela_e_a_leitura_dela_vai_a_trilha(client):
    por = do_estado()
    importacao = receber(por=por, importador=EXIGENTE)
    client.force_login(por.pessoa)
    pagina = texto(decidir(client, importacao, "aplicar"))
    assert "Encaminhada" in pagina
    assert not Leitura.objects.exists()
    assert client.post(reverse("importacao", args=[importacao.pk]), {"acao": "aprovar"}).status_code == 403

    client.force_login(pessoa_com_vinculo(GESTAO_ESTADUAL, "32"))
    assert "1 planilha espera" in texto(client.get(reverse("importacoes")))
    assert "A sua decisão" in texto(client.get(reverse("importacao", args=[importacao.pk])))
    assert Leitura.objects.count() == 1
    endereco = reverse("importacao", args=[importacao.pk])
    assert "Diga por que recusa" in texto(client.post(endereco, {"acao": "recusar", "motivo": ""}, follow=True))
    pagina = texto(client.post(endereco, {"acao": "aprovar"}, follow=True))

    assert "O arquivo foi apagado" in pagina
    assert habitantes() == {VITORIA: 365_855, SERRA: 527_240}


def test_recusada_pela_tela_diz_o_motivo_a_quem_trouxe(client):
    por = do_estado()
    importacao = receber(por=por, importador=EXIGENTE)
    aplicacao.encaminhar(importacao=importacao, importador=EXIGENTE, por=por, em=AGORA)
    client.force_login(pessoa_com_vinculo(GESTAO_ESTADUAL, "32"))
    client.post(reverse("importacao", args=[importacao.pk]), {"acao": "recusar", "motivo": "Falta Colatina."})

    client.force_login(por.pessoa)
    pagina = texto(client.get(reverse("importacao", args=[importacao.pk])))

    assert "Falta Colatina." in pagina
    assert "Encaminhar para aprovação" in pagina
    assert "recusada" in texto(client.get(reverse("importacoes")))


def test_a_planilha_na_fila_mostra_o_andamento_e_se_renova_sem_javascript(da_uniao, monkeypatch):
    monkeypatch.setattr(tarefas, "LINHAS_NA_HORA", 1)
    monkeypatch.setattr("suas.nucleo.fila.backend.NaHora.nova", lambda self, tarefa: None)  # nenhum trabalhador a toma

    pagina = texto(enviar(da_uniao, BOA))

    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in pagina
    assert "Pode sair desta página" in pagina


def test_a_lista_faz_as_mesmas_consultas_com_uma_e_com_vinte_planilhas(da_uniao):
    receber()
    poucas = _consultas(da_uniao)
    for _ in range(15):
        receber()

    assert _consultas(da_uniao) <= poucas


def _consultas(client) -> int:
    with CaptureQueriesContext(connection) as capturadas:
        assert client.get(reverse("importacoes")).status_code == 200
    return len(capturadas)


def test_o_menu_e_so_de_quem_importa_ou_aprova(client):
    client.force_login(pessoa_com_vinculo(VIGILANCIA_ESTADUAL, "32"))
    assert "Importar planilhas" in texto(client.get(reverse("inicio")))
    client.force_login(pessoa_com_vinculo(CONSELHEIRO, "32"))
    assert "Importar planilhas" not in texto(client.get(reverse("inicio")))
