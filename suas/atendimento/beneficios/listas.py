"""Os benefícios eventuais, com os códigos do Prontuário SUAS, e as espécies do BPC."""

from __future__ import annotations

from django.db import models


class Tipo(models.IntegerChoices):
    """Bloco 8: o que se concede."""

    NATALIDADE = 1, "Auxílio-natalidade"
    FUNERAL = 2, "Auxílio-funeral"
    CALAMIDADE = 3, "Item ou kit para emergência ou calamidade pública"
    CESTA_BASICA = 4, "Cesta básica"
    ALUGUEL = 5, "Aluguel social"
    PASSAGEM = 6, "Auxílio-passagem"
    AJUDA_FINANCEIRA = 7, "Ajuda financeira"
    OUTROS = 8, "Outros"

    @property
    def situacao(self) -> str:
        """A situação da LOAS, art. 22, a que o benefício responde."""
        de_uma_so = {Tipo.NATALIDADE: "nascimento", Tipo.FUNERAL: "morte", Tipo.CALAMIDADE: "calamidade pública"}
        return de_uma_so.get(self, "vulnerabilidade temporária")


class Especie(models.TextChoices):
    """A quem o Benefício de Prestação Continuada se paga (LOAS, art. 20)."""

    IDOSA = "idosa", "Pessoa idosa"
    DEFICIENCIA = "deficiencia", "Pessoa com deficiência"


class Resultado(models.TextChoices):
    """No que deu a revisão do BPC."""

    MANTIDO = "mantido", "Mantido"
    SUSPENSO = "suspenso", "Suspenso, com pendência"
    CESSADO = "cessado", "Cessado"
