"""The referral of an agency as a value: people, pairs, answers of flow (a), and what the agency thinks of it.

The one shape in which a referral leaves the portal, the API, a spreadsheet or a file. Its letters are the sender's own
and end with it: when it is taken into a case, letters are drawn anew (domain 0.1). What it says of holder, danger and
safe contact are answers like all others; the properties here only find them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from triage.cases.compartments import SAFE_CONTACT_QUESTION
from triage.cases.matching.identity import NOTHING_KNOWN, Identity
from triage.cases.model import PersonDetails, Raw
from triage.cases.record import NON_ANSWERS, Pair

LETTERS: Final = "ABCDEFGH"
"""The letters of the people of one referral, in the order of the sender."""
DANGER_QUESTION, SENDER_QUESTION, FACTS_QUESTION, LABEL_QUESTION, HOLDER_QUESTION = (
    "RI-01", "RI-02", "RI-04", "RI-21", "RI-09",
)  # fmt: skip
DANGER_NOW, CONTACT_DANGEROUS = "danger_now", "contact_dangerous"
STATUTORY: Final = "statutory_agency"
REVIEW_NEAR: Final = timedelta(days=7)
"""How long before a review its holder is reminded."""


@dataclass(frozen=True, slots=True)
class ReferredPerson:
    """One person of a referral: a letter of `LETTERS`, what to call them, and what recognises them."""

    letter: str
    called: str
    birth: date | None = None
    known: Identity = NOTHING_KNOWN

    @property
    def details(self) -> PersonDetails:
        """The same, as a case takes it."""
        return PersonDetails(self.called, self.birth, self.known)


@dataclass(frozen=True, slots=True)
class ReferredAnswer:
    """What an agency answers to one question of flow (a).

    `about` is empty (the referral), `A` (a person) or `A-B` (a pair, as it stands in `pairs`); `value` is raw, in the
    shape that `triage assess` reads (design page 4). The source class is always REF: it is the agency that speaks.
    """

    question: str
    about: str
    value: Raw


@dataclass(frozen=True, slots=True)
class Holder:
    """Who stays responsible for the risk (RI-09): an option code, agency, named worker, contact, next review."""

    option: str
    agency: str = ""
    worker: str = ""
    contact: str = ""
    review_on: str = ""

    def is_due(self, today: date) -> bool:
        """Say whether the review is within a week or past; a day that cannot be read is due."""
        try:
            return date.fromisoformat(self.review_on) - today <= REVIEW_NEAR
        except ValueError:
            return True


@dataclass(frozen=True, slots=True)
class AgencyReferral:
    """A referral as an agency writes it; incomplete while it is a draft.

    `external_reference` is the agency's own number, unique within the agency when it is given. `opinion` is what the
    agency thinks of suitability: it is kept apart, shown as such, and never becomes an answer (INV-16, weight 0).
    """

    persons: tuple[ReferredPerson, ...] = ()
    pairs: tuple[Pair, ...] = ()
    answers: tuple[ReferredAnswer, ...] = ()
    external_reference: str = ""
    opinion: str = ""

    def value_of(self, question: str, about: str = "") -> Raw:
        """What was answered to a question about a place; the last answer counts, None when there is none."""
        said = (one.value for one in reversed(self.answers) if (one.question, one.about) == (question, about))
        return next(said, None)

    @property
    def holder(self) -> Holder | None:
        """Who stays responsible, or None when nobody said."""
        value = self.value_of(HOLDER_QUESTION)
        if isinstance(value, str) and value and value not in NON_ANSWERS:
            return Holder(value)
        if not isinstance(value, Mapping) or not value.get("code"):
            return None
        texts = {name: _text(value.get(name)) for name in ("agency", "named_worker", "contact", "next_review_on")}
        return Holder(_text(value["code"]), *texts.values())

    @property
    def danger(self) -> str:
        """What was said of danger now (RI-01): a code of the question, or empty; unknown is never "no danger"."""
        return _text(self.value_of(DANGER_QUESTION))

    @property
    def is_statutory(self) -> bool:
        """Whether the sender has statutory duties; one who does not say is taken to have them."""
        said = _text(self.value_of(SENDER_QUESTION))
        return said in {"", STATUTORY, *NON_ANSWERS}

    @property
    def safe_contacts(self) -> Mapping[str, Raw]:
        """By letter, how the agency proposes to reach a person; a proposal is never a confirmed channel."""
        said = {one.letter: self.value_of(SAFE_CONTACT_QUESTION, one.letter) for one in self.persons}
        return {letter: value for letter, value in said.items() if value not in (None, *NON_ANSWERS)}


def _text(value: Raw) -> str:
    return value.strip() if isinstance(value, str) else ""
