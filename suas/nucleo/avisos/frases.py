"""Os atos dos avisos em palavras."""

FRASES = {
    "avisos.ajustar_texto": "mudou o texto do aviso {modelo}",
    "avisos.avisar": "enviou o aviso {objeto}",
    "avisos.enviar_de_novo": "enviou de novo a mensagem {objeto}",
    "avisos.escolher_preferencias": "escolheu como quer receber os avisos",
    "avisos.receber_devolucao": "recebeu a devolução da mensagem {objeto}",
    "avisos.suspender_endereco": "deixou de enviar correio a um endereço que devolve",
    "avisos.revelar": "viu o endereço reservado da mensagem {objeto}",
    "avisos.liberar_endereco": "voltou a enviar correio ao endereço que devolvia",
}
