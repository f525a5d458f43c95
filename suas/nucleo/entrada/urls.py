from allauth.account import views as allauth
from allauth.mfa.base import views as codigo
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path
from django.views.generic import RedirectView

from suas.nucleo.entrada.views import conta, entrar, provedor, senha

# Só as páginas do allauth que mostramos, e com os nomes pelos quais ele as chama. Ninguém se cadastra sozinho, e conta
# inativa recebe a recusa da senha errada: esses endereços levam à entrada.
ENTRADA = login_not_required(RedirectView.as_view(pattern_name="account_login"))

urlpatterns = [
    path("entrar/", login_not_required(senha.com_limite(entrar.Entrar.as_view())), name="account_login"),
    path("entrar/codigo/", login_not_required(senha.com_limite(codigo.authenticate)), name="mfa_authenticate"),
    path("entrar/confirmar/", senha.com_limite(allauth.reauthenticate), name="account_reauthenticate"),
    path("entrar/confirmar/codigo/", senha.com_limite(codigo.reauthenticate), name="mfa_reauthenticate"),
    path("entrar/esqueci/", senha.esqueci, name="account_reset_password"),
    path("entrar/esqueci/enviado/", senha.esqueci_enviado, name="account_reset_password_done"),
    re_path(
        r"^entrar/nova-senha/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        login_not_required(senha.uma_so_transacao(allauth.password_reset_from_key)),
        name="account_reset_password_from_key",
    ),
    path(
        "entrar/nova-senha/feita/",
        login_not_required(allauth.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("entrar/cadastro/", ENTRADA, name="account_signup"),
    path("entrar/inativa/", ENTRADA, name="account_inactive"),
    path("entrar/provedor/", provedor.ida, name="provedor-ida"),
    path("entrar/provedor/volta/", provedor.volta, name="provedor-volta"),
    path("entrar/provedor/concluir/", provedor.concluir, name="provedor-concluir"),
    path("conta/provedor/", provedor.conta, name="provedor-conta"),
    path("conta/provedor/desligar/", provedor.desligar, name="provedor-desligar"),
    path("sair/", allauth.logout, name="account_logout"),
    path("conta/", conta.conta, name="conta"),
    path(
        "conta/senha/",
        senha.com_limite(senha.uma_so_transacao(allauth.password_change)),
        name="account_change_password",
    ),
    path("conta/senha/criar/", senha.uma_so_transacao(allauth.password_set), name="account_set_password"),
    path("conta/sessoes/", conta.sessoes, name="conta-sessoes"),
    path("conta/segundo-fator/", conta.segundo_fator, name="mfa_index"),
    path("conta/segundo-fator/codigos/", conta.codigos, name="segundo-fator-codigos"),
    path("conta/segundo-fator/retirar/", conta.retirar, name="segundo-fator-retirar"),
    path("acessos/<uuid:pessoa>/segundo-fator/", conta.retirar_de_outra, name="segundo-fator-de-outra-pessoa"),
]
