"""The compiled and the literal reading agree on rulebooks made by chance, which ask for "not found" in every way."""

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.assess.language import TODAY
from tests.assess.literal import everything, literal_context, literal_fallen, literal_walks
from tests.assess.test_two_readings import disturbed
from tests.proof.sheets.random_flows import sheet_of, write_rulebook
from triage.assess.compiled.compiling import CompiledRulebook, compile_rulebook
from triage.assess.findings import findings_of
from triage.assess.reading.answers import read_case
from triage.assess.walk import off_the_path, walks_of
from triage.assess.worth.competence import BY_ACCOUNTS, COMPETENCE
from triage.cases.record import CaseRecord
from triage.flow.model import Rulebook
from triage.flow.reading import read_rulebook
from triage.routing.loading import WORDS

PARTS, BOOKS, SHEETS = range(4), 20, 10
ROLES = {"directed": ("", "_xy", "_yx"), "person": ("", "_x", "_y"), "pair": ("",), "case": ("",)}
Block = dict[str, Any]


def rulebook(directory: Path, chance: random.Random) -> CompiledRulebook:
    """A rulebook by chance, of which most findings ask who said "not found": where, and with what competence."""
    write_rulebook(directory, chance)
    flow, findings = directory / "a.yml", directory / "findings.yml"
    written, found = json.loads(flow.read_text()), json.loads(findings.read_text())
    for name, finding in found["findings"].items():
        _ask(finding, list(_denying(name, finding, written["questions"])), chance)
    findings.write_text(json.dumps(found))
    book = read_rulebook(directory, WORDS)
    assert isinstance(book, Rulebook), [str(one) for one in book][:3]
    return compile_rulebook(book)


def _denying(name: str, finding: Block, questions: list[Block]) -> Iterator[str]:
    """What a rule may ask about "not found": each question that rules it out, at every place."""
    for question in questions:
        of = [one for one in question["evidence"] if one["finding"].partition("_")[0] == name]
        if any(one["strength"] == "0" for one in of):
            roles = ROLES[question["about"]] if finding["scope"] != "pair" else ("",)
            yield from (f"{question['id']}{role}" for role in roles)


def _ask(finding: Block, places: list[str], chance: random.Random) -> None:
    """Put what is asked in the zero, in what leaves it open, in what weakens it, and in rules of any strengths."""
    if places:
        competences = ["", "", *(f", {one}" for one in sorted(set(COMPETENCE) - BY_ACCOUNTS))]
        one, other = (f"no({chance.choice(places)}{chance.choice(competences)})" for _ in range(2))
        asked = (one, f"{one} and {other}", f"{one} or {other}", f"{one} and not {other}")
        beside = ("answered(Q-00)", f"{one} or answered(Q-00)") if finding["scope"] != "pair" else ()
        finding["zero"] = chance.choice((*asked, *beside, f"not {one}", ""))
        if not finding["zero"]:
            finding.pop("zero")
        for key in ("unknown_when", "falls_to_1_when"):
            finding |= {key: other} if chance.random() < 0.2 else {}
        if chance.random() < 0.5:
            finding.setdefault("rules", []).append({"strength": chance.randint(1, 4), "when": chance.choice(asked)})


def clues(book: Rulebook, chance: random.Random) -> Iterator[Mapping[str, Any]]:
    """Sheets with several answers to each question."""
    for _ in range(SHEETS):
        yield disturbed(sheet_of(book, chance, 3), chance)


@pytest.mark.parametrize("part", PARTS)
def test_both_readings_agree_on_random_rules(tmp_path: Path, part: int) -> None:
    reached, several = Counter[int](), 0
    for number in range(BOOKS):
        chance = random.Random(part * 1_000 + number)
        book = rulebook(tmp_path, chance)
        several += any(len(way) > 1 for ways in book.cells.ways.values() for way in ways)
        for sheet in clues(book.rulebook, chance):
            record = read_case(sheet, book.rulebook, TODAY)
            assert isinstance(record, CaseRecord), record
            pair = record.pairs[0]
            literal = literal_context(book, record, pair, frozenset())
            quick = findings_of(book, record, pair, record.on).context
            slow = everything(literal, literal_fallen(literal), literal_walks(literal))
            assert everything(quick, off_the_path(quick), walks_of(quick)) == slow, (number, record)
            reached.update(quick.strengths)
    assert set(reached) >= {-1, 0, 1, 2, 3, 4}
    assert several >= BOOKS // 4, "several accounts together must be asked for, or nothing is compared"
