"""Non-interference: whether a referral meets an earlier one or not, the programme side observes the same bytes."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.casework.matching.pairs_of_people import HER_SAYING, HIS_SAYING, OTHERS, SAMIR, UNSAID, Two, referral
from tests.casework.small_service import House, words
from triage.cases.model import CaseView
from triage.cases.record import CaseRecord
from triage.casework import referrals
from triage.casework.assessments import assessed, read, record_answer
from triage.casework.contact_points import may_send, shared_points
from triage.casework.identities import record_identity
from triage.casework.matching.reviewing import propose_duplicates, review_match, watch
from triage.casework.publishing.starting import instruction
from triage.casework.referrals import list_cases
from triage.casework.second_names import awaited_acts

pytestmark = pytest.mark.usefixtures("engine")
WORLDS = ("nobody before", "another pair before", "the same pair before", "opposite roles before", "and it was decided",
          "and the panel looked at it", "no matcher")  # fmt: skip


def built(world: str, folder: Path) -> tuple[Two, object]:
    """A world in which the same referral arrives last."""
    two = Two(House(folder))
    earlier = None
    if world == "another pair before":
        two.open(two.first, referral(*OTHERS, HER_SAYING))
    elif world == "the same pair before":
        two.earlier(HIS_SAYING)
    elif world not in {"nobody before", "no matcher"}:
        earlier = two.earlier()
    if world in {"and it was decided", "and the panel looked at it"}:
        two.determine(earlier, f"W_{two.own(two.first, earlier)}")
    if world == "no matcher":
        two.house.service = two.without_key()
    later = two.later()
    if world == "and the panel looked at it":
        match_id = watch(two.service, two.panel[0]).matches[0].id
        review_match(two.service, two.panel[0], match_id, same=True, reason="The same.")
    return two, later


def observed(two: Two, case_id: object) -> str:
    """Everything that casework gives to the worker of the later case; its id and reference are drawn by lot."""
    worker, service = two.second, two.service
    own = two.own(worker, case_id)
    view = read(service, worker, case_id)
    assert isinstance(view, CaseView)
    record = assessed(service, worker, case_id).record
    assert isinstance(record, CaseRecord)
    seen = [
        view, record, [line for line in list_cases(service, worker) if line.own_person],
        instruction(service, worker, case_id), awaited_acts(service, worker, case_id),
        record_answer(service, worker, case_id, 999, words("x")), shared_points(service, worker, case_id),
        may_send(service, worker, case_id, own, "email", "claire.fontaine@example.org"),
        watch(service, worker), propose_duplicates(service, worker, case_id, own),
        record_identity(service, worker, case_id, view.version, own, SAMIR).version,
        instruction(service, worker, case_id), read(service, worker, case_id).version,
    ]  # fmt: skip
    return repr(seen).replace(str(case_id), "CASE").replace(view.reference, "REFERENCE")


@pytest.fixture(autouse=True)
def letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lot always falls the same way, so that two worlds can be compared byte by byte."""
    monkeypatch.setattr(referrals.secrets, "SystemRandom", lambda: SimpleNamespace(shuffle=lambda _keys: None))


@pytest.mark.parametrize("world", WORLDS[1:])
def test_the_worker_of_a_referral_observes_the_same_in_every_world(tmp_path: Path, world: str) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    plain = observed(*built(WORLDS[0], tmp_path / "one"))
    other = observed(*built(world, tmp_path / "other"))
    assert other == plain


@pytest.mark.parametrize("said", [HIS_SAYING, HER_SAYING, UNSAID])
def test_the_worker_of_an_earlier_case_observes_nothing_of_a_later_one(tmp_path: Path, said: frozenset[str]) -> None:
    two = Two(House(tmp_path))
    earlier = two.earlier()

    def seen() -> list[object]:
        service, worker = two.service, two.first
        lines = [line for line in list_cases(service, worker) if line.own_person]
        return [
            read(service, worker, earlier), assessed(service, worker, earlier).record, lines,
            instruction(service, worker, earlier), record_answer(service, worker, earlier, 999, words("x")),
        ]  # fmt: skip

    before = seen()
    two.later(said)
    match_id = watch(two.service, two.panel[0]).matches[0].id
    for member in two.panel:
        review_match(two.service, member, match_id, same=False, reason="A cousin.")
    assert seen() == before
