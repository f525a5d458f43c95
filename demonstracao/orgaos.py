"""Órgão gestor, conselho e fundo de todos os entes do país, com nomes genéricos; no Espírito Santo, quem responde."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from demonstracao.invencao import FONTE, acaso, cnpj, dia_de, identificador, nome_de_gente
from demonstracao.pessoas import ENTRADAS, ES, OUTROS_VINCULOS, VITORIA
from normas.territorio.federacao import DISTRITO_FEDERAL, UFS
from suas.cadastros.fundos import acoes as fundos
from suas.cadastros.orgaos import acoes as orgaos
from suas.cadastros.orgaos.do_ente import NovoDoEnte, Posse
from suas.cadastros.orgaos.models import Orgao
from suas.cadastros.territorio.models import Municipio
from suas.nucleo.permissoes import papeis
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import Papel

POSSE = date(2025, 1, 2)
_DE = {
    **dict.fromkeys(("AC", "AP", "AM", "CE", "ES", "MA", "MT", "MS", "PA", "PR", "PI", "RJ", "RN", "RS", "TO"), "do"),
    **dict.fromkeys(("BA", "PB"), "da"),
    "DF": "do",
}
_NATUREZAS = (Orgao.Natureza.EXCLUSIVA, Orgao.Natureza.ASSOCIADA, Orgao.Natureza.SUBORDINADA)
#: Há quantos dias alguém conferiu, nenhum se ninguém; sorteia-se por ente.
_CONFERIDO_HA = (12, 40, 95, 150, 240, None)
#: Os que esperam conferência de quem entra; e o mandato da presidência do conselho de Vitória já passou do previsto.
_A_CONFERIR = {("orgao_gestor", VITORIA), ("fundo", VITORIA), ("conselho", ES)}
_A_CONFERIR_HA = 200


@dataclass(frozen=True, kw_only=True)
class _Ente:
    """O ente e os nomes dos seus três órgãos."""

    codigo: str
    gestor: str
    conselho: str
    sigla_do_conselho: str
    fundo: str


def registrar_todos(*, por: Ator, em: datetime) -> int:
    """Registra os que faltam e devolve quantos; os que já têm registro ficam como estão."""
    entes = list(_entes())
    iguais: dict[str, Any] = {"fonte": FONTE, "sintetico": True, "por": por, "em": em, "motivo": "Demonstração"}
    feitos = orgaos.registrar_orgaos(novos=[o for ente in entes for o in _orgaos(ente, em=em)], **iguais)
    return feitos + fundos.registrar_fundos(novos=[_fundo(ente, em=em) for ente in entes], **iguais)


def _entes() -> Iterator[_Ente]:
    yield _Ente(
        codigo="BR",
        gestor="Órgão gestor federal da assistência social",
        conselho="Conselho Nacional de Assistência Social",
        sigla_do_conselho="CNAS",
        fundo="Fundo Nacional de Assistência Social",
    )
    for uf in UFS:
        de_onde = f"{_DE.get(uf.sigla, 'de')} {uf.nome}"
        distrito = uf.sigla == DISTRITO_FEDERAL
        yield _Ente(
            codigo=uf.codigo,
            gestor=f"Secretaria de Assistência Social {de_onde}",
            conselho=f"Conselho {'' if distrito else 'Estadual '}de Assistência Social {de_onde}",
            sigla_do_conselho=f"{'CAS' if distrito else 'CEAS'}/{uf.sigla}",
            fundo=f"Fundo {'' if distrito else 'Estadual '}de Assistência Social {de_onde}",
        )
    # o Distrito Federal é um ente só: os seus órgãos são os da UF
    municipios = Municipio.objects.filter(ate_ano__isnull=True).exclude(uf__sigla=DISTRITO_FEDERAL)
    for codigo, nome in municipios.order_by("codigo_ibge").values_list("codigo_ibge", "nome"):
        yield _Ente(
            codigo=codigo,
            gestor=f"Secretaria Municipal de Assistência Social de {nome}",
            conselho=f"Conselho Municipal de Assistência Social de {nome}",
            sigla_do_conselho="CMAS",
            fundo=f"Fundo Municipal de Assistência Social de {nome}",
        )


def _orgaos(ente: _Ente, *, em: datetime) -> Iterator[orgaos.NovoOrgao]:
    sorte = acaso("orgaos", ente.codigo)
    detalhado = ente.codigo.startswith(ES)
    yield orgaos.NovoOrgao(
        id=identificador("orgao_gestor", ente.codigo),
        tipo=Orgao.Tipo.ORGAO_GESTOR,
        abrangencia=ente.codigo,
        nome=ente.gestor,
        natureza=sorte.choices(_NATUREZAS, (6, 3, 1))[0].value,
        lei=f"Lei nº {sorte.randrange(400, 4000)} (fictícia)" if detalhado else "",
        lei_dia=date(sorte.randrange(1996, 2012), sorte.randrange(1, 13), 15) if detalhado else None,
        conferido_em=_conferido_em("orgao_gestor", ente, sorte, em=em),
        responde=_posse(papeis.GESTAO_MUNICIPAL, papeis.GESTAO_ESTADUAL, ente=ente, cargo="Secretária(o)"),
    )
    yield orgaos.NovoOrgao(
        id=identificador("conselho", ente.codigo),
        tipo=Orgao.Tipo.CONSELHO,
        abrangencia=ente.codigo,
        nome=ente.conselho,
        sigla=ente.sigla_do_conselho,
        conferido_em=_conferido_em("conselho", ente, sorte, em=em),
        responde=_posse(
            papeis.PRESIDENCIA_CONSELHO,
            ente=ente,
            cargo="Presidente",
            previsto_ate=dia_de(em) - timedelta(days=20) if ente.codigo == VITORIA else None,
        ),
    )


def _fundo(ente: _Ente, *, em: datetime) -> NovoDoEnte:
    sorte = acaso("fundos", ente.codigo)
    return NovoDoEnte(
        id=identificador("fundo", ente.codigo),
        abrangencia=ente.codigo,
        nome=ente.fundo,
        cnpj=cnpj(int(ente.codigo[2:]) if len(ente.codigo) == 7 else 0) if ente.codigo.startswith(ES) else "",
        conferido_em=_conferido_em("fundo", ente, sorte, em=em),
        responde=_posse(papeis.GESTOR_FUNDO, ente=ente, cargo="Gestor(a) do fundo"),
    )


def _conferido_em(o_que: str, ente: _Ente, sorte: Random, *, em: datetime) -> datetime | None:
    dias = _A_CONFERIR_HA if (o_que, ente.codigo) in _A_CONFERIR else sorte.choice(_CONFERIDO_HA)
    return em - timedelta(days=dias) if dias is not None else None


def _posse(*de_quem: Papel, ente: _Ente, cargo: str, previsto_ate: date | None = None) -> Posse | None:
    """Quem responde, nos entes do Espírito Santo: a pessoa que entra por aquele papel ou, sem ela, uma inventada."""
    if not ente.codigo.startswith(ES):
        return None
    entra = [e.nome for e in (*ENTRADAS, *OUTROS_VINCULOS) if e.papel in de_quem and e.abrangencia == ente.codigo]
    nome = entra[0] if entra else nome_de_gente(acaso("posse", cargo, ente.codigo))
    return Posse(nome=nome, cargo=cargo, desde=POSSE, previsto_ate=previsto_ate)
