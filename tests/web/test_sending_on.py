"""A referral is sent on from its page, and its file is taken out under a name that tells nothing."""

from dataclasses import replace

from tests.casework.agencies.sent import COMPLETE
from tests.web.site import Person, Site
from tests.web.test_hostile_forms import actor
from triage.casework.agencies.sending import send_whole


def test_the_form_says_what_is_missing_then_gives_the_file(site: Site, worker: Person) -> None:
    sent = send_whole(site.service, actor(site, "agency-clerk"), replace(COMPLETE, external_reference="on"), "key-on")
    page = f"/incoming/{sent.id}"
    assert f'href="{page}/send-on"' in worker.get(page).text
    form = worker.get(f"{page}/send-on").text
    assert "That somebody else is known here is no ground." in form
    assert worker.post(f"{page}/send-on/file", {}).status_code == 422
    typed = {"ground": "agreed", "service": "Support in the South", "agreed-A": "2026-11-20"}
    refused = worker.post(f"{page}/send-on", typed)
    assert refused.status_code == 422
    assert "Silence is no agreement." in refused.text
    assert 'value="2026-11-20"' in refused.text
    done = worker.post(f"{page}/send-on", typed | {"agreed-B": "2026-11-21"})
    assert (done.status_code, done.location) == (303, f"{page}/send-on")
    shown = worker.get(f"{page}/send-on").text
    assert "Support in the South" in shown
    assert 'name="ground"' not in shown
    assert 'name="sees"' not in worker.get(page).text
    file = worker.post(f"{page}/send-on/file", {})
    assert file.headers["Content-Disposition"] == "attachment; filename=referral.json"
    assert b"Nadia Benali" in file.data
    assert site.person("intake-two").get(f"{page}/send-on").status_code == 404
