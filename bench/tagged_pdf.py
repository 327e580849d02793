"""Every sheet on paper held beside PDF/UA-1 by veraPDF, a program of others; and one without tags, which it sees.

It needs Java (11 or later, with its compiler) and veraPDF: `VERAPDF_CLASSPATH` names the jars. Usage:
`python bench/tagged_pdf.py [every nth sheet]`. Contract (issue 6): all of them keep to it.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from _timing import tell

from triage.settings import FLOWS, LOCALES
from triage.sheets.composing import Sheet, compose
from triage.sheets.library import Library, SheetKey, read_library
from triage.sheets.model import COUNTRIES, Form
from triage.sheets.pdf import pdf_of

CHECK = Path(__file__).with_name("pdfua") / "Check.java"
UNTAGGED = "untagged.pdf"
EVERY = int(sys.argv[1]) if len(sys.argv) > 1 else 1


def main() -> None:
    """Write the sheets, have them checked, print what was found; fail where one does not keep to it."""
    jars = os.environ.get("VERAPDF_CLASSPATH", "")
    if not jars:
        tell("sheets: PDF/UA-1 by veraPDF", not_run="VERAPDF_CLASSPATH names no jars of veraPDF")
        return
    with tempfile.TemporaryDirectory() as folder:
        languages = write_sheets(Path(folder))
        said = subprocess.run(
            ["java", "-cp", jars, str(CHECK), folder], capture_output=True, text=True, check=True
        ).stdout.splitlines()
    kept = [line for line in said if line.startswith("ok ")]
    broken = [line for line in said if line.startswith("not ")]
    checks = sum(int(line.split()[-1]) for line in kept)
    tell("sheets: PDF/UA-1 by veraPDF", files=len(kept), languages=languages, checks=checks, broken=broken)
    assert [line.split()[1] for line in broken] == [UNTAGGED], "\n".join(said)


def write_sheets(folder: Path) -> int:
    """Write each whole sheet, or every nth, and one that no longer says that it is tagged; give how many languages."""
    library = read_library(FLOWS, LOCALES)
    assert isinstance(library, Library), library
    keys = [
        SheetKey(sheet, country, language, form)
        for language in library.editions
        for sheet in library.catalogue.sheets
        for country in COUNTRIES
        for form in Form
    ]
    made = [sheet for key in keys if isinstance(sheet := compose(library, key, library.catalogue.dated), Sheet)]
    for one in made[::EVERY]:
        name = f"{one.language}-{one.id}-{one.country}-{one.form}.pdf"
        (folder / name).write_bytes(pdf_of(one, draft=True))
    content = pdf_of(made[0], draft=True)
    (folder / UNTAGGED).write_bytes(content.replace(b"/Marked true", b"/Marked null"))
    return len({one.language for one in made[::EVERY]})


if __name__ == "__main__":
    main()
