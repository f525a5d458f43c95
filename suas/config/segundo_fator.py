"""`redesuas segundo-fator`: o que só quem opera o servidor faz com o segundo fator das pessoas."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any

from django.utils import timezone

from suas.config.argumentos import USO_ERRADO, Analisador, opcoes
from suas.config.gerenciar import preparar_django, recusa_do_banco
from suas.nucleo.recusa import AtoRecusado

RECUSADO = 1


def main(argv: list[str]) -> int:
    """Retira o de uma pessoa, ou cifra todos com a chave em uso. Saídas: 0 feito; 1 recusado, em palavras; 2 uso."""
    pedido = _ler(argv)
    if pedido.acao == "retirar" and not (pedido.email and pedido.motivo):
        print("redesuas: diga de quem (--email) e por quê (--motivo).", file=sys.stderr)
        return USO_ERRADO
    preparar_django(dados=pedido.dados)
    if recusa := recusa_do_banco():
        print(f"redesuas: {recusa}", file=sys.stderr)
        return RECUSADO
    agora = timezone.now()
    return _retirar(pedido, agora) if pedido.acao == "retirar" else _recifrar(agora)


def _ler(argv: list[str]) -> Any:
    analisador = Analisador(
        comando="segundo-fator",
        descricao=(
            "retirar: tira o segundo fator de quem perdeu o aparelho e os códigos; as sessões dela terminam.\n"
            "recifrar: passa todos à chave secreta em uso, depois de trocá-la. Os dois ficam na trilha."
        ),
    )
    analisador.add_argument("acao", choices=("retirar", "recifrar"), help="o que fazer")
    analisador.add_argument("--email", help="de quem se retira")
    analisador.add_argument("--motivo", help="por que, e como se conferiu que é a pessoa")
    analisador.aceitar_pasta()
    return opcoes(analisador, argv)


def _retirar(pedido: Any, agora: datetime) -> int:
    from suas.nucleo.entrada.acoes import segundo_fator
    from suas.nucleo.identidade import consultas
    from suas.nucleo.permissoes.ator import ATOR_PUBLICO

    pessoa = consultas.pessoa_do_email(pedido.email)
    if pessoa is None:
        print(f"redesuas: não há pessoa com o e-mail {pedido.email}.", file=sys.stderr)
        return RECUSADO
    try:
        segundo_fator.retirar_segundo_fator(pessoa=pessoa, motivo=pedido.motivo, por=ATOR_PUBLICO, em=agora)
    except AtoRecusado as recusa:
        print(f"redesuas: {recusa}", file=sys.stderr)
        return RECUSADO
    print(f"Segundo fator de {pessoa.nome} retirado; as sessões dela terminaram.")
    return 0


def _recifrar(agora: datetime) -> int:
    from suas.nucleo.entrada import cifra
    from suas.nucleo.entrada.acoes import segundo_fator
    from suas.nucleo.permissoes.ator import ATOR_PUBLICO

    try:
        quantos = segundo_fator.recifrar_segredos(por=ATOR_PUBLICO, em=agora)
    except cifra.ChavePerdida as recusa:
        print(f"redesuas: {recusa} Ponha a chave antiga em REDESUAS_CHAVES_ANTERIORES.", file=sys.stderr)
        return RECUSADO
    print(f"{quantos} segredos cifrados com a chave em uso.")
    return 0
