"""A file that is wrong, or means harm, gives a clear fault by its place and no referral."""

import io
import zipfile

import pytest

from tests.interchange.drafts import VIGNETTES, draft_of, questions
from triage.interchange.faults import Fault, vocabulary
from triage.interchange.reading import read_file
from triage.interchange.writing import as_csv, as_xlsx, guide, table_of, template

HEADER = (
    "reference,person,called,birth,RI-01,RI-09,RI-09.named_worker,RI-09.contact,RI-09.next_review_on,"
    "RI-04,RI-13,RI-13.scale\n"
)
FIRST = "N-1,A,Nadia,1990-03-01,neither,stays_open,R. Example,0100,2026-12-10,,,\n"
SECOND = "N-1,B,Omar,,,,,,,,now,children\n"
GOOD = HEADER + FIRST + SECOND


def said_of(content: str | bytes, language: str = "en") -> list[str]:
    raw = content.encode() if isinstance(content, str) else content
    read = read_file(raw, questions())
    return [fault.in_words(language) for fault in read.faults]


def test_a_file_in_order_has_nothing_said_of_it() -> None:
    assert said_of(GOOD) == []
    assert len(read_file(GOOD.encode(), questions()).referrals) == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (GOOD.replace("1990-03-01", "31/02/1990"), "row 2, column birth: 31/02/1990 is not a date."),
        (GOOD.replace("2026-12-10", "soon"), "row 2, column RI-09.next_review_on: soon is not a date."),
        (
            GOOD.replace("neither", "neiter"),
            "row 2, column RI-01: neiter is not among the codes of this column. Did you mean `neither`?",
        ),
        (
            GOOD.replace("children", "childs"),
            "row 3, column RI-13.scale: childs is not among the codes of this column. Did you mean `children`?",
        ),
        (GOOD.replace("N-1,B", "N-1,"), "row 3, column person: Say which person this row is about: A to H."),
        (
            GOOD.replace("N-1,B", ",B"),
            "row 3, column reference: Give your own number of the referral on each of its rows.",
        ),
        (GOOD.replace("called", "caled"), "row 1, column caled: There is no such column. Did you mean `called`?"),
        (GOOD.replace("called", "birth"), "row 1, column birth: This header stands twice."),
        (
            GOOD.replace("RI-04", "RI-12.iss_offer_status"),
            "row 1, column RI-12.iss_offer_status: Only the support side may fill this column.",
        ),
        (GOOD.replace("RI-01", "RI-02"), "row 1, column RI-01: This column is needed."),
        (GOOD.replace("Nadia", "=1+1"), "row 2, column C: This cell is a formula. Write its value, as text."),
        (GOOD.replace("Nadia", " ＝cmd"), "row 2, column C: This cell is a formula. Write its value, as text."),
        (GOOD.replace("Nadia", "Na\0dia"), "row 2: This holds a NUL character, which is no text."),
        (
            GOOD.replace("Nadia", '"Na"dia'),
            "row 2: The CSV cannot be read from here on: a quotation mark is not closed, or stands in the wrong place.",
        ),
        (GOOD.replace(",now,children\n", ",now\n"), "row 3: This row has fewer cells than there are headers"),
        (GOOD.replace("children\n", "children,more\n"), "row 3: This row has more cells than there are headers."),
        (
            GOOD.replace("now,children", ",children"),
            "row 3, column RI-13: Other columns of this question are filled: fill this one too.",
        ),
        (
            HEADER + FIRST + "N-1,A,Nadja,,,,,,,,,\n" + SECOND,
            "row 3, column called: This was said otherwise on an earlier row.",
        ),
        (HEADER, "There is no referral below the headers."),
        ("", "The file holds nothing."),
        ("[1, 2", "The JSON cannot be read (line 1)."),
        ("[1.5]", "The JSON cannot be read (1.5 is no whole number)."),
        ("[" * 100_000, "The JSON cannot be read (more than 20 levels)."),
        ('{"referrals": [], "referrals": []}', "The JSON cannot be read (a key stands twice in one object)."),
        ('{"referals": []}', 'column referrals: {"referrals": [ … ]} is expected here.'),
        ('[{"external_reference": "1", "person": []}]', "row 1: `person` is no key here. Did you mean `persons`?"),
    ],
)
def test_each_fault_is_said_with_its_place(wrong: str, sentence: str) -> None:
    assert any(said.startswith(sentence) for said in said_of(wrong)), said_of(wrong)
    assert read_file(wrong.encode(), questions()).referrals == ()


def test_faults_are_said_in_french() -> None:
    wrong = GOOD.replace("1990-03-01", "31/02/1990").replace("neither", "neiter")
    assert said_of(wrong, "fr")[0].startswith("ligne 2, colonne RI-01 : neiter n’est pas un des codes")
    assert "ligne 2, colonne birth : 31/02/1990 n’est pas une date." in said_of(wrong, "fr")
    for code, texts in vocabulary()["faults"].items():
        assert Fault(3, "x", code, "said").in_words("fr") != Fault(3, "x", code, "said").in_words("en"), texts


def test_a_referral_with_a_fault_leaves_the_others() -> None:
    read = read_file((GOOD + FIRST.replace("N-1", "N-2") + "N-2,Z,x,,,,,,,,,\n").encode(), questions())
    assert [one.referral.external_reference for one in read.referrals] == ["N-1"]
    assert [(one.row, one.code) for one in read.faults] == [(5, "no-person")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_encoding_is_read_as_it_is_or_refused_by_name(encoding: str) -> None:
    content = GOOD.replace("Nadia", "Zoé").encode(encoding)
    read = read_file(content, questions())
    if encoding in {"utf-16-le", "utf-16-be", "utf-32"}:
        assert [(one.code, one.said.split(" ")[0]) for one in read.faults] == [("encoding", encoding[:6].upper())]
    else:
        assert read.referrals[0].referral.persons[0].called == "Zoé"


def test_semicolons_and_tabs_may_stand_between_cells() -> None:
    for sign in ";\t":
        assert said_of(GOOD.replace(",", sign)) == []


def test_too_many_rows_and_too_large_a_file_are_refused() -> None:
    many = HEADER + "".join(f"N-{number},A,x,,,,,,,,,\n" for number in range(20_001))
    assert [one.code for one in read_file(many.encode(), questions()).faults] == ["too-many-rows"]
    assert [one.code for one in read_file(b"x" * 10_000_001, questions()).faults] == ["too-large"]


def book(**parts: bytes) -> bytes:
    """A good workbook with some parts put in the place of its own, or added."""
    plain = as_xlsx({"Referrals": table_of([draft_of(VIGNETTES[0])], questions())})
    return rewritten(plain, {name.replace("__", "/"): content for name, content in parts.items()})


def rewritten(plain: bytes, parts: dict[str, bytes]) -> bytes:
    page = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return page.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def sheet_with(cell: str) -> bytes:
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        f"{cell}</row></sheetData></worksheet>"
    ).encode()


BOMBS = {
    "ratio": {"xl/media/zeros.xml": b"0" * 50_000_000},
    "sum": {f"xl/media/{number}.xml": b"0" * 999_999 for number in range(150)},
    "entries": {f"xl/media/{number}.xml": b"" for number in range(300)},
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_workbook_that_unpacks_without_end_is_not_opened(name: str) -> None:
    assert [one.code for one in read_file(rewritten(book(), BOMBS[name]), questions()).faults] == ["xlsx-bomb"]


def test_an_archive_that_lies_about_its_sizes_is_not_believed() -> None:
    packed = rewritten(book(), {"xl/media/z.xml": b"0" * 9_000_000})
    size = (9_000_000).to_bytes(4, "little")
    lying = packed.replace(size, (1000).to_bytes(4, "little"))
    assert lying != packed
    assert next(one.code for one in read_file(lying, questions()).faults) in {"xlsx-bomb", "xlsx-broken"}


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({SHEET: sheet_with('<c r="A1"><f>1+1</f><v>2</v></c>')}, "formula"),
        ({SHEET: sheet_with('<c r="A1"><f t="shared" si="0"/><v>2</v></c>')}, "formula"),
        ({SHEET: b'<!DOCTYPE x [<!ENTITY a "b">]>' + sheet_with('<c r="A1"/>')}, "xlsx-broken"),
        ({SHEET: sheet_with('<c r="A1"/>').decode().encode("utf-16")}, "xlsx-broken"),
        ({SHEET: sheet_with('<c r="XFD1"><v>2</v></c>')}, "too-many-columns"),
        ({SHEET: sheet_with('<c r="A1048576"><v>2</v></c>')}, "too-many-rows"),
        ({SHEET: b"no xml at all <"}, "xlsx-broken"),
        ({"xl/vbaProject.bin": b"x"}, "xlsx-macros"),
        ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, "xlsx-macros"),
        ({"xl/workbook.xml": b"<x/>"}, "xlsx-broken"),
    ],
)
def test_what_a_workbook_hides_is_refused(parts: dict[str, bytes], code: str) -> None:
    read = read_file(rewritten(book(), parts), questions())
    assert [one.code for one in read.faults] == [code]
    assert read.referrals == ()


def test_a_file_cut_anywhere_gives_a_fault_and_no_exception() -> None:
    for whole in (book(), GOOD.strip().encode("utf-16"), b'{"referrals": [{"external_reference": "1"}]}'):
        for cut in range(1, len(whole), max(len(whole) // 25, 1)):
            assert read_file(whole[:cut], questions()).faults, cut
    assert read_file(b"PK\x03\x04" + b"x" * 200, questions()).faults[0].code == "xlsx-broken"
    assert read_file(b"\xd0\xcf\x11\xe0" + b"x" * 200, questions()).faults[0].code == "xlsx-locked"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_template_explains_itself_and_is_read_as_empty(language: str) -> None:
    texts = {"RI-01.ask": "Danger?", "RI-01.option.neither": "Neither"}

    def words(text_id: str) -> str:
        return texts.get(text_id, "")

    page = template(questions(), words, language)
    assert page[0][:2] == (("reference", "person") if language == "en" else ("référence", "personne"))
    assert any("Danger? [danger_now, contact_dangerous, neither]" in cell for cell in page[1])
    assert ("RI-01", "neither", "Neither") in guide(questions(), words)
    for content in (as_csv(page), as_xlsx({"x": page, "y": guide(questions(), words)})):
        assert [one.code for one in read_file(content, questions()).faults] == ["no-rows"]
