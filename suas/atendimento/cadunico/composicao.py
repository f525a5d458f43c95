"""De que família é cada pessoa do extrato, e o que disso vai à composição e ao domicílio do registro (ADR 0100)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from suas.atendimento.cadunico.comparacao import Comparador, Valores, endereco_de
from suas.atendimento.familias.acoes.lote import Entrada, Lote, Morada
from suas.atendimento.familias.listas import Parentesco
from suas.nucleo.identificador import uuid7

RF = Parentesco.REFERENCIA


@dataclass(frozen=True, slots=True)
class Vinda:
    """Uma linha do extrato e a pessoa do registro (nova ou não) que ela é."""

    numero: int
    valores: Valores
    pessoa: UUID

    @property
    def parentesco(self) -> int:
        return int(self.valores["parentesco"])


@dataclass(kw_only=True)
class Composicao:
    """Monta, família por família, o que entra, o que muda de lugar e o que fica onde a equipe pôs."""

    comparador: Comparador
    lote: Lote
    cras_do_bairro: Callable[[str], UUID | None]
    #: código familiar -> família do registro
    familias: dict[str, UUID] = field(default_factory=dict)
    _referencias: dict[UUID, UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._referencias = {
            onde.familia: pessoa for pessoa, onde in self.comparador.onde.items() if onde.parentesco == RF
        }

    def juntar(self, codigo: str, vindas: Sequence[Vinda], responsavel: UUID | None) -> UUID:
        """Uma família do extrato: devolve a do registro que ela é."""
        familia = self.comparador.familia_de(codigo, responsavel) or self._da_maioria(vindas, responsavel)
        nova = familia is None
        familia = familia or uuid7()
        self.familias[codigo] = familia
        if nova:
            self.lote.familias.append(familia)
        troca = self._troca(familia, responsavel, vindas)
        mesma = nova or self._referencias.get(familia) in {None, responsavel}
        for vinda in sorted(vindas, key=lambda v: v.parentesco):
            self._por(vinda, familia, com_lugar=mesma or troca, troca=troca)
        self._morar(codigo, vindas, familia, nova=nova)
        return familia

    def _da_maioria(self, vindas: Sequence[Vinda], responsavel: UUID | None) -> UUID | None:
        """Sem o responsável em família nenhuma, a única em que já estão os outros."""
        if responsavel is not None and responsavel in self.comparador.onde:
            return None  # está noutra família, e não como referência: esta é outra
        onde = {self.comparador.onde[v.pessoa].familia for v in vindas if v.pessoa in self.comparador.onde}
        familia = onde.pop() if len(onde) == 1 else None
        # com outra referência, que o extrato nem traz, é a família de alguém que não é daqui
        referencia = self._referencias.get(familia) if familia else None
        return familia if referencia is None or referencia in {v.pessoa for v in vindas} else None

    def _troca(self, familia: UUID, responsavel: UUID | None, vindas: Sequence[Vinda]) -> bool:
        """O Cadastro Único trocou o responsável, e a referência que há é a que ele tinha dado?"""
        atual = self._referencias.get(familia)
        if atual is None or responsavel is None or atual == responsavel or familia in self.comparador.acompanhadas:
            return False
        dita = self.comparador.ditas.get(atual)
        novo = next((v.parentesco for v in vindas if v.pessoa == atual), RF)
        return dita is not None and dita["parentesco"] == RF and novo != RF

    def _por(self, vinda: Vinda, familia: UUID, *, com_lugar: bool, troca: bool) -> None:
        onde, dia = self.comparador.onde.get(vinda.pessoa), self.comparador.dia
        if onde is None:
            if com_lugar:
                self._entrar(vinda, familia)
            return
        if onde.familia != familia:
            # sai de onde o extrato a tinha posto; de onde a equipe a acompanha, não
            if com_lugar and onde.familia not in self.comparador.acompanhadas and vinda.pessoa in self.comparador.ditas:
                self.lote.saidas[onde.integrante] = dia
                self._entrar(vinda, familia)
            return
        dita = self.comparador.ditas.get(vinda.pessoa)
        veio_do_extrato = dita is not None and dita["parentesco"] == onde.parentesco
        mexe_na_referencia = RF in {vinda.parentesco, onde.parentesco}
        if vinda.parentesco != onde.parentesco and veio_do_extrato and com_lugar and (troca or not mexe_na_referencia):
            self.lote.parentescos[onde.integrante] = vinda.parentesco

    def _entrar(self, vinda: Vinda, familia: UUID) -> None:
        if vinda.parentesco == RF:
            self._referencias[familia] = vinda.pessoa
        entrada = Entrada(familia=familia, pessoa=vinda.pessoa, parentesco=vinda.parentesco, dia=self.comparador.dia)
        self.lote.entradas.append(entrada)

    def _morar(self, codigo: str, vindas: Sequence[Vinda], familia: UUID, *, nova: bool) -> None:
        primeira = self.comparador.primeiras.get(codigo)
        valores = next((v.valores for v in vindas if v.numero == primeira), None)
        endereco = endereco_de(valores) if valores is not None else {}
        if not endereco or (not nova and self.comparador.fica_o_endereco(familia, codigo)):
            return
        agora = self.comparador.enderecos.get(familia)
        if agora == tuple(endereco.values()):
            return
        cras = self.cras_do_bairro(endereco["bairro"]) if nova or agora is None else None
        self.lote.moradas.append(Morada(familia=familia, dia=self.comparador.dia, endereco=endereco, cras=cras))
