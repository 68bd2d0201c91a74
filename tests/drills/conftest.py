"""Offices that were prepared once, in a file and on a PostgreSQL server of their own."""

import importlib.util

import psycopg
import pytest
from tests.drills.installation import OFFICE, ROOT, Installation


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory):
    made = Installation(tmp_path_factory.mktemp("office") / "office")
    made.done(OFFICE, "prepare")
    return made


@pytest.fixture(scope="module")
def postgresql(tmp_path_factory):
    about = importlib.util.spec_from_file_location("on_postgresql", ROOT / "tests/on_postgresql.py")
    program = importlib.util.module_from_spec(about)
    about.loader.exec_module(program)
    with program.cluster() as address:
        with psycopg.connect(address, autocommit=True) as server:
            server.execute("CREATE DATABASE office")
        home = tmp_path_factory.mktemp("office") / "office"
        made = Installation(home, address.replace("/postgres?", "/office?"))
        made.done(OFFICE, "prepare")
        yield made
