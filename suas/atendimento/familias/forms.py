"""Os formulários do registro das famílias, com os textos do Prontuário SUAS."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from normas.base.documentos import cpf_com_pontos, ler_cpf, ler_nis, nis_com_pontos
from suas.atendimento.familias import listas
from suas.atendimento.familias.acoes.atendimentos import Novo
from suas.atendimento.familias.acoes.familias import Chegada
from suas.atendimento.familias.acoes.pessoas import Dados
from suas.atendimento.familias.models import Domicilio, Integrante, PessoaAtendida
from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.forms import Endereco, conferido
from suas.nucleo.identidade.forms.acessos import CampoDia
from suas.nucleo.tela.campos import CampoInteiro

ANOS_DE_NASCIMENTO = (1900, 2100)
ANOS = (1990, 2100)
NAO_INFORMADO = ("", "Não informado")
SIM_NAO = (NAO_INFORMADO, ("sim", "Sim"), ("nao", "Não"))
DESTA_FAMILIA = ("", "A família inteira")
DO_ENDERECO = tuple(nome for nome in Endereco.base_fields if nome not in {"ramal", "email"})


def escolha(rotulo: str, opcoes: Any, *, falta: str = "", **mais: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=rotulo,
        choices=[("", "Escolha") if falta else NAO_INFORMADO, *opcoes],
        required=bool(falta),
        error_messages={"required": falta, "invalid_choice": "Escolha uma das opções da lista."},
        **mais,
    )


class Procura(forms.Form):
    """O que se procura."""

    termo = forms.CharField(
        label="Nome, CPF, NIS ou data de nascimento",
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text="Como maria souza 21/03/1985. Acha também o nome escrito de outro jeito: Luiz e Luís.",
        error_messages={"required": "Escreva um pedaço do nome, um número ou uma data."},
    )


class Pessoa(forms.Form):
    """Quem é a pessoa: só o nome se exige, porque nem todos chegam com documento."""

    nome = forms.CharField(
        label="Nome completo", max_length=150, error_messages={"required": "Escreva o nome da pessoa."}
    )
    nome_social = forms.CharField(
        label="Nome social", max_length=150, required=False, help_text="Se a pessoa o usa, é ele que aparece."
    )
    apelido = forms.CharField(label="Apelido", max_length=60, required=False)
    nascimento = CampoDia(
        label="Data de nascimento", anos=ANOS_DE_NASCIMENTO, required=False, help_text="Como 21/03/1985."
    )
    sexo = escolha("Sexo", listas.Sexo.choices)
    nome_da_mae = forms.CharField(label="Nome da mãe", max_length=150, required=False)
    cpf = forms.CharField(label="CPF", max_length=20, required=False)
    nis = forms.CharField(label="NIS", max_length=20, required=False, help_text="Onze algarismos.")
    deficiencia = forms.ChoiceField(label="Pessoa com deficiência", choices=SIM_NAO, required=False)

    def clean_cpf(self) -> str:
        return conferido(ler_cpf, self.cleaned_data["cpf"])

    def clean_nis(self) -> str:
        return conferido(ler_nis, self.cleaned_data["nis"])

    def dados(self) -> Dados:
        """Depois de `is_valid()`."""
        limpos = {campo: self.cleaned_data[campo] for campo in Dados.__dataclass_fields__}
        return Dados(**limpos | {"deficiencia": {"sim": True, "nao": False}.get(limpos["deficiencia"])})


def iniciais_da_pessoa(pessoa: PessoaAtendida) -> dict[str, Any]:
    """Os dados guardados, escritos como se leem."""
    iniciais = {campo: getattr(pessoa, campo) for campo in Dados.__dataclass_fields__}
    return iniciais | {
        "cpf": cpf_com_pontos(pessoa.cpf) if pessoa.cpf else "",
        "nis": nis_com_pontos(pessoa.nis) if pessoa.nis else "",
        "deficiencia": {True: "sim", False: "nao"}.get(pessoa.deficiencia, ""),
    }


class Envio(forms.Form):
    """A chave de um envio, que repetida não grava de novo, e quem já está no registro, se é essa a pessoa."""

    chave = forms.UUIDField(widget=forms.HiddenInput, required=False)
    e_esta = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def lida(self, campo: str = "chave") -> UUID | None:
        """O que veio no campo; nada, se não veio ou não se entende."""
        self.full_clean()
        return self.cleaned_data.get(campo)


class NaFamilia(forms.Form):
    """O lugar de quem entra na composição."""

    parentesco = forms.TypedChoiceField(
        label="Parentesco com a pessoa de referência",
        coerce=int,
        choices=[("", "Escolha"), *listas.Parentesco.choices[1:]],
        error_messages={"required": "Escolha o parentesco.", "invalid_choice": "Escolha uma das opções da lista."},
    )
    dia = CampoDia(label="Dia do registro", anos=ANOS)


class Morada(Endereco):
    """Onde a família mora, e que CRAS a referencia."""

    field_order = (*DO_ENDERECO, "em_abrigo", "cras")
    em_abrigo = forms.BooleanField(label="É o endereço de um abrigo", required=False)
    cras = forms.ChoiceField(
        label="CRAS de referência", required=False, help_text="Em branco, fica o do território em que está o bairro."
    )

    def __init__(self, *args: Any, cras: list[Unidade], **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        del self.fields["ramal"], self.fields["email"]
        self._cras = {str(unidade.pk): unidade for unidade in cras}
        self.fields["cras"].choices = [
            ("", "O do território do bairro"),
            *((chave, unidade.nome) for chave, unidade in self._cras.items()),
        ]

    def endereco(self) -> dict[str, Any]:
        """Depois de `is_valid()`: os campos de `ComEndereco`."""
        return {campo: self.cleaned_data[campo] for campo in DO_ENDERECO}

    def cras_escolhido(self) -> Unidade | None:
        return self._cras.get(self.cleaned_data["cras"])


class Mudanca(Morada):
    """Endereço novo, desde um dia."""

    field_order = ("dia", *DO_ENDERECO, "em_abrigo", "cras")
    dia = CampoDia(label="Mora aqui desde", anos=ANOS)


def iniciais_da_morada(domicilio: Domicilio) -> dict[str, Any]:
    escritos = Endereco.iniciais_do_endereco(domicilio)
    return {campo: escritos[campo] for campo in DO_ENDERECO} | {"em_abrigo": domicilio.em_abrigo}


class ComoChegou(forms.Form):
    """Bloco 2 do Prontuário SUAS: forma de ingresso e motivo do primeiro atendimento."""

    ingresso = escolha(
        "Como a família chegou à unidade", listas.Ingresso.choices, falta="Escolha como a família chegou."
    )
    quem_encaminhou = forms.CharField(
        label="Quem encaminhou", max_length=150, required=False, help_text="O órgão ou a unidade, e o contato."
    )
    motivo = forms.CharField(
        label="O que trouxe a família",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Razões, demandas ou necessidades do primeiro atendimento. Só a equipe desta unidade lê.",
    )
    dia = CampoDia(label="Dia da chegada", anos=ANOS)
    numero = CampoInteiro(
        label="Número do prontuário",
        required=False,
        min_value=1,
        max_value=99_999_999,
        help_text="Em branco, o seguinte da unidade.",
        error_messages={"invalid": "Escreva o número só com algarismos."},
    )

    def __init__(self, *args: Any, le_motivo: bool = True, **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        if not le_motivo:
            del self.fields["motivo"]

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or self.cleaned_data
        ingresso = dados.get("ingresso")
        if ingresso and listas.Ingresso(ingresso).encaminhada and not dados.get("quem_encaminhou"):
            self.add_error("quem_encaminhou", "A família veio encaminhada: escreva por quem.")
        return dados

    def chegada(self) -> Chegada:
        """Depois de `is_valid()`."""
        return Chegada(**self.cleaned_data)


class DaFamilia(forms.Form):
    """O que se diz da família inteira."""

    especificidade = escolha("Especificidade social, étnica ou cultural", listas.Especificidade.choices)
    povo = forms.CharField(label="Povo ou etnia", max_length=60, required=False, help_text="Das famílias indígenas.")


class Anotar(forms.Form):
    """O que se fez: o tipo, com quem, quando, e o que convém escrever."""

    chave = forms.UUIDField(widget=forms.HiddenInput)
    tipo = forms.TypedChoiceField(
        label="O que se fez",
        coerce=int,
        choices=listas.TipoDeAtendimento.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Escolha o que se fez.", "invalid_choice": "Escolha uma das opções da lista."},
    )
    pessoa = forms.ChoiceField(label="Com quem", required=False)
    dia = CampoDia(label="Dia", anos=ANOS)
    descricao = forms.CharField(
        label="Descrição sumária", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, composicao: list[Integrante], **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        self._pessoas = {str(i.pessoa_id): i.pessoa for i in composicao if i.ate is None}
        self.fields["pessoa"].choices = [
            DESTA_FAMILIA,
            *((chave, pessoa.como_se_chama) for chave, pessoa in self._pessoas.items()),
        ]

    def novo(self) -> Novo:
        """Depois de `is_valid()`."""
        limpos = self.cleaned_data
        return Novo(
            tipo=limpos["tipo"],
            dia=limpos["dia"],
            pessoa=self._pessoas.get(limpos["pessoa"]),
            descricao=limpos["descricao"],
            chave=limpos["chave"],
        )


class Retirar(forms.Form):
    """A saída de alguém da composição."""

    saida = escolha("Por que saiu", listas.Saida.choices, falta="Escolha por que a pessoa saiu.")
    dia = CampoDia(label="Dia da saída", anos=ANOS)
    motivo = forms.CharField(label="Em palavras", max_length=300, required=False)


class Referencia(forms.Form):
    """O parentesco que a pessoa de referência de agora passa a ter com a nova."""

    parentesco_da_anterior = forms.TypedChoiceField(
        label="O que a pessoa de referência de agora é da nova",
        coerce=int,
        choices=[("", "Escolha"), *listas.Parentesco.choices[1:]],
        error_messages={"required": "Escolha o parentesco.", "invalid_choice": "Escolha uma das opções da lista."},
    )


class Motivo(forms.Form):
    """Um ato que pede razão."""

    motivo = forms.CharField(
        label="Por quê",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Escreva o motivo."},
    )


class Juntar(forms.Form):
    """Qual registro fica, e em que se baseou quem decide."""

    fica = forms.ChoiceField(
        label="Qual fica",
        widget=forms.RadioSelect,
        help_text="O nome e o que difere valem deste; o que nele falta vem do outro.",
        error_messages={"required": "Escolha o registro que fica.", "invalid_choice": "Escolha um dos dois."},
    )
    motivo = forms.CharField(
        label="Em que se baseou",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="O documento que viu, ou quem confirmou.",
        error_messages={"required": "Diga em que se baseou: o documento que viu, ou quem confirmou."},
    )

    def __init__(self, *args: Any, uma: PessoaAtendida, outra: PessoaAtendida, **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        self.fields["fica"].choices = [
            (str(pessoa.pk), f"{vez}: {pessoa.como_se_chama}") for vez, pessoa in (("Um", uma), ("Outro", outra))
        ]


class MotivoDeLer(Motivo):
    """Por que se lê o que outra unidade anotou: o texto sai daqui, no aviso a quem coordena."""

    def __init__(self, *args: Any, **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        self.fields["motivo"].help_text = "Sem o nome de ninguém: a coordenação da outra unidade e a gestão recebem."


def dia_de(texto: str, *, senao: date) -> date:
    """O primeiro dia do mês escrito como 2026-01; o de `senao`, se o texto não diz mês."""
    try:
        primeiro = date.fromisoformat(f"{texto}-01")
    except ValueError:
        primeiro = senao
    return (primeiro if ANOS[0] <= primeiro.year < ANOS[1] else senao).replace(day=1)
