"""When others write too long, whoever sends a form is told so, keeps what was typed, and can send it again."""

from pathlib import Path

import pytest

from tests.web.site import open_case, site_in
from triage.store.engines import postgresql, sqlite


def test_a_form_sent_while_others_write_is_kept_and_can_be_sent_again(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sqlite.PRAGMAS, "busy_timeout", 50)
    monkeypatch.setitem(postgresql._ASKED, "lock_timeout", "50")
    site = site_in(tmp_path)
    worker = site.person("intake-one")
    typed = {
        "called-one": "Sam", "birth-one": "1990-05-01", "called-two": "Robin", "birth-two": "", "sees": "one",
        "received_from": "Early help", "facts": "Police were called.",
    }  # fmt: skip
    with site.service.writing() as work:
        response = worker.post("/referrals/new", typed)
        work.is_no_act()
    assert (response.status_code, response.headers.get("Retry-After")) == (503, "5")
    assert "The service is busy" in response.text
    assert "Police were called." in response.text
    assert open_case(worker).startswith("/cases/")
