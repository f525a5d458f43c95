"""As colunas de planilha que todo cadastro com endereço tem, e como se lê cada uma."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from normas.base.documentos import ler_cep, ler_telefone, telefone_com_traco
from suas.cadastros.territorio.models import ComEndereco
from suas.nucleo.importacoes.registro import CelulaRecusada, Coluna, Falta, Linha
from suas.nucleo.planilhas import celulas
from suas.nucleo.planilhas.celulas import Jeito, Leitor

LOCALIZACOES = {local.value: str(local.label) for local in ComEndereco.Localizacao}
SAO_PAULO = "35"


def da_norma(ler: Callable[[str], Any]) -> Leitor:
    """O leitor da norma como leitor de célula."""

    def leitor(escrito: str, jeito: Jeito) -> Any:
        try:
            return ler(escrito)
        except ValueError as erro:
            raise CelulaRecusada(str(erro)) from erro

    return leitor


def texto(
    codigo: str,
    nome: str,
    exemplo: str,
    *,
    maximo: int,
    ajuda: str = "Como está no cadastro.",
    sinonimos: tuple[str, ...] = (),
    dispensavel: bool = True,
) -> Coluna:
    """Uma coluna de texto, de que a linha em geral não precisa."""
    return Coluna(
        codigo=codigo,
        nome=nome,
        ajuda=ajuda,
        exemplo=exemplo,
        ler=celulas.texto(maximo=maximo),
        sinonimos=sinonimos,
        dispensavel=dispensavel,
    )


def dia(codigo: str, nome: str, *, ajuda: str = "Dia, mês e ano.", sinonimos: tuple[str, ...] = ()) -> Coluna:
    """Uma coluna de data, de que a linha não precisa."""
    return Coluna(
        codigo=codigo,
        nome=nome,
        ajuda=ajuda,
        exemplo="12/03/1997",
        ler=celulas.dia(),
        sinonimos=sinonimos,
        dispensavel=True,
    )


def falta_do_cep(linha: Linha, municipio: str) -> Iterable[Falta]:
    """O CEP que só pode ser de São Paulo num município que não é de lá: a planilha perdeu o último algarismo."""
    if linha.get("cep", "").startswith("0") and municipio[:2] != SAO_PAULO:
        yield Falta(
            coluna="cep",
            mensagem="os CEPs que começam por 0 são de São Paulo. Se a planilha perdeu o último algarismo, escreva os "
            "oito; se não o sabe, apague.",
        )


def _cep(escrito: str) -> str:
    """O CEP, também o de cinco algarismos, de antes de 1992, e o que perdeu o zero do começo numa planilha."""
    limpo = escrito.replace("-", "").replace(".", "")
    if limpo.isdigit():
        limpo = {5: f"{limpo}000", 7: f"0{limpo}"}.get(len(limpo), limpo)
    return ler_cep(limpo)


def _email(escrito: str, jeito: Jeito) -> str:
    try:
        validate_email(escrito)
    except ValidationError as erro:
        raise CelulaRecusada(f"“{escrito}” não é um e-mail. Escreva como nome@orgao.gov.br.") from erro
    return escrito


LUGAR = (
    texto("tipo_logradouro", "Tipo de logradouro", "Rua", maximo=30),
    texto("logradouro", "Logradouro", "das Flores", maximo=200, sinonimos=("endereco", "rua")),
    texto("numero", "Número", "12", maximo=20),
    texto("complemento", "Complemento", "sala 2", maximo=100),
    texto("bairro", "Bairro", "Centro", maximo=100),
    texto("ponto_de_referencia", "Ponto de referência", "Em frente à praça", maximo=200),
    Coluna(
        codigo="cep",
        nome="CEP",
        ajuda="Com ou sem traço.",
        exemplo="29010-000",
        ler=da_norma(_cep),
        em_branco=frozenset({"0", "00000000", "00000-000"}),
        dispensavel=True,
    ),
    Coluna(
        codigo="localizacao",
        nome="Localização",
        ajuda="Urbana ou rural.",
        exemplo="urbana",
        ler=celulas.escolha(
            LOCALIZACOES,
            sinonimos={
                "u": "urbana",
                "r": "rural",
                "área urbana": "urbana",
                "área rural": "rural",
                "urbano": "urbana",
            },
        ),
        sinonimos=("rural_urbano", "localizacao urbana ou rural"),
        dispensavel=True,
    ),
)
CONTATO = (
    Coluna(
        codigo="telefone",
        nome="Telefone",
        ajuda="Um, com DDD.",
        exemplo="(27) 3000-0000",
        ler=da_norma(ler_telefone),
        escrever=lambda valor: telefone_com_traco(valor) if valor else "",
        dispensavel=True,
    ),
    Coluna(
        codigo="email",
        nome="E-mail",
        ajuda="O do lugar, e não o de uma pessoa.",
        exemplo="nome@orgao.gov.br",
        ler=_email,
        sinonimos=("email",),
        dispensavel=True,
    ),
)
