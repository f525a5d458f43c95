"""O que se avisa sobre entidades e inscrições."""

from suas.nucleo.avisos.modelos import Modelo

_CAMPOS = {"entidade": "nome da entidade", "o_que": "o que aconteceu"}
_EXEMPLO = {"entidade": "Lar do Exemplo", "o_que": "Parecer da comissão: favorável"}

PEDIDO = Modelo(
    codigo="entidades.pedido",
    titulo="Pedido de inscrição no conselho",
    assunto="{entidade}: pedido de inscrição",
    corpo="{o_que}. Abra a inscrição para dar o próximo passo.",
    tipo="trabalho",
    campos=_CAMPOS,
    exemplo={"entidade": "Lar do Exemplo", "o_que": "A entidade pediu inscrição neste conselho"},
)
ANDAMENTO = Modelo(
    codigo="entidades.andamento",
    titulo="Andamento da inscrição da sua entidade",
    assunto="{entidade}: andamento da inscrição",
    corpo="{o_que}. Abra a inscrição para ver o que se espera agora.",
    tipo="trabalho",
    campos=_CAMPOS,
    exemplo=_EXEMPLO,
)
INSCRITA = Modelo(
    codigo="entidades.inscrita",
    titulo="Entidade inscrita no conselho, com CNEAS por completar",
    assunto="{entidade}: inscrita no conselho",
    corpo="{o_que}. Cabe ao órgão gestor visitar a entidade e completar o CNEAS.",
    tipo="trabalho",
    campos=_CAMPOS,
    exemplo={"entidade": "Lar do Exemplo", "o_que": "O conselho deferiu a inscrição nº 12"},
)
MUDANCA = Modelo(
    codigo="entidades.mudanca",
    titulo="O órgão gestor mudou a ficha da sua entidade",
    assunto="{entidade}: a ficha mudou",
    corpo="{o_que}. Na ficha se vê quem mudou, quando e o que era antes.",
    tipo="trabalho",
    campos=_CAMPOS,
    exemplo={"entidade": "Lar do Exemplo", "o_que": "O órgão gestor do município mudou a ficha"},
)
TODOS = (PEDIDO, ANDAMENTO, INSCRITA, MUDANCA)
