"""Atos sobre indicadores: definir, importar com prévia, digitar. Nada se grava sem passar por aqui."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from suas.cadastros.territorio.acoes import gravar_populacao
from suas.cadastros.territorio.models import Municipio
from suas.nucleo import banco
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar
from suas.vigilancia.indicadores.conferencia import POPULACAO, Previa, conferir, destinos_aceitos
from suas.vigilancia.indicadores.models import Importacao, Indicador, Valor, campos_do_catalogo
from suas.vigilancia.indicadores.numeros import ValorRecusado, escrito_com_virgula, ler_valor

CATALOGO = Path(__file__).resolve().parent / "catalogo.yaml"
LOTE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class NovoValor:
    """Um valor já conferido, a gravar: códigos do indicador e do município, ano e texto exato."""

    indicador: str
    municipio: str
    ano: int
    valor: str


@dataclass(frozen=True, kw_only=True)
class Gravados:
    """O que uma gravação mudou."""

    novos: int
    mudados: int
    iguais: int

    @property
    def mudou(self) -> bool:
        return bool(self.novos or self.mudados)


@transaction.atomic
def carregar_catalogo(*, por: Ator, em: datetime) -> int:
    """Cria os indicadores do catálogo que ainda não existem e acerta os que diferem; devolve quantos gravou.

    Repetir não muda nada. Indicadores criados na tela não são tocados.
    """
    catalogo = yaml.safe_load(CATALOGO.read_text("utf-8"))
    existentes = Indicador.objects.in_bulk(list(catalogo))
    diferentes = []
    for codigo, item in catalogo.items():
        campos = campos_do_catalogo(item)
        atual = existentes.get(codigo)
        if atual is None or any(getattr(atual, nome) != valor for nome, valor in campos.items()):
            diferentes.append(Indicador(codigo=codigo, **campos))
    if diferentes:
        Indicador.objects.bulk_create(
            diferentes,
            update_conflicts=True,
            unique_fields=["codigo"],
            update_fields=["nome", "unidade", "descricao", "base", "tipo", "sentido", "casas", "minimo", "opcoes"],
        )
        registrar(
            ato="indicadores.carregar_catalogo",
            objeto=diferentes[0],
            por=por,
            em=em,
            dados={"gravados": [i.pk for i in diferentes]},
        )
    return len(diferentes)


@transaction.atomic
def definir_indicador(*, campos: dict[str, Any], por: Ator, em: datetime) -> Indicador:
    """Cria um indicador numérico próprio da instalação. `campos` são os do modelo, já conferidos pelo formulário."""
    if Indicador.objects.filter(pk=campos["codigo"]).exists():
        raise AtoRecusado(f"Já existe um indicador com o código {campos['codigo']}. Escolha outro código.")
    indicador = Indicador.objects.create(**campos)
    registrar(ato="indicadores.definir", objeto=indicador, por=por, em=em, dados={"tipo": indicador.tipo})
    return indicador


@transaction.atomic
def gravar_valores(
    *,
    valores: Iterable[NovoValor],
    fonte: str,
    sintetico: bool,
    por: Ator,
    em: datetime,
    importacao: Importacao | None = None,
    motivo: str = "",
) -> Gravados:
    """Grava valores já conferidos, de qualquer tamanho de lista; o novo toma o lugar do anterior do mesmo ano.

    Repetir os mesmos valores, com a mesma fonte, não muda nada e não entra na trilha.
    """
    novos_valores = {(v.indicador, v.municipio, v.ano): v for v in valores}
    atuais = _atuais(novos_valores.values())
    novos: list[NovoValor] = []
    mudados: list[NovoValor] = []
    for chave, valor in novos_valores.items():
        atual = atuais.get(chave)
        if atual != (valor.valor, fonte, sintetico):
            (novos if atual is None else mudados).append(valor)
    banco.inserir_em_lote(
        Valor,
        campos=("indicador", "municipio", "ano", "valor"),
        linhas=((v.indicador, v.municipio, v.ano, v.valor) for v in (*novos, *mudados)),
        iguais={"fonte": fonte, "sintetico": sintetico, "importacao": importacao.pk if importacao else None},
        chave=("indicador", "ano", "municipio"),
    )
    gravados = Gravados(novos=len(novos), mudados=len(mudados), iguais=len(novos_valores) - len(novos) - len(mudados))
    if gravados.mudou:
        registrar(
            ato="indicadores.gravar_valores",
            objeto=importacao or Indicador.objects.get(pk=(novos or mudados)[0].indicador),
            por=por,
            em=em,
            motivo=motivo,
            dados={"fonte": fonte, "sintetico": sintetico, **asdict(gravados), "muda_de": _antes(mudados, atuais)},
        )
    return gravados


def _atuais(valores: Iterable[NovoValor]) -> dict[tuple[str, str, int], tuple[str, str, bool]]:
    """O que já está gravado nos mesmos indicadores e anos: valor, fonte e se é sintético."""
    pares = {(v.indicador, v.ano) for v in valores}
    atuais = {}
    for indicador, ano in pares:
        linhas = Valor.objects.filter(indicador_id=indicador, ano=ano)
        for municipio, valor, fonte, sintetico in linhas.values_list("municipio_id", "valor", "fonte", "sintetico"):
            atuais[indicador, municipio, ano] = (valor, fonte, sintetico)
    return atuais


def _antes(
    mudados: list[NovoValor], atuais: dict[tuple[str, str, int], tuple[str, str, bool]], *, limite: int = 50
) -> list[dict[str, str]]:
    """Os valores que foram substituídos, até `limite`, para a trilha guardar."""
    return [
        {
            "indicador": v.indicador,
            "municipio": v.municipio,
            "de": atuais[v.indicador, v.municipio, v.ano][0],
            "para": v.valor,
        }
        for v in mudados[:limite]
    ]


@transaction.atomic
def digitar_valor(
    *,
    indicador: Indicador,
    municipio: Municipio,
    ano: int,
    texto: str,
    fonte: str,
    motivo: str,
    por: Ator,
    em: datetime,
) -> Gravados:
    """Grava o valor que alguém digitou para um município. Recusa em palavras o que não é um valor do indicador."""
    if not municipio.existe_em(ano):
        raise AtoRecusado(f"{municipio} não era contado pelo IBGE em {ano}. Confira o ano.")
    try:
        valor = ler_valor(texto.strip(), indicador=indicador, com_virgula=escrito_com_virgula(texto))
    except ValorRecusado as erro:
        raise AtoRecusado(str(erro)) from erro
    novo = NovoValor(indicador=indicador.pk, municipio=municipio.pk, ano=ano, valor=valor)
    return gravar_valores(valores=[novo], fonte=fonte, sintetico=False, por=por, em=em, motivo=motivo)


@transaction.atomic
def receber_planilha(
    *,
    arquivo: str,
    conteudo: bytes,
    ano: int,
    fonte: str,
    sintetico: bool,
    destinos: dict[str, str],
    decimal_com_virgula: bool,
    por: Ator,
    em: datetime,
) -> Importacao:
    """Guarda a planilha para conferência. Nenhum indicador muda até `aplicar`."""
    if por.pessoa is None:
        raise AtoRecusado("Só quem entrou no sistema importa indicadores.")
    importacao = Importacao.objects.create(
        arquivo=arquivo[:200],
        conteudo=conteudo,
        sha256=hashlib.sha256(conteudo).hexdigest(),
        ano=ano,
        fonte=fonte,
        sintetico=sintetico,
        destinos=destinos,
        decimal_com_virgula=decimal_com_virgula,
        abrangencia=por.abrangencia,
        por=por.pessoa,
        criada_em=em,
    )
    registrar(
        ato="indicadores.receber_planilha", objeto=importacao, por=por, em=em, dados={"sha256": importacao.sha256}
    )
    return importacao


@transaction.atomic
def corrigir(
    *,
    importacao: Importacao,
    destinos: dict[str, str],
    decimal_com_virgula: bool,
    correcoes: dict[str, str],
    de_fora: list[int],
    por: Ator,
    em: datetime,
    trazer_de_volta: bool = False,
) -> Importacao:
    """Guarda o corrigido na tela: o que é cada coluna, as células (“linha:coluna” → texto) e as linhas de fora.

    `trazer_de_volta`: as linhas deixadas de fora antes voltam à conferência.
    """
    travada = _em_conferencia(importacao)
    aceitos = destinos_aceitos()
    for coluna, destino in destinos.items():
        if destino not in aceitos:
            raise AtoRecusado(f"A coluna “{coluna}” foi indicada como “{destino}”, que não existe. Escolha outro.")
    travada.destinos = destinos
    travada.decimal_com_virgula = decimal_com_virgula
    travada.correcoes = {**travada.correcoes, **correcoes}
    travada.de_fora = sorted({*([] if trazer_de_volta else travada.de_fora), *de_fora})
    travada.save(update_fields=["destinos", "decimal_com_virgula", "correcoes", "de_fora"])
    registrar(
        ato="indicadores.corrigir_planilha",
        objeto=travada,
        por=por,
        em=em,
        dados={"celulas": len(correcoes), "linhas_de_fora": len(de_fora)},
    )
    return travada


@transaction.atomic
def aplicar(*, importacao: Importacao, por: Ator, em: datetime) -> Importacao:
    """Grava o que a conferência mostrou, tudo ou nada. Com faltas, recusa; já aplicada, não muda nada."""
    travada = Importacao.objects.select_for_update(of=("self",)).get(pk=importacao.pk)
    if travada.situacao == Importacao.Situacao.APLICADA:
        return travada
    travada = _em_conferencia(travada)
    previa = conferir(travada)
    if previa.faltas:
        raise AtoRecusado(f"A planilha ainda tem faltas ({len(previa.faltas)}). Corrija ou deixe as linhas de fora.")
    if not previa.valores:
        raise AtoRecusado(f"A planilha não traz nenhum valor de {travada.ano} para gravar. Confira as colunas e o ano.")
    indicadores = gravar_valores(
        valores=[
            NovoValor(indicador=v.destino, municipio=v.municipio, ano=travada.ano, valor=v.valor)
            for v in previa.valores
            if not v.destino.startswith(POPULACAO)
        ],
        fonte=travada.fonte,
        sintetico=travada.sintetico,
        por=por,
        em=em,
        importacao=travada,
    )
    novos, mudados, iguais = _aplicar_populacao(travada, previa, por=por, em=em)
    travada.situacao = Importacao.Situacao.APLICADA
    travada.aplicada_em = em
    travada.resultado = {
        "novos": indicadores.novos + novos,
        "mudados": indicadores.mudados + mudados,
        "iguais": indicadores.iguais + iguais,
    }
    travada.save(update_fields=["situacao", "aplicada_em", "resultado"])
    registrar(ato="indicadores.aplicar_planilha", objeto=travada, por=por, em=em, dados=travada.resultado)
    return travada


def _aplicar_populacao(importacao: Importacao, previa: Previa, *, por: Ator, em: datetime) -> tuple[int, int, int]:
    """A parte da planilha que é população, se houver: novos, mudados, iguais."""
    habitantes = {v.municipio: int(v.valor) for v in previa.valores if v.destino.startswith(POPULACAO)}
    if not habitantes:
        return 0, 0, 0
    if not por.pode(Permissao.POPULACAO_IMPORTAR, em=importacao.abrangencia):
        raise AtoRecusado("Só a administração federal importa população. Deixe essa coluna de fora.")
    if importacao.sintetico:
        raise AtoRecusado("População sintética não entra no cadastro. Desmarque “dados sintéticos” ou retire a coluna.")
    tipo = next(v.destino for v in previa.valores if v.destino.startswith(POPULACAO)).removeprefix(POPULACAO)
    feito = gravar_populacao(
        habitantes=habitantes, ano=importacao.ano, fonte=importacao.fonte, tipo=tipo, por=por, em=em
    )
    return feito.novas, feito.mudadas, feito.iguais


@transaction.atomic
def descartar(*, importacao: Importacao, por: Ator, em: datetime) -> None:
    """Encerra a conferência sem aplicar nada."""
    travada = _em_conferencia(importacao)
    travada.situacao = Importacao.Situacao.DESCARTADA
    travada.save(update_fields=["situacao"])
    registrar(ato="indicadores.descartar_planilha", objeto=travada, por=por, em=em)


def _em_conferencia(importacao: Importacao) -> Importacao:
    travada = Importacao.objects.select_for_update(of=("self",)).get(pk=importacao.pk)
    if travada.situacao != Importacao.Situacao.RASCUNHO:
        raise AtoRecusado(f"Esta planilha já foi {travada.get_situacao_display()}: não muda mais.")
    return travada
