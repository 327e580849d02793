"""The same pair in opposite roles, from any door, at any time apart: reopened, told to the panel alone, and held."""

from uuid import UUID

import pytest
from sqlalchemy import select, update

from tests.casework.matching.pairs_of_people import (
    CLAIRE,
    HER_SAYING,
    HIS_SAYING,
    OTHERS,
    SAMIR,
    UNSAID,
    Two,
    referral,
)  # fmt: skip
from tests.casework.small_service import act
from tests.databases.engines import at_the_database
from triage.cases.matching.identity import Identity
from triage.cases.matching.pairs import Bearing
from triage.cases.roles import Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework.assessments import assessed, read, record_act
from triage.casework.decisions import proposal, record_own_view
from triage.casework.identities import record_identity
from triage.casework.matching.reviewing import (
    MOST_LOOKUPS,
    Watch,
    propose_duplicates,
    read_match,
    review_match,
    search_again,
    watch,
)  # fmt: skip
from triage.casework.matching.searching import search_held_cases
from triage.casework.publishing.starting import instruction
from triage.casework.results import NOT_STARTING, START, Recorded
from triage.casework.service import RULES
from triage.store import wall
from triage.store.tables import audit, match_subjects


def watched(two: Two) -> Watch:
    seen = watch(two.service, two.panel[0])
    assert isinstance(seen, Watch), seen
    return seen


def told(two: Two, case_id: UUID, worker: object) -> str:
    two.house.effective, two.house.proposed = True, f"W_{two.own(worker, case_id)}"
    two.house.next_batch()
    return instruction(two.service, worker, case_id).code


def acts_assessed(two: Two, case_id: UUID) -> list[str]:
    return [one.act for one in assessed(two.service, two.house.lead(), case_id).record.acts]


@pytest.mark.parametrize("days", [0, 1, 3650])
def test_the_same_pair_in_opposite_roles_is_found_however_long_after(two: Two, days: int) -> None:
    earlier = two.earlier()
    two.house.clock.wait(days=days)
    later = two.later()
    (match,) = watched(two).matches
    assert (match.earlier[0], match.later[0], match.bearing) == (earlier, later, Bearing.OPPOSITE)
    his, hers = two.own(two.first, earlier), two.own(two.second, later)
    assert match.letters[hers] != his


def test_the_determination_of_the_earlier_pair_is_reopened(two: Two) -> None:
    earlier = two.earlier()
    own = two.own(two.first, earlier)
    two.determine(earlier, f"W_{own}")
    assert told(two, earlier, two.first) == START
    two.later()
    assert told(two, earlier, two.first) == NOT_STARTING
    refused = proposal(two.service, two.panel[0], earlier, "A-B")
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.OWN_VIEW_FIRST
    assert acts_assessed(two, earlier) == ["CROSS-SEARCH"]
    shown = [one.act for one in read(two.service, two.panel[0], earlier).record.acts]
    assert shown == ["W-SIGN"], "what was signed stays to be seen"


def test_a_view_recorded_before_the_match_was_known_does_not_count(two: Two) -> None:
    earlier = two.earlier()
    record_own_view(two.service, two.panel[0], earlier, "A-B", "W_A", "Much.")
    assert not isinstance(proposal(two.service, two.panel[0], earlier, "A-B"), Refused)
    two.later()
    assert proposal(two.service, two.panel[0], earlier, "A-B").reason is Reason.OWN_VIEW_FIRST


def test_the_panel_decides_anew_and_the_hold_ends(two: Two) -> None:
    earlier = two.earlier()
    own = two.own(two.first, earlier)
    two.determine(earlier, f"W_{own}")
    two.later()
    two.determine(earlier, f"W_{own}")
    assert told(two, earlier, two.first) == START
    assert "CROSS-SEARCH" in acts_assessed(two, earlier), "the match stays evidence"


@pytest.mark.parametrize(("first", "second", "bearing", "held"), [
    (HER_SAYING, HER_SAYING, Bearing.SAME, False), (HER_SAYING, UNSAID, Bearing.UNSAID, True),
    (UNSAID, HIS_SAYING, Bearing.UNSAID, True), (HER_SAYING, HER_SAYING | HIS_SAYING, Bearing.OPPOSITE, True),
])  # fmt: skip
def test_what_is_unsaid_is_never_taken_for_the_same(
    two: Two, first: frozenset[str], second: frozenset[str], bearing: Bearing, held: bool
) -> None:
    earlier = two.earlier(first)
    two.determine(earlier, f"W_{two.own(two.first, earlier)}")
    two.later(second)
    assert [one.bearing for one in watched(two).matches] == [bearing]
    assert told(two, earlier, two.first) == (NOT_STARTING if held else START)


def test_another_pair_is_no_match(two: Two) -> None:
    two.earlier()
    two.open(two.second, referral(*OTHERS, HIS_SAYING))
    two.open(two.second, referral(SAMIR, OTHERS[1], HIS_SAYING))
    assert [one.bearing for one in watched(two).matches] == [None, None]


@pytest.mark.parametrize("name", ["worker", "other worker", "advocate"])
def test_nobody_but_the_panel_can_ask(two: Two, name: str) -> None:
    earlier = two.earlier()
    later = two.later()
    actor = {"worker": two.first, "other worker": two.second, "advocate": two.house.advocate()}[name]
    match_id = watched(two).matches[0].id
    for refused in (
        watch(two.service, actor), read_match(two.service, actor, match_id),
        review_match(two.service, actor, match_id, same=False, reason="Others."),
        propose_duplicates(two.service, actor, earlier, "A"), search_again(two.service, actor, later),
    ):  # fmt: skip
        assert isinstance(refused, Refused), refused


def test_a_member_of_the_panel_who_stood_in_one_of_the_cases_sees_nothing_of_it(two: Two) -> None:
    earlier = two.earlier()
    two.later()
    pia = two.panel[0]
    with two.service.writing(RULES) as work:
        wall.enter(work, earlier, pia.id, "support")
        work.is_no_act()
    seen = watch(two.service, pia)
    assert isinstance(seen, Watch)
    assert (seen.matches, seen.chains) == ((), ())
    match_id = watch(two.service, two.panel[1]).matches[0].id
    assert read_match(two.service, pia, match_id).reason is Reason.NO_SUCH_MATCH


def test_two_people_must_say_that_these_are_others_before_anything_is_let_go(two: Two) -> None:
    earlier = two.earlier()
    two.determine(earlier, f"W_{two.own(two.first, earlier)}")
    two.later()
    match_id = watched(two).matches[0].id
    pia, pol = two.panel
    assert isinstance(review_match(two.service, pia, match_id, same=False, reason="A cousin."), Recorded)
    assert told(two, earlier, two.first) == NOT_STARTING
    assert isinstance(review_match(two.service, pia, match_id, same=False, reason="Surely."), Recorded)
    assert told(two, earlier, two.first) == NOT_STARTING, "one person twice is one person"
    assert isinstance(review_match(two.service, pol, match_id, same=False, reason="A cousin."), Recorded)
    assert told(two, earlier, two.first) == START
    assert isinstance(review_match(two.service, two.house.lead(), match_id, same=True, reason="I know them."), Recorded)
    assert told(two, earlier, two.first) == NOT_STARTING


def test_a_match_is_explained_without_a_value_of_either_person(two: Two) -> None:
    two.earlier()
    two.later()
    seen = read_match(two.service, two.panel[0], watched(two).matches[0].id)
    said = {field: level for agreed in seen.agreed.values() for field, level in agreed}
    assert said["birth"] in {"same", "swapped"}
    for value in ("Samir", "Mansour", "Fontaine", "1984", "900123", "example.org"):
        assert value not in repr(seen)


def test_names_that_are_corrected_later_are_searched_again(two: Two) -> None:
    earlier = two.earlier()
    later = two.open(two.second, referral(Identity("S"), Identity("C"), HIS_SAYING, sees="her"))
    assert watched(two).matches == ()
    hers = two.own(two.second, later)
    version = two.version(two.second, later)
    for letter, known in ((hers, CLAIRE), ("AB".replace(hers, ""), SAMIR)):
        done = record_identity(two.service, two.second, later, version, letter, known)
        assert isinstance(done, Recorded), done
        version = done.version
    assert {one.earlier[0] for one in watched(two).matches if one.bearing} == {earlier}


def test_people_who_can_not_be_recognised_are_held_until_the_panel_searched_by_hand(two: Two) -> None:
    case_id = two.open(two.first, referral(Identity("S"), Identity("C"), HER_SAYING))
    assert told(two, case_id, two.first) == NOT_STARTING
    assert [one for one, _reference in watched(two).unsearched] == [case_id]
    done = record_act(
        two.service, two.panel[0], case_id, two.version(two.panel[0], case_id), act("CROSS-SEARCH", "none", "A-B")
    )
    assert isinstance(done, Recorded), done
    assert told(two, case_id, two.first) == START


def _broken_index(two: Two) -> object:
    with two.service.writing(RULES) as work:
        work.connection.execute(update(match_subjects).values(content=b"0"))
        work.is_no_act()
    return two.service


def _no_table(two: Two) -> object:
    with at_the_database(two.house.folder) as connection:
        connection.exec_driver_sql("ALTER TABLE match_tokens RENAME TO elsewhere")
    return two.service


@pytest.mark.parametrize("fault", [Two.without_key, _broken_index, _no_table])
def test_a_matcher_that_is_down_holds_every_referral_and_loses_none(two: Two, fault: object) -> None:
    two.earlier()
    service, healthy = fault(two), two.service
    two.house.service = service
    later = two.later()
    assert told(two, later, two.second) == NOT_STARTING
    seen = watched(two)
    assert later in {one for one, _reference in seen.unsearched}
    two.house.service = healthy
    assert told(two, later, two.second) == NOT_STARTING, "not searched yet"


def test_what_was_searched_is_held_too_while_nobody_can_tell_of_a_match(two: Two) -> None:
    earlier = two.earlier()
    two.determine(earlier, f"W_{two.own(two.first, earlier)}")
    assert told(two, earlier, two.first) == START
    healthy, two.house.service = two.service, two.without_key()
    assert told(two, earlier, two.first) == NOT_STARTING
    two.house.service = healthy
    assert told(two, earlier, two.first) == START


def test_what_was_held_is_searched_when_the_matcher_works_again(two: Two) -> None:
    earlier = two.earlier()
    healthy = two.service
    two.house.service = two.without_key()
    later = two.later()
    two.house.service = healthy
    assert search_held_cases(two.service) == (1, 0)
    assert [one.later[0] for one in watched(two).matches] == [later]
    assert told(two, earlier, two.first) == NOT_STARTING
    assert search_held_cases(two.service) == (0, 0)


def test_who_asks_too_often_is_refused_and_every_question_is_audited(two: Two) -> None:
    earlier = two.earlier()
    for _time in range(MOST_LOOKUPS):
        assert propose_duplicates(two.service, two.panel[0], earlier, "A") == ()
    assert propose_duplicates(two.service, two.panel[0], earlier, "A").reason is Reason.TOO_OFTEN
    two.house.clock.wait(hours=2)
    assert propose_duplicates(two.service, two.panel[0], earlier, "A") == ()
    with two.service.reading(RULES) as work:
        rows = work.connection.execute(select(audit).where(audit.c.act == "look-up-person")).all()
    assert len(rows) == MOST_LOOKUPS + 2


def test_a_duplicate_is_proposed_and_nothing_is_joined(two: Two) -> None:
    earlier = two.earlier()
    later = two.open(two.second, referral(SAMIR, OTHERS[1], HIS_SAYING))
    letter = two.own(two.second, later)
    (found,) = propose_duplicates(two.service, two.panel[0], later, letter)
    assert (found.case_id, found.likely) == (earlier, True)
    assert read(two.service, two.first, later).reason is Reason.NO_SUCH_CASE


def test_a_match_is_audited_without_its_cases(two: Two) -> None:
    two.earlier()
    two.later()
    with two.service.reading(RULES) as work:
        rows = work.connection.execute(select(audit).where(audit.c.act == "match-found")).all()
    assert [(row.actor, row.result, row.object_id) for row in rows] == [(None, "opposite", watched(two).matches[0].id)]


def test_chains_over_several_cases_are_shown(two: Two) -> None:
    two.earlier()
    two.open(two.second, referral(SAMIR, OTHERS[1], HER_SAYING))
    two.later()
    assert {name for name, _cases in watched(two).chains} == {"opposite", "several", "harmed-and-reported"}


def test_what_reopens_and_nobody_looked_at_stands_first(two: Two) -> None:
    two.open(two.first, referral(SAMIR, OTHERS[1], HER_SAYING))
    two.earlier()
    two.later()
    assert [one.bearing for one in watched(two).matches] == [Bearing.OPPOSITE, None, None]


def test_the_roles_that_watch_are_the_panel_and_the_safety_lead(two: Two) -> None:
    assert isinstance(watch(two.service, two.house.lead()), Watch)
    assert two.panel[0].role is Role.PANEL_MEMBER
    assert two.panel[0].side is Side.SUPPORT
