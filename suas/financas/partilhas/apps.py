from django.apps import AppConfig

#: Tabelas que pertencem a uma partilha e se fecham com ela.
TABELAS_DA_PARTILHA = (
    "partilhas_insumo",
    "partilhas_indicadorcomplementar",
    "partilhas_cota",
    "partilhas_grupo",
    "partilhas_memoria",
    "partilhas_peca",
)
_SELADA = "EXISTS (SELECT 1 FROM partilhas_partilha p WHERE p.id = {linha}.partilha_id AND p.estado = 'selada')"
#: A linha nova tomaria, por REPLACE, o id de uma linha de partilha selada.
_MESMO_ID = (
    "EXISTS (SELECT 1 FROM {tabela} t JOIN partilhas_partilha p ON p.id = t.partilha_id "
    "WHERE t.id = NEW.id AND p.estado = 'selada')"
)


class Partilhas(AppConfig):
    """A partilha: insumos congelados, simulação, cenários, peças e selo."""

    name = "suas.financas.partilhas"
    label = "partilhas"

    def ready(self) -> None:
        from suas.cadastros.territorio import secoes
        from suas.financas.partilhas import dados, frases, rotinas, trancas
        from suas.financas.partilhas.consultas import a_fazer, no_municipio
        from suas.nucleo import classificacao
        from suas.nucleo.api import modulos as modulos_da_api
        from suas.nucleo.permissoes.permissao import Permissao
        from suas.nucleo.tela import afazer, menu
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trilha.declarar(frases.FRASES)
        declarar_gatilhos()
        rotinas.registrar()
        trancas.registrar()
        modulos_da_api.registrar("suas.financas.partilhas.api", ordem=30)
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.DINHEIRO,
                rotulo="Partilhas",
                rota="partilhas-lista",
                ordem=10,
                resumo="Quanto coube a cada município, por quê, e o arquivo para refazer a conta.",
            )
        )
        afazer.registrar(a_fazer.pendencias)
        conduz, examina = Permissao.PARTILHA_CONDUZIR, Permissao.PARTILHA_VER_RASCUNHO
        afazer.oferecer(
            afazer.Tarefa(
                rotulo="Conduzir as partilhas",
                rota="partilhas-lista",
                cabe_a=lambda ator: conduz in ator.papel.permissoes,
                ordem=8,
            )
        )
        afazer.oferecer(
            afazer.Tarefa(
                rotulo="Examinar as partilhas",
                rota="partilhas-lista",
                cabe_a=lambda ator: examina in ator.papel.permissoes and conduz not in ator.papel.permissoes,
                ordem=15,
            )
        )
        secoes.registrar(
            secoes.Secao(
                chave="dinheiro",
                titulo="Dinheiro",
                ordem=5,
                template="partilhas/_no_municipio.jinja",
                contexto=no_municipio.contexto,
            )
        )


def declarar_gatilhos() -> None:
    """Uma partilha selada não muda nem se apaga, nem o que lhe pertence: regra do banco, não só do programa."""
    from suas.nucleo.banco import Gatilho, Operacao, registrar_gatilho

    mensagem = "Esta partilha esta selada: nada nela muda. Abra outra partilha ou um cenario."
    operacoes: tuple[tuple[Operacao, tuple[str, ...]], ...] = (
        ("INSERT", ("NEW",)),
        ("UPDATE", ("OLD", "NEW")),
        ("DELETE", ("OLD",)),
    )
    # O REPLACE do SQLite apaga a linha de mesmo id sem acordar o gatilho do DELETE em quem não liga recursive_triggers.
    mesmo_id = "EXISTS (SELECT 1 FROM partilhas_partilha p WHERE p.id = NEW.id AND p.estado = 'selada')"
    da_propria: tuple[tuple[Operacao, str], ...] = (
        ("INSERT", mesmo_id),
        ("UPDATE", f"OLD.estado = 'selada' OR (NEW.id <> OLD.id AND {mesmo_id})"),
        ("DELETE", "OLD.estado = 'selada'"),
    )
    for operacao, quando in da_propria:
        registrar_gatilho(Gatilho(tabela="partilhas_partilha", operacao=operacao, mensagem=mensagem, quando=quando))
    for tabela in TABELAS_DA_PARTILHA:
        for operacao, linhas in operacoes:
            quando = " OR ".join(_SELADA.format(linha=linha) for linha in linhas)
            if operacao != "DELETE" and tabela != "partilhas_memoria":  # a memória tem a própria partilha como id
                muda_de_id = "NEW.id <> OLD.id AND " if operacao == "UPDATE" else ""
                quando += f" OR ({muda_de_id}{_MESMO_ID.format(tabela=tabela)})"
            registrar_gatilho(Gatilho(tabela=tabela, operacao=operacao, mensagem=mensagem, quando=quando))
