"""Every decision has a number of its own, the same in its title, and says from when it is and whether it holds."""

import re

from tests.rules.house import ROOT

DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
OPENING = re.compile(r"# (\d+)\. .+\n\nDate: \d{4}-\d\d-\d\d\. Status: .+")


def test_no_two_decisions_have_one_number() -> None:
    numbers = [path.name[:4] for path in DECISIONS]
    assert len(numbers) >= 60
    assert sorted(set(numbers)) == numbers


def test_every_decision_opens_with_its_number_its_date_and_its_status() -> None:
    found = {path.name: OPENING.match(path.read_text(encoding="utf-8")) for path in DECISIONS}
    assert {name for name, opening in found.items() if not opening or int(opening[1]) != int(name[:4])} == set()
