"""A file of referrals of whatever kind, as drafts and faults: the one door for imports."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from triage.flow.model import Question
from triage.interchange.archive import csv_tables
from triage.interchange.faults import Fault, FileRefused
from triage.interchange.fhir import referrals_in_fhir
from triage.interchange.json_files import parsed, referrals_in_json
from triage.interchange.opening import FileKind, bounded, csv_lines, kind_of
from triage.interchange.referrals import Reading, referrals_in
from triage.interchange.submissions import (
    Table,
    are_submissions,
    referrals_in_tables,
    referrals_of_kobo,
    submissions_of_kobo,
)
from triage.interchange.workbook import workbook_tables


def read_file(content: bytes, questions: Mapping[str, Question]) -> Reading:
    """Read a file of referrals; the questions are those that an agency may answer, in the order of the flow.

    Nothing is raised: a file that cannot be read as a whole gives no referral, and says why.
    """
    try:
        match kind_of(content):
            case FileKind.JSON:
                return _of_json(parsed(content), questions)
            case FileKind.XLSX:
                return _of_tables(workbook_tables(content), questions)
            case FileKind.ZIP:
                tables = ((name, bounded(lines)) for name, lines in csv_tables(content))
                return referrals_in_tables(tables, questions)
            case FileKind.CSV:
                return _of_tables(iter([("", csv_lines(content))]), questions)
    except FileRefused as refused:
        return Reading((), refused.faults)


def _of_json(document: object, questions: Mapping[str, Question]) -> Reading:
    if isinstance(document, dict) and "resourceType" in document:
        return referrals_in_fhir(document, questions)
    if submissions := submissions_of_kobo(document):
        return referrals_of_kobo(submissions, questions)
    return referrals_in_json(document, questions)


def _of_tables(tables: Iterator[Table], questions: Mapping[str, Question]) -> Reading:
    """Read a file of referrals from its first table, or the submissions of a form from all of them."""
    name, lines = next(tables)
    reading = iter(bounded(lines))
    header = next(reading, None)
    if header is None or not are_submissions(header.cells):
        return referrals_in([] if header is None else chain([header], reading), questions)
    if not name:
        raise FileRefused(Fault(0, "", "submissions-parts"))
    others: Iterable[Table] = ((other, bounded(rows)) for other, rows in tables)
    return referrals_in_tables(chain([(name, chain([header], reading))], others), questions)


__all__ = ["Fault", "Reading", "read_file"]
