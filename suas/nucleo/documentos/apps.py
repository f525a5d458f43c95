from django.apps import AppConfig


class Documentos(AppConfig):
    """Arquivos com resumo, tipo pelo conteúdo e sigilo."""

    name = "suas.nucleo.documentos"
    label = "documentos"

    def ready(self) -> None:
        from suas.nucleo import banco, classificacao, tranca
        from suas.nucleo.documentos import dados, frases, rotinas
        from suas.nucleo.trilha import frases as trilha

        classificacao.declarar(*dados.TABELAS)
        trilha.declarar(frases.FRASES)
        rotinas.registrar()
        tranca.registrar_tranca(
            tranca.Tranca(
                tabela="documentos_documento",
                ve=f"(sigilo = 'publico' OR {tranca.alcanca('abrangencia')})",
                muda=tranca.alcanca("abrangencia"),
            )
        )
        do_documento = "EXISTS (SELECT 1 FROM documentos_documento d WHERE d.id = documento_id)"
        tranca.registrar_tranca(tranca.Tranca(tabela="documentos_examedeantivirus", ve=do_documento, muda=do_documento))
        banco.so_acrescimo("documentos_examedeantivirus", "Um exame de antivirus nao muda nem se apaga.")
        banco.so_acrescimo("documentos_documento", "Um documento guardado nao muda nem se apaga.")
