"""Give the rules of the decision to whoever draws them, as plain sets of rules with their words."""

from triage.checks.pictures.rule_sets import (
    ADAPTATIONS,
    ALERTS,
    DETERMINATION,
    EFFECTIVE,
    GATES,
    HOLDS,
    ROUTES,
    Decision,
    RuleShown,
)
from triage.routing.rules import Alert, DecisionRules, Rule


def decision_shown(rules: DecisionRules) -> Decision:
    """Give all sets of rules, in the order of domain page 11, with definitions, lists and outcomes."""
    groups = {
        DETERMINATION: rules.results, GATES: rules.gates, HOLDS: rules.holds, ROUTES: rules.steps,
        ADAPTATIONS: rules.adaptations, EFFECTIVE: rules.effective,
    }  # fmt: skip
    sets = {name: tuple(_rule(rule, name) for rule in group) for name, group in groups.items()}
    return Decision(
        sets={**sets, ALERTS: tuple(_alert(alert) for alert in rules.alerts)},
        definitions={one.id: one.when for one in rules.definitions},
        lists=rules.lists,
        outcomes=tuple(rules.outcomes),
    )


def _rule(rule: Rule, group: str) -> RuleShown:
    return RuleShown(
        id=rule.id,
        when=rule.when,
        gives=rule.gives,
        text=f"rule.{rule.id}",
        clauses=rule.clauses,
        step=rule.step,
        with_holds=rule.with_holds,
        latches=group == GATES and rule.latches,
    )


def _alert(alert: Alert) -> RuleShown:
    return RuleShown(
        id=alert.id,
        when=alert.when,
        gives=(),
        text=f"alert.{alert.id}.about",
        clauses=alert.clauses,
        raised=alert.raised,
        tier=alert.tier,
        owners=tuple(f"owner.{owner}" for owner in alert.owner),
        deadline=f"deadline.{alert.deadline}",
    )
