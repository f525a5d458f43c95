"""Os atos sobre o fundo em palavras."""

FRASES = {
    "fundos.registrar": "registrou {objeto}",
    "fundos.registrar_varios": "registrou {quantos} fundos de uma vez ({fonte})",
    "fundos.atualizar": "atualizou o cadastro de {objeto}",
    "fundos.conferir": "conferiu o cadastro de {objeto}: está certo",
    "fundos.nomear_responsavel": "registrou quem responde desde {desde} ({funcao}), em {objeto}",
    "fundos.encerrar_responsavel": "encerrou em {ultimo_dia} a função de {funcao}, em {objeto}",
    "fundos.abrir_conta": "acrescentou uma conta bancária a {objeto}",
    "fundos.encerrar_conta": "encerrou em {ultimo_dia} uma conta bancária de {objeto}",
}
#: Na história de um registro, o ato que pôs muitos de uma vez.
NA_HISTORIA = {
    "fundos.registrar_varios": "registrou, com {quantos} fundos de uma vez ({fonte})",
}
