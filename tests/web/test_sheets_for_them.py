"""A sheet printed for one person through its page: neutral outside, and refused where it is not safe."""

import io

import pypdf
import pytest

from tests.web.site import Person
from triage.settings import BadSetting, settings_from

SAFE = {"alone": "yes", "could-be-seen": "no", "kept-for-them": "no"}
TYPED = SAFE | {"first_name": "Noor", "name_is_safe": "yes", "day": "2026-11-30", "time": "14:30"}


def send(worker: Person, case: str, typed: dict[str, str], sheet: str = "undetermined/en/standard"):
    return worker.post(f"{case}/sheets/{sheet}/for-them", typed)


def test_the_sheet_is_a_neutral_file_with_what_was_typed(worker: Person, case: str) -> None:
    answer = send(worker, case, TYPED)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'inline; filename="information.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.data)).pages)
    for one in ("Noor", "30/11/2026", "14:30"):
        assert one in text
    assert "Robin" not in text
    assert "Noor" not in worker.get(f"{case}/sheets").text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name_is_safe": "not-known"}, "A name stands on a sheet only if it is safe there"),
        ({"could-be-seen": "yes"}, "A name stands on a sheet only if it is safe there"),
        ({"first_name": "", "alone": "no"}, "It is not safe to hand it over so"),
        ({"first_name": "call 999"}, "Write a first name alone"),
        ({"first_name": "\u4e00"}, "characters that a sheet in this language cannot print"),
        ({"time": "٢٥:00"}, "Write the day and the time"),
        ({"day": ""}, "Write the day and the time"),
        ({"day": "2025-01-01"}, "Write the day and the time"),
    ],
)
def test_what_is_not_safe_is_refused_and_what_was_typed_stays(
    worker: Person, case: str, changed: dict[str, str], said: str
) -> None:
    answer = send(worker, case, TYPED | changed)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{(TYPED | changed)["time"]}"' in answer.text
    assert f'<form method="post" action="{case}/sheets/undetermined/en/standard" id="form"' in answer.text


def test_how_to_reach_the_service_comes_from_the_settings() -> None:
    read = settings_from({"TRIAGE_SERVICE_PHONE": "020 7946 0958", "TRIAGE_SERVICE_MAIL": "us@example.org"})
    assert (read.service_phone, read.service_mail) == ("020 7946 0958", "us@example.org")
    for name, value in (("PHONE", "020-7946"), ("PHONE", "٠٢٠"), ("MAIL", "us at example"), ("PHONE", "020 7946 ")):
        with pytest.raises(BadSetting, match=f"TRIAGE_SERVICE_{name}"):
            settings_from({f"TRIAGE_SERVICE_{name}": value})


def test_a_sheet_that_is_not_offered_is_not_there(worker: Person, case: str) -> None:
    assert send(worker, case, TYPED, "vs/en/standard").status_code == 404
