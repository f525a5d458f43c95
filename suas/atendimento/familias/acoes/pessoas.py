"""As pessoas atendidas: entrar no registro e mudar os dados, sem que ninguém entre duas vezes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from suas.atendimento.familias import fonetica
from suas.atendimento.familias.consultas import busca
from suas.atendimento.familias.models import Integrante, PalavraDoNome, PessoaAtendida
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado, MudouNoMeioTempo
from suas.nucleo.trilha.acoes import registrar

IDADE_QUE_SE_CONFERE = 120
JA_HA = "Já há no município alguém com este CPF ou NIS. Procure pelo número e abra o registro que existe."


@dataclass(frozen=True, kw_only=True)
class Dados:
    """Quem é a pessoa. `cpf` e `nis`: só algarismos, conferidos, ou vazio."""

    nome: str
    nome_social: str = ""
    apelido: str = ""
    nome_da_mae: str = ""
    cpf: str = ""
    nis: str = ""
    nascimento: date | None = None
    sexo: str = ""
    deficiencia: bool | None = None


class TalvezSejaAMesma(AtoRecusado):
    """Há no município quem pode ser a mesma pessoa: `parecidas` diz quem.

    Confirmar que é outra segue adiante, salvo com `campo`: é a dona do número que ele diz.
    """

    def __init__(self, mensagem: str, *, parecidas: list[PessoaAtendida], campo: str | None = None) -> None:
        super().__init__(mensagem, campo=campo)
        self.parecidas = parecidas


@transaction.atomic
def criar(
    *,
    dados: Dados,
    municipio: str,
    e_outra: bool,
    por: Ator,
    em: datetime,
    hoje: date,
    chave: UUID | None = None,
    sintetica: bool = False,
) -> PessoaAtendida:
    """Registra a pessoa no município. `e_outra`: quem registra conferiu que não é nenhuma das parecidas.

    Erros: `AtoRecusado` quando o CPF ou o NIS já está no município; `TalvezSejaAMesma`.
    """
    _conferir_nascimento(dados.nascimento, hoje=hoje)
    for campo, numero in _documentos(dados):
        if (dona := _dono(municipio, campo, numero)) is not None:
            raise TalvezSejaAMesma(JA_HA, parecidas=[dona], campo=campo)
    if not e_outra and (
        parecidas := busca.parecidas(municipio=municipio, nome=dados.nome, nascimento=dados.nascimento)
    ):
        raise TalvezSejaAMesma("Talvez esta pessoa já esteja registrada.", parecidas=parecidas)
    pessoa = PessoaAtendida(
        abrangencia=municipio, criada_em=em, mudada_em=em, sintetica=sintetica, **_para_guardar(dados)
    )
    if chave is not None:
        pessoa.pk = chave
    _gravar(pessoa, force_insert=True)
    _guardar_palavras(pessoa)
    registrar(ato="familias.registrar_pessoa", objeto=pessoa, por=por, em=em)
    return pessoa


@transaction.atomic
def atualizar(
    *, pessoa: PessoaAtendida, dados: Dados, versao: int, por: Ator, em: datetime, hoje: date
) -> PessoaAtendida:
    """Muda os dados. `versao` é a que a tela mostrava. Erros: `MudouNoMeioTempo`, `AtoRecusado`."""
    atual = PessoaAtendida.objects.select_for_update(of=("self",)).get(pk=pessoa.pk)
    if atual.versao != versao:
        raise MudouNoMeioTempo("Outra pessoa gravou este registro depois que você o abriu. Compare e envie de novo.")
    _conferir_nascimento(dados.nascimento, hoje=hoje)
    for campo, numero in _documentos(dados):
        outra = _dono(atual.abrangencia, campo, numero)
        if outra is not None and outra.pk != atual.pk:
            raise AtoRecusado("Este número já é de outra pessoa do município. Confira com o documento.", campo=campo)
    for campo, valor in _para_guardar(dados).items():
        setattr(atual, campo, valor)
    atual.mudada_em, atual.versao = em, versao + 1
    _gravar(atual)
    _guardar_palavras(atual)
    registrar(ato="familias.atualizar_pessoa", objeto=atual, por=por, em=em)
    return atual


@transaction.atomic
def mudar_campo(
    *, pessoa: PessoaAtendida, campo: str, valor: object, por: Ator, em: datetime, hoje: date
) -> PessoaAtendida:
    """Muda um dado só, como está agora. Erros: os de `atualizar`."""
    atual = PessoaAtendida.objects.select_for_update(of=("self",)).get(pk=pessoa.pk)
    guardados = {nome: getattr(atual, nome) for nome in Dados.__dataclass_fields__} | {campo: valor}
    dados = Dados(**guardados | {"cpf": guardados["cpf"] or "", "nis": guardados["nis"] or ""})
    return atualizar(pessoa=atual, dados=dados, versao=atual.versao, por=por, em=em, hoje=hoje)


def exigir_sem_familia(pessoa: PessoaAtendida) -> None:
    """`AtoRecusado` se a pessoa está na composição de alguma família. Até o fim da transação, nenhuma outra a leva."""
    PessoaAtendida.objects.select_for_update(of=("self",)).get(pk=pessoa.pk)
    if Integrante.objects.filter(pessoa=pessoa, ate__isnull=True).exists():
        raise AtoRecusado("Esta pessoa está na composição de outra família. Registre antes a saída dela de lá.")


def por_na_busca(pessoa: PessoaAtendida) -> None:
    """Faz a pessoa se achar pelo nome: quem saiu da busca com uma família anulada volta a ela."""
    _guardar_palavras(pessoa)


def _documentos(dados: Dados) -> tuple[tuple[str, str], ...]:
    return ("cpf", dados.cpf), ("nis", dados.nis)


def _dono(municipio: str, campo: str, numero: str) -> PessoaAtendida | None:
    return busca.mesmo_documento(municipio=municipio, **{"cpf": None, "nis": None} | {campo: numero})


def _gravar(pessoa: PessoaAtendida, *, force_insert: bool = False) -> None:
    """Se outra janela gravou o mesmo número depois da conferência, o banco recusa, e a recusa se diz em palavras."""
    try:
        with transaction.atomic():
            pessoa.save(force_insert=force_insert)
    except IntegrityError as erro:
        raise AtoRecusado(JA_HA, campo="cpf" if pessoa.cpf else "nis") from erro


def _conferir_nascimento(nascimento: date | None, *, hoje: date) -> None:
    if nascimento is None:
        return
    if nascimento > hoje:
        raise AtoRecusado(f"O nascimento, {nascimento:%d/%m/%Y}, ainda não chegou. Confira o ano.", campo="nascimento")
    if hoje.year - nascimento.year > IDADE_QUE_SE_CONFERE:
        raise AtoRecusado(
            f"Nascida em {nascimento:%d/%m/%Y}, a pessoa teria {hoje.year - nascimento.year} anos. Confira o ano.",
            campo="nascimento",
        )


def _para_guardar(dados: Dados) -> dict[str, object]:
    limpos = {campo: valor.strip() if isinstance(valor, str) else valor for campo, valor in asdict(dados).items()}
    # o vazio não é um documento: nulo não se repete no índice único
    return limpos | {"cpf": dados.cpf or None, "nis": dados.nis or None}


def _guardar_palavras(pessoa: PessoaAtendida) -> None:
    PalavraDoNome.objects.filter(pessoa=pessoa).delete()
    PalavraDoNome.objects.bulk_create(palavras_de(pessoa))


def palavras_de(pessoa: PessoaAtendida) -> list[PalavraDoNome]:
    """As linhas de busca do nome, do nome social e do apelido."""
    todas = dict.fromkeys(fonetica.palavras(f"{pessoa.nome} {pessoa.nome_social} {pessoa.apelido}"))
    return [
        PalavraDoNome(
            pessoa=pessoa, abrangencia=pessoa.abrangencia, palavra=palavra[:60], som=fonetica.som(palavra)[:60]
        )
        for palavra in todas
    ]
