"""Guardar um documento, examiná-lo e conferir que continua o mesmo."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from suas.nucleo.documentos import antivirus
from suas.nucleo.documentos.consultas import TAMANHO_MAXIMO_MB, TIPOS_ACEITOS, sem_exame, tipo_pelo_conteudo
from suas.nucleo.documentos.models import Documento, ExameDeAntivirus, Resultado
from suas.nucleo.documentos.sigilo import Sigilo
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

registro = logging.getLogger(__name__)
EXAMES_POR_VEZ = 200


class DocumentoRecusado(AtoRecusado):
    """O arquivo não pode ser guardado; a mensagem diz por quê."""


@transaction.atomic
def guardar(*, arquivo: UploadedFile[bytes], sigilo: Sigilo, abrangencia: str, por: Ator, em: datetime) -> Documento:
    """Guarda o arquivo depois de conferir tamanho, tipo pelo conteúdo (nunca pela extensão) e, onde há, o antivírus.

    Com o antivírus configurado e mudo, o arquivo é guardado mas não sai até ser examinado.
    """
    tamanho = arquivo.size or 0
    nome = PurePath(arquivo.name or "documento").name[:200]
    if tamanho == 0:
        raise DocumentoRecusado(f"O arquivo “{nome}” está vazio. Escolha o arquivo de novo.")
    if tamanho > TAMANHO_MAXIMO_MB * 1024 * 1024:
        megas = f"{tamanho / 1024 / 1024:.1f}".replace(".", ",")
        raise DocumentoRecusado(
            f"O arquivo “{nome}” tem {megas} MB; o limite é {TAMANHO_MAXIMO_MB} MB. Reduza-o ou divida-o."
        )
    conteudo = arquivo.read()
    tipo = tipo_pelo_conteudo(conteudo[:16])
    if tipo is None:
        raise DocumentoRecusado(
            f"O conteúdo de “{nome}” não é {TIPOS_ACEITOS}. Salve-o num desses tipos e envie de novo."
        )
    exame = antivirus.examinar(conteudo) if antivirus.configurado() else None
    if exame is not None and exame.resultado == Resultado.INFECTADO:
        registro.warning("Arquivo recusado pelo antivírus: %s", exame.detalhe)
        raise DocumentoRecusado(
            f"O antivírus achou {exame.detalhe} em “{nome}”. O arquivo não foi guardado: "
            "faça outro num computador limpo."
        )
    arquivo.seek(0)
    documento = Documento(
        nome=nome,
        tipo=tipo,
        tamanho_bytes=tamanho,
        sha256=hashlib.sha256(conteudo).hexdigest(),
        sigilo=sigilo,
        abrangencia=abrangencia,
        guardado_em=em,
    )
    documento.arquivo.save(str(documento.pk), arquivo, save=True)
    if exame is not None:
        _anotar(documento, exame, em=em)
    registrar(ato="documentos.guardar", objeto=documento, por=por, em=em, dados={"sha256": documento.sha256})
    return documento


@transaction.atomic
def examinar_pendentes(*, por: Ator, em: datetime) -> str:
    """Examina o que ainda não foi, do mais antigo ao mais novo; para no primeiro silêncio do antivírus."""
    if not antivirus.configurado():
        return "Não há antivírus nesta instalação."
    feitos = infectados = 0
    for documento in sem_exame()[:EXAMES_POR_VEZ]:
        with documento.arquivo.open("rb") as arquivo:
            exame = antivirus.examinar(arquivo.read())
        if exame is None:
            break
        _anotar(documento, exame, em=em)
        feitos += 1
        infectados += exame.resultado == Resultado.INFECTADO
        registrar(
            ato="documentos.examinar",
            objeto=documento,
            por=por,
            em=em,
            dados={"resultado": exame.resultado, "achado": exame.detalhe},
        )
    return f"{feitos} examinados, {infectados} com código malicioso, {sem_exame().count()} à espera."


def _anotar(documento: Documento, exame: antivirus.Exame, *, em: datetime) -> None:
    ExameDeAntivirus.objects.create(
        documento=documento,
        resultado=exame.resultado,
        detalhe=exame.detalhe[:200],
        base=exame.base[:200],
        examinado_em=em,
    )


def conferir_arquivos() -> str:
    """Recalcula o resumo de cada arquivo. O que mudou ou sumiu vai ao registro do servidor como falha."""
    conferidos, falhas = 0, []
    for documento in Documento.objects.iterator(chunk_size=200):
        conferidos += 1
        try:
            with documento.arquivo.open("rb") as arquivo:
                atual = hashlib.file_digest(arquivo, "sha256").hexdigest()
        except FileNotFoundError:
            atual = ""
        if atual != documento.sha256:
            falhas.append(str(documento.pk))
            registro.error("O documento %s %s.", documento.pk, "mudou no disco" if atual else "não está no disco")
    return f"{conferidos} documentos conferidos, {len(falhas)} não conferem."
