"""Quem decide: conselhos, comissões intergestores, paridade, mandato, quórum, consenso e a ordem dos recursos."""
