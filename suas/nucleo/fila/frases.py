"""Os atos da fila em palavras."""

FRASES = {
    "fila.tentar_de_novo": "mandou tentar de novo a tarefa parada {objeto}",
    "fila.desistir": "desistiu da tarefa parada {objeto}",
    "fila.pedir_rotina": "pediu a rotina {objeto} fora do horário",
}
