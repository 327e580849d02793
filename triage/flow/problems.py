"""What can be wrong with a flow, a rule or a case file: one problem with its code, place and nearest known name."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_NAME = 100
LONGEST_MESSAGE = 400


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: a code, a plain sentence, where it stands (line from 1, 0 when unknown), the nearest known name."""

    code: str
    message: str
    file: str = ""
    line: int = 0
    near: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: " if self.file else ""
        return f"{place}{self.code} {self.message}" + (f" Did you mean `{self.near}`?" if self.near else "")


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the known name closest to `word`, or nothing when none is close."""
    near = [name for name in known if len(name) <= LONGEST_NAME] if len(word) <= LONGEST_NAME else []
    found = difflib.get_close_matches(word, near, n=1, cutoff=0.6)
    return found[0] if found else ""


def shown(message: str) -> str:
    """A message as it may stand in a list or a terminal: one line of printable signs, of a length that can be read."""
    line = "".join(sign if sign.isprintable() else "\ufffd" for sign in message[:LONGEST_MESSAGE])
    return line + ("…" if len(message) > LONGEST_MESSAGE else "")
