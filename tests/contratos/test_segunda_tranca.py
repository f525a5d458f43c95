"""Quem contorna a primeira tranca, como uma tela que esqueceu o filtro, é barrado pela segunda. Só no PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, connections, models, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from suas.financas.partilhas.models import Cota, Insumo, Partilha
from suas.nucleo import tranca
from suas.nucleo.ajuda import acoes as ajuda
from suas.nucleo.ajuda.models import Pedido as Ajuda
from suas.nucleo.avisos.acoes import devolucao, preferencias
from suas.nucleo.avisos.models import Aviso, Forma, Mensagem
from suas.nucleo.avisos.silencio import Horas
from suas.nucleo.documentos.models import Documento
from suas.nucleo.identidade import consultas
from suas.nucleo.identidade.acoes import convites, passagem
from suas.nucleo.identidade.intermediarios import SegundaTranca
from suas.nucleo.identidade.models import Vinculo
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from suas.nucleo.permissoes.papeis import CONSELHEIRO, GESTAO_ESTADUAL, GESTAO_MUNICIPAL
from tests import mundo
from tests.contratos.cena import Cena

#: Tabelas com território sem a segunda tranca, escritas à mão com o motivo.
SEM_TRANCA = {
    "fila_tarefa": "qualquer pedido põe tarefa na fila, também o de quem não tem território",
    "indicadores_valor": "o indicador de cada município é público, e a importação que o traz tem a sua",
    "identidade_instalacao": "uma linha só, que toda página mostra",
    "trilha_leitura": "quem leu dado pessoal se anota sempre, e a corrente se confere inteira",
    "trilha_ato": "todo ato se acrescenta, também o de quem não tem território, e a corrente se confere inteira",
}
#: Tabelas com dado de uma pessoa, sem território, que não têm a segunda tranca.
DE_PESSOA_SEM_TRANCA = {
    "account_emailaddress": "da entrada: lê-se antes de saber quem age",
    "mfa_authenticator": "da entrada: lê-se antes de saber quem age; o segredo está cifrado",
    "socialaccount_socialaccount": "da entrada: é por ela que se sabe quem entra",
    "usersessions_usersession": "da entrada: encerra-se também a sessão de quem se apaga ou perde o aparelho",
    "trilha_alteracao": "acrescenta-se sempre, cifrada com a chave do titular, e a corrente se confere inteira",
    "trilha_chave": "a chave do titular cria-se em todo ato sobre ele",
}
#: Tabelas que todos leem e só o território muda, escritas à mão com o motivo.
DE_LEITURA_PUBLICA = {
    "beneficios_regra": "que benefícios o município oferta, a quem e por que ato, é público",
    "cobertura_territoriodocras": "que CRAS atende cada bairro é público",
    "fundos_fundo": "o fundo de cada ente é público",
    "fundos_responsavel": "quem gere o fundo e ordena a despesa responde em público",
    "obrigacoes_feriado": "o feriado de um lugar é público",
    "obrigacoes_janelaregistrada": "o prazo que um aviso abriu é público",
    "obrigacoes_pane": "a pane de um sistema é pública",
    "obrigacoes_prorrogacao": "a prorrogação de um prazo é pública",
    "orgaos_mandato": "quem responde por um órgão é público por força do cargo",
    "orgaos_orgao": "o órgão gestor, o conselho e o governo são públicos",
    "rede_unidade": "quem não entrou procura onde é atendido",
    "rede_servicoofertado": "o que a unidade oferta é público",
    "rede_municipioatendido": "que unidade atende cada município é público",
    "entidades_entidade": "o cadastro das entidades é público",
    "entidades_atuacao": "onde a entidade atua é público",
    "entidades_oferta": "o que a entidade oferta é público",
    "entidades_parceria": "parceria com o poder público é pública",
    "entidades_vinculosuas": "o reconhecimento da entidade é público",
    "entidades_etapadoconselho": "o rito de cada conselho é público",
    "trabalhadores_quematende": "que unidades publicam quem atende é público",
}
DO_TERRITORIO = sorted(tranca.tabela for tranca in tranca.trancas_declaradas())
CONVITE = convites.NovoConvite(
    email="quem-chega@exemplo.example", papel=CONSELHEIRO, abrangencia="32", orgao="CEAS", desde=mundo.AGORA.date()
)
so_no_postgres = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def por_dentro(cena: Cena) -> Iterator[Cena]:
    """O banco como uma tela o veria, sem filtro nenhum; o que se fizer se desfaz."""
    with transaction.atomic():
        convites.convidar_pelo_servidor(novo=CONVITE, por=ATOR_PUBLICO, em=mundo.AGORA, hoje=mundo.AGORA.date())
        _dizer_e_pedir(cena)
        yield cena
        transaction.set_rollback(True)


def _dizer_e_pedir(cena: Cena) -> None:
    """Uma linha em cada tabela das pessoas que a cena não enche."""
    pessoa = cena.pessoas["municipal"]
    por = consultas.ator_de(pessoa, vinculo_id=None, em=mundo.AGORA.date())
    ajuda.escrever_de_novo(pedido=Ajuda.objects.get(), texto="Ainda não abre.", por=por, em=mundo.AGORA)
    preferencias.escolher(formas={"ajuda": Forma.RESUMO}, horas=Horas.ler("20:00-07:00"), por=por, em=mundo.AGORA)
    devolucao.suspender(
        mensagem=Mensagem.objects.exclude(pessoa=None)[0], motivo="5.1.1", por=ATOR_PUBLICO, em=mundo.AGORA
    )


def _como(abrangencia: str, pessoa: str = "") -> None:
    tranca.dizer_quem_age(abrangencia=abrangencia, pessoa=pessoa)


def _linhas(tabela: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{tabela}"')
        return int(cursor.fetchone()[0])


def _mudadas(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.rowcount)


def test_toda_tabela_com_territorio_tem_a_segunda_tranca() -> None:
    com_territorio = {
        modelo._meta.db_table
        for modelo in apps.get_models()
        if modelo._meta.app_label != "territorio"  # o cadastro dos lugares é de todos, e só a carga o muda
        and {"abrangencia", "ambito", "municipio"} & {campo.name for campo in modelo._meta.get_fields()}
    }

    assert com_territorio - set(DO_TERRITORIO) == SEM_TRANCA.keys(), "Declare a tranca, ou diga aqui por que não a tem."


def test_toda_tabela_com_dado_de_uma_pessoa_tem_a_segunda_tranca() -> None:
    """O que é de uma pessoa, e não do território: o aviso, o pedido de ajuda, o pedido sobre os próprios dados."""
    pessoa = apps.get_model("identidade.pessoa")
    de_pessoa = {
        modelo._meta.db_table
        for modelo in apps.get_models()
        for campo in modelo._meta.concrete_fields
        if campo.name == "titular" or campo.related_model is pessoa
    }

    assert de_pessoa - set(DO_TERRITORIO) - SEM_TRANCA.keys() == DE_PESSOA_SEM_TRANCA.keys()


def _modelo(tabela: str) -> type[models.Model]:
    return next(modelo for modelo in apps.get_models() if modelo._meta.db_table == tabela)


class TestBarra:
    pytestmark = so_no_postgres

    @pytest.mark.parametrize("tabela", [t for t in DO_TERRITORIO if t not in DE_LEITURA_PUBLICA])
    def test_sem_filtro_quem_e_de_fora_nao_le_o_que_nao_e_publico(self, tabela: str, por_dentro: Cena) -> None:
        _como(tranca.SISTEMA)
        todas = _linhas(tabela)
        _como("35")
        de_fora = _linhas(tabela)
        _como(tranca.PUBLICO)
        do_publico = _linhas(tabela)

        assert todas or tabela == "documentos_examedeantivirus", "A cena precisa ter uma linha para barrar."
        assert de_fora < todas or not todas
        assert do_publico <= de_fora

    @pytest.mark.parametrize("tabela", DO_TERRITORIO)
    def test_sem_filtro_quem_e_de_fora_nao_muda_nem_apaga(self, tabela: str, por_dentro: Cena) -> None:
        coluna = connection.ops.quote_name(_modelo(tabela)._meta.pk.column)
        _como("3500105")

        assert _mudadas(f'UPDATE "{tabela}" SET {coluna} = {coluna}') == 0
        assert _mudadas(f'DELETE FROM "{tabela}"') == 0

    @pytest.mark.parametrize("tabela", [t for t in DO_TERRITORIO if t != "documentos_examedeantivirus"])
    def test_quem_e_de_fora_nao_insere_no_territorio_dos_outros(self, tabela: str, por_dentro: Cena) -> None:
        """A linha nova é a cópia de uma que existe: a tranca recusa antes de o banco ver que se repete."""
        _como(tranca.SISTEMA)
        da_es = {"identidade_vinculo": " WHERE abrangencia LIKE '32%'"}.get(tabela, "")
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE TEMP TABLE copia AS SELECT * FROM "{tabela}"{da_es} LIMIT 1')
        _como("35")

        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            _mudadas(f'INSERT INTO "{tabela}" SELECT * FROM copia')

    def test_o_aviso_de_um_nao_se_mostra_a_outro_do_mesmo_lugar(self, por_dentro: Cena) -> None:
        dona = Aviso.objects.exclude(pessoa=None)[0].pessoa
        _como("32", str(dona.pk))
        os_dela = Aviso.objects.filter(pessoa=dona).count()
        _como("32", str(por_dentro.pessoas["federal"].pk))

        assert os_dela
        assert not Aviso.objects.filter(pessoa=dona).exists()

    def test_o_pedido_de_ajuda_do_municipio_sem_quem_atenda_chega_ao_nivel_de_cima(self, por_dentro: Cena) -> None:
        pessoa = por_dentro.pessoas["municipal"]
        por = consultas.ator_de(pessoa, vinculo_id=None, em=mundo.AGORA.date())
        Vinculo.objects.filter(abrangencia=por.abrangencia).exclude(pessoa=pessoa).update(ate=mundo.AGORA.date())
        _como(por.abrangencia, str(pessoa.pk))

        feito = ajuda.pedir(texto="Não abre.", pagina=ajuda.Pagina(), email="", por=por, em=mundo.AGORA)

        assert feito.com == "32"
        _como(tranca.SISTEMA)
        assert Aviso.objects.filter(causa=f"pedido:{feito.pk}:32").exists(), "Quem atende no estado fica sabendo."

    def test_nem_o_proprio_estado_muda_a_partilha_de_outro_ambito(self, por_dentro: Cena) -> None:
        _como("32")

        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Partilha.objects.update(ambito="BR")

    def test_o_municipio_ve_a_partilha_simulada_do_estado_e_nao_o_rascunho(self, por_dentro: Cena) -> None:
        _como("3205309")

        vistas = {nome for nome, p in por_dentro.partilhas.items() if Partilha.objects.filter(pk=p.pk).exists()}

        assert vistas == {"simulada", "pactuada", "deliberada"}

    def test_na_partilha_nacional_cada_estado_ve_so_as_suas_linhas(self, por_dentro: Cena) -> None:
        _como(tranca.SISTEMA)
        federal = por_dentro.pessoas["federal"]
        nacional = mundo.simulada(ambito="BR", por=mundo._ator(federal))
        _como("35")

        for modelo in (Insumo, Cota):
            codigos = modelo.objects.filter(partilha=nacional).values_list("municipio_id", flat=True)
            assert {codigo[:2] for codigo in codigos} == {"35"}

    def test_o_documento_da_peca_se_le_com_a_partilha_e_volta_a_ser_de_casa_sem_a_peca(self, por_dentro: Cena) -> None:
        documento = por_dentro.partilhas["pactuada"].pecas.get().documento_id
        _como("3205309")
        com_a_peca = Documento.objects.filter(pk=documento).exists()
        _como("32")
        por_dentro.partilhas["pactuada"].pecas.all().delete()
        _como("3205309")

        assert com_a_peca
        assert not Documento.objects.filter(pk=documento).exists()

    def test_cada_um_ve_os_proprios_vinculos_em_qualquer_territorio(self, por_dentro: Cena) -> None:
        pessoa = por_dentro.pessoas["estadual"]
        _como(tranca.PUBLICO, str(pessoa.pk))

        assert {v.pessoa_id for v in Vinculo.objects.all()} == {pessoa.pk}


class TestNaoAtrapalha:
    pytestmark = so_no_postgres

    def test_o_titular_nomeado_pela_esfera_de_cima_passa_e_a_ficha_diz_quem_o_nomeou(self, por_dentro: Cena) -> None:
        _como(tranca.SISTEMA)
        estadual = fabricas.ator(GESTAO_ESTADUAL, "29")
        sai = fabricas.ator(GESTAO_MUNICIPAL, "2900108")
        entra = fabricas.pessoa_com_vinculo(CONSELHEIRO, "2900108")
        Vinculo.objects.filter(pk=sai.vinculo.pk).update(delegado_por=estadual.vinculo)
        nova = passagem.NovaPassagem(email=entra.email, orgao="Secretaria", dia=fabricas.HOJE)
        _como("2900108", str(sai.pessoa.pk))

        passagem.passar(sai=sai.vinculo, nova=nova, por=sai, em=fabricas.AGORA, hoje=fabricas.HOJE)

        novo = consultas.vinculos_da_ficha(entra, abrangencia="2900108")[0]
        assert (novo.papel, novo.delegado_por) == (GESTAO_MUNICIPAL, estadual.vinculo)


class TestNaoVaza:
    """A conexão é reaproveitada de um pedido a outro; quem agia, não."""

    pytestmark = so_no_postgres

    def _agora(self) -> tuple[str, str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('redesuas.abrangencia', true), current_setting('redesuas.pessoa', true)"
            )
            abrangencia, pessoa = cursor.fetchone()
        return abrangencia, pessoa

    def test_o_pedido_age_na_abrangencia_de_quem_entrou_e_a_deixa_ao_terminar(self, por_dentro: Cena) -> None:
        visto = []
        antes = self._agora()
        pedido = RequestFactory().get("/", headers={"cookie": "sessionid=x"})
        pedido.user, pedido.ator = por_dentro.pessoas["estadual"], mundo._ator(por_dentro.pessoas["estadual de fora"])

        def tela(_: object) -> HttpResponse:
            visto.append(self._agora())
            return HttpResponse()

        SegundaTranca(tela)(pedido)

        assert visto == [("35", str(por_dentro.pessoas["estadual"].pk))]
        assert self._agora() == antes == (tranca.SISTEMA, "")

    def test_o_pedido_que_falha_tambem_a_deixa(self, por_dentro: Cena) -> None:
        def tela(_: object) -> HttpResponse:
            raise RuntimeError("a tela falhou")

        with pytest.raises(RuntimeError):
            SegundaTranca(tela)(RequestFactory().get("/"))

        assert self._agora() == (tranca.SISTEMA, "")

    def test_o_pedido_sem_sessao_age_como_o_publico_ainda_que_o_anterior_tenha_sobrado(self, por_dentro: Cena) -> None:
        _como("BR", str(por_dentro.pessoas["federal"].pk))
        visto = []

        SegundaTranca(lambda _: HttpResponse(visto.append(self._agora()) or b""))(RequestFactory().get("/"))

        assert visto == [("", "")]

    def test_a_conexao_nova_comeca_no_padrao_do_processo(self, cena: Cena) -> None:
        nova = connections.create_connection("default")
        try:
            with nova.cursor() as cursor:
                cursor.execute("SELECT current_setting('redesuas.abrangencia', true)")
                assert cursor.fetchone() == (tranca.SISTEMA,)
        finally:
            nova.close()

    def test_agir_como_o_sistema_dura_so_o_bloco(self, por_dentro: Cena) -> None:
        _como("35", str(por_dentro.pessoas["federal"].pk))
        antes = self._agora()
        with tranca.como_sistema():
            dentro = self._agora()

        assert dentro[0] == tranca.SISTEMA
        assert self._agora() == antes


@pytest.mark.postgres
@pytest.mark.django_db
def test_diz_por_que_a_tranca_esta_aberta(cena: Cena) -> None:
    trancada = tranca.por_que_a_tranca_esta_aberta()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        aberta = tranca.por_que_a_tranca_esta_aberta()
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user")
        [com_poderes] = cursor.fetchone()
        transaction.set_rollback(True)

    assert trancada == ""
    assert ("passa por cima" in aberta) == com_poderes
