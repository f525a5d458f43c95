from django.apps import AppConfig


class Orgaos(AppConfig):
    """O órgão gestor, o conselho e o governo de cada ente."""

    name = "suas.cadastros.orgaos"
    label = "orgaos"

    def ready(self) -> None:
        from suas.cadastros.orgaos import consultas, dados, frases, importadores, na_busca, trancas
        from suas.cadastros.territorio import procura
        from suas.nucleo import classificacao
        from suas.nucleo.api import modulos as modulos_da_api
        from suas.nucleo.importacoes import registro as importacoes
        from suas.nucleo.permissoes.abrangencia import BRASIL
        from suas.nucleo.tela import afazer, menu
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trancas.registrar()
        trilha.declarar(frases.FRASES, na_historia=frases.NA_HISTORIA)
        afazer.registrar(consultas.pendencias)
        importacoes.registrar(importadores.GESTAO)
        importacoes.registrar(importadores.CONSELHO)
        procura.registrar(
            procura.Fonte(chave="orgaos", titulo="Órgãos gestores e conselhos", ordem=40, procurar=na_busca.procurar)
        )
        modulos_da_api.registrar("suas.cadastros.orgaos.api", ordem=14)
        menu.registrar(
            menu.Entrada(
                grupo=menu.Grupo.MEU_TERRITORIO,
                rotulo="Gestão, conselho e fundo",
                conjunto="Cadastros",
                rota="ente",
                argumentos=lambda ator: {"codigo": ator.abrangencia or BRASIL},
                ordem=30,
                resumo="O órgão gestor, o conselho e o fundo de cada ente, e quem responde por eles.",
            )
        )
