"""A família e as pessoas dela, o domicílio, o prontuário em cada unidade e o que nele se anota."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from suas.atendimento.familias import listas
from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.models import ComEndereco
from suas.nucleo.identificador import uuid7


class PessoaAtendida(models.Model):
    """Quem é atendido, uma vez só em cada município; `abrangencia` é o município que guarda o registro."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    abrangencia = models.CharField("município", max_length=7)
    nome = models.CharField("nome completo", max_length=150)
    nome_social = models.CharField("nome social", max_length=150, blank=True)
    apelido = models.CharField(max_length=60, blank=True)
    nome_da_mae = models.CharField("nome da mãe", max_length=150, blank=True)
    nis = models.CharField("NIS", max_length=11, null=True, blank=True)
    cpf = models.CharField("CPF", max_length=11, null=True, blank=True)
    nascimento = models.DateField("data de nascimento", null=True, blank=True)
    sexo = models.CharField(max_length=1, choices=listas.Sexo.choices, blank=True)
    deficiencia = models.BooleanField("pessoa com deficiência", null=True, blank=True)
    criada_em = models.DateTimeField("criada em")
    mudada_em = models.DateTimeField("mudada em")
    versao = models.PositiveIntegerField("versão", default=1)
    sintetica = models.BooleanField("inventada, para demonstração", default=False)

    class Meta:
        verbose_name = "pessoa atendida"
        verbose_name_plural = "pessoas atendidas"
        ordering = ("criada_em", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("abrangencia", "cpf"), name="pessoa_um_cpf_no_municipio"),
            models.UniqueConstraint(fields=("abrangencia", "nis"), name="pessoa_um_nis_no_municipio"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("abrangencia", "nascimento"), name="pessoa_por_nascimento"),
        ]

    def __str__(self) -> str:
        """Sem o nome: este texto vai a frases da trilha, que não se cifram."""
        return "pessoa atendida"

    @property
    def como_se_chama(self) -> str:
        """O nome social, se a pessoa o usa; senão o do documento."""
        return self.nome_social or self.nome

    def idade(self, dia: date) -> int | None:
        """Anos completos no dia; nada, se não se sabe o nascimento."""
        if self.nascimento is None:
            return None
        return dia.year - self.nascimento.year - ((dia.month, dia.day) < (self.nascimento.month, self.nascimento.day))


class PalavraDoNome(models.Model):
    """Uma palavra do nome, escrita e como soa, para a busca. Refeita sempre que o nome muda."""

    pessoa = models.ForeignKey(PessoaAtendida, on_delete=models.CASCADE, related_name="palavras")
    abrangencia = models.CharField("município", max_length=7)
    palavra = models.CharField(max_length=60)
    som = models.CharField(max_length=60)

    class Meta:
        verbose_name = "palavra do nome"
        verbose_name_plural = "palavras dos nomes"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("abrangencia", "palavra", "pessoa"), name="palavra_escrita"),
            models.Index(fields=("abrangencia", "som", "pessoa"), name="palavra_como_soa"),
        ]

    def __str__(self) -> str:
        return "palavra do nome"


class Familia(models.Model):
    """Uma família do município. A composição, o domicílio e os prontuários são linhas com começo e fim."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    abrangencia = models.CharField("município", max_length=7)
    especificidade = models.CharField(max_length=20, choices=listas.Especificidade.choices, blank=True)
    povo = models.CharField("povo ou etnia", max_length=60, blank=True)
    cras = models.ForeignKey(
        Unidade,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="familias_referenciadas",
        verbose_name="CRAS de referência",
    )
    criada_em = models.DateTimeField("criada em")
    mudada_em = models.DateTimeField("mudada em")
    versao = models.PositiveIntegerField("versão", default=1)
    sintetica = models.BooleanField("inventada, para demonstração", default=False)

    class Meta:
        verbose_name = "família"
        ordering = ("criada_em", "id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("abrangencia", "mudada_em"), name="familia_por_mudanca"),
        ]

    def __str__(self) -> str:
        return "família"


class Engano(models.Model):
    """A família registrada por engano, anulada com motivo. Desfeito, ela volta como estava; a linha fica."""

    familia = models.ForeignKey(Familia, on_delete=models.PROTECT, related_name="enganos")
    abrangencia = models.CharField("município", max_length=7)
    motivo = models.CharField("por que se anulou", max_length=300)
    quem = models.ForeignKey(
        "identidade.Pessoa", on_delete=models.PROTECT, related_name="+", verbose_name="quem anulou"
    )
    em = models.DateTimeField("anulada em")
    integrantes = models.JSONField("quem saiu da composição", default=list)
    fora_da_busca = models.JSONField("quem deixou de se achar pelo nome", default=list)
    desfeito_em = models.DateTimeField("desfeito em", null=True, blank=True)

    class Meta:
        verbose_name = "família anulada"
        verbose_name_plural = "famílias anuladas"
        ordering = ("-em", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("familia",), condition=Q(desfeito_em__isnull=True), name="engano_um_por_vez"
            ),
        ]

    def __str__(self) -> str:
        return f"anulação de {self.em:%d/%m/%Y}"


class Integrante(models.Model):
    """Uma pessoa na composição da família. Quem sai não se apaga: fica com o dia, o motivo e quem registrou."""

    familia = models.ForeignKey(Familia, on_delete=models.PROTECT, related_name="integrantes")
    pessoa = models.ForeignKey(PessoaAtendida, on_delete=models.PROTECT, related_name="participacoes")
    abrangencia = models.CharField("município", max_length=7)
    ordem = models.PositiveSmallIntegerField("número de ordem")
    parentesco = models.PositiveSmallIntegerField(choices=listas.Parentesco.choices)
    desde = models.DateField("registro")
    ate = models.DateField("saída", null=True, blank=True)
    saida = models.CharField("por que saiu", max_length=15, choices=listas.Saida.choices, blank=True)
    motivo = models.CharField("em palavras", max_length=300, blank=True)

    class Meta:
        verbose_name = "integrante da família"
        verbose_name_plural = "integrantes da família"
        ordering = ("ordem", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("pessoa",), condition=Q(ate__isnull=True), name="integrante_de_uma_familia_por_vez"
            ),
            models.UniqueConstraint(
                fields=("familia",),
                condition=Q(ate__isnull=True, parentesco=listas.Parentesco.REFERENCIA),
                name="integrante_uma_referencia_por_familia",
            ),
            models.UniqueConstraint(fields=("familia", "ordem"), name="integrante_numero_de_ordem_unico"),
            models.CheckConstraint(
                condition=Q(ate__isnull=True) | Q(ate__gte=F("desde")), name="integrante_nao_sai_antes_de_entrar"
            ),
        ]

    def __str__(self) -> str:
        return f"integrante {self.ordem:02d}"


class Domicilio(ComEndereco):
    """Onde a família mora, de um dia a outro: endereço novo é linha nova."""

    familia = models.ForeignKey(Familia, on_delete=models.PROTECT, related_name="domicilios")
    abrangencia = models.CharField("município", max_length=7)
    em_abrigo = models.BooleanField("é o endereço de um abrigo", default=False)
    desde = models.DateField("registro")
    ate = models.DateField("até", null=True, blank=True)

    class Meta:
        verbose_name = "domicílio"
        ordering = ("-desde", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("familia",), condition=Q(ate__isnull=True), name="domicilio_um_por_vez"),
        ]

    def __str__(self) -> str:
        return "domicílio"


class Prontuario(models.Model):
    """O prontuário de uma família numa unidade: um por família e unidade, com o número que a unidade dá."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    familia = models.ForeignKey(Familia, on_delete=models.PROTECT, related_name="prontuarios")
    unidade = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="prontuarios")
    abrangencia = models.CharField("município", max_length=7)
    numero = models.PositiveIntegerField("número")
    aberto_dia = models.DateField("aberto em")
    ingresso = models.CharField("forma de ingresso", max_length=25, choices=listas.Ingresso.choices)
    quem_encaminhou = models.CharField("quem encaminhou", max_length=150, blank=True)
    motivo = models.TextField("razões do primeiro atendimento", max_length=2000, blank=True)
    criado_em = models.DateTimeField("criado em")

    class Meta:
        verbose_name = "prontuário"
        ordering = ("aberto_dia", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("familia", "unidade"), name="prontuario_um_por_familia_e_unidade"),
            models.UniqueConstraint(fields=("unidade", "numero"), name="prontuario_numero_unico_na_unidade"),
        ]

    def __str__(self) -> str:
        return f"prontuário {self.numero}"


class Atendimento(models.Model):
    """Bloco 16: o que se fez com a família, ou com alguém dela, na unidade, num dia. Anulado, continua lá, riscado."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    prontuario = models.ForeignKey(Prontuario, on_delete=models.PROTECT, related_name="atendimentos")
    familia = models.ForeignKey(Familia, on_delete=models.PROTECT, related_name="atendimentos")
    pessoa = models.ForeignKey(
        PessoaAtendida, on_delete=models.PROTECT, null=True, blank=True, related_name="atendimentos"
    )
    unidade = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="atendimentos")
    abrangencia = models.CharField("município", max_length=7)
    dia = models.DateField()
    tipo = models.PositiveSmallIntegerField(choices=listas.TipoDeAtendimento.choices)
    descricao = models.TextField("descrição", max_length=4000, blank=True)
    profissional = models.ForeignKey(
        "identidade.Pessoa", on_delete=models.PROTECT, related_name="+", verbose_name="quem atendeu"
    )
    funcao = models.CharField("em que papel", max_length=60)
    anotado_em = models.DateTimeField("anotado em")
    anulado_em = models.DateTimeField("anulado em", null=True, blank=True)
    motivo_da_anulacao = models.CharField("por que se anulou", max_length=300, blank=True)
    sintetico = models.BooleanField("inventado, para demonstração", default=False)

    class Meta:
        verbose_name = "atendimento"
        ordering = ("-dia", "-id")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("unidade", "dia", "tipo"), name="atendimento_por_unidade_e_dia"),
            models.Index(fields=("familia", "dia"), name="atendimento_por_familia"),
            models.Index(
                fields=("unidade", "tipo", "dia"),
                condition=models.Q(anulado_em__isnull=True),
                name="atendimento_que_conta_no_mes",
            ),
        ]

    def __str__(self) -> str:
        return f"atendimento de {self.dia:%d/%m/%Y}"


class LeituraDeFora(models.Model):
    """Alguém de outra unidade do município abriu o prontuário, dizendo por quê: vale por pouco tempo, e se comunica."""

    familia = models.ForeignKey(Familia, on_delete=models.PROTECT, related_name="leituras_de_fora")
    pessoa = models.ForeignKey("identidade.Pessoa", on_delete=models.PROTECT, related_name="+", verbose_name="quem leu")
    unidade = models.ForeignKey(Unidade, on_delete=models.PROTECT, related_name="+", verbose_name="de que unidade")
    abrangencia = models.CharField("município", max_length=7)
    motivo = models.CharField("por quê", max_length=300)
    em = models.DateTimeField("quando")
    vale_ate = models.DateTimeField("vale até")

    class Meta:
        verbose_name = "leitura de outra unidade"
        verbose_name_plural = "leituras de outras unidades"
        ordering = ("-em", "-id")

    def __str__(self) -> str:
        return f"leitura de {self.em:%d/%m/%Y}"


class PessoasDistintas(models.Model):
    """Duas pessoas parecidas que alguém disse serem mesmo duas: não se propõem mais. `uma` é a de identificador menor.

    Voltar atrás apaga a linha; a trilha guarda quem disse e quem voltou.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    uma = models.ForeignKey(PessoaAtendida, on_delete=models.PROTECT, related_name="+")
    outra = models.ForeignKey(PessoaAtendida, on_delete=models.PROTECT, related_name="+")
    abrangencia = models.CharField("município", max_length=7)
    motivo = models.CharField("por quê", max_length=300, blank=True)
    dito_por = models.UUIDField("vínculo de quem disse", null=True)
    dito_em = models.DateTimeField("dito em")

    class Meta:
        verbose_name = "par de pessoas distintas"
        verbose_name_plural = "pares de pessoas distintas"
        ordering = ("-dito_em", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("uma", "outra"), name="pessoas_distintas_um_por_par"),
        ]

    def __str__(self) -> str:
        return "par de pessoas distintas"


class Juncao(models.Model):
    """Dois registros da mesma pessoa que viraram um: o que sai fica guardado, com tudo o que mudou, para se desfazer.

    `moveu`: tabela -> chaves das linhas que passaram ao que fica; `antes`: os dados de cada um antes de se juntarem.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fica = models.ForeignKey(PessoaAtendida, on_delete=models.PROTECT, related_name="+")
    sai = models.ForeignKey(PessoaAtendida, on_delete=models.PROTECT, related_name="+")
    abrangencia = models.CharField("município", max_length=7)
    motivo = models.CharField("por quê", max_length=300)
    moveu = models.JSONField("o que passou", default=dict)
    antes = models.JSONField("como eram", default=dict)
    depois = models.JSONField("como ficaram", default=dict)
    saida = models.ForeignKey(
        Integrante, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="composição que se fechou"
    )
    juntada_por = models.UUIDField("vínculo de quem juntou", null=True)
    juntada_em = models.DateTimeField("juntada em")
    desfeita_em = models.DateTimeField("desfeita em", null=True, blank=True)
    motivo_de_desfazer = models.CharField("por que se desfez", max_length=300, blank=True)
    nao_voltou = models.JSONField("o que não voltou", default=list)

    class Meta:
        verbose_name = "junção de registros"
        verbose_name_plural = "junções de registros"
        ordering = ("-juntada_em", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("sai",), condition=Q(desfeita_em__isnull=True), name="juncao_sai_uma_vez_so"
            ),
            models.CheckConstraint(condition=~Q(fica=F("sai")), name="juncao_de_dois_registros"),
        ]

    def __str__(self) -> str:
        return "junção de registros"
