"""Translations typed, read and approved here: two people, the safety class put back, nothing used before."""

from dataclasses import replace

import polib
import pytest
from sqlalchemy import Connection
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError

from tests.casework.small_service import TODAY, House
from tests.databases.engines import at_the_database
from triage.cases.roles import Actor, Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework.results import Recorded
from triage.casework.sheets.library import library_of
from triage.casework.sheets.translating import (
    NO_REASON,
    SAME,
    Imported,
    MovedOn,
    NewStep,
    NotTaken,
    export_po,
    import_po,
    room_of,
    take_step,
)
from triage.sheets.composing import Sheet, compose
from triage.sheets.library import SheetKey
from triage.sheets.model import Form
from triage.sheets.reviews import State
from triage.sheets.room.revisions import Hindrance, Step
from triage.sheets.room.rooms import Next
from triage.store.sealing import Unreadable

TEXT, PLAIN = "sheet.danger.call", "sheet.danger.heading"
NEW = "Zadzwoń: {emergency}."


@pytest.fixture
def three(house: House) -> tuple[Actor, Actor, Actor]:
    """A translator and two reviewers."""
    return (
        house.hire("Tomek Wist", Role.TRANSLATOR, Side.INDEPENDENT),
        house.hire("Nadia Bell", Role.REVIEWER, Side.INDEPENDENT),
        house.hire("Nora Blum", Role.REVIEWER, Side.INDEPENDENT),
    )


def take(house: House, actor: Actor, step: Step, text: str = TEXT, **more: str) -> object:
    seen = room_of(house.service).standing("pl", text).count
    return take_step(house.service, actor, NewStep("pl", text, step, seen, **more))


def approve(house: House, three: tuple[Actor, Actor, Actor], words: str = NEW) -> None:
    writer, first, second = three
    assert isinstance(take(house, writer, Step.WORDS, words=words), Recorded)
    assert isinstance(take(house, first, Step.REVIEWED), Recorded)
    assert isinstance(take(house, second, Step.PUT_BACK, words="Call {emergency}."), Recorded)
    assert isinstance(take(house, second, Step.APPROVED), Recorded)


def words_in_force(house: House) -> str:
    return library_of(house.service).editions["pl"].texts.words(TEXT)


def test_what_is_typed_is_used_once_two_others_read_it_and_it_was_put_back(
    house: House, three: tuple[Actor, Actor, Actor]
) -> None:
    before = words_in_force(house)
    writer, first, second = three
    for actor, step, more, waits in (
        (writer, Step.WORDS, {"words": NEW}, Next.REVIEW),
        (first, Step.REVIEWED, {}, Next.PUT_BACK),
        (second, Step.PUT_BACK, {"words": "Call {emergency}."}, Next.APPROVE),
    ):
        assert isinstance(take(house, actor, step, **more), Recorded)
        assert room_of(house.service).next_of("pl", TEXT) is waits
        assert words_in_force(house) == before
    assert isinstance(take(house, second, Step.APPROVED), Recorded)
    library = library_of(house.service)
    assert words_in_force(house) == NEW
    assert library.text_state(library.editions["pl"], TEXT) is State.APPROVED


def test_initials_of_the_second_reader_stand_on_the_sheet_and_a_sheet_is_what_its_least_text_is(
    house: House, three: tuple[Actor, Actor, Actor]
) -> None:
    approve(house, three)
    made = compose(library_of(house.service), SheetKey("vs", "uk", "pl", Form.STANDARD), TODAY)
    assert isinstance(made, Sheet)
    assert made.state is State.DRAFT
    assert "NB" in str(made.footer)  # both reviewers have these initials, and are two people all the same


def test_what_is_approved_and_found_wrong_is_a_draft_at_once_and_stays_in_the_course(
    house: House, three: tuple[Actor, Actor, Actor]
) -> None:
    approve(house, three)
    assert take(house, three[0], Step.SENT_BACK) == NotTaken(lacks=NO_REASON)
    assert isinstance(take(house, three[0], Step.SENT_BACK, reason="It is too rude."), Recorded)
    library, room = library_of(house.service), room_of(house.service)
    assert library.text_state(library.editions["pl"], TEXT) is State.DRAFT
    assert room.next_of("pl", TEXT) is Next.TRANSLATE
    assert [one.step for one in room.standing("pl", TEXT).steps][-1] is Step.SENT_BACK


def test_an_error_found_in_french_takes_its_sheets_from_print(house: House, three: tuple[Actor, Actor, Actor]) -> None:
    key = SheetKey("vs", "fr", "fr", Form.STANDARD)
    assert library_of(house.service).state(key) is State.SOURCE
    new = NewStep("fr", TEXT, Step.SENT_BACK, 0, reason="It says the wrong thing.")
    assert isinstance(take_step(house.service, three[0], new), Recorded)
    assert library_of(house.service).state(key) is State.DRAFT


@pytest.mark.parametrize(
    ("who", "step", "why"),
    [
        (0, Step.REVIEWED, Hindrance.OWN_WORDS), (0, Step.PUT_BACK, Hindrance.OWN_WORDS),
        (1, Step.PUT_BACK, Hindrance.NOT_REVIEWED), (1, Step.APPROVED, Hindrance.NOT_REVIEWED),
    ],
)  # fmt: skip
def test_nobody_reads_their_own_words_and_the_order_stands(
    house: House, three: tuple[Actor, Actor, Actor], who: int, step: Step, why: Hindrance
) -> None:
    take(house, three[0], Step.WORDS, words=NEW)
    assert take(house, three[who], step, words="Call {emergency}.") == NotTaken(hindrance=why)


def test_who_reviewed_does_not_go_on_and_a_text_of_the_safety_class_is_put_back_first(
    house: House, three: tuple[Actor, Actor, Actor]
) -> None:
    take(house, three[0], Step.WORDS, words=NEW)
    take(house, three[1], Step.REVIEWED)
    for step in (Step.PUT_BACK, Step.APPROVED):
        assert take(house, three[1], step, words="Call.") == NotTaken(hindrance=Hindrance.REVIEWED_BY_THEM)
    assert take(house, three[2], Step.APPROVED) == NotTaken(hindrance=Hindrance.NO_BACK_CHECK)
    refused = take(house, three[0], Step.APPROVED)
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NOT_YOUR_ROLE


def test_nobody_else_takes_a_step_and_two_do_not_take_the_same(house: House, three: tuple[Actor, Actor, Actor]) -> None:
    worker = house.intake()
    for step in Step:
        assert isinstance(take(house, worker, step, words=NEW, reason="Because."), Refused)
    assert isinstance(import_po(house.service, worker, "pl", b"\n"), Refused)
    new = NewStep("pl", TEXT, Step.WORDS, 0, words=NEW)
    assert isinstance(take_step(house.service, three[0], new), Recorded)
    assert take_step(house.service, three[1], replace(new, words=NEW + " ")) == MovedOn()
    assert take(house, three[0], Step.WORDS, words=NEW) == NotTaken(lacks=SAME)
    for language, text in (("en", TEXT), ("xx", TEXT), ("pl", "sheet.no.such")):
        nowhere = NewStep(language, text, Step.WORDS, 0, words=NEW)
        assert isinstance(take_step(house.service, three[0], nowhere), Refused)


def test_a_file_comes_back_whole_or_not_at_all(house: House, three: tuple[Actor, Actor, Actor]) -> None:
    written = export_po(house.service, "pl")
    assert import_po(house.service, three[0], "pl", written.encode()) == Imported(0)
    house.clock.wait(seconds=5)
    changed = polib.pofile(written)
    changed.find(TEXT).msgstr, changed.find(PLAIN).msgstr = NEW, "W niebezpieczeństwie {emergency}"
    refused = import_po(house.service, three[0], "pl", str(changed).encode())
    assert isinstance(refused, NotTaken)
    assert [one.code for one in refused.problems] == ["T005"]
    assert PLAIN in refused.problems[0].message
    assert room_of(house.service).standing("pl", TEXT).count == 0
    changed.find(PLAIN).msgstr = "Gdy jest niebezpiecznie"
    assert import_po(house.service, three[0], "pl", str(changed).encode()) == Imported(2)
    assert room_of(house.service).next_of("pl", TEXT) is Next.REVIEW
    changed.find(TEXT).msgstr = "Zadzwoń na: {emergency}."
    late = import_po(house.service, three[1], "pl", str(changed).encode())
    assert isinstance(late, NotTaken)
    assert [one.code for one in late.problems] == ["T018"]


def test_while_a_file_is_read_others_write_and_what_they_typed_is_not_overwritten(
    house: House, three: tuple[Actor, Actor, Actor]
) -> None:
    class Slow(bytes):
        """A file during whose reading a colleague types."""

        def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
            assert isinstance(take(house, three[1], Step.WORDS, words="Dzwoń na: {emergency}."), Recorded)
            return super().decode(encoding, errors)

    changed = polib.pofile(export_po(house.service, "pl"))
    house.clock.wait(seconds=5)
    changed.find(TEXT).msgstr = NEW
    late = import_po(house.service, three[0], "pl", Slow(str(changed).encode()))
    assert isinstance(late, NotTaken)
    assert [one.code for one in late.problems] == ["T018"]
    assert room_of(house.service).standing("pl", TEXT).count == 1


def test_the_database_keeps_every_step_as_it_was_and_a_word_changed_in_the_file_opens_nothing(
    house: House, three: tuple[Actor, Actor, Actor]
) -> None:
    approve(house, three)
    with at_the_database(house.folder) as connection:
        for change in ("UPDATE translation_steps SET at = 0", "DELETE FROM translation_steps"):
            with pytest.raises(DBAPIError, match="append-only"), connection.begin_nested():
                connection.execute(sql(change))
        row = connection.execute(sql("SELECT content FROM translation_steps WHERE sequence = 1")).scalar_one()
        for trigger in _triggers(connection):
            connection.execute(sql(trigger))
        spoiled = bytes(row[:-1]) + bytes([row[-1] ^ 1])
        connection.execute(sql("UPDATE translation_steps SET content = :it WHERE sequence = 1"), {"it": spoiled})
        connection.commit()
    with pytest.raises(Unreadable):
        library_of(house.service)


def _triggers(connection: Connection) -> tuple[str, ...]:
    if connection.dialect.name == "sqlite":
        return ("DROP TRIGGER translation_steps_refuses_update",)
    return ("DROP TRIGGER translation_steps_refuses_update ON translation_steps",)
