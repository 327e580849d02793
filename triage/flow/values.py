"""How strongly a finding stands, in one small integer: known 0-4, unknown, or withdrawn with its last strength.

Source: domain pages 11.0 and 12.1. `was 0` is the same as unknown. The encoding is chosen so that the
predicates of the decision are single comparisons, in this file, in compiled rules and in columns of a simulation:

    known v         ->  v            (0, 1, 2, 3, 4)
    unknown         -> -1
    withdrawn, was n -> -1 - n       (-2, -3, -4, -5)
"""

from typing import NewType

Strength = NewType("Strength", int)
"""An encoded strength: 0 to 4 when known, -1 unknown, -1 - n withdrawn from n (n from 1 to 4)."""

UNKNOWN = Strength(-1)
RULED_OUT = Strength(0)
POSSIBLE = Strength(1)
INDICATED = Strength(2)
CORROBORATED = Strength(3)
ESTABLISHED = Strength(4)


def withdrawn(last: int) -> Strength:
    """Give the strength of a finding taken back at `last` (0 to 4); from 0 it is simply unknown."""
    return Strength(-1 - last)


def last_strength(strength: Strength) -> int:
    """Give the last known strength, 0 to 4: the strength itself when known, n for `was n`, 0 when unknown."""
    return strength if strength >= 0 else -1 - strength


def indicated(strength: Strength, level: int = 2) -> bool:
    """`ind`: known and at `level` or more. What permits reads this."""
    return strength >= level


def possible(strength: Strength) -> bool:
    """`poss`: cannot be excluded, so not known now, or known at 1 or more. What protects reads this."""
    return strength != 0


def standing(strength: Strength, level: int = 2) -> bool:
    """`on`: known or withdrawn at `level` or more."""
    return strength >= level or strength <= -1 - level


def not_known(strength: Strength) -> bool:
    """`unk`: not known now, whether never known or withdrawn."""
    return strength < 0


def doubtful(strength: Strength) -> bool:
    """`doubt`: not known now, or known at exactly 1. What must be settled before a start reads this."""
    return strength < 0 or strength == 1


def in_words(strength: Strength) -> int | str:
    """Write a strength as the fixed formats do: 0 to 4, `unknown`, or `was N`."""
    if strength >= 0:
        return int(strength)
    return "unknown" if strength == UNKNOWN else f"was {-1 - strength}"


def from_words(written: object) -> Strength | None:
    """Read a strength as the fixed formats write it; None when it is none (2.0 and true are none, too)."""
    if isinstance(written, bool):
        return None
    if isinstance(written, int):
        return Strength(written) if 0 <= written <= 4 else None
    if not isinstance(written, str):
        return None
    words = written.split()
    if words == ["unknown"]:
        return UNKNOWN
    if len(words) == 2 and words[0] == "was" and words[1] in {"0", "1", "2", "3", "4"}:
        return withdrawn(int(words[1]))
    return Strength(int(written)) if written in {"0", "1", "2", "3", "4"} else None
