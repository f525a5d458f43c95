"""Quem escreve no banco são os atos, e todo ato deixa uma linha na trilha."""

from __future__ import annotations

import ast
from functools import cache

from tests.contratos import arquivos

ESCRITAS = {
    "save", "create", "delete", "update", "bulk_create", "bulk_update",
    "get_or_create", "update_or_create", "asave", "acreate", "adelete", "aupdate",
}  # fmt: skip
DE_DICIONARIO = {"update"}  # `dados.update(...)` também é do dicionário e do resumo criptográfico
# O que escreve sem ser ato de ninguém, escrito à mão com o motivo.
SEM_TRILHA = {
    "suas/nucleo/avisos/acoes/leitura.py marcar_lido": "marca da própria pessoa; nada muda para mais ninguém",
    "suas/nucleo/avisos/acoes/leitura.py marcar_todos_lidos": "marca da própria pessoa; nada muda para mais ninguém",
    "suas/nucleo/fila/acoes.py abrir": "projeção que a tela acompanha; o ato que pede a tarefa é que vai à trilha",
    "suas/nucleo/fila/acoes.py contar": "projeção que a tela acompanha",
    "suas/nucleo/fila/acoes.py encerrar": "projeção que a tela acompanha",
    "suas/nucleo/api/acoes.py registrar_pedido": "é ele mesmo um registro, de cada pedido de programa",
    "suas/nucleo/obrigacoes/acoes/entregas.py entregar": "fato do ato que envia, e é ele que vai à trilha",
    "suas/nucleo/obrigacoes/acoes/entregas.py entregar_muitas": "fato do ato que carrega, e é ele que vai à trilha",
    "suas/nucleo/obrigacoes/acoes/entregas.py retirar": "fato do ato que devolve ou reabre, e é ele que vai à trilha",
    "suas/nucleo/trilha/acoes.py registrar": "é a própria trilha",
    "suas/nucleo/trilha/acoes.py registrar_leitura": "é a própria trilha",
    "suas/nucleo/trilha/acoes.py guardar_verificacao": "é o que a verificação da trilha achou",
}


def _escritas(no: ast.AST) -> list[ast.Call]:
    """Chamadas `x.save()`, `x.objects.create()` ... dentro do nó."""
    return [
        chamada
        for chamada in ast.walk(no)
        if isinstance(chamada, ast.Call)
        and isinstance(chamada.func, ast.Attribute)
        and chamada.func.attr in ESCRITAS
        and not (chamada.func.attr in DE_DICIONARIO and _parece_dicionario(chamada.func.value))
    ]


def _parece_dicionario(valor: ast.expr) -> bool:
    """`dados.update()` e `self.dados.update()`, mas não `Partilha.objects.update()` nem `consulta().update()`."""
    return isinstance(valor, ast.Name) or (isinstance(valor, ast.Attribute) and valor.attr != "objects")


def _chamadas(no: ast.AST) -> set[str]:
    return {
        chamada.func.attr if isinstance(chamada.func, ast.Attribute) else chamada.func.id
        for chamada in ast.walk(no)
        if isinstance(chamada, ast.Call) and isinstance(chamada.func, ast.Attribute | ast.Name)
    }


def test_telas_formularios_consultas_e_permissoes_nao_escrevem_no_banco() -> None:
    achadas = [
        f"{arquivos.relativo(arquivo)}:{chamada.lineno} {ast.unparse(chamada.func)}"
        for arquivo in arquivos.da_anatomia("views", "api", "forms", "consultas", "permissoes")
        for chamada in _escritas(arquivos.arvore(arquivo))
    ]

    assert not achadas, f"Mude o banco só em acoes.py ou tarefas.py: {achadas}"


def test_a_guarda_percebe_uma_escrita_plantada() -> None:
    plantada = ast.parse("A.objects.filter(pk=1).update(nome='x'); A.objects.update(n=1); dados.update(a=1)")

    assert [ast.unparse(c.func) for c in _escritas(plantada)] == ["A.objects.filter(pk=1).update", "A.objects.update"]


def test_todo_ato_so_recebe_argumentos_pelo_nome() -> None:
    faltosos = [
        _chave(arquivo, funcao)
        for arquivo, funcao in _publicas()
        if _e_ato(funcao) and funcao.args.posonlyargs + funcao.args.args
    ]

    assert not faltosos, f"Comece os argumentos do ato por *: {faltosos}"


def test_todo_ato_que_escreve_deixa_uma_linha_na_trilha_na_mesma_transacao() -> None:
    faltosos = []
    for arquivo, funcao in _publicas():
        if not _e_ato(funcao) or _chave(arquivo, funcao) in SEM_TRILHA:
            continue
        alcancadas = _alcancadas(arquivo, funcao)
        if not any(_escritas(no) for no in alcancadas):
            continue
        if not any("registrar" in _chamadas(no) for no in alcancadas):
            faltosos.append(f"{_chave(arquivo, funcao)}: termine com trilha.acoes.registrar")
        if "transaction.atomic" not in " ".join(ast.unparse(no) for no in alcancadas):
            faltosos.append(f"{_chave(arquivo, funcao)}: ponha dentro de transaction.atomic")

    assert not faltosos, faltosos


def test_o_que_escreve_sem_dizer_quem_age_e_parte_de_um_ato_do_mesmo_modulo() -> None:
    faltosos = []
    for arquivo, funcao in _publicas():
        if _e_ato(funcao) or _chave(arquivo, funcao) in SEM_TRILHA or not _escritas(funcao):
            continue
        modulo = arquivos.RAIZ.joinpath(*arquivo.relative_to(arquivos.RAIZ).parts[:3])
        faltosos += [
            f"{_chave(arquivo, funcao)} é usada em {arquivos.relativo(outro)}"
            for outro in arquivos.com_final(".py")
            if modulo / "acoes" not in outro.parents
            and outro not in {modulo / "acoes.py", modulo / "tarefas.py"}
            and not arquivos.e_de_teste(outro)
            and _importa(outro, arquivo, funcao.name)
        ]

    assert not faltosos, f"Quem é de fora chama um ato, com `por` e `em`: {faltosos}"


def test_a_lista_dos_atos_sem_trilha_nao_guarda_nome_morto() -> None:
    existentes = {_chave(arquivo, funcao) for arquivo, funcao in _publicas()}

    assert set(SEM_TRILHA) <= existentes, f"Retire da lista: {set(SEM_TRILHA) - existentes}"


def _e_ato(funcao: arquivos.Funcao) -> bool:
    """Ato é o que alguém faz: a função diz `por` quem."""
    return "por" in {argumento.arg for argumento in funcao.args.args + funcao.args.kwonlyargs}


def _importa(outro: arquivos.Path, arquivo: arquivos.Path, nome: str) -> bool:
    """`outro` usa a função `nome` de `arquivo`: importou-a, ou importou o arquivo e a chama pelo ponto?"""
    origem = ".".join(arquivo.relative_to(arquivos.RAIZ).with_suffix("").parts)
    importados = _importados(outro)
    pelo_ponto = (origem.rpartition(".")[0], arquivo.stem) in importados and nome in _chamadas(arquivos.arvore(outro))
    return (origem, nome) in importados or pelo_ponto


@cache
def _importados(arquivo: arquivos.Path) -> frozenset[tuple[str | None, str]]:
    """De onde veio e como se chama cada coisa que o arquivo importa."""
    return frozenset(
        (no.module, apelido.name)
        for no in ast.walk(arquivos.arvore(arquivo))
        if isinstance(no, ast.ImportFrom)
        for apelido in no.names
    )


def _chave(arquivo: arquivos.Path, funcao: arquivos.Funcao) -> str:
    return f"{arquivos.relativo(arquivo)} {funcao.name}"


def _publicas() -> list[tuple[arquivos.Path, arquivos.Funcao]]:
    """Funções públicas, de primeiro nível, de acoes.py ou da pasta acoes/."""
    return [
        (arquivo, no)
        for arquivo in arquivos.da_anatomia("acoes")
        for no in arquivos.arvore(arquivo).body
        if isinstance(no, arquivos.Funcao) and not no.name.startswith("_")
    ]


def _alcancadas(arquivo: arquivos.Path, funcao: arquivos.Funcao) -> list[arquivos.Funcao]:
    """A função e as do mesmo arquivo que ela chama, direta ou indiretamente."""
    locais = {no.name: no for no in arquivos.arvore(arquivo).body if isinstance(no, arquivos.Funcao)}
    vistas, abertas = {funcao.name: funcao}, [funcao]
    while abertas:
        for nome in _chamadas(abertas.pop()) & locais.keys() - vistas.keys():
            vistas[nome] = locais[nome]
            abertas.append(locais[nome])
    return list(vistas.values())


def test_a_recusa_de_um_ato_e_uma_so_em_todo_o_sistema() -> None:
    """Quem chama trata `suas.nucleo.recusa.AtoRecusado`; outra exceção nos atos escaparia dele."""
    declaradas = [
        f"{arquivos.relativo(arquivo)} {no.name}"
        for modulo in arquivos.modulos()
        for arquivo in [modulo / "acoes.py", *(modulo / "acoes").glob("*.py")]
        if arquivo.exists()
        for no in ast.walk(arquivos.arvore(arquivo))
        if isinstance(no, ast.ClassDef)
        if any(isinstance(base, ast.Name) and base.id == "Exception" for base in no.bases)
    ]

    assert not declaradas, f"Use ou estenda suas.nucleo.recusa.AtoRecusado: {declaradas}"
