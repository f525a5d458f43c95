"""Famílias inventadas para os testes, pelos atos da casa."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

from normas.base.documentos import digito_do_nis
from suas.atendimento.familias.acoes import enganos
from suas.atendimento.familias.acoes.atendimentos import Novo, anotar, ler_de_fora
from suas.atendimento.familias.acoes.familias import Chegada, Nova, abrir_prontuario, incluir, registrar_familia, trazer
from suas.atendimento.familias.acoes.pessoas import Dados
from suas.atendimento.familias.acoes.repetidas import dizer_distintas, juntar
from suas.atendimento.familias.models import Atendimento, Familia, Integrante, LeituraDeFora, Prontuario
from suas.cadastros.rede.models import Unidade
from suas.cadastros.rede.tests import fabricas as rede
from suas.cadastros.trabalhadores.tests.fabricas import cpf as cpf
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes import papeis
from suas.nucleo.permissoes.ator import Ator

if TYPE_CHECKING:
    from suas.atendimento.familias.models import Engano, PessoaAtendida

CHEGOU = date(2026, 3, 2)
_numeros = count(1)


def nis() -> str:
    """Um NIS que confere e ainda não saiu nesta rodada de testes."""
    dez = f"{1_600_000_000 + next(_numeros)}"
    return dez + digito_do_nis(dez)


def tecnica(unidade: Unidade, papel: papeis.Papel = papeis.TECNICO_SUPERIOR) -> Ator:
    """Quem atende na unidade."""
    return identidade.ator(papel, unidade.municipio_id, unidade=unidade.pk)


def familia(unidade: Unidade, *, por: Ator | None = None, nome: str = "Alba do Exemplo", **dados: Any) -> Prontuario:
    """Uma família com a pessoa de referência, que chegou por demanda espontânea."""
    endereco = dados.pop("endereco", {"logradouro": "do Exemplo", "numero": "12", "bairro": "Centro"})
    return registrar_familia(
        nova=Nova(
            referencia=Dados(nome=nome, **dados),
            chegada=Chegada(ingresso="espontanea", dia=CHEGOU, motivo="Pediu orientação."),
            endereco=endereco,
        ),
        unidade=unidade,
        e_outra=True,
        por=por or tecnica(unidade),
        em=AGORA,
        hoje=HOJE,
    )


def integrante(familia: Familia, *, nome: str = "Caio do Exemplo", parentesco: int = 3) -> Integrante:
    """Mais alguém na família: por padrão, um filho."""
    return incluir(
        familia=familia,
        dados=Dados(nome=nome),
        parentesco=parentesco,
        dia=CHEGOU,
        e_outra=True,
        por=identidade.ator(),
        em=AGORA,
        hoje=HOJE,
    )


def trazida(familia: Familia, pessoa: PessoaAtendida) -> Integrante:
    """Alguém já registrado, que entra na família."""
    por = identidade.ator()
    return trazer(familia=familia, pessoa=pessoa, parentesco=3, dia=CHEGOU, por=por, em=AGORA, hoje=HOJE)


def aberto(familia: Familia, unidade: Unidade) -> Prontuario:
    """O prontuário da família em mais uma unidade."""
    chegada = Chegada(ingresso="espontanea", dia=CHEGOU)
    return abrir_prontuario(
        familia=familia, unidade=unidade, chegada=chegada, por=tecnica(unidade), em=AGORA, hoje=HOJE
    )


def anulada(prontuario: Prontuario) -> Engano:
    """A família, anulada por engano."""
    motivo = "Era a família de outra rua."
    return enganos.anular(prontuario=prontuario, motivo=motivo, por=tecnica(prontuario.unidade), em=AGORA, hoje=HOJE)


def leitura_de_fora(prontuario: Prontuario) -> LeituraDeFora:
    """Alguém de outra unidade do município leu, com motivo, o que esta anotou."""
    vizinha = rede.unidade("CREAS vizinho", onde=prontuario.abrangencia, tipo="creas")
    return ler_de_fora(
        familia=prontuario.familia,
        unidade=vizinha,
        motivo="A criança foi encaminhada hoje.",
        por=tecnica(vizinha),
        em=AGORA,
        hoje=HOJE,
    )


def atendimento(prontuario: Prontuario, *, por: Ator | None = None, tipo: int = 1, dia: date = HOJE) -> Atendimento:
    """Um atendimento anotado na unidade do prontuário."""
    return anotar(
        prontuario=prontuario,
        novo=Novo(tipo=tipo, dia=dia, descricao="Conversou com a família."),
        por=por or tecnica(prontuario.unidade),
        em=AGORA,
        hoje=HOJE,
    )


def repetidos(prontuario: Prontuario, integrante: Integrante) -> dict[str, str]:
    """Alguém parecido com outro da família, dito de duas pessoas, e um registro que se juntou ao da referência."""
    por = tecnica(prontuario.unidade, papeis.COORDENACAO_UNIDADE)
    parecida = familia(prontuario.unidade, nome="Caio Parecido do Exemplo").familia.integrantes.get().pessoa
    repetida = familia(prontuario.unidade, nome="Alba Repetida do Exemplo").familia.integrantes.get().pessoa
    fica = prontuario.familia.integrantes.get(parentesco=1).pessoa
    juncao = juntar(fica=fica, sai=repetida, motivo="Vi o documento.", por=por, em=AGORA, hoje=HOJE)
    par = dizer_distintas(uma=integrante.pessoa, outra=parecida, motivo="", por=por, em=AGORA)
    return {"pessoa_parecida": str(parecida.pk), "juncao_de_pessoas": str(juncao.pk), "distintas": str(par.pk)}
