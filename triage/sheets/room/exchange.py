"""Exchange with Poedit and Weblate: the texts of a language written as PO, and a PO read back whole or not at all."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import polib
from babel.messages.plurals import get_plural

from triage.flow.problems import Problem, nearest
from triage.sheets.reviews import State
from triage.sheets.room.entry import problems_at_entry
from triage.sheets.room.revisions import Step, beside
from triage.sheets.room.rooms import Next, Room
from triage.sheets.texts import LARGEST_CATALOGUE, Texts, catalogue_from, texts_of

WRITTEN = "X-Cairn-Written"
"""The header that says when a file left the room: what was typed there afterwards is not overwritten by it."""
SHOWN = "sheets.po"


@dataclass(frozen=True, slots=True)
class Taken:
    """One translation that a file brings: the text, its words, and the English words that the translator saw."""

    text: str
    words: str
    source: str


def written_po(room: Room, language: str, at: dt.datetime) -> str:
    """Write the latest words of a language as PO.

    `#.` is the English of today, `#:` where it is used; what waits for new words is fuzzy, with the reason beside it.
    """
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": "Cairn",
        "PO-Revision-Date": f"{at:%Y-%m-%d %H:%M}+0000",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": get_plural(language).plural_forms,
        WRITTEN: at.replace(microsecond=0).isoformat(),  # steps are kept by the second
    }
    catalogue.extend(_entry(room, language, text) for text in room.texts)
    return str(catalogue) + "\n"


def _entry(room: Room, language: str, text: str) -> polib.POEntry:
    latest, state = room.standing(language, text).latest, room.state(language, text)
    anew = bool(latest.words) and room.next_of(language, text) is Next.TRANSLATE
    told = f"It was made from: {latest.source}" if state is State.STALE else latest.sent_back
    safety = text in room.shipped.safety_texts
    return polib.POEntry(
        msgid=text,
        msgstr=latest.words,
        comment=room.source(text),
        tcomment=" ".join(told.split()) if anew else "",
        occurrences=[(f"{'safety' if safety else 'sheets'}/{text.split('.')[1]}", "")],
        flags=["fuzzy"] if anew else [],
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was read: its texts, and when it left the room; not yet held beside what stands there."""

    texts: Texts
    since: dt.datetime


def read_po(language: str, content: bytes) -> Sent | tuple[Problem, ...]:
    """Read a PO that a translator sends, or give every problem of the file; nothing of the room is asked for it.

    Entries that are empty, fuzzy or obsolete are not there.
    """
    if len(content) > LARGEST_CATALOGUE:
        return (Problem("F001", f"The catalogue is larger than {LARGEST_CATALOGUE // 1_000_000} MB.", SHOWN),)
    try:
        written = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return (Problem("F001", "The catalogue is no text in UTF-8.", SHOWN),)
    catalogue = catalogue_from(written, SHOWN)
    if isinstance(catalogue, tuple):
        return catalogue
    problems, texts = tuple(_of_header(catalogue, language)), texts_of(catalogue, language, SHOWN)
    if isinstance(texts, tuple):
        return (*problems, *texts)
    return problems or Sent(texts, _written_at(catalogue))


def taken_from(room: Room, sent: Sent) -> tuple[Taken, ...] | tuple[Problem, ...]:
    """Give what a file changes in the room as it is now, or every problem, and then nothing of it is taken.

    A text that was typed in the room after the file was written is a problem, when the file has other words.
    """
    taken, problems, language = [], [], sent.texts.language
    for text, own in sent.texts.by_id.items():
        if text not in room.texts:
            problems.append(Problem("T012", f"`{text[:80]}` is no text of a sheet.", SHOWN, own.line))
            continue
        change = Taken(text, own.words, room.source(text) if beside(own.source, room.source(text)) else own.source)
        if _changes(room, language, change):
            found = _of_change(room, language, change, sent.since, said=bool(own.source))
            problems += [Problem(one.code, one.message, SHOWN, own.line) for one in found]
            taken.append(change)
    return tuple(problems) or tuple(taken)


def _of_header(catalogue: polib.POFile, language: str) -> Iterator[Problem]:
    said = catalogue.metadata.get("Language", "")
    if said != language:
        yield Problem(
            "F004",
            f"The file says it is in `{said[:20]}`; this is `{language}`.",
            SHOWN,
            near=nearest(said, [language]),
        )


def _written_at(catalogue: polib.POFile) -> dt.datetime:
    """When a file left the room; long ago, when it does not say: then nothing typed here is overwritten."""
    try:
        at = dt.datetime.fromisoformat(catalogue.metadata.get(WRITTEN, ""))
    except ValueError:
        return dt.datetime.min.replace(tzinfo=dt.UTC)
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)


def _changes(room: Room, language: str, change: Taken) -> bool:
    """Other words, or the same words said to hold beside new English ones."""
    latest = room.standing(language, change.text).latest
    return change.words != latest.words or not beside(latest.source, change.source)


def _of_change(room: Room, language: str, change: Taken, since: dt.datetime, *, said: bool) -> Iterator[Problem]:
    yield from problems_at_entry(room, language, change.text, change.words)
    if not said:
        yield Problem("T013", f"`{change.text}`: the file does not say (`#.`) which English words it was made from.")
    elif not beside(change.source, room.source(change.text)):
        yield Problem("T013", f"`{change.text}`: it was made from other English words than those of today.")
    steps = room.standing(language, change.text).steps
    if any(one.step is Step.WORDS and one.at >= since for one in steps):
        yield Problem("T018", f"`{change.text}`: other words were typed here after the file was written.")
