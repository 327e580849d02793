"""A JSON body, read only when it is one: length, UTF-8, depth and size before parsing; no doubles, no odd numbers.

Both databases must take or refuse the same set, so nothing that one of them would trip over comes in (page 5.3).
"""

import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from flask import Request

from triage.interchange.depth import depth_of
from triage.web.api.problems import Stop

LONGEST_BODY: Final = 1024 * 1024
DEEPEST: Final = 20
MOST_PARTS: Final = 4000
LARGEST: Final = 2**31 - 1
_UNKEPT: Final = re.compile("[\0\ud800-\udfff]")


def json_body(request: Request) -> dict[str, Any]:
    """Read the object that was sent, its texts composed (NFC). Raises `Stop` with 400, 411, 413 or 415."""
    if request.mimetype != "application/json" or request.mimetype_params.get("charset", "utf-8").lower() != "utf-8":
        raise Stop(415)
    if request.content_length is None:
        raise Stop(411)
    if request.content_length > LONGEST_BODY:
        raise Stop(413)
    if request.content_encoding:
        raise Stop(415)
    try:
        text = request.get_data(cache=False).decode("utf-8")
    except UnicodeDecodeError:
        raise Stop(400, [{"field": "body", "code": "utf-8"}]) from None
    if depth_of(text) > DEEPEST:
        raise Stop(400, [{"field": "body", "code": "too-deep"}])
    try:
        said = json.loads(text, object_pairs_hook=_object, parse_int=_integer, parse_float=_no, parse_constant=_no)
    except ValueError:
        raise Stop(400, [{"field": "body", "code": "json"}]) from None
    if not isinstance(said, dict):
        raise Stop(400, [{"field": "body", "code": "object"}])
    return _composed(said)


def _object(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    listed = list(pairs)
    made = dict(listed)
    if len(made) != len(listed):
        raise ValueError("a name twice")
    return made


def _integer(digits: str) -> int:
    if len(digits) > 11 or abs(int(digits)) > LARGEST:
        raise ValueError("a number that is kept nowhere")
    return int(digits)


def _no(_text: str) -> float:
    raise ValueError("no such number")


def _composed(said: dict[str, Any]) -> dict[str, Any]:
    """Compose every text; refuse characters that cannot be stored, and more parts than a referral has."""
    parts = 0

    def walk(value: Any) -> Any:  # noqa: ANN401 — any value of JSON
        nonlocal parts
        parts += 1
        if parts > MOST_PARTS:
            raise Stop(413)
        if isinstance(value, str):
            if _UNKEPT.search(value):
                raise Stop(400, [{"field": "body", "code": "characters"}])
            return unicodedata.normalize("NFC", value)
        if isinstance(value, list):
            return [walk(one) for one in value]
        if isinstance(value, dict):
            return {walk(name): walk(one) for name, one in value.items()}
        return value

    made: dict[str, Any] = walk(said)
    return made
