"""Os formulários de quem dá, muda, encerra e passa acessos, e de quem aceita um convite."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile

from suas.nucleo.identidade import casas, lugares, permissoes
from suas.nucleo.identidade.acoes.convites import NovoConvite
from suas.nucleo.identidade.acoes.passagem import NovaPassagem
from suas.nucleo.identidade.acoes.vinculos import AtoDeNomeacao
from suas.nucleo.identidade.models import Convite, Vinculo
from suas.nucleo.permissoes.abrangencia import esfera_de
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.papeis import AREAS, PAPEIS, Papel

DIA = "Escreva dia, mês e ano, como 21/03/2026."
ANOS = (1988, 2100)
FALTA_O_ORGAO = "Escreva o órgão ou a unidade em que a pessoa age."
SENHA_DE_NOVO = "As duas senhas não são iguais. Digite de novo."


class CampoDia(forms.DateField):
    """Um dia, escrito como 21/03/2026."""

    def __init__(self, *, anos: tuple[int, int] = ANOS, **opcoes: Any) -> None:
        mensagens = {"required": DIA, "invalid": DIA}
        self.anos = anos
        super().__init__(
            input_formats=["%d/%m/%Y", "%Y-%m-%d"],
            widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages=mensagens,
            **opcoes,
        )

    def to_python(self, value: Any) -> date | None:
        dia: date | None = super().to_python(value)
        if dia is not None and not self.anos[0] <= dia.year <= self.anos[1]:
            raise forms.ValidationError(f"O ano {dia.year} não serve: use de {self.anos[0]} a {self.anos[1]}.")
        return dia


class CamposDoAto(forms.Form):
    """O ato de nomeação: número, dia e arquivo, todos opcionais."""

    ato_numero = forms.CharField(
        label="Ato de nomeação",
        max_length=120,
        required=False,
        help_text="Portaria, decreto ou ata de posse, como está no documento: Decreto 1.234/2026.",
    )
    ato_dia = CampoDia(label="Data do ato", required=False)
    arquivo = forms.FileField(
        label="Arquivo do ato",
        required=False,
        help_text="PDF, PNG ou JPEG de até 10 MB. Só quem vê os acessos deste território o lê.",
        error_messages={"empty": "O arquivo escolhido está vazio. Escolha de novo."},
    )

    def ato(self) -> AtoDeNomeacao:
        arquivo: UploadedFile[bytes] | None = self.cleaned_data["arquivo"]
        return AtoDeNomeacao(numero=self.cleaned_data["ato_numero"], dia=self.cleaned_data["ato_dia"], arquivo=arquivo)

    def com_os_arquivos(self, falta: str) -> bool:
        """Se nada falta; senão, `falta` (o recado de quem guardou o formulário) vai ao campo do arquivo."""
        if falta:
            self.add_error("arquivo", falta)
        return not falta


class CampoCasa(forms.TypedChoiceField):
    """A unidade ou entidade, escolhida entre as do cadastro do município."""

    def __init__(self, **opcoes: Any) -> None:
        super().__init__(label="Unidade ou entidade", required=False, coerce=UUID, empty_value=None, **opcoes)
        self.error_messages["invalid_choice"] = "Essa unidade não está na lista deste município. Escolha outra."

    def oferecer(self, *, municipio: str, especies: set[str]) -> bool:
        """Põe na lista as casas do município destas espécies; diz se há alguma."""
        achadas = [casa for casa in casas.achar("", municipio=municipio) if casa.especie in especies]
        grupos = [
            (rotulo, [(str(casa.id), casa.nome) for casa in achadas if casa.especie == especie])
            for especie, rotulo in casas.ESPECIES.items()
        ]
        self.choices = [("", "Nenhuma da lista"), *((rotulo, itens) for rotulo, itens in grupos if itens)]
        return bool(achadas)


class Nomear(CamposDoAto):
    """Quem se nomeia, em que papel e onde. Só oferece os papéis que o vínculo em uso dá."""

    email = forms.EmailField(
        label="E-mail de quem é nomeado",
        help_text="O convite vai para ele, e é com ele que a pessoa entra.",
        error_messages={
            "required": "Escreva o e-mail de quem é nomeado.",
            "invalid": "Escreva um e-mail, como nome@orgao.gov.br.",
        },
    )
    nome = forms.CharField(label="Nome", max_length=150, required=False, help_text="A pessoa confirma ao aceitar.")
    papel = forms.ChoiceField(label="Papel", error_messages={"required": "Escolha o papel."})
    lugar = forms.CharField(
        label="Território",
        max_length=120,
        help_text="Nome ou código: Vitória/ES, Espírito Santo, 3205309.",
        widget=forms.TextInput(attrs={"list": "lugares", "autocomplete": "off"}),
        error_messages={"required": "Escreva o município, o estado ou Brasil."},
    )
    area = forms.ChoiceField(
        label="Área", required=False, choices=[("", "—"), *AREAS.items()], help_text="Só para a gerência estadual."
    )
    unidade = CampoCasa(
        help_text="Para quem age numa só unidade ou entidade. Sem ela, a pessoa entra, mas não muda dado de unidade."
    )
    orgao = forms.CharField(
        label="Órgão ou unidade",
        max_length=200,
        help_text="Como aparece na tela: Secretaria de Assistência Social de Vitória, CRAS Centro, CMAS de Vitória.",
        error_messages={"required": FALTA_O_ORGAO},
    )
    desde = CampoDia(label="Vale a partir de", help_text="Nunca antes do aceite.")
    ate = CampoDia(label="Último dia", required=False, help_text="Em branco, vale até alguém encerrar.")
    field_order = ("email", "nome", "papel", "lugar", "area", "unidade", "orgao", "desde", "ate")

    def __init__(self, *args: Any, ator: Ator, hoje: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ator = ator
        self.fields["desde"].initial = hoje
        papeis = permissoes.papeis_que_nomeia(ator)
        self.fields["papel"].choices = [("", "Escolha"), *((p.codigo, p.nome) for p in papeis)]
        if not any(papel.areas for papel in papeis):
            del self.fields["area"]
        esferas = frozenset().union(*papeis.values())
        self.no_proprio = esferas == {esfera_de(ator.abrangencia)}
        if self.no_proprio:
            self.fields["lugar"].initial = lugares.nome(ator.abrangencia)
            self.fields["lugar"].disabled = True
            self.fields["lugar"].help_text = ""
        especies = {papel.casa for papel in papeis if papel.da_unidade} if self.no_proprio else set()
        if especies and self.fields["unidade"].oferecer(municipio=ator.abrangencia, especies=especies):
            self.fields["orgao"].required = False
            self.fields[
                "orgao"
            ].help_text = "Só se não escolheu unidade ou entidade. Como aparece na tela: CRAS Centro."
        else:
            del self.fields["unidade"]

    def clean_papel(self) -> Papel:
        return PAPEIS[self.cleaned_data["papel"]]

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or self.cleaned_data
        papel: Papel | None = dados.get("papel")
        if papel is not None and dados.get("lugar"):
            try:
                dados["abrangencia"] = self._abrangencia(papel, dados["lugar"])
            except forms.ValidationError as erro:
                self.add_error("lugar", erro)
        _conferir_orgao(self, dados)
        return dados

    def _abrangencia(self, papel: Papel, texto: str) -> str:
        if self.no_proprio:
            return self.ator.abrangencia
        esferas = permissoes.papeis_que_nomeia(self.ator)[papel]
        achados = lugares.achar(texto, dentro=self.ator.abrangencia)
        servem = [lugar for lugar in achados if esfera_de(lugar.codigo) in esferas]
        iguais = [lugar for lugar in servem if texto.strip().casefold() in {lugar.nome.casefold(), lugar.codigo}]
        if len(iguais or servem) == 1:
            return (iguais or servem)[0].codigo
        onde = lugares.nome(self.ator.abrangencia)
        if not servem:
            raise forms.ValidationError(
                f"Não há “{texto}” em {onde} onde {papel.nome} exista. Confira o nome e se é município ou estado."
            )
        nomes = ", ".join(lugar.nome for lugar in servem[:5])
        raise forms.ValidationError(f"“{texto}” pode ser mais de um lugar: {nomes}. Escreva o nome inteiro.")

    def novo(self) -> NovoConvite:
        """O convite, depois de `is_valid()`."""
        dados = self.cleaned_data
        return NovoConvite(
            email=dados["email"],
            nome=dados["nome"],
            papel=dados["papel"],
            abrangencia=dados["abrangencia"],
            area=dados.get("area", ""),
            unidade=dados.get("unidade"),
            orgao=dados["orgao"],
            desde=dados["desde"],
            ate=_dia_seguinte(dados["ate"]),
            ato=self.ato(),
        )


class Encerrar(forms.Form):
    """Até quando vale e por quê."""

    dia = CampoDia(label="Primeiro dia em que já não vale", help_text="Hoje: deixa de valer agora.")
    motivo = forms.CharField(
        label="Motivo",
        max_length=500,
        help_text="Fica na trilha, que não se apaga: exoneração, mudança de função, fim do mandato. Sem dado de saúde.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Diga o motivo: ele fica no histórico da pessoa."},
    )

    def __init__(self, *args: Any, hoje: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dia"].initial = hoje


class Mudar(forms.Form):
    """A área, o órgão ou a unidade de agora em diante."""

    area = forms.ChoiceField(label="Área", choices=list(AREAS.items()))
    unidade = CampoCasa(help_text="Onde a pessoa passa a agir.")
    orgao = forms.CharField(label="Órgão ou unidade", max_length=200, error_messages={"required": FALTA_O_ORGAO})
    dia = CampoDia(label="A partir de")

    def __init__(self, *args: Any, vinculo: Vinculo, hoje: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["orgao"].initial = vinculo.orgao
        self.fields["area"].initial = vinculo.area
        self.fields["dia"].initial = max(hoje, vinculo.desde)
        if not vinculo.papel.areas:
            del self.fields["area"]
        campo: CampoCasa = self.fields["unidade"]  # type: ignore[assignment]
        if vinculo.papel.da_unidade and campo.oferecer(municipio=vinculo.abrangencia, especies={vinculo.papel.casa}):
            campo.initial = str(vinculo.unidade or "")
            self.fields["orgao"].required = False
            self.fields["orgao"].help_text = "Só se não escolheu da lista."
        else:
            del self.fields["unidade"]

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or self.cleaned_data
        _conferir_orgao(self, dados)
        return dados


class Passar(CamposDoAto):
    """Quem entra, quando, e o que se decide de cada delegação."""

    email = forms.EmailField(
        label="E-mail de quem entra",
        help_text="Quem já tem acesso neste território entra direto no dia. Os demais recebem um convite.",
        error_messages={
            "required": "Escreva o e-mail de quem entra.",
            "invalid": "Escreva um e-mail, como nome@orgao.gov.br.",
        },
    )
    nome = forms.CharField(label="Nome de quem entra", max_length=150, required=False)
    orgao = forms.CharField(
        label="Órgão", max_length=200, error_messages={"required": "Escreva o órgão, como aparece na tela."}
    )
    dia = CampoDia(label="Primeiro dia de quem entra", help_text="Quem sai vale até a véspera.")
    fica_vaga = forms.ChoiceField(
        label="Se for por convite e o aceite demorar",
        choices=[
            ("", "Quem sai continua até o aceite"),
            ("sim", "A titularidade fica vaga a partir do dia, até o aceite"),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    encerra = forms.MultipleChoiceField(
        label="Encerrar com a passagem",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="O que não for marcado continua, e passa a constar sob quem entra.",
    )
    motivo = forms.CharField(label="Motivo", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    field_order = (
        "email",
        "nome",
        "orgao",
        "dia",
        "ato_numero",
        "ato_dia",
        "arquivo",
        "fica_vaga",
        "encerra",
        "motivo",
    )

    def __init__(
        self,
        *args: Any,
        vinculo: Vinculo,
        delegacoes: list[Vinculo],
        convites: list[Convite],
        propria: bool,
        hoje: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["orgao"].initial = vinculo.orgao
        self.fields["dia"].initial = max(hoje, vinculo.desde)
        self.fields["fica_vaga"].initial = ""
        opcoes = [(str(v.pk), f"{v.pessoa.nome}: {v.papel.nome}, {v.orgao}") for v in delegacoes]
        opcoes += [(str(c.pk), f"Convite a {c.nome or c.email}: {c.papel.nome}, {c.orgao}") for c in convites]
        self.fields["encerra"].choices = opcoes
        if not opcoes:
            del self.fields["encerra"]
        if not propria:
            self.fields["motivo"].required = True
            self.fields["motivo"].help_text = "Por que não é quem sai que passa: exoneração, afastamento, falecimento."
            self.fields["motivo"].error_messages["required"] = "Diga por que a passagem não é feita por quem sai."

    def nova(self) -> NovaPassagem:
        """A passagem, depois de `is_valid()`."""
        dados = self.cleaned_data
        return NovaPassagem(
            email=dados["email"],
            nome=dados["nome"],
            orgao=dados["orgao"],
            dia=dados["dia"],
            ato=self.ato(),
            encerra=dados.get("encerra", []),
            fica_vaga=dados["fica_vaga"] == "sim",
            motivo=dados["motivo"],
        )


class NovaEntrada(forms.Form):
    """Nome e senha de quem aceita um convite e ainda não tem entrada."""

    nome = forms.CharField(
        label="Seu nome",
        max_length=150,
        help_text="Como aparece no que você fizer.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Escreva o seu nome."},
    )
    password1 = forms.CharField(
        label="Senha",
        max_length=256,
        strip=False,
        help_text="Ao menos 10 caracteres. Uma frase serve, e é mais fácil de lembrar.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Escolha uma senha."},
    )
    password2 = forms.CharField(
        label="A senha, outra vez",
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": SENHA_DE_NOVO},
    )

    def clean(self) -> dict[str, Any]:
        dados: dict[str, Any] = super().clean() or self.cleaned_data
        if "password1" in dados and "password2" in dados and dados["password1"] != dados["password2"]:
            self.add_error("password2", SENHA_DE_NOVO)
        return dados


def _conferir_orgao(form: forms.Form, dados: dict[str, Any]) -> None:
    """Sem unidade da lista, o órgão precisa ser escrito."""
    if "orgao" in dados and not dados["orgao"] and not dados.get("unidade") and "unidade" not in form.errors:
        form.add_error("orgao", FALTA_O_ORGAO)


def _dia_seguinte(ultimo: date | None) -> date | None:
    """A tabela guarda o primeiro dia em que já não vale; a pessoa escreve o último em que vale."""
    return date.fromordinal(ultimo.toordinal() + 1) if ultimo is not None else None
