"""A chave da sessão em uso: troca-se quando muda o que ela pode, para que a vista antes não sirva depois."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.http import HttpRequest


def trocar_chave(request: HttpRequest) -> None:
    """Dá outra chave à sessão, com o mesmo conteúdo, e a mantém na lista de sessões da pessoa."""
    antiga = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=antiga).update(session_key=request.session.session_key)
