"""As listas do bloco 14 do Prontuário SUAS, com as palavras do formulário."""

from __future__ import annotations

from django.db import models


class Servico(models.TextChoices):
    """Que serviço acompanha a família: o do CRAS ou o do CREAS."""

    PAIF = "paif", "PAIF"
    PAEFI = "paefi", "PAEFI"


class Razao(models.TextChoices):
    """Por que a família deixa de ser acompanhada."""

    AVALIACAO = "avaliacao", "Avaliação técnica"
    EVASAO = "evasao", "Evasão ou recusa da família"
    MUDANCA = "mudanca", "Mudança de município"
    OUTROS = "outros", "Outros"


class TipoDePlano(models.TextChoices):
    PAF = "paf", "Plano de Acompanhamento Familiar (PAF)"
    PIA = "pia", "Plano Individual de Atendimento (PIA)"


class Objetivo(models.TextChoices):
    """Em que pé está um objetivo do plano."""

    EM_ANDAMENTO = "em_andamento", "Em andamento"
    ALCANCADO = "alcancado", "Alcançado"
    DEIXADO = "deixado", "Deixado de lado"


class Acao(models.TextChoices):
    """Em que pé está uma ação do plano."""

    A_FAZER = "a_fazer", "A fazer"
    FEITA = "feita", "Feita"
    NAO_SE_FEZ = "nao_se_fez", "Não se fez"


class Ofertas(models.TextChoices):
    """As ofertas da assistência social de que a família precisava estiveram disponíveis?"""

    SIM = "sim", "Sim"
    PARCIALMENTE = "parcialmente", "Parcialmente"
    NAO = "nao", "Não"


class OutrasPoliticas(models.TextChoices):
    """As outras políticas responderam?"""

    SIM = "sim", "Sim"
    PARCIALMENTE = "parcialmente", "Parcialmente"
    NAO = "nao", "Não"
    NAO_SE_APLICA = "nao_se_aplica", "Não se aplica"


class Resultado(models.TextChoices):
    """O que a avaliação conclui."""

    PIORA = "piora", "Houve agravamento ou piora"
    EQUIVALENTE = "equivalente", "Situação equivalente, sem avanços"
    AVANCO = "avanco", "Avanço ou melhoria"
    DESLIGAMENTO = "desligamento", "Significativo avanço ou melhoria, justificando o desligamento"


class QuemPediu(models.TextChoices):
    """Quem pede para ver o registro de uma pessoa."""

    PROPRIA = "propria", "A própria pessoa"
    RESPONSAVEL = "responsavel", "Quem responde por ela (mãe, pai, guardião, tutor, curador)"
    PROCURADOR = "procurador", "Quem ela autorizou por procuração"
