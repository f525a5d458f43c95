"""A inscrição no conselho, do pedido ao comprovante: quem faz o quê, em que ordem, e o número que não se repete."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from suas.cadastros.entidades import etapas
from suas.cadastros.entidades.acoes import cadastro, cancelamento, inscricao
from suas.cadastros.entidades.consultas import inscricoes as consultas
from suas.cadastros.entidades.models import Entidade, Inscricao
from suas.cadastros.entidades.tests import fabricas
from suas.nucleo.avisos.models import Aviso
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import (
    CONSELHEIRO,
    ENTIDADE,
    GESTAO_MUNICIPAL,
    PRESIDENCIA_CONSELHO,
    SECRETARIA_CONSELHO,
)
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.tela import afazer
from suas.nucleo.tela.tests.fabricas import texto_do_pdf
from tests import mundo

pytestmark = pytest.mark.django_db
AGORA = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
HOJE = AGORA.date()
CAPITAL, OUTRO = "3205309", "3200102"


@pytest.fixture(autouse=True)
def _casa() -> None:
    identidade.instalacao()
    mundo.criar_territorio()


@pytest.fixture
def conselho() -> Ator:
    return identidade.ator(SECRETARIA_CONSELHO, CAPITAL)


@pytest.fixture
def gestora() -> Ator:
    return identidade.ator(GESTAO_MUNICIPAL, CAPITAL)


@pytest.fixture
def entidade(gestora: Ator) -> Entidade:
    return fabricas.entidade(por=gestora, em=AGORA)


@pytest.fixture
def dela(entidade: Entidade) -> Ator:
    return identidade.ator(ENTIDADE, CAPITAL, unidade=entidade.pk)


def entrar(client: Client, ator: Ator) -> Client:
    assert ator.pessoa
    client.force_login(ator.pessoa)
    return client


def passo(uma: Inscricao, *, por: Ator, **mudado: object) -> Inscricao:
    padrao = {"etapa": uma.etapa, "resultado": "recebida", "dia": HOJE}
    andamento = inscricao.Andamento(**(padrao | mudado))
    return inscricao.andar(inscricao=uma, andamento=andamento, por=por, em=AGORA, hoje=HOJE)


class TestRito:
    def test_o_rito_e_uma_tabela_sem_beco_e_com_as_indispensaveis(self) -> None:
        assert [e.codigo for e in etapas.ETAPAS] == [etapa for etapa, _ in fabricas.ATE_O_FIM]
        assert {e.codigo for e in etapas.ETAPAS if e.indispensavel} == {"protocolo", "plenaria"}
        assert all(e.resultados for e in etapas.ETAPAS)

    def test_a_entidade_pede_e_o_conselho_protocola(self, entidade: Entidade, dela: Ator, conselho: Ator) -> None:
        uma = fabricas.pedida(entidade, por=dela, em=AGORA)
        aviso = Aviso.objects.get(pessoa=conselho.pessoa)

        assert (uma.estado, uma.etapa, uma.passos.count()) == ("em_andamento", "protocolo", 0)
        assert aviso.titulo == "Associação do Exemplo: pedido de inscrição"
        passo(uma, por=conselho)
        uma.refresh_from_db()
        assert (uma.etapa, uma.protocolada_em) == ("analise", HOJE)

    def test_o_pedido_em_papel_o_conselho_ja_recebe(self, entidade: Entidade, conselho: Ator) -> None:
        uma = fabricas.pedida(entidade, por=conselho, em=AGORA)

        assert uma.etapa == "analise"
        assert uma.passos.get().resultado == "recebida"

    def test_do_pedido_ao_comprovante(self, entidade: Entidade, conselho: Ator) -> None:
        uma = fabricas.inscrita(entidade, por=conselho, em=AGORA, resolucao="Resolução 4/2026")

        assert (uma.estado, uma.etapa, uma.numero) == ("inscrita", "", 1)
        assert (uma.resolucao, uma.publicada_em) == ("Resolução 4/2026", HOJE)
        assert [p.o_que for p in consultas.passos(uma)][-1] == "Comunicação ao órgão gestor: comunicada"

    def test_o_comprovante_sai_em_pdf_e_o_que_nao_vale_diz_isso(self, entidade: Entidade, conselho: Ator) -> None:
        uma = fabricas.inscrita(entidade, por=conselho, em=AGORA, resolucao="Resolução 4/2026")
        endereco = reverse("inscricao-comprovante-papel", args=[uma.pk])

        vale = texto_do_pdf(Client().get(endereco).content)
        Inscricao.objects.filter(pk=uma.pk).update(estado="cancelada", encerrada_em=HOJE)
        nao_vale = texto_do_pdf(Client().get(endereco).content)

        for trecho in (
            entidade.razao_social,
            entidade.cnpj_escrito,
            "Resolução 4/2026",
            "tem inscrição neste conselho",
        ):
            assert trecho in vale
        assert "não está em vigor" not in vale
        assert "Esta inscrição não está em vigor: deixou de valer em" in nao_vale
        assert Client().get(reverse("inscricao-comprovante-papel", args=[uuid4()])).status_code == 404

    @pytest.mark.parametrize(("papel", "onde"), [(PRESIDENCIA_CONSELHO, OUTRO), (PRESIDENCIA_CONSELHO, "32")])
    def test_o_conselho_de_outro_lugar_nao_conduz(self, entidade: Entidade, conselho: Ator, papel, onde) -> None:
        uma = fabricas.pedida(entidade, por=conselho, em=AGORA)

        with pytest.raises(PermissionDenied, match="conselho de Capital do Exemplo"):
            passo(uma, por=identidade.ator(papel, onde), resultado="em_ordem")

    def test_nem_a_entidade_nem_o_orgao_gestor_conduzem(self, entidade: Entidade, dela: Ator, gestora: Ator) -> None:
        uma = fabricas.pedida(entidade, por=dela, em=AGORA)

        for por in (dela, gestora, identidade.ator(CONSELHEIRO, CAPITAL)):
            with pytest.raises(PermissionDenied):
                passo(uma, por=por)

    def test_a_analise_nao_termina_sem_o_que_a_norma_pede(self, entidade: Entidade, conselho: Ator) -> None:
        uma = fabricas.pedida(entidade, por=conselho, em=AGORA)

        with pytest.raises(AtoRecusado, match=r"Requerimento .*Estatuto .*Comprovante do CNPJ"):
            passo(uma, por=conselho, resultado="em_ordem")
        passo(uma, por=conselho, resultado="devolvida", texto="Faltam documentos")

        uma.refresh_from_db()
        assert uma.etapa == "analise"

    def test_o_que_nao_se_leu_na_norma_so_avisa(self, entidade: Entidade, conselho: Ator, gestora: Ator) -> None:
        qual = fabricas.oferta(entidade, por=gestora, em=AGORA)
        uma = fabricas.pedida(entidade, por=conselho, em=AGORA, qual=qual)

        passo(uma, por=conselho, resultado="em_ordem")

        uma.refresh_from_db()
        assert uma.etapa == "visita"

    def test_quem_registra_uma_etapa_que_ja_passou_fica_sabendo(self, entidade: Entidade, conselho: Ator) -> None:
        uma = fabricas.pedida(entidade, por=conselho, em=AGORA)

        with pytest.raises(MudouNoMeioTempo, match="outra pessoa a registrou"):
            passo(uma, por=conselho, etapa="protocolo")

    def test_passo_no_futuro_ou_antes_do_anterior_e_recusado(self, entidade: Entidade, conselho: Ator) -> None:
        uma = fabricas.pedida(entidade, por=conselho, em=AGORA)

        for dia, diz in ((HOJE + timedelta(days=1), "ainda não chegou"), (HOJE - timedelta(days=1), "23/11/2026")):
            with pytest.raises(AtoRecusado, match=diz):
                passo(uma, por=conselho, resultado="devolvida", dia=dia)

    def test_indeferida_nao_recebe_numero_e_segue_para_a_publicacao(self, entidade: Entidade, conselho: Ator) -> None:
        uma = fabricas.pedida(entidade, por=conselho, em=AGORA)
        fabricas.com_documentos(uma, por=conselho, em=AGORA)

        fabricas.andada(uma, por=conselho, em=AGORA, ate="plenaria", resultado="indeferida")

        assert (uma.estado, uma.numero, uma.etapa) == ("indeferida", None, "publicacao")
        fabricas.andada(uma, por=conselho, em=AGORA)
        assert uma.etapa == ""

    def test_a_etapa_que_o_conselho_nao_usa_e_pulada_e_o_prazo_so_avisa(
        self, entidade: Entidade, conselho: Ator
    ) -> None:
        inscricao.configurar(
            municipio=CAPITAL,
            etapas_usadas={"visita": (False, None), "parecer": (True, 10), "plenaria": (False, None)},
            por=conselho,
            em=AGORA,
        )
        uma = fabricas.pedida(entidade, por=conselho, em=AGORA)
        fabricas.com_documentos(uma, por=conselho, em=AGORA)

        fabricas.andada(uma, por=conselho, em=AGORA, ate="analise")

        assert uma.etapa == "parecer"
        no_prazo = consultas.espera(uma, hoje=HOJE + timedelta(days=10))
        passado = consultas.espera(uma, hoje=HOJE + timedelta(days=11))
        assert no_prazo and passado
        assert (no_prazo.atrasada, passado.atrasada) == (False, True)
        fabricas.andada(uma, por=conselho, em=AGORA + timedelta(days=0))
        assert uma.numero == 1, "a plenária nenhum conselho deixa de usar"


class TestNumero:
    def test_segue_a_ordem_de_cada_conselho_e_nao_volta_a_ser_usado(
        self, entidade: Entidade, conselho: Ator, gestora: Ator
    ) -> None:
        primeira = fabricas.inscrita(entidade, por=conselho, em=AGORA)
        inscricao.desistir(inscricao=primeira, motivo="Fechou", por=conselho, em=AGORA, hoje=HOJE)
        segunda = fabricas.inscrita(fabricas.entidade(por=gestora, em=AGORA), por=conselho, em=AGORA)
        vizinho = identidade.ator(SECRETARIA_CONSELHO, OUTRO)
        de_la = fabricas.inscrita(
            fabricas.entidade(por=identidade.ator(GESTAO_MUNICIPAL, OUTRO), em=AGORA), por=vizinho, em=AGORA
        )

        assert (segunda.numero, de_la.numero) == (2, 1)

    def test_a_anterior_ao_sistema_guarda_o_numero_e_a_ordem_segue_dela(
        self, entidade: Entidade, conselho: Ator, gestora: Ator
    ) -> None:
        anterior = inscricao.Anterior(numero=41, decidida_em=date(2019, 3, 5), resolucao="4/2019")
        outra = fabricas.entidade(por=gestora, em=AGORA)

        inscricao.registrar_anterior(
            entidade=entidade, oferta=None, anterior=anterior, por=conselho, em=AGORA, hoje=HOJE
        )

        with pytest.raises(AtoRecusado, match="41 já é de outra"):
            inscricao.registrar_anterior(
                entidade=outra, oferta=None, anterior=anterior, por=conselho, em=AGORA, hoje=HOJE
            )
        assert fabricas.inscrita(outra, por=conselho, em=AGORA).numero == 42

    def test_o_banco_recusa_trocar_ou_apagar_o_numero(self, entidade: Entidade, conselho: Ator) -> None:
        uma = fabricas.inscrita(entidade, por=conselho, em=AGORA)
        deste = Inscricao.objects.filter(pk=uma.pk)

        with pytest.raises(DatabaseError, match="numero de uma inscricao nao muda"), transaction.atomic():
            deste.update(numero=7)
        with pytest.raises(DatabaseError), transaction.atomic():
            uma.passos.all().delete()

    def test_nao_se_pede_duas_vezes_a_mesma_inscricao(self, entidade: Entidade, dela: Ator) -> None:
        fabricas.pedida(entidade, por=dela, em=AGORA)

        with pytest.raises(AtoRecusado, match="Já há inscrição em andamento"):
            fabricas.pedida(entidade, por=dela, em=AGORA)


class TestAvisos:
    @pytest.fixture
    def presidencia(self) -> Ator:
        return identidade.ator(PRESIDENCIA_CONSELHO, CAPITAL)

    def test_o_que_a_secretaria_junta_nao_avisa_a_presidencia(
        self, entidade: Entidade, conselho: Ator, presidencia: Ator
    ) -> None:
        uma = fabricas.pedida(entidade, por=conselho, em=AGORA)
        fabricas.com_documentos(uma, por=conselho, em=AGORA)

        assert not Aviso.objects.filter(pessoa__in=(conselho.pessoa, presidencia.pessoa)).exists()

    def test_os_documentos_de_um_dia_sao_um_aviso_e_os_do_seguinte_outro(
        self, entidade: Entidade, dela: Ator, conselho: Ator
    ) -> None:
        uma = fabricas.pedida(entidade, por=dela, em=AGORA)
        for depois in (timedelta(), timedelta(minutes=5), timedelta(hours=2), timedelta(days=1)):
            inscricao.juntar(
                inscricao=uma, exigencia="ata", arquivo=fabricas.pdf(), exercicio=None, por=dela, em=AGORA + depois
            )

        textos = list(Aviso.objects.filter(pessoa=conselho.pessoa).order_by("criado_em", "id").values_list("texto"))
        entregas = [texto for (texto,) in textos if texto.startswith("A entidade entregou documentos")]
        assert (len(textos), len(entregas)) == (3, 2)

    def test_a_ficha_mudada_varias_vezes_no_dia_avisa_a_entidade_uma(
        self, entidade: Entidade, dela: Ator, gestora: Ator
    ) -> None:
        for versao, nome in enumerate(("Casa A", "Casa B", "Casa C"), start=1):
            ficha = fabricas.ficha(cnpj=entidade.cnpj, nome_fantasia=nome)
            em = AGORA + timedelta(minutes=versao)
            cadastro.atualizar(entidade=entidade, ficha=ficha, versao=versao, por=gestora, em=em)

        assert Aviso.objects.filter(pessoa=dela.pessoa, modelo="entidades.mudanca").count() == 1


class TestDocumentos:
    def test_o_devolvido_volta_a_entidade_com_a_razao(self, entidade: Entidade, dela: Ator, conselho: Ator) -> None:
        uma = fabricas.pedida(entidade, por=dela, em=AGORA)
        entrega = inscricao.juntar(
            inscricao=uma, exigencia="ata", arquivo=fabricas.pdf(), exercicio=None, por=dela, em=AGORA
        )

        with pytest.raises(AtoRecusado, match="Diga por que"):
            inscricao.conferir_entrega(entrega=entrega, aceita=False, observacao=" ", por=conselho, em=AGORA)
        inscricao.conferir_entrega(entrega=entrega, aceita=False, observacao="Sem registro", por=conselho, em=AGORA)

        da_ata = next(e for e in consultas.exigidos(uma) if e.exigencia.codigo == "ata")
        assert da_ata.com_a_entidade
        assert Aviso.objects.filter(pessoa=dela.pessoa, texto__contains="Sem registro").exists()
        titulos = [p.titulo for p in afazer.de(dela, hoje=HOJE)]
        assert "5 documentos da inscrição a entregar" in titulos

    def test_arquivo_que_nao_e_documento_e_recusado_com_a_razao(self, entidade: Entidade, dela: Ator) -> None:
        uma = fabricas.pedida(entidade, por=dela, em=AGORA)
        texto = fabricas.SimpleUploadedFile("ata.pdf", b"so texto")

        with pytest.raises(AtoRecusado, match="PDF, PNG ou JPEG"):
            inscricao.juntar(inscricao=uma, exigencia="ata", arquivo=texto, exercicio=None, por=dela, em=AGORA)

    def test_o_plano_do_ano_so_se_entrega_com_o_exercicio(self, entidade: Entidade, dela: Ator, conselho: Ator) -> None:
        uma = fabricas.inscrita(entidade, por=conselho, em=AGORA)

        with pytest.raises(AtoRecusado, match="Escolha na lista"):
            inscricao.juntar(
                inscricao=uma, exigencia="relatorio", arquivo=fabricas.pdf(), exercicio=None, por=dela, em=AGORA
            )
        inscricao.juntar(
            inscricao=uma, exigencia="relatorio", arquivo=fabricas.pdf(), exercicio=2026, por=dela, em=AGORA
        )

        entregues = {e.exigencia.codigo: e.entrega for e in consultas.do_ano(uma, exercicio=2026)}
        assert entregues["relatorio"] is not None
        assert entregues["plano_do_ano"] is None

    def test_passado_30_de_abril_quem_falta_aparece_ao_conselho_e_nada_mais_acontece(
        self, entidade: Entidade, conselho: Ator
    ) -> None:
        uma = fabricas.inscrita(entidade, por=conselho, em=AGORA)

        antes = [p.titulo for p in afazer.de(conselho, hoje=date(2027, 4, 30))]
        depois = [p.titulo for p in afazer.de(conselho, hoje=date(2027, 5, 1))]

        assert "1 inscrita sem plano ou relatório do ano" not in antes
        assert "1 inscrita sem plano ou relatório do ano" in depois
        uma.refresh_from_db()
        assert uma.estado == "inscrita"


class TestCancelamento:
    def test_a_entidade_se_defende_antes_da_decisao(self, entidade: Entidade, dela: Ator, conselho: Ator) -> None:
        uma = fabricas.inscrita(entidade, por=conselho, em=AGORA)
        fabricas.cancelando(uma, por=conselho, em=AGORA)

        with pytest.raises(AtoRecusado, match="se defender até 23/12/2026"):
            cancelamento.decidir(
                inscricao=uma, cancela=True, razao="x", resolucao="", por=conselho, em=AGORA, hoje=HOJE
            )
        assert "Defender a inscrição no cancelamento aberto pelo conselho" in [
            p.titulo for p in afazer.de(dela, hoje=HOJE)
        ]
        cancelamento.defender(inscricao=uma, defesa="Voltou a atender", por=dela, em=AGORA, hoje=HOJE)
        cancelamento.decidir(
            inscricao=uma, cancela=False, razao="Atende", resolucao="", por=conselho, em=AGORA, hoje=HOJE
        )

        uma.refresh_from_db()
        assert uma.estado == "inscrita"
        assert consultas.cancelamento_aberto(uma) is None

    def test_sem_defesa_decide_se_depois_do_dia_dela(self, entidade: Entidade, conselho: Ator) -> None:
        uma = fabricas.inscrita(entidade, por=conselho, em=AGORA)
        fabricas.cancelando(uma, por=conselho, em=AGORA)
        depois = date(2026, 12, 24)

        cancelamento.decidir(
            inscricao=uma, cancela=True, razao="Não atende", resolucao="9", por=conselho, em=AGORA, hoje=depois
        )

        uma.refresh_from_db()
        assert (uma.estado, uma.numero, uma.encerrada_em) == ("cancelada", 1, depois)

    def test_com_cancelamento_aberto_nao_se_desiste(self, entidade: Entidade, dela: Ator, conselho: Ator) -> None:
        uma = fabricas.inscrita(entidade, por=conselho, em=AGORA)
        fabricas.cancelando(uma, por=conselho, em=AGORA)

        with pytest.raises(AtoRecusado, match="espere a decisão"):
            inscricao.desistir(inscricao=uma, motivo="x", por=dela, em=AGORA, hoje=HOJE)


class TestValidade:
    def test_quem_marca_validade_a_renova_e_a_vencida_deixa_de_valer(self, entidade: Entidade, conselho: Ator) -> None:
        fim = HOJE + timedelta(days=30)
        uma = fabricas.inscrita(entidade, por=conselho, em=AGORA, valida_ate=fim)

        assert consultas.em_vigor(uma, hoje=fim)
        assert not consultas.em_vigor(uma, hoje=fim + timedelta(days=1))
        with pytest.raises(AtoRecusado, match="depois de hoje e da que estava"):
            inscricao.renovar(inscricao=uma, valida_ate=fim, resolucao="", por=conselho, em=AGORA, hoje=HOJE)
        nova = inscricao.renovar(
            inscricao=uma, valida_ate=date(2028, 1, 1), resolucao="", por=conselho, em=AGORA, hoje=HOJE
        )
        assert nova.valida_ate == date(2028, 1, 1)


class TestTela:
    def test_o_comprovante_e_publico_e_diz_quando_ja_nao_vale(
        self, client: Client, entidade: Entidade, conselho: Ator
    ) -> None:
        uma = fabricas.inscrita(entidade, por=conselho, em=AGORA)
        endereco = reverse("inscricao-comprovante", args=[uma.pk])

        valida = client.get(endereco).content.decode()
        inscricao.desistir(inscricao=uma, motivo="Fechou", por=conselho, em=AGORA, hoje=HOJE)
        encerrada = client.get(endereco).content.decode()

        assert "tem inscrição neste conselho sob o número <strong>1</strong>" in valida
        assert "Esta inscrição não está em vigor." in encerrada

    def test_sem_numero_nao_ha_comprovante(self, client: Client, entidade: Entidade, dela: Ator) -> None:
        uma = fabricas.pedida(entidade, por=dela, em=AGORA)

        assert client.get(reverse("inscricao-comprovante", args=[uma.pk])).status_code == 404

    def test_passo_recusado_volta_com_o_que_se_digitou(
        self, client: Client, entidade: Entidade, conselho: Ator
    ) -> None:
        uma = fabricas.pedida(entidade, por=conselho, em=AGORA - timedelta(days=30))
        dados = {"etapa": "analise", "resultado": "em_ordem", "dia": "10/11/2026", "texto": "Conferi tudo"}

        tela = entrar(client, conselho).post(reverse("inscricao-andar", args=[uma.pk]), dados).content.decode()

        assert "Ainda não foram aceitos" in tela
        assert "Conferi tudo" in tela

    def test_a_entidade_junta_e_le_o_seu_documento_e_quem_e_de_fora_nao(
        self, client: Client, entidade: Entidade, dela: Ator
    ) -> None:
        uma = fabricas.pedida(entidade, por=dela, em=AGORA)
        entrar(client, dela).post(
            reverse("inscricao-juntar", args=[uma.pk]), {"exigencia": "ata", "arquivo": fabricas.pdf("ata.pdf")}
        )
        entrega = uma.entregas.get()
        endereco = reverse("inscricao-documento", args=[uma.pk, entrega.pk])

        assert client.get(endereco).status_code == 200
        vizinha = identidade.ator(ENTIDADE, CAPITAL, unidade=uuid4())
        assert entrar(client, vizinha).get(endereco).status_code == 403
        assert entrar(client, identidade.ator(GESTAO_MUNICIPAL, OUTRO)).get(endereco).status_code == 404

    def test_o_conselho_escolhe_as_etapas_na_tela(self, client: Client, conselho: Ator) -> None:
        dados = {f"usa_{e.codigo}": "on" for e in etapas.ETAPAS if e.codigo != "visita"} | {"prazo_parecer": "15"}

        entrar(client, conselho).post(reverse("inscricoes-etapas"), dados)

        usadas = {u.etapa.codigo: (u.usada, u.prazo_dias) for u in consultas.etapas_do_conselho(CAPITAL)}
        assert usadas["visita"] == (False, None)
        assert usadas["parecer"] == (True, 15)
        assert usadas["plenaria"] == (True, None)
