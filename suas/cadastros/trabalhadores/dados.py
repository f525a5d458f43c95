"""O que as tabelas dos trabalhadores guardam de uma pessoa: quem é e onde trabalha."""

from suas.nucleo.classificacao import Tabela

_FINALIDADE = (
    "Saber quem trabalha no SUAS, onde, em que função e com que formação (Cadastro Nacional de Trabalhadores)."
)
_BASE = "LGPD, art. 7º, II e III, e art. 23; NOB-RH/SUAS, X"
TABELAS = (
    Tabela(
        modelo="trabalhadores.trabalhador",
        nenhum=("id", "pessoa", "abrangencia", "criado_em", "mudado_em", "versao", "apagado_em", "sintetico"),
        pessoal=(
            "cpf", "nome", "nome_social", "nome_busca", "nascimento", "sexo", "escolaridade", "profissao",
            "registro_numero", "registro_uf", "email", "telefone",
        ),
        titular="id",
        titulares="quem trabalha no SUAS",
        finalidade=_FINALIDADE,
        base_legal=_BASE,
        guarda="trabalhador",
    ),
    Tabela(
        modelo="trabalhadores.lotacao",
        nenhum=(
            "id", "trabalhador", "abrangencia", "unidade", "orgao", "funcao", "funcao_essencial", "servico",
            "segundo_servico", "vinculo_de_trabalho", "carga_horaria", "turno", "desde", "ate", "motivo_da_saida",
            "criada_em", "mudada_em", "versao", "sintetica",
        ),
        titular="trabalhador",
        titulares="quem trabalha no SUAS",
        rotulos={"ate": "até"},
        finalidade=_FINALIDADE,
        base_legal=_BASE,
        guarda="trabalhador",
    ),
    Tabela(
        modelo="trabalhadores.basedaequipe",
        nenhum=(
            "unidade", "tabela", "gestao", "turnos", "com_demandas", "equipamentos", "familias_acolhedoras",
            "familias_de_origem", "mudada_em",
        ),
    ),
    Tabela(modelo="trabalhadores.quematende", nenhum=("unidade", "ligado_em")),
)  # fmt: skip
