"""De que entidade fala a linha de uma planilha: pelo CNPJ, entre as que têm sede no município de quem a traz."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from normas.base.documentos import cnpj_com_pontos, ler_cnpj
from suas.cadastros.entidades.models import Entidade
from suas.cadastros.territorio.colunas import da_norma
from suas.cadastros.territorio.planilha import Codigos
from suas.nucleo.importacoes.registro import Coluna, Falta, Linha, Pedido

CNPJ = Coluna(
    codigo="cnpj",
    nome="CNPJ",
    ajuda="Com ou sem pontos; os novos têm letras. É por ele que se acha a já cadastrada.",
    exemplo="00.000.000/0001-91",
    ler=da_norma(lambda escrito: ler_cnpj(escrito.zfill(14) if escrito.isdigit() else escrito)),
    escrever=cnpj_com_pontos,
    obrigatoria=True,
    sinonimos=("nu_cnpj", "cnpj da entidade"),
)


@dataclass(frozen=True, kw_only=True)
class Entidades:
    """As entidades do país, lidas de uma vez, e o município cujo órgão gestor traz a planilha."""

    municipio: str
    hoje: date
    codigos: Codigos
    por_cnpj: Mapping[str, Entidade]

    def achar(self, linha: Linha) -> Entidade | None:
        """A entidade da linha, se tem sede no município."""
        gravada = self.por_cnpj.get(linha.get("cnpj", ""))
        return gravada if gravada is not None and gravada.municipio_id == self.municipio else None

    def nome(self, linha: Linha) -> str:
        """Como a entidade se chama; sem cadastro, o CNPJ."""
        gravada = self.por_cnpj.get(linha["cnpj"])
        return gravada.nome if gravada is not None else cnpj_com_pontos(linha["cnpj"])

    def faltas(self, linha: Linha) -> Iterable[Falta]:
        """Por que a linha não diz uma entidade com sede no município; vazio, se diz."""
        gravada = self.por_cnpj.get(linha["cnpj"])
        if gravada is None:
            yield Falta(
                coluna="cnpj",
                mensagem=f"{cnpj_com_pontos(linha['cnpj'])} não está no cadastro de entidades. Confira o CNPJ, ou "
                "traga primeiro a planilha das entidades.",
            )
        elif gravada.municipio_id != self.municipio:
            onde = self.codigos.lugar(gravada.municipio_id)
            yield Falta(
                coluna="cnpj",
                mensagem=f"{gravada.nome} tem sede em {onde}, e é o órgão gestor de lá que mantém a ficha dela. Deixe "
                "a linha de fora.",
            )


def ler(pedido: Pedido) -> Entidades:
    """As entidades de todo o país: o CNPJ é um só."""
    return Entidades(
        municipio=pedido.abrangencia,
        hoje=timezone.localtime(pedido.em).date(),
        codigos=Codigos(ano=pedido.em.year, abrangencia=pedido.abrangencia),
        por_cnpj={entidade.cnpj: entidade for entidade in Entidade.objects.all()},
    )
