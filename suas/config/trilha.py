"""`redesuas trilha`: verificar a corrente, tirar a cabeça para guardar fora, trocar a chave-mestra."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from suas.config.argumentos import USO_ERRADO, Analisador, opcoes
from suas.config.gerenciar import preparar_django, recusa_do_banco

if TYPE_CHECKING:
    from suas.nucleo.trilha.consultas import Cabeca
    from suas.nucleo.trilha.verificacao import Resultado

RECUSADO = 1
QUEBRADA = 3


def main(argv: list[str]) -> int:
    """Saídas: 0 feito (inteira); 1 o banco não serve; 2 uso errado; 3 a corrente se quebra, dizendo onde."""
    analisador = Analisador(
        comando="trilha", descricao="Verifica a trilha, tira a cabeça para guardar fora, troca a chave-mestra."
    )
    analisador.add_argument("o_que", metavar="ATO", choices=sorted(ATOS), help=" | ".join(sorted(ATOS)))
    analisador.add_argument(
        "--cabeca", type=Path, metavar="F", help="verificar: arquivo com as cabeças guardadas fora, uma por linha"
    )
    analisador.add_argument("--json", action="store_true", help="verificar e cabeca: em JSON, para outro programa")
    analisador.aceitar_pasta()
    pedido = opcoes(analisador, argv)
    if pedido.cabeca and pedido.o_que != "verificar":
        analisador.error("--cabeca só serve a verificar")
    preparar_django(dados=pedido.dados)
    if recusa := recusa_do_banco():
        print(f"redesuas: {recusa}", file=sys.stderr)
        return RECUSADO
    codigo: int = ATOS[pedido.o_que](pedido)
    return codigo


def ler_cabecas(texto: str) -> list[Cabeca]:
    """As cabeças de um arquivo, em JSON ou na linha que `trilha cabeca` imprime; `ValueError` diz a que não se lê."""
    from suas.nucleo.trilha.consultas import MARCA, Cabeca

    cabecas = []
    for numero, linha in enumerate(texto.splitlines(), 1):
        if not linha.strip() or linha.startswith("#"):
            continue
        try:
            if linha.lstrip().startswith("{"):
                dados = json.loads(linha)
            else:
                marca, *campos = linha.split(maxsplit=4)
                dados = dict(zip(("numero", "resumo", "em"), campos, strict=False)) if marca == MARCA else {}
            resumo = str(dados["resumo"])
            if len(resumo) != 64 or int(resumo, 16) < 0:
                raise ValueError
            cabecas.append(Cabeca(numero=int(dados["numero"]), resumo=resumo, em=str(dados.get("em", ""))))
        except (ValueError, KeyError, TypeError) as erro:
            raise ValueError(f"a linha {numero} não é uma cabeça tirada por `redesuas trilha cabeca`") from erro
    if not cabecas:
        raise ValueError("não há nenhuma cabeça nele")
    return cabecas


def _verificar(pedido: argparse.Namespace) -> int:
    from suas.nucleo.trilha import verificacao

    cabecas: list[Cabeca] = []
    if pedido.cabeca:
        try:
            cabecas = ler_cabecas(pedido.cabeca.read_text(encoding="utf-8"))
        except (OSError, ValueError) as erro:
            motivo = erro.strerror if isinstance(erro, OSError) else erro
            print(f"redesuas: não pude usar {pedido.cabeca}: {motivo}.", file=sys.stderr)
            return USO_ERRADO
    resultado = verificacao.verificar(em=timezone.now(), cabecas=cabecas)
    if pedido.json:
        print(json.dumps(em_json(resultado, cabecas=len(cabecas)), ensure_ascii=False, indent=1))
    else:
        print("\n".join(em_texto(resultado, cabecas=len(cabecas))))
    return 0 if resultado.inteira else QUEBRADA


def em_json(resultado: Resultado, *, cabecas: int) -> dict[str, Any]:
    return {
        "versao": 1,
        "inteira": resultado.inteira,
        "conferidos": resultado.conferidos,
        "abertas": resultado.abertas,
        "fora_de_ato": resultado.fora_de_ato,
        "cabecas_conferidas": cabecas,
        "segundos": round(resultado.segundos, 3),
        "cabeca": {"numero": resultado.numero, "resumo": resultado.cabeca},
        "total_de_quebras": resultado.total_de_quebras,
        "quebras": [{"tipo": q.tipo, "onde": q.onde, "mensagem": q.mensagem} for q in resultado.quebras],
    }


def em_texto(resultado: Resultado, *, cabecas: int) -> list[str]:
    """O resultado em linhas: primeiro se está inteira, depois cada quebra, depois o que se conferiu."""
    segundos = f"{resultado.segundos:.1f}".replace(".", ",")
    linhas = ["A corrente da trilha está inteira." if resultado.inteira else "A corrente da trilha SE QUEBRA:"]
    linhas += [f"  {q.tipo}: {q.onde}: {q.mensagem}." for q in resultado.quebras]
    if (restam := resultado.total_de_quebras - len(resultado.quebras)) > 0:
        linhas.append(f"  e mais {restam} quebras.")
    linhas += [
        f"Elos conferidos: {resultado.conferidos}, em {segundos} s. Linhas por lacrar: {resultado.abertas}.",
        f"Alterações fora de ato (comando do servidor, entrada de pessoa, SQL à mão): {resultado.fora_de_ato}.",
        f"Cabeça: {resultado.numero} {resultado.cabeca}",
    ]
    linhas.append(
        f"Comparada com {cabecas} cabeças guardadas fora."
        if cabecas
        else "Sem uma cabeça guardada fora (--cabeca), a cauda cortada e a corrente refeita por inteiro não se veem."
    )
    return linhas


def _cabeca(pedido: argparse.Namespace) -> int:
    from suas.nucleo.identidade import consultas
    from suas.nucleo.trilha import consultas as trilha

    cabeca = trilha.cabeca()
    instalacao = consultas.instalacao()
    if not cabeca.numero:
        print(
            "redesuas: nada foi lacrado ainda: esta cabeça não prova nada. Com `servir` ou `relogio` no ar, tire outra "
            "daqui a um minuto.",
            file=sys.stderr,
        )
    orgao = instalacao.orgao if instalacao else ""
    if pedido.json:
        dados = {"numero": cabeca.numero, "resumo": cabeca.resumo, "em": cabeca.em or "-", "instalacao": orgao}
        print(json.dumps(dados, ensure_ascii=False))
    else:
        print(cabeca.linha(orgao=orgao))
    return 0


def _trocar_chave(_: argparse.Namespace) -> int:
    from suas.nucleo.permissoes.ator import ATOR_PUBLICO
    from suas.nucleo.trilha import acoes, cifra

    try:
        trocadas = acoes.trocar_mestra(por=ATOR_PUBLICO, em=timezone.now())
    except cifra.NaoAbre as recusa:
        print(
            f"redesuas: nada mudou: {recusa}. Ponha o segredo anterior em REDESUAS_CHAVES_ANTERIORES.", file=sys.stderr
        )
        return RECUSADO
    print(f"{trocadas} chaves cifradas de novo com o segredo de agora.")
    return 0


ATOS = {"verificar": _verificar, "cabeca": _cabeca, "trocar-chave": _trocar_chave}
