"""Os atos sobre pessoas, vínculos e a instalação."""
