"""The kernels' tests are tested: for each small change of a kernel one fails, or it is told why none can.

`tests/drills/mutants.py` makes the changes and runs the tests; `tests/drills/mutants.toml` explains.
"""

import subprocess
import sys
import tomllib

import pytest
from tests.drills.changes import changes
from tests.drills.mutants import EXPLAINED, ROOT, kernels

SMALL = '''\
"""A module."""

STAGES = {"first": (1, 2)}


@dataclass(frozen=True)
class Person:
    """A person."""

    is_known: bool = False

    def is_late(self, day: date) -> bool:
        """Whether it is late."""
        return day > self.day
'''


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("module", kernels())
def test_each_change_of_a_kernel_is_seen_or_explained(module):
    program = [sys.executable, str(ROOT / "tests/drills/mutants.py"), module]
    told = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    print(told.stdout)
    assert told.returncode == 0, told.stdout + told.stderr


def test_what_is_explained_still_stands_in_its_kernel():
    for one in tomllib.loads(EXPLAINED.read_text("utf-8"))["survivor"]:
        assert set(one) == {"module", "where", "before", "after", "why"}
        assert one["why"].endswith(".")
        lines = kernels()[one["module"]].read_text("utf-8").splitlines()
        assert one["before"] in " ".join(line.strip() for line in lines), one["before"]


def test_a_change_is_made_in_tables_and_defaults_under_decorators_and_in_methods():
    told = {(one.where, one.before, one.after) for one in changes(SMALL)}
    assert told >= {
        ("STAGES", 'STAGES = {"first": (1, 2)}', "STAGES = {}"),
        ("STAGES", 'STAGES = {"first": (1, 2)}', 'STAGES = {"first": (1, )}'),
        ("STAGES", 'STAGES = {"first": (1, 2)}', 'STAGES = {"first": (2, 2)}'),
        ("STAGES", 'STAGES = {"first": (1, 2)}', 'STAGES = {"FIRST": (1, 2)}'),
        ("Person", "@dataclass(frozen=True)", "@dataclass(frozen=False)"),
        ("Person", "is_known: bool = False", "is_known: bool = True"),
        ("Person.is_late", "return day > self.day", "return day >= self.day"),
        ("Person.is_late", "return day > self.day", "return None"),
    }
    assert not [one for one in changes(SMALL) if '"""' in one.before]
    for one in changes(SMALL):
        assert one.code != SMALL
        compile(one.code, "a module", "exec")


def test_a_module_that_comes_is_among_the_kernels_by_itself(tmp_path, monkeypatch):
    (tmp_path / "palermo/law").mkdir(parents=True)
    for name in ("__init__", "penalties"):
        (tmp_path / f"palermo/law/{name}.py").touch()
    monkeypatch.setattr("tests.drills.mutants.SOURCE", tmp_path)
    assert [*kernels()] == ["palermo.law.penalties"]
