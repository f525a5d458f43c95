"""Partilha da proteção social básica: NOB/SUAS 2005, item 5.5, I, a."""
