"""A backup comes back whole on another machine, or it is refused and nothing is written.

The office of version 0.1.0 that stands in `tests/data` is brought forward by every later version.
"""

import json
import random
import re
import tarfile

import psycopg
import pytest
from tests.drills.installation import OFFICE, ROOT, Installation

from palermo.backup import keeping, sealed
from palermo.errors import Refused

OLD = ROOT / "tests/data/office-0.1.0.tar.gz"
HUNDRED = 100


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """A pair of keys that lies on no machine of an office: the file, and the public half."""
    file = tmp_path_factory.mktemp("keys") / "office.key"
    return file, keeping.new_key(file)


@pytest.fixture(scope="module")
def backup(sqlite, keys, tmp_path_factory):
    """A backup of an office in which a round is open and something was answered."""
    sqlite.done(OFFICE, "go-on")
    file = tmp_path_factory.mktemp("backup") / "office.age"
    made = json.loads(sqlite.done("-m", "palermo", "backup", str(file), "--for", keys[1], "--json"))
    assert made["records"] > 100
    return file


def restored(file, key, office):
    """What `palermo restore` says."""
    return json.loads(office.done("-m", "palermo", "restore", str(file), "--key", str(key), "--json"))


def empty(office, tmp_path, name):
    """An installation in which nothing is, of the same kind of database."""
    if not office.database:
        return Installation(tmp_path / name)
    with psycopg.connect(office.database.replace("/office?", "/postgres?"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return Installation(tmp_path / name, office.database.replace("/office?", f"/{name}?"))


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
@pytest.mark.parametrize("out_of", ["sqlite", "postgresql"])
def test_an_office_comes_back_whole_in_either_kind_of_database_and_works_on(
    request, out_of, into, keys, tmp_path
):
    office = request.getfixturevalue(out_of)
    file = tmp_path / "office.age"
    made = json.loads(office.done("-m", "palermo", "backup", str(file), "--for", keys[1], "--json"))
    again = empty(request.getfixturevalue(into), tmp_path, f"from_{out_of}_into_{into}")
    told = restored(file, keys[0], again)
    assert (told["records"], told["files"], told["holds"]) == (made["records"], made["files"], True)
    before, now = office.opened(), again.opened()
    for one in (before, now):  # a migration notes from which directory it derived how measures stand
        one["records"].pop("plan.Derived")
    assert now == before
    after = again.gone_on()
    assert after["after"]["records"]["plan.Contribution"] == after["records"]["plan.Contribution"] + 1
    assert after["after"]["holds"], "the trail goes on from where it stood"


def test_somebody_who_works_meanwhile_is_not_kept_waiting_and_not_half_in_it(sqlite, keys, tmp_path):
    office = sqlite.copied("at-work")
    worker = office.started(OFFICE, "answer")
    assert worker.stdout.readline()
    file = tmp_path / "office.age"
    office.done("-m", "palermo", "backup", str(file), "--for", keys[1])
    assert worker.stdout.readline(), "answers went on"
    worker.kill()
    worker.communicate()
    again = Installation(tmp_path / "again")
    assert restored(file, keys[0], again)["holds"] is True
    opened = again.opened()
    assert len(opened["contributions"]) == opened["records"]["plan.Contribution"]


def test_no_word_of_the_office_lies_in_a_backup_or_beside_it(backup):
    content = backup.read_bytes()
    assert content.startswith(b"age-encryption.org")
    assert not re.search(rb"Ana|plan_|Bureau|\"rows\"", content[1_000:])
    assert [one.name for one in backup.parent.iterdir()] == [backup.name], "nothing else was left"


def spoiled(content, chance, how):
    """The bytes of a backup after an accident."""
    at = chance.randrange(len(content))
    if how == "cut":
        return content[:at]
    if how == "grown":
        return content + bytes([chance.randrange(256)])
    return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]


@pytest.mark.parametrize("how", ["flipped", "cut", "grown"])
def test_a_backup_that_is_not_as_it_was_written_is_refused(backup, keys, tmp_path, how):
    chance, content = random.Random(how), backup.read_bytes()
    file = tmp_path / "spoiled.age"
    for _ in range(HUNDRED):
        file.write_bytes(spoiled(content, chance, how))
        with pytest.raises(Refused) as refused:
            keeping.looked_through(file, keys[0])
        assert refused.value.code in {"backup-damaged", "wrong-key"}


def test_no_other_key_opens_a_backup(backup, tmp_path):
    for number in range(HUNDRED):
        other = tmp_path / f"{number}.key"
        keeping.new_key(other)
        with pytest.raises(Refused) as refused:
            keeping.looked_through(backup, other)
        assert refused.value.code == "wrong-key"


def resealed(members, keys, file):
    """A backup that somebody made who knows the public key, and nothing else."""
    sealed.write(file, members, [keys[1]])
    return file


def opened(backup, keys):
    found = []
    sealed.read(backup, keys[0], found.extend)
    return found


@pytest.mark.parametrize(
    "member", [("home/../outside", b"x"), ("home/files/../../outside", b"x"), ("home/palermo.sqlite3", b"x")]
)
def test_a_backup_of_a_strangers_making_writes_nowhere_else(backup, keys, tmp_path, member):
    members = opened(backup, keys)
    manifest = json.loads(members[-1][1])
    manifest["files"][member[0].removeprefix("home/")] = sealed.digest(member[1])
    forged = [*members[:-1], member, ("manifest.json", json.dumps(manifest).encode())]
    file = resealed(forged, keys, tmp_path / "forged.age")
    office = Installation(tmp_path / "office")
    child = office.started("-m", "palermo", "restore", str(file), "--key", str(keys[0]), "--json")
    told, wrong = child.communicate(timeout=120)
    assert child.returncode == 1, wrong
    assert json.loads(told)["refused"]["code"] == "backup-foreign"
    assert not (tmp_path / "outside").exists()
    assert not list(office.home.glob("*.restoring*"))


def test_a_row_that_was_changed_on_the_way_is_refused_and_nothing_stays(backup, keys, tmp_path):
    members = opened(backup, keys)
    name, content = next(one for one in members if one[0].startswith("records/plan.contribution/"))
    forged = [one if one[0] != name else (name, content.replace(b"And on", b"No")) for one in members]
    with pytest.raises(Refused):
        keeping.looked_through(resealed(forged, keys, tmp_path / "forged.age"), keys[0])


def test_nothing_is_brought_back_over_an_office(sqlite, backup, keys):
    child = sqlite.started("-m", "palermo", "restore", str(backup), "--key", str(keys[0]), "--json")
    told, _wrong = child.communicate(timeout=120)
    assert json.loads(told)["refused"]["code"] == "not-empty"


def of_the_first_version(keys, folder):
    """The office that version 0.1.0 left, closed with the keys of this drill."""
    with tarfile.open(OLD) as archive:
        members = [(one.name, archive.extractfile(one).read()) for one in archive]
    return resealed(members, keys, folder / "office-0.1.0.age")


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_the_office_of_the_first_version_is_brought_forward_with_all_it_knows(request, into, keys, tmp_path):
    file = of_the_first_version(keys, tmp_path)
    again = empty(request.getfixturevalue(into), tmp_path, f"first_into_{into}")
    assert restored(file, keys[0], again)["holds"] is True
    status = ["plan", "status", "--plan", "be-2015-2019", "--on", "2017-03-01", "--as", "bureau-secretary"]
    told = json.loads(again.done("-m", "palermo", *status, "--json"))
    assert told["by_status"] == {
        "not-started": 1,
        "limited": 3,
        "substantial": 3,
        "completed": 3,
        "abandoned": 0,
        "replaced": 1,
        "no-answer": 19,
    }
    assert (told["measures"], told["due"], told["overdue"]) == (30, 8, 14)
    verified = json.loads(again.done("-m", "palermo", "audit", "verify", "--json"))
    assert (verified["entries"], verified["holds"]) == (33, True)
