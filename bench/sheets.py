"""What a sheet costs: composing it, its page and its PDF, in every language; the 99th percentile against the contract.

Contract (issue 6): PDF p99 < 300 ms, page p99 < 50 ms; both with composing. Processor time of this process.
"""

import statistics
import sys
from collections.abc import Callable

from _timing import stopwatch, tell

from triage.settings import FLOWS, LOCALES
from triage.sheets.composing import Sheet, compose
from triage.sheets.html import page_of
from triage.sheets.library import Library, SheetKey, read_library
from triage.sheets.model import COUNTRIES, Form
from triage.sheets.pdf import pdf_of

PAGE_MS, PDF_MS = 50.0, 300.0
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 1


def main() -> None:
    """Measure and print; fail where the contract is not kept."""
    seconds = stopwatch()
    library = read_library(FLOWS, LOCALES)
    assert isinstance(library, Library), library
    tell("sheets: read every language", languages=len(library.editions), milliseconds=round(seconds() * 1e3, 1))
    keys = [
        SheetKey(sheet, country, language, form)
        for sheet in library.catalogue.sheets
        for country in COUNTRIES
        for language in library.editions
        for form in Form
        if library.state(SheetKey(sheet, country, language, form)).value not in {"missing", "refused"}
    ]
    pages = measured(library, keys * ROUNDS, page_of)
    papers = measured(library, keys * ROUNDS, lambda sheet: pdf_of(sheet, draft=True))
    told("sheets: page", pages, PAGE_MS)
    told("sheets: PDF", papers, PDF_MS)


def measured(library: Library, keys: list[SheetKey], make: Callable[[Sheet], object]) -> dict[str, list[float]]:
    """Milliseconds of every sheet by language, composing included; the first of a process counts as the others."""
    day = library.catalogue.dated
    found: dict[str, list[float]] = {}
    for key in keys:
        seconds = stopwatch()
        sheet = compose(library, key, day)
        assert isinstance(sheet, Sheet), sheet
        assert make(sheet)
        found.setdefault(key.language, []).append(seconds() * 1e3)
    return found


def told(bench: str, milliseconds: dict[str, list[float]], most: float) -> None:
    """Print the figures of all languages together and of the slowest, and keep to the contract."""
    every = sorted(one for times in milliseconds.values() for one in times)
    slowest = max(milliseconds, key=lambda language: statistics.median(milliseconds[language]))
    p99 = every[int(len(every) * 0.99)]
    tell(
        bench,
        sheets=len(every),
        median_ms=round(statistics.median(every), 1),
        p99_ms=round(p99, 1),
        worst_ms=round(every[-1], 1),
        contract_ms=most,
        slowest_language=slowest,
        its_median_ms=round(statistics.median(milliseconds[slowest]), 1),
    )
    assert p99 < most, f"{bench}: {p99:.1f} ms, contract {most} ms"


if __name__ == "__main__":
    main()
