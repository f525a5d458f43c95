"""Meses inventados para os testes, pelos atos da casa."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from normas.base.competencia import Competencia
from normas.registros.leitura import formulario
from suas.cadastros.rede.models import Unidade
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.permissoes import papeis
from suas.nucleo.permissoes.ator import Ator
from suas.vigilancia.mensais import consultas
from suas.vigilancia.mensais.acoes import conferencia, envio, federal, preenchimento
from suas.vigilancia.mensais.models import Comprovante, Envio, RegistroMensal, Resposta

MES = Competencia(2026, 10)


def zerado(unidade: Unidade, **itens: Any) -> dict[str, Any]:
    """O formulário inteiro com zero, salvo os itens ditos (`A_1=5` é o item A.1)."""
    versao = formulario(consultas.FORMULARIOS[unidade.tipo], em=MES)
    return dict.fromkeys(versao.itens, 0) | {nome.replace("_", "."): valor for nome, valor in itens.items()}


def coordena(unidade: Unidade) -> Ator:
    return identidade.ator(papeis.COORDENACAO_UNIDADE, unidade.municipio_id, unidade=unidade.pk)


def rascunho(
    unidade: Unidade,
    *,
    itens: Mapping[str, Any] | None = None,
    mes: Competencia = MES,
    por: Ator | None = None,
    justificativas: Mapping[str, str] | None = None,
) -> RegistroMensal:
    """O mês da unidade guardado, por padrão todo com zero, salvo o que os registros contam."""
    atual = consultas.registro_de(unidade, competencia=mes)
    return preenchimento.guardar(
        unidade=unidade,
        competencia=mes,
        itens=itens if itens is not None else zerado(unidade) | consultas.dos_registros(unidade, competencia=mes),
        justificativas=justificativas or {},
        versao=atual.versao if atual is not None else 0,
        por=por or coordena(unidade),
        em=AGORA,
    )


def enviado(
    unidade: Unidade,
    *,
    itens: Mapping[str, Any] | None = None,
    mes: Competencia = MES,
    justificativas: Mapping[str, str] | None = None,
) -> Envio:
    """O mês da unidade enviado."""
    registro = rascunho(unidade, itens=itens, mes=mes, justificativas=justificativas)
    return envio.enviar(registro=registro, por=coordena(unidade), em=AGORA, hoje=HOJE)


def devolvido(unidade: Unidade) -> Envio:
    """O mês enviado, devolvido pela vigilância e enviado de novo: há resposta, e há o que conferir."""
    registro = enviado(unidade).registro
    conferencia.responder(
        registro=registro,
        tipo=Resposta.Tipo.DEVOLVER,
        motivo="Faltou contar as visitas.",
        por=identidade.ator(papeis.VIGILANCIA_MUNICIPAL, unidade.municipio_id),
        em=AGORA,
    )
    return enviado(unidade)


def comprovado(envio: Envio) -> Comprovante:
    """O envio com um número já digitado no sistema federal e o comprovante em PDF."""
    por = coordena(envio.registro.unidade)
    federal.marcar(envio=envio, digitadas=["i-A.1"], por=por, em=AGORA)
    arquivo = SimpleUploadedFile("tela.pdf", b"%PDF-1.4 tela inventada")
    return federal.comprovar(envio=envio, dia=HOJE, protocolo="2026/11", arquivo=arquivo, por=por, em=AGORA, hoje=HOJE)
