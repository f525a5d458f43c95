"""Formulários da partilha: o que se digita vira texto exato ou centavos; as regras ficam nos atos e na norma."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from normas.base.centavos import em_decimal, em_reais, ler_reais
from normas.base.exercicio import PRIMEIRO_ANO, ULTIMO_ANO
from normas.parametros.leitura import versoes
from normas.partilha.opcoes import Instancia
from normas.territorio.porte import Porte
from suas.financas.partilhas.acoes.abertura import Escolhas, retrato_das_opcoes
from suas.financas.partilhas.acoes.insumos import Correcao, EscolhaComplementar
from suas.financas.partilhas.acoes.pecas import NovaPeca
from suas.financas.partilhas.consultas.dados import Dado
from suas.financas.partilhas.models import Criterio, Direcao, Normalizacao, Partilha

_MILHARES = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
_NEGATIVO = re.compile(r"-[0-9]+(\.[0-9]+)?")
_CASAS_DEMAIS = re.compile(r"[0-9]+\.[0-9]{3,}")
MAIOR_RECURSO = 100_000_000_000_000
MAIOR_PBF = 10_000_000


def centavos_do_teclado(texto: str) -> int:
    """Centavos do que se digita: “R$ 50.000.000,00”, “50000000”, “1,80” ou “1.80”.

    Erros: `ValueError`, em português, quando não é um valor em reais, é negativo ou tem mais de duas casas.
    """
    limpo = texto.replace("R$", "").replace("\u00a0", "").replace(" ", "").replace("−", "-")
    inteiro, virgula, casas = limpo.partition(",")
    if _MILHARES.fullmatch(inteiro.removeprefix("-")):
        inteiro = inteiro.replace(".", "")
    limpo = f"{inteiro}.{casas}" if virgula else inteiro
    try:
        return ler_reais(limpo)
    except ValueError as erro:
        if _NEGATIVO.fullmatch(limpo):
            raise ValueError(f"“{texto}” é negativo. Escreva um valor maior que zero, como 1.234,56.") from erro
        if _CASAS_DEMAIS.fullmatch(limpo):
            raise ValueError(f"“{texto}” tem mais de duas casas. O centavo é a menor parte: 1.234,56.") from erro
        raise ValueError(f"“{texto}” não é um valor em reais. Escreva como 1.234,56.") from erro


def em_teclado(centavos: int) -> str:
    """O valor como se digita: 1234,56."""
    return em_decimal(centavos).replace(".", ",")


def percentuais_da_norma() -> str:
    """A tabela do 1º critério em uma frase: Pequeno I 20%, Pequeno II 17%…"""
    tabela = versoes("partilha.percentual_por_porte")[-1].conteudo
    return ", ".join(f"{porte.nome} {tabela[porte]}%" for porte in Porte)


class CampoEmReais(forms.CharField):
    """Um valor em reais, lido em centavos; `maior` é o teto, em centavos."""

    def __init__(self, *, maior: int, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.maior = maior
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Any:
        texto = super().clean(value)
        try:
            centavos = centavos_do_teclado(texto)
        except ValueError as erro:
            raise forms.ValidationError(str(erro)) from erro
        if not 0 < centavos <= self.maior:
            raise forms.ValidationError(
                f"{em_reais(centavos)} não serve: escreva um valor maior que zero e de até {em_reais(self.maior)}."
            )
        return centavos


def _caixa_de_ano() -> forms.TextInput:
    """Caixa de texto com teclado de números: a de número do navegador joga fora o que não entende."""
    return forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 10})


class FormDaPartilha(forms.Form):
    """O que se escolhe ao abrir uma partilha, ao mudar as opções dela ou ao criar um cenário.

    `visto`, escondido, é o retrato das opções que a pessoa tinha diante de si ao mudá-las.
    """

    visto = forms.CharField(required=False, widget=forms.HiddenInput)
    nome = forms.CharField(
        label="Nome",
        max_length=120,
        help_text="Como será achada na lista: Partilha 2006, CIT de março.",
        error_messages={"required": "Dê um nome à partilha, como “Partilha 2006”."},
    )
    exercicio = forms.IntegerField(
        label="Exercício",
        min_value=PRIMEIRO_ANO,
        max_value=ULTIMO_ANO,
        widget=_caixa_de_ano(),
        help_text="O ano do recurso. A NOB/SUAS 2005 rege de 2005 a 2012; em outro ano a partilha é simulação.",
        error_messages={
            "required": "Escreva o ano do recurso, como 2006.",
            "invalid": "O exercício é um ano com quatro algarismos, como 2006.",
            "min_value": f"O exercício vai de {PRIMEIRO_ANO} a {ULTIMO_ANO}.",
            "max_value": f"O exercício vai de {PRIMEIRO_ANO} a {ULTIMO_ANO}.",
        },
    )
    recurso = CampoEmReais(
        label="Recurso a partilhar",
        maior=MAIOR_RECURSO,
        help_text="O valor do ano inteiro, em reais. Todo ele é repartido entre os portes e os estados.",
        error_messages={"required": "Escreva o valor a partilhar, como 50.000.000,00."},
    )
    pbf = CampoEmReais(
        label="Piso Básico Fixo por família e mês",
        maior=MAIOR_PBF,
        help_text="Com ele se calcula o mínimo de cada município: CRAS que faltam × famílias por CRAS × piso × 12.",
        error_messages={"required": "Escreva o valor do Piso Básico Fixo, como 1,80."},
    )
    ano_populacao = forms.TypedChoiceField(
        label="População de que ano",
        coerce=int,
        help_text="Define o porte de cada município e quais municípios existiam.",
        error_messages={
            "required": "Escolha o ano da população.",
            "invalid_choice": "Não temos a população desse ano. Escolha um da lista.",
        },
    )
    criterio_porte = forms.ChoiceField(
        label="Passo 1: como dividir entre os portes",
        choices=[
            (Criterio.TABELA, "Pelos percentuais da tabela da norma"),
            (Criterio.POPULACAO, "Pela população residente dos municípios de cada porte"),
        ],
        widget=forms.RadioSelect,
        help_text="NOB/SUAS 2005, item 5.5, I, a, 1º critério.",
    )
    normalizacao = forms.ChoiceField(
        label="Passo 3: com quem cada município se compara",
        choices=[
            (Normalizacao.PORTE, "Com todos do mesmo porte no país"),
            (Normalizacao.UF_PORTE, "Só com os do mesmo porte no seu estado"),
        ],
        widget=forms.RadioSelect,
        help_text="Vulnerabilidade, receita e FNAS. NOB/SUAS 2005, item 5.5, I, a, 3º critério, que deixa isto aberto.",
    )
    transicao_2005 = forms.BooleanField(
        label="Transição de 2005: famílias pobres no lugar da população vulnerável",
        required=False,
        help_text="NOB/SUAS 2005, item 6.1. Sem indicador complementar; o índice vai de 0 a 4.",
    )
    excluir_incompletos = forms.BooleanField(
        label="Deixar de fora quem tem indicador em branco",
        required=False,
        help_text="O município fica não classificado, com o motivo. Sem isto, o dado em branco impede a simulação.",
    )

    def __init__(self, *args: Any, anos: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ano_populacao"].choices = [(ano, str(ano)) for ano in anos]
        self.fields["criterio_porte"].help_text += f" A tabela: {percentuais_da_norma()}."

    def escolhas(self) -> Escolhas:
        """As escolhas, depois de `is_valid()`."""
        dados = {nome: valor for nome, valor in self.cleaned_data.items() if nome != "visto"}
        return Escolhas(recurso_centavos=dados.pop("recurso"), pbf_centavos=dados.pop("pbf"), **dados)

    @staticmethod
    def inicial_de(partilha: Partilha) -> dict[str, Any]:
        """O formulário preenchido com o que a partilha tem."""
        return {
            "nome": partilha.nome,
            "exercicio": partilha.exercicio,
            "recurso": em_teclado(partilha.recurso_centavos),
            "pbf": em_teclado(partilha.pbf_centavos),
            "ano_populacao": partilha.ano_populacao,
            "criterio_porte": partilha.criterio_porte,
            "normalizacao": partilha.normalizacao,
            "transicao_2005": partilha.transicao_2005,
            "excluir_incompletos": partilha.excluir_incompletos,
            "visto": retrato_das_opcoes(partilha),
        }


def visto_de(form: forms.Form) -> str | None:
    """O que o formulário enviado diz que a pessoa via; None quando ele não diz."""
    return form.data.get("visto") if "visto" in form.data else None


def ver_de_novo(form: forms.Form, **campos: str) -> None:
    """Troca, no que foi enviado, só o que a pessoa via; o que ela digitou fica."""
    enviado = form.data.copy()
    for nome, valor in campos.items():
        enviado[nome] = valor
    form.data = enviado


class FormDaCorrecao(forms.Form):
    """Um dado de um município: novo valor, de onde vem e por que mudou; `visto`, escondido, é o valor de antes."""

    visto = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    valor = forms.CharField(label="Novo valor", max_length=40)
    fonte = forms.CharField(
        label="Fonte",
        max_length=200,
        help_text="De onde vem o novo valor: ofício, sistema, publicação.",
        error_messages={"required": "Escreva de onde vem o novo valor."},
    )
    ano = forms.IntegerField(
        label="Ano a que o dado se refere",
        min_value=PRIMEIRO_ANO,
        max_value=ULTIMO_ANO,
        widget=_caixa_de_ano(),
        error_messages={
            "required": "Escreva o ano a que o dado se refere, como 2005.",
            "invalid": "O ano tem quatro algarismos, como 2005.",
            "min_value": f"O ano vai de {PRIMEIRO_ANO} a {ULTIMO_ANO}.",
            "max_value": f"O ano vai de {PRIMEIRO_ANO} a {ULTIMO_ANO}.",
        },
    )
    motivo = forms.CharField(
        label="Por que muda",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Fica na trilha e nas páginas que mostram este dado.",
        error_messages={"required": "Escreva por que o dado muda: a razão fica na trilha."},
    )

    def __init__(self, *args: Any, dado: Dado, pode_faltar: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dado = dado
        campo = self.fields["valor"]
        campo.required = not pode_faltar
        campo.error_messages["required"] = f"Escreva o novo valor de {dado.na_frase}."
        campo.label, campo.help_text = dado.rotulo, dado.ajuda
        if dado.palavras:
            campo.widget = forms.Select(choices=[("", "escolha"), *dado.palavras])
        else:
            campo.widget.attrs["inputmode"] = "numeric" if dado.tipo == "inteiro" else "decimal"

    def correcao(self, *, sintetico: bool) -> Correcao:
        """A correção, depois de `is_valid()`."""
        dados = self.cleaned_data
        return Correcao(
            dado=self.dado.nome,
            valor=self.dado.do_teclado(dados["valor"]),
            fonte=dados["fonte"],
            ano=dados["ano"],
            motivo=dados["motivo"],
            sintetico=sintetico,
            visto=visto_de(self),
        )


class FormDosComplementares(forms.Form):
    """O indicador e a direção de cada instância, com os de um porte inteiro à parte (`porte_…`).

    Cada campo traz escondido o que a pessoa via: só se grava o que ela mudou, e duas janelas não se sobrescrevem.
    """

    def __init__(
        self,
        *args: Any,
        instancias: list[Instancia],
        opcoes: list[tuple[str, str]],
        atuais: dict[Instancia, tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.instancias = instancias
        for chave in instancias:
            indicador, direcao = atuais.get(chave, ("", ""))
            self._par(self.prefixo(chave), opcoes, indicador, direcao, rotulo=f"{chave[0].nome}, {chave[1]}")
        for porte in dict.fromkeys(porte for porte, _ in instancias):
            self._par(
                f"porte_{porte.value}",
                [("", "escolha um"), *opcoes],
                "",
                Direcao.ALTO_PIOR,
                rotulo=f"{porte.nome}, todas",
            )
            for campo in ("indicador", "direcao"):  # porte de uma instância só não mostra este par
                self.fields[f"porte_{porte.value}_{campo}"].required = False
                self.fields[f"porte_{porte.value}_{campo}"].show_hidden_initial = False

    @staticmethod
    def prefixo(chave: Instancia) -> str:
        return f"{chave[0].value}_{chave[1].replace('-', '_')}"

    def _par(self, prefixo: str, opcoes: list[tuple[str, str]], indicador: str, direcao: str, *, rotulo: str) -> None:
        self.fields[f"{prefixo}_indicador"] = forms.ChoiceField(
            label=f"Indicador, {rotulo}",
            choices=opcoes,
            initial=indicador,
            show_hidden_initial=True,
            widget=forms.Select(attrs={"aria-label": f"Indicador, {rotulo}"}),
            error_messages={"invalid_choice": "Este indicador não está na lista.", "required": "Escolha um indicador."},
        )
        self.fields[f"{prefixo}_direcao"] = forms.ChoiceField(
            label=f"Pior quando, {rotulo}",
            choices=[(Direcao.ALTO_PIOR, "alto"), (Direcao.BAIXO_PIOR, "baixo")],
            initial=direcao or Direcao.ALTO_PIOR,
            show_hidden_initial=True,
            widget=forms.Select(attrs={"aria-label": f"Pior quando, {rotulo}"}),
            error_messages={"invalid_choice": "Escolha se o pior é o número alto ou o baixo."},
        )

    def escolhas(self, *, aplicar: Porte | None = None) -> dict[Instancia, EscolhaComplementar]:
        """O que a pessoa mudou, depois de `is_valid()`.

        O que ela pôs em “o mesmo para todas” vale para o porte inteiro, menos para a instância que ela mudou na própria
        linha; no porte em que apertou “aplicar a todas”, vale para todas.
        """
        escolhas: dict[Instancia, EscolhaComplementar] = {}
        for chave in self.instancias:
            de_todas, propria = f"porte_{chave[0].value}", self.prefixo(chave)
            if self.cleaned_data[f"{de_todas}_indicador"] and (chave[0] is aplicar or not self._mudou(propria)):
                escolhas[chave] = self._escolha(de_todas)
            elif self._mudou(propria):
                escolhas[chave] = self._escolha(propria, vista=self._vista(propria))
        return escolhas

    def falta_escolher(self, porte: Porte) -> bool:
        """Apertou “aplicar a todas” sem dizer o quê? Depois de `is_valid()`."""
        return not self.cleaned_data[f"porte_{porte.value}_indicador"]

    def ver_de_novo(self, atuais: dict[Instancia, tuple[str, str]]) -> None:
        """Troca o que a pessoa via pelo que está gravado; as escolhas dela ficam."""
        vistas: dict[str, str] = {}
        for chave, (indicador, direcao) in atuais.items():
            prefixo = self.prefixo(chave)
            vistas |= {f"initial-{prefixo}_indicador": indicador, f"initial-{prefixo}_direcao": direcao}
        ver_de_novo(self, **vistas)

    def _mudou(self, prefixo: str) -> bool:
        return f"{prefixo}_indicador" in self.changed_data or f"{prefixo}_direcao" in self.changed_data

    def _vista(self, prefixo: str) -> tuple[str, int | None, str] | None:
        escolhido = self.data.get(f"initial-{prefixo}_indicador")
        if escolhido is None:
            return None
        codigo, _, ano = escolhido.partition("|")
        return codigo, int(ano) if ano.isdigit() else None, self.data.get(f"initial-{prefixo}_direcao", "")

    def _escolha(self, prefixo: str, *, vista: tuple[str, int | None, str] | None = None) -> EscolhaComplementar:
        codigo, _, ano = self.cleaned_data[f"{prefixo}_indicador"].partition("|")
        return EscolhaComplementar(
            indicador_codigo=codigo,
            direcao=self.cleaned_data[f"{prefixo}_direcao"],
            ano=int(ano) if ano else None,
            vista=vista,
        )


class FormDaPeca(forms.Form):
    """O documento que aprova: número, data e arquivo."""

    numero = forms.CharField(
        label="Número",
        max_length=40,
        help_text="Como está no documento: 12/2006.",
        error_messages={"required": "Escreva o número que está no documento."},
    )
    dia = forms.DateField(
        label="Data",
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        help_text="Dia, mês e ano: 21/03/2006.",
        error_messages={
            "required": "Escreva a data que está no documento.",
            "invalid": "Escreva a data com dia, mês e ano, como 21/03/2006.",
        },
    )
    arquivo = forms.FileField(
        label="Arquivo",
        help_text="PDF, PNG ou JPEG de até 10 MB. Fica público com a partilha.",
        error_messages={
            "required": "Escolha o arquivo do documento.",
            "empty": "O arquivo escolhido está vazio. Escolha de novo.",
        },
    )

    def peca(self) -> NovaPeca:
        """A peça, depois de `is_valid()`."""
        return NovaPeca(**self.cleaned_data)


class FormDoMotivo(forms.Form):
    """Por que se desfaz."""

    motivo = forms.CharField(
        label="Por que se retira",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Escreva por que a peça é retirada: a razão fica na trilha."},
    )
