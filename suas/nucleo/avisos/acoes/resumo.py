"""O resumo do dia: os avisos que a pessoa prefere receber juntos, numa mensagem só."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse

from suas.nucleo.avisos import consultas
from suas.nucleo.avisos.acoes import mensagens
from suas.nucleo.avisos.acoes.emissao import corpo_da_mensagem
from suas.nucleo.avisos.models import Mensagem
from suas.nucleo.avisos.silencio import BRASILIA

#: Mais que isto, a mensagem diz quantos faltam e onde se leem.
MAXIMO = 50


@transaction.atomic
def resumir(pessoa_id: UUID, *, em: datetime) -> Mensagem | None:
    """Junta numa mensagem os avisos por ler da pessoa que esperam o resumo; nada, se não há nenhum."""
    avisos = list(consultas.a_resumir().filter(pessoa_id=pessoa_id).order_by("criado_em").select_for_update())
    if not avisos:
        return None
    pessoa = get_user_model().objects.get(pk=pessoa_id)
    linhas = [f"{aviso.criado_em.astimezone(BRASILIA):%d/%m} {aviso.titulo}" for aviso in avisos[:MAXIMO]]
    if len(avisos) > MAXIMO:
        linhas.append(f"E mais {len(avisos) - MAXIMO}.")
    quantos = "1 aviso" if len(avisos) == 1 else f"{len(avisos)} avisos"
    mensagem = mensagens.criar(
        titular=pessoa_id,
        pessoa_id=pessoa_id,
        email=pessoa.email,
        assunto=f"Resumo do dia: {quantos} por ler",
        corpo=corpo_da_mensagem(
            texto="Por ler no sistema:\n\n" + "\n".join(linhas), endereco=reverse("avisos"), obrigatorio=False
        ),
        reservada=False,
        nao_antes_de=consultas.horas_de_silencio(pessoa_id).sai_em(em),
        em=em,
    )
    consultas.a_resumir().filter(pk__in=[aviso.pk for aviso in avisos]).update(mensagem=mensagem)
    return mensagem
