"""Those who write to a file queue: nobody waits without an end, and who gave up keeps nobody waiting."""

import sqlite3
from pathlib import Path
from threading import Thread
from time import monotonic

import pytest
from sqlalchemy import text

from triage.store.engines import sqlite
from triage.store.engines.faults import Busy
from triage.store.engines.queueing import Place


def test_who_waits_too_long_is_told_and_the_next_one_gets_in(tmp_path: Path) -> None:
    first, second, third = (Place(f"{tmp_path}/file") for _ in range(3))
    assert first.wait(0.01)
    began = monotonic()
    assert not second.wait(0.05)
    assert 0.04 < monotonic() - began < 1
    first.leave()
    assert third.wait(1), "who gave up holds the lock"
    third.leave()
    assert second.wait(1), "who gave up once may come again"


def test_who_waits_is_let_in_when_the_one_before_leaves(tmp_path: Path) -> None:
    first, second = Place(f"{tmp_path}/file"), Place(f"{tmp_path}/file")
    assert first.wait(0.01)
    let_in: list[bool] = []
    waiting = Thread(target=lambda: let_in.append(second.wait(5)))
    waiting.start()
    first.leave()
    waiting.join(5)
    assert let_in == [True]
    assert not first.wait(0.02), "two write at once"


def test_a_transaction_within_another_is_told_that_it_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sqlite.PRAGMAS, "busy_timeout", 50)
    sqlite3.connect(tmp_path / "file").close()
    engine = sqlite.sqlite_engine(f"sqlite:///{tmp_path}/file", read_only=False)
    with engine.begin() as outer:
        with pytest.raises(Busy), engine.begin():
            raise AssertionError
        outer.execute(text("CREATE TABLE kept (one)"))
    with engine.begin() as again:
        assert again.execute(text("SELECT count(*) FROM kept")).scalar() == 0
    engine.dispose()
