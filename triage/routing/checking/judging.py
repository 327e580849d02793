"""Hand the decision to the checks: its rules as plain data, and what is wrong with them when they are taken together.

A rule is judged by the circuit of the whole decision, so that definitions, results, gates and routes mean there what
they mean in every other reading.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from triage.checks.deciding import Purse
from triage.checks.decision import ALERTS, DEFINITIONS, LAWS, Decision, DecisionRule, KeptClause
from triage.checks.formulas import FALSE, TRUE, Formula, all_of, any_of, negated
from triage.checks.structure.conditions import Said, judged, shadowed
from triage.checks.variables import STRENGTHS, among, flag
from triage.flow.circuits.circuit import FALSE as NO
from triage.flow.circuits.circuit import TRUE as YES
from triage.flow.circuits.circuit import Circuit, Literal
from triage.flow.circuits.thresholds import free
from triage.flow.conditions import ROLES_AB, Always, with_roles
from triage.flow.problems import Problem
from triage.routing.circuit import DecisionCircuit, Facts
from triage.routing.instances import ROLES_OF, Instance, Instances
from triage.routing.rules import PERSONS, Alert, DecisionRules, Outcome, Rule

DETERMINATION, ROUTING, ALERT_FILE, LAW_FILE = "determination.yml", "routing.yml", "alerts.yml", "invariants.yml"
LATCHED, ONE_CLASS = "latched ", "one class "
LISTS = ("results", "gates", "holds", "steps", "adaptations", "effective")
FILES = {**dict.fromkeys(LISTS, ROUTING), "results": DETERMINATION, DEFINITIONS: DETERMINATION}


def decision_of(rules: DecisionRules) -> Decision:
    """Give the decision as plain data, with the ids of all texts it needs."""
    listed = [
        *(DecisionRule(DEFINITIONS, one.id, one.when, (), (), DETERMINATION, one.line) for one in rules.definitions),
        *(_rule(key, one) for key in LISTS for one in getattr(rules, key)),
    ]
    alerts = ((alert, when) for alert in rules.alerts for when in (alert.when, alert.raised) if when is not None)
    listed += [DecisionRule(ALERTS, one.id, when, (), one.clauses, ALERT_FILE, one.line) for one, when in alerts]
    laws = ((law, law.law if law.law is not None else Always()) for law in rules.invariants)
    listed += [DecisionRule(LAWS, one.id, when, (), one.clauses, LAW_FILE) for one, when in laws]
    return Decision(
        rules=tuple(listed),
        lists=rules.lists,
        outcomes=frozenset(rules.outcomes),
        clauses={name: KeptClause(clause.kept_by, clause.line) for name, clause in rules.clauses.items()},
        cited=frozenset(clause for outcome in rules.outcomes.values() for clause in outcome.clauses),
        texts=dict(_texts(rules)),
    )


def _rule(key: str, rule: Rule) -> DecisionRule:
    return DecisionRule(key, rule.id, rule.when, rule.gives, rule.clauses, FILES[key], rule.line)


def _texts(rules: DecisionRules) -> Iterator[tuple[str, str]]:
    for key in LISTS:
        yield from ((f"rule.{rule.id}", f"rule {rule.id}") for rule in getattr(rules, key))
    for outcome in rules.outcomes.values():
        yield from ((text, f"outcome {outcome.id}") for text in _of_outcome(outcome))
    for alert in rules.alerts:
        parts = ("name", "about", "owner", "deadline")
        yield from ((f"alert.{alert.id}.{part}", f"alert {alert.id}") for part in parts)
    yield from ((f"clause.{name}", f"clause {name}") for name in rules.clauses)
    yield from ((f"invariant.{law.id}", f"invariant {law.id}") for law in rules.invariants)
    given = (with_roles(rule.gives[0], roles) for rule in rules.results for roles in ROLES_OF.values())
    yield from ((f"result.{name}", "the results") for name in given)


def _of_outcome(outcome: Outcome) -> Iterator[str]:
    parts = ("name", "for", "dose") if outcome.dose else ("name", "for")
    yield from (f"outcome.{outcome.id}.{part}" for part in parts)
    yield from (action.text for action in outcome.actions)
    yield from (f"never.{word}" for word in outcome.never_with if not word.startswith("O-"))
    yield from (f"companion.{word}" for word in outcome.companions)
    yield from (f"owner.{action.owner}" for action in outcome.actions)
    yield from (f"deadline.{action.deadline}" for action in outcome.actions)


def rule_problems(rules: DecisionRules) -> Iterator[Problem]:
    """S006 to S010 of the decision: rules that never or always hold, never count, or say the same as another.

    Results and steps are tried in order, the others all count. A rule is judged for the one person; for the other it is
    the same with the names changed (INV-41).
    """
    judge = _Judge(rules)
    for definition in rules.definitions:
        formula = judge.formula(judge.circuit.definitions[with_roles(definition.id, ROLES_AB)])
        said = Said(f"Definition `{definition.id}`", DETERMINATION, definition.line, definition.when, formula)
        yield from judged(said, judge.purse)
    instances = judge.circuit.instances
    yield from judge.in_order("results", instances.results)
    yield from judge.in_order("steps", instances.steps[PERSONS[0]])
    groups = {"gates": instances.gates, "holds": instances.holds[PERSONS[0]]}
    groups |= {"adaptations": instances.adaptations[PERSONS[0]], "effective": instances.effective[PERSONS[0]]}
    for key, group in groups.items():
        yield from judge.side_by_side(key, group)
    for alert in rules.alerts:
        yield from judge.of_alert(alert)


class _Judge:
    """The circuit of the whole decision over free strengths, and its literals as formulas that can be decided."""

    def __init__(self, rules: DecisionRules) -> None:
        circuit = Circuit()
        facts = Facts(
            strengths={name: free(circuit, name) for name in rules.read},
            latched={name: circuit.input(f"{LATCHED}{name}") for name in rules.gate_names},
            one_class=lambda counted: circuit.input(f"{ONE_CLASS}{','.join(name for name, _ in counted)}"),
        )
        self.circuit = DecisionCircuit(circuit, Instances(rules), facts)
        self._inputs = {node: name for name, node in circuit.inputs.items()}
        self.purse = Purse()
        self._formulas: dict[int, Formula] = {YES: TRUE, NO: FALSE}

    def formula(self, literal: Literal) -> Formula:
        """The formula of a literal of the circuit."""
        parts = self.circuit.circuit.parts
        for node in self.circuit.circuit.cone([literal]):
            if node not in self._formulas:
                read = parts[node]
                known = _of_input(self._inputs[node]) if read is None else all_of(self._known(one) for one in read)
                self._formulas[node] = known
        return self._known(literal)

    def _known(self, literal: Literal) -> Formula:
        if literal not in self._formulas:
            self._formulas[literal] = negated(self._formulas[-literal])
        return self._formulas[literal]

    def said(self, key: str, *instances: Instance) -> Said:
        """A rule as something to be judged; read for both persons, it holds when it does for one."""
        rule = instances[0].rule
        holds = any_of(self.formula(self.circuit.literal(one.when)) for one in instances)
        return Said(f"`{rule.id}`", FILES[key], rule.line, rule.when, holds)

    def in_order(self, key: str, group: Sequence[Instance]) -> Iterator[Problem]:
        """The problems of an ordered list, of which a rule that always holds leaves those below nothing to do."""
        by_rule = groupby(group, key=lambda one: one.rule.id)
        yield from shadowed([self.said(key, *instances) for _, instances in by_rule], self.purse)

    def side_by_side(self, key: str, group: Sequence[Instance]) -> Iterator[Problem]:
        """The problems of a list of which every rule counts: each adds something to the others that give the same."""
        said = [self.said(key, one) for one in group]
        for one in said:
            yield from judged(one, self.purse)
        for gives in dict.fromkeys(one.gives for one in group):
            if gives:
                yield from shadowed(
                    [said[number] for number, one in enumerate(group) if one.gives == gives], self.purse
                )

    def of_alert(self, alert: Alert) -> Iterator[Problem]:
        """The problems of an alert, and of what turns it red."""
        if alert.when is None:
            return
        when = self.formula(self.circuit.alerts[alert.id])
        yield from judged(Said(f"Alert `{alert.id}`", ALERT_FILE, alert.line, alert.when, when), self.purse)
        raised = self.formula(self.circuit.of_pair(alert.raised))
        what = f"`raised` of alert `{alert.id}`"
        yield from judged(Said(what, ALERT_FILE, alert.line, alert.raised, raised, (when,)), self.purse)


def _of_input(name: str) -> Formula:
    """What an input of the circuit says: a threshold of a strength, or a flag."""
    strength, mark, threshold = name.partition(">=")
    if not mark:
        return flag(name)
    return among(("finding", strength), [one for one in STRENGTHS if one >= int(threshold)])
