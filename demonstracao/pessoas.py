"""Quem entra na demonstração: uma pessoa inventada por papel, no país, no Espírito Santo e em Vitória."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from demonstracao.invencao import dia_de
from suas.nucleo.identidade import casas
from suas.nucleo.identidade.acoes import pessoas, vinculos
from suas.nucleo.identidade.casas import Casa
from suas.nucleo.identidade.models import Pessoa, Vinculo
from suas.nucleo.permissoes import papeis
from suas.nucleo.permissoes.abrangencia import contem, esfera_de
from suas.nucleo.permissoes.ator import ATOR_PUBLICO, Ator
from suas.nucleo.permissoes.papeis import Papel

SENHA = "demonstracao-suas"
#: O nome da conta (o que vem antes do @) -> quem age por ela, pelo primeiro vínculo que tem.
Quem = Callable[[str], Ator]
VINCULADAS_DESDE = date(2026, 1, 1)
BR, ES, VITORIA = "BR", "32", "3205309"
#: As primeiras que se experimentam; as outras estão em docs/manual/README.md.
PRINCIPAIS = 4


@dataclass(frozen=True, kw_only=True)
class Entrada:
    """Uma entrada da demonstração. O domínio `.example` não existe: nenhum aviso sai para ninguém."""

    email: str
    nome: str
    papel: Papel
    abrangencia: str
    orgao: str
    o_que_faz: str
    area: str = ""


def _entrada(
    conta: str, nome: str, papel: Papel, abrangencia: str, orgao: str, o_que_faz: str, area: str = ""
) -> Entrada:
    return Entrada(
        email=f"{conta}@redesuas.example",
        nome=f"{nome} Demonstração",
        papel=papel,
        abrangencia=abrangencia,
        orgao=orgao,
        o_que_faz=o_que_faz,
        area=area,
    )


_CMAS = "Conselho Municipal de Assistência Social de Vitória/ES"
_GESTAO = "Secretaria municipal, Vitória/ES"
#: A unidade e a entidade em que se age, pelo nome que têm no cadastro: o vínculo leva o número delas.
CRAS = "CRAS Jequitibá"
ENTIDADE = "Associação Beija-Flor"
ENTRADAS = (
    _entrada(
        "federal",
        "Ana",
        papeis.ADMINISTRACAO_FEDERAL,
        BR,
        "Órgão gestor federal",
        "conduz a partilha nacional, nomeia titulares, cuida da instalação",
    ),
    _entrada(
        "estadual",
        "Bruno",
        papeis.GESTAO_ESTADUAL,
        ES,
        "Secretaria estadual, Espírito Santo",
        "conduz a partilha estadual, nomeia a equipe e os titulares dos 78 municípios",
    ),
    _entrada(
        "municipal",
        "Clara",
        papeis.GESTAO_MUNICIPAL,
        VITORIA,
        _GESTAO,
        "lê a memória de Vitória, nomeia a equipe, passa a titularidade",
    ),
    _entrada(
        "conselho",
        "Davi",
        papeis.CONSELHEIRO,
        BR,
        "Conselho Nacional de Assistência Social",
        "tem dois vínculos: examina a partilha nacional e preside o conselho de Vitória",
    ),
    _entrada(
        "gerencia", "Elisa", papeis.GERENCIA_ESTADUAL, ES, "Secretaria estadual", "acompanha os municípios", "gpsb"
    ),
    _entrada("vigilancia.es", "Fábio", papeis.VIGILANCIA_ESTADUAL, ES, "Secretaria estadual", "cuida dos indicadores"),
    _entrada("adjunto", "Gilda", papeis.GESTAO_MUNICIPAL_ADJUNTO, VITORIA, _GESTAO, "nomeia a equipe do município"),
    _entrada("vigilancia", "Hugo", papeis.VIGILANCIA_MUNICIPAL, VITORIA, _GESTAO, "explica os números de Vitória"),
    _entrada("coordenacao", "Inês", papeis.COORDENACAO_UNIDADE, VITORIA, CRAS, "coordena a unidade"),
    _entrada("tecnica", "Joana", papeis.TECNICO_SUPERIOR, VITORIA, CRAS, "equipe de referência, nível superior"),
    _entrada("orientador", "Kaio", papeis.TECNICO_MEDIO, VITORIA, CRAS, "equipe de referência, nível médio"),
    _entrada("recepcao", "Lúcia", papeis.RECEPCAO, VITORIA, CRAS, "recebe quem chega"),
    _entrada("entrevistador", "Mauro", papeis.ENTREVISTADOR, VITORIA, CRAS, "entrevista para o Cadastro Único"),
    _entrada(
        "fundo", "Nair", papeis.GESTOR_FUNDO, VITORIA, "Fundo Municipal de Assistência Social", "examina partilhas"
    ),
    _entrada(
        "contador", "Otávio", papeis.CONTADOR, VITORIA, "Fundo Municipal de Assistência Social", "examina partilhas"
    ),
    _entrada("presidencia", "Paula", papeis.PRESIDENCIA_CONSELHO, ES, "CEAS do Espírito Santo", "nomeia conselheiros"),
    _entrada("secretaria", "Quésia", papeis.SECRETARIA_CONSELHO, VITORIA, _CMAS, "nomeia conselheiros"),
    _entrada("conselheira", "Rita", papeis.CONSELHEIRO, VITORIA, _CMAS, "examina as partilhas do município"),
    _entrada("entidade", "Sílvio", papeis.ENTIDADE, VITORIA, ENTIDADE, "representa a entidade"),
    _entrada("cib", "Tânia", papeis.SECRETARIA_CIB, ES, "CIB do Espírito Santo", "examina o que a CIB pactua"),
    _entrada(
        "cit", "Ugo", papeis.SECRETARIA_CIT, BR, "Comissão Intergestores Tripartite", "examina o que a CIT pactua"
    ),
    _entrada("auditoria", "Vera", papeis.AUDITORIA, BR, "Órgão de controle (fictício)", "lê a trilha e os acessos"),
    _entrada("ouvidoria", "Wilson", papeis.OUVIDORIA, VITORIA, "Ouvidoria do SUAS, Vitória/ES", "registro de dados"),
)
#: Segundos vínculos: a mesma pessoa age por um de cada vez.
OUTROS_VINCULOS = (
    _entrada("conselho", "Davi", papeis.PRESIDENCIA_CONSELHO, VITORIA, _CMAS, "preside e nomeia"),
    _entrada("tecnica", "Joana", papeis.CONSELHEIRO, VITORIA, _CMAS, "conselheira, além de técnica"),
)


def criar_entradas(*, em: datetime) -> None:
    """Cria as pessoas e os vínculos que faltarem; quem já existe fica como está.

    Quem age numa unidade ou entidade que ainda não está no cadastro fica para quando estiver: chama-se de novo.
    """
    existentes = set(Pessoa.objects.values_list("email", flat=True))
    faltam = [entrada for entrada in ENTRADAS if entrada.email not in existentes and _tem_onde(entrada)]
    codificada = make_password(SENHA) if faltam else ""
    for entrada in faltam:
        pessoa = pessoas.criar_pessoa(
            email=entrada.email,
            nome=entrada.nome,
            senha=SENHA,
            codificada=codificada,
            de_demonstracao=True,
            por=ATOR_PUBLICO,
            em=em,
        )
        suas = [entrada, *(outra for outra in OUTROS_VINCULOS if outra.email == entrada.email)]
        for uma in suas:
            _vincular(pessoa, uma, em=em)


def dar_casas(*, quem: Quem, em: datetime) -> None:
    """Na demonstração carregada antes de haver unidades, o vínculo sem a sua passa a tê-la."""
    sem_casa = Vinculo.objects.filter(pessoa__de_demonstracao=True, unidade=None, ate=None)
    for entrada in ENTRADAS:
        casa = _casa(entrada)
        vinculo = sem_casa.filter(pessoa__email=entrada.email, papel_codigo=entrada.papel.codigo).first()
        if casa is not None and vinculo is not None:
            vinculos.mudar(
                vinculo=vinculo,
                area="",
                orgao=casa.nome,
                unidade=casa.id,
                dia=dia_de(em),
                por=quem("municipal"),
                em=em,
                hoje=dia_de(em),
            )


def _tem_onde(entrada: Entrada) -> bool:
    return not entrada.papel.casa or _casa(entrada) is not None


def _casa(entrada: Entrada) -> Casa | None:
    """A unidade ou entidade da entrada, se o papel age numa e ela está no cadastro."""
    if not entrada.papel.casa:
        return None
    do_municipio = casas.achar(entrada.orgao, municipio=entrada.abrangencia)
    return next((casa for casa in do_municipio if casa.nome == entrada.orgao), None)


def _vincular(pessoa: Pessoa, entrada: Entrada, *, em: datetime) -> Vinculo:
    casa = _casa(entrada)
    return vinculos.vincular(
        pessoa=pessoa,
        papel=entrada.papel,
        abrangencia=entrada.abrangencia,
        area=entrada.area,
        orgao=entrada.orgao,
        unidade=casa.id if casa else None,
        desde=VINCULADAS_DESDE,
        delegado_por=_quem_delegou(entrada),
        por=ATOR_PUBLICO,
        em=em,
    )


def _quem_delegou(entrada: Entrada) -> Vinculo | None:
    """O vínculo já criado que dá este papel ali; nenhum, para o que só quem opera o servidor dá."""
    for vinculo in Vinculo.objects.filter(pessoa__de_demonstracao=True, ate=None).order_by("-abrangencia"):
        dentro = contem(vinculo.abrangencia, entrada.abrangencia)
        if dentro and vinculo.papel.pode_nomear(entrada.papel.codigo, esfera_de(entrada.abrangencia)):
            return vinculo
    return None
