"""Offices that were prepared once, in a file and on a PostgreSQL server of their own."""

import psycopg
import pytest
from tests.drills.installation import OFFICE, Installation
from tests.on_postgresql import cluster


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory):
    made = Installation(tmp_path_factory.mktemp("office") / "office")
    made.done(OFFICE, "prepare")
    return made


@pytest.fixture(scope="module")
def server():
    """A PostgreSQL server that may be killed, if it is started again."""
    with cluster() as made:
        yield made


@pytest.fixture(scope="module")
def postgresql(server, tmp_path_factory):
    with psycopg.connect(server.address, autocommit=True) as known:
        known.execute("CREATE DATABASE office")
    home = tmp_path_factory.mktemp("office") / "office"
    made = Installation(home, server.address.replace("/postgres?", "/office?"))
    made.done(OFFICE, "prepare")
    return made
