"""What is wrong with a file of referrals: the row, the column, a code, and a sentence in either language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from triage.flow.problems import shown

WORDS: Final = Path(__file__).with_name("words.toml")
LANGUAGES: Final = ("en", "fr")
_PLACE: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "en": ("sheet {}", "row {}", "column {}", ": "),
    "fr": ("feuille {}", "ligne {}", "colonne {}", " : "),
}
_MEANT: Final[Mapping[str, str]] = {"en": " Did you mean `{}`?", "fr": " Vouliez-vous dire `{}` ?"}
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to put right.

    `row` is the row as a spreadsheet numbers it, the header being row 1; 0 when the whole file is meant; in JSON the
    number of the referral. `sheet` names the table of a file that has several. `code` is a key of `[faults]` in
    words.toml, or `sending.X` with X a key of `triage.cases.agency.problems.SENTENCES`. `said` is what was written,
    shortened; `near` a known name.
    """

    row: int
    column: str
    code: str
    said: str = ""
    near: str = ""
    sheet: str = ""

    def in_words(self, language: str = "en", sentence: str = "") -> str:
        """Say it in one line: "row 17, column birth: 31/02/1990 is not a date.".

        `sentence` is given for the codes that are not of words.toml, already in that language.
        """
        *forms, then = _PLACE[language]
        parts = (shown(self.sheet), self.row, shown(self.column))
        places = [form.format(what) for form, what in zip(forms, parts, strict=True) if what]
        near = _MEANT[language].format(self.near) if self.near else ""
        said = shown(self.said[:_LONGEST]) + ("…" if len(self.said) > _LONGEST else "")
        text = sentence or vocabulary()["faults"][self.code][language].format(said=said, near=near)
        return f"{', '.join(places)}{then}{text}" if places else text


class FileRefused(ValueError):
    """The file cannot be read as a whole; `faults` say why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(fault.code for fault in faults))
        self.faults = faults


@cache
def vocabulary() -> Mapping[str, Any]:
    """Read words.toml: the columns and faults, by language."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))
