"""Encaminhamentos, grupos com chamada, benefícios, BPC e busca ativa inventados, das famílias inventadas de Vitória."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from demonstracao.invencao import acaso, dia_de
from demonstracao.pessoas import CRAS, VITORIA
from suas.atendimento.beneficios.acoes import beneficios, bpc
from suas.atendimento.beneficios.listas import Especie, Tipo
from suas.atendimento.beneficios.models import Regra
from suas.atendimento.familias.models import Prontuario
from suas.atendimento.servicos.acoes import encaminhamentos, grupos, protocolos
from suas.atendimento.servicos.listas import Codigo, TipoDeGrupo
from suas.atendimento.servicos.models import Encaminhamento, Grupo
from suas.atendimento.territorial import acoes as territorial
from suas.atendimento.territorial.listas import Motivo, Resultado
from suas.cadastros.rede.models import Unidade
from suas.nucleo.permissoes.ator import Ator

#: Quantos dias cada encaminhamento ao CREAS esperou a resposta; sem número, ainda espera.
ESPERAS = (2, 3, 3, 5, 6, 9, 14, 21, None, None)
#: Quantos dos que voltam do CREAS ao CRAS, e em quanto tempo se respondeu.
VOLTAM = (1, 2, 4, 4, 8, None)
_RESOLUCAO = "Resolução fictícia do CMAS nº 7/2025"
_REGRAS = (
    (Tipo.NATALIDADE, "À família com recém-nascido, até o terceiro mês.", 60_000, 1),
    (Tipo.FUNERAL, "À família de quem faleceu e não tinha plano funerário.", 120_000, 1),
    (Tipo.CESTA_BASICA, "À família sem alimento bastante, pela avaliação da equipe.", None, 3),
    (Tipo.ALUGUEL, "À família que perdeu a casa, ou não pode nela ficar.", 50_000, 6),
)
_GRUPOS = (
    ("Mulheres do Jequitibá", TipoDeGrupo.PAIF, "terças, das 14h às 16h", (18, 70), 7),
    ("Crianças da manhã", TipoDeGrupo.SCFV, "segundas e quartas, das 9h às 11h", (5, 14), 7),
)


def criar(*, tecnica: Ator, em: datetime) -> int:
    """Encaminhamentos, grupos e benefícios do CRAS de quem entra e do CREAS, se ainda não há; devolve quantos."""
    if Encaminhamento.objects.filter(abrangencia=VITORIA).exists() or Grupo.objects.exists():
        return 0
    hoje = dia_de(em)
    cras = Unidade.objects.get(municipio_id=VITORIA, tipo=Unidade.Tipo.CRAS, nome=CRAS)
    creas = Unidade.objects.filter(municipio_id=VITORIA, tipo=Unidade.Tipo.CREAS).em_funcionamento(hoje)
    do_creas = creas.order_by("identificador").first()
    quantos = _grupos(cras, por=tecnica, em=em) + _beneficios(cras, por=tecnica, em=em)
    quantos += _busca_ativa(cras, por=tecnica, em=em)
    if do_creas is not None:
        quantos += _encaminhamentos(cras, do_creas, por=tecnica, em=em)
    return quantos


def _prontuarios(unidade: Unidade) -> list[Prontuario]:
    return list(Prontuario.objects.filter(unidade=unidade, familia__sintetica=True).order_by("numero"))


def _encaminhamentos(cras: Unidade, creas: Unidade, *, por: Ator, em: datetime) -> int:
    """Do CRAS ao CREAS e de volta, com um protocolo em vigor numa direção; os últimos ainda esperam."""
    proposta = protocolos.Proposta(
        origem=cras,
        destino=creas,
        combinado="O CREAS recebe a família em até uma semana e devolve por escrito o que fez.",
        prazo_dias=7,
        campos=[("Riscos imediatos", True), ("O que a família já espera", False)],
    )
    pactuado = protocolos.propor(proposta=proposta, pela=cras, por=por, em=em)
    protocolos.responder(protocolo=pactuado, aceita=True, resposta="", por=por, em=em)
    respostas = {"Riscos imediatos": "Nenhum agora, pelo que a família contou."}
    ida = zip(_prontuarios(cras), ESPERAS, strict=False)
    volta = zip(_prontuarios(creas), VOLTAM, strict=False)
    for prontuario, espera in ida:
        _encaminhar(prontuario, creas, Codigo.CRAS_PARA_CREAS, espera, respostas, por=por, em=em)
    for prontuario, espera in volta:
        _encaminhar(prontuario, cras, Codigo.CREAS_PARA_CRAS, espera, {}, por=por, em=em)
    return len(ESPERAS) + len(VOLTAM)


def _encaminhar(
    prontuario: Prontuario,
    destino: Unidade,
    codigo: Codigo,
    espera: int | None,
    respostas: dict[str, str],
    *,
    por: Ator,
    em: datetime,
) -> None:
    dia = dia_de(em) - timedelta(days=30 if espera is not None else 10)
    feito = encaminhamentos.encaminhar(
        prontuario=prontuario,
        novo=encaminhamentos.Novo(
            codigo=codigo,
            motivo="A família precisa do que a outra unidade oferta; conversou-se com ela antes.",
            destino=destino,
            respostas=respostas,
        ),
        por=por,
        em=em,
        hoje=dia,
        sintetico=True,
    )
    if espera is None:
        return
    encaminhamentos.aceitar(encaminhamento=feito, por=por, em=em, hoje=dia + timedelta(days=espera))
    if espera % 2 == 0:
        retorno = "Três atendimentos e uma visita. Segue em acompanhamento na unidade de origem."
        encaminhamentos.devolver(encaminhamento=feito, retorno=retorno, por=por, em=em)


def _grupos(unidade: Unidade, *, por: Ator, em: datetime) -> int:
    """Dois grupos com chamada toda semana, e uma palestra aberta."""
    hoje = dia_de(em)
    comecou = hoje - timedelta(days=90)
    integrantes = [
        integrante
        for prontuario in _prontuarios(unidade)
        for integrante in prontuario.familia.integrantes.filter(ate__isnull=True).select_related("pessoa")
    ]
    for nome, tipo, quando, (menor, maior), cabem in _GRUPOS:
        grupo = grupos.abrir(
            unidade=unidade,
            novo=grupos.NovoGrupo(nome=nome, tipo=tipo, comecou=comecou, quando=quando),
            por=por,
            em=em,
            hoje=hoje,
            sintetico=True,
        )
        da_idade = [i for i in integrantes if menor <= (i.pessoa.idade(hoje) or 0) <= maior][:cabem]
        for integrante in da_idade:
            grupos.inscrever(grupo=grupo, integrante=integrante, dia=comecou, por=por, em=em, hoje=hoje)
        for semana in range(6):
            _chamada(grupo, [i.pessoa_id for i in da_idade], hoje - timedelta(days=3 + 7 * semana), por=por, em=em)
    novo = grupos.NovoGrupo(nome="Palestra: direitos da pessoa idosa", tipo=TipoDeGrupo.NAO_CONTINUADA, comecou=comecou)
    palestra = grupos.abrir(unidade=unidade, novo=novo, por=por, em=em, hoje=hoje, sintetico=True)
    aberta = grupos.Chamada(dia=hoje - timedelta(days=12), vieram=(), sem_registro=34, tema="Estatuto e benefícios")
    grupos.fazer_chamada(grupo=palestra, chamada=aberta, por=por, em=em, hoje=hoje)
    return len(_GRUPOS) + 1


def _chamada(grupo: Grupo, pessoas: list[UUID], dia: date, *, por: Ator, em: datetime) -> None:
    sorte = acaso("chamada", grupo.nome, (dia_de(em) - dia).days)
    vieram = {pessoa for pessoa in pessoas if sorte.random() < 0.75} or set(pessoas)
    if vieram:
        feita = grupos.Chamada(dia=dia, vieram=vieram, tema="Roda de conversa")
        grupos.fazer_chamada(grupo=grupo, chamada=feita, por=por, em=em, hoje=dia_de(em))


def _busca_ativa(unidade: Unidade, *, por: Ator, em: datetime) -> int:
    """Uma lista de quem pediram que se procurasse, com parte das famílias já encontradas."""
    hoje = dia_de(em)
    lista = territorial.abrir(
        unidade=unidade, nome="Crianças fora da escola, fictício", motivo=Motivo.PEDIDO, por=por, em=em, hoje=hoje
    )
    resultados = (Resultado.ENCONTRADA, Resultado.AUSENTE, Resultado.MUDOU, "", "", "")
    for prontuario, resultado in zip(_prontuarios(unidade)[24:], resultados, strict=False):
        procurada = territorial.incluir(lista=lista, familia=prontuario.familia, observacao="", por=por, em=em)
        if resultado:
            achado = territorial.Achado(resultado=resultado, dia=hoje - timedelta(days=2), visita=False)
            territorial.procurar(procurada=procurada, achado=achado, por=por, em=em, hoje=hoje)
    return 1


def _beneficios(unidade: Unidade, *, por: Ator, em: datetime) -> int:
    """As regras do município, pedidos em todos os estados, e três pessoas com o BPC."""
    hoje = dia_de(em)
    if not Regra.objects.filter(abrangencia=VITORIA).exists():
        for tipo, criterios, valor, prestacoes in _REGRAS:
            regra = beneficios.NovaRegra(
                tipo=tipo,
                desde=date(2025, 3, 1),
                ato=_RESOLUCAO,
                criterios=criterios,
                valor_centavos=valor,
                prestacoes=prestacoes,
            )
            beneficios.registrar_regra(municipio=VITORIA, nova=regra, por=por, em=em)
    prontuarios = _prontuarios(unidade)
    pedidos = (Tipo.CESTA_BASICA, Tipo.CESTA_BASICA, Tipo.NATALIDADE, Tipo.ALUGUEL, Tipo.FUNERAL, Tipo.CESTA_BASICA)
    for ordem, (prontuario, tipo) in enumerate(zip(prontuarios[10:], pedidos, strict=False)):
        dia = hoje - timedelta(days=15 - ordem)
        novo = beneficios.Novo(tipo=tipo, dia=dia, necessidade="Contou à equipe o que falta em casa.")
        pedido = beneficios.pedir(prontuario=prontuario, novo=novo, por=por, em=em, hoje=hoje, sintetico=True)
        if ordem < 4:
            razao = "Já recebeu as três do ano." if ordem == 1 else ""
            decisao = beneficios.Decisao(concede=ordem != 1, razao=razao, prestacoes=1 + (ordem == 3))
            pedido = beneficios.decidir(pedido=pedido, decisao=decisao, por=por, em=em, hoje=hoje - timedelta(days=5))
        if ordem == 0:
            beneficios.entregar(pedido=pedido, o_que="Uma cesta", dia=hoje, por=por, em=em, hoje=hoje)
    for meses, prontuario in zip((1, 8, 20), prontuarios[20:], strict=False):
        quem = bpc.NovoBpc(
            pessoa=prontuario.familia.integrantes.get(parentesco=1).pessoa,
            especie=Especie.IDOSA if meses == 8 else Especie.DEFICIENCIA,
            desde=date(2023, 5, 2),
            rever_ate=hoje + timedelta(days=30 * meses),
        )
        bpc.acompanhar(prontuario=prontuario, novo=quem, por=por, em=em, hoje=hoje, sintetico=True)
    return len(pedidos) + 3
