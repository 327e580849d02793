"""Requests that nobody's browser would send, over every route, method, role and object, drawn by Hypothesis.

The seeds are those that broke naive programs (security page 5.3): NUL, lone surrogates, wrong types, numbers too large
for the database, digits of other scripts, bodies that are no forms, deep nesting.
"""

import io
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from hypothesis import strategies as st

from tests.web.test_hostile_forms import HOSTILE, NAMES, RAW

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO")
OWN_METHOD = ""
"""The one that the route answers."""
PARTS = (
    *("own",) * 40, "foreign", "crossed", "gone", "0", "1", "-1", "2147483648", "9223372036854775808", "٣", "%00",
    "%ED%A0%80", "%2e%2e", "..", "null", "[]", "NaN", "a'b", "x" * 5000, "9" * 5000, "RI-01", "ri-01", "case",
    "a-and-b", "00000000-0000-4000-8000-00000000000g",
)  # fmt: skip
JSON = (
    b"null", b"[]", b"{}", b'"a"', b"1e999", b"NaN", b'{"value": "\\u0000"}', b'{"value": "\\ud800"}',
    b'{"value": ["a"]}', b'{"value": 9223372036854775808}', b"[" * 100_000, b"{" * 1000, b"\xff\xfe", b"",
)  # fmt: skip
TYPES = (
    "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-16", "application/json",
    "application/json; charset=utf-7", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x",
    "application/xml", "image/png", "*/*", "", "a" * 3000,
)  # fmt: skip
HEADERS = {
    "Accept-Language": ("fr", "xx", "fr;q=nonsense", "*" * 500, "en;q=1e999"),
    "Accept": ("application/json", "*/*;q=a"),
    "X-Forwarded-For": ("1.2.3.4", "x" * 2000, "' OR 1=1", "::1"),
    "X-Forwarded-Host": ("evil.example.org",),
    "X-HTTP-Method-Override": ("DELETE",),
    "Range": ("bytes=0-1", "bytes=9-1", "bytes=-99999999999999999999", "lines=1"),
    "If-None-Match": ('"x"', "*", "W/"),
    "If-Modified-Since": ("yesterday", "Thu, 01 Jan 1970 00:00:00 GMT"),
    "Content-Length": ("-1", "99999999999", "x"),
    "Transfer-Encoding": ("chunked",),
    "Cookie": ("session=x", "session=" + "e" * 5000, "session=.eJw; session=a", "=", "\x00"),
    "Host": ("evil.example.org", "localhost:99999", "[::1", "a" * 300),
    "Origin": ("null", "https://evil.example.org"),
    "Expect": ("100-continue",),
    "Sec-Fetch-Site": ("cross-site",),
}
QUERIES = ("", "", "", "?x=1", "?id=" + "9" * 5000, "?a=%00&b=%ED%A0%80", "?next=//evil.example.org", "?page=٣", "?%")


@dataclass(frozen=True)
class Wild:
    """One request: who sends it, with which method to which route, with which parts, body and headers."""

    who: int
    method: str
    route: int
    parts: tuple[str, ...]
    query: str
    fields: tuple[tuple[str, str], ...]
    body: bytes | None
    kind: str
    headers: tuple[tuple[str, str], ...]
    with_token: bool

    def address(self, pattern: str, values: dict[str, str]) -> str:
        """The address: each part as the route wants it, or something else in its place."""
        pieces, parts = [], list(self.parts)
        for piece in pattern.split("/"):
            if not piece.startswith("<"):
                pieces.append(piece)
                continue
            wanted = values.get(piece.strip("<>").rpartition(":")[2], "nothing-of-this-name")
            drawn = parts.pop(0) if parts else "own"
            pieces.append(wanted if drawn == "own" else drawn if drawn.startswith("%") else quote(drawn))
        return "/".join(pieces) + self.query

    def sent(self, token: str, own_method: str) -> dict[str, Any]:
        """What the client is told to send."""
        method = self.method or own_method
        wild = {"method": method, "headers": dict(self.headers)}
        if method in {"GET", "HEAD", "OPTIONS", "TRACE"}:
            return wild
        if self.body is not None:
            return wild | {"input_stream": io.BytesIO(self.body), "content_type": self.kind,
                           "content_length": len(self.body)}  # fmt: skip
        typed = dict(self.fields) | ({"csrf_token": token} if self.with_token else {})
        return wild | {"data": typed}


def text() -> st.SearchStrategy[str]:
    """Something typed: what is known to break programs, or any text at all."""
    return st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def requests_of_anybody(routes: int, principals: int) -> st.SearchStrategy[Wild]:
    """Draw requests over so many routes, by so many principals."""
    fields = st.lists(st.tuples(st.sampled_from([one for one in NAMES if one]) | text(), text()), max_size=8)
    odd = st.sampled_from(JSON) | st.sampled_from(RAW) | st.binary(max_size=60)
    header = st.sampled_from(sorted(HEADERS)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(HEADERS[name]))
    )
    return st.builds(
        Wild,
        who=st.integers(0, principals - 1),
        method=st.sampled_from((OWN_METHOD,) * 40 + METHODS),
        route=st.integers(0, routes - 1),
        parts=st.lists(st.sampled_from(PARTS), max_size=4).map(tuple),
        query=st.sampled_from(QUERIES),
        fields=fields.map(tuple),
        body=st.sampled_from((True, True, True, True, False)).flatmap(lambda plain: st.none() if plain else odd),
        kind=st.sampled_from(TYPES),
        headers=st.lists(header, max_size=2, unique_by=lambda one: one[0]).map(tuple),
        with_token=st.sampled_from((True, True, True, False)),
    )
