"""Apagar os dados pessoais de quem já não trabalha no SUAS: ficam as lotações, sem o nome."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from suas.cadastros.trabalhadores import permissoes
from suas.cadastros.trabalhadores.models import APAGADO, Trabalhador
from suas.nucleo import tranca
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.permissoes.recusa import SemPermissao
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import destruir_chave, registrar


@tranca.como_sistema()  # a pessoa pode estar lotada também onde quem apaga não alcança
@transaction.atomic
def apagar_dados(*, trabalhador: Trabalhador, motivo: str, por: Ator, em: datetime, hoje: date) -> Trabalhador:
    """Troca tudo o que diz quem é a pessoa e destrói a chave que abria os dados dela na trilha. Não tem volta.

    Erros: `SemPermissao`; `AtoRecusado` se ela ainda está lotada em algum lugar ou falta o motivo.
    """
    if not permissoes.pode_apagar(por, trabalhador):
        raise SemPermissao(
            "Apaga dados pessoais quem cuida deles na instalação.",
            permissao=Permissao.DADO_PESSOAL_APAGAR,
            em=trabalhador.abrangencia,
        )
    atual = Trabalhador.objects.select_for_update(of=("self",)).get(pk=trabalhador.pk)
    if atual.apagado_em is not None:
        raise AtoRecusado("Os dados desta pessoa já foram apagados.")
    if not motivo.strip():
        raise AtoRecusado("Diga o motivo do apagamento.", campo="motivo")
    if atual.lotacoes.em_exercicio(hoje).exists() or atual.lotacoes.filter(desde__gt=hoje, ate__isnull=True).exists():
        raise AtoRecusado("A pessoa ainda está lotada. Encerre todas as lotações dela antes de apagar os dados.")
    atual.cpf, atual.nascimento, atual.pessoa = None, None, None
    atual.nome, atual.nome_busca, atual.nome_social = APAGADO, "", ""
    for campo in ("sexo", "escolaridade", "profissao", "registro_numero", "registro_uf", "email", "telefone"):
        setattr(atual, campo, "")
    atual.apagado_em, atual.mudado_em, atual.versao = em, em, atual.versao + 1
    atual.save()
    registrar(ato="trabalhadores.apagar_dados", objeto=atual, por=por, em=em, motivo=motivo.strip())
    destruir_chave(titular=atual.pk, por=por, em=em, motivo=motivo.strip())
    return atual
