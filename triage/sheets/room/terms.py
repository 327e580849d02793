"""The words without an equivalent: how a language says each, typed, reviewed and approved like a text of a sheet.

The English file of languages names them with what is meant; a service of and for the speakers approves how they are
said. Source: domain 07, 7.4.
"""

from triage.sheets.library import SOURCE
from triage.sheets.model import Catalogue
from triage.sheets.reviews import State
from triage.sheets.room.revisions import Candidate, Standing, beside, shipped

PREFIX = "term."


def term_ids(catalogue: Catalogue) -> dict[str, str]:
    """Every term by its id: the English words for it."""
    return {PREFIX + english.replace(" ", "-"): english for english in catalogue.languages[SOURCE].terms}


def meant_by(catalogue: Catalogue, english: str) -> str:
    """The English words for a term with what is meant: what stands beside its translation."""
    return f"{english}: {catalogue.languages[SOURCE].terms[english]}"


def shipped_term(catalogue: Catalogue, language: str, english: str) -> Standing:
    """Give the standing of a term that nobody of this installation has touched."""
    return shipped(catalogue.languages[language].terms.get(english, ""), "", None)


def state_of_term(latest: Candidate, source: str) -> State:
    """How far the latest words for a term are."""
    if not latest.words:
        return State.MISSING
    if not beside(latest.source, source):
        return State.STALE
    if latest.approved:
        return State.APPROVED
    return State.REVIEWED if latest.reviewed else State.DRAFT
