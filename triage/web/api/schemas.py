"""What is sent and answered, as pydantic models: they check the shape, and OpenAPI is made of the same lines."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from triage.cases.agency.lifecycle import Answered, State
from triage.cases.agency.problems import Missing
from triage.cases.agency.referral import AgencyReferral, ReferredAnswer, ReferredPerson
from triage.cases.matching.identity import Address, Identity
from triage.cases.record import Pair
from triage.web.api.problems import Stop

Name = Annotated[str, Field(max_length=200)]
Letter = Annotated[str, Field(pattern="^[A-H]$")]
Day = Annotated[str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", json_schema_extra={"format": "date"})]


class Strict(BaseModel):
    """Nothing is converted, and no unknown name is passed over."""

    model_config = ConfigDict(strict=True, extra="forbid")


class AddressSent(Strict):
    """Where somebody lives."""

    street: Name = ""
    postcode: Name = ""


class IdentitySent(Strict):
    """What recognises a person; everything is optional, and what is left out is not known."""

    given: Name = ""
    family: Name = ""
    also: list[Name] = Field(default=[], max_length=10)
    former: list[Name] = Field(default=[], max_length=10)
    birth_year: int | None = Field(default=None, ge=1900, le=2100)
    phones: list[Name] = Field(default=[], max_length=10)
    emails: list[Name] = Field(default=[], max_length=10)
    addresses: list[AddressSent] = Field(default=[], max_length=10)


class PersonSent(Strict):
    """A person of the referral, by the letter that the answers use."""

    letter: Letter
    called: Name = Field(min_length=1)
    birth: Day | None = None
    identity: IdentitySent = IdentitySent()


class AnswerSent(Strict):
    """An answer to a question of flow (a): about nothing, a person (`A`) or a pair (`A-B`)."""

    question: str = Field(pattern="^RI-[0-9]{2}$")
    about: str = Field(default="", pattern="^([A-H](-[A-H])?)?$")
    value: Any = Field(description="A code, a list, an object or a text, as docs/api.md says; or NK, DEC, NSA.")


class ReferralSent(Strict):
    """A referral."""

    reference: Name = Field(default="", description="Your own number, unique among your referrals. No name in it.")
    persons: list[PersonSent] = Field(min_length=2, max_length=8)
    pairs: list[Annotated[list[Letter], Field(min_length=2, max_length=2)]] = Field(min_length=1, max_length=20)
    answers: list[AnswerSent] = Field(max_length=500)
    opinion: str = Field(default="", max_length=2000, description="What you think of suitability; it weighs nothing.")


class Accepted(Strict):
    """The answer to every referral that was taken, whoever the people are."""

    id: str = Field(json_schema_extra={"format": "uuid"})
    state: State


class Question(Strict):
    """Something we ask about a referral."""

    on: Day
    text: str


class Status(Strict):
    """What an agency is shown of its own referral, published once a day."""

    id: str = Field(json_schema_extra={"format": "uuid"})
    reference: str
    state: State
    answer: Answered | None
    contact_us: bool
    questions: list[Question]


class Fault(Strict):
    """One thing that is wrong: where, and a code; never what was sent."""

    field: str
    code: str
    detail: str = ""


class Problem(BaseModel):
    """A refusal (RFC 9457)."""

    type: str
    title: str
    status: int
    errors: list[Fault] = []


class TokenRefused(Strict):
    """A refusal of the token endpoint (RFC 6749, section 5.2)."""

    error: str


class TokenAnswer(Strict):
    """An access token."""

    access_token: str
    token_type: str
    expires_in: int
    scope: str


def referral_sent(document: dict[str, Any]) -> AgencyReferral:
    """Read a referral. Raises `Stop` with 422 and every place that is wrong."""
    try:
        sent = ReferralSent.model_validate(document)
    except ValidationError as wrong:
        found = wrong.errors(include_input=False, include_url=False, include_context=False)
        raise Stop(422, [{"field": _place(one["loc"]), "code": one["type"]} for one in found[:50]]) from None
    return AgencyReferral(
        persons=tuple(_person(one) for one in sent.persons),
        pairs=tuple(Pair(*pair) for pair in sent.pairs),
        answers=tuple(ReferredAnswer(one.question, one.about, one.value) for one in sent.answers),
        external_reference=sent.reference,
        opinion=sent.opinion,
    )


def faults(missing: tuple[Missing, ...]) -> list[dict[str, str]]:
    """Put what is missing into the document of a refusal."""
    return [{"field": one.field, "code": one.code, "detail": one.sentence} for one in missing]


def _person(sent: PersonSent) -> ReferredPerson:
    known = sent.identity
    return ReferredPerson(
        letter=sent.letter,
        called=sent.called,
        birth=_day(f"persons.{sent.letter}.birth", sent.birth),
        known=Identity(
            given=known.given,
            family=known.family,
            also=tuple(known.also),
            former=tuple(known.former),
            birth_year=known.birth_year,
            phones=tuple(known.phones),
            emails=tuple(known.emails),
            addresses=tuple(Address(one.street, one.postcode) for one in known.addresses),
        ),
    )


def _day(field: str, text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Stop(422, [{"field": field, "code": "date"}]) from None


_NAMES = frozenset(
    name for model in (ReferralSent, PersonSent, IdentitySent, AddressSent, AnswerSent) for name in model.model_fields
)


def _place(location: tuple[int | str, ...]) -> str:
    """Name a place by names of ours and numbers alone; a name that was made up outside is not repeated."""
    return ".".join(str(one) if isinstance(one, int) or one in _NAMES else "?" for one in location)
