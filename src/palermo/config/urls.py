"""Every address, room by room."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

urlpatterns = [
    path("", include("palermo.desk.urls")),
    path("", include("palermo.accounts.urls")),
    path("", include("palermo.reporting.urls")),
    path("", include("palermo.plan.urls")),
    path("", include("palermo.oversight.urls")),
    path("", include("palermo.organisations.urls")),
    path("language/", login_not_required(require_POST(set_language)), name="set_language"),
]
