"""What every test begins with."""

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection

from palermo.audit.asking import asked_by_system

REACHING = {"db", "transactional_db", "served"}  # the last is an office in a process of its own


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):  # noqa: ARG001 - the one that it stands on
    """A test looks at every row; actions, pages and commands that it tries say for themselves who asks."""
    with django_db_blocker.unblock(), asked_by_system():
        yield


@pytest.fixture
def kept_open(db):  # noqa: ARG001 - it is its transaction that stays open
    """What a web server asks may close the connection, and with it a test's transaction; here it does not."""
    for one in (request_started, request_finished):
        one.disconnect(close_old_connections)
    yield
    for one in (request_started, request_finished):
        one.connect(close_old_connections)


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL only what reaches the database of DATABASE_URL; the rest is the same without it."""
    if connection.vendor != "postgresql":
        return
    reaching = [one for one in items if one.get_closest_marker("django_db") or REACHING & {*one.fixturenames}]
    config.hook.pytest_deselected(items=[one for one in items if one not in reaching])
    items[:] = reaching
