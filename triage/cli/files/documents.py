"""Read the YAML or JSON files that the commands take, with plain errors and without surprises.

Only `true` and `false` are booleans, so that the codes `no`, `yes` and the key `on` stay words; a file that uses
aliases to grow, or is too large, is refused.
"""

import json
import re
from pathlib import Path

import yaml

LARGEST = 50_000_000
MOST_ALIASES = 1_000
DEEPEST = 60


class Unreadable(ValueError):
    """The file cannot be read; the message says why, and where when that is known."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # chosen when the program starts
    """The safe loader with two booleans instead of twenty-two."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def read_file(path: str) -> object:
    """Read one file. Raises Unreadable."""
    try:
        written = start_of(Path(path))
        if len(written) > LARGEST:
            raise Unreadable(f"{path}: larger than {LARGEST // 1_000_000} MB.")
        return read_text(written.decode("utf-8"), path)
    except UnicodeDecodeError:
        raise Unreadable(f"{path}: not a text file in UTF-8.") from None
    except OSError as fault:
        raise Unreadable(f"{path}: {fault.strerror or 'cannot be read'}.") from None


def start_of(path: Path) -> bytes:
    """The bytes of a file, at most one more than LARGEST: a device without an end fills no memory. Raises OSError."""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def read_text(text: str, name: str) -> object:
    """Read a text as JSON when it looks so, else as YAML. Raises Unreadable."""
    if text.lstrip()[:1] in {"[", "{"}:
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            pass
    try:
        _refuse_growth(text, name)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a subclass of the safe loader
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        place = f":{mark.line + 1}" if mark else ""
        detail = getattr(fault, "problem", None) or str(fault).splitlines()[0]
        raise Unreadable(f"{name}{place}: not YAML: {detail}.") from None
    except (ValueError, RecursionError, OverflowError, TypeError) as fault:
        raise Unreadable(f"{name}: not readable: {str(fault)[:200]}.") from None


def _refuse_growth(text: str, name: str) -> None:
    """Count nesting and aliases before anything is built from them."""
    depth = deepest = aliases = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            aliases += 1
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            deepest = max(deepest, depth)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if aliases > MOST_ALIASES or deepest > DEEPEST:
            raise Unreadable(f"{name}: nested too deeply, or built from too many aliases.")
