"""As listas de valores do CadSUAS (Pessoa Física) e dos formulários de recursos humanos do Censo SUAS.

As que pesam na conta das equipes (escolaridade, profissão, função, vínculo) são de `normas.trabalho.trabalhador`.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from normas.trabalho.trabalhador import ESCOLARIDADES, FUNCOES, PROFISSOES, VINCULOS

ESCOLARIDADE = [(codigo.value, nome) for codigo, nome in ESCOLARIDADES.items()]
PROFISSAO = list(PROFISSOES.items())
VINCULO_DE_TRABALHO = [(codigo.value, nome) for codigo, nome in VINCULOS.items()]
FUNCAO = [(codigo.value, nome) for codigo, nome in FUNCOES.items()]


class Sexo(models.TextChoices):
    FEMININO = "feminino", "feminino"
    MASCULINO = "masculino", "masculino"
    NAO_INFORMADO = "nao_informado", "não informado"


class Turno(models.TextChoices):
    MANHA = "manha", "Manhã"
    TARDE = "tarde", "Tarde"
    NOITE = "noite", "Noite"
    ESCALA = "escala", "Escala ou plantão"


class Orgao(models.TextChoices):
    """Onde se trabalha quando não é numa unidade."""

    ORGAO_GESTOR = "orgao_gestor", "Órgão gestor"
    FUNDO = "fundo", "Fundo de assistência social"
    CONSELHO = "conselho", "Conselho de assistência social"


class Servico(models.TextChoices):
    """O que a pessoa faz na maior parte do tempo, como o Censo SUAS pergunta."""

    GESTAO = "gestao", "Gestão"
    PAIF = "paif", "PAIF"
    SCFV = "scfv", "Convivência e fortalecimento de vínculos (SCFV)"
    PSB_NO_DOMICILIO = "psb_no_domicilio", "Proteção básica no domicílio"
    PAEFI = "paefi", "PAEFI"
    MSE = "mse", "Medidas socioeducativas em meio aberto"
    ABORDAGEM = "abordagem", "Abordagem social"
    PSE_PCD_IDOSOS = "pse_pcd_idosos", "Proteção especial para pessoas com deficiência, idosas e suas famílias"
    PSE_POP_RUA = "pse_pop_rua", "Serviço para pessoas em situação de rua"
    ACOLHIMENTO = "acolhimento", "Acolhimento"
    CADUNICO = "cadunico", "Cadastro Único"
    BENEFICIOS = "beneficios", "Benefícios"
    CRIANCA_FELIZ = "crianca_feliz", "Criança Feliz"
    OUTROS = "outros", "Outros"


#: O conselho de classe de cada profissão regulamentada, como se escreve antes do número.
CONSELHOS: Mapping[str, str] = {
    "assistente_social": "CRESS",
    "psicologo": "CRP",
    "advogado": "OAB",
    "administrador": "CRA",
    "fisioterapeuta": "CREFITO",
    "terapeuta_ocupacional": "CREFITO",
    "nutricionista": "CRN",
    "medico": "CRM",
    "economista": "CORECON",
    "enfermeiro": "COREN",
    "educacao_fisica": "CREF",
    "contador": "CRC",
    "estatistico": "CONRE",
}
