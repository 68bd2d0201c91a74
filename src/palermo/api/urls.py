"""Addresses of the API, its description, and the page that shows it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from palermo.api import directory, following, legal, overseeing, plans, recommended, works
from palermo.api.asking import guarded
from palermo.audit.action import NotPermitted
from palermo.errors import Refused

app_name = "api"
BASE = "/api/"
api = NinjaAPI(
    title="Palermo",
    version="1",
    description="What the pages show, for programs: read-only, and to each person what they may see.",
    openapi_url=None,
    docs_url=None,
    auth=None,
    urls_namespace="api",
)
for one in (plans, following, recommended, works, directory, legal, overseeing):
    api.add_router("", one.router)


@api.exception_handler(NotPermitted)
def not_permitted(request: HttpRequest, _refused: NotPermitted) -> HttpResponse:
    """What a role does not allow does not exist."""
    return api.create_response(request, {"detail": "Not Found"}, status=404)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """What was refused and what to do next."""
    told = {"code": refusal.code, "detail": refusal.message, "next": refusal.what_next}
    return api.create_response(request, told, status=409)


def described() -> dict[str, Any]:
    """The description in OpenAPI 3.1, with the two ways to sign in."""
    told: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=BASE))
    token = {"type": "http", "scheme": "bearer", "description": "A token from the page of one's account."}
    session = {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "The browser's session."}
    told["components"]["securitySchemes"] = {"token": token, "session": session}
    return told | {"security": [{"token": []}, {"session": []}]}


@cache
def written() -> str:
    """The description as JSON: it takes a while to make, and stays as long as the program runs."""
    return json.dumps(described())


@require_safe
def description(_request: HttpRequest) -> HttpResponse:
    """The description for programs."""
    return HttpResponse(written(), content_type="application/json")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The description for people."""
    told = [
        {
            "path": where,
            "said": one["get"]["description"],
            "parameters": [parameter(each) for each in one["get"].get("parameters", ())],
            "answer": answer(one["get"]["responses"]["200"]),
        }
        for where, one in json.loads(written())["paths"].items()
    ]
    return render(request, "api/page.html", {"addresses": told})


def parameter(told: dict[str, Any]) -> dict[str, Any]:
    """A parameter with what it takes."""
    taken = told["schema"]
    options = [taken, *taken.get("anyOf", ())]
    known = [str(value) for one in options for value in one.get("enum", ()) if value != ""]
    kinds = [one.get("format") or one["type"] for one in options if one.get("type", "null") != "null"]
    said = told.get("description") or taken.get("description", "")
    takes = ", ".join(known or kinds)
    return {"name": told["name"], "required": told["required"], "takes": takes, "said": said}


def answer(told: dict[str, Any]) -> str:
    """The name of what is answered."""
    kind = told["content"]["application/json"]["schema"]
    many = kind.get("type") == "array"
    name = str((kind["items"] if many else kind)["$ref"]).rsplit("/", 1)[-1]
    return f"[{name}]" if many else name


operations = [
    URLPattern(one.pattern, guarded(one.callback), name=one.name)
    for one in api.urls[0]
    if isinstance(one, URLPattern) and one.name != "api-root"
]
urlpatterns = [
    path("", guarded(page), name="page"),
    path("openapi.json", guarded(description), name="description"),
    *operations,
]
