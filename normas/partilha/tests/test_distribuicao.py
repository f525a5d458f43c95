"""A distribuição contra uma versão lenta e literal da regra, e as bordas das duas sobras."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normas.partilha.distribuicao import NaFila, Percurso, Transferencia, distribuir
from normas.territorio.porte import Porte

PI, PII, M, G, MET = Porte


def fila(*minimos: int, prefixo: str = "a") -> list[NaFila]:
    return [NaFila(f"{prefixo}{n}", minimo) for n, minimo in enumerate(minimos)]


class Literal:
    """A regra escrita como no texto, sem pressa."""

    def __init__(self, dinheiro: dict, filas: dict) -> None:
        self.caixa = {p: dinheiro.get(p, 0) for p in Porte}
        self.espera = {p: list(filas.get(p, [])) for p in Porte}
        self.pagos: dict[str, int] = {}
        self.ja_deram: list[Porte] = []

    def andar(self, porte):
        for pessoa in list(self.espera[porte]):
            if pessoa.minimo <= self.caixa[porte]:
                self.caixa[porte] -= pessoa.minimo
                self.pagos[pessoa.codigo_ibge] = pessoa.minimo
                self.espera[porte].remove(pessoa)

    def dar(self, de, para):
        total = sum(self.caixa[p] for p in de)
        for p in de:
            self.caixa[p] = 0
        for posicao, p in enumerate(para):
            self.caixa[p] += total // len(para) + (1 if posicao < total % len(para) else 0)
        for p in para:
            self.andar(p)

    def distancia(self, porte):
        return min(pessoa.minimo for pessoa in self.espera[porte]) - self.caixa[porte]

    def uma_vez(self) -> bool:
        com_fila = [p for p in Porte if self.espera[p]]
        livres = [p for p in Porte if not self.espera[p] and self.caixa[p] > 0]
        if com_fila and livres:
            self.dar(livres, com_fila)
            return True
        candidatos = [p for p in com_fila if self.caixa[p] > 0 and p not in self.ja_deram]
        if not candidatos:
            return False
        maior = max(self.distancia(p) for p in candidatos)
        doador = next(p for p in candidatos if self.distancia(p) == maior)
        recebem = [p for p in com_fila if p != doador and p not in self.ja_deram]
        if not recebem:
            return False
        self.ja_deram.append(doador)
        self.dar([doador], recebem)
        return True


def literal(dinheiro: dict, filas: dict) -> tuple[dict, dict]:
    """Quem foi pago e o saldo de cada porte, pela versão literal."""
    estado = Literal(dinheiro, filas)
    for porte in Porte:
        estado.andar(porte)
    while estado.uma_vez():
        pass
    return estado.pagos, estado.caixa


caixas = st.fixed_dictionaries({p: st.integers(0, 60) for p in Porte})
minimos = st.lists(st.sampled_from([5, 7, 10, 14, 20, 43]), max_size=5)
filas_quaisquer = st.fixed_dictionaries(dict.fromkeys(Porte, minimos)).map(
    lambda por_porte: {p: fila(*valores, prefixo=p.value) for p, valores in por_porte.items()}
)


@settings(max_examples=400, deadline=None)
@given(caixas, filas_quaisquer)
def test_paga_os_mesmos_que_a_versao_literal(dinheiro, filas):
    resultado = distribuir(dinheiro=dinheiro, filas=filas)

    assert (resultado.pagos, dict(resultado.saldo)) == literal(dinheiro, filas)


@settings(max_examples=200, deadline=None)
@given(caixas, filas_quaisquer)
def test_nada_se_perde_e_ninguem_que_cabia_ficou_sem(dinheiro, filas):
    resultado = distribuir(dinheiro=dinheiro, filas=filas)

    assert sum(resultado.pagos.values()) + sum(resultado.saldo.values()) == sum(dinheiro.values())
    assert sum(resultado.recebido.values()) == sum(resultado.cedido.values())
    for porte in Porte:
        entrou = dinheiro[porte] + resultado.recebido[porte]
        saiu = resultado.cedido[porte] + resultado.pago[porte]
        assert entrou - saiu == resultado.saldo[porte] >= 0
        for pessoa in filas[porte]:
            if pessoa.codigo_ibge not in resultado.pagos:
                assert pessoa.minimo > resultado.saldo[porte]


@settings(max_examples=200, deadline=None)
@given(caixas, filas_quaisquer)
def test_os_eventos_contam_a_historia_inteira(dinheiro, filas):
    resultado = distribuir(dinheiro=dinheiro, filas=filas)

    caixa = dict(dinheiro)
    pagos = {}
    for evento in resultado.eventos:
        if isinstance(evento, Transferencia):
            for porte, valor in evento.de.items():
                assert caixa[porte] == valor
                caixa[porte] = 0
            for porte, valor in evento.para.items():
                caixa[porte] += valor
            continue
        assert caixa[evento.porte] == evento.dinheiro
        for pagamento in evento.pagamentos:
            caixa[evento.porte] -= pagamento.valor
            assert caixa[evento.porte] == pagamento.restou
            pagos[pagamento.codigo_ibge] = pagamento.valor
        do_porte = {pessoa.codigo_ibge for pessoa in filas[evento.porte]}
        assert evento.esperam == len(do_porte - set(pagos))
    assert (pagos, caixa) == (resultado.pagos, dict(resultado.saldo))


def test_paga_o_minimo_que_cabe_exato_e_recusa_por_um_centavo():
    resultado = distribuir(dinheiro={PI: 100}, filas={PI: fila(101, 60, 40, 1)})

    assert resultado.pagos == {"a1": 60, "a2": 40}
    assert resultado.saldo[PI] == 0


def test_regra_1_junta_os_livres_e_da_o_centavo_ao_primeiro():
    resultado = distribuir(
        dinheiro={PI: 5, PII: 6, M: 1, G: 1},
        filas={M: fila(100, prefixo="m"), G: fila(100, prefixo="g")},
    )

    transferencia = next(e for e in resultado.eventos if isinstance(e, Transferencia))
    assert (transferencia.regra, transferencia.de, transferencia.para) == (
        1,
        {PI: 5, PII: 6},
        {M: 6, G: 5},
    )


def test_regra_2_escolhe_o_mais_longe_e_no_empate_o_que_vem_antes():
    resultado = distribuir(
        dinheiro={PI: 10, PII: 10, M: 40},
        filas={PI: fila(50, prefixo="a"), PII: fila(50, prefixo="b"), M: fila(45, prefixo="c")},
    )

    primeira = next(e for e in resultado.eventos if isinstance(e, Transferencia))
    assert (primeira.regra, primeira.de, primeira.para) == (2, {PI: 10}, {PII: 5, M: 5})
    assert resultado.pagos == {"c0": 45}


def test_quem_nao_tem_dinheiro_nao_cede_e_recebe():
    resultado = distribuir(
        dinheiro={PI: 10, PII: 0},
        filas={PI: fila(50, prefixo="a"), PII: fila(10, prefixo="b")},
    )

    assert resultado.pagos == {"b0": 10}
    assert (resultado.cedido[PI], resultado.recebido[PII]) == (10, 10)


def test_sem_porte_que_receba_o_dinheiro_fica():
    resultado = distribuir(dinheiro={G: 99}, filas={G: fila(100)})

    assert [type(evento) for evento in resultado.eventos] == [Percurso]
    assert (resultado.pagos, resultado.saldo[G], resultado.cedido[G]) == ({}, 99, 0)


def test_quem_ja_cedeu_recebe_de_porte_livre():
    resultado = distribuir(
        dinheiro={PI: 30, PII: 20, M: 6},
        filas={PI: fila(100, prefixo="a"), PII: fila(60, prefixo="b"), M: fila(20, prefixo="c")},
    )

    transferencias = [e for e in resultado.eventos if isinstance(e, Transferencia)]
    assert [(e.regra, dict(e.de), dict(e.para)) for e in transferencias] == [
        (2, {PI: 30}, {PII: 15, M: 15}),
        (1, {M: 1}, {PI: 1, PII: 0}),
    ]
    assert {p: v for p, v in resultado.saldo.items() if v} == {PI: 1, PII: 35}


def test_quem_ja_cedeu_nao_recebe_de_outro_que_cede():
    resultado = distribuir(
        dinheiro={PI: 1, PII: 20, M: 20},
        filas={PI: fila(100, prefixo="a"), PII: fila(60, prefixo="b"), M: fila(70, prefixo="c")},
    )

    transferencias = [e for e in resultado.eventos if isinstance(e, Transferencia)]
    assert [(e.regra, dict(e.de), dict(e.para)) for e in transferencias] == [
        (2, {PI: 1}, {PII: 1, M: 0}),
        (2, {M: 20}, {PII: 20}),
    ]
    assert resultado.saldo[PII] == 41


@pytest.mark.parametrize("porte", list(Porte))
def test_estado_sem_fila_guarda_o_saldo_onde_estava(porte):
    resultado = distribuir(dinheiro={porte: 7}, filas={})

    assert (resultado.eventos, resultado.saldo[porte]) == ((), 7)
