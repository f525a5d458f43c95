"""Uma partilha: o que entra, o que se escolhe, o que sai, e as peças que a aprovam. Nenhum procedimento mora aqui."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from normas.territorio.federacao import UF_POR_CODIGO
from suas.nucleo.identificador import uuid7

PAIS = "BR"


class Estado(models.TextChoices):
    """Do rascunho à partilha selada, na ordem em que se passa de um ao outro."""

    RASCUNHO = "rascunho", "rascunho"
    SIMULADA = "simulada", "simulada"
    PACTUADA = "pactuada", "pactuada"
    DELIBERADA = "deliberada", "deliberada"
    SELADA = "selada", "selada"


#: Estados em que insumos, opções e cotas ainda mudam.
EM_PREPARO = (Estado.RASCUNHO, Estado.SIMULADA)
#: Estados que qualquer pessoa consulta.
PUBLICOS = (Estado.DELIBERADA, Estado.SELADA)


class Porte(models.TextChoices):
    """Os portes de `normas.territorio.porte`, na mesma ordem e com os mesmos códigos."""

    PEQUENO_I = "PEQUENO_I", "Pequeno I"
    PEQUENO_II = "PEQUENO_II", "Pequeno II"
    MEDIO = "MEDIO", "Médio"
    GRANDE = "GRANDE", "Grande"
    METROPOLE = "METROPOLE", "Metrópole"


class Criterio(models.TextChoices):
    """Como o recurso se divide entre os portes no passo 1."""

    TABELA = "tabela", "percentuais da tabela da norma"
    POPULACAO = "populacao", "população residente de cada porte"


class Normalizacao(models.TextChoices):
    """Entre que municípios se comparam os três indicadores básicos no passo 3."""

    PORTE = "porte", "todos do mesmo porte no país"
    UF_PORTE = "uf_porte", "os do mesmo porte no estado"


class Direcao(models.TextChoices):
    """Que ponta do indicador complementar é a pior."""

    ALTO_PIOR = "alto_pior", "número alto é pior"
    BAIXO_PIOR = "baixo_pior", "número baixo é pior"


class Situacao(models.TextChoices):
    """O que coube ao município, nas palavras do arquivo municipios.csv."""

    CONTEMPLADO = "contemplado", "contemplado"
    NAO_ALCANCADO = "nao_alcancado", "não alcançado"
    MINIMO_JA_ATENDIDO = "minimo_ja_atendido", "mínimo já atendido"
    NAO_ELEGIVEL = "nao_elegivel", "não elegível"
    NAO_CLASSIFICADO = "nao_classificado", "não classificado"


class PartilhaQuerySet(models.QuerySet["Partilha"]):
    def publicas(self) -> PartilhaQuerySet:
        """As que já foram deliberadas ou seladas."""
        return self.filter(estado__in=PUBLICOS)


class Partilha(models.Model):
    """Uma execução da partilha: o recurso, as opções e o estado. Cenários são outras partilhas (`cenario_de`).

    `versao_insumos` cresce a cada mudança de insumo, opção ou indicador complementar; `versao_simulada` é a que as
    cotas gravadas usaram. Diferentes, as cotas estão desatualizadas. `faltas` conta o que impede a simulação
    com os insumos e opções de agora. `origens` diz a fonte de cada dado que vale para
    quase todas as linhas; a linha que difere a diz em `Insumo.origens`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    nome = models.CharField(max_length=120)
    exercicio = models.PositiveSmallIntegerField("exercício")
    ambito = models.CharField("âmbito", max_length=2, help_text="BR ou o código da UF que partilha o fundo estadual")
    recurso_centavos = models.BigIntegerField("recurso, em centavos")
    pbf_centavos = models.PositiveIntegerField("Piso Básico Fixo por família e mês, em centavos")
    criterio_porte = models.CharField(max_length=10, choices=Criterio.choices, default=Criterio.TABELA)
    normalizacao = models.CharField(
        "normalização", max_length=10, choices=Normalizacao.choices, default=Normalizacao.PORTE
    )
    transicao_2005 = models.BooleanField("transição de 2005", default=False)
    excluir_incompletos = models.BooleanField(default=False)
    ano_populacao = models.PositiveSmallIntegerField("ano da população")
    estado = models.CharField(max_length=10, choices=Estado.choices, default=Estado.RASCUNHO)
    cenario_de = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="cenarios", verbose_name="cenário de"
    )
    sintetica = models.BooleanField("tem insumo sintético", default=False)
    simulacao_norma_nao_vigente = models.BooleanField(default=False)
    versao_insumos = models.PositiveIntegerField(default=0)
    faltas = models.PositiveIntegerField("dados que faltam ou não servem", default=0)
    versao_simulada = models.PositiveIntegerField(null=True, blank=True)
    origens = models.JSONField(default=dict, blank=True)
    resumo = models.JSONField("totais da última simulação", default=dict, blank=True)
    sha256 = models.CharField("SHA-256 da memória", max_length=64, blank=True)
    andamento_id = models.UUIDField("andamento da última simulação pedida", null=True, blank=True)
    criada_em = models.DateTimeField()
    criada_por = models.ForeignKey("identidade.Pessoa", null=True, on_delete=models.PROTECT, related_name="+")
    mudada_em = models.DateTimeField()
    simulada_em = models.DateTimeField(null=True, blank=True)
    selada_em = models.DateTimeField(null=True, blank=True)

    objects = PartilhaQuerySet.as_manager()

    class Meta:
        verbose_name = "partilha"
        ordering = ("-criada_em", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(recurso_centavos__gt=0), name="partilhas_recurso_maior_que_zero"),
            models.CheckConstraint(condition=Q(pbf_centavos__gt=0), name="partilhas_pbf_maior_que_zero"),
            models.CheckConstraint(condition=Q(estado__in=Estado.values), name="partilhas_estado_conhecido"),
            models.CheckConstraint(
                condition=Q(estado=Estado.RASCUNHO) | ~Q(sha256=""), name="partilhas_simulada_tem_memoria"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-criada_em", "-id"], name="partilhas_mais_novas"),
            models.Index(fields=["estado", "-criada_em"], name="partilhas_por_estado"),
            models.Index(fields=["ambito", "-criada_em"], name="partilhas_por_ambito"),
        ]

    def __str__(self) -> str:
        return f"{self.nome} ({self.exercicio})"

    @property
    def em_preparo(self) -> bool:
        """Insumos, opções e cotas ainda podem mudar?"""
        return self.estado in EM_PREPARO

    @property
    def publica(self) -> bool:
        return self.estado in PUBLICOS

    @property
    def desatualizada(self) -> bool:
        """Os insumos mudaram depois da simulação gravada?"""
        return self.versao_simulada is not None and self.versao_simulada != self.versao_insumos

    @property
    def nacional(self) -> bool:
        return self.ambito == PAIS

    @property
    def uf_do_ambito(self) -> str | None:
        """A sigla da UF que conduz, ou None na partilha nacional."""
        return None if self.nacional else UF_POR_CODIGO[self.ambito].sigla

    @property
    def nome_do_ambito(self) -> str:
        return "Brasil" if self.nacional else UF_POR_CODIGO[self.ambito].nome

    @property
    def comissao(self) -> str:
        """Quem pactua: a CIT para o recurso federal, a CIB para o estadual."""
        return "CIT" if self.nacional else "CIB"

    @property
    def conselho(self) -> str:
        """Quem delibera: o CNAS para o recurso federal, o CEAS para o estadual."""
        return "CNAS" if self.nacional else "CEAS"


class Memoria(models.Model):
    """A memória de cálculo canônica, comprimida; fica fora da partilha para as listas não a carregarem."""

    partilha = models.OneToOneField(Partilha, primary_key=True, on_delete=models.CASCADE, related_name="memoria")
    comprimida = models.BinaryField("bytes canônicos comprimidos por zlib")
    tamanho = models.PositiveIntegerField("tamanho antes de comprimir, em bytes")

    class Meta:
        verbose_name = "memória"

    def __str__(self) -> str:
        return f"memória de {self.partilha_id}"


class IndicadorComplementar(models.Model):
    """O indicador que uma instância escolheu para um porte, com a direção dele.

    `instancia` é a sigla da UF para Pequeno I e II (CIB), a região para Médio e Grande (CIT, ouvidos os estados) e
    "BR" para Metrópole (CIT).
    """

    partilha = models.ForeignKey(Partilha, on_delete=models.CASCADE, related_name="complementares")
    porte = models.CharField(max_length=10, choices=Porte.choices)
    instancia = models.CharField("instância", max_length=12)
    indicador_codigo = models.CharField(max_length=60)
    nome = models.CharField(max_length=200)
    unidade = models.CharField(max_length=40, blank=True)
    direcao = models.CharField("direção", max_length=10, choices=Direcao.choices)
    fonte = models.CharField(max_length=200, blank=True)
    ano = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "indicador complementar"
        verbose_name_plural = "indicadores complementares"
        ordering = ("id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["partilha", "porte", "instancia"], name="partilhas_um_complementar_por_instancia"
            )
        ]

    def __str__(self) -> str:
        return f"{self.nome} ({self.get_porte_display()}, {self.instancia})"


class Insumo(models.Model):
    """A linha de entrada de um município, congelada. Cada dado é o texto exato; vazio é o que falta.

    `origens` traz, por dado, o que difere de `Partilha.origens`: {fonte, ano, sintetico, motivo}.
    """

    partilha = models.ForeignKey(Partilha, on_delete=models.CASCADE, related_name="insumos", db_index=False)
    municipio = models.ForeignKey(
        "territorio.Municipio", on_delete=models.PROTECT, db_column="codigo_ibge", related_name="+", db_index=False
    )
    uf = models.CharField("UF", max_length=2)
    populacao = models.CharField("população", max_length=40, blank=True)
    populacao_vulneravel = models.CharField("população vulnerável", max_length=40, blank=True)
    familias = models.CharField("famílias", max_length=40, blank=True)
    familias_pobres = models.CharField("famílias pobres", max_length=40, blank=True)
    rcl_per_capita = models.CharField("receita corrente líquida por habitante", max_length=40, blank=True)
    fnas_psb_per_capita = models.CharField("FNAS na proteção básica por habitante", max_length=40, blank=True)
    indicador_complementar = models.CharField("indicador complementar", max_length=40, blank=True)
    nivel_gestao = models.CharField("nível de gestão", max_length=40, blank=True)
    adesao_suas = models.CharField("adesão ao SUAS", max_length=40, blank=True)
    cras_cofinanciados = models.CharField("CRAS cofinanciados", max_length=40, blank=True)
    origens = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "insumo"
        ordering = ("municipio_id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["partilha", "municipio"], name="partilhas_um_insumo_por_municipio")
        ]

    def __str__(self) -> str:
        return f"{self.municipio_id} na partilha {self.partilha_id}"


class Cota(models.Model):
    """O resultado de um município. `indice` tem seis casas; vazio, como `ordem`, para quem não foi classificado."""

    partilha = models.ForeignKey(Partilha, on_delete=models.CASCADE, related_name="cotas", db_index=False)
    municipio = models.ForeignKey(
        "territorio.Municipio", on_delete=models.PROTECT, db_column="codigo_ibge", related_name="+", db_index=False
    )
    uf = models.CharField("UF", max_length=2)
    porte = models.CharField(max_length=10, choices=Porte.choices)
    indice = models.CharField("índice", max_length=12, blank=True)
    ordem = models.PositiveIntegerField("ordem entre os do mesmo estado e porte", null=True)
    elegivel = models.BooleanField("elegível")
    situacao = models.CharField("situação", max_length=20, choices=Situacao.choices)
    motivo = models.TextField(blank=True)
    cras_minimo = models.PositiveSmallIntegerField("CRAS mínimo")
    cras_a_financiar = models.PositiveSmallIntegerField("CRAS a financiar")
    valor_minimo_centavos = models.BigIntegerField("valor mínimo, em centavos")
    valor_centavos = models.BigIntegerField("valor partilhado, em centavos")

    class Meta:
        verbose_name = "cota"
        ordering = ("municipio_id",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["partilha", "municipio"], name="partilhas_uma_cota_por_municipio"),
            models.CheckConstraint(condition=Q(valor_centavos__gte=0), name="partilhas_cota_nao_negativa"),
            models.CheckConstraint(
                condition=Q(valor_centavos=0) | Q(valor_centavos=F("valor_minimo_centavos")),
                name="partilhas_cota_inteira_ou_nenhuma",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["partilha", "uf", "porte", "ordem"], name="partilhas_fila")
        ]

    def __str__(self) -> str:
        return f"cota de {self.municipio_id} na partilha {self.partilha_id}"


class Grupo(models.Model):
    """Um porte num estado: o que recebeu nos passos 1 e 2, o que passou entre portes, o que pagou e o que ficou."""

    partilha = models.ForeignKey(Partilha, on_delete=models.CASCADE, related_name="grupos", db_index=False)
    uf = models.CharField("UF", max_length=2)
    porte = models.CharField(max_length=10, choices=Porte.choices)
    passo1_centavos = models.BigIntegerField("passo 1: o porte no país, em centavos")
    passo2_centavos = models.BigIntegerField("passo 2: o porte no estado, em centavos")
    recebido_centavos = models.BigIntegerField("recebido de outros portes, em centavos")
    cedido_centavos = models.BigIntegerField("cedido a outros portes, em centavos")
    pago_centavos = models.BigIntegerField("pago, em centavos")
    saldo_centavos = models.BigIntegerField("saldo, em centavos")

    class Meta:
        verbose_name = "grupo"
        ordering = ("uf", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["partilha", "uf", "porte"], name="partilhas_um_grupo_por_uf_e_porte"),
            models.CheckConstraint(
                condition=Q(
                    saldo_centavos=F("passo2_centavos")
                    + F("recebido_centavos")
                    - F("cedido_centavos")
                    - F("pago_centavos")
                ),
                name="partilhas_grupo_fecha",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uf}, {self.get_porte_display()}"


class TipoDePeca(models.TextChoices):
    PACTUACAO = "pactuacao", "pactuação"
    RESOLUCAO = "resolucao", "resolução"


class Peca(models.Model):
    """O documento que aprova: a pactuação da comissão, depois a resolução do conselho."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partilha = models.ForeignKey(Partilha, on_delete=models.CASCADE, related_name="pecas")
    tipo = models.CharField(max_length=10, choices=TipoDePeca.choices)
    instancia = models.CharField("instância", max_length=5, help_text="CIT e CNAS, ou CIB e CEAS")
    numero = models.CharField("número", max_length=40)
    dia = models.DateField("data")
    documento = models.ForeignKey("documentos.Documento", on_delete=models.PROTECT, related_name="+")
    juntada_em = models.DateTimeField()

    class Meta:
        verbose_name = "peça"
        ordering = ("tipo",)  # pactuação, depois resolução
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["partilha", "tipo"], name="partilhas_uma_peca_de_cada_tipo")
        ]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()} {self.instancia} nº {self.numero}"
