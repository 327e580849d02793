"""A day that was written as people write it is that day by every format, and what is no day is said where it stands."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from tests.interchange.drafts import questions
from tests.interchange.filled_forms import as_kobo_json, as_kobo_xlsx, as_odk_zip
from tests.interchange.test_round_trips import FORMS as OWN
from tests.interchange.test_submissions import FIRST as DRAFT
from triage.cases.agency.referral import AgencyReferral, ReferredAnswer
from triage.interchange.reading import Reading, read_file

FORMS: dict[str, Callable[[Iterable[AgencyReferral]], bytes]] = {
    **OWN, "kobo": as_kobo_xlsx, "kobo api": as_kobo_json, "odk": as_odk_zip,
}  # fmt: skip
PAIR = DRAFT.pairs[0].undirected


def arrived(form: str, **days: str) -> Reading:
    """What is read of a referral whose people are partners, with those days."""
    others = tuple(one for one in DRAFT.answers if one.question != "RI-03")
    said = ReferredAnswer("RI-03", PAIR, [{"code": "partner", **days}])
    return read_file(FORMS[form]([replace(DRAFT, answers=(*others, said))]), questions())


@pytest.mark.parametrize("form", FORMS)
def test_a_day_that_is_written_day_first_is_that_day(form: str) -> None:
    read = arrived(form, birth_a="5/3/2010", birth_b="3/2010", separated_since="05.03.2024")
    assert read.faults == ()
    assert read.referrals[0].referral.value_of("RI-03", PAIR) == [
        {"code": "partner", "birth_a": "2010-03-05", "birth_b": "2010-03", "separated_since": "2024-03-05"}
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("written", ["about 2010", "31/02/2010", "2010-13"])
def test_a_day_that_cannot_be_read_is_said_at_its_row_and_column(form: str, written: str) -> None:
    read = arrived(form, birth_b=written)
    assert [(one.column, one.code, one.said) for one in read.faults] == [("RI-03.birth_b", "not-a-date", written)]
    assert read.faults[0].row > 0
    assert read.referrals == ()
    assert read.faults[0].in_words("fr").endswith(f"{written} n’est pas une date.")
