"""As planilhas das ofertas e das parcerias: entram pelos atos da tela, e de novo nada muda."""

from __future__ import annotations

import io
from dataclasses import asdict
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from normas.base.documentos import cnpj_com_pontos, digitos_do_cnpj
from suas.cadastros.entidades.acoes import ofertas as acoes
from suas.cadastros.entidades.importador_de_ofertas import OFERTAS
from suas.cadastros.entidades.importador_de_parcerias import PARCERIAS
from suas.cadastros.entidades.models import Entidade, Oferta, Parceria
from suas.cadastros.entidades.tests import fabricas
from suas.cadastros.territorio.tests.fabricas import SERRA, VITORIA, municipio
from suas.nucleo.identidade.tests.fabricas import AGORA, ator
from suas.nucleo.importacoes import consultas, modelos, tarefas
from suas.nucleo.importacoes.models import Importacao
from suas.nucleo.importacoes.registro import Importador
from suas.nucleo.importacoes.tests.fabricas import receber
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import (
    ADMINISTRACAO_FEDERAL,
    ENTIDADE,
    GESTAO_ESTADUAL,
    GESTAO_MUNICIPAL,
    PRESIDENCIA_CONSELHO,
)
from suas.nucleo.planilhas import pastas
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db
#: O primeiro perde o zero da frente numa planilha; o segundo tem letras.
COM_ZERO, COM_LETRAS = ((raiz := inicio + "0001") + digitos_do_cnpj(raiz) for inicio in ("09988776", "ZZ887766"))
DE_FORA = (_raiz := "ZZ1122330001") + digitos_do_cnpj(_raiz)
DAS_OFERTAS = (
    "CNPJ;Entidade;Município;O que é;Serviço da Tipificação;Nome da oferta;Capacidade;Gratuita;Desde\n"
    f"{COM_ZERO.lstrip('0')};Casa;;;SCFV;Convivência do Exemplo;1.200;sim;2020-02-01\n"
    f"{cnpj_com_pontos(COM_LETRAS).lower()};Lar;Serra/ES;projeto;;Horta;30;não;mar/2021\n"
    f"{COM_LETRAS};Lar;Vitória;;acolhimento institucional;;20;;\n"
    f"{DE_FORA};Outra;Serra;;SCFV;De lá;;;\n"
)
DAS_PARCERIAS = (
    "cnpj;instrumento;nº do termo;orgao;objeto;oferta;inicio;fim da vigencia;valor total\n"
    f"{COM_ZERO};Termo de colaboração;nº 12/2026;Município de Vitória;Convivência;convivencia do exemplo;"
    "01/01/2026;31/12/2026;R$ 120.000,50\n"
    f"{COM_LETRAS};fomento;3/2025;Município de Vitória;;;2025-07-01;30-06-2026;1234,56\n"
    f"{COM_LETRAS};acordo de cooperação;1/2026;Estado do Espírito Santo;;;01/01/2026;31/12/2026;\n"
)


@pytest.fixture
def gestao() -> Ator:
    municipio(VITORIA)
    municipio(SERRA)
    por = ator(GESTAO_MUNICIPAL, VITORIA)
    fabricas.entidade(por=por, em=AGORA, cnpj=COM_ZERO, razao_social="Casa do Exemplo")
    fabricas.entidade(por=por, em=AGORA, cnpj=COM_LETRAS, razao_social="Lar do Exemplo")
    fabricas.entidade(por=ator(GESTAO_MUNICIPAL, SERRA), em=AGORA, cnpj=DE_FORA, razao_social="Outra do Exemplo")
    return por


@pytest.fixture
def com_ofertas(gestao: Ator) -> Ator:
    trazer(DAS_OFERTAS, OFERTAS, gestao)
    return gestao


def contas(importacao: Importacao) -> tuple[int, int, int, int]:
    return importacao.faltas, importacao.novas, importacao.mudadas, importacao.iguais


def faltas(conteudo: str, importador: Importador, por: Ator) -> list[tuple[int, str, str]]:
    previa = consultas.previa_de(receber(conteudo, por=por, importador=importador))
    assert previa is not None
    return [(falta.linha, falta.coluna, falta.mensagem) for falta in previa.faltas]


def trazer(conteudo: str, importador: Importador, por: Ator) -> Importacao:
    """Recebe, confere e aplica."""
    importacao = receber(conteudo, por=por, importador=importador)
    return tarefas.aplicar(importacao=importacao, importador=importador, por=por, em=AGORA)


def test_as_ofertas_entram_pelo_ato_da_tela_e_de_novo_nada_muda(gestao):
    aplicada = trazer(DAS_OFERTAS, OFERTAS, gestao)

    previa = consultas.previa_de(aplicada)
    assert (contas(aplicada), previa and previa.outras) == ((0, 3, 0, 0), 1)
    da_casa = Oferta.objects.get(entidade__cnpj=COM_ZERO)
    assert (da_casa.tipo, da_casa.servico, da_casa.municipio_id, da_casa.capacidade, da_casa.desde) == (
        "servico", "scfv", VITORIA, 1200, date(2020, 2, 1),
    )  # fmt: skip
    horta = Oferta.objects.get(nome="Horta")
    assert (horta.entidade.cnpj, horta.municipio_id, horta.tipo, horta.gratuita, horta.desde) == (
        COM_LETRAS, SERRA, "projeto", False, date(2021, 3, 1),
    )  # fmt: skip
    sem_nome = Oferta.objects.get(servico="acolhimento_institucional")
    assert sem_nome.nome == "Serviço de Acolhimento Institucional"
    assert Ato.objects.filter(ato="entidades.ofertar").count() == 3
    assert contas(receber(DAS_OFERTAS, por=gestao, importador=OFERTAS)) == (0, 0, 0, 3)


def test_a_oferta_muda_so_no_que_a_linha_diz_e_se_encerra_no_dia(com_ofertas):
    mudada = f"cnpj;nome da oferta;atendidos;até\n{COM_ZERO};CONVIVÊNCIA do exemplo;48;1º/11/2026\n"

    trazer(mudada, OFERTAS, com_ofertas)

    oferta = Oferta.objects.get(entidade__cnpj=COM_ZERO)
    assert (oferta.nome, oferta.atendidos, oferta.capacidade, oferta.ate) == (
        "CONVIVÊNCIA do exemplo", 48, 1200, date(2026, 11, 1),
    )  # fmt: skip
    assert Ato.objects.get(ato="entidades.encerrar_oferta").motivo == "Planilha planilha.csv"
    assert contas(receber(mudada, por=com_ofertas, importador=OFERTAS)) == (0, 0, 0, 1)
    # a planilha antiga não a faz voltar; a que recomeça depois do fim é outra
    antiga = f"cnpj;nome da oferta\n{COM_ZERO};CONVIVÊNCIA do exemplo\n"
    assert contas(receber(antiga, por=com_ofertas, importador=OFERTAS)) == (0, 0, 0, 1)
    recomeca = f"cnpj;nome da oferta;tipo;desde\n{COM_ZERO};Convivência do exemplo;serviço;01/12/2026\n"
    assert contas(receber(recomeca, por=com_ofertas, importador=OFERTAS)) == (0, 1, 0, 0)


def test_o_passado_entra_encerrado_ao_lado_do_que_se_oferta(gestao):
    as_duas = (
        "cnpj;o que é;nome da oferta;desde;até\n"
        f"{COM_ZERO};programa;Horta;01/01/2010;01/01/2015\n{COM_ZERO};programa;Horta;01/01/2018;\n"
    )

    trazer(as_duas, OFERTAS, gestao)

    assert list(Oferta.objects.order_by("desde").values_list("desde", "ate")) == [
        (date(2010, 1, 1), date(2015, 1, 1)),
        (date(2018, 1, 1), None),
    ]
    assert contas(receber(as_duas, por=gestao, importador=OFERTAS)) == (0, 0, 0, 2)


SEM_CADASTRO = (_outra := "ZZ9999990001") + digitos_do_cnpj(_outra)


@pytest.mark.parametrize(
    "linhas, esperadas",
    [
        pytest.param("123;;;SCFV;A;;\n", [(2, "cnpj", "123")], id="CNPJ que não confere"),
        pytest.param(
            f"{SEM_CADASTRO};;;SCFV;A;;\n", [(2, "cnpj", "traga primeiro a planilha das entidades")], id="sem cadastro"
        ),
        pytest.param(f"{DE_FORA};;;SCFV;A;;\n", [(2, "cnpj", "tem sede em Serra/ES")], id="de outra sede"),
        pytest.param(f"{COM_ZERO};Nenhures;;SCFV;A;;\n", [(2, "municipio", "“Nenhures”")], id="onde?"),
        pytest.param(f"{COM_ZERO};;;Padaria;A;;\n", [(2, "servico", "não está na lista")], id="serviço que não há"),
        pytest.param(f"{COM_ZERO};;;paif;A;;\n", [(2, "servico", "só a unidade pública")], id="da unidade pública"),
        pytest.param(f"{COM_ZERO};;;;;;\n", [(2, "nome_da_oferta", "falta o nome")], id="sem nome nem serviço"),
        pytest.param(f"{COM_ZERO};;;;Horta;;\n", [(2, "tipo", "falta o que se oferta")], id="nova sem o que é"),
        pytest.param(f"{COM_ZERO};;projeto;SCFV;A;;\n", [(2, "tipo", "e não projeto")], id="tipificado é serviço"),
        pytest.param(
            f"{COM_ZERO};;;SCFV;A;01/02/2026;01/01/2026\n",
            [(2, "ate", "começa em 01/02/2026 e acaba antes, em 01/01/2026")],
            id="acaba antes",
        ),
        pytest.param(
            f"{COM_ZERO};;;SCFV;A;;\n{COM_ZERO};;;SCFV;a;;\n", [(3, "", "É o mesmo da linha 2")], id="duas vezes"
        ),
    ],
)
def test_o_que_nao_serve_na_oferta_vira_falta_na_celula(gestao, linhas, esperadas):
    cabecalho = "cnpj;município;o que é;serviço;nome da oferta;desde;até\n"
    achadas = faltas(cabecalho + linhas, OFERTAS, gestao)
    assert [(linha, coluna) for linha, coluna, _ in achadas] == [esperada[:2] for esperada in esperadas]
    assert all(dito in mensagem for (_, _, mensagem), (_, _, dito) in zip(achadas, esperadas, strict=True))


def test_a_oferta_encerrada_e_a_que_se_confunde_sao_ditas(com_ofertas):
    casa = Entidade.objects.get(cnpj=COM_ZERO)
    uma = Oferta.objects.get(entidade=casa)
    acoes.encerrar_oferta(oferta=uma, dia=date(2026, 1, 1), motivo="Acabou", por=com_ofertas, em=AGORA)
    outro_dia = f"cnpj;nome da oferta;até\n{COM_ZERO};{uma.nome};01/06/2026\n"
    for nome in ("Manhã", "Tarde"):
        fabricas.oferta(casa, por=com_ofertas, em=AGORA, nome=nome)

    assert faltas(outro_dia, OFERTAS, com_ofertas) == [
        (2, "ate", "esta oferta já se encerrou em 01/01/2026. Escreva esse dia, ou deixe em branco.")
    ]
    [(linha, coluna, mensagem)] = faltas(f"cnpj;serviço\n{COM_ZERO};SCFV\n", OFERTAS, com_ofertas)
    assert (linha, coluna) == (2, "nome_da_oferta")
    assert "2 ofertas em Vitória/ES deste serviço: Manhã; Tarde" in mensagem


def test_as_parcerias_entram_com_o_valor_em_centavos_e_de_novo_nada_muda(com_ofertas):
    aplicada = trazer(DAS_PARCERIAS, PARCERIAS, com_ofertas)

    assert contas(aplicada) == (0, 3, 0, 0)
    termo = Parceria.objects.get(numero="12/2026")
    assert (termo.entidade.cnpj, termo.tipo, termo.orgao, termo.valor_centavos) == (
        COM_ZERO, "colaboracao", "Município de Vitória", 12_000_050,
    )  # fmt: skip
    assert (termo.desde, termo.ate, str(termo.oferta)) == (
        date(2026, 1, 1), date(2026, 12, 31), "Convivência do Exemplo",
    )  # fmt: skip
    assert Parceria.objects.get(numero="3/2025").valor_centavos == 123_456
    assert Parceria.objects.get(tipo="cooperacao").valor_centavos is None
    assert Ato.objects.filter(ato="entidades.registrar_parceria").count() == 3
    assert contas(receber(DAS_PARCERIAS, por=com_ofertas, importador=PARCERIAS)) == (0, 0, 0, 3)


@pytest.mark.parametrize(
    "escrito, centavos", [("1.234,56", 123_456), ("1234,56", 123_456), ("R$ 1.234", 123_400), ("0,5", 50)]
)
def test_o_valor_se_escreve_como_as_pessoas_escrevem(gestao, escrito, centavos):
    cabecalho = "cnpj;instrumento;número;com quem;vale desde;último dia;valor\n"
    trazer(f"{cabecalho}{COM_ZERO};convênio;1;Município;01/01/26;31/12/26;{escrito}\n", PARCERIAS, gestao)

    assert Parceria.objects.get().valor_centavos == centavos


def test_o_que_nao_serve_na_parceria_vira_falta_na_celula(com_ofertas):
    cabecalho = "cnpj;instrumento;número;com quem;oferta;vale desde;último dia;valor\n"
    conteudo = cabecalho + (
        f"{DE_FORA};fomento;1;Município;;01/01/2026;31/12/2026;\n"
        f"{COM_ZERO};fomento;01/12/2026;Município;;01/01/2026;31/12/2026;\n"
        f"{COM_ZERO};fomento;2;Município;;01/02/2026;31/01/2026;\n"
        f"{COM_ZERO};cooperação;3;Município;;01/01/2026;31/12/2026;1.000,00\n"
        f"{COM_ZERO};fomento;4;Município;Horta;01/01/2026;31/12/2026;\n"
        f"{COM_ZERO};fomento;5;Município;;01/01/2026;31/12/2026;dez mil\n"
        f"{COM_ZERO};fomento;6;;;01/01/2026;31/12/2026;\n"
        f"{COM_ZERO};fomento;7;Município;;01/01/2026;31/12/2026;\n"
        f"{COM_ZERO};fomento;Nº 7;MUNICIPIO;;01/01/2026;31/12/2026;\n"
    )

    achadas = faltas(conteudo, PARCERIAS, com_ofertas)

    assert [(linha, coluna) for linha, coluna, _ in achadas] == [
        (2, "cnpj"), (3, "numero"), (4, "ate"), (5, "valor"), (6, "oferta"), (7, "valor"), (8, "orgao"), (10, ""),
    ]  # fmt: skip
    ditas = {linha: mensagem for linha, _, mensagem in achadas}
    assert "o Excel troca por data os números" in ditas[3]
    assert "As que tem: Convivência do Exemplo." in ditas[6]


def test_a_parceria_registrada_nao_muda_por_planilha(com_ofertas):
    trazer(DAS_PARCERIAS, PARCERIAS, com_ofertas)
    antes = list(Parceria.objects.order_by("pk").values())

    outro_valor = faltas(DAS_PARCERIAS.replace("1234,56", "1234,57"), PARCERIAS, com_ofertas)
    outro_orgao = faltas(DAS_PARCERIAS.replace("Estado do Espírito", "Governo do Espírito"), PARCERIAS, com_ofertas)

    assert [falta[:2] for falta in outro_valor] == [(3, "valor")]
    assert "termo de fomento nº 3/2025 já está na ficha com “R$\N{NO-BREAK SPACE}1.234,56”" in outro_valor[0][2]
    assert [falta[:2] for falta in outro_orgao] == [(4, "orgao")]
    assert list(Parceria.objects.order_by("pk").values()) == antes


@pytest.mark.parametrize("importador", [OFERTAS, PARCERIAS], ids=lambda i: i.codigo)
def test_traz_o_orgao_gestor_do_municipio_e_mais_ninguem(importador):
    assert consultas.traz(ator(GESTAO_MUNICIPAL, VITORIA), importador)
    for papel, onde in (
        (ADMINISTRACAO_FEDERAL, "BR"),
        (GESTAO_ESTADUAL, "32"),
        (PRESIDENCIA_CONSELHO, VITORIA),
        (ENTIDADE, VITORIA),
    ):
        assert not consultas.traz(ator(papel, onde), importador)


@pytest.mark.parametrize("importador", [OFERTAS, PARCERIAS], ids=lambda i: i.codigo)
@pytest.mark.parametrize("formato", ["csv", "xlsx", "ods"])
def test_o_modelo_baixado_se_reconhece_inteiro(gestao, importador, formato):
    quadro = pastas.ler(modelos.modelo(importador, formato=formato), reconhece=importador.reconhece)

    assert [importador.de_nome(nome) for nome in quadro.colunas] == list(importador.do_modelo)


def test_o_que_a_planilha_grava_e_o_que_a_tela_gravaria(gestao):
    """A mesma oferta, escrita na tela e trazida de planilha, fica igual no banco."""
    dados = acoes.DadosDaOferta(municipio=VITORIA, tipo="servico", servico="scfv", nome="Tarde", capacidade=60)
    da_tela = acoes.ofertar(entidade=Entidade.objects.get(cnpj=COM_LETRAS), dados=dados, por=gestao, em=AGORA)
    trazer(f"cnpj;serviço;nome da oferta;capacidade\n{COM_ZERO};SCFV;Tarde;60\n", OFERTAS, gestao)

    da_planilha = Oferta.objects.get(entidade__cnpj=COM_ZERO)
    campos = {"municipio_id", *asdict(dados)} - {"municipio"}
    assert {nome: getattr(da_planilha, nome) for nome in campos} == {nome: getattr(da_tela, nome) for nome in campos}


def test_o_excel_que_trocou_o_numero_por_data_e_tirou_o_zero_do_cnpj_se_entende(gestao):
    saida = io.BytesIO()
    with xlsxwriter.Workbook(saida, {"default_date_format": "dd/mm/yyyy"}) as pasta:
        folha = pasta.add_worksheet()
        folha.write_row(0, 0, ["Relação de parcerias de 2026"])
        folha.write_row(
            2, 0, ["CNPJ", "Entidade", "Tipo de instrumento", "Nº do termo", "Órgão", "Início", "Término", "Valor (R$)"]
        )
        for linha, numero in ((3, date(2026, 12, 1)), (4, "13/2026")):
            comeco = [int(COM_ZERO), "Casa", "Termo de Colaboração", numero, "Município de Vitória"]
            folha.write_row(linha, 0, [*comeco, date(2026, 1, 1), date(2026, 12, 31), 1234.56])

    importacao = receber(saida.getvalue(), por=gestao, importador=PARCERIAS)

    previa = consultas.previa_de(importacao)
    assert previa is not None
    assert [(falta.linha, falta.coluna, falta.escrito) for falta in previa.faltas] == [(4, "numero", "01/12/2026")]
    assert {codigo: depois for codigo, _, depois in previa.linhas[0].celulas} == {
        "cnpj": cnpj_com_pontos(COM_ZERO),
        "tipo": "Termo de colaboração",
        "numero": "13/2026",
        "orgao": "Município de Vitória",
        "desde": "01/01/2026",
        "ate": "31/12/2026",
        "valor": "R$\N{NO-BREAK SPACE}1.234,56",
    }


def test_da_tela_envia_corrige_a_celula_e_aplica(com_ofertas, client):
    client.force_login(com_ofertas.pessoa)
    errada = DAS_PARCERIAS.replace("1234,56", "mil e poucos")
    enviada = client.post(
        reverse("importacao-trazer", args=["parcerias"]),
        {"arquivo": SimpleUploadedFile("parcerias.csv", errada.encode())},
        follow=True,
    )
    assert "“mil e poucos” não é um número" in enviada.content.decode()
    feita = Importacao.objects.get(importador="parcerias")

    pagina = reverse("importacao", args=[feita.pk])
    corrigida = client.post(pagina, {"acao": "corrigir", "celula_3_valor": "1.234,56"}, follow=True)
    assert "Aplicar 3 linhas" in corrigida.content.decode()
    client.post(pagina, {"acao": "aplicar"}, follow=True)

    assert Parceria.objects.get(numero="3/2025").valor_centavos == 123_456
