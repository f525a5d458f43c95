"""O que pode ser feito no sistema. Quem faz está em `papeis.py`; onde, na abrangência do vínculo."""

from enum import StrEnum


class Permissao(StrEnum):
    """Cada permissão é um ato em palavras; o valor é o nome que vai à trilha."""

    PARTILHA_CONDUZIR = "partilha.conduzir"
    PARTILHA_PACTUAR = "partilha.pactuar"
    PARTILHA_SELAR = "partilha.selar"
    PARTILHA_VER_RASCUNHO = "partilha.ver_rascunho"
    INDICADOR_IMPORTAR = "indicador.importar"
    INDICADOR_DIGITAR = "indicador.digitar"
    POPULACAO_IMPORTAR = "populacao.importar"
    # quem existe
    ENTIDADE_ATUALIZAR = "entidade.atualizar"
    ENTIDADE_INSCREVER = "entidade.inscrever"
    ENTIDADE_EXAMINAR = "entidade.examinar"
    ENTIDADE_DA_PROPRIA = "entidade.da_propria"
    REDE_ATUALIZAR = "rede.atualizar"
    REDE_PEDIR = "rede.pedir"
    REDE_APROVAR = "rede.aprovar"
    # quem trabalha no SUAS
    TRABALHADOR_VER = "trabalhador.ver"
    TRABALHADOR_ATUALIZAR = "trabalhador.atualizar"
    # quem é atendido
    FAMILIA_IDENTIFICAR = "familia.identificar"
    FAMILIA_ATENDER = "familia.atender"
    FAMILIA_SIGILO = "familia.sigilo"
    FAMILIA_SUPERVISIONAR = "familia.supervisionar"
    PROTOCOLO_PACTUAR = "protocolo.pactuar"
    BENEFICIO_DECIDIR = "beneficio.decidir"
    BENEFICIO_REGULAR = "beneficio.regular"
    CADUNICO_TRAZER = "cadunico.trazer"
    # o que as unidades informam todo mês
    RMA_VER = "rma.ver"
    RMA_PREENCHER = "rma.preencher"
    RMA_CONFERIR = "rma.conferir"
    # o que se deve, até quando, e quem não entregou
    PRAZO_REGISTRAR = "prazo.registrar"
    PENDENCIA_AVISAR = "pendencia.avisar"
    # quem entra e em que papel
    ACESSO_VER = "acesso.ver"
    ACESSO_NOMEAR = "acesso.nomear"
    ACESSO_PASSAR = "acesso.passar"
    # a prova do que foi feito
    TRILHA_VER = "trilha.ver"
    TRILHA_VER_LEITURAS = "trilha.ver_leituras"
    TRILHA_CONFERIR = "trilha.conferir"
    DADO_PESSOAL_VER_REGISTRO = "dado_pessoal.ver_registro"
    DADO_PESSOAL_APAGAR = "dado_pessoal.apagar"
    # o funcionamento da instalação
    FILA_OPERAR = "fila.operar"
    AVISO_OPERAR = "aviso.operar"
    AJUDA_ATENDER = "ajuda.atender"
    # quem existe: órgãos e fundos
    ORGAO_ATUALIZAR = "orgao.atualizar"
    CONSELHO_ATUALIZAR = "conselho.atualizar"
    FUNDO_ATUALIZAR = "fundo.atualizar"

    @property
    def em_palavras(self) -> str:
        """O ato, como se completa a frase “é preciso poder…”."""
        return _EM_PALAVRAS[self]


_EM_PALAVRAS = {
    Permissao.PARTILHA_CONDUZIR: "conduzir partilhas",
    Permissao.PARTILHA_PACTUAR: "juntar a pactuação e a resolução de partilhas",
    Permissao.PARTILHA_SELAR: "selar partilhas",
    Permissao.PARTILHA_VER_RASCUNHO: "examinar partilhas ainda não deliberadas",
    Permissao.INDICADOR_IMPORTAR: "importar indicadores",
    Permissao.INDICADOR_DIGITAR: "digitar indicadores",
    Permissao.POPULACAO_IMPORTAR: "importar a população",
    Permissao.ENTIDADE_ATUALIZAR: "manter o cadastro das entidades do município",
    Permissao.ENTIDADE_INSCREVER: "inscrever entidades no conselho",
    Permissao.ENTIDADE_EXAMINAR: "examinar as inscrições de entidades",
    Permissao.ENTIDADE_DA_PROPRIA: "cuidar da própria entidade",
    Permissao.REDE_ATUALIZAR: "atualizar o cadastro das unidades",
    Permissao.REDE_PEDIR: "pedir a abertura e o fechamento de unidades",
    Permissao.REDE_APROVAR: "responder os pedidos de abertura e fechamento",
    Permissao.TRABALHADOR_VER: "ver as pessoas do quadro",
    Permissao.TRABALHADOR_ATUALIZAR: "mudar o quadro de trabalhadores",
    Permissao.FAMILIA_IDENTIFICAR: "procurar e registrar famílias na própria unidade",
    Permissao.FAMILIA_ATENDER: "ler o prontuário e anotar atendimentos na própria unidade",
    Permissao.FAMILIA_SIGILO: "acompanhar famílias na própria unidade e ler o que o prontuário guarda de sigiloso",
    Permissao.FAMILIA_SUPERVISIONAR: "ver quem leu prontuários de outra unidade",
    Permissao.PROTOCOLO_PACTUAR: "pactuar protocolos de encaminhamento pela própria unidade",
    Permissao.BENEFICIO_DECIDIR: "conceder benefícios eventuais na própria unidade",
    Permissao.BENEFICIO_REGULAR: "registrar as regras dos benefícios do município",
    Permissao.CADUNICO_TRAZER: "trazer o extrato do Cadastro Único do município",
    Permissao.RMA_VER: "ler o registro mensal das unidades",
    Permissao.RMA_PREENCHER: "preencher e enviar o registro mensal",
    Permissao.RMA_CONFERIR: "aprovar ou devolver o registro mensal",
    Permissao.PRAZO_REGISTRAR: "registrar prorrogações, panes e feriados",
    Permissao.PENDENCIA_AVISAR: "avisar os municípios de prazos e pendências",
    Permissao.ACESSO_VER: "ver quem tem acesso",
    Permissao.ACESSO_NOMEAR: "nomear e encerrar acessos",
    Permissao.ACESSO_PASSAR: "passar a titularidade",
    Permissao.TRILHA_VER: "ver a trilha dos atos",
    Permissao.TRILHA_VER_LEITURAS: "ver quem leu dados pessoais",
    Permissao.TRILHA_CONFERIR: "conferir a corrente da trilha",
    Permissao.DADO_PESSOAL_VER_REGISTRO: "ver o registro do tratamento de dados pessoais",
    Permissao.DADO_PESSOAL_APAGAR: "apagar dados pessoais",
    Permissao.FILA_OPERAR: "operar a fila de tarefas",
    Permissao.AVISO_OPERAR: "cuidar dos avisos e do correio",
    Permissao.AJUDA_ATENDER: "atender pedidos de ajuda",
    Permissao.ORGAO_ATUALIZAR: "atualizar o registro do órgão gestor e do governo",
    Permissao.CONSELHO_ATUALIZAR: "atualizar o registro do conselho",
    Permissao.FUNDO_ATUALIZAR: "atualizar o registro do fundo",
}
