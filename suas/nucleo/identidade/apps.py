from django.apps import AppConfig


class Identidade(AppConfig):
    """Pessoas, vínculos e a instalação."""

    name = "suas.nucleo.identidade"
    label = "identidade"

    def ready(self) -> None:
        from suas.nucleo.identidade import consultas
        from suas.nucleo.tela import instalacao as tela

        def ler() -> tela.Instalacao:
            atual = consultas.instalacao()
            if atual is None:
                return tela.Instalacao(orgao="Instalação sem dono: execute ./redesuas instalar")
            return tela.Instalacao(orgao=atual.orgao, demonstracao=atual.demonstracao, oficial=atual.oficial)

        tela.definir_leitor(ler)
