"""O Prontuário SUAS como dado: os dezesseis blocos, com as opções e os códigos do formulário, e a conferência."""
