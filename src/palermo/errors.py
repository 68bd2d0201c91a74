"""What a person is told when something is refused. Anything else that goes wrong is a bug and crashes."""

from __future__ import annotations


def words(text: str) -> str:
    """Mark a sentence for the translation catalogues and return it unchanged."""
    return text


class Refused(Exception):
    """Something was refused: a code for machines, a sentence that says what, and what to do next.

    `says` and `next` are English sentences marked with `words`; they may hold `{names}`, filled from
    `params`. Whoever shows them translates the sentence first and fills it after.
    """

    def __init__(self, code: str, says: str, next: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.says = says
        self.next = next
        self.params = params

    @property
    def message(self) -> str:
        """The refusal in English."""
        return self.says.format(**self.params)

    @property
    def what_next(self) -> str:
        """What to do next, in English."""
        return self.next.format(**self.params)

    def __str__(self) -> str:
        return f"{self.message} {self.what_next}"
