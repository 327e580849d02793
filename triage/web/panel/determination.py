"""The page of a determination put together: what is still hidden, what is proposed and why, what has been signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from triage.cases.model import CaseView, Signature
from triage.cases.roles import Actor
from triage.cases.wall import Refused
from triage.casework.results import Proposal
from triage.web.forms.entry import FormError
from triage.web.panel.reasons import ReasonShown, reasons_of
from triage.web.panel.results import RESULTS, VIEWS, result_in_words
from triage.web.shared.evidence import Shown, findings_in_words, missing_cells
from triage.web.shared.letters import Letters, letters_of
from triage.web.shared.opened import rulebook
from triage.web.shared.places import slug_of
from triage.web.shared.posted import LONGEST_TEXT, Typed, date_of, text_of
from triage.web.shared.said import act_lines
from triage.web.shared.translation import day_in_words
from triage.web.shared.translation import translated as _
from triage.web.shared.words import Words

if TYPE_CHECKING:
    from triage.routing.assessment import Assessment

_LONGEST_REVIEW: Final = timedelta(weeks=12)


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature in words."""

    by: str
    on: str
    value: str
    contrary: str
    would_change: str
    review_on: str
    current: bool


@dataclass(frozen=True, slots=True)
class DeterminationPage:
    """Everything the template of a determination shows; `proposed` is empty until one's own view is recorded."""

    case: CaseView
    pair: str
    slug: str
    version: int
    signed: tuple[str, ...]
    proposed: str = ""
    reasons: tuple[ReasonShown, ...] = ()
    findings: tuple[Shown, ...] = ()
    missing: tuple[str, ...] = ()
    views: tuple[tuple[str, str, str], ...] = ()
    signatures: tuple[SignatureLine, ...] = ()
    waits: bool = False
    disagreement: bool = False


def determination_page(
    actor: Actor, case: CaseView, pair: str, seen: Proposal | Refused, assessment: Assessment | None, words: Words
) -> DeterminationPage:
    """Put the page of a pair together; while one's own view is missing, nothing of what others think is on it."""
    acts = tuple(act_lines(act, words) for act in case.record.acts if (act.act, act.about) == ("W-SIGN", pair))
    slug = slug_of(pair)
    if isinstance(seen, Refused) or assessment is None:
        return DeterminationPage(case=case, pair=pair, slug=slug, version=case.version, signed=acts)
    letters = letters_of(pair)
    decided = next(one.decision for one in assessment.pairs if one.pair.undirected == pair)
    of_pair = assessment.only([one for one in case.record.pairs if one.undirected == pair])
    lines = tuple(_line(one, letters) for one in seen.signatures)
    return DeterminationPage(
        case=case, pair=pair, slug=slug, version=seen.version, signed=acts, signatures=lines,
        proposed=result_in_words(decided.result, letters), reasons=reasons_of(decided, pair, words),
        findings=findings_in_words(actor, case, rulebook(), of_pair, words),
        missing=missing_cells(of_pair.missing, words),
        views=tuple((one.by, result_in_words(one.result, letters), one.grounds) for one in seen.views),
        waits=any(line.by == actor.name and line.current for line in lines),
        disagreement=len({line.value for line in lines if line.current}) > 1,
    )  # fmt: skip


def _line(one: Signature, letters: Letters) -> SignatureLine:
    return SignatureLine(
        one.by, day_in_words(one.on), result_in_words(one.value, letters), one.contrary_evidence, one.would_change,
        day_in_words(one.review_on), one.current,
    )  # fmt: skip


def view_problems(typed: Typed) -> tuple[FormError, ...]:
    """Say what an own view lacks."""
    grounds = text_of(typed, "grounds")
    wrong = {
        "result": (text_of(typed, "result") not in VIEWS, _("Choose what you think now.")),
        "grounds": (not 0 < len(grounds) <= LONGEST_TEXT, _("Say on what grounds, in at most 4000 characters.")),
    }
    return tuple(FormError(field, text) for field, (holds, text) in wrong.items() if holds)


def signature_problems(typed: Typed, today: date) -> tuple[FormError, ...]:
    """Say what a signature lacks (domain 0.6)."""
    review = date_of(text_of(typed, "review_on"))
    late = review is None or not today < review <= today + _LONGEST_REVIEW
    contrary, change = text_of(typed, "contrary"), text_of(typed, "would_change")
    wrong = {
        "result": (text_of(typed, "result") not in RESULTS, _("Choose the result you sign.")),
        "contrary": (not 0 < len(contrary) <= LONGEST_TEXT, _("Give the strongest evidence against this result.")),
        "would_change": (not 0 < len(change) <= LONGEST_TEXT, _("Say what would change your mind.")),
        "review_on": (late, _("Give a review date after today, at most twelve weeks from now.")),
    }
    return tuple(FormError(field, text) for field, (holds, text) in wrong.items() if holds)
