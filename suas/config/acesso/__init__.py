"""A tabela de acesso: quem recebe o quê em cada endereço, escrita à mão. Ver LEIAME.md."""
