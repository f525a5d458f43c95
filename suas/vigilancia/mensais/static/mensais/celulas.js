/* Gravar ao digitar: cada célula vai sozinha ao servidor, e o que ainda não foi fica neste aparelho.
   Sem isto, a página se guarda inteira pelo botão. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-dono]");
  if (!form || !window.fetch) { return; }
  var CHAVE = "redesuas.mes." + form.dataset.dono;
  var campoLidas = form.querySelector("[name='lidas']");
  var estado = form.querySelector("[data-estado-do-mes]");
  var lidas = {}, fila = {}, enviando = false, espera = 0, parado = false, depois = null, relogio = {};

  function url(campo) { return campo.dataset.url || form.dataset.mesUrl; }
  function chave(campo) { return url(campo) + "#" + campo.dataset.celula; }
  function campos() { return Array.prototype.slice.call(form.querySelectorAll("[data-celula]")); }
  function campoDe(qual) { return campos().find(function (campo) { return chave(campo) === qual; }); }
  function valor(campo) { return campo.type === "checkbox" ? (campo.checked ? campo.value : "") : campo.value.trim(); }
  function mostrar(campo, texto) {
    if (campo.type === "checkbox") { campo.checked = Boolean(texto); } else { campo.value = texto; }
  }
  function dizer(texto, tom) { estado.textContent = texto; estado.dataset.tom = tom || ""; }
  function quantos(n) { return n === 1 ? "1 número" : n + " números"; }

  // O aparelho: só contas de uma unidade, na chave de quem as escreveu.
  function guardarAqui() {
    try {
      if (Object.keys(fila).length) { localStorage.setItem(CHAVE, JSON.stringify(fila)); } else { localStorage.removeItem(CHAVE); }
      return true;
    } catch (recusa) { return false; }
  }
  function lerDaqui() {
    try { return JSON.parse(localStorage.getItem(CHAVE) || "{}"); } catch (recusa) { return {}; }
  }

  // O estado de uma célula, em palavras, junto dela.
  function marcar(campo, qual, texto) {
    if (!campo) { return; }
    var caixa = campo.closest(".celula") || campo.parentElement;
    var nota = caixa.querySelector("[data-nota]");
    if (!nota) {
      nota = caixa.appendChild(document.createElement("small"));
      nota.dataset.nota = "";
      nota.className = "celula-nota";
    }
    caixa.dataset.estado = qual;
    nota.textContent = texto;
    return nota;
  }

  function mudou(campo) {
    var qual = chave(campo), agora = valor(campo);
    if (agora === (lidas[qual] || "") && !fila[qual]) { return; }
    fila[qual] = { url: url(campo), celula: campo.dataset.celula, valor: agora, antes: lidas[qual] || "" };
    marcar(campo, "aqui", guardarAqui() ? "neste aparelho" : "por guardar");
    if (!parado) { enviar(); }
  }

  function enviar() {
    var qual = Object.keys(fila).find(function (nome) { return !fila[nome].conflito; });
    if (enviando || !qual) { return; }
    var item = fila[qual], campo = campoDe(qual);
    enviando = true;
    marcar(campo, "indo", "guardando");
    dizer("Guardando…");
    fetch(item.url, {
      method: "POST",
      redirect: "manual",
      headers: { "X-CSRFToken": form.querySelector("[name='csrfmiddlewaretoken']").value },
      body: new URLSearchParams({ celula: item.celula, valor: item.valor, antes: item.antes }),
    }).then(function (resposta) {
      if (resposta.type === "opaqueredirect" || resposta.status === 401) { throw new Error("sessao"); }
      var json = (resposta.headers.get("Content-Type") || "").indexOf("json") >= 0;
      if (json && [200, 409, 422].indexOf(resposta.status) >= 0) {
        return resposta.json().then(function (dados) { respondido(qual, item, resposta.status, dados); });
      }
      throw new Error(resposta.status === 403 ? "formulario" : "servidor");
    }).then(function () {
      espera = 0;
      enviando = false;
      enviar();
    }).catch(function (erro) {
      enviando = false;
      tentarDepois(erro.message);
    });
  }

  function respondido(qual, item, status, dados) {
    var campo = campoDe(qual), mesma = fila[qual] === item;
    if (status === 200) {
      ler(qual, String(dados.valor));
      if (mesma) { delete fila[qual]; marcar(campo, "guardada", "guardado"); } else { fila[qual].antes = String(dados.valor); }
    } else if (status === 409) {
      fila[qual].conflito = dados;
      perguntar(campo, qual);
    } else {
      delete fila[qual];
      marcar(campo, "conflito", dados.mensagem);
    }
    guardarAqui();
    if (status === 422) { depois = null; dizer(dados.mensagem, "perigo"); } else { resumir(dados.hora); }
    pedirCritica();
  }

  function resumir(hora) {
    var pendentes = Object.keys(fila);
    var emConflito = pendentes.filter(function (qual) { return fila[qual].conflito && campoDe(qual); });
    if (emConflito.length) {
      depois = null;
      dizer("Outra pessoa escreveu em " + quantos(emConflito.length) + " que você mudou: escolha qual fica.", "perigo");
    } else if (!pendentes.length) {
      dizer("Guardado às " + hora);
      if (depois) { form.requestSubmit(depois); }
    }
  }

  // Sem conexão, com a sessão acabada ou com o servidor parado: nada se perde, e a página tenta de novo.
  function tentarDepois(porque) {
    depois = null;
    var quantas = Object.keys(fila).length, n = quantas === 1 ? "1 número guardado" : quantas + " números guardados";
    Object.keys(fila).forEach(function (qual) {
      if (!fila[qual].conflito) { marcar(campoDe(qual), "aqui", "neste aparelho"); }
    });
    if (porque === "sessao") {
      parado = true;
      dizer("Você saiu do sistema: " + n + " neste aparelho. ", "perigo");
      var volta = estado.appendChild(document.createElement("a"));
      volta.href = location.href;
      volta.textContent = "Entrar de novo e continuar";
      return;
    }
    if (porque === "formulario") { renovar(); return; }
    espera = Math.min((espera || 2) * 2, 30);
    dizer((porque === "servidor" ? "O servidor não respondeu: " : "Sem conexão: ") + n + " neste aparelho. Tento de novo sozinho.", "alerta");
    clearTimeout(relogio.fila);
    relogio.fila = setTimeout(enviar, espera * 1000);
  }

  // O selo do formulário muda quando se entra de novo noutra janela: pega-se o novo, e o digitado segue.
  function renovar() {
    fetch(location.href, { redirect: "manual" }).then(function (resposta) {
      if (resposta.type === "opaqueredirect") { throw new Error("sessao"); }
      return resposta.text();
    }).then(function (html) {
      var novo = new DOMParser().parseFromString(html, "text/html").querySelector("form[data-dono] [name='csrfmiddlewaretoken']");
      var campo = form.querySelector("[name='csrfmiddlewaretoken']");
      if (!novo || relogio.renovado === novo.value) { throw new Error("servidor"); }
      relogio.renovado = campo.value = novo.value;
      enviar();
    }).catch(function (erro) { tentarDepois(erro.message === "sessao" ? "sessao" : "servidor"); });
  }

  function perguntar(campo, qual) {
    var achado = fila[qual].conflito, nota = marcar(campo, "conflito", "");
    if (!nota) { return; }
    function branco(texto) { return texto === "" ? "em branco" : texto; }
    nota.append(achado.quem + " escreveu " + branco(achado.atual) + " às " + achado.hora + "; você, " + branco(achado.seu) + ". Qual fica? ");
    [["atual", achado.atual], ["seu", achado.seu]].forEach(function (par) {
      var botao = nota.appendChild(document.createElement("button"));
      botao.type = "button";
      botao.className = "botao botao-secundario";
      botao.textContent = branco(par[1]);
      botao.addEventListener("click", function () {
        ler(qual, String(achado.atual));
        delete fila[qual];
        mostrar(campo, par[1]);
        marcar(campo, "guardada", "guardado");
        if (par[0] === "seu") { mudou(campo); } else { guardarAqui(); resumir(achado.hora); }
        campo.focus();
      });
    });
  }

  function ler(qual, texto) {
    lidas[qual] = texto;
    if (campoLidas && qual.indexOf(form.dataset.mesUrl + "#") === 0) {
      var todas = JSON.parse(campoLidas.value || "{}");
      todas[qual.slice(qual.indexOf("#") + 1)] = texto;
      campoLidas.value = JSON.stringify(todas);
    }
  }

  // O que não combina, trocado sem recarregar e sem tirar ninguém de onde escreve.
  function pedirCritica() {
    if (!form.dataset.criticaUrl) { return; }
    clearTimeout(relogio.critica);
    relogio.critica = setTimeout(function () {
      fetch(form.dataset.criticaUrl, { redirect: "manual" })
        .then(function (resposta) { return resposta.ok ? resposta.json() : null; })
        .then(function (critica) { if (critica) { trocar(critica); } })
        .catch(function () { /* sem conexão: a fila já o diz */ });
    }, 600);
  }

  function trocar(critica) {
    form.querySelectorAll("[data-critica]").forEach(function (lugar) {
      var nova = critica.itens[lugar.dataset.critica] || "";
      if (lugar.contains(document.activeElement) || lugar.dataset.vista === nova) { return; }
      lugar.dataset.vista = nova;
      lugar.innerHTML = nova;
    });
    form.querySelectorAll("[data-falta]").forEach(function (aviso) {
      if (critica.faltam.indexOf(aviso.dataset.falta) < 0) { aviso.hidden = true; }
    });
    var n = critica.faltam.length, m = critica.impedem;
    form.querySelector("[data-conta='faltam']").textContent =
      n ? "falta responder " + (n === 1 ? "1 item" : n + " itens") : "todos os itens têm resposta";
    form.querySelector("[data-conta='impedem']").textContent =
      (m ? (m === 1 ? "1 ponto impede" : m + " pontos impedem") + " o envio" : "nada impede") +
      (critica.a_justificar ? " · falta justificar " + critica.a_justificar : "");
  }

  form.addEventListener("input", function (evento) {
    var campo = evento.target;
    if (!campo.dataset.celula) { return; }
    clearTimeout(relogio[chave(campo)]);
    relogio[chave(campo)] = setTimeout(function () { mudou(campo); }, 900);
  });
  form.addEventListener("change", function (evento) {
    if (!evento.target.dataset.celula) { return; }
    clearTimeout(relogio[chave(evento.target)]);
    mudou(evento.target);
  });
  form.addEventListener("click", function (evento) {
    var botao = evento.target.closest("[data-usar]");
    if (!botao) { return; }
    evento.preventDefault();
    var campo = document.getElementById(botao.dataset.usar);
    mostrar(campo, botao.dataset.valor);
    mudou(campo);
    campo.focus();
  });
  window.addEventListener("online", enviar);
  window.addEventListener("pagehide", function () {
    campos().forEach(function (campo) {
      var qual = chave(campo), agora = valor(campo);
      if (agora !== (lidas[qual] || "") && !fila[qual]) {
        fila[qual] = { url: url(campo), celula: campo.dataset.celula, valor: agora, antes: lidas[qual] || "" };
      }
    });
    if (!relogio.enviado) { guardarAqui(); }
  });
  // O botão espera a fila: a página inteira só vai depois de cada célula, e nada velho fica no aparelho.
  form.addEventListener("submit", function (evento) {
    campos().forEach(function (campo) {
      if (valor(campo) !== (lidas[chave(campo)] || "")) { mudou(campo); }
    });
    relogio.enviado = !Object.keys(fila).some(campoDe);
    if (relogio.enviado) { return; }
    evento.preventDefault();
    depois = evento.submitter;
    parado = false;
    enviar();
    if (enviando) { return; }
    resumir("");
    var primeira = Object.keys(fila).map(campoDe).find(Boolean);
    if (primeira) { primeira.focus(); }
  });

  // O começo: o que a página mostra, e o que ficou neste aparelho da última vez.
  var escritas = campoLidas ? JSON.parse(campoLidas.value || "{}") : {};
  campos().forEach(function (campo) {
    var daPagina = escritas[campo.dataset.celula];
    lidas[chave(campo)] = campoLidas ? (daPagina === undefined ? "" : String(daPagina)) : valor(campo);
  });
  Object.keys(escritas).forEach(function (nome) { lidas[form.dataset.mesUrl + "#" + nome] = String(escritas[nome]); });
  var ficou = lerDaqui();
  Object.keys(ficou).forEach(function (qual) {
    var campo = campoDe(qual);
    fila[qual] = ficou[qual];
    delete fila[qual].conflito;
    if (!campo) { return; }
    if (lidas[qual] === fila[qual].valor) { delete fila[qual]; return; }
    mostrar(campo, fila[qual].valor);
    marcar(campo, "aqui", "neste aparelho");
  });
  guardarAqui();
  if (Object.keys(fila).length) {
    dizer("Neste aparelho havia " + quantos(Object.keys(fila).length) + " por guardar: guardando agora.", "alerta");
    enviar();
  }
  window.redesuasMes = { mudou: mudou };
})();
