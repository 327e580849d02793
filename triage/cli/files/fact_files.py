"""Read files of fact sets (YAML or JSON, like the vignettes) for `triage decide`, collecting every problem at once.

Nothing is built that the decision does not need: other keys of an item are never looked into.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from triage.cli.files.documents import DEEPEST, LARGEST, start_of
from triage.flow.problems import Problem

MOST_ALIASES = 100
MOST_PAIRS = 500_000
"""More than a file can hold without using its aliases to grow."""
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_LOOKED_INTO = {"pairs", "persons", "findings", "latched", "id", "A", "B"}
_SUSPECT = re.compile(r"^[ ]{60}|^[ ]*(?:[-?:][ ]+){20}", re.MULTILINE)


class Written(dict[str, object]):
    """An object of a file: its values, the line of each key, and the keys written twice."""

    def __init__(self, line: int = 0) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}
        self.twice: list[str] = []

    def put(self, key: str, value: object, line: int = 0) -> None:
        """Add one key; a second time, it is noted."""
        if key in self.lines:
            self.twice.append(key)
        self[key], self.lines[key] = value, line


@dataclass(slots=True)
class Found:
    """The problems of one file so far."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, message: str, at: Written | None = None, key: str = "", near: str = "") -> None:
        """Note a problem at an object, or at one key of it."""
        line = at.lines.get(key) or at.line if at else 0
        self.problems.append(Problem(code, message, self.file, line or 0, near))


def read_list(path: Path, found: Found) -> list[object]:
    """Read the list a file holds; a problem is noted, and the list is empty, when it holds none."""
    try:
        written = start_of(path)
        if len(written) > LARGEST:
            found.add("D001", f"The file is larger than {LARGEST // 1_000_000} MB.")
            return []
        text = written.decode("utf-8-sig")
    except UnicodeDecodeError:
        found.add("D001", "The file is not text in UTF-8.")
        return []
    except (OSError, ValueError) as fault:
        found.add("D001", f"The file cannot be read: {getattr(fault, 'strerror', None) or fault}.")
        return []
    read = _read(text, found)
    if isinstance(read, list):
        return read
    if not found.problems:
        found.add("D002", "The file must hold a list of items.")
    return []


def _read(text: str, found: Found) -> object:
    if text.lstrip()[:1] in {"[", "{"}:
        read = _json(text)
        if read is not None:
            return read
    try:
        if _may_grow(text):
            _refuse_growth(text)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        detail = getattr(fault, "problem", None) or str(fault).splitlines()[0]
        problem = Problem("D001", f"The file is not YAML: {detail}.", found.file, mark.line + 1 if mark else 0)
        found.problems.append(problem)
        return None
    except (ValueError, RecursionError) as fault:
        found.add("D001", f"The file cannot be read: {fault}.")
        return None
    return _plain(node, depth=0) if node is not None else None


def _json(text: str) -> object:
    """Read JSON, numbers as they are written; None when it is none, so that YAML has a try."""
    if _depth_of_brackets(text) > DEEPEST:
        return None
    try:
        read: object = json.loads(text, object_pairs_hook=_pairs, parse_int=_whole, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    return read


def _pairs(pairs: list[tuple[str, object]]) -> Written:
    block = Written()
    for key, value in pairs:
        block.put(key, value)
    return block


def _whole(text: str) -> int | str:
    return int(text) if _WHOLE.fullmatch(text) else text


def _may_grow(text: str) -> bool:
    """Whether the text may nest deeply or use aliases, so that it is worth a slow look first."""
    return bool("*" in text or _SUSPECT.search(text)) or _depth_of_brackets(text) > DEEPEST


def _depth_of_brackets(text: str) -> int:
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
        depth = max(depth, 0)
    return deepest


def _refuse_growth(text: str) -> None:
    """Count nesting and aliases before anything is built from them. Raises ValueError."""
    depth = aliases = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent):
            aliases += 1
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if aliases > MOST_ALIASES or depth > DEEPEST:
            raise ValueError("it is nested too deeply, or built from too many aliases")


def _plain(node: yaml.Node, depth: int) -> object:
    """Give the value of a node as text, whole number, list or object, looking only into what a decision reads."""
    if isinstance(node, yaml.ScalarNode):
        whole = node.tag == "tag:yaml.org,2002:int" and _WHOLE.fullmatch(node.value)
        absent = node.tag == "tag:yaml.org,2002:null"
        return int(node.value) if whole else None if absent else str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(one, depth + 1) for one in node.value] if depth <= _DEEPEST_READ else []
    block = Written(node.start_mark.line + 1)
    for key, value in node.value if depth <= _DEEPEST_READ else ():
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
        read = _plain(value, depth + 1) if name in _LOOKED_INTO or isinstance(value, yaml.ScalarNode) else ...
        block.put(name, read, key.start_mark.line + 1)
    return block


_DEEPEST_READ = 6
"""A list of items, an item, its pairs, a pair, its findings: nothing deeper is ever read."""


def pairs_within(items: list[object]) -> Iterator[object]:
    """Give every pair of every item, whatever it is."""
    for item in items:
        pairs = item.get("pairs") if isinstance(item, Mapping) else None
        yield from pairs if isinstance(pairs, list) else ()


def too_many(items: list[object]) -> bool:
    """Whether aliases made more pairs than any file could write."""
    return any(number >= MOST_PAIRS for number, _ in enumerate(pairs_within(items)))
