"""Cut the fonts of the sheets to the signs that their languages use: `python static/fonts/subset.py FOLDER_OF_PACKAGES`.

The folder holds the unpacked npm packages of README.md (`<name>/package/400Regular/…ttf`). Needs fonttools, which only
this recipe uses. Layout tables of a script stay whole, or its letters would not join; hints go, print does not use them.
"""

import json
import sys
from itertools import groupby
from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, save_font
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
WEIGHTS = {"Regular": "400Regular", "Bold": "700Bold"}
PUNCTUATION = [range(0x20, 0x7F), range(0xA0, 0x100), range(0x2010, 0x2028), range(0x2030, 0x2045), [0x20AC, 0x2022, 0x25CF]]
FONTS = {
    "NotoSans": ("noto-sans", [range(0x100, 0x250), range(0x2B0, 0x370), range(0x400, 0x530), range(0x1E00, 0x1F00)]),
    "NotoNaskhArabic": ("noto-naskh-arabic", [range(0x600, 0x700), range(0x750, 0x780), range(0x200C, 0x2010)]),
    "NotoNastaliqUrdu": ("noto-nastaliq-urdu", [range(0x600, 0x700), range(0x750, 0x780), range(0x200C, 0x2010)]),
    "NotoSansBengali": ("noto-sans-bengali", [range(0x980, 0xA00), [0x964, 0x965], range(0x200C, 0x200E)]),
    "NotoSansGurmukhi": ("noto-sans-gurmukhi", [range(0xA00, 0xA80), [0x964, 0x965], range(0x200C, 0x200E)]),
    "NotoSansEthiopic": ("noto-sans-ethiopic", [range(0x1200, 0x13A0)]),
    "NotoSansSC": ("noto-sans-sc", [range(0x3000, 0x3020), range(0xFF00, 0xFF60)]),
}
COMMON_CHINESE = [bytes([row, cell]).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)]
"""The 3,755 common characters: level one of GB 2312."""


def signs_of(name: str, ranges: list[range | list[int]]) -> set[int]:
    """The signs that a cut font keeps, as numbers of Unicode."""
    kept = {sign for group in (*ranges, *PUNCTUATION) for sign in group}
    return kept | ({ord(sign) for sign in COMMON_CHINESE if sign} if name == "NotoSansSC" else set())


def cut(packages: Path) -> None:
    """Write every cut font beside this file."""
    for name, (package, ranges) in FONTS.items():
        for weight, folder in WEIGHTS.items():
            source = next(packages.glob(f"*{package}-[0-9]*/package/{folder}/*.ttf"))
            options = Options(hinting=False, layout_features=["*"], name_IDs=["*"], notdef_outline=True)
            font = load_font(str(source), options)
            subsetter = Subsetter(options)
            subsetter.populate(unicodes=signs_of(name, ranges))
            subsetter.subset(font)
            save_font(font, str(HERE / f"{name}-{weight}.ttf"), options)


def coverage() -> dict[str, list[tuple[int, int]]]:
    """The signs that every weight of a family draws, as pairs of the first and the last of a run."""
    families: dict[str, set[int]] = {}
    for path in sorted(HERE.glob("*.ttf")):
        font = TTFont(path)
        family, drawn = font["name"].getDebugName(16) or font["name"].getDebugName(1), set(font.getBestCmap())
        families[family] = families.get(family, drawn) & drawn
    return {family: _runs(sorted(signs)) for family, signs in families.items()}


def _runs(signs: list[int]) -> list[tuple[int, int]]:
    found = []
    for _, run in groupby(enumerate(signs), lambda one: one[1] - one[0]):
        numbers = [sign for _, sign in run]
        found.append((numbers[0], numbers[-1]))
    return found


def write_coverage() -> None:
    """Write which signs each family draws, for the program, which does not read fonts."""
    lines = [f" {json.dumps(family)}: {json.dumps(runs)}" for family, runs in coverage().items()]
    (HERE / "coverage.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    cut(Path(sys.argv[1]))
    write_coverage()
