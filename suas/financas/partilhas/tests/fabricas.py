"""Uma federação pequena e inventada, com indicadores sintéticos, e partilhas abertas pelos próprios atos."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from normas.territorio.federacao import UF_POR_SIGLA
from suas.cadastros.territorio.models import UF, Municipio, Populacao
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.financas.partilhas.acoes import abertura, pecas, simulacao
from suas.financas.partilhas.models import Partilha
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes.ator import Ator
from suas.vigilancia.indicadores import acoes as indicadores

ANO = 2005
PDF = b"%PDF-1.4 conteudo inventado para teste"

#: código, UF, nome, população, vulneráveis, RCL, FNAS, complementar, gestão, adesão, CRAS
LUGARES = (
    ("3200102", "ES", "Alfa", 10000, 5000, "1000.00", "10.00", "3.5", "plena", "sim", 0),
    ("3200201", "ES", "Beta", 12000, 3000, "2000.00", "20.00", "2.5", "basica", "sim", 0),
    ("3200300", "ES", "Gama", 15000, 2000, "3000.00", "30.00", "1.5", "basica", "sim", 0),
    ("3200409", "ES", "Delta", 8000, 1000, "1500.00", "15.00", "0.5", "inicial", "sim", 0),
    ("3200508", "ES", "Épsilon", 60000, 9000, "2500.00", "12.50", "4", "plena", "sim", 1),
    ("3500105", "SP", "Zeta", 9000, 2700, "1800.00", "5.00", "6", "plena", "sim", 0),
    ("3500204", "SP", "Eta", 11000, 4400, "900.00", "0", "-2", "plena", "nao", 0),
    ("5300108", "DF", "Brasília", 2300000, 400000, "9000.00", "8.00", "1", "df", "sim", 2),
)
DADOS = (
    "populacao_vulneravel",
    "rcl_per_capita",
    "fnas_psb_per_capita",
    "indicador_complementar",
    "nivel_gestao",
    "adesao_suas",
    "cras_cofinanciados",
)


def territorio(*, por: Ator, sem: Iterable[tuple[str, str]] = (), sintetico: bool = True) -> None:
    """Grava os lugares e os indicadores deles em ANO; `sem` são pares (código, dado) que ficam sem valor."""
    for sigla in sorted({lugar[1] for lugar in LUGARES}):
        uf = UF_POR_SIGLA[sigla]
        UF.objects.create(codigo=uf.codigo, sigla=sigla, nome=uf.nome, regiao=uf.regiao.value)
    indicadores.carregar_catalogo(por=por, em=AGORA)
    valores = []
    for codigo, sigla, nome, populacao, *dados in LUGARES:
        Municipio.objects.create(
            codigo_ibge=codigo, nome=nome, nome_busca=nome_de_busca(nome), uf_id=UF_POR_SIGLA[sigla].codigo
        )
        Populacao.objects.create(
            municipio_id=codigo, ano=ANO, habitantes=populacao, tipo="estimativa", fonte="Estimativa de teste"
        )
        valores += [
            indicadores.NovoValor(indicador=nome, municipio=codigo, ano=ANO, valor=str(valor))
            for nome, valor in zip(DADOS, dados, strict=True)
            if (codigo, nome) not in set(sem)
        ]
    indicadores.gravar_valores(valores=valores, fonte="Fonte de teste", sintetico=sintetico, por=por, em=AGORA)


def escolhas(**mudancas: object) -> abertura.Escolhas:
    """As escolhas de uma partilha de 2006 com R$ 1.000.000,00 e piso de R$ 1,80."""
    padrao = {
        "nome": "Partilha de teste",
        "exercicio": 2006,
        "recurso_centavos": 100_000_000,
        "pbf_centavos": 180,
        "ano_populacao": ANO,
    }
    return abertura.Escolhas(**{**padrao, **mudancas})  # type: ignore[arg-type]


def partilha(*, por: Ator, ambito: str = "BR", **mudancas: object) -> Partilha:
    """Uma partilha em rascunho, com os insumos congelados."""
    return abertura.abrir(escolhas=escolhas(**mudancas), ambito=ambito, por=por, em=AGORA)


def simulada(*, por: Ator, ambito: str = "BR", **mudancas: object) -> Partilha:
    """Uma partilha simulada."""
    return simulacao.simular(partilha=partilha(por=por, ambito=ambito, **mudancas), por=por, em=AGORA)


def arquivo(nome: str = "resolucao.pdf", conteudo: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(nome, conteudo, content_type="application/pdf")


def peca(numero: str = "1/2006", dia: date = date(2006, 3, 1), **mudancas: object) -> pecas.NovaPeca:
    return pecas.NovaPeca(**{"numero": numero, "dia": dia, "arquivo": arquivo(), **mudancas})  # type: ignore[arg-type]


def juntar(atual: Partilha, *, por: Ator, **mudancas: object) -> Partilha:
    """Junta a peça que cabe e devolve a partilha relida."""
    pecas.juntar_peca(partilha=atual, peca=peca(**mudancas), por=por, em=AGORA, hoje=HOJE)  # type: ignore[arg-type]
    return Partilha.objects.get(pk=atual.pk)


def deliberada(*, por: Ator, ambito: str = "BR") -> Partilha:
    """Uma partilha simulada, pactuada e deliberada."""
    return juntar(juntar(simulada(por=por, ambito=ambito), por=por), por=por, numero="2/2006", dia=date(2006, 4, 1))


def selada(*, por: Ator, ambito: str = "BR") -> Partilha:
    """Uma partilha selada."""
    return pecas.selar(partilha=deliberada(por=por, ambito=ambito), por=por, em=AGORA)
