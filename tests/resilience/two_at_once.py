"""R8 and R9: two windows send at once: other contents, and one is told so; the same form, and it counts once."""

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

import requests

from tests.resilience.served import QUESTION, Browser, Served, actor_named, answer, referral
from triage.casework.assessments import read
from triage.casework.referrals import list_cases

Typed = dict[str, str]
CHANGED = ('id="changed-title"', 'name="recorded"')
"""Marks of the pages that show what came meanwhile: beside the form, or field by field with a choice for each."""


@dataclass(frozen=True)
class Form:
    """A form that is sent by two windows: whose, where, what it says for a word, and how many effects are kept."""

    name: str
    browser: Browser
    path: str
    typed: Callable[[str], Typed]
    effects: Callable[[], int]


def forms_of(running: Served, case_id: UUID) -> tuple[Form, ...]:
    """The forms that are tried: an answer, an act, a referral."""
    service = running.service()
    worker, lead = running.browser("intake-one"), running.browser("safety-lead")
    ines, lea, case = actor_named(service, "intake-one"), actor_named(service, "safety-lead"), f"/cases/{case_id}"
    today = answer("")["on"]

    def act(word: str) -> Typed:
        return {"value": "adopted", "on": today, "reason": f"Talked through: {word}."}

    def record(actor):  # type: ignore[no-untyped-def]  # what the duty gives to somebody who works in the case
        return read(service, actor, case_id).record

    return (
        Form("answer", worker, case + QUESTION, answer, lambda: len(record(ines).answers)),
        Form("act", lead, f"{case}/acts/riskplan-adopt/case", act, lambda: len(record(lea).acts)),
        Form("referral", worker, "/referrals/new", referral, lambda: len(list_cases(service, ines))),
    )


def concurrent_edits(form: Form, pairs: int) -> dict[str, object]:
    """Two windows of one version send different contents: one is recorded, the other gets 409 and sees what came."""
    before, seen, merged = form.effects(), Counter[tuple[int, ...]](), 0
    for number in range(pairs):
        hidden = form.browser.form(form.path)
        both = [hidden | form.typed(f"{side}-{number}") | {"key": f"{number}-{side}"} for side in ("left", "right")]
        answers = at_once(form, both)
        seen[tuple(sorted(one.status_code for one in answers))] += 1
        winner = next((place for place, one in enumerate(answers) if one.status_code == 303), None)
        if winner is not None:
            page = answers[1 - winner].text  # shows what came meanwhile, and keeps what was typed
            merged += any(mark in page for mark in CHANGED) and f"{('left', 'right')[1 - winner]}-{number}" in page
    kept = form.effects() - before
    return {
        "work": f"R8 concurrent edits: {form.name}", "pairs": pairs, "recorded": kept,
        "losers_told": seen[303, 409], "losers_shown_both": merged, "silent": kept - pairs,
        "answers": {"/".join(map(str, one)): count for one, count in seen.items()},
    }  # fmt: skip


def double_submits(form: Form, times: int) -> dict[str, object]:
    """One form is sent twice at once, with the same key: it has one effect."""
    wrong, seen = 0, Counter[tuple[int, ...]]()
    for number in range(times):
        before = form.effects()
        typed = form.browser.form(form.path) | form.typed(f"once-{number}")
        seen[tuple(sorted(one.status_code for one in at_once(form, [typed, typed])))] += 1
        wrong += form.effects() != before + 1
    return {
        "work": f"R9 double submit: {form.name}", "times": times, "not_exactly_one_effect": wrong,
        "answers": {"/".join(map(str, one)): count for one, count in seen.items()},
    }  # fmt: skip


def at_once(form: Form, both: list[Typed]) -> list[requests.Response]:
    """Send two forms in two windows at the same moment."""
    ready, answers = threading.Barrier(2), {}

    def send(place: int, window: Browser) -> None:
        ready.wait()
        answers[place] = window.send(form.path, both[place])

    threads = [threading.Thread(target=send, args=(place, form.browser.twin())) for place in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return [answers[0], answers[1]]


def edits_held(figures: Mapping[str, object]) -> bool:
    """Whether each pair gave one record and one loser who was told and shown both."""
    pairs = figures["pairs"]
    return figures["losers_told"] == figures["losers_shown_both"] == figures["recorded"] == pairs


def submits_held(figures: Mapping[str, object]) -> bool:
    """Whether each form counted once."""
    return figures["not_exactly_one_effect"] == 0
