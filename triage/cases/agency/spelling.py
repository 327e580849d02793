"""A referral of an agency as a document of plain values, and back: the form in which it is kept."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from triage.cases.agency.referral import AgencyReferral, ReferredAnswer, ReferredPerson
from triage.cases.matching.identity import Address, Identity
from triage.cases.record import Pair


def written(referral: AgencyReferral) -> dict[str, Any]:
    """Write a referral as texts, lists and objects that JSON holds; `read` gives the same referral back."""
    return {
        "persons": [
            {
                "letter": one.letter,
                "called": one.called,
                "birth": _day(one.birth),
                "known": asdict(one.known) | {"birth": _day(one.known.birth)},
            }
            for one in referral.persons
        ],
        "pairs": [[pair.a, pair.b] for pair in referral.pairs],
        "answers": [[one.question, one.about, one.value] for one in referral.answers],
        "external_reference": referral.external_reference,
        "opinion": referral.opinion,
    }


def read(document: Mapping[str, Any]) -> AgencyReferral:
    """Read what `written` wrote. Raises `KeyError`, `TypeError` or `ValueError` for anything else."""
    return AgencyReferral(
        persons=tuple(
            ReferredPerson(one["letter"], one["called"], _day_of(one["birth"]), _identity(one["known"]))
            for one in document["persons"]
        ),
        pairs=tuple(Pair(a, b) for a, b in document["pairs"]),
        answers=tuple(ReferredAnswer(question, about, value) for question, about, value in document["answers"]),
        external_reference=document["external_reference"],
        opinion=document["opinion"],
    )


def _identity(known: Mapping[str, Any]) -> Identity:
    many = {name: tuple(known[name]) for name in ("also", "former", "phones", "emails")}
    addresses = tuple(Address(**one) for one in known["addresses"])
    return Identity(**{**known, **many, "addresses": addresses, "birth": _day_of(known["birth"])})


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day_of(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
