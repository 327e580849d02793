"""What templates may not do: mix the two sides, run inline scripts or styles, or trust unescaped text."""

import re
from pathlib import Path

from tests.rules.house import ROOT, shown, templates, write

SIDES = {
    "intake": ("support",),
    "support": ("intake",),
    "reader": ("support", "intake", "panel"),
    "agency": ("support", "panel"),
}
BORROWED = re.compile(r"""{%-?\s*(?:include|extends|import|from)\s+["']([^"']+)["']""")
COMPUTED = re.compile(r"""{%-?\s*(?:include|extends|import|from)\s+(?!["'])""")
INLINE = {
    "a script in the page": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "a style in the page": re.compile(r"<style[\s>]", re.IGNORECASE),
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "a file from elsewhere": re.compile(
        r"<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE
    ),
}
UNESCAPED = re.compile(r"\|\s*safe\b|{%-?\s*autoescape\s+false")

# Templates that may mark a text as safe, each with its reason.
TRUSTED: dict[str, str] = {}


def templates_across_the_wall(root: Path) -> list[str]:
    """The templates that borrow from the other side, or from a name that cannot be read here."""
    return [
        f"{shown(root, path)}: {name}"
        for side, others in SIDES.items()
        for path in templates(root, side)
        for name in _borrowed(path)
        if name == "a computed name" or name.startswith(tuple(f"{other}/" for other in others))
    ]


def _borrowed(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return BORROWED.findall(text) + ["a computed name"] * len(COMPUTED.findall(text))


def inline_scripts_and_styles(root: Path) -> list[str]:
    """The templates that a strict content security policy would break."""
    return [
        f"{shown(root, path)}: {what}"
        for path in templates(root)
        for what, pattern in INLINE.items()
        if pattern.search(path.read_text(encoding="utf-8"))
    ]


def unescaped(root: Path) -> list[str]:
    """The templates that switch escaping off."""
    return [shown(root, path) for path in templates(root) if UNESCAPED.search(path.read_text(encoding="utf-8"))]


def test_no_template_borrows_from_the_other_side() -> None:
    assert templates_across_the_wall(ROOT) == []


def test_no_template_has_inline_scripts_or_styles() -> None:
    assert inline_scripts_and_styles(ROOT) == []


def test_no_template_switches_escaping_off() -> None:
    assert unescaped(ROOT) == sorted(TRUSTED)


STANDING_ALONE = ["templates/reader/sheet.html"]
"""What a client reads says nothing of the service around it, and looks at no session."""


def test_every_page_extends_the_base_page() -> None:
    whole = [path for path in templates(ROOT) if "<html" in path.read_text(encoding="utf-8")]
    assert [shown(ROOT, path) for path in whole] == ["templates/base.html", *STANDING_ALONE]


def test_a_hole_in_the_wall_is_found(tmp_path: Path) -> None:
    write(tmp_path, "templates/intake/case.html", '{% extends "base.html" %}{% include "support/note.html" %}')
    write(tmp_path, "templates/support/note.html", "{%- from 'intake/macros.html' import card -%}")
    write(tmp_path, "templates/support/plan.html", "{% include chosen %}")
    assert templates_across_the_wall(tmp_path) == [
        "templates/intake/case.html: support/note.html",
        "templates/support/note.html: intake/macros.html",
        "templates/support/plan.html: a computed name",
    ]


def test_what_the_policy_would_break_is_found(tmp_path: Path) -> None:
    write(tmp_path, "templates/a.html", '<script>alert(1)</script><p style="color: red" onclick="go()">')
    write(tmp_path, "templates/b.html", '<script src="/static/cairn.js"></script><p class="style">on time = now</p>')
    write(tmp_path, "templates/c.html", '<img src="https://example.org/x.png">{{ text | safe }}')
    assert inline_scripts_and_styles(tmp_path) == [
        "templates/a.html: a script in the page",
        "templates/a.html: a style attribute",
        "templates/a.html: an event attribute",
        "templates/c.html: a file from elsewhere",
    ]
    assert unescaped(tmp_path) == ["templates/c.html"]
