"""As entidades e organizações de assistência social, o que ofertam e as suas inscrições nos conselhos."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from normas.base.documentos import cnpj_com_pontos
from suas.cadastros.territorio.models import ComEndereco, Municipio
from suas.nucleo.identificador import uuid7


class EntidadeQuerySet(models.QuerySet["Entidade"]):
    def da_abrangencia(self, codigo: str) -> EntidadeQuerySet:
        """As entidades com sede em BR, numa UF (2 dígitos) ou num município (7); o vazio não alcança nenhuma."""
        if codigo == "BR":
            return self
        if len(codigo) == 7:
            return self.filter(municipio_id=codigo)
        return self.filter(municipio__codigo_ibge__startswith=codigo) if codigo else self.none()


class Entidade(ComEndereco):
    """Uma entidade ou organização, pela inscrição no CNPJ; `municipio` é o da sede.

    `versao` cresce a cada mudança: quem grava diz a que leu. `conferida_em` é quando alguém da entidade ou do órgão
    gestor disse pela última vez que está tudo certo. O CNEAS está concluído desde `cneas_concluido_em`.
    """

    class Natureza(models.TextChoices):
        ASSOCIACAO = "associacao", "associação"
        FUNDACAO = "fundacao", "fundação"
        ORGANIZACAO_RELIGIOSA = "organizacao_religiosa", "organização religiosa"
        OUTRA = "outra", "outra, sem fins lucrativos"

    class Area(models.TextChoices):
        ASSISTENCIA_SOCIAL = "assistencia_social", "assistência social"
        EDUCACAO = "educacao", "educação"
        SAUDE = "saude", "saúde"
        OUTRA = "outra", "outra área"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    cnpj = models.CharField("CNPJ", max_length=14, unique=True)
    razao_social = models.CharField("razão social", max_length=200)
    nome_fantasia = models.CharField("nome fantasia", max_length=200, blank=True)
    nome_busca = models.CharField("nome sem acentos", max_length=420, editable=False)
    natureza_juridica = models.CharField("natureza jurídica", max_length=25, choices=Natureza.choices)
    area_preponderante = models.CharField(
        "área preponderante", max_length=20, choices=Area.choices, default=Area.ASSISTENCIA_SOCIAL
    )
    atende = models.BooleanField("é de atendimento", default=False)
    assessora = models.BooleanField("é de assessoramento", default=False)
    defende = models.BooleanField("é de defesa e garantia de direitos", default=False)
    municipio = models.ForeignKey(
        Municipio, on_delete=models.PROTECT, related_name="entidades", verbose_name="município da sede"
    )
    fontes_de_recurso = models.CharField("fontes de recurso", max_length=400, blank=True)
    cneas_visita_em = models.DateField("visita do órgão gestor", null=True, blank=True)
    cneas_concluido_em = models.DateField("CNEAS concluído em", null=True, blank=True)
    conferida_em = models.DateTimeField("conferida em", null=True, blank=True)
    criada_em = models.DateTimeField("criada em")
    mudada_em = models.DateTimeField("mudada em")
    versao = models.PositiveIntegerField("versão", default=1)
    sintetica = models.BooleanField("inventada, para demonstração", default=False)

    objects = EntidadeQuerySet.as_manager()

    class Meta:
        verbose_name = "entidade"
        ordering = ("nome_busca", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(atende=True) | Q(assessora=True) | Q(defende=True), name="entidade_diz_o_que_faz"
            ),
            models.CheckConstraint(
                condition=Q(cneas_concluido_em__isnull=True) | Q(cneas_visita_em__isnull=False),
                name="entidade_concluida_foi_visitada",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipio", "nome_busca"], name="entidade_por_municipio"),
            models.Index(fields=["nome_busca", "id"], name="entidade_por_nome"),
            models.Index(fields=["mudada_em", "id"], name="entidade_por_mudanca"),
        ]

    def __str__(self) -> str:
        return self.nome

    @property
    def nome(self) -> str:
        """Como é conhecida: o nome fantasia ou, sem ele, a razão social."""
        return self.nome_fantasia or self.razao_social

    @property
    def cnpj_escrito(self) -> str:
        return cnpj_com_pontos(self.cnpj)

    @property
    def tipos(self) -> list[str]:
        """O que a entidade faz, em palavras: atendimento, assessoramento, defesa e garantia de direitos."""
        pares = (
            (self.atende, "atendimento"),
            (self.assessora, "assessoramento"),
            (self.defende, "defesa e garantia de direitos"),
        )
        return [palavra for vale, palavra in pares if vale]

    @property
    def fontes(self) -> list[str]:
        return [fonte for fonte in self.fontes_de_recurso.split("; ") if fonte]


class Atuacao(models.Model):
    """Um município em que a entidade atua, além do da sede."""

    entidade = models.ForeignKey(Entidade, on_delete=models.CASCADE, related_name="atuacoes")
    municipio = models.ForeignKey(Municipio, on_delete=models.PROTECT, related_name="+", verbose_name="município")

    class Meta:
        verbose_name = "município em que atua"
        verbose_name_plural = "municípios em que atua"
        ordering = ("municipio__nome_busca",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("entidade", "municipio"), name="atuacao_uma_por_municipio")
        ]

    def __str__(self) -> str:
        return str(self.municipio)


class Dirigente(models.Model):
    """Quem dirige a entidade e por quanto tempo, segundo a ata. O identificador é o titular dos dados."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entidade = models.ForeignKey(Entidade, on_delete=models.CASCADE, related_name="dirigentes")
    nome = models.CharField(max_length=150)
    cargo = models.CharField(max_length=80)
    desde = models.DateField("mandato desde")
    ate = models.DateField("último dia do mandato", null=True, blank=True)

    class Meta:
        verbose_name = "dirigente"
        ordering = ("-desde", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ate__isnull=True) | Q(ate__gte=models.F("desde")), name="dirigente_mandato_em_ordem"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cargo} da entidade"


class Oferta(models.Model):
    """O que a entidade oferta num município: um serviço da Tipificação, outra oferta, assessoramento ou defesa.

    `ate` é o primeiro dia em que já não se oferta. `atendidos` são as pessoas, ou famílias, que a entidade diz atender.
    """

    class Tipo(models.TextChoices):
        SERVICO = "servico", "serviço"
        PROGRAMA = "programa", "programa"
        PROJETO = "projeto", "projeto"
        BENEFICIO = "beneficio", "benefício"
        ASSESSORAMENTO = "assessoramento", "assessoramento"
        DEFESA = "defesa", "defesa e garantia de direitos"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entidade = models.ForeignKey(Entidade, on_delete=models.CASCADE, related_name="ofertas")
    municipio = models.ForeignKey(
        Municipio, on_delete=models.PROTECT, related_name="ofertas_de_entidades", verbose_name="município"
    )
    tipo = models.CharField(max_length=15, choices=Tipo.choices)
    servico = models.CharField("serviço da Tipificação", max_length=60, blank=True)
    nome = models.CharField(max_length=200)
    publico = models.CharField("público", max_length=300, blank=True)
    capacidade = models.PositiveIntegerField(null=True, blank=True)
    atendidos = models.PositiveIntegerField(null=True, blank=True)
    dias_e_horas = models.CharField("dias e horas", max_length=200, blank=True)
    lugar = models.CharField("onde se oferta", max_length=300, blank=True)
    gratuita = models.BooleanField("é gratuita", default=True)
    desde = models.DateField("ofertada desde", null=True, blank=True)
    ate = models.DateField("primeiro dia sem a oferta", null=True, blank=True)

    class Meta:
        verbose_name = "oferta"
        ordering = ("municipio__nome_busca", "nome", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(servico="") | Q(tipo="servico"), name="oferta_tipificada_e_servico"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["servico", "municipio"], name="oferta_por_servico"),
        ]

    def __str__(self) -> str:
        return self.nome


class Parceria(models.Model):
    """Uma parceria da entidade com o poder público; acordo de cooperação não tem valor. `ate` é o último dia."""

    class Tipo(models.TextChoices):
        COLABORACAO = "colaboracao", "termo de colaboração"
        FOMENTO = "fomento", "termo de fomento"
        COOPERACAO = "cooperacao", "acordo de cooperação"
        CONVENIO = "convenio", "convênio"
        OUTRA = "outra", "outro instrumento"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entidade = models.ForeignKey(Entidade, on_delete=models.CASCADE, related_name="parcerias")
    oferta = models.ForeignKey(
        Oferta, on_delete=models.PROTECT, null=True, blank=True, related_name="parcerias", verbose_name="oferta"
    )
    tipo = models.CharField(max_length=15, choices=Tipo.choices)
    numero = models.CharField("número", max_length=60)
    orgao = models.CharField("com quem", max_length=200)
    objeto = models.CharField("para quê", max_length=500, blank=True)
    desde = models.DateField("vale desde")
    ate = models.DateField("último dia")
    valor_centavos = models.BigIntegerField("valor, em centavos", null=True, blank=True)

    class Meta:
        verbose_name = "parceria"
        ordering = ("-desde", "numero")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ate__gte=models.F("desde")), name="parceria_em_ordem"),
            models.CheckConstraint(
                condition=Q(valor_centavos__isnull=True) | Q(valor_centavos__gte=0), name="parceria_sem_valor_negativo"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()} nº {self.numero}"


class VinculoSUAS(models.Model):
    """Um período em que a entidade é reconhecida como da rede do SUAS. `ate` é o primeiro dia em que já não é."""

    entidade = models.ForeignKey(Entidade, on_delete=models.CASCADE, related_name="vinculos_suas")
    desde = models.DateField("reconhecido desde")
    por_que = models.CharField("por quê", max_length=500)
    ate = models.DateField("primeiro dia sem o vínculo", null=True, blank=True)
    fim_por_que = models.CharField("por que terminou", max_length=500, blank=True)

    class Meta:
        verbose_name = "vínculo SUAS"
        verbose_name_plural = "vínculos SUAS"
        ordering = ("-desde", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("entidade",), condition=Q(ate__isnull=True), name="vinculo_suas_um_aberto_por_vez"
            )
        ]

    def __str__(self) -> str:
        return f"vínculo SUAS desde {self.desde:%d/%m/%Y}"


class Inscricao(models.Model):
    """A inscrição de uma entidade, ou de uma oferta dela, no conselho de um município, do protocolo ao fim.

    `numero` é da ordem do conselho: dado uma vez, nunca muda nem volta a ser usado. `etapa` é a que se espera agora,
    vazia quando nenhuma; `passos` guarda o que já se fez. `valida_ate` só existe onde o conselho marca validade.
    """

    class Especie(models.TextChoices):
        ENTIDADE = "entidade", "entidade"
        OFERTA = "oferta", "serviço, programa, projeto ou benefício"

    class Estado(models.TextChoices):
        EM_ANDAMENTO = "em_andamento", "em andamento"
        INSCRITA = "inscrita", "inscrita"
        INDEFERIDA = "indeferida", "indeferida"
        CANCELADA = "cancelada", "cancelada"
        DESISTIDA = "desistida", "encerrada por desistência"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entidade = models.ForeignKey(Entidade, on_delete=models.PROTECT, related_name="inscricoes")
    municipio = models.ForeignKey(
        Municipio, on_delete=models.PROTECT, related_name="inscricoes", verbose_name="município do conselho"
    )
    especie = models.CharField("espécie", max_length=10, choices=Especie.choices)
    oferta = models.ForeignKey(
        Oferta, on_delete=models.PROTECT, null=True, blank=True, related_name="inscricoes", verbose_name="oferta"
    )
    numero = models.PositiveIntegerField("número", null=True, blank=True)
    estado = models.CharField(max_length=12, choices=Estado.choices, default=Estado.EM_ANDAMENTO)
    etapa = models.CharField(max_length=15, blank=True)
    protocolada_em = models.DateField("protocolada em", null=True, blank=True)
    decidida_em = models.DateField("decidida em", null=True, blank=True)
    resolucao = models.CharField("resolução", max_length=120, blank=True)
    publicada_em = models.DateField("publicada em", null=True, blank=True)
    valida_ate = models.DateField("válida até", null=True, blank=True)
    encerrada_em = models.DateField("encerrada em", null=True, blank=True)
    mudada_em = models.DateTimeField("mudada em")

    class Meta:
        verbose_name = "inscrição no conselho"
        verbose_name_plural = "inscrições no conselho"
        ordering = ("municipio", "numero", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("municipio", "numero"), name="inscricao_numero_unico_no_municipio"),
            models.UniqueConstraint(
                fields=("entidade", "municipio"),
                condition=Q(especie="entidade", estado__in=("em_andamento", "inscrita")),
                name="inscricao_da_entidade_uma_so",
            ),
            models.UniqueConstraint(
                fields=("oferta",),
                condition=Q(estado__in=("em_andamento", "inscrita")),
                name="inscricao_da_oferta_uma_so",
            ),
            models.CheckConstraint(
                condition=Q(especie="oferta", oferta__isnull=False) | Q(especie="entidade", oferta__isnull=True),
                name="inscricao_da_oferta_diz_qual",
            ),
            models.CheckConstraint(
                condition=Q(numero__isnull=False, estado__in=("inscrita", "cancelada", "desistida"))
                | Q(numero__isnull=True, estado__in=("em_andamento", "indeferida", "desistida")),
                name="inscricao_numerada_quando_inscrita",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["municipio", "estado", "protocolada_em"], name="inscricao_do_conselho"),
            models.Index(fields=["mudada_em", "id"], name="inscricao_por_mudanca"),
        ]

    def __str__(self) -> str:
        qual = f"nº {self.numero}" if self.numero else "sem número"
        return f"inscrição {qual} ({self.municipio})"

    @property
    def do_que(self) -> str:
        """O que se inscreve: a própria entidade, ou a oferta pelo nome."""
        return self.oferta.nome if self.oferta else "a entidade"


class Passo(models.Model):
    """O que se fez numa etapa de uma inscrição; nunca muda. `quem` é o vínculo de quem fez, e não o nome."""

    inscricao = models.ForeignKey(Inscricao, on_delete=models.PROTECT, related_name="passos")
    etapa = models.CharField(max_length=15)
    resultado = models.CharField(max_length=15)
    dia = models.DateField()
    texto = models.TextField("o que se fez ou decidiu", blank=True)
    documento = models.ForeignKey(
        "documentos.Documento", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    quem = models.CharField(max_length=300)
    em = models.DateTimeField()

    class Meta:
        verbose_name = "passo da inscrição"
        verbose_name_plural = "passos da inscrição"
        ordering = ("em", "id")

    def __str__(self) -> str:
        return f"{self.etapa}: {self.resultado}"


class Entrega(models.Model):
    """Um documento que a entidade juntou a uma inscrição: o exigido para ela, ou o plano e o relatório do ano."""

    class Conferencia(models.TextChoices):
        ESPERA = "espera", "espera a conferência"
        ACEITO = "aceito", "aceito"
        DEVOLVIDO = "devolvido", "devolvido"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    inscricao = models.ForeignKey(Inscricao, on_delete=models.PROTECT, related_name="entregas")
    exigencia = models.CharField("documento exigido", max_length=30)
    exercicio = models.PositiveSmallIntegerField("exercício", null=True, blank=True)
    documento = models.ForeignKey("documentos.Documento", on_delete=models.PROTECT, related_name="+")
    entregue_em = models.DateTimeField("entregue em")
    conferencia = models.CharField(
        "conferência", max_length=10, choices=Conferencia.choices, default=Conferencia.ESPERA
    )
    observacao = models.CharField("observação", max_length=500, blank=True)

    class Meta:
        verbose_name = "documento da inscrição"
        verbose_name_plural = "documentos da inscrição"
        ordering = ("-entregue_em", "-id")

    def __str__(self) -> str:
        return f"{self.exigencia} ({self.get_conferencia_display()})"


class Cancelamento(models.Model):
    """O processo de cancelar uma inscrição: o motivo, a defesa da entidade e a decisão do conselho."""

    class Decisao(models.TextChoices):
        MANTIDA = "mantida", "inscrição mantida"
        CANCELADA = "cancelada", "inscrição cancelada"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    inscricao = models.ForeignKey(Inscricao, on_delete=models.PROTECT, related_name="cancelamentos")
    motivo = models.TextField()
    aberto_em = models.DateField("aberto em")
    defesa_ate = models.DateField("defesa até", null=True, blank=True)
    defesa = models.TextField(blank=True)
    defendida_em = models.DateField("defesa apresentada em", null=True, blank=True)
    decisao = models.CharField("decisão", max_length=10, choices=Decisao.choices, blank=True)
    razao = models.TextField("razão da decisão", blank=True)
    resolucao = models.CharField("resolução", max_length=120, blank=True)
    decidido_em = models.DateField("decidido em", null=True, blank=True)

    class Meta:
        verbose_name = "cancelamento de inscrição"
        verbose_name_plural = "cancelamentos de inscrição"
        ordering = ("-aberto_em", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("inscricao",), condition=Q(decisao=""), name="cancelamento_um_aberto_por_vez"
            )
        ]

    def __str__(self) -> str:
        return f"cancelamento da {self.inscricao}"


class EtapaDoConselho(models.Model):
    """Como um conselho usa uma etapa: se usa, e em quantos dias espera fazê-la (o prazo só avisa)."""

    municipio = models.ForeignKey(
        Municipio, on_delete=models.PROTECT, related_name="+", verbose_name="município do conselho"
    )
    etapa = models.CharField(max_length=15)
    usada = models.BooleanField(default=True)
    prazo_dias = models.PositiveSmallIntegerField("prazo em dias", null=True, blank=True)

    class Meta:
        verbose_name = "etapa do conselho"
        verbose_name_plural = "etapas do conselho"
        ordering = ("municipio", "etapa")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("municipio", "etapa"), name="etapa_do_conselho_uma_vez")
        ]

    def __str__(self) -> str:
        return f"{self.etapa} em {self.municipio}"
