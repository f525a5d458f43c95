"""Os atos das famílias: ninguém entra duas vezes, nada se apaga, e o de outra unidade se lê com motivo."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from suas.atendimento.familias.acoes import atendimentos, familias, pessoas
from suas.atendimento.familias.acoes.familias import Chegada
from suas.atendimento.familias.acoes.pessoas import Dados, TalvezSejaAMesma
from suas.atendimento.familias.consultas import familia as leitura
from suas.atendimento.familias.listas import Parentesco, Saida
from suas.atendimento.familias.models import Atendimento, PalavraDoNome, PessoaAtendida
from suas.atendimento.familias.tests import fabricas
from suas.cadastros.cobertura.models import TerritorioDoCras
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.avisos.models import Aviso
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes import papeis
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha.acoes import lacrar
from suas.nucleo.trilha.models import Alteracao, Ato

pytestmark = pytest.mark.django_db
AMANHA = HOJE + timedelta(days=1)


@pytest.fixture
def cras():
    return rede.unidade("CRAS Centro")


@pytest.fixture
def creas():
    return rede.unidade("CREAS Norte", tipo="creas")


def incluir(familia, nome, **mudancas):
    padrao = {"dados": Dados(nome=nome), "parentesco": Parentesco.FILHO, "dia": HOJE, "e_outra": False}
    padrao |= {"por": identidade.ator(), "em": AGORA, "hoje": HOJE}
    return familias.incluir(familia=familia, **padrao | mudancas)


def test_a_familia_entra_com_referencia_domicilio_prontuario_e_o_cras_do_bairro(cras):
    TerritorioDoCras.objects.create(unidade=cras, bairros=["CENTRO"], mudou_em=AGORA)

    prontuario = fabricas.familia(cras)
    segundo = fabricas.familia(cras, nome="Bia do Exemplo", endereco={"bairro": "Outro"})

    familia = prontuario.familia
    assert leitura.referencia(familia).pessoa.nome == "Alba do Exemplo"
    assert leitura.domicilio(familia).bairro == "Centro"
    assert familia.cras == cras
    assert segundo.familia.cras is None, "bairro de ninguém não decide"
    assert (prontuario.numero, segundo.numero) == (1, 2)


def test_dois_cras_com_o_mesmo_bairro_deixam_a_escolha_para_quem_registra(cras):
    TerritorioDoCras.objects.create(unidade=cras, bairros=["Centro"], mudou_em=AGORA)
    TerritorioDoCras.objects.create(unidade=rede.unidade("CRAS Sul"), bairros=["Centro"], mudou_em=AGORA)

    assert fabricas.familia(cras).familia.cras is None


def test_o_mesmo_cpf_nao_entra_duas_vezes_no_municipio_e_entra_em_outro(cras):
    cpf = fabricas.cpf()
    fabricas.familia(cras, cpf=cpf)

    with pytest.raises(AtoRecusado, match="Já há no município alguém com este CPF"):
        fabricas.familia(cras, nome="Outro Nome", cpf=cpf)
    fabricas.familia(rede.unidade("CRAS da Serra", onde="3205002"), cpf=cpf)
    assert PessoaAtendida.objects.filter(cpf=cpf).count() == 2


def test_quem_soa_igual_e_nasceu_no_mesmo_dia_pede_confirmacao(cras):
    nascimento = date(1985, 3, 21)
    familia = fabricas.familia(cras, nome="Luiz Souza", nascimento=nascimento).familia
    gemea = Dados(nome="Luís Sousa", nascimento=nascimento)

    with pytest.raises(TalvezSejaAMesma) as recusa:
        incluir(familia, "", dados=gemea)
    incluir(familia, "", dados=gemea, e_outra=True)

    assert [p.nome for p in recusa.value.parecidas] == ["Luiz Souza"]
    assert PessoaAtendida.objects.count() == 2


def test_nascimento_que_nao_chegou_ou_antigo_demais_se_recusa_com_a_data(cras):
    with pytest.raises(AtoRecusado, match=f"{AMANHA:%d/%m/%Y}, ainda não chegou"):
        fabricas.familia(cras, nascimento=AMANHA)
    with pytest.raises(AtoRecusado, match="teria 126 anos"):
        fabricas.familia(cras, nascimento=date(1900, 1, 1))


def test_quem_sai_fica_na_historia_e_pode_entrar_em_outra_familia(cras):
    familia = fabricas.familia(cras).familia
    outra = fabricas.familia(cras, nome="Caio do Exemplo").familia
    filho = incluir(familia, "Davi do Exemplo")
    trazer = {"familia": outra, "pessoa": filho.pessoa, "parentesco": Parentesco.ENTEADO, "dia": HOJE}
    trazer |= {"por": identidade.ator(), "em": AGORA, "hoje": HOJE}

    with pytest.raises(AtoRecusado, match="está na composição de outra família"):
        familias.trazer(**trazer)
    familias.retirar(
        integrante=filho, saida=Saida.OUTRA_FAMILIA, motivo="", dia=HOJE, por=identidade.ator(), em=AGORA, hoje=HOJE
    )
    familias.trazer(**trazer)

    assert [i.ate for i in leitura.composicao(familia)] == [None, HOJE]
    assert [i.pessoa.nome for i in leitura.composicao(outra)] == ["Caio do Exemplo", "Davi do Exemplo"]


def test_a_referencia_so_sai_depois_de_outra_assumir(cras):
    familia = fabricas.familia(cras).familia
    filha = incluir(familia, "Elza do Exemplo")
    sair = {"saida": Saida.FALECEU, "motivo": "", "dia": HOJE, "por": identidade.ator(), "em": AGORA, "hoje": HOJE}
    referencia = leitura.referencia(familia)

    with pytest.raises(AtoRecusado, match="Escolha antes outra pessoa de referência"):
        familias.retirar(integrante=referencia, **sair)
    familias.trocar_referencia(
        integrante=filha, parentesco_da_anterior=Parentesco.PAI_OU_MAE, por=identidade.ator(), em=AGORA
    )
    familias.retirar(integrante=referencia, **sair)

    assert leitura.referencia(familia).pessoa == filha.pessoa


def test_o_banco_nao_deixa_duas_referencias_nem_duas_familias_de_uma_vez(cras):
    familia = fabricas.familia(cras).familia
    filha = incluir(familia, "Elza do Exemplo")
    filha.parentesco = Parentesco.REFERENCIA

    with pytest.raises(IntegrityError), transaction.atomic():
        filha.save()


def test_endereco_novo_guarda_o_de_antes(cras):
    familia = fabricas.familia(cras).familia

    familias.mudar_domicilio(
        familia=familia,
        endereco={"logradouro": "Outra", "bairro": "Praia"},
        em_abrigo=False,
        cras=cras,
        dia=HOJE,
        por=identidade.ator(),
        em=AGORA,
        hoje=HOJE,
    )

    assert leitura.domicilio(familia).bairro == "Praia"
    assert [(d.bairro, d.ate) for d in leitura.domicilios_anteriores(familia)] == [("Centro", HOJE)]
    assert familia.cras == cras


def test_um_prontuario_por_familia_e_unidade_e_um_numero_por_familia(cras, creas):
    familia = fabricas.familia(cras).familia
    abrir = {"familia": familia, "por": identidade.ator(), "em": AGORA, "hoje": HOJE}
    chegada = Chegada(ingresso="psb", dia=HOJE, quem_encaminhou="CRAS Centro", numero=7)

    with pytest.raises(AtoRecusado, match="já tem prontuário em CRAS Centro"):
        familias.abrir_prontuario(unidade=cras, chegada=chegada, **abrir)
    familias.abrir_prontuario(unidade=creas, chegada=chegada, **abrir)
    outra = fabricas.familia(cras, nome="Caio do Exemplo").familia
    with pytest.raises(AtoRecusado, match="O prontuário 7 de CREAS Norte é de outra família"):
        familias.abrir_prontuario(unidade=creas, chegada=chegada, **abrir | {"familia": outra})


def test_mudar_a_pessoa_refaz_a_busca_e_nao_sobrescreve_quem_gravou_antes(cras):
    pessoa = leitura.referencia(fabricas.familia(cras).familia).pessoa
    mudar = {"por": identidade.ator(), "em": AGORA, "hoje": HOJE}

    pessoas.atualizar(pessoa=pessoa, dados=Dados(nome="Outra Grafia"), versao=1, **mudar)

    assert set(PalavraDoNome.objects.values_list("palavra", flat=True)) == {"outra", "grafia"}
    with pytest.raises(MudouNoMeioTempo):
        pessoas.atualizar(pessoa=pessoa, dados=Dados(nome="Terceira"), versao=1, **mudar)


def test_a_trilha_cifra_o_que_e_pessoal_e_nao_conta_as_palavras_da_busca(cras):
    fabricas.familia(cras, nome="Nome que não se lê")
    lacrar(em=AGORA)

    textos = " ".join(str(a.antes) + str(a.depois) for a in Alteracao.objects.filter(tabela__startswith="familias_"))
    assert "Nome que" not in textos
    assert "Pediu orientação" not in textos
    assert not Alteracao.objects.filter(tabela="familias_palavradonome").exists()
    assert "Nome que" not in " ".join(str(ato.dados) + ato.motivo for ato in Ato.objects.all())


def test_o_mesmo_envio_duas_vezes_anota_um_so(cras):
    prontuario = fabricas.familia(cras)
    por = fabricas.tecnica(cras)
    chave = fabricas.familia(cras, nome="Só pela chave").pk
    novo = atendimentos.Novo(tipo=1, dia=HOJE, chave=chave)

    um = atendimentos.anotar(prontuario=prontuario, novo=novo, por=por, em=AGORA, hoje=HOJE)
    outro = atendimentos.anotar(prontuario=prontuario, novo=novo, por=por, em=AGORA, hoje=HOJE)

    assert um == outro
    assert Atendimento.objects.count() == 1


@pytest.mark.parametrize(
    "novo, recusa",
    [
        (atendimentos.Novo(tipo=1, dia=AMANHA), "ainda não chegou"),
        (atendimentos.Novo(tipo=1, dia=date(2026, 3, 1)), "aberto em 02/03/2026"),
        (atendimentos.Novo(tipo=9, dia=HOJE), "escreva o que se fez"),
    ],
)
def test_atendimento_que_nao_cabe_se_recusa_com_o_dia(cras, novo, recusa):
    with pytest.raises(AtoRecusado, match=recusa):
        atendimentos.anotar(
            prontuario=fabricas.familia(cras), novo=novo, por=fabricas.tecnica(cras), em=AGORA, hoje=HOJE
        )


def test_o_anulado_continua_no_prontuario_e_nao_conta(cras):
    feito = fabricas.atendimento(fabricas.familia(cras))
    fabricas.atendimento(fabricas.familia(cras, nome="Bia do Exemplo"), tipo=7)
    periodo = {"primeiro": HOJE.replace(day=1), "fim": date(2026, 12, 1)}

    atendimentos.anular(atendimento=feito, motivo="Era de outra família", por=identidade.ator(), em=AGORA)

    contas = {tipo.value: (quantos, familias) for tipo, quantos, familias in leitura.do_mes(cras, **periodo)}
    assert contas[1] == (0, 0)
    assert contas[7] == (1, 1)
    assert Atendimento.objects.count() == 2
    with pytest.raises(AtoRecusado, match="já está anulado"):
        atendimentos.anular(atendimento=feito, motivo="De novo", por=identidade.ator(), em=AGORA)


def test_ler_de_fora_pede_motivo_vale_uma_hora_e_avisa_quem_coordena_e_a_gestao(cras, creas):
    familia = fabricas.familia(cras).familia
    coordena = fabricas.tecnica(cras, papeis.COORDENACAO_UNIDADE)
    de_outra = fabricas.tecnica(rede.unidade("CRAS Sul"), papeis.COORDENACAO_UNIDADE)
    gestora = identidade.ator(papeis.GESTAO_MUNICIPAL, cras.municipio_id)
    por = fabricas.tecnica(creas)
    ler = {"familia": familia, "unidade": creas, "por": por, "em": AGORA, "hoje": HOJE}

    with pytest.raises(AtoRecusado, match="Diga por que precisa ler"):
        atendimentos.ler_de_fora(motivo="preciso", **ler)
    atendimentos.ler_de_fora(motivo="A criança foi encaminhada hoje.", **ler)

    vale = {"pessoa": por.pessoa.pk, "unidade": creas.pk}
    assert leitura.leitura_que_vale(familia, agora=AGORA + timedelta(minutes=59), **vale)
    assert not leitura.leitura_que_vale(familia, agora=AGORA + timedelta(minutes=61), **vale)
    avisados = set(Aviso.objects.filter(modelo="familias.leitura_de_fora").values_list("pessoa_id", flat=True))
    assert avisados == {coordena.pessoa.pk, gestora.pessoa.pk}
    assert de_outra.pessoa.pk not in avisados


def test_nao_ha_o_que_ler_de_fora_se_nenhuma_outra_unidade_tem_prontuario(cras):
    with pytest.raises(AtoRecusado, match="Nenhuma outra unidade"):
        atendimentos.ler_de_fora(
            familia=fabricas.familia(cras).familia,
            unidade=cras,
            motivo="Quero conferir o que está lá.",
            por=fabricas.tecnica(cras),
            em=AGORA,
            hoje=HOJE,
        )
