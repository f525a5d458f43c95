"""A memória de cálculo: tudo o que entrou, cada número do caminho e as cotas, em um só arquivo.

O formato está em docs/fluxos/memoria-da-partilha.md. Só tem textos, inteiros, listas e objetos.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from normas.base.numeros import com_ponto, fracao_exata
from normas.habilitacao.niveis import NivelDeGestao
from normas.parametros.leitura import Parametro
from normas.partilha.calculo import Cota, Resultado
from normas.partilha.caminho import Caminho
from normas.partilha.distribuicao import Evento, Percurso
from normas.partilha.municipio import Municipio, Origem
from normas.partilha.opcoes import (
    CriterioPorte,
    Direcao,
    IndicadorComplementar,
    Normalizacao,
    Opcoes,
    instancia,
)
from normas.partilha.prioridade import ChaveDeEscala, Escala, Prioridade
from normas.territorio.porte import PORTE_POR_NOME, Porte

FORMATO = "redesuas/partilha-da-protecao-social-basica/1"
SIM_OU_NAO = {True: "sim", False: "nao"}
Memoria = dict[str, Any]


def montar_memoria(resultado: Resultado) -> Memoria:
    """Monta a memória de uma partilha, pronta para `canonica`."""
    usadas: dict[Origem, int] = {}
    colunas = resultado.opcoes.colunas_da_entrada[2:]
    municipios = [_municipio(cota, colunas, usadas) for cota in resultado.cotas]
    norma = resultado.regras.norma
    return {
        "formato": FORMATO,
        "norma": {
            "nome": norma.conteudo,
            **_fonte(norma),
        },
        "simulacao_norma_nao_vigente": SIM_OU_NAO[not resultado.regras.vigente],
        "opcoes": _opcoes(resultado),
        "parametros": {regra.nome: _parametro(regra) for regra in resultado.regras.todos},
        "origens": [{"fonte": origem.fonte, "ano": origem.ano} for origem in usadas],
        "passo_1": {
            "pesos": _por_nome(resultado.passo1.pesos),
            "valores": _por_nome(resultado.passo1.valores),
        },
        "passo_2": {
            "pesos": _por_nome(resultado.passo2.pesos),
            "devolvido": _por_nome(resultado.passo2.devolvido),
            "recebido": _por_nome(resultado.passo2.recebido),
            "totais": _por_nome(resultado.passo2.totais),
            "valores": _por_nome(resultado.passo2.valores),
        },
        "passo_3": {"escalas": [_escala(escala) for _, escala in sorted(resultado.escalas.items(), key=_ordem)]},
        "distribuicao": {
            uf: [_evento(evento) for evento in distribuicao.eventos]
            for uf, distribuicao in resultado.distribuicoes.items()
        },
        "grupos": [
            {
                "uf": grupo.uf,
                "porte": grupo.porte.nome,
                "passo1": grupo.passo1,
                "passo2": grupo.passo2,
                "recebido": grupo.recebido,
                "cedido": grupo.cedido,
                "pago": grupo.pago,
                "saldo": grupo.saldo,
            }
            for grupo in resultado.grupos
        ],
        "municipios": municipios,
        "totais": {
            "municipios": len(municipios),
            "recurso": resultado.opcoes.recurso_centavos,
            "pago": resultado.pago_centavos,
            "saldo": resultado.saldo_centavos,
        },
    }


def canonica(memoria: Mapping[str, Any]) -> bytes:
    """Escreve a memória na forma canônica: UTF-8, chaves em ordem, sem espaços."""
    texto = json.dumps(memoria, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return texto.encode("utf-8")


def resumo_sha256(canonico: bytes) -> str:
    """SHA-256 da forma canônica, em hexadecimal: a impressão digital da partilha."""
    return hashlib.sha256(canonico).hexdigest()


def opcoes_da_memoria(memoria: Mapping[str, Any]) -> Opcoes:
    """Refaz as opções a partir da memória. Erros: `KeyError` se o formato não é o desta versão."""
    opcoes = memoria["opcoes"]
    return Opcoes(
        recurso_centavos=opcoes["recurso_centavos"],
        pbf_centavos=opcoes["pbf_centavos"],
        exercicio=opcoes["exercicio"],
        criterio_porte=CriterioPorte(opcoes["criterio_porte"]),
        normalizacao=Normalizacao(opcoes["normalizacao"]),
        transicao_2005=opcoes["transicao_2005"] == "sim",
        excluir_incompletos=opcoes["excluir_incompletos"] == "sim",
        complementares={
            (PORTE_POR_NOME[item["porte"]], item["instancia"]): IndicadorComplementar(
                direcao=Direcao(item["direcao"]),
                nome=item["nome"],
                unidade=item["unidade"],
                fonte=item["fonte"],
                ano=item["ano"],
            )
            for item in opcoes["complementares"]
        },
    )


def municipios_da_memoria(memoria: Mapping[str, Any]) -> tuple[Municipio, ...]:
    """Refaz os municípios da entrada a partir da memória."""
    origens = [Origem(item["fonte"], item["ano"]) for item in memoria["origens"]]
    return tuple(_da_memoria(linha, origens) for linha in memoria["municipios"])


def _da_memoria(linha: Mapping[str, Any], origens: list[Origem]) -> Municipio:
    entrada = dict(linha["entrada"])
    for coluna in ("rcl_per_capita", "fnas_psb_per_capita", "indicador_complementar"):
        entrada[coluna] = Decimal(entrada[coluna]) if coluna in entrada else None
    return Municipio(
        **{
            **entrada,
            "codigo_ibge": linha["codigo_ibge"],
            "uf": linha["uf"],
            "nivel_gestao": NivelDeGestao(entrada["nivel_gestao"]),
            "adesao_suas": entrada["adesao_suas"] == "sim",
            "origens": {coluna: origens[n] for coluna, n in linha.get("origens", {}).items()},
        }
    )


def _opcoes(resultado: Resultado) -> dict[str, Any]:
    opcoes = resultado.opcoes
    usadas = {
        instancia(porte=cota.porte, uf=cota.municipio.uf)
        for cota in resultado.cotas
        if cota.prioridade and not opcoes.transicao_2005
    }
    return {
        "exercicio": opcoes.exercicio,
        "recurso_centavos": opcoes.recurso_centavos,
        "pbf_centavos": opcoes.pbf_centavos,
        "criterio_porte": opcoes.criterio_porte.value,
        "normalizacao": opcoes.normalizacao.value,
        "transicao_2005": SIM_OU_NAO[opcoes.transicao_2005],
        "excluir_incompletos": SIM_OU_NAO[opcoes.excluir_incompletos],
        "complementares": [
            _complementar(porte, abrangencia, opcoes.complementares.get((porte, abrangencia)))
            for porte, abrangencia in sorted(usadas, key=lambda par: (_posicao(par[0]), par[1]))
        ],
    }


def _complementar(porte: Porte, abrangencia: str, indicador: IndicadorComplementar | None) -> dict[str, str]:
    indicador = indicador or IndicadorComplementar()
    return {
        "porte": porte.nome,
        "instancia": abrangencia,
        "direcao": indicador.direcao.value,
        "nome": indicador.nome,
        "unidade": indicador.unidade,
        "fonte": indicador.fonte,
        "ano": indicador.ano,
    }


def _parametro(regra: Parametro) -> dict[str, Any]:
    return {
        "descricao": regra.descricao,
        "valor": _texto_ou_inteiro(regra.conteudo),
        "evidencia": regra.evidencia,
        "observacao": regra.observacao,
        **_fonte(regra),
    }


def _fonte(regra: Parametro) -> dict[str, str]:
    ate = regra.vigencia.ate
    return {
        "norma": regra.fundamento.norma,
        "dispositivo": regra.fundamento.dispositivo,
        "desde": regra.vigencia.desde.isoformat(),
        "ate": ate.isoformat() if ate else "",
    }


def _texto_ou_inteiro(valor: Any) -> Any:
    """Copia o conteúdo do parâmetro, com os portes pelo nome que a norma usa."""
    if isinstance(valor, Mapping):
        nomes = {porte.value: porte.nome for porte in Porte}
        return {nomes.get(chave, chave): _texto_ou_inteiro(item) for chave, item in valor.items()}
    return valor


def _por_nome(por_porte: Mapping[Porte, Any]) -> dict[str, Any]:
    return {porte.nome: valor for porte, valor in por_porte.items()}


def _posicao(porte: Porte) -> int:
    return tuple(Porte).index(porte)


def _ordem(par: tuple[ChaveDeEscala, Escala]) -> tuple[str, int, str]:
    indicador, porte, abrangencia = par[0]
    return indicador.value, _posicao(porte), abrangencia


def _escala(escala: Escala) -> dict[str, Any]:
    return {
        "indicador": escala.indicador.value,
        "porte": escala.porte.nome,
        "abrangencia": escala.abrangencia,
        "minimo": fracao_exata(escala.minimo),
        "maximo": fracao_exata(escala.maximo),
        "pior": "alto" if escala.alto_e_pior else "baixo",
        "municipios": escala.municipios,
    }


def _evento(evento: Evento) -> dict[str, Any]:
    if isinstance(evento, Percurso):
        return {
            "tipo": "percurso",
            "porte": evento.porte.nome,
            "dinheiro": evento.dinheiro,
            "pagamentos": [[p.codigo_ibge, p.valor, p.restou] for p in evento.pagamentos],
            "esperam": evento.esperam,
        }
    return {
        "tipo": "transferencia",
        "regra": evento.regra,
        "de": [[porte.nome, valor] for porte, valor in evento.de.items()],
        "para": [[porte.nome, valor] for porte, valor in evento.para.items()],
    }


def _municipio(cota: Cota, colunas: Sequence[str], usadas: dict[Origem, int]) -> dict[str, Any]:
    municipio = cota.municipio
    linha = {
        "codigo_ibge": municipio.codigo_ibge,
        "uf": municipio.uf,
        "porte": cota.porte.nome,
        "entrada": _entrada(municipio, colunas),
        "faltam": list(cota.faltam),
        "elegivel": SIM_OU_NAO[municipio.elegivel],
        "situacao": cota.situacao.value,
        "motivo": cota.motivo,
        "cras_minimo": cota.cras_minimo,
        "cras_a_financiar": cota.cras_a_financiar,
        "valor_minimo": cota.valor_minimo,
        "valor_partilhado": cota.valor_partilhado,
    }
    if municipio.origens:
        linha["origens"] = {
            coluna: usadas.setdefault(origem, len(usadas)) for coluna, origem in municipio.origens.items()
        }
    if cota.prioridade:
        linha |= _prioridade(cota.prioridade)
    return linha


def _entrada(municipio: Municipio, colunas: Sequence[str]) -> dict[str, Any]:
    """A linha como entrou, sem código e UF; o que falta não aparece."""
    entrada: dict[str, Any] = {}
    for coluna in colunas:
        valor = getattr(municipio, coluna)
        if isinstance(valor, Decimal):
            entrada[coluna] = format(valor, "f")
        elif isinstance(valor, bool):
            entrada[coluna] = SIM_OU_NAO[valor]
        elif valor is not None:
            entrada[coluna] = valor if isinstance(valor, int) else str(valor.value)
    return entrada


def _prioridade(prioridade: Prioridade) -> dict[str, Any]:
    return {
        "indicadores": {
            indicador.value: {
                "valor": fracao_exata(valor),
                "representativo": fracao_exata(prioridade.representativos[indicador]),
                "representativo_decimal": com_ponto(prioridade.representativos[indicador]),
            }
            for indicador, valor in prioridade.valores.items()
        },
        "indice": fracao_exata(prioridade.indice),
        "indice_decimal": com_ponto(prioridade.indice),
        "ordem": prioridade.ordem,
    }


def recortar(*, memoria: Mapping[str, Any], codigo_ibge: str) -> Memoria:
    """Só o estado do município: serve para explicar e para dizer o que o faria subir, e não para recalcular.

    A forma é a mesma, com menos municípios e menos eventos, e a mais `extremos`: os dois menores e os
    dois maiores valores de cada escala, que a comparação com municípios de outros estados pede.

    Erros: `MunicipioForaDaPartilha`.
    """
    uf = Caminho.de(memoria=memoria, codigo_ibge=codigo_ibge).uf
    return {
        **memoria,
        "municipios": [linha for linha in memoria["municipios"] if linha["uf"] == uf],
        "distribuicao": {uf: memoria["distribuicao"].get(uf, [])},
        "grupos": [grupo for grupo in memoria["grupos"] if grupo["uf"] == uf],
        "extremos": _extremos(memoria, uf),
    }


def _extremos(memoria: Mapping[str, Any], uf: str) -> dict[str, Any]:
    """Por porte e indicador, os dois menores e os dois maiores valores da escala em que a UF se compara."""
    # Um classificado de cada porte basta: todos os do porte na UF estão nas mesmas escalas.
    um_de_cada = {linha["porte"]: linha for linha in memoria["municipios"] if linha["uf"] == uf and "ordem" in linha}
    resposta: dict[str, Any] = {}
    for porte, linha in um_de_cada.items():
        caminho = Caminho(memoria, linha)
        resposta[porte] = {}
        for indicador in caminho.escalas:
            menores, maiores = caminho.extremos(indicador)
            resposta[porte][indicador.value] = {
                "menores": [fracao_exata(valor) for valor in menores],
                "maiores": [fracao_exata(valor) for valor in maiores],
            }
    return resposta
