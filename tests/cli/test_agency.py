"""`triage agency` makes agencies, their accounts, programs and keys, and says plainly what it did not make."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from joserfc.jwk import OKPKey

from tests.casework.agencies.sent import Post
from triage.cli import main


@pytest.mark.usefixtures("engine")
def test_an_agency_its_account_its_program_and_its_keys(tmp_path: Path) -> None:
    settings = Post(tmp_path).service.settings
    environment = {"TRIAGE_DATABASE_URL": settings.database_url, "TRIAGE_KEYS": str(settings.keys)}

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["agency", *words], env=environment)
        return done.exit_code, done.output.strip()

    private = OKPKey.generate_key("Ed25519")
    for name, is_private in (("public", False), ("private", True)):
        (tmp_path / name).write_text(json.dumps(private.as_dict(private=is_private)), encoding="utf-8")
    (tmp_path / "text").write_bytes(b"\xff no key")
    made, agency = run("add", "Probation North")
    assert (made, run("list")) == (0, (0, f"{agency} Probation North"))
    password = "seven grey gulls over wet slates"
    assert run("account", agency, "clerk", "--role", "agency-clerk", "--password", password)[0] == 0
    assert run("account", agency, "clerk", "--role", "agency-lead", "--password", password) == (
        1,
        "name: this name is taken.",
    )
    assert run("account", agency, "other", "--role", "manager", "--password", password)[0] == 2
    made, client = run("client", agency, "Case system")
    assert made == 0
    added, key = run("key", client, str(tmp_path / "public"))
    assert (added, len(key)) == (0, 64)
    for wrong in ("private", "text"):
        code, said = run("key", client, str(tmp_path / wrong))
        assert (code, said.startswith("key: this is ")) == (1, True)
    assert run("retire-key", client, key) == (0, "")
    assert run("retire-key", client, "z" * 64)[0] == 1
    assert run("retire-client", client) == (0, "")
    assert run("retire-client", client)[0] == 1
