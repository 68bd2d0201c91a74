"""Fuzzy and recurring time: the words of a plan, the EDTF they stand for, the first and the last day.

`read` understands English, French, Dutch and German and refuses to guess: what its grammar does not know
whole is *unread*, with its words kept.
"""

from palermo.timing.edtf import bounds, due_after, occurrences
from palermo.timing.frequency import Frequency
from palermo.timing.grammar import Timing, read, read_frequency
from palermo.timing.phrases import phrases

__all__ = ["Frequency", "Timing", "bounds", "due_after", "occurrences", "phrases", "read", "read_frequency"]
