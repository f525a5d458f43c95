"""O que cada tabela guarda de uma pessoa, dito pelo módulo dono dela no seu `dados.py`.

    # suas/<andar>/<modulo>/dados.py, declarado no `ready` do módulo com `classificacao.declarar(*TABELAS)`
    TABELAS = (
        Tabela(
            modelo="identidade.pessoa",
            nenhum=("id", "criada_em"),
            pessoal=("email", "nome"),
            titular="id",
            finalidade="Saber quem entra no sistema e em que papel age.",
            base_legal="LGPD, art. 7º, III e art. 23",
            guarda="acesso_encerrado",
        ),
    )

A trilha cifra, com a chave do titular, os campos pessoais e sensíveis; o registro do tratamento (LGPD, art. 37) sai
daqui; um teste exige que todo campo de todo modelo esteja classificado. O identificador de uma pessoa em outra tabela
(a chave estrangeira) não é classificado como pessoal: apagada a pessoa, ele já não leva a ninguém (ADR 0033).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist


@dataclass(frozen=True, kw_only=True)
class Tabela:
    """A classificação dos campos de um modelo (`modelo` é o rótulo do Django, em minúsculas).

    `titular` é o campo que guarda o identificador da pessoa a quem os dados se referem; vazio só quando não há campo
    pessoal nem sensível, ou com `sem_titular`, que diz por que a linha não leva a uma pessoa do sistema. `guarda` é o
    nome da regra de retenção (`dados_pessoais/guarda.yaml`); `vence` é o campo de data de que ela conta: com ele, o
    relógio apaga o que venceu; sem ele, nunca. `vence_so` restringe às linhas cujo campo tem um dos valores.
    `titulares` diz de quem são os dados e `compartilhamento` a quem vão. `segredo` são os campos protegidos que nem o
    titular vê: senha, código, chave. `projecao` marca o que se refaz a partir de outras tabelas: a trilha não conta as
    suas alterações. `corrente_propria`, o que já é a prova, só de acréscimos e encadeado: a trilha também não o conta.
    `sigilo`: o dado de pessoa só se lê onde o módulo dono o mostra, e a trilha não o abre a ninguém, nem com motivo.
    `titulo` e `rotulos` são as palavras das telas, onde as do modelo não servem.
    """

    modelo: str
    nenhum: tuple[str, ...]
    pessoal: tuple[str, ...] = ()
    sensivel: tuple[str, ...] = ()
    segredo: tuple[str, ...] = ()
    titular: str = ""
    sem_titular: str = ""
    titulares: str = "quem entra no sistema"
    finalidade: str = ""
    base_legal: str = ""
    compartilhamento: str = "não há"
    guarda: str = ""
    vence: str = ""
    vence_so: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    projecao: bool = False
    corrente_propria: bool = False
    sigilo: bool = False
    titulo: str = ""
    rotulos: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.vence and not self.guarda:
            raise ValueError(f"{self.modelo}: o que vence pede regra de guarda.")
        if self.fala_de_pessoa and not (self.leva_a_alguem and self.finalidade and self.base_legal and self.guarda):
            raise ValueError(f"{self.modelo}: dado pessoal pede titular, finalidade, base legal e regra de guarda.")
        if not set(self.segredo) <= set(self.protegidos):
            raise ValueError(f"{self.modelo}: o segredo também é dado pessoal ou sensível.")

    @property
    def leva_a_alguem(self) -> bool:
        return bool(self.titular or self.sem_titular)

    @property
    def fala_de_pessoa(self) -> bool:
        """A tabela entra no registro do tratamento: guarda dado de pessoa, ou aponta para uma."""
        return bool(self.protegidos or self.titular)

    @property
    def protegidos(self) -> tuple[str, ...]:
        """Os campos que a trilha cifra e as saídas escondem."""
        return self.pessoal + self.sensivel


#: O nome do campo no código não tem acento; na tela, tem.
_COM_ACENTO = {
    "abrangencia": "abrangência",
    "area": "área",
    "ate": "até",
    "codigo": "código",
    "comecou": "começou",
    "criterio": "critério",
    "destinatario": "destinatário",
    "destruida": "destruída",
    "email": "e-mail",
    "endereco": "endereço",
    "familia": "família",
    "importacao": "importação",
    "municipio": "município",
    "nao": "não",
    "numero": "número",
    "orgao": "órgão",
    "prontuario": "prontuário",
    "simulacao": "simulação",
    "situacao": "situação",
    "titulo": "título",
    "ultima": "última",
    "ultimo": "último",
    "valido": "válido",
    "versao": "versão",
    "vinculo": "vínculo",
    "virgula": "vírgula",
}
_TABELAS: dict[str, Tabela] = {}


def declarar(*tabelas: Tabela) -> None:
    """Declara a classificação; repetir a mesma não muda nada, outra para o mesmo modelo é erro."""
    for tabela in tabelas:
        if _TABELAS.setdefault(tabela.modelo, tabela) != tabela:
            raise ValueError(f"{tabela.modelo} já tem outra classificação.")


def de(modelo: str) -> Tabela | None:
    """A classificação do modelo (`app.modelo`), ou nada se ninguém a declarou."""
    return _TABELAS.get(modelo)


def declaradas() -> tuple[Tabela, ...]:
    """Todas, na ordem do nome do modelo."""
    return tuple(_TABELAS[nome] for nome in sorted(_TABELAS))


def titulo(modelo: str) -> str:
    """O nome da tabela em palavras; o de um modelo que já não existe é o rótulo dele."""
    tabela = de(modelo)
    if tabela and tabela.titulo:
        return tabela.titulo
    try:
        return str(apps.get_model(modelo)._meta.verbose_name)
    except (LookupError, ValueError):
        return modelo


def rotulo(modelo: str, campo: str) -> str:
    """O nome do campo em palavras. Campo que já não existe é dito pelo nome que tinha, com os acentos."""
    tabela = de(modelo)
    if tabela and campo in tabela.rotulos:
        return tabela.rotulos[campo]
    do_nome = campo.replace("_", " ")
    try:
        escrito = str(apps.get_model(modelo)._meta.get_field(campo).verbose_name)
    except (LookupError, ValueError, FieldDoesNotExist, AttributeError):
        escrito = do_nome
    if escrito != do_nome:
        return escrito
    return " ".join(_COM_ACENTO.get(palavra, palavra) for palavra in do_nome.split())
