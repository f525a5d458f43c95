"""Digitar o mês no sistema federal: marcar o que já foi, e guardar a prova."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from suas.nucleo.documentos.acoes import DocumentoRecusado
from suas.nucleo.documentos.acoes import guardar as guardar_documento
from suas.nucleo.documentos.sigilo import Sigilo
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar
from suas.vigilancia.mensais import celulas, exame, permissoes
from suas.vigilancia.mensais.models import Comprovante, Envio, Transcricao


@transaction.atomic
def marcar(
    *, envio: Envio, digitadas: Iterable[str], desmarcadas: Iterable[str] = (), por: Ator, em: datetime
) -> Transcricao:
    """Marca e desmarca células já digitadas; as outras ficam como estão. Erros: `AtoRecusado`."""
    mais, menos = set(digitadas), set(desmarcadas)
    versao = exame.versao_de(envio.registro)
    if estranhas := [nome for nome in sorted(mais | menos) if not celulas.existe(nome, versao=versao)]:
        raise AtoRecusado(f"“{estranhas[0][:60]}” não é um campo do {versao.formulario}. Abra a página de novo.")
    Envio.objects.select_for_update(of=("self",)).get(pk=envio.pk)
    transcricao, _ = Transcricao.objects.get_or_create(
        envio=envio, defaults={"abrangencia": envio.abrangencia, "mudada_em": em}
    )
    ja = set(transcricao.digitadas)
    novas = [nome for nome in celulas.nomes(versao) if nome in (ja | mais) - menos]
    if novas == transcricao.digitadas:
        return transcricao
    transcricao.digitadas, transcricao.mudada_em = novas, em
    transcricao.save()
    registrar(ato="mensais.transcrever", objeto=envio.registro, por=por, em=em, dados={"digitadas": len(novas)})
    return transcricao


@transaction.atomic
def comprovar(
    *,
    envio: Envio,
    dia: date,
    protocolo: str,
    arquivo: UploadedFile[bytes] | None,
    por: Ator,
    em: datetime,
    hoje: date,
) -> Comprovante:
    """Guarda a prova de que o envio foi digitado no sistema federal. Erros: `AtoRecusado`."""
    if por.pessoa is None:
        raise AtoRecusado(permissoes.QUEM_PREENCHE)
    if dia > hoje:
        raise AtoRecusado(f"{dia:%d/%m/%Y} ainda não chegou. Diga o dia em que se digitou.", campo="dia")
    if not protocolo.strip() and arquivo is None:
        raise AtoRecusado("Junte a imagem da tela, ou escreva o número que o sistema deu.", campo="protocolo")
    documento = None
    if arquivo is not None:
        try:
            documento = guardar_documento(
                arquivo=arquivo, sigilo=Sigilo.RESTRITO, abrangencia=envio.abrangencia, por=por, em=em
            )
        except DocumentoRecusado as recusa:
            raise AtoRecusado(str(recusa), campo="arquivo") from recusa
    comprovante = Comprovante.objects.create(
        envio=envio,
        abrangencia=envio.abrangencia,
        dia=dia,
        protocolo=protocolo.strip(),
        documento=documento,
        em=em,
        pessoa=por.pessoa,
    )
    registrar(ato="mensais.comprovar", objeto=envio.registro, por=por, em=em)
    return comprovante
