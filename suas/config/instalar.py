"""`redesuas instalar`: uma instalação de verdade, sem demonstração, com quem a administra."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from normas.territorio.federacao import UF_POR_SIGLA, UFS
from suas.config.argumentos import USO_ERRADO, Analisador, Recusa, opcoes
from suas.config.gerenciar import aviso_da_tranca, preparar_banco, preparar_django
from suas.config.supervisor import diga

RECUSADO = 1
ESFERAS = {"uniao": "União", "uf": "estado ou Distrito Federal", "municipio": "município"}
PERGUNTAS = {
    "esfera": "Esfera que opera a instalação (uniao, uf ou municipio)",
    "codigo": "Código do IBGE (2 algarismos da UF ou 7 do município)",
    "orgao": "Órgão, como aparecerá nas páginas (Secretaria de Assistência Social de ...)",
    "nome": "Nome de quem vai administrar",
    "email": "E-mail de quem vai administrar",
    "senha": "Senha (ao menos 10 caracteres)",
}


@dataclass(frozen=True, kw_only=True)
class Pedido:
    """O que a instalação precisa saber. `codigo` é a abrangência: BR, dois ou sete algarismos."""

    esfera: str
    codigo: str
    orgao: str
    nome: str
    email: str
    senha: str


def main(argv: list[str]) -> int:
    opcao = _ler_opcoes(argv)
    faltam = _faltam(opcao)
    if faltam and not sys.stdin.isatty():
        nomes = ", ".join("--senha-em" if nome == "senha" else f"--{nome}" for nome in faltam)
        print(f"./redesuas instalar: sem um terminal para perguntar, faltou informar: {nomes}.", file=sys.stderr)
        return USO_ERRADO
    preparar_django(dados=opcao.dados)
    from django.db import OperationalError

    try:
        return _instalar(opcao)
    except Recusa as recusa:
        print(f"redesuas: {recusa}", file=sys.stderr)
        return RECUSADO
    except OperationalError as erro:
        print(f"redesuas: o banco não respondeu: {str(erro).strip()}. Confira DATABASE_URL.", file=sys.stderr)
        return RECUSADO


def _ler_opcoes(argv: list[str]) -> Any:
    analisador = Analisador(
        comando="instalar",
        descricao=(
            "Prepara uma instalação de verdade: banco, federação, de quem ela é e quem a administra.\n"
            "O que não vier por opção é perguntado. O banco é o de DATABASE_URL, ou um SQLite na pasta de dados."
        ),
    )
    analisador.add_argument("--esfera", choices=list(ESFERAS), help="quem opera: uniao, uf ou municipio")
    analisador.add_argument("--codigo", help="código do IBGE da UF ou do município; desnecessário para a União")
    analisador.add_argument("--orgao", help="nome do órgão que opera")
    analisador.add_argument("--nome", help="nome de quem vai administrar")
    analisador.add_argument("--email", help="e-mail com que essa pessoa entra")
    analisador.add_argument("--senha-em", type=Path, metavar="ARQUIVO", help="arquivo cuja primeira linha é a senha")
    analisador.aceitar_pasta()
    return opcoes(analisador, argv)


def _faltam(opcao: Any) -> list[str]:
    faltam = [nome for nome in ("esfera", "orgao", "nome", "email") if getattr(opcao, nome) is None]
    if opcao.codigo is None and opcao.esfera != "uniao":
        faltam.insert(1 if "esfera" in faltam else 0, "codigo")
    return faltam if opcao.senha_em else [*faltam, "senha"]


def _instalar(opcao: Any) -> int:
    preparar_banco()
    from suas.cadastros.territorio.acoes import carregar_federacao
    from suas.nucleo.permissoes.ator import ATOR_PUBLICO
    from suas.nucleo.trilha.acoes import lacrar

    _recusar_demonstracao()
    carregar_federacao(por=ATOR_PUBLICO, em=timezone.now())
    if dona := _ja_instalada():
        diga(f"Já há uma instalação, de {dona}. Nada mudou. Para servi-la: ./redesuas servir")
        return 0
    pedido = _completar(opcao)
    _gravar(pedido)
    lacrar(em=timezone.now())  # a primeira cabeça já se pode guardar, antes de pôr no ar
    diga(f"Instalação de “{pedido.orgao}” pronta; {pedido.nome} administra, com o e-mail {pedido.email}.")
    if aviso := aviso_da_tranca():
        diga(f"Atenção: {aviso}")
    diga("Para servi-la: ./redesuas servir. Os três processos de produção estão em docs/operacao/processos.md.")
    return 0


def _recusar_demonstracao() -> None:
    from suas.nucleo.identidade import consultas

    atual = consultas.instalacao()
    if atual is not None and atual.demonstracao:
        raise Recusa(
            "este banco é o de uma demonstração, e demonstração não vira instalação de verdade. "
            "Escolha outra pasta com --dados PASTA, ou outro banco com DATABASE_URL."
        )


def _ja_instalada() -> str | None:
    from suas.nucleo.identidade import consultas

    atual = consultas.instalacao()
    return f"“{atual.orgao}” (abrangência {atual.abrangencia})" if atual else None


def _completar(opcao: Any) -> Pedido:
    """Junta as opções e as respostas. Resposta que não serve é perguntada de novo; opção que não serve recusa."""
    esfera = _obter("esfera", opcao.esfera, _conferir_esfera)
    codigo = "BR"
    if esfera != "uniao":
        codigo = _obter("codigo", opcao.codigo, lambda texto: conferir_codigo(esfera=esfera, texto=texto))
    elif opcao.codigo not in {None, "BR"}:
        raise Recusa(f"a União não tem código do IBGE; veio {opcao.codigo}. Retire --codigo ou mude --esfera.")
    orgao = _obter("orgao", opcao.orgao, lambda texto: _preenchido(texto, "o nome do órgão"))
    nome = _obter("nome", opcao.nome, lambda texto: _preenchido(texto, "o nome de quem vai administrar"))
    email = _obter("email", opcao.email, conferir_email)
    senha = ler_senha(opcao.senha_em, email=email, nome=nome)
    return Pedido(esfera=esfera, codigo=codigo, orgao=orgao, nome=nome, email=email, senha=senha)


def _obter(nome: str, opcao: str | None, conferir: Callable[[str], str]) -> str:
    if opcao is not None:
        return conferir(opcao.strip())
    while True:
        try:
            return conferir(input(f"{PERGUNTAS[nome]}: ").strip())
        except Recusa as recusa:
            diga(f"  {recusa}")
        except EOFError as fim:
            raise Recusa("a entrada terminou antes da resposta. Nada foi instalado.") from fim


def _preenchido(texto: str, o_que: str) -> str:
    if not texto:
        raise Recusa(f"informe {o_que}.")
    if len(texto) > 150:
        raise Recusa(f"informe {o_que} em até 150 caracteres; veio com {len(texto)}.")
    return texto


def _conferir_esfera(texto: str) -> str:
    if texto not in ESFERAS:
        raise Recusa(f"“{texto}” não é uma esfera; responda uniao, uf ou municipio.")
    return texto


def conferir_codigo(*, esfera: str, texto: str) -> str:
    """O código da UF (aceita a sigla) ou do município existente; `Recusa` quando não existe."""
    from suas.cadastros.territorio.models import Municipio

    if esfera == "uf":
        if uf := UF_POR_SIGLA.get(texto.upper()):
            return uf.codigo
        if texto in {uf.codigo for uf in UFS}:
            return texto
        raise Recusa(f"“{texto}” não é código nem sigla de UF; use como 32 ou ES.")
    if not Municipio.objects.filter(codigo_ibge=texto).exists():
        raise Recusa(f"“{texto}” não é código de município; ele tem 7 algarismos, como 3205309.")
    return texto


def conferir_email(texto: str) -> str:
    """Um e-mail com forma de e-mail e que não seja entrada da demonstração; senão, `Recusa`."""
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from demonstracao.pessoas import ENTRADAS

    try:
        validate_email(texto)
    except ValidationError as erro:
        raise Recusa(f"“{texto}” não é um e-mail; use como nome@orgao.gov.br.") from erro
    if texto.lower() in {entrada.email for entrada in ENTRADAS}:
        raise Recusa(f"{texto} é entrada da demonstração e não vale em instalação de verdade; use outro e-mail.")
    return texto.lower()


def conferir_senha(texto: str, *, email: str, nome: str) -> str:
    """Uma senha que a instalação aceita; senão, `Recusa` com todos os motivos."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from demonstracao.pessoas import SENHA
    from suas.nucleo.identidade.models import Pessoa

    if texto == SENHA:
        raise Recusa("esta é a senha da demonstração, que todos conhecem; escolha outra.")
    try:
        validate_password(texto, Pessoa(email=email, nome=nome))
    except ValidationError as erro:
        raise Recusa(f"a senha não serve. {' '.join(erro.messages)}") from erro
    return texto


def ler_senha(arquivo: Path | None, *, email: str, nome: str) -> str:
    """A senha do arquivo ou, sem ele, perguntada duas vezes; `Recusa` se a do arquivo não serve."""
    if arquivo is not None:
        try:
            linhas = arquivo.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as erro:
            raise Recusa(f"não foi possível ler a senha em {arquivo}. Confira se o arquivo existe.") from erro
        return conferir_senha(linhas[0] if linhas else "", email=email, nome=nome)
    while True:
        try:
            senha = conferir_senha(getpass.getpass(f"{PERGUNTAS['senha']}: "), email=email, nome=nome)
        except Recusa as recusa:
            diga(f"  {recusa}")
            continue
        if getpass.getpass("Repita a senha: ") == senha:
            return senha
        diga("  As duas não são iguais; digite de novo.")


@transaction.atomic
def _gravar(pedido: Pedido) -> None:
    """De quem é a instalação, quem a administra e com que papel: tudo ou nada."""
    from suas.nucleo.identidade.acoes import pessoas, vinculos
    from suas.nucleo.permissoes.ator import ATOR_PUBLICO
    from suas.nucleo.permissoes.papeis import ADMINISTRACAO_FEDERAL, GESTAO_ESTADUAL, GESTAO_MUNICIPAL

    papel = {"uniao": ADMINISTRACAO_FEDERAL, "uf": GESTAO_ESTADUAL, "municipio": GESTAO_MUNICIPAL}[pedido.esfera]
    agora = timezone.now()
    pessoas.criar_instalacao(
        orgao=pedido.orgao, abrangencia=pedido.codigo, demonstracao=False, por=ATOR_PUBLICO, em=agora
    )
    pessoa = pessoas.criar_pessoa(email=pedido.email, nome=pedido.nome, senha=pedido.senha, por=ATOR_PUBLICO, em=agora)
    vinculos.vincular(
        pessoa=pessoa,
        papel=papel,
        abrangencia=pedido.codigo,
        orgao=pedido.orgao,
        desde=timezone.localtime(agora).date(),
        por=ATOR_PUBLICO,
        em=agora,
    )
