"""Como um nome de lugar vira texto de busca."""

import re
import unicodedata


def nome_de_busca(texto: str) -> str:
    """“São João d'El-Rei” vira “sao joao d el rei”: minúsculas e algarismos sem acento, separados por um espaço."""
    sem_acentos = unicodedata.normalize("NFKD", texto).encode("ascii", "ignore").decode("ascii")
    return " ".join(re.findall(r"[a-z0-9]+", sem_acentos.lower()))
