"""Os acessos e os convites em planilha, como a lista os mostra. Quem chega aqui já os vê; a leitura fica registrada."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from suas.nucleo.identidade import consultas, lugares
from suas.nucleo.identidade.models import Convite, Vinculo
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.tela.exportar import Lista, coluna

#: Quantas linhas saem de uma vez; mais do que isso, filtra-se antes.
MAXIMO = 20_000
_VER = Permissao.ACESSO_VER
_ACESSOS = (
    coluna("nome", "Pessoa", permissao=_VER),
    coluna("email", "E-mail", permissao=_VER),
    coluna("papel", "Papel"),
    coluna("orgao", "Órgão ou unidade"),
    coluna("area", "Área"),
    coluna("codigo", "Código do território"),
    coluna("territorio", "Território"),
    coluna("desde", "Desde", "dia"),
    coluna("ultimo_dia", "Último dia", "dia"),
    coluna("situacao", "Situação"),
    coluna("ato", "Ato de nomeação"),
    coluna("ato_dia", "Dia do ato", "dia"),
)
_CONVITES = (
    coluna("nome", "Para quem", permissao=_VER),
    coluna("email", "E-mail", permissao=_VER),
    coluna("papel", "Papel"),
    coluna("orgao", "Órgão ou unidade"),
    coluna("codigo", "Código do território"),
    coluna("territorio", "Território"),
    coluna("criado_em", "Feito em", "momento"),
    coluna("valido_ate", "Vale até", "momento"),
    coluna("respondido_em", "Respondido em", "momento"),
    coluna("situacao", "Situação"),
)


def dos_acessos(vinculos: Iterable[Vinculo], *, hoje: date) -> Lista:
    """Os vínculos da lista, com a pessoa, o papel, onde, até quando e o ato."""
    vistos = list(vinculos)
    nomes = lugares.nomes(v.abrangencia for v in vistos)
    linhas = [_do_vinculo(vinculo, nomes, hoje=hoje) for vinculo in vistos]
    return Lista(nome="acessos", titulo="Acessos", colunas=_ACESSOS, linhas=linhas)


def _do_vinculo(vinculo: Vinculo, nomes: Mapping[str, str], *, hoje: date) -> tuple[object, ...]:
    return (
        vinculo.pessoa.nome,
        vinculo.pessoa.email_escrito,
        vinculo.papel.nome,
        vinculo.orgao,
        vinculo.area.upper(),
        vinculo.abrangencia,
        nomes[vinculo.abrangencia],
        vinculo.desde,
        vinculo.ultimo_dia,
        consultas.situacao_de(vinculo, hoje=hoje),
        vinculo.ato_numero,
        vinculo.ato_dia,
    )


def dos_convites(convites: Iterable[Convite], *, em: datetime) -> Lista:
    """Os convites da lista, sem o endereço por que se respondem."""
    vistos = list(convites)
    nomes = lugares.nomes(c.abrangencia for c in vistos)
    linhas = [
        (
            *(convite.nome, convite.email, convite.papel.nome, convite.orgao),
            *(convite.abrangencia, nomes[convite.abrangencia]),
            *(convite.criado_em, convite.valido_ate, convite.respondido_em),
            consultas.situacao_do_convite(convite, em=em),
        )
        for convite in vistos
    ]
    return Lista(nome="convites", titulo="Convites", colunas=_CONVITES, linhas=linhas)
