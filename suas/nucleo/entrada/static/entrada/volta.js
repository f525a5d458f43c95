// A volta do provedor segue sozinha. Sem este arquivo, a pessoa toca em Continuar.
document.getElementById("volta").requestSubmit();
