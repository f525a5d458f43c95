"""O que as importações guardam de uma pessoa: o arquivo, as correções e a prévia, cifrados, até se aplicar."""

from suas.nucleo.classificacao import Tabela
from suas.nucleo.importacoes.models import POR_APLICAR, Situacao

TABELAS = (
    Tabela(
        modelo="importacoes.importacao",
        nenhum=(
            *("id", "importador", "arquivo", "formato", "sha256", "aba", "colunas", "destinos", "decimal_com_ponto"),
            *("de_fora", "respostas", "situacao", "linhas", "faltas", "novas", "mudadas", "iguais", "abrangencia"),
            *("por", "criada_em", "mudada_em", "andamento_id", "decidida_por", "decidida_em", "motivo", "aplicada_em"),
        ),
        pessoal=("conteudo", "correcoes", "previa"),
        sem_titular="a planilha fala de muitas pessoas, ou de nenhuma; apaga-se inteira",
        titulares="as pessoas de que a planilha trata, como as trabalhadoras e os trabalhadores",
        finalidade="Conferir e corrigir uma planilha antes de gravar o que ela traz.",
        base_legal="LGPD, art. 7º, III e art. 23",
        guarda="planilha_por_aplicar",
        vence="mudada_em",
        vence_so={"situacao": (*(s.value for s in POR_APLICAR), Situacao.DESISTIDA.value)},
    ),
    Tabela(
        modelo="importacoes.mapeamento",
        nenhum=("id", "importador", "abrangencia", "cabecalho", "destinos", "usado_em"),
    ),
)
