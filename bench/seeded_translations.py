"""What the checks catch of errors as translators make them, in percent by kind: 200 in French, 110 elsewhere.

Contract (issue 6): every error of a placeholder, a number or a direction; nine of ten over all. In French, where a lost
and an added "not" are made as a translator makes them, all eight kinds; elsewhere those that need no grammar.
"""

import random
import sys
from collections import Counter
from pathlib import Path

from _timing import tell

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the errors are those of the tests
from tests.sheets.seeding import KINDS, seeded
from triage.settings import FLOWS, LOCALES
from triage.sheets.library import SOURCE, Edition, Library, read_library
from triage.sheets.translating import problems_of_translation

ALWAYS = ("placeholder", "number", "direction")
WITHOUT_GRAMMAR = {"placeholder": 30, "number": 30, "direction": 30, "markup": 10, "a doubled text": 10}
SEED = 2026


def main() -> None:
    """Print the share that is caught, and fail where the contract is not kept."""
    library = read_library(FLOWS, LOCALES)
    assert isinstance(library, Library), library
    french = library.editions["fr"]
    keep(library, french, seeded(words_of(french), SEED), tuple(KINDS))
    for code, edition in sorted(library.editions.items()):
        if code not in {SOURCE, "fr"}:
            keep(library, edition, errors_in(words_of(edition)), tuple(WITHOUT_GRAMMAR))


def words_of(edition: Edition) -> dict[str, str]:
    """The good translations of a language, those of the page itself aside."""
    return {text: one.words for text, one in edition.texts.by_id.items() if ".label." not in text}


def errors_in(texts: dict[str, str]) -> list[tuple[str, str, str]]:
    """Make the errors that need no grammar: kind, id of the text, the spoiled words."""
    chance, found = random.Random(SEED), []
    for kind, times in WITHOUT_GRAMMAR.items():
        spoil, _times, fits = KINDS[kind]
        fitting = [text for text, words in texts.items() if fits(words)]
        for _ in range(times):
            text = chance.choice(fitting)
            found.append((kind, text, spoil(texts[text], chance)))
    return [one for one in found if one[2] != texts[one[1]]]


def keep(library: Library, edition: Edition, errors: list[tuple[str, str, str]], kinds: tuple[str, ...]) -> None:
    """Hold each error beside its English, print the percentages, and keep to the contract."""
    source, made, caught = library.editions[SOURCE], Counter[str](), Counter[str]()
    for kind, text, words in errors:
        english = source.texts.words(text)
        made[kind] += 1
        caught[kind] += bool(problems_of_translation(text, english, words, source.language, edition.language))
    share = {kind: round(100 * caught[kind] / made[kind], 1) for kind in kinds}
    total = round(100 * caught.total() / made.total(), 1)
    tell("sheets: seeded errors", language=edition.language.code, errors=made.total(), caught=total, by_kind=share)
    assert all(share[kind] == 100 for kind in ALWAYS), share
    assert total >= 90, share


if __name__ == "__main__":
    main()
