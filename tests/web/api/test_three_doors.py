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
from tests.web.api.calling import Program, app_of, program
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
from triage.casework.members.adding import people_of
from triage.casework.results import Recorded
from triage.casework.service import RULES
from triage.interchange.writing import as_xlsx, table_of
from triage.store.data_keys import PROGRAMME, read_data_keys
from triage.store.identities import read_identities

TWENTY = {path.stem: path for path in VIGNETTES[:20]}
CLOSING = "R09"
FAMILIES = (
    "Achterberg", "Blomqvist", "Czerny", "Dvorak", "Eskildsen", "Fitzgerald", "Gallagher", "Hakimi", "Ivanov",
    "Jimenez", "Kowalski", "Lindqvist", "Mbeki", "Nakamura", "Okonkwo", "Petrov", "Quiroga", "Rasmussen", "Szabo",
    "Thorvald",
)  # fmt: skip
"""Names that no two of the twenty share, so that a case is compared with those of its own vignette alone."""
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
    number, family = f"{place:02}{ord(one.letter) - 64}", FAMILIES[place - 1]
    known = Identity(
        given=f"Ä{family.lower()}", family=f"O'{family}"[place % 2 * 2 :],
        former=(f"{family}sson", f"{family}-{family}i"[: -len(family) - 2 if place % 3 else None]),
        birth_year=None if one.birth else 1980, phones=(f"07700 900{number}", f"0100 555 {number}"),
        emails=(f"{one.letter.lower()}.{name.lower()}@example.org",),
        addresses=(Address(f'{number} "{family}" St, Flat 2', f"AB{number} 2CD"),),
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
    page = list_incoming(post.service, worker)
    lines = list(page.lines)
    while page.after:
        page = list_incoming(post.service, worker, page.after)
        lines += page.lines
    found = [read_incoming(post.service, worker, one.id) for one in lines]
    assert len(found) == 3 * len(TWENTY)
    return {one.referral.external_reference: one.line.id for one in found}


def _person(post: Post, name: str, role: Role) -> Person:
    post.outside(name, role)
    return _signed_in(post, name)


def _signed_in(post: Post, name: str) -> Person:
    person = Person(app_of(post).test_client(), name)
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
    """Everything of a case but its ids, with the letters that the agency gave its people, read from their names."""
    view = read(post.service, worker, case_id)
    letters = {letter: called[0] for letter, called in view.called.items()}
    desk = f"programme-{view.own_person}"
    with post.service.reading(RULES) as work:
        known = read_identities(work, read_data_keys(work, view.id, (PROGRAMME,)), view.id, (desk,))
    answers = {}
    for one in view.record.answers:
        about = [letters[letter] for letter in one.about.split("-") if letter]
        rows = _rows(one)
        if about != sorted(about) if len(about) == 2 else letters["A"] != "A":
            rows = sorted(exchanged_value(questions()[one.question], rows), key=str)
        value = rows or one.non_answer or one.text or one.number or one.day
        place = one.question, "-".join(sorted(about))
        assert place not in answers
        answers[place] = value, replace(one, id="", about="", rows=())
    pairs = people_of(post.service, worker, case_id).pairs
    return {
        "answers": answers, "acts": view.record.acts, "from": view.received_from, "facts": view.facts,
        "called": {letters[letter]: name for letter, name in view.called.items()},
        "births": {letters[letter]: birth for letter, birth in view.record.births.items()},
        "known": {letters[letter]: at[desk] for letter, at in known.items()},
        "pairs": sorted("-".join(sorted((letters[pair.a], letters[pair.b]))) for pair in pairs),
        "own": letters[view.own_person],
    }  # fmt: skip


def expected(referral: AgencyReferral) -> dict[tuple[str, str], Any]:
    """Everything that a referral says."""
    answers = referral.answers
    said = {(one.question, one.about): value_or_problem(questions()[one.question], one.value) for one in answers}
    return {place: as_value(value) for place, value in said.items()}


@pytest.fixture(scope="module")
def desk(post: Post, worker: Actor) -> Person:
    """The worker at the pages."""
    return _signed_in(post, worker.name)


@pytest.mark.parametrize("name", TWENTY)
def test_one_referral_becomes_the_same_case_by_every_door(
    post: Post, worker: Actor, desk: Person, arrived: dict[str, UUID], name: str
) -> None:
    """Its first pair as a new case; every further one as the page of the referral proposes it."""
    referral = staying(referral_of(name, "")) if name == CLOSING else referral_of(name, "")
    first, *further = referral.pairs
    cases = []
    for door in DOORS:
        number = f"{name} {door}" + (" stays" if (name, door) == (CLOSING, "portal") else "")
        taken = take(post.service, worker, arrived[number], Taking(first.undirected, first.b))
        assert isinstance(taken, Recorded), taken
        for pair in further:
            page = f"/incoming/{arrived[number]}"
            assert f"Add {pair.a} – {pair.b} to the case of the same referral" in desk.get(page).text
            added = desk.post(f"{page}/take", {"pair": pair.undirected, "case": str(taken.id)})
            assert (added.status_code, added.location) == (303, f"/cases/{taken.id}")
        cases.append(told(post, worker, taken.id))
    assert cases[0] == cases[1] == cases[2]
    assert {place: value for place, (value, _rest) in cases[0]["answers"].items()} == expected(referral)
    assert cases[0]["pairs"] == sorted(pair.undirected for pair in referral.pairs)
    assert set(cases[0]["called"]) == {one.letter for one in referral.persons}
