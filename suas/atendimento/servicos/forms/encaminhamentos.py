"""Os formulários dos encaminhamentos e dos protocolos."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from suas.atendimento.servicos import listas
from suas.atendimento.servicos.acoes.encaminhamentos import Novo
from suas.atendimento.servicos.acoes.protocolos import MAXIMO_DE_CAMPOS, PRAZO_MAXIMO, Proposta
from suas.atendimento.servicos.models import Protocolo
from suas.cadastros.rede.models import Unidade
from suas.nucleo.tela.campos import CampoInteiro

if TYPE_CHECKING:
    from suas.atendimento.familias.models import Integrante

DESTA_FAMILIA = ("", "A família inteira")
DAQUI, DE_LA = "daqui", "de_la"


def _texto(rotulo: str, *, falta: str = "", ajuda: str = "", linhas: int = 3, maximo: int = 2000) -> forms.CharField:
    return forms.CharField(
        label=rotulo,
        required=bool(falta),
        max_length=maximo,
        help_text=ajuda,
        widget=forms.Textarea(attrs={"rows": linhas}),
        error_messages={"required": falta, "max_length": f"Escreva até {maximo} letras."},
    )


class Encaminhar(forms.Form):
    """Para quê, quem, e o que a outra ponta precisa saber. O protocolo em vigor acrescenta o que pede."""

    chave = forms.UUIDField(widget=forms.HiddenInput)
    orgao = forms.CharField(
        label="Órgão ou serviço",
        max_length=200,
        help_text="Como UBS Centro, INSS, Defensoria Pública.",
        error_messages={"required": "Escreva a que órgão ou serviço se encaminha."},
    )
    codigo = forms.TypedChoiceField(
        label="Para quê",
        coerce=int,
        error_messages={"required": "Escolha para quê.", "invalid_choice": "Escolha uma das opções da lista."},
    )
    pessoa = forms.ChoiceField(label="Quem", required=False)
    motivo = _texto(
        "Objetivo ou motivo",
        falta="Escreva para que se encaminha: é o que a outra ponta vai ler.",
        ajuda="A outra ponta lê isto, e não o prontuário.",
        linhas=4,
    )

    def __init__(
        self,
        *args: Any,
        origem: Unidade,
        destino: Unidade | None,
        protocolo: Protocolo | None,
        composicao: list[Integrante],
        **opcoes: Any,
    ) -> None:
        super().__init__(*args, **opcoes)
        self._destino = destino
        self._pedidos = protocolo.campos if protocolo is not None else []
        self._pessoas = {str(i.pessoa_id): i.pessoa for i in composicao if i.ate is None}
        if destino is not None:
            del self.fields["orgao"]
        self.fields["codigo"].choices = [("", "Escolha"), *listas.opcoes_para(origem)]
        self.fields["pessoa"].choices = [
            DESTA_FAMILIA,
            *((chave, pessoa.como_se_chama) for chave, pessoa in self._pessoas.items()),
        ]
        for numero, pedido in enumerate(self._pedidos):
            falta = f"O protocolo pede “{pedido['rotulo']}”. Escreva." if pedido["obrigatorio"] else ""
            self.fields[f"pedido_{numero}"] = _texto(pedido["rotulo"], falta=falta, linhas=2, maximo=500)

    def novo(self) -> Novo:
        """Depois de `is_valid()`."""
        limpos = self.cleaned_data
        return Novo(
            codigo=limpos["codigo"],
            motivo=limpos["motivo"],
            destino=self._destino,
            orgao=limpos.get("orgao", ""),
            pessoa=self._pessoas.get(limpos["pessoa"]),
            respostas={p["rotulo"]: limpos[f"pedido_{n}"] for n, p in enumerate(self._pedidos)},
            chave=limpos["chave"],
        )


class Texto(forms.Form):
    """Um passo que pede palavras: por que não se aceita, o que se fez, o que o órgão disse."""

    texto = _texto("Escreva", falta="Escreva antes de enviar.", linhas=5)

    def __init__(self, *args: Any, rotulo: str, ajuda: str = "", **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        self.fields["texto"].label, self.fields["texto"].help_text = rotulo, ajuda


class Propor(forms.Form):
    """O que se combina com outra unidade."""

    outra = forms.ChoiceField(
        label="Com que unidade",
        error_messages={"required": "Escolha a outra unidade.", "invalid_choice": "Escolha uma da lista."},
    )
    direcao = forms.ChoiceField(
        label="Os encaminhamentos",
        choices=((DAQUI, "que esta unidade faz a ela"), (DE_LA, "que ela faz a esta unidade")),
        widget=forms.RadioSelect,
        error_messages={"required": "Diga de que encaminhamentos se trata."},
    )
    prazo_dias = CampoInteiro(
        label="Dias para responder",
        min_value=1,
        max_value=PRAZO_MAXIMO,
        error_messages={
            "required": "Escreva em quantos dias se responde.",
            "invalid": "Escreva só o número de dias.",
            "min_value": "O prazo é de ao menos 1 dia.",
            "max_value": f"O prazo vai até {PRAZO_MAXIMO} dias.",
        },
    )
    combinado = _texto("O que se combinou", falta="Escreva o que as duas unidades combinaram.", linhas=4)
    pede = _texto(
        "O que quem encaminha precisa dizer",
        ajuda=(
            f"Uma linha para cada coisa, até {MAXIMO_DE_CAMPOS}. Termine com * a que não pode faltar, como "
            "“Riscos imediatos *”. Cada linha vira um campo do encaminhamento."
        ),
        linhas=4,
        maximo=800,
    )

    def __init__(self, *args: Any, unidades: list[Unidade], **opcoes: Any) -> None:
        super().__init__(*args, **opcoes)
        self._unidades = {str(unidade.pk): unidade for unidade in unidades}
        self.fields["outra"].choices = [("", "Escolha"), *((pk, u.nome) for pk, u in self._unidades.items())]

    def clean_pede(self) -> list[tuple[str, bool]]:
        linhas = [linha.strip() for linha in self.cleaned_data["pede"].splitlines() if linha.strip(" *")]
        pedidos = [(linha.rstrip("* ").strip(), linha.endswith("*")) for linha in linhas]
        if len(pedidos) > MAXIMO_DE_CAMPOS:
            raise forms.ValidationError(f"São {len(pedidos)} linhas; peça até {MAXIMO_DE_CAMPOS} coisas.")
        if longa := next((rotulo for rotulo, _ in pedidos if len(rotulo) > 80), ""):
            raise forms.ValidationError(f"“{longa[:40]}…” tem mais de 80 letras. Escreva mais curto.")
        return pedidos

    def proposta(self, pela: Unidade) -> Proposta:
        """Depois de `is_valid()`."""
        limpos = self.cleaned_data
        outra = self._unidades[limpos["outra"]]
        daqui = limpos["direcao"] == DAQUI
        return Proposta(
            origem=pela if daqui else outra,
            destino=outra if daqui else pela,
            combinado=limpos["combinado"],
            prazo_dias=limpos["prazo_dias"],
            campos=limpos["pede"],
        )


class Responder(forms.Form):
    """Aceitar a proposta da outra unidade, ou dizer por que não."""

    aceita = forms.ChoiceField(
        label="A sua unidade",
        choices=(("sim", "aceita: passa a valer agora"), ("nao", "não aceita")),
        widget=forms.RadioSelect,
        error_messages={"required": "Diga se a sua unidade aceita."},
    )
    resposta = _texto("Em palavras", ajuda="Precisa, quando não se aceita.", maximo=300)
