"""Set one layout with Typst, in a process of its own that can open nothing.

The layout may come from outside. Before it is looked at, the process gives up opening files and connections
(every one needs a file descriptor, and none is left), and most of its memory and time. Reads a JSON object
on standard input; writes the PDF, or one JSON object that says what is wrong and where, with exit code 3.
"""

from __future__ import annotations

import json
import re
import resource
import sys

import typst

MEMORY = 1024 * 1024 * 1024  # bytes
SECONDS = 60  # of the processor
UNSHOWN = 40  # how often a sign that no font has is sought
WRONG = 3  # the exit code for a layout that Typst does not accept


def closed() -> None:
    """Give up what a layout does not need."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def typeset(layout: bytes, report: str, at: int) -> bytes:
    """The PDF; a sign that Typst's own fonts do not have is written as its number, [U+1F600]."""
    for _ in range(UNSHOWN):
        try:
            made: bytes = typst.compile(
                layout,
                ignore_system_fonts=True,  # the same bytes on every machine
                format="pdf",
                sys_inputs={"report": report},
                pdf_standards="ua-1",
                timestamp=at,
            )
        except typst.TypstError as wrong:
            signs = unshown(wrong.message)
            if not any(sign in report for sign in signs):
                raise
            for sign in signs:
                report = report.replace(sign, f"[U+{ord(sign):04X}]")
        else:
            return made
    raise typst.TypstError("too many signs that the fonts do not have", "")


def unshown(message: str) -> set[str]:
    """The signs that Typst says it cannot show."""
    found = re.search(r'the text `"(.+)"` could not be displayed', message)
    text = re.sub(r"\\u\{([0-9a-f]+)\}", lambda one: chr(int(one[1], 16)), found[1]) if found else ""
    return {sign for sign in text if not sign.isascii()}


def main() -> None:
    """Set what comes in."""
    asked = json.load(sys.stdin)
    closed()
    try:
        made = typeset(asked["layout"].encode(), asked["report"], asked["at"])
    except typst.TypstError as wrong:
        place = re.search(r"\.typ:(\d+):", wrong.diagnostic)
        told = {"why": wrong.message.split(" (")[0], "line": place[1] if place else ""}
        sys.stdout.write(json.dumps(told))
        sys.exit(WRONG)
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
