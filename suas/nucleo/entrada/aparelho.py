"""O aparelho e o endereço de uma sessão, em palavras que a pessoa reconhece."""

from __future__ import annotations

import ipaddress

# A ordem importa: todo navegador diz ser também os que vieram antes dele.
_NAVEGADORES = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SISTEMAS = (
    ("iPhone", "no iPhone"),
    ("iPad", "no iPad"),
    ("Android", "no Android"),
    ("Windows", "no Windows"),
    ("CrOS", "no Chromebook"),
    ("Macintosh", "no Mac"),
    ("Linux", "no Linux"),
)


def em_palavras(agente: str) -> str:
    """“Chrome no Windows”, do que o navegador diz de si; sem reconhecer, “Navegador desconhecido”."""
    navegador = next((nome for marca, nome in _NAVEGADORES if marca in agente), "Navegador desconhecido")
    sistema = next((nome for marca, nome in _SISTEMAS if marca in agente), "")
    return f"{navegador} {sistema}".strip()


def endereco_encoberto(ip: str) -> str:
    """O começo do endereço de rede: basta para reconhecer a rede, não para achar a pessoa. “200.137.•.•”."""
    try:
        endereco = ipaddress.ip_address(ip)
    except ValueError:
        return "endereço desconhecido"
    if endereco.version == 4:
        return ".".join(ip.split(".")[:2]) + ".•.•"
    return ":".join(endereco.exploded.split(":")[:2]) + ":•"
