from django.apps import AppConfig


def titular_unico() -> None:
    """Dois mandatos do mesmo titular, no mesmo lugar, nunca se cruzam: nem o que já tem dia para acabar."""
    from suas.nucleo import banco
    from suas.nucleo.permissoes.papeis import TITULARES

    titulares = ", ".join(f"'{codigo}'" for codigo in TITULARES)
    cruza = (
        f"NEW.papel_codigo IN ({titulares}) AND (NEW.ate IS NULL OR NEW.ate > NEW.desde) AND EXISTS "
        "(SELECT 1 FROM identidade_vinculo v WHERE v.papel_codigo = NEW.papel_codigo "
        "AND v.abrangencia = NEW.abrangencia AND v.id <> NEW.id AND (v.ate IS NULL OR v.ate > v.desde) "
        "AND (NEW.ate IS NULL OR v.desde < NEW.ate) AND (v.ate IS NULL OR v.ate > NEW.desde))"
    )
    for operacao in ("INSERT", "UPDATE"):
        banco.registrar_gatilho(
            banco.Gatilho(
                tabela="identidade_vinculo",
                operacao=operacao,
                mensagem="Ja ha titular nesse territorio nesses dias: passe a titularidade.",
                quando=cruza,
            )
        )


def _no_menu() -> None:
    from suas.nucleo.permissoes.permissao import Permissao
    from suas.nucleo.tela import menu

    menu.registrar(
        menu.Entrada(
            grupo=menu.Grupo.MEU_TERRITORIO,
            rotulo="Acessos",
            rota="acessos",
            permissao=Permissao.ACESSO_VER,
            ordem=80,
            resumo="Quem entra no sistema, em que papel e até quando.",
        )
    )
    menu.registrar(
        menu.Entrada(
            grupo=menu.Grupo.CONSULTAR,
            rotulo="Quem pode o quê",
            conjunto="Sobre o sistema",
            rota="papeis",
            ordem=90,
            resumo="Cada papel em palavras: o que pode e quem o dá.",
        )
    )


class Identidade(AppConfig):
    """Pessoas, vínculos e a instalação."""

    name = "suas.nucleo.identidade"
    label = "identidade"

    def ready(self) -> None:
        from django.conf import settings
        from django.contrib.auth.signals import user_logged_in
        from django.urls import reverse

        from suas.nucleo import classificacao
        from suas.nucleo.avisos import modelos
        from suas.nucleo.identidade import a_fazer, consultas, dados, frases, recados
        from suas.nucleo.identidade.intermediarios import ao_entrar
        from suas.nucleo.tela import afazer
        from suas.nucleo.tela import instalacao as tela
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        declarar_trancas()
        user_logged_in.connect(ao_entrar, dispatch_uid="identidade.ao_entrar")
        trilha.declarar(frases.FRASES)

        def ler() -> tela.Instalacao:
            atual = consultas.instalacao()
            codigo_fonte = settings.CODIGO_FONTE or reverse("codigo-fonte")
            if atual is None:
                orgao = "Instalação sem dono: execute ./redesuas instalar"
                return tela.Instalacao(orgao=orgao, codigo_fonte=codigo_fonte)
            return tela.Instalacao(
                orgao=atual.orgao,
                abrangencia=atual.abrangencia,
                demonstracao=atual.demonstracao,
                oficial=atual.oficial,
                codigo_fonte=codigo_fonte,
            )

        tela.definir_leitor(ler)
        for modelo in recados.MODELOS:
            modelos.registrar(modelo)
        _no_menu()
        afazer.registrar(a_fazer.pendencias)
        titular_unico()


def declarar_trancas() -> None:
    """Cada um vê os próprios vínculos e os convites para si, onde forem; os demais, quem alcança o território deles."""
    from suas.nucleo import tranca

    territorio = tranca.alcanca("abrangencia")
    meu_email = f"(SELECT p.email FROM identidade_pessoa p WHERE p.id = {tranca.PESSOA})"
    for tabela, meu in (
        ("identidade_vinculo", f"pessoa_id = {tranca.PESSOA}"),
        ("identidade_convite", f"email = {meu_email}"),
    ):
        tranca.registrar_tranca(tranca.Tranca(tabela=tabela, ve=f"({meu} OR {territorio})", muda=territorio))
