"""O mundo com uma partilha em cada estado, para percorrer a tabela de acesso."""

from __future__ import annotations

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from suas.nucleo.fila import acoes as fila
from suas.nucleo.permissoes.papeis import GESTAO_MUNICIPAL
from tests import mundo
from tests.contratos.tabela_de_acesso import Linha


class Cena:
    """O mundo, uma partilha em cada preparo, e os nomes que a tabela cita."""

    def __init__(self, feito: mundo.Mundo) -> None:
        self.pessoas = feito.pessoas
        por = feito.ator("estadual")
        self.partilhas = {
            "simulada": feito.partilha,
            "rascunho": mundo.abrir(ambito="32", por=por),
            "pactuada": mundo.juntar_pecas(mundo.simulada(ambito="32", por=por), por=por, quantas=1),
            "deliberada": mundo.juntar_pecas(mundo.simulada(ambito="32", por=por), por=por),
        }
        andamento = fila.abrir(titulo="Tarefa", abrangencia="32", em=mundo.AGORA)
        outro = mundo.dar_vinculo(feito.pessoas["estadual"], GESTAO_MUNICIPAL, "3205309")
        self.nomes = {
            "outra": str(self.partilhas["pactuada"].pk),
            "peca": str(self.partilhas["pactuada"].pecas.get().pk),
            "andamento": str(andamento.pk),
            "importacao": str(mundo.receber_planilha(por=por).pk),
            "vinculo": str(outro.pk),
        }

    def cliente(self, pessoa: str | None) -> Client:
        cliente = Client()
        if pessoa:
            cliente.force_login(self.pessoas[pessoa])
        return cliente

    def endereco(self, linha: Linha) -> str:
        return reverse(linha.nome, args=self.argumentos(linha))

    def argumentos(self, linha: Linha) -> list[str]:
        return [self._trocar(linha, argumento) for argumento in linha.argumentos]

    def dados(self, linha: Linha) -> dict[str, str]:
        return {nome: self._trocar(linha, valor) for nome, valor in linha.dados.items()}

    def pedir(self, linha: Linha, pessoa: str | None) -> HttpResponse:
        cliente = self.cliente(pessoa)
        pedir = cliente.post if linha.metodo == "POST" else cliente.get
        return pedir(self.endereco(linha), self.dados(linha))

    def _trocar(self, linha: Linha, texto: str) -> str:
        return texto.format(partilha=self.partilhas[linha.preparo].pk, **self.nomes)
