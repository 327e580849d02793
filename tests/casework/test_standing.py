"""What is opened for whom: a programme worker's page never unwraps the support side's key."""

import pytest

from tests.casework.small_service import House, Staffed
from triage.cases.roles import Action, Side
from triage.casework.service import RULES
from triage.casework.standing import Standing, stand
from triage.store.cases import MovedOn, raise_version, read_versions, require_raised_version
from triage.store.sealing import Unreadable


def test_only_those_who_read_the_support_side_open_its_key(house: House, staffed: Staffed) -> None:
    readers = {
        staffed.worker: {"programme"},
        staffed.other_worker: {"programme"},
        staffed.advocate: {"programme", "support"},
        house.panel("Pat", Side.PROGRAMME): {"programme", "support"},
        house.lead(): {"programme", "support"},
    }
    with house.service.reading(RULES) as work:
        for reader, sides in readers.items():
            standing = stand(work, reader, staffed.id, Action.READ_CASE)
            assert isinstance(standing, Standing)
            assert set(standing.keys.by_side) == sides
            if "support" not in sides:
                with pytest.raises(Unreadable):
                    standing.keys.for_desk("support-A")


def test_a_version_is_raised_from_the_one_held_and_from_no_other(house: House, staffed: Staffed) -> None:
    with house.service.writing(RULES) as work:
        assert not raise_version(work, staffed.id, "panel", 1)
        assert raise_version(work, staffed.id, "panel", 0)
        assert not raise_version(work, staffed.id, "panel", 0)
        with pytest.raises(MovedOn):
            require_raised_version(work, staffed.id, "panel", 0)
        assert read_versions(work, staffed.id)["panel"] == 1
        work.is_no_act()
