"""A página do município e as listas, contra uma página do mesmo tamanho sem consulta nenhuma: no máximo 3 vezes.

A página da partilha e a memória de um município refazem contas sobre milhares de linhas: têm limite próprio, em tempo.

A página de comparação usa a mesma base e os mesmos intermediários; o conteúdo é uma tabela só de texto, com tantas
linhas quantas faltam para ter o mesmo tamanho.
"""

from __future__ import annotations

import sys
import types

from benchmarks import base, medida

LIMITE = 3.0
LIMITE_DA_CONTA = 0.150
LIMITE_COMPRIMIDO = 100.0
VEZES = 40
LINHA = {"nome": "São José do Vale do Rio Preto", "uf": "RJ", "habitantes": 21795, "porte": "Pequeno II"}
CRUA = """{% extends "tela/base.jinja" %}
{% block titulo %}Comparação{% endblock %}
{% block conteudo %}<table><tbody>
{% for linha in linhas %}<tr><td>{{ linha.nome }}</td><td>{{ linha.uf }}</td>
<td>{{ linha.habitantes|numero }}</td><td>{{ linha.porte }}</td></tr>
{% endfor %}</tbody></table>{% endblock %}"""


def instalar_pagina_crua() -> None:
    """Acrescenta `/crua/<linhas>` aos endereços, só neste processo."""
    from django.conf import settings
    from django.contrib.auth.decorators import login_not_required
    from django.http import HttpRequest, HttpResponse
    from django.template import engines
    from django.urls import path

    from suas.config.urls import urlpatterns

    motor = engines.all()[0]
    modelo = motor.from_string(CRUA)

    @login_not_required
    def crua(request: HttpRequest, linhas: int) -> HttpResponse:
        return HttpResponse(modelo.render({"linhas": [LINHA] * linhas}, request))

    enderecos = types.ModuleType("enderecos_da_medida")
    enderecos.urlpatterns = [*urlpatterns, path("crua/<int:linhas>", crua)]  # type: ignore[attr-defined]
    sys.modules[enderecos.__name__] = enderecos
    settings.ROOT_URLCONF = enderecos.__name__


def main() -> int:
    base.preparar()
    instalar_pagina_crua()
    from django.test import Client

    from suas.financas.partilhas.models import Partilha
    from suas.nucleo.identidade.models import Pessoa

    cliente = Client()
    cliente.force_login(Pessoa.objects.get(email="federal@redesuas.example"))
    partilha = Partilha.objects.filter(ambito="BR").exclude(sha256="").earliest("criada_em").pk
    paginas = {
        "município": "/territorio/municipio/3205309/",
        "lista de um estado grande": "/territorio/uf/MG/",
        "lista das UFs": "/territorio/",
        "lista de indicadores": "/indicadores/",
        "lista de partilhas": "/partilhas/",
        "fila de um estado": f"/partilhas/{partilha}/uf/MG/",
        "insumos da partilha": f"/partilhas/{partilha}/insumos/",
    }
    contas = {
        "partilha": f"/partilhas/{partilha}/",
        "memória de um município": f"/partilhas/{partilha}/municipio/3205309/",
    }

    def tamanho(endereco: str) -> int:
        resposta = cliente.get(endereco)
        if resposta.status_code != 200:
            raise SystemExit(f"{endereco} respondeu {resposta.status_code}")
        return len(resposta.content)

    vazia = tamanho("/crua/0")
    por_linha = (tamanho("/crua/1000") - vazia) / 1000
    placar = medida.Placar("Páginas contra uma página do mesmo tamanho sem consulta")
    for nome, endereco in paginas.items():
        bytes_ = tamanho(endereco)
        crua = f"/crua/{max(round((bytes_ - vazia) / por_linha), 0)}"
        pares = [
            (
                medida.tempos(lambda endereco=endereco: cliente.get(endereco), vezes=1, aquecer=0)[0],
                medida.tempos(lambda crua=crua: cliente.get(crua), vezes=1, aquecer=0)[0],
            )
            for _ in range(VEZES)
        ]
        da_pagina, da_crua = (medida.processador(list(coluna)) for coluna in zip(*pares, strict=True))
        placar.conferir(
            f"{nome} ({bytes_ // 1024} kB; {medida.ms(da_pagina)} contra {medida.ms(da_crua)})",
            medido=da_pagina / da_crua,
            limite=LIMITE,
            escrever=medida.vezes,
        )
    for nome, endereco in (paginas | contas).items():
        comprimida = len(cliente.get(endereco, headers={"accept-encoding": "gzip"}).content) / 1000
        placar.conferir(
            f"{nome}, comprimida", medido=comprimida, limite=LIMITE_COMPRIMIDO, escrever=lambda kb: f"{kb:.0f} kB"
        )
    for nome, endereco in contas.items():
        medidos = medida.tempos(lambda endereco=endereco: cliente.get(endereco), vezes=VEZES)
        placar.conferir_tempos(nome, medidos, limite=LIMITE_DA_CONTA)
    return placar.encerrar()


if __name__ == "__main__":
    sys.exit(main())
