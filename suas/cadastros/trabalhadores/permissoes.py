"""Quem vê e quem muda o cadastro dos trabalhadores. As telas só chegam a alguém por `obter_…_para_…`.

Nome e documento são da esfera em que a pessoa trabalha: o município vê os seus, o estado os seus. A esfera de cima vê
os números das equipes, e não as pessoas (ADR 0045, leitura do projeto).
"""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from suas.cadastros.rede.models import Unidade
from suas.cadastros.trabalhadores.models import Lotacao, Trabalhador
from suas.nucleo import tranca
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.permissoes.recusa import SemPermissao

VER, ATUALIZAR = Permissao.TRABALHADOR_VER, Permissao.TRABALHADOR_ATUALIZAR
QUEM_VE = "Vê o quadro com os nomes a gestão da própria esfera e, na própria unidade, a coordenação."
QUEM_MUDA = "Muda o quadro a gestão da própria esfera e, na própria unidade, a coordenação."


def territorios_que_cuidam(*, abrangencia: str, unidade: Unidade | None) -> set[str]:
    """Os territórios cuja gestão vê as pessoas dali: o próprio e, num CREAS Regional, também o estado."""
    regional = unidade is not None and unidade.tipo == Unidade.Tipo.CREAS_REGIONAL
    return {abrangencia, abrangencia[:2]} if regional else {abrangencia}


def pode(ator: Ator, permissao: Permissao, *, abrangencia: str, unidade: Unidade | None = None) -> bool:
    """O ator faz isto com as pessoas desta unidade, ou deste órgão do território?"""
    if ator.abrangencia not in territorios_que_cuidam(abrangencia=abrangencia, unidade=unidade):
        return False
    return ator.pode(permissao, em=abrangencia, unidade=unidade.pk if unidade is not None else None)


def pode_na_lotacao(ator: Ator, permissao: Permissao, lotacao: Lotacao) -> bool:
    return pode(ator, permissao, abrangencia=lotacao.abrangencia, unidade=lotacao.unidade)


def ve_o_municipio_inteiro(ator: Ator, *, abrangencia: str) -> bool:
    """Vê todas as pessoas lotadas no território, e não só as da própria unidade?"""
    return pode(ator, VER, abrangencia=abrangencia)


def exigir(ator: Ator, permissao: Permissao, *, abrangencia: str, unidade: Unidade | None = None) -> None:
    """`SemPermissao`, dizendo quem pode, se o ator não faz isto ali."""
    if not pode(ator, permissao, abrangencia=abrangencia, unidade=unidade):
        raise SemPermissao(
            QUEM_VE if permissao == VER else QUEM_MUDA,
            permissao=permissao,
            em=abrangencia,
            so_na_esfera=True,
            unidade=unidade.pk if unidade is not None else None,
        )


def obter_unidade_para_equipe(ator: Ator, *, unidade_id: UUID) -> Unidade:
    """A unidade do território do ator (404 fora dele): os números da equipe são de quem o alcança."""
    unidade = get_object_or_404(Unidade.objects.select_related("municipio__uf"), pk=unidade_id)
    if not ator.alcanca(unidade.municipio_id):
        raise Http404
    return unidade


def obter_unidade_para_ver_quadro(ator: Ator, *, unidade_id: UUID) -> Unidade:
    """A unidade cujas pessoas o ator vê: 404 fora do território, 403 dentro dele sem o direito."""
    unidade = obter_unidade_para_equipe(ator, unidade_id=unidade_id)
    exigir(ator, VER, abrangencia=unidade.municipio_id, unidade=unidade)
    return unidade


def obter_unidade_para_lotar(ator: Ator, *, unidade_id: UUID) -> Unidade:
    """A unidade em que o ator lota e de que tira gente."""
    unidade = obter_unidade_para_equipe(ator, unidade_id=unidade_id)
    exigir(ator, ATUALIZAR, abrangencia=unidade.municipio_id, unidade=unidade)
    return unidade


def obter_unidade_para_mostrar_quem_atende(ator: Ator, *, unidade_id: UUID) -> Unidade:
    """Ligar a lista pública é da gestão, e não da própria unidade."""
    unidade = obter_unidade_para_equipe(ator, unidade_id=unidade_id)
    exigir(ator, ATUALIZAR, abrangencia=unidade.municipio_id)
    return unidade


def exigir_alcance(ator: Ator, *, abrangencia: str) -> None:
    """404 fora do território do ator."""
    if not ator.alcanca(abrangencia):
        raise Http404


def ve_o_quadro(ator: Ator) -> bool:
    """Vê as pessoas do próprio território ou, se o papel é de unidade, as da própria unidade?"""
    return ator.pode(VER, em=ator.abrangencia, unidade=ator.unidade)


def exigir_quadro(ator: Ator, *, abrangencia: str) -> None:
    """O quadro com os nomes: 404 fora do território; 403 a quem não vê as pessoas dali."""
    exigir_alcance(ator, abrangencia=abrangencia)
    if not (ator.abrangencia == abrangencia and ve_o_quadro(ator)):
        exigir(ator, VER, abrangencia=abrangencia)


def lotacoes_visiveis(ator: Ator, trabalhador: Trabalhador) -> list[Lotacao]:
    """As lotações da pessoa que o ator vê com o nome; quem é a própria pessoa vê todas as do território em uso."""
    todas = list(trabalhador.lotacoes.select_related("unidade__municipio__uf"))
    if e_a_propria(ator, trabalhador):
        return todas
    return [lotacao for lotacao in todas if pode_na_lotacao(ator, VER, lotacao)]


def e_a_propria(ator: Ator, trabalhador: Trabalhador) -> bool:
    return ator.pessoa is not None and trabalhador.pessoa_id == ator.pessoa.pk


def obter_trabalhador_para_ver(ator: Ator, *, trabalhador_id: UUID) -> Trabalhador:
    """A pessoa lotada onde o ator vê; 404 se nada dela está no território dele, 403 se está e ele não vê as pessoas."""
    trabalhador = _no_alcance(ator, trabalhador_id)
    if not e_a_propria(ator, trabalhador) and not lotacoes_visiveis(ator, trabalhador):
        _recusar(ator, trabalhador, VER)
    return trabalhador


def obter_trabalhador_para_mudar(ator: Ator, *, trabalhador_id: UUID) -> Trabalhador:
    """A pessoa cujos dados o ator muda: lotada, hoje ou antes, onde ele cuida do quadro."""
    trabalhador = _no_alcance(ator, trabalhador_id)
    if not pode_mudar(ator, trabalhador):
        _recusar(ator, trabalhador, ATUALIZAR)
    return trabalhador


def pode_mudar(ator: Ator, trabalhador: Trabalhador) -> bool:
    """Cuida do quadro onde a pessoa está lotada ou, se já não está em lugar nenhum, de onde o cadastro é cuidado?

    Os dados apagados ninguém muda.
    """
    if trabalhador.apagado_em is not None:
        return False
    abertas = list(trabalhador.lotacoes.filter(ate__isnull=True).select_related("unidade"))
    if not abertas:
        return pode(ator, ATUALIZAR, abrangencia=trabalhador.abrangencia)
    return any(pode_na_lotacao(ator, ATUALIZAR, lotacao) for lotacao in abertas)


def obter_trabalhador_para_apagar(ator: Ator, *, trabalhador_id: UUID) -> Trabalhador:
    """Apaga dados pessoais quem cuida disso na instalação (404 fora do alcance, 403 sem o direito)."""
    trabalhador = _no_alcance(ator, trabalhador_id)
    if not pode_apagar(ator, trabalhador):
        raise SemPermissao(
            "Apaga dados pessoais quem cuida deles na instalação.",
            permissao=Permissao.DADO_PESSOAL_APAGAR,
            em=trabalhador.abrangencia,
        )
    return trabalhador


def pode_apagar(ator: Ator, trabalhador: Trabalhador) -> bool:
    return ator.pode(Permissao.DADO_PESSOAL_APAGAR, em=trabalhador.abrangencia)


def obter_lotacao_para_mudar(ator: Ator, *, lotacao_id: UUID) -> Lotacao:
    """A lotação de onde o ator cuida do quadro: 404 fora do território, 403 dentro dele."""
    lotacao = get_object_or_404(
        Lotacao.objects.da_abrangencia(ator.abrangencia).select_related("trabalhador", "unidade__municipio__uf"),
        pk=lotacao_id,
    )
    exigir(ator, ATUALIZAR, abrangencia=lotacao.abrangencia, unidade=lotacao.unidade)
    return lotacao


def _no_alcance(ator: Ator, trabalhador_id: UUID) -> Trabalhador:
    """Quem tem lotação no território do ator, ou é ele mesmo; os outros não existem para ele."""
    do_territorio = Lotacao.objects.da_abrangencia(ator.abrangencia).filter(trabalhador_id=trabalhador_id)
    with tranca.como_sistema():  # a própria pessoa se acha também pelo vínculo que não alcança a sua lotação
        trabalhador = get_object_or_404(Trabalhador.objects.select_related("pessoa"), pk=trabalhador_id)
    if not do_territorio.exists() and not e_a_propria(ator, trabalhador):
        raise Http404
    return trabalhador


def _recusar(ator: Ator, trabalhador: Trabalhador, permissao: Permissao) -> None:
    uma = trabalhador.lotacoes.da_abrangencia(ator.abrangencia).select_related("unidade").first()
    if uma is None:
        raise Http404
    exigir(ator, permissao, abrangencia=uma.abrangencia, unidade=uma.unidade)
    raise SemPermissao(QUEM_VE, permissao=permissao, em=uma.abrangencia)
