"""A verifier that shares no code with Palermo comes to the same verdict."""

import json
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from palermo.audit.chain import START, Link, canonical, sha256, verify
from palermo.audit.checkpoints import Checkpoint, signed
from palermo.audit.queries import exported
from palermo.audit.tests.make import told
from palermo.oversight import verify_trail

PROGRAM = Path(verify_trail.__file__)
WORDS = ["ana", "Élodie", "“quoted”", "a\nb", "\u2028", "", "{}", "😀", "0"]


def trail(chance, length):
    """Entries of a trail with words of all sorts, each with its hash."""
    before, made = START, []
    at = datetime(2017, 3, 1, tzinfo=UTC)
    for seq in range(1, length + 1):
        at += timedelta(microseconds=chance.randrange(10**9))
        detail = canonical({"words": chance.choice(WORDS)})
        words = [chance.choice(WORDS) for _ in range(4)]
        link = Link(seq, at, date(2017, 3, 1), *words, detail, sha256(detail), before)
        before = link.hash()
        made.append((link, before))
    return made


def spoiled(chance, entries):
    """The same trail after somebody did one thing to it, or nothing."""
    entries = list(entries)
    at = chance.randrange(len(entries))
    link, hash_ = entries[at]
    what = chance.choice(["nothing", "field", "drop", "twice", "swap", "hash"])
    if what == "field":
        name = chance.choice(["actor", "actor_name", "action", "record", "detail_digest", "previous"])
        entries[at] = (replace(link, **{name: getattr(link, name) + "x"}), hash_)
    elif what == "drop":
        del entries[at]
    elif what == "twice":
        entries.insert(at, entries[at])
    elif what == "swap":
        other = chance.randrange(len(entries))
        entries[at], entries[other] = entries[other], entries[at]
    elif what == "hash":
        entries[at] = (link, hash_[:-1] + ("0" if hash_[-1] != "0" else "1"))
    return entries


def written(entries, folder):
    """The trail as the oversight page gives it."""
    file = folder / "trail.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for link, hash_ in entries:
            told_ = {name: getattr(link, name) for name in Link.__dataclass_fields__ if name != "detail"}
            at = link.at.isoformat(timespec="microseconds")
            out.write(canonical({**told_, "at": at, "on": link.on.isoformat(), "hash": hash_}) + "\n")
    return str(file)


@pytest.mark.parametrize("number", [200, pytest.param(10_000, marks=pytest.mark.long)])
def test_two_verifiers_agree_on_random_trails_whole_and_spoiled(number, tmp_path, capsys):
    chance, ends = random.Random(20161), set()
    for _ in range(number):
        entries = trail(chance, chance.randrange(1, 9))
        after = spoiled(chance, entries)
        # what was dropped at the end is found by the head here, and by a checkpoint there
        kept = Checkpoint(len(entries), entries[-1][1], entries[0][1], entries[-1][0].at)
        file = tmp_path / "kept.json"
        file.write_text(signed(kept, Ed25519PrivateKey.from_private_bytes(b"k" * 32)))
        ours = verify(after, (len(entries), entries[-1][1])).broken_at is None
        theirs = verify_trail.main(written(after, tmp_path), str(file)) is None
        assert ours == theirs
        ends.add(ours)
    assert ends == {True, False}
    capsys.readouterr()


def run(*arguments):
    """The program alone, in a Python that finds no package."""
    return subprocess.run(
        [sys.executable, "-I", str(PROGRAM), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.django_db
def test_the_program_runs_alone_on_what_the_office_gives(tmp_path):
    told(5)
    file = tmp_path / "trail.jsonl"
    file.write_text("".join(exported()), "utf-8")
    done = run(file)
    assert (done.returncode, done.stdout) == (0, "5 entries; every one holds\n")
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert "words" not in file.read_text("utf-8")
    lines[2]["actor_name"] = "nobody"
    file.write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")
    done = run(file)
    assert (done.returncode, done.stderr) == (1, "broken at entry 3: it is not as it was written\n")


def test_the_program_refuses_a_signature_that_does_not_hold(tmp_path):
    entries = trail(random.Random(1), 3)
    kept = Checkpoint(3, entries[-1][1], entries[0][1], entries[-1][0].at)
    text = signed(kept, Ed25519PrivateKey.generate())
    told_ = json.loads(text)
    file = tmp_path / "kept.json"
    file.write_text(json.dumps({**told_, "entries": 2, "hash": entries[1][1]}))
    done = run(written(entries, tmp_path), file)
    assert done.returncode == 1
    assert "signature" in done.stderr


def test_the_program_imports_nothing_of_palermo():
    lines = [line for line in PROGRAM.read_text().splitlines() if line.startswith(("import", "from"))]
    assert lines
    assert not [line for line in lines if "palermo" in line]


def test_the_program_is_short_enough_to_be_read():
    lines = PROGRAM.read_text("utf-8").splitlines()
    assert sum(bool(line.strip()) for line in lines) <= 100
