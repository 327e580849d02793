"""The page on which an agency names the people of a referral, and who is referred together with whom."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Final

from triage.cases.agency.referral import LETTERS, AgencyReferral, ReferredPerson
from triage.cases.record import Pair
from triage.web.forms.identities import TEXTS, identity_faults, identity_typed
from triage.web.shared.guards import service
from triage.web.shared.posted import Typed, date_of, number_of, text_of
from triage.web.shared.translation import translated as _

FEWEST: Final = 2


def typed_from(referral: AgencyReferral) -> Typed:
    """Give what was typed for the people of a draft, so that the page shows it again."""
    typed = Typed({"people": str(max(len(referral.persons), FEWEST)), "number": referral.external_reference})
    typed["opinion"] = referral.opinion
    typed.setlist("pair", [pair.undirected for pair in referral.pairs])
    for one in referral.persons:
        key, known = one.letter.lower(), one.known
        address = known.addresses[0] if known.addresses else None
        said = {
            "called": one.called, "birth": one.birth.isoformat() if one.birth else "", "given": known.given,
            "family": known.family, "other-names": ", ".join(known.former), "phone": ", ".join(known.phones),
            "year": str(known.birth_year or ""), "email": ", ".join(known.emails),
            "street": address.street if address else "", "postcode": address.postcode if address else "",
        }  # fmt: skip
        typed.update({f"{name}-{key}": value for name, value in said.items()})
    return typed


def letters_of(typed: Typed) -> tuple[str, ...]:
    """Give the letters of the people for whom the page has fields; one more when that was asked for."""
    count = number_of(typed.get("people", "")) or FEWEST
    more = 1 if typed.get("then") == "row" else 0
    return tuple(LETTERS[: min(max(count + more, FEWEST), len(LETTERS))])


def pairs_of(letters: tuple[str, ...]) -> tuple[str, ...]:
    """Give every pair that these people can make."""
    return tuple(f"{a}-{b}" for a, b in combinations(letters, 2))


def referral_with(referral: AgencyReferral, typed: Typed) -> AgencyReferral:
    """Put what was typed into a draft; an answer about somebody who is no longer there goes with them."""
    persons = []
    for letter in letters_of(typed):
        key = letter.lower()
        if _says_anything(typed, key):
            called, birth = text_of(typed, f"called-{key}"), date_of(text_of(typed, f"birth-{key}"))
            persons.append(ReferredPerson(letter, called, birth, identity_typed(typed, key)))
    letters = tuple(one.letter for one in persons)
    named = pairs_of(letters)
    chosen = named if len(letters) == FEWEST else tuple(one for one in named if one in typed.getlist("pair"))
    pairs = tuple(Pair(*one.split("-")) for one in chosen)
    places = {"", *letters, *chosen}
    return replace(
        referral, persons=tuple(persons), pairs=pairs,
        answers=tuple(one for one in referral.answers if one.about in places),
        external_reference=text_of(typed, "number"), opinion=text_of(typed, "opinion"),
    )  # fmt: skip


def faults(typed: Typed) -> Iterator[dict[str, str]]:
    """Say what is wrong with what was typed, in the reader's language."""
    today, blank = service().clock().date(), ""
    for letter in letters_of(typed):
        key, who = letter.lower(), _("person %(letter)s", letter=letter)
        if not _says_anything(typed, key):
            blank = blank or letter
            continue
        if blank:
            yield {"text": _("Fill in person %(letter)s first.", letter=blank), "href": f"#called-{blank.lower()}"}
        called, birth = text_of(typed, f"called-{key}"), text_of(typed, f"birth-{key}")
        if not 0 < len(called) <= 100 or not called.isprintable():
            yield {"text": _("Say what to call %(who)s, in at most 100 characters.", who=who), "href": f"#called-{key}"}
        if birth and (date_of(birth) or today) >= today:
            text = _("Give the birth date of %(who)s as a real day, or leave it empty.", who=who)
            yield {"text": text, "href": f"#birth-{key}"}
        yield from identity_faults(typed, key, who)
    if len(text_of(typed, "number")) > 100 or not text_of(typed, "number").isprintable():
        yield {"text": _("Keep your own number to 100 characters on one line."), "href": "#number"}
    if len(text_of(typed, "opinion")) > 2000:
        yield {"text": _("Keep what you think to 2000 characters."), "href": "#opinion"}


def _says_anything(typed: Typed, key: str) -> bool:
    return any(text_of(typed, f"{name}-{key}") for name in ("called", "birth", "year", *TEXTS))
