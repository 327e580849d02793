"""Read YAML into a tree that remembers its lines, and take typed values out of it, collecting every problem."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from triage.flow.plain_yaml import NotPlain, read_mapping
from triage.flow.problems import Problem, nearest, shown

CLAUSE = re.compile(r"[1-9]\.[1-9]\d?", re.ASCII)


@dataclass(slots=True)
class Problems:
    """The problems found so far, in one place for one reading."""

    found: list[Problem] = field(default_factory=list)

    def add(self, code: str, message: str, at: "Block | None" = None, key: str = "", near: str = "") -> None:
        """Note a problem at a block, or at one key of it."""
        line = at.line_of(key) if at else 0
        self.found.append(Problem(code, shown(message), at.file if at else "", line, near))


@dataclass(slots=True)
class Block:
    """One YAML mapping with its file and the line of each key; values are taken once, the rest is unknown."""

    file: str
    line: int
    values: dict[str, yaml.Node]
    lines: dict[str, int]
    problems: Problems
    taken: set[str] = field(default_factory=set)

    def line_of(self, key: str) -> int:
        """The line of a key, or of the block."""
        return self.lines.get(key, self.line)

    def names(self) -> tuple[str, ...]:
        """The keys in the order written."""
        return tuple(self.values)

    def text(self, key: str, default: str | None = None, may_be_empty: bool = False) -> str:
        """A single word or text; a missing or empty one is a problem."""
        node = self._take(key, default is None)
        if node is None:
            return default or ""
        if not isinstance(node, yaml.ScalarNode):
            self.problems.add("F004", f"`{key}` must be a single text.", self, key)
            return default or ""
        if not node.value and not may_be_empty:
            self.problems.add("F003", f"`{key}` is empty.", self, key)
        return str(node.value)

    def texts(self, key: str, required: bool = False) -> tuple[str, ...]:
        """A list of words; a single word counts as a list of one."""
        node = self._take(key, required)
        if node is None:
            return ()
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if not all(isinstance(one, yaml.ScalarNode) for one in nodes):
            self.problems.add("F004", f"`{key}` must be a list of words.", self, key)
            return ()
        words = tuple(str(one.value) for one in nodes)
        if "" in words or (required and not words):
            self.problems.add("F003", f"`{key}` is empty, or a word of it.", self, key)
        return tuple(word for word in words if word)

    def clauses(self) -> tuple[str, ...]:
        """The clauses of the standard that something rests on: numbers such as 4.4, at least one."""
        words = self.texts("clauses", required=True)
        for word in words:
            if not CLAUSE.fullmatch(word):
                self.problems.add("F004", f"`{word}` is no clause such as 4.4.", self, "clauses")
        return words

    def flag(self, key: str) -> bool:
        """True or false; false when it does not stand there."""
        word = self.text(key, "false")
        if word and word not in {"true", "false"}:
            self.problems.add("F004", f"`{key}` must be true or false.", self, key)
        return word == "true"

    def number(self, key: str, default: int | None = None, most: int = 999_999_999) -> int:
        """A whole number up to the most that has a meaning."""
        word = self.text(key, None if default is None else str(default))
        if word.isascii() and word.isdigit() and len(word) < 10 and int(word) <= most:
            return int(word)
        if word:
            limit = f" from 0 to {most}" if most < 1_000 else ""
            self.problems.add("F004", f"`{key}` must be a whole number{limit}.", self, key)
        return default or 0

    def blocks(self, key: str) -> tuple["Block", ...]:
        """A list of mappings."""
        node = self._take(key, required=False)
        if node is None:
            return ()
        if isinstance(node, yaml.SequenceNode) and all(isinstance(one, yaml.MappingNode) for one in node.value):
            return tuple(self._block(one) for one in node.value)
        self.problems.add("F004", f"`{key}` must be a list of blocks.", self, key)
        return ()

    def block(self, key: str) -> "Block | None":
        """One mapping, or None when it does not stand there."""
        node = self._take(key, required=False)
        if node is None or isinstance(node, yaml.MappingNode):
            return self._block(node) if node is not None else None
        self.problems.add("F004", f"`{key}` must be a block.", self, key)
        return None

    def finish(self, known: Collection[str] = ()) -> None:
        """Report every key that nobody took: an unknown key is an error, never ignored."""
        for key in self.values:
            if key not in self.taken:
                near = nearest(key, [*self.taken, *known])
                self.problems.add("F002", f"`{key}` is no key of this block.", self, key, near)

    def _take(self, key: str, required: bool) -> yaml.Node | None:
        self.taken.add(key)
        node = self.values.get(key)
        if node is None and required:
            self.problems.add("F003", f"`{key}` is missing.", self)
        return node

    def _block(self, node: yaml.MappingNode) -> "Block":
        return block_of(node, self.file, self.problems)


def block_of(node: yaml.MappingNode, file: str, problems: Problems) -> Block:
    """Make a block of a YAML mapping; a key that is no word, or stands twice, is a problem."""
    block = Block(file, node.start_mark.line + 1, {}, {}, problems)
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        line = key.start_mark.line + 1
        if not name:
            problems.found.append(Problem("F004", "A key must be a single word.", file, line))
            continue
        if name in block.values:
            problems.found.append(Problem("F005", shown(f"`{name}` stands twice in one block."), file, line))
        block.values[name], block.lines[name] = value, line
    return block


def read_document(path: Path, problems: Problems) -> Block | None:
    """Read one file whose top is a mapping; None, with a problem noted, when it cannot be read."""
    try:
        node = read_mapping(path)
    except NotPlain as fault:
        problems.found.append(Problem("F001", shown(str(fault)), path.name, fault.line))
        return None
    return block_of(node, path.name, problems)
