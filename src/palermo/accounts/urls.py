"""Addresses of accounts."""

from django.urls import path

from palermo.accounts.views import door, identity, own, people, tokens

app_name = "accounts"
urlpatterns = [
    path("sign-in/", door.sign_in, name="sign-in"),
    path("sign-in/second/", door.second, name="second"),
    path("sign-in/passkey/", door.with_passkey, name="with-passkey"),
    path("sign-in/identity/", identity.begin, name="identity"),
    path("sign-in/identity/back/", identity.back, name="identity-back"),
    path("sign-in/<slug:handle>/", door.sign_in_as, name="sign-in-as"),
    path("forgotten-password/", door.forgotten, name="forgotten"),
    path("sign-out/", door.sign_out, name="sign-out"),
    path("invitation/<str:token>/", door.accept, name="accept"),
    path("account/", own.account, name="account"),
    path("account/confirm/", own.confirm, name="confirm"),
    path("account/set-up/", own.set_up, name="set-up"),
    path("account/passkeys/new/", own.new_passkey, name="new-passkey"),
    path("account/passkeys/<int:pk>/remove/", own.remove_passkey, name="remove-passkey"),
    path("account/authenticator/", own.authenticator, name="authenticator"),
    path("account/authenticator/remove/", own.remove_authenticator, name="remove-authenticator"),
    path("account/recovery-codes/", own.codes, name="codes"),
    path("account/tokens/<slug:purpose>/new/", tokens.new_token, name="new-token"),
    path("account/tokens/<slug:purpose>/end/", tokens.end_token, name="end-token"),
    path("account/sessions/<slug:mark>/end/", own.end_session, name="end-session"),
    path("people/", people.people, name="people"),
    path("people/list.<str:kind>", people.export_people, name="people-export"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<slug:handle>/", people.person, name="person"),
    path("people/<slug:handle>/close/", people.close_account, name="close-account"),
    path("people/<slug:handle>/factors/remove/", people.remove_factors, name="remove-factors"),
    path("people/<slug:handle>/sessions/end/", people.end_their_sessions, name="end-their-sessions"),
    path("people/<slug:handle>/roles/<int:pk>/end/", people.end_role, name="end-role"),
]
