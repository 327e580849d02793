"""Read YAML into a tree that remembers its lines, and take typed values out of it, collecting every problem."""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from triage.flow.problems import Problem, nearest

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Problems:
    """The problems found so far, in one place for one reading."""

    found: list[Problem] = field(default_factory=list)

    def add(self, code: str, message: str, at: "Block | None" = None, key: str = "", near: str = "") -> None:
        """Note a problem at a block, or at one key of it."""
        line = at.line_of(key) if at else 0
        self.found.append(Problem(code, message, at.file if at else "", line, near))


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

    def text(self, key: str, default: str | None = None) -> str:
        """A single word or text; a missing one without default is a problem."""
        node = self._take(key, default is None)
        if node is None:
            return default or ""
        if not isinstance(node, yaml.ScalarNode):
            self.problems.add("F004", f"`{key}` must be a single text.", self, key)
            return default or ""
        return str(node.value)

    def texts(self, key: str, required: bool = False) -> tuple[str, ...]:
        """A list of words; a single word counts as a list of one."""
        node = self._take(key, required)
        if node is None:
            return ()
        if isinstance(node, yaml.ScalarNode):
            return (str(node.value),)
        if isinstance(node, yaml.SequenceNode) and all(isinstance(one, yaml.ScalarNode) for one in node.value):
            return tuple(str(one.value) for one in node.value)
        self.problems.add("F004", f"`{key}` must be a list of words.", self, key)
        return ()

    def flag(self, key: str) -> bool:
        """True or false; false when it does not stand there."""
        word = self.text(key, "false")
        if word not in {"true", "false"}:
            self.problems.add("F004", f"`{key}` must be true or false.", self, key)
        return word == "true"

    def number(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        word = self.text(key, None if default is None else str(default))
        if word.isascii() and word.isdigit() and len(word) < 10:
            return int(word)
        if word:
            self.problems.add("F004", f"`{key}` must be a whole number.", self, key)
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
    """Make a block of a YAML mapping; a key written twice is a problem."""
    block = Block(file, node.start_mark.line + 1, {}, {}, problems)
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        if name in block.values:
            block.lines[name] = key.start_mark.line + 1
            problems.add("F005", f"`{name}` stands twice in one block.", block, name)
        block.values[name], block.lines[name] = value, key.start_mark.line + 1
    return block


def read_document(path: Path, problems: Problems) -> Block | None:
    """Read one file whose top is a mapping; None, with a problem noted, when it cannot be read."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (OSError, UnicodeDecodeError) as fault:
        problems.found.append(Problem("F001", f"The file cannot be read: {fault}.", path.name))
        return None
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        detail = getattr(fault, "problem", None) or "it is not YAML"
        line = mark.line + 1 if mark else 0
        problems.found.append(Problem("F001", f"The file is not YAML: {detail}.", path.name, line))
        return None
    if not isinstance(node, yaml.MappingNode):
        problems.found.append(Problem("F001", "The file must hold a mapping.", path.name, 1))
        return None
    return block_of(node, path.name, problems)
