"""Quem vê e quem conduz uma partilha. As telas só chegam a ela por `obter_…_para_…`.

Quem conduz é a gestão da mesma esfera do recurso: a administração federal na nacional, a gestão estadual na da sua UF.
Antes de deliberada, a partilha é vista por quem tem a abrangência dela e, depois de simulada, pelos estados e
municípios que participam, cada um nas linhas do próprio território. Deliberada ou selada, é de todos.
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from normas.territorio.federacao import UF_POR_SIGLA
from suas.financas.partilhas.consultas.entradas import alcance, visiveis
from suas.financas.partilhas.models import PAIS, Insumo, Partilha, Peca
from suas.nucleo.permissoes.abrangencia import contem
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.permissoes.recusa import SemPermissao


def quem_conduz(partilha: Partilha) -> str:
    """Em palavras, quem conduz: vai às recusas e às telas."""
    if partilha.nacional:
        return "a administração federal"
    return f"a gestão estadual ({partilha.nome_do_ambito})"


def pode_abrir(ator: Ator) -> bool:
    """Abre partilha quem conduz a da própria esfera: o país ou uma UF."""
    return (ator.abrangencia == PAIS or len(ator.abrangencia) == 2) and ator.pode(
        Permissao.PARTILHA_CONDUZIR, em=ator.abrangencia
    )


def pode_conduzir(ator: Ator, partilha: Partilha) -> bool:
    return _pode(ator, partilha, Permissao.PARTILHA_CONDUZIR)


def pode_pactuar(ator: Ator, partilha: Partilha) -> bool:
    return _pode(ator, partilha, Permissao.PARTILHA_PACTUAR)


def pode_selar(ator: Ator, partilha: Partilha) -> bool:
    return _pode(ator, partilha, Permissao.PARTILHA_SELAR)


def _pode(ator: Ator, partilha: Partilha, permissao: Permissao) -> bool:
    return ator.abrangencia == partilha.ambito and ator.pode(permissao, em=partilha.ambito)


def _recusa(partilha: Partilha, permissao: Permissao, ato: str) -> SemPermissao:
    motivo = f"Só {quem_conduz(partilha)} {ato}"
    return SemPermissao(motivo, permissao=permissao, em=partilha.ambito, so_na_esfera=True)


def alcanca_tudo(ator: Ator, partilha: Partilha) -> bool:
    """O ator vê todas as linhas desta partilha, e não só as do próprio território?"""
    return alcance(ator, partilha) == PAIS


def exigir_abertura(ator: Ator) -> None:
    """Recusa (403) quem não conduz partilha alguma."""
    if not pode_abrir(ator):
        raise SemPermissao(
            "Só a administração federal e a gestão estadual abrem partilhas.", permissao=Permissao.PARTILHA_CONDUZIR
        )


def obter_partilha_para_ver(ator: Ator, *, partilha_id: UUID) -> Partilha:
    """A partilha, se o ator a vê; fora do alcance ela não existe (404)."""
    return get_object_or_404(visiveis(ator).select_related("cenario_de"), pk=partilha_id)


def obter_partilha_para_conduzir(ator: Ator, *, partilha_id: UUID) -> Partilha:
    """A partilha, para quem a conduz; 404 fora do alcance, 403 dentro dele sem poder."""
    partilha = obter_partilha_para_ver(ator, partilha_id=partilha_id)
    if not pode_conduzir(ator, partilha):
        raise _recusa(partilha, Permissao.PARTILHA_CONDUZIR, "conduz esta partilha.")
    return partilha


def obter_partilha_para_pactuar(ator: Ator, *, partilha_id: UUID) -> Partilha:
    """A partilha, para quem junta as peças; 404 fora do alcance, 403 dentro dele sem poder."""
    partilha = obter_partilha_para_ver(ator, partilha_id=partilha_id)
    if not pode_pactuar(ator, partilha):
        raise _recusa(
            partilha,
            Permissao.PARTILHA_PACTUAR,
            f"Só {quem_conduz(partilha)} junta a pactuação e a resolução desta partilha.",
        )
    return partilha


def obter_partilha_para_selar(ator: Ator, *, partilha_id: UUID) -> Partilha:
    """A partilha, para quem a sela; 404 fora do alcance, 403 dentro dele sem poder."""
    partilha = obter_partilha_para_ver(ator, partilha_id=partilha_id)
    if not pode_selar(ator, partilha):
        raise _recusa(partilha, Permissao.PARTILHA_SELAR, "sela esta partilha.")
    return partilha


def obter_partilha_e_municipio_para_ver(ator: Ator, *, partilha_id: UUID, codigo_ibge: str) -> tuple[Partilha, Insumo]:
    """A partilha e o insumo de um município dela que o ator alcança; senão, 404."""
    partilha = obter_partilha_para_ver(ator, partilha_id=partilha_id)
    if not contem(alcance(ator, partilha), codigo_ibge):
        raise Http404
    insumo = get_object_or_404(
        Insumo.objects.select_related("municipio__uf"), partilha=partilha, municipio_id=codigo_ibge
    )
    return partilha, insumo


def obter_partilha_e_uf_para_ver(ator: Ator, *, partilha_id: UUID, sigla: str) -> Partilha:
    """A partilha, se o ator vê os municípios da UF nela; um município vê a fila do próprio estado. Senão, 404."""
    partilha = obter_partilha_para_ver(ator, partilha_id=partilha_id)
    uf = UF_POR_SIGLA.get(sigla)
    # Os dois primeiros algarismos de um município são os do seu estado.
    if uf is None or not contem(partilha.ambito, uf.codigo) or not contem(alcance(ator, partilha)[:2], uf.codigo):
        raise Http404
    return partilha


def obter_partilha_para_baixar_memoria(ator: Ator, *, partilha_id: UUID) -> Partilha:
    """A memória traz todos os municípios: é de quem alcança todos; os outros a têm quando a partilha for deliberada."""
    partilha = obter_partilha_para_ver(ator, partilha_id=partilha_id)
    if not alcanca_tudo(ator, partilha):
        raise SemPermissao(
            "A memória tem as linhas de todos os municípios e fica aberta a todos quando a partilha for deliberada. "
            "Até lá, leia a memória dos municípios do seu território na página de cada um.",
            permissao=Permissao.PARTILHA_VER_RASCUNHO,
            em=partilha.ambito,
        )
    return partilha


def obter_peca_para_ler(ator: Ator, *, partilha_id: UUID, peca_id: UUID) -> Peca:
    """Uma peça ainda juntada, para quem vê a partilha; senão, 404."""
    partilha = obter_partilha_para_ver(ator, partilha_id=partilha_id)
    return get_object_or_404(Peca.objects.select_related("documento"), partilha=partilha, pk=peca_id)


def obter_insumo_para_corrigir(ator: Ator, *, partilha_id: UUID, codigo_ibge: str) -> Insumo:
    """O insumo de um município, para quem conduz a partilha; 404 fora do alcance, 403 dentro dele sem poder."""
    partilha, insumo = obter_partilha_e_municipio_para_ver(ator, partilha_id=partilha_id, codigo_ibge=codigo_ibge)
    if not pode_conduzir(ator, partilha):
        raise _recusa(
            partilha, Permissao.PARTILHA_CONDUZIR, f"Só {quem_conduz(partilha)} corrige os insumos desta partilha."
        )
    insumo.partilha = partilha
    return insumo
