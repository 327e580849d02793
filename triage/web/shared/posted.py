"""What arrives in a form, checked before any page reads it: size, charset, control characters, whole numbers, dates."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final, TypeVar
from urllib.parse import unquote_to_bytes

from flask import Flask, abort, current_app, request
from werkzeug.datastructures import MultiDict

LONGEST_FORM: Final = 256 * 1024
MOST_FIELDS: Final = 1000
LONGEST_TEXT: Final = 4000
_FORM_TYPES: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
_UNWANTED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffd\ufffe\uffff]")
_SECRET: Final = frozenset({"csrf_token", "password", "new_password", "repeated_password", "code", "credential"})
_NOT_SENT_AGAIN: Final = frozenset({"csrf_token", "then"})
_NOT_TYPED: Final = _SECRET | {"version", "key", "then"}
"""What nobody sees again as their own words: secrets, and what a page sent along by itself."""

Typed = MultiDict[str, str]
View = TypeVar("View", bound=Callable[..., object])
FILE: Final = "file"
LONGEST_UPLOAD: Final = 10_500_000
"""A file of the largest size that is read, and the form around it."""


def kept_text() -> list[tuple[str, str]]:
    """Give what was typed, cleaned, to be shown again when a form could not be used; never a password."""
    if request.content_length is None or request.content_length > LONGEST_FORM or request.method != "POST":
        return []
    pairs = [(name, value) for name, value in request.form.items(multi=True) if name not in _NOT_TYPED]
    return [(_UNWANTED.sub(" ", name)[:60], _UNWANTED.sub(" ", value)) for name, value in pairs[:MOST_FIELDS] if value]


def fields_to_keep(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give the fields with which a form of a case comes back: all but its token and the button that was pressed."""
    return [(name, value) for name, value in pairs if name not in _NOT_SENT_AGAIN]


def refuse_what_is_no_form() -> None:
    """Refuse a post that is no form in UTF-8, is too large, or holds characters that nobody types."""
    if request.method != "POST":
        return
    if request.mimetype not in _FORM_TYPES or request.mimetype_params.get("charset", "utf-8").lower() != "utf-8":
        abort(415)
    if request.content_length is None:
        abort(411)
    upload = is_upload()
    request.max_content_length = LONGEST_UPLOAD if upload else LONGEST_FORM
    if request.content_length > request.max_content_length:
        abort(413)
    if not _is_utf8():
        abort(400)
    for count, (name, value) in enumerate(request.form.items(multi=True)):
        if count >= MOST_FIELDS or len(name) > 100 or _UNWANTED.search(name) or _UNWANTED.search(value):
            abort(400)
    if set(request.files) - ({FILE} if upload else set()) or len(request.files) > 1:
        abort(400)


def takes_file(view: View) -> View:
    """Mark the one kind of page that takes a file: one, in the field `FILE`. It stands below the guard."""
    view.takes_file = True  # type: ignore[attr-defined]  # the mark that `is_upload` reads
    return view


def is_upload() -> bool:
    """Say whether this request is for a page that takes a file."""
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "takes_file", False))


def _is_utf8() -> bool:
    """Say whether a url-encoded body is UTF-8: Werkzeug would replace what is not, and the loss would be silent."""
    if request.mimetype != "application/x-www-form-urlencoded":
        return True
    try:
        unquote_to_bytes(request.get_data(cache=True).replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        return False
    return True


def text_of(typed: Typed, name: str) -> str:
    """Give one typed text: composed (NFC), line ends unified, without blanks around it."""
    return unicodedata.normalize("NFC", typed.get(name, "")).replace("\r\n", "\n").strip()


def local_path(text: str) -> str:
    """Give a path of this program to lead back to, or an empty text: never an address elsewhere."""
    inside = text.startswith("/") and not text.startswith(("//", "/\\")) and len(text) < 300 and text.isprintable()
    return text if inside else ""


def version_seen(typed: Typed, current: int) -> int:
    """Give the version of a case that a form was filled in over; a form that says none is of the current one."""
    seen = number_of(text_of(typed, "version"))
    return current if seen is None else seen


def date_of(text: str) -> date | None:
    """Read a day written as YYYY-MM-DD in ASCII digits; None when it is no day."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def number_of(text: str) -> int | None:
    """Read a whole number of at most six ASCII digits; None when it is none."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else None


def prepare_posts(app: Flask) -> None:
    """Check every post before anything else reads it."""
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_FORM
    app.config["MAX_FORM_MEMORY_SIZE"] = LONGEST_FORM
    app.config["MAX_FORM_PARTS"] = MOST_FIELDS
    app.before_request(refuse_what_is_no_form)
