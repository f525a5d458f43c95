"""O que a própria rede e os acessos prendem à unidade, e como anda quando ela se junta a outra ou se desmembra."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import F, Model, Q, QuerySet

from suas.cadastros.rede import partes
from suas.cadastros.rede.acoes.unidades import exigir_identificador_livre, marcar_mudanca
from suas.cadastros.rede.models import MunicipioAtendido, ServicoOfertado, Unidade
from suas.cadastros.rede.partes import Mudanca, Opcao, Reparticao, Uniao
from suas.nucleo.identidade import consultas as identidade
from suas.nucleo.identidade.acoes.vinculos import trocar_casa
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.tela.filtros import plural

AS_DUAS = "as_duas"
M = TypeVar("M", bound=Model)


def _que_valem(linhas: QuerySet[M], *, dia: date) -> QuerySet[M]:
    return linhas.filter(Q(ate__isnull=True) | Q(ate__gt=dia)).exclude(ate=F("desde"))


def fim(desde: date | None, dia: date) -> date:
    """O fim de uma linha que acaba no dia; a que ainda nem começou acaba no dia em que começaria."""
    return max(dia, desde) if desde is not None else dia


def _juntar_servicos(uniao: Uniao) -> list[Mudanca]:
    ja_oferta = {s.servico for s in _que_valem(uniao.fica.servicos.all(), dia=uniao.dia)}
    mudancas = []
    for servico in _que_valem(uniao.sai.servicos.all(), dia=uniao.dia):
        if servico.servico in ja_oferta:
            texto = f"{servico.nome}: as duas ofertam; vale o que está em {uniao.fica.nome}"
            mudancas.append(Mudanca(texto=texto, linha=servico, campos={"ate": fim(servico.desde, uniao.dia)}))
        else:
            texto = f"{servico.nome} passa a {uniao.fica.nome}"
            mudancas.append(Mudanca(texto=texto, linha=servico, campos={"unidade": uniao.fica}))
    return mudancas


def _opcoes_de_servicos(unidade: Unidade, dia: date) -> list[Opcao]:
    return [Opcao(chave=str(s.pk), texto=_com_vagas(s)) for s in _que_valem(unidade.servicos.all(), dia=dia)]


def _com_vagas(servico: ServicoOfertado) -> str:
    vagas = f", {plural(servico.capacidade, 'vaga', 'vagas')}" if servico.capacidade is not None else ""
    return f"{servico.nome}{vagas}"


def _repartir_servicos(reparticao: Reparticao) -> list[Mudanca]:
    mudancas = []
    for servico in _que_valem(reparticao.origem.servicos.all(), dia=reparticao.dia):
        modo = reparticao.escolhas.get(str(servico.pk))
        if modo is None:
            continue
        nova = ServicoOfertado(
            unidade=reparticao.nova,
            servico=servico.servico,
            capacidade=None if modo == AS_DUAS else servico.capacidade,
            desde=reparticao.dia,
        )
        if modo != AS_DUAS:
            texto = f"{servico.nome} passa a {reparticao.nova.nome}"
            campos = {"ate": fim(servico.desde, reparticao.dia)}
            mudancas.append(Mudanca(texto=texto, linha=servico, campos=campos))
        texto = f"{servico.nome} começa em {reparticao.nova.nome}"
        mudancas.append(Mudanca(texto=texto, linha=nova, nova=True, ao_desfazer={"ate": reparticao.dia}))
    return mudancas


def _juntar_atendidos(uniao: Uniao) -> list[Mudanca]:
    ja_atende = {a.municipio_id for a in _que_valem(uniao.fica.atendidos.all(), dia=uniao.dia)}
    mudancas = []
    for atendido in _que_valem(uniao.sai.atendidos.select_related("municipio__uf"), dia=uniao.dia):
        if atendido.municipio_id in ja_atende:
            texto = f"{atendido.municipio}: as duas atendem; vale o que está em {uniao.fica.nome}"
            mudancas.append(Mudanca(texto=texto, linha=atendido, campos={"ate": fim(atendido.desde, uniao.dia)}))
        else:
            texto = f"{atendido.municipio} passa a ser atendido por {uniao.fica.nome}"
            mudancas.append(Mudanca(texto=texto, linha=atendido, campos={"unidade": uniao.fica}))
    return mudancas


def _juntar_acessos(uniao: Uniao) -> list[Mudanca]:
    """Quem tem papel na que sai passa a tê-lo na que fica: é a mesma casa, escrita duas vezes."""
    mudancas = []
    for nomeacao in identidade.nomeacoes_na_casa(uniao.sai.pk, em=uniao.dia):
        papel = nomeacao.papel.nome
        if identidade.tem_o_mesmo_papel(nomeacao, unidade=uniao.fica.pk):
            texto = f"{papel}: a pessoa já tem o mesmo papel em {uniao.fica.nome}; o outro acesso fica parado"
            mudancas.append(Mudanca(texto=texto))
        else:
            campos: dict[str, Any] = {"unidade": uniao.fica.pk, "orgao": uniao.fica.nome}
            texto = f"{papel}: o acesso passa a {uniao.fica.nome}"
            mudancas.append(Mudanca(texto=texto, linha=nomeacao, campos=campos))
    return mudancas


def _gravar_unidade(linha: Model, por: Ator, em: datetime) -> None:
    assert isinstance(linha, Unidade)
    exigir_identificador_livre(linha)
    marcar_mudanca(linha, em=em)


def _gravar_acesso(linha: Model, por: Ator, em: datetime) -> None:
    trocar_casa(nomeacao=linha, por=por, em=em)


def _gravar(linha: Model, por: Ator, em: datetime) -> None:
    linha.save()


def _nada(uniao: Uniao) -> Sequence[Mudanca]:
    return ()


CADASTRO = partes.Parte(
    codigo="cadastro",
    rotulo="Cadastro",
    ordem=0,
    juntar=_nada,
    achar=lambda chave: Unidade.objects.filter(pk=chave),
    gravar=_gravar_unidade,
)
PARTES = (
    CADASTRO,
    partes.Parte(
        codigo="servicos",
        rotulo="Serviços",
        ordem=10,
        juntar=_juntar_servicos,
        achar=lambda chave: ServicoOfertado.objects.filter(pk=chave),
        gravar=_gravar,
        opcoes=_opcoes_de_servicos,
        repartir=_repartir_servicos,
        modos=(("passa", "passa à nova"), (AS_DUAS, "as duas ofertam")),
    ),
    partes.Parte(
        codigo="atendidos",
        rotulo="Municípios atendidos",
        ordem=20,
        juntar=_juntar_atendidos,
        achar=lambda chave: MunicipioAtendido.objects.filter(pk=chave),
        gravar=_gravar,
    ),
    partes.Parte(
        codigo="acessos",
        rotulo="Quem entra no sistema por esta unidade",
        ordem=90,
        juntar=_juntar_acessos,
        achar=identidade.nomeacao_pelo_numero,
        gravar=_gravar_acesso,
    ),
)
