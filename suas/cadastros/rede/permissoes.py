"""Quem vê, quem muda e quem aprova a rede. As telas só chegam a uma unidade ou pedido por `obter_…_para_…`."""

from __future__ import annotations

from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from suas.cadastros.rede import consultas, juncao, repetidas
from suas.cadastros.rede.models import MunicipioAtendido, ParDistinto, Pedido, ServicoOfertado, Unidade
from suas.cadastros.territorio.models import Municipio
from suas.nucleo import tranca
from suas.nucleo.avisos.consultas import quem_tem
from suas.nucleo.permissoes.abrangencia import BRASIL, esfera_de
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.permissoes.recusa import SemPermissao
from suas.nucleo.tela import instalacao

DaUnidade = TypeVar("DaUnidade", ServicoOfertado, MunicipioAtendido)


def obter_unidade_para_ver(ator: Ator, *, unidade_id: UUID) -> Unidade:
    """A ficha é pública a qualquer ator; o endereço reservado se pergunta em `ve_endereco`."""
    return get_object_or_404(Unidade.objects.select_related("municipio__uf", "fundida_em"), pk=unidade_id)


def ve_endereco(ator: Ator, unidade: Unidade) -> bool:
    """O endereço reservado só se mostra a quem age no território da unidade."""
    return not unidade.endereco_reservado or ator.alcanca(unidade.municipio_id)


def pode_atualizar(ator: Ator, unidade: Unidade) -> bool:
    """A coordenação na própria unidade; a gestão e a vigilância municipais no município; a do estado, nas regionais."""
    if not ator.pode(Permissao.REDE_ATUALIZAR, em=unidade.municipio_id, unidade=unidade.pk):
        return False
    esfera = esfera_de(ator.abrangencia)
    return esfera == "municipio" or (esfera == "uf" and consultas.e_regional(unidade))


def cuida_da_identificacao(ator: Ator) -> bool:
    """Nome, identificador, natureza, datas e o que é reservado são da gestão, e não da coordenação da unidade."""
    return not ator.papel.da_unidade


def obter_unidade_para_atualizar(ator: Ator, *, unidade_id: UUID) -> Unidade:
    """A unidade de que o ator cuida: 404 fora da abrangência, 403 dizendo quem cuida dentro dela."""
    unidade = obter_unidade_para_ver(ator, unidade_id=unidade_id)
    if not ator.alcanca(unidade.municipio_id):
        raise Http404
    if not pode_atualizar(ator, unidade):
        raise SemPermissao(
            f"Quem atualiza {unidade.nome} é {consultas.quem_cuida(unidade)}.",
            permissao=Permissao.REDE_ATUALIZAR,
            em=unidade.municipio_id,
            so_na_esfera=not consultas.e_regional(unidade),
        )
    return unidade


def obter_oferta_para_atualizar(ator: Ator, *, unidade_id: UUID, servico: str) -> ServicoOfertado:
    """A oferta do serviço na unidade de que o ator cuida, a que vale ou a que acabou por último."""
    unidade = obter_unidade_para_atualizar(ator, unidade_id=unidade_id)
    oferta: ServicoOfertado | None = unidade.servicos.filter(servico=servico).do_mais_novo().first()
    return _com_a_unidade(oferta, unidade)


def obter_atendido_para_atualizar(ator: Ator, *, unidade_id: UUID, codigo: str) -> MunicipioAtendido:
    """O município atendido pela unidade de que o ator cuida, no período que vale ou no que acabou por último."""
    unidade = obter_unidade_para_atualizar(ator, unidade_id=unidade_id)
    dele = unidade.atendidos.filter(municipio_id=codigo).select_related("municipio__uf")
    atendido: MunicipioAtendido | None = dele.do_mais_novo().first()
    return _com_a_unidade(atendido, unidade)


def _com_a_unidade(achado: DaUnidade | None, unidade: Unidade) -> DaUnidade:
    if achado is None:
        raise Http404
    achado.unidade = unidade  # a que já se leu, com o município
    return achado


def pode_pedir_no_municipio(ator: Ator, codigo: str) -> bool:
    """Pede que se abra uma unidade quem cuida da rede do município inteiro."""
    return len(codigo) == 7 and ator.abrangencia == codigo and ator.pode(Permissao.REDE_PEDIR, em=codigo)


def pode_pedir(ator: Ator, unidade: Unidade) -> bool:
    """Pede que se feche ou reabra quem cuida da rede do município e, na própria unidade, a coordenação."""
    na_unidade = ator.pode(Permissao.REDE_PEDIR, em=unidade.municipio_id, unidade=unidade.pk)
    return ator.abrangencia == unidade.municipio_id and na_unidade


def obter_municipio_para_pedir(ator: Ator, *, codigo: str) -> Municipio:
    """O município em que o ator pede a abertura: 404 fora da abrangência, 403 dizendo quem pede dentro dela."""
    municipio = get_object_or_404(Municipio.objects.select_related("uf"), pk=codigo)
    if not ator.alcanca(codigo):
        raise Http404
    if not pode_pedir_no_municipio(ator, codigo):
        raise SemPermissao(
            f"Quem pede a abertura de uma unidade em {municipio} é a gestão ou a vigilância do município.",
            permissao=Permissao.REDE_PEDIR,
            em=codigo,
            so_na_esfera=True,
        )
    return municipio


def obter_unidade_para_pedir(ator: Ator, *, unidade_id: UUID) -> Unidade:
    """A unidade sobre que o ator pede: 404 fora da abrangência, 403 dizendo quem pede dentro dela."""
    unidade = obter_unidade_para_ver(ator, unidade_id=unidade_id)
    if not ator.alcanca(unidade.municipio_id):
        raise Http404
    if not pode_pedir(ator, unidade):
        raise SemPermissao(
            f"Pede que {unidade.nome} feche ou reabra a coordenação dela, ou a gestão e a vigilância do município.",
            permissao=Permissao.REDE_PEDIR,
            em=unidade.municipio_id,
            so_na_esfera=True,
        )
    return unidade


def obter_unidade_para_juntar(ator: Ator, *, unidade_id: UUID) -> Unidade:
    """A unidade que o ator pede que se junte a outra ou se desmembre: é de quem cuida da rede do município inteiro."""
    unidade = obter_unidade_para_ver(ator, unidade_id=unidade_id)
    if not ator.alcanca(unidade.municipio_id):
        raise Http404
    if not pode_pedir_no_municipio(ator, unidade.municipio_id):
        raise SemPermissao(
            f"Pede que se junte ou desmembre {unidade.nome} a gestão ou a vigilância do município.",
            permissao=Permissao.REDE_PEDIR,
            em=unidade.municipio_id,
            so_na_esfera=True,
        )
    return unidade


def obter_outra_para_juntar(ator: Ator, *, unidade: Unidade, outra_id: str) -> Unidade | None:
    """A outra do par, do mesmo município e ainda não juntada; nada, se o que se escolheu não serve."""
    return juncao.que_se_juntam_a(unidade).filter(pk=outra_id).first() if juncao.e_numero(outra_id) else None


def procura_repetidas(ator: Ator) -> bool:
    """Vê os pares que parecem repetidos quem cuida da rede de um território inteiro, e quem a responde de cima."""
    return acompanha_pedidos(ator) and not ator.papel.da_unidade and bool(ator.abrangencia)


def territorio_das_repetidas(ator: Ator) -> str:
    """O território cujos pares o vínculo vê: o próprio."""
    if not procura_repetidas(ator):
        raise SemPermissao("Quem vê as unidades que parecem repetidas é a gestão.", permissao=Permissao.REDE_PEDIR)
    return ator.abrangencia


def obter_par_para_voltar(ator: Ator, *, par_id: UUID) -> ParDistinto:
    """O par que se disse serem duas: 404 fora da abrangência; 403, dizendo quem cuida, dentro dela."""
    par = get_object_or_404(repetidas.ditos_distintos(ator.abrangencia), pk=par_id)
    obter_unidade_para_juntar(ator, unidade_id=par.uma_id)
    return par


def _responde_ali(ator: Ator, codigo: str) -> bool:
    """Responde a esfera de cima; o titular do município, só onde a instalação é dele (ADR 0061)."""
    if not ator.pode(Permissao.REDE_APROVAR, em=codigo):
        return False
    return esfera_de(ator.abrangencia) != "municipio" or instalacao.territorio() == codigo


def pode_responder(ator: Ator, pedido: Pedido) -> bool:
    """Responde quem aprova ali e não fez o pedido."""
    return _responde_ali(ator, pedido.municipio_id) and not consultas.e_de_quem_pediu(ator, pedido)


def acompanha_pedidos(ator: Ator) -> bool:
    """Vê os pedidos da abrangência quem pede ou responde nela."""
    return bool({Permissao.REDE_PEDIR, Permissao.REDE_APROVAR} & ator.papel.permissoes)


def pedidos_visiveis(ator: Ator) -> QuerySet[Pedido]:
    """Os pedidos do território; a coordenação, só os da própria unidade."""
    if not acompanha_pedidos(ator):
        raise SemPermissao("O vínculo em uso não acompanha os pedidos sobre a rede.", permissao=Permissao.REDE_PEDIR)
    pedidos = consultas.pedidos_em(ator.abrangencia)
    if not ator.papel.da_unidade:
        return pedidos
    return pedidos.filter(unidade_id=ator.unidade) if ator.unidade is not None else pedidos.none()


def obter_pedido_para_ver(ator: Ator, *, pedido_id: UUID) -> Pedido:
    """O pedido: 404 fora da abrangência ou de outra unidade; 403 para quem não acompanha pedidos."""
    get_object_or_404(consultas.pedidos_em(ator.abrangencia), pk=pedido_id)
    return get_object_or_404(pedidos_visiveis(ator), pk=pedido_id)


def pode_desfazer(ator: Ator, pedido: Pedido) -> bool:
    """Desfaz o que a aprovação fez quem responde pedidos ali e não fez este."""
    desfaz_se = pedido.tipo in juncao.QUE_SE_DESFAZEM and pedido.estado == Pedido.Estado.APROVADO
    return desfaz_se and pode_responder(ator, pedido)


def obter_pedido_para_responder(ator: Ator, *, pedido_id: UUID) -> Pedido:
    """O pedido que o ator responde, ou desfaz: 404 fora da abrangência; 403, dizendo quem responde, dentro dela."""
    pedido = get_object_or_404(consultas.pedidos_em(ator.abrangencia), pk=pedido_id)
    if not _responde_ali(ator, pedido.municipio_id):
        raise SemPermissao(
            "Quem responde é a gestão ou a gerência estadual, ou a administração federal; onde a instalação é só do "
            "município, a gestão municipal titular.",
            permissao=Permissao.REDE_APROVAR,
            em=pedido.municipio_id,
        )
    return pedido


def pode_pedir_que_se_desfaca(ator: Ator, pedido: Pedido) -> bool:
    """Pede que se desfaça quem cuida da rede do município inteiro, enquanto há o que desfazer."""
    desfaz_se = pedido.tipo in juncao.QUE_SE_DESFAZEM and pedido.estado == Pedido.Estado.APROVADO
    return desfaz_se and pode_pedir_no_municipio(ator, pedido.municipio_id)


def obter_pedido_para_pedir_que_se_desfaca(ator: Ator, *, pedido_id: UUID) -> Pedido:
    """O pedido já feito que se pede para desfazer: 404 fora da abrangência; 403, dizendo quem pede, dentro dela."""
    pedido = get_object_or_404(consultas.pedidos_em(ator.abrangencia), pk=pedido_id)
    if not pode_pedir_no_municipio(ator, pedido.municipio_id):
        raise SemPermissao(
            "Pede que se desfaça a gestão ou a vigilância do município; quem responde pedidos desfaz sem pedir.",
            permissao=Permissao.REDE_PEDIR,
            em=pedido.municipio_id,
            so_na_esfera=True,
        )
    return pedido


def quem_responde(pedido: Pedido, *, dia: date) -> list[UUID]:
    """As pessoas a avisar: as do nível mais próximo que tem quem responda, sem quem pediu."""
    codigo = pedido.municipio_id
    niveis = [codigo] if instalacao.territorio() == codigo else [codigo[:2], BRASIL]
    quem = consultas.quem_pediu(pedido)
    with tranca.como_sistema():  # quem responde é da esfera de cima, que quem pede não alcança
        for nivel in niveis:
            pessoas = quem_tem(Permissao.REDE_APROVAR, em=[nivel], dia=dia)
            if ids := [p.pk for p in pessoas if quem is None or p.pk != quem.pessoa_id]:
                return ids
    return []


def responde_na_abrangencia(ator: Ator) -> bool:
    """O vínculo responde os pedidos do seu território?"""
    return _responde_ali(ator, ator.abrangencia)


def pedido_a_espera(ator: Ator, unidade: Unidade) -> Pedido | None:
    """O pedido sobre a unidade que espera resposta, para quem acompanha pedidos dali."""
    if not acompanha_pedidos(ator):
        return None
    return consultas.pedidos_no_estado(pedidos_visiveis(ator), "").filter(unidade=unidade).first()
