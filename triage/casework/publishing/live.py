"""Whether work with a person may start, as it is now: from the whole record, in one code whatever holds.

This is the one thing that passes the wall by itself: a start that is effective, or one code without a reason (domain
0.5, 11.5). The signed result must concern the person, in every pair they belong to, known to their worker or not:
whoever may be harmed in one of them does not start.
"""

from triage.cases.compartments import result_for
from triage.cases.members import Reader, seen_by
from triage.cases.record import Pair
from triage.cases.roles import Side
from triage.casework.results import NOT_STARTING, START, Instruction
from triage.casework.service import Service
from triage.casework.standing import statements_of
from triage.casework.views import is_held, whole_record
from triage.routing.assessment import PairAssessment
from triage.store.cases import StoredCase
from triage.store.data_keys import PROGRAMME, SUPPORT, read_data_keys
from triage.store.work import Work

NOTHING_STARTS = Instruction(NOT_STARTING)


def live_positions(service: Service, work: Work, case: StoredCase) -> dict[str, Instruction]:
    """Give the position of everybody of a case, by letter, from what is recorded now."""
    with work.by_rules():
        whole = whole_record(work, case)
        assessed = service.rules.assessment(whole).pairs
        held = is_held(work, case)
        known = _known(work, case, tuple(whole.births))
    if held:
        return dict.fromkeys(whole.births, NOTHING_STARTS)
    return {letter: _position(assessed, letter, known[letter]) for letter in whole.births}


def _known(work: Work, case: StoredCase, letters: tuple[str, ...]) -> dict[str, frozenset[Pair]]:
    """By letter, the pairs of which the programme side's worker of that person may know."""
    stated = statements_of(work, read_data_keys(work, case.id, (SUPPORT, PROGRAMME)), case)
    readers = {letter: Reader(f"{Side.PROGRAMME}-{letter}", letter) for letter in letters}
    return {letter: frozenset(seen_by(reader, stated).pairs) for letter, reader in readers.items()}


def _position(assessed: tuple[PairAssessment, ...], own: str, known: frozenset[Pair]) -> Instruction:
    """Decide over every pair of a person; what is told comes from the pairs that their worker knows."""
    outcomes: set[str] = set()
    adaptations: set[str] = set()
    for one in assessed:
        result = result_for(own, one.pair.undirected)
        if not result:
            continue
        route = one.decision.routes[result.removeprefix("W_")]
        if one.decision.result != result or not route.effective:
            return NOTHING_STARTS
        if one.pair in known:
            outcomes.update(route.outcomes)
            adaptations.update(route.adaptations)
    if not outcomes:
        return NOTHING_STARTS
    return Instruction(START, tuple(sorted(outcomes)), tuple(sorted(adaptations)))
