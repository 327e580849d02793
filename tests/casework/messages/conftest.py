"""A certificate that this process trusts, and an installation whose agency and staff can be written to."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from tests.casework.agencies.sent import Post
from tests.casework.messages.servers import certificate_in
from triage.cases.roles import Actor, Role, Side
from triage.casework.messages.registering import agency_mailbox, staff_mailbox
from triage.settings import MailSettings

AGENCY_ADDRESS, INTAKE_ADDRESS = "duty@agency.example.org", "ines@desk.example.org"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate_in(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return certificate


@pytest.fixture
def post(engine: str, tmp_path: Path) -> Post:
    return Post(tmp_path)


@pytest.fixture
def lead(post: Post) -> Actor:
    made = post.outside("lead", Role.AGENCY_LEAD)
    assert isinstance(agency_mailbox(post.service, post.agencies["Probation North"], AGENCY_ADDRESS), UUID)
    return made


@pytest.fixture
def intake(post: Post) -> Actor:
    made = post.staff("Ines", Role.INTAKE_WORKER, Side.PROGRAMME)
    assert staff_mailbox(post.service, "Ines", INTAKE_ADDRESS) == made.id
    return made


def with_mail(post: Post, mail: MailSettings | None, *, demonstration: bool = False) -> None:
    """Let an installation send e-mail there."""
    settings = replace(post.service.settings, mail=mail, demonstration=demonstration)
    post.service = replace(post.service, settings=settings)
