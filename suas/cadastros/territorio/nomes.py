"""Como um nome de lugar vira texto de busca."""

import re
import unicodedata

#: Nomes antigos e outras grafias em uso nos arquivos públicos, pelo código: os da lista de pagamentos do Bolsa Família
#: de janeiro de 2020 (CGU, Portal da Transparência) que não são os do IBGE. Só servem para reconhecer.
OUTROS_NOMES = {
    "1502954": "Eldorado dos Carajás",
    "1506500": "Santa Isabel do Pará",
    "1708254": "Fortaleza do Tabocão",
    "2306306": "Itapagé",
    "2401305": "Augusto Severo",
    "2410306": "Presidente Juscelino",
    "2515401": "Seridó",
    "2606903": "Iguaraci",
    "2800100": "Amparo de São Francisco",
    "2922250": "Muquém de São Francisco",
    "2928505": "Santa Teresinha",
    "3108909": "Brasópolis",
    "3122900": "Dona Eusébia",
    "3165206": "São Thomé das Letras",
    "3305901": "Trajano de Morais",
    "3515004": "Embu",
    "3516101": "Florínia",
    "3530805": "Moji Mirim",
    "3550001": "São Luís do Paraitinga",
    "4317103": "Santana do Livramento",
    "5107008": "Poxoréo",
    "5107800": "Santo Antônio do Leverger",
}


def nome_de_busca(texto: str) -> str:
    """“São João d'El-Rei” vira “sao joao d el rei”: minúsculas e algarismos sem acento, separados por um espaço."""
    sem_acentos = unicodedata.normalize("NFKD", texto).encode("ascii", "ignore").decode("ascii")
    return " ".join(re.findall(r"[a-z0-9]+", sem_acentos.lower()))
