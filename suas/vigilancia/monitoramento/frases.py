"""Os atos do monitoramento em palavras."""

FRASES = {
    "monitoramento.propor": "propôs uma comunicação: {objeto}",
    "monitoramento.enviar": "mandou aos municípios: {objeto}",
    "monitoramento.entregar": "entregou um lote de avisos: {objeto}",
    "monitoramento.descartar": "descartou a comunicação: {objeto}",
    "monitoramento.informar": "informou a entrega feita no sistema federal: {objeto}",
    "monitoramento.retirar": "retirou a entrega informada: {objeto}",
}
