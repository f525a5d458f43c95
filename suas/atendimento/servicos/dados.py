"""O que as tabelas dos serviços guardam: a quem se encaminhou, por quê, e quem veio a que grupo."""

from typing import Any

from suas.nucleo.classificacao import Tabela

_COMUM: dict[str, Any] = {
    "titulares": "quem é atendido no SUAS",
    "finalidade": "Levar a família ao serviço que lhe cabe e saber o que ele respondeu.",
    "base_legal": "LGPD, art. 7º, III, art. 11, II, b, e art. 23; Resolução CNAS nº 109/2009 (Tipificação)",
    "compartilhamento": "a unidade do mesmo município a que se encaminhou",
    "guarda": "prontuario",
    "sigilo": True,
}
TABELAS = (
    Tabela(
        modelo="servicos.protocolo",
        nenhum=(
            "id", "abrangencia", "origem", "destino", "numero", "combinado", "prazo_dias", "campos", "estado",
            "proposto_pela", "proposto_em", "respondido_em", "resposta",
        ),
    ),
    Tabela(
        modelo="servicos.encaminhamento",
        nenhum=(
            "id", "abrangencia", "familia", "pessoa", "prontuario", "origem", "destino", "protocolo", "dia",
            "responder_ate", "profissional", "funcao", "enviado_em", "etapa", "dias_de_espera", "sintetico",
        ),
        sensivel=("orgao", "codigo", "motivo", "respostas"),
        titular="familia",
        **_COMUM,
    ),
    Tabela(
        modelo="servicos.passo",
        nenhum=("id", "encaminhamento", "abrangencia", "etapa", "em", "unidade", "pessoa", "funcao"),
        sensivel=("texto",),
        sem_titular="O passo é do encaminhamento, que diz de que família é.",
        **_COMUM,
    ),
    Tabela(
        modelo="servicos.grupo",
        nenhum=(
            "id", "abrangencia", "unidade", "nome", "tipo", "quando", "local", "comecou", "encerrado", "motivo",
            "sintetico",
        ),
    ),
    Tabela(
        modelo="servicos.participante",
        nenhum=("id", "grupo", "abrangencia", "familia", "pessoa", "desde", "ate"),
        sensivel=("motivo",),
        titular="pessoa",
        **_COMUM,
    ),
    Tabela(
        modelo="servicos.encontro",
        nenhum=(
            "id", "grupo", "unidade", "abrangencia", "dia", "tema", "sem_registro", "profissional", "mudado_em",
            "versao", "anulado_em", "motivo_da_anulacao",
        ),
    ),
    Tabela(
        modelo="servicos.presenca",
        nenhum=("id", "encontro", "abrangencia", "familia", "pessoa"),
        sensivel=("veio",),
        titular="pessoa",
        **_COMUM,
    ),
)  # fmt: skip
