"""Nobody silences a tool without saying which rule and why."""

import io
import re
import tokenize
from pathlib import Path

from tests.rules.house import ROOT, modules, shown, write

SILENCERS = re.compile(r"#\s*(type:\s*ignore|noqa|pragma:\s*no cover|mypy:\s*ignore)")
EXPLAINED = re.compile(
    r"#\s*type:\s*ignore\[[\w,\s-]+\][\s#:—–-]*(?:[A-Z]?[a-z]|[`'\"]).*[a-z]{3}"
    r"|#\s*noqa:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*[\s#:—–-]+(?:[A-Z]?[a-z]|[`'\"]).*[a-z]{3}"
    r"|#\s*pragma:\s*no cover[\s#:—–-]+[a-z].*[a-z]{3}"
)


def silenced_without_a_reason(root: Path) -> list[str]:
    """The comments that silence a tool and give no rule or no reason."""
    return [
        f"{shown(root, path)}:{line}"
        for path in modules(root)
        for line, comment in _comments(path)
        if SILENCERS.search(comment) and not EXPLAINED.search(comment)
    ]


def _comments(path: Path) -> list[tuple[int, str]]:
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
    return [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]


def test_every_silenced_rule_is_named_and_has_a_reason() -> None:
    assert silenced_without_a_reason(ROOT) == []


def test_bare_and_unexplained_silencers_are_found(tmp_path: Path) -> None:
    lines = [
        "a = 1  # type: ignore",
        "b = 1  # type: ignore[assignment]",
        "c = 1  # noqa",
        "d = 1  # noqa: S101",
        "e = 1  # type: ignore[assignment]  # the library is typed too narrowly",
        "f = 1  # noqa: S101 - a test of the assertion itself",
        "h = 1  # noqa: ANN401 — the driver's connection",
        "g = 'a text about # noqa is no comment'",
    ]
    write(tmp_path, "triage/attic/dust.py", "\n".join(lines) + "\n")
    assert silenced_without_a_reason(tmp_path) == [f"triage/attic/dust.py:{line}" for line in (1, 2, 3, 4)]
