"""The database that tests run over: each test that asks for an installation runs on SQLite and on PostgreSQL.

`DATABASES=sqlite` or `DATABASES=postgresql` in the environment chooses one (`make test DATABASES=postgresql`).
"""

import os
from collections.abc import Iterator

import pytest

from tests.databases.engines import DATABASES, ENGINES, POSTGRESQL, SQLITE
from tests.databases.server import Server, programs, running_server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server of the tests' own, or a skip that says why; in CI its absence is a failure."""
    found = programs()
    if found is None:
        reason = "No PostgreSQL on this machine: install it (Debian: apt-get install postgresql) to try both databases."
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI=true requires PostgreSQL. {reason}")
        pytest.skip(reason)
    with running_server(found) as server:
        DATABASES.serve(server)
        yield server
        DATABASES.drop_all_but(0)


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of the database over which installations are made from here on."""
    if request.param == POSTGRESQL:
        request.getfixturevalue("postgresql")
    return str(request.param)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before anything of a test is made: whatever does not ask for `engine` lies in SQLite files."""
    asked = getattr(item, "callspec", None)
    DATABASES.in_use = asked.params.get("engine", SQLITE) if asked else SQLITE


@pytest.fixture(scope="module", autouse=True)
def databases_of_the_module() -> Iterator[None]:
    """What a module made is dropped at its end."""
    before = len(DATABASES.made)
    yield
    DATABASES.drop_all_but(before)


@pytest.fixture(autouse=True)
def databases_of_the_test() -> Iterator[None]:
    """What a test made is dropped."""
    made = len(DATABASES.made)
    yield
    DATABASES.drop_all_but(made)
