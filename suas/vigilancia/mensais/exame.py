"""O mês diante das regras do formulário: o que impede, o que pede justificativa, o que só avisa e o que falta."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from normas.base.competencia import Competencia
from normas.base.fundamento import Fundamento
from normas.base.inconsistencia import Gravidade, Inconsistencia
from normas.base.numeros import com_virgula
from normas.registros.conferencia import conferir as conferir_formulario
from normas.registros.exame import Contexto
from normas.registros.formulario import Versao
from normas.registros.leitura import formulario
from normas.registros.preenchimento import Preenchimento, Situacao, ler_objeto
from suas.cadastros.territorio.consultas import portes_do_municipio
from suas.vigilancia.mensais import consultas
from suas.vigilancia.mensais.models import RegistroMensal

#: Como se chama a justificativa do número que não é o contado: “registros:C.1”.
DOS_REGISTROS = "registros:"


@dataclass(frozen=True, kw_only=True)
class Critica:
    """O que a página diz enquanto se escreve: o que não combina, e que itens ainda não têm resposta.

    `cobra`: alguém quis enviar, e o que falta se diz em cada item.
    """

    achadas: Sequence[Inconsistencia] = ()
    faltam: Sequence[str] = ()
    justificadas: frozenset[str] = frozenset()
    cobra: bool = False

    @property
    def impedem(self) -> int:
        return sum(achada.impede_envio for achada in self.achadas)

    @property
    def a_justificar(self) -> int:
        """As que pedem uma justificativa que ainda não se escreveu."""
        return sum(
            achada.gravidade is Gravidade.JUSTIFICAR and achada.regra not in self.justificadas
            for achada in self.achadas
        )

    @property
    def por_item(self) -> dict[str, list[Inconsistencia]]:
        """Cada inconsistência no primeiro dos itens dela."""
        separadas: dict[str, list[Inconsistencia]] = {}
        for achada in self.achadas:
            for item in achada.itens[:1]:
                separadas.setdefault(item, []).append(achada)
        return separadas


def versao_de(registro: RegistroMensal) -> Versao:
    """A versão do formulário que vale no mês do registro."""
    return formulario(registro.formulario, em=Competencia.de_texto(registro.competencia))


def conferir(
    registro: RegistroMensal, *, parcial: bool = False, calculados: Mapping[str, int] | None = None
) -> tuple[Inconsistencia, ...]:
    """As inconsistências do que está guardado, com o porte do município e os doze meses anteriores da unidade.

    `parcial` não cobra o que ainda não se escreveu; sem `calculados`, conta-se agora o que os registros dizem.
    """
    versao, competencia = versao_de(registro), Competencia.de_texto(registro.competencia)
    portes = portes_do_municipio(registro.unidade.municipio)
    contexto = Contexto(
        parcial=parcial,
        porte=portes[0].porte.porte if portes else None,
        anteriores=consultas.anteriores(registro.unidade, competencia=competencia),
    )
    preenchido = ler_objeto(registro.itens, versao=versao)
    achadas = conferir_formulario(versao=versao, competencia=competencia, preenchimento=preenchido, contexto=contexto)
    if calculados is None:
        calculados = consultas.dos_registros(registro.unidade, competencia=competencia)
    return (*achadas, *mudados_a_mao(preenchido, calculados, versao=versao))


def mudados_a_mao(
    preenchido: Preenchimento, calculados: Mapping[str, int], *, versao: Versao
) -> Iterator[Inconsistencia]:
    """O número escrito que não é o contado: vale o escrito, com o porquê e quem o disse (ADR 0082)."""
    for codigo, contado in calculados.items():
        item = versao.itens.get(codigo)
        escrito = preenchido.total(item) if item is not None else None
        if escrito is not None and escrito != contado:
            yield Inconsistencia(
                regra=f"{DOS_REGISTROS}{codigo}",
                itens=(codigo,),
                gravidade=Gravidade.JUSTIFICAR,
                mensagem=f"Em {codigo}, os registros dizem {com_virgula(contado)} e está escrito "
                f"{com_virgula(escrito)}. Diga por quê: os dois números ficam guardados, com quem o disse.",
                fundamento=Fundamento(norma="Leitura do projeto", dispositivo="ADR 0082"),
            )


def criticar(registro: RegistroMensal | None, *, versao: Versao) -> Critica:
    """O que já se pode dizer de um rascunho; sem registro, faltam todos os itens."""
    if registro is None:
        return Critica(faltam=list(versao.itens))
    return de_achadas(conferir(registro, parcial=True), registro, versao=versao)


def de_achadas(
    achadas: Iterable[Inconsistencia], registro: RegistroMensal, *, versao: Versao, cobra: bool = False
) -> Critica:
    """A crítica com estas inconsistências; as de item sem resposta dizem-se à parte, numa linha só."""
    preenchido = ler_objeto(registro.itens, versao=versao)
    faltam = [item.codigo for item in versao.itens.values() if preenchido.situacao(item) is Situacao.NAO_INFORMADO]
    regra, recusados = versao.regra_de_preenchimento.codigo, {recusa.item for recusa in preenchido.recusas}
    sem_resposta = set(faltam) - recusados
    return Critica(
        achadas=[a for a in achadas if a.regra != regra or not a.itens or a.itens[0] not in sem_resposta],
        faltam=[codigo for codigo in faltam if codigo in sem_resposta],
        justificadas=frozenset(registro.justificativas),
        cobra=cobra,
    )
