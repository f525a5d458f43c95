"""Os atos dos serviços em palavras, sem nome de pessoa."""

FRASES = {
    "servicos.encaminhar": "encaminhou uma família ou alguém dela",
    "servicos.aceitar_encaminhamento": "aceitou um encaminhamento",
    "servicos.recusar_encaminhamento": "recusou um encaminhamento",
    "servicos.devolver_encaminhamento": "devolveu um encaminhamento com retorno",
    "servicos.anotar_retorno": "anotou o retorno de um órgão",
    "servicos.cancelar_encaminhamento": "cancelou um encaminhamento",
    "servicos.propor_protocolo": "propôs um protocolo a outra unidade",
    "servicos.aceitar_protocolo": "aceitou um protocolo de outra unidade",
    "servicos.recusar_protocolo": "recusou um protocolo de outra unidade",
    "servicos.abrir_grupo": "abriu um grupo",
    "servicos.encerrar_grupo": "encerrou um grupo",
    "servicos.inscrever": "inscreveu alguém num grupo",
    "servicos.tirar_do_grupo": "registrou a saída de alguém de um grupo",
    "servicos.fazer_chamada": "fez a chamada de um encontro",
    "servicos.anular_encontro": "anulou um encontro",
}
