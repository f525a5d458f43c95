"""Quem vê e quem gere os acessos. As telas só chegam a uma pessoa, vínculo ou convite por `obter_…_para_…`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from suas.nucleo import tranca
from suas.nucleo.identidade import consultas
from suas.nucleo.identidade.models import Convite, Pessoa, Vinculo
from suas.nucleo.permissoes.abrangencia import esfera_de
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import PAPEIS, PAPEIS_DE_VINCULO, Esfera, Papel
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.permissoes.recusa import SemNomeacao, SemPermissao


def papeis_que_nomeia(ator: Ator) -> Mapping[Papel, frozenset[Esfera]]:
    """Os papéis que o ator dá e em que esferas, na ordem da lista dos papéis."""
    if Permissao.ACESSO_NOMEAR not in ator.papel.permissoes:
        return {}
    alcancadas = _esferas_dentro(ator.abrangencia)
    nomeia = {PAPEIS[codigo]: esferas & alcancadas for codigo, esferas in ator.papel.nomeia.items()}
    return {papel: nomeia[papel] for papel in PAPEIS.values() if nomeia.get(papel)}


def pode_nomear(ator: Ator, *, papel: Papel, abrangencia: str) -> bool:
    """O ator dá este papel neste território?"""
    return ator.pode(Permissao.ACESSO_NOMEAR, em=abrangencia) and ator.papel.pode_nomear(
        papel.codigo, esfera_de(abrangencia)
    )


def exigir_nomeacao(ator: Ator, *, papel: Papel, abrangencia: str) -> None:
    """`PermissionDenied`, dizendo quem pode, se o ator não dá este papel neste território."""
    if not pode_nomear(ator, papel=papel, abrangencia=abrangencia):
        quem = quem_nomeia(papel, abrangencia)
        raise SemNomeacao(
            f"O vínculo em uso não nomeia {papel.nome} nesse território. Quem nomeia: {quem}.",
            papel=papel,
            em=abrangencia,
        )


def exigir_gestao_do_vinculo(ator: Ator, vinculo: Vinculo) -> None:
    """Encerra e muda um vínculo quem o pode nomear."""
    exigir_nomeacao(ator, papel=vinculo.papel, abrangencia=vinculo.abrangencia)


def pode_passar(ator: Ator, vinculo: Vinculo) -> bool:
    """Passa a titularidade quem a tem ou, quando o titular falta, quem nomeia titulares dali.

    Quem passou para um dia que ainda não chegou pode, até lá, passar de volta a que receberia: é como se desmarca.
    """
    if not vinculo.papel.titular:
        return False
    proprio = ator.vinculo is not None and ator.vinculo.pk == vinculo.pk
    if proprio:
        return ator.pode(Permissao.ACESSO_PASSAR, em=vinculo.abrangencia)
    if (
        ator.vinculo is not None
        and ator.vinculo.papel == vinculo.papel
        and consultas.entra_depois(vinculo, ator.vinculo)
    ):
        return ator.pode(Permissao.ACESSO_PASSAR, em=vinculo.abrangencia)
    return pode_nomear(ator, papel=vinculo.papel, abrangencia=vinculo.abrangencia)


def exigir_passagem(ator: Ator, vinculo: Vinculo) -> None:
    if not pode_passar(ator, vinculo):
        raise SemNomeacao(
            "Passa a titularidade quem a tem; se a pessoa falta, quem a nomeia: "
            f"{quem_nomeia(vinculo.papel, vinculo.abrangencia)}.",
            papel=vinculo.papel,
            em=vinculo.abrangencia,
            titular=vinculo.pk,
        )


def quem_nomeia(papel: Papel, abrangencia: str) -> str:
    """Em palavras, os papéis que dão este naquela esfera."""
    esfera = esfera_de(abrangencia)
    nomes = [outro.nome for outro in PAPEIS_DE_VINCULO if outro.pode_nomear(papel.codigo, esfera)]
    return " ou ".join(nomes) if nomes else "quem opera o servidor da instalação"


def exigir_consulta(ator: Ator) -> None:
    """Vê os acessos da própria abrangência quem supervisiona, nomeia ou audita."""
    if Permissao.ACESSO_VER not in ator.papel.permissoes:
        raise SemPermissao(
            "O vínculo em uso não vê quem tem acesso na sua abrangência.", permissao=Permissao.ACESSO_VER
        )


def exigir_nomeador(ator: Ator) -> None:
    """Só quem dá algum papel abre a tela de nomear."""
    if not papeis_que_nomeia(ator):
        raise SemPermissao("O vínculo em uso não nomeia ninguém.", permissao=Permissao.ACESSO_NOMEAR)


def obter_pessoa_para_ver(ator: Ator, *, pessoa_id: UUID) -> Pessoa:
    """A pessoa, se tem ou teve vínculo na abrangência do ator (404 se não); 403 para quem não vê acessos."""
    ids = consultas.vinculos_em(ator.abrangencia).values("pessoa_id")
    pessoa = get_object_or_404(Pessoa.objects.filter(pk__in=ids), pk=pessoa_id)
    exigir_consulta(ator)
    return pessoa


def obter_vinculo_para_ver(ator: Ator, *, vinculo_id: UUID) -> Vinculo:
    """O vínculo da abrangência (404 fora dela), para quem vê acessos (403 a quem não vê)."""
    vinculo = _vinculo(ator, vinculo_id)
    exigir_consulta(ator)
    return vinculo


def obter_vinculo_para_gerir(ator: Ator, *, vinculo_id: UUID) -> Vinculo:
    """O vínculo que o ator pode encerrar e mudar. 404 fora da abrangência; 403, dizendo quem pode, dentro dela."""
    vinculo = _vinculo(ator, vinculo_id)
    exigir_gestao_do_vinculo(ator, vinculo)
    return vinculo


def obter_vinculo_para_passar(ator: Ator, *, vinculo_id: UUID, hoje: date) -> Vinculo:
    """O vínculo de titular, em exercício, que o ator pode passar. 404 fora da abrangência; 403 sem poder."""
    vinculo = _vinculo(ator, vinculo_id)
    exigir_passagem(ator, vinculo)
    if vinculo.ate is not None and vinculo.ate <= hoje:
        raise PermissionDenied("Este mandato já terminou. Nomeie quem entra por “Nomear alguém”.")
    return vinculo


def obter_convite_para_ver(ator: Ator, *, convite_id: UUID) -> Convite:
    convite = _convite(ator, convite_id)
    exigir_consulta(ator)
    return convite


def obter_convite_para_gerir(ator: Ator, *, convite_id: UUID) -> Convite:
    """O convite que o ator pode reenviar e cancelar: o de papel que ele nomeia, ou o da própria passagem."""
    convite = _convite(ator, convite_id)
    exigir_gestao_do_convite(ator, convite)
    return convite


def exigir_gestao_do_convite(ator: Ator, convite: Convite) -> None:
    """Reenvia e cancela quem nomeia aquele papel, ou o titular, no convite da própria passagem."""
    if not pode_gerir_convite(ator, convite):
        exigir_nomeacao(ator, papel=convite.papel, abrangencia=convite.abrangencia)


def pode_gerir_convite(ator: Ator, convite: Convite) -> bool:
    da_passagem = (
        ator.vinculo is not None
        and convite.por_vinculo_id == ator.vinculo.pk
        and ator.pode(Permissao.ACESSO_PASSAR, em=convite.abrangencia)
    )
    return da_passagem or pode_nomear(ator, papel=convite.papel, abrangencia=convite.abrangencia)


@tranca.como_sistema()  # quem convidou pode ser de um território que quem olha não alcança
def _convite(ator: Ator, convite_id: UUID) -> Convite:
    convites = consultas.convites_em(ator.abrangencia).select_related("por_vinculo__pessoa", "vinculo")
    return get_object_or_404(convites, pk=convite_id)


def _vinculo(ator: Ator, vinculo_id: UUID) -> Vinculo:
    return get_object_or_404(consultas.vinculos_em(ator.abrangencia).select_related("pessoa"), pk=vinculo_id)


def _esferas_dentro(abrangencia: str) -> frozenset[Esfera]:
    if not abrangencia:
        return frozenset()
    todas: tuple[Esfera, ...] = ("uniao", "uf", "municipio")
    return frozenset(todas[todas.index(esfera_de(abrangencia)) :])
