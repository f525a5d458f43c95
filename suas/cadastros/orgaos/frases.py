"""Os atos sobre os órgãos em palavras."""

FRASES = {
    "orgaos.registrar": "registrou {objeto}",
    "orgaos.registrar_varios": "registrou {quantos} órgãos de uma vez ({fonte})",
    "orgaos.atualizar": "atualizou o cadastro de {objeto}",
    "orgaos.conferir": "conferiu o cadastro de {objeto}: está certo",
    "orgaos.dar_posse": "registrou a posse de quem assumiu em {desde} ({funcao}), em {objeto}",
    "orgaos.encerrar_mandato": "encerrou em {ultimo_dia} o mandato ({funcao}), em {objeto}",
}
#: Na história de um registro, o ato que pôs muitos de uma vez.
NA_HISTORIA = {
    "orgaos.registrar_varios": "registrou, com {quantos} órgãos de uma vez ({fonte})",
}
