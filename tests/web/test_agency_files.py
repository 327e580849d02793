"""A file is looked through on a page with every fault by its row; what was chosen stays; only a lead sends files."""

import io
import re
from dataclasses import replace

import pytest

from tests.casework.agencies.sent import COMPLETE
from tests.interchange.drafts import questions
from tests.interchange.filled_forms import as_kobo_xlsx, as_odk_zip
from tests.web.site import Person, Site
from triage.interchange.writing import as_csv, table_of

FILE = "/agency/referrals/file"
GOOD = as_csv(table_of([COMPLETE], questions()))


@pytest.fixture
def lead(site: Site) -> Person:
    return site.person("agency-lead")


def put(person: Person, content: bytes = b"", mode: str = "check", **more: object):
    typed = {"csrf_token": person.token, "mode": mode, **more}
    if content:
        typed["file"] = (io.BytesIO(content), "anything.bin")
    return person.client.post(FILE, data=typed, content_type="multipart/form-data")


def test_a_file_is_looked_through_stays_in_the_page_and_is_sent_from_it(lead: Person) -> None:
    content = as_csv(table_of([replace(COMPLETE, external_reference="PAGE-1")], questions()))
    looked = put(lead, content)
    assert looked.status_code == 200
    assert "1 referral is in order. Nothing was stored." in looked.text
    assert "PAGE-1" not in lead.get("/agency/referrals").text
    kept = re.search(r'name="kept" value="([^"]+)"', looked.text)
    assert kept
    sent = put(lead, mode="all", kept=kept[1])
    assert "1 referral was sent." in sent.text
    assert 'name="kept"' not in sent.text
    assert "PAGE-1" in lead.get("/agency/referrals").text
    assert "1 was sent before in the same words." in put(lead, content, "all").text


def test_every_fault_stands_with_its_row_and_what_was_chosen_stays(lead: Person) -> None:
    wrong = GOOD.replace(b"neither", b"neiter").replace(b"2026-12-10", b"2020-01-01")
    page = put(lead, wrong, "valid")
    assert page.status_code == 422
    assert "row 2, column RI-01: neiter is not among the codes of this column. Did you mean `neither`?" in page.text
    assert re.search(r'value="valid" checked', page.text)
    past = put(lead, GOOD.replace(b"2026-12-10", b"2020-01-01"), "all")
    assert past.status_code == 422
    assert "The next review must be after today, and within a year." in past.text


def put_large(person: Person, size: int) -> int:
    """The body is written here: the client of the tests would leave a file open for one so large."""
    fields = {"csrf_token": person.token, "mode": "check"}
    parts = [f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{said}' for name, said in fields.items()]
    head = "\r\n".join([*parts, '--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'])
    body = head.encode() + b"x" * size + b"\r\n--b--\r\n"
    return person.client.post(FILE, data=body, content_type="multipart/form-data; boundary=b").status_code


@pytest.mark.parametrize(("content", "mode"), [(b"", "check"), (GOOD, ""), (GOOD, "delete"), (b"", "")])
def test_what_was_not_chosen_is_asked_for(lead: Person, content: bytes, mode: str) -> None:
    page = put(lead, content, mode)
    assert page.status_code == 422
    assert ("Choose a file." in page.text) == (not content)
    assert ('name="kept"' in page.text) == bool(content)


def test_a_file_elsewhere_two_files_and_one_too_large_are_refused(lead: Person) -> None:
    assert put_large(lead, 10_600_000) == 413
    assert put_large(lead, 10_100_000) == 422
    typed = {"csrf_token": lead.token, "mode": "check", "other": (io.BytesIO(GOOD), "x.csv")}
    assert lead.client.post(FILE, data=typed, content_type="multipart/form-data").status_code == 400
    typed = {"csrf_token": lead.token, "file": (io.BytesIO(GOOD), "x.csv")}
    assert lead.client.post("/agency/referrals", data=typed, content_type="multipart/form-data").status_code == 400


def test_a_clerk_has_no_such_page_and_no_link_to_it(site: Site, lead: Person) -> None:
    clerk = site.person("agency-clerk")
    assert clerk.get(FILE).status_code == 404
    assert FILE not in clerk.get("/agency/referrals").text
    assert FILE in lead.get("/agency/referrals").text


@pytest.mark.parametrize(
    ("kind", "start"), [("csv", b"\xef\xbb\xbfreference,person"), ("xlsx", b"PK"), ("form", b"PK")]
)
def test_a_template_is_loaded(lead: Person, kind: str, start: bytes) -> None:
    got = lead.get(f"{FILE}/template/{kind}")
    assert got.status_code == 200
    assert got.data.startswith(start)
    assert lead.get(f"{FILE}/template/exe").status_code == 404


@pytest.mark.parametrize("export", [as_kobo_xlsx, as_odk_zip])
def test_what_was_filled_in_on_a_telephone_is_looked_through_and_sent(lead: Person, export) -> None:
    """The form is the one that this page gives; KoboToolbox and ODK Central export what was filled in on it."""
    content = export([replace(COMPLETE, external_reference=f"{export.__name__}-1")])
    assert "1 referral is in order. Nothing was stored." in put(lead, content).text
    wrong = put(lead, export([replace(COMPLETE, external_reference="")]), "all")
    assert "1 referral was sent." in wrong.text, "its number is the id of the submission"
    assert "1 referral was sent." in put(lead, content, "all").text
    assert "1 was sent before in the same words." in put(lead, content, "all").text


def test_how_far_it_got_is_shown_when_the_time_of_a_request_is_over(
    lead: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [replace(COMPLETE, external_reference=f"MANY-{number}") for number in range(30)]
    content = as_csv(table_of(many, questions()))
    monkeypatch.setattr("triage.web.agency.imports.LONGEST", 0.0)
    assert '<progress id="progress" max="30" value="25">' in put(lead, content, "all").text
    assert "5 referrals were sent." in put(lead, content, "all").text


def test_a_file_is_taken_back(lead: Person) -> None:
    content = as_csv(table_of([replace(COMPLETE, external_reference="BACK-1")], questions()))
    page = put(lead, content, "all").text
    assert "&lt;span" not in page
    place = re.findall(r'action="([^"]+/withdraw)"', page)[0]
    assert lead.fill_in(place, {}).status_code == 303
    assert "Taken back" in lead.get(FILE).text
