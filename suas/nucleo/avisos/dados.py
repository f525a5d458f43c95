"""O que as tabelas de avisos guardam de cada pessoa."""

from suas.nucleo.classificacao import Tabela

_FINALIDADE = "Avisar a pessoa do que lhe diz respeito e provar que foi avisada."
_ESCOLHA = "Respeitar como e quando a pessoa quer receber avisos."
_TITULARES = "quem entra no sistema e quem é convidado"
_BASE_LEGAL = "LGPD, art. 7º, III e art. 23"

TABELAS = (
    Tabela(
        modelo="avisos.aviso",
        nenhum=("id", "modelo", "causa", "destinatario", "pessoa", "forma", "mensagem", "criado_em", "lido_em"),
        pessoal=("titulo", "texto", "endereco"),
        titular="destinatario",
        finalidade=_FINALIDADE,
        base_legal=_BASE_LEGAL,
        guarda="aviso",
        vence="criado_em",
        titulares=_TITULARES,
    ),
    Tabela(
        modelo="avisos.mensagem",
        nenhum=(
            *("id", "titular", "pessoa", "reservada", "estado", "tentativas", "nao_antes_de", "enfileirada_em"),
            *("talvez_repetida", "criada_em", "tentada_em", "enviada_em"),
        ),
        pessoal=("email", "assunto", "corpo", "resposta"),
        titular="titular",
        finalidade="Levar os avisos por correio e saber se chegaram.",
        base_legal=_BASE_LEGAL,
        guarda="aviso",
        vence="criada_em",
        titulares=_TITULARES,
    ),
    Tabela(
        modelo="avisos.preferencia",
        nenhum=("id", "pessoa", "tipo", "forma"),
        titular="pessoa",
        finalidade=_ESCOLHA,
        base_legal=_BASE_LEGAL,
        guarda="acesso_encerrado",
    ),
    Tabela(
        modelo="avisos.silencio",
        nenhum=("pessoa", "de", "ate"),
        titular="pessoa",
        finalidade=_ESCOLHA,
        base_legal=_BASE_LEGAL,
        guarda="acesso_encerrado",
    ),
    Tabela(
        modelo="avisos.enderecodevolvido",
        nenhum=("id", "titular", "desde"),
        pessoal=("email", "motivo"),
        titular="titular",
        finalidade="Não insistir em endereço a que o correio não chega.",
        base_legal=_BASE_LEGAL,
        guarda="acesso_encerrado",
        titulares=_TITULARES,
    ),
    Tabela(
        modelo="avisos.textolocal",
        nenhum=("id", "modelo", "versao", "assunto", "corpo", "original", "criado_em"),
    ),
)
