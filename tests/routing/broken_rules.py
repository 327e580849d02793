"""Rules that break a law: each with one rule taken away, and the law that must notice."""

from dataclasses import replace

from triage.flow.conditions import Always
from triage.routing.rules import DecisionRules, Rule

TAKEN_AWAY = (
    ("steps", "route-8-resistance-not-examined", "INV-01"),
    ("steps", "route-7-harmed", "INV-02"),
    ("effective", "start-contract", "INV-02"),
    ("holds", "hold-support", "INV-05"),
    ("gates", "gate-emergency", "INV-11"),
    ("effective", "start-no-danger-in-scope", "INV-11"),
    ("gates", "gate-high-risk", "INV-12"),
    ("effective", "start-risk-plan", "INV-12"),
    ("effective", "start-all-settled", "INV-13"),
    ("steps", "route-15-start-not-known", "INV-13"),
    ("holds", "hold-case", "INV-14"),
    ("holds", "hold-proceedings", "INV-16"),
    ("gates", "gate-joint-refused", "INV-18"),
    ("holds", "hold-need-without-plan", "INV-19"),
    ("holds", "hold-acute-need", "INV-19"),
    ("effective", "start-dual-companion", "INV-20"),
    ("steps", "route-8-resistance-not-examined", "INV-21"),
    ("steps", "route-10-young", "INV-22"),
    ("adaptations", "adapt-population", "INV-26"),
    ("holds", "hold-communication", "INV-29"),
    ("gates", "gate-child", "INV-36"),
)
"""Kind of rule, rule, and the invariant of which the law breaks without it."""


def without(rules: DecisionRules, group: str, *ids: str) -> DecisionRules:
    """The rules with some rules never applying; a condition of a start always met."""
    value = Always(group == "effective")
    changed = tuple(replace(rule, when=value) if rule.id in ids else rule for rule in _group(rules, group))
    return replace(rules, **{group: changed})


def _group(rules: DecisionRules, name: str) -> tuple[Rule, ...]:
    group: tuple[Rule, ...] = getattr(rules, name)
    return group
