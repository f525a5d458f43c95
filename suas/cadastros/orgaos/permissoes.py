"""Quem cuida do registro de cada órgão: o próprio ente, e, do conselho, o próprio conselho. Ler é público."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from suas.cadastros.orgaos import consultas
from suas.cadastros.orgaos.models import Mandato, Orgao
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.permissoes.recusa import SemPermissao

_RECUSAS = {
    Permissao.ORGAO_ATUALIZAR: (
        "O registro do órgão gestor e do governo é de quem responde pela gestão no próprio ente. Se o que está aqui "
        "não confere, diga a ela por “Pedir ajuda”."
    ),
    Permissao.CONSELHO_ATUALIZAR: (
        "O registro do conselho é do próprio conselho: a presidência e a secretaria executiva o atualizam, e nenhum "
        "gestor o muda."
    ),
    Permissao.FUNDO_ATUALIZAR: (
        "O registro do fundo é de quem responde por ele no próprio ente: a gestão titular ou adjunta, o gestor do "
        "fundo e o contador."
    ),
}


def obter_ente(ator: Ator, *, codigo: str) -> consultas.Ente:
    """O ente do código, público a qualquer ator; o que não existe é 404."""
    if (achado := consultas.ente(codigo)) is None:
        raise Http404
    return achado


def cuida(ator: Ator, permissao: Permissao, *, codigo: str) -> bool:
    """O ator age por este ente, e o seu papel cuida disto? Estar acima do ente não basta: cada um cuida do seu."""
    return ator.abrangencia == codigo and ator.pode(permissao, em=codigo)


def exigir_cuidar(ator: Ator, permissao: Permissao, *, codigo: str) -> None:
    """Fora da abrangência não existe (404); dentro dela, quem não cuida recebe 403 com palavras."""
    if not ator.alcanca(codigo):
        raise Http404
    if not cuida(ator, permissao, codigo=codigo):
        raise SemPermissao(_RECUSAS[permissao], permissao=permissao, em=codigo, so_na_esfera=True)


def obter_orgao_para_ver(ator: Ator, *, codigo: str, tipo: str) -> Orgao:
    """O órgão registrado; ler é público a qualquer ator, e o que ninguém registrou é 404."""
    return get_object_or_404(Orgao, abrangencia=codigo, tipo=tipo)


def obter_orgao_pelo_id_para_ver(ator: Ator, *, orgao_id: UUID) -> Orgao:
    """O órgão do identificador que a interface dá; ler é público a qualquer ator."""
    return get_object_or_404(Orgao, pk=orgao_id)


def obter_ente_para_editar(ator: Ator, *, codigo: str, tipo: str) -> consultas.Ente:
    """O ente cujo órgão deste tipo o ator registra e atualiza."""
    achado = obter_ente(ator, codigo=codigo)
    exigir_cuidar(ator, consultas.PERMISSAO_DO_TIPO[Orgao.Tipo(tipo)], codigo=achado.codigo)
    return achado


def obter_orgao_para_editar(ator: Ator, *, codigo: str, tipo: str) -> Orgao:
    """O órgão que o ator atualiza; antes do primeiro registro, 404."""
    achado = obter_ente_para_editar(ator, codigo=codigo, tipo=tipo)
    return obter_orgao_para_ver(ator, codigo=achado.codigo, tipo=tipo)


def le_atos(ator: Ator, *, codigo: str) -> bool:
    """O arquivo do ato que nomeou quem responde, lê quem entrou e alcança o ente."""
    return not ator.e_publico and ator.alcanca(codigo)


def obter_mandato_para_ler_o_ato(ator: Ator, *, mandato_id: UUID) -> Mandato:
    """O mandato que tem o arquivo do ato: 404 fora da abrangência, e quando não há arquivo."""
    com_arquivo = Mandato.objects.select_related("orgao", "ato_documento").filter(ato_documento__isnull=False)
    mandato = get_object_or_404(com_arquivo, pk=mandato_id)
    if not le_atos(ator, codigo=mandato.orgao.abrangencia):
        raise Http404
    return mandato


def obter_mandato_para_encerrar(ator: Ator, *, mandato_id: UUID) -> Mandato:
    """O mandato de um órgão de que o ator cuida."""
    mandato = get_object_or_404(Mandato.objects.select_related("orgao"), pk=mandato_id)
    obter_ente_para_editar(ator, codigo=mandato.orgao.abrangencia, tipo=mandato.orgao.tipo)
    return mandato
