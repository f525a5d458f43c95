"""“Baixar o que vejo” nas listas das partilhas: as mesmas linhas, na mesma ordem, com os avisos de cada partilha.

Os arquivos da conta (municipios.csv, grupos.csv, insumos.csv, memoria.json) são outra coisa: seguem o contrato deles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from suas.financas.partilhas.consultas import entradas, estados, leitura, listas
from suas.financas.partilhas.consultas.comparacao import Comparacao, Linha
from suas.financas.partilhas.models import Partilha
from suas.nucleo.tela import exportar
from suas.nucleo.tela.exportar import Coluna, coluna

AS_PARTILHAS = (
    coluna("nome", "Nome"),
    coluna("cenario_de", "Cenário de"),
    coluna("estado", "Estado"),
    coluna("ambito", "Âmbito"),
    coluna("exercicio", "Exercício", "inteiro"),
    coluna("recurso", "Recurso", "decimal"),
    coluna("simulada_em", "Última simulação", "momento"),
    coluna("desatualizada", "Insumos mudaram depois", "sim_ou_nao"),
)
OS_PORTES = (
    coluna("porte", "Porte"),
    coluna("municipios", "Municípios", "inteiro"),
    coluna("passo1", "Passo 1", "decimal"),
    coluna("passo2", "Passo 2", "decimal"),
    coluna("contemplados", "Contemplados", "inteiro"),
    coluna("a_receber", "Tinham o que completar", "inteiro"),
    coluna("pago", "Pago", "decimal"),
    coluna("saldo", "Saldo", "decimal"),
)
OS_ESTADOS = (
    coluna("uf", "UF"),
    coluna("nome", "Estado"),
    coluna("municipios", "Municípios", "inteiro"),
    coluna("passo2", "Passo 2", "decimal"),
    coluna("pago", "Pago", "decimal"),
    coluna("saldo", "Saldo", "decimal"),
    coluna("contemplados", "Contemplados", "inteiro"),
    coluna("a_receber", "Tinham o que completar", "inteiro"),
)
A_FILA = (
    coluna("ordem", "Ordem", "inteiro"),
    coluna("codigo_ibge", "Código do IBGE"),
    coluna("municipio", "Município"),
    coluna("uf", "UF"),
    coluna("porte", "Porte"),
    coluna("indice", "Índice", "decimal"),
    coluna("situacao", "Situação"),
    coluna("motivo", "Por quê"),
    coluna("cras_a_financiar", "CRAS a financiar", "inteiro"),
    coluna("minimo", "Mínimo", "decimal"),
    coluna("recebe", "Recebe", "decimal"),
    coluna("restou", "Restou no porte", "decimal"),
)
A_COMPARACAO = (
    coluna("codigo_ibge", "Código do IBGE"),
    coluna("municipio", "Município"),
    coluna("uf", "UF"),
    coluna("antes", "De", "decimal"),
    coluna("depois", "Para", "decimal"),
    coluna("diferenca", "Diferença", "decimal"),
    coluna("posicao_antes", "Posição na fila, antes", "inteiro"),
    coluna("posicao_depois", "Posição na fila, depois", "inteiro"),
    coluna("situacao_antes", "Situação, antes"),
    coluna("situacao_depois", "Situação, depois"),
)


def _reais(centavos: int | None) -> Decimal | None:
    return None if centavos is None else Decimal(centavos).scaleb(-2)


def _baixar(
    request: HttpRequest,
    partilha: Partilha,
    nome: str,
    colunas: Sequence[Coluna],
    linhas: Iterable[Sequence[object]],
    *,
    avisos: Sequence[str] = (),
) -> HttpResponse:
    lista = exportar.Lista(
        nome=leitura.nome_do_arquivo(partilha, nome),
        titulo=partilha.nome,
        colunas=colunas,
        linhas=linhas,
        avisos=avisos or entradas.avisos(partilha),
    )
    return exportar.baixar(request, lista)


def das_partilhas(request: HttpRequest, partilhas: Iterable[Partilha]) -> HttpResponse:
    """A lista de partilhas que a pessoa vê, com o estado escolhido."""
    linhas = [
        (
            *(p.nome, p.cenario_de.nome if p.cenario_de else "", str(p.get_estado_display()), p.nome_do_ambito),
            *(p.exercicio, _reais(p.recurso_centavos)),
            *(timezone.localtime(p.simulada_em) if p.simulada_em else None, p.desatualizada),
        )
        for p in partilhas
    ]
    return exportar.baixar(
        request, exportar.Lista(nome="partilhas", titulo="Partilhas", colunas=AS_PARTILHAS, linhas=linhas)
    )


def dos_portes(request: HttpRequest, partilha: Partilha) -> HttpResponse:
    """Os cinco portes da partilha inteira."""
    linhas = [
        (
            *(str(i.porte.label), i.contagem.municipios, _reais(i.passo1), _reais(i.dinheiro.passo2)),
            *(i.contagem.contemplados, i.contagem.a_receber, _reais(i.dinheiro.pago), _reais(i.dinheiro.saldo)),
        )
        for i in leitura.portes(partilha)
    ]
    return _baixar(request, partilha, "portes", OS_PORTES, linhas)


def dos_estados(request: HttpRequest, partilha: Partilha, ufs: Iterable[leitura.LinhaDeUF]) -> HttpResponse:
    """Os estados, na ordem da página."""
    linhas = [
        (
            *(i.sigla, i.nome, i.contagem.municipios, _reais(i.dinheiro.passo2), _reais(i.dinheiro.pago)),
            *(_reais(i.dinheiro.saldo), i.contagem.contemplados, i.contagem.a_receber),
        )
        for i in ufs
    ]
    return _baixar(request, partilha, "estados", OS_ESTADOS, linhas)


def da_fila(request: HttpRequest, partilha: Partilha, fila: estados.FilaDoPorte) -> HttpResponse:
    """A fila de um porte num estado, em ordem de prioridade."""
    linhas = [
        (
            *(c.ordem, c.municipio_id, c.municipio.nome, c.uf, str(fila.porte.porte.label)),
            *(Decimal(c.indice) if c.indice else None, str(c.get_situacao_display()), c.motivo, c.cras_a_financiar),
            *(_reais(c.valor_minimo_centavos), _reais(c.valor_centavos), _reais(i.restou)),
        )
        for i in fila.linhas
        for c in [i.cota]
    ]
    uf = fila.linhas[0].cota.uf
    return _baixar(request, partilha, f"fila-{uf}-{fila.porte.porte.value.lower()}", A_FILA, linhas)


def da_comparacao(request: HttpRequest, dados: Comparacao, linhas: Iterable[Linha]) -> HttpResponse:
    """Município a município, com o recorte e a ordem da página."""
    avisos = list(dict.fromkeys([*entradas.avisos(dados.a), *entradas.avisos(dados.b)]))
    valores = [
        (
            *(i.codigo, i.nome, i.uf, _reais(i.antes), _reais(i.depois), _reais(i.diferenca)),
            *(lado.ordem if lado else None for lado in (i.a, i.b)),
            *(lado.situacao_em_palavras if lado else "fora da partilha" for lado in (i.a, i.b)),
        )
        for i in linhas
    ]
    return _baixar(request, dados.b, "comparacao", A_COMPARACAO, valores, avisos=avisos)


def dos_insumos(request: HttpRequest, partilha: Partilha, linhas: Iterable[listas.LinhaDeInsumo]) -> HttpResponse:
    """Os dados de cada município, o que falta e o que foi digitado aqui."""
    dados = listas.colunas_de_insumos(partilha)
    colunas = (
        coluna("codigo_ibge", "Código do IBGE"),
        coluna("municipio", "Município"),
        coluna("uf", "UF"),
        *(coluna(dado.nome, dado.rotulo) for dado in dados),
        coluna("falta", "Falta ou não serve"),
        coluna("digitado", "Digitado aqui"),
    )
    valores = [
        (
            *(i.insumo.municipio_id, i.insumo.municipio.nome, i.insumo.uf),
            *(getattr(i.insumo, d.dado.nome) for d in i.dados),
            "; ".join(f"{d.dado.rotulo}: {d.falta}" for d in i.dados if d.falta),
            "; ".join(d.dado.rotulo for d in i.dados if d.origem and d.origem.digitado),
        )
        for i in linhas
    ]
    return _baixar(request, partilha, "dados-dos-municipios", colunas, valores)
