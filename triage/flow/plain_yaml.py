"""Turn a file into YAML nodes, or say why not: plain YAML only, without anchors, tags and great depths."""

from pathlib import Path

import yaml

LARGEST = 2_000_000
DEEPEST = 20
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class NotPlain(ValueError):
    """The file is no plain YAML mapping; the message is a sentence, `line` counts from 1 (0 when it has no place)."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def read_mapping(path: Path) -> yaml.MappingNode:
    """Read a file whose top is a mapping. Raises NotPlain."""
    text = _text_of(path)
    try:
        _refuse_what_no_author_needs(text)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        detail = getattr(fault, "problem", None) or getattr(fault, "reason", None) or "it cannot be read"
        raise NotPlain(f"The file is not YAML: {detail}.", mark.line + 1 if mark else 0) from None
    if not isinstance(node, yaml.MappingNode):
        raise NotPlain("The file must hold a mapping.", 1)
    return node


def _text_of(path: Path) -> str:
    try:
        if not path.is_file():
            raise NotPlain("It is no ordinary file." if path.exists() else "There is no such file.")
        if path.stat().st_size > LARGEST:
            raise NotPlain(f"The file is larger than {LARGEST // 1_000_000} MB.")
        return path.read_text(encoding="utf-8")
    except OSError as fault:
        raise NotPlain(f"The file cannot be read: {fault.strerror}.") from None
    except UnicodeDecodeError:
        raise NotPlain("The file is no text in UTF-8.") from None


def _refuse_what_no_author_needs(text: str) -> None:
    """Look at the file event by event before anything is built from it."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise NotPlain("The file is nested too deeply.", line)
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            raise NotPlain("Anchors (`&`) and aliases (`*`) have no place here: write it out.", line)
        if getattr(event, "tag", None):
            raise NotPlain("Tags (`!`) have no place here.", line)
