from django.apps import AppConfig

FECHADO = "Este lancamento nao cabe: o periodo esta fechado ou uma das contas e de outro livro."
SO_ACRESCENTA = "O razao so recebe acrescimos: o que esta errado se estorna com outro lancamento."
_NAO_CABE = (
    "EXISTS (SELECT 1 FROM razao_fechamento f WHERE f.abrangencia = NEW.abrangencia AND f.ate >= NEW.dia) "
    "OR EXISTS (SELECT 1 FROM razao_conta c WHERE c.id IN (NEW.debito_id, NEW.credito_id) "
    "AND c.abrangencia <> NEW.abrangencia)"
)


class Razao(AppConfig):
    """O razão: partidas dobradas em centavos inteiros, só acréscimos, períodos que se fecham."""

    name = "suas.financas.razao"
    label = "razao"

    def ready(self) -> None:
        from suas.financas.razao import dados, frases, trancas
        from suas.nucleo import banco, classificacao
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trilha.declarar(frases.FRASES)
        trancas.registrar()
        for tabela in ("razao_lancamento", "razao_conta", "razao_fechamento"):
            banco.so_acrescimo(tabela, SO_ACRESCENTA)
        banco.registrar_gatilho(
            banco.Gatilho(tabela="razao_lancamento", operacao="INSERT", mensagem=FECHADO, quando=_NAO_CABE)
        )
