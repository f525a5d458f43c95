"""Quem recebe o quê em cada endereço. Escrita à mão, nunca gerada: é o que se espera, não o que acontece.

Cada linha é um endereço e um método, com a situação HTTP para quatro pessoas:

- estranho: quem não entrou (302 leva à entrada);
- de fora: a gestão estadual de São Paulo, diante do que é do Espírito Santo (404: para ela não existe);
- sem poder: dentro da abrangência, em papel que não faz o ato (403, em palavras);
- com poder: o papel que o faz (200 mostra, 302 feito).

O objeto das linhas é a partilha estadual do Espírito Santo, simulada, salvo quando `preparo` diz outro.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

TODOS = (200, 200, 200, 200)
SO_QUEM_ENTROU = (302, 200, 200, 200)
SO_DE_DENTRO = (302, 404, 200, 200)
SO_QUEM_CONDUZ = (302, 404, 403, 200)
ATO_DE_QUEM_CONDUZ = (302, 404, 403, 302)


@dataclass(frozen=True, kw_only=True)
class Linha:
    """`argumentos` e `dados` podem citar {partilha}, {outra}, {andamento}, {documento}, {importacao} e {vinculo}."""

    nome: str
    espera: tuple[int, int, int, int]
    metodo: str = "GET"
    argumentos: tuple[str, ...] = ()
    dados: Mapping[str, str] = field(default_factory=dict)
    preparo: str = "simulada"
    sem_poder: str = "conselho"
    com_poder: str = "estadual"

    @property
    def chave(self) -> str:
        return " ".join((self.metodo, self.nome, *self.argumentos, self.preparo))


_ES = ("{partilha}",)
_DUAS = {"a": "{partilha}", "b": "{outra}"}
_UF = ("{partilha}", "ES")
_CAPITAL = ("{partilha}", "3205309")
_OPCOES = {
    "nome": "Outra",
    "exercicio": "2006",
    "recurso": "900.000,00",
    "pbf": "1,80",
    "ano_populacao": "2020",
    "criterio_porte": "tabela",
    "normalizacao": "porte",
}
_CORRECAO = {"valor": "366.000", "fonte": "Ofício 1/2026", "ano": "2020", "motivo": "Corrige o valor publicado"}
_DIGITADO = {
    "indicador": "rcl_per_capita",
    "ano": "2020",
    "valor": "1.234,56",
    "fonte": "Siconfi",
    "motivo": "Corrige o valor publicado",
}

NUCLEO = (
    Linha(nome="inicio", espera=TODOS),
    Linha(nome="saude", espera=TODOS),
    Linha(nome="codigo-fonte", espera=TODOS),
    Linha(nome="account_login", espera=(200, 302, 302, 302)),
    Linha(
        nome="account_login",
        metodo="POST",
        espera=(200, 302, 302, 302),
        dados={"login": "x@y.example", "password": "n"},
    ),
    Linha(nome="account_logout", espera=SO_QUEM_ENTROU),
    Linha(nome="account_logout", metodo="POST", espera=(302, 302, 302, 302)),
    Linha(nome="account_change_password", espera=SO_QUEM_ENTROU),
    Linha(nome="account_change_password", metodo="POST", espera=SO_QUEM_ENTROU, dados={"oldpassword": "errada"}),
    Linha(nome="account_signup", espera=(302, 302, 302, 302)),
    Linha(nome="account_inactive", espera=(302, 302, 302, 302)),
    Linha(nome="account_reset_password", espera=(302, 302, 302, 302)),
    Linha(nome="vinculo", espera=SO_QUEM_ENTROU),
    Linha(nome="vinculo", metodo="POST", espera=(302, 200, 200, 302), dados={"vinculo": "{vinculo}"}),
    Linha(nome="andamento", argumentos=("{andamento}",), espera=SO_DE_DENTRO),
)

TERRITORIO = (
    Linha(nome="territorio-brasil", espera=TODOS),
    Linha(nome="territorio-busca", espera=TODOS),
    Linha(nome="territorio-uf", argumentos=("ES",), espera=TODOS),
    Linha(nome="territorio-municipio", argumentos=("3205309",), espera=TODOS),
)

INDICADORES = (
    Linha(nome="indicadores-lista", espera=TODOS),
    Linha(nome="indicador-mapa", argumentos=("rcl_per_capita",), espera=TODOS),
    Linha(nome="indicador-imagem", argumentos=("rcl_per_capita", "2020"), espera=TODOS),
    # importar não tem território: quem é de fora importa o que é seu
    Linha(nome="indicadores-importar", espera=(302, 200, 403, 200)),
    Linha(nome="indicadores-importar", metodo="POST", espera=(302, 200, 403, 200)),
    Linha(nome="indicador-novo", espera=(302, 200, 403, 200)),
    Linha(nome="indicador-novo", metodo="POST", espera=(302, 200, 403, 200)),
    Linha(nome="indicadores-conferir", argumentos=("{importacao}",), espera=SO_QUEM_CONDUZ),
    Linha(
        nome="indicadores-conferir",
        metodo="POST",
        argumentos=("{importacao}",),
        dados={"acao": "descartar"},
        espera=ATO_DE_QUEM_CONDUZ,
    ),
    Linha(nome="indicador-digitar", argumentos=("3205309",), espera=SO_QUEM_CONDUZ),
    Linha(nome="indicador-digitar", metodo="POST", argumentos=("3205309",), dados=_DIGITADO, espera=ATO_DE_QUEM_CONDUZ),
)

PARTILHAS_LEITURA = (
    Linha(nome="partilhas-lista", espera=TODOS),
    Linha(nome="partilha", argumentos=_ES, espera=(404, 404, 200, 200)),
    Linha(nome="partilha", argumentos=_ES, preparo="deliberada", espera=TODOS),
    Linha(nome="partilha", argumentos=_ES, preparo="rascunho", sem_poder="municipal", espera=(404, 404, 404, 200)),
    Linha(nome="partilha-uf", argumentos=_UF, espera=(404, 404, 200, 200)),
    Linha(nome="partilha-municipio", argumentos=_CAPITAL, sem_poder="municipal", espera=(404, 404, 200, 200)),
    Linha(nome="partilha-insumos", argumentos=_ES, espera=(404, 404, 200, 200)),
    Linha(nome="partilha-arquivo", argumentos=("{partilha}", "municipios.csv"), espera=(404, 404, 200, 200)),
    Linha(nome="partilha-peca", argumentos=("{outra}", "{peca}"), espera=(404, 404, 200, 200)),
    Linha(nome="partilha-peca", argumentos=("{partilha}", "{peca}"), espera=(404, 404, 404, 404)),
    Linha(
        nome="partilha-arquivo",
        argumentos=("{partilha}", "memoria.json"),
        sem_poder="municipal",
        espera=(404, 404, 403, 200),
    ),
    Linha(nome="partilha-mapa", argumentos=("{partilha}", "situacao"), espera=(404, 404, 200, 200)),
    Linha(nome="partilha-recalcular", espera=TODOS),
    Linha(nome="partilhas-comparar", espera=TODOS),
    Linha(nome="partilhas-comparar", dados=_DUAS, preparo="rascunho", espera=(404, 404, 200, 200)),
    Linha(nome="partilhas-comparar-csv", dados=_DUAS, espera=(404, 404, 200, 200)),
    Linha(nome="partilhas-comparar-mapa", dados=_DUAS, espera=(404, 404, 200, 200)),
)

PARTILHAS_CONDUCAO = (
    # quem é de fora conduz a partilha da própria UF
    Linha(nome="partilha-nova", espera=(302, 200, 403, 200)),
    Linha(nome="partilha-nova", metodo="POST", dados=_OPCOES, espera=(302, 302, 403, 302)),
    Linha(nome="partilha-opcoes", argumentos=_ES, espera=SO_QUEM_CONDUZ),
    Linha(nome="partilha-opcoes", metodo="POST", argumentos=_ES, dados=_OPCOES, espera=ATO_DE_QUEM_CONDUZ),
    Linha(nome="partilha-cenario", argumentos=_ES, espera=SO_QUEM_CONDUZ),
    Linha(nome="partilha-cenario", metodo="POST", argumentos=_ES, dados=_OPCOES, espera=ATO_DE_QUEM_CONDUZ),
    Linha(nome="partilha-congelar", metodo="POST", argumentos=_ES, espera=ATO_DE_QUEM_CONDUZ),
    Linha(nome="partilha-simular", metodo="POST", argumentos=_ES, espera=ATO_DE_QUEM_CONDUZ),
    Linha(nome="partilha-complementares", argumentos=_ES, espera=SO_QUEM_CONDUZ),
    Linha(nome="partilha-complementares", metodo="POST", argumentos=_ES, espera=SO_QUEM_CONDUZ),
    Linha(nome="partilha-corrigir", argumentos=_CAPITAL, espera=SO_QUEM_CONDUZ),
    Linha(nome="partilha-corrigir", metodo="POST", argumentos=_CAPITAL, dados=_CORRECAO, espera=ATO_DE_QUEM_CONDUZ),
    Linha(nome="partilha-excluir", argumentos=_ES, preparo="rascunho", espera=SO_QUEM_CONDUZ),
    Linha(nome="partilha-excluir", metodo="POST", argumentos=_ES, preparo="rascunho", espera=ATO_DE_QUEM_CONDUZ),
)

PARTILHAS_APROVACAO = (
    Linha(nome="partilha-pecas", argumentos=_ES, espera=SO_QUEM_CONDUZ),
    Linha(nome="partilha-pecas", metodo="POST", argumentos=_ES, espera=SO_QUEM_CONDUZ),
    Linha(
        nome="partilha-pecas-retirar",
        metodo="POST",
        argumentos=_ES,
        preparo="pactuada",
        dados={"motivo": "Número trocado"},
        espera=ATO_DE_QUEM_CONDUZ,
    ),
    # deliberada, é pública: quem é de fora a vê, mas não a sela
    Linha(nome="partilha-selar", argumentos=_ES, preparo="deliberada", espera=(302, 403, 403, 200)),
    Linha(nome="partilha-selar", metodo="POST", argumentos=_ES, preparo="deliberada", espera=(302, 403, 403, 302)),
)

TABELA = (
    *NUCLEO,
    *TERRITORIO,
    *INDICADORES,
    *PARTILHAS_LEITURA,
    *PARTILHAS_CONDUCAO,
    *PARTILHAS_APROVACAO,
)
