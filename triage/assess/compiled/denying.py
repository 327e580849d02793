"""What a rule asks about "not found": of which finding and question, by whom, about whom; made ready once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from triage.assess.worth.competence import BY_ACCOUNTS, COMPETENCE, Judge, Told

if TYPE_CHECKING:
    from triage.assess.compiled.compiling import CompiledRulebook, Program

Asked = tuple[int, str, str, str]
"""A slot, a question, a competence (empty: that of the finding), a person or direction (empty: any)."""


@dataclass(frozen=True, slots=True)
class Denying:
    """One such question made ready.

    `question` is empty where the slot is ruled out by one question alone. `by_accounts`: contacts and days count, which
    no wording tells. `wanted` are the codes that must all have been ruled out, if any.
    """

    slot: int
    question: str
    orientation: str
    judge: Judge
    x: str
    y: str
    by_accounts: bool
    wanted: frozenset[str] | None


class Denyings(dict[Asked, Denying]):
    """What is asked, made ready when it is first asked."""

    def __init__(self, book: "CompiledRulebook") -> None:
        super().__init__()
        self._book = book

    def __missing__(self, asked: Asked) -> Denying:
        self[asked] = ready = made_ready(self._book.programs_by_slot[asked[0]], asked)
        return ready


def made_ready(program: "Program", asked: Asked) -> Denying:
    """Look up once what the program of a slot says of it."""
    slot, question, competence, orientation = asked
    alone = len(program.ruled_out_by) == 1
    return Denying(
        slot,
        "" if alone else question,
        orientation,
        COMPETENCE[competence] if competence else program.judge,
        program.x,
        program.y,
        (competence or program.slot.finding.competent) in BY_ACCOUNTS,
        program.complete.get(question),
    )


def judged(asked: Denying, told: Sequence[Told]) -> bool:
    """Whether those who said "not found" settle what is asked."""
    if asked.orientation:
        told = [one for one in told if one.table.orientation == asked.orientation]
    if not told:
        return False
    if asked.wanted is None:
        return asked.judge(told, asked.x, asked.y)
    competent = [one.codes for one in told if asked.judge([one], asked.x, asked.y)]
    return asked.wanted <= frozenset().union(*competent)
