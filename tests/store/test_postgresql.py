"""What is PostgreSQL's alone: a crash loses nothing, a long wait is said, a weak server or role must not serve."""

import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from tests.casework.small_service import House, settings_in, words
from tests.databases.engines import DATABASES, POSTGRESQL, at_the_database
from tests.databases.server import OWNER, PROGRAM, SUPERUSER, TEMPLATE, Server, programs, running_server
from triage.casework.assessments import read, record_answer
from triage.casework.installation import Verified, reasons_not_to_serve, verify_audit
from triage.casework.results import Recorded
from triage.casework.service import RULES, Busy, NotReady, open_service, prepare_database
from triage.settings import Settings
from triage.store.engines import postgresql as engine_settings
from triage.store.engines.examining import server_reasons


@pytest.fixture
def house(postgresql: Server, tmp_path: Path) -> Iterator[House]:
    before, DATABASES.in_use = DATABASES.in_use, POSTGRESQL
    yield House(tmp_path)
    DATABASES.in_use = before


def test_a_server_that_crashes_under_writers_loses_nothing_and_the_service_goes_on(tmp_path: Path) -> None:
    """Eight crashes of a server of this test's own, each while somebody writes (security page 5, R4)."""
    found = programs()
    if found is None:
        pytest.skip("No PostgreSQL on this machine, as the fixture `postgresql` says.")
    with running_server(found) as server:
        house = _house_on(server, tmp_path)
        staffed = house.staffed_case()
        acknowledged: list[str] = []
        version = 0
        for crash in range(8):
            stopping = threading.Timer(0.3, server.stop)
            stopping.start()
            try:
                for number in range(10_000):
                    text = f"{crash}-{number}"
                    done = record_answer(house.service, staffed.worker, staffed.id, version, words(text), text)
                    assert isinstance(done, Recorded), done
                    version, _kept = done.version, acknowledged.append(text)
            except Busy:
                stopping.join()
            server.start()
            view = read(house.service, staffed.worker, staffed.id)
            version = view.version
        kept = [answer.text for answer in view.record.answers]
        assert len(acknowledged) > 8
        assert set(acknowledged) <= set(kept)
        assert len(set(kept)) == len(kept)
        assert isinstance(verify_audit(house.service), Verified)
        house.service.database.close()


def _house_on(server: Server, folder: Path) -> House:
    """An installation in the template database of another server."""
    said = {"database_url": server.url(PROGRAM, TEMPLATE), "owner_url": server.url(OWNER, TEMPLATE)}
    prepare_database(Settings(**said))
    (folder / "database.json").write_text(json.dumps(said))
    return House(folder)


def test_who_waits_too_long_for_another_writer_is_told_and_keeps_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_settings, "_ASKED", engine_settings._ASKED | {"lock_timeout": "100"})
    impatient = open_service(house.service.settings, house.service.rules, house.clock)
    with house.service.writing(RULES) as work:
        with pytest.raises(Busy), impatient.writing(RULES):
            pass
        work.is_no_act()
    with impatient.writing(RULES) as work:
        work.is_no_act()
    impatient.database.close()


def test_a_transaction_that_stands_still_is_ended(house: House) -> None:
    for engine in (house.service.database.writer, house.service.database.reader):
        with engine.begin() as connection:
            held = connection.exec_driver_sql("SHOW idle_in_transaction_session_timeout").scalar_one()
            assert held == "1min"


@pytest.mark.parametrize("refused", ["synchronous_commit", "row_security"])
def test_a_connection_that_could_lose_or_show_too_much_is_refused(house: House, refused: str) -> None:
    with at_the_database(house.folder) as connection:
        name = connection.exec_driver_sql("SELECT current_database()").scalar_one()
        connection.exec_driver_sql(f"ALTER ROLE {PROGRAM} IN DATABASE {name} SET {refused} = off")
    with pytest.raises(NotReady, match=f"database-unsafe: it answers {refused}=off"):
        open_service(house.service.settings)


def names(house: House, url: str = "") -> list[str]:
    engine = create_engine(url or house.service.settings.database_url)
    found = [reason.split(":")[0] for reason in server_reasons(engine)]
    engine.dispose()
    return [name for name in found if name != "database-setting"]


def test_a_role_that_could_pass_the_wall_must_not_serve(house: House) -> None:
    url = house.service.settings.database_url
    assert names(house) == []
    assert names(house, url.replace(PROGRAM, SUPERUSER, 1)) == ["database-role-strong"]
    assert names(house, url.replace(PROGRAM, OWNER, 1)) == ["database-role-owns"]


def test_a_server_that_need_not_keep_what_it_said_it_kept_must_not_serve(house: House) -> None:
    said = re.findall(r"database-setting: the server answers (\S+);", "\n".join(reasons_not_to_serve(house.service)))
    assert said == ["fsync=off", "full_page_writes=off"]


@pytest.mark.parametrize("change", ["DISABLE ROW LEVEL SECURITY", "NO FORCE ROW LEVEL SECURITY"])
def test_a_table_that_was_opened_must_not_serve(house: House, change: str) -> None:
    with at_the_database(house.folder) as connection:
        connection.exec_driver_sql(f"ALTER TABLE answers {change}")
    assert names(house) == ["database-unwalled"]


@pytest.mark.parametrize(
    ("place", "wanted"),
    [("/run/postgresql", []), ("127.0.0.1", []), ("db.example.org", ["database-unencrypted"])],
)
def test_a_server_elsewhere_is_reached_by_tls_alone(house: House, place: str, wanted: list[str]) -> None:
    here = create_engine(house.service.settings.database_url)
    for more, said in (("", wanted), ("&sslmode=require", wanted), ("&sslmode=verify-full", [])):
        here.url = here.url.set(host="", query={}).update_query_string(f"host={place}{more}")
        assert [one.split(":")[0] for one in server_reasons(here) if "setting" not in one] == said
    here.dispose()


def test_a_database_that_is_not_there_or_not_prepared_is_said(house: House, postgresql: Server) -> None:
    with pytest.raises(NotReady, match="database-unreachable"):
        open_service(settings_in(house.folder, database_url=postgresql.url(PROGRAM, "nowhere")))
    with pytest.raises(NotReady, match="database-not-prepared"):
        open_service(settings_in(house.folder, database_url=postgresql.url(PROGRAM, "postgres")))
    refused = Settings(postgresql.url(PROGRAM, "postgres"))
    with pytest.raises(NotReady, match="database-refuses"):
        prepare_database(refused)
