"""Places in lists of referrals, as addresses hold them: an order, a time, an opaque id; nothing that anybody said."""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

PAGE: Final = 50
"""Referrals on a page, and so the most that one page decrypts of a list."""
_WRITTEN: Final = re.compile(r"([0-9])-([0-9]{1,12})-([0-9a-f]{32})")


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list: the part of the list, when it was sent (a draft: its day began), in seconds; the id."""

    rank: int
    seconds: int
    id: UUID

    @property
    def order(self) -> tuple[int, int, str]:
        """What a list that begins with the longest waiting is sorted by."""
        return self.rank, self.seconds, self.id.hex

    @property
    def text(self) -> str:
        """The same for an address."""
        return f"{self.rank}-{self.seconds}-{self.id.hex}"


def cursor_of(text: str) -> Cursor | None:
    """Read a place as an address holds it; None, which is the beginning, for anything else."""
    found = _WRITTEN.fullmatch(text)
    return Cursor(int(found[1]), int(found[2]), UUID(found[3])) if found else None
