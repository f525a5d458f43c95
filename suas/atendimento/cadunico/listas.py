"""As listas do Cadastro Único, com os códigos do dicionário oficial da base."""

from __future__ import annotations

from django.db import models


class Grupo(models.TextChoices):
    """Grupos populacionais tradicionais e específicos (variável ind_parc_mds_fam)."""

    CIGANA = "101", "Família cigana"
    EXTRATIVISTA = "201", "Família extrativista"
    PESCADORES = "202", "Família de pescadores artesanais"
    TERREIRO = "203", "Família pertencente a comunidade de terreiro"
    RIBEIRINHA = "204", "Família ribeirinha"
    AGRICULTORES = "205", "Família de agricultores familiares"
    ASSENTADA = "301", "Família assentada da reforma agrária"
    CREDITO_FUNDIARIO = "302", "Família beneficiária do Programa Nacional de Crédito Fundiário"
    ACAMPADA = "303", "Família acampada"
    ATINGIDA = "304", "Família atingida por empreendimentos de infraestrutura"
    PRESO = "305", "Família de preso do sistema carcerário"
    CATADORES = "306", "Família de catadores de material reciclável"
    NENHUMA = "000", "Nenhum"


class Efeito(models.TextChoices):
    """O efeito do descumprimento de condicionalidade, com os códigos do Prontuário SUAS (bloco 5)."""

    ADVERTENCIA = "1", "Advertência"
    BLOQUEIO = "2", "Bloqueio"
    SUSPENSAO = "3", "Suspensão"
    CANCELAMENTO = "4", "Cancelamento"


#: Passado este tempo sem atualização, o cadastro está desatualizado (leitura do projeto: 24 meses).
MESES_DE_VALIDADE = 24
