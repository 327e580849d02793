"""Measure one step of the wizard (the page of a question, and its answer recorded) beside a bare Flask page.

The bare page does the same durable insert: Flask, a SQLAlchemy table in a SQLite file with WAL and synchronous=FULL,
and one form without token, session, wall, sealed fields, audit line or rules. The ratio is what those cost.
"""

import secrets
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from _timing import microseconds, tell
from flask import Flask, redirect, render_template_string, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, event, func, insert, select

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.web.site import circumstances, open_case, site_in

STEPS, ROUNDS = 10, 5
ASKED = "questions/wd-10/a-to-b"
BARE_PAGE = """<!doctype html><title>Question</title><form method="post">
<label>Answer <textarea name="value"></textarea></label><button>Save</button></form>"""


def bare_program(folder: Path) -> tuple[Flask, Callable[[], int]]:
    """A page with a form that is kept in one durable insert; and how many rows were kept."""
    engine = create_engine(f"sqlite:///{folder}/bare.sqlite3")
    answers = Table(
        "answer", MetaData(), Column("id", Integer, primary_key=True), Column("value", String, nullable=False)
    )

    @event.listens_for(engine, "connect")
    def durable(connection: object, _record: object) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]  # the driver's own connection

    answers.metadata.create_all(engine)
    app = Flask("bare")

    @app.get("/question")
    def question() -> str:
        return render_template_string(BARE_PAGE)

    @app.post("/question")
    def answer() -> ResponseReturnValue:
        with engine.begin() as connection:
            connection.execute(insert(answers).values(value=request.form["value"]))
        return redirect("/question", 303)

    def kept() -> int:
        with engine.connect() as connection:
            return int(connection.execute(select(func.count()).select_from(answers)).scalar_one())

    return app, kept


def main() -> None:
    """Time both, each step in a case of its own, and count what was kept: nothing is timed that did not happen."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        worker = site_in(folder).person("intake-one")
        cases = [open_case(worker) for _ in range(STEPS * ROUNDS)]
        waiting = iter(cases)

        def step() -> None:
            done = worker.fill_in(
                f"{next(waiting)}/{ASKED}", {"code": "contact", "then": "next"} | circumstances("POL")
            )
            assert done.status_code == 303, done.status_code

        app, kept = bare_program(folder)
        client = app.test_client()

        def bare_step() -> None:
            assert client.get("/question").status_code == 200
            assert client.post("/question", data={"value": secrets.token_hex(8)}).status_code == 303

        ours, bare = microseconds(step, STEPS, ROUNDS), microseconds(bare_step, STEPS, ROUNDS)
        assert kept() == len(cases)
        assert all("cairn-answer" in worker.get(f"{case}/{ASKED}").text for case in cases[:STEPS])
        figures = {"milliseconds": round(ours / 1e3, 2), "bare_milliseconds": round(bare / 1e3, 2)}
        tell("wizard_step", **figures, ratio=round(ours / bare, 1), steps=len(cases))


if __name__ == "__main__":
    main()
