"""As unidades do SUAS, os serviços que ofertam, os municípios que atendem, os pedidos e os pares que não se repetem."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from normas.rede.tipificacao import nome_do_servico
from suas.cadastros.territorio.models import ComEndereco, Municipio
from suas.nucleo.identificador import uuid7


class UnidadeQuerySet(models.QuerySet["Unidade"]):
    def da_abrangencia(self, codigo: str) -> UnidadeQuerySet:
        """As unidades com sede em BR, numa UF (2 dígitos) ou num município (7); o vazio não alcança nenhuma."""
        if codigo == "BR":
            return self
        if len(codigo) == 7:
            return self.filter(municipio_id=codigo)
        # o código do município começa pelo da UF: entre este e o seguinte, pelo índice
        return self.filter(municipio__gte=codigo, municipio__lt=str(int(codigo) + 1)) if codigo else self.none()

    def em_funcionamento(self, dia: date) -> UnidadeQuerySet:
        """As abertas no dia: já funcionavam, ou não se sabe desde quando, e não tinham fechado.

        A que foi juntada a outra não conta em dia nenhum: era a mesma unidade, escrita duas vezes (ADR 0065).
        """
        comecou = Q(aberta_em__isnull=True) | Q(aberta_em__lte=dia)
        return self.filter(comecou, Q(fechada_em__isnull=True) | Q(fechada_em__gt=dia), fundida_em__isnull=True)


class Unidade(ComEndereco):
    """Um equipamento da rede socioassistencial, público ou privado, com sede num município.

    `fechada_em` é o primeiro dia em que já não funciona. `versao` cresce a cada mudança: quem grava diz a que leu.
    `conferida_em` é quando alguém da unidade ou da gestão disse pela última vez que o cadastro está certo.
    """

    class Tipo(models.TextChoices):
        CRAS = "cras", "CRAS"
        CREAS = "creas", "CREAS"
        CREAS_REGIONAL = "creas_regional", "CREAS Regional"
        CENTRO_POP = "centro_pop", "Centro POP"
        ACOLHIMENTO = "acolhimento", "Unidade de Acolhimento"
        CENTRO_CONVIVENCIA = "centro_convivencia", "Centro de Convivência"
        CENTRO_DIA = "centro_dia", "Centro-Dia e similares"
        POSTO_CADUNICO = "posto_cadunico", "Posto do Cadastro Único"
        OUTRA = "outra", "Outra unidade"

    class Natureza(models.TextChoices):
        PUBLICA = "publica", "pública"
        PRIVADA = "privada", "privada"

    class SimOuNao(models.TextChoices):
        SIM = "sim", "sim"
        NAO = "nao", "não"

    class Acesso(models.TextChoices):
        """As respostas do Censo SUAS; os textos das duas primeiras são leitura do projeto."""

        CONFORME = "conforme", "sim, de acordo com a NBR 9050"
        EM_DESACORDO = "em_desacordo", "sim, mas não de acordo com a NBR 9050"
        NAO_POSSUI = "nao_possui", "não possui"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    identificador = models.CharField(max_length=11, unique=True, null=True, blank=True)
    tipo = models.CharField(max_length=20, choices=Tipo.choices)
    nome = models.CharField(max_length=150)
    nome_busca = models.CharField("nome sem acentos", max_length=160, editable=False)
    municipio = models.ForeignKey(
        Municipio, on_delete=models.PROTECT, related_name="unidades", verbose_name="município"
    )
    natureza = models.CharField(max_length=7, choices=Natureza.choices, default=Natureza.PUBLICA)
    capacidade = models.PositiveIntegerField(null=True, blank=True)
    implantada_em = models.DateField("implantada em", null=True, blank=True)
    aberta_em = models.DateField("funciona desde", null=True, blank=True)
    fechada_em = models.DateField("primeiro dia fechada", null=True, blank=True)
    motivo_do_fechamento = models.CharField("motivo do fechamento", max_length=500, blank=True)
    dias_por_semana = models.PositiveSmallIntegerField("dias por semana", null=True, blank=True)
    horas_por_dia = models.PositiveSmallIntegerField("horas por dia", null=True, blank=True)
    equipe_volante = models.BooleanField("tem equipe volante", default=False)
    endereco_reservado = models.BooleanField("endereço reservado", default=False)
    situacao_do_imovel = models.CharField("situação do imóvel", max_length=60, blank=True)
    imovel_compartilhado = models.CharField("imóvel compartilhado", max_length=3, choices=SimOuNao.choices, blank=True)
    compartilhado_com = models.CharField("compartilhado com", max_length=300, blank=True)
    placa = models.CharField("tem placa de identificação", max_length=3, choices=SimOuNao.choices, blank=True)
    acesso_principal = models.CharField("acesso principal adaptado", max_length=12, choices=Acesso.choices, blank=True)
    rota_aos_espacos = models.CharField("rota acessível aos espaços", max_length=12, choices=Acesso.choices, blank=True)
    rota_ao_banheiro = models.CharField("rota acessível ao banheiro", max_length=12, choices=Acesso.choices, blank=True)
    banheiro_adaptado = models.CharField("banheiro adaptado", max_length=12, choices=Acesso.choices, blank=True)
    fundida_em = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="fundidas", verbose_name="juntada a"
    )
    desmembrada_de = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="desmembradas",
        verbose_name="desmembrada de",
    )
    conferida_em = models.DateTimeField("conferida em", null=True, blank=True)
    mudada_em = models.DateTimeField("mudada em")
    versao = models.PositiveIntegerField("versão", default=1)
    sintetica = models.BooleanField("inventada, para demonstração", default=False)
    fonte = models.CharField(max_length=200, blank=True)

    objects = UnidadeQuerySet.as_manager()

    class Meta:
        verbose_name = "unidade"
        ordering = ("nome_busca", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(fechada_em__isnull=True) | Q(aberta_em__isnull=True) | Q(fechada_em__gte=F("aberta_em")),
                name="unidade_nao_fecha_antes_de_abrir",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="unidade_coordenadas_aos_pares",
            ),
            models.CheckConstraint(
                condition=Q(dias_por_semana__isnull=True) | Q(dias_por_semana__range=(1, 7)),
                name="unidade_dias_por_semana",
            ),
            models.CheckConstraint(
                condition=Q(horas_por_dia__isnull=True) | Q(horas_por_dia__range=(1, 24)), name="unidade_horas_por_dia"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("nome_busca", "id"), name="unidade_por_nome"),
            models.Index(fields=("municipio", "tipo"), name="unidade_por_municipio_e_tipo"),
            models.Index(fields=("tipo", "nome_busca", "id"), name="unidade_por_tipo_e_nome"),
            models.Index(fields=("mudada_em", "id"), name="unidade_por_mudanca"),
            models.Index(fields=("conferida_em", "id"), name="unidade_por_frescor"),
        ]

    def __str__(self) -> str:
        return self.nome

    @property
    def medida_da_capacidade(self) -> str:
        """O que o número da capacidade conta neste tipo de unidade."""
        return {"cras": "famílias", "acolhimento": "vagas"}.get(self.tipo, "pessoas")

    @property
    def diz_o_imovel(self) -> bool:
        """O cadastro traz o imóvel e a acessibilidade: os formulários do Censo SUAS de CRAS e de CREAS os pedem."""
        return self.tipo in {self.Tipo.CRAS, self.Tipo.CREAS, self.Tipo.CREAS_REGIONAL}

    def funciona_em(self, dia: date) -> bool:
        if self.fundida_em_id is not None:
            return False
        comecou = self.aberta_em is None or self.aberta_em <= dia
        return comecou and (self.fechada_em is None or dia < self.fechada_em)


class PeriodoQuerySet(models.QuerySet[Any]):
    """O que vale de um dia a outro: `desde` vazio é desde sempre, `ate` é o primeiro dia em que já não vale."""

    def vigentes(self, dia: date) -> PeriodoQuerySet:
        """Os que valem no dia."""
        comecou = Q(desde__isnull=True) | Q(desde__lte=dia)
        return self.filter(comecou, Q(ate__isnull=True) | Q(ate__gt=dia))

    def do_mais_novo(self) -> PeriodoQuerySet:
        """O que vale sem fim primeiro; depois, os que acabaram por último."""
        return self.order_by(F("ate").desc(nulls_first=True), "-id")


class ServicoOfertado(models.Model):
    """Um serviço da Tipificação que a unidade oferta, com a capacidade, de um dia a outro (o segundo já não vale)."""

    unidade = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="servicos")
    servico = models.CharField("serviço", max_length=60)
    capacidade = models.PositiveIntegerField(null=True, blank=True)
    desde = models.DateField(null=True, blank=True)
    ate = models.DateField("até", null=True, blank=True)

    objects = PeriodoQuerySet.as_manager()

    class Meta:
        verbose_name = "serviço ofertado"
        verbose_name_plural = "serviços ofertados"
        ordering = ("servico", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("unidade", "servico"), condition=Q(ate__isnull=True), name="servico_um_aberto_por_unidade"
            ),
            models.CheckConstraint(
                condition=Q(ate__isnull=True) | Q(desde__isnull=True) | Q(ate__gte=F("desde")),
                name="servico_nao_termina_antes_de_comecar",
            ),
        ]

    def __str__(self) -> str:
        return self.nome

    @property
    def nome(self) -> str:
        """O nome do serviço na Tipificação; o que não está nela, como se escreveu."""
        return nome_do_servico(self.servico)


class MunicipioAtendido(models.Model):
    """Um município que uma unidade regional atende, com a cota dele se foi combinada.

    `vagas` são as que se guardam ao município; `cota_percentual`, a parte dele no custo; `fluxo`, como quem mora nele
    chega à unidade.
    """

    unidade = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="atendidos")
    municipio = models.ForeignKey(
        Municipio, on_delete=models.PROTECT, related_name="atendido_por", verbose_name="município"
    )
    desde = models.DateField(null=True, blank=True)
    ate = models.DateField("até", null=True, blank=True)
    vagas = models.PositiveIntegerField("cota de vagas", null=True, blank=True)
    cota_percentual = models.DecimalField("parte no custo (%)", max_digits=5, decimal_places=2, null=True, blank=True)
    fluxo = models.CharField("fluxo de acesso", max_length=1000, blank=True)

    objects = PeriodoQuerySet.as_manager()

    class Meta:
        verbose_name = "município atendido"
        verbose_name_plural = "municípios atendidos"
        ordering = ("municipio", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("unidade", "municipio"), condition=Q(ate__isnull=True), name="atendido_um_aberto_por_unidade"
            ),
            models.CheckConstraint(
                condition=Q(cota_percentual__isnull=True) | Q(cota_percentual__range=(0, 100)),
                name="atendido_cota_de_0_a_100",
            ),
            models.CheckConstraint(
                condition=Q(ate__isnull=True) | Q(desde__isnull=True) | Q(ate__gte=F("desde")),
                name="atendido_nao_termina_antes_de_comecar",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipio_id} por {self.unidade_id}"


class Pedido(models.Model):
    """O que muda a existência de uma unidade: pede um, aprova outro. `dados` leva o que o tipo de pedido precisa.

    `feito` guarda o que a aprovação de uma junção ou de um desmembramento mudou em cada linha, para poder voltar. O
    pedido para desfazer leva em `dados` o número do outro (`pedido`) e o que ele fez (`do_que`), em palavras.
    """

    class Tipo(models.TextChoices):
        ABRIR = "abrir", "abrir"
        FECHAR = "fechar", "fechar"
        REABRIR = "reabrir", "reabrir"
        FUNDIR = "fundir", "juntar"
        DESMEMBRAR = "desmembrar", "desmembrar"
        DESFAZER = "desfazer", "desfazer"

    class Estado(models.TextChoices):
        ESPERA = "espera", "à espera"
        APROVADO = "aprovado", "aprovado"
        RECUSADO = "recusado", "recusado"
        DESISTIDO = "desistido", "retirado por quem pediu"
        DESFEITO = "desfeito", "aprovado e depois desfeito"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tipo = models.CharField(max_length=10, choices=Tipo.choices)
    unidade = models.ForeignKey(Unidade, on_delete=models.PROTECT, null=True, blank=True, related_name="pedidos")
    municipio = models.ForeignKey(Municipio, on_delete=models.PROTECT, related_name="+", verbose_name="município")
    dados = models.JSONField(default=dict)
    justificativa = models.TextField()
    pedido_por = models.UUIDField("vínculo de quem pediu", null=True)
    pedido_em = models.DateTimeField("pedido em")
    estado = models.CharField(max_length=10, choices=Estado.choices, default=Estado.ESPERA)
    resposta = models.TextField(blank=True)
    respondido_por = models.UUIDField("vínculo de quem respondeu", null=True)
    respondido_em = models.DateTimeField("respondido em", null=True)
    feito = models.JSONField("o que mudou", default=dict)
    motivo_de_desfazer = models.TextField("por que se desfez", blank=True)
    desfeito_por = models.UUIDField("vínculo de quem desfez", null=True)
    desfeito_em = models.DateTimeField("desfeito em", null=True)

    class Meta:
        verbose_name = "pedido sobre a rede"
        verbose_name_plural = "pedidos sobre a rede"
        ordering = ("-pedido_em", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("unidade",), condition=Q(estado="espera"), name="pedido_um_a_espera_por_unidade"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("municipio", "estado"), name="pedido_por_municipio_e_estado"),
        ]

    def __str__(self) -> str:
        if self.tipo == Pedido.Tipo.DESFAZER:
            return f"desfazer {self.dados['do_que']}"
        de_quem = self.unidade.nome if self.unidade is not None else str(self.dados.get("nome", ""))
        a_quem = f" a {self.dados['fica_nome']}" if self.dados.get("fica_nome") else ""
        if self.tipo == Pedido.Tipo.DESMEMBRAR:
            a_quem = f" e criar {self.dados['nome']}"
        return f"{self.get_tipo_display()} {de_quem}{a_quem}".strip()


class ParDistinto(models.Model):
    """Duas unidades parecidas que alguém do município disse serem mesmo duas: não se sugere mais juntá-las.

    `uma` é a de identificador menor. Voltar atrás apaga a linha; a trilha guarda quem disse e quem voltou.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    uma = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="+")
    outra = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="+")
    municipio = models.ForeignKey(Municipio, on_delete=models.PROTECT, related_name="+", verbose_name="município")
    motivo = models.CharField("por quê", max_length=300, blank=True)
    dito_por = models.UUIDField("vínculo de quem disse", null=True)
    dito_em = models.DateTimeField("dito em")

    class Meta:
        verbose_name = "par de unidades distintas"
        verbose_name_plural = "pares de unidades distintas"
        ordering = ("-dito_em", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("uma", "outra"), name="par_distinto_um_por_par"),
        ]

    def __str__(self) -> str:
        return f"{self.uma.nome} e {self.outra.nome}"
