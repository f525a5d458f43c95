"""A planilha do que as entidades ofertam: uma linha por oferta de uma entidade que já está no cadastro."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from normas.rede.tipificacao import nomes_dos_servicos
from suas.cadastros.entidades import na_planilha
from suas.cadastros.entidades.acoes import ofertas
from suas.cadastros.entidades.consultas.ofertas import servicos
from suas.cadastros.entidades.models import Oferta
from suas.cadastros.territorio.colunas import dia, texto
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.cadastros.territorio.planilha import COLUNAS_DE_CODIGO
from suas.nucleo.importacoes.registro import AplicacaoRecusada, Coluna, Falta, Importador, Linha, Lote, Pedido
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.planilhas import celulas
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela.filtros import numero

SERVICOS = nomes_dos_servicos()
TIPOS = {tipo.value: str(tipo.label).capitalize() for tipo in Oferta.Tipo}
#: Como as pessoas chamam, nas planilhas, os serviços que uma entidade pode ofertar.
SINONIMOS = {
    "SCFV": "scfv",
    "Convivência e Fortalecimento de Vínculos": "scfv",
    "PSB no Domicílio": "psb_domicilio",
    "Abordagem Social": "abordagem_social",
    "Acolhimento Institucional": "acolhimento_institucional",
    "República": "acolhimento_republica",
    "Família Acolhedora": "acolhimento_familia",
}
#: O que a linha diz de uma oferta, além de como se chama, quem a faz, onde e até quando.
DITOS = ("tipo", "servico", "publico", "capacidade", "atendidos", "dias_e_horas", "lugar", "gratuita", "desde")
#: A coluna do nome não se chama “nome”: nas planilhas das pessoas, esse é o da entidade.
NOME = "nome_da_oferta"


@dataclass(frozen=True, kw_only=True)
class _Conjunto:
    """O que a conferência consulta, lido de uma vez."""

    entidades: na_planilha.Entidades
    por_nome: Mapping[tuple[UUID, str, str], Sequence[Oferta]]
    por_servico: Mapping[tuple[UUID, str, str], Sequence[Oferta]]
    servicos: frozenset[str]


def _preparar(pedido: Pedido) -> _Conjunto:
    entidades = na_planilha.ler(pedido)
    por_nome: dict[tuple[UUID, str, str], list[Oferta]] = defaultdict(list)
    por_servico: dict[tuple[UUID, str, str], list[Oferta]] = defaultdict(list)
    gravadas = Oferta.objects.filter(entidade__municipio_id=pedido.abrangencia).select_related("entidade__municipio")
    for oferta in gravadas.order_by("-ate", "pk"):
        por_nome[oferta.entidade_id, oferta.municipio_id, nome_de_busca(oferta.nome)].append(oferta)
        if oferta.servico:
            por_servico[oferta.entidade_id, oferta.municipio_id, oferta.servico].append(oferta)
    return _Conjunto(
        entidades=entidades,
        por_nome=por_nome,
        por_servico=por_servico,
        servicos=frozenset(codigo for codigo, _ in servicos(em=entidades.hoje)),
    )


def _codigo(linha: Linha, conjunto: _Conjunto) -> str:
    """O município em que se oferta; sem a coluna, o da sede."""
    escrito = linha.get("municipio")
    return conjunto.entidades.codigos.codigo_de(escrito) if escrito else conjunto.entidades.municipio


def _de_outro(linha: Linha, conjunto: _Conjunto) -> bool:
    """Oferta-se noutro município, e a entidade não tem sede aqui: não se lê."""
    codigo = _codigo(linha, conjunto)
    de_la = codigo != conjunto.entidades.municipio and not conjunto.entidades.codigos.erro_de_existencia(codigo)
    return de_la and conjunto.entidades.achar(linha) is None


def _nome(linha: Linha) -> str:
    """Como a entidade a chama; sem nome, o do serviço da Tipificação."""
    return str(linha.get(NOME) or SERVICOS.get(linha.get("servico", ""), ""))


def _mesmo_tempo(linha: Linha, oferta: Oferta) -> bool:
    """O período da linha e o da oferta se cruzam? O que não se diz não separa."""
    comeca_depois = oferta.ate is not None and linha.get("desde") is not None and linha["desde"] >= oferta.ate
    acaba_antes = oferta.desde is not None and linha.get("ate") is not None and linha["ate"] <= oferta.desde
    return not (comeca_depois or acaba_antes)


def _possiveis(linha: Linha, conjunto: _Conjunto) -> list[Oferta]:
    """As gravadas de que a linha pode falar: pelo nome ou, sem ele, pelo serviço; entre elas, as do mesmo período."""
    entidade = conjunto.entidades.achar(linha)
    if entidade is None:
        return []
    codigo, servico = _codigo(linha, conjunto), linha.get("servico", "")
    iguais = conjunto.por_nome.get((entidade.pk, codigo, nome_de_busca(_nome(linha))), ())
    if not iguais and not linha.get(NOME):
        iguais = conjunto.por_servico.get((entidade.pk, codigo, servico), ())
    iguais = [oferta for oferta in iguais if _mesmo_tempo(linha, oferta)]
    for campo in ("ate", "desde"):
        if linha.get(campo) is not None:
            iguais = [oferta for oferta in iguais if getattr(oferta, campo) == linha[campo]] or iguais
    vivas = [oferta for oferta in iguais if oferta.ate is None]
    vivas = [oferta for oferta in vivas if servico and oferta.servico == servico] or vivas
    return vivas or iguais[:1]


def _gravada(linha: Linha, conjunto: _Conjunto) -> Oferta | None:
    return next(iter(_possiveis(linha, conjunto)), None)


def _dados(linha: Linha, conjunto: _Conjunto, gravada: Oferta | None) -> ofertas.DadosDaOferta:
    """O que fica: o que a linha diz e, do que ela não diz, o que está gravado."""
    ditos = {nome: linha[nome] for nome in DITOS if nome in linha.valores}
    if gravada is None:
        padrao = {"tipo": Oferta.Tipo.SERVICO.value}
    else:
        padrao = {nome: getattr(gravada, nome) for nome in DITOS}
    nome = _nome(linha) if gravada is None else linha.get(NOME, gravada.nome)
    return ofertas.DadosDaOferta(municipio=_codigo(linha, conjunto), nome=nome, **padrao | ditos)


def _da_linha(linha: Linha, conjunto: _Conjunto) -> Iterable[Falta]:
    """O que a linha diz e não se entende, ou não diz e precisa, sem olhar o que está gravado."""
    yield from conjunto.entidades.faltas(linha)
    if linha.get("municipio") and (erro := conjunto.entidades.codigos.erro_de_existencia(_codigo(linha, conjunto))):
        yield Falta(coluna="municipio", mensagem=erro)
    if (servico := linha.get("servico")) and servico not in conjunto.servicos:
        yield Falta(
            coluna="servico",
            mensagem=f"{SERVICOS[servico]} não é serviço que uma entidade oferte: só a unidade pública. Escreva outro, "
            "ou deixe em branco.",
        )
    if not _nome(linha):
        yield Falta(
            coluna=NOME, mensagem="falta o nome da oferta, como a entidade a chama, ou o serviço da Tipificação."
        )


def _conferir(linha: Linha, conjunto: _Conjunto) -> Iterable[Falta]:
    faltas = list(_da_linha(linha, conjunto))
    possiveis = _possiveis(linha, conjunto)
    if faltas or len(possiveis) > 1:
        yield from faltas or [_qual(linha, conjunto, possiveis)]
        return
    gravada = next(iter(possiveis), None)
    if gravada is None and not (linha.get("tipo") or linha.get("servico")):
        yield Falta(coluna="tipo", mensagem=f"falta o que se oferta. Escreva um destes: {'; '.join(TIPOS.values())}.")
        return
    dados = _dados(linha, conjunto, gravada)
    if dados.servico and dados.tipo != Oferta.Tipo.SERVICO:
        yield Falta(
            coluna="tipo" if linha.get("tipo") else "servico",
            mensagem=f"{SERVICOS.get(dados.servico, dados.servico)} está na Tipificação e é serviço, e não "
            f"{TIPOS[dados.tipo].lower()}. Escreva “serviço” no que é, ou mude a oferta na ficha da entidade.",
        )
    yield from _do_fim(linha, dados, gravada)


def _qual(linha: Linha, conjunto: _Conjunto, possiveis: Sequence[Oferta]) -> Falta:
    """Por que não se sabe de que oferta gravada a linha fala."""
    onde, quem = conjunto.entidades.codigos.lugar(_codigo(linha, conjunto)), conjunto.entidades.nome(linha)
    if linha.get(NOME):
        como = "com este nome. Mude-a na ficha da entidade"
    else:
        como = f"deste serviço: {'; '.join(sorted(oferta.nome for oferta in possiveis))}. Escreva o nome da que é"
    return Falta(coluna=NOME, mensagem=f"{quem} tem {len(possiveis)} ofertas em {onde} {como}.")


def _do_fim(linha: Linha, dados: ofertas.DadosDaOferta, gravada: Oferta | None) -> Iterable[Falta]:
    """O fim que não combina com o começo, ou com o fim que já está gravado."""
    acabou = gravada.ate if gravada is not None else None
    ate = linha.get("ate", acabou)
    if acabou is not None and ate != acabou:
        yield Falta(
            coluna="ate",
            mensagem=f"esta oferta já se encerrou em {acabou:%d/%m/%Y}. Escreva esse dia, ou deixe em branco.",
        )
    elif ate is not None and dados.desde is not None and ate < dados.desde:
        yield Falta(
            coluna="ate" if "ate" in linha.valores else "desde",
            mensagem=f"começa em {dados.desde:%d/%m/%Y} e acaba antes, em {ate:%d/%m/%Y}. Confira os dois dias.",
        )


def _atual(linha: Linha, conjunto: _Conjunto) -> Mapping[str, Any] | None:
    gravada = _gravada(linha, conjunto)
    if gravada is None:
        return None
    # o que diz de quem é a oferta e onde é igual por definição
    ditas = {nome: linha.get(nome) for nome in ("cnpj", "municipio")}
    return ditas | {NOME: gravada.nome} | {nome: getattr(gravada, nome) for nome in (*DITOS, "ate")}


def _chave(linha: Linha, conjunto: _Conjunto) -> Any:
    gravada = _gravada(linha, conjunto)
    if gravada is not None:
        return gravada.pk
    return linha["cnpj"], _codigo(linha, conjunto), nome_de_busca(_nome(linha)), linha.get("ate")


def _aplicar(lote: Lote, *, por: Ator, em: datetime) -> None:
    for linha in lote.linhas:
        entidade, gravada = lote.conjunto.entidades.achar(linha), _gravada(linha, lote.conjunto)
        if entidade is None:
            raise AplicacaoRecusada(f"Linha {linha.numero}: a entidade já não está no cadastro. Confira de novo.")
        dados = _dados(linha, lote.conjunto, gravada)
        try:
            if gravada is None:
                oferta = ofertas.ofertar(entidade=entidade, dados=dados, por=por, em=em)
            elif any(getattr(gravada, nome) != valor for nome, valor in dados.campos().items()):
                oferta = ofertas.mudar_oferta(oferta=gravada, dados=dados, por=por, em=em)
            else:
                oferta = gravada
            if oferta.ate is None and (fim := linha.get("ate")) is not None:
                motivo = f"Planilha {lote.arquivo}"
                ofertas.encerrar_oferta(oferta=oferta, dia=fim, motivo=motivo, por=por, em=em)
        except AtoRecusado as recusa:
            raise AplicacaoRecusada(f"Linha {linha.numero}: {recusa}") from recusa


def _quantidade(codigo: str, nome: str, ajuda: str, exemplo: str, *sinonimos: str) -> Coluna:
    return Coluna(
        codigo=codigo,
        nome=nome,
        ajuda=ajuda,
        exemplo=exemplo,
        ler=celulas.inteiro(minimo=0, maximo=1_000_000),
        escrever=lambda valor: numero(valor) if valor is not None else "",
        numero=True,
        sinonimos=sinonimos,
        dispensavel=True,
    )


OFERTAS = Importador(
    codigo="ofertas-de-entidades",
    nome="Ofertas das entidades",
    resumo="Os serviços, programas, projetos e benefícios de cada entidade com sede no município, e onde se ofertam.",
    permissao=Permissao.ENTIDADE_ATUALIZAR,
    so_do_municipio=True,
    colunas=(
        na_planilha.CNPJ,
        Coluna(
            codigo="municipio",
            nome="Município",
            ajuda="O código do IBGE ou o nome de onde se oferta; em branco, o da sede.",
            exemplo="3205309",
            ler=celulas.texto(maximo=80),
            sinonimos=("municipio da oferta", *(c for c in COLUNAS_DE_CODIGO if c not in {"nome", "codigo"})),
        ),
        Coluna(
            codigo="tipo",
            nome="O que é",
            ajuda="Serviço, programa, projeto, benefício, assessoramento ou defesa; em branco, o serviço ao lado.",
            exemplo="Serviço",
            ler=celulas.escolha(TIPOS),
            escrever=lambda valor: TIPOS.get(valor, ""),
            sinonimos=("tipo", "tipo de oferta"),
        ),
        Coluna(
            codigo="servico",
            nome="Serviço da Tipificação",
            ajuda="O nome ou a sigla, como SCFV; em branco, se não é um deles.",
            exemplo="SCFV",
            ler=celulas.escolha(SERVICOS, sinonimos=SINONIMOS),
            escrever=lambda valor: SERVICOS.get(valor, ""),
            sinonimos=("servico", "servico tipificado", "servico_ofertado"),
        ),
        texto(
            NOME,
            "Nome da oferta",
            "Convivência do Exemplo",
            maximo=200,
            ajuda="Como a entidade a chama; é por ele que se acha a já registrada. Em branco, o nome do serviço.",
            sinonimos=("oferta", "nome do servico", "programa", "projeto"),
            dispensavel=False,
        ),
        texto(
            "lugar",
            "Endereço da oferta",
            "Rua das Flores, 12",
            maximo=300,
            ajuda="Em branco, na sede da entidade.",
            sinonimos=("endereco", "local"),
        ),
        texto(
            "publico",
            "Público",
            "Crianças de 6 a 14 anos",
            maximo=300,
            ajuda="Quem se atende, sem o nome de ninguém.",
            sinonimos=("publico atendido",),
        ),
        _quantidade("capacidade", "Capacidade", "Pessoas, ou famílias, que cabem.", "60", "vagas"),
        _quantidade("atendidos", "Atendidos agora", "Pessoas, ou famílias, atendidas.", "48", "atendidos"),
        texto(
            "dias_e_horas",
            "Dias e horas",
            "Segunda a sexta, das 8h às 17h",
            maximo=200,
            ajuda="Quando se oferta.",
            sinonimos=("horario",),
        ),
        Coluna(
            codigo="gratuita",
            nome="É gratuita",
            ajuda="Sim ou não; em branco, a nova é gratuita.",
            exemplo="sim",
            ler=celulas.sim_ou_nao(),
            sinonimos=("gratuita", "gratuito", "gratuidade"),
            dispensavel=True,
        ),
        dia("desde", "Desde", ajuda="O dia em que começou.", sinonimos=("inicio", "data de inicio")),
        Coluna(
            codigo="ate",
            nome="Até",
            ajuda="O primeiro dia em que já não se oferta; em branco, oferta-se.",
            exemplo="01/02/2026",
            ler=celulas.dia(),
            sinonimos=("fim", "data de encerramento"),
        ),
    ),
    le=("entidades.entidade", "entidades.oferta", "territorio.municipio"),
    preparar=_preparar,
    de_lado=_de_outro,
    outras=("de outro município", "de outros municípios"),
    territorio=lambda linha, conjunto: conjunto.entidades.municipio,
    rotulo=lambda linha, conjunto: f"{_nome(linha) or 'Oferta'}, {conjunto.entidades.nome(linha)}",
    chave=_chave,
    conferir=_conferir,
    atual=_atual,
    aplicar=_aplicar,
    destino=("entidades", "Ver as entidades"),
)
