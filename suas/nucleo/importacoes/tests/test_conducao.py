"""Do envio ao desfecho: faltas, correções, aprovação e aplicação."""

from datetime import timedelta

import pytest

from suas.cadastros.territorio.importadores import POPULACAO
from suas.cadastros.territorio.models import Populacao
from suas.cadastros.territorio.tests.fabricas import municipio
from suas.nucleo.importacoes import consultas, modelos, registro, sigilo, tarefas
from suas.nucleo.importacoes.acoes import aplicacao, preparo
from suas.nucleo.importacoes.models import Importacao, Mapeamento, Situacao
from suas.nucleo.importacoes.registro import AplicacaoRecusada
from suas.nucleo.importacoes.tests.fabricas import (
    AGORA,
    BELEM,
    BOA,
    EXIGENTE,
    SERRA,
    VITORIA,
    ator,
    do_estado,
    quem_aprova,
    receber,
)
from suas.nucleo.planilhas.saida import Coluna, Folha, escrever
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pronto(monkeypatch):
    for codigo in (VITORIA, SERRA, BELEM):
        municipio(codigo)
    monkeypatch.setitem(registro._IMPORTADORES, EXIGENTE.codigo, EXIGENTE)


def corrigir(importacao, importador=POPULACAO, **mudancas):
    corrigida = preparo.corrigir(
        importacao=importacao, importador=importador, por=ator(), em=AGORA + timedelta(minutes=1), **mudancas
    )
    return tarefas.conferir(importacao=corrigida, importador=importador, por=ator(), em=AGORA)


def aplicar(importacao, importador=POPULACAO, por=None):
    return tarefas.aplicar(importacao=importacao, importador=importador, por=por or ator(), em=AGORA)


def habitantes():
    return dict(Populacao.objects.filter(ano=2022).values_list("municipio_id", "habitantes"))


def previa(importacao):
    achada = consultas.previa_de(importacao)
    assert achada is not None
    return achada


def test_planilha_sem_faltas_fica_pronta_e_so_grava_quando_se_aplica():
    importacao = receber()

    assert importacao.situacao == Situacao.PRONTA
    assert habitantes() == {}
    aplicada = aplicar(importacao)
    assert aplicada.situacao == Situacao.APLICADA
    assert habitantes() == {VITORIA: 365_855, SERRA: 527_240}


def test_aplicar_duas_vezes_nao_muda_nada_nem_o_mesmo_arquivo_trazido_de_novo():
    aplicar(receber())
    atos = Ato.objects.filter(ato="territorio.gravar_populacao").count()

    de_novo = aplicar(aplicar(receber()))

    assert (de_novo.novas, de_novo.mudadas, de_novo.iguais) == (0, 0, 2)
    assert Ato.objects.filter(ato="territorio.gravar_populacao").count() == atos


def test_a_previa_diz_o_que_e_novo_mudado_de_quanto_para_quanto_e_igual():
    aplicar(receber())

    outra = receber(f"codigo_ibge;população;obs\n{VITORIA};365.855;x\n{SERRA};530.000;y\n{BELEM};1.303.403;z\n")

    assert previa(outra).contagem == {"nova": 1, "mudada": 1, "igual": 1}
    mudada = next(linha for linha in previa(outra).linhas if linha.tipo == "mudada")
    assert mudada.celulas == (("habitantes", "527.240", "530.000"),)
    assert mudada.numero == 3


def test_cada_falta_diz_a_linha_a_coluna_o_que_esta_escrito_e_o_que_fazer():
    importacao = receber(f"municipio;habitantes\n{VITORIA};muitos\n3299999;10\n;5\n{VITORIA};7\n{VITORIA};8\n")

    faltas = [(f.linha, f.coluna, f.escrito) for f in previa(importacao).faltas]
    assert faltas == [(2, "habitantes", "muitos"), (3, "municipio", "3299999"), (4, "municipio", ""), (6, "", "")]
    assert "É o mesmo da linha 5" in previa(importacao).faltas[3].mensagem
    assert importacao.situacao == Situacao.COM_FALTAS
    with pytest.raises(AtoRecusado, match="ainda tem faltas"):
        aplicar(importacao)
    assert habitantes() == {}


def test_celula_corrigida_e_linha_deixada_de_fora_na_tela_deixam_pronta():
    importacao = receber(f"municipio;habitantes\n{VITORIA};muitos\n{SERRA};10\n3299999;5\n")

    corrigida = corrigir(importacao, correcoes={"2:habitantes": "365855"}, de_fora=[4])

    assert corrigida.situacao == Situacao.PRONTA
    assert previa(corrigida).deixadas == 1
    aplicar(corrigida)
    assert habitantes() == {VITORIA: 365_855, SERRA: 10}
    volta = corrigir(receber("municipio;habitantes\n3299999;5\n"), de_fora=[2])
    assert previa(volta).gerais == ("A planilha não tem nenhuma linha para importar.",)
    assert corrigir(volta, trazer_de_volta=True).faltas == 1


def test_a_mesma_falta_em_muitas_linhas_aparece_uma_vez_e_corrige_todas():
    importacao = receber(f"municipio;habitantes\nCidade Inventada;1\n{VITORIA};2\nCidade Inventada;3\n")

    grupo, *outros = consultas.grupos_de_faltas(previa(importacao))

    assert (grupo.numeros, outros) == ([2, 4], [])
    assert grupo.onde == "Linhas 2, 4"


def test_linha_de_fora_da_abrangencia_e_falta_e_se_deixa_de_fora_sozinha():
    importacao = receber(f"municipio;habitantes\n{VITORIA};10\n{BELEM};10\n", por=do_estado(), importador=EXIGENTE)

    assert previa(importacao).linhas_de_fora_da_abrangencia == [3]
    assert "fora da sua abrangência" in previa(importacao).faltas[0].mensagem


def test_coluna_que_falta_se_indica_na_tela_e_e_lembrada_no_mesmo_orgao():
    estranha = f"local;gente\n{VITORIA};10\n"
    importacao = receber(estranha)
    assert "Diga qual coluna" in previa(importacao).gerais[0]

    corrigida = corrigir(importacao, destinos={0: "municipio", 1: "habitantes"})

    assert corrigida.situacao == Situacao.PRONTA
    assert receber(estranha.replace("local", "LOCAL")).situacao == Situacao.PRONTA
    assert receber(estranha, por=do_estado(), importador=EXIGENTE).situacao == Situacao.COM_FALTAS
    assert Mapeamento.objects.count() == 1


def test_destino_que_nao_existe_e_destino_repetido_sao_ditos():
    importacao = receber()

    with pytest.raises(AtoRecusado, match="não é coluna desta planilha"):
        corrigir(importacao, destinos={0: "inventada"})
    repetida = corrigir(importacao, destinos={0: "municipio", 1: "municipio"})
    assert any("Duas colunas" in geral for geral in previa(repetida).gerais)


@pytest.mark.parametrize("formato", ["xlsx", "ods", "csv"])
def test_o_modelo_se_le_de_volta_e_a_linha_de_exemplo_nao_se_importa(formato):
    importacao = receber(modelos.modelo(POPULACAO, formato=formato))

    assert importacao.situacao == Situacao.COM_FALTAS
    assert previa(importacao).gerais == ("A planilha não tem nenhuma linha para importar.",)


@pytest.mark.parametrize("formato", ["xlsx", "ods", "csv"])
def test_a_planilha_de_faltas_traz_o_motivo_e_reenviada_corrige_so_aquelas_linhas(formato):
    importacao = receber(f"municipio;habitantes\n{VITORIA};muitos\n{SERRA};10\n")
    baixada = modelos.faltas(importacao, POPULACAO, formato=formato)
    from suas.nucleo.planilhas import pastas

    quadro = pastas.ler(baixada)
    assert quadro.colunas == ("linha no arquivo", "o que há de errado", "municipio", "habitantes")
    assert quadro.linhas[0][1][0] == "2"
    assert "não é um número" in quadro.linhas[0][1][1]

    colunas = tuple(Coluna(codigo=nome, nome=nome) for nome in quadro.colunas)
    corrigido = escrever("csv-excel", Folha(nome="F", colunas=colunas, linhas=[["2", "", VITORIA, "99"]]))
    trocada = preparo.reenviar(
        importacao=importacao, importador=POPULACAO, arquivo="f.csv", conteudo=corrigido, por=ator(), em=AGORA
    )
    aplicar(tarefas.conferir(importacao=trocada, importador=POPULACAO, por=ator(), em=AGORA))

    assert habitantes() == {VITORIA: 99, SERRA: 10}


def test_a_planilha_inteira_reenviada_toma_o_lugar_da_anterior():
    importacao = corrigir(receber("municipio;habitantes\n1;2\n"), correcoes={"2:municipio": "x"}, de_fora=[2])

    trocada = preparo.reenviar(
        importacao=importacao, importador=POPULACAO, arquivo="novo.csv", conteudo=BOA.encode(), por=ator(), em=AGORA
    )

    assert (trocada.arquivo, trocada.de_fora, consultas.correcoes_de(trocada)) == ("novo.csv", [], {})
    conferida = tarefas.conferir(importacao=trocada, importador=POPULACAO, por=ator(), em=AGORA)
    assert conferida.situacao == Situacao.PRONTA
    with pytest.raises(AtoRecusado, match="página da internet"):
        preparo.reenviar(
            importacao=conferida, importador=POPULACAO, arquivo="x", conteudo=b"<html>", por=ator(), em=AGORA
        )


def test_na_planilha_de_faltas_a_linha_apagada_e_recusada_com_o_motivo():
    importacao = receber("municipio;habitantes\n1;2\n")

    with pytest.raises(AtoRecusado, match="Deixe-a como veio"):
        preparo.reenviar(
            importacao=importacao,
            importador=POPULACAO,
            arquivo="f.csv",
            conteudo=b"linha no arquivo;municipio\nabc;1\n",
            por=ator(),
            em=AGORA,
        )


def test_o_que_pede_aprovacao_so_se_aplica_por_outra_pessoa_e_perde_o_arquivo():
    quem_trouxe, outra = do_estado(), quem_aprova()
    importacao = receber(por=quem_trouxe, importador=EXIGENTE)
    with pytest.raises(AtoRecusado, match="encaminhe-a"):
        aplicar(importacao, EXIGENTE, por=outra)

    a_espera = aplicacao.encaminhar(importacao=importacao, importador=EXIGENTE, por=quem_trouxe, em=AGORA)
    with pytest.raises(AtoRecusado, match="não a aprova"):
        aplicar(a_espera, EXIGENTE, por=quem_trouxe)
    assert habitantes() == {}
    feita = aplicar(a_espera, EXIGENTE, por=outra)

    assert habitantes() == {VITORIA: 365_855, SERRA: 527_240}
    assert (bytes(feita.conteudo), bytes(feita.previa), bytes(feita.correcoes)) == (b"", b"", b"")
    assert (feita.novas, feita.decidida_por) == (2, outra.pessoa)


def test_a_recusada_volta_com_o_motivo_e_se_corrige():
    quem_trouxe, outra = do_estado(), quem_aprova()
    importacao = receber(por=quem_trouxe, importador=EXIGENTE)
    a_espera = aplicacao.encaminhar(importacao=importacao, importador=EXIGENTE, por=quem_trouxe, em=AGORA)
    with pytest.raises(AtoRecusado, match="Diga por que recusa"):
        aplicacao.recusar(importacao=a_espera, motivo=" ", por=outra, em=AGORA)

    recusada = aplicacao.recusar(importacao=a_espera, motivo="Falta Colatina.", por=outra, em=AGORA)

    assert (recusada.situacao, recusada.motivo) == (Situacao.RECUSADA, "Falta Colatina.")
    assert [p.titulo for p in consultas.pendencias(quem_trouxe, AGORA.date())] == ["Planilha recusada: planilha.csv"]
    assert corrigir(recusada, EXIGENTE, de_fora=[2]).situacao == Situacao.PRONTA


def test_quem_aprova_ve_a_pendencia_e_quem_trouxe_nao():
    quem_trouxe, outra = do_estado(), quem_aprova()
    importacao = receber(por=quem_trouxe, importador=EXIGENTE)
    aplicacao.encaminhar(importacao=importacao, importador=EXIGENTE, por=quem_trouxe, em=AGORA)

    assert [p.titulo for p in consultas.pendencias(outra, AGORA.date())] == ["1 planilha espera aprovação"]
    assert list(consultas.pendencias(quem_trouxe, AGORA.date())) == []


def test_o_que_mudou_entre_a_conferencia_e_a_aplicacao_se_confere_de_novo():
    importacao = receber()
    from suas.cadastros.territorio.models import Municipio

    Municipio.objects.filter(pk=SERRA).update(ate_ano=2010)

    devolvida = aplicar(importacao)

    assert devolvida.situacao == Situacao.COM_FALTAS
    assert habitantes() == {}
    assert "não era contado" in previa(devolvida).faltas[0].mensagem


def test_o_modulo_que_recusa_o_lote_devolve_a_planilha_com_o_motivo(monkeypatch):
    def recusar(lote, *, por, em):
        Populacao.objects.create(municipio_id=VITORIA, ano=2022, habitantes=1, fonte="x", tipo="censo")
        raise AplicacaoRecusada("O ano de 2022 está fechado.")

    from dataclasses import replace

    fechado = replace(POPULACAO, codigo="fechado", aplicar=recusar)
    monkeypatch.setitem(registro._IMPORTADORES, "fechado", fechado)

    devolvida = aplicar(receber(importador=fechado), fechado)

    assert (devolvida.situacao, previa(devolvida).gerais) == (Situacao.COM_FALTAS, ("O ano de 2022 está fechado.",))
    assert habitantes() == {}


def test_desistir_apaga_o_arquivo_na_hora_e_depois_nada_mais_cabe():
    importacao = preparo.desistir(importacao=receber(), por=ator(), em=AGORA)

    assert (importacao.situacao, bytes(importacao.conteudo)) == (Situacao.DESISTIDA, b"")
    with pytest.raises(AtoRecusado):
        corrigir(importacao, de_fora=[2])
    with pytest.raises(AtoRecusado):
        preparo.desistir(importacao=importacao, por=ator(), em=AGORA)


def test_o_arquivo_e_as_correcoes_ficam_cifrados_e_presos_a_propria_planilha():
    importacao = corrigir(receber(), correcoes={"2:habitantes": "segredo"})

    guardado = bytes(importacao.conteudo) + bytes(importacao.correcoes) + bytes(importacao.previa)
    assert VITORIA.encode() not in guardado
    assert b"segredo" not in guardado
    assert consultas.conteudo_de(importacao) == BOA.encode()
    outra = receber()
    outra.conteudo = importacao.conteudo
    with pytest.raises(sigilo.NaoAbre, match="Envie o arquivo de novo"):
        consultas.conteudo_de(outra)


def test_planilha_grande_vai_a_fila_e_termina_com_andamento(monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(tarefas, "LINHAS_NA_HORA", 1)
    with django_capture_on_commit_callbacks(execute=True):
        importacao = receber()
    importacao.refresh_from_db()
    assert importacao.situacao == Situacao.PRONTA

    with django_capture_on_commit_callbacks(execute=True):
        aplicar(importacao)

    importacao.refresh_from_db()
    andamento = consultas.andamento_de(importacao)
    assert importacao.situacao == Situacao.APLICADA
    assert andamento is not None and andamento.terminou
    assert habitantes() == {VITORIA: 365_855, SERRA: 527_240}


def test_a_previa_de_uma_planilha_que_mudou_no_meio_tempo_nao_fica():
    antiga = receber()
    feita = aplicacao.calcular(antiga, POPULACAO, em=AGORA)
    nova = preparo.corrigir(
        importacao=antiga, importador=POPULACAO, de_fora=[2], por=ator(), em=AGORA + timedelta(minutes=5)
    )

    aplicacao.guardar_previa(importacao=antiga, previa=feita.previa)

    assert Importacao.objects.get(pk=nova.pk).situacao == Situacao.CONFERINDO


def test_outra_aba_do_mesmo_arquivo_se_escolhe():
    colunas = tuple(Coluna(codigo=c, nome=c) for c in ("municipio", "habitantes"))
    dados = escrever(
        "xlsx",
        Folha(nome="Velha", colunas=colunas, linhas=[["1", "2"]]),
        outras=[Folha(nome="Certa", colunas=colunas, linhas=[[VITORIA, 9]])],
    )
    importacao = receber(dados)
    assert importacao.aba == "Velha"

    trocada = preparo.escolher_aba(importacao=importacao, importador=POPULACAO, aba="Certa", por=ator(), em=AGORA)

    assert tarefas.conferir(importacao=trocada, importador=POPULACAO, por=ator(), em=AGORA).situacao == Situacao.PRONTA
