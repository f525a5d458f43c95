"""Os formulários da entrada e dos acessos."""
