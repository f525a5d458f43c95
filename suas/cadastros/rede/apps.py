from django.apps import AppConfig

from suas.nucleo.permissoes.ator import Ator


class Rede(AppConfig):
    """As unidades do SUAS: o que são, onde ficam, o que ofertam, quem cuida do cadastro."""

    name = "suas.cadastros.rede"
    label = "rede"

    def ready(self) -> None:
        from suas.cadastros.rede import (
            a_fazer,
            consultas,
            dados,
            frases,
            importador_de_atendidos,
            importador_de_ofertas,
            importadores,
            na_busca,
            partes,
            recados,
            trancas,
        )
        from suas.cadastros.rede.acoes import partes_da_rede
        from suas.cadastros.territorio import procura, secoes
        from suas.nucleo import classificacao
        from suas.nucleo.api import modulos as modulos_da_api
        from suas.nucleo.avisos import modelos as avisos
        from suas.nucleo.identidade import casas
        from suas.nucleo.importacoes import registro as importacoes
        from suas.nucleo.tela import afazer
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES, na_historia=frases.NA_HISTORIA)
        for modelo in recados.MODELOS:
            avisos.registrar(modelo)
        modulos_da_api.registrar("suas.cadastros.rede.api", ordem=15)
        for parte in partes_da_rede.PARTES:
            partes.registrar(parte)
        afazer.registrar(a_fazer.pendencias)
        procura.registrar(
            procura.Fonte(chave="unidades", titulo="Unidades da rede", ordem=20, procurar=na_busca.procurar)
        )
        importacoes.registrar(importadores.UNIDADES)
        importacoes.registrar(importador_de_ofertas.OFERTAS)
        importacoes.registrar(importador_de_atendidos.ATENDIDOS)
        casas.registrar(especie="unidade", achar=consultas.casas_do_municipio, nomear=consultas.casas)
        secoes.registrar(
            secoes.Secao(
                chave="rede",
                titulo="Rede",
                ordem=20,
                template="rede/_no_municipio.jinja",
                contexto=consultas.no_municipio,
            )
        )
        _no_menu()
        _tarefas()


def _tarefas() -> None:
    """A coordenação vai à própria unidade; a gestão do município ou do estado, à rede dele."""
    from suas.nucleo.permissoes.permissao import Permissao
    from suas.nucleo.tela import afazer

    cuida, aprova = Permissao.REDE_ATUALIZAR, Permissao.REDE_APROVAR
    afazer.oferecer(
        afazer.Tarefa(
            rotulo="Abrir a ficha da unidade",
            rota="rede-unidade",
            cabe_a=lambda ator: ator.unidade is not None and cuida in ator.papel.permissoes,
            argumentos=lambda ator: {"unidade_id": ator.unidade},
            ordem=5,
        )
    )
    afazer.oferecer(
        afazer.Tarefa(
            rotulo="Cuidar da rede de unidades",
            rota="rede-lugar",
            cabe_a=lambda ator: (
                not ator.papel.da_unidade
                and len(ator.abrangencia) in {2, 7}
                and ator.abrangencia != "BR"
                and bool({cuida, aprova} & ator.papel.permissoes)
            ),
            argumentos=_do_ator,
            ordem=5,
        )
    )


def _no_menu() -> None:
    """O que se decide, e a rede: quem é de um estado ou município tem a própria à mão; os outros, a do país."""
    from suas.cadastros.rede import permissoes
    from suas.nucleo.tela import menu

    menu.registrar(
        menu.Entrada(
            grupo=menu.Grupo.DECIDIR,
            rotulo="Pedidos sobre a rede",
            rota="rede-pedidos",
            permissao=permissoes.acompanha_pedidos,
            ordem=40,
        )
    )
    menu.registrar(
        menu.Entrada(
            grupo=menu.Grupo.DECIDIR,
            rotulo="Unidades repetidas",
            rota="rede-repetidas",
            permissao=permissoes.procura_repetidas,
            ordem=41,
        )
    )
    territorio = menu.Grupo.MEU_TERRITORIO
    menu.registrar(
        menu.Entrada(
            grupo=territorio,
            rotulo="Rede de unidades",
            conjunto="Cadastros",
            rota="rede-lista",
            permissao=lambda ator: len(ator.abrangencia) not in {2, 7} or ator.abrangencia == "BR",
            ordem=15,
            resumo="CRAS, CREAS e as outras unidades: onde ficam, telefone e serviços.",
        )
    )
    menu.registrar(
        menu.Entrada(
            grupo=territorio,
            rotulo="Unidades da rede",
            conjunto="Cadastros",
            rota="rede-lugar",
            permissao=lambda ator: len(ator.abrangencia) in {2, 7} and ator.abrangencia != "BR",
            argumentos=_do_ator,
            ordem=15,
        )
    )


def _do_ator(ator: Ator) -> dict[str, str]:
    from normas.territorio.federacao import UF_POR_CODIGO

    codigo = ator.abrangencia
    return {"onde": UF_POR_CODIGO[codigo].sigla if len(codigo) == 2 else codigo}
