"""O que a unidade oferta e os municípios que atende: quem informa, o que se recusa, e o que fica na história."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from suas.cadastros.rede.acoes import atendidos, ofertas
from suas.cadastros.rede.models import MunicipioAtendido, ServicoOfertado, Unidade
from suas.cadastros.rede.tests.fabricas import unidade
from suas.cadastros.territorio.models import Municipio
from suas.cadastros.territorio.tests.fabricas import SERRA, VITORIA, municipio
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE, ator, pessoa_com_vinculo
from suas.nucleo.permissoes.papeis import COORDENACAO_UNIDADE, GESTAO_ESTADUAL, GESTAO_MUNICIPAL, TECNICO_SUPERIOR
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha.models import Ato

pytestmark = pytest.mark.django_db


@pytest.fixture
def cras() -> Unidade:
    return unidade("CRAS Centro", aberta_em=date(2010, 1, 1))


@pytest.fixture
def creas() -> Unidade:
    municipio(SERRA)
    return unidade("CREAS Regional", tipo="creas_regional", capacidade=80)


def entrar(papel=GESTAO_MUNICIPAL, abrangencia=VITORIA, *, em=None) -> Client:
    cliente = Client()
    cliente.force_login(pessoa_com_vinculo(papel, abrangencia, unidade=em.pk if em else None))
    return cliente


def ofertar(qual: Unidade, servico: str = "paif", **dados) -> ServicoOfertado:
    qual.refresh_from_db()
    return ofertas.ofertar(
        unidade=qual, dados=ofertas.Dados(servico=servico, **dados), versao=qual.versao, por=ator(), em=AGORA
    )


class TestOfertar:
    def test_a_coordenacao_informa_o_servico_e_ele_aparece_na_ficha_e_na_historia(self, cras):
        cliente = entrar(COORDENACAO_UNIDADE, em=cras)
        endereco = reverse("rede-ofertar", args=[cras.pk])
        pagina = cliente.get(endereco).content.decode()

        resposta = cliente.post(
            endereco, {"servico": "paif", "capacidade": "500", "desde": "01/02/2020", "versao": "1"}
        )

        assert 'optgroup label="Costumam se ofertar em CRAS"' in pagina
        assert resposta["Location"] == reverse("rede-unidade", args=[cras.pk])
        gravada = ServicoOfertado.objects.get()
        assert (gravada.servico, gravada.capacidade, gravada.desde) == ("paif", 500, date(2020, 2, 1))
        ficha = cliente.get(reverse("rede-unidade", args=[cras.pk])).content.decode()
        assert 'data-rotulo="Capacidade">500<' in ficha
        assert "oferta: Serviço de Proteção e Atendimento Integral à Família (PAIF), capacidade 500, desde" in ficha
        cras.refresh_from_db()
        assert cras.versao == 2 and cras.conferida_em is None

    def test_o_servico_que_nao_costuma_ser_ali_avisa_e_fica(self, cras):
        cliente = entrar()

        resposta = cliente.post(
            reverse("rede-ofertar", args=[cras.pk]), {"servico": "pse_rua", "versao": "1"}, follow=True
        )

        assert ServicoOfertado.objects.filter(servico="pse_rua").exists()
        assert resposta.content.decode().count("não costuma ser ofertado neste tipo de unidade") == 2

    def test_o_mesmo_servico_no_mesmo_periodo_e_recusado_e_nada_do_digitado_se_perde(self, cras):
        ofertar(cras, desde=date(2020, 1, 1))

        pagina = (
            entrar()
            .post(
                reverse("rede-ofertar", args=[cras.pk]),
                {"servico": "paif", "capacidade": "77", "desde": "01/01/2021", "versao": "2"},
            )
            .content.decode()
        )

        assert "já está nesta unidade, desde 01/01/2020" in pagina
        assert 'value="77"' in pagina
        assert ServicoOfertado.objects.count() == 1

    @pytest.mark.parametrize(
        ("desde", "ate", "cabe"),
        [
            pytest.param(date(2015, 1, 1), date(2018, 1, 1), True, id="acaba no dia em que o outro começa"),
            pytest.param(date(2015, 1, 1), date(2018, 1, 2), False, id="um dia em comum"),
            pytest.param(date(2019, 1, 1), None, True, id="começa no dia em que o outro acaba"),
            pytest.param(None, None, False, id="sem dia nenhum"),
        ],
    )
    def test_o_servico_pode_voltar_depois_de_acabar(self, cras, desde, ate, cabe):
        ofertar(cras, desde=date(2018, 1, 1), ate=date(2019, 1, 1))

        if cabe:
            assert ofertar(cras, desde=desde, ate=ate).pk
        else:
            with pytest.raises(AtoRecusado, match="já está nesta unidade"):
                ofertar(cras, desde=desde, ate=ate)

    @pytest.mark.parametrize(
        ("dados", "frase"),
        [
            pytest.param({"servico": "inventado"}, "não é código de serviço da Tipificação", id="fora da Tipificação"),
            pytest.param({"desde": date(2009, 12, 31)}, "funciona desde 01/01/2010", id="antes de a unidade abrir"),
            pytest.param({"desde": HOJE, "ate": date(2020, 1, 1)}, "não pode acabar antes", id="acaba antes"),
        ],
    )
    def test_o_que_nao_cabe_e_recusado_com_os_numeros(self, cras, dados, frase):
        with pytest.raises(AtoRecusado, match=frase):
            ofertar(cras, **{"servico": "paif"} | dados)
        assert not ServicoOfertado.objects.exists()

    def test_a_unidade_que_ja_tem_dia_para_fechar_oferta_ate_ele(self, cras):
        Unidade.objects.filter(pk=cras.pk).update(fechada_em=HOJE + timedelta(days=30))

        assert ofertar(cras).ate == HOJE + timedelta(days=30)

    @pytest.mark.parametrize(
        ("papel", "onde", "situacao"),
        [(TECNICO_SUPERIOR, VITORIA, 403), (GESTAO_MUNICIPAL, SERRA, 404), (GESTAO_ESTADUAL, "32", 403)],
    )
    def test_quem_nao_cuida_da_unidade_nao_informa(self, cras, papel, onde, situacao):
        municipio(SERRA)

        resposta = entrar(papel, onde).post(reverse("rede-ofertar", args=[cras.pk]), {"servico": "paif"})

        assert resposta.status_code == situacao
        assert not ServicoOfertado.objects.exists()


class TestMudarEEncerrar:
    def test_muda_a_capacidade_e_a_historia_diz_de_quanto_para_quanto(self, cras):
        ofertar(cras, capacidade=100)
        cliente = entrar()
        endereco = reverse("rede-servico", args=[cras.pk, "paif"])
        assert 'value="100"' in cliente.get(endereco).content.decode()

        cliente.post(endereco, {"capacidade": "120", "desde": "", "versao": "2"})

        assert ServicoOfertado.objects.get().capacidade == 120
        ficha = cliente.get(reverse("rede-unidade", args=[cras.pk])).content.decode()
        assert "mudou o que se diz da oferta" in ficha
        assert "Capacidade: de <del>100</del> para <ins>120</ins>" in ficha

    def test_gravar_o_que_ja_esta_la_nao_muda_nada(self, cras):
        oferta = ofertar(cras, capacidade=100)
        cras.refresh_from_db()

        ofertas.mudar(oferta=oferta, capacidade=100, desde=None, versao=cras.versao, por=ator(), em=AGORA)

        cras.refresh_from_db()
        assert cras.versao == 2 and not Ato.objects.filter(ato="rede.mudar_oferta").exists()

    def test_duas_pessoas_ao_mesmo_tempo_a_segunda_confere_e_grava_de_novo(self, cras):
        ofertar(cras, capacidade=100)
        cliente = entrar()
        endereco = reverse("rede-servico", args=[cras.pk, "paif"])

        velha = cliente.post(endereco, {"capacidade": "130", "versao": "1"}).content.decode()
        cliente.post(endereco, {"capacidade": "130", "versao": velha.split('name="versao" value="')[1].split('"')[0]})

        assert "Outra pessoa gravou CRAS Centro" in velha and 'value="130"' in velha
        assert ServicoOfertado.objects.get().capacidade == 130

    def test_encerra_no_dia_e_some_da_ficha_quando_ele_chega(self, cras):
        ofertar(cras, desde=date(2020, 1, 1))
        cliente = entrar()
        endereco = reverse("rede-servico-encerrar", args=[cras.pk, "paif"])

        sem_motivo = cliente.post(endereco, {"dia": "01/01/2021", "versao": "2"}).content.decode()
        cliente.post(endereco, {"dia": "01/01/2021", "motivo": "Passou ao CRAS Norte", "versao": "2"})

        assert "Escreva por que acaba" in sem_motivo and 'value="01/01/2021"' in sem_motivo
        assert ServicoOfertado.objects.get().ate == date(2021, 1, 1)
        ficha = cliente.get(reverse("rede-unidade", args=[cras.pk])).content.decode()
        assert "Nenhum serviço registrado" in ficha
        assert "Por quê: Passou ao CRAS Norte" in ficha

    def test_nao_encerra_antes_de_comecar_nem_duas_vezes(self, cras):
        oferta = ofertar(cras, desde=date(2020, 1, 1), ate=date(2021, 1, 1))
        cras.refresh_from_db()
        fim = {"oferta": oferta, "motivo": "Fim", "versao": cras.versao, "por": ator(), "em": AGORA}

        with pytest.raises(AtoRecusado, match="Começou em 01/01/2020"):
            ofertas.encerrar(dia=date(2019, 1, 1), **fim)
        with pytest.raises(AtoRecusado, match="já se encerra em 01/01/2021"):
            ofertas.encerrar(dia=HOJE, **fim)
        with pytest.raises(MudouNoMeioTempo):
            ofertas.encerrar(dia=date(2020, 6, 1), **fim | {"versao": 1})

    def test_o_servico_que_a_unidade_nao_oferta_nao_se_acha(self, cras):
        assert entrar().get(reverse("rede-servico", args=[cras.pk, "paefi"])).status_code == 404


class TestAtender:
    def test_a_gestao_informa_o_municipio_com_cota_e_fluxo_e_o_estado_passa_a_cuidar(self, creas):
        abrigo = unidade("Abrigo", tipo="acolhimento", capacidade=20)
        cliente = entrar()

        cliente.post(
            reverse("rede-atender", args=[abrigo.pk]),
            {
                "municipio": "Serra/ES",
                "vagas": "25",
                "cota_percentual": "12,5",
                "fluxo": "A central confirma a vaga",
                "desde": "01/03/2024",
                "versao": "1",
            },
        )

        gravado = MunicipioAtendido.objects.get()
        assert (gravado.municipio_id, gravado.vagas, gravado.cota_percentual) == (SERRA, 25, Decimal("12.5"))
        ficha = cliente.get(reverse("rede-unidade", args=[abrigo.pk])).content.decode()
        assert "12,5%" in ficha and "A central confirma a vaga" in ficha
        assert "As cotas somam 25 vagas, e a capacidade da unidade é 20." in ficha
        assert "informou que Abrigo atende Serra/ES, 25 vagas, 12,50% do custo, desde 01/03/2024" in ficha
        do_estado = entrar(GESTAO_ESTADUAL, "32")
        assert do_estado.get(reverse("rede-atendido", args=[abrigo.pk, SERRA])).status_code == 200

    def test_o_municipio_que_nao_se_acha_ou_ja_esta_volta_com_a_frase(self, creas):
        cliente = entrar()
        endereco = reverse("rede-atender", args=[creas.pk])
        cliente.post(endereco, {"municipio": "Serra/ES", "versao": "1"})

        nenhum = cliente.post(endereco, {"municipio": "Cidade Nenhuma", "versao": "2"}).content.decode()
        de_novo = cliente.post(endereco, {"municipio": "Serra/ES", "versao": "2"}).content.decode()

        assert "“Cidade Nenhuma” é o nome de nenhum município" in nenhum
        assert "Serra/ES já está nesta unidade, sem dia de começo" in de_novo
        assert MunicipioAtendido.objects.count() == 1

    def test_sem_a_uf_vale_o_municipio_da_mesma_uf_da_unidade(self, creas):
        municipio("2412708")  # outro de mesmo nome, noutra UF
        Municipio.objects.filter(pk="2412708").update(nome="Serra", nome_busca="serra")

        entrar().post(reverse("rede-atender", args=[creas.pk]), {"municipio": "serra", "versao": "1"})

        assert MunicipioAtendido.objects.get().municipio_id == SERRA

    def test_as_partes_no_custo_que_passam_de_cem_avisam(self, creas):
        for codigo, parte in ((SERRA, 60), (VITORIA, 50)):
            MunicipioAtendido.objects.create(unidade=creas, municipio_id=codigo, cota_percentual=parte)

        assert "somam 110,0%" in entrar().get(reverse("rede-unidade", args=[creas.pk])).content.decode()

    def test_muda_o_combinado_e_encerra(self, creas):
        atendido = atendidos.atender(
            unidade=creas, municipio=SERRA, combinado=atendidos.Combinado(vagas=5), versao=1, por=ator(), em=AGORA
        )
        cliente = entrar(GESTAO_ESTADUAL, "32")

        cliente.post(
            reverse("rede-atendido", args=[creas.pk, SERRA]),
            {"vagas": "8", "cota_percentual": "", "fluxo": "", "desde": "", "versao": "2"},
        )
        cliente.post(
            reverse("rede-atendido-encerrar", args=[creas.pk, SERRA]),
            {"dia": "01/10/2026", "motivo": "Serra abriu o próprio CREAS", "versao": "3"},
        )

        atendido.refresh_from_db()
        assert (atendido.vagas, atendido.ate) == (8, date(2026, 10, 1))
        ficha = cliente.get(reverse("rede-unidade", args=[creas.pk])).content.decode()
        assert "Cota de vagas: de <del>5</del> para <ins>8</ins>" in ficha
        assert "Nenhum outro município registrado" in ficha

    def test_o_cras_nao_oferece_o_que_e_das_regionais(self, cras):
        assert "Municípios atendidos" not in entrar().get(reverse("rede-unidade", args=[cras.pk])).content.decode()


class TestImovel:
    def test_a_coordenacao_diz_o_imovel_e_a_acessibilidade_do_cras(self, cras):
        cliente = entrar(COORDENACAO_UNIDADE, em=cras)
        endereco = reverse("rede-editar", args=[cras.pk])
        pagina = cliente.get(endereco).content.decode()
        visto = pagina.split('name="visto" value="')[1].split('"')[0]
        dados = {"visto": visto, "situacao_do_imovel": "alugado", "compartilhado_com": "Conselho Tutelar"}

        contradiz = cliente.post(endereco, dados | {"imovel_compartilhado": "nao"}).content.decode()
        cliente.post(endereco, dados | {"imovel_compartilhado": "sim", "banheiro_adaptado": "em_desacordo"})

        assert "Se é compartilhado com Conselho Tutelar, marque sim." in contradiz
        cras.refresh_from_db()
        assert (cras.imovel_compartilhado, cras.banheiro_adaptado) == ("sim", "em_desacordo")
        ficha = Client().get(reverse("rede-unidade", args=[cras.pk])).content.decode()
        assert "sim, com Conselho Tutelar" in ficha and "Rota acessível ao banheiro" not in ficha

    def test_so_as_unidades_que_o_censo_pergunta_dizem_o_imovel(self):
        casa = unidade("Casa", tipo="acolhimento")

        assert "Banheiro adaptado" not in entrar().get(reverse("rede-editar", args=[casa.pk])).content.decode()
        assert "acessibilidade" not in Client().get(reverse("rede-unidade", args=[casa.pk])).content.decode()
