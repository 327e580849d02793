"""Draws fields and the small parts of pages with GOV.UK Frontend, each shape of them once in a process.

The components of GOV.UK Frontend take most of the time of a question page when each is drawn anew (ADR 0060). What is
kept of a drawing holds no word: the macro draws marks, and the words of a page are put in their places each time, so
that nothing of a catalogue, a case or a form stays in memory (ADR 0077).
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from flask import Flask
from markupsafe import Markup, escape

from triage.web.forms.fields import Choice, Field

MOST_KEPT: Final = 4096
"""Shapes kept by a process; about 3 kB each."""
_MARK: Final = re.compile("\ue000(\\d+)\ue001")
_WORDS: Final = frozenset({"text", "summaryText", "href"})
"""The parameters of a component that are words of a page; all others say what it looks like."""

Draw = Callable[[list[str]], str]
Skeleton = tuple[str, Callable[[list[Markup]], tuple[Markup, ...]]]


def skeleton_of(draw: Draw, are_said: tuple[bool, ...]) -> Skeleton:
    """Draw marks in place of words; give the drawing as a text with gaps, and what picks the words for the gaps.

    Inputs: `draw` is given a word for each place; `are_said` tells which places hold a word at all, because an empty
    one is drawn otherwise.
    """
    drawn = str(draw([f"\ue000{number}\ue001" if said else "" for number, said in enumerate(are_said)]))
    gaps = [int(found) for found in _MARK.findall(drawn)]
    with_gaps = "%s".join(part.replace("%", "%%") for part in _MARK.split(drawn)[::2])
    return with_gaps, lambda words: tuple(words[number] for number in gaps)


def filled(skeleton: Skeleton, words: list[str]) -> Markup:
    """Put the words in their places, escaped as the macro itself would."""
    with_gaps, chosen = skeleton
    return Markup(with_gaps % chosen([escape(word) for word in words]))  # noqa: S704 - every word was escaped


def prepare_fields(app: Flask) -> None:
    """Let templates draw `field(it, size, error, heading, non_answers, divider, classes)` and `component(kind, …)`."""
    app.jinja_env.globals.update(field=_field_of(app), component=_component_of(app))


def _field_of(app: Flask) -> Callable[..., Markup]:
    macro = app.jinja_env.get_template("shared/fields.html").module.field  # type: ignore[attr-defined]  # a macro

    @lru_cache(MOST_KEPT)
    def kept(
        shape: str, look: tuple[str, bool, str], checked: tuple[bool, ...], count: int, are_said: tuple[bool, ...]
    ) -> Skeleton:
        size, heading, classes = look

        def draw(words: list[str]) -> str:
            name, label, value, hint, error, divider, *rest = words
            drawn = tuple(map(Choice, rest[::2], rest[1::2], checked))
            it = Field(name, shape, label, value, drawn[:count], hint)
            return str(macro(it, size, error, heading, drawn[count:], divider, classes))

        return skeleton_of(draw, are_said)

    def field(
        it: Field, size: str = "s", error: str = "", heading: bool = False,
        non_answers: tuple[Choice, ...] = (), divider: str = "", classes: str = "",
    ) -> Markup:  # fmt: skip
        """Draw one field; `size` is the class of its legend or label, `error` the message under it."""
        words = [it.name, it.label, it.value, it.hint, error, divider]
        choices = (*it.choices, *non_answers) if non_answers else it.choices
        for one in choices:
            words += (one.value, one.text)
        checked = tuple([one.checked for one in choices])
        look = (size, heading, classes)
        return filled(kept(it.shape, look, checked, len(it.choices), tuple(map(bool, words))), words)

    return field


def _component_of(app: Flask) -> Callable[..., Markup]:
    @lru_cache(MOST_KEPT)
    def kept(kind: str, names: tuple[str, ...], looks: tuple[object, ...], are_said: tuple[bool, ...]) -> Skeleton:
        module = app.jinja_env.get_template(f"govuk_frontend_jinja/components/{kind}/macro.html").module
        macro = getattr(module, "govuk" + kind.title().replace("-", ""))

        def draw(words: list[str]) -> str:
            left = iter(words)
            params = {name: next(left) if name in _WORDS else look for name, look in zip(names, looks, strict=True)}
            return str(macro(params))

        return skeleton_of(draw, are_said)

    def component(kind: str, **params: Any) -> Markup:  # noqa: ANN401 - whatever the component takes
        """Draw one component of GOV.UK Frontend by its name there, such as `back-link`."""
        words = [value for name, value in params.items() if name in _WORDS]
        looks = tuple(None if name in _WORDS else value for name, value in params.items())
        return filled(kept(kind, tuple(params), looks, tuple(map(bool, words))), words)

    return component
