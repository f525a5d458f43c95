"""Formulários da rede: leem o que as pessoas escrevem; a regra está nas ações."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core import signing

from normas.base.documentos import ler_identificador_de_unidade
from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.forms import Endereco, conferido
from suas.cadastros.territorio.ponto import ler_coordenada
from suas.nucleo.identidade.forms.acessos import CampoDia
from suas.nucleo.tela.campos import CampoInteiro

_SAL = "suas.cadastros.rede.visto"
#: Da gestão, e não da coordenação da unidade.
DA_GESTAO = ("nome", "identificador", "natureza", "implantada_em", "aberta_em", "endereco_reservado")
GRUPOS = (
    ("O que é", ("nome", "identificador", "natureza", "capacidade", "implantada_em", "aberta_em")),
    (
        "Onde fica",
        (
            *("tipo_logradouro", "logradouro", "numero", "complemento", "bairro", "cep", "ponto_de_referencia"),
            *("localizacao", "latitude", "longitude", "endereco_reservado"),
        ),
    ),
    (
        "Como falar e quando atende",
        ("telefone", "ramal", "email", "dias_por_semana", "horas_por_dia", "equipe_volante"),
    ),
    (
        "O imóvel",
        (
            *("situacao_do_imovel", "imovel_compartilhado", "compartilhado_com", "placa"),
            *("acesso_principal", "rota_aos_espacos", "rota_ao_banheiro", "banheiro_adaptado"),
        ),
    ),
)
_DO_IMOVEL = GRUPOS[-1][1]


def _escolha(rotulo: str, opcoes: list[tuple[str, str]], ajuda: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=rotulo, required=False, choices=[("", "Não informado"), *opcoes], help_text=ajuda)


def inteiro(rotulo: str, *, maior: int, ajuda: str = "", menor: int = 0) -> CampoInteiro:
    """Um número inteiro que pode ficar em branco."""
    return CampoInteiro(
        label=rotulo,
        required=False,
        min_value=menor,
        max_value=maior,
        help_text=ajuda,
        error_messages={
            "invalid": "Escreva só um número inteiro, sem letras.",
            "min_value": f"Escreva um número de {menor} em diante.",
            "max_value": f"Escreva um número até {maior}.",
        },
    )


class Cadastro(Endereco):
    """O cadastro de uma unidade. Quem não é da gestão não vê nem muda o que a identifica.

    `visto` leva, assinados, a versão e os valores que a pessoa leu: com eles, se outra gravar antes, juntam-se as duas.
    """

    nome = forms.CharField(
        label="Nome da unidade", max_length=150, error_messages={"required": "Escreva o nome da unidade."}
    )
    identificador = forms.CharField(
        label="Número identificador", required=False, max_length=30, help_text="Os 11 algarismos do CadSUAS, se já tem"
    )
    natureza = forms.ChoiceField(label="Natureza", choices=Unidade.Natureza.choices)
    capacidade = inteiro("Capacidade", maior=1_000_000)
    implantada_em = CampoDia(label="Data de implantação", required=False, help_text="Como 31/12/2026")
    aberta_em = CampoDia(label="Funciona desde", required=False, help_text="Como 31/12/2026")
    latitude = forms.CharField(
        label="Latitude", required=False, max_length=30, help_text="Como -20,3155 ou 20°18'56\"S"
    )
    longitude = forms.CharField(
        label="Longitude", required=False, max_length=30, help_text="Como -40,3128 ou 40°18'46\"O"
    )
    dias_por_semana = inteiro("Dias por semana", menor=1, maior=7)
    horas_por_dia = inteiro("Horas por dia", menor=1, maior=24)
    equipe_volante = forms.BooleanField(label="Tem equipe volante", required=False)
    endereco_reservado = forms.BooleanField(
        label="O endereço é reservado",
        required=False,
        help_text="Marque para não mostrar ao público onde fica, como numa casa que protege mulheres em risco.",
    )
    situacao_do_imovel = forms.CharField(
        label="Situação do imóvel", required=False, max_length=60, help_text="Como próprio, alugado ou cedido"
    )
    imovel_compartilhado = _escolha("O imóvel é compartilhado?", Unidade.SimOuNao.choices)
    compartilhado_com = forms.CharField(
        label="Compartilhado com",
        required=False,
        max_length=300,
        help_text="A secretaria, o conselho, o Conselho Tutelar, outra unidade, saúde, escola, associação, entidade",
    )
    placa = _escolha("Tem placa de identificação?", Unidade.SimOuNao.choices)
    acesso_principal = _escolha(
        "Acesso principal adaptado", Unidade.Acesso.choices, "Rampas e rota acessível da calçada à recepção"
    )
    rota_aos_espacos = _escolha("Rota acessível aos espaços da unidade", Unidade.Acesso.choices)
    rota_ao_banheiro = _escolha("Rota acessível ao banheiro", Unidade.Acesso.choices)
    banheiro_adaptado = _escolha("Banheiro adaptado", Unidade.Acesso.choices)
    visto = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, gestao: bool, unidade: Unidade, **opcoes: Any) -> None:
        opcoes["initial"] = iniciais(unidade) | {"visto": _assinar(unidade)}
        super().__init__(*args, **opcoes)
        self.fields["capacidade"].help_text = f"Em {unidade.medida_da_capacidade}"
        fora = (*(() if gestao else DA_GESTAO), *(() if unidade.diz_o_imovel else _DO_IMOVEL))
        for nome in fora:
            del self.fields[nome]

    @property
    def grupos(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Os campos que há, na ordem e nos grupos da tela."""
        return [(titulo, [self[nome] for nome in nomes if nome in self.fields]) for titulo, nomes in GRUPOS]

    def clean_nome(self) -> str:
        return " ".join(self.cleaned_data["nome"].split())

    def clean_identificador(self) -> str | None:
        return conferido(ler_identificador_de_unidade, self.cleaned_data["identificador"]) or None

    def clean_latitude(self) -> Decimal | None:
        return _coordenada(self.cleaned_data["latitude"], nome="latitude", maior=90, exemplo="-20,3155")

    def clean_longitude(self) -> Decimal | None:
        return _coordenada(self.cleaned_data["longitude"], nome="longitude", maior=180, exemplo="-40,3128")

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or self.cleaned_data
        if "latitude" in dados and "longitude" in dados and (dados["latitude"] is None) != (dados["longitude"] is None):
            falta = "latitude" if dados["latitude"] is None else "longitude"
            self.add_error(falta, "Escreva a latitude e a longitude, ou deixe as duas em branco.")
        if dados.get("compartilhado_com") and dados.get("imovel_compartilhado") == Unidade.SimOuNao.NAO:
            self.add_error("imovel_compartilhado", f"Se é compartilhado com {dados['compartilhado_com']}, marque sim.")
        return dados

    def campos(self) -> dict[str, Any]:
        """O que a ação grava."""
        return {nome: valor for nome, valor in self.cleaned_data.items() if nome != "visto"}

    @property
    def versao(self) -> int:
        """A versão que a pessoa leu; 0 se não se sabe."""
        return _abrir(self.data.get("visto", ""))[0]


def iniciais(unidade: Unidade) -> dict[str, Any]:
    """O que o cadastro diz, escrito como se lê."""
    escritos = {nome: getattr(unidade, nome) for nome in Cadastro.base_fields if nome != "visto"}
    escritos |= Endereco.iniciais_do_endereco(unidade)
    for nome in ("latitude", "longitude"):
        valor = escritos[nome]
        escritos[nome] = "" if valor is None else str(valor).replace(".", ",")
    return escritos


def _coordenada(texto: str, *, nome: str, maior: int, exemplo: str) -> Decimal | None:
    if not texto.strip():
        return None
    try:
        return ler_coordenada(texto, nome=nome, maior=maior, exemplo=exemplo)
    except ValueError as erro:
        raise forms.ValidationError(str(erro)) from erro


def _textos(unidade: Unidade) -> dict[str, str]:
    """O que cada campo do formulário mandaria se ninguém o mudasse."""
    return {nome: _texto(valor) for nome, valor in iniciais(unidade).items()}


def _texto(valor: Any) -> str:
    if valor is None or isinstance(valor, bool):
        return "on" if valor else ""
    return f"{valor:%d/%m/%Y}" if isinstance(valor, date) else str(valor)


def _assinar(unidade: Unidade) -> str:
    return signing.dumps([unidade.versao, _textos(unidade)], salt=_SAL, compress=True)


def _abrir(visto: str) -> tuple[int, dict[str, str]]:
    try:
        versao, textos = signing.loads(visto, salt=_SAL)
    except (signing.BadSignature, ValueError):
        return 0, {}
    return versao, textos


@dataclass(frozen=True, kw_only=True)
class Diferenca:
    """Um campo em que o que está gravado não é o que a pessoa escreveu."""

    rotulo: str
    gravado: str
    seu: str


@dataclass(frozen=True, kw_only=True)
class Juntada:
    """O que a pessoa escreveu com o que outra gravou no meio tempo.

    `do_outro` são os campos que só a outra mudou e já estão no formulário; `dos_dois`, os que as duas mudaram: no
    formulário fica o que a pessoa escreveu, e a tela mostra os dois.
    """

    form: Cadastro
    do_outro: tuple[Diferenca, ...]
    dos_dois: tuple[Diferenca, ...]


def juntar(form: Cadastro, *, unidade: Unidade, gestao: bool) -> Juntada:
    """O formulário de novo, com as duas versões; `unidade` é como está gravada agora."""
    _, lidos = _abrir(form.data.get("visto", ""))
    agora = _textos(unidade)
    escritos = {nome: str(form.data.get(nome, "")).strip() for nome in form.fields if nome != "visto"}
    do_outro, dos_dois = [], []
    for nome, seu in escritos.items():
        gravado, lido = agora[nome], lidos.get(nome)
        if seu == gravado or gravado == lido:
            continue
        if seu == lido:
            escritos[nome] = gravado
            do_outro.append(_diferenca(form, nome, gravado=gravado, seu=seu))
        else:
            dos_dois.append(_diferenca(form, nome, gravado=gravado, seu=seu))
    dados: Mapping[str, str] = {n: v for n, v in escritos.items() if v} | {"visto": _assinar(unidade)}
    return Juntada(
        form=Cadastro(dados, gestao=gestao, unidade=unidade), do_outro=tuple(do_outro), dos_dois=tuple(dos_dois)
    )


def _diferenca(form: Cadastro, nome: str, *, gravado: str, seu: str) -> Diferenca:
    campo = form.fields[nome]
    return Diferenca(rotulo=str(campo.label), gravado=_como_se_le(campo, gravado), seu=_como_se_le(campo, seu))


def _como_se_le(campo: forms.Field, texto: str) -> str:
    if isinstance(campo, forms.BooleanField):
        return "sim" if texto else "não"
    if isinstance(campo, forms.ChoiceField):
        escolhas: Any = campo.choices
        return str(dict(escolhas).get(texto, texto))
    return texto or "(em branco)"
