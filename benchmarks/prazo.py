"""As últimas duas horas de um prazo: 5.570 municípios enviam o mês que faltava, e nada se perde.

    .venv/bin/python -m benchmarks.prazo
    DATABASE_URL=postgres://.../banco_vazio .venv/bin/python -m benchmarks.prazo

Uma unidade por município, com o mês já digitado, envia pelos atos da casa, de quatro processos ao mesmo tempo, o mais
depressa que podem. Em duas horas caberiam 7.200 segundos: o que se julga é se o ritmo dá para todos com folga de dez
vezes, e se cada envio confirmado está lá, somado uma vez só. REDESUAS_MUNICIPIOS diz quantos (5.570).
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import base, medida

MUNICIPIOS = int(os.environ.get("REDESUAS_MUNICIPIOS", "5570"))
PROCESSOS, DUAS_HORAS, FOLGA = 4, 7200.0, 10.0
VALOR = 37


def semear() -> list[str]:
    """Uma unidade e um rascunho completo em cada município; devolve as chaves dos rascunhos."""
    from django.utils import timezone

    from normas.registros.leitura import formulario
    from suas.cadastros.rede.models import Unidade
    from suas.cadastros.territorio.models import Municipio
    from suas.vigilancia.mensais import consultas
    from suas.vigilancia.mensais.models import RegistroMensal

    agora = timezone.now()
    mes = consultas.competencia_da_vez(timezone.localdate(agora))
    itens = dict.fromkeys(formulario("RMA-CRAS", em=mes).itens, 0) | {"A.1": VALOR}
    codigos = Municipio.objects.existentes_em(mes.ano).order_by("pk").values_list("pk", flat=True)[:MUNICIPIOS]
    unidades = [
        Unidade(nome=f"CRAS {c}", nome_busca=f"cras do prazo {c}", tipo="cras", municipio_id=c, mudada_em=agora)
        for c in codigos
    ]
    Unidade.objects.bulk_create(unidades, batch_size=1000)
    registros = [
        RegistroMensal(
            unidade=unidade,
            abrangencia=unidade.municipio_id,
            formulario="RMA-CRAS",
            competencia=str(mes),
            itens=itens,
            mudado_em=agora,
        )
        for unidade in unidades
    ]
    RegistroMensal.objects.bulk_create(registros, batch_size=1000)
    return [str(registro.pk) for registro in registros]


def enviar(chaves: list[str], por: Any) -> int:
    """Um processo que envia a sua parte; devolve o código de saída."""
    from django.utils import timezone

    from suas.vigilancia.mensais.acoes import envio
    from suas.vigilancia.mensais.models import RegistroMensal

    for chave in chaves:
        registro = RegistroMensal.objects.get(pk=chave)
        envio.enviar(registro=registro, por=por, em=timezone.now(), hoje=timezone.localdate())
    return 0


def main() -> int:
    postgres = os.environ.get("DATABASE_URL", "")
    pasta = base.preparar_dados(postgres=postgres)
    from suas.config.gerenciar import preparar_django

    preparar_django(dados=Path(pasta))
    from django.db import connections

    from suas.nucleo.identidade.models import Pessoa
    from suas.nucleo.permissoes.ator import Ator
    from suas.nucleo.permissoes.papeis import VIGILANCIA_MUNICIPAL
    from suas.vigilancia.fatos.models import FatoDoMunicipio
    from suas.vigilancia.mensais.models import Envio

    chaves = semear()
    ja = Envio.objects.count()
    por = Ator(pessoa=Pessoa.objects.first(), vinculo=None, papel=VIGILANCIA_MUNICIPAL, abrangencia="BR")
    connections.close_all()
    comeco, filhos = time.monotonic(), []
    for n in range(PROCESSOS):
        pid = os.fork()
        if not pid:
            codigo = 1
            try:
                codigo = enviar(chaves[n::PROCESSOS], por)
            finally:
                os._exit(codigo)
        filhos.append(pid)
    saidas = [os.waitpid(pid, 0)[1] for pid in filhos]
    gasto = time.monotonic() - comeco
    placar = medida.Placar(f"{len(chaves)} municípios enviam ao mesmo tempo ({'PostgreSQL' if postgres else 'SQLite'})")
    placar.contar(f"{gasto:.0f} s no relógio, {len(chaves) / gasto:.0f} envios por segundo, {PROCESSOS} processos")
    placar.contar(f"carga da máquina: {os.getloadavg()[0]:.1f} em {os.cpu_count()} núcleos")
    placar.exigir("todos os processos terminaram sem erro", not any(saidas))
    enviados = Envio.objects.filter(registro__in=chaves[:1]).count(), Envio.objects.count() - ja
    placar.exigir(f"{len(chaves)} envios, nem um a mais", enviados == (1, len(chaves)))
    do_mes = FatoDoMunicipio.objects.filter(formulario="RMA-CRAS", competencia=_mes(chaves[0]))
    somados = sum(fato.unidades for fato in do_mes if fato.somas["A.1"][0] >= VALOR)
    placar.exigir("cada envio está somado no seu município", somados >= len(chaves) and do_mes.count() == len(chaves))
    placar.conferir("para todos", medido=gasto * 5570 / len(chaves), limite=DUAS_HORAS / FOLGA, escrever=_segundos)
    return placar.encerrar()


def _mes(chave: str) -> str:
    from suas.vigilancia.mensais.models import RegistroMensal

    return RegistroMensal.objects.get(pk=chave).competencia


def _segundos(segundos: float) -> str:
    return f"{segundos:.0f} s"


if __name__ == "__main__":
    sys.exit(main())
