"""As listas do Prontuário SUAS sobre encaminhamentos, com os códigos do formulário (Manual de Instruções, MDS)."""

from __future__ import annotations

from django.db import models

from suas.cadastros.rede.models import Unidade

CREAS = frozenset({Unidade.Tipo.CREAS, Unidade.Tipo.CREAS_REGIONAL})


class Codigo(models.IntegerChoices):
    """Bloco 15: para que se encaminha. O 13 só cabe a um CRAS, e o 14 a um CREAS."""

    SCFV_CRIANCAS = 5, "Serviço de Convivência para crianças e adolescentes"
    SCFV_IDOSOS = 6, "Serviço de Convivência para pessoas idosas"
    CADUNICO_ATUALIZAR = 7, "Atualização no Cadastro Único"
    CADUNICO_INCLUIR = 8, "Inclusão no Cadastro Único"
    INSS_BPC = 9, "INSS, para acesso ao BPC"
    INSS_OUTROS = 10, "INSS, para outros direitos"
    BENEFICIO_EVENTUAL = 11, "Benefícios eventuais"
    DOCUMENTACAO = 12, "Documentação civil"
    CRAS_PARA_CREAS = 13, "Do CRAS para o CREAS"
    CREAS_PARA_CRAS = 14, "Do CREAS para o CRAS"
    OUTRAS_DA_PSE = 15, "Outras unidades ou serviços da proteção social especial"
    SAUDE_BUCAL = 30, "Saúde bucal"
    SAUDE_MENTAL = 31, "Saúde mental"
    ORTESES = 32, "Órteses e próteses"
    SAUDE_DA_FAMILIA = 33, "Saúde da família"
    OUTROS_DO_SUS = 34, "Outros serviços do SUS"
    CRECHE = 40, "Creche ou pré-escola"
    REDE_REGULAR = 41, "Rede regular de ensino"
    EJA = 42, "Educação de jovens e adultos"
    CAPACITACAO = 50, "Capacitação profissional"
    TRABALHO_E_RENDA = 51, "Geração de trabalho e renda"
    INTERMEDIACAO = 52, "Intermediação de mão de obra"
    MICROCREDITO = 53, "Microcrédito"
    BPC_TRABALHO = 54, "BPC Trabalho"
    HABITACAO = 60, "Habitação"
    TARIFA_SOCIAL = 61, "Tarifa Social de Energia"
    CONSELHO_TUTELAR = 70, "Conselho Tutelar"
    JUDICIARIO = 71, "Poder Judiciário"
    MINISTERIO_PUBLICO = 72, "Ministério Público"
    DEFENSORIA = 73, "Defensoria Pública"
    DELEGACIAS = 74, "Delegacias"
    OUTROS = 99, "Outros"


#: Os códigos agrupados, como se escolhem na tela.
GRUPOS: tuple[tuple[str, range], ...] = (
    ("Assistência social", range(5, 16)),
    ("Saúde", range(30, 35)),
    ("Educação", range(40, 43)),
    ("Trabalho", range(50, 55)),
    ("Habitação e energia", range(60, 62)),
    ("Garantia de direitos", range(70, 75)),
    ("Outros", range(99, 100)),
)


def opcoes_para(origem: Unidade) -> list[tuple[str, list[tuple[int, str]]]]:
    """Os códigos que cabem a quem encaminha, por grupo."""
    nao_cabem = set()
    if origem.tipo != Unidade.Tipo.CRAS:
        nao_cabem.add(Codigo.CRAS_PARA_CREAS)
    if origem.tipo not in CREAS:
        nao_cabem.add(Codigo.CREAS_PARA_CRAS)
    return [
        (grupo, [(codigo.value, codigo.label) for codigo in Codigo if codigo in faixa and codigo not in nao_cabem])
        for grupo, faixa in GRUPOS
    ]


def sugerido(origem: Unidade, destino: Unidade | None) -> int | None:
    """O código que o par de unidades já diz; nenhum, se há mais de um que caiba."""
    if destino is None:
        return None
    if origem.tipo == Unidade.Tipo.CRAS and destino.tipo in CREAS:
        return Codigo.CRAS_PARA_CREAS
    if origem.tipo in CREAS and destino.tipo == Unidade.Tipo.CRAS:
        return Codigo.CREAS_PARA_CRAS
    return Codigo.CADUNICO_ATUALIZAR if destino.tipo == Unidade.Tipo.POSTO_CADUNICO else None


class TipoDeGrupo(models.TextChoices):
    """O que se faz junto, como o registro do mês distingue."""

    PAIF = "paif", "Grupo do PAIF"
    PAEFI = "paefi", "Grupo do PAEFI"
    SCFV = "scfv", "Serviço de Convivência e Fortalecimento de Vínculos"
    NAO_CONTINUADA = "nao_continuada", "Palestra, oficina ou outra atividade não continuada"

    @property
    def continuado(self) -> bool:
        """Tem gente que participa sempre?"""
        return self != TipoDeGrupo.NAO_CONTINUADA


def tipos_para(unidade: Unidade) -> list[tuple[str, str]]:
    """O que cada unidade oferta junto: o PAIF é do CRAS, e o PAEFI do CREAS."""
    nao_cabem = set()
    if unidade.tipo != Unidade.Tipo.CRAS:
        nao_cabem.add(TipoDeGrupo.PAIF)
    if unidade.tipo not in CREAS:
        nao_cabem.add(TipoDeGrupo.PAEFI)
    return [(tipo.value, tipo.label) for tipo in TipoDeGrupo if tipo not in nao_cabem]
