import pytest

from suas.config.dependencias import julgar

LIMPA = {"name": "django", "version": "5.2.19", "vulns": []}
VULNERAVEL = {
    "name": "inventada",
    "version": "1.0",
    "vulns": [{"id": "CVE-2099-0001", "fix_versions": ["1.1"]}, {"id": "CVE-2099-0002", "fix_versions": []}],
}
SEM_RESPOSTA = {"name": "outra", "skip_reason": "não está na base"}


@pytest.mark.parametrize(
    "dependencias, codigo, frase",
    [
        pytest.param([LIMPA], 0, "1 dependências conferidas, 0 com", id="limpa"),
        pytest.param([LIMPA, VULNERAVEL], 1, "inventada 1.0: CVE-2099-0001 (corrigida em: 1.1)", id="vulnerável"),
        pytest.param([VULNERAVEL], 1, "CVE-2099-0002 (corrigida em: ainda sem correção)", id="sem correção"),
        pytest.param([LIMPA, SEM_RESPOSTA], 0, "1 conferidas; sem resposta da base: outra.", id="em parte"),
        pytest.param([SEM_RESPOSTA], 0, "NÃO CONFERIDO", id="base que não conhece nada"),
    ],
)
def test_a_conferencia_diz_o_que_a_base_respondeu(dependencias, codigo, frase, capsys):
    assert julgar(dependencias) == codigo
    assert frase in capsys.readouterr().out
