"""Spell the predicates of findings (`ind`, `poss`, ...) as Python comparisons of one encoded strength.

The predicates are always true or false (domain 00, section 0.8); a comparison of an unknown value is neither, so both
its readings are false.
"""

from collections.abc import Mapping

from triage.flow.conditions import Test

PREDICATES: Mapping[str, tuple[str, str]] = {
    "ind": ("{f} >= {n}", "{f} < {n}"),
    "poss": ("{f} != 0", "{f} == 0"),
    "on": ("({f} >= {n} or {f} <= -1 - {n})", "-1 - {n} < {f} < {n}"),
    "unk": ("{f} < 0", "{f} >= 0"),
    "doubt": ("({f} < 0 or {f} == 1)", "({f} == 0 or {f} > 1)"),
    "zero": ("{f} == 0", "{f} != 0"),
}
"""Each predicate as it holds, and as it does not; `{f}` is the strength, `{n}` the level (2 unless given)."""

_OPPOSITE = {"=": "!=", "!=": "=", ">=": "<", "<": ">=", ">": "<=", "<=": ">"}
_PYTHON = {"=": "==", "!=": "!=", ">=": ">=", "<": "<", ">": ">", "<=": "<="}


def predicate(test: Test, wanted: bool, strength: str) -> str:
    """Spell `ind(X)`, `on(X, 3)` and their kind over the expression of a strength."""
    level = test.arguments[1] if len(test.arguments) > 1 else "2"
    return PREDICATES[test.function][0 if wanted else 1].format(f=strength, n=level)


def comparison(test: Test, wanted: bool, number: str, known: str) -> str:
    """Spell a comparison of a number that may be unknown; `known` is the expression that it is not."""
    if test.operator == "in":
        listed = ", ".join(test.values)
        return f"({known} and {number} {'in' if wanted else 'not in'} ({listed},))"
    operator = test.operator if wanted else _OPPOSITE[test.operator]
    return f"({known} and {number} {_PYTHON[operator]} {test.values[0]})"
