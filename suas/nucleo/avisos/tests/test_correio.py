"""O correio contra um servidor SMTP de verdade que aceita, recusa, cai em cada ponto, demora e exige segurança."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from suas.nucleo.avisos import correio, tarefas
from suas.nucleo.avisos.acoes import mensagens
from suas.nucleo.avisos.models import RETIRADO, EnderecoDevolvido, Estado, Mensagem
from suas.nucleo.avisos.tests.servidor_smtp import Comportamento, certificado, no_ar, so_com_senha
from suas.nucleo.identidade.tests import fabricas

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Requiring AUTH")]
AGORA = datetime(2026, 1, 20, 15, 0, tzinfo=UTC)  # passado: a tarefa lê o relógio


@pytest.fixture(autouse=True)
def _ajustes(settings: LazySettings) -> None:
    settings.CORREIO_REMETENTE = "Assistência Social <avisos@suas.example>"
    settings.CORREIO_RETORNO = "devolucoes@suas.example"
    settings.CORREIO_SMTP = "smtp://127.0.0.1:1?tls=nao"


def criar(*, corpo: str = "Você tem um aviso.", reservada: bool = False, email: str = "ana@x.example") -> Mensagem:
    pessoa = fabricas.pessoa_com_vinculo()
    return mensagens.criar(
        titular=pessoa.pk,
        pessoa_id=pessoa.pk,
        email=email,
        assunto="Atenção: São João",
        corpo=corpo,
        reservada=reservada,
        nao_antes_de=AGORA,
        em=AGORA,
    )


def remeter(mensagem: Mensagem, settings: LazySettings, porta: int, *, ajuste: str = "") -> Mensagem:
    settings.CORREIO_SMTP = ajuste or f"smtp://127.0.0.1:{porta}?tls=nao"
    tarefas.remeter.call(str(mensagem.pk))
    mensagem.refresh_from_db()
    return mensagem


def test_a_aceita_chega_inteira_e_fica_enviada_com_a_resposta_do_servidor(settings: LazySettings) -> None:
    servidor = Comportamento()
    with no_ar(servidor) as porta:
        enviada = remeter(criar(corpo="Linha um.\n.ponto no começo\nFim: ação."), settings, porta)

    recebida = servidor.recebidas[0]
    assert (enviada.estado, enviada.tentativas) == (Estado.ENVIADA, 1)
    assert "guardada como 42" in enviada.resposta
    assert recebida["To"] == "ana@x.example"
    assert recebida["Subject"] == "Atenção: São João"
    assert recebida["From"] == "Assistência Social <avisos@suas.example>"
    assert recebida.get_content().splitlines() == ["Linha um.", ".ponto no começo", "Fim: ação."]
    assert servidor.cru[0].isascii()


def test_o_retorno_e_o_message_id_levam_a_mensagem_e_ninguem_os_inventa(settings: LazySettings) -> None:
    servidor = Comportamento()
    with no_ar(servidor) as porta:
        enviada = remeter(criar(), settings, porta)

    retorno, numero = servidor.retornos[0], servidor.recebidas[0]["Message-ID"]
    forjado = retorno.replace(retorno.split(".")[1][:12], "0" * 12)
    assert retorno.startswith("devolucoes+")
    assert correio.mensagem_do_retorno(retorno) == enviada.pk
    assert correio.mensagem_do_retorno(forjado) is None
    assert correio.mensagem_do_identificador(numero) == enviada.pk


def test_a_reservada_perde_o_endereco_depois_de_enviada(settings: LazySettings) -> None:
    with no_ar(Comportamento()) as porta:
        enviada = remeter(criar(corpo="Aceite:\nhttps://x.example/convite/segredo/", reservada=True), settings, porta)

    assert "segredo" not in enviada.corpo
    assert RETIRADO in enviada.corpo


@pytest.mark.parametrize(
    "resposta, devolve",
    [
        pytest.param("550 5.1.1 Nao ha essa caixa", True, id="endereço não existe"),
        pytest.param("550 5.7.1 Remetente barrado", False, id="recusa que não é do endereço"),
    ],
)
def test_a_recusa_definitiva_fica_dita_e_so_a_do_endereco_o_suspende(
    resposta: str, devolve: bool, settings: LazySettings
) -> None:
    with no_ar(Comportamento(na_rcpt=resposta)) as porta:
        recusada = remeter(criar(), settings, porta)
    outra = criar()

    assert (recusada.estado, recusada.nao_antes_de) == (Estado.RECUSADA, None)
    assert resposta[4:] in recusada.resposta
    assert EnderecoDevolvido.objects.filter(email="ana@x.example").exists() is devolve
    assert (outra.estado == Estado.SUPRIMIDA) is devolve


def test_a_recusa_passageira_tenta_de_novo_mais_tarde_ate_acabarem_as_tentativas(settings: LazySettings) -> None:
    mensagem, esperas = criar(), []
    with no_ar(Comportamento(no_fim="451 4.3.0 Volte depois")) as porta:
        while (remeter(mensagem, settings, porta)).nao_antes_de is not None:
            assert mensagem.estado == Estado.NA_FILA
            esperas.append(mensagem.nao_antes_de)
            Mensagem.objects.filter(pk=mensagem.pk).update(nao_antes_de=AGORA)

    assert len(esperas) == len(mensagens.ESPERAS)
    assert mensagem.estado == Estado.RECUSADA
    assert "Volte depois" in mensagem.resposta
    assert "9 tentativas" in mensagem.resposta


def test_quem_cai_antes_de_ter_a_mensagem_nao_deixa_duvida(settings: LazySettings) -> None:
    with no_ar(Comportamento(cai="antes")) as porta:
        mensagem = remeter(criar(), settings, porta)

    assert (mensagem.estado, mensagem.talvez_repetida) == (Estado.NA_FILA, False)
    assert mensagem.nao_antes_de is not None


def test_quem_cai_com_a_mensagem_na_mao_deixa_a_entrega_incerta_e_ela_vai_de_novo_com_o_mesmo_numero(
    settings: LazySettings,
) -> None:
    servidor = Comportamento(cai="depois")
    mensagem = criar()
    with no_ar(servidor) as porta:
        incerta = remeter(mensagem, settings, porta).estado
        servidor.cai = ""
        Mensagem.objects.filter(pk=mensagem.pk).update(nao_antes_de=AGORA)
        remeter(mensagem, settings, porta)

    assert incerta == Estado.INCERTA
    assert (mensagem.estado, mensagem.talvez_repetida) == (Estado.ENVIADA, True)
    assert len({recebida["Message-ID"] for recebida in servidor.recebidas}) == 1
    assert len(servidor.recebidas) == 2


def test_o_que_segue_incerto_nao_se_manda_para_sempre(settings: LazySettings) -> None:
    mensagem, servidor = criar(), Comportamento(cai="depois")
    with no_ar(servidor) as porta:
        while remeter(mensagem, settings, porta).nao_antes_de is not None:
            Mensagem.objects.filter(pk=mensagem.pk).update(nao_antes_de=AGORA)

    assert mensagem.estado == Estado.INCERTA
    assert len(servidor.recebidas) == mensagens.MAXIMO_DE_INCERTAS


def test_quem_demora_a_confirmar_deixa_a_entrega_incerta(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(correio, "ESPERA", 0.2)
    with no_ar(Comportamento(demora=0.6)) as porta:
        mensagem = remeter(criar(), settings, porta)

    assert mensagem.estado == Estado.INCERTA


def test_servidor_fora_do_ar_espera_e_diz(settings: LazySettings) -> None:
    mensagem = remeter(criar(), settings, 1)

    assert mensagem.estado == Estado.NA_FILA
    assert "não atendeu" in mensagem.resposta


def test_a_senha_da_instalacao_e_conferida_e_a_recusa_nao_a_mostra(settings: LazySettings) -> None:
    servidor = Comportamento()
    with no_ar(servidor, **so_com_senha("casa", "s@nha")) as porta:
        aceita = remeter(criar(), settings, porta, ajuste=f"smtp://casa:s%40nha@127.0.0.1:{porta}?tls=nao")
        negada = remeter(criar(), settings, porta, ajuste=f"smtp://casa:outra-senha@127.0.0.1:{porta}?tls=nao")

    assert aceita.estado == Estado.ENVIADA
    assert "usuário e a senha" in negada.resposta
    assert "outra-senha" not in negada.resposta


def test_com_seguranca_so_fala_com_servidor_de_certificado_conhecido(
    settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arquivo, contexto = certificado(tmp_path)
    servidor = Comportamento()
    with no_ar(servidor, tls_context=contexto, require_starttls=True) as porta:
        desconhecido = remeter(criar(), settings, porta, ajuste=f"smtp://127.0.0.1:{porta}")
        monkeypatch.setenv("SSL_CERT_FILE", str(arquivo))
        conhecido = remeter(criar(), settings, porta, ajuste=f"smtp://127.0.0.1:{porta}")

    assert desconhecido.estado == Estado.NA_FILA
    assert "certificate" in desconhecido.resposta.lower()
    assert conhecido.estado == Estado.ENVIADA
    assert len(servidor.recebidas) == 1


def test_servidor_sem_seguranca_nao_recebe_nada_de_quem_a_exige(settings: LazySettings) -> None:
    servidor = Comportamento()
    with no_ar(servidor) as porta:
        mensagem = remeter(criar(), settings, porta, ajuste=f"smtp://127.0.0.1:{porta}")

    assert mensagem.estado == Estado.NA_FILA
    assert not servidor.recebidas


@pytest.mark.parametrize("ajuste", ["http://x", "smtp://", "smtp://x?tls=talvez", "correio.exemplo"])
def test_ajuste_errado_e_recusado_em_palavras(ajuste: str) -> None:
    with pytest.raises(ValueError, match="REDESUAS_SMTP"):
        correio.ler_servidor(ajuste)


def test_quebra_de_linha_no_assunto_nao_cria_cabecalho(settings: LazySettings) -> None:
    servidor = Comportamento()
    mensagem = criar()
    Mensagem.objects.filter(pk=mensagem.pk).update(assunto="Oi\r\nBcc: outra@x.example")
    with no_ar(servidor) as porta:
        remeter(mensagem, settings, porta)

    assert servidor.recebidas[0]["Bcc"] is None


def test_duas_tarefas_para_a_mesma_mensagem_enviam_uma_vez(settings: LazySettings) -> None:
    servidor = Comportamento()
    mensagem = criar()
    with no_ar(servidor) as porta:
        remeter(mensagem, settings, porta)
        remeter(mensagem, settings, porta)

    assert len(servidor.recebidas) == 1


def test_o_envio_interrompido_no_meio_e_retomado_como_incerto() -> None:
    mensagem = criar()
    mensagens.tomar(mensagem.pk, em=AGORA)

    logo = mensagens.retomar_interrompidas(em=AGORA + timedelta(minutes=1))
    depois = mensagens.retomar_interrompidas(em=AGORA + timedelta(minutes=11))

    mensagem.refresh_from_db()
    assert (logo, depois) == (0, 1)
    assert mensagem.estado == Estado.INCERTA
    assert mensagem.nao_antes_de is not None


def test_o_relogio_poe_na_fila_uma_vez_o_que_ja_pode_sair_e_o_que_a_fila_perdeu(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    postas: list[object] = []
    monkeypatch.setattr("suas.nucleo.avisos.saida._enfileirar", postas.append)
    no_silencio, agora = criar(), criar()
    fim = AGORA + timedelta(hours=9)
    Mensagem.objects.filter(pk=no_silencio.pk).update(nao_antes_de=fim, enfileirada_em=None)

    def rodar(quando: datetime) -> list[object]:
        postas.clear()
        tarefas.cuidar_do_correio(quando)
        return list(postas)

    assert rodar(AGORA + timedelta(minutes=1)) == []
    assert rodar(AGORA + timedelta(minutes=25)) == [agora.pk]
    assert set(rodar(fim)) == {no_silencio.pk, agora.pk}
    assert rodar(fim + timedelta(minutes=1)) == []
