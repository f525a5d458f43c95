"""As partilhas da demonstração: uma selada, uma simulada com cenário, uma estadual com insumos a completar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from demonstracao.documento import pdf
from demonstracao.invencao import dia_de
from normas.base.numeros import com_virgula
from normas.partilha.opcoes import Instancia, instancias
from normas.territorio.porte import Porte
from suas.financas.partilhas.acoes import abertura, insumos, pecas, simulacao
from suas.financas.partilhas.models import Criterio, Direcao, Partilha, TipoDePeca
from suas.nucleo.permissoes.ator import Ator

SELADA = "Expansão da proteção básica 2025 (demonstração)"
SIMULADA = "Expansão da proteção básica 2026 (demonstração)"
CENARIO = "Cenário: portes pela população (demonstração)"
ESTADUAL = "Fundo estadual do Espírito Santo 2026 (demonstração)"
PBF_CENTAVOS = 180
POPULACAO = 2020
PEQUENOS = (Porte.PEQUENO_I, Porte.PEQUENO_II)
#: Estados cuja CIB inventada escolheu outro indicador para os pequenos portes.
OUTRAS_ESCOLHAS = {
    "AM": ("taxa_urbanizacao", Direcao.BAIXO_PIOR),
    "ES": ("evasao_escolar", Direcao.ALTO_PIOR),
    "RS": ("crescimento_populacional", Direcao.BAIXO_PIOR),
}


def criar(*, federal: Ator, estadual: Ator, em: datetime, diga: Callable[[str], None]) -> None:
    """Cria as que faltam; as que existem ficam como estão."""
    existentes = set(Partilha.objects.values_list("nome", flat=True))
    if SELADA not in existentes:
        diga("partilha nacional de 2025: aberta, simulada, pactuada, deliberada e selada")
        _selada(federal, em)
    if SIMULADA not in existentes:
        diga("partilha nacional de 2026: R$ 50.000.000,00 entre todos os municípios")
        base = _aberta(SIMULADA, 2026, 5_000_000_000, federal, em)
        resumo = simulacao.simular(partilha=base, por=federal, em=em).resumo
        contemplados = resumo["situacoes"]["contemplado"]
        diga(f"{com_virgula(resumo['totais']['municipios'])} municípios, {com_virgula(contemplados)} contemplados")
        diga("cenário para comparar: passo 1 pela população de cada porte")
        cenario = abertura.criar_cenario(
            partilha=base,
            escolhas=_escolhas(CENARIO, 2026, 5_000_000_000, criterio_porte=Criterio.POPULACAO),
            por=federal,
            em=em,
        )
        simulacao.simular(partilha=cenario, por=federal, em=em)
    if ESTADUAL not in existentes:
        diga("partilha estadual do Espírito Santo, com três municípios sem um dado")
        _estadual(estadual, em)


def _escolhas(
    nome: str, exercicio: int, recurso_centavos: int, criterio_porte: Criterio = Criterio.TABELA
) -> abertura.Escolhas:
    return abertura.Escolhas(
        nome=nome,
        exercicio=exercicio,
        recurso_centavos=recurso_centavos,
        pbf_centavos=PBF_CENTAVOS,
        ano_populacao=POPULACAO,
        criterio_porte=criterio_porte,
    )


def _aberta(nome: str, exercicio: int, recurso_centavos: int, por: Ator, em: datetime) -> Partilha:
    aberta = abertura.abrir(escolhas=_escolhas(nome, exercicio, recurso_centavos), ambito="BR", por=por, em=em)
    return insumos.definir_complementares(partilha=aberta, escolhas=complementares(), por=por, em=em)


def complementares() -> dict[Instancia, insumos.EscolhaComplementar]:
    """O que cada instância inventada escolheu: CIB para os pequenos, CIT para os demais."""
    resposta: dict[Instancia, insumos.EscolhaComplementar] = {}
    for porte in Porte:
        for chave in instancias(porte):
            if porte in PEQUENOS:
                codigo, direcao = OUTRAS_ESCOLHAS.get(chave[1], ("intensidade_pobreza", Direcao.ALTO_PIOR))
            elif porte is Porte.METROPOLE:
                codigo, direcao = "taxa_homicidios", Direcao.ALTO_PIOR
            else:
                codigo, direcao = "evasao_escolar", Direcao.ALTO_PIOR
            resposta[chave] = insumos.EscolhaComplementar(indicador_codigo=codigo, direcao=direcao)
    return resposta


def _selada(por: Ator, em: datetime) -> None:
    partilha = _aberta(SELADA, 2025, 3_500_000_000, por, em)
    partilha = simulacao.simular(partilha=partilha, por=por, em=em)
    datas = {TipoDePeca.PACTUACAO: date(2025, 3, 12), TipoDePeca.RESOLUCAO: date(2025, 4, 9)}
    for tipo, dia in datas.items():
        quem = partilha.comissao if tipo == TipoDePeca.PACTUACAO else partilha.conselho
        arquivo = pdf([f"{tipo.label} fictícia da {quem}", SELADA, "Documento de demonstração, sem valor."])
        pecas.juntar_peca(
            partilha=partilha,
            peca=pecas.NovaPeca(
                numero="1/2025 (fictícia)",
                dia=dia,
                arquivo=SimpleUploadedFile(f"{tipo.value}-1-2025-ficticia.pdf", arquivo),
            ),
            por=por,
            em=em,
            hoje=dia_de(em),
        )
        partilha.refresh_from_db()
    pecas.selar(partilha=partilha, por=por, em=em)


def _estadual(por: Ator, em: datetime) -> None:
    escolhas = abertura.Escolhas(
        nome=ESTADUAL,
        exercicio=2026,
        recurso_centavos=400_000_000,
        pbf_centavos=PBF_CENTAVOS,
        ano_populacao=POPULACAO,
    )
    partilha = abertura.abrir(escolhas=escolhas, ambito="32", por=por, em=em)
    mortalidade = insumos.EscolhaComplementar(indicador_codigo="mortalidade_infantil", direcao=Direcao.ALTO_PIOR)
    insumos.definir_complementares(
        partilha=partilha,
        escolhas={
            chave: mortalidade if chave[0] in PEQUENOS else escolha
            for chave, escolha in complementares().items()
            if chave[1] in {"ES", "Sudeste", "BR"}
        },
        por=por,
        em=em,
    )
