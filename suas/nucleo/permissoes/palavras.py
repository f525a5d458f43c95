"""Cada permissão numa frase que um auditor confere: completa “pode...”."""

from __future__ import annotations

from collections.abc import Mapping

from suas.nucleo.permissoes.permissao import Permissao as P

PODE: Mapping[P, str] = {
    P.PARTILHA_CONDUZIR: "abrir, completar e simular a partilha da própria esfera",
    P.PARTILHA_PACTUAR: "juntar à partilha a pactuação e a resolução",
    P.PARTILHA_SELAR: "selar a partilha deliberada",
    P.PARTILHA_VER_RASCUNHO: "examinar as partilhas antes de deliberadas",
    P.INDICADOR_IMPORTAR: "importar indicadores de uma planilha",
    P.INDICADOR_DIGITAR: "digitar um indicador, com fonte e motivo",
    P.POPULACAO_IMPORTAR: "importar a população de um ano",
    P.ENTIDADE_ATUALIZAR: "manter a ficha das entidades do município e concluir o CNEAS",
    P.ENTIDADE_INSCREVER: "cadastrar entidades e conduzir a inscrição delas no conselho do município",
    P.ENTIDADE_EXAMINAR: "ler por dentro as entidades e as inscrições delas",
    P.ENTIDADE_DA_PROPRIA: "manter a ficha da própria entidade e pedir a inscrição dela",
    P.REDE_ATUALIZAR: "atualizar e conferir o cadastro das unidades de que cuida",
    P.REDE_PEDIR: "pedir que se abra, feche ou reabra uma unidade",
    P.REDE_APROVAR: "responder os pedidos sobre a rede que não são seus",
    P.TRABALHADOR_VER: "ver quem trabalha nas unidades e nos órgãos da própria esfera, ou na própria unidade",
    P.TRABALHADOR_ATUALIZAR: "cadastrar, lotar e tirar trabalhadores na própria esfera, ou na própria unidade",
    P.FAMILIA_IDENTIFICAR: "procurar e registrar famílias na própria unidade, sem ler o prontuário",
    P.FAMILIA_ATENDER: "ler o prontuário da própria unidade e anotar atendimentos",
    P.FAMILIA_SIGILO: "acompanhar famílias na própria unidade e ler violência, medida socioeducativa e acolhimento",
    P.FAMILIA_SUPERVISIONAR: "ver quem leu, com motivo, o que outra unidade anotou, sem ver de que família",
    P.PROTOCOLO_PACTUAR: "combinar com outra unidade os encaminhamentos de uma à outra, pela própria unidade",
    P.BENEFICIO_DECIDIR: "conceder ou não os benefícios eventuais que a família pede na própria unidade",
    P.BENEFICIO_REGULAR: "registrar que benefícios eventuais o município oferta, a quem e por que ato",
    P.CADUNICO_TRAZER: "trazer o extrato do Cadastro Único do município, e ler dele só o que trouxe",
    P.RMA_VER: "ler o registro mensal das unidades que alcança",
    P.RMA_PREENCHER: "preencher, enviar e corrigir o registro mensal das unidades de que cuida",
    P.RMA_CONFERIR: "aprovar ou devolver o registro mensal que as unidades enviam",
    P.PENDENCIA_AVISAR: "decidir os avisos de prazo e de pendência aos municípios",
    P.PRAZO_REGISTRAR: "registrar prorrogações, períodos abertos por aviso, panes e feriados, cada um no que é seu",
    P.ACESSO_VER: "ver quem tem acesso e em que papel",
    P.ACESSO_NOMEAR: "nomear e encerrar os papéis que lhe cabe dar",
    P.ACESSO_PASSAR: "passar a própria titularidade",
    P.TRILHA_VER: "ler o que foi feito na abrangência",
    P.TRILHA_VER_LEITURAS: "ver quem leu dado pessoal na abrangência",
    P.TRILHA_CONFERIR: "conferir se a trilha está inteira",
    P.DADO_PESSOAL_VER_REGISTRO: "ver o registro do tratamento de dados pessoais",
    P.DADO_PESSOAL_APAGAR: "apagar os dados de uma pessoa que pediu",
    P.FILA_OPERAR: "acompanhar e refazer as tarefas do sistema",
    P.AVISO_OPERAR: "cuidar dos textos e do envio dos avisos",
    P.AJUDA_ATENDER: "atender os pedidos de ajuda",
    P.ORGAO_ATUALIZAR: "registrar e atualizar o órgão gestor e o governo do próprio ente",
    P.CONSELHO_ATUALIZAR: "registrar e atualizar o próprio conselho",
    P.FUNDO_ATUALIZAR: "registrar e atualizar o fundo do próprio ente",
}
