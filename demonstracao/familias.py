"""Famílias inventadas de três CRAS e de um CREAS de Vitória: composição, endereço e atendimentos recentes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from demonstracao.invencao import acaso, cpf, dia_de, dia_entre, endereco, nome_de_gente
from demonstracao.pessoas import CRAS, VITORIA
from normas.base.documentos import digito_do_nis
from suas.atendimento.familias.acoes import atendimentos
from suas.atendimento.familias.acoes.familias import Chegada, Nova, abrir_prontuario, incluir, registrar_familia
from suas.atendimento.familias.acoes.pessoas import Dados
from suas.atendimento.familias.consultas.familia import cras_do_municipio
from suas.atendimento.familias.listas import Ingresso, Parentesco, TipoDeAtendimento
from suas.atendimento.familias.models import Familia, Prontuario
from suas.cadastros.cobertura.consultas import territorio_de
from suas.cadastros.rede.models import Unidade
from suas.nucleo.permissoes.ator import Ator

#: Quantas famílias tem o CRAS de quem entra, cada um dos outros dois e o CREAS; no CREAS, uma parte vem do CRAS.
NO_CRAS_DE_QUEM_ENTRA, NOS_OUTROS, NO_CREAS = 40, 18, 12
DIAS = 120
#: Como as famílias chegam: a grande maioria por conta própria, e a busca ativa depois.
_CHEGAM = (Ingresso.ESPONTANEA,) * 15 + (Ingresso.BUSCA_ATIVA,) * 4 + (Ingresso.SAUDE, Ingresso.EDUCACAO)
MAES = ("Adélia", "Beatriz", "Cecília", "Dalva", "Eunice", "Iracema", "Leonor", "Odete", "Palmira", "Zulmira")
_QUEM_ENCAMINHOU = {Ingresso.SAUDE: "Unidade de saúde do bairro", Ingresso.EDUCACAO: "Escola municipal"}
_MOTIVOS = (
    "Perdeu o emprego e procura orientação sobre benefícios.",
    "Mudou-se há pouco para o bairro e quer saber dos serviços.",
    "Pede inclusão no Cadastro Único.",
    "Procura atividade para os filhos no contraturno da escola.",
    "Cuida sozinha de pessoa idosa e está cansada.",
)
_FEITOS = (
    (TipoDeAtendimento.INDIVIDUALIZADO, "Escuta e orientação sobre direitos."),
    (TipoDeAtendimento.INDIVIDUALIZADO, "Retorno: acompanhou o que ficou combinado."),
    (TipoDeAtendimento.COLETIVA_CONTINUADA, "Participou do grupo de famílias."),
    (TipoDeAtendimento.CADASTRAMENTO, "Atualização do cadastro."),
    (TipoDeAtendimento.VISITA_DOMICILIAR, "Visita à casa da família."),
    (TipoDeAtendimento.BENEFICIO_EVENTUAL, "Pedido de benefício eventual, encaminhado à gestão."),
)


def criar(*, tecnica: Ator, em: datetime) -> int:
    """Registra as famílias, se ainda não há nenhuma; devolve quantas. Quem anota é a técnica da demonstração."""
    if Familia.objects.filter(abrangencia=VITORIA).exists():
        return 0
    hoje = dia_de(em)
    dos_cras = sorted(cras_do_municipio(VITORIA, hoje=hoje), key=lambda unidade: unidade.nome != CRAS)[:3]
    quantas = 0
    for ordem, unidade in enumerate(dos_cras):
        for numero in range(NO_CRAS_DE_QUEM_ENTRA if ordem == 0 else NOS_OUTROS):
            _familia(unidade, quantas + numero, por=tecnica, em=em)
        quantas += numero + 1
    creas = Unidade.objects.filter(municipio_id=VITORIA, tipo=Unidade.Tipo.CREAS).em_funcionamento(hoje)
    if unidade_do_creas := creas.order_by("identificador").first():
        quantas += _no_creas(unidade_do_creas, quantas, por=tecnica, em=em)
    return quantas


def _familia(unidade: Unidade, numero: int, *, por: Ator, em: datetime, chegou: Ingresso | None = None) -> Prontuario:
    sorte, hoje = acaso("familia", numero), dia_de(em)
    ingresso = chegou or sorte.choice(_CHEGAM)
    dia = dia_entre(sorte, hoje - timedelta(days=DIAS), hoje)
    mora = endereco(sorte, municipio=VITORIA)
    if (territorio := territorio_de(unidade)) is not None and territorio.bairros:
        mora["bairro"] = sorte.choice(territorio.bairros)
    prontuario = registrar_familia(
        nova=Nova(
            referencia=_dados(sorte, numero * 10, idade=(19, 68), hoje=hoje),
            chegada=Chegada(
                ingresso=ingresso,
                dia=dia,
                quem_encaminhou=_QUEM_ENCAMINHOU.get(ingresso, "CRAS da família" if ingresso.encaminhada else ""),
                motivo=sorte.choice(_MOTIVOS),
            ),
            endereco=mora,
            cras=unidade if unidade.tipo == Unidade.Tipo.CRAS else None,
        ),
        unidade=unidade,
        e_outra=True,
        por=por,
        em=em,
        hoje=hoje,
        sintetica=True,
    )
    for ordem in range(1, 1 + sorte.choice((0, 1, 1, 2, 2, 3, 4))):
        adulto = ordem == 1 and sorte.random() < 0.4
        incluir(
            familia=prontuario.familia,
            dados=_dados(sorte, numero * 10 + ordem, idade=(20, 70) if adulto else (0, 17), hoje=hoje),
            parentesco=Parentesco.CONJUGE if adulto else Parentesco.FILHO,
            dia=dia,
            e_outra=True,
            por=por,
            em=em,
            hoje=hoje,
            sintetica=True,
        )
    _atender(prontuario, sorte, por=por, em=em)
    return prontuario


def _no_creas(unidade: Unidade, numero: int, *, por: Ator, em: datetime) -> int:
    """Metade das famílias do CREAS já estava num CRAS; a outra chegou direto a ele. Devolve quantas novas."""
    ja_registradas = Familia.objects.filter(abrangencia=VITORIA).order_by("prontuarios__numero", "id")
    for familia in ja_registradas[: NO_CREAS // 2]:
        sorte = acaso("creas", familia.prontuarios.get().numero)
        prontuario = abrir_prontuario(
            familia=familia,
            unidade=unidade,
            chegada=Chegada(
                ingresso=Ingresso.PSB, dia=dia_de(em) - timedelta(days=20), quem_encaminhou="CRAS de referência"
            ),
            por=por,
            em=em,
            hoje=dia_de(em),
        )
        _atender(prontuario, sorte, por=por, em=em)
    for ordem in range(NO_CREAS // 2):
        _familia(unidade, numero + ordem, por=por, em=em, chegou=Ingresso.CONSELHO_TUTELAR)
    return NO_CREAS // 2


def _atender(prontuario: Prontuario, sorte: Random, *, por: Ator, em: datetime) -> None:
    for _ in range(sorte.choice((0, 1, 1, 2, 3, 4))):
        tipo, descricao = sorte.choice(_FEITOS)
        atendimentos.anotar(
            prontuario=prontuario,
            novo=atendimentos.Novo(
                tipo=tipo, dia=dia_entre(sorte, prontuario.aberto_dia, dia_de(em)), descricao=descricao
            ),
            por=por,
            em=em,
            hoje=dia_de(em),
            sintetico=True,
        )


def _dados(sorte: Random, numero: int, *, idade: tuple[int, int], hoje: date) -> Dados:
    dez = f"{1_990_000_000 + numero}"
    return Dados(
        nome=nome_de_gente(sorte),
        nome_da_mae=f"{sorte.choice(MAES)} {nome_de_gente(sorte).split(' ', 1)[1]}",
        nascimento=dia_entre(sorte, _anos_antes(hoje, idade[1]), _anos_antes(hoje, idade[0])),
        sexo=sorte.choice(("F", "F", "M")),
        cpf=cpf(200_000 + numero) if sorte.random() < 0.7 else "",
        nis=dez + digito_do_nis(dez) if sorte.random() < 0.6 else "",
    )


def _anos_antes(dia: date, anos: int) -> date:
    return dia - timedelta(days=anos * 365 + anos // 4)
