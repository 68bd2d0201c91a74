"""Addresses of the directory."""

from django.urls import path

from palermo.organisations import views

app_name = "organisations"
urlpatterns = [
    path("organisations/", views.listing, name="list"),
    path("organisations/list.<str:kind>", views.export_list, name="export-list"),
    path("organisations/<slug:country>/<slug:name>/", views.page, name="page"),
    path(
        "organisations/<slug:country>/<slug:name>/members.<str:kind>",
        views.export_members,
        name="export-members",
    ),
]
