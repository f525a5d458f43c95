"""As colunas da planilha de unidades: as do CadSUAS e as dos arquivos públicos, e como se lê cada uma."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from normas.base.documentos import ler_identificador_de_unidade
from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.colunas import CONTATO, LUGAR, da_norma, texto
from suas.cadastros.territorio.planilha import COLUNAS_DE_CODIGO
from suas.cadastros.territorio.ponto import ler_coordenada
from suas.nucleo.importacoes.registro import Coluna
from suas.nucleo.planilhas import celulas
from suas.nucleo.planilhas.celulas import Leitor
from suas.nucleo.tela.filtros import numero

TIPOS = {tipo.value: str(tipo.label) for tipo in Unidade.Tipo}
SITUACOES = {"ativa": "Em funcionamento", "inativa": "Não funciona"}
_SEM_CODIGO = tuple(nome for nome in COLUNAS_DE_CODIGO if nome not in {"nome", "codigo"})


def _coordenada(nome: str, maior: int, exemplo: str) -> Leitor:
    def ler(escrito: str) -> Decimal:
        return ler_coordenada(escrito, nome=nome, maior=maior, exemplo=exemplo)

    return da_norma(ler)


def _numero(
    codigo: str,
    nome: str,
    exemplo: str,
    *,
    de: int,
    ate: int,
    ajuda: str,
    sinonimos: tuple[str, ...] = (),
    no_modelo: bool = True,
    escrever: Callable[[Any], str] = numero,
) -> Coluna:
    return Coluna(
        codigo=codigo,
        nome=nome,
        ajuda=ajuda,
        exemplo=exemplo,
        ler=celulas.inteiro(minimo=de, maximo=ate),
        escrever=escrever,
        numero=True,
        sinonimos=sinonimos,
        no_modelo=no_modelo,
        dispensavel=codigo != "ano",
    )


TIPO = Coluna(
    codigo="tipo",
    nome="Tipo",
    ajuda="CRAS, CREAS, Centro POP... Se todas são do mesmo, escolha ao enviar e deixe a coluna de fora.",
    exemplo="CRAS",
    ler=celulas.escolha(TIPOS, sinonimos={"centro pop": "centro_pop", "creas regional": "creas_regional"}),
    escrever=lambda valor: TIPOS.get(valor, ""),
    opcoes=TIPOS,
    sinonimos=("tipo_centro", "tipo de unidade", "tipo_unidade"),
)

UNIDADES = (
    Coluna(
        codigo="identificador",
        nome="Identificador",
        ajuda="Os 11 algarismos do CadSUAS, se tem; é por ele que se acha a unidade já cadastrada.",
        exemplo="32053091234",
        ler=da_norma(ler_identificador_de_unidade),
        sinonimos=("nu_identificador", "numero_identificador", "id_cras", "id_creas", "id_centro_pop", "code_suas"),
    ),
    Coluna(
        codigo="municipio",
        nome="Município",
        ajuda="O código do IBGE, de 7 ou 6 dígitos, ou o nome, como Serra ou Serra/ES.",
        exemplo="3205309",
        ler=celulas.texto(maximo=80),
        obrigatoria=True,
        sinonimos=_SEM_CODIGO,
    ),
    TIPO,
    texto(
        "nome",
        "Nome",
        "CRAS Centro",
        maximo=150,
        ajuda="Sem nome, a unidade nova se chama pelo tipo e pelo bairro.",
        sinonimos=("nome_centro", "nome da unidade", "nome_unidade"),
        dispensavel=False,
    ),
    *LUGAR,
    Coluna(
        codigo="latitude",
        nome="Latitude",
        ajuda="Em graus, negativa ao sul.",
        exemplo="-20,3155",
        ler=_coordenada("latitude", 90, "-20,3155"),
        sinonimos=("lat",),
    ),
    Coluna(
        codigo="longitude",
        nome="Longitude",
        ajuda="Em graus, negativa a oeste.",
        exemplo="-40,3128",
        ler=_coordenada("longitude", 180, "-40,3128"),
        sinonimos=("lon", "long", "lng"),
    ),
    *CONTATO,
    _numero(
        "capacidade",
        "Capacidade",
        "5000",
        de=0,
        ate=1_000_000,
        ajuda="No CRAS, famílias referenciadas; no acolhimento, vagas; nos outros, pessoas.",
        sinonimos=("familias_referenciadas",),
    ),
    Coluna(
        codigo="implantada_em",
        nome="Data de implantação",
        ajuda="Dia, mês e ano; de mês e ano, vale o dia 1º.",
        exemplo="01/07/2007",
        ler=celulas.dia(),
        sinonimos=("data_implantacao", "data de implantacao"),
        dispensavel=True,
    ),
    Coluna(
        codigo="aberta_em",
        nome="Funciona desde",
        ajuda="Dia, mês e ano.",
        exemplo="01/07/2007",
        ler=celulas.dia(),
        sinonimos=("data_abertura", "data de abertura"),
        dispensavel=True,
    ),
    _numero(
        "ano_implantacao",
        "Ano de implantação",
        "2007",
        de=1900,
        ate=2100,
        ajuda="No lugar da data, se a planilha separa o ano do mês.",
        no_modelo=False,
        escrever=str,
    ),
    _numero(
        "mes_implantacao",
        "Mês de implantação",
        "7",
        de=1,
        ate=12,
        ajuda="Com o ano; sem o mês, vale janeiro.",
        no_modelo=False,
    ),
    Coluna(
        codigo="situacao",
        nome="Situação",
        ajuda="Só entra por planilha a unidade que funciona.",
        exemplo="Em funcionamento",
        ler=celulas.escolha(
            SITUACOES,
            sinonimos={
                "implantação iniciada": "ativa",
                "implantação não iniciada": "inativa",
                "ativo": "ativa",
                "inativo": "inativa",
                "desativada": "inativa",
            },
        ),
        escrever=lambda valor: SITUACOES.get(valor, ""),
        no_modelo=False,
    ),
    _numero("ano", "Ano dos dados", "2021", de=1990, ate=2100, ajuda="O ano da linha.", no_modelo=False, escrever=str),
    _numero(
        "dias_por_semana",
        "Dias por semana",
        "5",
        de=1,
        ate=7,
        ajuda="De 1 a 7.",
        sinonimos=("dias_atendimento_semana", "dias_semana"),
    ),
    _numero(
        "horas_por_dia",
        "Horas por dia",
        "8",
        de=1,
        ate=24,
        ajuda="De 1 a 24.",
        sinonimos=("horas_atendimento_dia", "horas_dia"),
    ),
)
