"""The directory as a value, without a database: who is meant by a name, and who belongs to what on a day.

A party is found by a whole name or not at all; nothing is guessed.
"""

from palermo.organisations.directory.file import SORTS, load, read
from palermo.organisations.directory.value import Contact, Directory, Member, Party

__all__ = ["SORTS", "Contact", "Directory", "Member", "Party", "load", "read"]
