"""O que as tabelas da interface guardam de uma pessoa."""

from suas.nucleo.classificacao import Tabela

TABELAS = (
    Tabela(
        modelo="api.chavedeapi",
        nenhum=(
            *("id", "vinculo", "nome", "prefixo", "pode_escrever"),
            *("criada_em", "vence_em", "revogada_em"),
        ),
        pessoal=("resumo",),
        segredo=("resumo",),
        titular="vinculo__pessoa",
        finalidade="Saber por quem um programa age, sem guardar o segredo da chave.",
        base_legal="LGPD, art. 7º, II e III, e art. 23",
        guarda="acesso_encerrado",
    ),
    # é ela mesma um registro, com guarda limitada: a trilha não conta o que se acrescenta a ela
    Tabela(
        modelo="api.registrodaapi",
        nenhum=(
            *("id", "em", "chave", "abrangencia", "origem", "metodo", "endereco"),
            *("situacao", "ms", "bytes", "protocolo"),
        ),
        guarda="registro_da_api",
        vence="em",
        projecao=True,
    ),
)
