"""Several rows as one: nothing of them is lost unseen."""

from palermo.plan.rules.merging import all_owners, differing, merged
from palermo.plan.rules.said import OwnerSaid, Said, TimingSaid

FOREIGN = OwnerSaid("FPS Foreign Affairs", "be/fps-foreign-affairs")
COLLEGE = OwnerSaid("College", "be/college", "with")
NOBODY = OwnerSaid("To be discussed", kind="undecided")
LATE = TimingSaid("Late 2015", "window", "2015-39")


def said(text, section="4.2", timing=LATE, owners=(FOREIGN,)):
    return Said("measure", section, text, timing, owners)


def test_what_rows_say_alike_is_kept():
    rows = [said("Write it"), said("Print it", owners=(OwnerSaid("FPS FA", "be/fps-foreign-affairs"),))]
    assert differing(rows) == []
    found = merged(rows)
    assert (found.text, found.section, found.timing, found.owners) == (
        "Write it\nPrint it",
        "4.2",
        LATE,
        (FOREIGN,),
    )


def test_where_rows_differ_nothing_is_taken_from_the_first():
    rows = [said("Write it"), said("Print it", "5", TimingSaid("2016"), (COLLEGE,))]
    assert differing(rows) == ["section", "timing", "owners"]
    found = merged(rows)
    assert (found.section, found.timing, found.owners) == ("", TimingSaid(), ())


def test_somebody_still_to_be_decided_does_not_join_who_is_known():
    rows = [said("Write it", owners=(FOREIGN, COLLEGE)), said("Print it", owners=(NOBODY, FOREIGN))]
    assert all_owners(rows) == (FOREIGN, COLLEGE)
    assert all_owners([said("Write it", owners=(NOBODY,))]) == (NOBODY,)
