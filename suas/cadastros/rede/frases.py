"""Os atos sobre a rede em palavras."""

FRASES = {
    "rede.atualizar": "atualizou o cadastro de {objeto}",
    "rede.conferir": "conferiu o cadastro de {objeto}: está tudo certo",
    "rede.abrir": "abriu {objeto}",
    "rede.fechar": "fechou {objeto}",
    "rede.reabrir": "reabriu {objeto}",
    "rede.fundir": "juntou {objeto} a {fica}",
    "rede.receber": "juntou o cadastro de {sai} a {objeto}",
    "rede.desfazer_fusao": "separou {objeto} de {fica}, desfazendo a junção",
    "rede.devolver": "separou {sai} de {objeto}, desfazendo a junção",
    "rede.desmembrar": "desmembrou {objeto}, de que nasceu {nova}",
    "rede.nascer": "desmembrou {objeto} de {origem}",
    "rede.desfazer_desmembramento": "desfez o desmembramento: o que foi a {nova} voltou a {objeto}",
    "rede.voltar_a_origem": "desfez o desmembramento: {objeto} voltou a {origem}",
    "rede.desfazer": "desfez o que se fez pelo pedido para {objeto}",
    "rede.dizer_distintas": "anotou que {quais} são duas unidades, e não a mesma",
    "rede.voltar_a_sugerir": "voltou a sugerir que {quais} são a mesma unidade",
    "rede.importar": "importou unidades da rede de uma planilha: {novas} novas e {mudadas} mudadas",
    "rede.carregar": "pôs no cadastro {quantas} unidades de uma vez ({fonte})",
    "rede.ofertar": "informou que {objeto} oferta: {servico}{como}",
    "rede.mudar_oferta": "mudou o que se diz da oferta em {objeto}: {servico}{como}",
    "rede.encerrar_oferta": "encerrou a oferta em {objeto}: {servico}{como}",
    "rede.importar_ofertas": "importou serviços ofertados de uma planilha: {novas} novos e {mudadas} mudados",
    "rede.atender": "informou que {objeto} atende {municipio}{como}",
    "rede.mudar_atendido": "mudou o que se diz de {municipio}, que {objeto} atende{como}",
    "rede.encerrar_atendido": "informou que {objeto} deixa de atender {municipio}{como}",
    "rede.pedir": "pediu para {objeto}",
    "rede.aprovar": "aprovou o pedido para {objeto}",
    "rede.recusar": "recusou o pedido para {objeto}",
    "rede.desistir": "retirou o pedido para {objeto}",
}
#: Na história de um registro, o ato que pôs muitos de uma vez.
NA_HISTORIA = {
    "rede.carregar": "pôs no cadastro, numa carga de {quantas} unidades ({fonte})",
    "rede.importar": "importou de uma planilha, com {novas} unidades novas e {mudadas} mudadas",
}
