"""O RMA de um mês de um município com 100.000 atendimentos: até 50 ms, contra quem carrega as linhas e soma em Python.

O método do par carrega cada atendimento como objeto e soma percorrendo a lista, como fazem os prontuários abertos que
se conhecem. Os dois se medem no mesmo processo, sobre as mesmas linhas, e dão as mesmas contas.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any

from benchmarks import base, medida

ATENDIMENTOS, UNIDADES = 100_000, 12
LIMITE = 0.050


def semear() -> tuple[list[Any], Any]:
    """Doze CRAS de Vitória e os atendimentos do mês; devolve as unidades e o mês."""
    from django.utils import timezone

    from demonstracao.pessoas import VITORIA
    from normas.base.competencia import Competencia
    from suas.atendimento.familias.listas import TipoDeAtendimento
    from suas.atendimento.familias.models import Atendimento, Familia, Prontuario
    from suas.cadastros.rede.models import Unidade
    from suas.nucleo.identidade.models import Pessoa

    sorte, agora = Random(11), timezone.now()
    mes = Competencia(agora.year, agora.month).meses_antes(1)
    pessoa = Pessoa.objects.order_by("pk").first()
    unidades = [
        Unidade(
            nome=f"CRAS da medida {n}", nome_busca=f"cras da medida {n}", tipo="cras", municipio_id=VITORIA,
            mudada_em=agora,
        )
        for n in range(UNIDADES)
    ]  # fmt: skip
    Unidade.objects.bulk_create(unidades)
    familias = [Familia(abrangencia=VITORIA, criada_em=agora, mudada_em=agora) for _ in range(ATENDIMENTOS // 5)]
    Familia.objects.bulk_create(familias, batch_size=2_000)
    prontuarios = [
        Prontuario(
            familia=familia,
            unidade=unidades[n % UNIDADES],
            abrangencia=VITORIA,
            numero=n + 1,
            aberto_dia=mes.desde,
            ingresso="espontanea",
            criado_em=agora,
        )
        for n, familia in enumerate(familias)
    ]
    Prontuario.objects.bulk_create(prontuarios, batch_size=2_000)
    tipos, dias = list(TipoDeAtendimento), (mes.ate - mes.desde).days
    for inicio in range(0, ATENDIMENTOS, 10_000):
        Atendimento.objects.bulk_create(
            Atendimento(
                prontuario=(prontuario := prontuarios[n % len(prontuarios)]),
                familia=prontuario.familia,
                unidade=prontuario.unidade,
                abrangencia=VITORIA,
                dia=mes.desde + timedelta(days=sorte.randrange(dias)),
                tipo=sorte.choice(tipos),
                profissional=pessoa,
                funcao="Técnica",
                anotado_em=agora,
                anulado_em=agora if n % 50 == 0 else None,
            )
            for n in range(inicio, inicio + 10_000)
        )
    return unidades, mes


def pela_casa(unidades: list[Any], mes: Any) -> Mapping[str, int]:
    """O que a página de cada unidade mostra ao lado do formulário, somado no município."""
    from suas.vigilancia.mensais import consultas

    somas: Counter[str] = Counter()
    for unidade in unidades:
        somas.update(consultas.dos_registros(unidade, competencia=mes))
    return somas


def linha_por_linha(unidades: list[Any], mes: Any) -> Mapping[str, int]:
    """O método do par: cada atendimento é um objeto, e soma-se percorrendo."""
    from suas.atendimento.familias.models import Atendimento
    from suas.vigilancia.mensais.consultas import DOS_ATENDIMENTOS

    itens = DOS_ATENDIMENTOS["RMA-CRAS"]
    somas: Counter[str] = Counter()
    for atendimento in Atendimento.objects.filter(unidade__in=unidades):
        no_mes = mes.desde <= atendimento.dia < mes.ate
        if no_mes and atendimento.anulado_em is None and atendimento.tipo in itens:
            somas[itens[atendimento.tipo]] += 1
    return somas


def main() -> int:
    base.preparar()
    unidades, mes = semear()
    placar = medida.Placar(f"RMA de um mês de um município com {ATENDIMENTOS} atendimentos, em {UNIDADES} CRAS")
    da_casa, do_par = pela_casa(unidades, mes), linha_por_linha(unidades, mes)
    feitos = {item: da_casa.get(item) for item in do_par}
    placar.exigir(f"as duas contas são iguais ({dict(do_par)})", feitos == dict(do_par))
    medidos = medida.tempos(lambda: pela_casa(unidades, mes), vezes=15)
    pares = medida.tempos(lambda: linha_por_linha(unidades, mes), vezes=3, aquecer=1)
    placar.conferir_tempos("o município inteiro", medidos, limite=LIMITE)
    razao = medida.processador(pares) / medida.processador(medidos)
    placar.contar(f"linha por linha: {medida.ms(medida.processador(pares))}, {medida.vezes(razao)} o da casa")
    return placar.encerrar()


if __name__ == "__main__":
    sys.exit(main())
