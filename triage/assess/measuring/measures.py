"""The table of the numbers that conditions may name with `measure(...)`, and what each is read from."""

from collections.abc import Mapping
from dataclasses import dataclass

from triage.assess.measuring.ages import age_from_birth, age_now, age_stated
from triage.assess.measuring.harm import (
    agencies_told,
    core_zero_classes,
    cores_only_unsafe,
    events_known,
    first_lines,
    flow_c_anchor,
    flow_c_classes,
    flow_d_classes,
    lines_naming_other,
    new_marker,
    own_will_harm,
    police_events,
    resistance_undecided,
    shared_blame,
    started_in_24_months,
    unsafe_answers,
)
from triage.assess.measuring.people import (
    adaptation_named,
    asked_freely_days,
    capacity_concern,
    change_sources,
    children_seen_safe,
    children_settled,
    days_to_hearing,
    holder_unsettled,
    independent_assessment,
    living_together,
    needs_planned,
    others_settled,
    others_without_status,
    rating_of,
    remote_accepted,
    safe_contact,
    signed_harmed,
    stop_agreed,
    workers_worried,
)
from triage.assess.measuring.rows import Measure
from triage.assess.measuring.tools import tool_at_threshold, tool_unreadable

REVIEWS = frozenset({"W-SIGN", "REVIEW-CONCLUDED"})
"""The acts that conclude a review of a pair."""

PERSON, DIRECTION, NO_PLACE = "person", "direction", ""


@dataclass(frozen=True, slots=True)
class Measured:
    """One number: how it is counted, of what, and what it is while nothing is there from which it is read.

    `of`: a person, a direction (that of the finding when none is named), or the pair or case. `nothing` is its value
    when none of the questions `reads` is answered (named as in conditions, with the roles of `of`), or with nothing but
    the codes `silent`, and no act of the names `acts` is on file. A number that names no question and no act is read
    from more than a few, and always counted. `beside` are questions at which it looks besides.
    """

    count: Measure
    of: str
    nothing: int | None
    reads: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    silent: frozenset[str] = frozenset()
    beside: tuple[str, ...] = ()


MEASURES: Mapping[str, Measured] = {
    "events_known": Measured(events_known, DIRECTION, 0, ("WD-05",)),
    "lines_naming_other": Measured(lines_naming_other, NO_PLACE, 0, ("WD-16",)),
    "agencies_told": Measured(agencies_told, NO_PLACE, 0, ("WD-16",)),
    "first_lines": Measured(first_lines, NO_PLACE, 0, ("WD-16",)),
    "shared_blame": Measured(shared_blame, NO_PLACE, 0, ("RI-04",)),
    "flow_c_classes": Measured(flow_c_classes, NO_PLACE, 0),
    "flow_c_anchor": Measured(flow_c_anchor, NO_PLACE, 0),
    "cores_only_unsafe": Measured(cores_only_unsafe, NO_PLACE, 0),
    "unsafe_answers": Measured(unsafe_answers, PERSON, 0),
    "police_events": Measured(police_events, DIRECTION, 0, ("WD-04_xy", "RC-01")),
    "new_marker": Measured(new_marker, DIRECTION, 0, acts=tuple(sorted(REVIEWS))),
    "started_in_24_months": Measured(started_in_24_months, DIRECTION, 0, ("LT-01_xy",)),
    "resistance_undecided": Measured(
        resistance_undecided,
        PERSON,
        0,
        ("RV-10_xy", "DU-08_x"),
        silent=frozenset({"no_fact", "one_fact", "several", "excluded"}),
    ),
    "flow_d_classes": Measured(flow_d_classes, PERSON, 0),
    "core_zero_classes": Measured(core_zero_classes, DIRECTION, 0),
    "own_will_harm": Measured(own_will_harm, PERSON, 0, ("WD-11_yx",)),
    "living_together": Measured(living_together, NO_PLACE, None, ("RI-03",)),
    "children_seen_safe": Measured(children_seen_safe, NO_PLACE, 0, ("RI-12",)),
    "safe_contact": Measured(safe_contact, PERSON, 0, ("RI-06_x",), silent=frozenset({"none_safe"})),
    "holder_unsettled": Measured(holder_unsettled, NO_PLACE, 0, ("RI-09",)),
    "capacity_concern": Measured(
        capacity_concern,
        PERSON,
        0,
        ("CN-10_x",),
        silent=frozenset({"no", "assessed_able", "lifelong_same", "lifelong_never"}),
    ),
    "signed_harmed": Measured(signed_harmed, PERSON, 0, acts=("W-SIGN",)),
    "others_without_status": Measured(others_without_status, PERSON, 0, ("RI-16_x", "RI-12")),
    "others_settled": Measured(others_settled, PERSON, 0, ("RI-16_x",), beside=("RI-12",)),
    "children_settled": Measured(children_settled, NO_PLACE, 0, ("RI-12",)),
    "independent_assessment": Measured(independent_assessment, PERSON, None, ("LT-11_x",)),
    "days_to_hearing": Measured(days_to_hearing, PERSON, None, ("LT-08_x", "RI-13_x")),
    "needs_planned": Measured(needs_planned, PERSON, None, ("CN-14_x",)),
    "remote_accepted": Measured(remote_accepted, PERSON, 0, ("RD-08_x",), silent=frozenset({"not_requested"})),
    "adaptation_named": Measured(adaptation_named, PERSON, 0, ("DU-07_x",), silent=frozenset({"none_needed"})),
    "asked_freely_days": Measured(asked_freely_days, NO_PLACE, 0, ("JW-01",)),
    "change_sources": Measured(change_sources, NO_PLACE, 0, ("JW-02",)),
    "workers_worried": Measured(workers_worried, NO_PLACE, 0, ("DR-24",), silent=frozenset({"not_now"})),
    "stop_agreed": Measured(stop_agreed, NO_PLACE, 0, ("JW-06",), silent=frozenset({"none_yet"})),
    "age_now": Measured(age_now, PERSON, None),
    "age_from_birth": Measured(age_from_birth, PERSON, None),
    "age_stated": Measured(age_stated, PERSON, None, ("RI-03",)),
    "tool_at_threshold": Measured(
        tool_at_threshold, DIRECTION, 0, ("DR-25_xy", "DR-25_yx"), silent=frozenset({"none"})
    ),
    "tool_unreadable": Measured(tool_unreadable, DIRECTION, 0, ("DR-25_xy", "DR-25_yx"), silent=frozenset({"none"})),
    "responsibility": Measured(rating_of("RD-02"), DIRECTION, None, ("RD-02_xy",)),
    "empathy": Measured(rating_of("RD-03"), DIRECTION, None, ("RD-03_xy",)),
    "willingness": Measured(rating_of("RD-05"), DIRECTION, None, ("RD-05_xy",)),
}
"""The measures that conditions may name. One that counts is 0 where nothing was answered, and never unknown."""

WHERE: Mapping[str, tuple[str, ...]] = {PERSON: ("A", "B"), DIRECTION: ("AB", "BA"), NO_PLACE: ("",)}
"""Of what each kind of measure can be."""

NUMBERS: Mapping[tuple[str, str], int] = {
    key: number for number, key in enumerate((name, where) for name, one in MEASURES.items() for where in WHERE[one.of])
}
"""The number of each measure of each person or direction."""

DENIALS_READ = frozenset({"CASECLOSE", "CTRL", "SEVPAT", "FEAR", "SPACE"})
"""The findings of which measures look at who said "not found"."""

PLACES: Mapping[str, str] = {name: measure.of for name, measure in MEASURES.items()}
"""What each measure is of."""
