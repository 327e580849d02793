"""Measure what was done: events, lines, markers, proceedings, force, as recorded (domain 12.4, tables A to C)."""

from datetime import date
from typing import TYPE_CHECKING

from triage.assess.measuring.rows import accounts_at, months_before, read_date, rows_of
from triage.assess.slots import OTHER
from triage.assess.subjects import ON_ACTS, ON_FORCE
from triage.assess.worth.competence import not_by

if TYPE_CHECKING:
    from triage.assess.context import Context
    from triage.cases.record import Row


def events_known(c: "Context", place: str) -> int | None:
    """How many events have a known sequence, told safely by others; 0 when the actor started, blocked or threatened."""
    own = {"A": "x_", "B": "y_"}[place[0]]
    known: set[str] = set()
    for account, row in rows_of(accounts_at(c, "WD-05")):
        if row.code in {own + "started", own + "blocked", own + "threatened"}:
            return 0
        if row.code != "unclear" and not_by(account.standing, place[0], ""):
            known.add(row.scale)
    return len(known - {""})


def _naming(c: "Context") -> "list[Row]":
    """The lines in WD-16 that name the other as harming."""
    return [row for _, row in rows_of(accounts_at(c, "WD-16")) if row.cells.get("names_as_harming") == "other"]


def lines_naming_other(c: "Context", _: str) -> int | None:
    """How many of the two persons have a dated line naming the other."""
    return len({row.code[-1] for row in _naming(c)})


def agencies_told(c: "Context", _: str) -> int | None:
    """How many different places were told such lines."""
    return len({str(row.cells.get("to_whom") or "").casefold() for row in _naming(c)} - {""})


def first_lines(c: "Context", _: str) -> int | None:
    """How many of the two persons have any line in WD-16."""
    return len({row.code[-1] for _, row in rows_of(accounts_at(c, "WD-16"))})


def shared_blame(c: "Context", _: str) -> int | None:
    """How many referral texts use words that share the blame."""
    blame = c.book.words_of.get("shared_blame")
    return len([one for one in c.answers_at(("RI-04", "")) if blame and blame.search(one.text.casefold())])


def flow_c_classes(c: "Context", _: str) -> int | None:
    """How many independent classes answered flow c."""
    return c.classes_heard_on(ON_ACTS)


def flow_c_anchor(c: "Context", _: str) -> int | None:
    """Whether one class is the support service or, where the person does not speak, a record that observed."""
    return int(c.anchored_on(ON_ACTS))


def cores_only_unsafe(c: "Context", _: str) -> int | None:
    """How many core findings rest only on accounts obtained unsafely."""
    if not c.unsafe:
        return 0
    count = 0
    for name in ("CTRL", "SEVPAT", "FEAR", "SPACE"):
        for direction in ("AB", "BA"):
            number = c.book.slots.number.get(f"{name}_{direction}")
            pieces = [piece for piece in c.pieces[number] if piece.strength >= 1] if number is not None else []
            count += bool(pieces) and all(piece.standing.unsafe for piece in pieces)
    return count


def unsafe_answers(c: "Context", letter: str) -> int | None:
    """How many accounts of this person, or of nobody in particular, were obtained unsafely."""
    return c.unsafe.count(letter) + c.unsafe.count("")


def police_events(c: "Context", place: str) -> int | None:
    """How many dated events of the last 12 months stand in police records, in this direction."""
    days = {
        str(row.cells.get("date_or_period") or "")
        for one, row in rows_of(accounts_at(c, "WD-04", place))
        if one.answer.source == "POL"
    }
    for one, row in rows_of(accounts_at(c, "RC-01")):
        if one.answer.source == "POL" and row.code == "incident" and c.meant(row, "by_whom", place[0]):
            days.add(str(row.cells.get("on_date") or one.answer.on.isoformat()))
    if not days:
        return 0
    since = months_before(c.on, 12)
    return sum((day := read_date(text)) is not None and since <= day <= c.on for text in days)


def new_marker(c: "Context", place: str) -> int | None:
    """How many kinds of marker were told only after the last review of the pair (W-SIGN or REVIEW-CONCLUDED)."""
    slot, last = c.book.slots.number[f"MARKERS_{place}"], c.last_review
    if last is None or c.record.transcript.latest <= last or not c.pieces[slot]:
        return 0
    told: dict[str, date] = {}
    asked = {piece.question for piece in c.pieces[slot] if piece.kind == "count" and piece.strength >= 1}
    places = tuple([number for question in asked for number in c.book.bearing_of[slot, question]])
    answers, numbers = c.record.answers, c.testimony.numbers
    if max([answers[at].on for number in places for at in numbers(number)], default=last) <= last:
        return 0
    for piece, account in c.told_at(places, slot).pieces.get(slot, ()):
        if piece.kind == "count" and piece.strength >= 1:
            question, on = piece.question, account.answer.on
            told[question] = min(told.get(question, on), on)
    return sum(first > last for first in told.values())


def started_in_24_months(c: "Context", place: str) -> int | None:
    """How many proceedings x started in the last 24 months, by the fullest list."""
    since = months_before(c.on, 24)
    counts = [0]
    for account in accounts_at(c, "LT-01", place):
        started = [row for row in account.answer.rows if row.cells.get("started_by") == "a"]
        counts.append(
            sum((day := read_date(row.cells.get("started_on"))) is not None and day >= since for row in started)
        )
    return max(counts)


def resistance_undecided(c: "Context", letter: str) -> int | None:
    """Whether flow d left the question open, or flow e opened it again, since the last RESX-SIGN."""
    place = letter + OTHER[letter]
    opened = [one.answer.on for one in accounts_at(c, "RV-10", place) if "cannot_say" in one.codes]
    opened += [one.answer.on for one in accounts_at(c, "DU-08", letter) if one.codes & {"possible", "yes"}]
    signed = c.act_in_force("RESX-SIGN", letter)
    return int(any(signed is None or day >= signed.on for day in opened))


def flow_d_classes(c: "Context", letter: str) -> int | None:
    """How many classes speak about the force of this person."""
    return c.classes_heard_on(ON_FORCE[letter])


def core_zero_classes(c: "Context", place: str) -> int | None:
    """From how many classes the core findings of a direction are ruled out."""
    names = (f"{name}_{place}" for name in ("CTRL", "SEVPAT", "FEAR", "SPACE"))
    slots = [c.book.slots.number[name] for name in names]
    return len({one.standing.kind for slot in slots for _, one in c.denials.get(slot, ()) if one.standing.safe})


def own_will_harm(c: "Context", letter: str) -> int | None:
    """How many others harm this person of their own will (WD-11)."""
    return sum(row.scale == "own_will_harm" for _, row in rows_of(accounts_at(c, "WD-11", OTHER[letter] + letter)))
