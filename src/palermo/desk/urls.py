"""The addresses of Today and of the demonstration's messages."""

from django.urls import path

from palermo.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("messages/", views.messages, name="messages"),
]
