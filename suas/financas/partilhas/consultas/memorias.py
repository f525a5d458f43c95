"""A memória de cálculo: lê-la inteira, lê-la por estado, e fazer a conta de novo."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.cache import cache

from normas.base.centavos import em_decimal
from normas.partilha.calculo import PartilhaRecusada, Resultado, partilhar
from normas.partilha.entrada import Leitura
from normas.partilha.memoria import canonica, montar_memoria, municipios_da_memoria, resumo_sha256
from normas.partilha.municipio import Municipio
from normas.partilha.saida import COLUNAS_DE_GRUPOS, COLUNAS_DE_MUNICIPIOS
from normas.territorio.federacao import UF_POR_SIGLA
from suas.financas.partilhas.consultas.dados import DADOS
from suas.financas.partilhas.consultas.entradas import alcance, avisos, conferir, opcoes_de, origem
from suas.financas.partilhas.models import Cota, Grupo, Insumo, Memoria, Partilha
from suas.nucleo.permissoes.abrangencia import contem
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.planilhas.escrita import escrever_csv

UM_DIA = 24 * 60 * 60


@dataclass(frozen=True, kw_only=True)
class Calculo:
    """A conta feita: o resultado, os bytes canônicos da memória e o SHA-256 deles."""

    resultado: Resultado
    canonico: bytes
    sha256: str


class InsumosIncompletos(Exception):
    """Há insumos que faltam ou não servem; `leitura` diz quais."""

    def __init__(self, leitura: Leitura) -> None:
        super().__init__(f"{len(leitura.falhas)} dados faltam ou não servem.")
        self.leitura = leitura


def calcular(partilha: Partilha) -> Calculo:
    """Faz a conta com os insumos congelados e as opções da partilha; não grava nada.

    Erros: `InsumosIncompletos`; `PartilhaRecusada` quando ninguém é vulnerável.
    """
    leitura = conferir(partilha)
    if leitura.falhas:
        raise InsumosIncompletos(leitura)
    resultado = partilhar(municipios=leitura.municipios, opcoes=opcoes_de(partilha))
    canonico = canonica(montar_memoria(resultado))
    return Calculo(resultado=resultado, canonico=canonico, sha256=resumo_sha256(canonico))


def bytes_da_memoria(partilha: Partilha) -> bytes | None:
    """Os bytes canônicos gravados na última simulação: são o arquivo memoria.json. None se nunca simulada."""
    memoria = Memoria.objects.filter(partilha=partilha).first()
    return zlib.decompress(memoria.comprimida) if memoria else None


def memoria_de(partilha: Partilha) -> dict[str, Any] | None:
    """A memória inteira, lida; None se nunca simulada. Custa um décimo de segundo na nacional: para um município, use
    `memoria_da_uf`."""
    dados = bytes_da_memoria(partilha)
    return None if dados is None else json.loads(dados)


def memoria_da_uf(partilha: Partilha, sigla: str) -> dict[str, Any] | None:
    """A memória só com os municípios da UF: basta para explicar um deles e dizer o que o faria subir.

    Fica no cache com o SHA-256 na chave: outra simulação é outra chave. None se nunca simulada ou se a UF não entrou.
    """
    chave = f"partilhas.recorte.{partilha.pk}.{partilha.sha256}.{sigla}"
    guardada = cache.get(chave)
    if guardada is not None:
        return json.loads(zlib.decompress(guardada))  # type: ignore[no-any-return]
    memoria = memoria_de(partilha)
    if memoria is None:
        return None
    codigo = next((linha["codigo_ibge"] for linha in memoria["municipios"] if linha["uf"] == sigla), None)
    if codigo is None:
        return None
    from normas.partilha.memoria import recortar

    recorte = recortar(memoria=memoria, codigo_ibge=codigo)
    cache.set(chave, zlib.compress(json.dumps(recorte).encode(), 1), UM_DIA)
    return recorte


@dataclass(frozen=True, kw_only=True)
class Conferencia:
    """O que se achou ao conferir o que está gravado com a memória; sem diferenças, a lista é vazia."""

    diferencas: tuple[str, ...]

    @property
    def confere(self) -> bool:
        return not self.diferencas


def conferir_gravado(partilha: Partilha) -> Conferencia:
    """Compara o SHA-256, as cotas e os insumos gravados com a memória gravada, sem refazer a conta."""
    dados = bytes_da_memoria(partilha)
    if dados is None:
        return Conferencia(diferencas=("a memória não está gravada",))
    diferencas = []
    if hashlib.sha256(dados).hexdigest() != partilha.sha256:
        diferencas.append("o SHA-256 da memória não é o da partilha")
    memoria = json.loads(dados)
    gravadas = partilha.cotas.values_list("municipio_id", "ordem", "situacao", "valor_centavos")
    cotas = {codigo: resto for codigo, *resto in gravadas}
    da_memoria = {
        linha["codigo_ibge"]: [linha.get("ordem"), linha["situacao"], linha["valor_partilhado"]]
        for linha in memoria["municipios"]
    }
    if cotas != da_memoria:
        diferencas.append("as cotas não são as da memória")
    if _sem_origem(conferir(partilha).municipios) != _sem_origem(municipios_da_memoria(memoria)):
        diferencas.append("os insumos não são os da memória")
    return Conferencia(diferencas=tuple(diferencas))


def _sem_origem(municipios: Iterable[Municipio]) -> list[Municipio]:
    return [replace(municipio, origens={}) for municipio in municipios]


def recalcula_igual(partilha: Partilha) -> bool:
    """Refazer a conta com os insumos congelados dá o SHA-256 gravado?"""
    try:
        return calcular(partilha).sha256 == partilha.sha256
    except (InsumosIncompletos, PartilhaRecusada):
        return False


def municipios_csv(ator: Ator, partilha: Partilha) -> bytes:
    """As cotas que o ator vê, com as colunas de municipios.csv; havendo aviso, uma coluna a mais no fim."""
    codigo = alcance(ator, partilha)
    cotas = partilha.cotas.order_by("municipio_id")
    linhas = (_linha_da_cota(cota) for cota in cotas if contem(codigo, cota.municipio_id))
    return escrever_csv(COLUNAS_DE_MUNICIPIOS, linhas, avisos=avisos(partilha))


def grupos_csv(ator: Ator, partilha: Partilha) -> bytes:
    """Os grupos das UFs que o ator vê, com as colunas de grupos.csv."""
    codigo = alcance(ator, partilha)[:2]
    grupos = (grupo for grupo in partilha.grupos.order_by("id") if contem(codigo, UF_POR_SIGLA[grupo.uf].codigo))
    return escrever_csv(COLUNAS_DE_GRUPOS, map(_linha_do_grupo, grupos), avisos=avisos(partilha))


def insumos_csv(partilha: Partilha, insumos: Iterable[Insumo]) -> bytes:
    """Os insumos dados, com as colunas da entrada por arquivo e, depois, a origem de cada dado."""
    colunas = opcoes_de(partilha, com_complementares=False).colunas_da_entrada
    dados = [dado.nome for dado in DADOS if dado.nome in colunas]
    linhas = (
        (
            insumo.municipio_id,
            insumo.uf,
            *(getattr(insumo, coluna) for coluna in colunas[2:]),
            *(_origem_em_texto(partilha, insumo, nome) for nome in dados),
        )
        for insumo in insumos
    )
    return escrever_csv((*colunas, *(f"origem_{nome}" for nome in dados)), linhas, avisos=avisos(partilha))


def _origem_em_texto(partilha: Partilha, insumo: Any, nome: str) -> str:
    de_onde = origem(partilha, insumo, nome)
    if de_onde is None:
        return ""
    sintetico = "sintético" if de_onde.sintetico else ""
    partes = (de_onde.fonte, str(de_onde.ano or ""), sintetico, de_onde.motivo)
    return "; ".join(parte for parte in partes if parte)


def _linha_da_cota(cota: Cota) -> tuple[object, ...]:
    return (
        cota.municipio_id,
        cota.uf,
        cota.get_porte_display(),
        cota.indice,
        cota.ordem,
        "sim" if cota.elegivel else "nao",
        cota.situacao,
        cota.motivo,
        cota.cras_minimo,
        cota.cras_a_financiar,
        em_decimal(cota.valor_minimo_centavos),
        em_decimal(cota.valor_centavos),
    )


def _linha_do_grupo(grupo: Grupo) -> tuple[object, ...]:
    valores = (
        grupo.passo1_centavos,
        grupo.passo2_centavos,
        grupo.recebido_centavos,
        grupo.cedido_centavos,
        grupo.pago_centavos,
        grupo.saldo_centavos,
    )
    return grupo.uf, grupo.get_porte_display(), *map(em_decimal, valores)
