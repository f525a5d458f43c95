"""`redesuas avisos`: recebe as devoluções do correio e experimenta o envio."""

from __future__ import annotations

import sys
from uuid import uuid4

from suas.config.argumentos import Analisador, opcoes
from suas.config.gerenciar import preparar_django

NAO_RECONHECIDA = 3


def main(argv: list[str]) -> int:
    analisador = Analisador(
        comando="avisos",
        descricao=(
            "devolucao: lê na entrada uma devolução do correio (RFC 3464) e marca a mensagem e o endereço.\n"
            "  Saída 0 quando a reconheceu, 3 quando não é devolução de mensagem desta instalação.\n"
            "testar: envia uma mensagem de teste com os ajustes de agora e diz o que o servidor respondeu.\n"
            "  Saída 0 quando o servidor a aceitou, 1 quando não."
        ),
    )
    analisador.add_argument("que", choices=("devolucao", "testar"), metavar="devolucao|testar")
    analisador.add_argument("--para", default="", help="endereço que recebe o teste")
    analisador.aceitar_pasta()
    pedido = opcoes(analisador, argv)
    if pedido.que == "testar" and not pedido.para:
        analisador.error("diga a quem: --para voce@exemplo.gov.br")
    preparar_django(dados=pedido.dados)
    return _testar(pedido.para) if pedido.que == "testar" else _devolucao(_entrada())


def _entrada() -> bytes:
    """O que o servidor de correio entrega, só até passar do que se aceita: a memória não é de quem escreve."""
    from suas.nucleo.avisos import devolucoes

    return sys.stdin.buffer.read(devolucoes.MAIOR + 1)


def _devolucao(cru: bytes) -> int:
    from django.utils import timezone

    from suas.nucleo.avisos import devolucoes
    from suas.nucleo.avisos.acoes import devolucao
    from suas.nucleo.permissoes.ator import ATOR_PUBLICO
    from suas.nucleo.recusa import AtoRecusado

    try:
        lida = devolucoes.ler(cru)
        mensagem = devolucao.receber(devolucao=lida, por=ATOR_PUBLICO, em=timezone.now())
    except (devolucoes.NaoEDevolucao, AtoRecusado) as recusa:
        print(f"redesuas: {recusa}", file=sys.stderr)
        return NAO_RECONHECIDA
    if not lida.falhou:
        print(f"Ainda não é devolução: o servidor segue tentando ({lida.motivo}). Nada mudou.")
        return 0
    depois = " O endereço deixa de receber, e a pessoa vê isso no sistema." if lida.do_endereco else ""
    print(f"Mensagem {mensagem.pk}: {mensagem.get_estado_display()} ({lida.motivo}).{depois}")
    return 0


def _testar(para: str) -> int:
    from django.utils import timezone

    from suas.nucleo.avisos import correio

    servidor = correio.servidor()
    if servidor is None:
        print(
            "redesuas: não há servidor de correio: ajuste REDESUAS_SMTP.",
            file=sys.stderr,
        )
        return 1
    carta = correio.Carta(
        id=uuid4(),
        para=para,
        assunto="Teste do correio da Rede SUAS aberta",
        corpo="Se você lê isto, o correio desta instalação funciona: ação, coração, São João.",
    )
    resultado = correio.enviar(carta, para=servidor, em=timezone.now())
    print(f"{servidor.maquina}:{servidor.porta}: {resultado.resposta}")
    return 0 if resultado.situacao == "aceita" else 1
