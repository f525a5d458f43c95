"""O trabalho na lei: equipes de referência e funções essenciais da gestão."""
