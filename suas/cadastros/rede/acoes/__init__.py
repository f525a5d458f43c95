"""Atos sobre a rede: cuidar do cadastro de uma unidade, pedir que se abra ou feche, responder."""
