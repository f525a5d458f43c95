"""O que um mapa mostra: um indicador num ano, ou a população e o porte, com classes, textos e origem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from normas.territorio.federacao import SIGLAS, UF_POR_SIGLA
from normas.territorio.porte import Porte
from suas.cadastros.territorio import consultas as territorio
from suas.cadastros.territorio.mapa import Classe, Mapa, MapaDeUFs, graduadas, sem_ordem
from suas.cadastros.territorio.models import Municipio
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.tela.filtros import numero
from suas.vigilancia.indicadores import consultas
from suas.vigilancia.indicadores.classes import em_quintos
from suas.vigilancia.indicadores.models import Indicador
from suas.vigilancia.indicadores.numeros import escrever_valor

AVISO_SINTETICO = "Dados sintéticos: nenhum valor descreve um lugar de verdade"


@dataclass(frozen=True, kw_only=True)
class Camada:
    """Um mapa pronto e a mesma coisa em texto: valor escrito e ordenável de cada município."""

    codigo: str
    nome: str
    unidade: str
    descricao: str
    base: str
    ano: int | None
    anos: tuple[int, ...]
    mapa: Mapa
    texto_de: Callable[[str], str]
    exatos: Mapping[str, str]
    ordem: Mapping[str, Decimal | int | str]
    fontes: tuple[str, ...]
    sintetica: bool
    e_numerica: bool
    e_contagem: bool
    casas: int


def montar(codigo: str, *, ano: int | None = None) -> Camada | None:
    """A camada do indicador (ou “populacao”, “porte”) no ano pedido, ou no mais recente; None se não existe."""
    if codigo in DE_POPULACAO:
        return _de_populacao(codigo, ano)
    indicador = Indicador.objects.filter(pk=codigo).first()
    return _de_indicador(indicador, ano) if indicador else None


def _ano_de(anos: list[int], pedido: int | None) -> int | None:
    return pedido if pedido in anos else (anos[0] if anos else None)


def _existentes(ano: int | None) -> frozenset[str]:
    municipios = Municipio.objects.existentes_em(ano) if ano else Municipio.objects.all()
    return frozenset(municipios.order_by().values_list("pk", flat=True))


def _de_indicador(indicador: Indicador, pedido: int | None) -> Camada:
    anos = consultas.anos_de(indicador.pk)
    ano = _ano_de(anos, pedido)
    dados = consultas.valores(indicador.pk, ano) if ano else {}
    sintetica = any(dado.sintetico for dado in dados.values())
    ordem: Mapping[str, Decimal | str]
    if indicador.e_numerico:
        numeros = consultas.numeros_de(dados)
        ordem = numeros
        rotulos, classe_de = em_quintos(numeros, escrever=lambda v: escrever_valor(str(v), indicador))
        classes = graduadas(rotulos) if rotulos else ()
    else:
        ordem = {codigo: dado.valor for codigo, dado in dados.items()}
        posicao = {palavra: i for i, palavra in enumerate(indicador.palavras)}
        classe_de = {codigo: posicao[dado.valor] for codigo, dado in dados.items()}
        classes = sem_ordem(tuple(indicador.palavras.values()))
    unidade = f" ({indicador.unidade})" if indicador.unidade else ""
    return Camada(
        codigo=indicador.pk,
        nome=indicador.nome,
        unidade=indicador.unidade,
        descricao=indicador.descricao,
        base=indicador.base,
        ano=ano,
        anos=tuple(anos),
        mapa=Mapa(
            titulo=f"{indicador.nome}{unidade}, {ano}" if ano else indicador.nome,
            classes=classes,
            classe_de=classe_de,
            avisos=(AVISO_SINTETICO,) if sintetica else (),
            so_estes=_existentes(ano),
        ),
        texto_de=lambda codigo: escrever_valor(dados[codigo].valor if codigo in dados else None, indicador),
        exatos={codigo: dado.valor for codigo, dado in dados.items()},
        ordem=ordem,
        fontes=tuple(sorted({dado.fonte for dado in dados.values()})),
        sintetica=sintetica,
        e_numerica=indicador.e_numerico,
        e_contagem=indicador.tipo == Indicador.Tipo.INTEIRO,
        casas=indicador.casas,
    )


def _classes_da_populacao(ano: int) -> tuple[tuple[Classe, ...], dict[str, int], dict[str, int]]:
    habitantes = territorio.populacao_de(ano)
    rotulos, classe_de = em_quintos(habitantes, escrever=numero)
    return graduadas(rotulos), classe_de, habitantes


def _classes_do_porte(ano: int) -> tuple[tuple[Classe, ...], dict[str, int], dict[str, int]]:
    indice = {porte: i for i, porte in enumerate(Porte)}
    classe_de = {codigo: indice[porte] for codigo, porte in territorio.portes_de(ano).items()}
    return graduadas(tuple(porte.nome for porte in Porte)), classe_de, classe_de


DE_POPULACAO: dict[str, tuple[str, str, Callable[[int], tuple[tuple[Classe, ...], dict[str, int], dict[str, int]]]]] = {
    "populacao": (
        "População",
        "Habitantes de cada município, pelas estimativas e censos do IBGE.",
        _classes_da_populacao,
    ),
    "porte": (
        "Porte",
        "Porte do município pela população do ano; o Distrito Federal é sempre Metrópole.",
        _classes_do_porte,
    ),
}


def _de_populacao(codigo: str, pedido: int | None) -> Camada:
    nome, descricao, classificar = DE_POPULACAO[codigo]
    anos = territorio.anos_com_populacao()
    ano = _ano_de(anos, pedido)
    classes, classe_de, ordem = classificar(ano) if ano else ((), {}, {})
    nomes = [porte.nome for porte in Porte]

    def texto_de(municipio: str) -> str:
        valor = ordem.get(municipio)
        return numero(valor) if codigo == "populacao" or valor is None else nomes[valor]

    return Camada(
        codigo=codigo,
        nome=nome,
        unidade="habitantes" if codigo == "populacao" else "",
        descricao=descricao,
        base=str(territorio.limites_de_porte(ano).fundamento) if codigo == "porte" and ano else "",
        ano=ano,
        anos=tuple(anos),
        mapa=Mapa(
            titulo=f"{nome} em {ano}" if ano else nome, classes=classes, classe_de=classe_de, so_estes=_existentes(ano)
        ),
        texto_de=texto_de,
        exatos={c: str(v) if codigo == "populacao" else nomes[v] for c, v in ordem.items()},
        ordem=ordem,
        fontes=territorio.fontes_de(ano) if ano else (),
        sintetica=False,
        e_numerica=codigo == "populacao",
        e_contagem=codigo == "populacao",
        casas=0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LinhaDaCamada:
    """Um município na tabela que acompanha o mapa."""

    codigo: str
    nome: str
    uf: str
    exato: str
    classe: str
    indice: int | None
    camada: Camada

    @property
    def texto(self) -> str:
        """O valor como se lê; escrito só para as linhas que a página mostra."""
        return self.camada.texto_de(self.codigo)


def tabela(
    camada: Camada, *, uf: str = "", classe: str = "", nome: str = "", ordem: str = "nome"
) -> list[LinhaDaCamada]:
    """A mesma informação do mapa, em linhas. `classe` é o índice ou “sem”; `ordem` é nome, uf ou valor, com “-”.

    Quem não tem valor fica sempre no fim quando a ordem é por valor.
    """
    siglas = territorio.siglas_por_codigo()
    mapa = camada.mapa
    nomes_das_classes = [c.rotulo.split(":")[0] for c in mapa.classes]
    municipios = Municipio.objects.order_by("nome_busca", "uf_id")
    if uf:
        municipios = municipios.filter(uf__sigla=uf)
    if termo := nome_de_busca(nome):
        municipios = municipios.filter(nome_busca__contains=termo)
    linhas = []
    for codigo, como_se_le in municipios.values_list("codigo_ibge", "nome"):
        indice = mapa.classe_de.get(codigo)
        if codigo not in mapa.so_estes or (classe and classe != ("sem" if indice is None else str(indice))):
            continue
        linhas.append(
            LinhaDaCamada(
                codigo=codigo,
                nome=como_se_le,
                uf=siglas[codigo[:2]],
                exato=camada.exatos.get(codigo, ""),
                classe=mapa.sem_dado if indice is None else nomes_das_classes[indice],
                indice=indice,
                camada=camada,
            )
        )
    return _ordenar(linhas, camada, ordem)


def _ordenar(linhas: list[LinhaDaCamada], camada: Camada, ordem: str) -> list[LinhaDaCamada]:
    ao_contrario = ordem.startswith("-")
    chave = ordem.removeprefix("-")
    if chave == "valor":
        com = [linha for linha in linhas if linha.codigo in camada.ordem]
        sem = [linha for linha in linhas if linha.codigo not in camada.ordem]
        # os valores de uma camada são todos do mesmo tipo: números, ou palavras
        com.sort(key=lambda linha: camada.ordem[linha.codigo], reverse=ao_contrario)
        return com + sem
    if chave == "uf":
        return sorted(linhas, key=lambda linha: linha.uf, reverse=ao_contrario)
    return linhas[::-1] if ao_contrario else linhas


@dataclass(frozen=True, kw_only=True)
class LinhaDeUF:
    """O valor de uma UF na vista por estado; `texto` é None se nenhum município dela tem valor."""

    sigla: str
    nome: str
    texto: str | None
    municipios: int
    com_valor: int


@dataclass(frozen=True, kw_only=True)
class CamadaPorUF:
    """A camada resumida por UF: o que o resumo é, em palavras, o mapa e as 27 linhas."""

    resumo: str
    mapa: MapaDeUFs
    linhas: tuple[LinhaDeUF, ...]


def por_uf(camada: Camada) -> CamadaPorUF:
    """Resume a camada por UF: soma de contagens, mediana de taxas, palavra mais frequente de categorias."""
    siglas = territorio.siglas_por_codigo()
    grupos: dict[str, list[str]] = {sigla: [] for sigla in SIGLAS}
    todos = Counter(siglas[codigo[:2]] for codigo in camada.mapa.codigos())
    for codigo in camada.ordem:
        grupos[siglas[codigo[:2]]].append(codigo)
    resumo, textos, classes, classe_de = (_resumir_numeros if camada.e_numerica else _resumir_palavras)(camada, grupos)
    return CamadaPorUF(
        resumo=resumo,
        mapa=MapaDeUFs(titulo=f"{camada.mapa.titulo}, por estado: {resumo}", classes=classes, classe_de=classe_de),
        linhas=tuple(
            LinhaDeUF(
                sigla=sigla,
                nome=UF_POR_SIGLA[sigla].nome,
                texto=textos.get(sigla),
                municipios=todos[sigla],
                com_valor=len(grupos[sigla]),
            )
            for sigla in sorted(SIGLAS, key=lambda sigla: nome_de_busca(UF_POR_SIGLA[sigla].nome))
        ),
    )


Resumo = tuple[str, dict[str, str], tuple[Classe, ...], dict[str, int]]


def _resumir_numeros(camada: Camada, grupos: Mapping[str, list[str]]) -> Resumo:
    soma = camada.e_contagem
    valores: dict[str, Decimal] = {}
    for sigla, codigos in grupos.items():
        numeros = [Decimal(camada.exatos[codigo]) for codigo in codigos]
        if numeros:
            valores[sigla] = sum(numeros, Decimal(0)) if soma else Decimal(median(numeros))

    def escrever(valor: Decimal) -> str:
        return numero(valor, None if soma else camada.casas)

    rotulos, classe_de = em_quintos(valores, escrever=escrever)
    textos = {sigla: escrever(valor) for sigla, valor in valores.items()}
    resumo = "soma dos municípios" if soma else "mediana dos municípios"
    return resumo, textos, graduadas(rotulos) if rotulos else (), classe_de


def _resumir_palavras(camada: Camada, grupos: Mapping[str, list[str]]) -> Resumo:
    classe_de: dict[str, int] = {}
    textos: dict[str, str] = {}
    for sigla, codigos in grupos.items():
        if codigos:
            # empate: a classe que vem antes na lista
            contagem = Counter(camada.mapa.classe_de[codigo] for codigo in codigos)
            classe_de[sigla] = min(contagem, key=lambda indice: (-contagem[indice], indice))
            quantos = contagem[classe_de[sigla]]
            textos[sigla] = (
                f"{camada.mapa.classes[classe_de[sigla]].rotulo} ({numero(quantos)} de {numero(len(codigos))})"
            )
    return "situação mais frequente", textos, camada.mapa.classes, classe_de
