"""A planilha das parcerias: uma linha por instrumento de uma entidade que já está no cadastro."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from suas.cadastros.entidades import na_planilha
from suas.cadastros.entidades.acoes import ofertas
from suas.cadastros.entidades.models import Oferta, Parceria
from suas.cadastros.territorio.colunas import texto
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.importacoes.registro import (
    AplicacaoRecusada,
    CelulaRecusada,
    Coluna,
    Falta,
    Importador,
    Linha,
    Lote,
    Pedido,
    como_se_escreve,
)
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.planilhas import celulas
from suas.nucleo.planilhas.celulas import Jeito
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.tela.filtros import reais

TIPOS = {tipo.value: str(tipo.label).capitalize() for tipo in Parceria.Tipo}
SINONIMOS = {"Colaboração": "colaboracao", "Fomento": "fomento", "Cooperação": "cooperacao", "Outro": "outra"}
_ler_numero = celulas.texto(maximo=60)


@dataclass(frozen=True, kw_only=True)
class _Conjunto:
    """O que a conferência consulta, lido de uma vez."""

    entidades: na_planilha.Entidades
    ofertas: Mapping[tuple[str, str], Sequence[Oferta]]
    parcerias: Mapping[tuple[str, str, str], Sequence[Parceria]]
    das_entidades: Mapping[UUID, Sequence[str]]


def _preparar(pedido: Pedido) -> _Conjunto:
    das_ofertas: dict[tuple[str, str], list[Oferta]] = defaultdict(list)
    nomes: dict[UUID, list[str]] = defaultdict(list)
    for oferta in Oferta.objects.filter(entidade__municipio_id=pedido.abrangencia).select_related("entidade"):
        das_ofertas[oferta.entidade.cnpj, nome_de_busca(oferta.nome)].append(oferta)
        nomes[oferta.entidade_id].append(oferta.nome)
    gravadas: dict[tuple[str, str, str], list[Parceria]] = defaultdict(list)
    todas = Parceria.objects.filter(entidade__municipio_id=pedido.abrangencia).select_related("entidade", "oferta")
    for parceria in todas.order_by("desde", "pk"):
        gravadas[parceria.entidade.cnpj, parceria.tipo, _simples(parceria.numero)].append(parceria)
    return _Conjunto(entidades=na_planilha.ler(pedido), ofertas=das_ofertas, parcerias=gravadas, das_entidades=nomes)


def _simples(numero: str) -> str:
    """O número sem espaço nem maiúscula: é por ele que se acha a parceria registrada."""
    return "".join(numero.split()).casefold()


def _numero(escrito: str, jeito: Jeito) -> str:
    """O número do instrumento, sem o “nº”; a data em que o Excel o transformou se recusa."""
    if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}.*", escrito):
        raise CelulaRecusada(
            f"“{escrito}” é uma data: o Excel troca por data os números como 12/2026. Escreva aqui o número do "
            "instrumento."
        )
    return str(_ler_numero(re.sub(r"^n\.?\s*[º°o]?\.?\s*(?=\d)", "", escrito, flags=re.IGNORECASE), jeito))


def _gravada(linha: Linha, conjunto: _Conjunto) -> Parceria | None:
    """A de mesmo número e instrumento: com o mesmo órgão ou, com outro, a que começa no mesmo dia."""
    iguais = conjunto.parcerias.get((linha["cnpj"], linha["tipo"], _simples(linha["numero"])), ())
    orgao = nome_de_busca(linha["orgao"])
    no_dia = [parceria for parceria in iguais if parceria.desde == linha["desde"]]
    com_o_orgao = [parceria for parceria in iguais if nome_de_busca(parceria.orgao) == orgao]
    nas_duas = [parceria for parceria in com_o_orgao if parceria in no_dia]
    return next(iter(nas_duas or com_o_orgao or no_dia), None)


def _ofertas(linha: Linha, conjunto: _Conjunto) -> Sequence[Oferta]:
    """As ofertas da entidade com o nome da linha; as que não acabaram, se há."""
    achadas = conjunto.ofertas.get((linha["cnpj"], nome_de_busca(linha.get("oferta", ""))), ())
    return [oferta for oferta in achadas if oferta.ate is None] or achadas


def _conferir(linha: Linha, conjunto: _Conjunto) -> Iterable[Falta]:
    faltas = list(conjunto.entidades.faltas(linha))
    if linha["ate"] < linha["desde"]:
        mensagem = f"acaba em {linha['ate']:%d/%m/%Y}, antes de começar, em {linha['desde']:%d/%m/%Y}. Confira os dias."
        faltas.append(Falta(coluna="ate", mensagem=mensagem))
    if linha["tipo"] == Parceria.Tipo.COOPERACAO and linha.get("valor"):
        faltas.append(
            Falta(
                coluna="valor",
                mensagem=f"acordo de cooperação não transfere recurso, e aqui estão {reais(linha['valor'])}. Apague o "
                "valor, ou escreva outro instrumento.",
            )
        )
    if not faltas:
        faltas += _da_oferta(linha, conjunto)
    yield from faltas
    if not faltas and (gravada := _gravada(linha, conjunto)) is not None:
        yield from _diferencas(linha, conjunto, gravada)


def _da_oferta(linha: Linha, conjunto: _Conjunto) -> Iterable[Falta]:
    """A oferta escrita que a entidade não tem, ou tem mais de uma vez."""
    if not linha.get("oferta"):
        return
    achadas, entidade = _ofertas(linha, conjunto), conjunto.entidades.achar(linha)
    if len(achadas) > 1:
        yield Falta(
            coluna="oferta",
            mensagem=f"{entidade} tem {len(achadas)} ofertas com este nome. Apague a célula, ou registre esta parceria "
            "na ficha da entidade.",
        )
    elif not achadas:
        dela = conjunto.das_entidades.get(entidade.pk, ()) if entidade is not None else ()
        quais = f"As que tem: {'; '.join(sorted(set(dela))[:8])}." if dela else "Ela não tem nenhuma registrada."
        yield Falta(
            coluna="oferta",
            mensagem=f"{entidade} não tem oferta com este nome. {quais} Escreva uma delas, ou apague a célula.",
        )


def _diferencas(linha: Linha, conjunto: _Conjunto, gravada: Parceria) -> Iterable[Falta]:
    """O que a linha diz e não é o que está registrado: parceria registrada não muda por planilha."""
    oferta = _ofertas(linha, conjunto)[0] if linha.get("oferta") else None
    comparadas: dict[str, tuple[bool, Any]] = {
        "orgao": (nome_de_busca(linha["orgao"]) == nome_de_busca(gravada.orgao), gravada.orgao),
        "desde": (linha["desde"] == gravada.desde, gravada.desde),
        "ate": (linha["ate"] == gravada.ate, gravada.ate),
        "valor": (linha.get("valor") == gravada.valor_centavos, reais(gravada.valor_centavos)),
        "objeto": (linha.get("objeto") == gravada.objeto, gravada.objeto),
        "oferta": (oferta is not None and oferta.pk == gravada.oferta_id, gravada.oferta),
    }
    for nome, (igual, registrado) in comparadas.items():
        if nome in linha.valores and not igual:
            yield Falta(
                coluna=nome,
                mensagem=f"{gravada} já está na ficha com “{como_se_escreve(registrado) or 'em branco'}”, e parceria "
                "registrada não muda por planilha. Escreva o mesmo, ou deixe a linha de fora.",
            )


def _chave(linha: Linha, conjunto: _Conjunto) -> Hashable:
    gravada = _gravada(linha, conjunto)
    if gravada is not None:
        return gravada.pk
    return linha["cnpj"], linha["tipo"], _simples(linha["numero"]), nome_de_busca(linha["orgao"])


def _aplicar(lote: Lote, *, por: Ator, em: datetime) -> None:
    for linha in lote.linhas:
        entidade = lote.conjunto.entidades.achar(linha)
        if entidade is None:
            raise AplicacaoRecusada(f"Linha {linha.numero}: a entidade já não está no cadastro. Confira de novo.")
        dados = ofertas.DadosDaParceria(
            tipo=linha["tipo"],
            numero=linha["numero"],
            orgao=linha["orgao"],
            desde=linha["desde"],
            ate=linha["ate"],
            objeto=linha.get("objeto", ""),
            valor_centavos=linha.get("valor"),
            oferta=_ofertas(linha, lote.conjunto)[0] if linha.get("oferta") else None,
        )
        try:
            ofertas.registrar_parceria(entidade=entidade, dados=dados, por=por, em=em)
        except AtoRecusado as recusa:
            raise AplicacaoRecusada(f"Linha {linha.numero}: {recusa}") from recusa


def _dia(codigo: str, nome: str, ajuda: str, exemplo: str, *sinonimos: str) -> Coluna:
    return Coluna(
        codigo=codigo,
        nome=nome,
        ajuda=ajuda,
        exemplo=exemplo,
        ler=celulas.dia(),
        obrigatoria=True,
        sinonimos=sinonimos,
    )


PARCERIAS = Importador(
    codigo="parcerias",
    nome="Parcerias das entidades",
    resumo="Os termos de colaboração e de fomento, acordos e convênios das entidades com sede no município. A que já "
    "está registrada não muda.",
    permissao=Permissao.ENTIDADE_ATUALIZAR,
    so_do_municipio=True,
    colunas=(
        na_planilha.CNPJ,
        Coluna(
            codigo="tipo",
            nome="Instrumento",
            ajuda="Termo de colaboração, termo de fomento, acordo de cooperação, convênio ou outro instrumento.",
            exemplo="Termo de colaboração",
            ler=celulas.escolha(TIPOS, sinonimos=SINONIMOS),
            escrever=lambda valor: TIPOS.get(valor, ""),
            obrigatoria=True,
            sinonimos=("tipo", "tipo de instrumento", "tipo de parceria", "modalidade"),
        ),
        Coluna(
            codigo="numero",
            nome="Número",
            ajuda="Como está no documento. É por ele que se acha a já registrada.",
            exemplo="12/2026",
            ler=_numero,
            obrigatoria=True,
            sinonimos=("nº", "numero do termo", "numero do instrumento", "termo", "nº do termo"),
        ),
        Coluna(
            codigo="orgao",
            nome="Com quem",
            ajuda="O órgão que assina.",
            exemplo="Município de Vitória",
            ler=celulas.texto(maximo=200),
            obrigatoria=True,
            sinonimos=("orgao", "concedente", "administracao publica", "orgao publico"),
        ),
        texto(
            "objeto",
            "Para quê",
            "Convivência de 60 crianças",
            maximo=500,
            ajuda="O objeto, como está no documento.",
            sinonimos=("objeto",),
        ),
        texto(
            "oferta",
            "Oferta que financia",
            "Convivência do Exemplo",
            maximo=200,
            ajuda="O nome dela na ficha da entidade; em branco, nenhuma em especial.",
            sinonimos=("oferta", "servico"),
        ),
        _dia("desde", "Vale desde", "O primeiro dia da vigência.", "01/01/2026", "inicio", "inicio da vigencia"),
        _dia("ate", "Último dia", "O último dia da vigência.", "31/12/2026", "fim", "fim da vigencia", "termino"),
        Coluna(
            codigo="valor",
            nome="Valor",
            ajuda="Em reais, o total do instrumento; em branco no acordo de cooperação.",
            exemplo="120.000,00",
            ler=celulas.centavos(),
            escrever=lambda valor: reais(valor) if valor is not None else "",
            numero=True,
            sinonimos=("valor total", "valor global", "valor do termo", "valor em reais"),
        ),
    ),
    le=("entidades.entidade", "entidades.oferta", "entidades.parceria", "territorio.municipio"),
    preparar=_preparar,
    territorio=lambda linha, conjunto: conjunto.entidades.municipio,
    rotulo=lambda linha, conjunto: f"{TIPOS[linha['tipo']]} nº {linha['numero']}, {conjunto.entidades.nome(linha)}",
    chave=_chave,
    conferir=_conferir,
    # a registrada só passa pela conferência se diz o mesmo
    atual=lambda linha, conjunto: linha.valores if _gravada(linha, conjunto) is not None else None,
    aplicar=_aplicar,
    destino=("entidades", "Ver as entidades"),
)
