"""Addresses of plans."""

from django.urls import path

from palermo.plan import views

app_name = "plan"
urlpatterns = [
    path("plans/", views.plans, name="list"),
    path("plans/<slug:code>/", views.register, name="register"),
    path("plans/<slug:code>/list.<str:kind>", views.export, name="export"),
    path("plans/<slug:code>/owners/", views.owners, name="owners"),
    path("plans/<slug:code>/<str:reference>/", views.measure, name="measure"),
]
