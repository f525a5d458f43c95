"""O que o provedor assina de cada pessoa: o CPF como sujeito e o nível da conta, como faz o gov.br."""

from __future__ import annotations

from typing import Any

from oauth2_provider.oauth2_validators import OAuth2Validator


class Validador(OAuth2Validator):
    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        return {
            "sub": request.user.username,
            "amr": ["passwd"],
            "reliability_info": {"level": request.user.last_name, "reliabilities": []},
        }
