"""Fluxos que atravessam módulos, do começo ao fim."""
