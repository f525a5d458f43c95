"""As telas do quadro e das equipes, pelo navegador de teste, com a segunda tranca ligada no PostgreSQL."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from normas.base.documentos import cpf_com_pontos
from suas.cadastros.rede.tests import fabricas as rede
from suas.cadastros.territorio.tests.fabricas import VITORIA, municipio
from suas.cadastros.trabalhadores.models import Lotacao, QuemAtende, Trabalhador
from suas.cadastros.trabalhadores.tests import fabricas
from suas.nucleo.api.tests.fabricas import criar_chave
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.permissoes import papeis
from suas.nucleo.trilha.models import Leitura
from tests.contratos.tranca import trancar

pytestmark = pytest.mark.django_db
SERRA = "3205002"


@pytest.fixture(autouse=True)
def conta_comum(db):
    """No PostgreSQL, a conta de uma instalação: a segunda tranca vale em cada pedido."""
    trancar()


@pytest.fixture
def cras():
    identidade.instalacao()
    municipio(VITORIA, habitantes=365_000)
    return rede.unidade("CRAS Centro", capacidade=5_000)


def entrar(papel=papeis.GESTAO_MUNICIPAL, onde=VITORIA, unidade=None):
    pessoa = identidade.pessoa_com_vinculo(papel, onde, unidade=unidade)
    cliente = Client()
    cliente.force_login(pessoa)
    return cliente


def texto(resposta):
    return unescape(resposta.content.decode())


def novo(unidade, **mudancas):
    dados = {
        "nome": "Bia do Exemplo",
        "cpf": cpf_com_pontos(fabricas.cpf()),
        "nascimento": "02/05/1990",
        "profissao": "psicologo",
        "registro_numero": "4321",
        "registro_uf": "ES",
        "lugar": str(unidade.pk),
        "funcao": "tecnico_superior",
        "vinculo_de_trabalho": "estatutario",
        "carga_horaria": "30",
        "desde": f"{timezone.localdate():%d/%m/%Y}",
    }
    return dados | mudancas


def test_a_coordenacao_cadastra_na_sua_unidade_e_a_pessoa_aparece_no_quadro_e_na_equipe(cras):
    coordena = entrar(papeis.COORDENACAO_UNIDADE, unidade=cras.pk)
    outra = rede.unidade("CRAS Praia")
    formulario = texto(coordena.get(reverse("trabalhador-novo", args=[VITORIA])))

    feito = coordena.post(reverse("trabalhador-novo", args=[VITORIA]), novo(cras), follow=True)
    quadro = texto(coordena.get(reverse("trabalhadores-quadro", args=[VITORIA])))
    equipe = texto(coordena.get(reverse("equipe-unidade", args=[cras.pk])))

    assert outra.nome not in formulario
    assert "Órgão gestor" not in formulario, "a coordenação não lota no órgão"
    assert "Bia do Exemplo" in texto(feito)
    assert "CRP/ES 4321" in quadro
    assert "Bia do Exemplo" in equipe
    assert "faltam 8" in equipe


def test_o_que_nao_serve_volta_em_palavras_sem_perder_o_digitado(cras):
    pagina = texto(
        entrar().post(
            reverse("trabalhador-novo", args=[VITORIA]),
            novo(cras, cpf="123.456.789-00", telefone="3333-4444", carga_horaria="trinta", registro_uf=""),
        )
    )

    for frase in ("não batem com os outros", "Falta o DDD", "só com algarismos", "Diga de que UF é o registro"):
        assert frase in pagina
    for digitado in ('value="123.456.789-00"', 'value="3333-4444"', 'value="trinta"', 'value="Bia do Exemplo"'):
        assert digitado in pagina
    assert "nválid" not in pagina
    assert not Trabalhador.objects.exists()


def test_horas_demais_avisam_na_entrada_dizendo_onde_e_gravam_depois_de_conferidas(cras):
    quem = fabricas.lotacao(unidade=cras).trabalhador
    praia = rede.unidade("CRAS Praia")
    gestora = entrar()
    endereco = reverse("trabalhador-lotar", args=[quem.pk])

    aviso = texto(gestora.post(endereco, novo(praia, carga_horaria="20")))
    antes = quem.lotacoes.count()
    gestora.post(endereco, novo(praia, carga_horaria="20", confirma_horas="on"))

    assert "somaria 50 horas por semana, com 30 h em CRAS Centro" in aviso
    assert "Conferi a soma das horas" in aviso
    assert (antes, quem.lotacoes.count()) == (1, 2)


def test_mudar_corrigir_e_sair_pelas_telas(cras):
    lotacao = fabricas.lotacao(unidade=cras)
    gestora = entrar()
    hoje = timezone.localdate()
    mudar, sair = reverse("lotacao-mudar", args=[lotacao.pk]), reverse("lotacao-encerrar", args=[lotacao.pk])

    errado = novo(cras, carga_horaria="20", tipo="errado", dia="01/03/2024", versao="1", motivo="Digitação")
    gestora.post(mudar, errado)
    velha = texto(gestora.post(mudar, errado | {"carga_horaria": "25"}))
    gestora.post(mudar, novo(cras, carga_horaria="40", tipo="mudou", dia=f"{hoje:%d/%m/%Y}", versao="2"))
    nova = Lotacao.objects.get(ate=None)
    sair = reverse("lotacao-encerrar", args=[nova.pk])
    sem_motivo = texto(gestora.post(sair, {"dia": f"{hoje:%d/%m/%Y}", "motivo": "", "versao": "1"}))
    amanha = f"{hoje + timedelta(days=1):%d/%m/%Y}"
    gestora.post(sair, {"dia": amanha, "motivo": "Fim do contrato", "versao": "1"})
    ficha = texto(gestora.get(reverse("trabalhador", args=[lotacao.trabalhador_id])))

    lotacao.refresh_from_db()
    nova.refresh_from_db()
    assert "Outra pessoa gravou esta lotação depois" in velha
    assert (lotacao.carga_horaria, lotacao.ate) == (20, hoje)
    assert "Diga o motivo da saída" in sem_motivo
    assert (nova.carga_horaria, nova.motivo_da_saida) == (40, "Fim do contrato")
    assert "Por onde já passou" in ficha
    assert "20 h por semana" in ficha


def test_abrir_o_quadro_a_ficha_e_a_equipe_fica_registrado_e_o_estado_ve_so_os_numeros(cras):
    lotacao = fabricas.lotacao(unidade=cras)
    gestora = entrar()
    gestora.get(reverse("trabalhadores-quadro", args=[VITORIA]))
    gestora.get(reverse("trabalhador", args=[lotacao.trabalhador_id]))
    gestora.get(reverse("equipe-unidade", args=[cras.pk]))
    lidas = Leitura.objects.filter(titular=lotacao.trabalhador_id).count()
    estado = entrar(papeis.GESTAO_ESTADUAL, "32")

    equipe = texto(estado.get(reverse("equipe-unidade", args=[cras.pk])))
    quadro = estado.get(reverse("trabalhadores-quadro", args=[VITORIA]))
    ficha = estado.get(reverse("trabalhador", args=[lotacao.trabalhador_id]))

    assert lidas == 3
    assert "Alba" not in equipe
    assert "assistente social, efetivo" in equipe
    assert (quadro.status_code, ficha.status_code) == (403, 403)
    assert Leitura.objects.filter(titular=lotacao.trabalhador_id).count() == lidas


def test_de_fora_nao_existe_e_a_tecnica_da_unidade_nao_ve_as_pessoas(cras):
    lotacao = fabricas.lotacao(unidade=cras)
    de_fora = entrar(papeis.GESTAO_MUNICIPAL, SERRA)
    tecnica = entrar(papeis.TECNICO_SUPERIOR, unidade=cras.pk)
    ficha, equipe = reverse("trabalhador", args=[lotacao.trabalhador_id]), reverse("equipe-unidade", args=[cras.pk])

    assert [de_fora.get(e).status_code for e in (ficha, equipe)] == [404, 404]
    assert [tecnica.get(e).status_code for e in (ficha, equipe)] == [403, 200]


def test_a_coordenacao_ve_so_a_propria_unidade_no_quadro(cras):
    fabricas.lotacao(unidade=cras)
    fabricas.lotacao(fabricas.trabalhador("Zélia de Outra Unidade"), unidade=rede.unidade("CRAS Praia"))

    quadro = entrar(papeis.COORDENACAO_UNIDADE, unidade=cras.pk).get(
        reverse("trabalhadores-quadro", args=[VITORIA]) + "?situacao=todas"
    )

    assert "Alba do Exemplo" in texto(quadro)
    assert "Zélia" not in texto(quadro)


def test_o_quadro_so_abre_a_unidade_que_fica_no_territorio_dele(cras):
    de_fora = rede.unidade("CRAS da Serra", onde=SERRA)
    gestora, quadro = entrar(), reverse("trabalhadores-quadro", args=[VITORIA])

    daqui = texto(gestora.get(quadro, {"unidade": str(cras.pk)}))
    de_la = gestora.get(quadro, {"unidade": str(de_fora.pk)})

    assert reverse("equipe-unidade", args=[cras.pk]) in daqui
    assert de_la.status_code == 200
    assert "CRAS da Serra" not in texto(de_la)


def test_o_proprio_ve_a_sua_ficha_e_os_seus_dados_com_quem_leu(cras):
    lotacao = fabricas.lotacao(unidade=cras)
    gestora = entrar()
    tecnica = entrar(papeis.TECNICO_SUPERIOR, unidade=cras.pk)
    ficha = reverse("trabalhador", args=[lotacao.trabalhador_id])
    pessoa = tecnica.get("/").wsgi_request.user
    antes = tecnica.get(ficha).status_code

    sem_acesso = gestora.post(
        reverse("trabalhador-entrada", args=[lotacao.trabalhador_id]), {"email": "x@exemplo.example"}
    )
    gestora.post(reverse("trabalhador-entrada", args=[lotacao.trabalhador_id]), {"email": pessoa.email})
    gestora.get(ficha)
    depois = texto(tecnica.get(ficha))
    meus = texto(tecnica.get(reverse("meus-dados")))

    assert antes == 403
    assert "Ninguém com este e-mail tem acesso" in texto(sem_acesso)
    assert "É o seu cadastro" in depois
    assert lotacao.trabalhador.cpf in meus
    assert "Gestão municipal, titular" in meus, "quem leu aparece pelo papel"


def test_quem_atende_so_existe_se_a_gestao_publica_e_nao_mostra_apoio_nem_cpf(cras):
    tecnica = fabricas.lotacao(unidade=cras).trabalhador
    fabricas.lotacao(fabricas.trabalhador("Caio da Limpeza"), unidade=cras, funcao="servicos_gerais")
    endereco, mostrar = reverse("quem-atende", args=[cras.pk]), reverse("quem-atende-mostrar", args=[cras.pk])
    antes = Client().get(endereco).status_code

    da_unidade = entrar(papeis.COORDENACAO_UNIDADE, unidade=cras.pk).post(mostrar, {"mostrar": "sim"})
    gestora = entrar()
    gestora.post(mostrar, {"mostrar": "sim"})
    publica = texto(Client().get(endereco))
    gestora.post(mostrar, {"mostrar": "não"})

    assert antes == 404
    assert da_unidade.status_code == 403
    assert "Alba do Exemplo" in publica
    assert "CRESS/ES 1234" in publica
    assert "Caio" not in publica
    assert tecnica.cpf not in publica
    assert not QuemAtende.objects.exists()
    assert Client().get(endereco).status_code == 404


def test_o_que_mudaria_se_ve_na_pagina_e_a_planilha_do_estado_tem_os_numeros(cras):
    fabricas.lotacao(unidade=cras)
    estado = entrar(papeis.GESTAO_ESTADUAL, "32")

    pagina = texto(
        estado.get(reverse("equipe-unidade", args=[cras.pk]), {"funcao": "coordenador", "profissao": "psicologo"})
    )
    resumo = texto(estado.get(reverse("equipes-lugar", args=["32"])))
    planilha = estado.get(reverse("equipes-lugar", args=["32"]), {"formato": "csv"}).content.decode()
    do_municipio = texto(estado.get(reverse("equipes-lugar", args=[VITORIA])))

    assert "A falta cai de 8 para 7." in pagina
    assert "Vitória" in resumo
    assert "3205309,Vitória,1,0,9,1,1,8,10" in planilha
    assert "CRAS Centro" in do_municipio
    assert "Gestão do Trabalho" in do_municipio


def test_apagar_pela_tela_so_depois_da_saida(cras):
    lotacao = fabricas.lotacao(unidade=cras)
    identidade_da_casa = entrar()
    apagar = reverse("trabalhador-apagar", args=[lotacao.trabalhador_id])

    cedo = texto(identidade_da_casa.post(apagar, {"motivo": "A pessoa pediu"}))
    Lotacao.objects.update(ate=timezone.localdate())
    identidade_da_casa.post(apagar, {"motivo": "A pessoa pediu"})

    lotacao.trabalhador.refresh_from_db()
    assert "ainda está lotada" in cedo
    assert lotacao.trabalhador.cpf is None


def test_o_programa_le_as_pessoas_so_com_o_direito_e_cada_leitura_fica_registrada(cras):
    lotacao = fabricas.lotacao(unidade=cras)
    fabricas.lotacao(fabricas.trabalhador("Caio do Exemplo"), unidade=rede.unidade("CRAS Praia"))
    enderecos = (reverse("api-lotacoes") + f"?territorio={VITORIA}", reverse("api-equipe", args=[cras.pk]))

    def pedir(papel, onde, unidade=None):
        chave = criar_chave(identidade.ator(papel, onde, unidade=unidade))
        programa = Client(headers={"Authorization": f"Bearer {chave.texto}"})
        return [programa.get(endereco) for endereco in enderecos]

    municipal = pedir(papeis.GESTAO_MUNICIPAL, VITORIA)[0].json()["itens"]
    da_unidade = pedir(papeis.COORDENACAO_UNIDADE, VITORIA, cras.pk)[0].json()["itens"]
    estado = pedir(papeis.GESTAO_ESTADUAL, "32")

    assert {item["nome"] for item in municipal} == {"Alba do Exemplo", "Caio do Exemplo"}
    assert [item["cpf"] for item in da_unidade] == [lotacao.trabalhador.cpf]
    assert [resposta.status_code for resposta in estado] == [403, 200]
    assert (estado[1].json()["necessarios"], estado[1].json()["falta"]) == (9, 8)
    assert "Alba" not in estado[1].content.decode()
    assert Leitura.objects.filter(titular=lotacao.trabalhador_id, motivo="Lido por programa").count() == 2


def test_o_estado_le_os_numeros_das_equipes_e_dos_trabalhadores_sem_o_nome_de_ninguem(cras):
    lotacao = fabricas.lotacao(unidade=cras)
    fabricas.lotacao(lotacao.trabalhador, orgao="orgao_gestor", funcao="outros")
    chave = criar_chave(identidade.ator(papeis.GESTAO_ESTADUAL, "32"))
    programa = Client(headers={"Authorization": f"Bearer {chave.texto}"})

    def pedir(rota, onde):
        return programa.get(reverse(rota), {"territorio": onde})

    numeros = pedir("api-trabalhadores-numeros", "32").json()
    (equipe,) = pedir("api-equipes", VITORIA).json()["unidades"]

    assert (numeros["pessoas"], numeros["lotacoes"]) == (1, 2)
    assert numeros["por_territorio"] == [{"codigo": VITORIA, "lotacoes": 2}]
    assert {item["codigo"]: item["lotacoes"] for item in numeros["por_funcao"]} == {lotacao.funcao: 1, "outros": 1}
    assert (equipe["unidade"], equipe["necessarios"], equipe["falta"]) == (str(cras.pk), 9, 8)
    assert [pedir(rota, "35").status_code for rota in ("api-equipes", "api-trabalhadores-numeros")] == [404, 404]
    assert not Leitura.objects.exists()


def test_a_ficha_conta_a_historia_em_palavras_sem_abrir_dado_pessoal_e_a_da_unidade_leva_a_equipe(cras):
    gestora = entrar()
    gestora.post(reverse("trabalhador-novo", args=[VITORIA]), novo(cras))
    quem = Trabalhador.objects.get()
    mudado = novo(cras, cpf=cpf_com_pontos(quem.cpf), nome="Bia Mudada do Exemplo", versao="1")
    gestora.post(reverse("trabalhador-mudar", args=[quem.pk]), mudado)

    ficha = texto(gestora.get(reverse("trabalhador", args=[quem.pk])))
    da_unidade = texto(gestora.get(reverse("rede-unidade", args=[cras.pk])))
    publica = texto(Client().get(reverse("rede-unidade", args=[cras.pk])))

    assert "O que aconteceu com este cadastro" in ficha
    assert "mudou os dados de um trabalhador" in ficha
    assert "Bia do Exemplo" not in ficha, "o nome de antes está cifrado na trilha"
    assert reverse("equipe-unidade", args=[cras.pk]) in da_unidade
    assert reverse("equipe-unidade", args=[cras.pk]) not in publica


def test_sem_unidade_a_pagina_das_equipes_diz_o_caminho_a_quem_pede_e_a_quem_nao_pede():
    identidade.instalacao()
    municipio(VITORIA, habitantes=365_000)
    pagina, pedir = reverse("equipes-lugar", args=[VITORIA]), reverse("rede-abrir", args=[VITORIA])

    assert pedir in texto(entrar().get(pagina))
    do_estado = texto(entrar(papeis.GESTAO_ESTADUAL, "32").get(pagina))
    assert pedir not in do_estado
    assert "Quem pede a abertura de cada uma é a gestão ou a vigilância do município" in do_estado


def test_o_total_das_equipes_poe_primeiro_quem_mais_pede_e_por_ultimo_quem_nao_tem_conta(cras):
    maior = rede.unidade("CRAS Aurora", capacidade=5000)
    sem_conta = rede.unidade("Centro-dia", tipo="centro_dia")
    gestao, pagina = entrar(), reverse("equipes-lugar", args=[VITORIA])

    total = texto(gestao.get(pagina)).split("<tfoot>")[1].split("</tfoot>")[0]
    nomes = texto(gestao.get(pagina, {"ordem": "nome"})).split("<tbody>")[1]
    ao_contrario = texto(gestao.get(pagina, {"ordem": "-nome"})).split("<tbody>")[1]

    assert f'href="{pagina}?ordem=-necessarios#unidades"' in total
    assert nomes.index(maior.nome) < nomes.index(cras.nome) < nomes.index(sem_conta.nome)
    assert ao_contrario.index(cras.nome) < ao_contrario.index(maior.nome) < ao_contrario.index(sem_conta.nome)


@pytest.mark.parametrize("papel", [papeis.TECNICO_SUPERIOR, papeis.ENTIDADE])
def test_quem_nao_ve_o_quadro_nao_recebe_o_botao_dele_na_pagina_das_equipes(cras, papel):
    pagina = reverse("equipes-lugar", args=[VITORIA])

    assert "Quadro de trabalhadores" not in texto(entrar(papel, unidade=cras.pk).get(pagina))
    assert "Quadro de trabalhadores" in texto(entrar(papeis.COORDENACAO_UNIDADE, unidade=cras.pk).get(pagina))
