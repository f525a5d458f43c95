"""As telas dos avisos: os próprios, o correio da instalação e os textos dos modelos."""
