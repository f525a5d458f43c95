"""As planilhas de entidades e de inscrições: entram pelos atos do módulo, e de novo nada muda."""

from __future__ import annotations

from datetime import date

import pytest

from normas.base.documentos import digitos_do_cnpj
from suas.cadastros.entidades.importadores import ENTIDADES, INSCRICOES
from suas.cadastros.entidades.models import Entidade, Inscricao, Passo
from suas.cadastros.territorio.tests.fabricas import SERRA, VITORIA, municipio
from suas.nucleo.identidade.tests.fabricas import AGORA, ator
from suas.nucleo.importacoes import consultas, tarefas
from suas.nucleo.importacoes.models import Importacao
from suas.nucleo.importacoes.registro import Importador
from suas.nucleo.importacoes.tests.fabricas import receber
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import ADMINISTRACAO_FEDERAL, GESTAO_MUNICIPAL, PRESIDENCIA_CONSELHO
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db
UM, DOIS = ((raiz := f"{n}8877660001") + digitos_do_cnpj(raiz) for n in (99, 98))
FICHAS = (
    "CNPJ;Razão social;Natureza jurídica;Atendimento;Assessoramento;Município;Bairro\n"
    f"{UM};Associação do Exemplo;Associação;sim;não;Vitória;Centro\n"
    f"{DOIS};Fundação do Exemplo;Fundação;sim;;3205309;\n"
    "00.000.000/0001-91;De outro lugar;Associação;sim;;Serra;\n"
)
CABECALHO = FICHAS.splitlines()[0]
DO_CONSELHO = (
    "nº da inscrição;data;resolução;CNPJ;entidade;natureza jurídica;atendimento\n"
    f"7;12/03/2015;Resolução nº 5/2015;{UM};Associação do Exemplo;Associação;s\n"
    f"12;2018-06-01;;{DOIS};Fundação do Exemplo;Fundação;s\n"
)


@pytest.fixture(autouse=True)
def _lugares():
    municipio(VITORIA)
    municipio(SERRA)


@pytest.fixture
def gestao() -> Ator:
    return ator(GESTAO_MUNICIPAL, VITORIA)


@pytest.fixture
def conselho() -> Ator:
    return ator(PRESIDENCIA_CONSELHO, VITORIA)


def contas(importacao: Importacao) -> tuple[int, int, int, int]:
    return importacao.faltas, importacao.novas, importacao.mudadas, importacao.iguais


def faltas(importacao: Importacao) -> list[tuple[int, str]]:
    previa = consultas.previa_de(importacao)
    assert previa is not None
    return [(falta.linha, falta.coluna) for falta in previa.faltas]


def trazer(conteudo: str, importador: Importador, por: Ator) -> Importacao:
    """Recebe, confere e aplica."""
    importacao = receber(conteudo, por=por, importador=importador)
    return tarefas.aplicar(importacao=importacao, importador=importador, por=por, em=AGORA)


def test_as_fichas_do_municipio_entram_e_de_novo_nada_muda(gestao):
    aplicada = trazer(FICHAS, ENTIDADES, gestao)

    previa = consultas.previa_de(aplicada)
    assert (contas(aplicada), previa and previa.outras) == ((0, 2, 0, 0), 1)
    entidade = Entidade.objects.get(cnpj=UM)
    assert (entidade.nome, entidade.natureza_juridica, entidade.bairro) == (
        "Associação do Exemplo", "associacao", "Centro",
    )  # fmt: skip
    assert (entidade.atende, entidade.assessora, entidade.municipio_id) == (True, False, VITORIA)
    assert Ato.objects.filter(ato="entidades.cadastrar").count() == 2
    assert contas(receber(FICHAS, por=gestao, importador=ENTIDADES)) == (0, 0, 0, 2)


def test_o_que_a_planilha_nao_traz_continua_como_esta(gestao):
    trazer(FICHAS, ENTIDADES, gestao)

    trazer(f"cnpj;nome fantasia\n{UM};Casa do Exemplo\n", ENTIDADES, gestao)

    entidade = Entidade.objects.get(cnpj=UM)
    assert (entidade.nome, entidade.razao_social, entidade.bairro) == (
        "Casa do Exemplo", "Associação do Exemplo", "Centro",
    )  # fmt: skip
    assert (entidade.versao, "casa do exemplo" in entidade.nome_busca) == (2, True)


@pytest.mark.parametrize(
    "conteudo, esperadas",
    [
        pytest.param("cnpj\n123\n", [(2, "cnpj")], id="CNPJ que não confere"),
        pytest.param(
            f"cnpj\n{UM}\n", [(2, "razao_social"), (2, "natureza_juridica"), (2, "atende")], id="nova sem a ficha"
        ),
        pytest.param(f"{CABECALHO}\n{UM};A;Associação;sim;;Lugar Nenhum;\n", [(2, "municipio")], id="onde?"),
        pytest.param(f"{CABECALHO}\n{UM};A;Empresa;sim;;;\n", [(2, "natureza_juridica")], id="natureza"),
        pytest.param(f"{FICHAS}{UM};A;Associação;sim;;;\n", [(5, "")], id="duas vezes"),
    ],
)
def test_o_que_nao_serve_na_ficha_vira_falta(gestao, conteudo, esperadas):
    assert faltas(receber(conteudo, por=gestao, importador=ENTIDADES)) == esperadas


def test_a_de_outro_municipio_e_dita_e_so_o_municipio_traz(gestao):
    trazer(f"{CABECALHO}\n{UM};A;Associação;sim;;;\n", ENTIDADES, ator(GESTAO_MUNICIPAL, SERRA))

    assert faltas(receber(f"cnpj;bairro\n{UM};Norte\n", por=gestao, importador=ENTIDADES)) == [(2, "cnpj")]
    assert not consultas.traz(ator(ADMINISTRACAO_FEDERAL, "BR"), ENTIDADES)


def test_o_conselho_traz_as_inscricoes_que_ja_deu_e_cadastra_quem_falta(gestao, conselho):
    trazer(FICHAS.replace(f"{DOIS};Fundação do Exemplo;Fundação;sim;;3205309;\n", ""), ENTIDADES, gestao)

    aplicada = trazer(DO_CONSELHO, INSCRICOES, conselho)

    assert contas(aplicada) == (0, 2, 0, 0)
    feita = Inscricao.objects.get(numero=7)
    assert (feita.entidade.cnpj, feita.decidida_em, feita.resolucao) == (UM, date(2015, 3, 12), "Resolução nº 5/2015")
    assert Inscricao.objects.get(numero=12).entidade.razao_social == "Fundação do Exemplo"
    assert Passo.objects.filter(etapa="anterior").count() == 2
    assert contas(receber(DO_CONSELHO, por=conselho, importador=INSCRICOES)) == (0, 0, 0, 2)


def test_a_inscricao_registrada_nao_muda_por_planilha_e_o_numero_nao_se_repete(gestao, conselho):
    trazer(DO_CONSELHO, INSCRICOES, conselho)

    outra_data = receber(DO_CONSELHO.replace("12/03/2015", "13/03/2015"), por=conselho, importador=INSCRICOES)
    outro_numero = receber(DO_CONSELHO.replace("\n7;", "\n8;"), por=conselho, importador=INSCRICOES)
    trocados = receber(
        DO_CONSELHO.replace("\n7;", "\n99;").replace("\n12;", "\n7;"), por=conselho, importador=INSCRICOES
    )
    repetida = receber(f"{DO_CONSELHO}30;2019-01-01;;{UM};;;\n", por=conselho, importador=INSCRICOES)

    assert faltas(outra_data) == [(2, "decidida_em")]
    assert faltas(outro_numero) == [(2, "cnpj")]
    assert faltas(trocados) == [(2, "cnpj"), (3, "numero")]
    assert faltas(repetida) == [(4, "cnpj"), (4, "cnpj")]
    with pytest.raises(AtoRecusado):
        tarefas.aplicar(importacao=outra_data, importador=INSCRICOES, por=conselho, em=AGORA)
