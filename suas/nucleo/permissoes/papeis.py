"""Papéis em palavras que um auditor confere. Ver também docs/manual.

A fonte dos papéis é o acesso à Rede SUAS (Portaria SNAS 15/2010: titular e adjunto do órgão gestor e do conselho
delegam aos técnicos), a NOB/SUAS 2005, 3.3 (acesso diferenciado de gestores, profissionais, conselheiros, entidades,
usuários e sociedade) e, nas áreas da gestão estadual, a BES 08, itens 5.1 a 5.4. O que cada um pode aqui é leitura do
projeto (ADR 0024).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from suas.nucleo.permissoes.permissao import Permissao as P

Esfera = Literal["uniao", "uf", "municipio"]
#: Onde um papel se exerce dentro do município: numa unidade da rede, numa entidade, ou no município inteiro.
Casa = Literal["", "unidade", "entidade"]
UNIAO: frozenset[Esfera] = frozenset({"uniao"})
UF: frozenset[Esfera] = frozenset({"uf"})
MUNICIPIO: frozenset[Esfera] = frozenset({"municipio"})
TODAS: frozenset[Esfera] = UNIAO | UF | MUNICIPIO

#: Áreas da gestão estadual (BES 08, 5.1 a 5.4).
AREAS: Mapping[str, str] = {
    "gsuas": "Gerência do Sistema Único de Assistência Social (GSUAS)",
    "gpsb": "Gerência de Proteção Social Básica (GPSB)",
    "gpse": "Gerência de Proteção Social Especial (GPSE)",
    "gbtr": "Gerência de Benefícios e Transferência de Renda (GBTR)",
}
_SUPERVISAO = frozenset({P.ACESSO_VER, P.TRILHA_VER, P.TRILHA_VER_LEITURAS, P.AJUDA_ATENDER})
_NOMEACAO = frozenset({P.ACESSO_NOMEAR, P.ACESSO_PASSAR})
_INDICADORES = frozenset({P.INDICADOR_IMPORTAR, P.INDICADOR_DIGITAR})
_EXAME = frozenset({P.PARTILHA_VER_RASCUNHO})
_ENTIDADES = frozenset({P.ENTIDADE_EXAMINAR})
#: O registro do próprio ente: a gestão cuida do órgão gestor, do governo e do fundo; o conselho, só do conselho.
_ORGAO_E_FUNDO = frozenset({P.ORGAO_ATUALIZAR, P.FUNDO_ATUALIZAR})
#: Quem cuida da rede do município pede; quem a acompanha de cima aprova (ADR 0061).
_REDE = frozenset({P.REDE_ATUALIZAR, P.REDE_PEDIR})
_REDE_DE_CIMA = frozenset({P.REDE_ATUALIZAR, P.REDE_APROVAR})
#: Só na própria esfera ou na própria unidade: a de cima vê os números das equipes, e não as pessoas (ADR 0045).
_QUADRO = frozenset({P.TRABALHADOR_VER, P.TRABALHADOR_ATUALIZAR})
#: Na própria unidade: a recepção procura e identifica; a equipe de referência lê o prontuário e anota (ADR 0073).
_IDENTIFICACAO = frozenset({P.FAMILIA_IDENTIFICAR})
_ATENDIMENTO = _IDENTIFICACAO | {P.FAMILIA_ATENDER}
#: Nível superior e coordenação: acompanham e leem violência, medida socioeducativa e acolhimento (ADR 0091).
_ACOMPANHAMENTO = _ATENDIMENTO | {P.FAMILIA_SIGILO}
#: O extrato do Cadastro Único é da gestão do município, que o tira da base (ADR 0100).
_CADUNICO = frozenset({P.CADUNICO_TRAZER})
#: Quem atende concede, com a regra que a gestão do município registra (ADR 0098).
_BENEFICIOS = frozenset({P.BENEFICIO_DECIDIR, P.BENEFICIO_REGULAR})
#: O mês das unidades: quem acompanha de cima lê; o município confere o que as unidades preenchem (ADR 0074).
_MES_LIDO = frozenset({P.RMA_VER})
_MES_DA_UNIDADE = _MES_LIDO | {P.RMA_PREENCHER}
_MES = _MES_DA_UNIDADE | {P.RMA_CONFERIR}
#: Os prazos do próprio território: prorrogações e períodos abertos por aviso, panes, feriados (ADR 0076).
_PRAZOS = frozenset({P.PRAZO_REGISTRAR})
#: Quem acompanha de cima avisa os municípios (BES nº 08, 6.1 e 6.2).
_PRAZOS_DE_CIMA = _PRAZOS | {P.PENDENCIA_AVISAR}
#: Pergunta-se sempre no território da instalação: só a titularidade da esfera que a opera alcança.
_INSTALACAO = frozenset(
    {P.FILA_OPERAR, P.AVISO_OPERAR, P.TRILHA_CONFERIR, P.DADO_PESSOAL_VER_REGISTRO, P.DADO_PESSOAL_APAGAR}
)


@dataclass(frozen=True, kw_only=True)
class Papel:
    """Um papel: o que permite, em que esferas existe e quem nomeia.

    `nomeia` diz que outros papéis este pode dar, e em que esferas, sempre dentro da própria abrangência. `titular`:
    uma pessoa só por território, que sai passando a titularidade. `areas`: as gerências em que o papel se exerce;
    vazio, sem área. `casa`: exerce-se numa unidade da rede ou numa entidade do município, a do vínculo (ADR 0036).
    """

    codigo: str
    nome: str
    descricao: str
    esferas: frozenset[Esfera]
    permissoes: frozenset[P]
    nomeia: Mapping[str, frozenset[Esfera]] = field(default_factory=dict, hash=False)
    titular: bool = False
    areas: tuple[str, ...] = ()
    casa: Casa = ""

    @property
    def da_unidade(self) -> bool:
        """Só age na própria unidade ou entidade?"""
        return bool(self.casa)

    def pode_nomear(self, codigo: str, esfera: Esfera) -> bool:
        """Este papel dá o papel `codigo` naquela esfera? O território confere-se à parte, na abrangência."""
        return esfera in self.nomeia.get(codigo, frozenset())


_DA_UNIDADE = ("coordenacao_unidade", "tecnico_superior", "tecnico_medio", "recepcao", "entrevistador")
_DO_MUNICIPIO = ("vigilancia_municipal", *_DA_UNIDADE, "gestor_fundo", "contador", "entidade", "ouvidoria")

ADMINISTRACAO_FEDERAL = Papel(
    codigo="administracao_federal",
    nome="Administração federal",
    descricao=(
        "Conduz a partilha do FNAS: abre, congela os insumos, simula, compara cenários, junta a pactuação da CIT e a "
        "resolução do CNAS e sela. Importa indicadores e população de todo o país. Nomeia as titularidades dos "
        "estados, dos municípios e dos conselhos e cuida da instalação."
    ),
    esferas=UNIAO,
    permissoes=frozenset(P)
    - {P.CONSELHO_ATUALIZAR, P.FAMILIA_SUPERVISIONAR, P.PROTOCOLO_PACTUAR, P.CADUNICO_TRAZER}
    - _BENEFICIOS
    - _ACOMPANHAMENTO
    - _MES
    | _MES_LIDO,
    nomeia={
        "administracao_federal": UNIAO,
        "gestao_estadual": UF,
        "gestao_municipal": MUNICIPIO,
        "presidencia_conselho": TODAS,
        "secretaria_cit": UNIAO,
        "auditoria": TODAS,
        "ouvidoria": UNIAO,
        "gestor_fundo": UNIAO,
        "contador": UNIAO,
    },
)
GESTAO_ESTADUAL = Papel(
    codigo="gestao_estadual",
    nome="Gestão estadual",
    descricao=(
        "Conduz a partilha do fundo estadual entre os próprios municípios, importa e digita indicadores deles e "
        "acompanha as partilhas nacionais em simulação. Titular da secretaria estadual: nomeia a própria equipe, a "
        "gestão titular dos municípios e a presidência dos conselhos municipais, nunca a do conselho que a controla. "
        "Responde os pedidos de abrir e fechar unidades e cuida das regionais."
    ),
    esferas=UF,
    permissoes=frozenset({P.PARTILHA_CONDUZIR, P.PARTILHA_PACTUAR, P.PARTILHA_SELAR})
    | _EXAME
    | _MES_LIDO
    | _ENTIDADES
    | _INDICADORES
    | _SUPERVISAO
    | _NOMEACAO
    | _ORGAO_E_FUNDO
    | _REDE_DE_CIMA
    | _QUADRO
    | _PRAZOS_DE_CIMA
    | _INSTALACAO,
    nomeia={
        "gerencia_estadual": UF,
        "vigilancia_estadual": UF,
        "gestor_fundo": UF,
        "contador": UF,
        "secretaria_cib": UF,
        "ouvidoria": UF,
        "gestao_municipal": MUNICIPIO,
        "presidencia_conselho": MUNICIPIO,
    },
    titular=True,
)
GERENCIA_ESTADUAL = Papel(
    codigo="gerencia_estadual",
    nome="Gerência estadual",
    descricao=(
        "Equipe da secretaria estadual numa das áreas: GSUAS, GPSB, GPSE ou GBTR. Acompanha e apoia os municípios, "
        "importa e digita indicadores e examina as partilhas simuladas; não conduz partilha nem nomeia. Responde os "
        "pedidos dos municípios sobre a rede."
    ),
    esferas=UF,
    permissoes=_EXAME | _ENTIDADES | _INDICADORES | _REDE_DE_CIMA | _MES_LIDO | _PRAZOS_DE_CIMA | {P.AJUDA_ATENDER},
    areas=tuple(AREAS),
)
VIGILANCIA_ESTADUAL = Papel(
    codigo="vigilancia_estadual",
    nome="Vigilância socioassistencial estadual",
    descricao="Reúne e confere os indicadores dos municípios do estado e examina as partilhas simuladas.",
    esferas=UF,
    permissoes=_EXAME | _ENTIDADES | _INDICADORES | _MES_LIDO | _PRAZOS_DE_CIMA,
)
GESTAO_MUNICIPAL = Papel(
    codigo="gestao_municipal",
    nome="Gestão municipal, titular",
    descricao=(
        "Titular do órgão gestor do município. Lê a memória do próprio município nas partilhas simuladas e o que "
        "mudaria a sua posição. Nomeia e encerra os acessos do município, menos os do conselho, passa a titularidade e "
        "mantém o cadastro das entidades. Cuida da rede e pede ao estado que abra e feche unidades; onde a instalação "
        "é só do município, responde ela mesma o que os outros pedem."
    ),
    esferas=MUNICIPIO,
    permissoes=_EXAME
    | _ENTIDADES
    | _MES
    | _SUPERVISAO
    | _NOMEACAO
    | _INSTALACAO
    | _ORGAO_E_FUNDO
    | _REDE
    | _QUADRO
    | _PRAZOS
    | _CADUNICO
    | {P.BENEFICIO_REGULAR}
    | {P.ENTIDADE_ATUALIZAR, P.REDE_APROVAR, P.FAMILIA_SUPERVISIONAR},
    nomeia=dict.fromkeys(("gestao_municipal_adjunto", *_DO_MUNICIPIO), MUNICIPIO),
    titular=True,
)
GESTAO_MUNICIPAL_ADJUNTO = Papel(
    codigo="gestao_municipal_adjunto",
    nome="Gestão municipal, adjunto",
    descricao=(
        "Faz pelo titular o que ele delega: acompanha as partilhas e nomeia a equipe do município, mas não outro "
        "adjunto nem passa a titularidade."
    ),
    esferas=MUNICIPIO,
    permissoes=_EXAME
    | _ENTIDADES
    | _MES
    | _SUPERVISAO
    | _ORGAO_E_FUNDO
    | _REDE
    | _QUADRO
    | _PRAZOS
    | _CADUNICO
    | {P.BENEFICIO_REGULAR}
    | {P.ACESSO_NOMEAR, P.ENTIDADE_ATUALIZAR, P.FAMILIA_SUPERVISIONAR},
    nomeia=dict.fromkeys(_DO_MUNICIPIO, MUNICIPIO),
)
VIGILANCIA_MUNICIPAL = Papel(
    codigo="vigilancia_municipal",
    nome="Vigilância socioassistencial municipal",
    descricao=(
        "Recebe e confere o que as unidades informam, mantém o cadastro das entidades e da rede e explica os números "
        "do município, também na partilha."
    ),
    esferas=MUNICIPIO,
    permissoes=_EXAME
    | _ENTIDADES
    | _MES
    | _REDE
    | _PRAZOS
    | _CADUNICO
    | {P.AJUDA_ATENDER, P.ENTIDADE_ATUALIZAR, P.ORGAO_ATUALIZAR, P.TRABALHADOR_VER},
)
COORDENACAO_UNIDADE = Papel(
    codigo="coordenacao_unidade",
    nome="Coordenação de unidade",
    descricao=(
        "Coordena um CRAS, um CREAS ou outra unidade do município, mantém o cadastro e o quadro dela e acompanha o que "
        "a equipe anota das famílias."
    ),
    esferas=MUNICIPIO,
    permissoes=_REDE
    | _QUADRO
    | _ACOMPANHAMENTO
    | _MES_DA_UNIDADE
    | {P.FAMILIA_SUPERVISIONAR, P.PROTOCOLO_PACTUAR, P.BENEFICIO_DECIDIR},
    casa="unidade",
)
TECNICO_SUPERIOR = Papel(
    codigo="tecnico_superior",
    nome="Técnico de nível superior",
    descricao=(
        "Assistente social, psicólogo ou outro profissional de nível superior da equipe de referência. Registra "
        "famílias, preenche o prontuário, também no que é sigiloso, acompanha e anota atendimentos."
    ),
    esferas=MUNICIPIO,
    permissoes=_ACOMPANHAMENTO | {P.BENEFICIO_DECIDIR},
    casa="unidade",
)
TECNICO_MEDIO = Papel(
    codigo="tecnico_medio",
    nome="Técnico de nível médio",
    descricao=(
        "Profissional de nível médio da equipe de referência, como o orientador social. Registra famílias, anota "
        "atendimentos e preenche o prontuário, menos o que é sigiloso."
    ),
    esferas=MUNICIPIO,
    permissoes=_ATENDIMENTO,
    casa="unidade",
)
RECEPCAO = Papel(
    codigo="recepcao",
    nome="Recepção",
    descricao="Recebe quem chega à unidade, procura ou registra a família e encaminha a quem atende.",
    esferas=MUNICIPIO,
    permissoes=_IDENTIFICACAO,
    casa="unidade",
)
ENTREVISTADOR = Papel(
    codigo="entrevistador",
    nome="Entrevistador do Cadastro Único",
    descricao="Entrevista as famílias para o Cadastro Único; procura e registra quem chega à unidade.",
    esferas=MUNICIPIO,
    permissoes=_IDENTIFICACAO,
    casa="unidade",
)
GESTOR_FUNDO = Papel(
    codigo="gestor_fundo",
    nome="Gestor do fundo",
    descricao="Responde pelo fundo de assistência social da esfera e examina as partilhas que o alcançam.",
    esferas=TODAS,
    permissoes=_EXAME | {P.FUNDO_ATUALIZAR},
)
CONTADOR = Papel(
    codigo="contador",
    nome="Contador do fundo",
    descricao="Registra a contabilidade do fundo e examina as partilhas que o alcançam.",
    esferas=TODAS,
    permissoes=_EXAME | {P.FUNDO_ATUALIZAR},
)
PRESIDENCIA_CONSELHO = Papel(
    codigo="presidencia_conselho",
    nome="Presidência do conselho",
    descricao=(
        "Titular do conselho no sistema, independente do gestor. Examina as partilhas da sua abrangência, nomeia a "
        "secretaria executiva e os conselheiros e passa a presidência. No município, inscreve entidades."
    ),
    esferas=TODAS,
    permissoes=_EXAME | _ENTIDADES | _MES_LIDO | _NOMEACAO | {P.ACESSO_VER, P.CONSELHO_ATUALIZAR, P.ENTIDADE_INSCREVER},
    nomeia={"secretaria_conselho": TODAS, "conselheiro": TODAS},
    titular=True,
)
SECRETARIA_CONSELHO = Papel(
    codigo="secretaria_conselho",
    nome="Secretaria executiva do conselho",
    descricao=(
        "Apoia o conselho: examina as partilhas, nomeia os conselheiros cuja posse registra e, no município, conduz a "
        "inscrição das entidades."
    ),
    esferas=TODAS,
    permissoes=_EXAME
    | _ENTIDADES
    | _MES_LIDO
    | {P.ACESSO_NOMEAR, P.ACESSO_VER, P.CONSELHO_ATUALIZAR, P.ENTIDADE_INSCREVER},
    nomeia={"conselheiro": TODAS},
)
CONSELHEIRO = Papel(
    codigo="conselheiro",
    nome="Conselheiro",
    descricao="Examina as partilhas da sua abrangência antes de deliberar: insumos, memória e cenários.",
    esferas=TODAS,
    permissoes=_EXAME | _ENTIDADES | _MES_LIDO,
)
ENTIDADE = Papel(
    codigo="entidade",
    nome="Entidade ou organização de assistência social",
    descricao="Representa uma entidade: mantém a ficha dela e pede a inscrição no conselho.",
    esferas=MUNICIPIO,
    permissoes=frozenset({P.ENTIDADE_DA_PROPRIA}),
    casa="entidade",
)
SECRETARIA_CIB = Papel(
    codigo="secretaria_cib",
    nome="Secretaria da CIB",
    descricao="Apoia a Comissão Intergestores Bipartite: examina as partilhas que ela pactua.",
    esferas=UF,
    permissoes=_EXAME,
)
SECRETARIA_CIT = Papel(
    codigo="secretaria_cit",
    nome="Secretaria da CIT",
    descricao="Apoia a Comissão Intergestores Tripartite: examina as partilhas que ela pactua.",
    esferas=UNIAO,
    permissoes=_EXAME,
)
AUDITORIA = Papel(
    codigo="auditoria",
    nome="Auditoria",
    descricao=(
        "Lê tudo o que foi feito na abrangência: a trilha dos atos, as alterações, quem leu dado pessoal e quem tem "
        "acesso. Confere a corrente da trilha. Não muda nada."
    ),
    esferas=TODAS,
    permissoes=_EXAME
    | _MES_LIDO
    | _ENTIDADES
    | {P.ACESSO_VER, P.TRILHA_VER, P.TRILHA_VER_LEITURAS, P.TRILHA_CONFERIR, P.DADO_PESSOAL_VER_REGISTRO},
)
OUVIDORIA = Papel(
    codigo="ouvidoria",
    nome="Ouvidoria",
    descricao="Ouve quem usa o SUAS e acompanha a resposta; vê o registro do tratamento de dados pessoais.",
    esferas=TODAS,
    permissoes=frozenset({P.DADO_PESSOAL_VER_REGISTRO}),
)
PUBLICO = Papel(
    codigo="publico",
    nome="Público",
    descricao="Quem não entrou. Consulta o território e as partilhas deliberadas e seladas.",
    esferas=frozenset(),
    permissoes=frozenset(),
)

PAPEIS: dict[str, Papel] = {
    papel.codigo: papel
    for papel in (
        ADMINISTRACAO_FEDERAL,
        GESTAO_ESTADUAL,
        GERENCIA_ESTADUAL,
        VIGILANCIA_ESTADUAL,
        GESTAO_MUNICIPAL,
        GESTAO_MUNICIPAL_ADJUNTO,
        VIGILANCIA_MUNICIPAL,
        COORDENACAO_UNIDADE,
        TECNICO_SUPERIOR,
        TECNICO_MEDIO,
        RECEPCAO,
        ENTREVISTADOR,
        GESTOR_FUNDO,
        CONTADOR,
        PRESIDENCIA_CONSELHO,
        SECRETARIA_CONSELHO,
        CONSELHEIRO,
        ENTIDADE,
        SECRETARIA_CIB,
        SECRETARIA_CIT,
        AUDITORIA,
        OUVIDORIA,
        PUBLICO,
    )
}
PAPEIS_DE_VINCULO = tuple(p for p in PAPEIS.values() if p.esferas)
TITULARES = tuple(p.codigo for p in PAPEIS_DE_VINCULO if p.titular)
