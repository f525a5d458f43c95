"""Quem retira o segundo fator de outra pessoa: quem poderia nomeá-la."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from suas.nucleo.identidade import consultas
from suas.nucleo.permissoes.abrangencia import esfera_de
from suas.nucleo.permissoes.permissao import Permissao

if TYPE_CHECKING:
    from suas.nucleo.identidade.models import Pessoa, Vinculo
    from suas.nucleo.permissoes.ator import Ator


def obter_pessoa_para_retirar_fator(ator: Ator, *, pessoa_id: UUID, em: date) -> Pessoa:
    """A pessoa, se o ator nomeia o papel de cada vínculo vigente dela, todos na própria abrangência.

    Fora da abrangência a pessoa não existe (404). Dentro dela, quem não nomeia todos os papéis recebe 403: senão, quem
    nomeia a recepção de um município abriria a conta de quem também preside o conselho.
    """
    pessoa = consultas.pessoa_pelo_numero(pessoa_id)
    vigentes = list(consultas.vinculos_vigentes(pessoa, em=em)) if pessoa else []
    if pessoa is None or not any(ator.alcanca(vinculo.abrangencia) for vinculo in vigentes):
        raise Http404("Pessoa fora da abrangência.")
    if ator.pessoa is not None and ator.pessoa.pk == pessoa.pk:
        raise PermissionDenied("O seu próprio segundo fator se retira em Minha conta, com a sua senha.")
    if not all(_nomearia(ator, vinculo) for vinculo in vigentes):
        raise PermissionDenied(
            "Só retira o segundo fator de outra pessoa quem nomeia todos os vínculos dela. Peça a quem a nomeou."
        )
    return pessoa


def _nomearia(ator: Ator, vinculo: Vinculo) -> bool:
    return ator.pode(Permissao.ACESSO_NOMEAR, em=vinculo.abrangencia) and ator.papel.pode_nomear(
        vinculo.papel_codigo, esfera_de(vinculo.abrangencia)
    )
