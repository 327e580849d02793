"""`triage export`: a flow as a FHIR R4 Questionnaire or as an XLSForm."""

import json
import sys
from pathlib import Path

import click

from triage.cli.draw import texts_of
from triage.cli.flows import flows_option, loaded_or_exit
from triage.cli.places import BAD_USAGE, FILE_WRITTEN, writing
from triage.flow.problems import nearest
from triage.interchange.faults import LANGUAGES
from triage.interchange.fhir import questionnaire
from triage.interchange.writing import Words, as_xlsx
from triage.interchange.xlsform import xlsform


@click.command("export")
@click.argument("flow")
@click.option("--format", "form", type=click.Choice(["fhir", "xlsform"]), required=True)
@click.option("-o", "--output", type=FILE_WRITTEN, required=True, help="The file.")
@flows_option
def export_command(flow: str, form: str, output: Path, flows: Path) -> None:
    """Write a flow (a to k) for other programs: as a FHIR Questionnaire (JSON), or as an XLSForm (XLSX)."""
    book = loaded_or_exit(flows).book.rulebook
    found = book.flows.get(flow.lower())
    if found is None:
        near = nearest(flow.lower(), book.flows)
        click.echo(f"There is no flow of that name. {f'Did you mean `{near}`?' if near else ''}".strip(), err=True)
        sys.exit(BAD_USAGE)
    words = {language: _words(flows, language) for language in LANGUAGES}
    if form == "fhir":
        content = json.dumps(questionnaire(found, book.questions, words), ensure_ascii=False, indent=1).encode()
    else:
        content = as_xlsx(xlsform(found, book.questions, words))
    with writing(output):
        output.write_bytes(content)


def _words(flows: Path, language: str) -> Words:
    """Give the texts of a language, empty where there is none."""
    texts = texts_of(flows, language)
    return lambda text_id: texts(text_id) if texts.has(text_id) else ""
