"""How much a symbolic answer sheet can hold; what does not fit is said by name, never cut off."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """The size of a sheet.

    `accounts`: answers and non-answers to one question about one place. `days`: different dates on the whole sheet.
    `rows`: rows of one account with the same code that differ in what is read. `labels`: different dates (or other
    words) in a column by which counted elements are told apart, for each finding.
    """

    accounts: int = 2
    days: int = 3
    rows: int = 2
    labels: int = 3


class OutOfBounds(ValueError):
    """A record does not fit a sheet; the message says what does not."""
