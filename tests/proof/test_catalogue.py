"""What an invariant demands of the catalogue is looked up, and each thing that is missing is said."""

from dataclasses import replace

import pytest

from tests.routing.decisions import decider
from triage.proof.catalogue import missing_in_catalogue
from triage.proof.proofs import COUNTEREXAMPLE
from triage.proof.proving import Prover
from triage.routing.decide import Decider
from triage.routing.laws import Demand, Invariant
from triage.routing.rules import DecisionRules


def demanding(demand: Demand) -> Invariant:
    return Invariant("INV-99", "operational", ("1.1",), catalogue=(demand,))


def test_the_shipped_catalogue_says_all_that_is_demanded() -> None:
    rules = decider().rules
    assert [missing_in_catalogue(rules, one) for one in rules.invariants] == [()] * 44
    assert sum(len(one.catalogue) for one in rules.invariants) > 20


@pytest.mark.parametrize(
    ("demand", "sentence"),
    [
        (Demand("outcomes", ("O-EMERG",), never_with=("tea",)), "O-EMERG does not say that it never goes with `tea`."),
        (Demand("outcomes", ("O-CARE",), companions=("tea",)), "O-CARE does not say that it needs `tea`."),
        (Demand("outcomes", ("O-CARE",), dose=True), "O-CARE has no text on dose and facilitation."),
        (
            Demand("outcomes", ("O-CASE-HOLD",), owner="safety-lead", deadline="8-weeks"),
            "O-CASE-HOLD has no action of `safety-lead` by `8-weeks`.",
        ),
        (Demand("alerts", ("AL-HBA",), owner="panel"), "AL-HBA is not answered for by `panel`."),
        (Demand("alerts", ("AL-HBA",), deadline="never"), "The deadline of AL-HBA is `same-day`, not `never`."),
        (Demand("alerts", ("AL-HBA",), tier="red"), "The tier of AL-HBA is `amber`, not `red`."),
        (Demand("alerts", ("AL-NFS",), seen_by=("V",)), "AL-NFS may be seen by S, V, not by V alone."),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_missing_is_said(demand: Demand, sentence: str) -> None:
    assert missing_in_catalogue(decider().rules, demanding(demand)) == (sentence,)


def test_an_invariant_of_which_the_catalogue_lacks_something_is_broken() -> None:
    rules = shown_to_everybody(decider().rules)
    invariant = next(one for one in rules.invariants if one.id == "INV-32")
    proof = Prover(Decider(rules)).prove(invariant)
    assert proof.status == COUNTEREXAMPLE
    assert proof.written()["example"] == ["AL-COUNTER may be seen by D, P, not by D alone."]


def shown_to_everybody(rules: DecisionRules) -> DecisionRules:
    alerts = tuple(
        replace(one, visible={"D": "full", "P": "full"}) if one.id == "AL-COUNTER" else one for one in rules.alerts
    )
    return replace(rules, alerts=alerts)
