"""O código desta instalação, como ela o executa: a AGPL-3.0 (item 13) dá esse direito a quem usa pela rede."""

from __future__ import annotations

import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

#: O que é o projeto, no primeiro nível. O resto da pasta (banco, cópias, ajustes, ambiente) é da instalação e não sai.
DO_PROJETO = frozenset(
    {".ci", ".containerignore", ".gitignore", ".importlinter", "CHANGELOG.md", "CONTEXT.md", "Containerfile"}
    | {"LEIAME.md", "LICENSE", "README.md", "benchmarks", "conftest.py", "demonstracao", "docs", "ferramentas"}
    | {"implantacao", "normas", "pyproject.toml", "redesuas", "requirements-build.in", "requirements-dev.lock"}
    | {"requirements-uv.in", "requirements-uv.lock", "requirements.lock", "suas", "tests"}
)
#: O que nunca é código, onde quer que esteja: compilado, banco, cópia de segurança.
SEM_CODIGO = (".pyc", ".sqlite3", ".sqlite3-wal", ".sqlite3-shm", ".tar", ".dump")


def _entra(membro: tarfile.TarInfo) -> bool:
    nome = Path(membro.name).name
    if not (membro.isfile() or membro.isdir()) or nome == "__pycache__" or nome.endswith(SEM_CODIGO):
        return False
    # no primeiro nível decide a lista; dentro das pastas, arquivo oculto é de quem edita
    return membro.name.count("/") <= 1 or not nome.startswith(".")


def empacotar(*, raiz: Path, destino: Path) -> None:
    """Escreve em `destino` um tar.gz com o código em `raiz`, sem dados da instalação nem ligações para fora."""
    dados = settings.DADOS.resolve()

    def filtrar(membro: tarfile.TarInfo) -> tarfile.TarInfo | None:
        e_dados = (raiz / Path(membro.name).relative_to("redesuas")).resolve() == dados
        return membro if _entra(membro) and not e_dados else None

    with tarfile.open(destino, "w:gz", compresslevel=6) as pacote:
        for item in sorted(raiz.iterdir()):
            if item.name in DO_PROJETO:
                pacote.add(item, arcname=f"redesuas/{item.name}", filter=filtrar)


@login_not_required
@require_safe
def baixar(request: HttpRequest) -> FileResponse:
    """Empacota e entrega; o arquivo temporário some ao fim da resposta."""
    arquivo = tempfile.NamedTemporaryFile(suffix=".tar.gz")  # noqa: SIM115 (a resposta o fecha)
    empacotar(raiz=settings.RAIZ, destino=Path(arquivo.name))
    return FileResponse(arquivo, as_attachment=True, filename="redesuas.tar.gz", content_type="application/gzip")
