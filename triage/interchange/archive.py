"""A ZIP of CSV tables, as ODK Central exports submissions: measured before it is read, and nothing but tables in it.

What an archive says of its sizes is not believed: each part is read up to the bound and no further. Source:
security page 4.6.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from triage.interchange.faults import Fault, FileRefused
from triage.interchange.opening import Line, csv_lines
from triage.interchange.workbook import FREE_BYTES, MOST_PARTS, MOST_RATIO

MOST_BYTES: Final = 20_000_000


def csv_tables(content: bytes) -> Iterator[tuple[str, Iterator[Line]]]:
    """Read the tables of an archive, by name. Raises `FileRefused` when it is a bomb, or holds anything else."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [one for one in archive.infolist() if not one.is_dir()]
            _measure(parts)
            left = MOST_BYTES
            for part in parts:
                with archive.open(part) as stream:
                    text = stream.read(left + 1)
                left -= len(text)
                if left < 0:
                    raise FileRefused(Fault(0, "", "xlsx-bomb", f"{MOST_BYTES - left:,} bytes"))
                yield PurePosixPath(part.filename).name, csv_lines(text)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as fault:
        raise FileRefused(Fault(0, "", "xlsx-broken")) from fault


def _measure(parts: list[zipfile.ZipInfo]) -> None:
    if not parts or len(parts) > MOST_PARTS:
        raise FileRefused(Fault(0, "", "xlsx-bomb" if parts else "xlsx-broken", f"{len(parts):,} parts"))
    names = [part.filename for part in parts]
    other = next((name for name in names if not name.casefold().endswith(".csv")), None)
    if other or len(set(names)) != len(names):
        raise FileRefused(Fault(0, "", "zip-parts", other or "2 × " + names[0]))
    for part in parts:
        if part.flag_bits & 1:
            raise FileRefused(Fault(0, "", "xlsx-locked"))
        if part.file_size > FREE_BYTES and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise FileRefused(Fault(0, "", "xlsx-bomb", f"{part.file_size:,} bytes"))
