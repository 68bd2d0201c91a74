"""Addresses of the procedure and of the law."""

from django.urls import path

from palermo.referral import views

app_name = "referral"
urlpatterns = [
    path("procedure/", views.procedure, name="procedure"),
    path("procedure/try/", views.try_case, name="try"),
    path("law/", views.law, name="law"),
    path("law/penalties/", views.penalties, name="penalties"),
    path("law/limitation/", views.limitation, name="limitation"),
    path("law/wages/", views.wages, name="wages"),
]
