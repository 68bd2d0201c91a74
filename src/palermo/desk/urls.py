"""The addresses of Today and of the demonstration's messages."""

from django.urls import path

from palermo.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.today, name="today"),
    path("calendar/<str:token>.ics", views.calendar, name="calendar"),
    path("messages/", views.messages, name="messages"),
]
