"""As telas de quem entra e em que vínculo age."""
