"""A rede inventada do Espírito Santo: as unidades de cada município, o que ofertam e quem atendem.

Os CRAS são o mínimo da norma para o porte, salvo em `CRAS_FORA_DO_MINIMO`; os CREAS, os Centros POP e os acolhimentos
crescem com o porte. Nada daqui descreve a rede de verdade de um município.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from demonstracao.invencao import (
    ARVORES,
    BICHOS,
    FONTE,
    acaso,
    correio,
    dia_de,
    dia_entre,
    endereco,
    identificador,
    sem_repetir,
)
from demonstracao.pessoas import ES, VITORIA
from normas.rede.cobertura_municipal import RegraDeCras, regra_de_cras
from normas.territorio.porte import Porte
from suas.cadastros.rede.acoes import carga
from suas.cadastros.rede.models import MunicipioAtendido, ServicoOfertado, Unidade
from suas.cadastros.territorio.consultas import anos_com_populacao, portes_de
from suas.cadastros.territorio.models import Municipio
from suas.nucleo.permissoes.ator import Ator

Tipo = Unidade.Tipo
#: Quantos CRAS há onde não é o mínimo da norma: em sete municípios faltam, em três sobram, e a cobertura o mostra.
CRAS_FORA_DO_MINIMO = {
    "3201803": 0,  # Divino de São Lourenço
    "3204252": 0,  # Ponto Belo
    "3201308": 2,  # Cariacica, de 4
    "3205200": 3,  # Vila Velha, de 4
    "3202405": 3,  # Guarapari, de 4
    "3204906": 3,  # São Mateus, de 4
    "3205101": 1,  # Viana, de 2
    "3205002": 6,  # Serra, de 4
    VITORIA: 5,  # de 4, sem contar a repetida
    "3203205": 5,  # Linhares, de 4
}
#: O CREAS Regional fica no primeiro e atende os outros, pequenos e sem CREAS seu.
REGIONAL = ("3202207", "3202504", "3203130", "3204500")
CRAS_DE_VITORIA = ("Jequitibá", "Aroeira", "Sabiá", "Cedro", "Tangará")
REPETIDA = "CRAS do Tangará"
_FUNCIONA_DESDE = (date(2005, 9, 1), date(2021, 6, 30))
#: Há quantos dias o cadastro foi conferido: quase todos há pouco, alguns há mais de seis meses, poucos nunca.
_CONFERIDA_HA: tuple[tuple[int | None, int | None], ...] = ((5, 60), (20, 110), (60, 170), (190, 420), (None, None))
_PESO_DA_CONFERENCIA = (40, 30, 18, 9, 3)


@dataclass(frozen=True, kw_only=True)
class _Modelo:
    """Como é uma unidade de um tipo: capacidades que pode ter, serviços da Tipificação e quantas horas abre."""

    capacidades: tuple[int | None, ...]
    servicos: tuple[str, ...]
    as_vezes: tuple[str, ...] = ()
    dias: int = 5
    horas: int = 8


_MODELOS = {
    Tipo.CRAS: _Modelo(capacidades=(None,), servicos=("paif",), as_vezes=("scfv", "psb_domicilio")),
    Tipo.CREAS: _Modelo(capacidades=(50, 50, 80), servicos=("paefi",), as_vezes=("mse_la_psc", "abordagem_social")),
    Tipo.CREAS_REGIONAL: _Modelo(capacidades=(80,), servicos=("paefi", "mse_la_psc")),
    Tipo.CENTRO_POP: _Modelo(capacidades=(80,), servicos=("pse_rua",), as_vezes=("abordagem_social",)),
    Tipo.ACOLHIMENTO: _Modelo(capacidades=(10, 20, 20), servicos=("acolhimento_institucional",), dias=7, horas=24),
    Tipo.CENTRO_CONVIVENCIA: _Modelo(capacidades=(120, 200), servicos=("scfv",)),
    Tipo.CENTRO_DIA: _Modelo(capacidades=(30,), servicos=("pse_pcd_idosas",)),
    Tipo.POSTO_CADUNICO: _Modelo(capacidades=(None,), servicos=()),
}
_ABRIGOS = ("Abrigo", "Casa-Lar", "Casa de Passagem")


@dataclass(kw_only=True)
class Rede:
    """O que se inventou, antes de gravar."""

    unidades: list[Unidade] = field(default_factory=list)
    servicos: list[ServicoOfertado] = field(default_factory=list)
    atendidos: list[MunicipioAtendido] = field(default_factory=list)


def criar(*, por: Ator, em: datetime) -> int:
    """Grava a rede do estado, se ainda não há a inventada; devolve quantas unidades."""
    if Unidade.objects.filter(sintetica=True, municipio__uf_id=ES).exists():
        return 0
    rede = inventar(em=em)
    carga.carregar(
        unidades=rede.unidades,
        servicos=rede.servicos,
        atendidos=rede.atendidos,
        fonte=FONTE,
        por=por,
        em=em,
        motivo="Demonstração",
    )
    return len(rede.unidades)


def inventar(*, em: datetime) -> Rede:
    """A rede inteira do estado, sem gravar; o mesmo `em` dá sempre a mesma."""
    rede, regra = Rede(), regra_de_cras(em=dia_de(em))
    portes = portes_de(max(anos_com_populacao()))
    municipios = Municipio.objects.filter(uf_id=ES, ate_ano__isnull=True).order_by("codigo_ibge")
    for codigo, nome in municipios.values_list("codigo_ibge", "nome"):
        _do_municipio(rede, codigo=codigo, lugar=nome, porte=portes[codigo], regra=regra, em=em)
    rede.unidades += [_repetida(rede.unidades), _fechada(em=em)]
    sede = next(u for u in rede.unidades if u.tipo == Tipo.CREAS_REGIONAL)
    rede.atendidos += [
        MunicipioAtendido(
            unidade=sede,
            municipio_id=codigo,
            desde=sede.aberta_em,
            vagas=20,
            cota_percentual=25,
            fluxo="O CRAS do município encaminha, e o CREAS Regional marca a acolhida em até uma semana (fictício).",
        )
        for codigo in REGIONAL
    ]
    return rede


def _do_municipio(rede: Rede, *, codigo: str, lugar: str, porte: Porte, regra: RegraDeCras, em: datetime) -> None:
    sorte = acaso("rede", codigo)
    quantas = _quantas(codigo, porte, minimo=regra.minimo(porte), sorte=sorte)
    nomes = iter(_nomes(codigo, sum(quantas.values()), sorte))
    numero = 0
    for tipo, total in quantas.items():
        for ordem in range(total):
            numero += 1
            unidade = _unidade(tipo, ordem, numero, codigo=codigo, lugar=lugar, nome=next(nomes), em=em)
            if tipo == Tipo.CRAS:
                unidade.capacidade = regra.familias_por_cras(porte)
                unidade.equipe_volante = porte is not Porte.GRANDE and sorte.random() < 0.2
            _dizer_o_imovel(unidade)
            rede.unidades.append(unidade)
            rede.servicos += _servicos(unidade)


def _quantas(codigo: str, porte: Porte, *, minimo: int, sorte: Random) -> dict[Tipo, int]:
    """Quantas unidades de cada tipo o município tem."""
    grande, medio = porte is Porte.GRANDE, porte in {Porte.GRANDE, Porte.MEDIO}
    maior = codigo in {"3205002", "3205200", "3201308", VITORIA}
    tem_creas = codigo not in REGIONAL and (medio or (porte is Porte.PEQUENO_II and sorte.random() < 0.7))
    quantas = {
        Tipo.CRAS: CRAS_FORA_DO_MINIMO.get(codigo, minimo),
        Tipo.CREAS: 2 if maior else int(tem_creas),
        Tipo.CREAS_REGIONAL: int(codigo == REGIONAL[0]),
        Tipo.CENTRO_POP: int(maior or codigo in {"3201209", "3203205"}),
        Tipo.ACOLHIMENTO: 3 if maior else 2 if grande else int(medio),
        Tipo.CENTRO_CONVIVENCIA: int(grande),
        Tipo.CENTRO_DIA: int(maior),
        # onde não há CRAS, ao menos se entrevista: o município tem rede, e o que falta é o CRAS
        Tipo.POSTO_CADUNICO: int(grande or not CRAS_FORA_DO_MINIMO.get(codigo, minimo)),
    }
    return {tipo: total for tipo, total in quantas.items() if total}


def _nomes(codigo: str, quantos: int, sorte: Random) -> list[str]:
    """Nomes de árvores e bichos, sem repetir no município; em Vitória os CRAS têm sempre os mesmos."""
    fixos = list(CRAS_DE_VITORIA) if codigo == VITORIA else []
    outros = [nome for nome in (*ARVORES, *BICHOS) if nome not in fixos]
    return (fixos + sem_repetir(outros, sorte, max(quantos - len(fixos), 0)))[:quantos]


def _unidade(tipo: Tipo, ordem: int, numero: int, *, codigo: str, lugar: str, nome: str, em: datetime) -> Unidade:
    sorte = acaso("unidade", codigo, numero)
    modelo = _MODELOS[tipo]
    abriu = dia_entre(sorte, *_FUNCIONA_DESDE)
    inteiro = f"{_como_se_chama(tipo, ordem)} {nome}"
    return Unidade(
        id=identificador("unidade", codigo, numero),
        # o código do município, um 9 e quatro algarismos: a série 9 é só daqui
        identificador=f"{codigo[:6]}9{numero:04d}",
        tipo=tipo,
        nome=inteiro,
        municipio_id=codigo,
        natureza="privada" if tipo in _DAS_ENTIDADES and sorte.random() < 0.5 else "publica",
        capacidade=sorte.choice(modelo.capacidades),
        implantada_em=abriu,
        aberta_em=abriu,
        dias_por_semana=modelo.dias,
        horas_por_dia=modelo.horas,
        # o abrigo que protege alguém não diz onde fica
        endereco_reservado=tipo == Tipo.ACOLHIMENTO and ordem == 1,
        conferida_em=_conferida_em(codigo, numero, em=em),
        sintetica=True,
        email=correio(inteiro, lugar),
        **endereco(sorte, municipio=codigo),
    )


def _dizer_o_imovel(unidade: Unidade) -> None:
    """O imóvel e a acessibilidade, onde o cadastro os traz; em uma de cada seis ninguém informou."""
    sorte = acaso("imovel", unidade.pk)
    if not unidade.diz_o_imovel or sorte.random() < 1 / 6:
        return
    unidade.situacao_do_imovel = sorte.choices(("próprio", "alugado", "cedido"), (5, 4, 1))[0]
    partilha = sorte.random() < 0.2
    unidade.imovel_compartilhado = Unidade.SimOuNao.SIM if partilha else Unidade.SimOuNao.NAO
    unidade.compartilhado_com = "Secretaria da Assistência Social" if partilha else ""
    unidade.placa = Unidade.SimOuNao.SIM if sorte.random() < 0.85 else Unidade.SimOuNao.NAO
    for campo in ("acesso_principal", "rota_aos_espacos", "rota_ao_banheiro", "banheiro_adaptado"):
        setattr(unidade, campo, sorte.choices(tuple(Unidade.Acesso), (4, 3, 3))[0])


_DAS_ENTIDADES = {Tipo.ACOLHIMENTO, Tipo.CENTRO_CONVIVENCIA, Tipo.CENTRO_DIA}


def _como_se_chama(tipo: Tipo, ordem: int) -> str:
    if tipo == Tipo.ACOLHIMENTO:
        return _ABRIGOS[ordem % len(_ABRIGOS)]
    return {Tipo.CENTRO_DIA: "Centro-Dia"}.get(tipo, str(tipo.label))


def _conferida_em(codigo: str, numero: int, *, em: datetime) -> datetime | None:
    """Quando alguém conferiu; a unidade de quem entra na demonstração espera há mais de seis meses."""
    if (codigo, numero) == (VITORIA, 1):
        return em - timedelta(days=205)
    sorte = acaso("conferencia", codigo, numero)
    de, ate = sorte.choices(_CONFERIDA_HA, _PESO_DA_CONFERENCIA)[0]
    return em - timedelta(days=sorte.randrange(de, ate)) if de is not None and ate is not None else None


def _servicos(unidade: Unidade) -> Iterator[ServicoOfertado]:
    """Os serviços do tipo da unidade e, por sorteio, alguns dos outros."""
    modelo, sorte = _MODELOS[Tipo(unidade.tipo)], acaso("servicos", unidade.pk)
    escolhidos = [*modelo.servicos, *(s for s in modelo.as_vezes if sorte.random() < 0.6)]
    for servico in escolhidos:
        capacidade = unidade.capacidade if servico in modelo.servicos else sorte.randrange(30, 160, 10)
        yield ServicoOfertado(unidade=unidade, servico=servico, capacidade=capacidade, desde=unidade.aberta_em)


def _repetida(unidades: list[Unidade]) -> Unidade:
    """O mesmo CRAS duas vezes em Vitória, com outro nome e sem identificador, como acontece ao juntar planilhas."""
    dobrada = next(u for u in unidades if u.municipio_id == VITORIA and u.nome == f"CRAS {CRAS_DE_VITORIA[-1]}")
    campos: dict[str, Any] = {c.attname: getattr(dobrada, c.attname) for c in Unidade._meta.concrete_fields}
    campos |= {"id": identificador("unidade repetida", VITORIA), "identificador": None, "nome": REPETIDA}
    return Unidade(**campos | {"capacidade": None, "conferida_em": None, "email": "", "equipe_volante": False})


def _fechada(*, em: datetime) -> Unidade:
    """Um CRAS de Vitória que mudou de lugar e fechou."""
    fechada = _unidade(Tipo.CRAS, 0, 90, codigo=VITORIA, lugar="Vitória", nome="Embaúba", em=em)
    fechada.aberta_em = fechada.implantada_em = date(2009, 3, 2)
    fechada.fechada_em, fechada.motivo_do_fechamento = date(2023, 8, 1), "As famílias passaram a outro CRAS (fictício)."
    return fechada
