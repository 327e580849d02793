"""How a try to say something outside failed, in a word of ours: nothing that a server answered is kept."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failed:
    """Why it failed; `for_good` when trying again by itself cannot help.

    `collides`: the address is also a contact point of a person in the record. Only the support side is told.
    """

    fault: str
    for_good: bool = False
    collides: bool = False
