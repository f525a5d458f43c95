"""Quem vê o quê, o que entra no cálculo, o que falta e o que se avisa."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Q, QuerySet

from normas.base.numeros import com_virgula
from normas.base.planilha import Falha, Linha
from normas.partilha.entrada import Leitura, conferir_linhas
from normas.partilha.municipio import Origem
from normas.partilha.opcoes import (
    CriterioPorte,
    Direcao,
    IndicadorComplementar,
    Instancia,
    Normalizacao,
    Opcoes,
    instancias,
)
from normas.territorio.federacao import UF_POR_SIGLA
from normas.territorio.porte import Porte
from suas.cadastros.territorio.models import Municipio
from suas.financas.partilhas.consultas.dados import DADO_POR_NOME, DADOS, Dado
from suas.financas.partilhas.models import PAIS, PUBLICOS, Estado, Insumo, Partilha, TipoDePeca
from suas.nucleo.permissoes.abrangencia import contem
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.vigilancia.indicadores import consultas as indicadores

AVISO_SINTETICO = "Dados sintéticos de demonstração: não são de nenhum município real"
AVISO_NAO_VIGENTE = "simulação: norma não vigente"


def visiveis(ator: Ator) -> QuerySet[Partilha]:
    """As partilhas que o ator vê: as públicas, as da sua abrangência e, simuladas, as de que participa."""
    condicao = Q(estado__in=PUBLICOS)
    if Permissao.PARTILHA_VER_RASCUNHO not in ator.papel.permissoes or not ator.abrangencia:
        return Partilha.objects.filter(condicao)
    if ator.abrangencia == PAIS:
        return Partilha.objects.all()
    uf = ator.abrangencia[:2]
    simuladas = ~Q(estado=Estado.RASCUNHO) & Q(ambito__in=(PAIS, uf))
    condicao |= simuladas
    if ator.abrangencia == uf:
        condicao |= Q(ambito=uf)
    return Partilha.objects.filter(condicao)


def alcance(ator: Ator, partilha: Partilha) -> str:
    """O território cujas linhas o ator vê nesta partilha: "BR" é todas, senão a UF ou o município do vínculo."""
    if partilha.estado in PUBLICOS or contem(ator.abrangencia, partilha.ambito):
        return PAIS
    return ator.abrangencia


def insumos_do_alcance(ator: Ator, partilha: Partilha) -> QuerySet[Insumo]:
    """Os insumos da partilha que o ator vê, com o município e a UF."""
    codigo = alcance(ator, partilha)
    insumos = partilha.insumos.select_related("municipio__uf")
    if codigo == PAIS:
        return insumos
    return insumos.filter(municipio__codigo_ibge__startswith=codigo) if codigo else insumos.none()


def complementares_de(partilha: Partilha) -> dict[Instancia, IndicadorComplementar]:
    """O indicador complementar de cada instância, como o cálculo o recebe."""
    return {
        (Porte(linha.porte), linha.instancia): IndicadorComplementar(
            direcao=Direcao(linha.direcao),
            nome=linha.nome,
            unidade=linha.unidade,
            fonte=linha.fonte,
            ano=str(linha.ano or ""),
        )
        for linha in partilha.complementares.all()
    }


def complementares_atuais(partilha: Partilha) -> dict[Instancia, tuple[str, str]]:
    """O que cada instância escolheu, como o formulário o mostra: (código|ano, direção)."""
    return {
        (Porte(linha.porte), linha.instancia): (f"{linha.indicador_codigo}|{linha.ano or ''}", linha.direcao)
        for linha in partilha.complementares.all()
    }


def opcoes_de(partilha: Partilha, *, com_complementares: bool = True) -> Opcoes:
    """As opções da partilha, como o cálculo as recebe; sem os complementares, não vai ao banco."""
    return Opcoes(
        recurso_centavos=partilha.recurso_centavos,
        pbf_centavos=partilha.pbf_centavos,
        exercicio=partilha.exercicio,
        criterio_porte=CriterioPorte(partilha.criterio_porte),
        normalizacao=Normalizacao(partilha.normalizacao),
        transicao_2005=partilha.transicao_2005,
        excluir_incompletos=partilha.excluir_incompletos,
        complementares=complementares_de(partilha) if com_complementares and not partilha.transicao_2005 else {},
    )


def podem_faltar(partilha: Partilha) -> tuple[str, ...]:
    """Os dados que podem ficar em branco sem impedir a simulação."""
    return opcoes_de(partilha, com_complementares=False).indicadores if partilha.excluir_incompletos else ()


def instancias_da_partilha(partilha: Partilha) -> list[Instancia]:
    """As instâncias que escolhem indicador: 65 na nacional; na estadual, as que valem para os municípios da UF."""
    todas = [chave for porte in Porte for chave in instancias(porte)]
    sigla = partilha.uf_do_ambito
    if sigla is None:
        return todas
    proprias = {sigla, UF_POR_SIGLA[sigla].regiao.value, PAIS}
    return [chave for chave in todas if chave[1] in proprias]


class LinhaCongelada(Protocol):
    """O que o cálculo lê de um insumo: o próprio `Insumo` ou a linha lida sem montar o modelo."""

    municipio_id: str
    uf: str
    origens: dict[str, dict[str, Any]]


def linhas_congeladas(partilha: Partilha, opcoes: Opcoes) -> list[LinhaCongelada]:
    """As linhas de entrada, por código, sem montar o modelo: é o que se faz a cada conta."""
    colunas = ("municipio_id", "uf", "origens", *opcoes.colunas_da_entrada[2:])
    return list(partilha.insumos.order_by("municipio_id").values_list(*colunas, named=True))


def conferir(partilha: Partilha, insumos: Sequence[LinhaCongelada] | None = None) -> Leitura:
    """Lê os insumos congelados como o cálculo os lê; as faltas vêm na ordem dos códigos, uma por dado."""
    opcoes = opcoes_de(partilha, com_complementares=False)
    linhas = insumos if insumos is not None else linhas_congeladas(partilha, opcoes)
    return conferir_linhas(
        linhas=[_linha(numero, insumo, opcoes) for numero, insumo in enumerate(linhas, start=2)],
        opcoes=opcoes,
        origens=_origens(partilha, linhas),
    )


def conferir_um(partilha: Partilha, insumo: Insumo, *, opcoes: Opcoes | None = None) -> tuple[Falha, ...]:
    """As faltas de um município só; `opcoes` evita lê-las de novo a cada linha de uma lista."""
    opcoes = opcoes or opcoes_de(partilha, com_complementares=False)
    return conferir_linhas(linhas=[_linha(2, insumo, opcoes)], opcoes=opcoes).falhas


def _linha(numero: int, insumo: LinhaCongelada, opcoes: Opcoes) -> Linha:
    celulas = {coluna: getattr(insumo, coluna) for coluna in opcoes.colunas_da_entrada[2:]}
    return Linha(numero, {"codigo_ibge": insumo.municipio_id, "uf": insumo.uf, **celulas})


def _origens(partilha: Partilha, insumos: Sequence[LinhaCongelada]) -> dict[str, Mapping[str, Origem]]:
    """Fonte e ano de cada dado por município; quem não difere da maioria divide o mesmo dicionário."""
    comum = {nome: _origem(dados) for nome, dados in partilha.origens.items()}
    return {
        insumo.municipio_id: {**comum, **{nome: _origem(dados) for nome, dados in insumo.origens.items()}}
        if insumo.origens
        else comum
        for insumo in insumos
    }


def _origem(dados: Mapping[str, Any]) -> Origem:
    fonte = str(dados.get("fonte", ""))
    if dados.get("sintetico") and "sintétic" not in fonte.lower():
        fonte = f"{fonte} (dado sintético)".strip()
    return Origem(fonte=fonte, ano=str(dados.get("ano") or ""))


@dataclass(frozen=True, kw_only=True)
class OrigemDoDado:
    """De onde veio um dado de um município. `motivo` só existe no que foi digitado na partilha."""

    fonte: str
    ano: int | None
    sintetico: bool
    motivo: str

    @property
    def digitado(self) -> bool:
        return bool(self.motivo)


def origem(partilha: Partilha, insumo: Insumo, nome: str) -> OrigemDoDado | None:
    """A origem de um dado; None quando o dado falta."""
    if not getattr(insumo, nome):
        return None
    dados = insumo.origens.get(nome) or partilha.origens.get(nome) or {}
    return OrigemDoDado(
        fonte=dados.get("fonte", ""),
        ano=dados.get("ano"),
        sintetico=bool(dados.get("sintetico")),
        motivo=dados.get("motivo", ""),
    )


def sem_complementar(partilha: Partilha) -> int:
    """Quantos municípios estão sem o valor do indicador complementar; zero na transição de 2005, que não o usa."""
    return 0 if partilha.transicao_2005 else partilha.insumos.filter(indicador_complementar="").count()


@dataclass(frozen=True, kw_only=True)
class FaltaDoMunicipio:
    """Um município que impede a simulação, e o que há de errado em cada dado dele."""

    codigo_ibge: str
    nome: str
    uf: str
    dados: tuple[tuple[str, str], ...]

    @property
    def em_palavras(self) -> str:
        return "; ".join(f"{DADO_POR_NOME[nome].rotulo}: {texto.rstrip('.')}" for nome, texto in self.dados)


def faltas(partilha: Partilha) -> list[FaltaDoMunicipio]:
    """Os municípios com dado que falta ou não serve, por código; vazia quando a partilha pode ser simulada."""
    insumos = list(partilha.insumos.order_by("municipio_id"))
    por_linha: dict[int, list[tuple[str, str]]] = {}
    for falha in conferir(partilha, insumos).falhas:
        texto = falha.mensagem if falha.valor else "falta o valor"
        por_linha.setdefault(falha.linha, []).append((falha.coluna, texto))
    codigos = {numero: insumos[numero - 2] for numero in por_linha}
    nomes = Municipio.objects.in_bulk([insumo.municipio_id for insumo in codigos.values()])
    return [
        FaltaDoMunicipio(
            codigo_ibge=insumo.municipio_id,
            nome=nomes[insumo.municipio_id].nome,
            uf=insumo.uf,
            dados=tuple(por_linha[numero]),
        )
        for numero, insumo in codigos.items()
    ]


def avisos(partilha: Partilha) -> list[str]:
    """O que toda página e toda exportação desta partilha precisa dizer."""
    textos = []
    if partilha.simulacao_norma_nao_vigente:
        textos.append(AVISO_NAO_VIGENTE)
    if partilha.sintetica:
        textos.append(AVISO_SINTETICO)
    return textos


@dataclass(frozen=True, kw_only=True)
class Passo:
    """O que fazer a seguir: texto do que falta e a rota onde se resolve."""

    texto: str
    rotulo: str
    rota: str
    por_post: bool = False
    consulta: str = ""


def proximo_passo(partilha: Partilha) -> Passo | None:
    """O que falta agora, para quem conduz; None na partilha selada."""
    if partilha.estado == Estado.SELADA:
        return None
    if partilha.em_preparo:
        return _passo_do_preparo(partilha)
    tipos = {peca.tipo for peca in partilha.pecas.all()}
    if TipoDePeca.RESOLUCAO not in tipos:
        texto = f"Pactuada. Falta a resolução do {partilha.conselho}."
        return Passo(texto=texto, rotulo="Juntar a resolução", rota="partilha-pecas")
    return Passo(
        texto="Deliberada. Selar fecha a partilha: depois disso nada nela muda.", rotulo="Selar", rota="partilha-selar"
    )


def _passo_do_preparo(partilha: Partilha) -> Passo:
    if partilha.faltas:
        um = partilha.faltas == 1
        quantos = "1 dado falta ou não serve" if um else f"{com_virgula(partilha.faltas)} dados faltam ou não servem"
        # Poucos se digitam; quando é a metade ou mais, é a escolha do indicador que não serve.
        if sem_complementar(partilha) == partilha.faltas and 2 * partilha.faltas >= partilha.insumos.count():
            return Passo(
                texto=f"Em {com_virgula(partilha.faltas)} municípios só falta o valor do indicador complementar que a "
                "sua instância escolheu. Escolha um que eles tenham, ou traga os valores e congele de novo.",
                rotulo="Escolher os indicadores",
                rota="partilha-complementares",
            )
        return Passo(
            texto=f"{quantos}: sem {'ele' if um else 'eles'} não se simula.",
            rotulo="Ver o que falta",
            rota="partilha-insumos",
            consulta="?mostrar=faltas",
        )
    if partilha.versao_simulada is None or partilha.desatualizada:
        nunca = partilha.versao_simulada is None
        texto = "Os insumos estão completos." if nunca else "Os insumos mudaram depois da última simulação."
        return Passo(texto=texto, rotulo="Simular", rota="partilha-simular", por_post=True)
    return Passo(
        texto=f"Simulada. Falta a pactuação da {partilha.comissao}.", rotulo="Juntar a pactuação", rota="partilha-pecas"
    )


@dataclass(frozen=True, kw_only=True)
class DadoDoMunicipio:
    """Um dado de entrada de um município, como a tela o mostra."""

    dado: Dado
    texto: str
    origem: OrigemDoDado | None
    falta: str


def linhas_do_municipio(partilha: Partilha, insumo: Insumo, *, opcoes: Opcoes | None = None) -> list[DadoDoMunicipio]:
    """Os dados do município que esta partilha usa, na ordem da norma, com a origem e o que há de errado em cada um."""
    opcoes = opcoes or opcoes_de(partilha, com_complementares=False)
    usados = opcoes.colunas_da_entrada
    falhas = conferir_um(partilha, insumo, opcoes=opcoes)
    errados = {falha.coluna: falha.mensagem if falha.valor else "falta o valor" for falha in falhas}
    return [
        DadoDoMunicipio(
            dado=dado,
            texto=dado.em_palavras(getattr(insumo, dado.nome)),
            origem=origem(partilha, insumo, dado.nome),
            falta=errados.get(dado.nome, ""),
        )
        for dado in DADOS
        if dado.nome in usados
    ]


def escolhas_de_indicador() -> list[tuple[str, str]]:
    """Os indicadores que servem de complementar, cada um com o mais recente e com cada ano que tem: código|ano.

    Cada ano diz quantos municípios têm valor; o indicador que ninguém tem diz isso.
    """
    opcoes = []
    anos = indicadores.municipios_por_ano()
    for indicador in indicadores.numericos():
        proprios = anos.get(indicador.codigo, {})
        de_quando = "o mais recente" if proprios else "ainda sem valores"
        opcoes.append((f"{indicador.codigo}|", f"{indicador.nome} ({de_quando})"))
        opcoes += [
            (f"{indicador.codigo}|{ano}", f"{indicador.nome}, {ano} ({_quantos_tem(quantos)})")
            for ano, quantos in proprios.items()
        ]
    return opcoes


def _quantos_tem(municipios: int) -> str:
    return "1 município" if municipios == 1 else f"{com_virgula(municipios)} municípios"
