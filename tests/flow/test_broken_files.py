"""Whatever stands in a file of `flows/`, reading it gives a rulebook or problems, and never an exception."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.flow.mutations import broken, misspelt
from tests.flow.reading import outcome, read
from tests.flow.tiny import SHARED, Case, tiny_flows
from triage.flow.model import Rulebook
from triage.flow.problems import CODES, Problem
from triage.flow.reading import RULE_FILES, RULES_OF_FINDINGS
from triage.settings import FLOWS

SHIPPED = {
    path.name: path.read_text(encoding="utf-8")
    for path in FLOWS.glob("*.yml")
    if path.name not in RULE_FILES or path.name in RULES_OF_FINDINGS
}
Write = Callable[[str | bytes], tuple[Problem, ...]]


def check(found: Rulebook | tuple[Problem, ...]) -> None:
    """A rulebook that can be used, or problems that can be read."""
    if isinstance(found, Rulebook):
        outcome(found, Case("nothing said", {"A": {}, "B": {}}))
        return
    assert found
    for problem in found:
        assert problem.code in CODES
        assert problem.file
        assert str(problem).isprintable()
        assert len(str(problem)) < 700


@pytest.mark.parametrize("seed", range(10))
def test_a_tiny_flow_may_be_broken_in_any_way(seed: int, tmp_path: Path) -> None:
    chance, tinies = Random(seed), tiny_flows("features")
    for number in range(150):
        folder = chance.choice(tinies).written_to(tmp_path)
        victim = chance.choice(sorted(folder.glob("*.yml")))
        mutated = (misspelt if number % 2 else broken)(victim.read_text(encoding="utf-8"), chance)
        victim.write_text(mutated, encoding="utf-8", errors="surrogatepass")
        check(read(folder))


@pytest.mark.parametrize("seed", range(4))
def test_the_shipped_flows_may_be_broken_in_any_way(seed: int, tmp_path: Path) -> None:
    chance = Random(seed)
    for _ in range(50):
        victims = chance.sample(sorted(SHIPPED), 5)
        for name, text in SHIPPED.items():
            mutated = misspelt(text, chance) if name in victims else text
            (tmp_path / name).write_text(mutated, encoding="utf-8")
        check(read(tmp_path))


@pytest.fixture
def told(tmp_path: Path) -> Write:
    def write(content: str | bytes) -> tuple[Problem, ...]:
        for shared in SHARED.glob("*.yml"):
            (tmp_path / shared.name).write_bytes(shared.read_bytes())
        (tmp_path / "flow.yml").write_bytes(content.encode() if isinstance(content, str) else content)
        found = read(tmp_path)
        assert isinstance(found, tuple)
        check(found)
        return found

    return write


LAUGHS = "a: &a [x]\n" + "".join(
    f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdef", "bcdefg", strict=True)
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "must hold a mapping"),
        (b"\n\n# only a comment\n", "must hold a mapping"),
        (b"just words", "must hold a mapping"),
        (b"- a\n- b\n", "must hold a mapping"),
        (b"flow: t\n---\nflow: u\n", "not YAML"),
        (b"\xff\xfe\x00f\x00l", "no text in UTF-8"),
        ("flow: té".encode("latin-1"), "no text in UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no text in UTF-8"),
        (b"flow: t\0\n", "not YAML"),
        (b"a: \x07\n", "not YAML"),
        (b"a: " + b"[" * 100_000, "nest"),
        (b"a: " + b"{b: " * 100_000, "nest"),
        (b"".join(b" " * n + b"a:\n" for n in range(500)), "nested too deeply"),
        (LAUGHS.encode(), "Anchors"),
        (b"a: &a {b: *a}\n", "Anchors"),
        (b"a: !!python/object/apply:os.system [ls]\n", "Tags"),
        (b"a: !!binary aGVsbG8=\n", "Tags"),
        (b"a: 'x" + b"y" * 10_000_000, "larger than"),
        (b"a: 'open", "not YAML"),
        (b"\ta: 1\n", "not YAML"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_file_that_is_no_plain_yaml_is_told_alone(content: bytes, said: str, told: Write) -> None:
    found = told(content)
    assert [problem.code for problem in found] == ["F001"]
    assert said in found[0].message


def test_keys_that_are_no_words_are_told(told: Write) -> None:
    assert {"F004"} <= {problem.code for problem in told("? [a, b]\n: c\n? {d: e}\n: f\n")}


def test_a_line_of_two_million_signs_is_told_in_short(told: Write) -> None:
    found = told("flow: t\nversion: 1\nabout: case\nopens: " + "a" * 1_900_000 + '\nclauses: ["1.1"]\nquestions: []\n')
    assert [problem.code for problem in found] == ["F015"]


def test_signs_that_a_terminal_would_obey_are_not_repeated(told: Write) -> None:
    messages = [str(problem) for problem in told('flow: "\\e[31mred"\n"\\e[2J\\u202e": 1\n')]
    assert messages
    assert not any("\x1b" in message or "\u202e" in message for message in messages)


def test_a_folder_where_a_file_should_be_is_told(told: Write, tmp_path: Path) -> None:
    (tmp_path / "other.yml").mkdir()
    assert [(one.code, one.file) for one in told("flow: t\n")] == [("F001", "other.yml")]


def test_a_link_to_nothing_is_told(told: Write, tmp_path: Path) -> None:
    (tmp_path / "other.yml").symlink_to(tmp_path / "gone.yml")
    assert [(one.code, one.file) for one in told("flow: t\n")] == [("F001", "other.yml")]


@pytest.mark.parametrize("name", RULES_OF_FINDINGS)
def test_a_missing_file_of_rules_is_told_by_its_name(name: str, tmp_path: Path) -> None:
    folder = tiny_flows("features")[0].written_to(tmp_path)
    (folder / name).unlink()
    found = read(folder)
    assert isinstance(found, tuple)
    assert [(one.code, one.file) for one in found] == [("F001", name)]


def test_a_folder_without_a_flow_is_told(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert isinstance(found, tuple)
    assert [one.code for one in found] == ["F001"]


def test_all_problems_of_all_files_are_told_at_once_in_the_order_of_the_files(tmp_path: Path) -> None:
    for name, text in SHIPPED.items():
        (tmp_path / name).write_text(text + "nonsense: 1\n", encoding="utf-8")
    found = read(tmp_path)
    assert isinstance(found, tuple)
    assert {one.file for one in found if one.code == "F002"} | {one.file for one in found} == set(SHIPPED)
    assert [one.file for one in found] == sorted(one.file for one in found)
