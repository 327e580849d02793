"""How deep the brackets of a JSON text go, told before any parser recurses into them."""

import re
from typing import Final

_TEXTS: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)', re.DOTALL)
"""A text in its quotation marks; one that is not closed goes to the end."""
_BRACKETS: Final = re.compile(r"[][{}]")


def depth_of(text: str) -> int:
    """Say how deep the brackets of a text go, outside its strings, without parsing it; in time linear in its length."""
    depth = deepest = 0
    for sign in _BRACKETS.findall(_TEXTS.sub("", text)):
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    return deepest
