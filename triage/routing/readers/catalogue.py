"""Read what surrounds the order of the decision: clauses, outcomes and alerts."""

from collections.abc import Iterable, Mapping

from triage.flow.documents import Block
from triage.flow.problems import nearest
from triage.routing.readers.laws import check_words, one_of
from triage.routing.readers.rules import condition_at, justified_clauses
from triage.routing.rules import NEVER, Action, Alert, Clause, Outcome, Rule
from triage.routing.vocabulary import Names, Stage

AUDIENCES = ("case", "person", "both")
KEPT_BY = ("flow", "law", "wall", "record", "report", "sheet", "catalogue", "outside")
TIERS = ("red", "amber", "blue")
RAISED_FROM = ("clock", "staff", "places")
SEEN_BY = ("V", "P", "S", "D", "R", "own", "report", "manager")
FORMS = ("full", "label", "instruction", "statutory", "code", "rule")


def read_clauses(document: Block) -> dict[str, Clause]:
    """Read the clauses, and see that every standard lists them all."""
    listed = [clause for block in document.blocks("standards") for clause in _standard(block)]
    block, clauses = document.block("clauses"), dict[str, Clause]()
    for name in block.names() if block else ():
        inner = block.block(name) if block else None
        if inner is not None:
            kept_by = inner.texts("kept_by", required=True)
            check_words(inner, "kept_by", kept_by, KEPT_BY)
            clauses[name] = Clause(name, kept_by, inner.line)
            inner.finish()
    for name in sorted(set(listed) ^ set(clauses)):
        document.problems.add("R012", f"Clause `{name}` must stand in a standard and among the clauses.", document)
    document.finish()
    return clauses


def _standard(block: Block) -> tuple[str, ...]:
    number, clauses = block.text("id"), block.texts("clauses", required=True)
    for clause in clauses:
        if not clause.startswith(f"{number}."):
            block.problems.add("R012", f"Clause `{clause}` is none of standard {number}.", block, "clauses")
    block.finish()
    return clauses


def read_outcomes(document: Block, names: Names) -> dict[str, Outcome]:
    """Read every outcome; `never_with` may name outcomes, `perpetrator-focused`, `effective-start`, or other words."""
    block = document.block("outcomes")
    known = tuple(block.names()) if block else ()
    outcomes = {}
    for name in known:
        inner = block.block(name) if block else None
        if inner is not None:
            outcomes[name] = _outcome(inner, name, names)
            for word in outcomes[name].never_with:
                if word.startswith("O-") and word not in known:
                    inner.problems.add("R002", f"`{word}` is no outcome.", inner, "never_with", nearest(word, known))
    document.finish()
    return outcomes


def _outcome(block: Block, name: str, names: Names) -> Outcome:
    blocks = block.blocks("actions")
    actions = tuple(
        Action(f"outcome.{name}.action.{number}", one.text("owner"), one.text("deadline"))
        for number, one in enumerate(blocks, start=1)
    )
    for one in blocks:
        one.finish()
    outcome = Outcome(
        id=name,
        audience=one_of(block, "for", AUDIENCES),
        clauses=justified_clauses(block, names),
        perpetrator_focused=block.flag("perpetrator_focused"),
        hold=block.flag("hold"),
        gate=block.flag("gate"),
        support=block.flag("support"),
        offered=block.flag("offered"),
        dose=block.flag("dose"),
        never_with=block.texts("never_with"),
        companions=block.texts("companions"),
        actions=actions,
    )
    block.finish()
    if outcome.perpetrator_focused and (outcome.support or outcome.hold or outcome.gate):
        sentence = "A perpetrator-focused outcome is neither support, nor a hold, nor a gate."
        block.problems.add("R014", sentence, block, "perpetrator_focused")
    return outcome


def check_what_rules_give(
    document: Block, rules: Mapping[str, Iterable[Rule]], outcomes: Mapping[str, Outcome]
) -> None:
    """See that gates give gates, holds give holds, and that a route is never a gate alone or an offer at the door."""
    for key, group in rules.items():
        for rule in group:
            for outcome in (outcomes[name] for name in rule.gives if name in outcomes):
                fits = {"gates": outcome.gate, "holds": outcome.hold}.get(key, outcome.audience != "case")
                if not fits or outcome.offered:
                    sentence = f"Rule `{rule.id}` of `{key}` gives `{outcome.id}`, which is of another kind."
                    document.problems.add("R014", sentence, document, key)


def read_alerts(document: Block, names: Names) -> tuple[Alert, ...]:
    """Read the alerts, in the order of the file."""
    alerts = tuple(_alert(block, names) for block in document.blocks("alerts"))
    names.alerts = {alert.id for alert in alerts}
    document.finish()
    return alerts


def _alert(block: Block, names: Names) -> Alert:
    raised_from = one_of(block, "from", RAISED_FROM) if "from" in block.values else ""
    inner = block.block("visible")
    visible = {key: one_of(inner, key, FORMS) for key in inner.names()} if inner else {}
    if inner:
        check_words(inner, "visible", inner.names(), SEEN_BY)
    else:
        block.problems.add("F003", "`visible` is missing.", block)
    alert = Alert(
        id=block.text("id"),
        when=None if raised_from else condition_at(block, "when", Stage.ALERT, names),
        raised=condition_at(block, "raised", Stage.ALERT, names) if "raised" in block.values else NEVER,
        raised_from=raised_from,
        owner=block.texts("owner", required=True),
        deadline=block.text("deadline"),
        tier=one_of(block, "tier", TIERS),
        visible=visible,
        clauses=justified_clauses(block, names),
        line=block.line,
    )
    block.finish()
    return alert
