"""Uma unidade nasce de outra, com parte do que era dela; e desfazer. Quem o faz já decidiu: responde a um pedido."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from suas.cadastros.rede import juncao, partes, reparticao
from suas.cadastros.rede.acoes import existencia, fusao
from suas.cadastros.rede.acoes.partes_da_rede import CADASTRO, fim
from suas.cadastros.rede.acoes.unidades import marcar_mudanca
from suas.cadastros.rede.models import Unidade
from suas.cadastros.rede.partes import Mudanca, Uniao
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar


@transaction.atomic
def desmembrar(
    *, origem: Unidade, dados: Mapping[str, Any], motivo: str, por: Ator, em: datetime
) -> dict[str, Any]:  # fmt: skip
    """Abre a unidade nova com os campos dos `dados` e passa a ela o que se escolheu da origem.

    Devolve o que mudou em cada linha, que `desfazer` lê. Erros: `AtoRecusado` se a origem já não se desmembra.
    """
    travada = Unidade.objects.select_for_update(of=("self",)).get(pk=origem.pk)
    exigir_que_se_desmembre(travada)
    campos = reparticao.campos_da_nova(dados) | {"desmembrada_de": travada}
    nova = existencia.abrir(municipio=travada.municipio_id, campos=campos, por=por, em=em, motivo=motivo)
    dia = date.fromisoformat(dados["dia"])
    marcar_mudanca(travada, em=em)
    passos = [
        passo
        for parte, parcela in reparticao.reparticoes(origem=travada, nova=nova, dia=dia, escolhas=dados["escolhas"])
        if parte.repartir is not None
        for passo in partes.aplicar(parte, parte.repartir(parcela), por=por, em=em)
    ]
    registrar(ato="rede.desmembrar", objeto=travada, por=por, em=em, motivo=motivo, dados={"nova": nova.nome})
    registrar(ato="rede.nascer", objeto=nova, por=por, em=em, motivo=motivo, dados={"origem": travada.nome})
    return {"passos": [passo.em_dados() for passo in passos], "nova": str(nova.pk)}


@transaction.atomic
def desfazer(
    *, origem: Unidade, nova: Unidade, feito: Mapping[str, Any], motivo: str, por: Ator, em: datetime
) -> list[str]:
    """Devolve à origem o que passou à nova e o que a nova ganhou depois; o cadastro da nova aponta para a origem.

    Diz em palavras o que mudou no meio e não voltou ao que era.
    """
    nova, origem = fusao.travadas(nova, origem)
    for unidade in (nova, origem):
        if unidade.fundida_em is not None:
            raise AtoRecusado(f"{unidade.nome} foi depois juntada a {unidade.fundida_em.nome}: desfaça antes a junção.")
    nao_voltou = fusao.devolver(passos=juncao.passos_de(feito), por=por, em=em)
    uniao = Uniao(sai=nova, fica=origem, dia=timezone.localtime(em).date())
    # o acesso de quem coordena a nova não passa: a origem tem a sua coordenação
    fusao.passar_partes(uniao=uniao, por=por, em=em, menos=("acessos",))
    partes.aplicar(CADASTRO, [_fim_da_nova(uniao)], por=por, em=em)
    marcar_mudanca(origem, em=em)
    da_origem = {"nova": nova.nome}
    registrar(ato="rede.desfazer_desmembramento", objeto=origem, por=por, em=em, motivo=motivo, dados=da_origem)
    registrar(ato="rede.voltar_a_origem", objeto=nova, por=por, em=em, motivo=motivo, dados={"origem": origem.nome})
    return nao_voltou


def exigir_que_se_desmembre(origem: Unidade) -> None:
    """Recusa desmembrar a que fechou, ou foi juntada a outra."""
    if origem.fundida_em is not None:
        raise AtoRecusado(f"{origem.nome} foi juntada a {origem.fundida_em.nome}: desmembre {origem.fundida_em.nome}.")
    if origem.fechada_em is not None:
        raise AtoRecusado(f"{origem.nome} fecha ou fechou em {origem.fechada_em:%d/%m/%Y}: já não se desmembra.")


def _fim_da_nova(uniao: Uniao) -> Mudanca:
    campos: dict[str, Any] = {"fundida_em": uniao.fica}
    if uniao.sai.fechada_em is None or uniao.sai.fechada_em > uniao.dia:
        campos["fechada_em"] = fim(uniao.sai.aberta_em, uniao.dia)
        campos["motivo_do_fechamento"] = f"Desmembramento desfeito: volta a {uniao.fica.nome}"
    return Mudanca(texto=f"Cadastro de {uniao.sai.nome}", linha=uniao.sai, campos=campos)
