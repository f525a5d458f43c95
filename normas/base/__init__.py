"""O vocabulário de toda regra: fundamento, vigência, exercício, centavos, inconsistência."""
