"""Os formulários da inscrição: pedir, dar o passo, juntar documento, renovar, cancelar, configurar o rito."""

from __future__ import annotations

from typing import Any

from django import forms

from suas.cadastros.entidades import etapas
from suas.cadastros.entidades.acoes.inscricao import Andamento, Anterior
from suas.cadastros.entidades.consultas.inscricoes import EtapaUsada, que_cabem
from suas.cadastros.entidades.forms.cadastro import ESCOLHA, linha
from suas.cadastros.entidades.forms.ofertas import motivo
from suas.cadastros.entidades.models import Entidade, Inscricao, Oferta
from suas.nucleo.identidade.forms.acessos import CampoDia
from suas.nucleo.tela.campos import CampoInteiro

MAIOR_NUMERO = 999_999
SEM_ATENDIDOS = "Não escreva nome, CPF ou NIS de quem é atendido."


def arquivo(rotulo: str = "Arquivo", *, required: bool = True) -> forms.FileField:
    """Um arquivo que o conselho, a entidade e o órgão gestor leem."""
    return forms.FileField(
        label=rotulo,
        required=required,
        help_text="PDF, PNG ou JPEG de até 10 MB. Leem-no a entidade, o conselho e quem os supervisiona.",
        error_messages={
            "required": "Escolha o arquivo.",
            "empty": "O arquivo escolhido está vazio. Escolha de novo.",
        },
    )


class Pedir(forms.Form):
    """O que se inscreve: a própria entidade, ou uma oferta."""

    do_que = forms.ChoiceField(
        label="O que inscrever",
        widget=forms.RadioSelect,
        error_messages={"required": "Escolha o que inscrever."},
    )

    def __init__(self, *args: Any, entidade: Entidade, municipio: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entidade = entidade
        escolha: Any = self.fields["do_que"]
        escolha.choices = que_cabem(entidade, municipio=municipio)

    def oferta(self) -> Oferta | None:
        """A oferta escolhida; nenhuma, se é a própria entidade."""
        escolhido = self.cleaned_data["do_que"]
        return None if escolhido == "entidade" else self.entidade.ofertas.get(pk=escolhido)


class RegistrarAnterior(Pedir):
    """Uma inscrição que o conselho já tinha dado, com o número que tem."""

    numero = CampoInteiro(
        label="Número da inscrição",
        min_value=1,
        max_value=MAIOR_NUMERO,
        error_messages={
            "required": "Escreva o número da inscrição.",
            "invalid": "Escreva só o número, como 12.",
            "min_value": "O número começa em 1.",
            "max_value": "Confira o número com o livro do conselho.",
        },
    )
    decidida_em = CampoDia(label="Dia da decisão")
    resolucao = linha("Resolução", maior=120, ajuda="Como Resolução CMAS nº 4/2019")
    valida_ate = CampoDia(label="Válida até", required=False, help_text="Em branco, se o conselho não marca validade.")

    def anterior(self) -> Anterior:
        return Anterior(**{nome: valor for nome, valor in self.cleaned_data.items() if nome != "do_que"})


class Andar(forms.Form):
    """O que se fez na etapa de agora."""

    etapa = forms.CharField(widget=forms.HiddenInput)
    resultado = forms.ChoiceField(label="Resultado", error_messages={"required": "Escolha com que resultado termina."})
    dia = CampoDia(label="Dia")
    texto = forms.CharField(
        label="O que se viu, propôs ou decidiu",
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"A entidade lê. {SEM_ATENDIDOS}",
    )
    resolucao = linha("Resolução", maior=120, ajuda="Como Resolução CMAS nº 4/2026")
    valida_ate = CampoDia(label="Válida até", required=False, help_text="Em branco, se o conselho não marca validade.")
    arquivo = arquivo("Arquivo (ata, parecer, resolução)", required=False)

    def __init__(self, *args: Any, inscricao: Inscricao, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        qual = etapas.etapa(inscricao.etapa)
        resultado: Any = self.fields["resultado"]
        resultado.choices = [
            *(ESCOLHA if qual and len(qual.resultados) > 1 else []),
            *(qual.resultados if qual else ()),
        ]
        self.initial = {"etapa": inscricao.etapa, **self.initial}
        if qual is not etapas.PLENARIA:
            del self.fields["resolucao"], self.fields["valida_ate"]

    def andamento(self) -> Andamento:
        return Andamento(**self.cleaned_data)


class Juntar(forms.Form):
    """Um documento que a inscrição pede."""

    exigencia = forms.ChoiceField(label="Documento", error_messages={"required": "Escolha na lista que documento é."})
    arquivo = arquivo()

    def __init__(self, *args: Any, inscricao: Inscricao, exercicio: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exercicio = exercicio
        opcoes = [(uma.codigo, uma.nome) for uma in etapas.exigencias(inscricao.especie)]
        if inscricao.estado == Inscricao.Estado.INSCRITA:
            opcoes += [(uma.codigo, f"{uma.nome} ({exercicio})") for uma in etapas.DO_ANO]
        escolha: Any = self.fields["exigencia"]
        escolha.choices = ESCOLHA + opcoes

    def do_exercicio(self) -> int | None:
        """O exercício, se o documento é dos anuais."""
        anuais = {uma.codigo for uma in etapas.DO_ANO}
        return self.exercicio if self.cleaned_data["exigencia"] in anuais else None


class Conferir(forms.Form):
    """Aceitar ou devolver um documento."""

    aceita = forms.TypedChoiceField(choices=[("sim", "sim"), ("nao", "não")], coerce=lambda valor: valor == "sim")
    observacao = linha("Por que volta", maior=500)


class Renovar(forms.Form):
    valida_ate = CampoDia(label="Nova validade, até")
    resolucao = linha("Resolução", maior=120)


class Desistir(forms.Form):
    motivo = motivo("Por que desistir", falta="Diga por quê: o conselho lê.", ajuda=SEM_ATENDIDOS)


class AbrirCancelamento(forms.Form):
    motivo = motivo(
        "Razão do cancelamento",
        falta="Diga a razão: é dela que a entidade se defende.",
        ajuda=f"Que condição da inscrição deixou de ser cumprida, e como se soube. {SEM_ATENDIDOS}",
    )
    defesa_ate = CampoDia(label="A entidade se defende até", help_text="O prazo é o do regimento do conselho.")


class Defender(forms.Form):
    defesa = motivo(
        "Defesa",
        falta="Escreva a defesa da entidade.",
        ajuda=f"Diga o que responde a cada ponto da razão. {SEM_ATENDIDOS}",
    )


class DecidirCancelamento(forms.Form):
    cancela = forms.TypedChoiceField(
        label="Decisão",
        choices=[*ESCOLHA, ("nao", "manter a inscrição"), ("sim", "cancelar a inscrição")],
        coerce=lambda valor: valor == "sim",
        empty_value=None,
        error_messages={"required": "Escolha a decisão da plenária."},
    )
    razao = motivo(
        "Razão da decisão",
        falta="Diga a razão: responde à defesa.",
        ajuda=f"O que a plenária pesou da defesa. {SEM_ATENDIDOS}",
    )
    resolucao = linha("Resolução", maior=120)


class Configurar(forms.Form):
    """Que etapas o conselho usa, e em quantos dias espera cada uma."""

    def __init__(self, *args: Any, usadas: list[EtapaUsada], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usadas = usadas
        for usada in usadas:
            codigo = usada.etapa.codigo
            self.fields[f"usa_{codigo}"] = forms.BooleanField(
                label=f"{usada.etapa.nome}: usa-se", required=False, initial=usada.usada
            )
            if usada.etapa.indispensavel:
                self.fields[f"usa_{codigo}"].disabled = True
            self.fields[f"prazo_{codigo}"] = CampoInteiro(
                label=f"Prazo de {usada.etapa.nome.lower()}, em dias",
                required=False,
                min_value=1,
                max_value=1000,
                initial=usada.prazo_dias,
                error_messages={
                    "invalid": "Escreva só o número de dias, como 30.",
                    "min_value": "Escreva 1 ou mais, ou deixe em branco.",
                    "max_value": "Escreva até 1.000 dias, ou deixe em branco.",
                },
            )

    def linhas(self) -> list[tuple[EtapaUsada, Any, Any]]:
        """Cada etapa com os dois campos dela."""
        return [(u, self[f"usa_{u.etapa.codigo}"], self[f"prazo_{u.etapa.codigo}"]) for u in self.usadas]

    def escolhas(self) -> dict[str, tuple[bool, int | None]]:
        dados = self.cleaned_data
        return {u.etapa.codigo: (dados[f"usa_{u.etapa.codigo}"], dados[f"prazo_{u.etapa.codigo}"]) for u in self.usadas}
