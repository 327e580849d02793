"""What an invariant demands of entries is looked up, and each thing that is missing is said."""

from dataclasses import replace

import pytest

from tests.proof.rule_sets import decider_of
from tests.proof.test_shipped_rules import shipped
from triage.proof.catalogue import LOOKS, missing_in_catalogue
from triage.proof.proofs import COUNTEREXAMPLE, PROVED, TESTED
from triage.proof.proving import Prover
from triage.routing.laws import Demand, Invariant
from triage.routing.loading import Loaded
from triage.routing.readers.demands import KEYS
from triage.routing.rules import DecisionRules

CORE = "The list core_findings_xy holds CTRL_xy, SEVPAT_xy, FEAR_xy, SPACE_xy, not A."
WRONG = (
    ("outcomes", "O-EMERG", "never_with", ("tea",), "O-EMERG does not say that it never goes with `tea`."),
    ("outcomes", "O-CARE", "companions", ("tea",), "O-CARE does not say that it needs `tea`."),
    ("outcomes", "O-CARE", "dose", ("true",), "O-CARE has no text on dose and facilitation."),
    ("outcomes", "O-CASE-HOLD", "action", ("x by y",), "O-CASE-HOLD has no action of `x by y`."),
    ("alerts", "AL-HBA", "owner", ("panel",), "AL-HBA is not answered for by `panel`."),
    ("alerts", "AL-HBA", "deadline", ("never",), "The deadline of AL-HBA is `same-day`, not `never`."),
    ("alerts", "AL-HBA", "tier", ("red",), "The tier of AL-HBA is `amber`, not `red`."),
    ("alerts", "AL-NFS", "seen_by", ("V full",), "AL-NFS may be seen by S label, V full, not by V full alone."),
    ("alerts", "AL-JOINT", "forms", ("P code",), "AL-JOINT may be seen by P rule; there, only P code may be seen."),
    ("gates", "O-JOINT-GATE", "latches", ("true",), "O-JOINT-GATE does not stay in force once it has fired."),
    ("acts", "W-SIGN", "about", ("person",), "W-SIGN is about the pair, not the person."),
    ("acts", "RESX-SIGN", "values", ("no",), "RESX-SIGN says one of signed, not one of no."),
    ("acts", "RESX-SIGN", "side", ("panel",), "RESX-SIGN is signed by the side `support`, not `panel`."),
    ("acts", "W-SIGN", "names", ("3",), "W-SIGN needs 2 names, not 3."),
    ("acts", "W-SIGN", "days", ("28",), "W-SIGN lasts 84 days (0: without end), not 28."),
    ("acts", "RESX-SIGN", "days", ("28",), "RESX-SIGN lasts 0 days (0: without end), not 28."),
    ("questions", "RD-11", "about", ("case",), "RD-11 is about the pair, not the case."),
    ("questions", "RI-03", "sources", ("REF",), "RI-03 may be answered by SELF, not by REF alone."),
    (
        "questions",
        "RI-16",
        "support_only",
        ("tie",),
        "The column `tie` of RI-16 may be filled by others than the support side.",
    ),
    ("findings", "CTRL", "compartment", ("V",), "CTRL may be read in D, not in V alone."),
    ("findings", "CTRL", "competent", ("any",), "Who may rule CTRL out is `harmed`, not `any`."),
    ("findings", "DANGER_NOW", "superseded_by", ("ISS",), "What supersedes DANGER_NOW is ISS, POL, OBS, not ISS."),
    ("lists", "core_findings_xy", "members", ("A",), CORE),
    ("kinds", "ordinal", "members", (), "There is no `ordinal` among the kinds."),
    ("kinds", "offered", "members", ("O-VS",), "Of the kind `offered` are O-HELP, not O-VS."),
    ("acts", "W-SAIN", "names", ("1",), "There is no `W-SAIN` among the acts."),
)  # fmt: skip


def demanding(demand: Demand) -> Invariant:
    return Invariant("INV-99", "operational", ("1.1",), catalogue=(demand,))


def with_rules(rules: DecisionRules) -> Loaded:
    return Loaded(shipped().book, decider_of(rules))


def test_the_shipped_flows_say_all_that_is_demanded() -> None:
    invariants = shipped().decider.rules.invariants
    assert [missing_in_catalogue(shipped(), one) for one in invariants] == [()] * 44
    assert sum(len(one.catalogue) for one in invariants) > 100


@pytest.mark.parametrize(("of", "entry", "key", "words", "sentence"), WRONG, ids=lambda one: str(one)[:20])
def test_what_is_missing_is_said(of: str, entry: str, key: str, words: tuple[str, ...], sentence: str) -> None:
    assert missing_in_catalogue(shipped(), demanding(Demand(of, (entry,), {key: words}))) == (sentence,)


def test_every_key_that_may_be_demanded_is_looked_up_and_tried() -> None:
    read = {(of, key) for of, keys in KEYS.items() for key in keys}
    read = read - {("outcomes", "owner"), ("outcomes", "deadline")} | {("outcomes", "action")}
    assert read == set(LOOKS) == {(of, key) for of, _, key, *_ in WRONG}


def test_an_invariant_of_which_the_catalogue_lacks_something_is_broken() -> None:
    loaded = with_rules(shown_to_everybody(shipped().decider.rules))
    invariant = next(one for one in loaded.decider.rules.invariants if one.id == "INV-32")
    proof = Prover(loaded).prove(invariant)
    assert proof.status == COUNTEREXAMPLE
    assert proof.written()["example"] == ["AL-COUNTER may be seen by D full, P full, not by D full alone."]


def test_entries_that_are_looked_up_prove_nothing_of_what_people_may_do() -> None:
    """INV-06 and INV-08 speak of who may write and read: their tests hold that, whatever the catalogue says."""
    found = {one.id: Prover(shipped()).prove(one) for one in shipped().decider.rules.invariants[:23]}
    assert {found[name].status for name in ("INV-06", "INV-08")} == {TESTED}
    assert {found[name].status for name in ("INV-01", "INV-23")} == {PROVED}


def shown_to_everybody(rules: DecisionRules) -> DecisionRules:
    alerts = tuple(
        replace(one, visible={"D": "full", "P": "full"}) if one.id == "AL-COUNTER" else one for one in rules.alerts
    )
    return replace(rules, alerts=alerts)
