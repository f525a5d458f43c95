import pytest
from django.db import DatabaseError, connection, transaction

from suas.nucleo import banco
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.trilha import consultas
from suas.nucleo.trilha.acoes import registrar
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db


@pytest.fixture
def ato():
    por = fabricas.ator()
    return registrar(ato="teste.fazer", objeto=por.pessoa, por=por, em=fabricas.AGORA, motivo="para testar")


def test_o_ato_diz_quem_por_qual_vinculo_e_por_que(ato):
    assert ato.pessoa_id is not None
    assert (ato.papel, ato.abrangencia, ato.motivo) == ("administracao_federal", "BR", "para testar")


def test_os_atos_de_um_objeto_vem_do_mais_novo_ao_mais_antigo(ato):
    por = fabricas.ator()
    primeiro = registrar(ato="teste.um", objeto=por.pessoa, por=por, em=fabricas.AGORA)
    segundo = registrar(ato="teste.dois", objeto=por.pessoa, por=por, em=fabricas.AGORA)

    assert list(consultas.atos_de(por.pessoa)) == [segundo, primeiro]


@pytest.mark.parametrize(
    "tentar",
    [
        pytest.param(lambda: Ato.objects.update(motivo="outro"), id="mudar"),
        pytest.param(lambda: Ato.objects.all().delete(), id="apagar"),
        pytest.param(lambda: _sql("UPDATE trilha_ato SET motivo = 'outro'"), id="mudar por SQL"),
        pytest.param(lambda: _sql("DELETE FROM trilha_ato"), id="apagar por SQL"),
    ],
)
def test_o_banco_recusa_mudar_ou_apagar_um_ato(ato, tentar):
    with pytest.raises(DatabaseError, match="A trilha so recebe acrescimos"), transaction.atomic():
        tentar()

    assert Ato.objects.get(pk=ato.pk).motivo == "para testar"


def test_todo_gatilho_declarado_existe_no_banco():
    declarados = {g.nome for g in banco.gatilhos_declarados()}

    assert declarados
    assert declarados <= banco.gatilhos_existentes()


def test_leitura_que_escreve_e_falha_do_programa(ato):
    with pytest.raises(banco.EscritaEmLeitura), banco.somente_leitura():
        fabricas.pessoa_com_vinculo()


@pytest.mark.parametrize(
    "comando",
    [
        pytest.param("DELETE FROM identidade_pessoa WHERE nome = 'trilha_'", id="apagar citando tabela livre"),
        pytest.param('update "identidade_pessoa" SET nome = nome', id="mudar em minúsculas"),
        pytest.param("INSERT INTO identidade_pessoa SELECT * FROM identidade_pessoa", id="inserir de consulta"),
    ],
)
def test_a_tabela_escrita_e_a_que_conta_e_nao_a_citada(comando):
    with pytest.raises(banco.EscritaEmLeitura), banco.somente_leitura():
        _sql(comando)


def test_leitura_pode_guardar_a_sessao(client):
    with banco.somente_leitura():
        _sql("DELETE FROM django_session")


def _sql(comando):
    with connection.cursor() as cursor:
        cursor.execute(comando)
