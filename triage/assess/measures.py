"""The numbers that rules read from the record: each a small function of the context, or not known (None)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from triage.assess.accounts import Account
from triage.assess.ages import age_from_birth, age_now, age_stated
from triage.assess.slots import OTHER
from triage.assess.tools import tool_at_threshold, tool_unreadable
from triage.cases.record import Row

if TYPE_CHECKING:
    from triage.assess.context import Context

Measure = Callable[["Context", str], int | None]
REVIEWS = frozenset({"W-SIGN", "REVIEW-CONCLUDED"})
SETTLED = frozenset({"active", "declined_informed", "offered", "covered_by_parent_offer"})
RATINGS: Mapping[str, int] = {
    **{f"r{n}": n for n in range(4)},
    **{f"e{n}": n for n in range(4)},
    **{code: n for n, code in enumerate(("nothing", "for_return", "for_children", "for_self", "whatever"))},
}


def accounts_at(c: "Context", question: str, place: str = "") -> list[Account]:
    """The usable accounts of one question in one orientation."""
    return c.by_place.get((question, place), [])


def latest(accounts: list[Account]) -> list[Account]:
    """The latest account of each speaker, in the order given."""
    ordered = sorted(accounts, key=lambda one: (one.answer.on, one.number))
    by_speaker = {one.speaker or f"{one.answer.source} {one.answer.by}": one for one in ordered}
    return list(by_speaker.values())


def _rows(accounts: list[Account]) -> Iterator[tuple[Account, Row]]:
    for account in accounts:
        for row in account.answer.rows:
            yield account, row


def _filled(row: Row, *columns: str) -> bool:
    return all(row.cells.get(column) not in {None, "", ()} for column in columns)


def months_before(day: date, months: int) -> date:
    """The same day some months earlier; the first of the next month when that day does not exist."""
    index = day.year * 12 + day.month - 1 - months
    try:
        return date(index // 12, index % 12 + 1, day.day)
    except ValueError:
        return date(index // 12, index % 12 + 1, 28)


def read_date(written: object) -> date | None:
    """A full ISO day, or None."""
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None


# --- who does what to whom --------------------------------------------------------------------------------------------


def events_known(c: "Context", place: str) -> int | None:
    """How many of the three events have a known sequence, 0 when the actor started, blocked or threatened in one."""
    own = {"A": "x_", "B": "y_"}[place[0]]
    known: set[str] = set()
    for account, row in _rows(accounts_at(c, "WD-05")):
        if row.code in {own + "started", own + "blocked", own + "threatened"}:
            return 0
        if account.speaker != place[0] and row.code != "unclear":
            known.add(row.scale)
    return len(known - {""})


def _naming(c: "Context") -> dict[str, set[str]]:
    """For each person with a line in WD-16 that names the other as harming: to whom it was told."""
    told: dict[str, set[str]] = {}
    for _, row in _rows(accounts_at(c, "WD-16")):
        if row.cells.get("names_as_harming") == "other":
            told.setdefault(row.code[-1], set()).add(str(row.cells.get("to_whom") or "").casefold())
    return told


def lines_naming_other(c: "Context", _: str) -> int | None:
    """How many of the two persons have a dated line naming the other."""
    return len(_naming(c))


def agencies_told(c: "Context", _: str) -> int | None:
    """How many different places were told such lines."""
    return len(set().union(*_naming(c).values()) - {""}) if _naming(c) else 0


def first_lines(c: "Context", _: str) -> int | None:
    """How many of the two persons have any line in WD-16."""
    return len({row.code[-1] for _, row in _rows(accounts_at(c, "WD-16"))})


def shared_blame(c: "Context", _: str) -> int | None:
    """How many referral texts use words that share the blame."""
    words = c.book.rulebook.words.get("shared_blame", ())
    return sum(any(word in one.answer.text.casefold() for word in words) for one in accounts_at(c, "RI-04"))


def _flow_c(c: "Context") -> list[Account]:
    return [one for one in c.accounts if one.question.id.startswith("WD-") and one.safe]


def flow_c_classes(c: "Context", _: str) -> int | None:
    """How many independent classes answered flow c."""
    return len({one.kind for one in _flow_c(c)})


def flow_c_anchor(c: "Context", _: str) -> int | None:
    """Whether one class is the support service or, where the person will not speak to it, a record that observed."""
    sources = {one.answer.source for one in _flow_c(c)}
    open_to_support = any(c.act("ISS-STATUS", letter, ("active",)) for letter in "AB")
    observed = bool(sources & {"HLT", "POL", "CSC", "CRT"}) and not open_to_support
    return int("ISS" in sources or observed)


def cores_only_unsafe(c: "Context", _: str) -> int | None:
    """How many core findings rest only on accounts obtained unsafely."""
    count = 0
    for name in ("CTRL", "SEVPAT", "FEAR", "SPACE"):
        for direction in ("AB", "BA"):
            number = c.book.slots.number.get(f"{name}_{direction}")
            pieces = [piece for piece in c.pieces[number] if piece.strength >= 1] if number is not None else []
            count += bool(pieces) and all(piece.account.unsafe for piece in pieces)
    return count


def unsafe_answers(c: "Context", letter: str) -> int | None:
    """How many accounts of this person, or of nobody in particular, were obtained unsafely."""
    return sum(one.unsafe and one.speaker in {letter, ""} for one in c.accounts)


def police_events(c: "Context", place: str) -> int | None:
    """How many dated events of the last 12 months stand in police records, in this direction."""
    since = months_before(c.on, 12)
    days = {
        str(row.cells.get("date_or_period") or "")
        for one, row in _rows(accounts_at(c, "WD-04", place))
        if one.answer.source == "POL"
    }
    for one, row in _rows(accounts_at(c, "RC-01")):
        if one.answer.source == "POL" and row.code == "incident" and c.meant(row, "by_whom", place[0]):
            days.add(str(row.cells.get("on_date") or one.answer.on.isoformat()))
    return sum((day := read_date(text)) is not None and since <= day <= c.on for text in days)


def new_marker(c: "Context", place: str) -> int | None:
    """How many kinds of marker were told only after the last review of the pair (W-SIGN or REVIEW-CONCLUDED)."""
    about = c.pair.undirected
    reviews = [act.on for act in c.record.acts if act.act in REVIEWS and act.about == about and act.on <= c.on]
    if not reviews:
        return 0
    told: dict[str, date] = {}
    for piece in c.pieces[c.book.slots.number[f"MARKERS_{place}"]]:
        if piece.kind == "count" and piece.strength >= 1:
            question, on = piece.account.question.id, piece.account.answer.on
            told[question] = min(told.get(question, on), on)
    return sum(first > max(reviews) for first in told.values())


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


# --- resistance -------------------------------------------------------------------------------------------------------


def resistance_undecided(c: "Context", letter: str) -> int | None:
    """Whether flow d left the question open, or flow e opened it again, since the last RESX-SIGN."""
    place = letter + OTHER[letter]
    opened = [one.answer.on for one in accounts_at(c, "RV-10", place) if "cannot_say" in one.codes]
    opened += [one.answer.on for one in accounts_at(c, "DU-08", letter) if one.codes & {"possible", "yes"}]
    signed = c.act_in_force("RESX-SIGN", letter)
    return int(any(signed is None or day >= signed.on for day in opened))


def flow_d_classes(c: "Context", letter: str) -> int | None:
    """How many classes speak about the force of this person."""
    place = letter + OTHER[letter]
    return len(
        {
            one.kind
            for one in c.accounts
            if one.safe
            and (
                (one.question.flow == "d" and one.orientation == place)
                or (one.question.id == "WD-18" and one.orientation == letter)
                or one.question.id == "WD-05"
            )
        }
    )


def core_zero_classes(c: "Context", place: str) -> int | None:
    """From how many classes the core findings of a direction are ruled out."""
    names = (f"{name}_{place}" for name in ("CTRL", "SEVPAT", "FEAR", "SPACE"))
    return len({account.kind for name in names for _, account in c.zeros[c.book.slots.number[name]] if account.safe})


def own_will_harm(c: "Context", letter: str) -> int | None:
    """How many others harm this person of their own will (WD-11)."""
    return sum(row.scale == "own_will_harm" for _, row in _rows(accounts_at(c, "WD-11", OTHER[letter] + letter)))


# --- people, services, holds ------------------------------------------------------------------------------------------


def living_together(c: "Context", _: str) -> int | None:
    """1 when the two live together now, 0 when not, by RI-03."""
    cells = [row.cells.get("living_together_now") for _, row in _rows(accounts_at(c, "RI-03"))]
    return 1 if "yes" in cells else 0 if "no" in cells else None


def children_seen_safe(c: "Context", _: str) -> int | None:
    """Whether children's services saw every child listed, alone, without concern."""
    for account in accounts_at(c, "RI-12"):
        listed = [row for row in account.answer.rows if row.code != "no_children"]
        seen = [
            _filled(row, "seen_alone_on") and row.cells.get("known_to_children_services") == "yes" for row in listed
        ]
        if account.answer.source == "CSC" and listed and all(seen):
            return 1
    return 0


def safe_contact(c: "Context", letter: str) -> int | None:
    """Whether a channel was confirmed by the person alone or by the support service."""
    return int(
        any(
            one.safe
            and one.answer.source in {"SELF", "ISS"}
            and row.code != "none_safe"
            and _filled(row, "confirmed_by")
            for one, row in _rows(latest(accounts_at(c, "RI-06", letter)))
        )
    )


def holder_unsettled(c: "Context", _: str) -> int | None:
    """Whether the holder of the case is named by nobody, or named and not confirmed since."""
    found = latest(accounts_at(c, "RI-09"))
    slot = c.book.slots.number["CASECLOSE"]
    confirmed = {account.number: account.answer.on for _, account in c.zeros[slot]}
    last = max(confirmed.values(), default=None)
    return int(any(one.number not in confirmed and (last is None or one.answer.on > last) for one in found))


def signed_harmed(c: "Context", letter: str) -> int | None:
    """Whether a result is signed that names the other person of the pair as primary."""
    return int(c.signed(f"W_{OTHER[letter]}"))


def _covered(row: Row, by_support: list[Row]) -> bool:
    name = str(row.cells.get("pseudonym") or "").casefold()
    same = [
        one
        for one in by_support
        if (str(one.cells.get("pseudonym") or "").casefold() == name if name else one.code == row.code)
    ]
    return any(one.cells.get("iss_offer_status") in SETTLED for one in same)


def _open_rows(found: list[Account], counted: Callable[[Row], bool]) -> int:
    by_support = [row for one, row in _rows(found) if one.answer.source == "ISS"]
    return sum(counted(row) and not _covered(row, by_support) for _, row in _rows(found))


def others_without_status(c: "Context", letter: str) -> int | None:
    """How many others around this person, children of other pairs included, have no status of support."""
    others = _open_rows(latest(accounts_at(c, "RI-16", letter)), lambda row: row.code != "none")
    return others + _open_rows(latest(accounts_at(c, "RI-12")), lambda row: row.cells.get("child_of_pair") == "no")


def others_settled(c: "Context", letter: str) -> int | None:
    """Whether the support side answered RI-16 for this person and nothing is open."""
    found = latest(accounts_at(c, "RI-16", letter))
    return int(any(one.answer.source == "ISS" and one.safe for one in found) and others_without_status(c, letter) == 0)


def children_settled(c: "Context", _: str) -> int | None:
    """Whether every child listed in RI-12 belongs to the pair or has a status, or there are none."""
    found = latest(accounts_at(c, "RI-12"))
    by_support = [row for one, row in _rows(found) if one.answer.source == "ISS"]
    settled = [
        row.code == "no_children" or row.cells.get("child_of_pair") == "yes" or _covered(row, by_support)
        for _, row in _rows(found)
    ]
    return int(bool(settled) and all(settled))


def independent_assessment(c: "Context", letter: str) -> int | None:
    """2 when the programme's own assessment is signed as suitable, 0 when any other answer stands."""
    found = latest(accounts_at(c, "LT-11", letter))
    return None if not found else 2 if all("signed_suitable" in one.codes for one in found) else 0


def days_to_hearing(c: "Context", letter: str) -> int | None:
    """Days to the next hearing: as counted in LT-08, else from the dates given in RI-13."""
    counted = [one.answer.number for one in latest(accounts_at(c, "LT-08", letter)) if one.answer.number is not None]
    if counted:
        return min(counted)
    days = [read_date(row.cells.get("next_hearing_on")) for _, row in _rows(accounts_at(c, "RI-13", letter))]
    ahead = [(day - c.on).days for day in days if day and day >= c.on]
    return min(ahead, default=None)


def needs_planned(c: "Context", letter: str) -> int | None:
    """2 when each need has what, who, when and what if not; 1 while one is awaited or declined; 0 otherwise."""
    found = latest(accounts_at(c, "CN-14", letter))
    slot = c.book.slots.number[f"CN_{letter}"]
    needs = {piece.account.question.id for piece in c.pieces[slot] if piece.strength >= 1}
    return max((_plan(one.answer.rows, len(needs)) for one in found), default=None)


def _plan(rows: tuple[Row, ...], needs: int) -> int:
    complete = [row for row in rows if _filled(row, "what", "owner", "by_when", "what_if_not_done")]
    if len(rows) < needs or any(row.code in {"no_service", "not_started"} for row in rows):
        return 0
    if any(row.code in {"referred", "declined"} for row in rows):
        return 1
    return 2 if len(complete) == len(rows) else 0


def _rating(question: str) -> Measure:
    def rating(c: "Context", place: str) -> int | None:
        found = [RATINGS[code] for one in latest(accounts_at(c, question, place)) for code in one.codes]
        return min(found, default=None)

    return rating


def remote_accepted(c: "Context", letter: str) -> int | None:
    """Whether remote delivery has a reason, the support side's agreement, a private room and a privacy check."""
    rows = [row for _, row in _rows(latest(accounts_at(c, "RD-08", letter)))]
    good = [
        row.code not in {"not_requested", "r_unwilling"}
        and row.cells.get("iss_impact") == "support"
        and row.cells.get("room") == "alone"
        and _filled(row, "privacy_check_on")
        for row in rows
    ]
    return int(bool(good) and all(good))


def adaptation_named(c: "Context", letter: str) -> int | None:
    """How many adaptations of the dual route have a named practitioner."""
    return sum(
        row.code != "none_needed" and _filled(row, "practitioner")
        for _, row in _rows(latest(accounts_at(c, "DU-07", letter)))
    )


def asked_freely_days(c: "Context", _: str) -> int | None:
    """On how many days the person harmed asked freely, when nothing said otherwise last."""
    found = accounts_at(c, "JW-01")
    if any("vs_free" not in one.codes for one in latest(found)):
        return 0
    return len({one.answer.on for one in found if one.safe})


def change_sources(c: "Context", _: str) -> int | None:
    """From how many sources (programme, support service) the change work is done and noticed."""
    return len({one.answer.source for one in latest(accounts_at(c, "JW-02")) if "done_changed" in one.codes})


def stop_agreed(c: "Context", _: str) -> int | None:
    """Whether a safe way to stop is agreed, with who acts and the check-in after."""
    rows = [row for _, row in _rows(latest(accounts_at(c, "JW-06")))]
    return int(any(row.code != "none_yet" and _filled(row, "who_acts", "check_in_after") for row in rows))


MEASURES: Mapping[str, Measure] = {
    measure.__name__: measure
    for measure in (
        events_known, lines_naming_other, agencies_told, first_lines, shared_blame, flow_c_classes, flow_c_anchor,
        cores_only_unsafe, unsafe_answers, police_events, new_marker, started_in_24_months, resistance_undecided, flow_d_classes,
        core_zero_classes, own_will_harm, living_together, children_seen_safe, safe_contact, holder_unsettled,
        signed_harmed, others_without_status, others_settled, children_settled, independent_assessment,
        days_to_hearing, needs_planned, remote_accepted, adaptation_named, asked_freely_days, change_sources,
        stop_agreed, age_now, age_from_birth, age_stated, tool_at_threshold, tool_unreadable,
    )
} | {"responsibility": _rating("RD-02"), "empathy": _rating("RD-03"), "willingness": _rating("RD-05")}  # fmt: skip
"""The measures that conditions may name."""
