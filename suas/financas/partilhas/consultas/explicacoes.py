"""A memória de um município, pronta para uma página: a explicação da norma com os nomes e o que mudaria a posição."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from normas.partilha.e_se import Mudanca, ParaSubir, para_subir
from normas.partilha.explicacao import Conta, Explicacao, Vizinho, explicar
from normas.partilha.historia import Dado
from suas.cadastros.territorio.models import Municipio


@dataclass(frozen=True, kw_only=True)
class VizinhoComNome:
    """Quem está perto na fila, com o nome do município."""

    vizinho: Vizinho
    nome: str


@dataclass(frozen=True, kw_only=True)
class MudancaDoDado:
    """O que um dado teria de valer para subir uma posição e para receber; None quando a pergunta não cabe."""

    rotulo: str
    valor_atual: str
    posicao: Mudanca | None
    recurso: Mudanca | None


@dataclass(frozen=True, kw_only=True)
class MemoriaDoMunicipio:
    """Tudo o que a página de um município mostra, lido só da memória gravada."""

    explicacao: Explicacao
    vizinhos: tuple[VizinhoComNome, ...]
    dados: tuple[Dado, ...]
    para_subir: ParaSubir

    @property
    def populacao(self) -> Dado:
        """O dado que dá o porte."""
        return self.explicacao.passos[0].dados[0]

    @staticmethod
    def fonte(dado: Dado) -> str:
        """Fonte e ano do dado; o ano que a fonte já diz não se repete."""
        ano = "" if dado.ano in dado.fonte else dado.ano
        return ", ".join(parte for parte in (dado.fonte, ano) if parte) or "fonte não informada"

    @property
    def contas_gerais(self) -> tuple[Conta, ...]:
        """A taxa, o índice e o mínimo: as contas que não são de um indicador só."""
        dos_indicadores = {conta.descricao for conta in self.contas_dos_indicadores.values()}
        return tuple(conta for conta in self.explicacao.contas if conta.descricao not in dos_indicadores)

    @property
    def contas_dos_indicadores(self) -> dict[str, Conta]:
        """A conta que leva cada indicador ao valor de 0 a 1, pela chave dele."""
        por_descricao = {conta.descricao: conta for conta in self.explicacao.contas}
        return {i.chave: por_descricao[f"{i.rotulo}, de 0 a 1"] for i in self.explicacao.indicadores}

    @property
    def mudancas(self) -> tuple[MudancaDoDado, ...]:
        """Uma linha por dado: o que ele vale hoje e o que valeria para subir uma posição ou receber."""
        por_coluna = {mudanca.coluna: mudanca for mudanca in self.para_subir.recurso + self.para_subir.posicao}
        posicao = {mudanca.coluna: mudanca for mudanca in self.para_subir.posicao}
        recurso = {mudanca.coluna: mudanca for mudanca in self.para_subir.recurso}
        return tuple(
            MudancaDoDado(
                rotulo=mudanca.rotulo,
                valor_atual=mudanca.valor_atual,
                posicao=posicao.get(coluna),
                recurso=recurso.get(coluna),
            )
            for coluna, mudanca in por_coluna.items()
        )


def memoria_do_municipio(memoria: Mapping[str, Any], *, codigo_ibge: str) -> MemoriaDoMunicipio:
    """Explica um município; `memoria` é a inteira ou a da UF dele. Erros: `MunicipioForaDaPartilha`."""
    explicacao = explicar(memoria=memoria, codigo_ibge=codigo_ibge)
    nomes = Municipio.objects.in_bulk([vizinho.codigo_ibge for vizinho in explicacao.vizinhos])
    return MemoriaDoMunicipio(
        explicacao=explicacao,
        vizinhos=tuple(VizinhoComNome(vizinho=v, nome=nomes[v.codigo_ibge].nome) for v in explicacao.vizinhos),
        dados=_sem_repetir(dado for passo in explicacao.passos for dado in passo.dados),
        para_subir=para_subir(memoria=memoria, codigo_ibge=codigo_ibge),
    )


def _sem_repetir(dados: Iterable[Dado]) -> tuple[Dado, ...]:
    return tuple({dado.rotulo: dado for dado in dados}.values())
