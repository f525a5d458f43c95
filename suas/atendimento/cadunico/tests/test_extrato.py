"""O extrato do Cadastro Único entra, repete-se sem mudar nada, e nunca passa por cima do que a equipe escreveu."""

from __future__ import annotations

from datetime import date

import pytest

from suas.atendimento.cadunico import consultas
from suas.atendimento.cadunico.importadores import EXTRATO
from suas.atendimento.cadunico.models import CadastroDaFamilia, CadastroDaPessoa, Extrato
from suas.atendimento.cadunico.tests import fabricas
from suas.atendimento.cadunico.tests.fabricas import DAVI, RUTE
from suas.atendimento.familias.acoes import pessoas
from suas.atendimento.familias.acoes.pessoas import Dados
from suas.atendimento.familias.consultas import busca
from suas.atendimento.familias.consultas import familia as leitura
from suas.atendimento.familias.models import Domicilio, Familia, Integrante, PessoaAtendida
from suas.atendimento.familias.tests import fabricas as familias
from suas.cadastros.cobertura.models import TerritorioDoCras
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.importacoes import consultas as importacoes
from suas.nucleo.importacoes.models import Situacao
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db
DIA = date(2026, 10, 31)


@pytest.fixture
def cras():
    return rede.unidade("CRAS Centro")


@pytest.fixture
def gestora(cras):
    return fabricas.gestora(cras.municipio_id)


def contas(importacao):
    return importacao.situacao, importacao.novas, importacao.mudadas, importacao.iguais


def atualizar(pessoa, **mudancas):
    dados = {campo: getattr(pessoa, campo) or "" for campo in Dados.__dataclass_fields__}
    dados |= {"nascimento": pessoa.nascimento, "deficiencia": pessoa.deficiencia}
    return pessoas.atualizar(
        pessoa=pessoa,
        dados=Dados(**dados | mudancas),
        versao=pessoa.versao,
        por=fabricas.gestora(pessoa.abrangencia),
        em=AGORA,
        hoje=HOJE,
    )


def test_a_familia_entra_inteira_e_se_acha_pela_busca(cras, gestora):
    TerritorioDoCras.objects.create(unidade=cras, bairros=["Centro"], mudou_em=AGORA)

    importacao = fabricas.trazer(RUTE, DAVI, por=gestora)

    assert contas(importacao) == (Situacao.APLICADA, 2, 0, 0)
    familia = Familia.objects.get()
    assert [(i.pessoa.nome, i.parentesco, i.desde) for i in leitura.composicao(familia)] == [
        ("Rute do Exemplo", 1, DIA),
        ("Davi do Exemplo", 3, DIA),
    ]
    assert leitura.domicilio(familia).endereco == "Rua do Exemplo, 12, Centro"
    assert familia.cras == cras
    assert [a.pessoa.nis for a in busca.procurar("rute exemplo", municipio=cras.municipio_id, unidade=cras.pk)] == [
        "12345678900"
    ]
    cadastro = consultas.da_familia(familia.pk)[0]
    assert (cadastro.codigo, cadastro.renda_per_capita_centavos, cadastro.bolsa_familia, cadastro.visto_dia) == (
        "00000000191", 12_000, True, DIA,
    )  # fmt: skip
    assert consultas.desatualizado(cadastro, hoje=HOJE)
    assert list(consultas.desatualizados(cras.municipio_id, hoje=HOJE)) == [cadastro]
    assert Ato.objects.filter(ato="cadunico.trazer_extrato", objeto_id=str(Extrato.objects.get().pk)).exists()


def test_o_mesmo_extrato_de_novo_nao_muda_nada_e_o_seguinte_igual_so_renova_o_dia(gestora):
    fabricas.trazer(RUTE, DAVI, por=gestora)
    antes = list(PessoaAtendida.objects.values("pk", "versao").order_by("pk"))

    repetida = fabricas.trazer(RUTE, DAVI, por=gestora)
    seguinte = fabricas.trazer(RUTE, DAVI, por=gestora, dia="15/11/2026")

    assert contas(repetida) == contas(seguinte) == (Situacao.APLICADA, 0, 0, 2)
    assert list(PessoaAtendida.objects.values("pk", "versao").order_by("pk")) == antes
    assert set(CadastroDaPessoa.objects.values_list("visto_dia", "mudou_dia")) == {(date(2026, 11, 15), DIA)}
    assert CadastroDaFamilia.objects.get().visto_dia == date(2026, 11, 15)


def test_o_extrato_mais_antigo_fica_de_lado(gestora):
    fabricas.trazer(RUTE, por=gestora)

    antigo = fabricas.receber(fabricas.csv(RUTE | {"nom_pessoa": "RUTE ANTIGA"}, DAVI), por=gestora, dia="01/10/2026")

    assert importacoes.previa_de(antigo).outras == 2
    assert antigo.novas == antigo.mudadas == 0


def test_o_que_a_equipe_escreveu_fica_e_o_resto_acompanha(gestora):
    fabricas.trazer(RUTE, por=gestora)
    rute = PessoaAtendida.objects.get()
    atualizar(rute, nome="Rute do Exemplo Silva", nome_social="Rutinha")

    novo = RUTE | {
        "nom_pessoa": "RUTE DOS EXEMPLOS",
        "nom_completo_mae_pessoa": "NOEMI REAL",
        "vlr_renda_media_fam": "90",
    }
    importacao = fabricas.receber(fabricas.csv(novo), por=gestora, dia="15/11/2026")
    linha = importacoes.previa_de(importacao).linhas[0]
    fabricas.tarefas.aplicar(importacao=importacao, importador=EXTRATO, por=gestora, em=AGORA)

    assert linha.tipo == "mudada"
    assert linha.ficam == (("nome", "Rute dos Exemplos"),), "e o que a equipe escreveu não se mostra a quem traz"
    assert set(linha.celulas) == {
        ("nome_da_mae", "Noemi do Exemplo", "Noemi Real"),
        ("renda_per_capita_centavos", "R$ 120,00", "R$ 90,00"),
    }
    rute.refresh_from_db()
    assert (rute.nome, rute.nome_social, rute.nome_da_mae) == ("Rute do Exemplo Silva", "Rutinha", "Noemi Real")
    dita = CadastroDaPessoa.objects.get()
    assert (dita.nome, dita.mudou_dia) == ("Rute dos Exemplos", date(2026, 11, 15))
    assert [d.campo for d in consultas.diferencas(consultas.da_familia(dita.cadastro.familia_id))] == ["nome"]
    assert contas(fabricas.trazer(novo, por=gestora, dia="20/11/2026")) == (Situacao.APLICADA, 0, 0, 1)


def test_quem_a_equipe_ja_atende_nao_entra_de_novo_e_ganha_o_que_faltava(cras, gestora):
    prontuario = familias.familia(
        cras, nome="Rute do Exemplo", nascimento=date(1985, 3, 21), nome_da_mae="Noemi do Exemplo"
    )

    fabricas.trazer(RUTE, DAVI, por=gestora)

    assert PessoaAtendida.objects.count() == 2
    rute = leitura.referencia(prontuario.familia).pessoa
    assert (rute.nis, rute.sexo) == ("12345678900", "F")
    assert [i.pessoa.nome for i in leitura.composicao(prontuario.familia)] == ["Rute do Exemplo", "Davi do Exemplo"]
    assert leitura.domicilio(prontuario.familia).endereco == "do Exemplo, 12, Centro", "o endereço da equipe fica"
    assert Domicilio.objects.count() == 1


def test_quem_a_equipe_pos_noutra_familia_fica_la(cras, gestora):
    prontuario = familias.familia(cras, nome="Lia do Exemplo")
    davi = familias.integrante(prontuario.familia, nome="Davi do Exemplo").pessoa
    atualizar(davi, nascimento=date(2015, 5, 4), nome_da_mae="Rute do Exemplo")

    fabricas.trazer(RUTE, DAVI, por=gestora)

    assert Integrante.objects.get(pessoa=davi, ate__isnull=True).familia == prontuario.familia
    dela = CadastroDaFamilia.objects.get().familia
    assert dela != prontuario.familia
    assert [i.pessoa.nome for i in leitura.composicao(dela)] == ["Rute do Exemplo"]


def test_quem_muda_de_familia_no_cadastro_deixa_a_linha_fechada(gestora):
    fabricas.trazer(RUTE, DAVI, por=gestora)
    nova = {"cod_familiar_fam": "272", "cod_parentesco_rf_pessoa": "1"}

    fabricas.trazer(RUTE, DAVI | nova, por=gestora, dia="15/11/2026")

    davi = PessoaAtendida.objects.get(nome="Davi do Exemplo")
    passadas = [(i.familia.cadastros.get().codigo[-3:], i.ate) for i in davi.participacoes.order_by("desde", "id")]
    assert passadas == [("191", date(2026, 11, 15)), ("272", None)]


def test_o_responsavel_que_o_cadastro_troca_troca_tambem_no_registro(gestora):
    fabricas.trazer(RUTE, DAVI, por=gestora)
    davi, rute = DAVI | {"cod_parentesco_rf_pessoa": "1"}, RUTE | {"cod_parentesco_rf_pessoa": "6"}

    fabricas.trazer(rute, davi, por=gestora, dia="15/11/2026")

    familia = Familia.objects.get()
    assert [(i.pessoa.nome.split()[0], i.parentesco) for i in leitura.composicao(familia)] == [("Rute", 6), ("Davi", 1)]


def test_a_familia_acompanhada_por_outra_referencia_nao_recebe_parentesco_que_nao_se_sabe(cras, gestora):
    prontuario = familias.familia(
        cras, nome="Davi do Exemplo", nascimento=date(2015, 5, 4), nome_da_mae="Rute do Exemplo"
    )

    fabricas.trazer(RUTE, DAVI, por=gestora)

    assert [i.pessoa.nome for i in leitura.composicao(prontuario.familia)] == ["Davi do Exemplo"]
    rute = PessoaAtendida.objects.get(nome="Rute do Exemplo")
    assert not rute.participacoes.exists(), "fica no registro, para a equipe pôr no lugar dela"


def test_as_faltas_dizem_o_que_fazer(cras, gestora):
    familias.familia(cras, nome="Outra do Exemplo", cpf="52998224725")
    trocado = RUTE | {"num_nis_pessoa_atual": "12345678901", "num_cpf_pessoa": "52998224725"}
    segundo = DAVI | {"cod_parentesco_rf_pessoa": "1", "dta_nasc_pessoa": "2099-01-01"}

    importacao = fabricas.receber(fabricas.csv(trocado, RUTE, segundo), por=gestora)

    faltas = [(f.linha, f.coluna) for f in importacoes.previa_de(importacao).faltas]
    assert importacao.situacao == Situacao.COM_FALTAS
    assert (2, "nis") in faltas
    assert (4, "nascimento") in faltas and (4, "parentesco") in faltas


def test_o_cpf_que_ja_e_de_outra_pessoa_nao_se_grava(cras, gestora):
    fabricas.trazer(RUTE, por=gestora)
    familias.familia(cras, nome="Outra do Exemplo", cpf="52998224725")

    importacao = fabricas.receber(fabricas.csv(RUTE | {"num_cpf_pessoa": "52998224725"}), por=gestora, dia="15/11/2026")

    assert [f.coluna for f in importacoes.previa_de(importacao).faltas] == ["cpf"]


def test_linha_de_outro_municipio_e_de_fora(gestora):
    conteudo = fabricas.csv(RUTE).replace(b"d.marc_pbf", b"cd_ibge").replace(b";1;RUA", b";320520;RUA")

    importacao = fabricas.receber(conteudo, por=gestora)

    assert [f.de_fora for f in importacoes.previa_de(importacao).faltas] == [True]
