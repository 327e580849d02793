"""A sheet is whole and of one language, says nothing of a case, and names helplines of one side only."""

import datetime as dt
import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from tests.sheets.small import TODAY, copied, read, say
from triage.sheets.composing import Refused, Sheet, compose, not_checked_lately
from triage.sheets.library import Library, NoSuchSheet, SheetKey, core_texts
from triage.sheets.listing import lines_to_check
from triage.sheets.merging import MERGE_FIELDS, Merged, Provider, SafeName, TypedHere
from triage.sheets.model import (
    COUNTRIES,
    BothSides,
    Form,
    Kind,
    LinesOfOneSide,
    NotAValue,
    Role,
    Side,
    Typed,
)
from triage.sheets.reviews import Reading, Review, State, fingerprint, state_of
from triage.sheets.translating import PLACEHOLDER

VS = SheetKey("vs", "uk", "en", Form.STANDARD)
EVERYTHING = Merged(
    SafeName(TypedHere("Noor"), said_safe_by="worker-1"),
    dt.datetime(2026, 12, 3, 14, 30),  # noqa: DTZ001 - an appointment is told by the clock on the wall
    Provider("Open Door", "0117 496 0000", "office@example.org"),
)


def told(sheet: Sheet) -> str:
    """Everything a sheet says, values in their place."""
    lines = [line for section in sheet.sections for line in section.lines] + list(sheet.footer)
    words = ["".join(piece if isinstance(piece, str) else piece.text for piece in line) for line in lines]
    return "\n".join([sheet.heading, *(section.heading for section in sheet.sections), *words])


def sheet_of(library: Library, key: SheetKey, merged: Merged | None = None) -> Sheet:
    found = compose(library, key, TODAY, merged or Merged())
    assert isinstance(found, Sheet), found
    return found


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_sheet_is_there_in_both_languages_every_form_and_both_countries(library: Library, language: str) -> None:
    for name, definition in library.catalogue.sheets.items():
        for country in COUNTRIES:
            for form in Form:
                sheet = sheet_of(library, SheetKey(name, country, language, form))
                roles = {library.catalogue.parts[part].says for part in definition.parts}
                assert set(Role) <= roles, name
                assert (sheet.state, sheet.draft) == (State.SOURCE, "")
                assert any(section.helplines for section in sheet.sections), name
                assert PLACEHOLDER.search(told(sheet)) is None


def test_every_audience_of_the_specification_has_a_sheet(library: Library) -> None:
    audiences = {sheet.audience for sheet in library.catalogue.sheets.values()}
    assert audiences == {
        "using-harm", "victim-survivor", "either-person", "referrer", "child-5-8", "child-9-12", "young-13-17",
        "young-using-harm", "relative", "community-leader",
    }  # fmt: skip


def test_one_missing_text_refuses_the_whole_sheet_and_never_mixes(tmp_path: Path) -> None:
    flows, locales = copied(tmp_path)
    say(locales, "fr", "sheet.yours.fault", "")
    found = compose(read(flows, locales), replace(VS, language="fr"), TODAY)
    assert isinstance(found, Refused)
    assert found.texts == ("sheet.yours.fault",)


def test_no_text_of_another_language_stands_on_a_sheet(library: Library) -> None:
    english = {one.words for one in library.editions["en"].texts.by_id.values() if len(one.words.split()) > 3}
    for language, edition in library.editions.items():
        if language != "en":
            assert [one.words for one in edition.texts.by_id.values() if one.words in english] == []


def test_a_text_that_cannot_be_trusted_gives_no_sheet(tmp_path: Path) -> None:
    flows, locales = copied(tmp_path)
    say(locales, "fr", "sheet.danger.call", "Appelez le 18.")
    library = read(flows, locales)
    assert library.state(replace(VS, language="fr")) is State.REFUSED
    found = compose(library, replace(VS, language="fr"), TODAY)
    assert isinstance(found, Refused)
    assert found.texts == ("sheet.danger.call",)


def test_values_are_merged_only_when_they_are_given(library: Library) -> None:
    bare, full = told(sheet_of(library, VS)), told(sheet_of(library, VS, EVERYTHING))
    for words in ("For Noor.", "03/12/2026 at 14:30", "0117 496 0000", "office@example.org"):
        assert words in full
        assert words not in bare


def test_the_version_says_nothing_of_the_reader(library: Library) -> None:
    assert sheet_of(library, VS).version == sheet_of(library, VS, EVERYTHING).version
    assert sheet_of(library, VS).version != sheet_of(library, replace(VS, country="fr")).version


def test_nothing_of_a_case_has_a_way_into_a_sheet(library: Library) -> None:
    assert {field.name for field in fields(Merged)} == {"first_name", "appointment", "provider"}
    assert {field.name for field in fields(Provider)} == {"name", "phone", "mail"}
    assert set(EVERYTHING.values()) == MERGE_FIELDS
    asked = {
        name
        for edition in library.editions.values()
        for text, one in edition.texts.by_id.items()
        if not text.startswith("sheet.label.")
        for name in PLACEHOLDER.findall(one.words)
    }
    assert asked <= MERGE_FIELDS | library.catalogue.values.keys()


def test_a_name_needs_somebody_who_said_that_it_is_safe() -> None:
    with pytest.raises(ValueError, match="safe"):
        SafeName(TypedHere("Noor"), said_safe_by=" ")


@pytest.mark.parametrize("text", ["", " ", "0808\u202e123", "a\nb", "x" * 121, "\u200b"])
def test_a_typed_value_holds_only_what_can_be_seen(text: str) -> None:
    with pytest.raises(NotAValue):
        Typed(Kind.PHONE, text)


def test_lines_of_both_sides_cannot_stand_together(library: Library) -> None:
    lines = library.catalogue.helplines
    with pytest.raises(BothSides):
        LinesOfOneSide(Side.HARM, lines)


def test_no_sheet_names_helplines_of_both_sides(library: Library) -> None:
    sides = {line.phone: line.side for line in library.catalogue.helplines}
    for name, definition in library.catalogue.sheets.items():
        for country in COUNTRIES:
            sheet = sheet_of(library, SheetKey(name, country, "en", Form.STANDARD))
            named = {sides[line.phone.text] for section in sheet.sections for line in section.helplines}
            in_words = {side for phone, side in sides.items() if re.search(rf"(?<!\d){phone}(?!\d)", told(sheet))}
            assert not {Side.HARM, Side.AFFECTED} <= named | in_words, name
            assert named <= {definition.side, Side.NEUTRAL}


def test_a_line_is_checked_before_publication_after_six_months(library: Library) -> None:
    line = library.catalogue.helplines[0]
    day = line.verified_on
    assert day is not None
    assert not not_checked_lately(line, day + dt.timedelta(days=183))
    assert not_checked_lately(line, day + dt.timedelta(days=184))
    assert not_checked_lately(replace(line, verified_on=None), day)
    assert not_checked_lately(line, day - dt.timedelta(days=1)), "a day that is yet to come is a mistake"


def test_a_line_that_nobody_checked_is_shown_to_staff_and_not_printed(library: Library) -> None:
    sheet = sheet_of(library, VS)
    shown = [line for section in sheet.sections for line in section.helplines]
    printed = [line for section in sheet.for_print().sections for line in section.helplines]
    to_check = lines_to_check(library.catalogue, "uk", TODAY, "vs")
    assert "0808 802 1414" in {line.phone for line in to_check}
    assert [line.phone.text for line in shown if line.check_first] == [line.phone for line in to_check]
    assert printed == [line for line in shown if not line.check_first]


SOURCE, OTHER = "Call {emergency}.", "Appelez le {emergency}."
ONE, TWO = Reading("NB", dt.date(2026, 12, 1)), Reading("KT", dt.date(2026, 12, 3))
READ = Review(fingerprint(SOURCE), fingerprint(OTHER), ONE)
STATES = {
    "not there": (State.MISSING, "", SOURCE, READ),
    "nobody read it": (State.DRAFT, OTHER, SOURCE, None),
    "one person read it": (State.REVIEWED, OTHER, SOURCE, READ),
    "two people, no back-check": (State.REVIEWED, OTHER, SOURCE, replace(READ, approved=TWO)),
    "two people and a back-check": (State.APPROVED, OTHER, SOURCE, replace(READ, approved=TWO, back_check="Call.")),
    "one person twice": (State.REVIEWED, OTHER, SOURCE, replace(READ, approved=ONE, back_check="Call.")),
    "the translation changed": (State.DRAFT, OTHER + " Vite.", SOURCE, replace(READ, approved=TWO, back_check="Call.")),
    "the source changed": (State.STALE, OTHER, "Call.", replace(READ, approved=TWO, back_check="Call.")),
}


@pytest.mark.parametrize(("state", "translation", "made_from", "review"), STATES.values(), ids=STATES)
def test_a_text_is_approved_by_two_people_and_loses_it_with_any_change(
    state: State, translation: str, made_from: str, review: Review | None
) -> None:
    assert state_of(SOURCE, translation, made_from, review, safety=True) is state


def test_a_review_of_an_older_source_is_stale_without_any_comment() -> None:
    review = replace(READ, source=fingerprint("Call them."), approved=TWO, back_check="Call.")
    assert state_of(SOURCE, OTHER, "", review, safety=True) is State.STALE


def test_a_comment_whose_lines_were_broken_by_a_program_is_the_same_text() -> None:
    assert state_of(SOURCE, OTHER, "Call\n{emergency}.", READ, safety=True) is State.REVIEWED


def test_only_what_is_final_may_be_printed() -> None:
    assert {state for state in State if state.final} == {State.SOURCE, State.APPROVED}


def test_the_core_set_is_what_is_translated_first(library: Library) -> None:
    core = {name for name, sheet in library.catalogue.sheets.items() if sheet.core}
    assert core == {"vs", "vs-res", "safety-insert", "undetermined", "behaviour-change", "first-help", "child-9-12"}
    texts = core_texts(library.catalogue)
    assert "sheet.yours.fault" in texts
    assert not {text for text in texts if text.endswith(".easy")}


@pytest.mark.parametrize(
    ("audience", "pathway", "near"),
    [("victim", "O-VS", "victim-survivor"), ("using-harm", "O-BC-GRB", "O-BC-GRP"), ("referrer", "O-VS", "received")],
)
def test_a_sheet_that_is_not_there_is_told_with_what_is_near(
    library: Library, audience: str, pathway: str, near: str
) -> None:
    with pytest.raises(NoSuchSheet, match=near):
        library.sheet(audience, pathway)


def test_a_sheet_is_found_by_each_of_its_outcomes(library: Library) -> None:
    for sheet in library.catalogue.sheets.values():
        for word in (sheet.pathway, *sheet.outcomes):
            assert library.sheet(sheet.audience, word.lower()) is sheet
