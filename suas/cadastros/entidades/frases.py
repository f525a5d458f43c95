"""Os atos sobre entidades em palavras."""

FRASES = {
    "entidades.cadastrar": "cadastrou a entidade {objeto}",
    "entidades.atualizar": "mudou a ficha da entidade {objeto}",
    "entidades.conferir": "conferiu que a ficha da entidade {objeto} está certa",
    "entidades.dar_posse": "registrou quem dirige a entidade {objeto} ({cargo})",
}
