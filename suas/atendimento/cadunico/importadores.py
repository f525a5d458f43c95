"""O extrato do Cadastro Único em planilha: uma linha por pessoa, com os dados da família repetidos em cada uma.

As colunas se reconhecem pelos nomes da base (com ou sem o prefixo “d.” e “p.” do CECAD) ou pelos daqui.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from normas.base.documentos import cpf_com_pontos, ler_cep, ler_cpf, ler_nis, ler_telefone, nis_com_pontos
from suas.atendimento.cadunico import comparacao, consultas, listas
from suas.atendimento.cadunico.acoes.extratos import trazer_extrato
from suas.atendimento.cadunico.comparacao import Comparador
from suas.atendimento.familias.consultas.lote import DE_FORA, DO_DOMICILIO
from suas.atendimento.familias.listas import Parentesco, Sexo
from suas.cadastros.territorio.nomes import nome_de_busca
from suas.nucleo.importacoes.registro import CelulaRecusada, Coluna, Falta, Importador, Linha, Lote, Pedido
from suas.nucleo.permissoes.ator import Ator
from suas.nucleo.permissoes.permissao import Permissao
from suas.nucleo.planilhas import celulas
from suas.nucleo.planilhas.leitura import Limites

NAO_SE_SABE = frozenset({"NAO INFORMADO", "NÃO INFORMADO", "IGNORADA", "NAO DECLARADA", "DESCONHECIDA", "-1"})
DA_FAMILIA = frozenset(consultas.DA_FAMILIA) | {"tipo_da_via", "titulo_da_via"}
DO_ENDERECO = frozenset(DO_DOMICILIO)
SIM_NAO = {"1": True, "2": False, "0": False}


def _preparar(pedido: Pedido) -> Comparador:
    hoje = timezone.localtime(pedido.em).date()
    return Comparador.ler(pedido.abrangencia, dia=pedido.respostas["dia"], hoje=hoje)


def _de_lado(linha: Linha, conjunto: Comparador) -> bool:
    cadastro = conjunto.cadastros.get(linha.get("codigo", ""))
    return cadastro is not None and cadastro.visto > conjunto.dia


def _conferir(linha: Linha, conjunto: Comparador) -> Iterable[Falta]:
    if conjunto.dia > conjunto.hoje:
        yield Falta(coluna="", mensagem=f"O dia do extrato, {conjunto.dia:%d/%m/%Y}, ainda não chegou. Envie de novo.")
    for campo in ("nascimento", "atualizado_dia", "condicionalidade_dia"):
        if linha.get(campo) and linha[campo] > conjunto.hoje:
            yield Falta(coluna=campo, mensagem=f"{linha[campo]:%d/%m/%Y} ainda não chegou. Confira o ano.")
    valores = comparacao.com_titulo(linha.valores)
    pessoa, fusao = conjunto.da_linha(linha.numero, valores)
    if numero := conjunto.dono_de_outro(pessoa, fusao.muda):
        yield Falta(
            coluna=numero,
            mensagem="Este número já é de outra pessoa do registro. Apague-o aqui, ou deixe a linha de fora, e confira "
            "as duas com o documento.",
        )
    if linha["parentesco"] == Parentesco.REFERENCIA:
        primeira, _ = conjunto.responsaveis.get(linha["codigo"], (linha.numero, None))
        if primeira != linha.numero:
            yield Falta(
                coluna="parentesco",
                mensagem=f"A linha {primeira} já é a do responsável por esta família. Deixe um só.",
            )


def _chave(linha: Linha, conjunto: Comparador) -> tuple[Any, ...]:
    pessoa, _ = conjunto.da_linha(linha.numero, comparacao.com_titulo(linha.valores))
    if pessoa is not None:
        return (pessoa,)
    for numero in ("nis", "cpf"):
        if linha.get(numero):
            return numero, linha[numero]
    return linha["codigo"], nome_de_busca(linha["nome"]), linha.get("nascimento")


def _atual(linha: Linha, conjunto: Comparador) -> Mapping[str, Any] | None:
    """O que há gravado de cada coluna. Do que a equipe escreveu, só se diz o que o último extrato tinha dito."""
    codigo = linha["codigo"]
    valores = comparacao.com_titulo(linha.valores)
    pessoa, fusao = conjunto.da_linha(linha.numero, valores)
    _anotar(linha, conjunto, pessoa)
    if pessoa is None:
        return None
    registrada, dita = conjunto.pessoas[pessoa], conjunto.ditas.get(pessoa)
    atual: dict[str, Any] = dict(linha.valores)
    for campo in consultas.DA_PESSOA:
        if campo not in linha.valores:
            continue
        dito = dita[campo] if dita else None
        if campo in fusao.muda:
            atual[campo] = getattr(registrada, campo)
        elif campo in fusao.ficam or dita is not None or campo not in DE_FORA:
            atual[campo] = linha[campo] if comparacao.iguais(campo, dito, linha[campo]) else dito
    atual["codigo"] = conjunto.codigo_de(dita) if dita else None
    if conjunto.primeiras.get(codigo) == linha.numero:
        _por_da_familia(atual, linha, valores, conjunto)
    return {campo: None if valor == "" else valor for campo, valor in atual.items()}


def _anotar(linha: Linha, conjunto: Comparador, pessoa: Any) -> None:
    """O que o extrato mostra, linha a linha: quem veio, que linha fala pela família e quem é o responsável."""
    codigo = linha["codigo"]
    conjunto.lidas += 1
    conjunto.primeiras.setdefault(codigo, linha.numero)
    if linha["parentesco"] == Parentesco.REFERENCIA:
        conjunto.responsaveis[codigo] = (linha.numero, pessoa)
    if (cadastro := conjunto.cadastros.get(codigo)) is not None:
        conjunto.vistos.add(cadastro.pk)
    if pessoa is not None and (dita := conjunto.ditas.get(pessoa)) is not None:
        conjunto.vistas.add(dita.pk)


def _por_da_familia(atual: dict[str, Any], linha: Linha, valores: Mapping[str, Any], conjunto: Comparador) -> None:
    cadastro = conjunto.cadastros.get(linha["codigo"])
    for campo in consultas.DA_FAMILIA:
        if campo in linha.valores:
            dito = cadastro[campo] if cadastro else None
            atual[campo] = linha[campo] if comparacao.iguais(campo, dito, valores[campo]) else dito


def _ficam(linha: Linha, conjunto: Comparador) -> frozenset[str]:
    pessoa, fusao = conjunto.da_linha(linha.numero, comparacao.com_titulo(linha.valores))
    if conjunto.primeiras.get(linha["codigo"]) != linha.numero:
        return fusao.ficam
    familia = conjunto.familia_de(linha["codigo"], pessoa if linha["parentesco"] == Parentesco.REFERENCIA else None)
    return fusao.ficam | DO_ENDERECO if conjunto.fica_o_endereco(familia, linha["codigo"]) else fusao.ficam


def _aplicar(lote: Lote, *, por: Ator, em: datetime) -> None:
    trazer_extrato(
        linhas=[(linha.numero, comparacao.com_titulo(linha.valores)) for linha in lote.linhas],
        comparador=lote.conjunto,
        importacao=lote.importacao,
        por=por,
        em=em,
    )


def _territorio(linha: Linha, conjunto: Comparador) -> str:
    escrito = str(linha.get("municipio", conjunto.municipio))
    # os seis primeiros algarismos já dizem o município: o último só os confere
    return conjunto.municipio if escrito[:6] == conjunto.municipio[:6] else escrito


def _lido(ler: Any, digitos: int = 0) -> celulas.Leitor:
    """Um documento; os zeros do começo que a planilha tirou voltam."""

    def leitor(escrito: str, jeito: celulas.Jeito) -> str:
        try:
            return str(ler(escrito.zfill(digitos) if escrito.isdigit() else escrito))
        except ValueError as erro:
            raise CelulaRecusada(str(erro)) from erro

    return leitor


def _nome(escrito: str, jeito: celulas.Jeito) -> str:
    return comparacao.caixa_de_nome(celulas.texto(maximo=150)(escrito, jeito))


def _via(maximo: int) -> celulas.Leitor:
    ler = celulas.texto(maximo=maximo)
    return lambda escrito, jeito: comparacao.caixa_de_nome(ler(escrito, jeito), ligacao_no_comeco=True)


def _sim_ou_nao(escrito: str, jeito: celulas.Jeito) -> bool:
    """Na base, 1 é sim e 2 é não; também se aceita por extenso."""
    return SIM_NAO[escrito] if escrito in SIM_NAO else bool(celulas.sim_ou_nao()(escrito, jeito))


def _municipio(escrito: str, jeito: celulas.Jeito) -> str:
    """O código do IBGE, com ou sem o verificador."""
    return str(celulas.codigo(digitos=6 if len(escrito) == 6 else 7, exemplo="3205309")(escrito, jeito))


def _da_base(*nomes: str, de: str = "p") -> tuple[str, ...]:
    """Os nomes da base, com e sem o prefixo do CECAD."""
    return tuple(prefixo + nome for nome in nomes for prefixo in ("", f"{de}."))


def _da_lista(codigo: str, nome: str, ajuda: str, opcoes: Mapping[Any, str], como: Any = str, **mais: Any) -> Coluna:
    mapa = {str(chave): rotulo for chave, rotulo in opcoes.items()}
    ler = celulas.escolha(mapa, sinonimos=mais.pop("tambem", {}))
    return Coluna(
        codigo=codigo,
        nome=nome,
        ajuda=ajuda,
        exemplo=next(iter(mapa.values())),
        ler=lambda escrito, jeito: como(ler(escrito.lstrip("0") or "0" if como is int else escrito, jeito)),
        escrever=lambda valor: mapa.get(str(valor), "") if valor not in {None, ""} else "",
        **mais,
    )


def _reais(centavos: int) -> str:
    return f"R$ {centavos // 100:,}".replace(",", ".") + f",{centavos % 100:02d}"


_TEXTO, _NUMERO = celulas.texto, celulas.texto(maximo=20)
_DO_EXTRATO: dict[str, Any] = {"em_branco": NAO_SE_SABE}
COLUNAS = (
    Coluna(
        codigo="codigo", nome="Código familiar", ajuda="Os 11 algarismos do Cadastro Único.", exemplo="00000000191",
        ler=celulas.codigo(digitos=11, completar=True), obrigatoria=True,
        sinonimos=(*_da_base("cod_familiar_fam", "co_familiar_fam", "id_familia", de="d"), "código da família"),
    ),
    Coluna(
        codigo="nome", nome="Nome completo", ajuda="Da pessoa.", exemplo="Fulana do Exemplo", ler=_nome,
        obrigatoria=True, sinonimos=(*_da_base("nom_pessoa", "no_pessoa"), "nome"), **_DO_EXTRATO,
    ),
    _da_lista(
        "parentesco", "Parentesco", "Com o responsável familiar; o código ou o nome.", dict(Parentesco.choices), int,
        obrigatoria=True, sinonimos=_da_base("cod_parentesco_rf_pessoa", "co_parentesco_rf_pessoa"),
        tambem={"responsável familiar": "1", "rf": "1", "pessoa responsável pela unidade familiar - rf": "1"},
    ),
    Coluna(
        codigo="nis", nome="NIS", ajuda="Os 11 algarismos.", exemplo="123.45678.90-0", ler=_lido(ler_nis, 11),
        escrever=lambda valor: nis_com_pontos(valor) if valor else "", dispensavel=True,
        em_branco=NAO_SE_SABE | {"0", "00000000000"},
        sinonimos=_da_base("num_nis_pessoa_atual", "nu_nis_pessoa_atual", "num_nis_pessoa", "nu_nis"),
    ),
    Coluna(
        codigo="cpf", nome="CPF", ajuda="Com ou sem pontos.", exemplo="000.000.001-91", ler=_lido(ler_cpf, 11),
        escrever=lambda valor: cpf_com_pontos(valor) if valor else "", dispensavel=True,
        em_branco=NAO_SE_SABE | {"0", "00000000000"}, sinonimos=_da_base("num_cpf_pessoa", "nu_cpf_pessoa", "nu_cpf"),
    ),
    Coluna(
        codigo="nascimento", nome="Data de nascimento", ajuda="Dia, mês e ano.", exemplo="21/03/1985",
        ler=celulas.dia(), dispensavel=True, sinonimos=_da_base("dta_nasc_pessoa", "dt_nascimento", "dat_nasc_pessoa"),
        **_DO_EXTRATO,
    ),
    Coluna(
        codigo="nome_da_mae", nome="Nome da mãe", ajuda="Como no Cadastro Único.", exemplo="Beltrana do Exemplo",
        ler=_nome, sinonimos=_da_base("nom_completo_mae_pessoa", "no_completo_mae_pessoa", "nome_mae"), **_DO_EXTRATO,
    ),
    _da_lista(
        "sexo", "Sexo", "Feminino ou masculino.", dict(Sexo.choices), dispensavel=True,
        sinonimos=_da_base("cod_sexo_pessoa", "co_sexo_pessoa"), tambem={"1": "M", "2": "F"}, **_DO_EXTRATO,
    ),
    Coluna(
        codigo="deficiencia", nome="Pessoa com deficiência", ajuda="Sim ou não (na base, 1 ou 2).", exemplo="não",
        ler=_sim_ou_nao, dispensavel=True, sinonimos=_da_base("cod_deficiencia_memb", "co_deficiencia_memb"),
        **_DO_EXTRATO,
    ),
    _da_lista(
        "condicionalidade", "Efeito de condicionalidade", "Do descumprimento, se houver.", dict(listas.Efeito.choices),
        dispensavel=True, sinonimos=("efeito", "efeito do descumprimento", "repercussão"), **_DO_EXTRATO,
    ),
    Coluna(
        codigo="condicionalidade_dia", nome="Dia do efeito de condicionalidade", ajuda="Dia, mês e ano.",
        exemplo="15/03/2026", ler=celulas.dia(), dispensavel=True, sinonimos=("data da repercussão", "data do efeito"),
    ),
    Coluna(
        codigo="atualizado_dia", nome="Última atualização", ajuda="Do cadastro da família.", exemplo="10/02/2026",
        ler=celulas.dia(), dispensavel=True, **_DO_EXTRATO,
        sinonimos=(*_da_base("dat_atual_fam", "dat_atualizacao_familia", de="d"), "data de atualização"),
    ),
    Coluna(
        codigo="renda_per_capita_centavos", nome="Renda por pessoa", ajuda="Em reais, por mês.", exemplo="218,00",
        ler=celulas.centavos(), escrever=_reais, numero=True, dispensavel=True, **_DO_EXTRATO,
        sinonimos=(*_da_base("vlr_renda_media_fam", "vl_renda_media_fam", de="d"), "renda per capita"),
    ),
    Coluna(
        codigo="renda_total_centavos", nome="Renda total da família", ajuda="Em reais, por mês.", exemplo="872,00",
        ler=celulas.centavos(), escrever=_reais, numero=True, dispensavel=True, **_DO_EXTRATO,
        sinonimos=_da_base("vlr_renda_total_fam", "vl_renda_total_fam", de="d"),
    ),
    Coluna(
        codigo="bolsa_familia", nome="Recebe o Bolsa Família", ajuda="Sim ou não (na base, 1 ou 0).", exemplo="sim",
        ler=_sim_ou_nao, dispensavel=True, **_DO_EXTRATO,
        sinonimos=_da_base("marc_pbf", "ref_pbf", "in_pbf", de="d"),
    ),
    _da_lista(
        "grupo", "Grupo específico", "O código ou o nome do grupo tradicional ou específico.",
        dict(listas.Grupo.choices), dispensavel=True, sinonimos=_da_base("ind_parc_mds_fam", "co_parc_mds_fam", de="d"),
        tambem={"0": "000", "nenhuma": "000"}, **_DO_EXTRATO,
    ),
    Coluna(
        codigo="indigena", nome="Família indígena", ajuda="Sim ou não (na base, 1 ou 2).", exemplo="não",
        ler=_sim_ou_nao, dispensavel=True, sinonimos=_da_base("cod_familia_indigena_fam", de="d"), **_DO_EXTRATO,
    ),
    Coluna(
        codigo="quilombola", nome="Família quilombola", ajuda="Sim ou não (na base, 1 ou 2).", exemplo="não",
        ler=_sim_ou_nao, dispensavel=True, sinonimos=_da_base("ind_familia_quilombola_fam", de="d"), **_DO_EXTRATO,
    ),
    Coluna(
        codigo="tipo_da_via", nome="Tipo da via", ajuda="Rua, avenida, beco.", exemplo="Rua", ler=_via(30),
        sinonimos=_da_base("nom_tip_logradouro_fam", "no_tip_logradouro_fam", de="d"), no_modelo=False,
    ),
    Coluna(
        codigo="titulo_da_via", nome="Título da via", ajuda="Doutor, Dona, Santo.", exemplo="Doutor", ler=_via(30),
        sinonimos=_da_base("nom_titulo_logradouro_fam", "no_titulo_logradouro_fam", de="d"), no_modelo=False,
    ),
    Coluna(
        codigo="logradouro", nome="Logradouro", ajuda="Com o tipo: Rua, Avenida.", exemplo="Rua do Exemplo",
        ler=_via(140), sinonimos=_da_base("nom_logradouro_fam", "no_logradouro_fam", de="d"), **_DO_EXTRATO,
    ),
    Coluna(
        codigo="numero", nome="Número", ajuda="Da casa.", exemplo="12", ler=_NUMERO,
        sinonimos=_da_base("num_logradouro_fam", "nu_logradouro_fam", de="d"), em_branco=NAO_SE_SABE | {"0"},
    ),
    Coluna(
        codigo="complemento", nome="Complemento", ajuda="Casa, bloco, apartamento.", exemplo="casa 2",
        ler=_TEXTO(maximo=100), sinonimos=_da_base("des_complemento_fam", "ds_complemento_fam", de="d"),
    ),
    Coluna(
        codigo="bairro", nome="Bairro", ajuda="Ou localidade.", exemplo="Centro", ler=_via(100), **_DO_EXTRATO,
        sinonimos=(*_da_base("nom_localidade_fam", "no_localidade_fam", de="d"), "localidade"),
    ),
    Coluna(
        codigo="ponto_de_referencia", nome="Ponto de referência", ajuda="Para achar a casa.", exemplo="perto da escola",
        ler=_TEXTO(maximo=200), sinonimos=_da_base("txt_referencia_local_fam", "tx_referencia_local_fam", de="d"),
    ),
    Coluna(
        codigo="cep", nome="CEP", ajuda="Oito algarismos.", exemplo="29010-004", ler=_lido(ler_cep), dispensavel=True,
        em_branco=NAO_SE_SABE | {"0"}, sinonimos=_da_base("num_cep_logradouro_fam", "nu_cep_logradouro_fam", de="d"),
    ),
    Coluna(
        codigo="telefone", nome="Telefone", ajuda="Com o DDD.", exemplo="(27) 3000-0000", ler=_lido(ler_telefone),
        dispensavel=True, em_branco=NAO_SE_SABE | {"0"},
    ),
    _da_lista(
        "localizacao", "Localização", "Urbana ou rural.", {"urbana": "urbana", "rural": "rural"}, dispensavel=True,
        sinonimos=_da_base("cod_local_domic_fam", "co_local_domic_fam", de="d"),
        tambem={"1": "urbana", "2": "rural", "urbanas": "urbana", "rurais": "rural"}, **_DO_EXTRATO,
    ),
    Coluna(
        codigo="municipio", nome="Município", ajuda="O código do IBGE, se a planilha traz mais de um.",
        exemplo="3205309", ler=_municipio, no_modelo=False,
        sinonimos=_da_base("cd_ibge", "codigo_ibge7", "cod_munic_ibge", "d.cd_ibge"),
    ),
)  # fmt: skip

EXTRATO = Importador(
    codigo="extrato-do-cadastro-unico",
    nome="Extrato do Cadastro Único",
    resumo="Famílias e pessoas do município, uma linha por pessoa, como o CECAD as dá. O que a equipe escreveu fica.",
    permissao=Permissao.CADUNICO_TRAZER,
    pessoal=True,
    so_do_municipio=True,
    sempre=True,
    limites=Limites(megas=30, linhas=150_000),
    outras=("de extrato mais antigo do que o guardado", "de extrato mais antigo do que o guardado"),
    perguntas=(
        Coluna(
            codigo="dia", nome="Dia do extrato", ajuda="Em que dia a base foi tirada, como 31/10/2026.",
            exemplo="31/10/2026", ler=celulas.dia(minimo=date(2005, 1, 1)), obrigatoria=True,
        ),
    ),
    colunas=COLUNAS,
    le=(
        "familias.pessoaatendida", "familias.integrante", "familias.domicilio", "familias.prontuario",
        "cadunico.cadastrodafamilia", "cadunico.cadastrodapessoa",
    ),
    preparar=_preparar,
    de_lado=_de_lado,
    territorio=_territorio,
    rotulo=lambda linha, conjunto: f"{linha['nome']}, família {linha['codigo']}",
    chave=_chave,
    conferir=_conferir,
    atual=_atual,
    ficam=_ficam,
    aplicar=_aplicar,
)  # fmt: skip
