"""Telas da rede: ver, cuidar do cadastro, pedir e responder."""
