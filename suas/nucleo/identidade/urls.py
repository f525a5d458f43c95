from allauth.account import views as allauth
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import RedirectView

from suas.nucleo.identidade import views

# Só as páginas do allauth que mostramos. O cadastro e a troca de senha por e-mail ainda não existem: os endereços
# que o allauth cita por nome levam à entrada.
ENTRADA = login_not_required(RedirectView.as_view(pattern_name="account_login"))

urlpatterns = [
    path("entrar/", login_not_required(allauth.login), name="account_login"),
    path("sair/", allauth.logout, name="account_logout"),
    path("senha/", allauth.password_change, name="account_change_password"),
    path("entrar/cadastro/", ENTRADA, name="account_signup"),
    path("entrar/inativa/", ENTRADA, name="account_inactive"),
    path("entrar/esqueci/", ENTRADA, name="account_reset_password"),
    path("vinculo/", views.vinculo, name="vinculo"),
    path("saude", views.saude, name="saude"),
]
