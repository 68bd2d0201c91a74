"""Addresses of oversight."""

from django.urls import path

from palermo.oversight import views

app_name = "oversight"
urlpatterns = [
    path("oversight/", views.oversight, name="page"),
    path("oversight/walk/", views.walk, name="walk"),
    path("oversight/send/", views.send, name="send"),
    path("oversight/compare/", views.compare, name="compare"),
    path("oversight/checkpoint.json", views.take, name="checkpoint"),
    path("oversight/trail.jsonl", views.trail, name="trail"),
    path("oversight/verify_trail.py", views.verifier, name="verifier"),
]
