"""Os formulários do cadastro de órgãos: conferem forma; a regra está nas ações."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from normas.base.documentos import cnpj_com_pontos, ler_cnpj
from suas.cadastros.orgaos.do_ente import Posse
from suas.cadastros.orgaos.models import AREAS_ASSOCIADAS, SUBDIVISOES, DoEnte, Mandato, Orgao, nome_da_funcao
from suas.cadastros.territorio.forms import Endereco, conferido
from suas.nucleo.identidade.forms.acessos import CampoDia

DO_ENTE = ("nome", "cnpj", "lei", "lei_dia", "lei_alteracoes", "decreto")
SIM_NAO = (("", "Não informado"), ("sim", "Sim"), ("nao", "Não"))


#: Leis e mandatos de antes de o sistema existir.
ANOS = (1930, 2100)
GRUPOS = (
    ("O que é", ("nome", "sigla", "cnpj", "natureza", "areas_associadas", "subdivisoes", "secretaria_propria")),
    ("Como foi criado", ("lei", "lei_dia", "lei_alteracoes", "decreto", "unidade_orcamentaria", "codigo_orcamentario")),
    (
        "Onde fica e como falar",
        (
            *("tipo_logradouro", "logradouro", "numero", "complemento", "bairro", "ponto_de_referencia", "cep"),
            *("localizacao", "telefone", "ramal", "email"),
        ),
    ),
)


def dia(rotulo: str, *, ajuda: str = "Como 31/12/2026", falta: str = "") -> CampoDia:
    """Um dia, escrito como 31/12/2026; `falta` é o que se diz quando é preciso e não veio."""
    campo = CampoDia(label=rotulo, required=bool(falta), help_text=ajuda, anos=ANOS)
    if falta:
        campo.error_messages["required"] = falta
    return campo


class CriadoPorLei(forms.Form):
    """O que órgão, conselho e fundo têm de comum, e a versão que se leu."""

    nome = forms.CharField(
        label="Nome", max_length=200, error_messages={"required": "Escreva o nome, como está na lei ou no decreto."}
    )
    cnpj = forms.CharField(
        label="CNPJ", required=False, max_length=30, help_text="Com ou sem pontos; as letras do CNPJ novo também valem"
    )
    lei = forms.CharField(
        label="Lei de criação", required=False, max_length=120, help_text="Como “Lei nº 1.234/1997”"
    )  # fmt: skip
    lei_dia = dia("Data da lei")
    lei_alteracoes = forms.CharField(
        label="Alterações da lei", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    decreto = forms.CharField(label="Decreto que regulamenta", required=False, max_length=200)
    versao = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def grupos(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Os campos que há, na ordem e nos grupos da tela."""
        grupos = [(titulo, [self[nome] for nome in nomes if nome in self.fields]) for titulo, nomes in GRUPOS]
        return [(titulo, campos) for titulo, campos in grupos if campos]

    def clean_cnpj(self) -> str:
        return conferido(ler_cnpj, self.cleaned_data["cnpj"])

    def clean_versao(self) -> int:
        return self.cleaned_data["versao"] or 0

    @staticmethod
    def iniciais_do_ente(registro: DoEnte) -> dict[str, Any]:
        """O que está guardado, escrito como se lê."""
        iniciais = {nome: getattr(registro, nome) for nome in DO_ENTE}
        iniciais["cnpj"] = cnpj_com_pontos(registro.cnpj) if registro.cnpj else ""
        return iniciais | {"versao": registro.versao}


class Registro(Endereco, CriadoPorLei):
    """O registro de um órgão; os campos que não são do tipo dele saem."""

    sigla = forms.CharField(label="Sigla", required=False, max_length=20, help_text="Como CMAS ou SEMAS")
    natureza = forms.ChoiceField(
        label="Que tipo de órgão é", required=False, choices=[("", "Não informado"), *Orgao.Natureza.choices]
    )
    areas_associadas = forms.MultipleChoiceField(
        label="Áreas com que divide a secretaria",
        required=False,
        choices=[(area, area) for area in AREAS_ASSOCIADAS],
        widget=forms.CheckboxSelectMultiple,
    )
    subdivisoes = forms.MultipleChoiceField(
        label="Áreas formais na estrutura do órgão",
        required=False,
        choices=[(area, area) for area in SUBDIVISOES],
        widget=forms.CheckboxSelectMultiple,
        help_text="As que existem por lei, decreto ou portaria",
    )
    secretaria_propria = forms.ChoiceField(
        label="Tem secretaria executiva própria", required=False, choices=SIM_NAO
    )  # fmt: skip

    def __init__(self, *args: Any, tipo: str, orgao: Orgao | None = None, **kwargs: Any) -> None:
        if orgao is not None:
            kwargs.setdefault("initial", _iniciais(orgao))
        super().__init__(*args, **kwargs)
        so_do_gestor = {"natureza", "areas_associadas", "subdivisoes"}
        fora = so_do_gestor if tipo != Orgao.Tipo.ORGAO_GESTOR else set()
        if tipo != Orgao.Tipo.CONSELHO:
            fora |= {"secretaria_propria"}
        if tipo == Orgao.Tipo.GOVERNO:
            fora |= {"lei", "lei_dia", "lei_alteracoes", "decreto"}
        for nome in fora:
            del self.fields[nome]

    def clean_secretaria_propria(self) -> bool | None:
        return {"sim": True, "nao": False}.get(self.cleaned_data["secretaria_propria"])

    def dados(self) -> dict[str, Any]:
        """O que a ação grava: os campos deste tipo de órgão."""
        return {nome: valor for nome, valor in self.cleaned_data.items() if nome != "versao"}


def _iniciais(orgao: Orgao) -> dict[str, Any]:
    return {
        **CriadoPorLei.iniciais_do_ente(orgao),
        **Endereco.iniciais_do_endereco(orgao),
        "sigla": orgao.sigla,
        "natureza": orgao.natureza,
        "areas_associadas": orgao.areas_associadas,
        "subdivisoes": orgao.subdivisoes,
        "secretaria_propria": {True: "sim", False: "nao"}.get(orgao.secretaria_propria, ""),
    }


class DarPosse(forms.Form):
    """Quem assume. `ultimo_dia` só se preenche para registrar um mandato que já acabou."""

    nome = forms.CharField(
        label="Nome de quem assume",
        max_length=150,
        error_messages={"required": "Escreva o nome de quem assume, como está no ato."},
    )
    cargo = forms.CharField(label="Cargo", required=False, max_length=120, help_text="Como “Secretária municipal”")
    ato = forms.CharField(
        label="Ato de nomeação ou eleição",
        required=False,
        max_length=120,
        help_text="Como “Decreto nº 12/2025” ou “ata da plenária de 02/01/2025”",
    )
    ato_dia = dia("Data do ato")
    arquivo = forms.FileField(
        label="Arquivo do ato",
        required=False,
        help_text="PDF, PNG ou JPEG de até 10 MB. Lê-o quem age neste território ou acima dele; o público, não.",
        error_messages={"empty": "O arquivo escolhido está vazio. Escolha de novo."},
    )
    desde = dia("Responde desde", falta="Diga desde quando a pessoa responde.")
    previsto_ate = dia("Mandato previsto até", ajuda="Só se o ato diz até quando vai")
    ultimo_dia = dia(
        "Último dia em que respondeu", ajuda="Só para registrar quem já saiu; de quem responde, deixe vazio"
    )

    def posse(self) -> Posse:
        dados = dict(self.cleaned_data)
        dados.pop("funcao", None)
        dados.pop("arquivo")
        ultimo = dados.pop("ultimo_dia")
        return Posse(**dados, ate=date.fromordinal(ultimo.toordinal() + 1) if ultimo else None)


class PosseNoOrgao(DarPosse):
    """A posse num órgão, na função escolhida."""

    funcao = forms.ChoiceField(label="Em que função", choices=())
    field_order = ("funcao",)

    def __init__(self, *args: Any, tipo: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        funcoes = [Mandato.Funcao.TITULAR, Mandato.Funcao.SUBSTITUTO]
        if tipo == Orgao.Tipo.CONSELHO:
            funcoes.append(Mandato.Funcao.SECRETARIA_EXECUTIVA)
        if tipo == Orgao.Tipo.ORGAO_GESTOR:
            funcoes = [Mandato.Funcao.TITULAR]
        nomes = [(funcao.value, nome_da_funcao(funcao, tipo).capitalize()) for funcao in funcoes]
        self.fields["funcao"].choices = nomes


class EncerrarMandato(forms.Form):
    """O último dia e por quê."""

    ultimo_dia = dia("Último dia em que respondeu", falta="Diga o último dia em que a pessoa respondeu.")
    motivo = forms.CharField(
        label="Por que saiu", required=False, max_length=200, help_text="Como “exoneração a pedido”"
    )  # fmt: skip
