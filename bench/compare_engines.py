"""Compare our compiled decision with json-logic, zen-engine and SpiffWorkflow's DMN on the rules that are shipped.

The whole decision (definitions, result, gates, holds, steps, adaptations, conditions of a start, alerts) is put in
words that all of them know (`_shared_rules.py`). Before anything is timed each engine must agree with ours, number for
number, on every fact set made by chance; and every answer given while the clock runs is checked afterwards.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from _rivals import Rival, rivals
from _shared_rules import SharedRules
from _timing import Contender, in_turns, tell

from triage.flow.values import Strength
from triage.routing.decide import Decider
from triage.routing.interpreting import Reading
from triage.routing.reading import shipped_rules

ROOT = Path(__file__).resolve().parents[1]
SEED, CHECKED, TIMED = 20_26, 1_000, 40
BARE, DECIDE = "cairn, bare", "cairn, decide"
REPEATS = {BARE: 200, DECIDE: 50, "zen-engine, compiled": 10, "zen-engine": 3}
CONTRACT = 100
FactSet = tuple[dict[str, Strength], frozenset[str]]


def fact_sets() -> list[FactSet]:
    """The fact sets by chance of the tests of the decision."""
    sys.path.insert(0, str(ROOT))  # the tests lie beside bench/ and are no package
    from tests.routing.chance import fact_sets as by_chance

    return list(by_chance(SEED, CHECKED))


def ours(decider: Decider, sets: Sequence[FactSet]) -> tuple[Contender, Contender]:
    """The compiled decision, bare and as the program asks for it; both held to the literal reading of the rules."""
    prepared = [
        ([facts[name] for name in decider.layout.facts], decider.layout.gate_bits(latched), None)
        for facts, latched in sets
    ]
    expected = [Reading(decider.instances, facts, latched).decision() for facts, latched in sets]

    def check_bare(answers: Sequence[Any]) -> None:
        bits = decider.layout.outcome_bits
        for answer, decision in zip(answers, expected, strict=False):
            rule = decider.instances.results[answer[0]].rule.id
            assert (rule, answer[3], answer[7]) == (decision.rule, bits(decision.A), bits(decision.B)), decision

    def check_decide(answers: Sequence[Any]) -> None:
        assert list(answers) == expected[: len(answers)]

    return (
        Contender(BARE, lambda given: decider.bare(*given), prepared, check_bare, REPEATS[BARE]),
        Contender(DECIDE, lambda given: decider.decide(*given), sets, check_decide, REPEATS[DECIDE]),
    )


def theirs(rival: Rival, rules: SharedRules, sets: Sequence[FactSet], expected: Sequence[Any]) -> Contender:
    """One other engine, held to our bare decision."""

    def check(answers: Sequence[Any]) -> None:
        for number, answer in enumerate(answers):
            assert rules.bare(answer) == expected[number], f"{rival.name} does not agree on fact set {number}"

    inputs = [rival.prepare(rules.given(facts, latched)) for facts, latched in sets]
    return Contender(rival.name, rival.decide, inputs, check, REPEATS.get(rival.name, 1))


def main() -> None:
    """Agree, time, print."""
    decider = Decider(shipped_rules())
    rules, sets = SharedRules(decider.layout), fact_sets()
    bare, decide = ours(decider, sets)
    expected = [bare.work(given) for given in bare.inputs]
    assert len(set(expected)) > CHECKED / 2, "the fact sets are too much alike to show anything"
    others = rivals(rules)
    contenders = (bare, decide, *(theirs(rival, rules, sets, expected) for rival in others))
    for one in contenders:
        one.check([one.work(given) for given in one.inputs])
    medians = in_turns(Contender(one.name, one.work, one.inputs[:TIMED], one.check, one.repeats) for one in contenders)
    forms = {rival.name: rival.form for rival in others} | {BARE: "compiled", DECIDE: "from facts to names"}
    for name, median in medians.items():
        tell(
            "engines",
            engine=name,
            form=forms[name],
            part="the whole decision, no source classes",
            rules=rules.rules_counted,
            agreed=CHECKED,
            us=round(median, 1),
            ratio_to_bare=round(median / medians[BARE], 1),
            ratio_to_decide=round(median / medians[DECIDE], 1),
        )
    for name in ("zen-engine", "zen-engine, compiled"):
        ratio = medians[name] / medians[BARE]
        contract = f"bare decision >= {CONTRACT} x faster than {name}"
        tell("contract", contract=contract, ratio=round(ratio, 1), holds=ratio >= CONTRACT)


if __name__ == "__main__":
    main()
