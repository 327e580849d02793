"""Read a tiny flow: a YAML file whose own header says what is given and what is expected, so a new one needs no Python.

The file is the flow `flow.yml`; what follows `# file: findings.yml` is that file, with the findings of the shared
folder added (the same for acts). Every part keeps the lines it has in the tiny file. Those of `checks` stand beside the
smallest decision, of the folder `whole`. The header may say:

    # expect: F002 line 9 near options         the only problems, in any order
    # mended by line 9: options: [a, b]        with that line instead, nothing is wrong
    # case: what it shows                      begins a case; the lines below belong to it
    # persons: {A: {birth: 1990-01-01}, B: {}} before the first case: of all cases
    # given: {question: T-1, about: A>B, value: x, source: ISS}
    # act: {act: STATUS, about: A, value: active, by: [Ines]}
    # gives: HARM_AB 2, FEAR_AB unknown        strengths of findings
    # walks: t A>B: T-1 T-2 -> T-3             path, then the next question (`-> end` when there is none)
    # falls off: T-2 A>B                       answers that are not asked any more
    # calls: interrupt O-EMERG                 edges that do not move
    # refuses: C004 near ISS                   the case cannot be read, and why
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

TINY = Path(__file__).resolve().parents[1] / "tiny_flows"
SHARED = TINY / "shared"
WHOLE = TINY / "whole"
MERGED = ("findings.yml", "acts.yml")
ON = "2026-11-01"
DIRECTIVE = re.compile(
    r"# (expect|case|persons|given|act|gives|walks|falls off|calls|refuses|mended by line \d+): ?(.*)"
)
_PART = re.compile(r"# file: ([a-z.]+\.yml)")
_EXPECTED = re.compile(
    r"(?P<code>[A-Z]\d{3})(?: (?P<file>[a-z]+\.yml))?(?: line (?P<line>\d+))?(?: near (?P<near>.+))?"
)


@dataclass
class Case:
    """What is given, and what it must give."""

    title: str
    persons: dict[str, Any]
    answers: list[dict[str, Any]] = field(default_factory=list)
    acts: list[dict[str, Any]] = field(default_factory=list)
    expected: list[tuple[str, str]] = field(default_factory=list)

    def written(self) -> dict[str, Any]:
        """The case as `triage assess` reads it."""
        answers = [{"id": f"a{n}", "on": ON, "contact": "c", **one} for n, one in enumerate(self.answers, 1)]
        acts = [{"on": ON, **one} for one in self.acts]
        return {
            "id": self.title, "on": "2026-11-20", "persons": self.persons, "pairs": [["A", "B"]],
            "answers": answers, "acts": acts,
        }  # fmt: skip


@dataclass
class Tiny:
    """One tiny flow with what its header says."""

    path: Path
    lines: list[str]
    problems: list[dict[str, str]] = field(default_factory=list)
    mended: dict[int, str] = field(default_factory=dict)
    cases: list[Case] = field(default_factory=list)
    persons: dict[str, Any] = field(default_factory=lambda: {"A": {}, "B": {}})

    def mended_lines(self) -> list[str]:
        """The lines with what mends them."""
        return [self.mended.get(number, line) for number, line in enumerate(self.lines, 1)]

    def written_to(self, folder: Path, *, mended: bool = False, whole: bool = False) -> Path:
        """Write the flow and its rules into a folder; a `whole` one has the smallest decision beside them."""
        parts = _parts(self.mended_lines() if mended else self.lines)
        bases = {path.name: path for base in ((SHARED, WHOLE) if whole else (SHARED,)) for path in base.glob("*.yml")}
        for shared in bases.values():
            text = parts.pop(shared.name, "")
            (folder / shared.name).write_text(_overlaid(shared, text), encoding="utf-8")
        for name, text in parts.items():
            (folder / name).write_text(text, encoding="utf-8")
        return folder


def tiny_flows(folder: str) -> list[Tiny]:
    """Every tiny flow of a folder."""
    return [read_tiny(path) for path in sorted((TINY / folder).glob("*.yml"))]


def read_tiny(path: Path) -> Tiny:
    """Read one tiny flow. Raises ValueError for a header that says nothing the tests understand."""
    tiny = Tiny(path, path.read_text(encoding="utf-8").splitlines())
    for line in tiny.lines:
        if found := DIRECTIVE.fullmatch(line):
            _take(tiny, found[1], found[2])
        elif re.match(r"# [a-z]+( [a-z]+)?:( |$)", line) and not _PART.fullmatch(line):
            raise ValueError(f"{path.name}: no test understands `{line}`")
    return tiny


def _take(tiny: Tiny, word: str, rest: str) -> None:
    if word == "expect":
        found = _EXPECTED.fullmatch(rest)
        if not found:
            raise ValueError(f"{tiny.path.name}: no test understands `{rest}`")
        tiny.problems.append({key: value or "" for key, value in found.groupdict().items()})
    elif word.startswith("mended"):
        tiny.mended[int(word.rpartition(" ")[2])] = rest
    elif word == "persons" and not tiny.cases:
        tiny.persons = read_plain(rest)
    elif word == "case" or not tiny.cases:
        tiny.cases.append(Case(rest if word == "case" else tiny.path.stem, tiny.persons))
        if word != "case":
            _take(tiny, word, rest)
    elif word == "persons":
        tiny.cases[-1].persons = read_plain(rest)
    elif word in {"given", "act"}:
        listed = tiny.cases[-1].answers if word == "given" else tiny.cases[-1].acts
        listed.append(read_plain(rest))
    else:
        tiny.cases[-1].expected.append((word, rest))


def read_plain(text: str) -> Any:
    """Read YAML with codes such as `no` left alone."""
    return plain(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - plain texts, of our own files


def plain(value: Any) -> Any:
    """The same with numbers, true and false where they are meant, and codes such as `no` left alone."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if value in {"true", "false"}:
        return value == "true"
    return int(value) if isinstance(value, str) and re.fullmatch(r"-?\d{1,9}", value) else value


def _parts(lines: list[str]) -> dict[str, str]:
    """The text of each file, its lines where they stand in the tiny file."""
    starts = [(0, "flow.yml"), *((n, found[1]) for n, line in enumerate(lines) if (found := _PART.fullmatch(line)))]
    ends = [start for start, _ in starts[1:]] + [len(lines)]
    parts = {}
    for (start, name), end in zip(starts, ends, strict=True):
        text = "\n".join(lines[start:end])
        if any(line.strip() and not line.startswith("#") for line in lines[start:end]):
            parts[name] = "\n" * start + text + "\n"
    return parts


def _overlaid(shared: Path, text: str) -> str:
    """A part of the tiny file, with the shared findings or acts that it does not declare itself."""
    whole = shared.read_text(encoding="utf-8")
    if not text or shared.name not in MERGED:
        return text or whole
    return text + "".join(_entries_not_in(whole, text))


def _entries_not_in(whole: str, text: str) -> Iterator[str]:
    for line in whole.splitlines(keepends=True):
        found = re.match(r"  ([A-Z-]+): \{", line)
        if found and not re.search(rf"^  {found[1]}:", text, re.MULTILINE):
            yield line
