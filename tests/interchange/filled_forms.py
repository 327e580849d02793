"""Referrals as somebody fills them in on the form that we export, and as ODK Central and KoboToolbox give them back.

What may be filled is read from what pyxform makes of our XLSForm: a field that the form does not have, or a code that
it does not offer, stops the test.
"""

import csv
import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

from openpyxl import Workbook

from tests.interchange.drafts import questions, rulebook
from triage.cases.agency.referral import AgencyReferral
from triage.interchange.values import CODED, MAIN, rows_of
from triage.interchange.writing import as_xlsx, cells_of
from triage.interchange.xlsform import xlsform

XFORMS = "{http://www.w3.org/2002/xforms}"
WORDS = {"en": lambda text_id: f"en {text_id}", "fr": lambda text_id: f"fr {text_id}"}
Row = dict[str, str]


@dataclass(frozen=True)
class Form:
    """The form as a phone has it: its fields by repeat (empty: none) in order, by their paths; codes by field."""

    fields: dict[str, tuple[str, ...]]
    offered: dict[str, frozenset[str]]


@cache
def form() -> Form:
    from pyxform.xls2xform import convert

    sheets = xlsform(rulebook().flows["a"], rulebook().questions, WORDS)
    xml = convert(xlsform=io.BytesIO(as_xlsx(sheets)), validate=False, file_type=".xlsx").xform
    tree = ET.fromstring(xml)  # noqa: S314 — what pyxform wrote of our own form
    repeats = {one.attrib["nodeset"].removeprefix("/data/") for one in tree.iter(f"{XFORMS}repeat")}
    fields: dict[str, list[str]] = defaultdict(list)
    for tag in (f"{XFORMS}input", f"{XFORMS}select1"):
        for one in tree.iter(tag):
            path = one.attrib["ref"].removeprefix("/data/")
            group = path.partition("/")[0]
            fields[group if group in repeats else ""].append(path)
    lists = {row[1]: row[0].split(" ")[1] for row in sheets["survey"] if row[0].startswith("select_one ")}
    codes: dict[str, set[str]] = defaultdict(set)
    for row in sheets["choices"][1:]:
        codes[row[0]].add(row[1])
    return Form(
        {name: tuple(some) for name, some in fields.items()}, {f: frozenset(codes[at]) for f, at in lists.items()}
    )


def filled(referral: AgencyReferral) -> dict[str, list[Row]]:
    """The rows that are filled for a referral, by repeat; the names are paths of the form."""
    said: dict[str, list[Row]] = defaultdict(list, {"": [{"reference": referral.external_reference}]})
    said[""][0] |= {"opinion": referral.opinion} if referral.opinion else {}
    for row in cells_of(replace(referral, answers=(), opinion=""), questions()):
        said["row"].append({f"row/row.{name}": cell for name, cell in row.items() if name != "reference"})
    for one in referral.answers:
        question = questions()[one.question]
        for row in rows_of(question, one.value):
            cells = {f"{one.question}/{_field(question, name, cell)}": cell for name, cell in row.cells.items()}
            cells |= {f"{one.question}/{one.question}.about": one.about} if one.about else {}
            if one.question in form().fields:
                said[one.question].append(cells)
            else:
                said[""][0] |= cells
    for group, rows in said.items():
        for row in rows:
            for path, cell in row.items():
                assert path in form().fields[group], path
                assert cell in form().offered.get(path.rpartition("/")[2], {cell}), (path, cell)
    return said


def _field(question: Any, name: str, cell: str) -> str:
    if name != MAIN:
        return f"{question.id}.{name}"
    part = "code" if question.kind in CODED else "absent" if cell in {"NK", "DEC", "NSA"} else "value"
    return f"{question.id}.{part}"


def kobo_tables(referrals: Iterable[AgencyReferral], groups: bool = True) -> dict[str, list[list[Any]]]:
    """The sheets of KoboToolbox with XML values and headers, with or without the groups in its headers."""
    tables: dict[str, list[list[Any]]] = {}
    for name, fields in form().fields.items():
        own = ["_id", "_uuid", "_submission_time", "__version__", "_index"]
        others = ["_index", "_parent_table_name", "_parent_index", "_submission__id", "_submission__uuid"]
        heads = [one if groups else one.rpartition("/")[2] for one in fields]
        tables[name or "Referral"] = [["start", *heads, *own] if not name else [*heads, *others]]
    for number, one in enumerate(referrals, 1):
        for name, rows in filled(one).items():
            table, fields = tables[name or "Referral"], form().fields[name]
            for row in rows:
                cells = [row.get(path) for path in fields]
                if name:
                    table.append([*cells, len(table), "Referral", number, 1000 + number, f"u-{number}"])
                else:
                    table.append(
                        ["2026-11-20T10:00:00", *cells, 1000 + number, f"u-{number}", "2026-11-20", "v1", number]
                    )
    return tables


def as_kobo_xlsx(referrals: Iterable[AgencyReferral], groups: bool = True) -> bytes:
    """The same as KoboToolbox writes it."""
    return book(kobo_tables(referrals, groups))


def book(tables: dict[str, list[list[Any]]]) -> bytes:
    made = Workbook(write_only=True)
    for name, table in tables.items():
        sheet = made.create_sheet(name)
        for row in table:
            sheet.append(row)
    page = io.BytesIO()
    made.save(page)
    return page.getvalue()


def as_odk_zip(referrals: Iterable[AgencyReferral]) -> bytes:
    """The ZIP of ODK Central: one CSV for the form, one for each of its repeats."""
    tables: dict[str, list[Sequence[str]]] = {}
    for name, fields in form().fields.items():
        heads = [path.partition("/")[2] if name else path.replace("/", "-") for path in fields]
        own = ["SubmissionDate", *heads, "meta-instanceID", "KEY", "SubmitterID", "Status", "FormVersion"]
        tables[name] = [[*heads, "PARENT_KEY", "KEY"] if name else own]
    for number, one in enumerate(referrals, 1):
        key = f"uuid:{number:032}"
        for name, rows in filled(one).items():
            for place, row in enumerate(rows, 1):
                cells = [row.get(path, "") for path in form().fields[name]]
                own = ["2026-11-20T10:00:00Z", *cells, key, key, "3", "", "1"]
                tables[name].append([*cells, key, f"{key}/{name}[{place}]"] if name else own)
    return zipped({f"cairn-a{'-' if name else ''}{name}.csv": table for name, table in tables.items()})


def zipped(tables: dict[str, list[Sequence[str]]]) -> bytes:
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in tables.items():
            text = io.StringIO(newline="")
            csv.writer(text).writerows(table)
            archive.writestr(name, text.getvalue().encode())
    return page.getvalue()


def as_kobo_json(referrals: Iterable[AgencyReferral]) -> bytes:
    """What the API of KoboToolbox answers."""
    results = []
    for number, one in enumerate(referrals, 1):
        said = filled(one)
        noted = {
            "_id": number,
            "_uuid": f"u-{number}",
            "_attachments": [],
            "_geolocation": [None, None],
            "_status": "x",
        }
        repeats = {name: rows for name, rows in said.items() if name}
        results.append(noted | said[""][0] | repeats | {"meta/instanceID": f"uuid:u-{number}"})
    return json.dumps({"count": len(results), "next": None, "previous": None, "results": results}).encode()
