"""Receber, corrigir e trocar uma planilha; desistir dela. Nada do módulo dono muda aqui."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from suas.nucleo.importacoes import consultas, sigilo
from suas.nucleo.importacoes.models import Importacao, Mapeamento, Situacao
from suas.nucleo.importacoes.registro import Importador
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.planilhas import pastas
from suas.nucleo.planilhas.celulas import nome_simples
from suas.nucleo.planilhas.leitura import PlanilhaIlegivel
from suas.nucleo.planilhas.quadro import Quadro
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

#: A coluna da planilha de faltas que diz a que linha do arquivo cada correção pertence, e a que explica.
COLUNA_DA_LINHA = "linha no arquivo"
COLUNA_DO_MOTIVO = "o que há de errado"


@transaction.atomic
def receber(
    *,
    importador: Importador,
    arquivo: str,
    conteudo: bytes,
    quadro: Quadro,
    respostas: Mapping[str, str],
    por: Ator,
    em: datetime,
) -> Importacao:
    """Guarda a planilha, cifrada, para conferência, com as colunas como se entenderam da última vez."""
    if por.pessoa is None:
        raise AtoRecusado("Só quem entrou no sistema importa planilhas.")
    importacao = Importacao(
        importador=importador.codigo,
        arquivo=arquivo[:200],
        respostas=dict(respostas),
        abrangencia=por.abrangencia,
        por=por.pessoa,
        criada_em=em,
        mudada_em=em,
    )
    _por_arquivo(importacao, importador, conteudo=conteudo, quadro=quadro)
    importacao.save(force_insert=True)
    registrar(
        ato="importacoes.receber",
        objeto=importacao,
        por=por,
        em=em,
        dados={"tipo": importador.nome, "sha256": importacao.sha256, "linhas": importacao.linhas},
    )
    return importacao


def _por_arquivo(importacao: Importacao, importador: Importador, *, conteudo: bytes, quadro: Quadro) -> None:
    """Põe o arquivo na importação e esquece as correções do anterior."""
    destinos = consultas.destinos_lembrados(importador, quadro, abrangencia=importacao.abrangencia)
    importacao.formato = quadro.formato
    importacao.sha256 = hashlib.sha256(conteudo).hexdigest()
    importacao.conteudo = sigilo.fechar(conteudo, de=importacao.pk, campo="conteudo")
    importacao.aba = quadro.aba
    importacao.colunas = list(quadro.colunas)
    importacao.destinos = {str(posicao): codigo for posicao, codigo in destinos.items()}
    importacao.decimal_com_ponto = consultas.usa_ponto(importador, quadro, destinos)
    importacao.linhas = len(quadro.linhas)
    importacao.correcoes, importacao.previa, importacao.de_fora = b"", b"", []
    importacao.situacao = Situacao.CONFERINDO
    importacao.faltas = importacao.novas = importacao.mudadas = importacao.iguais = 0


@transaction.atomic
def corrigir(
    *,
    importacao: Importacao,
    importador: Importador,
    por: Ator,
    em: datetime,
    destinos: Mapping[int, str] | None = None,
    decimal_com_ponto: bool | None = None,
    correcoes: Mapping[str, str] | None = None,
    de_fora: Iterable[int] = (),
    trazer_de_volta: bool = False,
) -> Importacao:
    """Guarda o corrigido na tela: o que é cada coluna, células (“linha:código” → texto) e linhas de fora."""
    travada = _na_mao(importacao)
    if destinos is not None:
        conhecidos = {"", *(coluna.codigo for coluna in importador.colunas)}
        if estranho := next((codigo for codigo in destinos.values() if codigo not in conhecidos), None):
            raise AtoRecusado(f"“{estranho}” não é coluna desta planilha. Escolha uma da lista.")
        travada.destinos = {str(posicao): codigo for posicao, codigo in destinos.items()}
        lembrar_colunas(travada, em=em)
    if decimal_com_ponto is not None:
        travada.decimal_com_ponto = decimal_com_ponto
    if correcoes:
        _guardar_correcoes(travada, {**consultas.correcoes_de(travada), **correcoes})
    travada.de_fora = sorted({*([] if trazer_de_volta else travada.de_fora), *de_fora})
    _a_conferir(travada, em=em)
    registrar(
        ato="importacoes.corrigir",
        objeto=travada,
        por=por,
        em=em,
        dados={"celulas": len(correcoes or {}), "linhas_de_fora": len(travada.de_fora)},
    )
    return travada


@transaction.atomic
def escolher_aba(*, importacao: Importacao, importador: Importador, aba: str, por: Ator, em: datetime) -> Importacao:
    """Passa a ler outra aba do mesmo arquivo; as correções da anterior se perdem."""
    travada = _na_mao(importacao)
    conteudo = consultas.conteudo_de(travada)
    quadro = _ler(conteudo, aba=aba, importador=importador)
    _por_arquivo(travada, importador, conteudo=conteudo, quadro=quadro)
    _a_conferir(travada, em=em)
    registrar(ato="importacoes.escolher_aba", objeto=travada, por=por, em=em, dados={"linhas": travada.linhas})
    return travada


@transaction.atomic
def reenviar(
    *, importacao: Importacao, importador: Importador, arquivo: str, conteudo: bytes, por: Ator, em: datetime
) -> Importacao:
    """Recebe o arquivo corrigido: a planilha inteira, que toma o lugar da anterior, ou a de faltas, que a corrige."""
    travada = _na_mao(importacao)
    quadro = _ler(conteudo, aba="", importador=importador)
    posicoes = {nome_simples(nome): posicao for posicao, nome in enumerate(quadro.colunas)}
    da_linha = posicoes.get(nome_simples(COLUNA_DA_LINHA))
    if da_linha is None:
        travada.arquivo = arquivo[:200]
        _por_arquivo(travada, importador, conteudo=conteudo, quadro=quadro)
    else:
        _guardar_correcoes(travada, _das_faltas(travada, quadro, posicoes, da_linha))
    _a_conferir(travada, em=em)
    registrar(
        ato="importacoes.reenviar",
        objeto=travada,
        por=por,
        em=em,
        dados={"sha256": hashlib.sha256(conteudo).hexdigest(), "so_faltas": da_linha is not None},
    )
    return travada


def _ler(conteudo: bytes, *, aba: str, importador: Importador) -> Quadro:
    try:
        return pastas.ler(conteudo, aba=aba, reconhece=importador.reconhece, limites=importador.limites)
    except PlanilhaIlegivel as erro:
        raise AtoRecusado(str(erro)) from erro


def _das_faltas(importacao: Importacao, quadro: Quadro, posicoes: Mapping[str, int], da_linha: int) -> dict[str, str]:
    """As correções que a planilha de faltas traz, pelas colunas do arquivo original."""
    corrigidas = consultas.correcoes_de(importacao)
    colunas = [
        (posicoes[nome_simples(nome)], importacao.destinos.get(str(posicao), ""))
        for posicao, nome in enumerate(importacao.colunas)
        if nome_simples(nome) in posicoes
    ]
    for numero, celulas in quadro.linhas:
        linha = celulas[da_linha]
        if not linha.isascii() or not linha.isdigit():
            raise AtoRecusado(
                f"Na linha {numero}, a coluna “{COLUNA_DA_LINHA}” traz “{linha}”. Deixe-a como veio: ela diz que linha "
                "do arquivo se corrige."
            )
        corrigidas |= {f"{int(linha)}:{codigo}": celulas[posicao] for posicao, codigo in colunas if codigo}
    return corrigidas


@transaction.atomic
def desistir(*, importacao: Importacao, por: Ator, em: datetime) -> Importacao:
    """Encerra sem aplicar; o que o arquivo trazia é apagado na hora."""
    travada = travar(importacao)
    if travada.situacao in (Situacao.APLICADA, Situacao.APLICANDO, Situacao.DESISTIDA):
        raise AtoRecusado(f"Esta planilha já está {travada.get_situacao_display()}: não há do que desistir.")
    travada.situacao, travada.mudada_em = Situacao.DESISTIDA, em
    esvaziar(travada)
    travada.save()
    registrar(ato="importacoes.desistir", objeto=travada, por=por, em=em)
    return travada


def esvaziar(importacao: Importacao) -> None:
    """Apaga o arquivo, as correções e a prévia; ficam o resumo e as contas."""
    importacao.conteudo = importacao.correcoes = importacao.previa = b""


def lembrar_colunas(importacao: Importacao, *, em: datetime) -> None:
    """Guarda o que as colunas quiseram dizer, para a próxima planilha de mesmo cabeçalho no mesmo órgão."""
    Mapeamento.objects.update_or_create(
        importador=importacao.importador,
        abrangencia=importacao.abrangencia,
        cabecalho=consultas.resumo_do_cabecalho(importacao.colunas),
        defaults={"destinos": importacao.destinos, "usado_em": em},
    )


def _guardar_correcoes(importacao: Importacao, correcoes: Mapping[str, str]) -> None:
    texto = json.dumps(correcoes, ensure_ascii=False).encode()
    importacao.correcoes = sigilo.fechar(texto, de=importacao.pk, campo="correcoes")


def _a_conferir(importacao: Importacao, *, em: datetime) -> None:
    importacao.situacao, importacao.mudada_em = Situacao.CONFERINDO, em
    importacao.save()


def travar(importacao: Importacao) -> Importacao:
    """A planilha como está agora, só desta transação até o fim."""
    return Importacao.objects.select_for_update(of=("self",)).get(pk=importacao.pk)


def _na_mao(importacao: Importacao) -> Importacao:
    travada = travar(importacao)
    if not travada.na_mao:
        raise AtoRecusado(f"Esta planilha está {travada.get_situacao_display()}: já não se corrige.")
    return travada
