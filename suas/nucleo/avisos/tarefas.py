"""O envio na fila: toma a mensagem, fala com o servidor fora de transação, guarda a resposta."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from suas.nucleo.avisos import consultas, correio
from suas.nucleo.avisos.acoes import cabeca, devolucao, mensagens, recados, resumo
from suas.nucleo.fila.declarada import task
from suas.nucleo.permissoes.ator import ATOR_PUBLICO, Ator
from suas.nucleo.recusa import AtoRecusado

#: Pessoas em cada tarefa: a transação de um lote não prende o banco por mais de um ou dois segundos.
POR_LOTE = 100


@task(longa=True, titulo="Aviso por correio")
def remeter(mensagem_id: str) -> None:
    """Envia a mensagem, se ainda for a hora dela. Repetir é seguro: quem já foi tomada não sai outra vez.

    Longa: a marca de quem a tomou tem de ficar antes da conversa com o servidor, que não se desfaz.
    """
    servidor = correio.servidor()
    if servidor is None:
        return
    mensagem = mensagens.tomar(UUID(mensagem_id), em=timezone.now())
    if mensagem is None:
        return
    carta = correio.Carta(id=mensagem.pk, para=mensagem.email, assunto=mensagem.assunto, corpo=mensagem.corpo)
    resultado = correio.enviar(carta, para=servidor, em=mensagem.criada_em)
    agora = timezone.now()
    with transaction.atomic():
        mensagem = mensagens.concluir(mensagem.pk, resultado, em=agora)
        if resultado.endereco_ruim:
            devolucao.suspender(mensagem=mensagem, motivo=resultado.resposta, por=ATOR_PUBLICO, em=agora)


def enfileirar(mensagem_id: UUID) -> None:
    """Põe a mensagem na fila, na transação de quem pede; já estando lá, não muda nada."""
    remeter.using(unica=f"correio:{mensagem_id}").enqueue(str(mensagem_id))


def pedir_recado(*, causa: UUID, assunto: str, texto: str, pessoas: Iterable[UUID], por: Ator, em: datetime) -> int:
    """Põe o recado na fila, em lotes: com milhares de pessoas, quem manda não espera. Devolve a quantas vai."""
    todas = [str(pessoa) for pessoa in dict.fromkeys(pessoas)]
    if not todas:
        raise AtoRecusado("Ninguém receberia: mude o papel ou o território.")
    quem = {
        "pessoa": str(por.pessoa.pk) if por.pessoa else "",
        "vinculo": str(por.vinculo.pk) if por.vinculo else "",
        "papel": por.papel.codigo,
        "abrangencia": por.abrangencia,
    }
    recado = {"causa": str(causa), "assunto": assunto, "texto": texto, "quem": quem, "em": em.isoformat()}
    with transaction.atomic():
        for numero, comeco in enumerate(range(0, len(todas), POR_LOTE)):
            lote = entregar_recado.using(unica=f"recado:{causa}:{numero}")
            lote.enqueue(**recado, pessoas=todas[comeco : comeco + POR_LOTE])
    return len(todas)


@task(titulo="Recado a muitas pessoas")
def entregar_recado(
    *, causa: str, assunto: str, texto: str, quem: dict[str, str], em: str, pessoas: list[str]
) -> None:  # fmt: skip
    """Um lote do recado. Repetir é seguro: cada pessoa recebe uma vez o de cada causa."""
    recados.mandar(
        causa=UUID(causa),
        assunto=assunto,
        texto=texto,
        pessoas=[UUID(pessoa) for pessoa in pessoas],
        por=consultas.ator_de(**quem),
        em=datetime.fromisoformat(em),
    )


def cuidar_do_correio(em: datetime) -> str:
    """A cada minuto: retoma o que parou no meio e põe na fila o que já pode sair."""
    with transaction.atomic():
        retomadas = mensagens.retomar_interrompidas(em=em)
        enfileiradas = mensagens.enfileirar_vencidas(em=em)
    return f"{retomadas} envios interrompidos retomados; {enfileiradas} mensagens postas na fila."


def enviar_resumos(em: datetime) -> str:
    """Uma vez por dia: uma mensagem a cada pessoa que prefere receber os avisos juntos."""
    pessoas = list(consultas.a_resumir().order_by().values_list("pessoa_id", flat=True).distinct())
    enviados = sum(resumo.resumir(pessoa_id, em=em) is not None for pessoa_id in pessoas)
    return f"Resumos do dia enviados: {enviados}."


def mandar_cabeca(em: datetime) -> str:
    """Uma vez por dia: a cabeça da trilha a quem confere a corrente desta instalação."""
    return f"Pessoas avisadas da cabeça da trilha: {cabeca.mandar(em=em)}."
