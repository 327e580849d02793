"""Whose letters a page shows where the rules say A and B: the one place that decides it, for any pair of a case.

The rules speak of the two of a pair as A and B (`W_A`, `CTRL_AB`), whoever they are. A page names the persons by their
letters in the case, and only such as its reader sees: the pairs come from what was opened for that reader (ADR 0054).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from triage.cases.members import pair_of
from triage.cases.record import Pair
from triage.web.shared.translation import translated as _


@dataclass(frozen=True, slots=True)
class Letters:
    """How a page names the two whom the rules call A and B."""

    first: str
    second: str

    def of(self, role: str) -> str:
        """Name the person of a role (`A`, `B`); anything else is left as it is."""
        return {"A": self.first, "B": self.second}.get(role, role)

    def both(self, roles: str) -> list[str]:
        """Name whom a suffix means (`AB`, `BA`, `A`), then the other one of the two."""
        return [self.of(roles[:1]), self.of("A" if roles[:1] == "B" else "B")]

    def direction(self, role: str) -> str:
        """Name the direction from the person of a role towards the other (`C>K`); nobody is from A, the first."""
        return ">".join(self.both(role))


OPENING = Letters("A", "B")
"""The two with whom every case is opened, and the two of every example of the rules."""


def letters_of(about: str, pairs: Iterable[Pair] = ()) -> Letters:
    """Say how a page names the two whom something speaks of.

    Inputs: the place of an answer or act (`C-K`, `C>K`, `C` or empty), and the pairs of the case that the reader sees.
    What is about the whole case is of its only pair; where there are several it names nobody.
    """
    if len(about) > 1:
        two = pair_of(about[0], about[-1])
        return Letters(two.a, two.b)
    near = tuple(dict.fromkeys(one for one in pairs if not about or about in (one.a, one.b)))
    if len(near) == 1:
        return Letters(near[0].a, near[0].b)
    return Letters(_("the first of a pair"), _("the second of a pair")) if near else OPENING


def others_of(person: str, pairs: Iterable[Pair]) -> str:
    """Name everybody with whom a person is one of a pair that the reader sees, as `B` or `B / M`; empty for nobody."""
    return " / ".join(one.b if one.a == person else one.a for one in pairs if person in (one.a, one.b))
