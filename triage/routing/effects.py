"""What one answer does to the others: which are set aside because of it, and which count again."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from triage.cases.record import Answer, CaseRecord
from triage.routing.assessment import Assessment


@dataclass(frozen=True, slots=True)
class Effect:
    """The ids of answers that no longer count, and of those that count again; `after` is the case as it is now."""

    fallen: tuple[str, ...]
    returned: tuple[str, ...]
    after: Assessment

    @property
    def changes_something(self) -> bool:
        """Whether somebody has to be told."""
        return bool(self.fallen or self.returned)


def effect_of(
    record: CaseRecord, answer_id: str, corrected: Mapping[str, str], assess: Callable[[CaseRecord], Assessment]
) -> Effect:
    """Compare a case with the same case without one answer; of an answer that was taken back, as if it were not.

    Inputs: `corrected` names for each corrected answer the one that took its place. What an answer did is worked out
    anew whenever it is asked for: nothing of it is kept, so that it cannot grow old (issue 5, point 4).
    """
    before, after = assess(replace(record, answers=tuple(_without(record, answer_id, corrected)))), assess(record)
    counted = [one.id for one in record.answers if one.withdrawn is None]
    fallen = tuple(one for one in counted if one in after.set_aside and one not in before.set_aside)
    returned = tuple(one for one in counted if one in before.set_aside and one not in after.set_aside)
    return Effect(fallen, returned, after)


def _without(record: CaseRecord, answer_id: str, corrected: Mapping[str, str]) -> Iterator[Answer]:
    for answer in record.answers:
        if answer.id != answer_id:
            yield replace(answer, withdrawn=None) if corrected.get(answer.id) == answer_id else answer
        elif answer.withdrawn is not None:
            yield replace(answer, withdrawn=None)
