"""Measure one step of the wizard (the page of a question, its answer recorded) beside the usual page of that kind.

The usual page (`_usual_page.py`) makes the same durable insert, with none of what ours does besides. Both in turns.
"""

import re
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from _timing import Contender, in_turns, tell
from _usual_page import usual_program

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.web.site import Person, circumstances, open_case, site_in

STEPS, ROUNDS = 10, 7
ASKED = "questions/wd-10/a-to-b"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def usual_step(folder: Path) -> tuple[Callable[[object], str], Callable[[], int]]:
    """A step of the usual page, each answer different; and how many rows it kept."""
    app, kept = usual_program(folder)
    client = app.test_client()

    def step(_input: object) -> str:
        shown = client.get("/question")
        token = TOKEN.search(shown.text)
        assert shown.status_code == 200
        assert token
        typed = {"code": "contact", "source": "POL", "on": "2026-11-20", "recording": "absent", "copy_of": "absent"}
        more = {"csrf_token": token[1], "said_by": "A", "alone": "yes", "contact": secrets.token_hex(8)}
        done = client.post("/question", data=typed | more)
        assert done.status_code == 303, done.text
        return shown.text

    return step, kept


def our_step(worker: Person, cases: Iterator[str]) -> Callable[[object], str]:
    """A step of the wizard in a case of its own."""

    def step(_input: object) -> str:
        case = next(cases)
        typed = {"code": "contact", "then": "next", "contact": secrets.token_hex(8)}
        done = worker.fill_in(f"{case}/{ASKED}", circumstances("POL") | typed)
        assert done.status_code == 303, done.status_code
        return case

    return step


def main() -> None:
    """Time both, and count what was kept: nothing is timed that did not happen."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        worker = site_in(folder).person("intake-one")
        cases = [open_case(worker) for _ in range(STEPS * ROUNDS)]
        bytes_of_page = len(worker.get(f"{cases[0]}/{ASKED}").data)
        step, kept = usual_step(folder)
        sizes: list[int] = []
        ours = Contender("ours", our_step(worker, iter(cases)), range(STEPS), lambda _cases: None)
        usual = Contender("usual", step, range(STEPS), lambda pages: sizes.append(len(pages[-1])))
        medians = in_turns([ours, usual], ROUNDS)
        assert kept() == len(cases)
        assert all("cairn-answer" in worker.get(f"{case}/{ASKED}").text for case in cases)
        tell(
            "wizard_step",
            milliseconds=round(medians["ours"] / 1e3, 2),
            usual_milliseconds=round(medians["usual"] / 1e3, 2),
            ratio=round(medians["ours"] / medians["usual"], 2),
            target=1.0,
            bytes=bytes_of_page,
            usual_bytes=sizes[-1],
            steps=len(cases),
        )


if __name__ == "__main__":
    main()
