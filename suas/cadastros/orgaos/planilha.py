"""O que as planilhas de órgãos e de fundos têm igual: cada ente traz o seu registro, e o dos outros não se lê."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from normas.base.documentos import cnpj_com_pontos, ler_cnpj
from normas.territorio.federacao import UF_POR_CODIGO, UF_POR_SIGLA
from suas.cadastros.orgaos.consultas import DISTRITO_FEDERAL, tem_registro_proprio
from suas.cadastros.orgaos.models import DoEnte
from suas.cadastros.territorio.colunas import da_norma, dia, texto
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.cadastros.territorio.planilha import COLUNAS_DE_CODIGO, Codigos
from suas.nucleo.identidade import lugares
from suas.nucleo.importacoes.registro import AplicacaoRecusada, Coluna, Falta, Linha, Lote, Pedido
from suas.nucleo.permissoes.abrangencia import BRASIL
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.planilhas import celulas
from suas.nucleo.recusa import AtoRecusado

R = TypeVar("R", bound=DoEnte)
_PAIS = {"br", "brasil", "uniao"}
_SEM_NOME = tuple(nome for nome in COLUNAS_DE_CODIGO if nome not in {"nome", "codigo"})


@dataclass(frozen=True, kw_only=True)
class Entes:
    """O ente de quem traz, e como se lê o das linhas."""

    proprio: str
    codigos: Codigos

    @classmethod
    def de(cls, pedido: Pedido) -> Entes:
        """O de quem pede; a União, se age pelo país."""
        return cls(proprio=pedido.abrangencia, codigos=Codigos(ano=pedido.em.year, abrangencia=pedido.abrangencia))

    def de_texto(self, escrito: str) -> str:
        """O código do ente que o texto diz (BR, uma UF, um município); se não dá para saber, o texto."""
        limpo = nome_de_busca(escrito)
        if limpo in _PAIS:
            return BRASIL
        if (uf := UF_POR_SIGLA.get(limpo.upper())) is not None:
            return uf.codigo
        codigo = self.codigos.codigo_de(escrito)
        return codigo if tem_registro_proprio(codigo) else DISTRITO_FEDERAL

    def da_linha(self, linha: Linha) -> str:
        """O ente da linha; sem a coluna, o de quem traz."""
        return self.de_texto(linha["ente"]) if linha.get("ente") else self.proprio

    def de_outro(self, linha: Linha) -> bool:
        """A linha é de um ente que existe e não é o de quem traz: não se lê."""
        ente = self.da_linha(linha)
        existe = ente == BRASIL or ente in UF_POR_CODIGO or not self.codigos.erro_de_existencia(ente)
        return ente != self.proprio and existe

    def faltas(self, linha: Linha) -> Iterable[Falta]:
        """O ente que não se entendeu."""
        ente = self.da_linha(linha)
        if ente != self.proprio:
            yield Falta(coluna="ente", mensagem=self.codigos.erro_de_existencia(ente))


def lugar(ente: str) -> str:
    """“Vitória/ES”."""
    return lugares.nome(ente)


def atual(gravado: DoEnte | None, linha: Linha, *, dizem: tuple[str, ...]) -> Mapping[str, Any] | None:
    """O que há gravado; as colunas de `dizem` só dizem de que registro se trata."""
    if gravado is None:
        return None
    return {nome: linha[nome] if nome in dizem else getattr(gravado, nome) for nome in linha.valores}


def falta_do_nome(gravado: DoEnte | None, linha: Linha) -> Iterable[Falta]:
    """O registro novo precisa de nome."""
    if gravado is None and not linha.get("nome"):
        yield Falta(coluna="nome", mensagem="falta o nome, como está na lei ou no decreto. Escreva-o.")


def gravar(
    lote: Lote,
    *,
    achar: Callable[[Linha], R | None],
    registrar: Callable[[Linha, dict[str, Any]], R],
    atualizar: Callable[..., R],
    dizem: tuple[str, ...],
    por: Ator,
    em: datetime,
) -> None:
    """Registra o que é novo e atualiza o que mudou, um ato por linha."""
    for linha in lote.linhas:
        dados = {nome: valor for nome, valor in linha.valores.items() if nome not in dizem}
        gravado = achar(linha)
        try:
            if gravado is None:
                registrar(linha, dados)
            else:
                atualizar(gravado, dados=dados, versao=gravado.versao, por=por, em=em)
        except AtoRecusado as recusa:
            raise AplicacaoRecusada(f"Linha {linha.numero}: {recusa}") from recusa


COLUNA_DO_ENTE = Coluna(
    codigo="ente",
    nome="Ente",
    ajuda="O código ou o nome do município, a sigla do estado, ou Brasil. Sem ela, é o seu.",
    exemplo="3205309",
    ler=celulas.texto(maximo=80),
    sinonimos=(*_SEM_NOME, "uf", "estado"),
)
DO_ENTE = (
    texto("nome", "Nome", "Secretaria Municipal de Assistência Social", maximo=200, dispensavel=False),
    Coluna(
        codigo="cnpj",
        nome="CNPJ",
        ajuda="Com ou sem pontos; as letras do CNPJ novo também valem.",
        exemplo="00.000.000/0001-91",
        ler=da_norma(lambda escrito: ler_cnpj(escrito.zfill(14) if escrito.isdigit() else escrito)),
        escrever=lambda valor: cnpj_com_pontos(valor) if valor else "",
        sinonimos=("nu_cnpj",),
        dispensavel=True,
    ),
    texto("lei", "Lei de criação", "Lei nº 1.234/1997", maximo=120, sinonimos=("lei de criacao", "numero da lei")),
    dia("lei_dia", "Data da lei", sinonimos=("data da lei de criacao",)),
    texto("decreto", "Decreto que regulamenta", "Decreto nº 12/1998", maximo=200, sinonimos=("decreto",)),
)
