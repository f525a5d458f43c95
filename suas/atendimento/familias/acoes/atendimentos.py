"""Anotar o que se fez, anular o que se anotou errado, e ler, com motivo, o que outra unidade anotou."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse

from suas.atendimento.familias import listas, permissoes
from suas.atendimento.familias.consultas import familia as leitura
from suas.atendimento.familias.consultas.vizinhas import quem_se_avisa
from suas.atendimento.familias.models import Atendimento, Familia, LeituraDeFora, PessoaAtendida, Prontuario
from suas.cadastros.rede.models import Unidade
from suas.nucleo.avisos.acoes import avisar
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.recusa import AtoRecusado
from suas.nucleo.trilha.acoes import registrar

#: Quanto vale a licença de ler o que outra unidade anotou.
VALE = timedelta(hours=1)
MOTIVO_MINIMO = 15


@dataclass(frozen=True, kw_only=True)
class Novo:
    """O que se fez. `pessoa` vazia: com a família inteira. Repetir a `chave` do formulário não anota de novo."""

    tipo: int
    dia: date
    pessoa: PessoaAtendida | None = None
    descricao: str = ""
    chave: UUID | None = None


@transaction.atomic
def anotar(
    *, prontuario: Prontuario, novo: Novo, por: Ator, em: datetime, hoje: date, sintetico: bool = False
) -> Atendimento:
    """Anota um atendimento no prontuário da unidade. Enviar duas vezes a mesma chave anota uma só.

    Erros: `AtoRecusado` quando o dia não serve ou a pessoa não é da família.
    """
    if por.pessoa is None:
        raise AtoRecusado(permissoes.QUEM_ATENDE)
    if (feito := _ja_anotado(prontuario, novo)) is not None:
        return feito
    if novo.dia > hoje:
        raise AtoRecusado(f"O dia {novo.dia:%d/%m/%Y} ainda não chegou. Confira a data.", campo="dia")
    if novo.dia < prontuario.aberto_dia:
        raise AtoRecusado(
            f"O prontuário foi aberto em {prontuario.aberto_dia:%d/%m/%Y}: o atendimento não pode ser de antes.",
            campo="dia",
        )
    if novo.pessoa is not None and not prontuario.familia.integrantes.filter(pessoa=novo.pessoa).exists():
        raise AtoRecusado("A pessoa não é desta família. Escolha uma da lista.", campo="pessoa")
    if novo.tipo == listas.TipoDeAtendimento.OUTROS and not novo.descricao.strip():
        raise AtoRecusado("Em “Outros”, escreva o que se fez.", campo="descricao")
    atendimento = Atendimento(
        prontuario=prontuario,
        familia=prontuario.familia,
        pessoa=novo.pessoa,
        unidade=prontuario.unidade,
        abrangencia=prontuario.abrangencia,
        dia=novo.dia,
        tipo=novo.tipo,
        descricao=novo.descricao.strip(),
        profissional=por.pessoa,
        funcao=por.papel.nome,
        anotado_em=em,
        sintetico=sintetico,
    )
    if novo.chave is not None:
        atendimento.pk = novo.chave
    try:
        with transaction.atomic():
            atendimento.save(force_insert=True)
    except IntegrityError as erro:  # o outro envio da mesma página chegou antes
        if (feito := _ja_anotado(prontuario, novo)) is None:
            raise AtoRecusado("Este formulário já foi usado. Abra a página da família e anote de novo.") from erro
        return feito
    registrar(ato="familias.anotar_atendimento", objeto=atendimento, por=por, em=em)
    return atendimento


def _ja_anotado(prontuario: Prontuario, novo: Novo) -> Atendimento | None:
    """O que a mesma página já anotou. `AtoRecusado` se agora diz outra coisa: o que se escreveu não some calado."""
    if novo.chave is None:
        return None
    feito = Atendimento.objects.filter(pk=novo.chave, prontuario=prontuario).first()
    if feito is None:
        return None
    pessoa = novo.pessoa.pk if novo.pessoa is not None else None
    igual = (feito.tipo, feito.dia, feito.pessoa_id) == (novo.tipo, novo.dia, pessoa)
    if feito.anulado_em is not None or not igual or feito.descricao != novo.descricao.strip():
        raise AtoRecusado(
            f"Esta página já anotou o atendimento de {feito.dia:%d/%m/%Y}. Para corrigi-lo, anule-o na página da "
            "família; para anotar outro, abra “Anotar atendimento” de novo."
        )
    return feito


@transaction.atomic
def anular(*, atendimento: Atendimento, motivo: str, por: Ator, em: datetime) -> Atendimento:
    """Risca o que se anotou errado: continua no prontuário, com o motivo, e deixa de contar."""
    atual = Atendimento.objects.select_for_update(of=("self",)).get(pk=atendimento.pk)
    if atual.anulado_em is not None:
        raise AtoRecusado("Este atendimento já está anulado.")
    if not motivo.strip():
        raise AtoRecusado("Diga por que se anula.", campo="motivo")
    atual.anulado_em, atual.motivo_da_anulacao = em, motivo.strip()
    atual.save(update_fields=["anulado_em", "motivo_da_anulacao"])
    registrar(ato="familias.anular_atendimento", objeto=atual, por=por, em=em)
    return atual


@transaction.atomic
def ler_de_fora(
    *, familia: Familia, unidade: Unidade, motivo: str, por: Ator, em: datetime, hoje: date
) -> LeituraDeFora:
    """Abre, por uma hora, o que as outras unidades anotaram, e avisa quem as coordena e a gestão. O motivo fica.

    Erros: `AtoRecusado` se falta o motivo ou se nenhuma outra unidade tem prontuário da família.
    """
    if por.pessoa is None:
        raise AtoRecusado(permissoes.QUEM_ATENDE)
    if len(motivo.strip()) < MOTIVO_MINIMO:
        raise AtoRecusado(
            "Diga por que precisa ler, numa frase: quem coordena a outra unidade vai recebê-la.", campo="motivo"
        )
    outras = [p.unidade_id for p in leitura.prontuarios(familia) if p.unidade_id != unidade.pk]
    if not outras:
        raise AtoRecusado("Nenhuma outra unidade tem prontuário desta família.")
    Familia.objects.select_for_update(of=("self",)).get(pk=familia.pk)  # o mesmo envio duas vezes avisa uma só
    if vale := leitura.leitura_que_vale(familia, pessoa=por.pessoa.pk, unidade=unidade.pk, agora=em):
        return vale
    aberta = LeituraDeFora.objects.create(
        familia=familia,
        pessoa=por.pessoa,
        unidade=unidade,
        abrangencia=familia.abrangencia,
        motivo=motivo.strip(),
        em=em,
        vale_ate=em + VALE,
    )
    registrar(ato="familias.ler_de_fora", objeto=familia, por=por, em=em)
    for pessoa_id in quem_se_avisa(unidades=outras, municipio=familia.abrangencia, dia=hoje):
        if pessoa_id != por.pessoa.pk:
            avisar(
                modelo="familias.leitura_de_fora",
                causa=f"leitura-de-fora:{aberta.pk}",
                pessoa_id=pessoa_id,
                dados={"quem": por.pessoa.nome, "unidade": unidade.nome, "motivo": aberta.motivo},
                endereco=reverse("leituras-de-fora"),
                por=por,
                em=em,
            )
    return aberta
