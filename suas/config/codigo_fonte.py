"""O código desta instalação, como ela o executa: a AGPL-3.0 (item 13) dá esse direito a quem usa pela rede."""

from __future__ import annotations

import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_GET

#: O que está na pasta do projeto e não é código: ambiente, dados da instalação e reservas das ferramentas.
DE_FORA = {"dados", "estaticos", "mutants", "htmlcov", "node_modules", "__pycache__"}


def _entra(caminho: Path) -> bool:
    return not (caminho.name in DE_FORA or (caminho.name.startswith(".") and caminho.name != ".ci"))


def empacotar(*, raiz: Path, destino: Path) -> None:
    """Escreve em `destino` um tar.gz com o código em `raiz`, sem dados da instalação nem ligações para fora."""

    def filtrar(membro: tarfile.TarInfo) -> tarfile.TarInfo | None:
        comum = membro.isfile() or membro.isdir()
        return membro if comum and _entra(Path(membro.name)) and not membro.name.endswith(".pyc") else None

    dados = settings.DADOS.resolve()
    with tarfile.open(destino, "w:gz", compresslevel=6) as pacote:
        for item in sorted(raiz.iterdir()):
            if _entra(item) and item.resolve() != dados:
                pacote.add(item, arcname=f"redesuas/{item.name}", filter=filtrar)


@login_not_required
@require_GET
def baixar(request: HttpRequest) -> FileResponse:
    """Empacota e entrega; o arquivo temporário some ao fim da resposta."""
    arquivo = tempfile.NamedTemporaryFile(suffix=".tar.gz")  # noqa: SIM115 (a resposta o fecha)
    empacotar(raiz=settings.RAIZ, destino=Path(arquivo.name))
    return FileResponse(arquivo, as_attachment=True, filename="redesuas.tar.gz", content_type="application/gzip")
