"""What every test begins with."""

import pytest

from palermo.audit.asking import asked_by_system


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):  # noqa: ARG001 - the one that it stands on
    """A test looks at every row; actions, pages and commands that it tries say for themselves who asks."""
    with django_db_blocker.unblock(), asked_by_system():
        yield
