"""Calendários e prazos: períodos, dias úteis, janelas dos sistemas federais, prorrogações e panes."""
