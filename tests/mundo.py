"""Um mundo pequeno e inventado, feito pelos atos da casa: duas UFs, alguns municípios, indicadores e uma partilha."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from demonstracao.indicadores import sintetizar
from normas.territorio.federacao import UF_POR_SIGLA
from normas.territorio.porte import porte_do_municipio
from suas.cadastros.territorio.models import UF, Municipio, Populacao
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.financas.partilhas.acoes import abertura, insumos, pecas, simulacao
from suas.financas.partilhas.consultas.entradas import instancias_da_partilha
from suas.financas.partilhas.models import Direcao, Partilha
from suas.nucleo.identidade.models import Pessoa, Vinculo
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import (
    ADMINISTRACAO_FEDERAL,
    CONSELHEIRO,
    GESTAO_ESTADUAL,
    GESTAO_MUNICIPAL,
    Papel,
)
from suas.vigilancia.indicadores import acoes as indicadores
from suas.vigilancia.indicadores.models import Importacao

AGORA = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
ANO = 2020
PDF = b"%PDF-1.4 documento inventado"
# código, nome, população: um de cada porte no primeiro estado, três no segundo
NO_ES = (
    ("3200102", "Afonso do Exemplo", 15_000),
    ("3200201", "Águas do Exemplo", 18_500),
    ("3200300", "Baixo do Exemplo", 33_000),
    ("3200409", "Cais do Exemplo", 71_000),
    ("3205309", "Capital do Exemplo", 365_000),
)
EM_SP = (
    ("3500105", "Dois do Exemplo", 9_000),
    ("3500204", "Eira do Exemplo", 42_000),
    ("3550308", "Foz do Exemplo", 950_000),
)
PAPEIS = {
    "federal": (ADMINISTRACAO_FEDERAL, "BR"),
    "estadual": (GESTAO_ESTADUAL, "32"),
    "municipal": (GESTAO_MUNICIPAL, "3205309"),
    "conselho": (CONSELHEIRO, "32"),
    "conselho nacional": (CONSELHEIRO, "BR"),
    "estadual de fora": (GESTAO_ESTADUAL, "35"),
}


@dataclass(frozen=True, kw_only=True)
class Mundo:
    """O que há no mundo; `pessoas` por nome de papel (chaves de PAPEIS)."""

    pessoas: dict[str, Pessoa]
    partilha: Partilha

    def ator(self, nome: str) -> Ator:
        papel, abrangencia = PAPEIS[nome]
        pessoa = self.pessoas[nome]
        return Ator(pessoa=pessoa, vinculo=pessoa.vinculos.get(), papel=papel, abrangencia=abrangencia)


def criar() -> Mundo:
    """O mundo inteiro, com a partilha estadual do ES já simulada."""
    pessoas = criar_pessoas()
    criar_territorio()
    criar_indicadores([codigo for codigo, _, _ in NO_ES + EM_SP])
    return Mundo(pessoas=pessoas, partilha=simulada(ambito="32", por=_ator(pessoas["estadual"])))


def criar_pessoas() -> dict[str, Pessoa]:
    """Uma pessoa por papel, na instalação de teste."""
    fabricas.instalacao(demonstracao=False)
    return {nome: fabricas.pessoa_com_vinculo(*papel) for nome, papel in PAPEIS.items()}


def dar_vinculo(pessoa: Pessoa, papel: Papel, abrangencia: str) -> Vinculo:
    return Vinculo.objects.create(
        pessoa=pessoa, papel_codigo=papel.codigo, abrangencia=abrangencia, orgao="Outro órgão", desde=fabricas.HOJE
    )


def _ator(pessoa: Pessoa) -> Ator:
    vinculo = pessoa.vinculos.get()
    return Ator(pessoa=pessoa, vinculo=vinculo, papel=vinculo.papel, abrangencia=vinculo.abrangencia)


def criar_territorio() -> None:
    for sigla, lugares in (("ES", NO_ES), ("SP", EM_SP)):
        uf = UF_POR_SIGLA[sigla]
        UF.objects.create(codigo=uf.codigo, sigla=uf.sigla, nome=uf.nome, regiao=uf.regiao.value)
        for codigo, nome, habitantes in lugares:
            criar_municipio(codigo=codigo, nome=nome, uf=uf.codigo, habitantes=habitantes)


def criar_municipio(*, codigo: str, nome: str, uf: str, habitantes: int) -> None:
    Municipio.objects.create(codigo_ibge=codigo, nome=nome, nome_busca=nome_de_busca(nome), uf_id=uf)
    Populacao.objects.create(
        municipio_id=codigo, ano=ANO, habitantes=habitantes, tipo="estimativa", fonte="População inventada"
    )


def criar_indicadores(codigos: list[str]) -> None:
    """O catálogo e um valor sintético de cada indicador para os municípios dados."""
    federal = Ator(pessoa=None, vinculo=None, papel=ADMINISTRACAO_FEDERAL, abrangencia="BR")
    indicadores.carregar_catalogo(por=federal, em=AGORA)
    novos = [
        indicadores.NovoValor(indicador=indicador, municipio=lugar.pk, ano=ANO, valor=valor)
        for lugar in Municipio.objects.filter(pk__in=codigos).select_related("uf")
        for indicador, valor in _sintetico(lugar).items()
    ]
    indicadores.gravar_valores(valores=novos, fonte="Inventada", sintetico=True, por=federal, em=AGORA)


def _sintetico(lugar: Municipio) -> dict[str, str]:
    habitantes = lugar.populacoes.get(ano=ANO).habitantes
    porte = porte_do_municipio(populacao=habitantes, uf=lugar.uf.sigla, em=AGORA.date()).porte
    return sintetizar(codigo_ibge=lugar.pk, uf=lugar.uf.sigla, populacao=habitantes, porte=porte).valores


def escolhas(**mudadas: object) -> abertura.Escolhas:
    """As escolhas de uma partilha de 2006 com a população do mundo."""
    padrao = {
        "nome": "Partilha de teste",
        "exercicio": 2006,
        "recurso_centavos": 90_000_000,
        "pbf_centavos": 180,
        "ano_populacao": ANO,
    }
    return abertura.Escolhas(**(padrao | mudadas))  # type: ignore[arg-type]


def abrir(*, ambito: str, por: Ator, **mudadas: object) -> Partilha:
    """Uma partilha em rascunho, completa: todas as instâncias escolhem o mesmo indicador complementar."""
    aberta = abertura.abrir(escolhas=escolhas(**mudadas), ambito=ambito, por=por, em=AGORA)
    escolha = insumos.EscolhaComplementar(indicador_codigo="intensidade_pobreza", direcao=Direcao.ALTO_PIOR)
    return insumos.definir_complementares(
        partilha=aberta, escolhas=dict.fromkeys(instancias_da_partilha(aberta), escolha), por=por, em=AGORA
    )


def simulada(*, ambito: str, por: Ator, **mudadas: object) -> Partilha:
    return simulacao.simular(partilha=abrir(ambito=ambito, por=por, **mudadas), por=por, em=AGORA)


def receber_planilha(*, por: Ator) -> Importacao:
    """Uma planilha de um valor, em conferência."""
    return indicadores.receber_planilha(
        arquivo="valores.csv",
        conteudo=b"codigo_ibge,rcl_per_capita\n3205309,1.00\n",
        ano=ANO,
        fonte="Inventada",
        sintetico=True,
        destinos={"codigo_ibge": "codigo", "rcl_per_capita": "rcl_per_capita"},
        decimal_com_virgula=False,
        por=por,
        em=AGORA,
    )


def pdf(nome: str = "documento.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(nome, PDF, content_type="application/pdf")


def juntar_pecas(partilha: Partilha, *, por: Ator, quantas: int = 2) -> Partilha:
    """Junta a pactuação e, com `quantas=2`, a resolução."""
    for numero in range(1, quantas + 1):
        peca = pecas.NovaPeca(numero=f"{numero}/2006", dia=AGORA.date(), arquivo=pdf())
        partilha = pecas.juntar_peca(partilha=partilha, peca=peca, por=por, em=AGORA, hoje=AGORA.date()).partilha
    return partilha
