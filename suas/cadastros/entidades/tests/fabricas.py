"""Entidades e inscrições inventadas para os testes, pelos atos da casa."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from normas.base.documentos import digitos_do_cnpj
from suas.cadastros.entidades import etapas
from suas.cadastros.entidades.acoes import cadastro, cancelamento, inscricao, ofertas
from suas.cadastros.entidades.models import Entidade, Entrega, Inscricao, Oferta, Parceria
from suas.nucleo.permissoes.ator import Ator

_numeros = count(1)
#: O que se faz em cada etapa para a inscrição seguir até o fim.
ATE_O_FIM = (
    ("protocolo", "recebida"),
    ("analise", "em_ordem"),
    ("visita", "feita"),
    ("parecer", "favoravel"),
    ("plenaria", "deferida"),
    ("publicacao", "publicada"),
    ("comprovante", "entregue"),
    ("comunicacao", "comunicada"),
)


def cnpj() -> str:
    """Um CNPJ que confere e ninguém tem: começa por letras que a Receita não deu."""
    doze = f"ZZ{next(_numeros):06d}0001"
    return doze + digitos_do_cnpj(doze)


def ficha(**mudadas: Any) -> cadastro.Ficha:
    """A ficha de uma associação de atendimento."""
    padrao = {
        "cnpj": cnpj(),
        "razao_social": "Associação do Exemplo",
        "natureza_juridica": Entidade.Natureza.ASSOCIACAO.value,
        "atende": True,
    }
    return cadastro.Ficha(**(padrao | mudadas))


def entidade(*, por: Ator, em: datetime, **mudadas: Any) -> Entidade:
    """Uma entidade do município de quem a cadastra."""
    return cadastro.cadastrar(ficha=ficha(**mudadas), municipio=por.abrangencia, por=por, em=em)


def oferta(da: Entidade, *, por: Ator, em: datetime, **mudadas: Any) -> Oferta:
    """Um serviço de convivência, na sede."""
    padrao = {"municipio": da.municipio_id, "tipo": "servico", "servico": "scfv", "nome": "Convivência do Exemplo"}
    return ofertas.ofertar(entidade=da, dados=ofertas.DadosDaOferta(**(padrao | mudadas)), por=por, em=em)


def parceria(da: Entidade, *, por: Ator, em: datetime, **mudadas: Any) -> Parceria:
    """Um termo de colaboração de 2026."""
    padrao = {
        "tipo": "colaboracao",
        "numero": "1/2026",
        "orgao": "Município do Exemplo",
        "desde": date(2026, 1, 1),
        "ate": date(2026, 12, 31),
        "valor_centavos": 12_000_000,
    }
    return ofertas.registrar_parceria(entidade=da, dados=ofertas.DadosDaParceria(**(padrao | mudadas)), por=por, em=em)


def pdf(nome: str = "documento.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(nome, b"%PDF-1.4 documento inventado")


def pedida(da: Entidade, *, por: Ator, em: datetime, qual: Oferta | None = None) -> Inscricao:
    return inscricao.pedir(entidade=da, oferta=qual, por=por, em=em, hoje=em.date())


def com_documentos(uma: Inscricao, *, por: Ator, em: datetime) -> list[Entrega]:
    """Junta e aceita cada documento que a inscrição pede."""
    entregas = []
    for exigencia in etapas.exigencias(uma.especie):
        entrega = inscricao.juntar(
            inscricao=uma, exigencia=exigencia.codigo, arquivo=pdf(), exercicio=None, por=por, em=em
        )
        entregas.append(inscricao.conferir_entrega(entrega=entrega, aceita=True, observacao="", por=por, em=em))
    return entregas


def andada(uma: Inscricao, *, por: Ator, em: datetime, ate: str = "comunicacao", **na_plenaria: Any) -> Inscricao:
    """A inscrição levada, passo a passo, até depois da etapa dita."""
    for posicao, (etapa, resultado) in enumerate(ATE_O_FIM):
        uma.refresh_from_db()
        if etapa == uma.etapa:
            extra = na_plenaria if etapa == "plenaria" else {}
            andamento = inscricao.Andamento(**({"etapa": etapa, "resultado": resultado, "dia": em.date()} | extra))
            instante = em + timedelta(seconds=posicao)
            inscricao.andar(inscricao=uma, andamento=andamento, por=por, em=instante, hoje=em.date())
        if etapa == ate:
            break
    uma.refresh_from_db()
    return uma


def inscrita(da: Entidade, *, por: Ator, em: datetime, qual: Oferta | None = None, **na_plenaria: Any) -> Inscricao:
    """Uma inscrição deferida e comunicada."""
    uma = pedida(da, por=por, em=em, qual=qual)
    com_documentos(uma, por=por, em=em)
    return andada(uma, por=por, em=em, **na_plenaria)


def junta(uma: Inscricao, *, por: Ator, em: datetime) -> Entrega:
    """Um documento à espera da conferência, numa inscrição devolvida com um arquivo."""
    devolvida = inscricao.Andamento(
        etapa="analise", resultado="devolvida", dia=em.date(), texto="Falta o plano", arquivo=pdf()
    )
    inscricao.andar(inscricao=uma, andamento=devolvida, por=por, em=em, hoje=em.date())
    return inscricao.juntar(
        inscricao=uma, exigencia="plano", arquivo=pdf(), exercicio=None, por=por, em=em + timedelta(seconds=1)
    )


def configurada(*, por: Ator, em: datetime) -> None:
    """As etapas do conselho de quem age, com prazo para o parecer."""
    inscricao.configurar(municipio=por.abrangencia, etapas_usadas={"parecer": (True, 30)}, por=por, em=em)


def completa(*, por: Ator, em: datetime) -> Entidade:
    """Uma entidade com dirigente, oferta, parceria, vínculo SUAS e outro município em que atua."""
    nova = entidade(
        por=por, em=em, cnpj="ZZCENADO000105", atuacoes=("3200102",), logradouro="Rua do Exemplo", telefone="2730000000"
    )
    cadastro.dar_posse(
        entidade=nova, nome="Dirigente do Exemplo", cargo="Presidente", desde=date(2025, 1, 1), ate=None, por=por, em=em
    )
    parceria(nova, por=por, em=em, oferta=oferta(nova, por=por, em=em))
    ofertas.reconhecer_vinculo(entidade=nova, desde=date(2026, 1, 1), por_que="Cumpre o que se pede", por=por, em=em)
    return nova


def cancelando(uma: Inscricao, *, por: Ator, em: datetime) -> None:
    """Abre o cancelamento, com trinta dias para a defesa."""
    cancelamento.abrir(
        inscricao=uma,
        motivo="Deixou de atender",
        defesa_ate=em.date() + timedelta(days=30),
        por=por,
        em=em,
        hoje=em.date(),
    )
