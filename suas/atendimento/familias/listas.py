"""As listas do Prontuário SUAS, com os códigos do formulário (Manual de Instruções do Prontuário SUAS, MDS)."""

from __future__ import annotations

from django.db import models


class Sexo(models.TextChoices):
    FEMININO = "F", "feminino"
    MASCULINO = "M", "masculino"


class Parentesco(models.IntegerChoices):
    """Bloco 3: o parentesco com a pessoa de referência."""

    REFERENCIA = 1, "Pessoa de referência"
    CONJUGE = 2, "Cônjuge ou companheiro(a)"
    FILHO = 3, "Filho(a)"
    ENTEADO = 4, "Enteado(a)"
    NETO = 5, "Neto(a) ou bisneto(a)"
    PAI_OU_MAE = 6, "Pai ou mãe"
    SOGRO = 7, "Sogro(a)"
    IRMAO = 8, "Irmão ou irmã"
    GENRO_OU_NORA = 9, "Genro ou nora"
    OUTRO_PARENTE = 10, "Outro parente"
    NAO_PARENTE = 11, "Não parente"


class Especificidade(models.TextChoices):
    """Bloco 3: especificidades sociais, étnicas ou culturais da família."""

    CIGANA = "cigana", "Família cigana"
    QUILOMBOLA = "quilombola", "Família quilombola"
    RIBEIRINHA = "ribeirinha", "Família ribeirinha"
    INDIGENA_ALDEADA = "indigena_aldeada", "Família indígena residente em aldeia ou reserva"
    INDIGENA = "indigena", "Família indígena não residente em aldeia ou reserva"
    SITUACAO_DE_RUA = "situacao_de_rua", "Família ou pessoa em situação de rua"
    OUTRA = "outra", "Outra"


class Ingresso(models.TextChoices):
    """Bloco 2: de que forma a família acessou a unidade."""

    ESPONTANEA = "espontanea", "Por demanda espontânea"
    BUSCA_ATIVA = "busca_ativa", "Em decorrência de busca ativa da equipe da unidade"
    PSB = "psb", "Encaminhada por outros serviços ou unidades da proteção social básica"
    PSE = "pse", "Encaminhada por outros serviços ou unidades da proteção social especial"
    SAUDE = "saude", "Encaminhada pela área da saúde"
    EDUCACAO = "educacao", "Encaminhada pela área da educação"
    OUTRAS_POLITICAS = "outras_politicas", "Encaminhada por outras políticas setoriais"
    CONSELHO_TUTELAR = "conselho_tutelar", "Encaminhada pelo Conselho Tutelar"
    JUDICIARIO = "judiciario", "Encaminhada pelo Poder Judiciário"
    GARANTIA_DE_DIREITOS = (
        "garantia_de_direitos",
        "Encaminhada pelo sistema de garantia de direitos (Defensoria, Ministério Público, delegacias)",
    )
    OUTROS = "outros", "Outros encaminhamentos"

    @property
    def encaminhada(self) -> bool:
        """Alguém encaminhou? Então diz-se quem."""
        return self not in {Ingresso.ESPONTANEA, Ingresso.BUSCA_ATIVA}


class TipoDeAtendimento(models.IntegerChoices):
    """Bloco 16: o código auxiliar do registro simplificado dos atendimentos (o formulário não tem o 8)."""

    INDIVIDUALIZADO = 1, "Atendimento socioassistencial individualizado"
    COLETIVA_CONTINUADA = 2, "Atividade coletiva de caráter continuado"
    COLETIVA_NAO_CONTINUADA = 3, "Atividade coletiva de caráter não continuado"
    CADASTRAMENTO = 4, "Cadastramento ou atualização cadastral"
    MEDIDA_SOCIOEDUCATIVA = 5, "Acompanhamento de medida socioeducativa"
    BENEFICIO_EVENTUAL = 6, "Solicitação ou concessão de benefício eventual"
    VISITA_DOMICILIAR = 7, "Visita domiciliar"
    OUTROS = 9, "Outros"


#: Por que alguém sai da composição da família; “outro” pede que se diga.
class Saida(models.TextChoices):
    MUDOU = "mudou", "Mudou-se da casa"
    OUTRA_FAMILIA = "outra_familia", "Formou outra família ou foi para outra"
    FALECEU = "faleceu", "Faleceu"
    ENGANO = "engano", "Entrou por engano"
    OUTRO = "outro", "Outro motivo"
