"""Os comandos `redesuas formulario mostrar CODIGO ...` e `formulario conferir CODIGO ...`.

Saem com 0 quando mostram ou quando nada impede o envio, 3 quando algo impede, e 2 quando o pedido ou o arquivo não
se entende, em palavras, na saída de erros.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from normas.base.competencia import Competencia
from normas.linha_de_comando import (
    DADOS_COM_FALTAS,
    FEITO,
    PEDIDOS_DE_AJUDA,
    USO_ERRADO,
    Comando,
    OpcaoDoComando,
    UsoErrado,
    executar,
    ler_arquivo,
    sem_acento,
)
from normas.registros import em_json
from normas.registros.conferencia import conferir
from normas.registros.em_branco import em_branco
from normas.registros.esquema import esquema
from normas.registros.exame import Contexto
from normas.registros.formulario import Versao
from normas.registros.leitura import FormularioForaDeVigencia, codigos, formulario
from normas.registros.preenchimento import Preenchimento, PreenchimentoIlegivel, ler_dados, ler_json, ler_objeto
from normas.territorio.porte import PORTE_POR_NOME, Porte

USO = "Uso: redesuas formulario mostrar|conferir CODIGO [opções]"
PORTES = {sem_acento(nome): porte for nome, porte in PORTE_POR_NOME.items()}

EM = OpcaoDoComando(nome="em", valor="AAAA-MM", obrigatoria=True, ajuda="O mês de referência, como 2026-01.")
MOSTRAR = Comando(
    nome="formulario mostrar CODIGO",
    descricao="Mostra um formulário oficial: itens, quadrinhos e regras, na versão do mês.",
    opcoes=(
        EM,
        OpcaoDoComando(nome="json", valor="", ajuda="Escreve um objeto JSON em vez do formulário em branco."),
        OpcaoDoComando(nome="esquema", valor="", ajuda="Escreve o JSON Schema do arquivo que se confere."),
    ),
)
CONFERIR = Comando(
    nome="formulario conferir CODIGO",
    descricao="Confere um formulário preenchido e escreve, em JSON, o que não combina.",
    opcoes=(
        EM,
        OpcaoDoComando(
            nome="arquivo", valor="ARQUIVO.json", obrigatoria=True,
            ajuda="Objeto de código do item para número; onde há sexo e idade, um objeto por sexo.",
        ),
        OpcaoDoComando(
            nome="porte", valor="PORTE", ajuda=f"Do município, para os cortes: {', '.join(PORTE_POR_NOME)}.",
        ),
        OpcaoDoComando(
            nome="anteriores", valor="ARQUIVO.json",
            ajuda="Os meses anteriores da unidade: objeto de mês (2025-12) para formulário preenchido.",
        ),
        OpcaoDoComando(nome="parcial", valor="", ajuda="Não cobra o que ainda não foi escrito."),
    ),
)  # fmt: skip


def comando_formulario(argv: Sequence[str]) -> int:
    """Mostra ou confere um formulário e devolve o código de saída do processo."""
    ato, codigo, *resto = [*argv, "", ""][: max(len(argv), 2)]
    if PEDIDOS_DE_AJUDA & {ato, codigo}:
        print(_ajuda())
        return FEITO
    atos = {"mostrar": (MOSTRAR, _mostrar), "conferir": (CONFERIR, _conferir)}
    if ato not in atos or codigo.upper() not in codigos():
        print(_nao_entendido(ato, codigo, ato in atos), file=sys.stderr)
        print(_ajuda(), file=sys.stderr)
        return USO_ERRADO
    comando, fazer = atos[ato]
    return executar(comando, resto, lambda lidas: fazer(codigo.upper(), lidas))


def _nao_entendido(ato: str, codigo: str, ato_conhecido: bool) -> str:
    if not ato_conhecido:
        return f"Não há o que fazer com “{ato}”." if ato else "Falta dizer o que fazer."
    return f"Não há o formulário “{codigo}”." if codigo else "Falta o código do formulário."


def _ajuda() -> str:
    linhas = [USO, "", f"Os formulários: {', '.join(codigos())}."]
    linhas += ["", "As opções: redesuas formulario mostrar RMA-CRAS --ajuda"]
    return "\n".join(linhas)


def _mostrar(codigo: str, lidas: Mapping[str, str]) -> int:
    versao, competencia = _versao(codigo, lidas)
    if {"json", "esquema"} <= lidas.keys():
        raise UsoErrado("Escolha --json ou --esquema: cada um escreve uma coisa.")
    if "json" in lidas:
        print(json.dumps(em_json.do_formulario(versao, em=competencia), ensure_ascii=False, indent=2))
    elif "esquema" in lidas:
        print(json.dumps(esquema(versao), ensure_ascii=False, indent=2))
    else:
        print(em_branco(versao))
    return FEITO


def _conferir(codigo: str, lidas: Mapping[str, str]) -> int:
    versao, competencia = _versao(codigo, lidas)
    contexto = Contexto(
        parcial="parcial" in lidas,
        porte=_porte(lidas),
        anteriores=_anteriores(lidas, versao),
    )
    achadas = conferir(
        versao=versao,
        competencia=competencia,
        preenchimento=_ler(lidas["arquivo"], versao),
        contexto=contexto,
    )
    print(json.dumps(em_json.das_inconsistencias(achadas), ensure_ascii=False, indent=2))
    return DADOS_COM_FALTAS if any(achada.impede_envio for achada in achadas) else FEITO


def _versao(codigo: str, lidas: Mapping[str, str]) -> tuple[Versao, Competencia]:
    try:
        competencia = Competencia.de_texto(lidas["em"])
        return formulario(codigo, em=competencia), competencia
    except FormularioForaDeVigencia as erro:
        raise UsoErrado(str(erro)) from erro
    except ValueError as erro:
        raise UsoErrado(f"--em: {erro}") from erro


def _porte(lidas: Mapping[str, str]) -> Porte | None:
    if "porte" not in lidas:
        return None
    porte = PORTES.get(sem_acento(lidas["porte"]).replace("_", " "))
    if porte is None:
        raise UsoErrado(f"--porte: “{lidas['porte']}” não serve. Escreva {', '.join(PORTE_POR_NOME)}.")
    return porte


def _ler(caminho: str, versao: Versao) -> Preenchimento:
    try:
        return ler_json(_texto(caminho), versao=versao)
    except PreenchimentoIlegivel as erro:
        raise UsoErrado(f"{caminho}: {erro}") from erro


def _anteriores(lidas: Mapping[str, str], versao: Versao) -> Mapping[Competencia, Preenchimento]:
    if "anteriores" not in lidas:
        return MappingProxyType({})
    caminho = lidas["anteriores"]
    try:
        meses = ler_dados(_texto(caminho))
        if not isinstance(meses, Mapping):
            raise PreenchimentoIlegivel('O arquivo precisa ser um objeto, como {"2025-12": {"A.1": 120}}.')
        return {Competencia.de_texto(mes): ler_objeto(dados, versao=versao) for mes, dados in meses.items()}
    except ValueError as erro:
        raise UsoErrado(f"{caminho}: {erro}") from erro


def _texto(caminho: str) -> str:
    try:
        return ler_arquivo(Path(caminho), formato="JSON").decode("utf-8-sig")
    except UnicodeDecodeError as erro:
        raise UsoErrado(f"“{caminho}” não está em UTF-8. Salve o arquivo como JSON em UTF-8.") from erro
