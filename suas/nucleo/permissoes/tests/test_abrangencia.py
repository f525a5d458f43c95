import pytest

from suas.nucleo.permissoes import papeis
from suas.nucleo.permissoes.abrangencia import contem, esfera_de
from suas.nucleo.permissoes.ator import ATOR_PUBLICO, Ator
from suas.nucleo.permissoes.permissao import Permissao


@pytest.mark.parametrize(
    "abrangencia, codigo, dentro",
    [
        pytest.param("BR", "3205309", True, id="o país contém um município"),
        pytest.param("BR", "BR", True, id="o país contém a si"),
        pytest.param("32", "3205309", True, id="o Espírito Santo contém Vitória"),
        pytest.param("32", "3304557", False, id="o Espírito Santo não contém o Rio"),
        pytest.param("32", "BR", False, id="a UF não contém o país"),
        pytest.param("3205309", "32", False, id="o município não contém a UF"),
        pytest.param("3205309", "3205309", True, id="o município contém a si"),
        pytest.param("", "3205309", False, id="a vazia não contém nada"),
    ],
)
def test_abrangencia_segue_a_arvore_da_federacao(abrangencia, codigo, dentro):
    assert contem(abrangencia, codigo) is dentro


@pytest.mark.parametrize("codigo, esfera", [("BR", "uniao"), ("32", "uf"), ("3205309", "municipio")])
def test_esfera_vem_da_forma_do_codigo(codigo, esfera):
    assert esfera_de(codigo) == esfera


@pytest.mark.parametrize("codigo", ["", "3", "320530", "ES", "BRASIL", "32053091"])
def test_codigo_sem_forma_de_territorio_e_recusado_com_o_que_se_digitou(codigo):
    with pytest.raises(ValueError, match=f"“{codigo}” não é código de território"):
        esfera_de(codigo)


def test_o_publico_nao_pode_nada():
    assert not any(ATOR_PUBLICO.pode(p, em="BR") for p in Permissao)
    assert not ATOR_PUBLICO.alcanca("3205309")


def test_o_papel_certo_fora_da_abrangencia_nao_pode():
    estadual = Ator(pessoa=None, vinculo=None, papel=papeis.GESTAO_ESTADUAL, abrangencia="32")

    assert estadual.pode(Permissao.PARTILHA_CONDUZIR, em="32")
    assert not estadual.pode(Permissao.PARTILHA_CONDUZIR, em="33")
    assert not estadual.pode(Permissao.PARTILHA_CONDUZIR, em="BR")


# Escrita à mão: quem confere o acesso lê esta tabela, não o código.
P = Permissao
EXAMINA = {P.PARTILHA_VER_RASCUNHO}
REUNE_INDICADORES = {P.INDICADOR_IMPORTAR, P.INDICADOR_DIGITAR}
SUPERVISIONA = {P.ACESSO_VER, P.TRILHA_VER, P.TRILHA_VER_LEITURAS, P.AJUDA_ATENDER}
CUIDA_DA_INSTALACAO = {
    P.FILA_OPERAR,
    P.AVISO_OPERAR,
    P.TRILHA_CONFERIR,
    P.DADO_PESSOAL_VER_REGISTRO,
    P.DADO_PESSOAL_APAGAR,
}
CUIDA_DO_ENTE = {P.ORGAO_ATUALIZAR, P.FUNDO_ATUALIZAR}
CUIDA_DAS_UNIDADES = {P.REDE_ATUALIZAR, P.REDE_PEDIR}
CUIDA_DO_QUADRO = {P.TRABALHADOR_VER, P.TRABALHADOR_ATUALIZAR}
CUIDA_DAS_ENTIDADES = {P.ENTIDADE_EXAMINAR, P.ENTIDADE_ATUALIZAR}
FALA_PELO_CONSELHO = {P.CONSELHO_ATUALIZAR, P.ENTIDADE_EXAMINAR, P.ENTIDADE_INSCREVER}
ATENDE = {P.FAMILIA_IDENTIFICAR, P.FAMILIA_ATENDER}
ACOMPANHA = ATENDE | {P.FAMILIA_SIGILO}
REGISTRA_PRAZOS = {P.PRAZO_REGISTRAR}
AVISA_OS_MUNICIPIOS = REGISTRA_PRAZOS | {P.PENDENCIA_AVISAR}
LE_O_MES, PREENCHE_O_MES, CUIDA_DO_MES = (
    {P.RMA_VER},
    {P.RMA_VER, P.RMA_PREENCHER},
    {P.RMA_VER, P.RMA_PREENCHER, P.RMA_CONFERIR},
)
PODE = {
    "administracao_federal": set(P)
    - {P.CONSELHO_ATUALIZAR, P.FAMILIA_SUPERVISIONAR, P.PROTOCOLO_PACTUAR, P.CADUNICO_TRAZER}
    - {P.BENEFICIO_DECIDIR, P.BENEFICIO_REGULAR}
    - ACOMPANHA
    - {P.RMA_PREENCHER, P.RMA_CONFERIR},
    "gestao_estadual": LE_O_MES
    | AVISA_OS_MUNICIPIOS
    | {P.PARTILHA_CONDUZIR, P.PARTILHA_PACTUAR, P.PARTILHA_SELAR, P.ACESSO_NOMEAR, P.ACESSO_PASSAR}
    | {P.REDE_ATUALIZAR, P.REDE_APROVAR, P.ENTIDADE_EXAMINAR}
    | EXAMINA
    | REUNE_INDICADORES
    | SUPERVISIONA
    | CUIDA_DA_INSTALACAO
    | CUIDA_DO_ENTE
    | CUIDA_DO_QUADRO,
    "gerencia_estadual": LE_O_MES
    | AVISA_OS_MUNICIPIOS
    | {P.AJUDA_ATENDER, P.REDE_ATUALIZAR, P.REDE_APROVAR, P.ENTIDADE_EXAMINAR}
    | EXAMINA
    | REUNE_INDICADORES,
    "vigilancia_estadual": LE_O_MES | AVISA_OS_MUNICIPIOS | {P.ENTIDADE_EXAMINAR} | EXAMINA | REUNE_INDICADORES,
    "gestao_municipal": CUIDA_DO_MES
    | REGISTRA_PRAZOS
    | {
        P.ACESSO_NOMEAR,
        P.ACESSO_PASSAR,
        P.REDE_APROVAR,
        P.FAMILIA_SUPERVISIONAR,
        P.CADUNICO_TRAZER,
        P.BENEFICIO_REGULAR,
    }
    | EXAMINA
    | SUPERVISIONA
    | CUIDA_DA_INSTALACAO
    | CUIDA_DO_ENTE
    | CUIDA_DAS_UNIDADES
    | CUIDA_DO_QUADRO
    | CUIDA_DAS_ENTIDADES,
    "gestao_municipal_adjunto": CUIDA_DO_MES
    | REGISTRA_PRAZOS
    | {P.ACESSO_NOMEAR, P.FAMILIA_SUPERVISIONAR, P.CADUNICO_TRAZER, P.BENEFICIO_REGULAR}
    | EXAMINA
    | SUPERVISIONA
    | CUIDA_DO_ENTE
    | CUIDA_DAS_UNIDADES
    | CUIDA_DO_QUADRO
    | CUIDA_DAS_ENTIDADES,
    "vigilancia_municipal": CUIDA_DO_MES
    | REGISTRA_PRAZOS
    | {P.AJUDA_ATENDER, P.ORGAO_ATUALIZAR, P.TRABALHADOR_VER, P.CADUNICO_TRAZER}
    | EXAMINA
    | CUIDA_DAS_UNIDADES
    | CUIDA_DAS_ENTIDADES,
    "coordenacao_unidade": PREENCHE_O_MES
    | CUIDA_DAS_UNIDADES
    | CUIDA_DO_QUADRO
    | ACOMPANHA
    | {P.FAMILIA_SUPERVISIONAR, P.PROTOCOLO_PACTUAR, P.BENEFICIO_DECIDIR},
    "tecnico_superior": ACOMPANHA | {P.BENEFICIO_DECIDIR},
    "tecnico_medio": ATENDE,
    "recepcao": {P.FAMILIA_IDENTIFICAR},
    "entrevistador": {P.FAMILIA_IDENTIFICAR},
    "gestor_fundo": EXAMINA | {P.FUNDO_ATUALIZAR},
    "contador": EXAMINA | {P.FUNDO_ATUALIZAR},
    "presidencia_conselho": LE_O_MES | {P.ACESSO_VER, P.ACESSO_NOMEAR, P.ACESSO_PASSAR} | EXAMINA | FALA_PELO_CONSELHO,
    "secretaria_conselho": LE_O_MES | {P.ACESSO_VER, P.ACESSO_NOMEAR} | EXAMINA | FALA_PELO_CONSELHO,
    "conselheiro": LE_O_MES | EXAMINA | {P.ENTIDADE_EXAMINAR},
    "entidade": {P.ENTIDADE_DA_PROPRIA},
    "secretaria_cib": EXAMINA,
    "secretaria_cit": EXAMINA,
    "auditoria": LE_O_MES
    | {P.ACESSO_VER, P.TRILHA_VER, P.TRILHA_VER_LEITURAS, P.TRILHA_CONFERIR, P.DADO_PESSOAL_VER_REGISTRO}
    | EXAMINA
    | {P.ENTIDADE_EXAMINAR},
    "ouvidoria": {P.DADO_PESSOAL_VER_REGISTRO},
    "publico": set(),
}


@pytest.mark.parametrize("papel", papeis.PAPEIS.values(), ids=lambda p: p.codigo)
def test_cada_papel_pode_so_o_que_a_tabela_diz(papel):
    assert set(papel.permissoes) == PODE[papel.codigo]
    assert papel.descricao.endswith(".")


@pytest.mark.parametrize("papel", papeis.PAPEIS.values(), ids=lambda p: p.codigo)
def test_so_nomeia_papel_que_existe_na_esfera(papel):
    for codigo, esferas in papel.nomeia.items():
        assert esferas <= papeis.PAPEIS[codigo].esferas
    assert bool(papel.nomeia) == (Permissao.ACESSO_NOMEAR in papel.permissoes)


def test_ninguem_nomeia_a_presidencia_do_conselho_que_o_controla():
    assert not papeis.GESTAO_MUNICIPAL.pode_nomear("presidencia_conselho", "municipio")
    assert not papeis.GESTAO_ESTADUAL.pode_nomear("presidencia_conselho", "uf")
    assert papeis.GESTAO_ESTADUAL.pode_nomear("presidencia_conselho", "municipio")
