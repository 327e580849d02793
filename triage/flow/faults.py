"""What is wrong with a condition that can be parsed: unknown names, roles that do not fit, senseless comparisons."""

from collections.abc import Callable, Collection, Iterator, Mapping

from triage.flow.conditions import ROLES_AB, ROLES_BA, And, Condition, Not, Or, Test, substitute, tests
from triage.flow.model import RESERVED_CODES
from triage.flow.problems import nearest
from triage.flow.vocabulary import (
    COUNTED,
    DIRECTIONS,
    FUNCTIONS,
    NO_ROLE,
    PERSONS,
    ROLES_OF_ABOUT,
    ROLES_OF_MEASURE,
    ROLES_OF_SCOPE,
    Names,
    Place,
    Word,
    split_role,
)

Fault = tuple[str, str, str]
"""A problem code, a sentence, and the nearest known name."""

LEVELS = ("1", "2", "3", "4")
SIGNATURE = "W-SIGN"


def faults(condition: Condition, place: Place, names: Names) -> Iterator[Fault]:
    """Give each fault of a condition."""
    for test in tests(condition):
        word = FUNCTIONS.get(test.function)
        if word is None:
            spoken = test.arguments[0] if test.function == "name" else test.function
            yield "F010", f"`{spoken}` is no test of the language.", nearest(spoken, FUNCTIONS)
        elif not word.places & place:
            yield "F011", f"`{test.function}` has no meaning here.", ""
        else:
            yield from of_test(test, word, names)


def of_test(test: Test, word: Word, names: Names) -> Iterator[Fault]:
    """Give each fault of one test, whose word says what belongs in it."""
    found = list(_argument_faults(test, word, names))
    yield from found or _comparison_faults(test, word, names)


def role_fault(word: str, name: str, role: str, permitted: Collection[str] | None) -> Iterator[Fault]:
    """F020: a name carries a role that fits what it is about."""
    if permitted is not None and role not in permitted:
        wanted = ", ".join(f"`{name}_{one}`" if one else f"`{name}`" for one in sorted(permitted))
        yield "F020", f"`{word}` says whose it is in a way that does not fit; it may be {wanted}.", ""


def symmetry_fault(condition: Condition) -> Iterator[Fault]:
    """F024: a condition of what is asked once says the same when the two persons change places."""
    if _sorted(substitute(condition, ROLES_AB)) != _sorted(substitute(condition, ROLES_BA)):
        yield "F024", "The two persons are not treated alike; say it of both, with `some x:` or `each x:`.", ""


def _sorted(condition: Condition) -> str:
    """A condition with its parts in an order of their own, so that only what differs in meaning differs."""
    match condition:
        case And(parts) | Or(parts):
            return f"{type(condition).__name__}({sorted({_sorted(part) for part in parts})})"
        case Not(part):
            return f"Not({_sorted(part)})"
        case Test(function, arguments, inner, operator, values):
            return f"{function}({inner}: {sorted(arguments)}) {operator} {sorted(values)}"
    return str(condition)


def _argument_faults(test: Test, word: Word, names: Names) -> Iterator[Fault]:
    most = len(word.arguments)
    if len(test.arguments) < word.least or (len(test.arguments) > most and not word.many):
        yield "F023", f"`{test.function}` takes {' and '.join(word.arguments)}.", ""
        return
    if test.inner != COUNTED.get(test.function, ""):
        wanted = f"`{COUNTED[test.function]}:`" if test.function in COUNTED else "nothing"
        yield "F023", f"Before the colon of `{test.function}` stands {wanted}.", ""
    for number, argument in enumerate(test.arguments):
        kind = word.arguments[min(number, most - 1)]
        yield from KINDS[kind](argument, names)
    if "measure" in word.arguments and isinstance(names.measures, Mapping) and test.arguments[0] in names.measures:
        yield from _place(test, ROLES_OF_MEASURE[names.measures[test.arguments[0]]])


def _place(test: Test, permitted: Collection[str]) -> Iterator[Fault]:
    place = test.arguments[1] if len(test.arguments) > 1 else ""
    if place in PERSONS | DIRECTIONS | NO_ROLE and place not in permitted:
        wanted = " or ".join(f"`{one}`" for one in sorted(permitted) if one)
        yield "F020", f"`{test.arguments[0]}` is taken of {wanted}, named after a comma.", ""


def _finding(word: str, names: Names, single: bool = False) -> Iterator[Fault]:
    name, role = split_role(word, names.findings)
    if name not in names.findings:
        yield "F007", f"`{word}` is no finding.", nearest(word, names.findings)
        return
    permitted = ROLES_OF_SCOPE.get(names.scopes.get(name, ""))
    if permitted is not None and name in names.merged and not single:
        permitted |= NO_ROLE
    yield from role_fault(word, name, role, permitted)


def _question(word: str, names: Names, roles: Collection[str] | None = None) -> Iterator[Fault]:
    name, role = split_role(word, names.questions)
    if name not in names.questions:
        yield "F006", f"There is no question `{word}`.", nearest(word, names.questions)
        return
    yield from role_fault(word, name, role, roles or ROLES_OF_ABOUT.get(names.abouts.get(name, "")))


def _act(word: str, names: Names) -> Iterator[Fault]:
    name, role = split_role(word, names.acts)
    if name not in names.acts:
        yield "F013", f"`{word}` is no act.", nearest(word, names.acts)
        return
    permitted = PERSONS if names.act_abouts.get(name) == "person" else NO_ROLE
    yield from role_fault(word, name, role, permitted)


def _result(word: str, names: Names) -> Iterator[Fault]:
    stem, mark, role = word.rpartition("_")
    values = names.acts.get(SIGNATURE, ())
    spoken = {"x": "A", "y": "B"}.get(role, role)
    if SIGNATURE not in names.acts:
        yield "F013", f"There is no act `{SIGNATURE}` that could be signed.", ""
    elif f"{stem}{mark}{spoken}" not in values:
        yield "F008", f"`{word}` is no result that is signed.", nearest(word, values)


def _among(code: str, what: str, known: Callable[[Names], Collection[str]]) -> Callable[[str, Names], Iterator[Fault]]:
    def check(word: str, names: Names) -> Iterator[Fault]:
        if word not in known(names):
            yield code, f"`{word}` is no {what}.", nearest(word, known(names))

    return check


KINDS: Mapping[str, Callable[[str, Names], Iterator[Fault]]] = {
    "finding": _finding,
    "single_finding": lambda word, names: _finding(word, names, single=True),
    "question": _question,
    "whole_question": lambda word, names: _question(word, names, NO_ROLE),
    "act": _act,
    "result": _result,
    "level": _among("F016", "strength from 1 to 4", lambda _: LEVELS),
    "competence": _among("F018", "competence", lambda names: names.competences),
    "measure": _among("F018", "measure", lambda names: names.measures),
    "column": _among("F009", "column of this question", lambda names: names.columns),
    "option": _among("F008", "option of this question", lambda names: names.options),
    "source": _among("F012", "source", lambda names: names.sources),
    "kind": _among("F022", "kind of element that any evidence counts", lambda names: names.kinds),
    "person": _among("F020", "person here", lambda _: PERSONS),
    "place": _among("F020", "person or direction here", lambda _: PERSONS | DIRECTIONS),
    "free": lambda _word, _names: iter(()),
}
"""How each kind of argument is checked; a test asserts that every kind of the vocabulary is here."""


def _comparison_faults(test: Test, word: Word, names: Names) -> Iterator[Fault]:
    first = test.arguments[0]
    if not test.operator:
        if word.comparison not in {"none", "value"}:
            yield "F016", f"`{test.function}` needs a comparison.", ""
        return
    if word.comparison == "none":
        yield "F016", f"`{test.function}` is true or false by itself and is not compared.", ""
    elif word.comparison == "number":
        if not all(value.isdigit() and len(value) < 10 for value in test.values):
            yield "F016", f"`{first}` is compared with whole numbers.", ""
    elif test.operator not in {"=", "!=", "in"}:
        yield "F016", f"`{first}` is compared with `=`, `!=` or `in` only.", ""
    else:
        domain = _domain(word.comparison, first, names)
        for value in test.values if domain else ():
            if value not in domain:
                yield "F008", f"`{value}` is never a value of `{first}`.", nearest(value, domain)


def _domain(comparison: str, first: str, names: Names) -> Collection[str]:
    """The values that can be compared with; empty when anything can."""
    if comparison == "code":
        return {*names.questions.get(split_role(first, names.questions)[0], ()), *RESERVED_CODES}
    if comparison == "value":
        return names.acts.get(split_role(first, names.acts)[0], ())
    return names.columns.get(first, ())
