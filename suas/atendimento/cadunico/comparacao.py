"""O extrato diante do registro: quem é quem, o que muda e o que fica (ADR 0100).

Comparam-se três coisas: o que o registro diz, o que o último extrato disse e o que este diz. O que a equipe escreveu,
que é onde o registro já não diz o que o último extrato disse, fica; o resto acompanha o extrato.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from suas.atendimento.cadunico import consultas
from suas.atendimento.familias.consultas import lote as registro
from suas.atendimento.familias.consultas.lote import DE_FORA, DO_DOMICILIO, NaFamilia, Registrada
from suas.atendimento.familias.consultas.repetidas import juntadas
from suas.atendimento.familias.listas import Parentesco
from suas.cadastros.territorio.nomes import nome_de_busca

NOMES = frozenset({"nome", "nome_da_mae"})
_DA_PESSOA = {campo: posicao for posicao, campo in enumerate(consultas.DA_PESSOA)}
_DA_FAMILIA = {campo: posicao for posicao, campo in enumerate(consultas.DA_FAMILIA)}
_DO_DOMICILIO = tuple(_DA_FAMILIA[campo] for campo in DO_DOMICILIO)
Valores = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Dita:
    """O que o último extrato disse de uma pessoa: `ditos` na ordem de `DA_PESSOA`."""

    pk: UUID
    pessoa: UUID
    cadastro: UUID
    visto: date
    ditos: tuple[Any, ...]

    def __getitem__(self, campo: str) -> Any:
        return self.ditos[_DA_PESSOA[campo]]


@dataclass(frozen=True, slots=True)
class Cadastro:
    """O que o último extrato disse de uma família: `ditos` na ordem de `DA_FAMILIA`."""

    pk: UUID
    familia: UUID
    codigo: str
    visto: date
    ditos: tuple[Any, ...]

    def __getitem__(self, campo: str) -> Any:
        return self.ditos[_DA_FAMILIA[campo]]

    @property
    def endereco(self) -> tuple[str, ...]:
        return tuple(self.ditos[posicao] for posicao in _DO_DOMICILIO)


@dataclass(frozen=True, slots=True)
class Fusao:
    """O que uma linha muda na pessoa do registro, e em que campos fica o que a equipe escreveu."""

    muda: Valores
    ficam: frozenset[str]


@dataclass(kw_only=True)
class Comparador:
    """O registro e o último extrato de um município, lidos de uma vez, e o que se vai vendo do extrato novo."""

    municipio: str
    dia: date
    hoje: date
    pessoas: dict[UUID, Registrada] = field(default_factory=dict)
    onde: dict[UUID, NaFamilia] = field(default_factory=dict)
    acompanhadas: set[UUID] = field(default_factory=set)
    enderecos: dict[UUID, tuple[str, ...]] = field(default_factory=dict)
    ditas: dict[UUID, Dita] = field(default_factory=dict)
    cadastros: dict[str, Cadastro] = field(default_factory=dict)
    #: do extrato novo: código familiar -> linha da família, e linha e pessoa do responsável
    primeiras: dict[str, int] = field(default_factory=dict)
    responsaveis: dict[str, tuple[int, UUID | None]] = field(default_factory=dict)
    vistas: set[UUID] = field(default_factory=set)
    vistos: set[UUID] = field(default_factory=set)
    lidas: int = 0
    _documentos: dict[tuple[str, str], UUID] = field(default_factory=dict)
    _ditos: dict[tuple[str, str], UUID] = field(default_factory=dict)
    _nomes: dict[tuple[str, date], list[UUID]] = field(default_factory=dict)
    _por_pk: dict[UUID, str] = field(default_factory=dict)
    _ultima: tuple[int, UUID | None, Fusao] | None = None

    @classmethod
    def ler(cls, municipio: str, *, dia: date, hoje: date) -> Comparador:
        """Lê o município inteiro."""
        novo = cls(municipio=municipio, dia=dia, hoje=hoje)
        novo.onde = registro.composicoes(municipio)
        novo.acompanhadas = registro.com_prontuario(municipio)
        novo.enderecos = registro.domicilios(municipio)
        ficou = juntadas(municipio)
        for pessoa in registro.registradas(municipio):
            novo._indexar(pessoa, vale=ficou.get(pessoa.id, pessoa.id))
        for pk, familia, codigo, visto, ditos in consultas.familias_guardadas(municipio):
            novo.cadastros[codigo] = Cadastro(pk, familia, codigo, visto, ditos)
            novo._por_pk[pk] = codigo
        for pk, pessoa_id, cadastro, visto, ditos in consultas.pessoas_guardadas(municipio):
            dita = Dita(pk, pessoa_id, cadastro, visto, ditos)
            if pessoa_id not in ficou:
                novo.ditas[pessoa_id] = dita
            for numero in ("nis", "cpf"):
                if dita[numero]:
                    novo._ditos[numero, dita[numero]] = ficou.get(pessoa_id, pessoa_id)
        return novo

    def _indexar(self, pessoa: Registrada, *, vale: UUID) -> None:
        """`vale`: o registro a que este se juntou, ou ele mesmo. O documento do que saiu leva ao que ficou."""
        if pessoa.nis:
            self._documentos["nis", pessoa.nis] = vale
        if pessoa.cpf:
            self._documentos["cpf", pessoa.cpf] = vale
        if vale != pessoa.id:
            return
        self.pessoas[pessoa.id] = pessoa
        if pessoa.nascimento is not None:
            self._nomes.setdefault((nome_de_busca(pessoa.nome), pessoa.nascimento), []).append(pessoa.id)

    def codigo_de(self, dita: Dita) -> str:
        """O código familiar em que a pessoa veio no último extrato."""
        return self._por_pk.get(dita.cadastro, "")

    def achar(self, valores: Valores) -> UUID | None:
        """Quem, no registro, é a pessoa da linha: pelo NIS, pelo CPF; sem eles, por nome, nascimento e mãe iguais."""
        for numero in ("nis", "cpf"):
            if escrito := valores.get(numero):
                achada = self._ditos.get((numero, escrito)) or self._documentos.get((numero, escrito))
                if achada is not None:
                    return achada
        nascimento = valores.get("nascimento")
        if nascimento is None:
            return None
        candidatas = self._nomes.get((nome_de_busca(valores["nome"]), nascimento), [])
        iguais = [pessoa for pessoa in candidatas if self._e_a_mesma(self.pessoas[pessoa], valores)]
        return iguais[0] if len(iguais) == 1 else None

    def _e_a_mesma(self, pessoa: Registrada, valores: Valores) -> bool:
        """Nome e nascimento já são iguais: nenhum documento desmente, e a mãe, ou a família do Cadastro, confirma."""
        for numero in ("nis", "cpf"):
            gravado, escrito = getattr(pessoa, numero), valores.get(numero)
            if gravado and escrito and gravado != escrito:
                return False
        dita = self.ditas.get(pessoa.id)
        if dita is not None and self.codigo_de(dita) == valores["codigo"]:
            return True
        mae = valores.get("nome_da_mae")
        return bool(mae) and nome_de_busca(pessoa.nome_da_mae) == nome_de_busca(str(mae))

    def fundir(self, pessoa: UUID | None, valores: Valores) -> Fusao:
        """O que muda nos dados da pessoa e em que campos fica o que a equipe escreveu."""
        if pessoa is None:
            return Fusao({campo: valores[campo] for campo in DE_FORA if campo in valores}, frozenset())
        registrada, dita = self.pessoas[pessoa], self.ditas.get(pessoa)
        muda: dict[str, Any] = {}
        ficam: set[str] = set()
        for campo in DE_FORA:
            if campo not in valores:
                continue
            agora, antes, novo = getattr(registrada, campo), dita[campo] if dita else None, valores[campo]
            if iguais(campo, agora, novo):
                continue
            if iguais(campo, agora, antes):
                muda[campo] = novo
            else:
                ficam.add(campo)
        return Fusao(muda, frozenset(ficam))

    def da_linha(self, numero: int, valores: Valores) -> tuple[UUID | None, Fusao]:
        """Quem é e o que muda; perguntado mais de uma vez da mesma linha, responde do que já calculou."""
        if self._ultima is None or self._ultima[0] != numero:
            pessoa = self.achar(valores)
            self._ultima = (numero, pessoa, self.fundir(pessoa, valores))
        return self._ultima[1], self._ultima[2]

    def dono_de_outro(self, pessoa: UUID | None, muda: Valores) -> str:
        """O documento que se gravaria e já é de outra pessoa do registro: “nis”, “cpf” ou vazio."""
        for numero in ("nis", "cpf"):
            if (escrito := muda.get(numero)) and self._documentos.get((numero, escrito)) not in {None, pessoa}:
                return numero
        return ""

    def fica_o_endereco(self, familia: UUID | None, codigo: str) -> bool:
        """O endereço do registro é da equipe: não é o que o último extrato disse."""
        agora = self.enderecos.get(familia) if familia else None
        if agora is None or not any(agora):
            return False
        cadastro = self.cadastros.get(codigo)
        return cadastro is None or agora != cadastro.endereco

    def familia_de(self, codigo: str, responsavel: UUID | None) -> UUID | None:
        """A família do registro que é a deste código: a do último extrato, ou a de que o responsável é referência."""
        if (cadastro := self.cadastros.get(codigo)) is not None:
            return cadastro.familia
        onde = self.onde.get(responsavel) if responsavel else None
        return onde.familia if onde is not None and onde.parentesco == Parentesco.REFERENCIA else None


def iguais(campo: str, um: Any, outro: Any) -> bool:
    """Dizem o mesmo? Nome não distingue acento nem maiúscula, e o vazio e o que não se sabe são o mesmo."""
    if campo in NOMES:
        return nome_de_busca(um or "") == nome_de_busca(outro or "")
    return (None if um == "" else um) == (None if outro == "" else outro)


def endereco_de(valores: Valores) -> dict[str, str]:
    """Os campos de endereço que a linha traz; vazio se não diz rua nem bairro."""
    endereco = {campo: valores.get(campo, "") for campo in DO_DOMICILIO}
    return endereco if endereco["logradouro"] or endereco["bairro"] else {}


def com_titulo(valores: Valores) -> dict[str, Any]:
    """Os valores com o tipo e o título da via juntos ao nome dela: “Rua Doutor Exemplo”."""
    prontos = dict(valores)
    partes = [prontos.pop(parte, "") for parte in ("tipo_da_via", "titulo_da_via")]
    if "logradouro" in prontos:
        prontos["logradouro"] = " ".join(parte for parte in (*partes, prontos["logradouro"]) if parte)[:200]
    return prontos


def caixa_de_nome(escrito: str, *, ligacao_no_comeco: bool = False) -> str:
    """O nome todo em maiúsculas, como a base o traz, escrito como nome: “Maria da Silva”. O misto fica como está.

    `ligacao_no_comeco`: em “do Exemplo”, que vem depois de “Rua”, a primeira palavra também só liga.
    """
    if escrito != escrito.upper():
        return escrito
    ligam = {"de", "da", "do", "das", "dos", "e"}
    palavras = [p if p in ligam else p[:1].upper() + p[1:] for p in escrito.lower().split()]
    if not ligacao_no_comeco:
        palavras[0] = palavras[0][:1].upper() + palavras[0][1:]
    return " ".join(palavras)
