"""Os campos de endereço e contato, para qualquer formulário de quem é `ComEndereco`, e o município como se escreve."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from normas.base.documentos import cep_com_traco, ler_cep, ler_telefone, telefone_com_traco
from suas.cadastros.territorio.consultas import buscar
from suas.cadastros.territorio.models import ComEndereco


def conferido(ler: Callable[[str], str], texto: str) -> str:
    """O que a leitura da norma devolve; a recusa dela vira a do campo, nas mesmas palavras."""
    try:
        return ler(texto) if texto.strip() else ""
    except ValueError as erro:
        raise forms.ValidationError(str(erro)) from erro


def municipio_escrito(texto: str) -> str:
    """O código do município que se escreveu; o que não se acha, ou é mais de um, volta com o nome."""
    escrito = texto.strip()
    achados = buscar(escrito)
    iguais = [m for m in achados.municipios if str(m).casefold() == escrito.casefold()]
    unico = achados.unico or (iguais[0] if len(iguais) == 1 else None)
    if unico is None:
        quantos = "mais de um" if achados.municipios else "nenhum"
        raise forms.ValidationError(f"“{escrito}” é o nome de {quantos} município. Escreva com a UF, como Vitória/ES.")
    return str(unico.pk)


class Endereco(forms.Form):
    """Endereço, telefone e e-mail como as pessoas escrevem. Junte os seus campos por herança."""

    tipo_logradouro = forms.CharField(
        label="Tipo de logradouro", required=False, max_length=30, help_text="Rua, avenida, praça, estrada"
    )
    logradouro = forms.CharField(label="Logradouro", required=False, max_length=200)
    numero = forms.CharField(label="Número", required=False, max_length=20, help_text="Sem número, escreva s/n")
    complemento = forms.CharField(label="Complemento", required=False, max_length=100)
    bairro = forms.CharField(label="Bairro", required=False, max_length=100)
    ponto_de_referencia = forms.CharField(label="Ponto de referência", required=False, max_length=200)
    cep = forms.CharField(label="CEP", required=False, max_length=20, help_text="Com ou sem traço")
    telefone = forms.CharField(label="Telefone", required=False, max_length=40, help_text="Com DDD")
    ramal = forms.CharField(label="Ramal", required=False, max_length=10)
    email = forms.EmailField(
        label="E-mail",
        required=False,
        error_messages={"invalid": "Escreva o e-mail inteiro, como assistencia@exemplo.es.gov.br."},
    )
    localizacao = forms.ChoiceField(
        label="Localização", required=False, choices=[("", "Não informada"), *ComEndereco.Localizacao.choices]
    )

    def clean_cep(self) -> str:
        return conferido(ler_cep, self.cleaned_data["cep"])

    def clean_telefone(self) -> str:
        return conferido(ler_telefone, self.cleaned_data["telefone"])

    @staticmethod
    def iniciais_do_endereco(lugar: ComEndereco) -> dict[str, Any]:
        """O endereço guardado, escrito como se lê."""
        iniciais = {nome: getattr(lugar, nome) for nome in Endereco.base_fields}
        iniciais["cep"] = cep_com_traco(lugar.cep) if lugar.cep else ""
        iniciais["telefone"] = telefone_com_traco(lugar.telefone) if lugar.telefone else ""
        return iniciais
