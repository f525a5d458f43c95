"""Reconhecer um documento e dizer em que pé está o exame dele."""

from __future__ import annotations

from django.db.models import QuerySet

from suas.nucleo.documentos import antivirus
from suas.nucleo.documentos.models import Documento, ExameDeAntivirus, Resultado

# Começo do arquivo -> tipo. O nome que a pessoa deu não prova nada.
_ASSINATURAS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
TIPOS_ACEITOS = "PDF, PNG ou JPEG"
TAMANHO_MAXIMO_MB = 10


def tipo_pelo_conteudo(inicio: bytes) -> str | None:
    """O tipo segundo os primeiros bytes, ou None se não é dos aceitos."""
    return next((tipo for assinatura, tipo in _ASSINATURAS if inicio.startswith(assinatura)), None)


def ultimo_exame(documento: Documento) -> ExameDeAntivirus | None:
    """O exame que vale: o mais novo."""
    return next(iter(documento.exames.all()), None)


def sem_exame() -> QuerySet[Documento]:
    """O que nenhum antivírus examinou ainda, do mais antigo ao mais novo."""
    return Documento.objects.filter(exames__isnull=True).order_by("guardado_em")


def por_que_nao_sai(documento: Documento) -> str:
    """Por que o arquivo não pode ser entregue agora, em palavras; vazio quando pode."""
    exame = ultimo_exame(documento)
    if exame is not None and exame.resultado == Resultado.INFECTADO:
        return (
            f"O antivírus achou {exame.detalhe or 'código malicioso'} em “{documento.nome}”: o arquivo não é entregue. "
            "Peça a quem o juntou que envie outro, feito num computador limpo."
        )
    if exame is None and antivirus.configurado():
        return (
            f"“{documento.nome}” ainda não passou pelo antivírus, que não respondeu quando ele foi enviado. "
            "O exame é tentado a cada dez minutos; volte daqui a pouco."
        )
    return ""


def situacao_do_exame(documento: Documento) -> str:
    """Em que pé está o exame, numa frase curta para ficar ao lado do nome do arquivo."""
    exame = ultimo_exame(documento)
    if exame is not None:
        return f"antivírus: {exame.get_resultado_display()}"
    return "antivírus: espera o exame" if antivirus.configurado() else "antivírus: não há nesta instalação"
