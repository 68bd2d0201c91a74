"""A plan of 200 pages as DOCX and as PDF: seconds and memory of `palermo plan read`, beside its floor.

Memory is the most that the command and the processes which it starts held together at one moment.

The floor is the least that any reader of the format must do: unpack and parse the XML of a DOCX, interpret
the page contents of a PDF. Limits: 20 s and 500 MB each; the seed in less than 1 s.
"""

import contextlib
import json
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import pdfplumber
from lxml import etree

from palermo.organisations.directory import load
from palermo.plan.rules.document import read_plan
from palermo.reading import read
from palermo.reading.tests.make import MERGED, pdf, word

PAGES, SECONDS, MEGABYTES = 200, 20.0, 500.0
SEED = Path(__file__).resolve().parents[2] / "shared/seed/action-plan-2015-2019.txt"
WORDS = (
    "The ministers agreed that the services meet every quarter, compare what they have seen, and write "
    "down what must change in the circular. The Bureau of the Cell will send the minutes to every member. "
)


def plan(chapters):
    """Chapters of prose with a table of six measures each."""
    blocks = []
    for number in range(1, chapters + 1):
        blocks.append(("h", 1, f"{number}. Chapter {number} of the plan"))
        blocks += [("p", WORDS * 3) for _ in range(4)]
        rows = [["Measure", "Party responsible", "Timing"]]
        for row in range(1, 7):
            owner = "FPS Foreign Affairs" if row % 2 else MERGED if row > 2 else "Immigration Office"
            rows.append([f"Carry out step {row} of chapter {number} and report on it", owner, "Late 2017"])
        blocks.append(("t", rows))
    return blocks


def measured(path):
    """Seconds and megabytes of the command, with every process that it starts."""
    begun, most = time.monotonic(), 0.0
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(
            [sys.executable, "-m", "palermo", "plan", "read", str(path), "--json"], stdout=out
        )
        while child.poll() is None:
            most = max(most, sum(map(held, [child.pid, *started(child.pid)])))
            time.sleep(0.05)
        seconds = time.monotonic() - begun
        out.seek(0)
        said = out.read()
    if child.returncode:
        sys.exit(f"{path.name} was not read")
    if len(json.loads(said)["measures"]) < PAGES:
        sys.exit(f"{path.name}: measures are missing")
    return seconds, most


def started(process):
    """The processes that a process started, and those that these started."""
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from (int(child), *started(int(child)))


def held(process):
    """The megabytes that a process holds."""
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024
    return 0


def floor_docx(path):
    begun = time.monotonic()
    with zipfile.ZipFile(path) as parts:
        etree.fromstring(parts.read("word/document.xml"))
    return time.monotonic() - begun


def floor_pdf(path):
    begun = time.monotonic()
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.layout  # noqa: B018 - interpreting the page is what is measured
            page.close()
    return time.monotonic() - begun


def pages(path):
    with pdfplumber.open(path) as document:
        return len(document.pages)


def main():
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder, "one.pdf")
        small.write_bytes(pdf(plan(20), repeat=True))
        chapters = round(20 * PAGES / pages(small)) + 4
        files = {"docx": word(plan(chapters)), "pdf": pdf(plan(chapters), repeat=True)}
        print(f"{'':6}{'pages':>7}{'MB':>8}{'seconds':>9}{'floor':>8}{'ratio':>7}{'memory':>9}")
        Path(folder, "plan.pdf").write_bytes(files["pdf"])
        count = pages(Path(folder, "plan.pdf"))
        for kind, content in files.items():
            path = Path(folder, f"plan.{kind}")
            path.write_bytes(content)
            seconds, memory = measured(path)
            floor = floor_docx(path) if kind == "docx" else floor_pdf(path)
            ratio, size = seconds / floor, len(content) / 1e6
            print(f"{kind:6}{count:>7}{size:>8.2f}{seconds:>9.2f}{floor:>8.2f}{ratio:>7.1f}{memory:>6.0f} MB")
            failed |= seconds > SECONDS or memory > MEGABYTES
    if SEED.exists():
        load()
        begun = time.monotonic()
        read_plan(read(SEED), load())
        seconds = time.monotonic() - begun
        print(f"seed  {seconds:.2f} s")
        failed |= seconds > 1
    sys.exit(failed)


if __name__ == "__main__":
    main()
