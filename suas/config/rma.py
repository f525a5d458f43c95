"""`redesuas rma consolidar --municipio 3205309 --competencia 2026-01`: refaz as somas do mês, do que se enviou."""

from __future__ import annotations

import json
import sys
from typing import Any

from normas.base.competencia import Competencia
from suas.config.argumentos import USO_ERRADO, Analisador, opcoes
from suas.config.gerenciar import preparar_django, recusa_do_banco

RECUSADO = 1


def main(argv: list[str]) -> int:
    """Refaz os fatos. Saídas: 0 feito, também quando nada mudou; 1 banco recusado; 2 uso errado."""
    analisador = Analisador(
        comando="rma consolidar",
        descricao="Refaz as somas de um mês, item por item, do último envio de cada unidade. Repetir não muda nada.",
    )
    analisador.add_argument("ato", metavar="consolidar", choices=("consolidar",), help="o que fazer")
    analisador.add_argument("--municipio", required=True, metavar="CÓDIGO", help="código do IBGE, como 3205309")
    analisador.add_argument("--competencia", required=True, metavar="AAAA-MM", help="o mês, como 2026-01")
    analisador.add_argument("--json", action="store_true", help="em JSON, para outros programas")
    analisador.aceitar_pasta()
    pedido = opcoes(analisador, argv)
    try:
        competencia = Competencia.de_texto(pedido.competencia)
    except ValueError:
        return _recusar(f"“{pedido.competencia}” não é um mês. Escreva o ano e o mês, como 2026-01.", USO_ERRADO)
    preparar_django(dados=pedido.dados)
    if recusa := recusa_do_banco():
        return _recusar(recusa, RECUSADO)
    from suas.cadastros.territorio.models import Municipio
    from suas.vigilancia.mensais.consultas import PRIMEIRA

    municipio = Municipio.objects.select_related("uf").filter(pk=pedido.municipio.strip()).first()
    if municipio is None:
        return _recusar(
            f"“{pedido.municipio}” não é código de município. O código tem 7 algarismos, como 3205309.", USO_ERRADO
        )
    if competencia < PRIMEIRA:
        return _recusar(f"O formulário em vigor começa em {PRIMEIRA}: {competencia} não se consolida.", USO_ERRADO)
    dados = _consolidar(municipio.pk, competencia)
    print(json.dumps(dados, ensure_ascii=False, indent=2) if pedido.json else _em_texto(str(municipio), dados))
    return 0


def _recusar(mensagem: str, codigo: int) -> int:
    print(f"redesuas: {mensagem}", file=sys.stderr)
    return codigo


def _consolidar(municipio: str, competencia: Competencia) -> dict[str, Any]:
    from normas.registros.leitura import codigos
    from suas.vigilancia.fatos import consultas
    from suas.vigilancia.mensais import consolidacao

    feito = consolidacao.do_lugar(municipio, competencia=competencia)
    somas = {codigo: consultas.do_lugar(municipio, formulario=codigo, competencia=competencia) for codigo in codigos()}
    return {
        "municipio": municipio,
        "competencia": str(competencia),
        "mudou": feito.mudou,
        "fatos": {
            "novos": feito.novos,
            "mudados": feito.mudados,
            "retirados": feito.retirados,
            "iguais": feito.iguais,
        },
        "formularios": [
            {
                "codigo": codigo,
                "unidades": soma.unidades,
                "itens": {item: {"soma": s.total, "unidades": s.unidades} for item, s in soma.itens.items()},
            }
            for codigo, soma in somas.items()
        ],
    }


def _em_texto(nome: str, dados: dict[str, Any]) -> str:
    fatos = dados["fatos"]
    linhas = [
        f"{nome}, {dados['competencia']}: "
        + (
            f"{fatos['novos']} fatos novos, {fatos['mudados']} mudados, {fatos['retirados']} retirados e "
            f"{fatos['iguais']} iguais."
            if dados["mudou"]
            else f"nada mudou; {fatos['iguais']} fatos já estavam certos."
        )
    ]
    for formulario in dados["formularios"]:
        unidades = formulario["unidades"]
        itens = "  ".join(f"{codigo}={item['soma']}" for codigo, item in formulario["itens"].items())
        quantas = "1 unidade" if unidades == 1 else f"{unidades} unidades"
        linhas.append(f"{formulario['codigo']}: {quantas}{': ' + itens if itens else ''}")
    return "\n".join(linhas)
