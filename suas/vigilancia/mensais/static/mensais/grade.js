/* A grade do mês pelo teclado: setas, Enter desce, e colar de planilha. Sem isto, Tab anda pelos campos. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-dono]");
  if (!form) { return; }

  function campos() { return Array.prototype.slice.call(form.querySelectorAll("input[data-celula]:not([type='checkbox']):not(.justificar)")); }
  function lugar(campo) {
    var celula = campo.closest("td"), linha = celula.parentElement;
    return { tabela: campo.closest("table"), linha: linha, coluna: Array.prototype.indexOf.call(linha.children, celula) };
  }
  // O campo abaixo ou acima: na mesma coluna da mesma tabela; fora dela, o seguinte na ordem da página.
  function vertical(campo, passo) {
    var aqui = lugar(campo), todos = campos();
    var naColuna = todos.filter(function (outro) {
      var la = lugar(outro);
      return la.tabela === aqui.tabela && la.coluna === aqui.coluna;
    });
    var vizinho = naColuna[naColuna.indexOf(campo) + passo];
    var entre = vizinho && todos.slice(todos.indexOf(campo) + 1, todos.indexOf(vizinho));
    var quadrinhos = aqui.linha.nextElementSibling && aqui.linha.nextElementSibling.querySelector(".quadrinhos");
    if (vizinho && !(passo > 0 && quadrinhos && entre.length)) { return vizinho; }
    if (passo > 0 && aqui.tabela.classList.contains("quadrinhos")) {
      return todos.find(function (outro) {
        return !aqui.tabela.contains(outro) && (aqui.tabela.compareDocumentPosition(outro) & Node.DOCUMENT_POSITION_FOLLOWING);
      });
    }
    return todos[todos.indexOf(campo) + passo];
  }
  function horizontal(campo, passo) {
    var naLinha = campos().filter(function (outro) { return outro.closest("tr") === campo.closest("tr"); });
    return naLinha[naLinha.indexOf(campo) + passo];
  }
  function ir(campo) { if (campo) { campo.focus(); campo.select(); } }

  form.addEventListener("keydown", function (evento) {
    var campo = evento.target;
    if (!campo.matches("input[data-celula]:not([type='checkbox']):not(.justificar)") || evento.altKey || evento.ctrlKey || evento.metaKey) { return; }
    var inicio = campo.selectionStart === 0 && campo.selectionEnd === 0 || campo.selectionEnd - campo.selectionStart === campo.value.length;
    var fim = campo.selectionStart === campo.value.length || campo.selectionEnd - campo.selectionStart === campo.value.length;
    var destino = {
      Enter: function () { return vertical(campo, evento.shiftKey ? -1 : 1) || campo; },
      ArrowDown: function () { return vertical(campo, 1); },
      ArrowUp: function () { return vertical(campo, -1); },
      ArrowLeft: function () { return inicio ? horizontal(campo, -1) : null; },
      ArrowRight: function () { return fim ? horizontal(campo, 1) : null; },
    }[evento.key];
    var outro = destino && destino();
    if (!outro) { return; }
    evento.preventDefault();
    ir(outro);
  });

  form.addEventListener("paste", function (evento) {
    var campo = evento.target, texto = (evento.clipboardData || window.clipboardData).getData("text");
    if (!campo.matches("input[data-celula]:not(.justificar)") || !/[\t\n]/.test(texto.trim())) { return; }
    evento.preventDefault();
    var linha = campo;
    texto.replace(/\r/g, "").replace(/\n+$/, "").split("\n").forEach(function (valores) {
      var atual = linha;
      valores.split("\t").forEach(function (valor) {
        if (!atual) { return; }
        atual.value = valor.trim();
        window.redesuasMes.mudou(atual);
        atual = horizontal(atual, 1);
      });
      linha = linha && vertical(linha, 1);
    });
  });
})();
