"""Os formulários da ficha da entidade: conferem a forma; a regra está nos atos."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from normas.base.documentos import cep_com_traco, ler_cep, ler_cnpj, ler_telefone, telefone_com_traco
from suas.cadastros.entidades.acoes.cadastro import Ficha
from suas.cadastros.entidades.models import Entidade
from suas.cadastros.territorio.forms import municipio_escrito
from suas.nucleo.identidade.forms.acessos import CampoDia

FONTES = (
    "recursos próprios",
    "doações e contribuições de associados",
    "parceria com o município",
    "parceria com o estado",
    "parceria com a União",
    "emenda parlamentar",
    "cooperação internacional",
    "outra fonte",
)
TIPOS = (
    ("atende", "Atendimento: oferta serviços, programas, projetos ou benefícios a quem precisa"),
    ("assessora", "Assessoramento: fortalece movimentos, organizações e lideranças"),
    ("defende", "Defesa e garantia de direitos: defende e amplia direitos socioassistenciais"),
)
ESCOLHA = [("", "Escolha")]


def lido(texto: str, ler: Callable[[str], str]) -> str:
    """O número na forma que se guarda; o que não serve volta com a frase de quem lê."""
    if not texto.strip():
        return ""
    try:
        return ler(texto)
    except ValueError as erro:
        raise forms.ValidationError(str(erro)) from erro


def linha(rotulo: str, *, maior: int, ajuda: str = "", falta: str = "", **opcoes: Any) -> forms.CharField:
    """Um campo de uma linha; com `falta`, a frase de quem o deixa vazio, é preciso preenchê-lo."""
    erros = {"required": falta} if falta else {}
    return forms.CharField(
        label=rotulo, max_length=maior, required=bool(falta), help_text=ajuda, error_messages=erros, **opcoes
    )


class EditarEntidade(forms.Form):
    """A ficha inteira. `versao` é a que a pessoa leu, escondida na página."""

    cnpj = linha(
        "CNPJ",
        maior=20,
        falta="Escreva o CNPJ da entidade: é por ele que se sabe que é ela.",
        ajuda="Com ou sem pontos; os novos têm letras.",
    )
    razao_social = linha("Razão social", maior=200, falta="Escreva a razão social como está no CNPJ.")
    nome_fantasia = linha("Nome pelo qual é conhecida", maior=200)
    natureza_juridica = forms.ChoiceField(
        label="Natureza jurídica",
        choices=ESCOLHA + Entidade.Natureza.choices,
        error_messages={"required": "Escolha a natureza jurídica, como está no estatuto."},
    )
    area_preponderante = forms.ChoiceField(
        label="Área principal da entidade",
        choices=Entidade.Area.choices,
        initial=Entidade.Area.ASSISTENCIA_SOCIAL,
        help_text="De outra área, inscrevem-se no conselho os serviços de assistência social, e não a entidade.",
    )
    tipos = forms.MultipleChoiceField(
        label="O que a entidade faz",
        choices=TIPOS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Marque ao menos um: atendimento, assessoramento ou defesa de direitos."},
    )
    tipo_logradouro = linha("Tipo", maior=30, ajuda="Rua, avenida, praça, rodovia")
    logradouro = linha("Logradouro", maior=200)
    numero = linha("Número", maior=20, ajuda="Sem número, escreva s/n")
    complemento = linha("Complemento", maior=100)
    bairro = linha("Bairro", maior=100)
    cep = linha("CEP", maior=12)
    localizacao = forms.ChoiceField(
        label="Localização", choices=[("", "Não informada"), *Entidade.Localizacao.choices], required=False
    )
    ponto_de_referencia = linha("Ponto de referência", maior=200)
    email = forms.EmailField(
        label="E-mail da entidade",
        required=False,
        help_text="O da entidade, e não o de uma pessoa: aparece a todos.",
        error_messages={"invalid": "Escreva o e-mail inteiro, como contato@exemplo.org.br."},
    )
    telefone = linha("Telefone", maior=30, ajuda="Com o DDD: aparece a todos")
    ramal = linha("Ramal", maior=10)
    atuacoes = forms.CharField(
        label="Outros municípios em que atua",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Um por linha, como Vitória/ES. O da sede já está.",
    )
    fontes = forms.MultipleChoiceField(
        label="De onde vêm os recursos",
        choices=[(fonte, fonte) for fonte in FONTES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    versao = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_groups = (
        ("Quem é", ("cnpj", "razao_social", "nome_fantasia", "natureza_juridica", "area_preponderante", "tipos")),
        (
            "Onde fica e como se fala com ela",
            (
                *("cep", "tipo_logradouro", "logradouro", "numero", "complemento", "bairro", "localizacao"),
                *("ponto_de_referencia", "telefone", "ramal", "email"),
            ),
        ),
        ("Onde atua e com que recursos", ("atuacoes", "fontes")),
    )

    def __init__(self, *args: Any, so_le_o_cnpj: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if so_le_o_cnpj:
            self.fields["cnpj"].disabled = True
            self.fields["cnpj"].help_text = "Só o órgão gestor do município o corrige."

    def clean_cnpj(self) -> str:
        return lido(self.cleaned_data["cnpj"], ler_cnpj)

    def clean_cep(self) -> str:
        return lido(self.cleaned_data["cep"], ler_cep)

    def clean_telefone(self) -> str:
        return lido(self.cleaned_data["telefone"], ler_telefone)

    def clean_atuacoes(self) -> tuple[str, ...]:
        """Os códigos dos municípios escritos; o que não se acha, ou é mais de um, volta com o nome."""
        escritos = filter(None, (parte.strip() for parte in self.cleaned_data["atuacoes"].splitlines()))
        return tuple(dict.fromkeys(map(municipio_escrito, escritos)))

    def ficha(self) -> Ficha:
        """O que se digitou, na forma que o ato recebe."""
        dados = self.cleaned_data
        fora = {"tipos", "fontes", "versao"}
        campos: dict[str, Any] = {nome: valor for nome, valor in dados.items() if nome not in fora}
        campos |= {nome: nome in dados["tipos"] for nome, _ in TIPOS}
        return Ficha(**campos, fontes_de_recurso="; ".join(fonte for fonte in FONTES if fonte in dados["fontes"]))


def da_entidade(entidade: Entidade) -> dict[str, Any]:
    """Os valores do formulário para a ficha como está gravada."""
    iguais = (
        *("razao_social", "nome_fantasia", "natureza_juridica", "area_preponderante", "tipo_logradouro"),
        *("logradouro", "numero", "complemento", "bairro", "localizacao", "ponto_de_referencia", "email", "ramal"),
        "versao",
    )
    return {nome: getattr(entidade, nome) for nome in iguais} | {
        "cnpj": entidade.cnpj_escrito,
        "cep": cep_com_traco(entidade.cep) if entidade.cep else "",
        "telefone": telefone_com_traco(entidade.telefone) if entidade.telefone else "",
        "tipos": [nome for nome, _ in TIPOS if getattr(entidade, nome)],
        "fontes": entidade.fontes,
        "atuacoes": "\n".join(str(atuacao) for atuacao in entidade.atuacoes.select_related("municipio__uf")),
    }


def diferencas(form: EditarEntidade, entidade: Entidade) -> list[tuple[str, str, str]]:
    """Rótulo, o que se digitou e o que está gravado, de cada campo em que os dois diferem."""
    gravado = da_entidade(entidade)
    digitado = {nome: form[nome].value() for nome in form.fields}
    achadas = []
    for nome, campo in form.fields.items():
        antes, agora = _escrito(gravado.get(nome)), _escrito(digitado[nome])
        if nome != "versao" and antes != agora:
            achadas.append((str(campo.label), agora or "—", antes or "—"))
    return achadas


def _escrito(valor: Any) -> str:
    if isinstance(valor, list | tuple):
        return ", ".join(sorted(map(str, valor)))
    return "\n".join(str(valor or "").split())


class DarPosse(forms.Form):
    """Quem dirige a entidade, segundo a ata de eleição e posse."""

    nome = linha("Nome de quem dirige", maior=150, falta="Escreva o nome de quem dirige, como está na ata.")
    cargo = linha("Cargo", maior=80, falta="Escreva o cargo, como Presidente.", ajuda="Presidente, diretora, provedor")
    desde = CampoDia(label="Mandato desde")
    ate = CampoDia(label="Último dia do mandato", required=False, help_text="Em branco, o mandato não tem fim marcado.")
