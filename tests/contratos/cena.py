"""O mundo com uma partilha em cada preparo, para percorrer a tabela de acesso."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse

from suas.atendimento.beneficios.tests import fabricas as beneficios
from suas.atendimento.cadunico.tests import fabricas as cadunico
from suas.atendimento.familias.models import Prontuario
from suas.atendimento.familias.tests import fabricas as familias
from suas.atendimento.prontuarios.tests import fabricas as prontuarios
from suas.atendimento.servicos.tests import fabricas as servicos
from suas.atendimento.territorial.tests import fabricas as territorial
from suas.cadastros.cobertura.tests import fabricas as cobertura
from suas.cadastros.entidades.tests import fabricas as entidades
from suas.cadastros.fundos.tests import fabricas as fundos
from suas.cadastros.orgaos.tests import fabricas as orgaos
from suas.cadastros.rede.acoes import pedidos
from suas.cadastros.rede.acoes import repetidas as distintas
from suas.cadastros.rede.models import MunicipioAtendido, ServicoOfertado, Unidade
from suas.cadastros.rede.models import Pedido as PedidoSobreARede
from suas.cadastros.rede.tests import fabricas as rede
from suas.cadastros.trabalhadores.models import BaseDaEquipe, QuemAtende
from suas.cadastros.trabalhadores.tests import fabricas as trabalhadores
from suas.config.acesso.tabela import DE_FORA, ESTRANHO, SEM_VINCULO, Linha, pessoas
from suas.financas.razao.tests import fabricas as razao
from suas.nucleo.ajuda import acoes as ajuda
from suas.nucleo.ajuda.models import Pedido as Ajuda
from suas.nucleo.api.acoes import ChaveCriada
from suas.nucleo.api.tests.fabricas import criar_chave
from suas.nucleo.avisos.acoes import avisar
from suas.nucleo.avisos.models import Aviso
from suas.nucleo.dados_pessoais.acoes import pedir
from suas.nucleo.dados_pessoais.models import Pedido
from suas.nucleo.fila import acoes as fila
from suas.nucleo.fila.tests import fabricas as fabricas_da_fila
from suas.nucleo.identidade.acoes import convites
from suas.nucleo.identidade.acoes.vinculos import AtoDeNomeacao
from suas.nucleo.identidade.models import Pessoa, Vinculo
from suas.nucleo.identidade.tests import fabricas
from suas.nucleo.importacoes.tests import fabricas as fabricas_das_importacoes
from suas.nucleo.obrigacoes.tests import fabricas as obrigacoes
from suas.nucleo.permissoes.ator import ATOR_PUBLICO, Ator
from suas.nucleo.permissoes.papeis import AUDITORIA, GERENCIA_ESTADUAL, GESTAO_MUNICIPAL, PAPEIS, TECNICO_SUPERIOR
from suas.nucleo.trilha.models import Ato
from suas.vigilancia.mensais.tests import fabricas as meses
from suas.vigilancia.monitoramento.tests import fabricas as monitoramento
from suas.vigilancia.remessas.tests import fabricas as remessas
from tests import mundo

#: O relógio das telas é o de verdade: o que elas continuam começou antes dele.
ONTEM = mundo.AGORA - timedelta(days=30)
#: As pessoas do mundo que já têm o papel e o território de uma da tabela; as outras são criadas.
DO_MUNDO = {
    "administracao_federal@uniao": "federal",
    "gestao_estadual@uf": "estadual",
    "gestao_municipal@municipio": "municipal",
    "conselheiro@uf": "conselho",
    "conselheiro@uniao": "conselho nacional",
    DE_FORA: "estadual de fora",
}


def _avisar(feito: mundo.Mundo, quem: str) -> Aviso:
    """Um aviso a essa pessoa, do modelo dos recados."""
    return avisar(
        modelo="avisos.recado",
        causa="cena",
        pessoa_id=feito.pessoas[quem].pk,
        dados={"assunto": "Parada no sábado", "texto": "O sistema para das 8h às 9h."},
        por=feito.ator(quem),
        em=mundo.AGORA,
    )


def _pedir(feito: mundo.Mundo, quem: str) -> Pedido:
    """O pedido de apagamento dessa pessoa."""
    return pedir(tipo="apagamento", texto="Mudei de município", por=feito.ator(quem), em=mundo.AGORA)


def _pedir_ajuda(feito: mundo.Mundo, quem: str) -> Ajuda:
    """Um pedido de ajuda dessa pessoa."""
    pagina = ajuda.Pagina(endereco="/partilhas/", titulo="Partilhas")
    return ajuda.pedir(texto="Não abre.", pagina=pagina, email="", por=feito.ator(quem), em=mundo.AGORA)


def _criar_rede(feito: mundo.Mundo) -> dict[str, str]:
    """Uma unidade da capital do Espírito Santo, com serviço e outro município atendido, e o pedido para a fechar."""
    unidade = rede.unidade("CREAS Regional do Exemplo", onde="3205309", tipo="creas_regional")
    ServicoOfertado.objects.create(unidade=unidade, servico="paefi")
    MunicipioAtendido.objects.create(unidade=unidade, municipio_id="3200102")
    outra = rede.unidade("CRAS do Exemplo", onde="3205309")
    novo = pedidos.NovoPedido(
        tipo=PedidoSobreARede.Tipo.FECHAR,
        municipio=outra.municipio,
        unidade=outra,
        justificativa="Mudou",
        dados={"dia": "2026-12-01", "destino": "Ninguém era atendido"},
    )
    pedido = pedidos.pedir(novo=novo, por=feito.ator("municipal"), em=mundo.AGORA, hoje=mundo.AGORA.date())
    fechada = rede.unidade("CRAS que fechou", onde="3205309", fechada_em=date(2020, 1, 1))
    return {
        "unidade": str(unidade.pk),
        "fechada": str(fechada.pk),
        "pedido_da_rede": str(pedido.pk),
        **_juntar(feito),
    }


def _juntar(feito: mundo.Mundo) -> dict[str, str]:
    """Dois cadastros parecidos da capital, e um pedido de junção de outros dois que a União aprovou."""
    uma, outra, sai, fica = (
        rede.unidade(nome, onde="3205309", logradouro=f"da Rua {numero}", telefone="")
        for numero, nome in enumerate(("Centro Dia da Praia", "Centro-Dia Praia", "CRAS da Praia", "CRAS Praia"))
    )
    novo = pedidos.NovoPedido(
        tipo=PedidoSobreARede.Tipo.FUNDIR,
        municipio=sai.municipio,
        unidade=sai,
        justificativa="É o mesmo",
        dados={"fica": str(fica.pk), "fica_nome": fica.nome, "campos": []},
    )
    pedido = pedidos.pedir(novo=novo, por=feito.ator("municipal"), em=mundo.AGORA, hoje=mundo.AGORA.date())
    longe, perto = (
        rede.unidade(nome, onde="3205309", telefone="", logradouro=nome) for nome in ("CRAS Sul", "CRAS Sull")
    )
    par = distintas.dizer_distintas(uma=longe, outra=perto, motivo="", por=feito.ator("municipal"), em=mundo.AGORA)
    pedidos.aprovar(pedido=pedido, resposta="", por=feito.ator("federal"), em=mundo.AGORA)
    return {"repetida": str(uma.pk), "parecida": str(outra.pk), "juntada": str(sai.pk), "juncao": str(pedido.pk)} | {
        "par_distinto": str(par.pk)
    }


def _criar_cras() -> UUID:
    """Um CRAS da capital do Espírito Santo, com o território definido."""
    cras = rede.unidade("CRAS com território", onde="3205309", aberta_em=date(2010, 1, 1))
    cobertura.territorio(cras, bairros=("Centro",))
    return cras.pk


def _criar_orgaos() -> dict[str, str]:
    """O órgão gestor, o conselho e o fundo da capital do Espírito Santo, com quem responde por eles."""
    gestor, fundo = orgaos.orgao(onde="3205309"), fundos.fundo(onde="3205309")
    orgaos.orgao("conselho", onde="3205309")
    return {
        "orgao": str(gestor.pk),
        "mandato": str(orgaos.mandato(gestor, arquivo=orgaos.pdf()).pk),
        "fundo": str(fundo.pk),
        "responsavel": str(fundos.responsavel(fundo, arquivo=orgaos.pdf()).pk),
        "conta": str(fundos.conta(fundo).pk),
    }


class Cena:
    """O mundo, uma partilha em cada preparo, uma pessoa por papel e esfera, e os nomes que a tabela cita."""

    def __init__(self, feito: mundo.Mundo) -> None:
        self.pessoas: dict[str, Pessoa] = feito.pessoas | {chave: feito.pessoas[q] for chave, q in DO_MUNDO.items()}
        for chave, pessoa in pessoas().items():
            if chave not in self.pessoas:
                self.pessoas[chave] = fabricas.pessoa_com_vinculo(PAPEIS[pessoa.papel], pessoa.abrangencia)
        self.pessoas[SEM_VINCULO] = Pessoa.objects.criar(
            email="sem-vinculo@exemplo.example", nome="Sem Vínculo", senha=fabricas.SENHA
        )
        self._servidor = ClientHandler(enforce_csrf_checks=False)  # um só: montar os intermediários custa um pedido
        self._sessoes: dict[str, SimpleCookie] = {}
        self._chaves: dict[str, ChaveCriada] = {}
        por = feito.ator("estadual")
        self.partilhas = {
            "simulada": feito.partilha,
            "rascunho": mundo.abrir(ambito="32", por=por),
            "pactuada": mundo.juntar_pecas(mundo.simulada(ambito="32", por=por), por=por, quantas=1),
            "deliberada": mundo.juntar_pecas(mundo.simulada(ambito="32", por=por), por=por),
        }
        andamento = fila.abrir(titulo="Tarefa", abrangencia="32", em=mundo.AGORA)
        aviso = _avisar(feito, "estadual")
        pedido = _pedir_ajuda(feito, "municipal")
        outro = mundo.dar_vinculo(feito.pessoas["estadual"], GESTAO_MUNICIPAL, "3200102")
        self.nomes = {
            "outra": str(self.partilhas["pactuada"].pk),
            "peca": str(self.partilhas["pactuada"].pecas.get().pk),
            "andamento": str(andamento.pk),
            "aviso": str(aviso.pk),
            "pedido": str(_pedir(feito, "municipal").pk),
            "ato": str(Ato.objects.filter(pessoa_id=feito.pessoas["estadual"].pk).latest("pk").pk),
            "pessoa": str(self.pessoas[SEM_VINCULO].pk),
            "mensagem": str(aviso.mensagem_id),
            "tarefa": str(fabricas_da_fila.parada(em=mundo.AGORA).pk),
            "ajuda": str(pedido.pk),
            "importacao": str(mundo.receber_planilha(por=por).pk),
            "planilha": str(
                fabricas_das_importacoes.receber_e_lembrar(
                    "municipio;habitantes\n3205309;x\n", por=feito.ator("federal")
                ).pk
            ),
            "vinculo": str(outro.pk),
            "ato_da_gestora": str(Ato.objects.filter(pessoa_id=feito.pessoas["municipal"].pk).latest("pk").pk),
            "gestora_municipal": str(self.pessoas["municipal"].pk),
            **_criar_orgaos(),
            "cras": str(_criar_cras()),
        }
        self.nomes |= self._acessos(feito) | _criar_rede(feito)
        self.nomes |= self._entidades(feito)
        self.nomes |= self._trabalhadores()
        self.nomes |= self._familias()
        enviado = meses.devolvido(Unidade.objects.get(pk=self.nomes["unidade"]))
        self.nomes["comprovante"] = str(meses.comprovado(enviado).pk)
        self.nomes["remessa"] = str(remessas.feita(feito.ator("municipal")).pk)
        self.nomes |= obrigacoes.cena()
        razao.cena()
        self.nomes |= monitoramento.cena()
        self._entrar()
        self._dar_chaves()
        self.programa("gestao_estadual@uf").get(reverse("api-eu"))  # um pedido no registro
        self.nomes["chave"] = str(self._chaves["gestao_estadual@uf"].chave.pk)

    def _acessos(self, feito: mundo.Mundo) -> dict[str, str]:
        """Uma técnica nomeada pela gestão municipal da capital, com o arquivo do ato, e um convite à espera."""
        por, hoje = feito.ator("municipal"), mundo.AGORA.date()
        novo = convites.NovoConvite(
            email="nomeada@exemplo.example",
            papel=TECNICO_SUPERIOR,
            abrangencia=por.abrangencia,
            orgao="CRAS do Exemplo",
            desde=hoje,
            ato=AtoDeNomeacao(numero="Portaria 1/2026", dia=hoje, arquivo=mundo.pdf()),
        )
        feita = convites.convidar(novo=novo, por=por, em=mundo.AGORA, hoje=hoje)
        pessoa, vinculo = convites.aceitar_com_nova_entrada(
            convite=feita.convite,
            nome="Nomeada do Exemplo",
            senha=fabricas.SENHA,
            por=ATOR_PUBLICO,
            em=mundo.AGORA,
            hoje=hoje,
        )
        outro = replace(novo, email="convidada@exemplo.example", ato=AtoDeNomeacao())
        # feito daqui a dez anos, para que o relógio de verdade não o vença
        aberto = convites.convidar(novo=outro, por=por, em=mundo.AGORA + timedelta(days=3650), hoje=hoje)
        da_gestora = convites.convidar(
            novo=replace(outro, email=feito.pessoas["estadual"].email, papel=AUDITORIA, abrangencia="32"),
            por=feito.ator("federal"),
            em=mundo.AGORA + timedelta(days=3650),
            hoje=hoje,
        )
        return {
            "convite_da_gestora": str(da_gestora.convite.pk),
            "nomeada": str(pessoa.pk),
            "vinculo_da_nomeada": str(vinculo.pk),
            "titular": str(por.vinculo.pk) if por.vinculo else "",
            "convite": str(aberto.convite.pk),
            "segredo": aberto.segredo,
        }

    def _entidades(self, feito: mundo.Mundo) -> dict[str, str]:
        """Uma entidade da capital, com dirigente, que quem tem o papel de entidade representa."""
        por = feito.ator("municipal")
        entidade = entidades.completa(por=por, em=ONTEM)
        self.pessoas["entidade@municipio"].vinculos.update(unidade=entidade.pk)
        conselho = mundo._ator(self.pessoas["secretaria_conselho@municipio"])
        inscrita = entidades.inscrita(entidade, por=conselho, em=ONTEM)
        oferta = entidade.ofertas.get()
        pedida = entidades.pedida(entidade, por=conselho, em=ONTEM, qual=oferta)
        entrega = entidades.junta(pedida, por=conselho, em=ONTEM)
        em_cancelamento = entidades.inscrita(entidades.entidade(por=por, em=ONTEM), por=conselho, em=ONTEM)
        entidades.cancelando(em_cancelamento, por=conselho, em=ONTEM - timedelta(days=60))
        entidades.configurada(por=conselho, em=ONTEM)
        return {
            "entidade": str(entidade.pk),
            "oferta": str(oferta.pk),
            "inscrita": str(inscrita.pk),
            "pedida": str(pedida.pk),
            "entrega": str(entrega.pk),
            "passo": str(pedida.passos.exclude(documento=None).get().pk),
            "em_cancelamento": str(em_cancelamento.pk),
        }

    def _trabalhadores(self) -> dict[str, str]:
        """Alguém lotado na unidade da cena, que publica quem atende; a coordenação é a desta unidade."""
        unidade = Unidade.objects.get(pk=self.nomes["unidade"])
        lotacao = trabalhadores.lotacao(unidade=unidade)
        BaseDaEquipe.objects.create(unidade=unidade, gestao=BaseDaEquipe.Gestao.PLENA, mudada_em=mundo.AGORA)
        QuemAtende.objects.create(unidade=unidade, ligado_em=mundo.AGORA)
        self.pessoas["coordenacao_unidade@municipio"].vinculos.update(unidade=unidade.pk)
        return {"trabalhadora": str(lotacao.trabalhador_id), "lotacao": str(lotacao.pk)}

    def _familias(self) -> dict[str, str]:
        """Uma família com prontuário e um atendimento na unidade da cena, e alguém além da pessoa de referência."""
        prontuario = familias.familia(Unidade.objects.get(pk=self.nomes["unidade"]))
        integrante = familias.integrante(prontuario.familia)
        familias.leitura_de_fora(prontuario)
        anulada = familias.anulada(familias.familia(prontuario.unidade, nome="Dora do Exemplo"))
        prontuarios.gravada(prontuario)
        cadunico.dito(prontuario, integrante)
        repetidos = familias.repetidos(prontuario, integrante)
        acompanhamento = prontuarios.acompanhada(prontuario, dia=mundo.AGORA.date())
        prontuarios.avaliada(acompanhamento)
        objetivo = prontuarios.planejada(acompanhamento).objetivos.get()
        return {
            **repetidos,
            "familia": str(prontuario.familia_id),
            "familia_anulada": str(anulada.familia_id),
            "acompanhamento": str(acompanhamento.pk),
            "entrega_do_registro": str(prontuarios.entregue(prontuario, integrante.pessoa).pk),
            "plano_da_familia": str(objetivo.plano_id),
            "objetivo": str(objetivo.pk),
            "acao": str(objetivo.acoes.get().pk),
            "integrante": str(integrante.pk),
            "pessoa_atendida": str(integrante.pessoa_id),
            "atendimento": str(familias.atendimento(prontuario).pk),
            "atendido_em_outubro": str(familias.atendimento(prontuario, dia=date(2026, 10, 5)).pk),
            **self._servicos(prontuario),
        }

    def _servicos(self, prontuario: Prontuario) -> dict[str, str]:
        """Um encaminhamento que chegou à unidade da cena, um que saiu dela a um órgão, e um protocolo a responder."""
        cras = Unidade.objects.get(pk=self.nomes["cras"])
        de_la = familias.familia(cras, nome="Davi do Exemplo")
        return {
            "encaminhamento_recebido": str(servicos.encaminhamento(de_la, prontuario.unidade, hoje=ONTEM.date()).pk),
            "encaminhamento_de_fora": str(servicos.encaminhamento(prontuario, None, orgao="INSS").pk),
            **self._grupos(prontuario),
            **self._beneficios(prontuario),
            **self._busca_ativa(prontuario),
            "protocolo": str(servicos.protocolo(cras, prontuario.unidade, aceita=False).pk),
        }

    def _grupos(self, prontuario: Prontuario) -> dict[str, str]:
        """Um grupo da unidade da cena, com alguém que participa e um encontro."""
        grupo = servicos.grupo(prontuario.unidade)
        participante = servicos.participante(grupo, prontuario.familia.integrantes.earliest("ordem"))
        return {
            "grupo": str(grupo.pk),
            "participante": str(participante.pk),
            "encontro": str(servicos.chamada(grupo, participante).pk),
        }

    def _beneficios(self, prontuario: Prontuario) -> dict[str, str]:
        """A regra da cesta básica, um pedido à espera e outro concedido na unidade da cena, e um BPC revisto."""
        beneficios.regra(onde=prontuario.abrangencia)
        bpc = beneficios.acompanhado(prontuario, prontuario.familia.integrantes.earliest("ordem").pessoa)
        beneficios.revisto(bpc)
        return {
            "beneficio": str(beneficios.pedido(prontuario).pk),
            "beneficio_concedido": str(beneficios.decidido(beneficios.pedido(prontuario)).pk),
            "bpc": str(bpc.pk),
        }

    def _busca_ativa(self, prontuario: Prontuario) -> dict[str, str]:
        """Uma lista de busca ativa da unidade da cena, com uma família a que já se foi uma vez."""
        lista = territorial.lista(prontuario.unidade)
        procurada = territorial.procurada(lista, prontuario.familia)
        territorial.procura(procurada)
        return {"lista_de_busca": str(lista.pk), "procurada": str(procurada.pk)}

    def cliente(self, pessoa: str | None) -> Client:
        """Um navegador em que `pessoa` (chave da tabela, ou nome do mundo) já entrou; sem pessoa, o de um estranho."""
        cliente = Client()
        cliente.handler = self._servidor
        if pessoa not in {None, ESTRANHO}:
            cliente.cookies = SimpleCookie(self._sessoes[pessoa].output(header="", sep=";"))
        return cliente

    def _entrar(self) -> None:
        """Cada pessoa entra uma vez e faz um pedido; os de cada teste se desfazem, e as sessões ficam.

        Sem esse primeiro pedido, que marca o começo da sessão, todos os outros a gravariam.
        """
        for chave, pessoa in self.pessoas.items():
            cliente = Client()
            cliente.handler = self._servidor
            cliente.force_login(pessoa)
            cliente.get(reverse("saude"))
            self._sessoes[chave] = cliente.cookies

    def programa(self, pessoa: str | None) -> Client:
        """Um programa com a chave do vínculo da pessoa; o do estranho, sem chave."""
        cliente = Client(headers=self.autorizacao(pessoa))
        cliente.handler = self._servidor
        return cliente

    def autorizacao(self, pessoa: str | None) -> dict[str, str]:
        """O cabeçalho com a chave da pessoa; nenhum para o estranho."""
        chave = self._chaves.get(pessoa or ESTRANHO)
        return {"Authorization": f"Bearer {chave.texto}"} if chave else {}

    def _dar_chaves(self) -> None:
        """Uma chave por pessoa, que lê e escreve; a de quem não tem vínculo é de um que já acabou."""
        Vinculo.objects.create(
            pessoa=self.pessoas[SEM_VINCULO],
            papel_codigo=GERENCIA_ESTADUAL.codigo,
            abrangencia="32",
            orgao="Órgão de que saiu",
            desde=date(2020, 1, 1),
            ate=date(2021, 1, 1),
        )
        for chave in (SEM_VINCULO, DE_FORA, *pessoas()):
            vinculo = self.pessoas[chave].vinculos.order_by("desde", "id")[0]
            por = Ator(
                pessoa=self.pessoas[chave], vinculo=vinculo, papel=vinculo.papel, abrangencia=vinculo.abrangencia
            )
            self._chaves[chave] = criar_chave(por, pode_escrever=True)

    def endereco(self, linha: Linha) -> str:
        return reverse(linha.rota, args=self.argumentos(linha))

    def argumentos(self, linha: Linha) -> list[str]:
        return [self._trocar(linha, argumento) for argumento in linha.argumentos]

    def dados(self, linha: Linha) -> dict[str, str]:
        return {nome: self._trocar(linha, valor) for nome, valor in linha.dados.items()}

    def pedir(self, linha: Linha, pessoa: str | None) -> HttpResponse:
        """A resposta que a pessoa recebe na linha, com os dados e o corpo que ela diz."""
        cliente = self.programa(pessoa) if linha.quem == "token" else self.cliente(pessoa)
        cabecalhos = {nome: self._trocar(linha, valor) for nome, valor in linha.cabecalhos.items()}
        dados: Any = self.dados(linha)
        outros: dict[str, Any] = {"headers": cabecalhos}
        if linha.metodo != "GET" and linha.corpo is not None:
            dados, outros = linha.corpo, {**outros, "content_type": "application/json"}
        resposta: HttpResponse = getattr(cliente, linha.metodo.lower())(self.endereco(linha), dados, **outros)
        return resposta

    def _trocar(self, linha: Linha, texto: str) -> str:
        return texto.format(partilha=self.partilhas[linha.preparo].pk, **self.nomes)
