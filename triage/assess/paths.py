"""One walk through a flow: how far a case has come in it."""

from typing import NamedTuple


class Walk(NamedTuple):
    """One walk: flow, what it is about (`A>B`, `A-B`, `A` or empty), the path in order, the next question or none."""

    flow: str
    about: str
    path: tuple[str, ...]
    next: str | None
