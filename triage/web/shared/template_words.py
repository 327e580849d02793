"""What templates may call: addresses of steps, days and places in words."""

from datetime import date

from flask import Flask, url_for

from triage.cases.model import CaseView
from triage.casework.accounts.sessions import IDLE_SECONDS
from triage.web.shared.places import slug_of
from triage.web.shared.said import about_in_words
from triage.web.shared.staff_words import standing_in_words, when_in_words
from triage.web.shared.translation import day_in_words


def _step_address(case: CaseView, step: object) -> str:
    """Give the address of the page of a step."""
    question, about = str(getattr(step, "question", "")), str(getattr(step, "about", ""))
    return url_for("interview.ask", case_id=case.id, question=question.lower(), about=slug_of(about))


def _day(value: date) -> str:
    """Write a day as the reader's language does."""
    return day_in_words(value)


def prepare_template_words(app: Flask) -> None:
    """Give templates these words."""
    app.jinja_env.filters["day"] = _day
    app.jinja_env.globals.update(step_address=_step_address, slug_of=slug_of, about_in_words=about_in_words)
    app.jinja_env.globals["idle_seconds"] = IDLE_SECONDS
    app.jinja_env.globals.update(standing_in_words=standing_in_words, when_in_words=when_in_words)
