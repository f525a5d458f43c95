"""Quando o repasse sai: as condições a a g, a suspensão, a retomada e a devolução."""
