"""Os formulários do quadro: quem é a pessoa, onde trabalha, o que muda, e os números da equipe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from normas.base.documentos import cpf_com_pontos, ler_cpf, ler_telefone, telefone_com_traco
from normas.territorio.federacao import UF_POR_SIGLA
from suas.cadastros.rede.models import Unidade
from suas.cadastros.trabalhadores import listas
from suas.cadastros.trabalhadores.acoes.cadastro import Dados
from suas.cadastros.trabalhadores.acoes.lotacoes import Exercicio, NovaLotacao
from suas.cadastros.trabalhadores.models import BaseDaEquipe, Lotacao, Trabalhador
from suas.nucleo.identidade.forms.acessos import CampoDia
from suas.nucleo.tela.campos import CampoInteiro

ANOS_DE_NASCIMENTO = (1920, 2020)
ANOS_DE_LOTACAO = (1960, 2100)
ESCOLHA = "Escolha"


class CampoLido(forms.CharField):
    """Texto que uma função de `normas` lê, e cuja recusa é a frase dela."""

    def __init__(self, *, ler: Callable[[str], str], escrever: Callable[[str], str], **opcoes: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}), **opcoes)
        self.ler, self.escrever = ler, escrever

    def prepare_value(self, value: Any) -> Any:
        """O que está guardado aparece com a pontuação; o digitado aparece como foi digitado."""
        return self.escrever(value) if isinstance(value, str) and value.isdigit() and len(value) >= 10 else value

    def clean(self, value: Any) -> str:
        texto: str = super().clean(value)
        if not texto:
            return ""
        try:
            return self.ler(texto)
        except ValueError as erro:
            raise forms.ValidationError(str(erro)) from erro


def _escolha(rotulo: str, opcoes: list[tuple[str, str]], *, falta: str = "", **mais: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=rotulo,
        choices=[("", ESCOLHA if falta else "Não informado"), *opcoes],
        required=bool(falta),
        error_messages={"required": falta, "invalid_choice": "Escolha uma das opções da lista."},
        **mais,
    )


class Pessoa(forms.Form):
    """Quem é a pessoa."""

    nome = forms.CharField(
        label="Nome", max_length=150, error_messages={"required": "Escreva o nome, como no documento."}
    )
    nome_social = forms.CharField(
        label="Nome social", max_length=150, required=False, help_text="Se a pessoa o usa, é ele que aparece."
    )
    cpf = CampoLido(
        ler=ler_cpf, escrever=cpf_com_pontos, label="CPF", max_length=20, error_messages={"required": "Escreva o CPF."}
    )
    nascimento = CampoDia(label="Data de nascimento", anos=ANOS_DE_NASCIMENTO, help_text="Como 21/03/1985.")
    sexo = _escolha("Sexo", list(listas.Sexo.choices))
    escolaridade = _escolha("Escolaridade", listas.ESCOLARIDADE)
    profissao = _escolha(
        "Profissão", listas.PROFISSAO, help_text="A equipe de referência conta pela profissão e pela função."
    )
    registro_numero = forms.CharField(
        label="Registro no conselho de classe", max_length=20, required=False, help_text="Só o número, como no CRESS."
    )
    registro_uf = _escolha("UF do registro", [(sigla, sigla) for sigla in sorted(UF_POR_SIGLA)])
    email = forms.EmailField(
        label="E-mail", required=False, error_messages={"invalid": "Escreva um e-mail, como nome@orgao.gov.br."}
    )
    telefone = CampoLido(ler=ler_telefone, escrever=telefone_com_traco, label="Telefone", max_length=25, required=False)

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or self.cleaned_data
        if dados.get("registro_numero") and not dados.get("registro_uf") and "registro_uf" not in self.errors:
            self.add_error("registro_uf", "Diga de que UF é o registro.")
        return dados

    def dados(self) -> Dados:
        """Depois de `is_valid()`."""
        return Dados(**{campo: self.cleaned_data[campo] for campo in Dados.__dataclass_fields__})


def iniciais_da_pessoa(trabalhador: Trabalhador) -> dict[str, Any]:
    return {campo: getattr(trabalhador, campo) for campo in Dados.__dataclass_fields__}


class CamposDoExercicio(forms.Form):
    """O que a pessoa faz no lugar."""

    funcao = _escolha("Função", listas.FUNCAO, falta="Escolha a função que a pessoa exerce.")
    funcao_essencial = forms.ChoiceField(
        label="Função essencial de gestão",
        required=False,
        help_text="Se a pessoa responde por uma das funções do quadro de gestão da NOB-RH/SUAS.",
    )
    vinculo_de_trabalho = _escolha(
        "Vínculo de trabalho", listas.VINCULO_DE_TRABALHO, falta="Escolha o vínculo de trabalho."
    )
    carga_horaria = CampoInteiro(
        label="Horas por semana",
        error_messages={
            "required": "Escreva as horas por semana, como 30.",
            "invalid": "Escreva as horas por semana só com algarismos, como 30.",
        },
    )
    servico = _escolha("Serviço principal", list(listas.Servico.choices))
    segundo_servico = _escolha("Segundo serviço", list(listas.Servico.choices))
    turno = _escolha("Turno", list(listas.Turno.choices), help_text="Só onde se trabalha por turno.")

    def oferecer_essenciais(self, essenciais: list[tuple[str, str]]) -> None:
        """As funções de gestão da esfera; numa unidade não há."""
        if essenciais:
            self.fields["funcao_essencial"].choices = [("", "Nenhuma"), *essenciais]
        else:
            del self.fields["funcao_essencial"]

    def exercicio(self) -> Exercicio:
        """Depois de `is_valid()`."""
        return Exercicio(**{campo: self.cleaned_data.get(campo, "") for campo in Exercicio.__dataclass_fields__})


class Lotar(CamposDoExercicio):
    """Onde a pessoa passa a trabalhar, o que faz e desde quando."""

    lugar = forms.ChoiceField(
        label="Onde trabalha",
        error_messages={"required": "Escolha a unidade ou o órgão.", "invalid_choice": "Escolha um da lista."},
    )
    desde = CampoDia(label="Desde", anos=ANOS_DE_LOTACAO, help_text="O primeiro dia de trabalho ali.")
    confirma_horas = forms.BooleanField(label="Conferi a soma das horas: gravar assim mesmo", required=False)
    field_order = (
        "lugar",
        "funcao",
        "funcao_essencial",
        "vinculo_de_trabalho",
        "carga_horaria",
        "servico",
        "segundo_servico",
        "turno",
        "desde",
        "confirma_horas",
    )

    def __init__(
        self,
        *args: Any,
        abrangencia: str,
        unidades: list[Unidade],
        com_orgaos: bool,
        essenciais: list[tuple[str, str]],
        hoje: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.abrangencia = abrangencia
        self.unidades = {str(unidade.pk): unidade for unidade in unidades}
        lugares: list[Any] = [("", ESCOLHA)]
        if unidades:
            lugares.append(("Unidades", [(chave, unidade.nome) for chave, unidade in self.unidades.items()]))
        if com_orgaos:
            lugares.append(("Órgãos", list(listas.Orgao.choices)))
        self.fields["lugar"].choices = lugares
        self.oferecer_essenciais(essenciais if com_orgaos else [])
        self.fields["desde"].initial = hoje
        self.pede_confirmacao = False

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or self.cleaned_data
        if dados.get("funcao_essencial") and dados.get("lugar") in self.unidades:
            self.add_error(
                "funcao_essencial", "Função essencial de gestão é de quem trabalha no órgão. Deixe “Nenhuma”."
            )
        return dados

    def nova(self) -> NovaLotacao:
        """Depois de `is_valid()`."""
        lugar = self.cleaned_data["lugar"]
        return NovaLotacao(
            abrangencia=self.abrangencia,
            unidade=self.unidades.get(lugar),
            orgao="" if lugar in self.unidades else lugar,
            exercicio=self.exercicio(),
            desde=self.cleaned_data["desde"],
        )


class Mudar(CamposDoExercicio):
    """O que muda numa lotação: a partir de um dia, ou porque estava escrito errado."""

    tipo = forms.ChoiceField(
        label="O que aconteceu",
        choices=[("mudou", "Mudou a partir de um dia"), ("errado", "Estava escrito errado")],
        widget=forms.RadioSelect,
        error_messages={"required": "Diga se mudou ou se estava escrito errado."},
    )
    dia = CampoDia(
        label="Dia",
        anos=ANOS_DE_LOTACAO,
        help_text="Se mudou: o primeiro dia do que é novo. Se estava errado: o primeiro dia certo da lotação.",
    )
    motivo = forms.CharField(
        label="Por quê",
        max_length=200,
        required=False,
        help_text="Fica na trilha, que não se apaga: não escreva dado de ninguém.",
    )
    versao = forms.IntegerField(widget=forms.HiddenInput)
    confirma_horas = forms.BooleanField(label="Conferi a soma das horas: gravar assim mesmo", required=False)

    def __init__(self, *args: Any, lotacao: Lotacao, essenciais: list[tuple[str, str]], **kwargs: Any) -> None:
        iniciais = {campo: getattr(lotacao, campo) for campo in Exercicio.__dataclass_fields__}
        super().__init__(
            *args, initial=iniciais | {"dia": lotacao.desde, "tipo": "mudou", "versao": lotacao.versao}, **kwargs
        )
        self.oferecer_essenciais(essenciais if lotacao.unidade_id is None else [])
        self.pede_confirmacao = False


class Encerrar(forms.Form):
    """O dia e o motivo da saída."""

    dia = CampoDia(label="Primeiro dia em que já não trabalha ali", anos=ANOS_DE_LOTACAO)
    motivo = forms.CharField(
        label="Motivo da saída",
        max_length=200,
        help_text="Exoneração, fim do contrato, mudança de unidade, aposentadoria. Sem dado de saúde.",
        error_messages={"required": "Diga o motivo da saída."},
    )
    versao = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, lotacao: Lotacao, hoje: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"dia": hoje, "versao": lotacao.versao}, **kwargs)


class Entrada(forms.Form):
    """O e-mail com que a pessoa entra no sistema."""

    email = forms.EmailField(
        label="E-mail com que entra no sistema",
        required=False,
        help_text="Em branco, desliga. A pessoa passa a ver os próprios dados e quem os leu.",
        error_messages={"invalid": "Escreva um e-mail, como nome@orgao.gov.br."},
    )


class Apagar(forms.Form):
    """O motivo do apagamento."""

    motivo = forms.CharField(
        label="Motivo",
        max_length=200,
        help_text="Fica na trilha: não escreva o nome nem o CPF.",
        error_messages={"required": "Diga o motivo do apagamento."},
    )


def _numero(rotulo: str, maximo: int, ajuda: str = "") -> CampoInteiro:
    escreva = f"Escreva um número de 0 a {maximo}, só com algarismos."
    return CampoInteiro(
        label=rotulo,
        required=False,
        min_value=0,
        max_value=maximo,
        help_text=ajuda,
        error_messages={"invalid": escreva, "min_value": escreva, "max_value": escreva},
    )


class Base(forms.Form):
    """Com que números se calcula a equipe da unidade."""

    gestao = _escolha(
        "Gestão do município", list(BaseDaEquipe.Gestao.choices), help_text="A coluna da tabela do CREAS."
    )
    tabela = _escolha("Modalidade do acolhimento", list(BaseDaEquipe.Tabela.choices))
    turnos = _numero("Turnos por dia", 6, "Em quantos turnos os cuidadores se revezam.")
    com_demandas = _numero("Acolhidos com demandas específicas", 9_999, "Deficiência, saúde, menos de um ano e outras.")
    equipamentos = _numero("Equipamentos", 99, "Em quantas casas os acolhidos estão.")
    familias_acolhedoras = _numero("Famílias acolhedoras", 9_999)
    familias_de_origem = _numero("Famílias de origem", 9_999)

    def __init__(self, *args: Any, unidade: Unidade, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        do_creas = unidade.tipo in {Unidade.Tipo.CREAS, Unidade.Tipo.CREAS_REGIONAL}
        for nome in list(self.fields):
            if (nome == "gestao") != do_creas:
                del self.fields[nome]


class OQueMudaria(forms.Form):
    """Alguém a mais, alguém a menos ou outra capacidade, só para ver: nada se grava."""

    funcao = forms.ChoiceField(label="Entra alguém como", required=False)
    profissao = _escolha("Com a profissão", listas.PROFISSAO)
    vinculo = _escolha("E o vínculo", listas.VINCULO_DE_TRABALHO)
    sai = forms.ChoiceField(label="Sai", required=False)
    capacidade = _numero("A capacidade passa a", 999_999)

    def __init__(self, *args: Any, quem: list[tuple[str, str]], rotulo_da_capacidade: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["funcao"].choices = [("", "Ninguém"), *listas.FUNCAO]
        self.fields["sai"].choices = [("", "Ninguém"), *quem]
        self.fields["vinculo"].choices = [("", "De concurso"), *listas.VINCULO_DE_TRABALHO]
        self.fields["capacidade"].help_text = rotulo_da_capacidade
