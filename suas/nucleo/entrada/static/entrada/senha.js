// Mostrar a senha digitada. Sem este arquivo o campo funciona igual, só não se mostra.
document.querySelectorAll("input[type=password]").forEach((campo) => {
  const botao = document.createElement("button");
  botao.type = "button";
  botao.className = "botao botao-discreto mostrar-senha";
  botao.textContent = "mostrar";
  botao.setAttribute("aria-pressed", "false");
  const rotulo = campo.labels && campo.labels[0] ? campo.labels[0].textContent.trim() : "senha";
  botao.setAttribute("aria-label", "Mostrar: " + rotulo);
  botao.addEventListener("click", () => {
    const mostra = campo.type === "password";
    campo.type = mostra ? "text" : "password";
    botao.textContent = mostra ? "esconder" : "mostrar";
    botao.setAttribute("aria-pressed", String(mostra));
  });
  campo.insertAdjacentElement("afterend", botao);
  campo.form.addEventListener("submit", () => { campo.type = "password"; });
});
