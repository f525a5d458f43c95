"""Atualizar e conferir o cadastro: quem pode, o que se lê do que as pessoas escrevem, e duas pessoas ao mesmo tempo."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from suas.cadastros.rede import permissoes
from suas.cadastros.rede.acoes import unidades as acoes
from suas.cadastros.rede.forms import cadastro as forms
from suas.cadastros.rede.models import MunicipioAtendido, Unidade
from suas.cadastros.rede.tests.fabricas import unidade
from suas.cadastros.territorio.tests.fabricas import SERRA, VITORIA, municipio
from suas.nucleo.identidade.tests.fabricas import AGORA, ator, pessoa_com_vinculo
from suas.nucleo.permissoes.papeis import (
    ADMINISTRACAO_FEDERAL,
    COORDENACAO_UNIDADE,
    GESTAO_ESTADUAL,
    GESTAO_MUNICIPAL,
    GESTAO_MUNICIPAL_ADJUNTO,
    TECNICO_SUPERIOR,
    VIGILANCIA_MUNICIPAL,
)
from suas.nucleo.recusa import MudouNoMeioTempo
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db


@pytest.fixture
def cras() -> Unidade:
    return unidade("CRAS Centro")


def entrar(papel, abrangencia, *, em=None) -> Client:
    cliente = Client()
    cliente.force_login(pessoa_com_vinculo(papel, abrangencia, unidade=em.pk if em else None))
    return cliente


def aberto(cliente: Client, qual: Unidade) -> dict[str, str]:
    """O que o formulário manda se ninguém muda nada."""
    form = cliente.get(reverse("rede-editar", args=[qual.pk])).content.decode()
    visto = form.split('name="visto" value="')[1].split('"')[0]
    nomes = {nome for nome in forms.Cadastro.base_fields if f'name="{nome}"' in form}
    textos = {nome: texto for nome, texto in forms._textos(qual).items() if nome in nomes and texto}
    return textos | {"visto": visto}


def gravar(cliente: Client, qual: Unidade, dados: dict[str, str]):
    return cliente.post(reverse("rede-editar", args=[qual.pk]), dados)


def test_a_gestao_atualiza_com_o_que_as_pessoas_escrevem(cras):
    cliente = entrar(GESTAO_MUNICIPAL, VITORIA)
    mudado = {
        "nome": "  CRAS   Centro Histórico ",
        "identificador": "32053.0912-34",
        "cep": "29.015-160",
        "telefone": "+55 27 99999-1234",
        "latitude": "20°18'56\"S",
        "longitude": "-40,3128",
        "implantada_em": "01/07/2007",
    }

    resposta = gravar(cliente, cras, aberto(cliente, cras) | mudado)

    assert resposta["Location"] == reverse("rede-unidade", args=[cras.pk])
    cras.refresh_from_db()
    assert (cras.nome, cras.nome_busca) == ("CRAS Centro Histórico", "cras centro historico")
    assert (cras.identificador, cras.cep, cras.telefone) == ("32053091234", "29015160", "27999991234")
    assert (cras.latitude, cras.longitude) == (Decimal("-20.315556"), Decimal("-40.312800"))
    assert cras.versao == 2 and cras.conferida_em == cras.mudada_em
    assert Ato.objects.filter(ato="rede.atualizar", objeto_id=str(cras.pk)).count() == 1


@pytest.mark.parametrize(
    "campo, escrito, diz",
    [
        ("nome", "", "Escreva o nome da unidade"),
        ("cep", "2901", "tem 4 algarismos, e o CEP tem 8"),
        ("telefone", "3333-4444", "Falta o DDD"),
        ("identificador", "123", "tem 3 algarismos"),
        ("latitude", "norte", "Não entendi “norte” como latitude"),
        ("latitude", "-95,1", "não pode ser latitude"),
        ("longitude", "", "Escreva a latitude e a longitude, ou deixe as duas em branco"),
        ("dias_por_semana", "8", "Escreva um número até 7"),
        ("implantada_em", "ontem", "Escreva dia, mês e ano"),
    ],
)
def test_o_que_nao_se_entende_volta_com_o_motivo_e_o_resto_do_que_foi_escrito(cras, campo, escrito, diz):
    cliente = entrar(GESTAO_MUNICIPAL, VITORIA)
    dados = aberto(cliente, cras) | {"latitude": "-20,3", "longitude": "-40,3", "bairro": "Outro bairro"}

    pagina = gravar(cliente, cras, dados | {campo: escrito}).content.decode()

    assert diz in pagina.replace("&quot;", '"')
    assert 'value="Outro bairro"' in pagina
    cras.refresh_from_db()
    assert cras.versao == 1


def test_o_identificador_de_outra_unidade_volta_dizendo_de_qual(cras):
    unidade("CRAS Norte", identificador="32053091234")
    cliente = entrar(GESTAO_MUNICIPAL, VITORIA)

    pagina = gravar(cliente, cras, aberto(cliente, cras) | {"identificador": "32053091234"}).content.decode()

    assert "já é de CRAS Norte, em Vitória/ES" in pagina


def test_o_ponto_fora_do_municipio_e_o_identificador_de_outro_avisam_e_nao_impedem(cras):
    cliente = entrar(GESTAO_MUNICIPAL, VITORIA)
    longe = {"latitude": "-19,5", "longitude": "-40,6", "identificador": "35503091234"}

    pagina = cliente.post(
        reverse("rede-editar", args=[cras.pk]), aberto(cliente, cras) | longe, follow=True
    ).content.decode()

    assert "km do contorno de Vitória/ES" in pagina
    assert "não traz o código do município" in pagina
    assert pagina.count("km do contorno") == 1
    cras.refresh_from_db()
    assert cras.latitude == Decimal("-19.5")


class TestQuemCuida:
    @pytest.mark.parametrize("papel", [GESTAO_MUNICIPAL, GESTAO_MUNICIPAL_ADJUNTO, VIGILANCIA_MUNICIPAL])
    def test_a_gestao_e_a_vigilancia_cuidam_de_todas_as_do_municipio(self, cras, papel):
        assert permissoes.pode_atualizar(ator(papel, VITORIA), cras)
        assert not permissoes.pode_atualizar(ator(papel, SERRA), cras)

    def test_a_coordenacao_cuida_da_propria_e_de_nenhuma_outra(self, cras):
        outra = unidade("CRAS Norte")
        coordenadora = ator(COORDENACAO_UNIDADE, VITORIA, unidade=cras.pk)

        assert permissoes.pode_atualizar(coordenadora, cras)
        assert not permissoes.pode_atualizar(coordenadora, outra)

    def test_o_estado_cuida_so_das_regionais_e_a_uniao_de_nenhuma(self, cras):
        regional = unidade("CREAS Regional", tipo="creas_regional")
        partilhada = unidade("Abrigo de dois municípios", tipo="acolhimento")
        municipio(SERRA)
        MunicipioAtendido.objects.create(unidade=partilhada, municipio_id=SERRA)
        estado, uniao = ator(GESTAO_ESTADUAL, "32"), ator(ADMINISTRACAO_FEDERAL, "BR")

        assert [permissoes.pode_atualizar(estado, u) for u in (cras, regional, partilhada)] == [False, True, True]
        assert not any(permissoes.pode_atualizar(uniao, u) for u in (cras, regional, partilhada))

    @pytest.mark.parametrize("rota", ["rede-editar", "rede-conferir"])
    @pytest.mark.parametrize(
        "papel, onde, situacao", [(TECNICO_SUPERIOR, VITORIA, 403), (GESTAO_MUNICIPAL, SERRA, 404)]
    )
    def test_quem_nao_cuida_recebe_palavras_e_quem_e_de_fora_nao_a_acha(self, cras, rota, papel, onde, situacao):
        resposta = entrar(papel, onde).post(reverse(rota, args=[cras.pk]))

        assert resposta.status_code == situacao
        if situacao == 403:
            assert "Quem atualiza CRAS Centro é a coordenação da unidade" in resposta.content.decode()

    def test_a_coordenacao_nao_muda_o_que_identifica_a_unidade(self, cras):
        cliente = entrar(COORDENACAO_UNIDADE, VITORIA, em=cras)
        dados = aberto(cliente, cras) | {"nome": "Outro nome", "endereco_reservado": "on", "bairro": "Novo bairro"}

        gravar(cliente, cras, dados)

        cras.refresh_from_db()
        assert (cras.nome, cras.endereco_reservado, cras.bairro) == ("CRAS Centro", False, "Novo bairro")


class TestDuasPessoasAoMesmoTempo:
    def test_a_segunda_ve_as_duas_versoes_e_grava_as_duas_coisas(self, cras):
        cliente = entrar(VIGILANCIA_MUNICIPAL, VITORIA)
        dados = aberto(cliente, cras)
        acoes.atualizar(
            unidade=cras,
            campos={"telefone": "2732221111", "bairro": "Bairro dela"},
            versao=1,
            por=ator(COORDENACAO_UNIDADE, VITORIA, unidade=cras.pk),
            em=AGORA,
        )

        resposta = gravar(cliente, cras, dados | {"bairro": "Meu bairro", "complemento": "sala 2"})
        pagina = resposta.content.decode()

        assert "gravou este cadastro enquanto você escrevia" in pagina
        assert "gravado “Bairro dela”, seu “Meu bairro”" in pagina
        assert "“(27) 3222-1111” (era “(27) 3333-4444”)" in pagina
        assert 'value="Meu bairro"' in pagina and 'value="sala 2"' in pagina and 'value="(27) 3222-1111"' in pagina
        cras.refresh_from_db()
        assert cras.bairro == "Bairro dela"

        novo = pagina.split('name="visto" value="')[1].split('"')[0]
        juntado = dados | {"bairro": "Meu bairro", "complemento": "sala 2", "telefone": "2732221111", "visto": novo}
        gravar(cliente, cras, juntado)

        cras.refresh_from_db()
        assert (cras.bairro, cras.complemento, cras.telefone) == ("Meu bairro", "sala 2", "2732221111")

    def test_sem_saber_o_que_leu_o_que_difere_aparece_dos_dois_lados(self, cras):
        cliente = entrar(VIGILANCIA_MUNICIPAL, VITORIA)
        dados = aberto(cliente, cras) | {"visto": "adulterado", "bairro": "Meu bairro"}

        pagina = gravar(cliente, cras, dados).content.decode()

        assert "gravado “Centro”, seu “Meu bairro”" in pagina

    def test_a_versao_velha_nao_grava(self, cras):
        por = ator(GESTAO_MUNICIPAL, VITORIA)
        acoes.atualizar(unidade=cras, campos={"bairro": "Um"}, versao=1, por=por, em=AGORA)

        with pytest.raises(MudouNoMeioTempo):
            acoes.atualizar(unidade=cras, campos={"bairro": "Dois"}, versao=1, por=por, em=AGORA)


def test_gravar_sem_mudar_nada_vale_como_conferencia(cras):
    acoes.atualizar(unidade=cras, campos={"nome": cras.nome}, versao=1, por=ator(GESTAO_MUNICIPAL, VITORIA), em=AGORA)

    cras.refresh_from_db()
    assert (cras.versao, cras.conferida_em) == (1, AGORA)
    assert list(Ato.objects.filter(objeto_id=str(cras.pk)).values_list("ato", flat=True)) == ["rede.conferir"]


def test_conferir_diz_que_esta_certo_hoje_e_o_cadastro_deixa_de_estar_velho(cras):
    Unidade.objects.update(conferida_em=AGORA - timedelta(days=400))
    cliente = entrar(COORDENACAO_UNIDADE, VITORIA, em=cras)
    ficha = reverse("rede-unidade", args=[cras.pk])

    antes = cliente.get(ficha).content.decode()
    cliente.post(reverse("rede-conferir", args=[cras.pk]))
    depois = cliente.get(ficha).content.decode()

    assert "Este cadastro espera conferência" in antes and "Conferida há 13 meses" in antes
    assert "Conferida hoje" in depois and "espera conferência" not in depois


class TestHistoria:
    def test_conta_o_que_mudou_com_antes_e_depois_e_o_nome_so_a_quem_e_dali(self, cras):
        por = ator(GESTAO_MUNICIPAL, VITORIA)
        acoes.atualizar(unidade=cras, campos={"telefone": "2732221111"}, versao=1, por=por, em=AGORA)
        ficha = reverse("rede-unidade", args=[cras.pk])

        de_casa = entrar(VIGILANCIA_MUNICIPAL, VITORIA).get(ficha).content.decode()
        publica = Client().get(ficha).content.decode()

        assert "atualizou o cadastro de CRAS Centro" in de_casa and por.pessoa.nome in de_casa
        assert "<del>2733334444</del> para <ins>2732221111</ins>" in de_casa
        assert "Gestão municipal, titular" in publica and por.pessoa.nome not in publica

    def test_a_coordenada_que_nao_havia_se_conta_como_ausente_e_nao_como_zero(self, cras):
        por = ator(GESTAO_MUNICIPAL, VITORIA)
        ponto = {"latitude": Decimal("-20.315500"), "longitude": Decimal("-40.312800")}
        acoes.atualizar(unidade=cras, campos=ponto, versao=1, por=por, em=AGORA)

        pagina = Client().get(reverse("rede-unidade", args=[cras.pk])).content.decode()

        assert "<del>—</del> para <ins>-20.315500</ins>" in pagina

    def test_o_endereco_reservado_nao_sai_pela_historia(self):
        casa = unidade("Casa Abrigo", tipo="acolhimento", endereco_reservado=True)
        por = ator(GESTAO_MUNICIPAL, VITORIA)
        campos = {"logradouro": "Nova e Secreta", "bairro": "Escondido", "telefone": "2732221111"}
        acoes.atualizar(unidade=casa, campos=campos, versao=1, por=por, em=AGORA)
        ficha = reverse("rede-unidade", args=[casa.pk])

        publica = Client().get(ficha).content.decode()
        de_casa = entrar(VIGILANCIA_MUNICIPAL, VITORIA).get(ficha).content.decode()

        assert "2732221111" in publica
        assert "Secreta" not in publica and "Escondido" not in publica and "do Exemplo" not in publica
        assert "Nova e Secreta" in de_casa
