"""`redesuas nomear`: quem opera o servidor dá um papel, quando não há no sistema quem o dê."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from suas.config.argumentos import Analisador, Recusa, opcoes
from suas.config.gerenciar import preparar_django, recusa_do_banco
from suas.config.instalar import conferir_email, ler_senha

if TYPE_CHECKING:
    from suas.nucleo.identidade.models import Pessoa, Vinculo
    from suas.nucleo.permissoes.papeis import Papel

RECUSADO = 1
FEITO = 0


def main(argv: list[str]) -> int:
    """Saídas: 0 feito; 1 recusado, com a razão; 2 uso errado."""
    pedido = _ler_opcoes(argv)
    preparar_django(dados=pedido.dados)
    if recusa := recusa_do_banco():
        print(f"redesuas: {recusa}", file=sys.stderr)
        return RECUSADO
    from suas.nucleo.recusa import AtoRecusado

    try:
        with transaction.atomic():
            feito = _nomear(pedido)
        print(feito)
    except (Recusa, AtoRecusado) as recusado:
        print(f"redesuas: {recusado}", file=sys.stderr)
        return RECUSADO
    return FEITO


def _ler_opcoes(argv: list[str]) -> Any:
    from suas.nucleo.permissoes.papeis import AREAS, PAPEIS_DE_VINCULO

    analisador = Analisador(
        comando="nomear",
        descricao=(
            "Dá um papel a alguém sem passar pelas telas: a primeira presidência de um conselho, por exemplo.\n"
            "Quem já tem entrada recebe o vínculo na hora. Quem não tem recebe um convite, cujo endereço é impresso;\n"
            "com --senha-em, a entrada é criada na hora. Repetir dá outro endereço ao convite que espera.\n"
            "Fica na trilha como ato de quem opera o servidor.\n"
            "Papéis: " + ", ".join(papel.codigo for papel in PAPEIS_DE_VINCULO) + "."
        ),
    )
    analisador.add_argument("--email", required=True, help="e-mail com que a pessoa entra")
    analisador.add_argument("--nome", required=True, help="nome da pessoa")
    analisador.add_argument("--papel", required=True, choices=[p.codigo for p in PAPEIS_DE_VINCULO], metavar="PAPEL")
    analisador.add_argument("--abrangencia", required=True, help="BR, código ou sigla da UF, ou código do município")
    analisador.add_argument("--orgao", required=True, help="órgão ou unidade, como aparecerá na tela")
    areas = f"só para a gerência estadual: {', '.join(AREAS)}"
    analisador.add_argument("--area", default="", choices=["", *AREAS], metavar="AREA", help=areas)
    analisador.add_argument(
        "--no-lugar-do-titular",
        metavar="MOTIVO",
        help="troca o titular que falta: o mandato dele termina hoje, por este motivo",
    )
    analisador.add_argument("--senha-em", type=Path, metavar="ARQUIVO", help="arquivo cuja primeira linha é a senha")
    analisador.aceitar_pasta()
    return opcoes(analisador, argv)


def _nomear(pedido: Any) -> str:
    """O que aconteceu, em palavras."""
    from suas.nucleo.identidade import consultas
    from suas.nucleo.identidade.acoes import convites, pessoas, vinculos
    from suas.nucleo.permissoes.ator import ATOR_PUBLICO
    from suas.nucleo.permissoes.papeis import PAPEIS

    agora = timezone.now()
    hoje = timezone.localtime(agora).date()
    email, papel = conferir_email(pedido.email.strip()), PAPEIS[pedido.papel]
    if not pedido.nome.strip():
        raise Recusa("diga o nome da pessoa, em --nome")
    onde = _abrangencia(pedido.abrangencia.strip())
    titular = _titular_que_sai(pedido, papel=papel, onde=onde, hoje=hoje)
    pessoa = consultas.pessoa_do_email(email)
    if pessoa is None and pedido.senha_em is not None:
        senha = ler_senha(pedido.senha_em, email=email, nome=pedido.nome)
        pessoa = pessoas.criar_pessoa(email=email, nome=pedido.nome, senha=senha, por=ATOR_PUBLICO, em=agora)
    if titular is not None:
        return _trocar(titular, pessoa, pedido=pedido, email=email, agora=agora, hoje=hoje)
    if pessoa is None:
        novo = convites.NovoConvite(
            email=email,
            nome=pedido.nome,
            papel=papel,
            abrangencia=onde,
            area=pedido.area,
            orgao=pedido.orgao,
            desde=hoje,
        )
        enviado = convites.convidar_pelo_servidor(novo=novo, por=ATOR_PUBLICO, em=agora, hoje=hoje)
        return _convidada(email, enviado.segredo)
    vinculo = vinculos.vincular(
        pessoa=pessoa,
        papel=papel,
        abrangencia=onde,
        area=pedido.area,
        orgao=pedido.orgao,
        desde=hoje,
        por=ATOR_PUBLICO,
        em=agora,
    )
    return _vinculada(vinculo)


def _titular_que_sai(pedido: Any, *, papel: Papel, onde: str, hoje: date) -> Vinculo | None:
    """Quem é titular ali hoje, se o pedido é de troca; `Recusa` se o papel não tem titular ou não há nenhum."""
    from suas.nucleo.identidade import consultas

    if pedido.no_lugar_do_titular is None:
        return None
    if not papel.titular:
        raise Recusa(f"{papel.nome} não é titularidade: nomeie sem --no-lugar-do-titular")
    amanha = hoje + timedelta(days=1)
    titular = consultas.titulares_nos_dias(papel=papel, abrangencia=onde, desde=hoje, ate=amanha).first()
    if titular is None:
        raise Recusa(f"não há {papel.nome} nesse território: nomeie sem --no-lugar-do-titular")
    return titular


def _trocar(titular: Vinculo, pessoa: Pessoa | None, *, pedido: Any, email: str, agora: datetime, hoje: date) -> str:
    """Passa a titularidade; quem já tem entrada assume na hora, ainda que não tenha vínculo ali."""
    from suas.nucleo.identidade.acoes import convites, passagem
    from suas.nucleo.permissoes.ator import ATOR_PUBLICO

    nova = passagem.NovaPassagem(
        email=email,
        nome=pedido.nome,
        orgao=pedido.orgao,
        dia=hoje,
        fica_vaga=True,
        motivo=pedido.no_lugar_do_titular,
    )
    passada = passagem.passar_pelo_servidor(sai=titular, nova=nova, por=ATOR_PUBLICO, em=agora, hoje=hoje)
    saiu = f"O mandato de {titular.pessoa.nome} terminou hoje."
    if passada.passagem.convite is None:
        assert passada.passagem.entra is not None
        return f"{saiu} {_vinculada(passada.passagem.entra)}"
    if pessoa is None:
        return f"{saiu} {_convidada(email, passada.segredo)}"
    convite = passada.passagem.convite
    entra = convites.aceitar(convite=convite, pessoa=pessoa, por=ATOR_PUBLICO, em=agora, hoje=hoje)
    return f"{saiu} {_vinculada(entra)}"


def _convidada(email: str, segredo: str) -> str:
    from suas.nucleo.identidade.consultas import endereco_do_convite

    caminho = endereco_do_convite(segredo)
    return f"Convite feito para {email}. O endereço dele, depois do da sua instalação, vale 7 dias:\n{caminho}"


def _vinculada(vinculo: Vinculo) -> str:
    pessoa = vinculo.pessoa
    return f"{pessoa.nome} ({pessoa.email}) é {vinculo.em_frase}, desde {vinculo.desde:%d/%m/%Y}."


def _abrangencia(texto: str) -> str:
    """O código que o texto diz; `Recusa` se não é do cadastro, ou se fica fora da abrangência da instalação."""
    from suas.nucleo.identidade.consultas import instalacao
    from suas.nucleo.permissoes.abrangencia import contem

    codigo = _codigo(texto)
    atual = instalacao()
    if atual is None:
        raise Recusa("o banco ainda não tem dono. Prepare a instalação com: ./redesuas instalar")
    if not contem(atual.abrangencia, codigo):
        raise Recusa(f"“{texto}” fica fora da abrangência desta instalação, que é de {atual.orgao}.")
    return codigo


def _codigo(texto: str) -> str:
    """O código que o texto diz; `Recusa` se não é do país, de uma UF nem de um município do cadastro."""
    from normas.territorio.federacao import UF_POR_CODIGO, UF_POR_SIGLA
    from suas.cadastros.territorio.consultas import nomes_dos_municipios

    if texto.upper() == "BR" or texto in UF_POR_CODIGO:
        return texto.upper()
    if uf := UF_POR_SIGLA.get(texto.upper()):
        return uf.codigo
    if texto in nomes_dos_municipios([texto]):
        return texto
    raise Recusa(f"“{texto}” não é BR, código ou sigla de UF, nem código de município; use como 32, ES ou 3205309.")
