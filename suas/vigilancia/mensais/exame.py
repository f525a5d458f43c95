"""O mês diante das regras do formulário: o que impede, o que pede justificativa e o que só avisa."""

from __future__ import annotations

from normas.base.competencia import Competencia
from normas.base.inconsistencia import Inconsistencia
from normas.registros.conferencia import conferir as conferir_formulario
from normas.registros.exame import Contexto
from normas.registros.formulario import Versao
from normas.registros.leitura import formulario
from normas.registros.preenchimento import ler_objeto
from suas.cadastros.territorio.consultas import portes_do_municipio
from suas.vigilancia.mensais import consultas
from suas.vigilancia.mensais.models import RegistroMensal


def versao_de(registro: RegistroMensal) -> Versao:
    """A versão do formulário que vale no mês do registro."""
    return formulario(registro.formulario, em=Competencia.de_texto(registro.competencia))


def conferir(registro: RegistroMensal, *, parcial: bool = False) -> tuple[Inconsistencia, ...]:
    """As inconsistências do que está guardado, com o porte do município e os doze meses anteriores da unidade.

    `parcial` não cobra o que ainda não se escreveu.
    """
    versao, competencia = versao_de(registro), Competencia.de_texto(registro.competencia)
    portes = portes_do_municipio(registro.unidade.municipio)
    contexto = Contexto(
        parcial=parcial,
        porte=portes[0].porte.porte if portes else None,
        anteriores=consultas.anteriores(registro.unidade, competencia=competencia),
    )
    preenchido = ler_objeto(registro.itens, versao=versao)
    return conferir_formulario(versao=versao, competencia=competencia, preenchimento=preenchido, contexto=contexto)
