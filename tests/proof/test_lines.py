"""What the terminal says of an answer sheet of a broken law: whom each question is about, or that nothing was said."""

from typing import Any

import pytest

from triage.checks.wording import catalogue_of, read_catalogue
from triage.cli.telling.words import Words
from triage.proof.lines import Telling, lines
from triage.proof.telling import ShownPart, ShownProof
from triage.settings import LOCALES

BROKEN = ShownPart("law", "", "Strangulation")
TEXTS = {language: read_catalogue(catalogue_of(LOCALES, language)) for language in ("en", "fr")}
STRANGLED = {"question": "DR-01", "value": "fortnight", "source": "ISS"}


def told(*answers: dict[str, Any], births: tuple[str, str] = ("", ""), language: str = "en") -> list[str]:
    """The lines of a law that is broken by these answers."""
    sheet = {
        "persons": {person: {"birth": birth} for person, birth in zip("AB", births, strict=True)},
        "answers": answers,
        "acts": [],
    }
    proof = ShownProof(
        id="INV-34", sentence="", clauses=(), status="broken", parts=(), broken=BROKEN, sheet=sheet,
        sheet_leads_to=None, cases=(), changed=(), replayed=True, faults=(), tests=(), awaits="",
    )  # fmt: skip
    return list(lines(proof, 0.0, Telling(TEXTS[language], Words(language), of_answers=True)))


@pytest.mark.parametrize(("about", "acts", "other"), [("A>B", "A", "B"), ("B>A", "B", "A")])
def test_a_question_is_asked_about_whom_the_answer_is(about: str, acts: str, other: str) -> None:
    (asked,) = [line.strip() for line in told({**STRANGLED, "about": about}) if "DR-01" in line]
    assert asked.startswith(f"DR-01 ({about}) Has {acts} ever put hands, an arm, an object or weight on {other}'s neck")


def test_a_sheet_without_answers_says_so_in_words() -> None:
    nothing = "Nothing was answered and nothing was signed."
    assert nothing in "\n".join(told(births=("1990-05-01", "")))
    assert nothing not in "\n".join(told({**STRANGLED, "about": "A>B"}))


def test_a_sheet_is_told_in_french() -> None:
    found = [line.strip() for line in told({**STRANGLED, "about": "A>B"}, births=("1990-05-01", ""), language="fr")]
    assert found[0].startswith("INV-34  rompu")
    assert {"Rompu : Strangulation", "La fiche de réponses :", "A : date de naissance 1990-05-01"} <= set(found)
    assert "= fortnight, source ISS" in found
    assert next(line for line in found if line.startswith("DR-01 (A>B)")).endswith("?")
    assert not [line for line in found if "Has A" in line]
