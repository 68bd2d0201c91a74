"""The address of Today."""

from django.urls import path

from palermo.desk import views

app_name = "desk"
urlpatterns = [path("", views.today, name="today")]
