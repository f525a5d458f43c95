"""`redesuas pendencias --em 2026-02-28 --uf ES`: quem deve o quê naquele dia, até a unidade, com o prazo e a norma.

Sai com 0 quando responde (também quando ninguém deve nada), 2 quando o pedido não se entende e 3 quando a base não
serve para responder.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from normas.linha_de_comando import DADOS_COM_FALTAS, FEITO
from normas.territorio.federacao import SIGLAS, UF_POR_CODIGO, UF_POR_SIGLA
from suas.config.argumentos import USO_ERRADO, Analisador, opcoes
from suas.config.gerenciar import preparar_django, recusa_do_banco

if TYPE_CHECKING:
    from suas.nucleo.obrigacoes.consultas import Linha
    from suas.nucleo.obrigacoes.prazos import Calendario


def main(argv: list[str]) -> int:
    """Imprime as pendências do dia."""
    analisador = Analisador(
        comando="pendencias",
        descricao="Diz quem deve o quê num dia: cada órgão, conselho e unidade, com o prazo, os dias e a norma.",
    )
    analisador.add_argument("--em", required=True, metavar="AAAA-MM-DD", help="o dia, como 2026-02-28")
    analisador.add_argument("--uf", metavar="SIGLA", help="só uma UF, como ES (padrão: o país)")
    analisador.add_argument("--json", action="store_true", help="em JSON, para outros programas")
    analisador.aceitar_pasta()
    pedido = opcoes(analisador, argv)
    try:
        em = date.fromisoformat(pedido.em)
    except ValueError:
        print(f"redesuas: --em: “{pedido.em}” não é um dia. Escreva como 2026-02-28.", file=sys.stderr)
        return USO_ERRADO
    sigla = (pedido.uf or "").strip().upper()
    if pedido.uf is not None and sigla not in UF_POR_SIGLA:
        print(f"redesuas: “{pedido.uf}” não é sigla de UF. As siglas são {', '.join(SIGLAS)}.", file=sys.stderr)
        return USO_ERRADO
    preparar_django(dados=pedido.dados)
    if recusa := recusa_do_banco():
        print(f"redesuas: {recusa}", file=sys.stderr)
        return DADOS_COM_FALTAS
    dados = _dados(em, sigla)
    print(json.dumps(dados, ensure_ascii=False, indent=1) if pedido.json else _em_texto(dados))
    return FEITO


def _dados(em: date, sigla: str) -> dict[str, Any]:
    from suas.nucleo.obrigacoes import consultas
    from suas.nucleo.obrigacoes.prazos import Calendario

    onde = UF_POR_SIGLA[sigla].codigo if sigla else "BR"
    pendencias = [_da_linha(linha) for linha in consultas.pendencias(em=em, onde=onde)]
    return {
        "em": em.isoformat(),
        "uf": sigla or None,
        "total": len(pendencias),
        "em_atraso": sum(p["situacao"] == "em atraso" for p in pendencias),
        "prazos": _prazos(Calendario(), em, onde),
        "pendencias": pendencias,
    }


def _prazos(calendario: Calendario, em: date, onde: str) -> list[dict[str, Any]]:
    """As obrigações que se podiam entregar no dia, ainda que a rede não esteja no cadastro."""
    from normas.prazos.calendario import calendario as federal

    achadas = sorted(calendario.do_dia(em, onde=onde), key=lambda a: (a.janela.fecha, a.janela.chave))
    prazos = []
    for achada in achadas:
        janela = achada.janela
        prazo = calendario.prazo(janela, em=onde if onde != "BR" else achada.territorio)
        prazos.append(
            {
                "sistema": janela.sistema,
                "nome": federal(janela.sistema).nome,
                "periodo": str(janela.periodo),
                "etapa": janela.etapa,
                "vale_para": list(janela.alvos) or "todos",
                **_do_prazo(prazo, em),
                "observacao": janela.observacao,
                "consequencia": " ".join(federal(janela.sistema).consequencia.split()),
            }
        )
    return prazos


def _do_prazo(prazo: Any, em: date) -> dict[str, Any]:
    janela = prazo.janela
    dias = prazo.dias(em)
    return {
        "abre": janela.abre.isoformat() if janela.abre else None,
        "prazo_de_origem": janela.fecha_na_origem.isoformat(),
        "prorrogacoes": [{"ate": p.fecha.isoformat(), "norma": str(p.fundamento)} for p in janela.prorrogacoes],
        "dias_de_pane": len(prazo.credito.dias),
        "prazo": prazo.ultimo.isoformat(),
        "dias_que_faltam": max(dias, 0),
        "dias_de_atraso": max(-dias, 0),
        "norma": janela.fundamento.norma,
        "dispositivo": janela.fundamento.dispositivo,
        "evidencia": janela.evidencia,
    }


def _da_linha(linha: Linha) -> dict[str, Any]:
    quem, janela = linha.devedor, linha.prazo.janela
    return {
        "sistema": janela.sistema,
        "periodo": str(janela.periodo),
        "etapa": janela.etapa,
        "quem_deve": quem.nome,
        "tipo": quem.alvo,
        "unidade": str(quem.unidade) if quem.unidade else None,
        "municipio": quem.abrangencia if len(quem.abrangencia) == 7 else None,
        "uf": UF_POR_CODIGO[quem.abrangencia[:2]].sigla,
        "situacao": str(linha.situacao),
        **_do_prazo(linha.prazo, linha.hoje),
        "ressalva": linha.declaracao.o_que_nao_se_sabe or None,
    }


def _em_texto(dados: dict[str, Any]) -> str:
    onde = dados["uf"] or "Brasil"
    linhas = [f"Pendências em {_dia(dados['em'])}, {onde}: {dados['total']}, das quais {dados['em_atraso']} em atraso."]
    contadas = Counter((p["sistema"], p["periodo"], p["etapa"]) for p in dados["pendencias"])
    for prazo in dados["prazos"]:
        quantas = contadas[prazo["sistema"], prazo["periodo"], prazo["etapa"]]
        linhas += ["", f"{prazo['nome']}, {prazo['periodo']}, {prazo['etapa']}: {quantas} sem entrega"]
        linhas.append(f"  prazo: {_prazo_em_texto(prazo)}")
        linhas.append(f"  norma: {prazo['norma']}, {prazo['dispositivo']} ({prazo['evidencia']})")
        linhas += _quem_em_texto(p for p in dados["pendencias"] if _mesma(p, prazo))
    if not dados["pendencias"]:
        linhas += ["", "Ninguém do cadastro deve nada neste dia. Sem a rede no cadastro, nada se sabe das unidades."]
    return "\n".join(linhas)


def _mesma(pendencia: dict[str, Any], prazo: dict[str, Any]) -> bool:
    return all(pendencia[c] == prazo[c] for c in ("sistema", "periodo", "etapa")) and (
        prazo["vale_para"] == "todos" or pendencia["tipo"] in prazo["vale_para"]
    )


def _quem_em_texto(pendencias: Iterable[dict[str, Any]]) -> list[str]:
    return [f"    {p['municipio'] or p['uf']}  {p['quem_deve']} ({p['tipo']}): {_dias_em_texto(p)}" for p in pendencias]


def _prazo_em_texto(prazo: dict[str, Any]) -> str:
    texto = f"{_dia(prazo['prazo'])}, {_dias_em_texto(prazo)}"
    if prazo["prazo"] != prazo["prazo_de_origem"]:
        texto += f"; na origem, {_dia(prazo['prazo_de_origem'])}"
    texto += "".join(f"; até {_dia(p['ate'])} por {p['norma']}" for p in prazo["prorrogacoes"])
    return texto + (f"; {prazo['dias_de_pane']} dias de pane" if prazo["dias_de_pane"] else "")


def _dias_em_texto(prazo: dict[str, Any]) -> str:
    if prazo["dias_de_atraso"]:
        return f"{prazo['dias_de_atraso']} dias de atraso"
    return f"faltam {prazo['dias_que_faltam']} dias" if prazo["dias_que_faltam"] else "vence neste dia"


def _dia(texto: str) -> str:
    return f"{date.fromisoformat(texto):%d/%m/%Y}"
