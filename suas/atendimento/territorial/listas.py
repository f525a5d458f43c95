"""Por que se procura uma família, e no que deu a procura."""

from __future__ import annotations

from django.db import models


class Motivo(models.TextChoices):
    """De onde vem a lista de busca ativa."""

    CADUNICO = "cadunico", "Cadastro Único a incluir ou atualizar"
    BPC = "bpc", "Quem recebe o BPC"
    CONDICIONALIDADES = "condicionalidades", "Descumprimento de condicionalidades"
    PEDIDO = "pedido", "Pedido de outro órgão ou da comunidade"
    SEM_ATENDIMENTO = "sem_atendimento", "Família que deixou de vir"


class Resultado(models.TextChoices):
    """O que se achou na visita ou no telefonema."""

    ENCONTRADA = "encontrada", "Encontrada"
    AUSENTE = "ausente", "Ninguém em casa: voltar"
    MUDOU = "mudou", "Mudou-se de endereço"
    NAO_EXISTE = "nao_existe", "Endereço não encontrado"
    RECUSOU = "recusou", "Não quis ser atendida"

    @property
    def encerra(self) -> bool:
        """A procura acaba aqui?"""
        return self != Resultado.AUSENTE
