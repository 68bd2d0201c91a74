"""A checkpoint that was kept elsewhere finds what the chain alone cannot see."""

from datetime import UTC, datetime

import pytest

from palermo.audit.action import append
from palermo.audit.chain import START, Link
from palermo.audit.checkpoints import Checkpoint, public, read, signed, signing_key
from palermo.audit.models import Entry, Head
from palermo.audit.queries import differs_from, links, signed_checkpoint, verify_chain
from palermo.audit.tests.make import DAY, Somebody, told
from palermo.audit.tests.test_trail import changed
from palermo.errors import Refused


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = tmp_path
    return tmp_path


def rewritten(begin, words="nothing happened"):
    """What the owner of a database does: take the triggers away, change an entry, link everything anew."""
    entries = list(Entry.objects.filter(seq__gte=begin).order_by("seq"))
    before = Entry.objects.filter(seq=begin - 1).values_list("hash", flat=True).first() or START
    for entry in entries:
        entry.actor_name, entry.previous = words, before
        own = {one: getattr(entry, one) for one in Link.__dataclass_fields__}
        before = Link(**own).hash()
        changed(
            "UPDATE audit_entry SET actor_name = %s, previous = %s, hash = %s WHERE seq = %s",
            entry.actor_name,
            entry.previous,
            before,
            entry.seq,
        )
    changed("UPDATE audit_head SET hash = %s", before)


def cut(last):
    """Take the newest entries away and set the head back."""
    hash_ = Entry.objects.get(seq=last).hash
    changed("DELETE FROM audit_entry WHERE seq > %s", last)
    changed("UPDATE audit_head SET seq = %s, hash = %s", last, hash_)


@pytest.mark.django_db
def test_a_trail_that_went_on_agrees_with_every_earlier_checkpoint():
    kept = [signed_checkpoint()]
    for _ in range(3):
        told(4)
        kept.append(signed_checkpoint())
    told(2)
    assert [differs_from(read(one)) for one in kept] == [None] * 4


@pytest.mark.django_db
@pytest.mark.parametrize("last", [1, 7, 11])
def test_a_tail_that_was_cut_is_found_though_the_chain_holds(last):
    told(12)
    kept = read(signed_checkpoint())
    cut(last)
    assert verify_chain().broken_at is None
    assert differs_from(kept) == "cut"


@pytest.mark.django_db
def test_a_tail_that_was_cut_and_grew_again_is_found():
    told(12)
    kept = read(signed_checkpoint())
    cut(7)
    told(9)
    assert verify_chain().broken_at is None
    assert differs_from(kept) == "rewritten"


@pytest.mark.django_db
@pytest.mark.parametrize("begin", [1, 5, 12])
def test_a_chain_that_was_linked_anew_to_its_end_is_found(begin):
    told(12)
    kept = read(signed_checkpoint())
    rewritten(begin)
    assert verify_chain().broken_at is None
    assert differs_from(kept) == ("another-trail" if begin == 1 else "rewritten")


@pytest.mark.django_db
def test_a_database_in_the_place_of_another_is_found():
    told(12)
    kept = read(signed_checkpoint())
    changed("DELETE FROM audit_entry")
    changed("UPDATE audit_head SET seq = 0, hash = %s", START)
    told(20)
    assert verify_chain().broken_at is None
    assert differs_from(kept) == "another-trail"


@pytest.mark.django_db
def test_an_installation_whose_key_was_replaced_too_is_found(home):
    told(3)
    kept = read(signed_checkpoint())
    (home / "checkpoint.key").unlink()
    assert differs_from(kept) == "another-key"


def test_a_checkpoint_that_somebody_changed_is_refused(home):
    stands = Checkpoint(12, "a" * 64, "b" * 64, datetime(2017, 3, 1, 12, tzinfo=UTC))
    text = signed(stands, signing_key(home))
    assert read(text).key == public(signing_key(home))
    for at, sign in enumerate(text.rstrip()):
        other = "0" if sign != "0" else "1"
        with pytest.raises(Refused):
            read(text[:at] + other + text[at + 1 :])


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", "null", "x" * 9_000, '{"format":"trail-checkpoint-1"}']
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(Refused) as refused:
        read(text)
    assert refused.value.code == "no-checkpoint"


def test_the_key_is_its_owners_alone(home):
    signing_key(home)
    assert (home / "checkpoint.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_entries_from_before_the_digest_still_hold():
    told(2)
    head = Head.objects.get(id=1)
    old = Link(3, datetime.now(UTC), DAY, "account:7", "Ana", "test.tell", "", '{"words":"x"}', "", head.hash)
    own = {one: getattr(old, one) for one in Link.__dataclass_fields__}
    Entry.objects.create(hash=old.hash(), **own)
    Head.objects.filter(id=1).update(seq=3, hash=old.hash())
    append(Somebody(), DAY, "test.tell", None, {"words": "after"})
    assert (verify_chain().entries, verify_chain().broken_at) == (4, None)


@pytest.mark.django_db
def test_an_entry_is_not_taken_for_one_from_before_the_digest():
    """Its digest in the place of its detail would give the same hash."""
    told(3)
    changed("UPDATE audit_entry SET detail = detail_digest, detail_digest = '' WHERE seq = 2")
    assert (verify_chain().broken_at, verify_chain().reason) == (2, "changed")


@pytest.mark.django_db
def test_a_digest_is_never_that_of_other_words():
    told(3)
    changed("UPDATE audit_entry SET detail = '{}' WHERE seq = 2")
    assert [one for one, _ in links()][1].detail == "{}"
    assert verify_chain().broken_at == 2
