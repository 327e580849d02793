"""Give the shared rules to other rule engines, each in the fastest form of those that were tried for it.

A table for each engine says how it writes each kind of logic; nothing else here depends on what the rules say.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import zen
from _shared_rules import (
    Compared,
    Counted,
    Every,
    First,
    Fixed,
    Flag,
    Line,
    Logic,
    OneOf,
    Says,
    SharedRules,
    Some,
    Values,
    read_by,
)
from json_logic import jsonLogic
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
from SpiffWorkflow.dmn.specs.model import DecisionTable, HitPolicy, Input, InputEntry, Output, OutputEntry, Rule

Write = Callable[[Logic], Any]
Table = Mapping[type, Callable[[Any, Write], Any]]


@dataclass(frozen=True, slots=True)
class Rival:
    """One engine with the rules inside; `prepare` is not timed, `decide` is and sets every line of the rules."""

    name: str
    form: str
    decide: Callable[[Any], Values]
    prepare: Callable[[Values], Any] = dict


def rivals(rules: SharedRules) -> tuple[Rival, ...]:
    """Every engine that ours is compared with; zen-engine twice, as its guide shows it and as it is fastest."""
    graph, text = zen_graph(rules), json.dumps
    kept = zen.ZenEngine({"loader": {"type": "static", "content": {"decision": graph}}})
    made = zen.ZenEngine().create_decision(json.dumps(graph))
    return (
        Rival("json-logic", "an expression for each line", json_logic(rules)),
        Rival("zen-engine", "create_decision, as its guide shows", lambda given: _result(made.evaluate(given)), text),
        Rival("zen-engine, compiled", "static loader", lambda given: _result(kept.evaluate("decision", given)), text),
        Rival("SpiffWorkflow DMN", "tables, without the workflow around them", spiff(rules)),
    )


def writer(table: Table) -> Write:
    """Make the function that writes logic by a table."""

    def write(logic: Logic) -> Any:  # noqa: ANN401 - each engine has a form of its own
        return table[type(logic)](logic, write)

    return write


# ---------------------------------------------------------------- json-logic

JSON_LOGIC: Table = {
    Fixed: lambda one, _: one.value,
    Flag: lambda one, _: {"var": one.name} if one.wanted else {"!": {"var": one.name}},
    Compared: lambda one, _: {one.operator: [{"var": one.name}, one.number]},
    OneOf: lambda one, write: (
        {"in": [{"var": one.name}, list(one.numbers)]} if one.wanted else {"!": write(OneOf(one.name, one.numbers))}
    ),
    Counted: lambda one, write: {
        one.operator: [{"+": [{"if": [write(part), 1, 0]} for part in one.parts]}, one.number]
    },
    Every: lambda one, write: {"and": [write(part) for part in one.parts]},
    Some: lambda one, write: {"or": [write(part) for part in one.parts]},
}


def json_logic(rules: SharedRules) -> Callable[[Values], Values]:
    """One expression for each line; the answer of a line is a variable of those below."""
    write = writer(JSON_LOGIC)

    def written(line: Line) -> Any:  # noqa: ANN401 - as above
        if isinstance(line, Says):
            return write(line.logic)
        rows = [part for number, row in enumerate(line.rows[:-1]) for part in (write(row), number)]
        return {"if": [*rows, len(line.rows) - 1]}

    program = [(line.name, written(line)) for line in rules.lines]

    def decide(given: Values) -> Values:
        values = dict(given)
        for name, logic in program:
            values[name] = jsonLogic(logic, values)
        return values

    return decide


# ---------------------------------------------------------------- what zen-engine and Python write alike


def text_table(spelled: Callable[[str], str] = str) -> Table:
    """What the two languages have in common; `spelled` writes the name of a variable."""
    return {
        Flag: lambda one, _: spelled(one.name) if one.wanted else f"not {spelled(one.name)}",
        Compared: lambda one, _: f"{spelled(one.name)} {one.operator} {one.number}",
        OneOf: lambda one, _: f"{spelled(one.name)} {'in' if one.wanted else 'not in'} {list(one.numbers)}",
        Every: lambda one, write: f"({' and '.join(write(part) for part in one.parts)})",
        Some: lambda one, write: f"({' or '.join(write(part) for part in one.parts)})",
    }


# ---------------------------------------------------------------- zen-engine

ZEN: Table = {
    Fixed: lambda one, _: str(one.value).lower(),
    Counted: lambda one, write: (
        f"count([{', '.join(write(part) for part in one.parts)}], #) {one.operator} {one.number}"
    ),
}


def zen_graph(rules: SharedRules) -> dict[str, Any]:
    """A graph of one expression node: faster here than a node for each part, and than decision tables."""
    write = writer({**text_table(lambda name: f"$.{name}" if name in rules.names else name), **ZEN})

    def written(line: Line) -> str:
        if isinstance(line, Says):
            return str(write(line.logic))
        rows = "".join(f"{write(row)} ? {number} : " for number, row in enumerate(line.rows[:-1]))
        return f"{rows}{len(line.rows) - 1}"

    expressions = [{"id": line.name, "key": line.name, "value": written(line)} for line in rules.lines]
    kinds = {"inputNode": {}, "expressionNode": {"expressions": expressions}, "outputNode": {}}
    ways = [("inputNode", "expressionNode"), ("expressionNode", "outputNode")]
    return {
        "nodes": [
            {"id": kind, "name": kind, "type": kind, "content": content, "position": {"x": 0, "y": 0}}
            for kind, content in kinds.items()
        ],
        "edges": [{"id": source, "type": "edge", "sourceId": source, "targetId": target} for source, target in ways],
    }


def _result(response: Mapping[str, Any]) -> Values:
    found: Values = response["result"]
    return found


# ---------------------------------------------------------------- SpiffWorkflow

PYTHON: Table = {
    **text_table(),
    Fixed: lambda one, _: str(one.value),
    Counted: lambda one, write: f"({' + '.join(f'({write(part)})' for part in one.parts)}) {one.operator} {one.number}",
}


def spiff(rules: SharedRules) -> Callable[[Values], Values]:
    """Decision tables one after the other, each of which adds its outputs to the data of the task.

    UNIQUE is what SpiffWorkflow calls a table that ends at the first row that holds; it has no FIRST.
    """
    write = writer(PYTHON)
    engines = [DMNEngine(table) for table in _tables(rules.lines, write)]
    workflow = SimpleNamespace(script_engine=PythonScriptEngine())

    def decide(given: Values) -> Values:
        data = dict(given)
        task = SimpleNamespace(data=data, workflow=workflow)
        for engine in engines:
            data.update(engine.result(task))
        return data

    return decide


def _tables(lines: tuple[Line, ...], write: Write) -> Iterator[DecisionTable]:
    """One table for each list of which the first holds, and one for each run of lines that do not read each other."""
    run: list[Says] = []
    for line in lines:
        if run and (isinstance(line, First) or read_by(line.logic) & {one.name for one in run}):
            yield _one_row([(one.name, write(one.logic)) for one in run])
            run = []
        if isinstance(line, First):
            yield _first_row(line, write)
        else:
            run.append(line)
    yield _one_row([(one.name, write(one.logic)) for one in run])


def _one_row(outputs: list[tuple[str, str]]) -> DecisionTable:
    """A table of one row without a condition: its outputs are what the expressions come to."""
    table = DecisionTable("values", "values", HitPolicy.UNIQUE.value)
    row = Rule("row")
    for name, expression in outputs:
        _give(row, Output(name, name, name, "boolean"), expression)
    table.rules.append(row)
    return table


def _first_row(line: First, write: Write) -> DecisionTable:
    """A table of which the first row that holds gives its number; `?` is the value of the input, here yes."""
    table = DecisionTable(line.name, line.name, HitPolicy.UNIQUE.value)
    yes, output = Input("yes", "yes", "yes", "True", "boolean"), Output(line.name, line.name, line.name, "integer")
    for number, logic in enumerate(line.rows):
        row, cell = Rule(str(number)), InputEntry(str(number), yes)
        cell.lhs.append(None if number == len(line.rows) - 1 else f"? and ({write(logic)})")
        row.inputEntries.append(cell)
        _give(row, output, str(number))
        table.rules.append(row)
    return table


def _give(row: Rule, output: Output, expression: str) -> None:
    entry = OutputEntry(output.id, output)
    entry.text = expression
    row.outputEntries.append(entry)
