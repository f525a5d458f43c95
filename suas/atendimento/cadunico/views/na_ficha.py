"""O que o Cadastro Único diz, na página da família: para a equipe que a acompanha e para quem a entrevista."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from normas.base.documentos import cpf_com_pontos, nis_com_pontos
from suas.atendimento.cadunico import consultas
from suas.atendimento.cadunico.consultas import Diferenca
from suas.atendimento.familias.ligacoes import Secao
from suas.atendimento.familias.listas import Sexo
from suas.atendimento.familias.permissoes import Acesso
from suas.nucleo.importacoes.registro import como_se_escreve
from suas.nucleo.permissoes.papeis import ENTREVISTADOR

ROTULOS = {
    "nome": "nome", "nome_da_mae": "nome da mãe", "nis": "NIS", "cpf": "CPF", "nascimento": "data de nascimento",
    "sexo": "sexo", "deficiencia": "pessoa com deficiência",
}  # fmt: skip


def _sexo(valor: str) -> str:
    return str(Sexo(valor).label)


_COMO: dict[str, Callable[[str], str]] = {"nis": nis_com_pontos, "cpf": cpf_com_pontos, "sexo": _sexo}


def do_cadastro(request: HttpRequest, acesso: Acesso) -> Secao | None:
    """O quadro; nada a quem não acompanha a família nem a entrevista, e nada se ela nunca veio num extrato."""
    entrevista = request.ator.papel.codigo == ENTREVISTADOR.codigo
    if acesso.prontuario is None or not (acesso.le_prontuario or entrevista):
        return None
    cadastros = consultas.da_familia(acesso.familia.pk)
    if not cadastros:
        return None
    return Secao(
        modelo="cadunico/_na_ficha.jinja",
        dados={
            "cadastros": [
                {
                    "dito": cadastro,
                    "meses": consultas.meses_desde(cadastro.atualizado_dia, request.hoje)
                    if cadastro.atualizado_dia
                    else None,
                    "desatualizado": consultas.desatualizado(cadastro, hoje=request.hoje),
                    "faltam": consultas.faltam_no_ultimo(cadastro),
                    "efeitos": [dita for dita in cadastro.pessoas.all() if dita.condicionalidade],
                }
                for cadastro in cadastros
            ],
            "diferencas": consultas.diferencas(cadastros),
            "rotulos": ROTULOS,
            "escrito": escrito,
        },
        campos=("codigo_familiar", "renda", "bolsa_familia", "condicionalidade"),
    )


def escrito(diferenca: Diferenca, valor: object) -> str:
    """O valor como a tela o diz."""
    if valor in {"", None}:
        return "em branco"
    como = _COMO.get(diferenca.campo)
    return como(str(valor)) if como else como_se_escreve(valor)
