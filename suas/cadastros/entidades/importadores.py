"""As planilhas de entidades: a do órgão gestor, com as fichas, e a do conselho, com as inscrições que já tinha dado."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from normas.base.documentos import cnpj_com_pontos
from suas.cadastros.entidades.acoes import cadastro, inscricao
from suas.cadastros.entidades.acoes.cadastro import Ficha
from suas.cadastros.entidades.models import Entidade, Inscricao
from suas.cadastros.entidades.na_planilha import CNPJ
from suas.cadastros.territorio.colunas import CONTATO, LUGAR, dia, falta_do_cep, texto
from suas.cadastros.territorio.planilha import COLUNAS_DE_CODIGO, Codigos
from suas.nucleo.importacoes.registro import AplicacaoRecusada, Coluna, Falta, Importador, Linha, Lote, Pedido
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.planilhas import celulas
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela.filtros import numero as com_milhar

NATUREZAS = {natureza.value: str(natureza.label).capitalize() for natureza in Entidade.Natureza}
AREAS = {area.value: str(area.label).capitalize() for area in Entidade.Area}
FAZ = ("atende", "assessora", "defende")
DA_FICHA = {campo.name for campo in fields(Ficha)} - {"atuacoes"}
VIVAS = (Inscricao.Estado.EM_ANDAMENTO, Inscricao.Estado.INSCRITA)
DA_INSCRICAO = ("decidida_em", "resolucao", "valida_ate")


@dataclass(frozen=True, kw_only=True)
class _Conjunto:
    """O que a conferência consulta, lido de uma vez."""

    municipio: str
    hoje: date
    codigos: Codigos
    entidades: Mapping[str, Entidade]
    inscricoes: Mapping[int, Inscricao]
    vivas: Mapping[Any, Inscricao]
    vistas: dict[str, int]


def _preparar(pedido: Pedido) -> _Conjunto:
    onde = pedido.abrangencia
    do_conselho = list(Inscricao.objects.filter(municipio_id=onde).select_related("entidade"))
    return _Conjunto(
        municipio=onde,
        hoje=timezone.localtime(pedido.em).date(),
        codigos=Codigos(ano=pedido.em.year, abrangencia=onde),
        # o CNPJ é um só no país: procura-se em todas
        entidades={entidade.cnpj: entidade for entidade in Entidade.objects.all()},
        inscricoes={feita.numero: feita for feita in do_conselho if feita.numero is not None},
        vivas={feita.entidade_id: feita for feita in do_conselho if feita.oferta_id is None and feita.estado in VIVAS},
        vistas={},
    )


def _de_outro(linha: Linha, conjunto: _Conjunto) -> bool:
    """A linha é de outro município, e não se lê."""
    escrito = linha.get("municipio")
    codigo = conjunto.codigos.codigo_de(escrito) if escrito else conjunto.municipio
    return codigo != conjunto.municipio and not conjunto.codigos.erro_de_existencia(codigo)


def _gravada(linha: Linha, conjunto: _Conjunto) -> Entidade | None:
    return conjunto.entidades.get(linha["cnpj"])


def _rotulo(linha: Linha, conjunto: _Conjunto) -> str:
    gravada = _gravada(linha, conjunto)
    nome = linha.get("nome_fantasia") or linha.get("razao_social") or (gravada and gravada.nome)
    return str(nome or cnpj_com_pontos(linha["cnpj"]))


def _da_entidade(linha: Linha, conjunto: _Conjunto) -> Iterable[Falta]:
    """O município que não se entendeu, e o que falta para cadastrar a entidade nova."""
    if linha.get("municipio"):
        codigo = conjunto.codigos.codigo_de(linha["municipio"])
        if erro := conjunto.codigos.erro_de_existencia(codigo):
            yield Falta(coluna="municipio", mensagem=erro)
    gravada = _gravada(linha, conjunto)
    if gravada is not None:
        return
    if not linha.get("razao_social"):
        yield Falta(coluna="razao_social", mensagem="falta a razão social, como está no CNPJ. Escreva-a.")
    if not linha.get("natureza_juridica"):
        yield Falta(coluna="natureza_juridica", mensagem="falta a natureza jurídica, como está no estatuto. Escreva-a.")
    if not any(linha.get(nome) for nome in FAZ):
        yield Falta(
            coluna="atende",
            mensagem="diga o que a entidade faz: escreva “sim” em atendimento, assessoramento ou defesa de direitos.",
        )


def _conferir_ficha(linha: Linha, conjunto: _Conjunto) -> Iterable[Falta]:
    yield from _da_entidade(linha, conjunto)
    yield from falta_do_cep(linha, conjunto.municipio)
    gravada = _gravada(linha, conjunto)
    if gravada is None:
        return
    if gravada.municipio_id != conjunto.municipio:
        onde = conjunto.codigos.lugar(gravada.municipio_id)
        yield Falta(
            coluna="cnpj",
            mensagem=f"este CNPJ já tem cadastro: {gravada.nome}, com sede em {onde}. Deixe a linha de fora.",
        )
    elif not any(linha.get(nome, getattr(gravada, nome)) for nome in FAZ):
        yield Falta(coluna="atende", mensagem=f"{gravada.nome} ficaria sem nada que faz. Deixe ao menos um “sim”.")


def _atual_da_ficha(linha: Linha, conjunto: _Conjunto) -> Mapping[str, Any] | None:
    gravada = _gravada(linha, conjunto)
    if gravada is None:
        return None
    return {nome: getattr(gravada, nome) if nome in DA_FICHA else linha[nome] for nome in linha.valores}


def _ficha(linha: Linha, gravada: Entidade | None) -> Ficha:
    """A ficha inteira: o que a linha diz e, do que ela não diz, o que já está gravado."""
    ditos = {nome: valor for nome, valor in linha.valores.items() if nome in DA_FICHA}
    if gravada is None:
        return Ficha(**ditos)
    gravados = {nome: getattr(gravada, nome) for nome in DA_FICHA}
    outros = tuple(gravada.atuacoes.values_list("municipio_id", flat=True))
    return Ficha(**gravados | ditos, atuacoes=outros)


def _cadastrar(linha: Linha, conjunto: _Conjunto, *, por: Ator, em: datetime) -> Entidade:
    return cadastro.cadastrar(ficha=_ficha(linha, None), municipio=conjunto.municipio, por=por, em=em)


def _aplicar_fichas(lote: Lote, *, por: Ator, em: datetime) -> None:
    conjunto: _Conjunto = lote.conjunto
    for linha in lote.linhas:
        gravada = _gravada(linha, conjunto)
        try:
            if gravada is None:
                _cadastrar(linha, conjunto, por=por, em=em)
            else:
                ficha = _ficha(linha, gravada)
                cadastro.atualizar(entidade=gravada, ficha=ficha, versao=gravada.versao, por=por, em=em)
        except AtoRecusado as recusa:
            raise AplicacaoRecusada(f"Linha {linha.numero}: {recusa}") from recusa


def _conferir_inscricao(linha: Linha, conjunto: _Conjunto) -> Iterable[Falta]:
    yield from _da_entidade(linha, conjunto)
    if linha["decidida_em"] > conjunto.hoje:
        yield Falta(coluna="decidida_em", mensagem="o dia da decisão ainda não chegou. Confira com a resolução.")
    if (primeira := conjunto.vistas.setdefault(linha["cnpj"], linha.numero)) != linha.numero:
        yield Falta(coluna="cnpj", mensagem=f"a entidade já está na linha {primeira}. Deixe uma das duas de fora.")
    feita = conjunto.inscricoes.get(linha["numero"])
    if feita is None:
        gravada = _gravada(linha, conjunto)
        if gravada is not None and (viva := conjunto.vivas.get(gravada.pk)) is not None:
            qual = f"a nº {viva.numero}" if viva.numero else "uma em andamento"
            yield Falta(coluna="cnpj", mensagem=f"{gravada.nome} já tem inscrição, {qual}. Deixe a linha de fora.")
        if gravada is not None and gravada.municipio_id != conjunto.municipio:
            yield Falta(
                coluna="cnpj",
                mensagem=f"{gravada.nome} tem sede em {conjunto.codigos.lugar(gravada.municipio_id)}: a inscrição dela "
                "é no conselho de lá. Deixe a linha de fora.",
            )
        return
    if feita.entidade.cnpj != linha["cnpj"]:
        yield Falta(
            coluna="numero",
            mensagem=f"o número {feita.numero} já é de {feita.entidade.nome}. Número de inscrição não se repete.",
        )
        return
    for nome in DA_INSCRICAO:
        if nome in linha.valores and getattr(feita, nome) != linha[nome]:
            yield Falta(
                coluna=nome,
                mensagem=f"a inscrição nº {feita.numero} já está registrada, e isto não é o que está nela. O que o "
                "conselho registrou não muda por planilha: confira, e apague a célula ou deixe a linha de fora.",
            )


def _atual_da_inscricao(linha: Linha, conjunto: _Conjunto) -> Mapping[str, Any] | None:
    return linha.valores if linha["numero"] in conjunto.inscricoes else None


def _aplicar_inscricoes(lote: Lote, *, por: Ator, em: datetime) -> None:
    conjunto: _Conjunto = lote.conjunto
    entidades = dict(conjunto.entidades)
    for linha in lote.linhas:
        ditos = {nome: linha.valores[nome] for nome in DA_INSCRICAO if nome in linha.valores}
        try:
            entidade = entidades.get(linha["cnpj"]) or _cadastrar(linha, conjunto, por=por, em=em)
            entidades[linha["cnpj"]] = entidade
            inscricao.registrar_anterior(
                entidade=entidade,
                oferta=None,
                anterior=inscricao.Anterior(numero=linha["numero"], **ditos),
                por=por,
                em=em,
                hoje=conjunto.hoje,
            )
        except AtoRecusado as recusa:
            raise AplicacaoRecusada(f"Linha {linha.numero}: {recusa}") from recusa


def _sim(codigo: str, nome: str, ajuda: str, *sinonimos: str) -> Coluna:
    return Coluna(codigo=codigo, nome=nome, ajuda=ajuda, exemplo="sim", ler=celulas.sim_ou_nao(), sinonimos=sinonimos)


def _escolha(codigo: str, nome: str, ajuda: str, opcoes: Mapping[str, str]) -> Coluna:
    return Coluna(
        codigo=codigo,
        nome=nome,
        ajuda=ajuda,
        exemplo=next(iter(opcoes.values())),
        ler=celulas.escolha(opcoes),
        escrever=lambda valor: opcoes.get(valor, ""),
    )


IDENTIDADE = (
    CNPJ,
    texto(
        "razao_social",
        "Razão social",
        "Associação do Exemplo",
        maximo=200,
        ajuda="Como está no CNPJ; precisa vir para a entidade nova.",
        sinonimos=("entidade", "nome"),
        dispensavel=False,
    ),
    texto("nome_fantasia", "Nome pelo qual é conhecida", "Casa do Exemplo", maximo=200, sinonimos=("nome fantasia",)),
    Coluna(
        codigo="municipio",
        nome="Município",
        ajuda="O da sede. As linhas de outros municípios não se leem; sem a coluna, é o seu.",
        exemplo="3205309",
        ler=celulas.texto(maximo=80),
        sinonimos=tuple(nome for nome in COLUNAS_DE_CODIGO if nome not in {"nome", "codigo"}),
    ),
    _escolha("natureza_juridica", "Natureza jurídica", "Como está no estatuto.", NATUREZAS),
    _escolha("area_preponderante", "Área principal", "Se não é a assistência social, qual é.", AREAS),
    _sim("atende", "Atendimento", "Sim ou não: oferta serviços, programas, projetos ou benefícios.", "de atendimento"),
    _sim("assessora", "Assessoramento", "Sim ou não: fortalece movimentos e organizações.", "de assessoramento"),
    _sim("defende", "Defesa e garantia de direitos", "Sim ou não.", "defesa de direitos"),
)
_COMUM: dict[str, Any] = {
    "le": ("entidades.entidade", "entidades.inscricao", "territorio.municipio"),
    "so_do_municipio": True,
    "preparar": _preparar,
    "de_lado": _de_outro,
    "outras": ("de outro município", "de outros municípios"),
    "territorio": lambda linha, conjunto: conjunto.municipio,
    "rotulo": _rotulo,
    "destino": ("entidades", "Ver as entidades"),
}

ENTIDADES = Importador(
    codigo="entidades",
    nome="Entidades",
    resumo="As fichas das entidades com sede no município, com o que fazem, endereço e contato.",
    permissao=Permissao.ENTIDADE_ATUALIZAR,
    colunas=(*IDENTIDADE, *LUGAR, *CONTATO),
    chave=lambda linha, conjunto: linha["cnpj"],
    conferir=_conferir_ficha,
    atual=_atual_da_ficha,
    aplicar=_aplicar_fichas,
    **_COMUM,
)

INSCRICOES = Importador(
    codigo="inscricoes",
    nome="Inscrições no conselho",
    resumo="As inscrições de entidades que o conselho já tinha dado, com o número de cada uma. O número não se repete.",
    permissao=Permissao.ENTIDADE_INSCREVER,
    colunas=(
        Coluna(
            codigo="numero",
            nome="Número da inscrição",
            ajuda="O que o conselho deu, só os algarismos.",
            exemplo="12",
            ler=celulas.inteiro(minimo=1, maximo=999_999),
            escrever=com_milhar,
            obrigatoria=True,
            sinonimos=("inscricao", "nº", "nº da inscrição", "numero da inscricao no cmas"),
        ),
        Coluna(
            codigo="decidida_em",
            nome="Data da decisão",
            ajuda="O dia da plenária que a deferiu.",
            exemplo="12/03/2015",
            ler=celulas.dia(),
            obrigatoria=True,
            sinonimos=("data da inscricao", "data"),
        ),
        texto("resolucao", "Resolução", "Resolução CMAS nº 5/2015", maximo=120, sinonimos=("resolucao do conselho",)),
        dia("valida_ate", "Válida até", ajuda="Só se a resolução o diz.", sinonimos=("validade",)),
        *IDENTIDADE,
    ),
    chave=lambda linha, conjunto: linha["numero"],
    conferir=_conferir_inscricao,
    atual=_atual_da_inscricao,
    aplicar=_aplicar_inscricoes,
    **_COMUM,
)
