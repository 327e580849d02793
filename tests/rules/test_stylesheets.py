"""The vendored stylesheets load nothing from elsewhere, keep numbers the right way round, and can be read."""

import re

import pytest

from tests.rules.house import ROOT

SHEETS = ("app.css", "app.rtl.css")
VARIABLE = re.compile(r"(--[\w-]+):\s*(#[0-9a-fA-F]{3,6})\b")
ENOUGH = 4.5  # WCAG 2.2 AA, for text
PAIRS = [
    ("--govuk-text-colour", "--govuk-body-background-colour"),
    ("--govuk-secondary-text-colour", "--govuk-body-background-colour"),
    ("--govuk-secondary-text-colour", "--govuk-surface-background-colour"),
    ("--govuk-secondary-text-colour", "--govuk-template-background-colour"),
    ("--govuk-link-colour", "--govuk-body-background-colour"),
    ("--govuk-link-visited-colour", "--govuk-body-background-colour"),
    ("--govuk-link-colour", "--govuk-surface-background-colour"),
    ("--govuk-error-colour", "--govuk-body-background-colour"),
    ("--govuk-success-colour", "--govuk-body-background-colour"),
    ("--cairn-bar-text", "--cairn-bar"),
    ("--cairn-button-text", "--cairn-button"),
    ("--cairn-button-text", "--cairn-button-hover"),
    ("--govuk-text-colour", "--cairn-quiet-hover"),
    ("--govuk-text-colour", "--cairn-demonstration"),
    ("--cairn-bar-text", "--cairn-danger"),
]


def colours(text: str, scheme: str) -> dict[str, str]:
    """The colour variables of light or of dark mode."""
    light, _, dark = text.partition("prefers-color-scheme: dark")
    named = dict(reversed(VARIABLE.findall(light)))  # the first says it for the page, later ones for a component
    return named if scheme == "light" else named | dict(reversed(VARIABLE.findall(dark)))


def contrast(one: str, other: str) -> float:
    """How far apart two colours are for the eye, as WCAG counts it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def read(sheet: str) -> str:
    return (ROOT / "static" / "govuk" / sheet).read_text(encoding="utf-8")


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_stylesheet_loads_nothing(sheet: str) -> None:
    assert re.findall(r"url\(|@import|@font-face|GDS Transport", read(sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS)
def test_numbers_stay_left_to_right_in_both_stylesheets(sheet: str) -> None:
    assert re.search(r"\.cairn-ltr\{(?:/\*.*?\*/)?direction:ltr;unicode-bidi:isolate\}", read(sheet))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(scheme: str) -> None:
    named = colours(read("app.css"), scheme)
    weak = [(text, behind) for text, behind in PAIRS if contrast(named[text], named[behind]) < ENOUGH]
    assert weak == []


def test_contrast_counts_as_the_guidelines_do() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_licence_of_what_is_vendored_lies_beside_it() -> None:
    text = read("LICENSE.txt")
    assert "MIT License" in text
    assert "Crown Copyright" in text
