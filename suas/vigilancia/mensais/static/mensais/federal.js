/* Para digitar no sistema federal: copiar campo por campo e marcar na hora. Sem isto, os números se selecionam e as
   marcas se guardam pelo botão. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-federal]");
  if (!form) { return; }
  var estado = form.querySelector("[data-estado-federal]");
  var botoes = Array.prototype.slice.call(form.querySelectorAll("[data-copiar]"));
  botoes.forEach(function (botao) { botao.hidden = false; });
  form.querySelector("[data-ajuda-federal]").hidden = false;

  // Fora de https o navegador não dá a área de transferência: copia-se o número selecionado.
  function copiar(texto) {
    if (navigator.clipboard && window.isSecureContext) { return navigator.clipboard.writeText(texto); }
    var campo = document.body.appendChild(document.createElement("textarea"));
    campo.value = texto;
    campo.className = "so-leitor";
    campo.select();
    var feito = document.execCommand("copy");
    campo.remove();
    return feito ? Promise.resolve() : Promise.reject(new Error("copia"));
  }

  function marcada(botao) { return botao.closest("tr").querySelector("[name='digitada']"); }

  form.addEventListener("click", function (evento) {
    var botao = evento.target.closest("[data-copiar]");
    if (!botao) { return; }
    copiar(botao.dataset.copiar).then(function () {
      estado.textContent = botao.closest("tr").querySelector("th").textContent.trim().split(" ")[0] + ": " + botao.dataset.copiar + " copiado";
      botao.focus();
    }).catch(function () { estado.textContent = "O navegador não deixou copiar: selecione o número e copie."; });
  });
  form.addEventListener("keydown", function (evento) {
    var botao = evento.target.closest("[data-copiar]");
    if (!botao || evento.key.toLowerCase() !== "d" || evento.ctrlKey || evento.altKey || evento.metaKey) { return; }
    evento.preventDefault();
    var alvo = marcada(botao);
    alvo.checked = !alvo.checked;
    alvo.dispatchEvent(new Event("change", { bubbles: true }));
    var seguinte = botoes[botoes.indexOf(botao) + 1];
    if (alvo.checked && seguinte) { seguinte.focus(); }
  });
  form.addEventListener("change", function (evento) {
    var marca = evento.target;
    if (marca.name !== "digitada") { return; }
    var corpo = new URLSearchParams({ celula: marca.value });
    if (marca.checked) { corpo.append("digitada", marca.value); }
    fetch(form.action, {
      method: "POST",
      redirect: "manual",
      headers: { "X-CSRFToken": form.querySelector("[name='csrfmiddlewaretoken']").value },
      body: corpo,
    }).then(function (resposta) {
      if (!resposta.ok) { throw new Error("marca"); }
      return resposta.json();
    }).then(function (dados) {
      estado.textContent = dados.digitadas === 1 ? "1 número já digitado" : dados.digitadas + " números já digitados";
    }).catch(function () {
      estado.textContent = "A marca não chegou ao servidor: use “Guardar marcas” quando a conexão voltar.";
    });
  });
})();
