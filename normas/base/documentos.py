"""Confere, em texto, os números que identificam pessoa, entidade, endereço e unidade.

Cada `ler_…` aceita o número com ou sem pontuação e devolve a forma que se guarda, só com algarismos
(e letras maiúsculas, no CNPJ). O que não serve vira `ValueError` com a frase para quem digitou.
"""

from __future__ import annotations

import re
from itertools import cycle

_SINAIS = re.compile(r"[\s.\-–—/()]+")
_ALGARISMOS = re.compile(r"[0-9]+")
_CNPJ = re.compile(r"[0-9A-Za-z]+")
_DDD = re.compile(r"[1-9][1-9]")
_0800 = re.compile(r"0800[0-9]{6,7}")
#: Zeros do começo que uma planilha costuma tirar de um número guardado como quantidade.
ZEROS_QUE_SE_PERDEM = 3


def ler_cpf(texto: str) -> str:
    """Lê um CPF e confere os dois dígitos finais. Erros: `ValueError`."""
    cpf = _com_tamanho(texto, nome="CPF", algarismos=11, exemplo="000.000.000-00")
    if len(set(cpf)) == 1:
        raise ValueError(f"“{texto}” repete um algarismo só, e nenhum CPF é assim. Confira com o documento.")
    if digitos_do_cpf(cpf[:9]) != cpf[9:]:
        raise ValueError(f"Os dois últimos algarismos do CPF “{texto}” não batem com os outros. {TROCADO}")
    return cpf


TROCADO = "Algum foi trocado: confira com o documento."


def digitos_do_cpf(nove: str) -> str:
    """Os dois dígitos verificadores dos nove primeiros algarismos de um CPF."""
    for peso in (10, 11):
        soma = sum(int(algarismo) * (peso - posicao) for posicao, algarismo in enumerate(nove))
        nove += str(soma * 10 % 11 % 10)
    return nove[-2:]


def cpf_com_pontos(cpf: str) -> str:
    """Escreve como se lê um CPF já conferido: 000.000.000-00."""
    return f"{cpf[:3]}.{cpf[3:6]}.{cpf[6:9]}-{cpf[9:]}"


def ler_nis(texto: str) -> str:
    """Lê um NIS (ou PIS/PASEP), de 11 algarismos, e confere o último. Erros: `ValueError`."""
    nis = _com_tamanho(texto, nome="NIS", algarismos=11, exemplo="123.45678.90-0")
    if len(set(nis)) == 1:
        raise ValueError(f"“{texto}” repete um algarismo só, e nenhum NIS é assim. Confira com o documento.")
    if digito_do_nis(nis[:10]) != nis[10]:
        raise ValueError(f"O último algarismo do NIS “{texto}” não bate com os outros. {TROCADO}")
    return nis


def digito_do_nis(dez: str) -> str:
    """O dígito verificador dos dez primeiros algarismos de um NIS."""
    soma = sum(int(algarismo) * peso for algarismo, peso in zip(dez, (3, 2, 9, 8, 7, 6, 5, 4, 3, 2), strict=True))
    resto = 11 - soma % 11
    return str(resto if resto < 10 else 0)


def nis_com_pontos(nis: str) -> str:
    """Escreve como se lê um NIS já conferido: 123.45678.90-0."""
    return f"{nis[:3]}.{nis[3:8]}.{nis[8:10]}-{nis[10:]}"


def ler_cnpj(texto: str) -> str:
    """Lê um CNPJ, numérico ou com letras, e confere os dois dígitos finais.

    As doze primeiras posições podem ter letras (IN RFB nº 2.229/2024); as duas últimas são algarismos.

    Erros: `ValueError`.
    """
    cnpj = _SINAIS.sub("", texto)
    exemplo = "12.ABC.345/01DE-35 ou, só com números, 00.000.000/0001-91"
    if not cnpj:
        raise ValueError(f"Falta o CNPJ. Escreva as 14 posições, como {exemplo}.")
    if not _CNPJ.fullmatch(cnpj):
        raise ValueError(f"“{texto}” tem sinais que um CNPJ não tem. Escreva só letras e algarismos, como {exemplo}.")
    cnpj = cnpj.upper()
    if len(cnpj) != 14:
        raise ValueError(
            f"“{texto}” tem {len(cnpj)} posições, e o CNPJ tem 14, como {exemplo}.{_zeros_perdidos(cnpj, 14)}"
        )
    if not cnpj[12:].isdigit():
        raise ValueError(f"As duas últimas posições do CNPJ são algarismos, e em “{texto}” são “{cnpj[12:]}”.")
    if len(set(cnpj)) == 1:
        raise ValueError(f"“{texto}” repete um algarismo só, e nenhum CNPJ é assim. Confira com o documento.")
    if digitos_do_cnpj(cnpj[:12]) != cnpj[12:]:
        raise ValueError(f"Os dois últimos algarismos do CNPJ “{texto}” não batem com as outras posições. {TROCADO}")
    return cnpj


def digitos_do_cnpj(doze: str) -> str:
    """Os dois dígitos verificadores das doze primeiras posições de um CNPJ, em maiúsculas.

    A posição vale o seu código ASCII menos 48: o algarismo vale ele mesmo, A vale 17 e Z vale 42.
    """
    for _ in range(2):
        # Os pesos vão de 2 a 9, da direita para a esquerda, e recomeçam.
        soma = sum((ord(c) - 48) * peso for c, peso in zip(reversed(doze), cycle(range(2, 10)), strict=False))
        resto = soma % 11
        doze += "0" if resto < 2 else str(11 - resto)
    return doze[-2:]


def cnpj_com_pontos(cnpj: str) -> str:
    """Escreve como se lê um CNPJ já conferido: 12.ABC.345/01DE-35."""
    return f"{cnpj[:2]}.{cnpj[2:5]}.{cnpj[5:8]}/{cnpj[8:12]}-{cnpj[12:]}"


def ler_cep(texto: str) -> str:
    """Lê um CEP de 8 algarismos. Erros: `ValueError`."""
    cep = _com_tamanho(texto, nome="CEP", algarismos=8, exemplo="29010-004")
    if cep == "00000000":
        raise ValueError("00000-000 não é um CEP. Se não se sabe o CEP, deixe em branco.")
    return cep


def cep_com_traco(cep: str) -> str:
    """Escreve como se lê um CEP já conferido: 29010-004."""
    return f"{cep[:5]}-{cep[5:]}"


def ler_telefone(texto: str) -> str:
    """Lê um telefone com DDD, ou um 0800, e devolve só os algarismos.

    Aceita o +55 e o zero antes do DDD, que não se guardam. Não se confere se o número existe.

    Erros: `ValueError`.
    """
    exemplo = "(27) 3000-0000 ou (27) 90000-0000"
    telefone = _SINAIS.sub("", texto).removeprefix("+55")
    if not telefone:
        raise ValueError(f"Falta o telefone. Escreva com o DDD, como {exemplo}.")
    if not _ALGARISMOS.fullmatch(telefone):
        raise ValueError(f"“{texto}” tem mais do que um telefone. Escreva um número só, com o DDD, como {exemplo}.")
    if _0800.fullmatch(telefone):
        return telefone
    telefone = telefone.removeprefix("0")
    if len(telefone) in {8, 9}:
        raise ValueError(f"Falta o DDD de “{texto}”. Escreva como {exemplo}.")
    if len(telefone) not in {10, 11}:
        raise ValueError(f"“{texto}” tem {len(telefone)} algarismos; com o DDD são 10 ou 11, como {exemplo}.")
    if not _DDD.match(telefone):
        raise ValueError(f"“{telefone[:2]}” não é um DDD. Confira “{texto}” e escreva como {exemplo}.")
    if len(telefone) == 11 and telefone[2] != "9":
        raise ValueError(f"“{texto}” tem 9 algarismos depois do DDD e não começa por 9. Confira o número.")
    return telefone


def telefone_com_traco(telefone: str) -> str:
    """Escreve como se lê um telefone já conferido: (27) 3000-0000."""
    if telefone.startswith("0800"):
        return f"0800 {telefone[4:7]} {telefone[7:]}"
    return f"({telefone[:2]}) {telefone[2:-4]}-{telefone[-4:]}"


def ler_identificador_de_unidade(texto: str) -> str:
    """Lê o número identificador de uma unidade, de 11 algarismos; não se tira dele o município.

    Erros: `ValueError`.
    """
    return _com_tamanho(texto, nome="número identificador da unidade", algarismos=11, exemplo="32053000001")


def aviso_do_identificador(*, identificador: str, codigo_ibge: str) -> str | None:
    """Frase de aviso quando o número não tem nenhuma das formas vistas nos cadastros públicos.

    As formas vistas são o código do município sem o último algarismo, seguido de cinco, e o mesmo
    código entre um 1 e quatro algarismos. As duas só se contaram em CRAS e CREAS: por isso só avisa.
    """
    seis = codigo_ibge[:6]
    if identificador.startswith((seis, f"1{seis}")):
        return None
    return (
        f"O número {identificador} não traz o código do município ({seis}), como é comum em CRAS e CREAS. "
        "Confira se ele é mesmo desta unidade."
    )


def _com_tamanho(texto: str, *, nome: str, algarismos: int, exemplo: str) -> str:
    """Tira a pontuação e confere que sobram só algarismos, na quantidade certa. Erros: `ValueError`."""
    limpo = _SINAIS.sub("", texto)
    if not limpo:
        raise ValueError(f"Falta o {nome}. Escreva os {algarismos} algarismos, como {exemplo}.")
    if not _ALGARISMOS.fullmatch(limpo):
        raise ValueError(f"“{texto}” tem mais do que algarismos. Escreva o {nome} como {exemplo}.")
    if len(limpo) != algarismos:
        raise ValueError(
            f"“{texto}” tem {len(limpo)} algarismos, e o {nome} tem {algarismos}, como {exemplo}."
            f"{_zeros_perdidos(limpo, algarismos)}"
        )
    return limpo


def _zeros_perdidos(numero: str, tamanho: int) -> str:
    if numero.isdigit() and tamanho - ZEROS_QUE_SE_PERDEM <= len(numero) < tamanho:
        return f" Se a planilha tirou os zeros do começo, escreva {numero.zfill(tamanho)}."
    return ""
