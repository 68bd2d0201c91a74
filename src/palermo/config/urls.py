"""Every address, room by room."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLResolver, include, path
from django.urls.resolvers import RoutePattern
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

urlpatterns = [
    path("", include("palermo.desk.urls")),
    path("", include("palermo.accounts.urls")),
    path("", include("palermo.reporting.urls")),
    path("", include("palermo.plan.urls")),
    path("", include("palermo.oversight.urls")),
    path("", include("palermo.referral.urls")),
    path("", include("palermo.organisations.urls")),
    # Loaded by its name, and so with the first request that asks for it.
    URLResolver(RoutePattern("api/", is_endpoint=False), "palermo.api.urls", app_name="api", namespace="api"),
    path("language/", login_not_required(require_POST(set_language)), name="set_language"),
]
