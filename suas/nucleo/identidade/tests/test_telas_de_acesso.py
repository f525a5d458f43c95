"""As telas de acessos e o convite inteiro, pelo navegador de teste."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from suas.nucleo.identidade import lugares
from suas.nucleo.identidade.models import Convite, Pessoa, Vinculo
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.permissoes import papeis
from suas.nucleo.trilha.models import Leitura
from tests.contratos.tranca import trancar

pytestmark = pytest.mark.django_db
VITORIA, SERRA = "3205309", "3205002"
NOMES = {VITORIA: "Vitória/ES", SERRA: "Serra/ES"}
SENHA = "vento-mesa-lirio-42"


@pytest.fixture(autouse=True)
def conta_comum(db):
    """No PostgreSQL, a conta de uma instalação: a segunda tranca vale em cada pedido."""
    trancar()


@pytest.fixture(autouse=True)
def municipios(monkeypatch):
    """Dois municípios, sem o cadastro do território, que é de um andar de cima."""

    def achar(texto, dentro):
        achados = [lugares.Lugar(codigo="32", nome="Espírito Santo")]
        achados += [lugares.Lugar(codigo=codigo, nome=nome) for codigo, nome in NOMES.items()]
        return [a for a in achados if texto.casefold() in a.nome.casefold() and a.codigo.startswith(dentro.strip("BR"))]

    monkeypatch.setattr(lugares, "_nomear", lambda codigos: {c: NOMES[c] for c in codigos if c in NOMES})
    monkeypatch.setattr(lugares, "_achar", achar)
    monkeypatch.setattr(lugares, "_vistos", {})


def entrar(papel, abrangencia):
    pessoa = fabricas.pessoa_com_vinculo(papel, abrangencia)
    cliente = Client()
    cliente.force_login(pessoa)
    return cliente, pessoa


def nomear(cliente, **mudancas):
    hoje = timezone.localdate()
    dados = {
        "email": "nova@exemplo.example",
        "nome": "Nova do Exemplo",
        "papel": "tecnico_superior",
        "lugar": "Vitória/ES",
        "orgao": "CRAS do Exemplo",
        "desde": f"{hoje:%d/%m/%Y}",
    }
    return cliente.post(reverse("acesso-nomear"), dados | mudancas, follow=True)


def endereco_do_convite(resposta):
    achado = re.search(r'value="http://testserver(/convite/[^"]+)"', resposta.content.decode())
    assert achado, "a página do convite recém-feito mostra o endereço"
    return achado[1]


def test_do_convite_ao_trabalho_pela_tela():
    fabricas.instalacao()
    gestora, _ = entrar(papeis.GESTAO_MUNICIPAL, VITORIA)
    endereco = endereco_do_convite(nomear(gestora))
    convidada = Client()

    pagina = convidada.get(endereco).content.decode()
    sem_senha = convidada.post(endereco, {"nome": "Nova do Exemplo", "password1": "curta", "password2": "outra"})
    aceito = convidada.post(endereco, {"nome": "Nova do Exemplo", "password1": SENHA, "password2": SENHA}, follow=True)

    assert "Técnico de nível superior" in pagina
    assert "CRAS do Exemplo" in pagina
    assert "As duas senhas não são iguais" in sem_senha.content.decode()
    assert "Você age agora como Técnico de nível superior" in unescape(aceito.content.decode())
    assert aceito.wsgi_request.ator.papel == papeis.TECNICO_SUPERIOR
    usado = Client().get(endereco)
    assert usado.status_code == 410
    assert "já foi usado" in usado.content.decode()


def test_quem_ja_tem_conta_aceita_entrando_e_outra_pessoa_nao_ve_o_email():
    fabricas.instalacao()
    gestora, _ = entrar(papeis.GESTAO_MUNICIPAL, VITORIA)
    conselheira, pessoa = entrar(papeis.CONSELHEIRO, VITORIA)
    endereco = endereco_do_convite(nomear(gestora, email=pessoa.email))
    outra, _ = entrar(papeis.CONSELHEIRO, VITORIA)

    de_outra = outra.get(endereco).content.decode()
    pela_tela = conselheira.get(reverse("vinculo")).content.decode()
    conselheira.post(endereco)

    assert "O convite é para outro e-mail" in de_outra
    assert pessoa.email not in de_outra
    assert "Convites para você" in pela_tela
    assert pessoa.vinculos.filter(papel_codigo="tecnico_superior").exists()


def test_conta_com_o_email_de_outro_nao_aceita_convite_sem_o_endereco_dele():
    """Quem nomeia lê o endereço e pode fazer a conta por outra pessoa; o convite seguinte a ela não é dele."""
    fabricas.instalacao()
    gestora, _ = entrar(papeis.GESTAO_MUNICIPAL, VITORIA)
    intruso = Client()
    intruso.post(
        endereco_do_convite(nomear(gestora, email="maria@exemplo.example")),
        {"nome": "Maria", "password1": SENHA, "password2": SENHA},
    )
    federal, _ = entrar(papeis.ADMINISTRACAO_FEDERAL, "BR")
    nomear(federal, email="maria@exemplo.example", papel="presidencia_conselho", lugar="Vitória/ES", orgao="CMAS")
    convite = Convite.objects.get(papel_codigo="presidencia_conselho")

    intruso.post(reverse("vinculo-convite", args=[convite.pk]))

    convite.refresh_from_db()
    assert convite.estado == Convite.Estado.ABERTO
    assert "Aceitar" not in intruso.get(reverse("vinculo")).content.decode()


def test_onde_ha_correio_quem_nomeia_nao_le_o_endereco(settings):
    settings.CORREIO_SMTP = "smtp://127.0.0.1:1"
    fabricas.instalacao()
    gestora, _ = entrar(papeis.GESTAO_MUNICIPAL, VITORIA)

    feito = nomear(gestora)

    assert "Convite feito para nova@exemplo.example" in feito.content.decode()
    assert "/convite/" not in feito.content.decode()


def test_conta_que_ja_existe_nao_se_refaz_pelo_convite():
    fabricas.instalacao()
    gestora, _ = entrar(papeis.GESTAO_MUNICIPAL, VITORIA)
    _, pessoa = entrar(papeis.CONSELHEIRO, VITORIA)
    endereco = endereco_do_convite(nomear(gestora, email=pessoa.email))

    Client().post(endereco, {"nome": "Intrusa", "password1": SENHA, "password2": SENHA})

    pessoa.refresh_from_db()
    assert not pessoa.check_password(SENHA)
    assert Convite.objects.get().estado == Convite.Estado.ABERTO


def test_recusar_sem_entrar_avisa_e_fecha_o_convite():
    fabricas.instalacao()
    gestora, _ = entrar(papeis.GESTAO_MUNICIPAL, VITORIA)
    endereco = endereco_do_convite(nomear(gestora))

    Client().post(endereco, {"recusar": "sim"})

    assert Convite.objects.get().estado == Convite.Estado.RECUSADO
    assert not Pessoa.objects.filter(email="nova@exemplo.example").exists()


@pytest.mark.parametrize(
    "papel, onde, oferece, nao_oferece",
    [
        (papeis.ADMINISTRACAO_FEDERAL, "BR", "gestao_estadual", "tecnico_superior"),
        (papeis.GESTAO_ESTADUAL, "32", "gestao_municipal", "auditoria"),
        (papeis.GESTAO_MUNICIPAL, VITORIA, "gestao_municipal_adjunto", "conselheiro"),
        (papeis.GESTAO_MUNICIPAL_ADJUNTO, VITORIA, "tecnico_superior", "gestao_municipal_adjunto"),
        (papeis.PRESIDENCIA_CONSELHO, VITORIA, "secretaria_conselho", "tecnico_superior"),
        (papeis.SECRETARIA_CONSELHO, VITORIA, "conselheiro", "secretaria_conselho"),
    ],
)
def test_cada_nomeador_so_ve_os_papeis_que_da(papel, onde, oferece, nao_oferece):
    cliente, _ = entrar(papel, onde)

    pagina = cliente.get(reverse("acesso-nomear")).content.decode()

    assert f'value="{oferece}"' in pagina
    assert f'value="{nao_oferece}"' not in pagina


def test_o_territorio_se_escreve_pelo_nome_e_o_de_fora_e_recusado_em_palavras():
    fabricas.instalacao()
    estadual, _ = entrar(papeis.GESTAO_ESTADUAL, "32")
    dados = {"papel": "gestao_municipal", "orgao": "Secretaria", "email": "t@exemplo.example"}

    fora = nomear(estadual, **dados, lugar="Campinas").content.decode()
    nomear(estadual, **dados, lugar="serra/es")

    assert "Não há “Campinas” em Espírito Santo" in unescape(fora)
    assert 'value="Campinas"' in fora
    assert Convite.objects.get().abrangencia == SERRA


def test_a_lista_mostra_so_a_abrangencia_e_filtra_por_nome_papel_e_situacao():
    gestora, _ = entrar(papeis.GESTAO_MUNICIPAL, VITORIA)
    tecnica = fabricas.pessoa_com_vinculo(papeis.TECNICO_SUPERIOR, VITORIA)
    encerrado = fabricas.pessoa_com_vinculo(papeis.RECEPCAO, VITORIA)
    Vinculo.objects.filter(pessoa=encerrado).update(ate=timezone.localdate() - timedelta(days=1))
    de_fora = fabricas.pessoa_com_vinculo(papeis.TECNICO_SUPERIOR, SERRA)

    def emails(**filtro):
        pagina = gestora.get(reverse("acessos"), filtro).content.decode()
        return {p.email for p in (tecnica, encerrado, de_fora) if p.email in pagina}

    assert emails() == {tecnica.email}
    assert emails(situacao="todos") == {tecnica.email, encerrado.email}
    assert emails(q=tecnica.nome.split()[1], papel="recepcao") == set()
    assert emails(q=tecnica.email) == {tecnica.email}


def test_a_ficha_conta_o_que_aconteceu_e_so_oferece_o_que_cabe():
    fabricas.instalacao()
    gestora, _ = entrar(papeis.GESTAO_MUNICIPAL, VITORIA)
    auditora, _ = entrar(papeis.AUDITORIA, "32")
    tecnica = fabricas.pessoa_com_vinculo(papeis.TECNICO_SUPERIOR, VITORIA)
    endereco = reverse("acesso-pessoa", args=[tecnica.pk])
    encerrar = reverse("acesso-encerrar", args=[tecnica.vinculos.get().pk])
    hoje = timezone.localdate()

    da_auditora = auditora.get(endereco).content.decode()
    gestora.post(encerrar, {"dia": f"{hoje:%d/%m/%Y}", "motivo": "Mudança de função"})
    depois = gestora.get(endereco).content.decode()

    assert encerrar not in da_auditora
    assert "Quem encerra ou muda este vínculo" in da_auditora
    assert "Mudança de função" in depois
    assert "terminou" in depois


def test_o_titular_passa_a_titularidade_por_uma_pagina_so():
    fabricas.instalacao()
    gestora, pessoa = entrar(papeis.GESTAO_MUNICIPAL, VITORIA)
    adjunto = fabricas.pessoa_com_vinculo(papeis.GESTAO_MUNICIPAL_ADJUNTO, VITORIA)
    endereco = reverse("acesso-passar", args=[pessoa.vinculos.get().pk])
    hoje = timezone.localdate()

    pagina = gestora.get(endereco).content.decode()
    volta = gestora.post(endereco, {"email": "", "orgao": "Secretaria", "dia": "31/02/2026"}).content.decode()
    gestora.post(
        endereco,
        {
            "email": adjunto.email,
            "orgao": "Secretaria",
            "dia": f"{hoje:%d/%m/%Y}",
            "encerra": [str(adjunto.vinculos.get().pk)],
        },
    )

    assert adjunto.nome in pagina
    assert "Escreva o e-mail de quem entra" in volta
    assert 'value="31/02/2026"' in volta
    vigentes = Vinculo.objects.filter(abrangencia=VITORIA, ate=None)
    assert [(v.pessoa, v.papel) for v in vigentes] == [(adjunto, papeis.GESTAO_MUNICIPAL)]


def test_o_cabecalho_diz_o_vinculo_inteiro_e_troca_em_um_clique():
    cliente, pessoa = entrar(papeis.TECNICO_SUPERIOR, VITORIA)
    outro = Vinculo.objects.create(
        pessoa=pessoa,
        papel_codigo="gerencia_estadual",
        abrangencia="32",
        area="gpsb",
        orgao="Secretaria estadual",
        desde=fabricas.HOJE - timedelta(days=30),
    )

    antes = cliente.get(reverse("papeis")).content.decode()
    cliente.post(reverse("vinculo"), {"vinculo": str(outro.pk)})
    depois = cliente.get(reverse("papeis")).content.decode()

    assert "Gerência estadual, GPSB, Secretaria estadual, Espírito Santo" in antes
    assert f'value="{outro.pk}"' in antes
    assert f'value="{outro.pk}"' not in depois


def test_quem_pode_o_que_diz_todos_os_papeis_a_quem_nao_entrou(client):
    pagina = unescape(client.get(reverse("papeis")).content.decode())

    assert all(papel.nome in pagina and papel.descricao in pagina for papel in papeis.PAPEIS.values())
    assert "Administração federal (no país, no estado, no município)" in pagina


def test_toda_permissao_tem_uma_frase():
    from suas.nucleo.permissoes.palavras import PODE
    from suas.nucleo.permissoes.permissao import Permissao

    assert set(PODE) == set(Permissao)


def test_o_vinculo_que_acaba_esta_no_que_ha_a_fazer():
    cliente, pessoa = entrar(papeis.CONSELHEIRO, VITORIA)
    presidente, _ = entrar(papeis.PRESIDENCIA_CONSELHO, VITORIA)
    hoje = timezone.localdate()
    Vinculo.objects.filter(pessoa=pessoa).update(ate=hoje + timedelta(days=10))

    assert "Este vínculo acaba" in cliente.get(reverse("inicio")).content.decode()
    assert "1 vínculo acaba em 30 dias" in presidente.get(reverse("inicio")).content.decode()


def test_quem_le_os_emails_dos_convites_fica_registrado():
    fabricas.instalacao()
    cliente, pessoa = entrar(papeis.GESTAO_MUNICIPAL, VITORIA)
    nomear(cliente)
    um = Convite.objects.get()

    cliente.get(reverse("acesso-convites"))
    cliente.get(reverse("acesso-convite", args=[um.pk]))

    lidas = Leitura.objects.filter(tabela="identidade.convite", objeto_id=str(um.pk), pessoa_id=pessoa.pk)
    assert lidas.count() == 3, "a página do convite depois de nomear, a lista e a página de novo"
