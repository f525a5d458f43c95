"""O que se pergunta de uma importação e das planilhas de alguém."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse

from suas.nucleo.fila import consultas as fila
from suas.nucleo.importacoes import registro, sigilo
from suas.nucleo.importacoes.conferencia import (
    CelulaComFalta,
    Escolhas,
    LinhaConferida,
    Previa,
    parece_com_ponto,
    sugerir_destinos,
)
from suas.nucleo.importacoes.models import Importacao, Mapeamento, Situacao
from suas.nucleo.importacoes.registro import Importador, Pedido
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.planilhas import pastas
from suas.nucleo.planilhas.celulas import Jeito, nome_simples
from suas.nucleo.planilhas.quadro import Quadro
from suas.nucleo.tela.afazer import Pendencia
from suas.nucleo.tela.filtros import plural

if TYPE_CHECKING:
    from suas.nucleo.fila.models import Andamento

_PESADOS = ("conteudo", "correcoes", "previa")


def que_importa(ator: Ator) -> list[Importador]:
    """Os tipos de planilha que este vínculo traz."""
    return [i for i in registro.importadores() if traz(ator, i)]


def traz(ator: Ator, importador: Importador) -> bool:
    """Este vínculo traz este tipo de planilha?"""
    de_cima = ator.abrangencia == "BR" and importador.so_abaixo_da_uniao
    na_esfera = not importador.so_do_municipio or len(ator.abrangencia) == 7
    return na_esfera and not de_cima and ator.pode(importador.permissao, em=ator.abrangencia)


def telas_que_abre(ator: Ator) -> list[registro.TelaPropria]:
    """As planilhas que este vínculo traz pela tela de outro módulo."""
    return [t for t in registro.telas() if ator.pode(t.permissao, em=ator.abrangencia)]


def que_aprova(ator: Ator) -> list[Importador]:
    """Os tipos de planilha que este vínculo aprova."""
    return [i for i in registro.importadores() if i.aprova and ator.pode(i.aprova, em=ator.abrangencia)]


def importacoes_de(ator: Ator) -> QuerySet[Importacao]:
    """As planilhas trazidas na abrangência do ator, sem o peso do que guardam."""
    todas = Importacao.objects.select_related("por", "decidida_por").defer(*_PESADOS)
    if not ator.abrangencia:
        return todas.none()
    return todas if ator.abrangencia == "BR" else todas.filter(abrangencia__startswith=ator.abrangencia)


def recentes(ator: Ator) -> QuerySet[Importacao]:
    """As planilhas, dos tipos que ele traz ou aprova, da mais nova à mais antiga."""
    codigos = {i.codigo for i in (*que_importa(ator), *que_aprova(ator))}
    return importacoes_de(ator).filter(importador__in=codigos)


def a_aprovar(ator: Ator) -> QuerySet[Importacao]:
    """As que esperam por este vínculo: à espera, de tipo que ele aprova, trazidas por outra pessoa."""
    codigos = [i.codigo for i in que_aprova(ator)]
    esperam = importacoes_de(ator).filter(situacao=Situacao.A_ESPERA, importador__in=codigos)
    return esperam.exclude(por=ator.pessoa.pk) if ator.pessoa else esperam.none()


def pendencias(ator: Ator, hoje: date) -> Iterator[Pendencia]:
    """As que esperam a aprovação deste vínculo e as desta pessoa que voltaram recusadas."""
    if ator.pessoa is None:
        return
    if quantas := a_aprovar(ator).count():
        yield Pendencia(
            titulo=plural(quantas, "planilha espera aprovação", "planilhas esperam aprovação"),
            situacao="à espera",
            por_que="Foi conferida por outra pessoa e só vale depois que você a aprovar.",
            endereco=reverse("importacoes"),
            acao="ver e decidir",
        )
    for recusada in importacoes_de(ator).filter(por=ator.pessoa.pk, situacao=Situacao.RECUSADA)[:5]:
        yield Pendencia(
            titulo=f"Planilha recusada: {recusada.arquivo}",
            situacao="recusada",
            por_que=recusada.motivo,
            endereco=reverse("importacao", args=[recusada.pk]),
            acao="corrigir",
        )


def conteudo_de(importacao: Importacao) -> bytes:
    """O arquivo como veio; vazio depois de apagado."""
    return sigilo.abrir(importacao.conteudo, de=importacao.pk, campo="conteudo")


def correcoes_de(importacao: Importacao) -> dict[str, str]:
    """As células corrigidas: “linha:código da coluna” → texto."""
    guardadas = sigilo.abrir(importacao.correcoes, de=importacao.pk, campo="correcoes")
    return json.loads(guardadas) if guardadas else {}


def previa_de(importacao: Importacao) -> Previa | None:
    """A última prévia; nenhuma enquanto não se conferiu, ou depois de apagada."""
    guardada = sigilo.abrir(importacao.previa, de=importacao.pk, campo="previa")
    return Previa.de_bytes(guardada) if guardada else None


def quadro_de(importacao: Importacao, importador: Importador) -> Quadro:
    """A tabela do arquivo, na aba escolhida."""
    conteudo, reconhece = conteudo_de(importacao), importador.reconhece
    return pastas.ler(conteudo, aba=importacao.aba, reconhece=reconhece, limites=importador.limites)


def destinos_de(importacao: Importacao) -> dict[int, str]:
    """Posição da coluna no arquivo → código da coluna daqui (vazio: não se importa)."""
    return {int(posicao): codigo for posicao, codigo in importacao.destinos.items()}


def escolhas_de(importacao: Importacao) -> Escolhas:
    """O que já se decidiu na tela."""
    return Escolhas(
        destinos=destinos_de(importacao),
        correcoes=correcoes_de(importacao),
        de_fora=frozenset(importacao.de_fora),
        decimal_com_ponto=importacao.decimal_com_ponto,
    )


def pedido_de(importacao: Importacao, importador: Importador, *, em: datetime) -> Pedido:
    """As condições em que se confere: as respostas convertidas e a abrangência de quem trouxe."""
    return Pedido(respostas=respostas_de(importador, importacao.respostas), abrangencia=importacao.abrangencia, em=em)


def respostas_de(importador: Importador, escritas: dict[str, str]) -> dict[str, Any]:
    """As respostas convertidas; a que ficou em branco não está."""
    jeito = Jeito()
    return {p.codigo: p.ler(escritas[p.codigo], jeito) for p in importador.perguntas if escritas.get(p.codigo)}


def resumo_do_cabecalho(colunas: Sequence[str]) -> str:
    """O mesmo para o mesmo cabeçalho, ainda que mude o acento ou a maiúscula."""
    return hashlib.sha256("\n".join(nome_simples(nome) for nome in colunas).encode()).hexdigest()


def destinos_lembrados(importador: Importador, quadro: Quadro, *, abrangencia: str) -> dict[int, str]:
    """O que as colunas quiseram dizer da última vez neste órgão; sem última vez, o que o nome diz."""
    sugeridos = sugerir_destinos(importador, quadro.colunas)
    lembrado = Mapeamento.objects.filter(
        importador=importador.codigo, abrangencia=abrangencia, cabecalho=resumo_do_cabecalho(quadro.colunas)
    ).first()
    if lembrado is None:
        return sugeridos
    conhecidos = {coluna.codigo for coluna in importador.colunas}
    return {int(p): codigo for p, codigo in lembrado.destinos.items() if not codigo or codigo in conhecidos}


def usa_ponto(importador: Importador, quadro: Quadro, destinos: dict[int, str]) -> bool:
    """A planilha escreve decimais com ponto?"""
    return parece_com_ponto(importador, quadro, destinos)


def andamento_de(importacao: Importacao) -> Andamento | None:
    """O da última conferência ou aplicação pela fila; nenhum se não houve, ou se já se apagou."""
    return fila.andamento_se_houver(importacao.andamento_id)


class GrupoDeFaltas:
    """A mesma falta, com o mesmo texto, em uma ou muitas linhas: corrige-se uma vez."""

    def __init__(self, falta: CelulaComFalta) -> None:
        self.falta = falta
        self.numeros = [falta.linha]

    @property
    def campo(self) -> str:
        """O nome do campo da tela."""
        return f"celula_{self.falta.linha}_{self.falta.coluna}"

    @property
    def onde(self) -> str:
        """“Linha 3” ou “Linhas 3, 8, 12 e mais 40”."""
        if len(self.numeros) == 1:
            return f"Linha {self.numeros[0]}"
        ditas = ", ".join(str(n) for n in self.numeros[:3])
        sobram = len(self.numeros) - 3
        return f"Linhas {ditas}" + (f" e mais {sobram}" if sobram > 0 else "")


def grupos_de_faltas(previa: Previa) -> list[GrupoDeFaltas]:
    """As faltas na ordem do arquivo, as iguais juntas. Célula vazia e falta da linha toda não se juntam."""
    grupos: dict[tuple[Any, ...], GrupoDeFaltas] = {}
    for falta in previa.faltas:
        junta = bool(falta.escrito and falta.coluna)
        chave = (falta.coluna, falta.escrito, falta.mensagem) if junta else (falta.linha, falta.coluna, falta.mensagem)
        if chave in grupos:
            grupos[chave].numeros.append(falta.linha)
        else:
            grupos[chave] = GrupoDeFaltas(falta)
    return list(grupos.values())


def celulas_a_esvaziar(previa: Previa, importador: Importador) -> dict[str, str]:
    """As células com falta de que a linha não precisa, “linha:código” → em branco."""
    dispensaveis = {coluna.codigo for coluna in importador.colunas if coluna.dispensavel}
    return {f"{f.linha}:{f.coluna}": "" for f in previa.faltas if f.escrito and f.coluna in dispensaveis}


def linhas_do_tipo(previa: Previa, tipo: str) -> list[LinhaConferida]:
    """As linhas novas, mudadas ou iguais; sem tipo, as que mudariam algo."""
    if tipo:
        return [linha for linha in previa.linhas if linha.tipo == tipo]
    return [linha for linha in previa.linhas if linha.tipo != "igual"]
