"""Draws fields, and keeps the drawings of those in which nothing comes from a case: they are the same on every page.

The components of GOV.UK Frontend take most of the time of a question page when each is drawn anew (ADR 0060).
"""

from functools import lru_cache

from flask import Flask
from markupsafe import Markup

from triage.web.forms.fields import Choice, Field

MOST_KEPT = 4096
"""Drawings kept by a process: enough for every question in two languages; about 3 kB each."""


def prepare_fields(app: Flask) -> None:
    """Let templates draw fields: `field(it, size, error, heading, non_answers, divider, classes)`."""
    macros = app.jinja_env.get_template("shared/fields.html")

    def draw(
        it: Field, size: str, error: str, heading: bool, non_answers: tuple[Choice, ...], divider: str, classes: str
    ) -> Markup:  # fmt: skip
        drawn: Markup = macros.module.field(it, size, error, heading, non_answers, divider, classes)  # type: ignore[attr-defined]  # a macro
        return drawn

    kept = lru_cache(MOST_KEPT)(draw)

    def field(
        it: Field, size: str = "s", error: str = "", heading: bool = False,
        non_answers: tuple[Choice, ...] = (), divider: str = "", classes: str = "",
    ) -> Markup:  # fmt: skip
        """Draw one field; `size` is the class of its legend or label, `error` the message under it."""
        same_everywhere = it.constant and not error and (it.choices or not it.value)
        return (kept if same_everywhere else draw)(it, size, error, heading, non_answers, divider, classes)

    app.jinja_env.globals["field"] = field
