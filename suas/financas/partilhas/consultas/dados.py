"""Os dados de entrada de um município: nome na norma, rótulo, unidade e como se escrevem na tela."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from normas.base.numeros import com_virgula

Tipo = Literal["inteiro", "decimal", "palavra"]
_INTEIRO_COM_MILHARES = re.compile(r"\d{1,3}(\.\d{3})+")


@dataclass(frozen=True, kw_only=True)
class Dado:
    """Uma coluna da entrada, com o nome dela no arquivo e o que a tela mostra."""

    nome: str
    rotulo: str
    unidade: str
    tipo: Tipo
    ajuda: str
    palavras: tuple[tuple[str, str], ...] = ()

    @property
    def na_frase(self) -> str:
        """O rótulo no meio de uma frase: sem a maiúscula, salvo a da sigla."""
        return self.rotulo if self.rotulo[1:2].isupper() else self.rotulo[:1].lower() + self.rotulo[1:]

    def em_palavras(self, texto: str) -> str:
        """O valor como se lê: 1.234, 1.234,56 ou a palavra por extenso; vazio vira “falta”."""
        if not texto:
            return "falta"
        if self.tipo == "palavra":
            return dict(self.palavras).get(texto, texto)
        inteiro, _, casas = texto.removeprefix("-").partition(".")
        if not inteiro.isdigit() or (casas and not casas.isdigit()):
            return texto
        sinal = "-" if texto.startswith("-") else ""
        return f"{sinal}{com_virgula(int(inteiro))}{',' + casas if casas else ''}"

    def para_o_teclado(self, texto: str) -> str:
        """O valor como a pessoa o digitaria: a palavra como está, o decimal com vírgula."""
        return texto if self.tipo == "palavra" else texto.replace(".", ",")

    def do_teclado(self, texto: str) -> str:
        """O texto como a norma o guarda: vírgula decimal vira ponto, ponto de milhar sai, palavra fica."""
        limpo = texto.strip().replace("\u00a0", "")
        if self.tipo == "decimal" and "," in limpo:
            return limpo.replace(".", "").replace(",", ".", 1)
        if self.tipo == "inteiro" and _INTEIRO_COM_MILHARES.fullmatch(limpo):
            return limpo.replace(".", "")
        return limpo


DADOS = (
    Dado(
        nome="populacao",
        rotulo="População",
        unidade="habitantes",
        tipo="inteiro",
        ajuda="Habitantes do município no ano da partilha; define o porte.",
    ),
    Dado(
        nome="populacao_vulneravel",
        rotulo="População vulnerável",
        unidade="pessoas",
        tipo="inteiro",
        ajuda="Pessoas com ao menos uma das nove características de vulnerabilidade da NOB/SUAS 2005.",
    ),
    Dado(
        nome="familias",
        rotulo="Famílias",
        unidade="famílias",
        tipo="inteiro",
        ajuda="Todas as famílias do município. Só na transição de 2005.",
    ),
    Dado(
        nome="familias_pobres",
        rotulo="Famílias pobres",
        unidade="famílias",
        tipo="inteiro",
        ajuda="Famílias com renda por pessoa abaixo de meio salário mínimo. Só na transição de 2005.",
    ),
    Dado(
        nome="rcl_per_capita",
        rotulo="Receita corrente líquida por habitante",
        unidade="R$ por habitante",
        tipo="decimal",
        ajuda="Receita corrente líquida do município dividida pela população.",
    ),
    Dado(
        nome="fnas_psb_per_capita",
        rotulo="FNAS na proteção básica por habitante",
        unidade="R$ por habitante",
        tipo="decimal",
        ajuda="O que o FNAS já transfere ao município para a proteção básica, dividido pela população.",
    ),
    Dado(
        nome="indicador_complementar",
        rotulo="Indicador complementar",
        unidade="na unidade do indicador escolhido",
        tipo="decimal",
        ajuda="Valor do indicador que a instância escolheu para o porte; pode ser negativo.",
    ),
    Dado(
        nome="nivel_gestao",
        rotulo="Nível de gestão",
        unidade="",
        tipo="palavra",
        ajuda="Básica, plena ou do Distrito Federal participam da distribuição.",
        palavras=(
            ("nao_habilitado", "não habilitado"),
            ("inicial", "inicial"),
            ("basica", "básica"),
            ("plena", "plena"),
            ("df", "gestão do Distrito Federal"),
        ),
    ),
    Dado(
        nome="adesao_suas",
        rotulo="Adesão ao SUAS",
        unidade="",
        tipo="palavra",
        ajuda="O município aderiu ao SUAS?",
        palavras=(("sim", "sim"), ("nao", "não")),
    ),
    Dado(
        nome="cras_cofinanciados",
        rotulo="CRAS já cofinanciados",
        unidade="CRAS",
        tipo="inteiro",
        ajuda="CRAS do município que o FNAS já cofinancia.",
    ),
)
DADO_POR_NOME = {dado.nome: dado for dado in DADOS}
