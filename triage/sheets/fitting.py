"""Which sheets fit a signed route: by its outcomes; and one neutral sheet for everything that is held."""

from collections.abc import Mapping

from triage.flow.problems import Problem, nearest
from triage.routing.decision import PersonRoute
from triage.routing.rules import Outcome
from triage.sheets.model import Catalogue, SheetDefinition

NOT_STARTING = "not-starting-now"
"""The one sheet for a person using harm with whom nothing starts, whatever the reason is (7.1)."""
FIRST_CONTACT = "first-contact"
"""The sheet that everybody gets who comes to the programme, so that it tells nothing."""
CHILD_USING_FORCE = "O-CAPVA"
"""Leads to a sheet of the programme without a determination: where a child uses force, nobody is primary (11.2)."""
OF_THE_PROGRAMME = frozenset({"using-harm", "young-using-harm"})
AGES: Mapping[str, range] = {"child-5-8": range(5, 9), "child-9-12": range(9, 13), "young-13-17": range(13, 18)}
FILE = "sheets/catalogue.yml"


def fitting(catalogue: Catalogue, result: str, route: PersonRoute) -> tuple[SheetDefinition, ...]:
    """Give the sheets that fit the signed result of a pair for one person.

    Input: the catalogue, the signed result (`W_A`, `W_REVIEW`, …) and the route of the person. Output: the sheets, in
    the order of the catalogue. A person who was determined to use harm gets the sheet of the route when work may start,
    and otherwise the one neutral sheet: neither which hold stands nor what it rests on changes it (7.1, clause 1.1).
    """
    if result == f"W_{route.person}":
        if not route.effective:
            return (catalogue.sheets[NOT_STARTING],)
        return of_a_start(catalogue, route.outcomes)
    child = _for_outcomes(catalogue, tuple({CHILD_USING_FORCE} & {*route.outcomes}), OF_THE_PROGRAMME)
    return (*child, *_for_outcomes(catalogue, route.outcomes, _audiences(catalogue) - OF_THE_PROGRAMME))


def of_a_start(catalogue: Catalogue, outcomes: tuple[str, ...]) -> tuple[SheetDefinition, ...]:
    """Give the sheets for somebody who uses harm with whom these outcomes start; none when nothing starts."""
    return _for_outcomes(catalogue, outcomes, OF_THE_PROGRAMME)


def for_child(catalogue: Catalogue, age: int) -> tuple[SheetDefinition, ...]:
    """Give the sheet for a child or young person of that age who is affected; none below five and from eighteen."""
    return tuple(sheet for sheet in catalogue.sheets.values() if age in AGES.get(sheet.audience, ()))


def is_for_child(sheet: SheetDefinition) -> bool:
    """Say whether a sheet is for a child or young person who is affected."""
    return sheet.audience in AGES


def _audiences(catalogue: Catalogue) -> frozenset[str]:
    return frozenset(sheet.audience for sheet in catalogue.sheets.values())


def _for_outcomes(
    catalogue: Catalogue, outcomes: tuple[str, ...], audiences: frozenset[str]
) -> tuple[SheetDefinition, ...]:
    return tuple(
        sheet
        for sheet in catalogue.sheets.values()
        if sheet.id != NOT_STARTING and sheet.audience in audiences and not set(sheet.outcomes).isdisjoint(outcomes)
    )


def outcome_problems(catalogue: Catalogue, outcomes: Mapping[str, Outcome]) -> tuple[Problem, ...]:
    """Give what does not fit the outcomes: unknown ones, holds with a sheet of their own, work without any sheet."""
    neutral = catalogue.sheets.get(NOT_STARTING)
    if neutral is None:
        return (Problem("T001", f"There is no sheet `{NOT_STARTING}`.", FILE),)
    found = []
    for sheet in catalogue.sheets.values():
        for name in sheet.outcomes:
            if name not in outcomes:
                sentence = f"`{name}` of `{sheet.id}` is no outcome."
                found.append(Problem("T001", sentence, FILE, near=nearest(name, outcomes)))
            elif outcomes[name].hold and sheet is not neutral:
                found.append(Problem("T017", f"`{sheet.id}` would tell that `{name}` stands.", FILE))
    covered = {name for sheet in catalogue.sheets.values() for name in sheet.outcomes}
    for name, outcome in outcomes.items():
        if outcome.hold and name not in neutral.outcomes:
            found.append(Problem("T017", f"`{NOT_STARTING}` is not given for `{name}`.", FILE))
        elif outcome.perpetrator_focused and name not in covered:
            found.append(Problem("T002", f"No sheet is for `{name}`.", FILE))
    return tuple(found)
