"""Congelar insumos: copiar população e indicadores, com fonte e ano, para dentro da partilha."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from normas.partilha.opcoes import instancia
from normas.partilha.regras import regras_do_exercicio
from normas.territorio.porte import Porte, porte_pelos_limites
from suas.cadastros.territorio.models import Municipio, Populacao
from suas.financas.partilhas.acoes.abertas import conferida, travada_em_preparo
from suas.financas.partilhas.consultas.dados import DADOS
from suas.financas.partilhas.models import Insumo, Partilha
from suas.nucleo import banco
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar
from suas.vigilancia.indicadores import consultas as indicadores

#: As colunas de um insumo, menos a chave e a partilha; a origem, que é JSON, por último.
GRAVADOS = ("municipio_id", "uf", *(dado.nome for dado in DADOS), "origens")
#: Dados que vêm da vigilância, com o código do indicador igual ao nome do dado.
DA_VIGILANCIA = tuple(dado.nome for dado in DADOS if dado.nome not in {"populacao", "indicador_complementar"})

Origens = dict[str, dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Fato:
    """Um valor com a origem dele, pronto para a partilha."""

    valor: str
    origem: dict[str, Any]


@transaction.atomic
def congelar_insumos(*, partilha: Partilha, por: Ator, em: datetime) -> Partilha:
    """Copia de novo a população e os indicadores de agora. O que foi digitado nesta partilha é mantido.

    Entram os municípios do âmbito que existiam no ano da população. De cada indicador vale o ano mais recente até o
    exercício; se não há nenhum até lá, o primeiro ano depois dele. Recusa: partilha já pactuada, ou âmbito sem
    municípios naquele ano.
    """
    aberta = travada_em_preparo(partilha)
    congelados = recopiar(aberta)
    registrar(
        ato="partilhas.congelar_insumos",
        objeto=aberta,
        por=por,
        em=em,
        dados={"municipios": congelados, "versao": aberta.versao_insumos + 1},
    )
    return conferida(aberta, em=em)


def recopiar(partilha: Partilha) -> int:
    """Substitui as linhas de entrada da partilha; devolve quantos municípios entraram. Dentro de um ato."""
    municipios = list(
        Municipio.objects.existentes_em(partilha.ano_populacao)
        .da_abrangencia(partilha.ambito)
        .select_related("uf")
        .order_by("codigo_ibge")
    )
    if not municipios:
        raise AtoRecusado(
            f"Não há municípios de {partilha.nome_do_ambito} em {partilha.ano_populacao}. "
            "Escolha outro ano da população.",
            campo="ano_populacao",
        )
    digitados = _digitados(partilha)
    fatos = _fatos(partilha)
    linhas: list[Insumo] = []
    origens: list[Origens] = []
    for municipio in municipios:
        codigo = municipio.codigo_ibge
        proprios = {nome: por_codigo[codigo] for nome, por_codigo in fatos.items() if codigo in por_codigo}
        proprios |= digitados.get(codigo, {})
        linha = Insumo(partilha=partilha, municipio=municipio, uf=municipio.uf.sigla)
        for nome, fato in proprios.items():
            setattr(linha, nome, fato.valor)
        linhas.append(linha)
        origens.append({nome: fato.origem for nome, fato in proprios.items()})
    _por_complementar(partilha, linhas, origens, digitados)
    partilha.origens = _origem_comum(origens)
    partilha.sintetica = any(origem["sintetico"] for proprias in origens for origem in proprias.values())
    for linha, proprias in zip(linhas, origens, strict=True):
        linha.origens = {nome: origem for nome, origem in proprias.items() if partilha.origens.get(nome) != origem}
    gravar_linhas(partilha, linhas)
    return len(linhas)


def gravar_linhas(partilha: Partilha, linhas: Iterable[Insumo]) -> None:
    """Põe as novas, muda as que diferem e apaga as que saíram: a trilha conta só o que mudou. Dentro de um ato."""
    prontas = {linha.municipio_id: tuple(getattr(linha, nome) for nome in GRAVADOS) for linha in linhas}
    atuais = {valores[0]: valores for valores in partilha.insumos.values_list(*GRAVADOS)}
    if sairam := atuais.keys() - prontas.keys():
        partilha.insumos.filter(municipio__in=sairam).delete()
    diferem = [linha for codigo, linha in prontas.items() if atuais.get(codigo) != linha]
    banco.inserir_em_lote(
        Insumo,
        campos=GRAVADOS,
        linhas=((*textos, json.dumps(origens)) for *textos, origens in diferem),
        iguais={"partilha": partilha.pk},
        chave=("partilha", "municipio_id"),
    )


def complementar_do_municipio(partilha: Partilha, insumo: Insumo) -> Fato | None:
    """O valor do indicador que a instância do município escolheu, com a população que ele tem agora."""
    copia = Insumo(municipio_id=insumo.municipio_id, uf=insumo.uf, populacao=insumo.populacao)
    origens: list[Origens] = [{}]
    _por_complementar(partilha, [copia], origens, {})
    if not copia.indicador_complementar:
        return None
    return Fato(valor=copia.indicador_complementar, origem=origens[0]["indicador_complementar"])


def porte_do_insumo(partilha: Partilha, insumo: Insumo) -> Porte | None:
    """O porte pela população da linha; None se ela falta ou não é número inteiro."""
    if not insumo.populacao.isdigit():
        return None
    limites = regras_do_exercicio(partilha.exercicio).limites_de_porte
    return porte_pelos_limites(populacao=int(insumo.populacao), uf=insumo.uf, limites=limites)


def _digitados(partilha: Partilha) -> dict[str, dict[str, Fato]]:
    """O que foi digitado nesta partilha, por código e dado."""
    achados: dict[str, dict[str, Fato]] = {}
    for insumo in partilha.insumos.all():
        for nome, origem in insumo.origens.items():
            if origem.get("motivo"):
                achados.setdefault(insumo.municipio_id, {})[nome] = Fato(valor=getattr(insumo, nome), origem=origem)
    return achados


def _fatos(partilha: Partilha) -> dict[str, dict[str, Fato]]:
    """População e indicadores, por dado e código."""
    populacoes = Populacao.objects.filter(ano=partilha.ano_populacao).values_list("municipio_id", "habitantes", "fonte")
    fatos = {
        "populacao": {
            codigo: Fato(
                valor=str(habitantes),
                origem={"fonte": fonte, "ano": partilha.ano_populacao, "sintetico": False},
            )
            for codigo, habitantes, fonte in populacoes
        }
    }
    for nome in DA_VIGILANCIA:
        fatos[nome] = _do_indicador(nome, exercicio=partilha.exercicio)
    return fatos


def _do_indicador(codigo: str, *, exercicio: int, ano: int | None = None) -> dict[str, Fato]:
    """Os valores de um indicador: do ano pedido, ou os mais recentes até o exercício, ou os primeiros depois."""
    if ano is not None:
        valores = indicadores.valores(codigo, ano)
    else:
        valores = indicadores.mais_recentes(codigo, ate_ano=exercicio)
        if not valores and (anos := indicadores.anos_de(codigo)):
            valores = indicadores.valores(codigo, min(anos))
    origens: dict[tuple[str, int, bool], dict[str, Any]] = {}  # milhares de valores, poucas origens
    fatos = {}
    for municipio, dado in valores.items():
        de_onde = (dado.fonte, dado.ano, dado.sintetico)
        origem = origens.get(de_onde)
        if origem is None:
            origem = origens[de_onde] = {"fonte": dado.fonte, "ano": dado.ano, "sintetico": dado.sintetico}
        fatos[municipio] = Fato(valor=dado.valor, origem=origem)
    return fatos


def _por_complementar(
    partilha: Partilha,
    linhas: Iterable[Insumo],
    origens: Iterable[Origens],
    digitados: Mapping[str, Mapping[str, Fato]],
) -> None:
    """Dá a cada linha o indicador que a instância do seu porte escolheu; o digitado prevalece."""
    if partilha.transicao_2005:
        return
    escolhidos = {
        (escolha.porte, escolha.instancia): (escolha.indicador_codigo, escolha.ano)
        for escolha in partilha.complementares.all()
    }
    valores = {par: _do_indicador(par[0], exercicio=partilha.exercicio, ano=par[1]) for par in set(escolhidos.values())}
    for linha, proprias in zip(linhas, origens, strict=True):
        porte = porte_do_insumo(partilha, linha)
        if porte is None or "indicador_complementar" in digitados.get(linha.municipio_id, {}):
            continue
        escolhido = escolhidos.get((porte.value, instancia(porte=porte, uf=linha.uf)[1]))
        fato = valores[escolhido].get(linha.municipio_id) if escolhido else None
        if fato is not None:
            linha.indicador_complementar = fato.valor
            proprias["indicador_complementar"] = fato.origem


def _origem_comum(origens: Iterable[Origens]) -> Origens:
    """A origem mais frequente de cada dado entre as que não foram digitadas."""
    contagem: dict[str, Counter[tuple[tuple[str, Any], ...]]] = {}
    chaves: dict[int, tuple[tuple[str, Any], ...]] = {}  # muitas linhas dividem a mesma origem
    for proprias in origens:
        for nome, origem in proprias.items():
            if "motivo" not in origem:
                chave = chaves.get(id(origem))
                if chave is None:
                    chave = chaves[id(origem)] = tuple(sorted(origem.items()))
                contagem.setdefault(nome, Counter())[chave] += 1
    return {nome: dict(vistas.most_common(1)[0][0]) for nome, vistas in contagem.items()}
