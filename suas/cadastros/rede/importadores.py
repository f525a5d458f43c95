"""A planilha de unidades: as colunas do CadSUAS e as dos arquivos públicos de unidades."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from normas.base.documentos import ler_cep, ler_identificador_de_unidade, ler_telefone
from suas.cadastros.rede.acoes import importacao
from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.cadastros.territorio.planilha import COLUNAS_DE_CODIGO, Codigos
from suas.cadastros.territorio.ponto import ler_coordenada
from suas.nucleo.importacoes.registro import CelulaRecusada, Coluna, Falta, Importador, Linha, Lote, Pedido
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.planilhas import celulas
from suas.nucleo.planilhas.celulas import Jeito, Leitor
from suas.nucleo.tela.filtros import numero

TIPOS = {tipo.value: str(tipo.label) for tipo in Unidade.Tipo}
LOCALIZACOES = {local.value: str(local.label) for local in Unidade.Localizacao}
_SEM_CODIGO = tuple(nome for nome in COLUNAS_DE_CODIGO if nome not in {"nome", "codigo"})
Chave = tuple[str, ...]


def _da_norma(ler: Callable[[str], Any]) -> Leitor:
    """O leitor da norma como leitor de célula."""

    def leitor(escrito: str, jeito: Jeito) -> Any:
        try:
            return ler(escrito)
        except ValueError as erro:
            raise CelulaRecusada(str(erro)) from erro

    return leitor


def _cep(escrito: str) -> str:
    """O CEP, também o de cinco algarismos, de antes de 1992, e o que perdeu o zero do começo numa planilha."""
    limpo = escrito.replace("-", "").replace(".", "")
    if limpo.isdigit():
        limpo = {5: f"{limpo}000", 7: f"0{limpo}"}.get(len(limpo), limpo)
    return ler_cep(limpo)


def _coordenada(nome: str, maior: int, exemplo: str) -> Leitor:
    def ler(escrito: str) -> Decimal:
        return ler_coordenada(escrito, nome=nome, maior=maior, exemplo=exemplo)

    return _da_norma(ler)


@dataclass(frozen=True, kw_only=True)
class _Conjunto:
    """O que a conferência consulta, lido de uma vez."""

    codigos: Codigos
    por_identificador: Mapping[str, Unidade]
    por_nome: Mapping[Chave, Unidade]
    tipo: str
    fonte: str


def _preparar(pedido: Pedido) -> _Conjunto:
    # o identificador é único no país: procura-se em todas; o nome, só nas do território
    unidades = list(Unidade.objects.filter(fundida_em__isnull=True).order_by("pk"))
    return _Conjunto(
        codigos=Codigos(ano=pedido.em.year, abrangencia=pedido.abrangencia),
        por_identificador={u.identificador: u for u in unidades if u.identificador},
        por_nome={_chave_de(u.municipio_id, u.tipo, u.nome, u.bairro, u.logradouro): u for u in unidades},
        tipo=pedido.respostas.get("tipo") or "",
        fonte=pedido.respostas["fonte"],
    )


def _chave_de(municipio: str, tipo: str, nome: str, bairro: str, logradouro: str) -> Chave:
    return (municipio, tipo, *map(nome_de_busca, (nome, bairro, logradouro)))


def _codigo(linha: Linha, conjunto: _Conjunto) -> str:
    return conjunto.codigos.codigo_de(linha["municipio"])


def _tipo(linha: Linha, conjunto: _Conjunto) -> str:
    return str(linha.get("tipo") or conjunto.tipo)


def _nome(linha: Linha, conjunto: _Conjunto) -> str:
    """O nome da linha ou, se ela não o traz, o tipo com o bairro: “CRAS Centro”."""
    dito = linha.get("nome")
    sem_nome = (
        f"{TIPOS.get(_tipo(linha, conjunto), 'Unidade')} {linha.get('bairro') or linha.get('identificador') or ''}"
    )
    return str(dito or sem_nome.strip())


def _chave(linha: Linha, conjunto: _Conjunto) -> Chave:
    if identificador := linha.get("identificador"):
        return (identificador,)
    onde = (linha.get("bairro", ""), linha.get("logradouro", ""))
    return _chave_de(_codigo(linha, conjunto), _tipo(linha, conjunto), _nome(linha, conjunto), *onde)


def _gravada(linha: Linha, conjunto: _Conjunto) -> Unidade | None:
    chave = _chave(linha, conjunto)
    return conjunto.por_identificador.get(chave[0]) if len(chave) == 1 else conjunto.por_nome.get(chave)


def _conferir(linha: Linha, conjunto: _Conjunto) -> Iterable[Falta]:
    codigo = _codigo(linha, conjunto)
    if erro := conjunto.codigos.erro_de_existencia(codigo):
        yield Falta(coluna="municipio", mensagem=erro)
        return
    if not _tipo(linha, conjunto):
        yield Falta(
            coluna="tipo", mensagem="falta o tipo da unidade. Escreva na coluna, ou escolha um para o arquivo todo."
        )
    gravada = _gravada(linha, conjunto)
    if gravada is not None and gravada.municipio_id != codigo:
        onde = conjunto.codigos.lugar(gravada.municipio_id)
        yield Falta(
            coluna="identificador",
            mensagem=f"{linha['identificador']} já é de {gravada.nome}, em {onde}. Confira o número ou o município.",
        )
    if ("latitude" in linha.valores) != ("longitude" in linha.valores):
        falta = "longitude" if "latitude" in linha.valores else "latitude"
        yield Falta(coluna=falta, mensagem="falta uma das coordenadas. Escreva as duas, ou deixe as duas em branco.")


def _atual(linha: Linha, conjunto: _Conjunto) -> Mapping[str, Any] | None:
    gravada = _gravada(linha, conjunto)
    if gravada is None:
        return None
    return {nome: getattr(gravada, nome) for nome in linha.valores} | {"municipio": linha["municipio"]}


def _aplicar(lote: Lote, *, por: Ator, em: Any) -> None:
    novas: list[dict[str, Any]] = []
    mudadas: dict[Any, dict[str, Any]] = {}
    for linha in lote.linhas:
        campos = {nome: valor for nome, valor in linha.valores.items() if nome != "municipio"}
        gravada = _gravada(linha, lote.conjunto)
        if gravada is not None:
            mudadas[gravada.pk] = campos
            continue
        de_nova = {"tipo": _tipo(linha, lote.conjunto), "nome": _nome(linha, lote.conjunto)}
        novas.append(campos | de_nova | {"municipio_id": _codigo(linha, lote.conjunto)})
    importacao.gravar(
        novas=novas,
        mudadas=mudadas,
        fonte=lote.conjunto.fonte,
        motivo=f"Planilha {lote.arquivo}",
        por=por,
        em=em,
    )


def _texto(
    codigo: str, nome: str, exemplo: str, *, maximo: int, ajuda: str = "", sinonimos: tuple[str, ...] = ()
) -> Coluna:
    return Coluna(
        codigo=codigo,
        nome=nome,
        ajuda=ajuda or "Como está no cadastro.",
        exemplo=exemplo,
        ler=celulas.texto(maximo=maximo),
        sinonimos=sinonimos,
    )


def _numero(
    codigo: str, nome: str, exemplo: str, *, de: int, ate: int, ajuda: str, sinonimos: tuple[str, ...] = ()
) -> Coluna:
    return Coluna(
        codigo=codigo,
        nome=nome,
        ajuda=ajuda,
        exemplo=exemplo,
        ler=celulas.inteiro(minimo=de, maximo=ate),
        escrever=numero,
        numero=True,
        sinonimos=sinonimos,
    )


_COLUNA_DO_TIPO = Coluna(
    codigo="tipo",
    nome="Tipo",
    ajuda="CRAS, CREAS, Centro POP... Se todas são do mesmo, escolha ao enviar e deixe a coluna de fora.",
    exemplo="CRAS",
    ler=celulas.escolha(TIPOS, sinonimos={"centro pop": "centro_pop", "creas regional": "creas_regional"}),
    escrever=lambda valor: TIPOS.get(valor, ""),
    opcoes=TIPOS,
    sinonimos=("tipo_centro", "tipo de unidade", "tipo_unidade"),
)

UNIDADES = Importador(
    codigo="unidades",
    nome="Unidades da rede",
    resumo="CRAS, CREAS, Centros POP e as outras, com endereço, telefone e capacidade. Outra pessoa aprova.",
    permissao=Permissao.REDE_ATUALIZAR,
    aprova=Permissao.REDE_APROVAR,
    perguntas=(
        _COLUNA_DO_TIPO,
        Coluna(
            codigo="fonte",
            nome="Fonte",
            ajuda="De onde vem a lista, como “CadSUAS, novembro de 2026”.",
            exemplo="CadSUAS, novembro de 2026",
            ler=celulas.texto(maximo=200),
            obrigatoria=True,
        ),
    ),
    colunas=(
        Coluna(
            codigo="identificador",
            nome="Identificador",
            ajuda="Os 11 algarismos do CadSUAS, se tem; é por ele que se acha a unidade já cadastrada.",
            exemplo="32053091234",
            ler=_da_norma(ler_identificador_de_unidade),
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
        _COLUNA_DO_TIPO,
        _texto(
            "nome",
            "Nome",
            "CRAS Centro",
            maximo=150,
            ajuda="Sem nome, a unidade nova se chama pelo tipo e pelo bairro.",
            sinonimos=("nome_centro", "nome da unidade", "nome_unidade"),
        ),
        _texto("tipo_logradouro", "Tipo de logradouro", "Rua", maximo=30),
        _texto("logradouro", "Logradouro", "das Flores", maximo=200, sinonimos=("endereco", "rua")),
        _texto("numero", "Número", "12", maximo=20),
        _texto("complemento", "Complemento", "sala 2", maximo=100),
        _texto("bairro", "Bairro", "Centro", maximo=100),
        _texto("ponto_de_referencia", "Ponto de referência", "Em frente à praça", maximo=200),
        Coluna(codigo="cep", nome="CEP", ajuda="Com ou sem traço.", exemplo="29010-000", ler=_da_norma(_cep)),
        Coluna(
            codigo="localizacao",
            nome="Localização",
            ajuda="Urbana ou rural.",
            exemplo="urbana",
            ler=celulas.escolha(
                LOCALIZACOES,
                sinonimos={
                    "u": "urbana",
                    "r": "rural",
                    "área urbana": "urbana",
                    "área rural": "rural",
                    "urbano": "urbana",
                },
            ),
            sinonimos=("rural_urbano", "localizacao urbana ou rural"),
        ),
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
        Coluna(
            codigo="telefone",
            nome="Telefone",
            ajuda="Um, com DDD.",
            exemplo="(27) 3000-0000",
            ler=_da_norma(ler_telefone),
        ),
        _texto("email", "E-mail", "cras@exemplo.es.gov.br", maximo=254, sinonimos=("email",)),
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
        ),
        Coluna(
            codigo="aberta_em",
            nome="Funciona desde",
            ajuda="Dia, mês e ano.",
            exemplo="01/07/2007",
            ler=celulas.dia(),
            sinonimos=("data_abertura", "data de abertura"),
        ),
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
    ),
    preparar=_preparar,
    territorio=_codigo,
    rotulo=_nome,
    chave=_chave,
    conferir=_conferir,
    atual=_atual,
    aplicar=_aplicar,
    destino=("rede-lista", "Ver as unidades"),
)
