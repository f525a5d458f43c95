"""A fila: tarefas com posse, trabalhadores com batimento, andamento que a pessoa vê e horários das rotinas."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from suas.nucleo.identificador import uuid7


class Estado(models.TextChoices):
    """O estado de um andamento, como a pessoa o lê."""

    NA_FILA = "na_fila", "na fila"
    FAZENDO = "fazendo", "em andamento"
    FEITO = "feito", "concluído"
    FALHOU = "falhou", "não concluído"


TERMINARAM = (Estado.FEITO, Estado.FALHOU)


class Andamento(models.Model):
    """O que a pessoa vê de um trabalho demorado: etapa em palavras, quanto já foi, como terminou."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    titulo = models.CharField(max_length=200)
    estado = models.CharField(max_length=10, choices=Estado.choices, default=Estado.NA_FILA)
    etapa = models.CharField(max_length=200, blank=True)
    feito = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    mensagem = models.TextField(blank=True, help_text="Como terminou, em palavras para quem pediu")
    abrangencia = models.CharField(max_length=7)
    pedido_em = models.DateTimeField()
    terminado_em = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "andamento"

    def __str__(self) -> str:
        return f"{self.titulo}: {self.get_estado_display()}"

    @property
    def terminou(self) -> bool:
        return self.estado in TERMINARAM

    @property
    def porcentagem(self) -> int:
        if self.estado == Estado.FEITO:
            return 100
        return min(self.feito * 100 // self.total, 99) if self.total else 0


class EstadoDaTarefa(models.TextChoices):
    NA_FILA = "na_fila", "na fila"
    FAZENDO = "fazendo", "fazendo"
    FEITA = "feita", "feita"
    DE_NOVO = "de_novo", "tenta de novo"
    PARADA = "parada", "parada"
    CANCELADA = "cancelada", "cancelada"


#: As que alguém ainda vai tomar.
ESPERAM = (EstadoDaTarefa.NA_FILA, EstadoDaTarefa.DE_NOVO)
#: As que ainda não têm desfecho.
ABERTAS = (*ESPERAM, EstadoDaTarefa.FAZENDO)


class Trabalhador(models.Model):
    """Um processo que executa tarefas. O batimento fica aqui, e não na tarefa: quem bate não disputa a linha dela."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    nome = models.CharField(max_length=120, help_text="Máquina e número do processo")
    papel = models.CharField(max_length=20, help_text="O que executa: tarefas ou rotinas")
    comecou_em = models.DateTimeField()
    batimento = models.DateTimeField()
    vale_ate = models.DateTimeField(help_text="Passado este instante sem outro batimento, o que ele tinha volta à fila")

    class Meta:
        verbose_name = "trabalhador"
        verbose_name_plural = "trabalhadores"

    def __str__(self) -> str:
        return self.nome


class Tarefa(models.Model):
    """Um trabalho pedido. A posse é o `token`: só quem o tem conclui, na mesma transação do efeito."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    funcao = models.CharField("função", max_length=200)
    titulo = models.CharField("título", max_length=200)
    argumentos = models.JSONField(default=dict)
    fila = models.CharField(max_length=32, default="default")
    prioridade = models.SmallIntegerField(default=0)
    estado = models.CharField(max_length=10, choices=EstadoDaTarefa.choices, default=EstadoDaTarefa.NA_FILA)
    criada_em = models.DateTimeField()
    nao_antes_de = models.DateTimeField("não antes de")
    tentativas = models.PositiveSmallIntegerField(default=0, help_text="Quantas vezes foi tomada")
    maximo = models.PositiveSmallIntegerField("máximo", default=8)
    defeitos = models.PositiveSmallIntegerField(default=0, help_text="Quantas vezes o programa falhou nela")
    quedas = models.PositiveSmallIntegerField(default=0, help_text="Quantas vezes o processo caiu com ela na mão")
    trabalhador_id = models.UUIDField(null=True)
    token = models.UUIDField(null=True)
    tomada_em = models.DateTimeField(null=True)
    terminada_em = models.DateTimeField(null=True)
    erro = models.TextField(blank=True, help_text="O que houve na última vez, em palavras")
    protocolo = models.CharField(max_length=12, blank=True)
    abrangencia = models.CharField("abrangência", max_length=7, blank=True)
    andamento_id = models.UUIDField(null=True)
    vinculo_id = models.UUIDField("vínculo de quem pediu", null=True)
    unica = models.CharField("única", max_length=120, null=True)

    class Meta:
        verbose_name = "tarefa"
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["unica"],
                condition=models.Q(estado__in=ABERTAS, unica__isnull=False),
                name="fila_tarefa_unica_enquanto_aberta",
            ),
            models.CheckConstraint(
                condition=models.Q(estado=EstadoDaTarefa.FAZENDO, token__isnull=False, trabalhador_id__isnull=False)
                | (~models.Q(estado=EstadoDaTarefa.FAZENDO) & models.Q(token__isnull=True)),
                name="fila_tarefa_so_tem_posse_quem_faz",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                "fila",
                models.F("prioridade").desc(),
                "nao_antes_de",
                "id",
                condition=models.Q(estado__in=ESPERAM),
                name="fila_tarefa_que_espera",
            ),
            models.Index(
                fields=["estado", "terminada_em"],
                condition=~models.Q(estado__in=ESPERAM),
                name="fila_tarefa_por_estado",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.titulo}: {self.get_estado_display()}"


class Rotina(models.Model):
    """Até que horário uma rotina já foi posta na fila; o que ela faz está em `rotinas.py` de cada módulo."""

    nome = models.CharField(primary_key=True, max_length=80)
    ultima_em = models.DateTimeField(null=True, help_text="O último horário atendido")
    ultimo_resultado = models.TextField(blank=True)
    terminou_em = models.DateTimeField(null=True, help_text="Quando terminou bem pela última vez")
    tarefa_id = models.UUIDField(null=True, help_text="A execução mais recente")

    class Meta:
        verbose_name = "rotina"

    def __str__(self) -> str:
        return self.nome
