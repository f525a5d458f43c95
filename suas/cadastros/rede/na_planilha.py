"""De que unidade do cadastro fala a linha de uma planilha: pelo identificador ou pelo município e o nome."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from suas.cadastros.rede import colunas
from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.cadastros.territorio.planilha import Codigos
from suas.nucleo.importacoes.registro import Coluna, Falta, Linha, Pedido
from suas.nucleo.planilhas import celulas


@dataclass(frozen=True, kw_only=True)
class Unidades:
    """As unidades do cadastro, lidas de uma vez, por identificador e por nome no município."""

    codigos: Codigos
    por_identificador: Mapping[str, Unidade]
    por_nome: Mapping[tuple[str, str], Sequence[Unidade]]

    def codigo(self, linha: Linha) -> str:
        """O município da sede que a linha diz."""
        return self.codigos.codigo_de(linha["municipio"])

    def achar(self, linha: Linha) -> Unidade | None:
        """A unidade da linha; nada, se ela não diz nenhuma ou pode dizer mais de uma."""
        achadas = self._possiveis(linha)
        return achadas[0] if len(achadas) == 1 else None

    def chave(self, linha: Linha) -> str:
        """O que distingue a unidade da linha das outras do arquivo, ainda que não esteja no cadastro."""
        unidade = self.achar(linha)
        return str(unidade.pk) if unidade else str(linha.get("identificador") or linha.get("unidade") or "")

    def rotulo(self, linha: Linha) -> str:
        """Como se chama a unidade da linha."""
        unidade = self.achar(linha)
        return unidade.nome if unidade else str(linha.get("unidade") or linha.get("identificador") or "")

    def faltas(self, linha: Linha) -> Iterable[Falta]:
        """O que há de errado com o município ou com a unidade da linha; vazio, se ela diz uma unidade dali."""
        codigo = self.codigo(linha)
        if erro := self.codigos.erro_de_existencia(codigo):
            yield Falta(coluna="municipio", mensagem=erro)
            return
        unidade = self.achar(linha)
        if unidade is None:
            yield self._sem_unidade(linha, codigo)
        elif unidade.municipio_id != codigo:
            onde = self.codigos.lugar(unidade.municipio_id)
            yield Falta(
                coluna="identificador",
                mensagem=f"{linha['identificador']} é de {unidade.nome}, em {onde}. Confira o número ou o município.",
            )

    def _possiveis(self, linha: Linha) -> Sequence[Unidade]:
        if identificador := linha.get("identificador"):
            achada = self.por_identificador.get(identificador)
            return [achada] if achada else []
        nome = nome_de_busca(linha.get("unidade", ""))
        return self.por_nome.get((self.codigo(linha), nome), []) if nome else []

    def _sem_unidade(self, linha: Linha, codigo: str) -> Falta:
        """Por que a linha não diz uma unidade do cadastro."""
        if identificador := linha.get("identificador"):
            return Falta(
                coluna="identificador",
                mensagem=f"{identificador} não é de nenhuma unidade do cadastro. Confira os 11 algarismos, ou importe "
                "primeiro as unidades.",
            )
        if not linha.get("unidade"):
            return Falta(coluna="unidade", mensagem="falta dizer de que unidade. Escreva o identificador ou o nome.")
        quantas = len(self._possiveis(linha))
        onde = self.codigos.lugar(codigo)
        if quantas:
            return Falta(
                coluna="unidade", mensagem=f"há {quantas} unidades com esse nome em {onde}. Escreva o identificador."
            )
        return Falta(
            coluna="unidade",
            mensagem=f"{linha['unidade']} não está no cadastro de {onde}. Confira o nome, ou importe primeiro as "
            "unidades.",
        )


def ler(pedido: Pedido) -> Unidades:
    """As unidades do cadastro, menos as juntadas a outra."""
    unidades = list(Unidade.objects.filter(fundida_em__isnull=True).order_by("pk"))
    por_nome: dict[tuple[str, str], list[Unidade]] = defaultdict(list)
    for unidade in unidades:
        por_nome[unidade.municipio_id, unidade.nome_busca].append(unidade)
    return Unidades(
        codigos=Codigos(ano=pedido.em.year, abrangencia=pedido.abrangencia),
        por_identificador={u.identificador: u for u in unidades if u.identificador},
        por_nome=por_nome,
    )


def _da_unidade(codigo: str) -> Coluna:
    """A mesma coluna da planilha de unidades."""
    return next(coluna for coluna in colunas.UNIDADES if coluna.codigo == codigo)


COLUNAS = (
    _da_unidade("identificador"),
    _da_unidade("municipio"),
    Coluna(
        codigo="unidade",
        nome="Unidade",
        ajuda="O nome como está no cadastro, se não há identificador.",
        exemplo="CRAS Centro",
        ler=celulas.texto(maximo=150),
        sinonimos=("nome", "nome_centro", "nome da unidade", "nome_unidade"),
    ),
)
