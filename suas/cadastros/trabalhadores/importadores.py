"""A folha de pessoal em planilha: cada linha é alguém num lugar, numa função. Só traz; sair é ato de quem registra."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from normas.base.documentos import cpf_com_pontos, ler_cpf, ler_telefone, telefone_com_traco
from normas.territorio.federacao import UF_POR_SIGLA
from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.cadastros.trabalhadores import listas
from suas.cadastros.trabalhadores.acoes import cadastro, lotacoes
from suas.cadastros.trabalhadores.acoes.cadastro import Dados
from suas.cadastros.trabalhadores.acoes.lotacoes import Exercicio, NovaLotacao
from suas.cadastros.trabalhadores.consultas import quadro
from suas.cadastros.trabalhadores.models import Lotacao, Trabalhador
from suas.nucleo.importacoes.registro import (
    AplicacaoRecusada,
    CelulaRecusada,
    Coluna,
    Falta,
    Importador,
    Linha,
    Lote,
    Pedido,
)
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.planilhas import celulas
from suas.nucleo.recusa import AtoRecusado

DADOS = tuple(Dados.__dataclass_fields__)
EXERCICIO = ("vinculo_de_trabalho", "carga_horaria", "servico", "segundo_servico")
ORGAOS = {nome_de_busca(rotulo): codigo for codigo, rotulo in listas.Orgao.choices}


@dataclass(frozen=True, kw_only=True)
class _Lugar:
    """Onde a linha lota: uma unidade, ou um órgão do território."""

    unidade: Unidade | None = None
    orgao: str = ""


@dataclass(frozen=True, kw_only=True)
class _Conjunto:
    """O que a conferência consulta, lido de uma vez."""

    abrangencia: str
    hoje: date
    lugares: Mapping[str, _Lugar | None]
    pessoas: Mapping[str, Trabalhador]
    lotacoes: Mapping[tuple[str, Any, str, str], Lotacao]

    def lugar(self, escrito: str) -> _Lugar | None:
        return self.lugares.get(nome_de_busca(escrito))


def _preparar(pedido: Pedido) -> _Conjunto:
    hoje = timezone.localtime(pedido.em).date()
    onde = pedido.abrangencia
    lugares: dict[str, _Lugar | None] = {nome: _Lugar(orgao=codigo) for nome, codigo in ORGAOS.items()}
    for unidade in quadro.unidades_do_municipio(onde, hoje=hoje):
        # dois lugares com o mesmo nome: só o identificador os distingue
        lugares[unidade.nome_busca] = None if unidade.nome_busca in lugares else _Lugar(unidade=unidade)
        if unidade.identificador:
            lugares[unidade.identificador] = _Lugar(unidade=unidade)
    todas = Lotacao.objects.filter(abrangencia=onde).select_related("trabalhador", "unidade").order_by("desde")
    lidas = list(todas)
    return _Conjunto(
        abrangencia=onde,
        hoje=hoje,
        lugares=lugares,
        pessoas={lotacao.trabalhador.cpf: lotacao.trabalhador for lotacao in lidas if lotacao.trabalhador.cpf},
        lotacoes={
            (lotacao.trabalhador.cpf or "", lotacao.unidade_id, lotacao.orgao, lotacao.funcao): lotacao
            for lotacao in lidas
            if lotacao.ate is None
        },
    )


def _chave(linha: Linha, conjunto: _Conjunto) -> tuple[str, Any, str, str]:
    lugar = conjunto.lugar(linha["lugar"]) or _Lugar(orgao=nome_de_busca(linha["lugar"]))
    return linha["cpf"], lugar.unidade.pk if lugar.unidade else None, lugar.orgao, linha["funcao"]


def _conferir(linha: Linha, conjunto: _Conjunto) -> Iterable[Falta]:
    escrito = linha["lugar"]
    if conjunto.lugar(escrito) is None:
        repetido = nome_de_busca(escrito) in conjunto.lugares
        dica = (
            "Há mais de uma com este nome: escreva o identificador, de 11 algarismos."
            if repetido
            else (
                "Escreva o nome ou o identificador de uma unidade em funcionamento deste território, ou o órgão: "
                "Órgão gestor, Fundo de assistência social, Conselho de assistência social."
            )
        )
        yield Falta(coluna="lugar", mensagem=f"“{escrito}” não se acha no cadastro. {dica}")
    if linha.get("registro_numero") and not linha.get("registro_uf"):
        yield Falta(coluna="registro_uf", mensagem="Diga de que UF é o registro no conselho de classe.")
    if linha["desde"] > conjunto.hoje:
        yield Falta(coluna="desde", mensagem="O dia ainda não chegou. Traga quem já está em exercício.")
    if linha["cpf"] not in conjunto.pessoas:
        yield from _de_outro_territorio(linha)


def _de_outro_territorio(linha: Linha) -> Iterable[Falta]:
    """Quem tem cadastro em outro território só se lota aqui com o nome e o nascimento de lá, que não se dizem."""
    existente = quadro.pelo_cpf(linha["cpf"])
    if existente is None:
        return
    nomes = {nome_de_busca(existente.nome), nome_de_busca(existente.nome_social)}
    if nome_de_busca(linha["nome"]) not in nomes or linha.get("nascimento") != existente.nascimento:
        yield Falta(
            coluna="cpf",
            mensagem="Já há cadastro com este CPF em outro território, e o nome ou a data de nascimento não são os "
            "de lá. Confira os três com o documento.",
        )


def _atual(linha: Linha, conjunto: _Conjunto) -> Mapping[str, Any] | None:
    lotacao = conjunto.lotacoes.get(_chave(linha, conjunto))
    if lotacao is None:
        return None
    pessoa = conjunto.pessoas[linha["cpf"]]
    gravado: dict[str, Any] = {campo: getattr(pessoa, campo) for campo in DADOS}
    gravado |= {campo: getattr(lotacao, campo) for campo in EXERCICIO}
    # o lugar, a função e o começo dizem qual é a lotação: não se mudam por planilha
    gravado |= {campo: linha.get(campo) for campo in ("lugar", "funcao", "desde")}
    return {campo: valor if valor != "" else None for campo, valor in gravado.items()}


def _aplicar(lote: Lote, *, por: Ator, em: datetime) -> None:
    conjunto: _Conjunto = lote.conjunto
    pessoas: dict[str, Trabalhador] = dict(conjunto.pessoas)
    for linha in lote.linhas:
        try:
            pessoas[linha["cpf"]] = _gravar(linha, conjunto, pessoas.get(linha["cpf"]), por=por, em=em)
        except AtoRecusado as recusa:
            raise AplicacaoRecusada(f"Linha {linha.numero}: {recusa}") from recusa


def _gravar(linha: Linha, conjunto: _Conjunto, pessoa: Trabalhador | None, *, por: Ator, em: datetime) -> Trabalhador:
    lotacao = conjunto.lotacoes.get(_chave(linha, conjunto))
    if pessoa is not None:
        pessoa = _atualizar(linha, pessoa, por=por, em=em)
    if lotacao is not None:
        _mudar(linha, lotacao, hoje=conjunto.hoje, por=por, em=em)
        return lotacao.trabalhador if pessoa is None else pessoa
    nova = _nova(linha, conjunto)
    if pessoa is not None:
        lotacoes.lotar(trabalhador=pessoa, nova=nova, por=por, em=em, hoje=conjunto.hoje)
        return pessoa
    dados = Dados(**{campo: linha.valores[campo] for campo in DADOS if campo in linha.valores})
    return cadastro.cadastrar(dados=dados, lotacao=nova, por=por, em=em, hoje=conjunto.hoje).lotacao.trabalhador


def _atualizar(linha: Linha, pessoa: Trabalhador, *, por: Ator, em: datetime) -> Trabalhador:
    """Muda só o que a linha traz e é diferente."""
    gravados = {campo: getattr(pessoa, campo) for campo in DADOS}
    novos = gravados | {campo: linha.valores[campo] for campo in DADOS if campo in linha.valores}
    if novos == gravados:
        return pessoa
    return cadastro.atualizar(trabalhador=pessoa, dados=Dados(**novos), versao=pessoa.versao, por=por, em=em)


def _mudar(linha: Linha, lotacao: Lotacao, *, hoje: date, por: Ator, em: datetime) -> None:
    """O que difere vale a partir de hoje; a lotação que começou hoje corrige-se no lugar."""
    atual = {campo: getattr(lotacao, campo) for campo in Exercicio.__dataclass_fields__}
    novo = atual | {campo: linha.valores[campo] for campo in EXERCICIO if campo in linha.valores}
    if novo == atual:
        return
    pedido: dict[str, Any] = {"lotacao": lotacao, "exercicio": Exercicio(**novo), "versao": lotacao.versao}
    if lotacao.desde >= hoje:
        lotacoes.corrigir(**pedido, desde=lotacao.desde, motivo="Planilha da folha", por=por, em=em)
    else:
        lotacoes.mudar(**pedido, dia=hoje, por=por, em=em, hoje=hoje)


def _nova(linha: Linha, conjunto: _Conjunto) -> NovaLotacao:
    lugar = conjunto.lugar(linha["lugar"])
    assert lugar is not None, "a conferência já o achou"
    exercicio = {campo: linha.valores[campo] for campo in EXERCICIO if campo in linha.valores}
    return NovaLotacao(
        abrangencia=conjunto.abrangencia,
        unidade=lugar.unidade,
        orgao=lugar.orgao,
        exercicio=Exercicio(funcao=linha["funcao"], **exercicio),
        desde=linha["desde"],
    )


def _cpf(escrito: str, jeito: celulas.Jeito) -> str:
    """O CPF; os zeros do começo que a planilha tirou voltam."""
    limpo = escrito.strip()
    return _lido(ler_cpf, limpo.zfill(11) if limpo.isdigit() else limpo)


def _telefone(escrito: str, jeito: celulas.Jeito) -> str:
    return _lido(ler_telefone, escrito)


def _email(escrito: str, jeito: celulas.Jeito) -> str:
    try:
        validate_email(escrito.strip())
    except ValidationError as erro:
        raise CelulaRecusada(f"“{escrito}” não é um e-mail. Escreva como nome@orgao.gov.br.") from erro
    return escrito.strip()


def _lido(ler: Any, escrito: str) -> str:
    try:
        return str(ler(escrito))
    except ValueError as erro:
        raise CelulaRecusada(str(erro)) from erro


def _da_lista(codigo: str, nome: str, ajuda: str, opcoes: Iterable[tuple[str, str]], **mais: Any) -> Coluna:
    mapa = dict(opcoes)
    return Coluna(
        codigo=codigo,
        nome=nome,
        ajuda=ajuda,
        exemplo=next(iter(mapa.values())),
        ler=celulas.escolha(mapa),
        escrever=lambda valor: mapa.get(valor, "") if valor else "",
        **mais,
    )


_SERVICO = list(listas.Servico.choices)
COLUNAS = (
    Coluna(
        codigo="cpf", nome="CPF", ajuda="Com ou sem pontos.", exemplo="000.000.001-91", ler=_cpf, obrigatoria=True,
        escrever=lambda valor: cpf_com_pontos(valor) if valor else "", sinonimos=("nu_cpf",),
    ),
    Coluna(
        codigo="nome", nome="Nome", ajuda="Como no documento.", exemplo="Fulana do Exemplo", obrigatoria=True,
        ler=celulas.texto(maximo=150), sinonimos=("nome completo", "servidor", "trabalhador"),
    ),
    Coluna(
        codigo="nome_social", nome="Nome social", ajuda="Se a pessoa o usa.", exemplo="Fulano",
        ler=celulas.texto(maximo=150),
    ),
    Coluna(
        codigo="nascimento", nome="Data de nascimento", ajuda="Dia, mês e ano.", exemplo="21/03/1985", obrigatoria=True,
        ler=celulas.dia(minimo=date(1920, 1, 1)), sinonimos=("nascimento", "dt_nascimento"),
    ),
    _da_lista("sexo", "Sexo", "Feminino, masculino ou não informado.", listas.Sexo.choices),
    _da_lista("escolaridade", "Escolaridade", "Uma da lista do Censo SUAS.", listas.ESCOLARIDADE),
    _da_lista("profissao", "Profissão", "Uma da lista do Censo SUAS.", listas.PROFISSAO, sinonimos=("formação",)),
    Coluna(
        codigo="registro_numero", nome="Registro no conselho", ajuda="Só o número.", exemplo="1234",
        ler=celulas.texto(maximo=20), sinonimos=("registro profissional",),
    ),
    _da_lista("registro_uf", "UF do registro", "A sigla.", [(sigla, sigla) for sigla in sorted(UF_POR_SIGLA)]),
    Coluna(codigo="email", nome="E-mail", ajuda="O do trabalho.", exemplo="nome@orgao.gov.br", ler=_email),
    Coluna(
        codigo="telefone", nome="Telefone", ajuda="Com o DDD.", exemplo="(27) 3000-0000", ler=_telefone,
        escrever=lambda valor: telefone_com_traco(valor) if valor else "",
    ),
    Coluna(
        codigo="lugar", nome="Unidade ou órgão", ajuda="O nome ou o identificador da unidade, ou o órgão.",
        exemplo="CRAS Centro", ler=celulas.texto(maximo=150), obrigatoria=True,
        sinonimos=("unidade", "lotação", "local de trabalho", "nu_identificador"),
    ),
    _da_lista("funcao", "Função", "Uma da lista do Censo SUAS.", listas.FUNCAO, obrigatoria=True, sinonimos=("cargo",)),
    _da_lista(
        "vinculo_de_trabalho", "Vínculo", "Uma da lista do Censo SUAS.", listas.VINCULO_DE_TRABALHO, obrigatoria=True,
        sinonimos=("vínculo de trabalho", "regime"),
    ),
    Coluna(
        codigo="carga_horaria", nome="Horas por semana", ajuda="De 1 a 80.", exemplo="30", numero=True,
        obrigatoria=True,
        ler=celulas.inteiro(minimo=1, maximo=80), sinonimos=("carga horária", "horas"),
    ),
    _da_lista("servico", "Serviço principal", "O que faz na maior parte do tempo.", _SERVICO, sinonimos=("serviço",)),
    _da_lista("segundo_servico", "Segundo serviço", "Se reparte o tempo.", _SERVICO),
    Coluna(
        codigo="desde", nome="Desde", ajuda="O primeiro dia no lugar.", exemplo="01/03/2024", obrigatoria=True,
        ler=celulas.dia(minimo=date(1960, 1, 1)), sinonimos=("data de início", "admissão", "início"),
    ),
)  # fmt: skip

FOLHA = Importador(
    codigo="folha-de-pessoal",
    nome="Folha de pessoal",
    resumo="Quem trabalha nas unidades e nos órgãos do território, uma linha por lotação. Ninguém sai por planilha.",
    permissao=Permissao.TRABALHADOR_ATUALIZAR,
    pessoal=True,
    so_abaixo_da_uniao=True,
    colunas=COLUNAS,
    le=("trabalhadores.trabalhador", "trabalhadores.lotacao", "rede.unidade"),
    preparar=_preparar,
    territorio=lambda linha, conjunto: conjunto.abrangencia,
    rotulo=lambda linha, conjunto: f"{linha['nome']}, {linha['lugar']}",
    chave=_chave,
    conferir=_conferir,
    atual=_atual,
    aplicar=_aplicar,
)
