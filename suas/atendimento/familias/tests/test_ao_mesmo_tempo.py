"""O mesmo envio duas vezes, e duas janelas com o mesmo número: um vale, e o outro se recusa em palavras."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connections
from django.urls import reverse

from suas.atendimento.familias.acoes import atendimentos, familias, pessoas
from suas.atendimento.familias.acoes.familias import Chegada, Nova
from suas.atendimento.familias.acoes.pessoas import Dados
from suas.atendimento.familias.consultas import busca
from suas.atendimento.familias.consultas import familia as leitura
from suas.atendimento.familias.models import Atendimento, Familia, Integrante, LeituraDeFora, PessoaAtendida
from suas.atendimento.familias.tests import fabricas
from suas.atendimento.familias.tests.test_views import entrar, hoje, nova, texto
from suas.cadastros.rede.tests import fabricas as rede
from suas.nucleo.avisos.models import Aviso
from suas.nucleo.identidade.tests import fabricas as identidade
from suas.nucleo.identidade.tests.fabricas import AGORA, HOJE
from suas.nucleo.identificador import uuid7
from suas.nucleo.permissoes import papeis
from suas.nucleo.recusa import AtoRecusado


@pytest.fixture
def cras(db):
    identidade.instalacao()
    return rede.unidade("CRAS Centro")


def registrar(unidade, *, por, **dados):
    chave, numero = dados.pop("chave", None), dados.pop("numero", None)
    nova = Nova(
        referencia=Dados(**{"nome": "Alba do Exemplo"} | dados),
        chegada=Chegada(ingresso="espontanea", dia=HOJE, numero=numero),
        chave=chave,
    )
    return familias.registrar_familia(nova=nova, unidade=unidade, e_outra=True, por=por, em=AGORA, hoje=HOJE)


@pytest.mark.parametrize("campo", ["cpf", "nis"])
def test_numero_gravado_por_outra_janela_depois_da_conferencia_se_recusa_em_palavras(cras, monkeypatch, campo):
    numero = fabricas.cpf() if campo == "cpf" else fabricas.nis()
    por = fabricas.tecnica(cras)
    registrar(cras, por=por, **{campo: numero})
    outra = registrar(cras, por=por, nome="Bia do Exemplo").familia.integrantes.get().pessoa
    monkeypatch.setattr(busca, "mesmo_documento", lambda **_: None)  # a conferência passou antes de a outra gravar

    with pytest.raises(AtoRecusado, match="Já há no município alguém com este CPF ou NIS") as recusa:
        registrar(cras, por=por, nome="Caio do Exemplo", **{campo: numero})
    with pytest.raises(AtoRecusado, match="Já há no município"):
        mudar = {"dados": Dados(nome="Bia do Exemplo", **{campo: numero}), "versao": 1}
        pessoas.atualizar(pessoa=outra, por=por, em=AGORA, hoje=HOJE, **mudar)

    assert recusa.value.campo == campo
    assert Familia.objects.count() == 2


def test_o_nis_repetido_se_diz_no_nis_ainda_que_o_cpf_venha(cras):
    nis, por = fabricas.nis(), fabricas.tecnica(cras)
    registrar(cras, por=por, nis=nis)

    with pytest.raises(AtoRecusado) as recusa:
        registrar(cras, por=por, nome="Bia", cpf=fabricas.cpf(), nis=nis)

    assert recusa.value.campo == "nis"


def test_o_mesmo_formulario_duas_vezes_registra_e_inclui_uma_vez_so(cras):
    tecnica, chave, outra = entrar(cras), str(uuid7()), str(uuid7())
    envio = nova(chave=chave, e_outra="sim")
    for _ in range(2):
        tecnica.post(reverse("familia-nova"), envio)
    familia = Familia.objects.get()
    novo = {"p-nome": "Caio", "l-parentesco": "3", "l-dia": hoje(), "e_outra": "sim", "chave": outra}
    for _ in range(2):
        tecnica.post(reverse("integrante-novo", args=[familia.pk]), novo)
    mudado = texto(tecnica.post(reverse("familia-nova"), envio | {"p-nome": "Outra Pessoa"}))

    assert Integrante.objects.count() == 2
    assert "já foi gravado com outra pessoa" in mudado
    assert f'value="{chave}"' in mudado


def test_a_chave_de_outra_familia_ou_de_outro_prontuario_nao_derruba_a_pagina(cras):
    de_la = fabricas.familia(rede.unidade("CRAS da Serra", onde="3205002"))
    feito = fabricas.atendimento(de_la)
    aqui = fabricas.familia(cras).familia
    tecnica = entrar(cras)

    registra = tecnica.post(reverse("familia-nova"), nova(chave=str(de_la.familia.pk)))
    anota = tecnica.post(
        reverse("atendimento-novo", args=[aqui.pk]), {"chave": str(feito.pk), "tipo": "1", "dia": hoje()}
    )
    hostil = tecnica.post(reverse("familia-nova"), nova(chave="x" * 5000))

    assert "já foi usado" in texto(registra)
    assert "já foi usado" in texto(anota)
    assert hostil.status_code == 302


def test_a_mesma_pagina_com_outra_descricao_nao_se_perde_calada(cras):
    prontuario, por, chave = fabricas.familia(cras), fabricas.tecnica(cras), uuid7()
    envio = {"prontuario": prontuario, "por": por, "em": AGORA, "hoje": HOJE}
    atendimentos.anotar(novo=atendimentos.Novo(tipo=1, dia=HOJE, chave=chave), **envio)

    with pytest.raises(AtoRecusado, match="Para corrigi-lo, anule-o"):
        atendimentos.anotar(novo=atendimentos.Novo(tipo=1, dia=HOJE, descricao="Outra coisa.", chave=chave), **envio)


def test_o_mesmo_motivo_duas_vezes_abre_uma_leitura_e_avisa_uma_vez(cras):
    familia, creas = fabricas.familia(cras).familia, rede.unidade("CREAS Norte", tipo="creas")
    fabricas.tecnica(cras, papeis.COORDENACAO_UNIDADE)
    ler = {"familia": familia, "unidade": creas, "motivo": "A criança foi encaminhada.", "por": fabricas.tecnica(creas)}

    um, outro = (atendimentos.ler_de_fora(**ler, em=AGORA, hoje=HOJE) for _ in range(2))

    assert um == outro
    assert Aviso.objects.filter(modelo="familias.leitura_de_fora").count() == 1


def test_o_mesmo_endereco_duas_vezes_nao_vira_historia_e_guarda_o_cras_escolhido(cras):
    familia = fabricas.familia(cras).familia
    ato = {"em_abrigo": True, "dia": HOJE, "por": identidade.ator(), "em": AGORA, "hoje": HOJE}
    endereco = {"logradouro": "Outra", "bairro": "Praia"}

    familias.mudar_domicilio(familia=familia, endereco=endereco, cras=cras, **ato)
    familias.mudar_domicilio(familia=familia, endereco=endereco, cras=None, **ato)
    familia.refresh_from_db()

    assert len(leitura.domicilios_anteriores(familia)) == 1
    assert familia.cras == cras
    form = texto(entrar(cras).get(reverse("familia-endereco", args=[familia.pk])))
    assert 'name="em_abrigo" id="id_em_abrigo" checked' in form


@pytest.mark.parametrize("versao", ["²", "9" * 5000, "-1", "x", ""])
def test_versao_hostil_e_conflito_e_o_conflito_diz_tambem_o_nascimento(cras, versao):
    fabricas.familia(cras, nascimento=date(1985, 3, 21), sexo="F")
    pessoa = PessoaAtendida.objects.get()
    mudar = {"nome": "Alba do Exemplo", "nascimento": "22/03/1985", "versao": versao}

    pagina = texto(entrar(cras).post(reverse("pessoa-mudar", args=[pessoa.pk]), mudar))

    assert "está gravado “21/03/1985”; você escreveu “22/03/1985”" in pagina
    assert "está gravado “feminino”; você escreveu “em branco”" in pagina


def test_o_prontuario_longo_se_le_inteiro_em_paginas(cras):
    prontuario, por = fabricas.familia(cras), fabricas.tecnica(cras)
    for numero in range(51):
        feito = fabricas.atendimento(prontuario, por=por)
        Atendimento.objects.filter(pk=feito.pk).update(descricao=f"Conversa {numero:02d}.")
    tecnica, ficha = entrar(cras), reverse("familia", args=[prontuario.familia.pk])

    primeira, segunda = texto(tecnica.get(ficha)), texto(tecnica.get(ficha, {"pagina": "2"}))

    assert "Conversa 50." in primeira
    assert "Conversa 00." not in primeira
    assert "Conversa 00." in segunda
    assert "pagina=2" in primeira


@pytest.mark.parametrize("palavra, fim", [("mari", "marj"), ("luz", "lv"), ("a9", "aa"), ("z", "z" * 61)])
def test_o_fim_da_procura_por_pedaco_so_tem_letras_e_algarismos(palavra, fim):
    assert busca._depois(palavra) == fim


def test_um_pedaco_do_nome_acha_tambem_o_que_acaba_em_z(cras):
    fabricas.familia(cras, nome="Zuzzana Luzia")

    for pedaco in ("z", "zuz", "luz", "zuzz"):
        assert busca.procurar(pedaco, municipio=cras.municipio_id, unidade=cras.pk), pedaco


def _ao_mesmo_tempo(*fazer) -> list[str]:
    """Faz tudo de uma vez, cada um na sua conexão; devolve “feito” ou a recusa de cada um."""
    largada, resultados = threading.Barrier(len(fazer)), []

    def correr(um) -> None:
        try:
            largada.wait(timeout=10)
            um()
            resultados.append("feito")
        except Exception as erro:  # noqa: BLE001  # o que não é recusa aparece na conta
            resultados.append(f"{type(erro).__name__}: {erro}")
        finally:
            connections.close_all()

    correndo = [threading.Thread(target=correr, args=(um,)) for um in fazer]
    for um in correndo:
        um.start()
    for um in correndo:
        um.join(timeout=30)
    return sorted(resultados)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("sem_gatilhos_no_fim")
class TestAoMesmoTempo:
    def test_o_mesmo_cpf_em_duas_unidades(self):
        identidade.instalacao()
        unidades, cpf = [rede.unidade("CRAS A"), rede.unidade("CRAS B")], fabricas.cpf()
        quem = [(unidade, fabricas.tecnica(unidade)) for unidade in unidades]

        resultados = _ao_mesmo_tempo(*(lambda u=u, p=p: registrar(u, por=p, cpf=cpf) for u, p in quem))

        assert resultados[0].startswith("AtoRecusado: Já há no município"), resultados
        assert resultados[1] == "feito"
        assert Familia.objects.count() == 1

    def test_o_mesmo_envio_e_o_mesmo_numero(self):
        identidade.instalacao()
        cras = rede.unidade("CRAS A")
        por, chave = fabricas.tecnica(cras), uuid7()

        iguais = _ao_mesmo_tempo(*[lambda: registrar(cras, por=por, chave=chave)] * 3)
        numeros = _ao_mesmo_tempo(*[lambda: registrar(cras, por=por, numero=77)] * 2)

        assert iguais == ["feito"] * 3
        assert numeros[0].startswith("AtoRecusado: O prontuário 77"), numeros
        assert Familia.objects.count() == 2

    def test_anotar_e_ler_de_fora(self):
        identidade.instalacao()
        cras, creas = rede.unidade("CRAS A"), rede.unidade("CREAS B", tipo="creas")
        prontuario = fabricas.familia(cras)
        por, de_fora, novo = fabricas.tecnica(cras), fabricas.tecnica(creas), uuid7()
        anotar = {"prontuario": prontuario, "por": por, "em": AGORA, "hoje": HOJE}
        anotar["novo"] = atendimentos.Novo(tipo=1, dia=HOJE, chave=novo)
        ler = {"familia": prontuario.familia, "unidade": creas, "motivo": "A criança foi encaminhada."}
        ler |= {"por": de_fora, "em": AGORA, "hoje": HOJE}

        assert _ao_mesmo_tempo(*[lambda: atendimentos.anotar(**anotar)] * 3) == ["feito"] * 3
        assert _ao_mesmo_tempo(*[lambda: atendimentos.ler_de_fora(**ler)] * 3) == ["feito"] * 3
        assert (Atendimento.objects.count(), LeituraDeFora.objects.count()) == (1, 1)
