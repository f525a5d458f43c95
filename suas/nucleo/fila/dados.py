"""O que as tabelas da fila guardam de uma pessoa."""

from suas.nucleo.classificacao import Tabela

_POLITICA = "LGPD, art. 7º, III e art. 23"

TABELAS = (
    Tabela(
        modelo="fila.andamento",
        nenhum=(
            "id", "titulo", "estado", "etapa", "feito", "total", "mensagem", "abrangencia", "pedido_em", "terminado_em",
        ),
        guarda="andamento",
        vence="terminado_em",
    ),
    Tabela(
        modelo="fila.tarefa",
        nenhum=(
            "id", "funcao", "titulo", "fila", "prioridade", "estado", "criada_em", "nao_antes_de", "tentativas",
            "maximo", "defeitos", "quedas", "trabalhador_id", "token", "tomada_em", "terminada_em", "erro",
            "protocolo", "abrangencia", "andamento_id", "vinculo_id", "unica",
        ),
        pessoal=("argumentos",),
        sem_titular="leva identificadores de quem pediu a tarefa, nunca nome nem e-mail",
        finalidade="Executar depois o que a pessoa pediu, e saber por que não deu certo.",
        base_legal=_POLITICA,
        guarda="andamento",
        vence="terminada_em",
        vence_so={"estado": ("feita", "cancelada")},  # a parada espera uma decisão: não se apaga
        projecao=True,
    ),
    Tabela(
        modelo="fila.trabalhador",
        nenhum=("id", "nome", "papel", "comecou_em", "batimento", "vale_ate"),
        projecao=True,
    ),
    Tabela(modelo="fila.rotina", nenhum=("nome", "ultima_em", "ultimo_resultado", "terminou_em", "tarefa_id")),
)  # fmt: skip
