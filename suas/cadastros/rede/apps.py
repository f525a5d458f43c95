from django.apps import AppConfig

from suas.nucleo.permissoes.ator import Ator


class Rede(AppConfig):
    """As unidades do SUAS: o que são, onde ficam, o que ofertam, quem cuida do cadastro."""

    name = "suas.cadastros.rede"
    label = "rede"

    def ready(self) -> None:
        from suas.cadastros.rede import a_fazer, consultas, dados, frases, importadores, permissoes, recados, trancas
        from suas.cadastros.territorio import secoes
        from suas.nucleo import classificacao
        from suas.nucleo.api import modulos as modulos_da_api
        from suas.nucleo.avisos import modelos as avisos
        from suas.nucleo.identidade import casas
        from suas.nucleo.importacoes import registro as importacoes
        from suas.nucleo.tela import afazer, menu
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES)
        for modelo in recados.MODELOS:
            avisos.registrar(modelo)
        modulos_da_api.registrar("suas.cadastros.rede.api", ordem=15)
        afazer.registrar(a_fazer.pendencias)
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.DECIDIR,
                rotulo="Pedidos sobre a rede",
                rota="rede-pedidos",
                permissao=permissoes.acompanha_pedidos,
                ordem=40,
            )
        )
        importacoes.registrar(importadores.UNIDADES)
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


def _no_menu() -> None:
    """Quem é de um estado ou município tem a própria rede à mão; os outros, a do país."""
    from suas.nucleo.tela import menu

    territorio = menu.Grupo.MEU_TERRITORIO
    menu.registrar(
        menu.Entrada(
            grupo=territorio,
            rotulo="Rede de unidades",
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
