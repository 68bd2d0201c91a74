"""One request: Today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def today(request: HttpRequest) -> HttpResponse:
    """What waits for whoever asks."""
    return render(request, "desk/today.html")
