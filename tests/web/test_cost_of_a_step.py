"""What one step of the wizard may cost, counted and not timed: statements, opened and sealed values, calls of Python.

The counts stand for the processor time that `bench/wizard_step.py` measures, and are the same on every machine. A step
that comes to cost more is seen here; one that costs less lowers the figure (ADR 0077).
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from uuid import uuid4

import pytest
from sqlalchemy import event

from tests.web.site import VERSION, Person, Site, circumstances, open_case
from triage.store.sealing import open_bytes, seal_bytes

ASKED = "questions/wd-10/a-to-b"
COUNTED = {open_bytes.__code__: "opened", seal_bytes.__code__: "sealed"}
SHOWN = {"statements": 9, "opened": 6, "sealed": 0, "begun": 2}
FIRST_SHOWN = {"statements": 13, "opened": 6, "sealed": 0, "begun": 3}
ANSWERED = {"statements": 22, "opened": 9, "sealed": 1, "begun": 3}
CALLS = {"sqlite": (6500, 5700), "postgresql": (9100, 9600)}


@contextmanager
def counted(site: Site) -> Iterator[Counter[str]]:
    """Count what happens meanwhile, in every layer; transactions apart from their statements."""
    found: Counter[str] = Counter()

    def called(frame: FrameType, kind: str, _more: object) -> None:
        if kind == "call":
            found["calls"] += 1
            found[COUNTED.get(frame.f_code, "")] += 1

    def sent(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        of_all = statement.startswith("BEGIN") or "set_config" in statement or "pg_" in statement  # of no table
        found["statements"] += not of_all

    def begun(_connection: object) -> None:
        found["begun"] += 1

    engines = (site.service.database.reader, site.service.database.writer)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", sent)
        event.listen(engine, "begin", begun)
    sys.setprofile(called)
    try:
        yield found
    finally:
        sys.setprofile(None)
        for engine in engines:
            event.remove(engine, "before_cursor_execute", sent)
            event.remove(engine, "begin", begun)


def of_a_page(worker: Person, case: str) -> Callable[[], object]:
    return lambda: worker.get(f"{case}/{ASKED}")


def of_an_answer(worker: Person, case: str) -> Callable[[], object]:
    seen = VERSION.search(worker.get(f"{case}/{ASKED}").text)
    assert seen
    typed = {"version": seen[1], "key": str(uuid4()), "code": "contact", "then": "next"} | circumstances("POL")

    def answer() -> None:
        assert worker.post(f"{case}/{ASKED}", typed).status_code == 303

    return answer


@pytest.fixture(scope="module")
def warm(worker: Person) -> Person:
    """A worker whose pages and answers were drawn and taken before: what is made once is made."""
    for _time in range(2):
        of_an_answer(worker, open_case(worker))()
    return worker


@pytest.mark.parametrize(
    ("work", "again", "known"),
    [(of_a_page, 0, FIRST_SHOWN), (of_a_page, 1, SHOWN), (of_an_answer, 0, ANSWERED)],
    ids=["first-look", "page", "answer"],
)
def test_a_step_sends_so_many_statements_and_opens_only_what_it_shows(
    site: Site, warm: Person, work: Callable[[Person, str], Callable[[], object]], again: int, known: dict[str, int]
) -> None:
    once = work(warm, open_case(warm))
    for _time in range(again):
        once()
    with counted(site) as found:
        once()
    assert {name: found[name] for name in known} == known


def test_a_step_makes_no_more_than_so_many_calls_of_python(site: Site, warm: Person, engine: str) -> None:
    case = open_case(warm)
    for work, most in zip((of_a_page, of_an_answer), CALLS[engine], strict=True):
        once = work(warm, case)
        with counted(site) as found:
            once()
        assert most * 0.85 < found["calls"] <= most, f"{work.__name__}: {found['calls']} calls"
