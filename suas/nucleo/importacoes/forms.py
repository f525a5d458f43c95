"""O envio da planilha: o arquivo e o que vale para ele inteiro."""

from __future__ import annotations

from typing import Any

from django import forms

from suas.nucleo.importacoes.registro import CelulaRecusada, Coluna, Importador
from suas.nucleo.planilhas import pastas
from suas.nucleo.planilhas.celulas import Jeito
from suas.nucleo.planilhas.leitura import PlanilhaIlegivel
from suas.nucleo.planilhas.quadro import Quadro


class EnviarPlanilha(forms.Form):
    """O arquivo, lido na hora, e as perguntas do tipo de planilha."""

    arquivo = forms.FileField(
        label="Planilha",
        error_messages={
            "required": "Escolha o arquivo da planilha.",
            "empty": "O arquivo está vazio. Confira e escolha de novo.",
        },
    )

    quadro: Quadro
    conteudo: bytes

    def __init__(self, *args: Any, importador: Importador, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.importador = importador
        self.fields["arquivo"].help_text = f"CSV, Excel (.xlsx) ou LibreOffice (.ods), {importador.limites.em_palavras}"
        for pergunta in importador.perguntas:
            self.fields[pergunta.codigo] = _campo(pergunta)

    def clean_arquivo(self) -> Any:
        """Lê o arquivo na hora: o que não é tabela volta com o motivo."""
        arquivo = self.cleaned_data["arquivo"]
        self.conteudo = arquivo.read()
        try:
            reconhece, limites = self.importador.reconhece, self.importador.limites
            self.quadro = pastas.ler(self.conteudo, reconhece=reconhece, limites=limites)
        except PlanilhaIlegivel as erro:
            raise forms.ValidationError(str(erro)) from erro
        if not self.quadro.linhas:
            raise forms.ValidationError("A planilha só tem o cabeçalho. Confira se os dados foram salvos junto.")
        return arquivo

    def clean(self) -> dict[str, Any]:
        """Cada resposta passa pelo leitor da pergunta."""
        dados = super().clean() or {}
        for pergunta in self.importador.perguntas:
            escrita = str(dados.get(pergunta.codigo) or "").strip()
            if not escrita:
                continue
            try:
                pergunta.ler(escrita, Jeito())
            except CelulaRecusada as recusa:
                self.add_error(pergunta.codigo, str(recusa)[:1].upper() + str(recusa)[1:])
        return dados

    @property
    def respostas(self) -> dict[str, str]:
        """As respostas como foram escritas."""
        return {p.codigo: str(self.cleaned_data.get(p.codigo) or "").strip() for p in self.importador.perguntas}


def _campo(pergunta: Coluna) -> forms.Field:
    comum = {
        "label": pergunta.nome,
        "help_text": pergunta.ajuda,
        "required": pergunta.obrigatoria,
        "error_messages": {"required": f"Falta responder. {pergunta.ajuda}"},
    }
    if pergunta.opcoes:
        return forms.ChoiceField(choices=[*pergunta.opcoes.items()], **comum)
    return forms.CharField(max_length=200, **comum)


class Recusa(forms.Form):
    """Por que quem aprova devolve a planilha."""

    motivo = forms.CharField(
        label="Por que recusa",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Quem trouxe lê isto e corrige",
        error_messages={"required": "Diga por que recusa: quem trouxe a planilha precisa saber o que corrigir."},
    )
