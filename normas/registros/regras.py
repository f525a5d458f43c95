"""As regras que o próprio formulário traz: o que não pode faltar e os números que têm de combinar."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from normas.base.inconsistencia import Gravidade
from normas.base.numeros import com_virgula
from normas.registros.exame import Achado, Exame, maiuscula
from normas.registros.formulario import Bloco, Celula, Desdobramento, Item, Regra, Termo
from normas.registros.preenchimento import Situacao, Valor, soma_das_celulas


def preenchimento(regra: Regra, exame: Exame) -> Iterator[Achado]:
    """Todo item informado, com números inteiros; bloco que não se oferta fica em branco, os outros inteiros."""
    recusados = {recusa.item for recusa in exame.preenchimento.recusas}
    for recusa in exame.preenchimento.recusas:
        yield Achado((recusa.item,), recusa.mensagem)
    for bloco in exame.versao.blocos:
        em_aberto = [codigo for codigo in bloco.itens if codigo not in recusados]
        yield from _do_bloco(bloco, [exame.item(codigo) for codigo in em_aberto], exame)


def _do_bloco(bloco: Bloco, itens: list[Item], exame: Exame) -> Iterator[Achado]:
    preenchido = exame.preenchimento
    if bloco.codigo in preenchido.nao_ofertados:
        com_valor = [item for item in itens if item.codigo in preenchido.valores]
        if com_valor:
            codigos = tuple(item.codigo for item in com_valor)
            yield Achado(
                codigos,
                f"O bloco {bloco.codigo} está marcado “{bloco.opcional}”, mas traz {_e(codigos)}. "
                "Tire a marca ou apague os números.",
            )
        return
    sem_resposta = [item for item in itens if preenchido.situacao(item) is Situacao.NAO_INFORMADO]
    fora = [item for item in itens if preenchido.situacao(item) is Situacao.NAO_SE_APLICA]
    if bloco.opcional and itens and len(fora) == len(bloco.itens):
        return
    for item in fora:
        yield Achado((item.codigo,), _nao_cabe(bloco, item))
    if not exame.contexto.parcial:
        yield from _do_que_falta(bloco, sem_resposta)
    for item in itens:
        if not exame.contexto.parcial and item.desdobramento and item.codigo in preenchido.valores:
            yield from _do_desdobramento(item, preenchido.valores[item.codigo])


def _nao_cabe(bloco: Bloco, item: Item) -> str:
    if bloco.opcional:
        return (
            f"{item.codigo} está como “não se aplica” e outros itens do bloco {bloco.codigo} têm número. "
            f"Escreva o número, ou marque o bloco inteiro como “{bloco.opcional}”."
        )
    return f"{item.codigo} não aceita “não se aplica”: informe {item.frase}. Se não houve, escreva 0."


def _do_que_falta(bloco: Bloco, sem_resposta: list[Item]) -> Iterator[Achado]:
    if bloco.opcional and len(sem_resposta) == len(bloco.itens):
        yield Achado(
            bloco.itens,
            f"O bloco {bloco.codigo}, {bloco.titulo}, está sem resposta. Informe os itens de {bloco.itens[0]} a "
            f"{bloco.itens[-1]} ou marque “{bloco.opcional}”.",
        )
        return
    for item in sem_resposta:
        yield Achado((item.codigo,), f"Informe {item.frase} ({item.codigo}). Se não houve, escreva 0.")


def _do_desdobramento(item: Item, valor: Valor) -> Iterator[Achado]:
    if item.desdobramento is None:
        return
    faltam = [celula for celula in item.desdobramento.celulas if celula not in valor.celulas]
    if not faltam:
        return
    if not valor.celulas and valor.total is not None:
        frase = f"Reparta {item.frase} ({item.codigo} = {com_virgula(valor.total)}) pelos quadrinhos de sexo e idade."
    else:
        frase = f"Em {item.codigo}, falta informar {'; '.join(map(str, faltam))}."
    yield Achado((item.codigo,), f"{frase} Onde não houve, escreva 0.")


def no_maximo(regra: Regra, exame: Exame) -> Iterator[Achado]:
    """Cada item não passa da soma dos do limite, no total e, onde a regra pede, em cada sexo."""
    for termo in regra.itens:
        limite = regra.limite
        achado = _compara(regra, exame, termo, limite)
        if achado:
            yield achado
            continue
        desdobramento = exame.item(termo.item).desdobramento
        if regra.por_sexo and desdobramento:
            for sexo in desdobramento.sexos:
                do_limite = tuple(Termo(item=outro.item, sexo=sexo) for outro in limite)
                achado = _compara(regra, exame, Termo(item=termo.item, sexo=sexo), do_limite)
                if achado:
                    yield achado


def _compara(regra: Regra, exame: Exame, termo: Termo, limite: tuple[Termo, ...]) -> Achado | None:
    numero = exame.parte(termo)
    partes = [exame.parte(outro) for outro in limite]
    informadas = [parte for parte in partes if parte is not None]
    if numero is None or len(informadas) != len(partes) or numero <= sum(informadas):
        return None
    codigos = (termo.item, *(outro.item for outro in limite))
    if len(limite) == 1:
        do_limite = exame.dito(limite[0], informadas[0])
        confira = "Confira os dois números"
    else:
        parcelas = " + ".join(com_virgula(parte) for parte in informadas)
        nomes = _e(tuple(outro.item for outro in limite))
        sexo = f", {limite[0].sexo}" if limite[0].sexo else ""
        do_limite = f"a soma de {nomes}{sexo} ({parcelas} = {com_virgula(sum(informadas))})"
        confira = "Confira os números"
    return Achado(
        codigos, f"{maiuscula(exame.dito(termo, numero))} {_verbo(regra)} {do_limite}. {confira}{_fecho(regra)}"
    )


def _verbo(regra: Regra) -> str:
    return "não podem ser mais do que" if regra.gravidade is Gravidade.IMPEDE else "são mais do que"


def _fecho(regra: Regra) -> str:
    return "; se estão certos, escreva por quê." if regra.gravidade is Gravidade.JUSTIFICAR else "."


def soma_das_celulas_do_item(regra: Regra, exame: Exame) -> Iterator[Achado]:
    """O total escrito é a soma dos quadrinhos."""
    for termo in regra.itens:
        item = exame.item(termo.item)
        if exame.preenchimento.situacao(item) is not Situacao.INFORMADO:
            continue
        valor = exame.preenchimento.valores[item.codigo]
        soma = soma_das_celulas(item, valor)
        if valor.total is not None and soma is not None and soma != valor.total:
            yield Achado(
                (item.codigo,),
                f"O total de {item.codigo} é {com_virgula(valor.total)}, e os quadrinhos por sexo e idade somam "
                f"{com_virgula(soma)}. Acerte o total ou os quadrinhos.",
            )


def celulas_no_maximo(regra: Regra, exame: Exame) -> Iterator[Achado]:
    """Em cada sexo e faixa do limite, o item não passa dele; faixas mais estreitas se somam antes."""
    alvo = exame.item(regra.limite[0].item)
    if alvo.desdobramento is None or exame.preenchimento.situacao(alvo) is not Situacao.INFORMADO:
        return
    do_alvo = exame.preenchimento.valores[alvo.codigo].celulas
    for termo in regra.itens:
        item = exame.item(termo.item)
        if item.desdobramento is None or exame.preenchimento.situacao(item) is not Situacao.INFORMADO:
            continue
        do_item = exame.preenchimento.valores[item.codigo].celulas
        for celula, cabem in _que_cabem(alvo.desdobramento, item.desdobramento).items():
            limite, valores = do_alvo.get(celula), [do_item[outra] for outra in cabem if outra in do_item]
            if limite is None or len(valores) < len(cabem) or sum(valores) <= limite:
                continue
            yield Achado(
                (item.codigo, alvo.codigo),
                f"{item.frase_inicial} ({item.codigo}, {celula} = {com_virgula(sum(valores))}) são mais do que "
                f"{alvo.frase} ({alvo.codigo}, {celula} = {com_virgula(limite)}). Confira os dois números.",
            )


@cache
def _que_cabem(alvo: Desdobramento, item: Desdobramento) -> dict[Celula, tuple[Celula, ...]]:
    """De cada quadrinho do primeiro, os do outro que cabem no sexo e na faixa dele."""
    return {
        celula: tuple(
            outra
            for outra, faixa in item.celulas.items()
            if outra.sexo == celula.sexo and alvo.celulas[celula].contem(faixa)
        )
        for celula in alvo.celulas
    }


def no_maximo_do_registro(regra: Regra, exame: Exame) -> Iterator[Achado]:
    """O item não passa de uma contagem tirada dos registros de atendimento, onde ela existe."""
    contagem = exame.contexto.registros.get(regra.registro)
    if contagem is None:
        return
    for termo in regra.itens:
        numero = exame.total(termo.item)
        if numero is not None and numero > contagem:
            yield Achado(
                (termo.item,),
                f"{maiuscula(exame.dito(termo, numero))} são mais do que as famílias diferentes com registro no "
                f"mês ({com_virgula(contagem)}). Confira se falta registrar algum atendimento.",
            )


def conta_do_estoque(regra: Regra, exame: Exame) -> Iterator[Achado]:
    """O estoque é o do mês anterior, menos as saídas dele, mais as entradas; sem as saídas, não se confere."""
    estoque, entradas = (termo.item for termo in regra.itens)
    anterior = exame.contexto.anteriores.get(exame.competencia.meses_antes(1))
    saidas = exame.contexto.registros.get(regra.registro)
    agora, novas = exame.total(estoque), exame.total(entradas)
    antes = anterior.total(exame.item(estoque)) if anterior else None
    if agora is None or novas is None or antes is None or saidas is None or agora == antes - saidas + novas:
        return
    yield Achado(
        (estoque, entradas),
        f"{maiuscula(exame.dito(regra.itens[0], agora))} não fecham com o mês anterior: eram {com_virgula(antes)}, "
        f"saíram {com_virgula(saidas)} e entraram {com_virgula(novas)} ({entradas}), o que daria "
        f"{com_virgula(antes - saidas + novas)}. Confira as inserções e os desligamentos.",
    )


def _e(nomes: tuple[str, ...]) -> str:
    """Os nomes em fila: "A.1, A.2 e A.3"."""
    return f"{', '.join(nomes[:-1])} e {nomes[-1]}" if len(nomes) > 1 else "".join(nomes)
