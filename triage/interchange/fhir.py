"""Flows as FHIR R4 Questionnaires, and answers to flow (a) as QuestionnaireResponses, written and read.

Each question is a group whose `linkId` is its id; each row of an answer is one repetition of that group, with items
`RI-09.code`, `RI-09.contact` and so on. A non-answer is a coding of data-absent-reason in `RI-09.absent`: the three
stay apart, and none of them is ever an empty answer. A question with a condition carries it in an extension and is
always enabled: conditions are about findings, unknown until somebody answers, and unknown is never "no".
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from triage.assess.reading.values import NotAValue
from triage.cases.agency.referral import AgencyReferral
from triage.flow.model import About, Flow, Kind, Question
from triage.interchange.columns import fixed_columns, own_columns
from triage.interchange.faults import LANGUAGES, Fault, FileRefused
from triage.interchange.opening import Line
from triage.interchange.referrals import Reading, referrals_in
from triage.interchange.values import CODED, MAIN, SCALE, rows_of
from triage.interchange.writing import Words, cells_of, in_order

URL: Final = "urn:cairn:flow:"
ABSENT: Final[Mapping[str, str]] = {"NK": "temp-unknown", "DEC": "asked-declined", "NSA": "not-asked"}
ABSENT_SYSTEM: Final = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
TRANSLATION: Final = "http://hl7.org/fhir/StructureDefinition/translation"
CONDITION: Final = "urn:cairn:condition"
_VALUE_TYPES: Final[Mapping[Kind, str]] = {Kind.INTEGER: "integer", Kind.DATE: "date", Kind.TEXT: "text"}
_ROW = "row"
Item = dict[str, Any]


def questionnaire(flow: Flow, questions: Mapping[str, Question], words: Mapping[str, Words]) -> dict[str, Any]:
    """Write a flow as a Questionnaire; `words` gives the texts by language, English first."""
    title = _texts(f"flow.{flow.id}.title", words, "title")
    items = [_question(questions[name], words) for name in flow.questions]
    people = [_rows_item()] if flow.id == "a" else []
    return {
        "resourceType": "Questionnaire", "url": f"{URL}{flow.id}", "version": str(flow.version),
        "name": f"Flow{flow.id.upper()}", **title, "status": "active", "item": [*people, *items],
    }  # fmt: skip


def bundle(referrals: Iterable[AgencyReferral], questions: Mapping[str, Question], version: int) -> dict[str, Any]:
    """Write referrals as a Bundle of QuestionnaireResponses; `referrals_in_fhir` reads the same drafts back."""
    responses = [_response(one, questions, version) for one in referrals]
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in responses]}


def referrals_in_fhir(document: Mapping[str, Any], questions: Mapping[str, Question]) -> Reading:
    """Read a Bundle, or one QuestionnaireResponse. Raises `FileRefused` for what is neither.

    A fault gives as its row that of the rows of all responses, the first being 2, as in a file of rows.
    """
    if document.get("resourceType") == "QuestionnaireResponse":
        responses: list[Any] = [document]
    else:
        entries = document.get("entry")
        if document.get("resourceType") != "Bundle" or not isinstance(entries, list):
            raise FileRefused(Fault(0, "resourceType", "fhir-shape", "Bundle, QuestionnaireResponse"))
        responses = [one.get("resource") if isinstance(one, dict) else None for one in entries]
    rows = [row for one in responses for row in _rows_in(one, questions)]
    names = list(dict.fromkeys(name for row in rows for name in (*row, "reference", "person", "RI-01", "RI-09")))
    lines = [Line(number, tuple(row.get(name, "") for name in names)) for number, row in enumerate(rows, 2)]
    return referrals_in([Line(1, tuple(names)), *lines], questions)


def _texts(text_id: str, words: Mapping[str, Words], key: str = "text") -> Item:
    """Give a text in English with its translations beside it."""
    said = {language: words[language](text_id) for language in LANGUAGES}
    others = [
        {"url": TRANSLATION, "extension": [{"url": "lang", "valueCode": one}, {"url": "content", "valueString": text}]}
        for one, text in said.items()
        if one != "en" and text
    ]
    return {key: said["en"] or text_id} | ({f"_{key}": {"extension": others}} if others else {})


def _question(question: Question, words: Mapping[str, Words]) -> Item:
    """Write a question as a group of the cells of one row."""
    inner: list[Item] = []
    if question.about is not About.CASE:
        inner.append({"linkId": f"{question.id}.about", "text": "A, A-B, A>B", "type": "string", "required": True})
    ask = _texts(f"{question.id}.ask", words)
    if question.kind in CODED:
        inner.append(_choice(question.id, "code", question.options, f"{question.id}.option", words, ask))
    else:
        inner.append({"linkId": f"{question.id}.value", **ask, "type": _VALUE_TYPES[question.kind]})
    if question.scale:
        inner.append(_choice(question.id, SCALE, question.scale, f"{question.id}.scale", words, {"text": SCALE}))
    for column in own_columns(question):
        name, text = f"{question.id}.column.{column.code}", _texts(f"{question.id}.column.{column.code}", words)
        if column.values and not column.many:
            inner.append(_choice(question.id, column.code, column.values, name, words, text))
        else:
            inner.append({"linkId": f"{question.id}.{column.code}", **text, "type": "string"})
    inner.append(_absent(question.id, words))
    repeats = question.about is not About.CASE or question.kind in {Kind.MANY, Kind.TABLE, Kind.RECORD}
    group: Item = {"linkId": question.id, **ask, "type": "group", "repeats": repeats, "item": inner}
    if question.when_text != "always":
        group["extension"] = [{"url": CONDITION, "valueString": question.when_text}]
    return group


def _choice(
    question: str, cell: str, codes: Iterable[str], text_id: str, words: Mapping[str, Words], text: Item
) -> Item:
    system = f"urn:cairn:{question}.{cell}"
    options = [
        {"valueCoding": {"system": system, "code": code, **_texts(f"{text_id}.{code}", words, "display")}}
        for code in codes
    ]
    return {"linkId": f"{question}.{cell}", **text, "type": "choice", "answerOption": options}


def _absent(question: str, words: Mapping[str, Words]) -> Item:
    options = [
        {"valueCoding": {"system": ABSENT_SYSTEM, "code": code, **_texts(f"non_answer.{ours}", words, "display")}}
        for ours, code in ABSENT.items()
    ]
    return {"linkId": f"{question}.absent", "text": "NK, DEC, NSA", "type": "choice", "answerOption": options}


def _rows_item() -> Item:
    """Write the group of a person: the fixed columns, each a text."""
    inner = [{"linkId": f"{_ROW}.{name}", "text": name, "type": "string"} for name in fixed_columns()]
    return {"linkId": _ROW, "text": "A, B, C …", "type": "group", "repeats": True, "item": inner}


def _response(referral: AgencyReferral, questions: Mapping[str, Question], version: int) -> dict[str, Any]:
    """Write a referral: its people row by row, then every row of every answer."""
    referral = in_order(referral, questions)
    people = [
        {"linkId": _ROW, "item": [_said(f"{_ROW}.{name}", cell) for name, cell in row.items()]}
        for row in cells_of(
            AgencyReferral(referral.persons, referral.pairs, (), referral.external_reference, referral.opinion),
            questions,
        )
    ]
    answers: list[Item] = []
    for one in referral.answers:
        question = questions[one.question]
        try:
            rows = rows_of(question, one.value)
        except NotAValue:
            raise FileRefused(Fault(0, question.id, "value")) from None
        for row in rows:
            inner = [_said(f"{question.id}.about", one.about)] if one.about else []
            inner += [_cell(question, name, cell) for name, cell in row.cells.items()]
            answers.append({"linkId": question.id, "item": inner})
    return {
        "resourceType": "QuestionnaireResponse", "questionnaire": f"{URL}a|{version}", "status": "completed",
        "identifier": {"value": referral.external_reference}, "item": [*people, *answers],
    }  # fmt: skip


def _said(link: str, text: str) -> Item:
    return {"linkId": link, "answer": [{"valueString": text}]}


def _cell(question: Question, name: str, cell: str) -> Item:
    if name == MAIN and cell in ABSENT:
        coding = {"system": ABSENT_SYSTEM, "code": ABSENT[cell]}
        return {"linkId": f"{question.id}.absent", "answer": [{"valueCoding": coding}]}
    if name == MAIN and question.kind not in CODED:
        key = {Kind.INTEGER: "valueInteger", Kind.DATE: "valueDate"}.get(question.kind, "valueString")
        return {"linkId": f"{question.id}.value", "answer": [{key: int(cell) if key == "valueInteger" else cell}]}
    column = question.column(name)
    link = name or "code"
    if name in {MAIN, SCALE} or (column and column.values and not column.many):
        coding = {"system": f"urn:cairn:{question.id}.{link}", "code": cell}
        return {"linkId": f"{question.id}.{link}", "answer": [{"valueCoding": coding}]}
    return _said(f"{question.id}.{link}", cell)


def _rows_in(response: object, questions: Mapping[str, Question]) -> list[dict[str, str]]:
    """Give a response as rows of a file: those of its people, and one for each row of an answer."""
    if not isinstance(response, dict) or response.get("resourceType") != "QuestionnaireResponse":
        raise FileRefused(Fault(0, "resourceType", "fhir-shape", "QuestionnaireResponse"))
    if not str(response.get("questionnaire", "")).startswith(f"{URL}a|"):
        raise FileRefused(Fault(0, "questionnaire", "fhir-other", str(response.get("questionnaire", ""))))
    if response.get("status") not in {"completed", "amended"}:
        raise FileRefused(Fault(0, "status", "fhir-status", str(response.get("status", ""))))
    identifier = response.get("identifier")
    reference = str(identifier.get("value", "")) if isinstance(identifier, dict) else ""
    rows = [_row_of(one, questions) for one in _list(response, "item")]
    pairs = {f"{row['person']}-{row['with']}" for row in rows if row.get("with") and row.get("person")}
    first = next((row["person"] for row in rows if row.get("person")), "A")
    return [_placed(row, pairs, first) | {"reference": reference} for row in rows]


def _placed(row: dict[str, str], pairs: set[str], first: str) -> dict[str, str]:
    """Put an answer on a row of the person it is about; of a pair, on that of its first person."""
    about = row.pop("about", "")
    if len(about) == 3 and about in pairs:
        return {**row, "person": about[0], "with": about[2]}
    return {"person": about or first, **row}


def _row_of(item: object, questions: Mapping[str, Question]) -> dict[str, str]:
    """Read one group into the cells of a row."""
    link = item.get("linkId") if isinstance(item, dict) else None
    if not isinstance(item, dict) or not isinstance(link, str) or (link != _ROW and link not in questions):
        raise FileRefused(Fault(0, str(link), "fhir-item", str(link)))
    cells: dict[str, str] = {}
    for inner in _list(item, "item"):
        name = inner.get("linkId") if isinstance(inner, dict) else None
        if not isinstance(inner, dict) or not isinstance(name, str) or not name.startswith(f"{link}."):
            raise FileRefused(Fault(0, link, "fhir-item", str(name)))
        cell = name.removeprefix(f"{link}.")
        answers = _list(inner, "answer")
        if len(answers) != 1:
            raise FileRefused(Fault(0, name, "fhir-shape", "1 answer"))
        text = _answer(answers[0], name)
        if link == _ROW or cell == "about":
            cells[cell] = text
        else:
            cells[link if cell in {"code", "value", "absent"} else name] = text
    return cells


def _answer(answer: object, name: str) -> str:
    """Read one answer of any of the kinds that we write."""
    if isinstance(answer, dict):
        coding = answer.get("valueCoding")
        if isinstance(coding, dict) and isinstance(coding.get("code"), str):
            absent = {code: ours for ours, code in ABSENT.items()}
            is_absent = coding.get("system") == ABSENT_SYSTEM
            if not is_absent or coding["code"] in absent:
                return absent[coding["code"]] if is_absent else str(coding["code"])
        for key in ("valueString", "valueDate", "valueInteger"):
            if isinstance(answer.get(key), str | int):
                return str(answer[key])
    raise FileRefused(Fault(0, name, "fhir-shape", "valueCoding, valueString, valueDate, valueInteger"))


def _list(document: Mapping[str, Any], key: str) -> list[Any]:
    found = document.get(key, [])
    if not isinstance(found, list):
        raise FileRefused(Fault(0, key, "fhir-shape", "[ … ]"))
    return found
