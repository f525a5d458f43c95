"""A memória de um município em PDF: a conta inteira, com a fonte de cada dado, para o conselho conferir."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from suas.financas.partilhas import permissoes
from suas.financas.partilhas.consultas import entradas, explicacoes, leitura
from suas.financas.partilhas.consultas.memorias import memoria_da_uf
from suas.financas.partilhas.models import Partilha
from suas.nucleo.tela import papel
from suas.nucleo.tela.filtros import inicial, momento, numero, reais

TITULOS = ("1º passo: entre os portes", "2º passo: entre os estados", "3º passo: a ordem de prioridade")


@login_not_required
@require_safe
def memoria(request: HttpRequest, partilha_id: UUID, codigo: str) -> HttpResponse:
    """A memória que a tela mostra; antes da primeira simulação não há o que imprimir (404)."""
    atual, insumo = permissoes.obter_partilha_e_municipio_para_ver(
        request.ator, partilha_id=partilha_id, codigo_ibge=codigo
    )
    gravada = memoria_da_uf(atual, insumo.uf)
    if gravada is None:
        raise Http404
    m = explicacoes.memoria_do_municipio(gravada, codigo_ibge=codigo)
    avisos = list(entradas.avisos(atual))
    if atual.desatualizada:
        avisos.append("Memória da simulação anterior: os insumos ou as opções mudaram depois dela")
    documento = papel.Papel(
        titulo=str(insumo.municipio),
        sobre=f"Memória de cálculo · {atual.nome} · partilha {atual.get_estado_display()}",
        periodo=f"Exercício {atual.exercicio}. Simulada em {momento(atual.simulada_em)}.",
        endereco=reverse("partilha-municipio", args=[atual.pk, codigo]),
        avisos=[aviso.rstrip(".") for aviso in avisos],
        partes=[*_resposta(m), *_passos(m), *_contas(m), *_fila(m), *_dados(m), _refazer(atual, codigo)],
    )
    return papel.como_pdf(request, documento, nome=f"memoria-{atual.exercicio}-{codigo}")


def _resposta(m: explicacoes.MemoriaDoMunicipio) -> list[papel.Parte]:
    e = m.explicacao
    fila = f"{numero(e.ordem)}º de {numero(e.pares)} na fila de {e.porte} em {e.uf}" if e.ordem else ""
    pares = [
        ("Recebe no exercício" if e.valor_partilhado else "Nesta partilha", reais(e.valor_partilhado)),
        ("Situação", inicial(e.situacao_em_palavras)),
        ("Por quê", e.motivo),
        ("Lugar na fila", fila),
        ("Índice", e.indice),
    ]
    return [papel.Ficha(pares=[(rotulo, valor) for rotulo, valor in pares if valor])]


def _passos(m: explicacoes.MemoriaDoMunicipio) -> list[papel.Parte]:
    e = m.explicacao
    porte = f"{m.populacao.valor} habitantes ({m.fonte(m.populacao)}): é de porte {e.porte}."
    partes: list[papel.Parte] = []
    for posicao, passo in enumerate(e.passos):
        em_lista = posicao == len(TITULOS)
        frases = [porte, *passo.frases] if posicao == 0 else list(passo.frases)
        texto = ("\n" if em_lista else " ").join(frases)
        titulo = "A distribuição na fila" if em_lista else TITULOS[posicao]
        partes.append(papel.Texto(titulo=titulo, texto=f"{texto}\n({passo.fundamento})"))
        if posicao == len(TITULOS) - 1 and e.indicadores:
            partes.append(_indicadores(m))
    return partes


def _indicadores(m: explicacoes.MemoriaDoMunicipio) -> papel.Quadro:
    linhas = [
        (
            i.rotulo,
            i.valor,
            f"{m.contas_dos_indicadores[i.chave].conta}, de {i.menor} a {i.maior} em {numero(i.comparados)} "
            f"{i.com_quem}; {i.pior} é pior",
            i.representativo,
            str(i.peso),
            i.parcela,
        )
        for i in m.explicacao.indicadores
    ]
    return papel.Quadro(
        titulo="Os indicadores",
        colunas=("Indicador", "Valor", "A conta", "De 0 a 1", "Peso", "Parcela"),
        linhas=[*linhas, ("Índice: a soma das parcelas", "", "", "", "", m.explicacao.indice)],
        numeros=frozenset({1, 3, 4, 5}),
        larguras=(26, 14, 32, 12, 8, 12),
    )


def _contas(m: explicacoes.MemoriaDoMunicipio) -> list[papel.Parte]:
    linhas = [(conta.descricao, conta.conta, conta.resultado) for conta in m.contas_gerais]
    return [
        papel.Quadro(
            titulo="Confira na calculadora",
            colunas=("O que se calcula", "A conta", "Dá"),
            linhas=linhas,
            numeros=frozenset({2}),
            larguras=(34, 42, 24),
            fonte="O sistema guarda frações exatas; aqui há até seis casas, e a última pode diferir em uma unidade.",
        )
    ]


def _fila(m: explicacoes.MemoriaDoMunicipio) -> list[papel.Parte]:
    partes: list[papel.Parte] = []
    if m.vizinhos:
        partes.append(
            papel.Quadro(
                titulo="Perto dele na fila",
                colunas=("Ordem", "Município", "Índice", "Situação", "Recebe"),
                linhas=[
                    (
                        f"{numero(v.vizinho.ordem)}º",
                        f"{v.nome} (este)" if v.vizinho.proprio else v.nome,
                        v.vizinho.indice,
                        inicial(v.vizinho.situacao_em_palavras),
                        reais(v.vizinho.valor_partilhado) if v.vizinho.valor_partilhado else "—",
                    )
                    for v in m.vizinhos
                ],
                numeros=frozenset({0, 2, 4}),
                larguras=(10, 30, 16, 24, 20),
            )
        )
    if m.mudancas:
        partes.append(
            papel.Quadro(
                titulo="Para subir de posição",
                colunas=("Se só este dado mudasse", "Hoje", "Uma posição acima", "Ser contemplado"),
                linhas=[
                    (
                        mudanca.rotulo,
                        mudanca.valor_atual,
                        (mudanca.posicao.valor_necessario or "nenhum basta") if mudanca.posicao else "—",
                        (mudanca.recurso.valor_necessario or "nenhum basta") if mudanca.recurso else "—",
                    )
                    for mudanca in m.mudancas
                ],
                numeros=frozenset({1, 2, 3}),
                fonte="Um dado por vez, tudo o mais igual, com as escalas refeitas. Diz como a conta responde; não é "
                "meta nem conselho.",
            )
        )
    return partes


def _dados(m: explicacoes.MemoriaDoMunicipio) -> list[papel.Parte]:
    return [
        papel.Quadro(
            titulo="De onde vem cada dado",
            colunas=("Dado", "Valor", "Fonte e ano"),
            linhas=[(dado.rotulo, dado.valor or "falta", m.fonte(dado)) for dado in m.dados],
            numeros=frozenset({1}),
            larguras=(36, 20, 44),
        )
    ]


def _refazer(atual: Partilha, codigo: str) -> papel.Texto:
    arquivo = leitura.nome_do_arquivo(atual, "memoria.json")
    return papel.Texto(
        titulo="Refaça a conta inteira",
        texto="Com o arquivo da memória e o programa recalcular.py, que não usa nada deste sistema:\n"
        f"python3 recalcular.py {arquivo} --municipio {codigo}\nO SHA-256 que aparece deve ser este:\n{atual.sha256}",
    )
