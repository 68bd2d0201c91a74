"""Change the kernels of the law and the procedure, one change at a time, and see which their tests let pass.

`.venv-develop/bin/python tests/drills/mutants.py [MODULE ...]` tells how many mutants each module has, how
many were killed, and each survivor; `--jobs 2` runs two at a time. It exits with 1 where the score is under
95 %, a survivor is not explained in `mutants.toml`, or one that is explained there survives no more.

Each mutant lives in a process of its own, which is forked before any kernel was imported: no file is written.
A mutant that cannot even be imported is counted apart. One that takes ten times the processor time of all
tests loops, and is killed by that.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import importlib.abc
import importlib.util
import os
import resource
import signal
import sys
import tempfile
import time
import tomllib
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src"
KERNELS = ("palermo/law", "palermo/referral/rules")
TESTS = ("palermo/law/tests", "palermo/referral/tests")
OTHERS = {"test_command_line.py", "test_explained.py", "test_pages.py"}  # what stands on the kernels
EXPLAINED = Path(__file__).with_name("mutants.toml")
LEAST = 0.95
PATIENCE, SHORTEST, MEMORY = 10, 10, 4 << 30  # times the processor time of all tests; seconds; bytes
SURVIVED, KILLED, UNBORN, LOOPS = "survived", "killed", "cannot be imported", "loops"
SEED = {"PYTHONHASHSEED": "0", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def kernels() -> dict[str, Path]:
    """Each module of the kernels by its name; a new one is among them by itself."""
    found = [path for folder in KERNELS for path in sorted((SOURCE / folder).glob("*.py"))]
    named = {".".join(path.relative_to(SOURCE).with_suffix("").parts): path for path in found}
    return {name: path for name, path in named.items() if path.stem != "__init__"}


def tests(module: str) -> list[str]:
    """The files of tests, those of a module's own folder first."""
    folders = sorted(TESTS, key=lambda folder: folder.split("/")[1] != module.split(".")[1])
    found = [path for folder in folders for path in sorted((SOURCE / folder).glob("test_*.py"))]
    return [str(path) for path in found if path.name not in OTHERS]


class Spoiled(importlib.abc.MetaPathFinder, importlib.abc.SourceLoader):
    """Gives one module from other lines than those of its file."""

    def __init__(self, module: str, path: Path, code: str):
        self.module, self.path, self.code = module, str(path), code

    def find_spec(self, name, path=None, target=None):
        """The module, where it is the one that is changed."""
        if name != self.module:
            return None
        return importlib.util.spec_from_file_location(name, self.path, loader=self)

    def get_filename(self, _name):
        """Its file, so that its data is found beside it."""
        return self.path

    def get_data(self, _path):
        """Its lines."""
        return self.code.encode()


def ready(folder: str) -> None:
    """Import what all runs need, and nothing of ours; what is kept for later runs lies in a folder."""
    sys.pycache_prefix = f"{folder}/bytecode"
    tempfile.tempdir = folder
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = f"{folder}/hypothesis"
    sys.path[:0] = [str(SOURCE), str(ROOT)]
    for name in ("pytest", "hypothesis.strategies", "dateutil.relativedelta", "dateutil.easter", "tomllib"):
        importlib.import_module(name)
    from hypothesis import settings  # noqa: PLC0415 - after the folder is set

    settings.register_profile("mutants", database=None, derandomize=True, deadline=None, max_examples=20)
    settings.load_profile("mutants")
    assert not [name for name in sys.modules if name.startswith("palermo")]
    gc.freeze()  # what was imported is there for good


def outcomes(module: str, path: Path, codes: list[str], limit: int, jobs: int) -> Iterator[tuple[str, float]]:
    """What became of a module with other lines, and the processor time of that; so many at once."""
    waiting, running, became = deque(enumerate(codes)), {}, {}
    for place in range(len(codes)):
        while place not in became:
            while waiting and len(running) < jobs:
                number, code = waiting.popleft()
                running[started(module, path, code, limit)] = number
            child, status, used = os.wait3(0)
            became[running.pop(child)] = read(module, status), used.ru_utime + used.ru_stime
        yield became.pop(place)


def started(module: str, path: Path, code: str, limit: int) -> int:
    """The number of a process that tries a module with other lines."""
    child = os.fork()
    if not child:
        os._exit(tried(module, path, code, limit))
    return child


def read(module: str, status: int) -> str:
    """What a process says by its end."""
    if os.WIFSIGNALED(status):
        if os.WTERMSIG(status) == signal.SIGXCPU:
            return LOOPS
        raise RuntimeError(f"a mutant of {module} ended by signal {os.WTERMSIG(status)}")
    told = {0: SURVIVED, 1: KILLED, 2: KILLED, 99: UNBORN}  # pytest's 2: its tests could not be collected
    if (answer := os.WEXITSTATUS(status)) not in told:
        raise RuntimeError(f"pytest ended with {answer} for a mutant of {module}")
    return told[answer]


def tried(module: str, path: Path, code: str, limit: int) -> int:
    """In a process of its own: the exit code of the tests with other lines."""
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
    signal.alarm(60 * limit)  # on a busy machine too; whoever only waits does not loop, and the drill fails
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    gc.disable()  # it ends soon
    sys.meta_path.insert(0, Spoiled(module, path, code))
    try:
        importlib.import_module(module)
    except Exception:  # noqa: BLE001 - whatever it is, no test is needed to see it
        return 99
    import pytest  # noqa: PLC0415 - imported before the fork

    with tempfile.TemporaryDirectory() as folder:
        own = ["-c", os.devnull, "--rootdir", str(ROOT), "--basetemp", f"{folder}/tests", "--noconftest"]
        plain = ["-x", "-q", "--tb=no", "-W", "error", "-p", "no:cacheprovider", "--import-mode=importlib"]
        return int(pytest.main([*own, *plain, *tests(module)]))


def replaced(module: str, path: Path, jobs: int) -> Iterator[tuple[tuple[str, str, str], str]]:
    """Each mutant of a module with what became of it."""
    from tests.drills.changes import changes  # noqa: PLC0415 - libcst is large

    code = path.read_text("utf-8")
    told, seconds = [*outcomes(module, path, [code, code], 600, 1)][-1]  # the first makes what is kept
    if told != SURVIVED:
        raise RuntimeError(f"the tests of {module} do not pass where nothing is changed")
    limit = max(SHORTEST, round(PATIENCE * seconds))
    every = list(changes(code))
    became = outcomes(module, path, [one.code for one in every], limit, jobs)
    yield from (
        ((one.where, one.before, one.after), told) for one, (told, _s) in zip(every, became, strict=True)
    )


def explained(module: str) -> Counter:
    """The survivors of a module that are explained."""
    listed = tomllib.loads(EXPLAINED.read_text("utf-8"))["survivor"]
    return Counter((one["where"], one["before"], one["after"]) for one in listed if one["module"] == module)


def judged(module: str, path: Path, jobs: int) -> tuple[Counter, list[str]]:
    """How many mutants of a module became what, and what is wrong with that."""
    became = list(replaced(module, path, jobs))
    count = Counter(told for _change, told in became)
    survivors = Counter(change for change, told in became if told == SURVIVED)
    wrong = [line("not explained", module, *one) for one in (survivors - explained(module)).elements()]
    wrong += [line("survives no more", module, *one) for one in (explained(module) - survivors).elements()]
    if score(count) < LEAST:
        wrong.append(f"{module} is under {LEAST:.0%}")
    return count, wrong


def line(what: str, module: str, where: str, before: str, after: str) -> str:
    """A change as a person reads it, and as it stands in the list."""
    mark = "'''" if "'" in before + after else "'"
    quoted = (f"before = {mark}{before}{mark}", f"after = {mark}{after}{mark}")
    return "\n".join((f"\n# {what}", "[[survivor]]", f'module = "{module}"', f'where = "{where}"', *quoted))


def score(count: Counter) -> float:
    """The share of killed ones, of all that could be imported."""
    killed = count[KILLED] + count[LOOPS]
    return killed / ((killed + count[SURVIVED]) or 1)


def row(name: str, count: Counter, seconds: float) -> str:
    """A line of the table."""
    numbers = (count.total(), count[UNBORN], count[KILLED], count[LOOPS], count[SURVIVED])
    return f"{name:34}" + "".join(f"{one:>10}" for one in numbers) + f"{score(count):>9.1%}{seconds:>7.0f} s"


def main() -> None:
    """Print the table, and what is wrong."""
    asked = argparse.ArgumentParser(description="Which changes of the kernels do their tests let pass?")
    asked.add_argument("modules", nargs="*", metavar="MODULE", help="such as palermo.law.fines; all, if none")
    asked.add_argument("--jobs", type=int, default=1)
    told = asked.parse_args()
    every = kernels()
    if unknown := {*told.modules} - {*every}:
        asked.error(f"no module {', '.join(sorted(unknown))}; the modules are {', '.join(every)}")
    total, faults, begun = Counter(), 0, time.monotonic()
    titles = ("mutants", "unborn", "killed", "loop", "survived", "score")
    print(f"{'':34}" + "".join(f"{one:>10}" for one in titles[:-1]) + f"{titles[-1]:>9}")
    with tempfile.TemporaryDirectory(prefix="palermo-mutants-") as folder:
        ready(folder)
        for module in told.modules or every:
            since = time.monotonic()
            count, wrong = judged(module, every[module], told.jobs)
            print(row(module, count, time.monotonic() - since), *wrong, sep="\n", flush=True)
            total += count
            faults += len(wrong)
    print(row("all", total, time.monotonic() - begun))
    sys.exit(bool(faults))


if __name__ == "__main__":
    if not SEED.items() <= os.environ.items():  # the order of sets is the same in each run
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **SEED})
    main()
