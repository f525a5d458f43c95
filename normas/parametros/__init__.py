"""Valores datados da lei, um arquivo por parâmetro, cada valor com fonte e vigência."""
