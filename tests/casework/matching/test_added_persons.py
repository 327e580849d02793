"""Whoever is added to a case is searched like the two it was opened with, and nothing of it is told to a worker."""

from tests.casework.matching.pairs_of_people import CLAIRE_AGAIN, SAMIR_AGAIN, Two
from triage.cases.members import Members, Relation, RelationStatement, pair_of
from triage.cases.model import PersonDetails, Referral
from triage.casework.assessments import read
from triage.casework.matching.reviewing import case_watch, watch
from triage.casework.members.adding import NewPerson, add_person, people_of, state_relation
from triage.casework.results import Recorded


def test_a_pair_that_is_added_later_is_found_and_reopens_what_was_signed_elsewhere(two: Two) -> None:
    earlier = two.earlier()
    strangers = {"one": PersonDetails("Quentin Lavoie"), "two": PersonDetails("Odile Marchand")}
    case_id = two.open(two.second, Referral(strangers, "one", "Elsewhere"))
    own = two.own(two.second, case_id)
    before = read(two.service, two.second, case_id)
    for details in (SAMIR_AGAIN, CLAIRE_AGAIN):
        new = NewPerson(PersonDetails(details.given, None, details), own, Relation.RELATIVE)
        done = add_person(two.service, two.second, case_id, two.version(two.second, case_id), new)
        assert isinstance(done, Recorded), done
    assert [one.bearing for one in watch(two.service, two.panel[0]).matches] == [None, None]
    seen = people_of(two.service, two.second, case_id)
    assert isinstance(seen, Members)
    assert case_watch(two.service, two.panel[0], earlier).reopened_on is None, "one person alone reopens nothing"
    pair = pair_of(*(set(seen.called) - {"A", "B"}))
    said = RelationStatement(pair, Relation.PARTNER, assessed=True, reason="", desk="", sequence=0)
    done = state_relation(two.service, two.second, case_id, two.version(two.second, case_id), said)
    assert isinstance(done, Recorded), done
    assert [one.bearing for one in watch(two.service, two.panel[0]).matches].count("unsaid") == 1
    assert case_watch(two.service, two.panel[0], earlier).reopened_on is not None
    after = read(two.service, two.second, case_id)
    assert (before.record.acts, after.record.acts) == ((), ()), "what the search found is for the panel alone"
