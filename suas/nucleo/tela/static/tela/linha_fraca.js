/* A linha fraca: o formulário com data-linha-fraca não perde o que se escreveu quando a conexão ou a entrada caem.
   Guarda-se neste aparelho, cifrado com uma chave que só o servidor dá, a quem entrou; apaga-se ao enviar, ao sair e em três
   dias. Sem isto, ou num navegador que não cifra, o formulário se envia como sempre (ADR 0102). */
(function () {
  "use strict";
  var meta = document.querySelector("meta[name='redesuas-cofre']");
  var PREFIXO = "redesuas.formulario.", VALE = 3 * 24 * 3600 * 1000, CABECALHO = "X-Envio-Do-Aparelho";
  var cofre = meta && window.crypto && crypto.subtle && window.fetch && guarda() ? meta.content.split(".") : null;
  var DE = cofre && cofre[0], estados = new WeakMap(), chave = null;

  function guarda() { try { localStorage.getItem(PREFIXO); return true; } catch (recusa) { return false; } }
  function nossos() { return Object.keys(localStorage).filter(function (nome) { return nome.indexOf(PREFIXO) === 0; }); }
  function meus() { return nossos().filter(function (nome) { return nome.indexOf(PREFIXO + DE + ".") === 0; }); }
  function bytes(texto) { return Uint8Array.from(atob(texto), function (letra) { return letra.charCodeAt(0); }); }
  function texto(dados) { return btoa(Array.from(new Uint8Array(dados), function (b) { return String.fromCharCode(b); }).join("")); }
  function hora(em) { return new Date(em).toLocaleString("pt-BR", { day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit" }); }

  // O que passou de três dias sai, seja de quem for.
  if (guarda()) {
    nossos().forEach(function (nome) {
      var item = {};
      try { item = JSON.parse(localStorage.getItem(nome)); } catch (recusa) { /* o que não se lê também sai */ }
      if (!(Date.now() - item.em < VALE)) { localStorage.removeItem(nome); }
    });
  }
  if (!cofre) { return; }

  async function aChave() {
    chave = chave || await crypto.subtle.importKey("raw", bytes(cofre[1]), "AES-GCM", false, ["encrypt", "decrypt"]);
    return chave;
  }
  async function nomeDe(caminho) {
    var resumo = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(cofre[1] + caminho));
    return PREFIXO + DE + "." + texto(resumo).slice(0, 22);
  }
  async function por(nome, dados) {
    var iv = crypto.getRandomValues(new Uint8Array(12)), claro = new TextEncoder().encode(JSON.stringify(dados));
    var cifra = await crypto.subtle.encrypt({ name: "AES-GCM", iv: iv }, await aChave(), claro);
    try { localStorage.setItem(nome, JSON.stringify({ em: Date.now(), iv: texto(iv), cifra: texto(cifra) })); return true; } catch (recusa) { return false; }
  }
  async function ler(nome) {
    try {
      var item = JSON.parse(localStorage.getItem(nome));
      var claro = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(item.iv) }, await aChave(), bytes(item.cifra));
      return Object.assign(JSON.parse(new TextDecoder().decode(claro)), { em: item.em });
    } catch (recusa) { return null; }
  }

  function campos(form, botao) {
    var todos = Array.from(new FormData(form)).filter(function (par) { return par[0] !== "csrfmiddlewaretoken" && typeof par[1] === "string"; });
    return botao && botao.name ? todos.concat([[botao.name, botao.value]]) : todos;
  }
  function preencher(form, guardados) {
    Array.from(form.elements).forEach(function (campo) {
      if (!campo.name || campo.name === "csrfmiddlewaretoken" || campo.type === "submit") { return; }
      var valores = guardados.filter(function (par) { return par[0] === campo.name; }).map(function (par) { return par[1]; });
      if (campo.type === "radio" || campo.type === "checkbox") { campo.checked = valores.indexOf(campo.value) >= 0; }
      else if (valores.length) { campo.value = valores[0]; }
    });
  }

  // O que há com o formulário, em palavras, no alto dele.
  function dizer(form, frase, tom, botoes) {
    var caixa = form.querySelector("[data-linha]");
    if (!caixa) {
      caixa = document.createElement("div");
      caixa.dataset.linha = "";
      caixa.setAttribute("role", "status");
      form.prepend(caixa);
    }
    caixa.className = frase ? "aviso aviso-" + tom : "";
    caixa.replaceChildren();
    if (!frase) { return; }
    var dentro = caixa.appendChild(document.createElement("div"));
    dentro.appendChild(document.createElement("p")).textContent = frase;
    var acoes = (botoes || []).length ? dentro.appendChild(document.createElement("p")) : null;
    (botoes || []).forEach(function (par, i) {
      var peca = document.createElement(typeof par[1] === "string" ? "a" : "button");
      peca.className = "botao botao-" + (i ? "discreto" : "secundario");
      peca.textContent = par[0];
      if (typeof par[1] === "string") { peca.href = par[1]; } else { peca.type = "button"; peca.addEventListener("click", par[1]); }
      acoes.appendChild(peca);
    });
    caixa.scrollIntoView({ block: "nearest" });
  }

  function estadoDe(form) {
    if (!estados.has(form)) { estados.set(form, { espera: 0, indo: false, relogio: 0, botao: null, pendente: false, renovou: false }); }
    return estados.get(form);
  }
  async function guardar(form) {
    var e = estadoDe(form), dados = { caminho: location.pathname, titulo: form.dataset.linhaFraca, campos: campos(form, e.botao), pendente: e.pendente };
    return por(await nomeDe(location.pathname), dados);
  }
  async function apagar() { localStorage.removeItem(await nomeDe(location.pathname)); }

  async function enviar(form) {
    var e = estadoDe(form);
    if (e.indo || !e.pendente) { return; }
    e.indo = true;
    clearTimeout(e.relogio);
    var corpo = new URLSearchParams(campos(form, e.botao)), selo = form.querySelector("[name='csrfmiddlewaretoken']");
    corpo.set("csrfmiddlewaretoken", selo.value);
    try {
      var cabecalhos = {}; cabecalhos[CABECALHO] = "1";
      var resposta = await fetch(form.action, { method: "POST", headers: cabecalhos, body: corpo, redirect: "manual" });
      await respondido(form, resposta);
    } catch (erro) { depois(form, "Sem conexão."); }
    e.indo = false;
  }

  async function respondido(form, resposta) {
    var e = estadoDe(form), json = (resposta.headers.get("Content-Type") || "").indexOf("json") >= 0;
    if (json && resposta.status === 200) {
      var dito = await resposta.json();
      await apagar();
      location.assign(dito.destino);
    } else if (json && resposta.status === 401) {
      var onde = (await resposta.json()).entrar;
      dizer(form, "Você saiu do sistema antes de enviar. O que escreveu está guardado neste aparelho, cifrado: entre de novo e ele volta aqui.", "alerta", [["Entrar de novo e continuar", onde]]);
    } else if (resposta.status === 403 && !e.renovou) {
      e.renovou = true;
      if (await renovar(form)) { e.indo = false; return enviar(form); }
    } else if (resposta.status >= 500 || resposta.type === "opaqueredirect") {
      depois(form, "O servidor não respondeu.");
    } else {
      e.pendente = false;
      await guardar(form);
      trocar(await resposta.text());
    }
  }

  // O servidor devolveu a página: faltou algo, ou alguém gravou no meio tempo. Mostra-se como veio, com o digitado.
  function trocar(html) {
    var novo = new DOMParser().parseFromString(html, "text/html").querySelector("main");
    if (!novo) { location.reload(); return; }
    document.querySelector("main").replaceWith(novo);
    var aviso = novo.querySelector("[autofocus], .aviso");
    if (aviso) { aviso.tabIndex = -1; aviso.focus(); }
    window.scrollTo(0, 0);
  }

  // O selo do formulário muda quando se entra de novo noutra janela. Se entrou outra pessoa, nada se envia por ela.
  async function renovar(form) {
    var resposta = await fetch(location.href, { redirect: "manual" });
    var pagina = resposta.type === "opaqueredirect" ? null : new DOMParser().parseFromString(await resposta.text(), "text/html");
    var outro = pagina && pagina.querySelector("meta[name='redesuas-cofre']"), selo = pagina && pagina.querySelector("main [name='csrfmiddlewaretoken']");
    if (outro && outro.content.split(".")[0] !== DE) {
      dizer(form, "Outra pessoa entrou neste navegador. O que você escreveu está guardado, cifrado, e só se abre quando você entrar.", "alerta");
      return false;
    }
    if (!selo) { depois(form, "O servidor não aceitou o envio agora."); return false; }
    form.querySelector("[name='csrfmiddlewaretoken']").value = selo.value;
    return true;
  }

  function depois(form, porque) {
    var e = estadoDe(form);
    e.espera = Math.min((e.espera || 2) * 2, 30);
    dizer(form, porque + " O que você escreveu está guardado neste aparelho, cifrado, e vai sozinho quando a linha voltar. Não feche esta página; se fechar, volte a ela.", "alerta",
      [["Tentar agora", function () { enviar(form); }]]);
    e.relogio = setTimeout(function () { enviar(form); }, e.espera * 1000);
  }

  function formularios() { return Array.from(document.querySelectorAll("form[data-linha-fraca]")); }
  document.addEventListener("input", function (evento) {
    var form = evento.target.form;
    if (!form || form.dataset.linhaFraca === undefined) { return; }
    var e = estadoDe(form);
    clearTimeout(e.escrita);
    e.escrita = setTimeout(function () { guardar(form); }, 400);
  });
  document.addEventListener("submit", function (evento) {
    var form = evento.target;
    if (form.dataset.sair !== undefined) { aoSair(evento); return; }
    if (form.dataset.linhaFraca === undefined || evento.defaultPrevented) { return; }
    evento.preventDefault();
    var e = estadoDe(form);
    clearTimeout(e.escrita);
    e.botao = evento.submitter;
    e.pendente = true;
    guardar(form).then(function () { enviar(form); });
  });
  window.addEventListener("online", function () { formularios().forEach(function (form) { enviar(form); }); });

  // Sair apaga o que é de quem sai; havendo o que não se enviou, pergunta antes.
  function aoSair(evento) {
    var ficam = meus();
    var frase = ficam.length === 1 ? "Há um formulário não enviado neste aparelho." : "Há " + ficam.length + " formulários não enviados neste aparelho.";
    if (ficam.length && !window.confirm(frase + " Sair agora o apaga. Sair assim mesmo?")) { evento.preventDefault(); return; }
    ficam.forEach(function (nome) { localStorage.removeItem(nome); });
  }

  async function oferecer(form) {
    var item = await ler(await nomeDe(location.pathname)), e = estadoDe(form);
    if (!item || form.querySelector(".campo-com-erro, .aviso-perigo")) { return; }
    function largar() { apagar(); e.pendente = false; dizer(form, ""); form.reset(); }
    if (item.pendente) {
      preencher(form, item.campos);
      e.pendente = true;
      var botao = Array.from(form.elements).find(function (b) { return b.type === "submit" && item.campos.some(function (par) { return par[0] === b.name && par[1] === b.value; }); });
      e.botao = botao || null;
      dizer(form, "Em " + hora(item.em) + " você mandou enviar e não chegou. Está tudo de volta aqui.", "alerta", [["Enviar agora", function () { enviar(form); }], ["Apagar o que ficou", largar]]);
    } else {
      dizer(form, "Ficou neste aparelho o que você começou a escrever aqui em " + hora(item.em) + ", sem enviar.", "info",
        [["Recuperar", function () { preencher(form, item.campos); dizer(form, ""); }], ["Apagar o que ficou", largar]]);
    }
  }

  // Nas outras páginas, só o que se mandou enviar e não chegou.
  async function lembrar() {
    var itens = (await Promise.all(meus().map(ler))).filter(function (item) { return item && item.pendente && item.caminho !== location.pathname; });
    var main = document.querySelector("main");
    if (!itens.length || !main) { return; }
    var aviso = document.createElement("div");
    aviso.className = "aviso aviso-alerta";
    aviso.setAttribute("role", "status");
    var dentro = aviso.appendChild(document.createElement("div"));
    dentro.append(itens.length === 1 ? "Há um formulário por enviar neste aparelho: " : "Há formulários por enviar neste aparelho: ");
    itens.forEach(function (item, i) {
      var ligacao = document.createElement("a");
      ligacao.href = item.caminho;
      ligacao.textContent = item.titulo + ", de " + hora(item.em);
      dentro.append(i ? "; " : "", ligacao);
    });
    main.prepend(aviso);
  }

  var daqui = formularios();
  if (daqui.length) { oferecer(daqui[0]); }
  lembrar();
})();
