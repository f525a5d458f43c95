"""Os atos de identidade em palavras."""

FRASES = {
    "identidade.criar_instalacao": "criou a instalação {objeto}",
    "identidade.criar_pessoa": "deu entrada no sistema a {objeto}",
    "identidade.vincular": "deu o vínculo {objeto}",
    "identidade.encerrar_vinculo": "encerrou o vínculo {objeto}, que vale até a véspera de {ate}",
    "identidade.mudar_vinculo": "mudou a área, o órgão ou a unidade: agora é {objeto}",
    "identidade.trocar_casa": "levou o acesso ao cadastro que ficou da unidade: agora é {objeto}",
    "identidade.convidar": "convidou alguém para {objeto}",
    "identidade.reenviar_convite": "fez outro endereço para o convite de {objeto}",
    "identidade.cancelar_convite": "cancelou o convite para {objeto}",
    "identidade.aceitar_convite": "aceitou o convite para {objeto}",
    "identidade.recusar_convite": "recusou o convite para {objeto}",
    "identidade.passar_titularidade": "marcou para {dia} a {objeto}",
    "identidade.sair_da_titularidade": "deixou a titularidade {objeto}, que vale até a véspera de {ate}",
    "identidade.deixar_vaga": "deixou vaga a titularidade {objeto}, que vale até a véspera de {ate}",
    "identidade.encerrar_sessoes": "encerrou sessões de {objeto}",
    "identidade.anonimizar": "tirou o nome e o e-mail de {objeto}",
}
