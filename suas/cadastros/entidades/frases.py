"""Os atos sobre entidades em palavras."""

FRASES = {
    "entidades.cadastrar": "cadastrou a entidade {objeto}",
    "entidades.carregar": "pôs no cadastro {quantas} entidades de uma vez, com {inscricoes} inscrições",
    "entidades.atualizar": "mudou a ficha da entidade {objeto}",
    "entidades.conferir": "conferiu que a ficha da entidade {objeto} está certa",
    "entidades.dar_posse": "registrou quem dirige a entidade {objeto} ({cargo})",
    "entidades.ofertar": "acrescentou a oferta {oferta} à entidade {objeto}",
    "entidades.mudar_oferta": "mudou a oferta {oferta} da entidade {objeto}",
    "entidades.encerrar_oferta": "encerrou a oferta {oferta} da entidade {objeto}",
    "entidades.registrar_parceria": "registrou a parceria {parceria} da entidade {objeto}",
    "entidades.reconhecer_vinculo": "registrou o vínculo SUAS da entidade {objeto}",
    "entidades.encerrar_vinculo": "encerrou o vínculo SUAS da entidade {objeto}",
    "entidades.concluir_cneas": "concluiu o CNEAS da entidade {objeto}",
    "entidades.reabrir_cneas": "reabriu o CNEAS da entidade {objeto}",
    "entidades.pedir_inscricao": "pediu a inscrição da entidade {objeto}: {do_que}",
    "entidades.registrar_anterior": "registrou a {inscricao} da entidade {objeto}, anterior ao sistema",
    "entidades.andar_inscricao": "registrou na {inscricao} da entidade {objeto}: {o_que}",
    "entidades.juntar_documento": "juntou à {inscricao} da entidade {objeto}: {o_que}",
    "entidades.conferir_documento": "conferiu na {inscricao} da entidade {objeto}: {o_que}",
    "entidades.renovar_inscricao": "renovou a {inscricao} da entidade {objeto}",
    "entidades.desistir_inscricao": "encerrou por desistência a {inscricao} da entidade {objeto}",
    "entidades.abrir_cancelamento": "abriu o cancelamento da {inscricao} da entidade {objeto}",
    "entidades.defender_inscricao": "apresentou a defesa da {inscricao} da entidade {objeto}",
    "entidades.decidir_cancelamento": "decidiu o cancelamento da {inscricao} da entidade {objeto}: {o_que}",
    "entidades.configurar_etapas": "escolheu as etapas que o conselho de {objeto} usa na inscrição",
}
#: Na história de um registro, o ato que pôs muitos de uma vez.
NA_HISTORIA = {
    "entidades.carregar": "pôs no cadastro, numa carga de {quantas} entidades",
}
