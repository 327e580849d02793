"""What answers, findings and acts are for: every option leads somewhere, and everything that is declared is read."""

from collections import defaultdict
from collections.abc import Iterator

from triage.checks.decision import DEFINITIONS, LAWS, both_ways
from triage.checks.graph import Node, NodeKind, leading_to, rulebook_graph
from triage.checks.names_read import ACT, read_of
from triage.checks.structure.subject import ACTS, FINDINGS, Subject, of_flow
from triage.flow.conditions import ROLES_AB, ROLES_BA, tests, with_roles
from triage.flow.model import Move, Question, Rulebook
from triage.flow.problems import Problem, nearest
from triage.flow.reading_evidence import ANY_ANSWER, ANY_TEXT
from triage.flow.reading_flows import OUTCOME
from triage.flow.vocabulary import split_role

SAYS_WHO_READS = "`{}` says who reads it where no rule does, and a rule reads it."
STANDARD, DETERMINATION = "standard.yml", "determination.yml"
WRITTEN = {"AB": "xy", "BA": "xy", "A": "x", "B": "x"}
"""The role that a list was written with."""
WHOLE = frozenset({ANY_ANSWER, ANY_TEXT})


def options_that_lead_nowhere(subject: Subject) -> Iterator[Problem]:
    """S004 and S019: every option is evidence, has an effect, or decides a condition; or is declared `on_file`."""
    read = codes_read(subject.book)
    for question in subject.book.questions.values():
        led = led_somewhere(question, read[question.id])
        every = question.options or (ANY_ANSWER,)
        nowhere = [code for code in every if code not in led and not {code, ANY_ANSWER} & set(question.on_file)]
        if nowhere:
            told = ", ".join(f"`{code}`" for code in nowhere) if question.options else "the answer"
            yield subject.of_question("S004", f"In `{question.id}`, {told} leads to nothing.", question)
        for code in question.on_file:
            if code in led or (code == ANY_ANSWER and led):
                message = f"`{code}` of `{question.id}` is declared to lead to nothing, and leads to something."
                yield subject.of_question("S019", message, question)


def codes_read(book: Rulebook) -> defaultdict[str, set[str]]:
    """Give the codes of each question that some condition compares its answers with."""
    read: defaultdict[str, set[str]] = defaultdict(set)
    for condition in book.conditions:
        for test in tests(condition):
            if test.function == "answer":
                read[split_role(test.arguments[0], book.questions)[0]].update(test.values)
    return read


def led_somewhere(question: Question, read: set[str]) -> set[str]:
    """Give the options of a question that lead somewhere, whatever else is answered."""
    led = set(read)
    for evidence in question.evidence:
        led |= evidence.options or set(question.options) or WHOLE
    for effect in question.effects:
        whole = WHOLE & set(effect.options) or not effect.options
        led |= {*question.options, *WHOLE} if whole else set(effect.options)
    return led & ({*question.options} if question.options else WHOLE)


def targets_that_are_no_outcomes(subject: Subject) -> Iterator[Problem]:
    """S005: what an edge or gate leads to, where it is no flow, question or act, is an outcome of outcomes.yml."""
    known = subject.decision.outcomes
    for flow in subject.book.flows.values():
        calls = ((edge.to, edge.line) for edge in flow.edges if edge.move is not Move.GO)
        called = [(to, line) for to, line in calls if to.startswith(OUTCOME)]
        for to, line in [*called, *((gate.otherwise, gate.line) for gate in flow.gates)]:
            if to not in known:
                yield of_flow("S005", f"`{to}` is no outcome.", flow, line, nearest(to, known))


def findings_nobody_reads(subject: Subject) -> Iterator[Problem]:
    """S012 and S019: every finding leads to a rule, a question, a flow or an outcome; or says who reads it.

    It may lead there through other findings; one that only findings read which nobody reads is read by nobody.
    """
    graph = rulebook_graph(subject.book, subject.decision)
    read = leading_to(graph, [node for node in graph if node.kind is not NodeKind.FINDING])
    by_people = [Node(NodeKind.FINDING, one.name) for one in subject.book.findings.values() if one.read_by]
    read_by_rules = {node.id for node in read if node.kind is NodeKind.FINDING}
    read_at_all = read_by_rules | {node.id for node in leading_to(graph, by_people)}
    for finding in subject.book.findings.values():
        place = (FINDINGS, finding.line)
        if finding.name not in read_at_all and not finding.read_by:
            yield Problem("S012", f"Nothing reads the finding `{finding.name}`.", *place)
        if finding.name in read_by_rules and finding.read_by:
            yield Problem("S019", SAYS_WHO_READS.format(finding.name), *place)


def acts_nobody_reads(subject: Subject) -> Iterator[Problem]:
    """S013 and S019: every act is read by a rule or a condition; or says who reads it."""
    read = {name for one in subject.book.conditions for name in read_of(ACT, one, subject.book)}
    for act in subject.book.acts.values():
        if act.name not in read and not act.read_by:
            yield Problem("S013", f"Nothing reads the act `{act.name}`.", ACTS, act.line)
        if act.name in read and act.read_by:
            yield Problem("S019", SAYS_WHO_READS.format(act.name), ACTS, act.line)


def definitions_nobody_reads(subject: Subject) -> Iterator[Problem]:
    """S014: every definition and every list of the decision is used by another rule, in one direction at least."""
    users: defaultdict[str, set[str]] = defaultdict(set)
    for rule in subject.decision.rules:
        for word in (word for test in tests(rule.when) for word in test.arguments):
            users[word].add(f"{rule.list} {rule.id}")
    for rule in subject.decision.rules:
        used_by = {user for name in both_ways(rule.id) for user in users.get(name, ())}
        if rule.list == DEFINITIONS and not used_by - {f"{rule.list} {rule.id}"}:
            yield Problem("S014", f"Nothing uses the definition `{rule.id}`.", rule.file, rule.line)
    used = {with_roles(word, roles) for word in users for roles in (ROLES_AB, ROLES_BA)}
    unused = {with_roles(name, WRITTEN) for name in subject.decision.lists if name not in used}
    yield from (Problem("S014", f"Nothing uses the list `{name}`.", DETERMINATION) for name in sorted(unused))


def clauses_nobody_cites(subject: Subject) -> Iterator[Problem]:
    """S015: a clause that is said to be kept by the flows, or by a law, is cited by one of them."""
    by_flows = {clause for one in _citing(subject.book) for clause in one} | subject.decision.cited
    by_laws: set[str] = set()
    for rule in subject.decision.rules:
        (by_laws if rule.list == LAWS else by_flows).update(rule.clauses)
    for name, clause in subject.decision.clauses.items():
        for keeper, cited in (("flow", by_flows), ("law", by_laws)):
            if keeper in clause.kept_by and name not in cited:
                told = "question, finding or rule" if keeper == "flow" else "invariant"
                message = f"Clause `{name}` is said to be kept by a {keeper}; no {told} cites it."
                yield Problem("S015", message, STANDARD, clause.line)


def _citing(book: Rulebook) -> Iterator[tuple[str, ...]]:
    for group in (book.flows, book.questions, book.findings, book.acts):
        yield from (one.clauses for one in group.values())
