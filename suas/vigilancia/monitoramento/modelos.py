"""Os dois avisos da BES nº 08, com palavras nossas e o mesmo conteúdo.

Sistema, prazo, endereço, consequência, orientação e a quem pedir ajuda. O texto se ajusta em cada instalação.
"""

from __future__ import annotations

from suas.nucleo.avisos.modelos import Modelo

#: O endereço que a BES nº 08 (2018) dá a quem não consegue entrar num sistema federal.
AJUDA_FEDERAL = "rede.suas@mds.gov.br"
_CAMPOS = {
    "lugar": "o município",
    "sistema": "o sistema",
    "periodo": "o período",
    "prazo": "o último dia",
    "dias": "quantos dias faltam ou passaram",
    "quem": "quem ainda não entregou",
    "onde": "onde se preenche",
    "consequencia": "o que a falta causa",
    "ajuda": "a quem pedir ajuda",
    "assina": "quem manda",
}
_EXEMPLO = {
    "lugar": "Vitória/ES",
    "sistema": "Registro Mensal de Atendimentos",
    "periodo": "10/2026",
    "prazo": "30/11/2026",
    "dias": "faltam 5 dias",
    "quem": "2 de 9: CRAS Centro, CREAS Norte",
    "onde": "aplicacoes.mds.gov.br/sagi/atendimento",
    "consequencia": "A falta pode levar ao bloqueio de recursos e à inativação da unidade.",
    "ajuda": AJUDA_FEDERAL,
    "assina": "Vigilância socioassistencial estadual, Espírito Santo",
}
_RODAPE = (
    "O que a falta causa: {consequencia}\n\n"
    "Se o sistema não abrir, tente com outro navegador e em outra hora do dia, e confira a internet do lugar. "
    "Se continuar, mande o relato, com a imagem da tela, a {ajuda}, ou use “Pedir ajuda”, no pé de toda página "
    "daqui.\n\n{assina}"
)
ANTECIPADO = Modelo(
    codigo="monitoramento.antecipado",
    titulo="Um prazo está chegando",
    assunto="{sistema} de {periodo}: o prazo vai até {prazo}",
    corpo=(
        "À gestão da assistência social de {lugar}.\n\n"
        "O prazo do {sistema} de {periodo} vai até {prazo}: {dias}. Ainda não entregaram: {quem}.\n\n"
        "Onde se preenche: {onde}. Não deixe para os últimos dias, quando o sistema fica mais lento.\n\n" + _RODAPE
    ),
    tipo="prazos",
    campos=_CAMPOS,
    exemplo=_EXEMPLO,
)
PENDENCIA = Modelo(
    codigo="monitoramento.pendencia",
    titulo="Um prazo passou e falta entregar",
    assunto="{sistema} de {periodo}: falta entregar",
    corpo=(
        "À gestão da assistência social de {lugar}.\n\n"
        "O prazo do {sistema} de {periodo} foi até {prazo}: {dias}. Não entregaram: {quem}. Pedimos que a situação se "
        "regularize: é com estes dados que o SUAS se planeja.\n\n"
        "Onde se preenche: {onde}.\n\n" + _RODAPE
    ),
    tipo="prazos",
    campos=_CAMPOS,
    exemplo=_EXEMPLO | {"dias": "há 5 dias"},
)
TODOS = (ANTECIPADO, PENDENCIA)
