"""The rows of every table as lines of JSON, out of one database and into another of any kind."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.db import models

AT_ONCE = 2_000  # rows that are held together
# Sessions end with the machine; what Django says of its own models is made anew by every migration.
LEFT_OUT = frozenset(
    {"sessions.session", "accounts.session", "contenttypes.contenttype", "auth.permission", "auth.group"}
)
BYTES = "base64"


def kept(apps: Apps) -> list[type[models.Model]]:
    """Every model whose rows are kept, those of many-to-many fields among them, by label."""
    found = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed]
    wanted = (
        one
        for one in found
        if not one._meta.proxy and one._meta.label_lower not in LEFT_OUT and not of_left_out(one)
    )
    return sorted(wanted, key=lambda one: one._meta.label_lower)


def of_left_out(model: type[models.Model]) -> bool:
    """Whether a table only ties rows of tables that are left out."""
    return bool(model._meta.auto_created) and model._meta.app_label == "auth"


def chunks(model: type[models.Model]) -> Iterator[bytes]:
    """The rows of a table in the order of their keys, some thousand at a time, a JSON array a line."""
    names = [one.attname for one in columns(model)]
    lines: list[str] = []
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=AT_ONCE):
        lines.append(json.dumps(row, ensure_ascii=False, default=told, sort_keys=True, separators=(",", ":")))
        if len(lines) == AT_ONCE:
            yield ("\n".join(lines) + "\n").encode()
            lines = []
    if lines:
        yield ("\n".join(lines) + "\n").encode()


def columns(model: type[models.Model]) -> list[Any]:
    """The columns of a table in an order that no later version of the model changes: by name."""
    return sorted(model._meta.concrete_fields, key=lambda one: one.attname)


def told(value: object) -> object:
    """A value that JSON does not know: days and moments in ISO 8601 to the microsecond, bytes in base64."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return {BYTES: b64encode(bytes(value)).decode()}
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(type(value))


def put(model: type[models.Model], content: bytes) -> int:
    """Write rows into a table as they were, keys included; how many."""
    fields = columns(model)
    for one in fields:
        one.auto_now = one.auto_now_add = False
    lines = content.decode().split("\n")[:-1]  # a text may hold other line ends
    rows = [built(model, fields, json.loads(line)) for line in lines]
    model._base_manager.bulk_create(rows)
    return len(rows)


def built(model: type[models.Model], fields: Iterable[Any], row: list[Any]) -> models.Model:
    """A row as a record of this kind."""
    values = zip(fields, row, strict=True)
    return model(**{field.attname: value_of(field, value) for field, value in values})


def value_of(field: Any, value: Any) -> Any:
    """What a field of a row stands for."""
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return b64decode(value[BYTES])
    return (field.target_field if field.is_relation else field).to_python(value)


def emptied(found: Iterable[type[models.Model]]) -> None:
    """Take away what migrations put into tables: the rows that come back hold it."""
    for model in found:
        model._base_manager.all().delete()
