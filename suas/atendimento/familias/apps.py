from collections.abc import Callable

from django.apps import AppConfig

from suas.nucleo.permissoes.ator import Ator


class Familias(AppConfig):
    """Quem é atendido: a família, a composição dela, o prontuário em cada unidade e os atendimentos."""

    name = "suas.atendimento.familias"
    label = "familias"

    def ready(self) -> None:
        from suas.atendimento.familias import dados, frases, recados, trancas
        from suas.nucleo import classificacao
        from suas.nucleo.api import modulos
        from suas.nucleo.avisos import modelos
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES)
        for modelo in recados.MODELOS:
            modelos.registrar(modelo)
        modulos.registrar("suas.atendimento.familias.api", ordem=70)
        _no_menu()


def _no_menu() -> None:
    from suas.nucleo.permissoes.permissao import Permissao
    from suas.nucleo.tela import afazer, menu

    def na_unidade(permissao: Permissao) -> Callable[[Ator], bool]:
        return lambda ator: permissao in ator.papel.permissoes and ator.unidade is not None

    for rotulo, rota, permissao, ordem in (
        ("Famílias", "familias", Permissao.FAMILIA_IDENTIFICAR, 5),
        ("Atendimentos do mês", "atendimentos-do-mes", Permissao.FAMILIA_ATENDER, 6),
    ):
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.REGISTRAR, rotulo=rotulo, rota=rota, permissao=na_unidade(permissao), ordem=ordem
            )
        )
    afazer.oferecer(
        afazer.Tarefa(
            rotulo="Procurar ou registrar uma família",
            rota="familias",
            cabe_a=na_unidade(Permissao.FAMILIA_IDENTIFICAR),
            ordem=10,
        )
    )
    menu.registrar(
        menu.Entrada(
            grupo=menu.Grupo.CONSULTAR,
            rotulo="Leituras de outras unidades",
            conjunto="Supervisão",
            rota="leituras-de-fora",
            permissao=_ve_leituras,
            ordem=60,
        )
    )


def _ve_leituras(ator: Ator) -> bool:
    from suas.atendimento.familias.permissoes import ve_leituras_de_fora

    return ve_leituras_de_fora(ator)
