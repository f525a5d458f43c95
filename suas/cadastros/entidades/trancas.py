"""A segunda tranca das entidades: o cadastro é público, e só o município da sede o muda; a inscrição é do conselho.

A inscrição por dentro é vista e mudada por quem alcança o município do conselho ou o da sede; a que tem número todos
leem, sem os passos nem os documentos.
"""

from __future__ import annotations

from suas.nucleo import banco
from suas.nucleo.tranca import Tranca, abrir_leitura, alcanca, registrar_tranca

_NA_SEDE = alcanca("e.municipio_id")
_DA_INSCRICAO = (
    "EXISTS (SELECT 1 FROM entidades_inscricao i JOIN entidades_entidade e ON e.id = i.entidade_id "
    "WHERE i.id = {tabela}.inscricao_id AND (" + alcanca("i.municipio_id") + " OR " + _NA_SEDE + "))"
)
PUBLICAS = ("atuacao", "oferta", "parceria", "vinculosuas")
DA_INSCRICAO = ("passo", "entrega", "cancelamento")


def registrar() -> None:
    """Declara as trancas; chamado no `ready` do módulo."""
    registrar_tranca(Tranca(tabela="entidades_entidade", ve="true", muda=alcanca("municipio_id")))
    for nome in PUBLICAS:
        registrar_tranca(Tranca(tabela=f"entidades_{nome}", ve="true", muda=_da_sede(f"entidades_{nome}")))
    do_dirigente = _da_sede("entidades_dirigente")
    registrar_tranca(Tranca(tabela="entidades_dirigente", ve=do_dirigente, muda=do_dirigente))
    por_dentro = f"({alcanca('municipio_id')} OR {_da_sede('entidades_inscricao')})"
    registrar_tranca(Tranca(tabela="entidades_inscricao", ve=f"(numero IS NOT NULL OR {por_dentro})", muda=por_dentro))
    for nome in DA_INSCRICAO:
        da_inscricao = _DA_INSCRICAO.format(tabela=f"entidades_{nome}")
        registrar_tranca(Tranca(tabela=f"entidades_{nome}", ve=da_inscricao, muda=da_inscricao))
    registrar_tranca(Tranca(tabela="entidades_etapadoconselho", ve="true", muda=alcanca("municipio_id")))
    for nome in ("passo", "entrega"):
        da_inscricao = _DA_INSCRICAO.format(tabela="d")
        abrir_leitura(
            tabela="documentos_documento",
            nome=f"da_{nome}_da_inscricao",
            ve=f"EXISTS (SELECT 1 FROM entidades_{nome} d WHERE d.documento_id = documentos_documento.id "
            f"AND {da_inscricao})",
        )


def _da_sede(tabela: str) -> str:
    return f"EXISTS (SELECT 1 FROM entidades_entidade e WHERE e.id = {tabela}.entidade_id AND {_NA_SEDE})"


def gatilhos() -> None:
    """O número de uma inscrição não muda nem volta a ser usado; um passo dado não se desdá."""
    banco.so_acrescimo("entidades_passo", "Um passo da inscricao nao muda nem se apaga.")
    mudou = "(NEW.numero IS NULL OR NEW.numero <> OLD.numero OR NEW.municipio_id <> OLD.municipio_id)"
    banco.registrar_gatilho(
        banco.Gatilho(
            tabela="entidades_inscricao",
            operacao="UPDATE",
            mensagem="O numero de uma inscricao nao muda.",
            quando=f"OLD.numero IS NOT NULL AND {mudou}",
        )
    )
    banco.registrar_gatilho(
        banco.Gatilho(
            tabela="entidades_inscricao",
            operacao="DELETE",
            mensagem="Inscricao numerada nao se apaga: o numero nao volta a ser usado.",
            quando="OLD.numero IS NOT NULL",
        )
    )
