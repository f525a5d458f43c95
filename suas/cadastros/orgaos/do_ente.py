"""O que órgãos e fundos fazem igual: gravar sem apagar o que outro gravou, dar posse e encerrar mandato."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.http import QueryDict

from suas.cadastros.orgaos.models import DoEnte, MandatoDeAlguem
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo import banco
from suas.nucleo.documentos.acoes import DocumentoRecusado, guardar
from suas.nucleo.documentos.sigilo import Sigilo
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo

if TYPE_CHECKING:
    from suas.nucleo.documentos.models import Documento

R = TypeVar("R", bound=DoEnte)


class MudouEnquantoIsso(MudouNoMeioTempo):
    """Outra pessoa gravou depois da versão lida. `atual` é como o registro está agora."""

    def __init__(self, atual: DoEnte) -> None:
        super().__init__("Outra pessoa gravou enquanto você preenchia. Compare e envie de novo.")
        self.atual = atual


@dataclass(frozen=True, kw_only=True)
class Posse:
    """Quem assume, em que cargo, por que ato e desde quando; `ate` só em mandato que já acabou."""

    nome: str
    desde: date
    cargo: str = ""
    ato: str = ""
    ato_dia: date | None = None
    previsto_ate: date | None = None
    ate: date | None = None
    ato_documento: Documento | None = None


@dataclass(frozen=True, kw_only=True)
class NovoDoEnte:
    """Um registro a pôr com muitos outros; `responde` é quem responde por ele, se se sabe."""

    id: UUID
    abrangencia: str
    nome: str
    cnpj: str = ""
    lei: str = ""
    lei_dia: date | None = None
    conferido_em: datetime | None = None
    responde: Posse | None = None

    @property
    def nome_busca(self) -> str:
        """O que a busca compara, como no registro um a um."""
        return nome_de_busca(self.nome)


#: O que de um `NovoDoEnte` não é texto da própria linha.
_A_PARTE = {"conferido_em", "responde"}


def registrar_em_lote(
    modelo: type[DoEnte], *, novos: Iterable[NovoDoEnte], fonte: str, sintetico: bool, em: datetime
) -> None:
    """Põe na tabela os registros novos, milhares de uma vez; o que não se diz fica em branco."""
    por_conferencia: dict[datetime | None, list[NovoDoEnte]] = defaultdict(list)
    for novo in novos:
        por_conferencia[novo.conferido_em].append(novo)
    for conferido_em, juntos in por_conferencia.items():
        campos = [*(campo.name for campo in fields(juntos[0]) if campo.name not in _A_PARTE), "nome_busca"]
        comuns = {c.name: c.get_default() for c in modelo._meta.concrete_fields if c.name not in campos}
        banco.inserir_em_lote(
            modelo,
            campos=campos,
            linhas=(tuple(_como_texto(getattr(novo, campo)) for campo in campos) for novo in juntos),
            iguais=comuns | {"conferido_em": conferido_em, "mudou_em": em, "sintetico": sintetico, "fonte": fonte},
        )


def _como_texto(valor: UUID | date | str | None) -> str | None:
    if isinstance(valor, UUID):
        return valor.hex
    return valor.isoformat() if isinstance(valor, date) else valor


def mudar(registro: R, *, dados: Mapping[str, Any], versao: int, em: datetime) -> tuple[R, list[str]]:
    """Grava os campos que mudaram, se a versão lida ainda é a de agora; devolve o registro e os nomes dos campos.

    Quem grava também confere: o que está no formulário é o que a pessoa viu. Erros: `MudouEnquantoIsso`.
    """
    atual: R = type(registro)._default_manager.select_for_update(of=("self",)).get(pk=registro.pk)
    if atual.versao != versao:
        raise MudouEnquantoIsso(atual)
    mudados = [campo for campo, valor in dados.items() if getattr(atual, campo) != valor]
    for campo in mudados:
        setattr(atual, campo, dados[campo])
    atual.conferido_em = em
    gravar = [*mudados, "conferido_em"]
    if mudados:
        atual.versao += 1
        atual.mudou_em = em
        atual.nome_busca = atual.texto_de_busca
        gravar += ["versao", "mudou_em", "nome_busca"]
    atual.save(update_fields=gravar)
    return atual, mudados


def conferir(registro: R, *, em: datetime) -> R:
    """Diz que o registro está certo hoje, sem mudar nada nele."""
    registro.conferido_em = em
    registro.save(update_fields=["conferido_em"])
    return registro


def com_o_ato(posse: Posse, *, arquivo: UploadedFile[bytes] | None, abrangencia: str, por: Ator, em: datetime) -> Posse:
    """A posse com o arquivo do ato guardado, se veio: lê-o quem alcança o ente. Erros: `AtoRecusado`, em “arquivo”."""
    if arquivo is None:
        return posse
    try:
        guardado = guardar(arquivo=arquivo, sigilo=Sigilo.RESTRITO, abrangencia=abrangencia, por=por, em=em)
    except DocumentoRecusado as recusa:
        raise AtoRecusado(str(recusa), campo="arquivo") from recusa
    return replace(posse, ato_documento=guardado)


def dar_posse(
    mandatos: models.QuerySet[Any], *, chave: Mapping[str, Any], posse: Posse, hoje: date
) -> tuple[Any, Any | None]:
    """Cria o mandato na função e encerra, no dia da posse, o que estava aberto; devolve o novo e o que se encerrou.

    `chave` são os campos do órgão e da função. Erros: `AtoRecusado` se os mandatos se cruzam ou os dias não fazem
    sentido.
    """
    _conferir_dias(posse, hoje)
    da_funcao = mandatos.filter(**chave).select_for_update()
    aberto = da_funcao.filter(ate__isnull=True).first()
    if aberto is not None and posse.ate is None:
        if posse.desde <= aberto.desde:
            raise AtoRecusado(
                f"{aberto.nome} responde desde {aberto.desde:%d/%m/%Y}. A posse de quem assume é depois desse dia.",
                campo="desde",
            )
        aberto.ate = posse.desde
        aberto.save(update_fields=["ate"])
    for outro in da_funcao.exclude(pk=aberto.pk if aberto and posse.ate is None else None):
        if _cruzam(posse, outro):
            raise AtoRecusado(
                f"{outro.nome} respondeu de {outro.desde:%d/%m/%Y} a {_fim(outro)}, e só cabe uma pessoa de cada vez. "
                "Confira os dias.",
                campo="desde",
            )
    return mandatos.model._default_manager.create(**chave, **posse.__dict__), aberto if posse.ate is None else None


def encerrar(mandato: Any, *, ultimo_dia: date, hoje: date) -> Any:
    """Encerra o mandato: o último dia em que respondeu é o dado. Erros: `AtoRecusado`."""
    atual = type(mandato)._default_manager.select_for_update(of=("self",)).get(pk=mandato.pk)
    if atual.ate is not None:
        raise AtoRecusado(f"Este mandato já acabou em {_fim(atual)}.")
    if ultimo_dia < atual.desde:
        raise AtoRecusado(
            f"O mandato começou em {atual.desde:%d/%m/%Y}: o último dia não pode ser antes.", campo="ultimo_dia"
        )
    if ultimo_dia > hoje:
        raise AtoRecusado("O último dia ainda não chegou. Encerre quando acabar.", campo="ultimo_dia")
    atual.ate = ultimo_dia + timedelta(days=1)
    atual.save(update_fields=["ate"])
    return atual


def _conferir_dias(posse: Posse, hoje: date) -> None:
    if posse.desde > hoje:
        raise AtoRecusado(
            f"A posse em {posse.desde:%d/%m/%Y} ainda não chegou. Registre no dia, ou confira o ano.", campo="desde"
        )
    if posse.ate is not None and posse.ate <= posse.desde:
        raise AtoRecusado("O último dia do mandato não pode ser antes do primeiro.", campo="ultimo_dia")
    if posse.previsto_ate is not None and posse.previsto_ate <= posse.desde:
        raise AtoRecusado("O fim previsto do mandato é depois do começo. Confira os dois dias.", campo="previsto_ate")


def _cruzam(posse: Posse, outro: MandatoDeAlguem) -> bool:
    comeca_antes = posse.ate is None or outro.desde < posse.ate
    return comeca_antes and (outro.ate is None or outro.ate > posse.desde)


def _fim(mandato: MandatoDeAlguem) -> str:
    return f"{mandato.ultimo_dia:%d/%m/%Y}" if mandato.ultimo_dia else "hoje"


@dataclass(frozen=True, kw_only=True)
class Diferenca:
    """Um campo que outra pessoa gravou diferente do que se digitou: o que está no cadastro e o que se escreveu."""

    rotulo: str
    no_cadastro: str
    escrito: str


def diferencas(form: forms.Form, atual: DoEnte) -> list[Diferenca]:
    """Os campos em que o formulário conferido e o cadastro de agora não dizem o mesmo."""
    return [
        Diferenca(rotulo=str(campo.label), no_cadastro=_texto(getattr(atual, nome)), escrito=_texto(escrito))
        for nome, campo in form.fields.items()
        if nome in form.cleaned_data
        and hasattr(atual, nome)
        and nome != "versao"
        and getattr(atual, nome) != (escrito := form.cleaned_data[nome])
    ]


def sobre_a_versao(form: forms.Form, atual: DoEnte) -> Any:
    """O que se digitou, já sobre a versão que está no cadastro: enviado de novo, passa a valer."""
    dados: Any = QueryDict(mutable=True)
    dados.update(form.data)
    dados["versao"] = str(atual.versao)
    return dados


def _texto(valor: Any) -> str:
    if isinstance(valor, bool):
        return "sim" if valor else "não"
    if isinstance(valor, date):
        return f"{valor:%d/%m/%Y}"
    if isinstance(valor, list):
        return ", ".join(valor) or "vazio"
    return str(valor) if valor not in (None, "") else "vazio"
