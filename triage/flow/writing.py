"""Write a condition as an author would: what `parse` reads, `written` gives back."""

from triage.flow.conditions import Always, And, Condition, ForPersons, Not, Or, Test


def written(condition: Condition) -> str:
    """Write a condition as an author would; `parse` reads the same tree again."""
    match condition:
        case Always(value):
            return "always" if value else "never"
        case Test():
            return _written_test(condition)
        case Not(part):
            return f"not {_in_brackets(part)}"
        case And(parts) | Or(parts):
            word = " and " if isinstance(condition, And) else " or "
            return word.join(_in_brackets(part) for part in parts)
        case ForPersons(every, part):
            return f"{'each' if every else 'some'} x: {written(part)}"


def _in_brackets(part: Condition) -> str:
    return f"({written(part)})" if isinstance(part, And | Or | ForPersons) else written(part)


def _written_test(test: Test) -> str:
    compared = f" {test.operator} {test.values[0]}" if test.values else ""
    if test.operator == "in":
        compared = " in {" + ", ".join(test.values) + "}"
    alone = len(test.arguments) == 1 and " " not in test.arguments[0] and not test.inner
    if alone and (test.function == "value" if test.operator else test.function == "name"):
        return test.arguments[0] + compared
    counted = f"{test.inner}: " if test.inner else ""
    return f"{test.function}({counted}{', '.join(test.arguments)}){compared}"
