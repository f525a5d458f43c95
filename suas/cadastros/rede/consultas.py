"""O que se pergunta sobre a rede de unidades. `hoje` é o dia em que se pergunta, dado por quem chama."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from normas.rede import tipificacao
from normas.territorio.federacao import UF_POR_CODIGO, UF_POR_SIGLA
from suas.cadastros.rede.models import MunicipioAtendido, Pedido, ServicoOfertado, Unidade
from suas.cadastros.territorio import consultas as territorio
from suas.cadastros.territorio.models import Municipio
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.cadastros.territorio.ponto import aviso_do_ponto
from suas.nucleo.identidade.casas import Casa
from suas.nucleo.identidade.consultas import vinculos_por_numero
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.tela import frescor
from suas.nucleo.tela.filtros import numero, plural
from suas.nucleo.trilha import historia
from suas.nucleo.trilha.busca import AtoEmPalavras, em_palavras
from suas.nucleo.trilha.consultas import atos_de

if TYPE_CHECKING:
    from suas.nucleo.identidade.models import Vinculo

ORDENS: Mapping[str, tuple[str, ...]] = {
    "nome": ("nome_busca", "id"),
    "municipio": ("municipio__nome_busca", "municipio_id", "nome_busca", "id"),
    "tipo": ("tipo", "nome_busca", "id"),
    "capacidade": ("capacidade", "nome_busca", "id"),
    "conferida": ("conferida_em", "nome_busca", "id"),
}
CUSTO_INTEIRO = 100
#: Onde ninguém espera município atendido além da sede; informado, mostra-se.
SO_DA_SEDE = frozenset({Unidade.Tipo.CRAS, Unidade.Tipo.CENTRO_CONVIVENCIA, Unidade.Tipo.POSTO_CADUNICO})
SITUACOES = (
    ("", "Em funcionamento"),
    ("fechadas", "Fechadas"),
    ("juntadas", "Juntadas a outro cadastro"),
    ("todas", "Todas"),
)
NO_ANO = (("", "Funcionavam no fim"), ("abriram", "Abriram nele"), ("fecharam", "Fecharam nele"))
FRESCOR = (("velho", "Sem conferência há mais de 6 meses"), ("nunca", "Nunca conferidas"), ("em_dia", "Em dia"))


@dataclass(frozen=True, kw_only=True)
class Filtro:
    """O que a lista mostra. `onde` é o código do território: BR, UF ou município.

    Com `ano`, as que funcionavam no fim dele (no que corre, hoje) ou, com `no_ano`, as que abriram ou fecharam nele;
    só as de que se sabe o dia de abertura.
    """

    onde: str = "BR"
    termo: str = ""
    tipo: str = ""
    natureza: str = ""
    situacao: str = ""
    frescor: str = ""
    servico: str = ""
    ano: str = ""
    no_ano: str = ""
    ordem: str = "nome"


def lista(filtro: Filtro, *, hoje: date) -> QuerySet[Unidade]:
    """As unidades do filtro, na ordem pedida; quem não tem o que ordena fica por último."""
    da_situacao = _do_ano(filtro, hoje=hoje) or _da_situacao(filtro.situacao, hoje=hoje)
    unidades = Unidade.objects.da_abrangencia(filtro.onde).filter(
        _do_termo(filtro.termo), da_situacao, _do_frescor(filtro.frescor, hoje=hoje)
    )
    if filtro.tipo:
        unidades = unidades.filter(tipo=filtro.tipo)
    if filtro.natureza:
        unidades = unidades.filter(natureza=filtro.natureza)
    if filtro.servico:
        que_ofertam = ServicoOfertado.objects.vigentes(hoje).filter(servico=filtro.servico)
        unidades = unidades.filter(pk__in=que_ofertam.values("unidade"))
    return unidades.order_by(*_ordem(filtro.ordem))


def no_lugar(*, uf: str, municipio: str, termo: str) -> QuerySet[Unidade]:
    """As unidades da UF (pela sigla), do município e com a parte do nome.

    O vazio não filtra. O reservado não se esconde aqui: quem mostra pergunta se o ator alcança o município.
    """
    return territorio.no_lugar(Unidade.objects.all(), uf=uf, municipio=municipio, termo=termo)


def servicos_no_lugar(*, uf: str, municipio: str) -> QuerySet[ServicoOfertado]:
    """Os serviços que as unidades do lugar ofertam ou ofertaram."""
    return territorio.no_lugar(ServicoOfertado.objects.all(), uf=uf, municipio=municipio, campo="unidade__municipio")


def que_funcionam(unidades: QuerySet[Unidade], *, sim: bool, hoje: date) -> QuerySet[Unidade]:
    """Das unidades, as que funcionam hoje; com `sim` falso, as outras."""
    abertas = Unidade.objects.em_funcionamento(hoje).values("pk")
    return unidades.filter(pk__in=abertas) if sim else unidades.exclude(pk__in=abertas)


def por_extenso(ids: Iterable[UUID]) -> list[Unidade]:
    """As unidades destes números, na mesma ordem, com município e UF: ordena-se a lista só pelo número, que é curto."""
    em_ordem = list(ids)
    achadas = Unidade.objects.select_related("municipio__uf").in_bulk(em_ordem)
    return [achadas[numero] for numero in em_ordem if numero in achadas]


def _do_termo(termo: str) -> Q:
    """Cada palavra está no nome da unidade ou do município, é a UF, ou começa o identificador."""
    palavras = nome_de_busca(termo).split()
    return reduce(and_, (_da_palavra(palavra) for palavra in palavras), Q())


def _da_palavra(palavra: str) -> Q:
    achou = Q(nome_busca__contains=palavra) | Q(municipio__nome_busca__contains=palavra)
    if palavra.isdigit() and len(palavra) >= 6:
        achou |= Q(identificador__startswith=palavra) | Q(municipio_id=palavra)
    if uf := UF_POR_SIGLA.get(palavra.upper()):
        achou |= Q(municipio__uf_id=uf.codigo)
    return achou


def _do_ano(filtro: Filtro, *, hoje: date) -> Q:
    """As que funcionavam no fim do ano, ou abriram, ou fecharam nele; vazio se o que se pediu não é ano."""
    if not re.fullmatch(r"(19|20)[0-9]{2}", filtro.ano):
        return Q()
    ano = int(filtro.ano)
    comeco, fim = date(ano, 1, 1), min(date(ano, 12, 31), hoje)
    com_dia = Q(aberta_em__lte=fim, fundida_em__isnull=True)
    if filtro.no_ano == "abriram":
        return com_dia & Q(aberta_em__gte=comeco)
    if filtro.no_ano == "fecharam":
        return com_dia & Q(fechada_em__range=(comeco, fim))
    return com_dia & (Q(fechada_em__isnull=True) | Q(fechada_em__gt=fim))


def _da_situacao(situacao: str, *, hoje: date) -> Q:
    if situacao == "todas":
        return Q()
    if situacao == "juntadas":
        return Q(fundida_em__isnull=False)
    fechadas = Q(fechada_em__lte=hoje)
    da_situacao = fechadas if situacao == "fechadas" else Q(fechada_em__isnull=True) | Q(fechada_em__gt=hoje)
    return da_situacao & Q(fundida_em__isnull=True)


def _do_frescor(pedido: str, *, hoje: date) -> Q:
    limite = frescor.comeco(hoje=hoje)
    return {
        "velho": Q(conferida_em__isnull=True) | Q(conferida_em__lt=limite),
        "nunca": Q(conferida_em__isnull=True),
        "em_dia": Q(conferida_em__gte=limite),
    }.get(pedido, Q())


def _ordem(ordem: str) -> list[Any]:
    primeira, *resto = ORDENS.get(ordem.removeprefix("-"), ORDENS["nome"])
    por_ultimo = True if primeira in {"capacidade", "conferida_em"} else None
    chave = F(primeira)
    return [chave.desc(nulls_last=por_ultimo) if ordem.startswith("-") else chave.asc(nulls_last=por_ultimo), *resto]


@dataclass(frozen=True, kw_only=True)
class Lugar:
    """O território da lista: o código, o nome e como se chega a ele."""

    codigo: str
    nome: str
    municipio: Municipio | None = None

    @property
    def sigla(self) -> str:
        return UF_POR_CODIGO[self.codigo[:2]].sigla if self.codigo != "BR" else ""


def lugar(onde: str) -> Lugar | None:
    """O país (vazio), a UF pela sigla ou o município pelo código; nada, se não existe."""
    if not onde:
        return Lugar(codigo="BR", nome="Brasil")
    if onde.isdigit():
        municipio = Municipio.objects.select_related("uf").filter(pk=onde).first()
        return Lugar(codigo=onde, nome=str(municipio), municipio=municipio) if municipio else None
    uf = UF_POR_SIGLA.get(onde.upper())
    return Lugar(codigo=uf.codigo, nome=uf.nome) if uf else None


def municipios_com_unidade(codigo_da_uf: str) -> list[tuple[str, str]]:
    """Código e nome dos municípios da UF que têm unidade no cadastro, por nome."""
    com_unidade = Unidade.objects.filter(municipio__uf_id=codigo_da_uf).values("municipio_id")
    return list(Municipio.objects.filter(pk__in=com_unidade).order_by("nome_busca").values_list("codigo_ibge", "nome"))


@dataclass(frozen=True, kw_only=True)
class Contagem:
    """Quantas unidades de um tipo funcionam."""

    tipo: str
    nome: str
    quantas: int


def por_tipo(codigo: str, *, hoje: date) -> list[Contagem]:
    """Quantas unidades de cada tipo funcionam no território, na ordem dos tipos; só os que há."""
    abertas = Unidade.objects.da_abrangencia(codigo).em_funcionamento(hoje).order_by()
    quantas = Counter(dict(abertas.values_list("tipo").annotate(quantas=Count("pk"))))
    return [
        Contagem(tipo=t.value, nome=str(t.label), quantas=quantas[t.value]) for t in Unidade.Tipo if quantas[t.value]
    ]


def no_municipio(municipio: Municipio, ator: Ator, hoje: date) -> dict[str, Any] | None:
    """A seção da rede na página do município; nada se ele não tem unidade no cadastro."""
    unidades = list(municipio.unidades.filter(fundida_em__isnull=True).order_by("tipo", "nome_busca"))
    if not unidades:
        return None
    abertas = [u for u in unidades if u.funciona_em(hoje)]
    quantas = Counter(u.tipo for u in abertas)
    return {
        "codigo": municipio.pk,
        "abertas": len(abertas),
        "fechadas": len(unidades) - len(abertas),
        "por_tipo": [(t.value, t.label, quantas[t.value]) for t in Unidade.Tipo if quantas[t.value]],
        "velhas": sum(1 for u in abertas if esta_velho(u, hoje=hoje)),
        "cuida": ator.alcanca(municipio.pk),
    }


def esta_velho(unidade: Unidade, *, hoje: date) -> bool:
    """Ninguém confere o cadastro da unidade há mais tempo do que o combinado."""
    return frescor.esta_velho(unidade.conferida_em, hoje=hoje)


def frescor_em_palavras(unidade: Unidade, *, hoje: date) -> str:
    """“conferida hoje”, “conferida há 3 meses”, ou que ninguém conferiu ainda."""
    palavras = frescor.em_palavras(unidade.conferida_em, hoje=hoje, como="conferida")
    return palavras or "ninguém conferiu este cadastro ainda"


def servicos_da_unidade(unidade: Unidade, *, hoje: date) -> list[ServicoOfertado]:
    """Os serviços que a unidade oferta, ou já disse quando começa a ofertar, pelo nome."""
    return sorted((s for s in unidade.servicos.all() if s.ate is None or s.ate > hoje), key=lambda s: s.nome)


def atendidos_pela(unidade: Unidade, *, hoje: date) -> list[MunicipioAtendido]:
    """Os municípios que a unidade regional atende, ou já disse quando começa a atender, por nome."""
    atendidos = unidade.atendidos.select_related("municipio__uf").order_by("municipio__nome_busca")
    return [a for a in atendidos if a.ate is None or a.ate > hoje]


def avisos_das_ofertas(unidade: Unidade, ofertas: Iterable[ServicoOfertado], *, hoje: date) -> dict[int, str]:
    """Oferta -> o aviso de que o serviço não costuma se ofertar numa unidade assim; só as que têm aviso."""
    conhecidos = {servico.codigo: servico for servico in tipificacao.servicos(em=hoje)}
    publica = unidade.natureza == Unidade.Natureza.PUBLICA
    avisos = {
        oferta.pk: tipificacao.aviso_da_oferta(servico=conhecidos[oferta.servico], tipo=unidade.tipo, publica=publica)
        for oferta in ofertas
        if oferta.servico in conhecidos
    }
    return {pk: aviso for pk, aviso in avisos.items() if aviso}


def avisos_das_cotas(unidade: Unidade, atendidos: Iterable[MunicipioAtendido]) -> list[str]:
    """O que não fecha nas cotas somadas; avisa, nunca impede."""
    todos = list(atendidos)
    custo = sum(a.cota_percentual or 0 for a in todos)
    vagas = sum(a.vagas or 0 for a in todos)
    avisos = []
    if custo > CUSTO_INTEIRO:
        avisos.append(f"As partes no custo somam {numero(custo, 1)}%: passam de 100%. Confira.")
    if unidade.capacidade is not None and vagas > unidade.capacidade:
        cabem = numero(unidade.capacidade)
        avisos.append(f"As cotas somam {plural(vagas, 'vaga', 'vagas')}, e a capacidade da unidade é {cabem}. Confira.")
    return avisos


def linhas_da_lista(unidades: QuerySet[Unidade], *, ator: Ator) -> list[tuple[object, ...]]:
    """As células de cada unidade para a planilha; o endereço reservado só a quem alcança o município."""
    return [
        _celulas(unidade, com_endereco=not unidade.endereco_reservado or ator.alcanca(unidade.municipio_id))
        for unidade in unidades.select_related("municipio__uf")
    ]


def _celulas(unidade: Unidade, *, com_endereco: bool) -> tuple[object, ...]:
    lugar = (unidade.endereco, unidade.cep_escrito, unidade.telefone_escrito, unidade.email)
    ponto = (unidade.latitude, unidade.longitude)
    return (
        unidade.identificador or "",
        unidade.get_tipo_display(),
        unidade.nome,
        unidade.municipio_id,
        unidade.municipio.nome,
        unidade.municipio.uf.sigla,
        unidade.get_natureza_display(),
        unidade.capacidade,
        *(lugar if com_endereco else ("reservado", "", *lugar[2:])),
        *(ponto if com_endereco else (None, None)),
        unidade.aberta_em,
        unidade.fechada_em,
        timezone.localtime(unidade.conferida_em) if unidade.conferida_em else None,
    )


def e_regional(unidade: Unidade) -> bool:
    """A unidade é partilhada por municípios: é um CREAS Regional, ou atende outros."""
    return unidade.tipo == Unidade.Tipo.CREAS_REGIONAL or unidade.atendidos.filter(ate__isnull=True).exists()


def quem_cuida(unidade: Unidade) -> str:
    """Quem deve manter o cadastro da unidade em dia, em palavras."""
    estado = ", ou a gestão estadual" if e_regional(unidade) else ""
    return f"a coordenação da unidade, a gestão ou a vigilância do município{estado}"


def casas_do_municipio(texto: str, municipio: str) -> list[Casa]:
    """As unidades abertas do município que o texto pode dizer, para quem nomeia alguém numa delas."""
    abertas = Unidade.objects.filter(municipio_id=municipio, fechada_em__isnull=True)
    for palavra in nome_de_busca(texto).split():
        abertas = abertas.filter(nome_busca__contains=palavra)
    return [_casa(unidade) for unidade in abertas.order_by("nome_busca")]


def casas(ids: Iterable[UUID]) -> dict[UUID, Casa]:
    """As unidades destes identificadores, também as fechadas."""
    return {unidade.pk: _casa(unidade) for unidade in Unidade.objects.filter(pk__in=list(ids))}


def _casa(unidade: Unidade) -> Casa:
    return Casa(id=unidade.pk, nome=unidade.nome, municipio=unidade.municipio_id, especie="unidade")


def ultimo_ato(unidade: Unidade) -> AtoEmPalavras | None:
    """O último ato sobre a unidade, em palavras."""
    ato = atos_de(unidade).first()
    return em_palavras([ato])[0] if ato else None


def aviso_do_ponto_da(unidade: Unidade, *, hoje: date) -> str:
    """O aviso de que o ponto da unidade está longe do seu município; vazio se não há o que avisar."""
    if unidade.latitude is None or unidade.longitude is None:
        return ""
    return aviso_do_ponto(
        codigo=unidade.municipio_id,
        lugar=str(unidade.municipio),
        latitude=unidade.latitude,
        longitude=unidade.longitude,
        em=hoje,
    )


def quem_pediu(pedido: Pedido) -> Vinculo | None:
    """O vínculo de quem fez o pedido, com a pessoa, se ainda existe."""
    return vinculos_por_numero([pedido.pedido_por]).get(pedido.pedido_por) if pedido.pedido_por else None


def e_de_quem_pediu(ator: Ator, pedido: Pedido) -> bool:
    """Foi esta pessoa que pediu, por este ou por outro vínculo?"""
    quem = quem_pediu(pedido)
    return quem is not None and ator.pessoa is not None and quem.pessoa_id == ator.pessoa.pk


def pedidos_em(abrangencia: str) -> QuerySet[Pedido]:
    """Os pedidos sobre unidades do território, do mais novo ao mais antigo."""
    pedidos = Pedido.objects.select_related("unidade", "municipio__uf")
    if abrangencia == "BR":
        return pedidos
    if len(abrangencia) == 7:
        return pedidos.filter(municipio_id=abrangencia)
    return pedidos.filter(municipio__uf_id=abrangencia) if abrangencia else pedidos.none()


#: Campos da unidade que o pedido de abertura leva, com as palavras com que se mostram.
DA_ABERTURA = {
    "tipo": "Tipo",
    "natureza": "Natureza",
    "capacidade": "Capacidade",
    "tipo_logradouro": "Tipo de logradouro",
    "logradouro": "Logradouro",
    "numero": "Número",
    "complemento": "Complemento",
    "bairro": "Bairro",
    "cep": "CEP",
    "ponto_de_referencia": "Ponto de referência",
    "localizacao": "Localização",
    "telefone": "Telefone",
    "ramal": "Ramal",
    "email": "E-mail",
    "identificador": "Identificador",
    "endereco_reservado": "Endereço reservado",
}


def pedido_em_palavras(pedido: Pedido) -> list[tuple[str, str]]:
    """O que o pedido traz, em pares de rótulo e valor."""
    nova = pedido.tipo in {Pedido.Tipo.ABRIR, Pedido.Tipo.DESMEMBRAR}
    pares = [("Primeiro dia" if nova else "Primeiro dia fechada", _dia(pedido, "dia"))]
    if nova:
        como = Unidade(**{nome: valor for nome, valor in pedido.dados.items() if nome in DA_ABERTURA})
        pares += [(rotulo, _valor(como, nome)) for nome, rotulo in DA_ABERTURA.items() if pedido.dados.get(nome)]
    if pedido.dados.get("destino"):
        pares.append(("O que acontece com as famílias e os serviços", str(pedido.dados["destino"])))
    return [(rotulo, valor) for rotulo, valor in pares if valor]


def _dia(pedido: Pedido, nome: str) -> str:
    texto = pedido.dados.get(nome)
    return f"{date.fromisoformat(texto):%d/%m/%Y}" if texto else ""


def _valor(unidade: Unidade, nome: str) -> str:
    escritos = {"cep": unidade.cep_escrito, "telefone": unidade.telefone_escrito, "endereco_reservado": "sim"}
    if nome == "capacidade":
        return f"{numero(unidade.capacidade)} {unidade.medida_da_capacidade}"
    if nome in escritos:
        return escritos[nome]
    mostra = getattr(unidade, f"get_{nome}_display", None)
    return str(mostra() if mostra else getattr(unidade, nome))


def pedidos_no_estado(pedidos: QuerySet[Pedido], estado: str) -> QuerySet[Pedido]:
    """Os pedidos no estado; sem estado conhecido, os que esperam resposta."""
    if estado == "todos":
        return pedidos
    return pedidos.filter(estado=estado if estado in Pedido.Estado.values else Pedido.Estado.ESPERA)


def quem_pediu_cada(pedidos: Iterable[Pedido]) -> dict[UUID, str]:
    """Pedido -> quem o fez, em palavras; de uma vez só."""
    pedidos = list(pedidos)
    vinculos = vinculos_por_numero(p.pedido_por for p in pedidos)
    return {p.pk: vinculos[p.pedido_por].em_frase for p in pedidos if p.pedido_por in vinculos}


def quem_respondeu(pedido: Pedido) -> Vinculo | None:
    """O vínculo de quem respondeu o pedido, com a pessoa, se ainda existe."""
    return vinculos_por_numero([pedido.respondido_por]).get(pedido.respondido_por) if pedido.respondido_por else None


def quem_desfez(pedido: Pedido) -> Vinculo | None:
    """O vínculo de quem desfez o que o pedido fez, com a pessoa, se ainda existe."""
    return vinculos_por_numero([pedido.desfeito_por]).get(pedido.desfeito_por) if pedido.desfeito_por else None


def vinculos_da_pessoa(ator: Ator) -> list[UUID]:
    """Todos os vínculos da pessoa que age, também os que acabaram."""
    return list(ator.pessoa.vinculos.values_list("pk", flat=True)) if ator.pessoa is not None else []


def pedidos_de(ator: Ator, *, recusados_desde: date) -> QuerySet[Pedido]:
    """Os pedidos que a pessoa fez e ainda esperam, ou foram recusados há pouco."""
    desde = timezone.make_aware(datetime.combine(recusados_desde, time.min))
    vivos = Q(estado=Pedido.Estado.ESPERA) | Q(estado=Pedido.Estado.RECUSADO, respondido_em__gte=desde)
    return pedidos_em(ator.abrangencia).filter(vivos, pedido_por__in=vinculos_da_pessoa(ator))


#: Colunas que dizem onde a unidade fica: não se contam a quem não vê o endereço reservado.
DO_ENDERECO = frozenset(
    {
        *("tipo_logradouro", "logradouro", "numero", "complemento", "bairro", "ponto_de_referencia", "cep"),
        *("localizacao", "latitude", "longitude", "compartilhado_com"),
    }
)


def historia_da(unidade: Unidade, *, ator: Ator) -> list[historia.Passo]:
    """O que se fez com a unidade, os seus serviços e os municípios que atende, do mais novo ao mais antigo.

    A quem não entrou, diz-se o papel de quem fez, e não o nome; a quem não vê o endereço reservado, nada dele.
    """
    partes = [unidade, *unidade.servicos.all(), *unidade.atendidos.all()]
    passos = historia.de(partes, com_nomes=ator.alcanca(unidade.municipio_id))
    if not unidade.endereco_reservado or ator.alcanca(unidade.municipio_id):
        return passos
    return [
        replace(passo, campos=tuple(campo for campo in passo.campos if campo.coluna not in DO_ENDERECO))
        for passo in passos
    ]
