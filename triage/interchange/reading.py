"""A file of referrals of whatever kind, as drafts and faults: the one door for imports."""

from collections.abc import Mapping

from triage.flow.model import Question
from triage.interchange.faults import Fault, FileRefused
from triage.interchange.fhir import referrals_in_fhir
from triage.interchange.json_files import parsed, referrals_in_json
from triage.interchange.opening import FileKind, bounded, csv_lines, kind_of
from triage.interchange.referrals import Reading, referrals_in
from triage.interchange.workbook import workbook_lines


def read_file(content: bytes, questions: Mapping[str, Question]) -> Reading:
    """Read a file of referrals; the questions are those that an agency may answer, in the order of the flow.

    Nothing is raised: a file that cannot be read as a whole gives no referral, and says why.
    """
    try:
        match kind_of(content):
            case FileKind.JSON:
                document = parsed(content)
                if isinstance(document, dict) and "resourceType" in document:
                    return referrals_in_fhir(document, questions)
                return referrals_in_json(document, questions)
            case FileKind.XLSX:
                return referrals_in(bounded(workbook_lines(content)), questions)
            case FileKind.CSV:
                return referrals_in(bounded(csv_lines(content)), questions)
    except FileRefused as refused:
        return Reading((), refused.faults)


__all__ = ["Fault", "Reading", "read_file"]
