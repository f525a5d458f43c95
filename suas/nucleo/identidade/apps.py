from django.apps import AppConfig


class Identidade(AppConfig):
    """Pessoas, vínculos e a instalação."""

    name = "suas.nucleo.identidade"
    label = "identidade"

    def ready(self) -> None:
        from django.conf import settings
        from django.urls import reverse

        from suas.nucleo.identidade import consultas
        from suas.nucleo.tela import instalacao as tela

        def ler() -> tela.Instalacao:
            atual = consultas.instalacao()
            codigo_fonte = settings.CODIGO_FONTE or reverse("codigo-fonte")
            if atual is None:
                orgao = "Instalação sem dono: execute ./redesuas instalar"
                return tela.Instalacao(orgao=orgao, codigo_fonte=codigo_fonte)
            return tela.Instalacao(
                orgao=atual.orgao,
                demonstracao=atual.demonstracao,
                oficial=atual.oficial,
                codigo_fonte=codigo_fonte,
            )

        tela.definir_leitor(ler)
