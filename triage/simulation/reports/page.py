"""A report as one HTML page that needs nothing else: no script, no picture, no other file; light and dark."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from triage.simulation.comparison import Change
from triage.simulation.reports.lines import PROTECTING, gained, origin, summary
from triage.simulation.reports.report import Report, persons_of
from triage.simulation.reports.wording import Wording
from triage.simulation.statements import Kind

HERE = Path(__file__).parent


class Section(NamedTuple):
    """One table of changes: its key, those with a difference, the names of those without, and how to name one."""

    key: str
    changes: tuple[Change, ...]
    same: tuple[str, ...]


def page(report: Report, words: Wording) -> str:
    """Write the page in the language of the words."""
    return (
        _environment()
        .get_template("page.jinja")
        .render(
            report=report,
            found=report.comparison,
            words=words,
            style=Markup(_style()),  # noqa: S704 - our own file, no text of a case
            origin=origin(report, words),
            summary=tuple(summary(report, words)),
            gained=gained(report, words),
            sections=_sections(report),
            protecting=PROTECTING,
            persons_of=persons_of,
        )
    )


def _sections(report: Report) -> Sequence[Section]:
    found = report.comparison
    groups = {
        "holds": found.of(Kind.ROUTE, found.holds),
        "outcomes": found.of(Kind.ROUTE),
        "adaptations": found.of(Kind.ADAPTED),
        "gates": found.of(Kind.GATE),
        "alerts": found.of(Kind.ALERT),
    }
    return [
        Section(
            key,
            tuple(one for one in changes if one.gained or one.lost),
            tuple(one.statement.name for one in changes if not one.gained and not one.lost),
        )
        for key, changes in groups.items()
    ]


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _style() -> str:
    return (HERE / "page.css").read_text(encoding="utf-8")
