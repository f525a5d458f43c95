"""O que espera por um vínculo nos acessos: convites, prazos que chegam, passagens à espera."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from suas.nucleo.identidade import consultas, permissoes
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.tela.afazer import Pendencia
from suas.nucleo.tela.filtros import dia, plural


def pendencias(ator: Ator, hoje: date) -> Iterator[Pendencia]:
    """Convites para a pessoa, o fim do próprio vínculo e, de quem nomeia, o que está por responder ou por acabar."""
    if ator.pessoa is None:
        return
    comeco = timezone.make_aware(datetime.combine(hoje, time.min))
    for convite in consultas.convites_para(ator.pessoa, em=comeco):
        yield Pendencia(
            titulo=f"Convite para {convite}",
            situacao="à espera",
            por_que="Você foi nomeado; o vínculo começa quando aceitar.",
            endereco=reverse("vinculo"),
            acao="responder",
            prazo=timezone.localtime(convite.valido_ate).date(),
        )
    yield from _sem_casa(ator)
    yield from _do_proprio(ator, hoje=hoje)
    if permissoes.papeis_que_nomeia(ator):
        yield from _de_quem_nomeia(ator, hoje=hoje, comeco=comeco)


def _sem_casa(ator: Ator) -> Iterator[Pendencia]:
    """O papel se exerce numa unidade ou entidade, e o vínculo ainda não diz qual: sem ela, nada se registra."""
    if not ator.papel.casa or ator.vinculo is None or ator.unidade is not None:
        return
    casa = ator.papel.casa
    pagina = {"de": reverse("vinculo"), "titulo": f"Dizer a {casa} do meu vínculo"}
    yield Pendencia(
        titulo=f"Este vínculo ainda não diz de que {casa} é",
        situacao=f"sem {casa}",
        por_que="Sem isso nada se registra. Diz qual é a gestão do município, em “Acessos”, na ficha da sua pessoa.",
        endereco=f"{reverse('ajuda-pedir')}?{urlencode(pagina)}",
        acao="pedir",
    )


def _do_proprio(ator: Ator, *, hoje: date) -> Iterator[Pendencia]:
    vinculo = ator.vinculo
    if vinculo is None:
        return
    passa = vinculo.papel.titular and ator.pode(Permissao.ACESSO_PASSAR, em=ator.abrangencia)
    if vinculo.ate is not None and vinculo.ate <= hoje + timedelta(days=consultas.DIAS_DE_AVISO):
        yield Pendencia(
            titulo="Este vínculo acaba",
            situacao=f"último dia: {dia(vinculo.ultimo_dia)}",
            por_que="Passe a titularidade antes." if passa else "Se você continua, peça outro a quem nomeia.",
            endereco=reverse("acesso-passar", args=[vinculo.pk]) if passa else reverse("vinculo"),
            acao="passar" if passa else "ver",
            prazo=vinculo.ultimo_dia,
        )
    espera = consultas.passagem_a_espera(vinculo) if passa else None
    if espera is not None and espera.convite is not None:
        yield Pendencia(
            titulo="A passagem da titularidade espera o aceite",
            situacao=f"marcada para {dia(espera.dia)}",
            por_que="Quem entra ainda não respondeu ao convite; você continua até lá, se não deixou vaga.",
            endereco=reverse("acesso-convite", args=[espera.convite_id]),
            acao="ver o convite",
            prazo=espera.dia,
        )


def _de_quem_nomeia(ator: Ator, *, hoje: date, comeco: datetime) -> Iterator[Pendencia]:
    vencidos = consultas.convites_abertos_de(ator.vinculo).filter(valido_ate__lte=comeco).count() if ator.vinculo else 0
    if vencidos:
        yield Pendencia(
            titulo=f"{plural(vencidos, 'convite venceu', 'convites venceram')} sem resposta",
            situacao="sem resposta",
            por_que="Foi você quem convidou: mande de novo, ou cancele.",
            endereco=reverse("acesso-convites"),
            acao="ver",
        )
    acabam = consultas.que_acabam(ator, hoje=hoje).count()
    if acabam:
        yield Pendencia(
            titulo=f"{plural(acabam, 'vínculo acaba', 'vínculos acabam')} em {consultas.DIAS_DE_AVISO} dias",
            situacao="acaba em breve",
            por_que="São de papéis que você dá: renove com outra nomeação, ou deixe acabar.",
            endereco=f"{reverse('acessos')}?{urlencode({'situacao': 'vencem'})}",
            acao="ver",
        )
