"""Addresses of accounts."""

from django.urls import path

from palermo.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/<slug:handle>/", views.sign_in_as, name="sign-in-as"),
    path("forgotten-password/", views.forgotten, name="forgotten"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("invitation/<str:token>/", views.accept, name="accept"),
    path("account/", views.account, name="account"),
    path("account/tokens/<slug:purpose>/new/", views.new_token, name="new-token"),
    path("account/tokens/<slug:purpose>/end/", views.end_token, name="end-token"),
    path("people/", views.people, name="people"),
    path("people/list.<str:kind>", views.export_people, name="people-export"),
    path("people/invite/", views.invite, name="invite"),
    path("people/<slug:handle>/", views.person, name="person"),
    path("people/<slug:handle>/roles/<int:pk>/end/", views.end_role, name="end-role"),
]
