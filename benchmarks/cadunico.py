"""O extrato do Cadastro Único com 100.000 pessoas: trazer, trazer de novo, e a memória que isso pede.

.venv/bin/python -m benchmarks.cadunico                    # SQLite
DATABASE_URL=postgres://... .venv/bin/python -m benchmarks.cadunico
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from benchmarks import medida
from benchmarks.familias import PRENOMES, SOBRENOMES

PESSOAS = int(os.environ.get("PESSOAS", "100000"))
POR_FAMILIA = 3
MEMORIA_MB = 1_500
AGORA = datetime(2026, 11, 22, 12, tzinfo=UTC)
VITORIA = "3205309"


def extrato(*, renda: int) -> bytes:
    """Famílias inventadas, com os nomes de coluna da base."""
    from normas.base.documentos import digito_do_nis
    from suas.atendimento.cadunico.tests.fabricas import CABECALHO

    sorte = Random(7)
    linhas = [";".join(CABECALHO)]
    for numero in range(PESSOAS):
        familia, lugar = divmod(numero, POR_FAMILIA)
        dez = f"{1_600_000_000 + numero}"
        nome = " ".join((*sorte.sample(PRENOMES, 2), *sorte.sample(SOBRENOMES, 2))).upper()
        mae = " ".join((*sorte.sample(PRENOMES, 2), *sorte.sample(SOBRENOMES, 1))).upper()
        nascimento = f"{1940 + sorte.randrange(80)}-{1 + sorte.randrange(12):02d}-{1 + sorte.randrange(28):02d}"
        celulas = (
            f"{familia:011d}", "2025-03-10", str(renda + familia % 5), str(familia % 2), "RUA",
            f"NUMERO {familia % 900}",
            str(familia % 300), f"BAIRRO {familia % 60}", nome, dez + digito_do_nis(dez), "", nascimento,
            str(1 + numero % 2), str(1 if lugar == 0 else 3), mae, "2",
        )  # fmt: skip
        linhas.append(";".join(celulas))
    return "\n".join(linhas).encode()


def main() -> int:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="redesuas-medidas-") as pasta:
        from suas.config.gerenciar import preparar_banco, preparar_django

        preparar_django(dados=Path(pasta))
        preparar_banco()
        from suas.cadastros.territorio.acoes import carregar_federacao
        from suas.nucleo.permissoes.ator import ATOR_PUBLICO

        carregar_federacao(por=ATOR_PUBLICO, em=AGORA)
        placar = medida.Placar(f"Extrato do Cadastro Único com {PESSOAS} pessoas")
        for feito, renda, espera in (
            ("a primeira vez", 100, (PESSOAS, 0, 0)),
            ("de novo, igual", 100, (0, 0, PESSOAS)),
            ("o seguinte, com outra renda", 110, None),
        ):
            _trazer(placar, feito, extrato(renda=renda), espera)
        memoria = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        placar.contar(f"memória no pior momento, com o extrato inventado também nela: {memoria:.0f} MB")
        placar.exigir(f"a memória não passa de {MEMORIA_MB} MB", memoria < MEMORIA_MB)
        return placar.encerrar()


def _trazer(placar: medida.Placar, feito: str, conteudo: bytes, espera: tuple[int, int, int] | None) -> None:
    from suas.atendimento.cadunico.importadores import EXTRATO
    from suas.nucleo.identidade.models import Pessoa
    from suas.nucleo.importacoes.acoes import aplicacao, preparo
    from suas.nucleo.importacoes.models import Importacao, Situacao
    from suas.nucleo.permissoes.ator import Ator
    from suas.nucleo.permissoes.papeis import VIGILANCIA_MUNICIPAL
    from suas.nucleo.planilhas import pastas

    pessoa, _ = Pessoa.objects.get_or_create(email="medida@exemplo.gov.br", defaults={"nome": "Fulana do Exemplo"})
    por = Ator(pessoa=pessoa, vinculo=None, papel=VIGILANCIA_MUNICIPAL, abrangencia=VITORIA)
    comeco = time.process_time()
    quadro = pastas.ler(conteudo, reconhece=EXTRATO.reconhece, limites=EXTRATO.limites)
    importacao = preparo.receber(
        importador=EXTRATO, arquivo="e.csv", conteudo=conteudo, quadro=quadro, respostas={"dia": "31/10/2026"},
        por=por, em=AGORA,
    )  # fmt: skip
    del quadro
    lido = time.process_time()
    Importacao.objects.filter(pk=importacao.pk).update(situacao=Situacao.APLICANDO)
    importacao.refresh_from_db()
    adiantada = aplicacao.adiantar(importacao, EXTRATO, em=AGORA)
    conferido = time.process_time()
    feita = aplicacao.aplicar(importacao=importacao, importador=EXTRATO, por=por, em=AGORA, adiantada=adiantada)
    gravado = time.process_time()
    previa = adiantada.conferida.previa if adiantada else None
    placar.contar(
        f"{feito} ({len(conteudo) / 2**20:.1f} MB): ler {lido - comeco:.1f} s, conferir {conferido - lido:.1f} s, "
        f"gravar {gravado - conferido:.1f} s de processador; faltas {len(previa.faltas) if previa else '?'}"
    )
    placar.exigir(f"{feito}: aplicada", feita.situacao == Situacao.APLICADA)
    if espera is not None:
        placar.exigir(f"{feito}: novas, mudadas e iguais", (feita.novas, feita.mudadas, feita.iguais) == espera)


if __name__ == "__main__":
    sys.exit(main())
