"""Rule sets that break an invariant, for the tests of the proofs, and what each engine says of one."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from tests.routing.broken_rules import TAKEN_AWAY, without
from tests.routing.decisions import decider
from triage.assess.compiled.compiling import CompiledRulebook
from triage.flow.conditions import parse
from triage.proof.engines import MakeEngine
from triage.proof.proving import Prover
from triage.proof.relations import RelationProof
from triage.routing.decide import Decider
from triage.routing.loading import Loaded, load
from triage.routing.rules import DecisionRules
from triage.settings import FLOWS

ONLY_FOR_A = "distinct(ind: supporting_xy) >= 2 or (count(ind: supporting_AB) >= 2 and count(ind: supporting_xy) >= 2)"
REWRITTEN = (
    ("definitions", "contra_xy", "core_yx or ind(FCTRL_y) or distinct(ind 3: supporting_yx) >= 2", "INV-42"),
    ("definitions", "explained_x", "not ind(FORCE_x) or ind(RES_x) or ind(POPSPEC_x)", "INV-40"),
    ("definitions", "harm", "ind(CTRL_AB) or ind(CTRL_BA)", "INV-42"),
    ("definitions", "harm", "on(CTRL_AB)", "INV-41"),
    # Counted apart for A alone: only where findings rest on one class do the persons differ.
    ("definitions", "supported_xy", ONLY_FOR_A, "INV-41"),
    ("definitions", "RISK_HIGH", "danger or (RISK_CRIT and not on(SEP)) or latched(O-MARAC)", "INV-42"),
    ("definitions", "w_xy", "core_xy and supported_xy and explained_y", "INV-03"),
    ("gates", "gate-emergency", "ind(DANGER_NOW) or latched(O-EMERG)", "INV-42"),
    ("gates", "gate-child", "on(CHILD_RISK) and not zero(ISS_OK)", "INV-43"),
    ("holds", "hold-case", "ind(CASECLOSE)", "INV-42"),
    ("holds", "hold-proceedings", "poss(LITREC_A) and not ind(LITINDEP_A)", "INV-41"),
    ("holds", "hold-acute-need", "ind(CNACUTE_x)", "INV-42"),
    ("steps", "route-7-harmed", "not result(W_x) and not zero(ISS_OK)", "INV-43"),
    ("effective", "start-contract", "not ind(REFUSED_x)", "INV-13"),
    ("effective", "start-risk-plan", "not ind(RISKPLAN) or not RISK_HIGH", "INV-12"),
    ("adaptations", "adapt-population", "focused(x) and ind(RELIF)", "INV-26"),
)
"""Kind of rule, rule, another condition for it, and an invariant that breaks."""


def rewritten(group: str, name: str, text: str) -> DecisionRules:
    """The shipped rules with another condition for one of them."""
    rules = decider().rules
    changed = tuple(replace(one, when=parse(text)) if one.id == name else one for one in getattr(rules, group))
    return replace(rules, **{group: changed})


@lru_cache(maxsize=1)
def broken_rule_sets() -> Mapping[str, tuple[DecisionRules, str]]:
    """Every broken rule set by name, with an invariant that breaks."""
    sets = {f"{law} without {rule}": (without(decider().rules, group, rule), law) for group, rule, law in TAKEN_AWAY}
    return sets | {
        f"{law} with another {name}": (rewritten(group, name, text), law) for group, name, text, law in REWRITTEN
    }


@lru_cache(maxsize=1)
def shipped_book() -> CompiledRulebook:
    """The shipped flows and findings, compiled once."""
    loaded = load(FLOWS)
    assert isinstance(loaded, Loaded)
    return loaded.book


@lru_cache
def decider_of(rules: DecisionRules) -> Decider:
    """The decision of a rule set, compiled once."""
    return Decider(rules)


def verdicts(rules: DecisionRules, make_engine: MakeEngine) -> dict[str, bool]:
    """Whether each law and each relation can be broken, by one engine."""
    prover = Prover(Loaded(shipped_book(), decider_of(rules)), make_engine)
    found = {name: prover.engine.find(-literal) is not None for name, literal in prover.decision.laws.items()}
    for relation in rules.relations:
        one = RelationProof(prover.space, prover.decision, relation)
        found[f"{relation.invariant} {relation.id}"] = prover.engine.find(one.broken) is not None
    return found
