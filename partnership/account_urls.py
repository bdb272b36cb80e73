"""The pages of django-allauth that the portal offers: people are invited, and their address is the board manager's."""

from allauth.account import urls as allauth_urls

OFFERED = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
"""Signing up is closed by `accounts.InvitationOnly`; allauth's own pages need the name."""

urlpatterns = [pattern for pattern in allauth_urls.urlpatterns if pattern.name in OFFERED]
