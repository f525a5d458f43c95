"""Uma corrente pequena com um pouco de tudo, e o que um invasor com acesso ao banco faria com ela."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models

from suas.cadastros.territorio.models import UF
from suas.nucleo import banco
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.trilha import corrente, verificacao
from suas.nucleo.trilha.acoes import lacrar, registrar, registrar_leitura
from suas.nucleo.trilha.consultas import cabeca
from suas.nucleo.trilha.models import Elo
from suas.nucleo.trilha.verificacao import Quebra

#: As linhas nascem com o relógio do banco; a verificação é feita logo depois.
DEPOIS = datetime.now(tz=fabricas.AGORA.tzinfo) + timedelta(minutes=1)  # noqa: TID251


def montar() -> verificacao.Cabeca:
    """Duas pessoas com chave, três atos, uma leitura, alterações de município; tudo lacrado. Devolve a cabeça."""
    por, outra = fabricas.ator(), fabricas.pessoa_com_vinculo()
    uf = UF.objects.create(codigo="97", sigla="XX", nome="Inventada", regiao="Nenhuma")
    registrar(ato="teste.criar", objeto=uf, por=por, em=DEPOIS, motivo="começo", dados={"quantas": 1})
    UF.objects.filter(pk="97").update(nome="Reinventada")
    registrar(ato="teste.mudar", objeto=uf, por=por, em=DEPOIS)
    registrar_leitura(titulares=[outra.pk], campos=["nome"], por=por, em=DEPOIS, objeto=outra, motivo="conferir")
    registrar(ato="teste.fim", objeto=uf, por=por, em=DEPOIS)
    lacrar(em=DEPOIS)
    return cabeca()


def soltar() -> None:
    """O invasor tira os gatilhos da trilha, que é o que ele faria primeiro."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        for gatilho in banco.gatilhos_declarados():
            if gatilho.tabela.startswith("trilha_"):
                onde = f' ON "{gatilho.tabela}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER "{gatilho.nome}"{onde}')


def quebras(*cabecas: verificacao.Cabeca, em: datetime = DEPOIS) -> list[Quebra]:
    """O que a verificação acha, fora a falta dos gatilhos que o próprio teste tirou."""
    return [q for q in verificacao.verificar(em=em, cabecas=cabecas, lote=4).quebras if q.tipo != "gatilho"]


def mudado(campo: models.Field[Any, Any], valor: Any) -> Any:
    """Outro valor, do mesmo tipo."""
    if isinstance(campo, models.JSONField):
        return ["outro"]
    if isinstance(campo, models.UUIDField):
        return fabricas.pessoa_com_vinculo().pk
    if isinstance(campo, models.DateTimeField):
        return (valor or DEPOIS) + timedelta(seconds=1)
    if isinstance(campo, models.BinaryField):
        return bytes(valor)[:-1] + bytes([bytes(valor)[-1] ^ 1])
    if isinstance(campo, models.IntegerField):
        return (valor or 0) + 1000
    return "x" + str(valor)[1:] if not str(valor).startswith("x") else "y" + str(valor)[1:]


def refazer() -> None:
    """O invasor que conhece o programa refaz a corrente inteira sobre o que adulterou."""
    anterior = corrente.INICIO
    for elo in Elo.objects.order_by("numero"):
        modelo = corrente.TABELAS[elo.tabela]
        linha = modelo._default_manager.values_list(*corrente.COLUNAS[elo.tabela]).get(pk=elo.linha_id)
        anterior = corrente.resumo(anterior=anterior, numero=elo.numero, em=elo.em, tabela=elo.tabela, linha=linha)
        Elo.objects.filter(pk=elo.pk).update(resumo=anterior)
