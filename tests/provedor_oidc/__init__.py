"""Um provedor OpenID Connect de verdade (django-oauth-toolkit), em processo e banco próprios, para testar a entrada."""
