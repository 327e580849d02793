"""A referral of each of twenty vignettes arrives by the portal, the API and a workbook, and becomes the same case.

The same: every answer with its circumstances, the people and what recognises them, who sent it and the facts; apart
from ids, and from the letters, which are drawn by lot. R09 says that its holder closes: each way in refuses it alike.
"""

import io
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from tests.casework.agencies.sent import HELD, PASSWORD, Post
from tests.interchange.drafts import VIGNETTES, draft_of, questions
from tests.web.api.calling import Program, program
from tests.web.api.portal import Clerk
from tests.web.site import Person
from triage.assess.reading.exchanging import exchanged_value
from triage.assess.reading.values import Value, value_or_problem
from triage.cases.agency.referral import AgencyReferral, ReferredAnswer, ReferredPerson
from triage.cases.agency.spelling import written
from triage.cases.matching.identity import Address, Identity
from triage.cases.record import Answer, Pair
from triage.cases.roles import Actor, Role
from triage.casework.agencies.incoming import list_incoming, read_incoming
from triage.casework.agencies.taking import Taking, take
from triage.casework.assessments import read
from triage.casework.results import Recorded
from triage.casework.service import RULES
from triage.interchange.writing import as_xlsx, table_of
from triage.store.data_keys import PROGRAMME, read_data_keys
from triage.store.identities import read_identities
from triage.web.factory import create_app

TWENTY = {path.stem: path for path in VIGNETTES[:20]}
CLOSING = "R09"
FAMILIES = (
    "Achterberg", "Blomqvist", "Czerny", "Dvorak", "Eskildsen", "Fitzgerald", "Gallagher", "Hakimi", "Ivanov",
    "Jimenez", "Kowalski", "Lindqvist", "Mbeki", "Nakamura", "Okonkwo", "Petrov", "Quiroga", "Rasmussen", "Szabo",
    "Thorvald",
)  # fmt: skip
"""Names that hardly any two of the twenty share, so that a case is compared with those of its own vignette."""
DOORS = ("portal", "api", "file")


def referral_of(name: str, door: str) -> AgencyReferral:
    """The referral of a vignette: its answers to flow (a), people whom their agency knows well, and a holder."""
    draft = draft_of(TWENTY[name])
    persons = tuple(_known(name, one) for one in draft.persons)
    answers = [_in_order(one) for one in draft.answers]
    if not any(one.question == "RI-09" for one in answers):
        answers.append(ReferredAnswer("RI-09", "", HELD))
    order = list(questions())
    answers.sort(key=lambda one: (order.index(one.question), one.about))
    pairs = tuple(Pair(*sorted((pair.a, pair.b))) for pair in draft.pairs)
    return AgencyReferral(persons, pairs, tuple(answers), f"{name} {door}", draft.opinion)


def _in_order(one: ReferredAnswer) -> ReferredAnswer:
    """The same answer about a pair whose letters stand in order, as the portal names pairs."""
    about = "-".join(sorted(one.about.split("-")))
    if about == one.about:
        return one
    return ReferredAnswer(one.question, about, exchanged_value(questions()[one.question], one.value))


def staying(referral: AgencyReferral) -> AgencyReferral:
    """The same, with a holder who stays."""
    answers = tuple(replace(one, value=HELD) if one.question == "RI-09" else one for one in referral.answers)
    return replace(referral, answers=answers)


def _known(name: str, one: ReferredPerson) -> ReferredPerson:
    place = int(name[1:])
    number = f"{place:02}{ord(one.letter) - 64}"
    known = Identity(
        given=f"Ä{FAMILIES[-place].lower()}", family=f"O'{FAMILIES[place - 1]}"[place % 2 * 2 :],
        former=(FAMILIES[place - 7], f"{FAMILIES[place - 13]}-Smith"[: -6 if place % 3 else None]),
        birth_year=None if one.birth else 1980, phones=(f"07700 900{number}", f"0100 555 {number}"),
        emails=(f"{one.letter.lower()}.{name.lower()}@example.org",),
        addresses=(Address(f'{number} "High" St, Flat 2', f"AB{number} 2CD"),),
    )  # fmt: skip
    return replace(one, called=f"{one.letter} of {name}", known=known)


def as_called(referral: AgencyReferral) -> dict[str, Any]:
    """The referral as the API takes it."""
    kept = written(referral)
    people = [
        {
            "letter": one["letter"], "called": one["called"], "birth": one["birth"] or None,
            "identity": {name: value for name, value in one["known"].items() if name != "birth"},
        }
        for one in kept["persons"]
    ]  # fmt: skip
    answers = [{"question": question, "about": about, "value": value} for question, about, value in kept["answers"]]
    return {
        "reference": referral.external_reference, "persons": people, "pairs": kept["pairs"], "answers": answers,
        "opinion": referral.opinion,
    }  # fmt: skip


@pytest.fixture(scope="module")
def post(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Post:
    return Post(tmp_path_factory.mktemp("three-doors"), demonstration=True)


@pytest.fixture(scope="module")
def worker(post: Post) -> Actor:
    return post.staff("worker")


@pytest.fixture(scope="module")
def calling(post: Post) -> Program:
    made = program(post)
    made.sign_in()
    return made


@pytest.fixture(scope="module")
def arrived(post: Post, worker: Actor, calling: Program) -> dict[str, UUID]:
    """Every referral by each of the three ways, by the agency's own number of it."""
    _typed(post)
    _called(post, calling)
    _filed(post)
    lines = list_incoming(post.service, worker).lines
    found = [read_incoming(post.service, worker, one.id) for one in lines]
    return {one.referral.external_reference: one.line.id for one in found}


def _person(post: Post, name: str, role: Role) -> Person:
    post.outside(name, role)
    person = Person(create_app(post.service.settings, post.service).test_client(), name)
    assert person.sign_in(PASSWORD).status_code == 303
    return person


def _typed(post: Post) -> None:
    clerk = Clerk(_person(post, "clerk", Role.AGENCY_CLERK), questions())
    for name in TWENTY:
        clerk.sends(referral_of(name, "portal"))
    assert len(clerk.refused) == 1
    assert "not a reason to close a case" in clerk.refused[0]
    assert clerk.sends(replace(staying(referral_of(CLOSING, "portal")), external_reference=f"{CLOSING} portal stays"))


def _called(post: Post, calling: Program) -> None:
    for name in TWENTY:
        answer = calling.send(as_called(referral_of(name, "api")))
        assert answer.status_code == (422 if name == CLOSING else 202), answer.text
        if name == CLOSING:
            assert [(one["field"], one["code"]) for one in answer.json["errors"]] == [("RI-09", "holder-closing")]
            assert calling.send(as_called(staying(referral_of(name, "api")))).status_code == 202


def _filed(post: Post) -> None:
    lead = _person(post, "lead", Role.AGENCY_LEAD)
    every = [referral_of(name, "file") for name in TWENTY]
    refused = _put(lead, every)
    assert refused.status_code == 422
    assert "not a reason to close a case" in refused.text
    sent = _put(lead, [staying(one) if one.external_reference == f"{CLOSING} file" else one for one in every])
    assert "20 referrals were sent." in sent.text


def _put(lead: Person, referrals: list[AgencyReferral]) -> Any:
    book = as_xlsx({"Referrals": table_of(referrals, questions())})
    typed = {"csrf_token": lead.token, "mode": "all", "file": (io.BytesIO(book), "referrals.xlsx")}
    return lead.client.post("/agency/referrals/file", data=typed, content_type="multipart/form-data")


def as_value(value: Value) -> Any:
    """A value as plain parts, whichever way it was spelled."""
    return _rows(value) or value.non_answer or value.text or value.number or value.day


def _rows(said: Value | Answer) -> list[dict[str, Any]]:
    found = [
        {"code": one.code, "scale": one.scale, **{name: c for name, c in one.cells.items() if c}} for one in said.rows
    ]
    return sorted(found, key=str)


def told(post: Post, worker: Actor, case_id: UUID | str) -> dict[str, Any]:
    """Everything of a case but its ids, with the letters so that the worker talks to B."""
    view = read(post.service, worker, case_id)
    letters = {"A": "B", "B": "A"} if view.own_person == "A" else {"A": "A", "B": "B"}
    desk = f"programme-{view.own_person}"
    with post.service.reading(RULES) as work:
        known = read_identities(work, read_data_keys(work, view.id, (PROGRAMME,)), view.id, (desk,))
    answers = {}
    for one in view.record.answers:
        rows = _rows(one)
        if view.own_person == "A":
            rows = sorted(exchanged_value(questions()[one.question], rows), key=str)
        value = rows or one.non_answer or one.text or one.number or one.day
        place = one.question, "-".join(sorted(letters[letter] for letter in one.about.split("-") if letter))
        assert place not in answers
        answers[place] = value, replace(one, id="", about="", rows=())
    return {
        "answers": answers, "acts": view.record.acts, "from": view.received_from, "facts": view.facts,
        "called": {letters[letter]: name for letter, name in view.called.items()},
        "births": {letters[letter]: birth for letter, birth in view.record.births.items()},
        "known": {letters[letter]: at[desk] for letter, at in known.items()},
    }  # fmt: skip


def expected(referral: AgencyReferral, pair: Pair) -> dict[tuple[str, str], Any]:
    """What a referral says of a pair and its people, and of itself when it is about those two alone."""
    letters = {pair.a: "A", pair.b: "B"}
    found = {}
    for one in referral.answers:
        about = one.about.split("-") if one.about else []
        if set(about) <= set(letters) and (about or len(referral.persons) == 2):
            place = "-".join(sorted(letters[letter] for letter in about))
            found[one.question, place] = as_value(value_or_problem(questions()[one.question], one.value))
    return found


@pytest.mark.parametrize("name", TWENTY)
def test_one_referral_becomes_the_same_case_by_every_door(
    post: Post, worker: Actor, arrived: dict[str, UUID], name: str
) -> None:
    referral = staying(referral_of(name, "")) if name == CLOSING else referral_of(name, "")
    for pair in referral.pairs:
        cases = []
        for door in DOORS:
            number = f"{name} {door}" + (" stays" if (name, door) == (CLOSING, "portal") else "")
            taken = take(post.service, worker, arrived[number], Taking(pair.undirected, pair.b))
            assert isinstance(taken, Recorded), taken
            cases.append(told(post, worker, taken.id))
        assert cases[0] == cases[1] == cases[2]
        said = {place: value for place, (value, _rest) in cases[0]["answers"].items()}
        of_these = {place: value for place, value in said.items() if place[1] or len(referral.persons) == 2}
        assert of_these == expected(referral, pair)
