"""As entidades inventadas: em Vitória, uma inscrição em cada etapa do conselho, uma indeferida, uma por cancelar.

As de Vitória, pelos atos da tela: cadastra o órgão gestor, conduz a secretaria do conselho, pede a entidade. As de
outros municípios entram de uma vez.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from demonstracao.documento import pdf
from demonstracao.invencao import (
    ARVORES,
    BICHOS,
    acaso,
    bairro,
    cnpj,
    correio,
    dia_de,
    endereco,
    identificador,
    nome_de_gente,
    sem_repetir,
    telefone,
)
from demonstracao.pessoas import ENTIDADE, VITORIA, Quem
from normas.rede.tipificacao import nome_do_servico
from suas.cadastros.entidades import etapas
from suas.cadastros.entidades.acoes import cadastro, cancelamento, carga, cneas, inscricao, ofertas
from suas.cadastros.entidades.consultas.ofertas import vinculo_suas
from suas.cadastros.entidades.models import Entidade, Inscricao, Oferta, Parceria
from suas.cadastros.territorio.models import Municipio
from suas.nucleo.avisos.acoes.leitura import marcar_todos_lidos
from suas.nucleo.permissoes.ator import ATOR_PUBLICO, Ator

#: Os municípios, além de Vitória, que têm entidades.
OUTROS = ("3200607", "3201209", "3201308", "3201506", "3202405", "3203205", "3204906", "3205002", "3205101", "3205200")
#: Em quantos dias o conselho inventado espera cada etapa; numa delas já passou.
PRAZOS = {"analise": 30, "visita": 15, "parecer": 20}
_ANTES_DO_PRIMEIRO_PASSO, _ENTRE_PASSOS = 60, 6
_INDEFERIDA, _POR_CANCELAR = "indeferida", "por cancelar"
_RESULTADOS = {
    "analise": "em_ordem",
    "visita": "feita",
    "parecer": "favoravel",
    "plenaria": etapas.DEFERIDA,
    "publicacao": "publicada",
    "comprovante": "entregue",
    "comunicacao": "comunicada",
}


@dataclass(frozen=True, kw_only=True)
class _Inventada:
    """Uma entidade e a etapa em que a inscrição dela está; vazia, não pediu."""

    nome: str
    natureza: str
    servico: str
    etapa: str


_ENTIDADES = (
    _Inventada(nome="Casa Gaturamo", natureza="associacao", servico="acolhimento_institucional", etapa="analise"),
    _Inventada(nome="Instituto Sapucaia", natureza="associacao", servico="scfv", etapa="visita"),
    _Inventada(nome="Obra Social Jacutinga", natureza="organizacao_religiosa", servico="scfv", etapa="parecer"),
    _Inventada(nome="Centro Manacá", natureza="associacao", servico="pse_pcd_idosas", etapa="plenaria"),
    _Inventada(nome="Associação Peroba", natureza="associacao", servico="scfv", etapa="publicacao"),
    _Inventada(nome="Fundação Curió", natureza="fundacao", servico="acolhimento_institucional", etapa="comprovante"),
    _Inventada(nome="Associação Andorinha", natureza="associacao", servico="psb_domicilio", etapa="comunicacao"),
    _Inventada(nome="Grupo Paineira", natureza="associacao", servico="scfv", etapa=_POR_CANCELAR),
    _Inventada(nome="Associação Quero-Quero", natureza="associacao", servico="scfv", etapa=_INDEFERIDA),
    _Inventada(nome="Instituto Cambuí", natureza="outra", servico="scfv", etapa=""),
)
#: As de Vitória, na ordem do CNPJ; a primeira é a de quem entra.
_TODAS = (_Inventada(nome=ENTIDADE, natureza="associacao", servico="scfv", etapa=""), *_ENTIDADES)


def cadastrar(*, quem: Quem, em: datetime) -> int:
    """Cadastra as que faltam: as de Vitória, pelos atos da tela, e as de outros municípios; devolve quantas."""
    numeros = {cnpj(numero): numero for numero in range(1, len(_TODAS) + 1)}
    ja_estao = set(Entidade.objects.filter(cnpj__in=numeros).values_list("cnpj", flat=True))
    faltam = [numero for codigo, numero in numeros.items() if codigo not in ja_estao]
    for numero in faltam:
        _cadastrar(_TODAS[numero - 1], numero, por=quem("municipal"), em=em)
    return len(faltam) + _em_outros_municipios(em=em)


def inscrever(*, quem: Quem, em: datetime) -> None:
    """Leva cada inscrição à sua etapa, se o conselho inventado ainda não tem nenhuma."""
    if Inscricao.objects.filter(municipio_id=VITORIA).exists():
        return
    municipal, secretaria = quem("municipal"), quem("secretaria")
    usadas: dict[str, tuple[bool, int | None]] = {etapa: (True, dias) for etapa, dias in PRAZOS.items()}
    inscricao.configurar(municipio=VITORIA, etapas_usadas=usadas, por=secretaria, em=em)
    oferta = _a_de_quem_entra(municipal=municipal, secretaria=secretaria, em=em)
    for inventada in _ENTIDADES:
        if inventada.etapa:
            _levar(inventada, por=secretaria, em=em)
    for leu in (quem("conselho"), municipal):
        marcar_todos_lidos(por=leu, em=em)  # do que já passou; por ler fica o que vem agora
    inscricao.pedir(entidade=oferta.entidade, oferta=oferta, por=quem("entidade"), em=em, hoje=dia_de(em))


def _cadastrar(inventada: _Inventada, numero: int, *, por: Ator, em: datetime) -> None:
    sorte = acaso("entidade", numero)
    ficha = cadastro.Ficha(
        cnpj=cnpj(numero),
        razao_social=f"{inventada.nome} de Vitória",
        nome_fantasia=inventada.nome,
        natureza_juridica=inventada.natureza,
        atende=True,
        assessora=inventada.nome.startswith("Instituto"),
        fontes_de_recurso="doações; parceria com o município",
        tipo_logradouro="Rua",
        logradouro=sorte.choice(ARVORES),
        numero=str(sorte.randrange(1, 900)),
        bairro=bairro(sorte),
        telefone=telefone(sorte),
        email=correio(inventada.nome, "Vitória"),
        localizacao="urbana",
    )
    nova = cadastro.cadastrar(ficha=ficha, municipio=VITORIA, por=por, em=em, sintetica=True)
    posse = date(2025, 3, 1)
    cadastro.dar_posse(
        entidade=nova, nome=nome_de_gente(sorte), cargo="Presidente", desde=posse, ate=date(2028, 2, 29), por=por, em=em
    )
    _ofertar(nova, inventada.servico, capacidade=sorte.randrange(20, 120, 10), por=por, em=em)


def _ofertar(entidade: Entidade, servico: str, *, capacidade: int, por: Ator, em: datetime) -> Oferta:
    dados = ofertas.DadosDaOferta(
        municipio=VITORIA,
        tipo=Oferta.Tipo.SERVICO.value,
        servico=servico,
        nome=nome_do_servico(servico),
        publico="Famílias e pessoas do território",
        capacidade=capacidade,
        dias_e_horas="de segunda a sexta, das 8h às 17h",
        desde=date(2019, 2, 1),
    )
    return ofertas.ofertar(entidade=entidade, dados=dados, por=por, em=em)


def _em_outros_municipios(*, em: datetime) -> int:
    """Duas em cada município dos maiores, a primeira inscrita e em dia; devolve quantas faltavam."""
    entidades, oferecem, inscritas = [], [], []
    ja_estao = {dela for par in Entidade.objects.values_list("id", "cnpj") for dela in par}
    for codigo, lugar in Municipio.objects.filter(pk__in=OUTROS).order_by("pk").values_list("codigo_ibge", "nome"):
        sorte = acaso("entidades", codigo)
        for ordem, bicho in enumerate(sem_repetir(BICHOS, sorte, 2)):
            nome = f"{sorte.choice(('Associação', 'Lar', 'Instituto'))} {bicho}"
            entidade = Entidade(
                id=identificador("entidade", codigo, ordem),
                cnpj=cnpj(int(codigo[2:]), filial=ordem + 2),
                razao_social=f"{nome} de {lugar}",
                nome_fantasia=nome,
                natureza_juridica=Entidade.Natureza.ASSOCIACAO,
                municipio_id=codigo,
                atende=True,
                email=correio(nome, lugar),
                conferida_em=em - timedelta(days=sorte.randrange(10, 400)),
                sintetica=True,
                **endereco(sorte, municipio=codigo),
            )
            servico = sorte.choice(("scfv", "acolhimento_institucional", "pse_pcd_idosas"))
            oferta = Oferta(
                id=identificador("oferta", codigo, ordem),
                entidade=entidade,
                municipio_id=codigo,
                tipo=Oferta.Tipo.SERVICO,
                servico=servico,
                nome=nome_do_servico(servico),
                publico="Famílias e pessoas do território",
                capacidade=sorte.randrange(20, 120, 10),
                desde=date(2018, 3, 1),
            )
            if entidade.pk in ja_estao or entidade.cnpj in ja_estao:
                continue
            entidades.append(entidade)
            oferecem.append(oferta)
            if ordem == 0:
                inscritas.append(_inscrita(entidade))
    if entidades:
        carga.carregar(
            entidades=entidades, ofertas=oferecem, inscricoes=inscritas, por=ATOR_PUBLICO, em=em, motivo="Demonstração"
        )
    return len(entidades)


def _inscrita(entidade: Entidade) -> Inscricao:
    return Inscricao(
        id=identificador("inscricao", entidade.pk),
        entidade=entidade,
        municipio_id=entidade.municipio_id,
        especie=Inscricao.Especie.ENTIDADE,
        estado=Inscricao.Estado.INSCRITA,
        numero=1,
        decidida_em=date(2020, 6, 10),
        resolucao="Resolução nº 6/2020 (fictícia)",
    )


def _a_de_quem_entra(*, municipal: Ator, secretaria: Ator, em: datetime) -> Oferta:
    """Inscrita há anos, com parceria e CNEAS concluído; deve o plano deste ano. Devolve o que ela oferta."""
    entidade, hoje = Entidade.objects.get(cnpj=cnpj(1)), dia_de(em)
    anterior = inscricao.Anterior(numero=7, decidida_em=date(2019, 8, 14), resolucao="Resolução nº 7/2019 (fictícia)")
    inscricao.registrar_anterior(entidade=entidade, oferta=None, anterior=anterior, por=secretaria, em=em, hoje=hoje)
    # a casa carregada antes de haver ofertas não tem a dela; a que tem mais de uma fica com a primeira
    oferta = entidade.ofertas.filter(ate=None).order_by("id").first() or _ofertar(
        entidade, _TODAS[0].servico, capacidade=60, por=municipal, em=em
    )
    parceria = ofertas.DadosDaParceria(
        tipo=Parceria.Tipo.COLABORACAO.value,
        numero="3/2026 (fictício)",
        orgao="Secretaria Municipal de Assistência Social de Vitória",
        desde=date(2026, 1, 1),
        ate=date(2026, 12, 31),
        objeto="Convivência e fortalecimento de vínculos",
        valor_centavos=18_000_000,
        oferta=oferta,
    )
    if not entidade.parcerias.exists():
        ofertas.registrar_parceria(entidade=entidade, dados=parceria, por=municipal, em=em)
    if vinculo_suas(entidade) is None:
        ofertas.reconhecer_vinculo(
            entidade=entidade, desde=date(2019, 9, 1), por_que="Inscrita e em parceria", por=municipal, em=em
        )
    if entidade.cneas_concluido_em is None:
        cneas.concluir(entidade=entidade, visita=hoje - timedelta(days=40), por=municipal, em=em, hoje=hoje)
    return oferta


def _levar(inventada: _Inventada, *, por: Ator, em: datetime) -> None:
    """Pede pela entidade o que chegou em papel e dá os passos até a etapa."""
    entidade, hoje = Entidade.objects.get(cnpj=cnpj(_TODAS.index(inventada) + 1)), dia_de(em)
    dia = hoje - timedelta(days=_ANTES_DO_PRIMEIRO_PASSO)
    uma = inscricao.pedir(entidade=entidade, oferta=None, por=por, em=em, hoje=dia)
    _juntar(uma, faltando=inventada.etapa == etapas.ANALISE.codigo, por=por, em=em)
    while uma.etapa and uma.etapa != inventada.etapa:
        dia += timedelta(days=_ENTRE_PASSOS)
        uma = inscricao.andar(inscricao=uma, andamento=_andamento(uma, inventada, dia), por=por, em=em, hoje=hoje)
    if inventada.etapa == _POR_CANCELAR:
        cancelamento.abrir(
            inscricao=uma,
            motivo="Deixou de ofertar o serviço na sede (fictício).",
            defesa_ate=hoje + timedelta(days=20),
            por=por,
            em=em,
            hoje=hoje,
        )


def _andamento(uma: Inscricao, inventada: _Inventada, dia: date) -> inscricao.Andamento:
    resultado = _RESULTADOS[uma.etapa]
    if inventada.etapa == _INDEFERIDA and uma.etapa in {etapas.PARECER.codigo, etapas.PLENARIA.codigo}:
        resultado = {"parecer": "desfavoravel", "plenaria": etapas.INDEFERIDA}[uma.etapa]
    decide = uma.etapa == etapas.PLENARIA.codigo
    return inscricao.Andamento(
        etapa=uma.etapa,
        resultado=resultado,
        dia=dia,
        texto="Registro de demonstração.",
        resolucao=f"Resolução nº {dia:%m}/{dia.year} (fictícia)" if decide else "",
    )


def _juntar(uma: Inscricao, *, faltando: bool, por: Ator, em: datetime) -> None:
    """Os documentos exigidos; com `faltando`, o último não veio e o penúltimo volta à entidade."""
    exigencias = etapas.DA_ENTIDADE[:-1] if faltando else etapas.DA_ENTIDADE
    for exigencia in exigencias:
        linhas = [exigencia.nome, uma.entidade.nome, "Documento de demonstração, sem valor."]
        entrega = inscricao.juntar(
            inscricao=uma,
            exigencia=exigencia.codigo,
            arquivo=SimpleUploadedFile(f"{exigencia.codigo}-ficticio.pdf", pdf(linhas)),
            exercicio=None,
            por=por,
            em=em,
        )
        aceita = not (faltando and exigencia is exigencias[-1])
        observacao = "" if aceita else "Falta dizer a origem dos recursos: complete e junte de novo."
        inscricao.conferir_entrega(entrega=entrega, aceita=aceita, observacao=observacao, por=por, em=em)
