"""Os cadastros da demonstração: os órgãos do país, a rede do Espírito Santo, quem entra e onde age."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection
from django.db.models import F, Sum

from demonstracao import entidades, equipes, esperas, familias, invencao, meses, rede, servicos
from demonstracao.carregar import ator_da_demonstracao, carregar_cadastros
from demonstracao.pessoas import CRAS, ENTIDADE, ENTRADAS, VITORIA
from normas.base.documentos import aviso_do_identificador, ler_cnpj, ler_identificador_de_unidade, ler_telefone
from suas.atendimento.beneficios.models import Pedido as PedidoDeBeneficio
from suas.atendimento.familias.models import Atendimento, Familia, PessoaAtendida, Prontuario
from suas.atendimento.servicos.consultas import esperas as esperas_do_encaminhamento
from suas.atendimento.servicos.models import Encaminhamento, Grupo
from suas.cadastros.cobertura import consultas as cobertura
from suas.cadastros.cobertura.models import TerritorioDoCras
from suas.cadastros.entidades import etapas
from suas.cadastros.entidades.models import Entidade, Inscricao
from suas.cadastros.fundos.models import Fundo
from suas.cadastros.orgaos.models import Orgao
from suas.cadastros.rede.models import MunicipioAtendido, Pedido, Unidade
from suas.cadastros.territorio.ponto import distancia_em_km
from suas.cadastros.trabalhadores.consultas import equipes as equipes_do_quadro
from suas.cadastros.trabalhadores.models import Lotacao, Trabalhador
from suas.nucleo.identidade.models import Vinculo
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.ator import ATOR_PUBLICO
from suas.nucleo.tela import afazer
from suas.nucleo.trilha.models import Ato
from suas.vigilancia.mensais import exame
from suas.vigilancia.mensais.models import Envio, RegistroMensal

pytestmark = pytest.mark.django_db
EM = fabricas.AGORA


@pytest.fixture(scope="module", autouse=True)
def _cadastros(federacao: None, django_db_blocker) -> None:
    with django_db_blocker.unblock():
        fabricas.instalacao(demonstracao=True)
        carregar_cadastros(em=EM, diga=lambda _: None)


def test_todo_ente_tem_orgao_gestor_conselho_e_fundo_e_o_distrito_federal_e_um_so():
    entes = 5569 + 27 + 1

    for tipo in (Orgao.Tipo.ORGAO_GESTOR, Orgao.Tipo.CONSELHO):
        assert Orgao.objects.filter(tipo=tipo, sintetico=True).count() == entes
    assert Fundo.objects.filter(sintetico=True).count() == entes
    assert not Orgao.objects.filter(abrangencia="5300108").exists()
    do_distrito = dict(Orgao.objects.filter(abrangencia="53").values_list("tipo", "nome"))
    assert do_distrito["conselho"] == "Conselho de Assistência Social do Distrito Federal"
    assert Orgao.objects.get(abrangencia="29", tipo="conselho").nome.endswith("Estadual de Assistência Social da Bahia")


def test_no_espirito_santo_responde_quem_entra_na_demonstracao():
    gestor = Orgao.objects.get(abrangencia=VITORIA, tipo="orgao_gestor")
    conselho = Orgao.objects.get(abrangencia=VITORIA, tipo="conselho")
    fundo = Fundo.objects.get(abrangencia=VITORIA)

    assert gestor.mandatos.get().nome == "Clara Demonstração"
    assert conselho.mandatos.get().nome == "Davi Demonstração"
    assert fundo.responsaveis.get().nome == "Nair Demonstração"
    assert Orgao.objects.filter(abrangencia__startswith="32", mandatos=None).count() == 0
    assert ler_cnpj(fundo.cnpj) == fundo.cnpj


def test_os_cras_sao_o_minimo_da_norma_salvo_onde_se_disse():
    linhas = cobertura.cobertura("32", hoje=EM.date()).linhas
    diferem = {linha.codigo: linha.cras for linha in linhas if linha.cras != linha.cobertura.minimo}

    assert len(linhas) == 78
    # a repetida conta até que alguém a junte à outra
    assert diferem == rede.CRAS_FORA_DO_MINIMO | {VITORIA: rede.CRAS_FORA_DO_MINIMO[VITORIA] + 1}
    assert sum(bool(linha.cobertura.lacuna) for linha in linhas) == 7


def test_cada_unidade_tem_identificador_telefone_e_ponto_possiveis_e_se_diz_inventada():
    unidades = list(Unidade.objects.all())

    assert len({unidade.identificador for unidade in unidades}) == len(unidades)
    for unidade in unidades:
        assert unidade.sintetica
        assert unidade.fonte == invencao.FONTE
        assert ler_telefone(unidade.telefone) == unidade.telefone
        distancia = distancia_em_km(codigo=unidade.municipio_id, latitude=unidade.latitude, longitude=unidade.longitude)
        assert distancia == 0, unidade.nome
        if unidade.nome != rede.REPETIDA:
            ler_identificador_de_unidade(unidade.identificador)
            codigo = unidade.municipio_id
            assert not aviso_do_identificador(identificador=unidade.identificador, codigo_ibge=codigo)


def test_o_creas_regional_atende_municipios_que_nao_tem_o_seu():
    atendidos = set(MunicipioAtendido.objects.values_list("municipio_id", flat=True))
    com_creas = set(Unidade.objects.filter(tipo=Unidade.Tipo.CREAS).values_list("municipio_id", flat=True))

    assert atendidos == set(rede.REGIONAL)
    assert not atendidos & com_creas


def test_ha_o_que_fazer_uma_repetida_uma_fechada_e_conferencias_vencidas():
    de_vitoria = Unidade.objects.filter(municipio_id=VITORIA)
    repetida, original = de_vitoria.get(nome=rede.REPETIDA), de_vitoria.get(nome="CRAS Tangará")

    assert (repetida.endereco, repetida.telefone) == (original.endereco, original.telefone)
    assert de_vitoria.filter(fechada_em__isnull=False).count() == 1
    assert (EM - de_vitoria.get(nome=CRAS).conferida_em).days > 180
    idades = Counter(u.conferida_em is None or (EM - u.conferida_em).days > 182 for u in Unidade.objects.all())
    assert 10 < idades[True] < idades[False] / 4


def test_quem_age_numa_unidade_ou_entidade_tem_a_sua_no_vinculo():
    onde = {v.pk: v for v in Vinculo.objects.all()}
    da_casa = [v for v in onde.values() if v.papel.casa]

    assert len(onde) == len(ENTRADAS) + 2
    assert {v.unidade for v in da_casa if v.papel.casa == "unidade"} == {
        Unidade.objects.get(nome=CRAS, municipio=VITORIA).pk
    }
    assert {v.unidade for v in da_casa if v.papel.casa == "entidade"} == {
        Entidade.objects.get(nome_fantasia=ENTIDADE, municipio=VITORIA).pk
    }
    assert all(v.unidade is None for v in onde.values() if not v.papel.casa)


def test_repetir_nao_muda_nada_e_a_mesma_entrada_da_sempre_a_mesma_rede():
    atos, unidades = Ato.objects.count(), Unidade.objects.count()
    ditas: list[str] = []

    carregar_cadastros(em=EM, diga=ditas.append)

    assert (Ato.objects.count(), Unidade.objects.count(), ditas) == (atos, unidades, [])
    uma, outra = rede.inventar(em=EM), rede.inventar(em=EM)
    assert [(u.pk, u.nome, u.latitude, u.conferida_em) for u in uma.unidades] == [
        (u.pk, u.nome, u.latitude, u.conferida_em) for u in outra.unidades
    ]
    assert rede.criar(por=ATOR_PUBLICO, em=EM) == 0


def test_as_equipes_ora_estao_completas_ora_tem_vagas_e_ninguem_fica_fora_da_conta():
    todas = [e for e in equipes_do_quadro.do_lugar("32", hoje=EM.date()) if e.calculo.equipe is not None]
    completas = [e for e in todas if not e.falta]

    assert len(todas) * 0.3 < len(completas) < len(todas) * 0.7
    do_cras = next(e for e in todas if e.unidade.nome == CRAS and e.unidade.municipio_id == VITORIA)
    faltam = {linha.necessaria.funcao: linha.falta for linha in do_cras.quadro.linhas if linha.falta}
    assert faltam == dict.fromkeys(equipes.VAGOS_NO_CRAS_DE_QUEM_ENTRA, 1)
    assert Trabalhador.objects.filter(sintetico=False).count() == 0
    assert len(set(Trabalhador.objects.values_list("cpf", flat=True))) == Trabalhador.objects.count()


def test_uma_pessoa_soma_mais_horas_do_que_a_jornada_em_duas_unidades():
    abertas = Lotacao.objects.filter(ate=None).values("trabalhador").annotate(horas=Sum("carga_horaria"))
    (alem,) = abertas.filter(horas__gt=44)

    pessoa = Trabalhador.objects.get(pk=alem["trabalhador"])
    assert {lotacao.unidade.nome for lotacao in pessoa.lotacoes.all()} == {"CRAS Aroeira", "CREAS Jacarandá"}


def test_quem_entra_e_trabalha_e_a_mesma_pessoa_nos_dois_cadastros():
    ligados = {t.pessoa.email.split("@")[0]: t for t in Trabalhador.objects.exclude(pessoa=None)}

    na_unidade = {nome for nomes in equipes.QUEM_ENTRA.values() for nome in nomes}
    assert set(ligados) == na_unidade | {"municipal", "estadual"}
    assert all(t.nome == t.pessoa.nome for t in ligados.values())
    assert {ligados[nome].lotacoes.get().unidade.nome for nome in na_unidade} == {CRAS}


def test_em_vitoria_ha_uma_inscricao_em_cada_etapa_uma_indeferida_e_uma_por_cancelar():
    de_vitoria = Inscricao.objects.filter(municipio=VITORIA)

    assert Counter(de_vitoria.exclude(etapa="").values_list("etapa", flat=True)) == {
        etapa.codigo: 1 for etapa in etapas.ETAPAS
    }
    assert de_vitoria.filter(estado=Inscricao.Estado.INDEFERIDA).count() == 1
    assert de_vitoria.filter(cancelamentos__decisao="").count() == 1
    assert Entidade.objects.filter(municipio=VITORIA, inscricoes=None).count() == 1


def test_ha_entidades_em_outros_municipios_e_todo_cnpj_confere():
    fora = Entidade.objects.exclude(municipio=VITORIA)

    assert Counter(fora.values_list("municipio", flat=True)) == dict.fromkeys(entidades.OUTROS, 2)
    assert fora.filter(inscricoes__estado=Inscricao.Estado.INSCRITA, inscricoes__numero=1).count() == 10
    assert all(ler_cnpj(cnpj) == cnpj for cnpj in Entidade.objects.values_list("cnpj", flat=True))
    assert Entidade.objects.filter(sintetica=False).count() == 0


def test_ha_um_pedido_a_espera_e_territorios_que_avisam():
    pedido = Pedido.objects.get()
    com_familias = TerritorioDoCras.objects.filter(familias__gt=F("unidade__capacidade"))
    avisos = [a for cras in cobertura.cras_do_municipio(VITORIA, por_porte=5000, hoje=EM.date()) for a in cras.avisos]

    assert (pedido.estado, str(pedido)) == (Pedido.Estado.ESPERA, f"abrir {esperas.PEDIDA}")
    assert com_familias.count() >= 5
    assert any("Também no território de" in aviso for aviso in avisos)
    assert any("além da capacidade" in aviso for aviso in avisos)


@pytest.mark.parametrize(
    "conta",
    [
        *("federal", "estadual", "municipal", "adjunto", "gerencia", "vigilancia", "coordenacao"),
        *("secretaria", "entidade", "fundo", "contador", "presidencia"),
    ],
)
def test_quem_entra_tem_o_que_fazer(conta):
    ator = ator_da_demonstracao(conta, em=EM)

    assert afazer.de(ator, hoje=EM.date())


def test_a_casa_de_demonstracao_antiga_ganha_a_unidade_no_vinculo_sem_perder_a_pessoa():
    antes = Vinculo.objects.get(papel_codigo="coordenacao_unidade")
    Vinculo.objects.filter(pk=antes.pk).update(unidade=None, orgao="CRAS Centro (fictício)")

    carregar_cadastros(em=EM, diga=lambda _: None)

    agora = Vinculo.objects.get(papel_codigo="coordenacao_unidade", ate=None)
    assert (agora.pessoa, agora.orgao, agora.unidade) == (antes.pessoa, CRAS, antes.unidade)
    carregar_cadastros(em=EM, diga=lambda _: None)
    assert Vinculo.objects.filter(papel_codigo="coordenacao_unidade").count() == 2


def test_as_familias_sao_inventadas_estao_em_quatro_unidades_e_metade_do_creas_veio_de_um_cras():
    tecnica = ator_da_demonstracao("tecnica", em=EM)

    assert Familia.objects.filter(sintetica=True).count() == Familia.objects.count() == 82
    assert not PessoaAtendida.objects.filter(sintetica=False).exists()
    por_unidade = Counter(Prontuario.objects.values_list("unidade__tipo", "unidade__nome"))
    assert sorted(por_unidade.values())[1:3] == [18, 18]
    assert por_unidade[("cras", CRAS)] >= 40
    assert Familia.objects.filter(prontuarios__unidade__tipo="creas").count() >= 12
    assert Atendimento.objects.filter(sintetico=True, dia__lte=EM.date()).count() == Atendimento.objects.count() > 100
    assert familias.criar(tecnica=tecnica, em=EM) == 0, "repetir não registra de novo"


def test_ha_encaminhamentos_em_todos_os_pes_a_espera_se_publica_e_repetir_nao_muda_nada():
    tecnica, desde = ator_da_demonstracao("tecnica", em=EM), esperas_do_encaminhamento.um_ano_antes(EM.date())
    pares = esperas_do_encaminhamento.por_par(VITORIA, desde=desde)

    assert [par.espera.mediana for par in pares] == [5.5, 4.0]
    assert set(Encaminhamento.objects.values_list("etapa", flat=True)) == {"enviado", "aceito", "devolvido"}
    assert Grupo.objects.count() == 3
    assert set(PedidoDeBeneficio.objects.values_list("estado", flat=True)) == {
        *("espera", "concedido", "entregue", "recusado"),
    }
    assert servicos.criar(tecnica=tecnica, em=EM) == 0


def test_os_meses_inventados_passam_pelas_regras_do_formulario_e_o_ultimo_tem_quem_falte():
    registros = RegistroMensal.objects.select_related("unidade__municipio__uf")
    um_de_cada = {(r.formulario, r.competencia): r for r in registros}
    ruins = [
        (registro.formulario, achada.mensagem)
        for registro in um_de_cada.values()
        for achada in exame.conferir(registro)
        if achada.gravidade != "avisa"
    ]

    assert not ruins
    assert len(um_de_cada) == 72, "três formulários em vinte e quatro meses"
    assert registros.count() == Envio.objects.count() == registros.filter(sintetico=True).count()
    ultimo = max(registros.values_list("competencia", flat=True))
    assert {"enviado", "aprovado"} == set(registros.filter(competencia=ultimo).values_list("estado", flat=True))
    assert not registros.filter(competencia=ultimo, unidade__nome=CRAS, abrangencia=VITORIA).exists()
    assert meses.criar(por=ATOR_PUBLICO, em=EM) == 0, "repetir não carrega de novo"


def test_a_casa_de_versao_mais_velha_sem_ofertas_nem_inscricoes_e_completada_como_se_fosse_nova():
    antes = Inscricao.objects.filter(municipio=VITORIA).count()
    for tabela in ("entidades_passo", "entidades_entrega", "entidades_cancelamento", "entidades_inscricao"):
        _apagar(tabela)
    for tabela in ("entidades_parceria", "entidades_vinculosuas", "entidades_oferta"):
        _apagar(tabela)
    ditas: list[str] = []

    carregar_cadastros(em=EM, diga=ditas.append)

    assert ditas == []
    assert Inscricao.objects.filter(municipio=VITORIA).count() == antes
    assert Entidade.objects.get(nome_fantasia=ENTIDADE, municipio=VITORIA).ofertas.count() == 1


def test_a_casa_em_que_mexeram_sobe_de_novo_e_diz_o_que_ficou_como_estava():
    """Quem visita tira a titular, muda o nome de uma unidade e apaga a conta da técnica: nada disso impede a subida."""
    for tabela in ("entidades_passo", "entidades_entrega", "entidades_cancelamento", "entidades_inscricao"):
        _apagar(tabela)
    Vinculo.objects.filter(pessoa__email="secretaria@redesuas.example").update(ate=EM.date())
    Lotacao.objects.all().delete()
    _apagar("trabalhadores_trabalhador")
    Unidade.objects.filter(municipio=VITORIA, nome="CRAS Aroeira").update(nome="CRAS Outro Nome")
    ditas: list[str] = []

    carregar_cadastros(em=EM, diga=ditas.append)

    assert any(frase.startswith("as inscrições: ficam como estão") for frase in ditas)
    assert Trabalhador.objects.filter(sintetico=True).exists(), "as outras partes não se perdem por uma"


def _apagar(tabela: str) -> None:
    """Tira as linhas como se nunca tivessem sido postas: os gatilhos que as guardam não deixariam."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {tabela} DISABLE TRIGGER USER")
            cursor.execute(f"DELETE FROM {tabela}")
            cursor.execute(f"ALTER TABLE {tabela} ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [tabela])
        gatilhos = cursor.fetchall()
        for nome, _ in gatilhos:
            cursor.execute(f'DROP TRIGGER "{nome}"')
        cursor.execute(f"DELETE FROM {tabela}")
        for _, sql in gatilhos:
            cursor.execute(sql)
