"""Fields and components are drawn as their macros draw them, and what is kept of a drawing holds no word."""

import gc
from collections.abc import Iterator
from itertools import product
from types import FunctionType, ModuleType
from typing import Any

import pytest
from flask import Flask
from markupsafe import Markup

from tests.web.site import Site
from triage.web.forms.fields import Choice, Field

HOSTILE = '50 % of <b>"Robin\'s"</b> & %s {0} \\1 \ue0001\ue001'
SECRET = "Quetzalcoatl"
SHAPES = ("radios", "checks", "select", "area", "text", "date", "number", "password")
LOOKS = (
    (),
    ("l", "Say what.", True),
    ("s", HOSTILE, False, (Choice("NK", HOSTILE), Choice("DEC", "No", True)), HOSTILE),
)


@pytest.fixture
def app(site: Site) -> Iterator[Flask]:
    with site.app.test_request_context("/"):
        yield site.app


def fields(shape: str) -> Iterator[Field]:
    for name, value, hint, checked in product(("by", "row-1-code"), ("", HOSTILE), ("", HOSTILE), (False, True)):
        yield Field(name, shape, HOSTILE, value, (Choice("", "None", not checked), Choice("A", HOSTILE, checked)), hint)
    yield Field("n", shape, "Nothing to choose")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_field_is_drawn_as_its_macro_draws_it(app: Flask, shape: str) -> None:
    drawn: Any = app.jinja_env.globals["field"]
    macro: Any = app.jinja_env.get_template("shared/fields.html").module
    for it, (*look,) in product(fields(shape), LOOKS):
        whole = (*look, *("s", "", False, (), "", "govuk-radios--inline")[len(look) :])
        for _again in range(2):
            assert drawn(it, *whole) == str(macro.field(it, *whole))


@pytest.mark.parametrize(
    ("kind", "params"),
    [
        ("button", {"text": HOSTILE, "name": "then", "value": "next", "preventDoubleClick": True}),
        ("button", {"text": HOSTILE, "name": "then", "classes": "half-50%"}),
        ("back-link", {"text": HOSTILE, "href": "/cases/1?back=%2F&then=\"'"}),
        ("details", {"summaryText": HOSTILE, "text": HOSTILE}),
        ("skip-link", {"text": "", "href": "#main-content"}),
    ],
)
def test_a_component_is_drawn_as_its_macro_draws_it(app: Flask, kind: str, params: dict[str, Any]) -> None:
    module = app.jinja_env.get_template(f"govuk_frontend_jinja/components/{kind}/macro.html").module
    macro = getattr(module, "govuk" + "".join(part.title() for part in kind.split("-")))
    drawn: Any = app.jinja_env.globals["component"]
    assert drawn(kind, **params) == drawn(kind, **params) == str(macro(params))


def test_what_is_kept_of_a_drawing_holds_no_word_of_a_page(app: Flask) -> None:
    memories: Any = app.jinja_env.globals
    drawn, component = memories["field"], memories["component"]
    it = Field(SECRET, "radios", SECRET, SECRET, (Choice(SECRET, SECRET), Choice(SECRET, SECRET, checked=True)), SECRET)
    shown: Markup = drawn(it, "s", SECRET, False, (Choice(SECRET, SECRET),), SECRET)
    assert shown.count(SECRET) > 10
    assert SECRET in component("details", summaryText=SECRET, text=SECRET)
    for made in (drawn, component):
        texts = list(kept_by(made))
        assert len(texts) > 1
        assert not [text for text in texts if SECRET in text]


def kept_by(function: Any) -> Iterator[str]:
    """Every text that the memory of a function refers to, however deep."""
    waiting = [cell.cell_contents for cell in function.__closure__ if hasattr(cell.cell_contents, "cache_info")]
    assert waiting
    seen = {id(kept.__wrapped__) for kept in waiting}  # what draws knows all templates, and is no memory
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, str):
            yield one
        elif not isinstance(one, ModuleType | type | Flask):
            cells = [cell.cell_contents for cell in one.__closure__ or ()] if isinstance(one, FunctionType) else []
            waiting += cells if isinstance(one, FunctionType) else gc.get_referents(one)
