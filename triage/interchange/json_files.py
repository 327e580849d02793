"""Referrals as JSON: read strictly, every key known, no number that is not whole, no depth without end; and written.

{"referrals": [{"external_reference": "PN-1", "opinion": "",
  "persons": [{"letter": "A", "called": "…", "birth": "1990-05-31", "known": {"given": "…", "phones": ["…"],
               "addresses": [{"street": "…", "postcode": "…"}]}}, …],
  "pairs": [["A", "B"]], "answers": [{"question": "RI-01", "about": "", "value": "neither"}, …]}, …]}
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, NoReturn, cast

from triage.assess.reading.values import NotAValue
from triage.cases.agency.referral import LETTERS, AgencyReferral, ReferredAnswer, ReferredPerson
from triage.cases.matching.identity import Address, Identity
from triage.cases.model import Raw
from triage.cases.record import Pair
from triage.flow.model import About, Question
from triage.flow.problems import nearest
from triage.interchange.depth import depth_of
from triage.interchange.faults import Fault, FileRefused
from triage.interchange.opening import MOST_ROWS, text_of
from triage.interchange.referrals import Reading, ReadReferral, day_in
from triage.interchange.values import canonical, fault_of_day, rows_of

DEEPEST: Final = 20
_REFERRAL: Final = ("external_reference", "opinion", "persons", "pairs", "answers")
_PERSON: Final = ("letter", "called", "birth", "known")
_TEXTS, _LISTS = ("given", "family"), ("also", "former", "phones", "emails")
_KNOWN: Final = (*_TEXTS, *_LISTS, "birth_year", "addresses")
_ANSWER: Final = ("question", "about", "value")
_ADDRESS: Final = ("street", "postcode")


def referrals_in_json(document: object, questions: Mapping[str, Question]) -> Reading:
    """Read referrals from what `parsed` gave. Raises `FileRefused` when it cannot be read as a whole."""
    listed = document.get("referrals") if isinstance(document, dict) else document
    if not isinstance(listed, list):
        raise FileRefused(Fault(0, "referrals", "json-shape", '{"referrals": [ … ]}'))
    if isinstance(document, dict) and (others := [key for key in document if key != "referrals"]):
        raise FileRefused(Fault(0, "", "json-key", others[0], "referrals"))
    if not listed:
        raise FileRefused(Fault(0, "", "no-rows"))
    if len(listed) > MOST_ROWS:
        raise FileRefused(Fault(0, "", "too-many-rows", f"{MOST_ROWS:,}"))
    found: list[ReadReferral] = []
    faults: list[Fault] = []
    for number, one in enumerate(listed, 1):
        read = _Reader(number, questions)
        referral = read.referral(one)
        faults += read.faults
        if not read.faults:
            found.append(ReadReferral(number, referral))
    return Reading(tuple(found), tuple(faults), len(listed))


def as_json(referrals: Iterable[AgencyReferral]) -> bytes:
    """Write referrals as `referrals_in_json` reads them."""
    return json.dumps({"referrals": [_written(one) for one in referrals]}, ensure_ascii=False, indent=1).encode()


def parsed(content: bytes) -> Any:  # noqa: ANN401 — whatever the file holds, judged by the caller
    """Parse JSON of bounded depth with whole numbers only and no key twice. Raises `FileRefused`."""
    text = text_of(content)
    if depth_of(text) > DEEPEST:
        raise FileRefused(Fault(0, "", "json-broken", f"more than {DEEPEST} levels"))
    try:
        return json.loads(text, parse_float=_no_number, parse_constant=_no_number, object_pairs_hook=_once)
    except RecursionError:
        raise FileRefused(Fault(0, "", "json-broken", "too deep")) from None
    except ValueError as fault:
        if isinstance(fault, FileRefused):
            raise
        said = f"line {fault.lineno}" if isinstance(fault, json.JSONDecodeError) else str(fault)
        raise FileRefused(Fault(0, "", "json-broken", said)) from None


def _no_number(said: str) -> NoReturn:
    raise ValueError(f"{said[:20]} is no whole number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


class _Reader:
    """Reads one referral and keeps what is wrong with it."""

    def __init__(self, number: int, questions: Mapping[str, Question]) -> None:
        self.number, self.questions = number, questions
        self.faults: list[Fault] = []

    def referral(self, raw: object) -> AgencyReferral:
        """Read the whole of it."""
        said = self._object(raw, "", _REFERRAL)
        reference = self._text(said, "external_reference")
        if not reference.strip():
            self._fault("external_reference", "no-reference")
        persons = tuple(self._person(one) for one in self._list(said, "persons"))
        pairs = tuple(pair for one in self._list(said, "pairs") if (pair := self._pair(one)))
        read = [one for raw_answer in self._list(said, "answers") if (one := self._answer(raw_answer))]
        order = {name: place for place, name in enumerate(self.questions)}
        answers = tuple(sorted(read, key=lambda one: (order[one.question], one.about)))
        return AgencyReferral(persons, pairs, answers, reference, self._text(said, "opinion"))

    def _fault(self, column: str, code: str, said: str = "", near: str = "") -> None:
        self.faults.append(Fault(self.number, column, code, said, near))

    def _object(self, raw: object, column: str, keys: tuple[str, ...]) -> Mapping[str, object]:
        if not isinstance(raw, dict):
            self._fault(column, "json-shape", "{ … }")
            return {}
        for key in raw:
            if key not in keys:
                self._fault(column, "json-key", key, nearest(key, keys))
        return raw

    def _list(self, said: Mapping[str, object], key: str) -> list[object]:
        found = said.get(key, [])
        if isinstance(found, list):
            return found
        self._fault(key, "json-shape", "[ … ]")
        return []

    def _text(self, said: Mapping[str, object], key: str) -> str:
        found = said.get(key, "")
        if isinstance(found, str) and "\0" not in found:
            return found
        self._fault(key, "nul" if isinstance(found, str) else "json-shape", "" if isinstance(found, str) else '"…"')
        return ""

    def _person(self, raw: object) -> ReferredPerson:
        said = self._object(raw, "persons", _PERSON)
        letter = self._text(said, "letter")
        if len(letter) != 1 or letter not in LETTERS:
            self._fault("letter", "no-person")
        known = self._object(said.get("known", {}), "known", _KNOWN)
        return ReferredPerson(letter, self._text(said, "called"), self._day(said), self._identity(known))

    def _day(self, said: Mapping[str, object]) -> date | None:
        text = self._text(said, "birth")
        day = day_in(text)
        if text and day is None:
            self._fault("birth", "not-a-date", text)
        return day

    def _identity(self, said: Mapping[str, object]) -> Identity:
        several = {name: tuple(self._texts(said, name)) for name in _LISTS}
        year = said.get("birth_year")
        if year is not None and (type(year) is not int or not 1000 <= year <= 9999):
            self._fault("birth_year", "not-a-year", str(year)[:10])
            year = None
        addresses = []
        for one in self._list(said, "addresses"):
            address = self._object(one, "addresses", _ADDRESS)
            addresses.append(Address(self._text(address, "street"), self._text(address, "postcode")))
        return Identity(
            given=self._text(said, "given"),
            family=self._text(said, "family"),
            also=several["also"],
            former=several["former"],
            birth_year=year if isinstance(year, int) else None,
            phones=several["phones"],
            emails=several["emails"],
            addresses=tuple(addresses),
        )

    def _texts(self, said: Mapping[str, object], key: str) -> list[str]:
        return [self._text({key: one}, key) for one in self._list(said, key)]

    def _pair(self, raw: object) -> Pair | None:
        if isinstance(raw, list) and len(raw) == 2 and all(isinstance(one, str) and len(one) == 1 for one in raw):
            return Pair(*map(str, raw))
        self._fault("pairs", "json-shape", '["A", "B"]')
        return None

    def _answer(self, raw: object) -> ReferredAnswer | None:
        said = self._object(raw, "answers", _ANSWER)
        name, about = self._text(said, "question"), self._text(said, "about")
        question = self.questions.get(name)
        if question is None:
            self._fault("answers", "json-key", name, nearest(name, self.questions))
            return None
        if len(about) != {About.CASE: 0, About.PERSON: 1, About.PAIR: 3}[question.about]:
            self._fault(
                name, "json-shape", {About.CASE: '""', About.PERSON: '"A"', About.PAIR: '"A-B"'}[question.about]
            )
            return None
        try:
            value = canonical(question, cast("Raw", said.get("value")))
        except NotAValue as fault:
            self._fault(name, "not-a-code" if fault.near else "value", near=fault.near)
            return None
        if wrong := fault_of_day(question, rows_of(question, value)):
            self._fault(f"{name}.{wrong.cell}", wrong.code, wrong.said)
            return None
        return ReferredAnswer(name, about, value)


def _written(referral: AgencyReferral) -> dict[str, object]:
    return {
        "external_reference": referral.external_reference,
        "opinion": referral.opinion,
        "persons": [_written_person(one) for one in referral.persons],
        "pairs": [[pair.a, pair.b] for pair in referral.pairs],
        "answers": [{"question": one.question, "about": one.about, "value": one.value} for one in referral.answers],
    }


def _written_person(one: ReferredPerson) -> dict[str, object]:
    known: dict[str, object] = {name: getattr(one.known, name) for name in (*_TEXTS, *_LISTS)}
    known["birth_year"] = one.known.birth_year
    known["addresses"] = [{"street": each.street, "postcode": each.postcode} for each in one.known.addresses]
    said = {name: value for name, value in known.items() if value}
    return {
        "letter": one.letter,
        "called": one.called,
        "birth": one.birth.isoformat() if one.birth else "",
        "known": said,
    }
