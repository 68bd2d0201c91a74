"""Words that two names share and that a cell writes once: "Police fédérale et locale".

A shortened name counts only where the whole name that it stands for is in the directory.
"""

from __future__ import annotations

from collections.abc import Sequence

from palermo.organisations.directory import Directory, Party


def completed(
    text: str, before: str | None, after: str | None, party: Party | None, directory: Directory
) -> Party | None:
    """The party meant by a name that may lack the words it shares with its neighbours.

    `before` and `after` are the neighbours' names where only "and", a comma or a stroke parts them; `party`
    is whom the words mean by themselves: a portfolio is completed too, since it may be that of a service.
    """
    if party is not None and not portfolio(text, party, directory):
        return party
    for shared in heads(before) if before else ():
        if found := directory.find(f"{shared} {text}"):
            return found
    for shared in tails(after) if after and party is None else ():
        if found := directory.find(f"{text} {shared}"):
            return found
    return party


def portfolio(text: str, party: Party, directory: Directory) -> bool:
    """Whether a name is the bare name of a portfolio, which means its minister only by itself."""
    return party.sort == "minister" and not directory.spans(text, bare=False)


def heads(name: str) -> Sequence[str]:
    """The beginnings of a name, the longest first, without its whole."""
    words = name.split()
    return [" ".join(words[:most]) for most in range(min(len(words) - 1, 4), 0, -1)]


def tails(name: str) -> Sequence[str]:
    """The ends of a name, the longest first, without its whole."""
    words = name.split()
    return [" ".join(words[least:]) for least in range(max(1, len(words) - 4), len(words))]
