"""Keeps the catalogues of texts in step with the screens: `update` writes them, `check` reports what is missing.

Screens (`messages.po`) have English sentences as msgids: the English catalogue lists them, every other language
translates them. `flows.po` has stable ids as msgids: every language, English too, gives the words. So has `sheets.po`,
which more languages have than the screens, and which `triage check` looks at.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

HERE = Path(__file__).resolve().parent
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
HEADER = {
    "Project-Id-Version": "Cairn",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "MIME-Version": "1.0",
}
KEYWORDS = DEFAULT_KEYWORDS | {"lazy_gettext": None, "lazy_ngettext": (1, 2)}
OF_SHEETS = "sheets.po"
UNSEARCHED = {".venv", ".git", "node_modules"}
PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
}


def texts_of_screens(root: Path) -> dict[str, tuple[str, set[str]]]:
    """Every text of the screens under `root`: its plural, or an empty string, and the files that use it."""
    with (HERE / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found: dict[str, tuple[str, set[str]]] = {}
    messages = extract_from_dir(
        root, methods, options, KEYWORDS, directory_filter=lambda folder: Path(folder).name not in UNSEARCHED
    )
    for file_name, _line, message, _comments, _context in messages:
        singular, plural = (message[0], message[1]) if isinstance(message, tuple) else (message, "")
        known_plural, files = found.setdefault(singular, (plural, set()))
        files.add(file_name)
        if plural and not known_plural:
            found[singular] = (plural, files)
    return found


def update(root: Path) -> None:
    """Write into every `messages.po` the texts that the screens use; keep translations, drop what is used no more."""
    texts = texts_of_screens(root)
    for folder in _languages_of_screens(root):
        path = folder / "LC_MESSAGES" / "messages.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        old = polib.pofile(str(path)) if path.exists() else polib.POFile()
        translated = {entry.msgid: entry for entry in old}
        new = polib.POFile(wrapwidth=0)
        new.metadata = HEADER | {"Language": folder.name}
        new.metadata["Plural-Forms"] = old.metadata.get("Plural-Forms") or PLURALS[folder.name]
        for msgid in sorted(texts):
            plural, files = texts[msgid]
            entry = polib.POEntry(msgid=msgid, msgid_plural=plural, occurrences=[(name, "") for name in sorted(files)])
            if msgid in translated:
                before = translated[msgid]
                entry.msgstr, entry.msgstr_plural, entry.flags = before.msgstr, before.msgstr_plural, before.flags
                entry.tcomment = before.tcomment
            if plural and not entry.msgstr_plural:
                entry.msgstr_plural = {0: "", 1: ""}
            new.append(entry)
        new.save(str(path))


def problems(root: Path) -> Iterator[str]:
    """What is missing or wrong in the catalogues, one sentence each."""
    yield from _stale_screens(root)
    english = root / "locales" / "en" / "LC_MESSAGES"
    for folder in _languages_of_screens(root):
        for path in sorted(path for path in english.glob("*.po") if path.name != OF_SHEETS):
            other = folder / "LC_MESSAGES" / path.name
            place = other.relative_to(root)
            if not other.exists():
                yield f"{place}: is missing"
                continue
            sources = {entry.msgid: entry for entry in polib.pofile(str(path)) if not entry.obsolete}
            entries = {entry.msgid: entry for entry in polib.pofile(str(other)) if not entry.obsolete}
            yield from (f"{place}: {msgid!r} is missing" for msgid in sorted(sources.keys() - entries.keys()))
            yield from (f"{place}: {msgid!r} is not in English" for msgid in sorted(entries.keys() - sources.keys()))
            for msgid in sorted(sources.keys() & entries.keys()):
                yield from _entry_problems(str(place), sources[msgid], entries[msgid])


def _languages_of_screens(root: Path) -> list[Path]:
    """The folders of the languages; one that holds texts of sheets alone is no language of the screens."""
    folders = sorted(path for path in (root / "locales").iterdir() if path.is_dir())
    return [folder for folder in folders if [path.name for path in folder.rglob("*.po")] != [OF_SHEETS]]


def _stale_screens(root: Path) -> Iterator[str]:
    """Texts that the screens use and the English catalogue does not list, and the reverse."""
    path = root / "locales" / "en" / "LC_MESSAGES" / "messages.po"
    listed = {entry.msgid for entry in polib.pofile(str(path)) if not entry.obsolete} if path.exists() else set()
    used = texts_of_screens(root).keys()
    yield from (f"messages: {text!r} is used and not listed; run `make catalogues`" for text in sorted(used - listed))
    yield from (f"messages: {text!r} is listed and not used; run `make catalogues`" for text in sorted(listed - used))


def _entry_problems(place: str, source: polib.POEntry, entry: polib.POEntry) -> Iterator[str]:
    """Whether one text is there, reviewed, and keeps its placeholders."""
    if entry.fuzzy:
        yield f"{place}: {entry.msgid!r} is marked fuzzy: it waits for a second person"
    screens_in_english = place == str(Path("locales/en/LC_MESSAGES/messages.po"))
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(texts) and not screens_in_english:
        yield f"{place}: {entry.msgid!r} has no translation"
        return
    original = source.msgstr or source.msgid
    for text in filter(None, texts):
        if not entry.msgid_plural and _placeholders(text) != _placeholders(original):
            yield f"{place}: {entry.msgid!r} has other placeholders than the English text"


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def main(arguments: list[str]) -> int:
    """Do what the command line asks; 1 when something is missing, 2 when it asks for something else."""
    root = HERE.parent
    if arguments == ["update"]:
        update(root)
        return 0
    if arguments == ["check"]:
        found = list(problems(root))
        print(*found, sep="\n", file=sys.stderr, end="\n" if found else "")
        return 1 if found else 0
    print("usage: python locales/catalogues.py update|check", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
