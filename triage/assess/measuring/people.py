"""Measure who is around and what is in place: children, others, holders, needs, ratings (domain 12.4, table D)."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from triage.assess.measuring.rows import Measure, accounts_at, current, filled, read_date, rows_of
from triage.assess.slots import OTHER
from triage.assess.worth.accounts import Account
from triage.cases.record import Row

if TYPE_CHECKING:
    from triage.assess.context import Context

SETTLED = frozenset({"active", "declined_informed", "offered", "covered_by_parent_offer"})
CONCERNS = frozenset({"new_confusion", "behaviour_change", "sudden", "assessed_unable"})
RATINGS: Mapping[str, int] = {
    **{f"r{n}": n for n in range(4)},
    **{f"e{n}": n for n in range(4)},
    **{code: n for n, code in enumerate(("nothing", "for_return", "for_children", "for_self", "whatever"))},
}


def living_together(c: "Context", _: str) -> int | None:
    """1 when the two live together now, 0 when not, by RI-03."""
    cells = [row.cells.get("living_together_now") for _, row in rows_of(accounts_at(c, "RI-03"))]
    return 1 if "yes" in cells else 0 if "no" in cells else None


def _child(row: Row) -> str:
    """By what a child is told from others: the name used for it; without one, where it lives."""
    return str(row.cells.get("pseudonym") or row.code).casefold()


def children_seen_safe(c: "Context", _: str) -> int | None:
    """Whether children's services saw every child that anyone listed, alone, without concern."""
    found = accounts_at(c, "RI-12")
    seen = [
        Counter(
            _child(row)
            for row in account.answer.rows
            if filled(row, "seen_alone_on") and row.cells.get("known_to_children_services") == "yes"
        )
        for account in found
        if account.answer.source == "CSC"
    ]
    listed = [Counter(_child(row) for row in one.answer.rows if row.code != "no_children") for one in found]
    most = {name: max(one[name] for one in seen) for name in {name for one in seen for name in one}}
    safe = all(number <= most.get(name, 0) for one in listed for name, number in one.items())
    return int(safe and any(listed))


def safe_contact(c: "Context", letter: str) -> int | None:
    """Whether a channel was confirmed by the person alone or by the support service."""
    return int(
        any(
            one.safe
            and one.answer.source in {"SELF", "ISS"}
            and row.code != "none_safe"
            and filled(row, "confirmed_by")
            for one, row in rows_of(current(c, "RI-06", letter))
        )
    )


def holder_unsettled(c: "Context", _: str) -> int | None:
    """Whether the holder of the case is named by nobody, or named and not confirmed since."""
    answers, denials = c.record.answers, c.denials.get(c.book.slots.number["CASECLOSE"], ())
    confirmed = {number for number, _ in denials}
    others = [number for number in c.testimony.numbers(c.book.numbers["RI-09", ""]) if number not in confirmed]
    if not others:
        return 0
    last = max([answers[number].on for number in confirmed], default=None)
    later = [number for number in others if last is None or answers[number].on > last]
    return int(bool(later) and any(one.number in later for one in current(c, "RI-09")))


def capacity_concern(c: "Context", letter: str) -> int | None:
    """Whether a sign or concern about capacity waits for health: none of its assessments since says able (CN-10)."""
    found = accounts_at(c, "CN-10", letter)
    able = [one for one in found if one.answer.source == "HLT" and one.safe and "assessed_able" in one.codes]
    raised = [one.answer.on for one in found if one.codes & CONCERNS and one not in able]
    return int(any(not able or day > max(one.answer.on for one in able) for day in raised))


def workers_worried(c: "Context", _: str) -> int | None:
    """How many workers said last that they are worried or uneasy (DR-24)."""
    return sum("not_now" not in one.codes for one in current(c, "DR-24"))


def signed_harmed(c: "Context", letter: str) -> int | None:
    """Whether a result is signed that names the other person of the pair as primary."""
    return int(f"W_{OTHER[letter]}" in c.results_signed)


def _covered(row: Row, by_support: list[Row]) -> bool:
    name = str(row.cells.get("pseudonym") or "").casefold()
    same = [
        one
        for one in by_support
        if (str(one.cells.get("pseudonym") or "").casefold() == name if name else one.code == row.code)
    ]
    return any(one.cells.get("iss_offer_status") in SETTLED for one in same)


def _open_rows(found: list[Account], counted: Callable[[Row], bool]) -> int:
    by_support = [row for one, row in rows_of(found) if one.answer.source == "ISS"]
    return sum(counted(row) and not _covered(row, by_support) for _, row in rows_of(found))


def others_without_status(c: "Context", letter: str) -> int | None:
    """How many others around this person, children of other pairs included, have no status of support."""
    others = _open_rows(current(c, "RI-16", letter), lambda row: row.code != "none")
    return others + _open_rows(current(c, "RI-12"), _child_of_others)


def _child_of_others(row: Row) -> bool:
    return row.code != "no_children" and row.cells.get("child_of_pair") == "no"


def others_settled(c: "Context", letter: str) -> int | None:
    """Whether the support side answered RI-16 for this person and nothing is open."""
    found = current(c, "RI-16", letter)
    told = any(one.answer.source == "ISS" and one.safe for one in found)
    return int(told and c.measure("others_without_status", letter) == 0)


def children_settled(c: "Context", _: str) -> int | None:
    """Whether every child listed in RI-12 belongs to the pair or has a status, or there are none."""
    found = current(c, "RI-12")
    by_support = [row for one, row in rows_of(found) if one.answer.source == "ISS"]
    settled = [
        row.code == "no_children" or row.cells.get("child_of_pair") == "yes" or _covered(row, by_support)
        for _, row in rows_of(found)
    ]
    return int(bool(settled) and all(settled))


def independent_assessment(c: "Context", letter: str) -> int | None:
    """2 when the programme's own assessment is signed as suitable, 0 when any other answer stands."""
    found = current(c, "LT-11", letter)
    return None if not found else 2 if all("signed_suitable" in one.codes for one in found) else 0


def days_to_hearing(c: "Context", letter: str) -> int | None:
    """Days to the next hearing: as counted in LT-08, else from the dates given in RI-13."""
    counted = [one.answer.number for one in current(c, "LT-08", letter) if one.answer.number is not None]
    if counted:
        return min(counted)
    days = [read_date(row.cells.get("next_hearing_on")) for _, row in rows_of(accounts_at(c, "RI-13", letter))]
    ahead = [(day - c.on).days for day in days if day and day >= c.on]
    return min(ahead, default=None)


def needs_planned(c: "Context", letter: str) -> int | None:
    """2 when each need has what, who, when and what if not; 1 while one is awaited or declined; 0 otherwise."""
    found = current(c, "CN-14", letter)
    slot = c.book.slots.number[f"CN_{letter}"]
    needs = {piece.question for piece in c.pieces[slot] if piece.strength >= 1}
    return max((_plan(one.answer.rows, len(needs)) for one in found), default=None)


def _plan(rows: tuple[Row, ...], needs: int) -> int:
    complete = [row for row in rows if filled(row, "what", "owner", "by_when", "what_if_not_done")]
    if len(rows) < needs or any(row.code in {"no_service", "not_started"} for row in rows):
        return 0
    if any(row.code in {"referred", "declined"} for row in rows):
        return 1
    return 2 if len(complete) == len(rows) else 0


def rating_of(question: str) -> Measure:
    """The measure that reads the ratings of a question; with two raters the lower counts (READY, domain 12.4)."""

    def rating(c: "Context", place: str) -> int | None:
        found = [RATINGS[code] for one in current(c, question, place) for code in one.codes if code in RATINGS]
        return min(found, default=None)

    return rating


def remote_accepted(c: "Context", letter: str) -> int | None:
    """Whether remote delivery has a reason, the support side's agreement, a private room and a privacy check."""
    rows = [row for _, row in rows_of(current(c, "RD-08", letter))]
    good = [
        row.code not in {"not_requested", "r_unwilling"}
        and row.cells.get("iss_impact") == "support"
        and row.cells.get("room") == "alone"
        and filled(row, "privacy_check_on")
        for row in rows
    ]
    return int(bool(good) and all(good))


def adaptation_named(c: "Context", letter: str) -> int | None:
    """How many adaptations of the dual route have a named practitioner."""
    return sum(
        row.code != "none_needed" and filled(row, "practitioner") for _, row in rows_of(current(c, "DU-07", letter))
    )


def asked_freely_days(c: "Context", _: str) -> int | None:
    """On how many days the person harmed asked freely, when nothing said otherwise last."""
    found = accounts_at(c, "JW-01")
    if any("vs_free" not in one.codes for one in current(c, "JW-01")):
        return 0
    return len({one.answer.on for one in found if one.safe and "vs_free" in one.codes})


def change_sources(c: "Context", _: str) -> int | None:
    """From how many sources (programme, support service) the change work is done and noticed."""
    return len({one.answer.source for one in current(c, "JW-02") if "done_changed" in one.codes})


def stop_agreed(c: "Context", _: str) -> int | None:
    """Whether a safe way to stop is agreed, with who acts and the check-in after."""
    rows = [row for _, row in rows_of(current(c, "JW-06"))]
    return int(any(row.code != "none_yet" and filled(row, "who_acts", "check_in_after") for row in rows))
