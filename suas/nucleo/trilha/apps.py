from django.apps import AppConfig

_SO_ACRESCIMO = "A trilha so recebe acrescimos: nada nela se muda nem se apaga."


class Trilha(AppConfig):
    """A trilha: atos, alterações, leituras e a corrente que as lacra."""

    name = "suas.nucleo.trilha"
    label = "trilha"

    def ready(self) -> None:
        from suas.nucleo import banco, classificacao
        from suas.nucleo.trilha import alteracoes, dados, frases

        frases.declarar(
            {
                "trilha.destruir_chave": "destruiu a chave que abre, na trilha, os dados de uma pessoa",
                "trilha.pedir_verificacao": "pediu a verificação da corrente da trilha",
                "trilha.trocar_mestra": "cifrou de novo {chaves} chaves da trilha com o segredo atual da instalação",
            }
        )
        classificacao.declarar(*dados.TABELAS)
        banco.registrar_auditadas(alteracoes.auditadas)
        declarar_gatilhos()
        entrar_no_menu()


def entrar_no_menu() -> None:
    """Uma linha só: as leituras e a corrente se abrem da página dos atos."""
    from suas.nucleo.permissoes.permissao import Permissao
    from suas.nucleo.tela import afazer, menu

    afazer.oferecer(
        afazer.Tarefa(
            rotulo="Ver o que foi feito",
            rota="trilha",
            cabe_a=lambda ator: Permissao.TRILHA_CONFERIR in ator.papel.permissoes,
            ordem=12,
        )
    )
    menu.registrar(
        menu.Entrada(
            grupo=menu.Grupo.CONSULTAR,
            rotulo="O que foi feito",
            conjunto="Supervisão",
            rota="trilha",
            permissao=Permissao.TRILHA_VER,
            ordem=60,
        )
    )


def declarar_gatilhos() -> None:
    """Uma linha aberta só muda para lacrada; lacrada, não muda; nenhuma sai. Uma chave só se troca ou se destrói."""
    from suas.nucleo import banco
    from suas.nucleo.banco import Gatilho
    from suas.nucleo.trilha.corrente import COLUNAS

    for tabela in ("trilha_elo", "trilha_verificacao"):
        banco.so_acrescimo(tabela, _SO_ACRESCIMO)
    muda_no_lacre = {"alteracao": {"titular", "antes", "depois"}}
    for tabela, colunas in COLUNAS.items():
        fixas = [coluna for coluna in colunas if coluna not in muda_no_lacre.get(tabela, set())]
        lacra = " AND ".join(["OLD.elo IS NULL", "NEW.elo IS NOT NULL", *map(_igual, fixas)])
        _recusar(f"trilha_{tabela}", quando=f"NOT coalesce(({lacra}), 1 = 0)")
    mesma = " AND ".join(["OLD.destruida_em IS NULL", _igual("titular"), _igual("criada_em")])
    _recusar("trilha_chave", quando=f"NOT coalesce(({mesma}), 1 = 0)")
    banco.registrar_gatilho(
        Gatilho(
            tabela="trilha_chave",
            operacao="INSERT",
            mensagem=_SO_ACRESCIMO,
            quando=("EXISTS (SELECT 1 FROM trilha_chave c WHERE c.titular = NEW.titular)"),
        )
    )


def _recusar(tabela: str, *, quando: str) -> None:
    from suas.nucleo.banco import Gatilho, registrar_gatilho

    registrar_gatilho(Gatilho(tabela=tabela, operacao="UPDATE", mensagem=_SO_ACRESCIMO, quando=quando))
    registrar_gatilho(Gatilho(tabela=tabela, operacao="DELETE", mensagem=_SO_ACRESCIMO))


def _igual(coluna: str) -> str:
    return f"(NEW.{coluna} = OLD.{coluna} OR (NEW.{coluna} IS NULL AND OLD.{coluna} IS NULL))"
