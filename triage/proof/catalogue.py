"""Look up what the catalogue of outcomes and alerts must say; a finite list is looked through, not proved."""

from collections.abc import Iterator

from triage.routing.laws import Demand, Invariant
from triage.routing.rules import Alert, DecisionRules, Outcome


def missing_in_catalogue(rules: DecisionRules, invariant: Invariant) -> tuple[str, ...]:
    """Give a plain sentence for each thing that an invariant demands of the catalogue and that is not so."""
    return tuple(sentence for demand in invariant.catalogue for sentence in _missing(rules, demand))


def _missing(rules: DecisionRules, demand: Demand) -> Iterator[str]:
    if demand.of == "outcomes":
        for name in demand.ids:
            yield from _missing_of_outcome(rules.outcomes[name], demand)
    else:
        for alert in rules.alerts:
            if alert.id in demand.ids:
                yield from _missing_of_alert(alert, demand)


def _missing_of_outcome(outcome: Outcome, demand: Demand) -> Iterator[str]:
    for word in demand.never_with:
        if word not in outcome.never_with:
            yield f"{outcome.id} does not say that it never goes with `{word}`."
    for word in demand.companions:
        if word not in outcome.companions:
            yield f"{outcome.id} does not say that it needs `{word}`."
    if demand.dose and not outcome.dose:
        yield f"{outcome.id} has no text on dose and facilitation."
    actions = {(action.owner, action.deadline) for action in outcome.actions}
    if demand.owner and (demand.owner, demand.deadline) not in actions:
        yield f"{outcome.id} has no action of `{demand.owner}` by `{demand.deadline}`."


def _missing_of_alert(alert: Alert, demand: Demand) -> Iterator[str]:
    if demand.owner and demand.owner not in alert.owner:
        yield f"{alert.id} is not answered for by `{demand.owner}`."
    for wanted, said, what in (
        (demand.deadline, alert.deadline, "deadline"),
        (demand.tier, alert.tier, "tier"),
    ):
        if wanted and wanted != said:
            yield f"The {what} of {alert.id} is `{said}`, not `{wanted}`."
    if demand.seen_by and set(alert.visible) != set(demand.seen_by):
        yield f"{alert.id} may be seen by {', '.join(sorted(alert.visible))}, not by {', '.join(demand.seen_by)} alone."
