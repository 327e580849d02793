"""The table of the numbers that conditions may name with `measure(...)`."""

from collections.abc import Mapping

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

MEASURES: Mapping[str, Measure] = {
    measure.__name__: measure
    for measure in (
        events_known,
        lines_naming_other,
        agencies_told,
        first_lines,
        shared_blame,
        flow_c_classes,
        flow_c_anchor,
        cores_only_unsafe,
        unsafe_answers,
        police_events,
        new_marker,
        started_in_24_months,
        resistance_undecided,
        flow_d_classes,
        core_zero_classes,
        own_will_harm,
        living_together,
        children_seen_safe,
        safe_contact,
        holder_unsettled,
        capacity_concern,
        signed_harmed,
        others_without_status,
        others_settled,
        children_settled,
        independent_assessment,
        days_to_hearing,
        needs_planned,
        remote_accepted,
        adaptation_named,
        asked_freely_days,
        change_sources,
        workers_worried,
        stop_agreed,
        age_now,
        age_from_birth,
        age_stated,
        tool_at_threshold,
        tool_unreadable,
    )
} | {"responsibility": rating_of("RD-02"), "empathy": rating_of("RD-03"), "willingness": rating_of("RD-05")}
"""The measures that conditions may name."""

OF_A_PERSON = frozenset(
    {"age_now", "age_from_birth", "age_stated", "unsafe_answers", "resistance_undecided", "flow_d_classes"}
    | {"own_will_harm", "safe_contact", "capacity_concern", "signed_harmed", "others_without_status", "others_settled"}
    | {"independent_assessment", "days_to_hearing", "needs_planned", "remote_accepted", "adaptation_named"}
)
OF_A_DIRECTION = frozenset(
    {"events_known", "police_events", "new_marker", "started_in_24_months", "core_zero_classes", "tool_at_threshold"}
    | {"tool_unreadable", "responsibility", "empathy", "willingness"}
)
PLACES: Mapping[str, str] = {
    name: "person" if name in OF_A_PERSON else "direction" if name in OF_A_DIRECTION else "" for name in MEASURES
}
"""What each measure is of: a person, a direction (that of the finding when none is named), or the pair or case."""
