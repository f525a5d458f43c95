/* “Pedir ajuda”: guarda, só neste navegador e só até o formulário abrir, o tamanho da tela e as mensagens que a página mostrava.
   Nunca lê campos. As mensagens só são enviadas se a pessoa as ler e marcar. */
(function () {
  "use strict";
  var CHAVE = "redesuas.pedir-ajuda";
  var MENSAGENS = ".aviso-perigo, .aviso-alerta, .campo-erro, .pagina-corpo > .aviso";

  function textos() {
    var vistos = [];
    document.querySelectorAll(MENSAGENS).forEach(function (peca) {
      var texto = peca.innerText.trim().replace(/\s+/g, " ");
      var dita = vistos.some(function (outro) { return outro.indexOf(texto) >= 0; });
      if (texto && !dita) { vistos.push(texto); }
    });
    return vistos.join("\n").slice(0, 2000);
  }

  document.addEventListener("click", function (evento) {
    var ligacao = evento.target.closest && evento.target.closest("a[data-pedir-ajuda]");
    if (!ligacao || document.getElementById("pedir-ajuda")) { return; }
    try { sessionStorage.setItem(CHAVE, textos()); } catch (recusa) { /* navegação privada: segue sem as mensagens */ }
  });

  document.addEventListener("DOMContentLoaded", function () {
    var form = document.getElementById("pedir-ajuda");
    if (!form) { return; }
    var tela = window.innerWidth + "x" + window.innerHeight;
    form.elements.tela.value = tela;
    document.getElementById("ajuda-tela").textContent = " e o tamanho da tela (" + tela + ")";
    var guardadas = "";
    try {
      guardadas = sessionStorage.getItem(CHAVE) || "";
      sessionStorage.removeItem(CHAVE);
    } catch (recusa) { /* idem */ }
    if (guardadas && !form.elements.mensagens.value) {
      form.elements.mensagens.value = guardadas;
      document.getElementById("ajuda-mensagens").hidden = false;
    }
  });
})();
