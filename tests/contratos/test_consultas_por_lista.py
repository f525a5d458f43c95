"""Cada lista faz as mesmas consultas ao banco com poucas e com muitas linhas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from suas.atendimento.familias.tests import fabricas as familias
from suas.atendimento.servicos.tests import fabricas as servicos
from suas.cadastros.cobertura.tests import fabricas as cobertura
from suas.cadastros.entidades.tests import fabricas as entidades
from suas.cadastros.fundos.tests import fabricas as fundos
from suas.cadastros.orgaos.tests import fabricas as orgaos
from suas.cadastros.rede.models import MunicipioAtendido, ServicoOfertado
from suas.cadastros.rede.tests import fabricas as rede
from suas.cadastros.trabalhadores.tests import fabricas as trabalhadores
from suas.financas.partilhas.models import Partilha
from suas.nucleo.ajuda import acoes as ajuda
from suas.nucleo.avisos.acoes import avisar
from suas.nucleo.identidade.acoes import convites
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes.papeis import CONSELHEIRO, SECRETARIA_CONSELHO, VIGILANCIA_ESTADUAL
from suas.vigilancia.indicadores import acoes as indicadores
from tests import mundo

pytestmark = pytest.mark.django_db
MUITAS = 20
CRAS_E_CREAS = ("cras", "creas")


class Cenario:
    """O mundo, com duas partilhas simuladas do ES, e como acrescentar linhas a cada lista."""

    def __init__(self) -> None:
        self.feito = mundo.criar()
        self.por = self.feito.ator("estadual")
        self.outra = mundo.simulada(ambito="32", por=self.por)
        self.partilha = self.feito.partilha
        cobertura.territorio(rede.unidade(onde="3205309"), bairros=("Centro",))
        self.ofertar("CREAS do Exemplo", onde="3205309")
        self.gestor, self.fundo = orgaos.orgao(onde="32"), fundos.fundo(onde="32")
        orgaos.mandato(self.gestor)
        fundos.responsavel(self.fundo)
        fundos.conta(self.fundo)
        self.conselho = fabricas.ator(SECRETARIA_CONSELHO, "3205309")
        self.entidade = entidades.entidade(por=self.feito.ator("municipal"), em=mundo.AGORA)
        self.mais_entidades(range(1))
        self.mais_avisos_e_pedidos(range(1))  # a lista vazia nem consulta as linhas
        self.convidar("primeira@exemplo.example")
        self.mais_lotacoes(range(1))
        self.mais_encaminhamentos(1)

    def mais_partilhas(self) -> None:
        for _ in range(MUITAS):
            mundo.simulada(ambito="32", por=self.por)

    def mais_rascunhos(self) -> None:
        for _ in range(MUITAS):
            mundo.abrir(ambito="32", por=self.por)

    def mais_municipios(self) -> None:
        """Mais municípios, com população e indicadores, e as duas partilhas refeitas com eles."""
        codigos = [f"32060{numero:02d}" for numero in range(MUITAS)]
        for codigo in codigos:
            mundo.criar_municipio(codigo=codigo, nome=f"Novo {codigo} do Exemplo", uf="32", habitantes=12_000)
        mundo.criar_indicadores(codigos)
        self.partilha, self.outra = (mundo.simulada(ambito="32", por=self.por) for _ in range(2))
        Partilha.objects.exclude(pk__in=[self.partilha.pk, self.outra.pk]).delete()

    def mais_indicadores(self) -> None:
        for numero in range(MUITAS):
            campos = {"codigo": f"novo_{numero}", "nome": f"Novo {numero}", "tipo": "decimal"}
            indicadores.definir_indicador(campos=campos, por=self.por, em=mundo.AGORA)
        valores = [
            indicadores.NovoValor(indicador=f"novo_{numero}", municipio="3205309", ano=mundo.ANO, valor="1")
            for numero in range(MUITAS)
        ]
        indicadores.gravar_valores(valores=valores, fonte="F", sintetico=True, por=self.por, em=mundo.AGORA)

    def mais_planilhas(self) -> None:
        for _ in range(MUITAS):
            mundo.receber_planilha(por=self.por)

    def mais_avisos_e_pedidos(self, numeros: range = range(1, MUITAS)) -> None:
        """Recados à gestão estadual, e pedidos de ajuda que ela atende."""
        pessoa = self.feito.pessoas["estadual"]
        de_baixo = self.feito.ator("municipal")
        for numero in numeros:
            dados = {"assunto": f"Assunto {numero}", "texto": "Texto"}
            avisar(
                modelo="avisos.recado",
                causa=str(numero),
                pessoa_id=pessoa.pk,
                dados=dados,
                por=self.por,
                em=mundo.AGORA,
            )
            ajuda.pedir(texto="Não abre", pagina=ajuda.Pagina(), email="", por=de_baixo, em=mundo.AGORA)

    def mais_vinculos(self) -> None:
        for numero in range(MUITAS):
            codigo = f"32060{numero:02d}"
            mundo.criar_municipio(codigo=codigo, nome=f"Novo {codigo} do Exemplo", uf="32", habitantes=12_000)
            mundo.dar_vinculo(self.feito.pessoas["estadual"], CONSELHEIRO, codigo)

    def mais_acessos(self) -> None:
        for numero in range(MUITAS):
            fabricas.pessoa_com_vinculo(CONSELHEIRO, mundo.NO_ES[numero % len(mundo.NO_ES)][0])

    def mais_convites(self) -> None:
        for numero in range(MUITAS):
            self.convidar(f"nova{numero}@exemplo.example")

    def mais_unidades(self) -> None:
        for numero in range(MUITAS):
            cras = rede.unidade(f"CRAS {numero}", onde=mundo.NO_ES[numero % 2 - 2][0])
            cobertura.territorio(cras, bairros=(f"Bairro {numero}",), familias=numero)
            self.ofertar(f"CREAS {numero}", onde=mundo.NO_ES[numero % 2 - 2][0])

    def ofertar(self, nome: str, *, onde: str) -> None:
        """Um CREAS que oferta um serviço e atende outro município."""
        creas = rede.unidade(nome, onde=onde, tipo="creas")
        ServicoOfertado.objects.create(unidade=creas, servico="paefi", capacidade=50)
        outro = next(codigo for codigo, *_ in mundo.NO_ES if codigo != onde)
        MunicipioAtendido.objects.create(unidade=creas, municipio_id=outro)

    def mais_encaminhamentos(self, quantos: int = MUITAS) -> None:
        """Encaminhamentos, cada um de uma unidade nova a outra."""
        for numero in range(quantos):
            cras, creas = (
                rede.unidade(f"{tipo} {numero} que encaminha", onde="3205309", tipo=tipo) for tipo in CRAS_E_CREAS
            )
            servicos.encaminhamento(familias.familia(cras), creas)

    def mais_orgaos(self) -> None:
        """Mais municípios com órgão gestor e fundo, e mais mandatos e contas nos do estado."""
        self.mais_municipios()
        for numero in range(MUITAS):
            orgaos.orgao(onde=f"32060{numero:02d}")
            fundos.fundo(onde=f"32060{numero:02d}")
            orgaos.mandato(self.gestor, desde=date(2026, 1, 1) + timedelta(days=numero))
            fundos.responsavel(self.fundo, desde=date(2026, 1, 1) + timedelta(days=numero))
            fundos.conta(self.fundo, numero=f"9000{numero}")

    def mais_lotacoes(self, numeros: range = range(1, MUITAS)) -> None:
        """Pessoas em unidades novas e no órgão gestor, com funções essenciais."""
        for numero in numeros:
            unidade = rede.unidade(f"CRAS novo {numero}", onde="3205309")
            trabalhadores.lotacao(trabalhadores.trabalhador(f"Pessoa {numero}"), unidade=unidade)
            trabalhadores.lotacao(
                trabalhadores.trabalhador(f"Gestora {numero}"),
                orgao="orgao_gestor",
                funcao="outros",
                funcao_essencial="gestao_do_trabalho",
            )

    def mais_entidades(self, numeros: range = range(1, MUITAS)) -> None:
        """Mais entidades, cada uma com oferta, parceria e pedido de inscrição, e mais de tudo isso numa delas."""
        gestora, conselho = self.feito.ator("municipal"), self.conselho
        for numero in numeros:
            em = mundo.AGORA + timedelta(minutes=numero)
            nova = entidades.entidade(por=gestora, em=em, atuacoes=("3200102",))
            entidades.pedida(nova, por=conselho, em=em)
            for uma in (nova, self.entidade):
                oferta = entidades.oferta(uma, por=gestora, em=em, nome=f"Oferta {numero}")
                entidades.parceria(uma, por=gestora, em=em, oferta=oferta, numero=str(numero))
                entidades.pedida(uma, por=conselho, em=em, qual=oferta)

    def convidar(self, email: str) -> None:
        hoje = mundo.AGORA.date()
        novo = convites.NovoConvite(
            email=email, papel=VIGILANCIA_ESTADUAL, abrangencia="32", orgao="Secretaria", desde=hoje
        )
        convites.convidar(novo=novo, por=self.por, em=mundo.AGORA, hoje=hoje)

    def endereco(self, rota: str, *argumentos: str) -> str:
        nomes = {"partilha": str(self.partilha.pk), "outra": str(self.outra.pk), "entidade": str(self.entidade.pk)}
        caminho, _, consulta = rota.partition("?")
        base = reverse(caminho, args=[argumento.format(**nomes) for argumento in argumentos])
        return f"{base}?{consulta.format(**nomes)}" if consulta else base


@pytest.fixture(scope="module")
def feito(guardado: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cenario]:
    """O cenário, criado uma vez para todas as listas."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("documentos")), django_db_blocker.unblock():
        yield Cenario()


@pytest.fixture
def cenario(feito: Cenario) -> Cenario:
    """Uma cópia: o que cada lista acrescenta se desfaz no banco e não fica nos objetos."""
    return deepcopy(feito)


#: As que a gestão estadual não vê: as pessoas são de cada município.
LISTAS_DO_MUNICIPIO = [
    (("mensais-grade", "3205309", "RMA-CREAS", "2026-10"), Cenario.mais_unidades),
    (("trabalhadores-quadro", "3205309"), Cenario.mais_lotacoes),
    (("equipes-lugar", "3205309"), Cenario.mais_lotacoes),
    (("territorio-municipio", "3205309"), Cenario.mais_lotacoes),
]
LISTAS = [
    (("partilhas-lista",), Cenario.mais_partilhas),
    (("inicio",), Cenario.mais_rascunhos),
    (("territorio-brasil",), Cenario.mais_municipios),
    (("territorio-uf", "ES"), Cenario.mais_municipios),
    (("territorio-busca?q=exemplo",), Cenario.mais_municipios),
    (("territorio-municipio", "3205309"), Cenario.mais_partilhas),
    (("territorio-municipio", "3205309"), Cenario.mais_indicadores),
    (("cobertura-brasil",), Cenario.mais_unidades),
    (("cobertura-uf", "ES"), Cenario.mais_unidades),
    (("cobertura-uf", "ES"), Cenario.mais_municipios),
    (("cobertura-municipio", "3205309"), Cenario.mais_unidades),
    (("cobertura-anos-lugar", "ES"), Cenario.mais_unidades),
    (("cobertura-servicos",), Cenario.mais_unidades),
    (("cobertura-servicos-uf", "ES"), Cenario.mais_unidades),
    (("cobertura-servicos-municipio", "3205309"), Cenario.mais_unidades),
    (("cobertura-servico", "paefi"), Cenario.mais_unidades),
    (("cobertura-servico-uf", "paefi", "ES"), Cenario.mais_unidades),
    (("rede-lista?servico=paefi",), Cenario.mais_unidades),
    (("esperas",), Cenario.mais_encaminhamentos),
    (("esperas-uf", "ES"), Cenario.mais_encaminhamentos),
    (("esperas-municipio", "3205309"), Cenario.mais_encaminhamentos),
    (("ente", "32"), Cenario.mais_orgaos),
    (("orgao", "32", "orgao_gestor"), Cenario.mais_orgaos),
    (("fundo", "32"), Cenario.mais_orgaos),
    (("fundos-quem-tem",), Cenario.mais_orgaos),
    (("fundos-quem-tem-na-uf", "ES"), Cenario.mais_orgaos),
    (("rede-lista",), Cenario.mais_unidades),
    (("mensais-lugar", "32"), Cenario.mais_unidades),
    (("mensais-lugar", "3205309"), Cenario.mais_unidades),
    (("somas-item", "3205309", "RMA-CRAS", "A.1"), Cenario.mais_unidades),
    (("somas-lugar", "3205309"), Cenario.mais_unidades),
    (("monitoramento-lugar", "32"), Cenario.mais_unidades),
    (("monitoramento-lugar", "3205309"), Cenario.mais_unidades),
    (("monitoramento-linhas", "32"), Cenario.mais_unidades),
    (("monitoramento-tendencia", "32"), Cenario.mais_unidades),
    (("entidades",), Cenario.mais_entidades),
    (("entidades?servico=scfv&situacao=sem_inscricao&onde=ES",), Cenario.mais_entidades),
    (("entidade", "{entidade}"), Cenario.mais_entidades),
    (("inscricoes",), Cenario.mais_entidades),
    (("rede-lugar", "3205309"), Cenario.mais_unidades),
    (("territorio-municipio", "3205309"), Cenario.mais_unidades),
    (("equipes-lugar", "32"), Cenario.mais_lotacoes),
    (("indicadores-lista",), Cenario.mais_indicadores),
    (("indicador-mapa", "rcl_per_capita"), Cenario.mais_municipios),
    (("indicadores-importar",), Cenario.mais_planilhas),
    (("partilha", "{partilha}"), Cenario.mais_municipios),
    (("partilha-uf", "{partilha}", "ES"), Cenario.mais_municipios),
    (("partilha-municipio", "{partilha}", "3205309"), Cenario.mais_municipios),
    (("partilha-insumos", "{partilha}"), Cenario.mais_municipios),
    (("partilha-complementares", "{partilha}"), Cenario.mais_indicadores),
    (("partilhas-comparar?a={partilha}&b={outra}",), Cenario.mais_municipios),
    (("partilha-arquivo", "{partilha}", "municipios.csv"), Cenario.mais_municipios),
    (("vinculo",), Cenario.mais_vinculos),
    (("avisos",), Cenario.mais_avisos_e_pedidos),
    (("ajuda-atender",), Cenario.mais_avisos_e_pedidos),
    (("acessos",), Cenario.mais_acessos),
    (("acesso-convites",), Cenario.mais_convites),
]


@pytest.mark.parametrize(
    "rota, mais", LISTAS, ids=lambda valor: valor[0] if isinstance(valor, tuple) else valor.__name__
)
def test_a_lista_faz_as_mesmas_consultas_com_poucas_e_com_muitas_linhas(
    rota: tuple[str, ...], mais: Callable[[Cenario], None], cenario: Cenario
) -> None:
    _confere(rota, mais, quem="estadual", cenario=cenario)


@pytest.mark.parametrize("rota, mais", LISTAS_DO_MUNICIPIO, ids=[rota[0] for rota, _ in LISTAS_DO_MUNICIPIO])
def test_a_lista_que_so_o_municipio_ve_faz_as_mesmas_consultas(
    rota: tuple[str, ...], mais: Callable[[Cenario], None], cenario: Cenario
) -> None:
    _confere(rota, mais, quem="municipal", cenario=cenario)


def _confere(rota: tuple[str, ...], mais: Callable[[Cenario], None], *, quem: str, cenario: Cenario) -> None:
    cliente = Client()
    cliente.force_login(cenario.feito.pessoas[quem])

    poucas = _consultas(cliente, cenario.endereco(*rota))
    mais(cenario)
    muitas = _consultas(cliente, cenario.endereco(*rota))

    a_mais = [consulta for consulta in muitas if muitas.count(consulta) > poucas.count(consulta)]
    assert len(muitas) <= len(poucas), f"De {len(poucas)} para {len(muitas)}. Repetidas: {sorted(set(a_mais))[:3]}"


def _consultas(cliente: Client, endereco: str) -> list[str]:
    """O SQL de uma visita, depois de outra que enche o que se guarda em memória; números viram iguais."""
    cliente.get(endereco)
    with CaptureQueriesContext(connection) as capturadas:
        resposta = cliente.get(endereco)
    assert resposta.status_code == 200
    return [consulta["sql"].split(" WHERE ")[0] for consulta in capturadas.captured_queries]
