"""As unidades na busca do alto da página. Só nome, tipo e município: o endereço reservado não se mostra aqui."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse

from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio import procura
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.permissoes.ator import Ator

_TIPOS = {tipo.value: set(nome_de_busca(str(tipo.label)).split()) - {"de", "do", "e"} for tipo in Unidade.Tipo}


def procurar(termo: str, *, ator: Ator, hoje: date, limite: int) -> list[procura.Achado]:
    """Pelo nome, pelo tipo, pelo identificador e, junto de um deles, pelo município ou pela UF. Traz as fechadas.

    As juntadas a outra não: acha-se a que vale.
    """
    todas = Unidade.objects.filter(fundida_em__isnull=True).select_related("municipio__uf")
    achadas = procura.pelo_nome(todas, termo, na_palavra=_na_unidade, onde=procura.NO_MUNICIPIO)
    return [
        procura.Achado(
            nome=unidade.nome,
            endereco=reverse("rede-unidade", args=[unidade.pk]),
            sobre=f"{unidade.get_tipo_display()} · {unidade.municipio}",
            aviso="" if unidade.funciona_em(hoje) else "não funciona hoje",
        )
        for unidade in achadas[:limite]
    ]


def _na_unidade(palavra: str) -> Q:
    achou = Q(nome_busca__contains=palavra)
    if tipos := [tipo for tipo, nomes in _TIPOS.items() if palavra in nomes]:
        achou |= Q(tipo__in=tipos)
    if palavra.isdigit() and len(palavra) >= 6:
        achou |= Q(identificador__startswith=palavra)
    return achou
