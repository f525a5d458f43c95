"""Os atos dos trabalhadores em palavras. Nenhuma leva nome de pessoa: a frase do ato não se cifra."""

FRASES = {
    "trabalhadores.cadastrar": "cadastrou um trabalhador",
    "trabalhadores.carregar": "pôs no quadro {pessoas} pessoas de uma vez, em {lotacoes} lotações",
    "trabalhadores.atualizar": "mudou os dados de um trabalhador",
    "trabalhadores.ligar_entrada": "ligou um trabalhador à entrada dele no sistema",
    "trabalhadores.desligar_entrada": "desligou um trabalhador da entrada dele no sistema",
    "trabalhadores.apagar_dados": "apagou os dados pessoais de um trabalhador",
    "trabalhadores.lotar": "lotou alguém: {objeto}",
    "trabalhadores.mudar_lotacao": "mudou a lotação: {objeto}",
    "trabalhadores.corrigir_lotacao": "corrigiu a lotação: {objeto}",
    "trabalhadores.encerrar_lotacao": "encerrou a lotação: {objeto}",
    "trabalhadores.definir_base": "mudou os números com que se calcula a equipe: {objeto}",
    "trabalhadores.mostrar_quem_atende": "ligou a lista pública: {objeto}",
    "trabalhadores.esconder_quem_atende": "desligou a lista pública: {objeto}",
}
#: Na história de um registro, o ato que pôs muitos de uma vez.
NA_HISTORIA = {
    "trabalhadores.carregar": "pôs no quadro, numa carga de {pessoas} pessoas",
}
