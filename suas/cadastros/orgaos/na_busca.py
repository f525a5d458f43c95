"""Os órgãos gestores, os conselhos e os governos na busca do alto da página: ler é público."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.urls import reverse

from normas.territorio.federacao import UF_POR_SIGLA
from suas.cadastros.orgaos.models import Orgao
from suas.cadastros.territorio import procura
from suas.cadastros.territorio.models import Municipio
from suas.nucleo.identidade import lugares
from suas.nucleo.permissoes.ator import Ator

#: Como se chama cada tipo quando não se sabe o nome.
_TIPOS = {"conselho": Orgao.Tipo.CONSELHO, "gestor": Orgao.Tipo.ORGAO_GESTOR, "prefeitura": Orgao.Tipo.GOVERNO}


def procurar(termo: str, *, ator: Ator, hoje: date, limite: int) -> list[procura.Achado]:
    """Pelo nome, pela sigla ou pelo tipo e, junto de um deles, pelo município ou pela UF."""
    parecidos = procura.pelo_nome(Orgao.objects.all(), termo, na_palavra=_no_orgao, onde=NO_ENTE)
    achados = list(parecidos[:limite])
    lugares.nomes(orgao.abrangencia for orgao in achados)
    return [
        procura.Achado(
            nome=orgao.nome,
            endereco=reverse("orgao", args=[orgao.abrangencia, orgao.tipo]),
            sobre=f"{orgao.de_que} · {orgao.lugar}",
        )
        for orgao in achados
    ]


def _no_orgao(palavra: str) -> Q:
    achou = Q(nome_busca__contains=palavra)
    return achou | Q(tipo=_TIPOS[palavra]) if palavra in _TIPOS else achou


def _no_ente(palavra: str) -> Q:
    """A palavra é parte do nome do município do registro, ou a sigla da UF dele: o ente é só um código."""
    condicao = Q(abrangencia__in=Municipio.objects.filter(nome_busca__contains=palavra).values("pk"))
    uf = UF_POR_SIGLA.get(palavra.upper())
    return condicao | Q(abrangencia__startswith=uf.codigo) if uf else condicao


def _no_ente_chamado(nomes: list[str]) -> Q:
    return Q(abrangencia__in=Municipio.objects.filter(nome_busca__in=nomes).values("pk"))


NO_ENTE = procura.Onde(parte=_no_ente, inteiro=_no_ente_chamado)
