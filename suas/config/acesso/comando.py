"""`redesuas acesso`: `tabela` imprime a tabela de acesso, sem abrir o banco; `tranca` diz se a segunda tranca vale."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from suas.config.acesso import tabela
from suas.config.argumentos import Analisador, opcoes
from suas.nucleo.permissoes.papeis import PAPEIS

#: Cresce quando um campo muda de nome ou de sentido; campo novo não a muda.
VERSAO = 1
SEM_PAPEL_EM_PALAVRAS = {
    tabela.ESTRANHO: "quem não entrou",
    tabela.SEM_VINCULO: "quem não tem vínculo",
    tabela.DE_FORA: "quem é de fora",
}
#: Com a aplicação parada, numa conta que administra o PostgreSQL.
COMO_LIGAR = """\
Com o sistema parado, passe o banco a uma conta sem poderes e use-a em DATABASE_URL:
  createuser --pwprompt redesuas_sistema
  psql {banco} -c "ALTER DATABASE \\"{banco}\\" OWNER TO redesuas_sistema"
  psql {banco} -c "ALTER SCHEMA public OWNER TO redesuas_sistema"
  psql {banco} -Atc "SELECT format('ALTER TABLE public.%I OWNER TO redesuas_sistema;', tablename) FROM pg_tables \
WHERE schemaname = 'public'" | psql {banco}
  psql {banco} -Atc "SELECT format('ALTER FUNCTION %s OWNER TO redesuas_sistema;', oid::regprocedure) FROM pg_proc \
WHERE pronamespace = 'public'::regnamespace" | psql {banco}
Depois: ./redesuas migrar, e confira com ./redesuas acesso tranca."""
NA_FRENTE = ("modulo", "metodo", "endereco", "rota", "objeto", "permissao", "quem")


def main(argv: list[str]) -> int:
    """Imprime na saída comum. `tabela` devolve 0; `tranca`, 0 se vale e 3 se não vale."""
    analisador = Analisador(
        comando="acesso",
        descricao=(
            "tabela  imprime cada endereço e método, a permissão e o que cada papel recebe\n"
            "tranca  diz se a segunda tranca do banco vale e, se não, como ligá-la (sai com 3)"
        ),
    )
    analisador.add_argument("o_que", metavar="tabela|tranca", choices=["tabela", "tranca"], help="o que mostrar")
    formato = analisador.add_mutually_exclusive_group()
    formato.add_argument("--json", action="store_true", help="em JSON, para outro programa (docs/operacao/acesso.md)")
    formato.add_argument("--csv", action="store_true", help="a tabela em CSV, uma coluna por pessoa")
    analisador.aceitar_pasta()
    pedido = opcoes(analisador, argv)
    from suas.config.gerenciar import preparar_django

    preparar_django(dados=pedido.dados)
    if pedido.o_que == "tranca":
        return _tranca(em_json=pedido.json)
    linhas = ordenadas()
    if pedido.json:
        print(json.dumps(em_json(linhas), ensure_ascii=False, indent=1))
    elif pedido.csv:
        print(em_csv(linhas), end="")
    else:
        print(em_texto(linhas))
    return 0


def _tranca(*, em_json: bool) -> int:
    from django.db import connection

    from suas.nucleo import tranca

    motivo = tranca.por_que_a_tranca_esta_aberta()
    tabelas = [tranca.tabela for tranca in tranca.trancas_declaradas()]
    if em_json:
        print(json.dumps({"versao": VERSAO, "vale": not motivo, "motivo": motivo, "tabelas": tabelas}))
    elif not motivo:
        print(f"A segunda tranca vale em {len(tabelas)} tabelas: {', '.join(tabelas)}.")
    else:
        print(f"A segunda tranca não vale: {motivo}.")
        if connection.vendor == "postgresql":
            print(COMO_LIGAR.format(banco=connection.settings_dict["NAME"]))
    return 3 if motivo else 0


def ordenadas() -> list[tuple[str, tabela.Linha]]:
    """O endereço e a linha, por endereço, método e o que distingue uma linha da outra."""
    from django.urls import get_resolver

    enderecos = {nome: f"/{endereco}" for nome, endereco in tabela.rotas(get_resolver().url_patterns)}
    pares = [(_legivel(enderecos[linha.rota]), linha) for linha in tabela.linhas()]
    return sorted(pares, key=lambda par: (par[0], par[1].metodo, par[1].argumentos, par[1].preparo, par[1].objeto))


def _legivel(endereco: str) -> str:
    """O endereço sem as marcas de expressão regular."""
    return endereco.replace("^", "").replace("$", "").replace("\\", "")


def em_json(linhas: Sequence[tuple[str, tabela.Linha]]) -> dict[str, Any]:
    """O documento inteiro, com os papéis e o que cada código quer dizer."""
    return {
        "versao": VERSAO,
        "papeis": [
            {
                "papel": codigo,
                "nome": PAPEIS[codigo].nome,
                "esferas": [esfera for esfera in tabela.ESFERAS if esfera in PAPEIS[codigo].esferas],
                "permissoes": sorted(PAPEIS[codigo].permissoes),
            }
            for codigo in tabela.papeis_da_tabela()
        ],
        "respostas": {nome: {"codigo": codigo, "significa": diz} for nome, (codigo, diz) in tabela.RESPOSTAS.items()},
        "enderecos": [_linha_em_json(endereco, linha) for endereco, linha in linhas],
    }


def _linha_em_json(endereco: str, linha: tabela.Linha) -> dict[str, Any]:
    return {
        "endereco": endereco,
        "metodo": linha.metodo,
        "rota": linha.rota,
        "modulo": linha.modulo,
        "objeto": linha.objeto,
        "argumentos": list(linha.argumentos),
        "permissao": linha.permissao,
        "chega_por": linha.quem,
        "espera": {
            **{quem: linha.espera[quem] for quem in tabela.SEM_PAPEL},
            "papeis": {
                papel: {p.esfera: linha.espera[chave] for chave, p in tabela.pessoas().items() if p.papel == papel}
                for papel in tabela.papeis_da_tabela()
            },
        },
    }


def em_csv(linhas: Sequence[tuple[str, tabela.Linha]]) -> str:
    """Uma linha por endereço e uma coluna por pessoa da tabela."""
    saida = io.StringIO()
    todos = (*tabela.SEM_PAPEL, *tabela.pessoas())
    escritor = csv.writer(saida, lineterminator="\n")
    escritor.writerow((*NA_FRENTE, *todos))
    for endereco, linha in linhas:
        frente = (linha.modulo, linha.metodo, endereco, linha.rota, linha.objeto, linha.permissao, linha.quem)
        escritor.writerow((*frente, *(linha.espera[quem] for quem in todos)))
    return saida.getvalue()


def em_texto(linhas: Sequence[tuple[str, tabela.Linha]]) -> str:
    """Para ler: o endereço, a permissão e, de cada resposta, quem a recebe."""
    partes = [f"{len(linhas)} linhas: endereço, método, objeto, permissão e quem recebe o quê."]
    for endereco, linha in linhas:
        partes += ["", f"{linha.metodo} {endereco}", f"  {linha.objeto} · permissão: {linha.permissao}"]
        for resposta, (codigo, diz) in tabela.RESPOSTAS.items():
            quem = [chave for chave in linha.espera if linha.espera[chave] == resposta]
            if quem:
                partes.append(f"  {codigo} {diz}: {_em_palavras(quem)}")
    return "\n".join(partes)


def _em_palavras(quem: Sequence[str]) -> str:
    """Os nomes, juntando as esferas de um papel que as recebe todas."""
    if len(quem) == len(tabela.SEM_PAPEL) + len(tabela.pessoas()):
        return "todos"
    nomes = [nome for chave, nome in SEM_PAPEL_EM_PALAVRAS.items() if chave in quem]
    for papel in tabela.papeis_da_tabela():
        do_papel = [chave for chave, pessoa in tabela.pessoas().items() if pessoa.papel == papel]
        achadas = [chave for chave in do_papel if chave in quem]
        if achadas and len(achadas) < len(do_papel):
            esferas = ", ".join(tabela.pessoas()[chave].esfera for chave in achadas)
            nomes.append(f"{PAPEIS[papel].nome} ({esferas})")
        elif achadas:
            nomes.append(PAPEIS[papel].nome)
    return "; ".join(nomes)
