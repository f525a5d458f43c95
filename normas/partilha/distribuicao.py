"""Item 4: paga a fila de cada porte de um estado (ADR 0010) e transfere o que sobra (ADR 0011)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from normas.base.centavos import ratear_igualmente
from normas.base.fundamento import Fundamento
from normas.partilha.passos import NOB_2005
from normas.territorio.porte import Porte

FUNDAMENTO_DISTRIBUICAO = Fundamento(NOB_2005, "item 5.5, I, a, 4")


@dataclass(frozen=True, slots=True)
class NaFila:
    """Quem espera: código do município e mínimo a receber, em centavos, maior que zero."""

    codigo_ibge: str
    minimo: int


@dataclass(frozen=True, slots=True)
class Pagamento:
    """Um mínimo pago e o que restou do porte depois dele, em centavos."""

    codigo_ibge: str
    valor: int
    restou: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Percurso:
    """A fila de um porte percorrida uma vez: com quanto começou, quem pagou, quantos esperam."""

    porte: Porte
    dinheiro: int
    pagamentos: tuple[Pagamento, ...]
    esperam: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferencia:
    """Sobra que muda de porte dentro do estado: regra 1 ou 2, de quem e para quem, em centavos."""

    regra: int
    de: Mapping[Porte, int]
    para: Mapping[Porte, int]


Evento = Percurso | Transferencia


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribuicao:
    """O que aconteceu num estado, em sequência, e como cada porte terminou, em centavos."""

    eventos: tuple[Evento, ...]
    pagos: Mapping[str, int]
    recebido: Mapping[Porte, int]
    cedido: Mapping[Porte, int]
    pago: Mapping[Porte, int]
    saldo: Mapping[Porte, int]


@dataclass(slots=True)
class _Estado:
    """O estado enquanto se distribui."""

    dinheiro: dict[Porte, int]
    esperam: dict[Porte, list[NaFila]]
    eventos: list[Evento] = field(default_factory=list)
    pagos: dict[str, int] = field(default_factory=dict)
    pago: dict[Porte, int] = field(default_factory=lambda: dict.fromkeys(Porte, 0))
    recebido: dict[Porte, int] = field(default_factory=lambda: dict.fromkeys(Porte, 0))
    cedido: dict[Porte, int] = field(default_factory=lambda: dict.fromkeys(Porte, 0))
    ja_cederam: set[Porte] = field(default_factory=set)

    @property
    def com_fila(self) -> list[Porte]:
        """Portes em que alguém elegível ainda espera, na ordem dos portes."""
        return [porte for porte in Porte if self.esperam[porte]]

    def percorrer(self, porte: Porte) -> None:
        """Percorre a fila uma vez e paga cada mínimo que cabe inteiro no que resta."""
        comeco = resta = self.dinheiro[porte]
        pagamentos = []
        esperam = []
        for item in self.esperam[porte]:
            if item.minimo <= resta:
                resta -= item.minimo
                pagamentos.append(Pagamento(item.codigo_ibge, item.minimo, resta))
                self.pagos[item.codigo_ibge] = item.minimo
            else:
                esperam.append(item)
        self.esperam[porte] = esperam
        self.dinheiro[porte] = resta
        self.pago[porte] += comeco - resta
        self.eventos.append(Percurso(porte=porte, dinheiro=comeco, pagamentos=tuple(pagamentos), esperam=len(esperam)))

    def transferir(self, *, regra: int, de: Sequence[Porte], para: Sequence[Porte]) -> None:
        """Junta o dinheiro de `de`, reparte igualmente entre `para` e percorre essas filas."""
        cedido = {porte: self.dinheiro[porte] for porte in de}
        recebido = ratear_igualmente(total=sum(cedido.values()), entre=para)
        for porte, valor in cedido.items():
            self.dinheiro[porte] = 0
            self.cedido[porte] += valor
        for porte, valor in recebido.items():
            self.dinheiro[porte] += valor
            self.recebido[porte] += valor
        self.eventos.append(Transferencia(regra=regra, de=cedido, para=recebido))
        for porte in para:
            self.percorrer(porte)

    def regra_1(self) -> bool:
        """Porte livre (sem ninguém à espera e com dinheiro) cede a todos os que têm fila."""
        livres = [p for p in Porte if not self.esperam[p] and self.dinheiro[p] > 0]
        if not livres or not self.com_fila:
            return False
        self.transferir(regra=1, de=livres, para=self.com_fila)
        return True

    def regra_2(self) -> bool:
        """Sem porte livre, o mais longe de pagar alguém cede tudo, uma vez, aos que não cederam."""
        podem = [p for p in self.com_fila if p not in self.ja_cederam]
        com_dinheiro = [p for p in podem if self.dinheiro[p] > 0]
        if not com_dinheiro or len(podem) < 2:
            return False
        # max devolve o primeiro entre iguais: o porte que vem antes na ordem.
        cede = max(com_dinheiro, key=self._falta_para_pagar)
        self.ja_cederam.add(cede)
        self.transferir(regra=2, de=[cede], para=[p for p in podem if p is not cede])
        return True

    def _falta_para_pagar(self, porte: Porte) -> int:
        return min(item.minimo for item in self.esperam[porte]) - self.dinheiro[porte]


def distribuir(*, dinheiro: Mapping[Porte, int], filas: Mapping[Porte, Sequence[NaFila]]) -> Distribuicao:
    """Distribui o que o passo 2 deu a um estado.

    `dinheiro` são os centavos de cada porte; `filas` são os elegíveis com mínimo a receber, na
    ordem de prioridade. Pago mais saldo é igual ao dinheiro que entrou.
    """
    estado = _Estado(
        dinheiro={porte: dinheiro.get(porte, 0) for porte in Porte},
        esperam={porte: list(filas.get(porte, ())) for porte in Porte},
    )
    for porte in estado.com_fila:
        estado.percorrer(porte)
    while estado.regra_1() or estado.regra_2():
        pass
    return Distribuicao(
        eventos=tuple(estado.eventos),
        pagos=estado.pagos,
        recebido=estado.recebido,
        cedido=estado.cedido,
        pago=estado.pago,
        saldo=estado.dinheiro,
    )
