"""The fields of the XLSForm of flow (a): their names, the group each stands in, and the column it fills in a file."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from triage.flow.model import About, Question
from triage.interchange.columns import fixed_columns, question_columns
from triage.interchange.values import CODED

PEOPLE: Final = "row"
"""The repeat of the people: one row for each, and further rows for further addresses or pairs."""
OF_THE_REFERRAL: Final = ("reference", "opinion")
"""What is asked once, before the people."""
NOTED: Final = re.compile(
    r"_.*|(.*[/-])?(instanceID|instanceName|rootUuid|deprecatedID)|formhub/uuid|start|end|today|username"
    r"|deviceid|phonenumber|simserial|subscriberid|audit"
    r"|KEY|PARENT_KEY|SET-OF-.*|SubmissionDate|Submitter(ID|Name)|Attachments(Present|Expected)|Status|ReviewState"
    r"|DeviceID|Edits|FormVersion"
)
"""What ODK and KoboToolbox note of a submission themselves; nobody who filled the form said it."""
_QUESTION: Final = re.compile(r"(?:.*[/-])?([A-Z]{2}-\d\d)\.([a-z0-9_]+)")
_ENDS: Final = re.compile(r"(?:.*[/-])?(?:[A-Z]{2}-\d\d\.(?:code|value|absent|about)|row\.[a-z_]+)")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in the form, its group (empty: none), the cell it fills there, and why it is refused."""

    name: str
    group: str
    cell: str
    refused: str = ""


def people_columns() -> tuple[str, ...]:
    """Name the columns that are asked of each person."""
    return tuple(name for name in fixed_columns() if name not in OF_THE_REFERRAL)


def form_fields(questions: Mapping[str, Question]) -> Mapping[str, Field]:
    """Give the fields that an agency may fill, by name; and those that only the support side may."""
    every = [Field(name, "", name) for name in OF_THE_REFERRAL]
    every += [Field(f"{PEOPLE}.{name}", PEOPLE, name) for name in people_columns()]
    every += [one for question in questions.values() for one in _of_question(question)]
    return {one.name: one for one in every}


def field_named(header: str, fields: Mapping[str, Field]) -> Field | None:
    """Find the field of a header, with or without the groups before it; a question of others is refused by its name."""
    if header in fields:
        return fields[header]
    found = [name for name in fields if header.endswith((f"/{name}", f"-{name}"))]
    if found:
        return fields[max(found, key=len)]
    other = _QUESTION.fullmatch(header)
    groups = {one.group for one in fields.values()}
    return Field(header, other[1], other[2], "not-asked") if other and other[1] not in groups else None


def is_of_the_form(header: str) -> bool:
    """Whether a header can only be one of the form: a file of referrals has no such column."""
    return bool(_ENDS.fullmatch(header))


def _of_question(question: Question) -> Iterator[Field]:
    parts = ("code",) if question.kind in CODED else ("value", "absent")
    for part in (*parts, *(() if question.about is About.CASE else ("about",))):
        yield Field(f"{question.id}.{part}", question.id, part)
    for column in question_columns([question]):
        if column.cell:
            yield Field(column.name, question.id, column.name)
    for cell in question.columns:
        if cell.support_only:
            yield Field(f"{question.id}.{cell.code}", question.id, cell.code, "header-reserved")
