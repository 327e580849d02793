"""Any answering, correcting, taking back and restoring: nothing is lost, and what is set aside reaches no finding.

500 sequences by chance, shrunk when one fails (issue 5, point 4). The questions are those that others hang on, and
those that hang on them, so that paths close and open again.
"""

from dataclasses import replace
from datetime import date
from functools import cache
from random import Random
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.properties.random_sheets import ABOUT, ON, value
from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.routing.assessment import Assessment, assess
from triage.routing.effects import effect_of
from triage.routing.loading import Loaded, load
from triage.settings import FLOWS

HUNG_ON = ("DR-04", "WD-18", "RI-13", "RI-03", "CN-01", "RI-10", "RI-14")
HANGING = ("WD-10", "RV-01", "RV-03", "LT-01", "LT-08", "LT-11", "CN-14", "RI-11", "WD-15")
SOURCES = ("ISS", "POL", "SELF", "OBS", "CRT", "HLT")
TAKEN_BACK = {"on": ON.isoformat(), "reason": "taken back"}
Told = dict[str, Any]


@cache
def loaded(_which: str) -> Loaded:
    """The shipped flows, loaded once for each name: one is used all the time, one for fresh replays alone."""
    found = load(FLOWS)
    assert isinstance(found, Loaded), found
    return found


def assessed(record: CaseRecord, which: str = "used") -> Assessment:
    return assess(record, loaded(which).book, loaded(which).decider)


class ChangesOfMind(RuleBasedStateMachine):
    """One case, its answers as they are on file, and which answer took the place of which."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[Told] = []
        self.corrected: dict[str, str] = {}
        self.given: list[str] = []

    @property
    def standing(self) -> list[Told]:
        return [one for one in self.answers if "withdrawn" not in one]

    def record(self) -> CaseRecord:
        file = {"id": "case", "on": ON.isoformat(), "persons": {"A": {}, "B": {}}, "pairs": [["A", "B"]]}
        record = read_case({**file, "answers": self.answers}, loaded("used").book.rulebook, date(2026, 12, 1))
        assert isinstance(record, CaseRecord), record
        return record

    def add(self, told: Told) -> str:
        identity = f"a{len(self.given)}"
        self.given.append(identity)
        self.answers.append({**told, "id": identity})
        return identity

    @rule(question=some.sampled_from(HUNG_ON + HANGING), seed=some.integers(0, 2**16))
    def answer(self, question: str, seed: int) -> None:
        """Give an answer by chance."""
        chance, asked = Random(seed), loaded("used").book.rulebook.questions[question]
        source = chance.choice([one for one in SOURCES if one in asked.sources] or list(asked.sources))
        told: Told = {"question": question, "value": value(asked, chance), "source": source, "on": ON.isoformat()}
        about = chance.choice(ABOUT[asked.about])
        told |= {"about": about} if about else {}
        told |= {"by": chance.choice(("A", "B")), "alone": True} if source in {"SELF", "ISS"} else {}
        self.seen_to(self.add(told))

    @precondition(lambda self: self.standing)
    @rule(data=some.data(), seed=some.integers(0, 2**16))
    def correct(self, data: some.DataObject, seed: int) -> None:
        """Put another value in the place of an answer."""
        earlier = data.draw(some.sampled_from(self.standing))
        asked = loaded("used").book.rulebook.questions[earlier["question"]]
        self.replace(earlier, {**earlier, "value": value(asked, Random(seed))})

    @precondition(lambda self: self.standing)
    @rule(data=some.data())
    def take_back(self, data: some.DataObject) -> None:
        """Take an answer back."""
        earlier = data.draw(some.sampled_from(self.standing))
        earlier["withdrawn"] = TAKEN_BACK
        self.seen_to(earlier["id"])

    @precondition(lambda self: any("withdrawn" in one for one in self.answers))
    @rule(data=some.data())
    def restore(self, data: some.DataObject) -> None:
        """Say again what had been taken back or corrected; it is a new answer."""
        gone = data.draw(some.sampled_from([one for one in self.answers if "withdrawn" in one]))
        told = {key: held for key, held in gone.items() if key not in {"id", "withdrawn"}}
        same = [one for one in self.standing if one["id"] == self.corrected.get(gone["id"])]
        if same:
            self.replace(same[0], told)
        else:
            self.seen_to(self.add(told))

    def replace(self, earlier: Told, told: Told) -> None:
        new = self.add({key: held for key, held in told.items() if key != "id"})
        earlier["withdrawn"] = TAKEN_BACK
        self.corrected[earlier["id"]] = new
        self.seen_to(new)

    def seen_to(self, identity: str) -> None:
        """What the page after an answer says is what differs between the case with it and without it."""
        record = self.record()
        found = effect_of(record, identity, self.corrected, assessed)
        aside = assessed(record).set_aside
        assert found.after.set_aside == aside
        assert set(found.fallen) <= set(aside)
        assert not set(found.returned) & set(aside)
        assert identity not in found.returned

    @invariant()
    def nothing_is_lost(self) -> None:
        """Every answer ever given is on file, each exactly once."""
        assert [one.id for one in self.record().answers] == self.given

    @invariant()
    def the_walk_is_that_of_a_fresh_replay(self) -> None:
        """Nothing of what was asked before stays behind."""
        record = self.record()
        now, again = assessed(record), assessed(record, "fresh")
        assert now.walks == again.walks
        assert now.set_aside == again.set_aside
        assert now.pairs[0].findings.strengths == again.pairs[0].findings.strengths

    @invariant()
    def what_is_set_aside_reaches_no_finding(self) -> None:
        """The findings and the decision are those of a case in which it was never told."""
        record = self.record()
        now = assessed(record)
        kept = tuple(one for one in record.answers if one.id not in now.set_aside)
        without = assessed(replace(record, answers=kept))
        assert now.pairs[0].findings.strengths == without.pairs[0].findings.strengths
        assert now.pairs[0].decision == without.pairs[0].decision


ChangesOfMind.TestCase.settings = settings(
    max_examples=500, stateful_step_count=8, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)  # fmt: skip
TestChangesOfMind = ChangesOfMind.TestCase
