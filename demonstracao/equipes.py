"""Quem trabalha na rede inventada: a equipe que a norma pede à unidade, ora completa, ora com vagas.

Os números saem de `normas.trabalho`; as pessoas são inventadas, salvo as que entram na demonstração.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from demonstracao.invencao import acaso, cpf, dia_de, dia_entre, identificador, nome_de_gente
from demonstracao.pessoas import CRAS, ES, VITORIA
from normas.parametros.leitura import parametro
from normas.territorio.porte import Porte
from normas.trabalho.funcoes import FuncaoDeReferencia as Funcao
from normas.trabalho.trabalhador import FuncaoNaUnidade, TipoDeVinculo
from suas.cadastros.rede.models import Unidade
from suas.cadastros.territorio.consultas import anos_com_populacao, portes_de
from suas.cadastros.territorio.models import Municipio
from suas.cadastros.trabalhadores.acoes import carga
from suas.cadastros.trabalhadores.consultas.bases import calcular
from suas.cadastros.trabalhadores.listas import CONSELHOS, Orgao, Servico
from suas.cadastros.trabalhadores.models import BaseDaEquipe, Lotacao, QuemAtende, Trabalhador
from suas.nucleo.identidade.models import Pessoa
from suas.nucleo.permissoes.ator import Ator

Tipo, Na, Vinculo = Unidade.Tipo, FuncaoNaUnidade, TipoDeVinculo
#: Das unidades, quantas têm a equipe inteira; nas outras, cada lugar está ocupado com esta chance.
EQUIPE_INTEIRA, LUGAR_OCUPADO = 0.4, 0.8
#: Os cargos do CRAS de quem entra que estão vagos, e quem entra em cada um dos outros.
VAGOS_NO_CRAS_DE_QUEM_ENTRA = (Funcao.PSICOLOGO, Funcao.TECNICO_MEDIO)
QUEM_ENTRA = {
    Funcao.COORDENADOR: ("coordenacao",),
    Funcao.ASSISTENTE_SOCIAL: ("tecnica",),
    Funcao.TECNICO_MEDIO: ("orientador", "entrevistador"),
    Funcao.AUXILIAR_ADMINISTRATIVO: ("recepcao",),
}
#: As duas unidades de Vitória em que a mesma pessoa soma mais horas do que a jornada.
DAS_DUAS_UNIDADES = (f"{VITORIA}:CRAS Aroeira", f"{VITORIA}:CREAS Jacarandá")
HORAS_NAS_DUAS = (40, 20)
#: As funções essenciais que alguém exerce no órgão gestor de Vitória e no do estado; nos outros sorteiam-se.
DA_GESTAO = {
    VITORIA: (
        "gestao_do_sistema",
        "coordenacao_psb",
        "coordenacao_pse",
        "gerenciamento_do_fundo",
        "gestao_do_trabalho",
    ),
    ES: ("gestao_do_sistema", "coordenacao_psb", "coordenacao_pse", "assessoria_aos_municipios"),
}
#: A equipe psicossocial do órgão gestor de Vitória, menor do que a norma pede para as vagas de acolhimento.
PSICOSSOCIAL = (Funcao.ASSISTENTE_SOCIAL, Funcao.ASSISTENTE_SOCIAL, Funcao.PSICOLOGO)
_ENTRARAM = (date(2015, 2, 2), date(2026, 2, 2))
_SUPERIOR, _MEDIO, _FUNDAMENTAL = "superior_completo", "medio_completo", "fundamental_completo"
#: A função na unidade, as profissões que servem, a escolaridade e as horas por semana.
_PERFIS: dict[Funcao, tuple[FuncaoNaUnidade, tuple[str, ...], str, int]] = {
    Funcao.COORDENADOR: (Na.COORDENADOR, ("assistente_social", "psicologo", "pedagogo"), _SUPERIOR, 40),
    Funcao.ASSISTENTE_SOCIAL: (Na.TECNICO_SUPERIOR, ("assistente_social",), _SUPERIOR, 30),
    Funcao.PSICOLOGO: (Na.TECNICO_SUPERIOR, ("psicologo",), _SUPERIOR, 30),
    Funcao.ADVOGADO: (Na.TECNICO_SUPERIOR, ("advogado",), _SUPERIOR, 20),
    Funcao.PROFISSIONAL_SUAS: (Na.TECNICO_SUPERIOR, ("pedagogo", "sociologo"), _SUPERIOR, 40),
    Funcao.TECNICO_MEDIO: (Na.TECNICO_MEDIO, ("nivel_medio",), _MEDIO, 40),
    Funcao.ABORDAGEM: (Na.EDUCADOR_SOCIAL, ("nivel_medio",), _MEDIO, 40),
    Funcao.AUXILIAR_ADMINISTRATIVO: (Na.APOIO_ADMINISTRATIVO, ("nivel_medio",), _MEDIO, 40),
    Funcao.CUIDADOR: (Na.CUIDADOR, ("nivel_medio",), _MEDIO, 36),
    Funcao.AUXILIAR_DE_CUIDADOR: (Na.AUXILIAR_DE_CUIDADOR, ("sem_formacao",), _FUNDAMENTAL, 36),
}
#: Quem há numa unidade para a qual a norma não tem tabela.
_SEM_TABELA = (Funcao.COORDENADOR, Funcao.ASSISTENTE_SOCIAL, Funcao.TECNICO_MEDIO, Funcao.AUXILIAR_ADMINISTRATIVO)
_SERVICO = {
    Tipo.CRAS: Servico.PAIF,
    Tipo.CREAS: Servico.PAEFI,
    Tipo.CREAS_REGIONAL: Servico.PAEFI,
    Tipo.CENTRO_POP: Servico.PSE_POP_RUA,
    Tipo.ACOLHIMENTO: Servico.ACOLHIMENTO,
    Tipo.CENTRO_CONVIVENCIA: Servico.SCFV,
    Tipo.CENTRO_DIA: Servico.PSE_PCD_IDOSOS,
    Tipo.POSTO_CADUNICO: Servico.CADUNICO,
}
_VINCULOS = (Vinculo.ESTATUTARIO, Vinculo.EMPREGADO_PUBLICO, Vinculo.TEMPORARIO, Vinculo.COMISSIONADO)


@dataclass(kw_only=True)
class Quadro:
    """O que se inventou, antes de gravar."""

    trabalhadores: list[Trabalhador] = field(default_factory=list)
    lotacoes: list[Lotacao] = field(default_factory=list)
    bases: list[BaseDaEquipe] = field(default_factory=list)
    mostram: list[QuemAtende] = field(default_factory=list)


def criar(*, por: Ator, em: datetime) -> int:
    """Grava o quadro do estado, se ainda não há um inventado; devolve quantas pessoas.

    O que alguém já disse da equipe de uma unidade fica como a pessoa o deixou.
    """
    if Trabalhador.objects.filter(sintetico=True).exists():
        return 0
    quadro = inventar(em=em)
    ditas = set(BaseDaEquipe.objects.values_list("unidade_id", flat=True))
    mostradas = set(QuemAtende.objects.values_list("unidade_id", flat=True))
    carga.carregar(
        trabalhadores=quadro.trabalhadores,
        lotacoes=quadro.lotacoes,
        bases=[base for base in quadro.bases if base.unidade_id not in ditas],
        mostram=[mostra for mostra in quadro.mostram if mostra.unidade_id not in mostradas],
        por=por,
        em=em,
        motivo="Demonstração",
    )
    return len(quadro.trabalhadores)


def inventar(*, em: datetime) -> Quadro:
    """O quadro inteiro, sem gravar; o mesmo `em` e a mesma rede dão sempre o mesmo."""
    quadro, portes = Quadro(), portes_de(max(anos_com_populacao()))
    unidades = Unidade.objects.filter(sintetica=True, municipio__uf_id=ES, fechada_em__isnull=True)
    # a repetida não tem identificador, nem gente: quem trabalha ali está na outra
    por_lugar = {
        f"{u.municipio_id}:{u.nome}": u for u in unidades.exclude(identificador=None).order_by("identificador")
    }
    for unidade in por_lugar.values():
        _da_unidade(quadro, unidade, porte=portes[unidade.municipio_id], em=em)
    if por_lugar.keys() >= set(DAS_DUAS_UNIDADES):
        _nas_duas(quadro, [por_lugar[lugar] for lugar in DAS_DUAS_UNIDADES])
    municipios = Municipio.objects.filter(uf_id=ES, ate_ano__isnull=True).order_by("codigo_ibge")
    for abrangencia in (ES, *municipios.values_list("codigo_ibge", flat=True)):
        _na_gestao(quadro, abrangencia, em=em)
    for funcao in PSICOSSOCIAL:
        _no_orgao_gestor(quadro, VITORIA, funcao, servico=Servico.ACOLHIMENTO)
    _ligar_quem_entra(quadro.trabalhadores)
    return quadro


def _da_unidade(quadro: Quadro, unidade: Unidade, *, porte: Porte, em: datetime) -> None:
    base = _base(unidade, em=em)
    if base is not None:
        quadro.bases.append(base)
    sorte = acaso("equipe", unidade.pk)
    de_quem_entra = unidade.municipio_id == VITORIA and unidade.nome == CRAS
    for funcao, ordem in _lugares(unidade, base=base, porte=porte, sorte=sorte, de_quem_entra=de_quem_entra, em=em):
        entra = QUEM_ENTRA.get(funcao, ())[ordem : ordem + 1] if de_quem_entra else ()
        pessoa = _pessoa(quadro, funcao, "unidade", unidade.pk, funcao, ordem, municipio=unidade.municipio_id)
        pessoa.email = f"{entra[0]}@redesuas.example" if entra else ""
        _lotar(quadro, pessoa, funcao, unidade=unidade, desde=dia_entre(sorte, *_ENTRARAM))
        if sorte.random() < 0.05:
            _quem_saiu(quadro, funcao, unidade, ordem=ordem, em=em)
    if de_quem_entra or sorte.random() < 0.2:
        quadro.mostram.append(QuemAtende(unidade=unidade, ligado_em=em))


def _base(unidade: Unidade, *, em: datetime) -> BaseDaEquipe | None:
    """Os números da equipe que o cadastro da rede não tem."""
    if unidade.tipo == Tipo.ACOLHIMENTO:
        return BaseDaEquipe(unidade=unidade, tabela=BaseDaEquipe.Tabela.PEQUENOS_GRUPOS, turnos=3, mudada_em=em)
    if unidade.tipo in {Tipo.CREAS, Tipo.CREAS_REGIONAL}:
        plena = (unidade.capacidade or 0) > 50
        gestao = BaseDaEquipe.Gestao.PLENA if plena else BaseDaEquipe.Gestao.BASICA
        return BaseDaEquipe(unidade=unidade, gestao=gestao, mudada_em=em)
    return None


def _lugares(
    unidade: Unidade, *, base: BaseDaEquipe | None, porte: Porte, sorte: Random, de_quem_entra: bool, em: datetime
) -> Iterator[tuple[Funcao, int]]:
    """Os lugares ocupados da equipe: a função e a ordem nela."""
    equipe = calcular(unidade, base=base, porte=porte, em=dia_de(em)).equipe
    pedidas = [(f.funcao, f.quantidade) for f in equipe.funcoes] if equipe else [(f, 1) for f in _SEM_TABELA]
    inteira = sorte.random() < EQUIPE_INTEIRA
    for funcao, quantos in pedidas:
        vagos = VAGOS_NO_CRAS_DE_QUEM_ENTRA.count(funcao)
        for ordem in range(quantos - vagos if de_quem_entra else quantos):
            if de_quem_entra or inteira or sorte.random() < LUGAR_OCUPADO:
                yield funcao, ordem
    if de_quem_entra:
        yield Funcao.AUXILIAR_ADMINISTRATIVO, 0


def _pessoa(quadro: Quadro, funcao: Funcao, *do_que: object, municipio: str) -> Trabalhador:
    """Alguém novo no quadro, com a formação que a função pede."""
    sorte = acaso("gente", *do_que)
    _, profissoes, escolaridade, _ = _PERFIS[funcao]
    profissao = sorte.choice(profissoes)
    com_registro = profissao in CONSELHOS
    pessoa = Trabalhador(
        id=identificador("trabalhador", *do_que),
        cpf=cpf(len(quadro.trabalhadores)),
        nome=nome_de_gente(sorte),
        nascimento=dia_entre(sorte, date(1962, 1, 1), date(2001, 12, 31)),
        escolaridade=escolaridade,
        profissao=profissao,
        registro_numero=str(sorte.randrange(90_000, 100_000)) if com_registro else "",
        registro_uf="ES" if com_registro else "",
        abrangencia=municipio,
        sintetico=True,
    )
    quadro.trabalhadores.append(pessoa)
    return pessoa


def _lotar(
    quadro: Quadro,
    pessoa: Trabalhador,
    funcao: Funcao,
    *,
    unidade: Unidade,
    desde: date,
    ate: date | None = None,
    horas: int | None = None,
) -> None:
    na_unidade, _, _, de_costume = _PERFIS[funcao]
    sorte = acaso("lotacao", pessoa.pk, unidade.pk)
    coordena = na_unidade is Na.COORDENADOR
    vinculo = sorte.choices(_VINCULOS, (3, 1, 0, 4) if coordena else (5, 1, 4, 0))[0]
    if unidade.natureza == Unidade.Natureza.PRIVADA:
        vinculo = Vinculo.PRESTADORA
    quadro.lotacoes.append(
        Lotacao(
            id=identificador("lotacao", pessoa.pk, unidade.pk),
            trabalhador=pessoa,
            abrangencia=unidade.municipio_id,
            unidade=unidade,
            funcao=na_unidade,
            servico=Servico.GESTAO if coordena else _SERVICO[Tipo(unidade.tipo)],
            vinculo_de_trabalho=vinculo,
            carga_horaria=horas or de_costume,
            desde=max(desde, unidade.aberta_em or desde),
            ate=ate,
            motivo_da_saida="Fim do contrato" if ate else "",
            sintetica=True,
        )
    )


def _quem_saiu(quadro: Quadro, funcao: Funcao, unidade: Unidade, *, ordem: int, em: datetime) -> None:
    """Alguém que já esteve no lugar e saiu: a história do quadro."""
    pessoa = _pessoa(quadro, funcao, "saiu", unidade.pk, funcao, ordem, municipio=unidade.municipio_id)
    saida = dia_de(em) - timedelta(days=90)
    _lotar(quadro, pessoa, funcao, unidade=unidade, desde=saida - timedelta(days=700), ate=saida)


def _nas_duas(quadro: Quadro, unidades: list[Unidade]) -> None:
    """Uma pessoa em duas unidades, com mais horas do que a jornada."""
    pessoa = _pessoa(quadro, Funcao.PSICOLOGO, "nas duas", municipio=VITORIA)
    for unidade, horas in zip(unidades, HORAS_NAS_DUAS, strict=True):
        _lotar(quadro, pessoa, Funcao.PSICOLOGO, unidade=unidade, desde=date(2024, 3, 1), horas=horas)


def _na_gestao(quadro: Quadro, abrangencia: str, *, em: datetime) -> None:
    """Quem exerce as funções essenciais no órgão gestor; a da gestão, onde alguém entra por ela, é dessa pessoa."""
    titular = {VITORIA: "municipal", ES: "estadual"}.get(abrangencia)
    todas = parametro("trabalho.funcoes_essenciais", em=dia_de(em)).conteudo["MUNICIPAL"]
    sorte = acaso("gestao", abrangencia)
    sorteadas = {"gestao_do_sistema", *sorte.sample(list(todas), sorte.randrange(2, 8))}
    for essencial in DA_GESTAO.get(abrangencia) or [codigo for codigo in todas if codigo in sorteadas]:
        pessoa = _no_orgao_gestor(quadro, abrangencia, Funcao.COORDENADOR, servico=Servico.GESTAO, essencial=essencial)
        if titular and essencial == "gestao_do_sistema":
            pessoa.email = f"{titular}@redesuas.example"


def _no_orgao_gestor(
    quadro: Quadro, abrangencia: str, funcao: Funcao, *, servico: Servico, essencial: str = ""
) -> Trabalhador:
    ordem = len(quadro.lotacoes)
    pessoa = _pessoa(quadro, funcao, "gestao", abrangencia, essencial or ordem, municipio=abrangencia)
    quadro.lotacoes.append(
        Lotacao(
            id=identificador("lotacao", pessoa.pk),
            trabalhador=pessoa,
            abrangencia=abrangencia,
            orgao=Orgao.ORGAO_GESTOR,
            funcao=Na.OUTROS if essencial else _PERFIS[funcao][0],
            funcao_essencial=essencial,
            servico=servico,
            vinculo_de_trabalho=Vinculo.COMISSIONADO if essencial == "gestao_do_sistema" else Vinculo.ESTATUTARIO,
            carga_horaria=40 if essencial else _PERFIS[funcao][3],
            desde=date(2025, 1, 2),
            sintetica=True,
        )
    )
    return pessoa


def _ligar_quem_entra(trabalhadores: list[Trabalhador]) -> None:
    """Quem entra na demonstração e trabalha é a mesma pessoa nos dois cadastros."""
    com_correio = {t.email: t for t in trabalhadores if t.email}
    for pessoa in Pessoa.objects.filter(email__in=com_correio):
        trabalhador = com_correio[pessoa.email]
        trabalhador.nome, trabalhador.pessoa = pessoa.nome, pessoa
