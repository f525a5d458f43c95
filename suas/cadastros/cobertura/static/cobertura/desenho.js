// Desenhar a área do CRAS tocando no mapa. Sem isto, as coordenadas se digitam no campo: ele é a fonte.
(function () {
  "use strict";
  var caixa = document.querySelector(".desenhar");
  if (!caixa) return;
  var svg = caixa.querySelector("svg");
  var campo = document.getElementById(caixa.dataset.campo);
  var botoes = caixa.querySelector("[data-botoes]");
  var quantos = caixa.querySelector("[data-quantos]");
  var NS = "http://www.w3.org/2000/svg";
  var escala = {};
  ["oeste", "grausX", "norte", "grausY"].forEach(function (nome) { escala[nome] = Number(svg.dataset[nome]); });
  var atual = svg.querySelector(".territorio-atual");
  if (atual) atual.remove();
  var area = svg.appendChild(document.createElementNS(NS, "polygon"));
  area.setAttribute("class", "territorio-area territorio-atual");
  var cantos = svg.appendChild(document.createElementNS(NS, "g"));
  var raio = svg.viewBox.baseVal.width / 110;

  function numero(texto) { return Number(texto.trim().replace(",", ".")); }
  function linhas() { return campo.value.split("\n").filter(function (linha) { return linha.trim(); }); }
  function pontos() {
    return linhas().map(function (linha) {
      var partes = linha.indexOf(";") >= 0 ? linha.split(";") : linha.trim().split(/,\s+|\s+/);
      return partes.length === 2 ? [numero(partes[0]), numero(partes[1])] : [NaN, NaN];
    }).filter(function (ponto) { return isFinite(ponto[0]) && isFinite(ponto[1]); });
  }
  function mostrar() {
    var noDesenho = pontos().map(function (ponto) {
      return [(ponto[1] - escala.oeste) / escala.grausX, (escala.norte - ponto[0]) / escala.grausY];
    });
    area.setAttribute("points", noDesenho.map(function (ponto) { return ponto.join(","); }).join(" "));
    cantos.replaceChildren();
    noDesenho.forEach(function (ponto) {
      var canto = cantos.appendChild(document.createElementNS(NS, "circle"));
      canto.setAttribute("class", "territorio-canto");
      canto.setAttribute("cx", ponto[0]);
      canto.setAttribute("cy", ponto[1]);
      canto.setAttribute("r", raio);
    });
    quantos.textContent = noDesenho.length === 1 ? "1 ponto" : noDesenho.length + " pontos";
  }
  function escrever(novas) { campo.value = novas.join("\n"); mostrar(); }
  function comVirgula(valor) { return valor.toFixed(6).replace(".", ","); }

  svg.addEventListener("click", function (evento) {
    var toque = new DOMPoint(evento.clientX, evento.clientY).matrixTransform(svg.getScreenCTM().inverse());
    var latitude = escala.norte - escala.grausY * toque.y;
    var longitude = escala.oeste + escala.grausX * toque.x;
    escrever(linhas().concat(comVirgula(latitude) + "; " + comVirgula(longitude)));
  });
  botoes.querySelector("[data-apagar]").addEventListener("click", function () { escrever(linhas().slice(0, -1)); });
  botoes.querySelector("[data-recomecar]").addEventListener("click", function () { escrever([]); });
  campo.addEventListener("input", mostrar);
  botoes.hidden = false;
  caixa.classList.add("pronto");
  mostrar();
})();
