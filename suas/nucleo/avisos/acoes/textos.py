"""O texto de um modelo nesta instalação: cada ajuste é uma versão, e sempre se volta ao original."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from suas.nucleo.avisos import consultas
from suas.nucleo.avisos.modelos import Modelo, campos_desconhecidos
from suas.nucleo.avisos.models import TextoLocal
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar


def conferir(*, modelo: Modelo, assunto: str, corpo: str) -> None:
    """Recusa o texto que cita campo que o modelo não tem, dizendo os que tem."""
    desconhecidos = campos_desconhecidos(modelo, assunto + corpo)
    if desconhecidos:
        tem = ", ".join(f"{{{nome}}}" for nome in modelo.campos) or "nenhum"
        nomes = ", ".join(f"{{{nome}}}" for nome in desconhecidos)
        raise AtoRecusado(f"Este aviso não tem {nomes}. Os campos que se podem usar: {tem}.")


@transaction.atomic
def ajustar(*, modelo: Modelo, assunto: str, corpo: str, por: Ator, em: datetime) -> TextoLocal:
    """Guarda outra versão do texto; recusa campo que o modelo não tem."""
    conferir(modelo=modelo, assunto=assunto, corpo=corpo)
    return _nova_versao(modelo, assunto=assunto, corpo=corpo, original=False, por=por, em=em)


@transaction.atomic
def voltar_ao_original(*, modelo: Modelo, por: Ator, em: datetime) -> TextoLocal:
    """O texto volta a ser o que veio com o sistema; as versões locais ficam guardadas."""
    if consultas.texto_em_vigor(modelo) == (modelo.assunto, modelo.corpo):
        raise AtoRecusado("Este aviso já usa o texto original.")
    return _nova_versao(modelo, assunto=modelo.assunto, corpo=modelo.corpo, original=True, por=por, em=em)


def _nova_versao(
    modelo: Modelo, *, assunto: str, corpo: str, original: bool, por: Ator, em: datetime
) -> TextoLocal:  # fmt: skip
    ultima = consultas.versoes_do_texto(modelo).select_for_update().first()
    nova = TextoLocal.objects.create(
        modelo=modelo.codigo,
        versao=ultima.versao + 1 if ultima else 1,
        assunto=assunto,
        corpo=corpo,
        original=original,
        criado_em=em,
    )
    registrar(ato="avisos.ajustar_texto", objeto=nova, por=por, em=em, dados={"modelo": modelo.titulo})
    return nova
