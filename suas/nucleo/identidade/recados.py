"""Os avisos que este módulo manda."""

from __future__ import annotations

from suas.nucleo.avisos.modelos import Modelo

MODELOS = (
    Modelo(
        codigo="identidade.convite",
        titulo="Convite para entrar no sistema",
        assunto="Convite: {papel}, {orgao}",
        corpo=(
            "{quem} nomeou você {papel}, {orgao}, em {lugar}.\n\n"
            "Abra o endereço abaixo para aceitar ou recusar. Ele serve só a você, uma vez, e vale até {ate}. "
            "Se não esperava este convite, não faça nada: sem o seu aceite, nada muda."
        ),
        tipo="acesso",
        campos={
            "papel": "o papel",
            "orgao": "o órgão ou a unidade",
            "lugar": "o território",
            "quem": "quem convidou",
            "ate": "até quando o endereço serve",
        },
        exemplo={
            "papel": "Técnico de nível superior",
            "orgao": "CRAS Centro",
            "lugar": "Vitória/ES",
            "quem": "Clara Demonstração (Gestão municipal, titular, Secretaria municipal, Vitória/ES)",
            "ate": "29/11/2026 às 14:32",
        },
        obrigatorio=True,
        reservado=True,
    ),
    Modelo(
        codigo="identidade.vinculo_encerrado",
        titulo="Um vínculo seu foi encerrado",
        assunto="Seu vínculo {vinculo} foi encerrado",
        corpo=(
            "O vínculo {vinculo} deixa de valer em {dia}. Motivo: {motivo}\n\n"
            "O que você fez por ele continua valendo, com o seu nome. Se estranhou, procure quem encerrou: {quem}."
        ),
        tipo="acesso",
        campos={
            "vinculo": "o papel e o órgão",
            "dia": "primeiro dia em que já não vale",
            "motivo": "o motivo dito",
            "quem": "quem encerrou",
        },
        exemplo={
            "vinculo": "Conselheiro, CMAS de Vitória/ES",
            "dia": "01/12/2026",
            "motivo": "Fim do mandato",
            "quem": "Presidência do conselho, CMAS de Vitória/ES",
        },
        obrigatorio=True,
    ),
    Modelo(
        codigo="identidade.titularidade",
        titulo="Você passa a ser titular",
        assunto="A titularidade passa a você em {dia}",
        corpo=(
            "A partir de {dia}, você é {vinculo}, no lugar de {sai}. A passagem foi feita por {quem}.\n\n"
            "O que foi delegado antes passa a constar sob você; confira em “Acessos”. Se não esperava isto, procure "
            "quem fez a passagem."
        ),
        tipo="acesso",
        campos={
            "vinculo": "o papel, o órgão e o território",
            "dia": "o primeiro dia",
            "sai": "quem era titular",
            "quem": "quem fez a passagem",
        },
        exemplo={
            "vinculo": "Gestão municipal, titular, Secretaria municipal, Vitória/ES",
            "dia": "01/12/2026",
            "sai": "Clara Demonstração",
            "quem": "Elias Demonstração (Gestão estadual, Secretaria estadual)",
        },
        obrigatorio=True,
    ),
)
