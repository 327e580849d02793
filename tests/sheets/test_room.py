"""The translators' room: what is refused at its door, by hand and by file; what goes out and comes back unchanged."""

import datetime as dt
import random
import shutil
import subprocess
import time
from io import BytesIO
from pathlib import Path

import polib
import pytest
from babel.messages.pofile import read_po as babel_reads
from babel.messages.pofile import write_po as babel_writes
from translate.storage.pypo import pofile as weblate_reads

from tests.sheets.seeding import seeded
from triage.flow.problems import Problem
from triage.sheets.library import Library
from triage.sheets.reviews import Reading, State
from triage.sheets.room.entry import open_problems, problems_at_entry, remarks_on_back_check
from triage.sheets.room.exchange import Sent, Taken, read_po, taken_from, written_po
from triage.sheets.room.revisions import Hindrance, Revision, Step
from triage.sheets.room.rooms import Next, Room
from triage.sheets.texts import LARGEST_CATALOGUE

AT = dt.datetime(2026, 11, 26, 7, 0, tzinfo=dt.UTC)
CALL = "sheet.danger.call"
CAUGHT_ALWAYS = ("placeholder", "number", "direction")


@pytest.fixture(scope="module")
def room(library: Library) -> Room:
    return Room(library)


def brought(room: Room, language: str, content: bytes) -> tuple[Taken, ...] | tuple[Problem, ...]:
    """What a file changes in a room, or its problems."""
    sent = read_po(language, content)
    return taken_from(room, sent) if isinstance(sent, Sent) else sent


def typed(text: str, words: str, language: str = "pl", source: str = "") -> Revision:
    return Revision(language, text, Step.WORDS, Reading("TW", AT.date(), "1"), AT, source, words)


@pytest.mark.parametrize("seed", [1, 2026, 77])
def test_of_200_seeded_errors_the_room_refuses_all_that_are_dangerous_and_nine_of_ten_over_all(
    room: Room, seed: int
) -> None:
    good = {text: one.words for text, one in room.shipped.editions["fr"].texts.by_id.items() if ".label." not in text}
    errors = seeded(good, seed)
    kept = [
        (kind, words)
        for kind, text, words in errors
        if not open_problems(problems_at_entry(room, "fr", text, words), "")
    ]
    assert len(errors) == 200
    assert [one for one in kept if one[0] in CAUGHT_ALWAYS] == []
    assert len(kept) <= 20


def test_a_file_with_dangerous_errors_is_refused_with_each_of_them(room: Room) -> None:
    good = {text: one.words for text, one in room.shipped.editions["fr"].texts.by_id.items() if ".label." not in text}
    left = [(text, words) for kind, text, words in seeded(good, 5) if kind in CAUGHT_ALWAYS]
    assert len(left) == 120
    while left:
        once = dict(reversed(left))  # one error of each text at a time
        catalogue = polib.pofile(written_po(room, "fr", AT))
        for text, words in once.items():
            catalogue.find(text).msgstr = words
        told = "".join(one.message for one in brought(room, "fr", str(catalogue).encode()) if isinstance(one, Problem))
        assert [text for text in once if f"`{text}`" not in told] == []
        left = [one for one in left if one not in once.items()]


def test_a_reason_answers_a_doubt_and_nothing_else(room: Room) -> None:
    doubts = problems_at_entry(
        room, "pl", "sheet.around.not-said", "Mówimy Ci, czy te osoby przyjmują wsparcie. Prosimy."
    )
    assert {one.code for one in doubts} == {"T007"}
    assert open_problems(doubts, " ") == doubts
    assert open_problems(doubts, "It says so in another way.") == ()
    lost = problems_at_entry(room, "pl", CALL, "Zadzwoń.")
    assert {one.code for one in open_problems(lost, "It is right.")} == {"T005"}


def test_words_that_were_put_back_are_compared_with_the_source(room: Room) -> None:
    assert remarks_on_back_check(room, CALL, room.source(CALL)) == ()
    assert {one.code for one in remarks_on_back_check(room, CALL, "Do not call 17.")} == {"T005", "T006", "T007"}


@pytest.mark.parametrize("language", ["fr", "pl", "ar", "zh"])
def test_a_file_that_nobody_touched_changes_nothing_whatever_program_saved_it(
    room: Room, language: str, tmp_path: Path
) -> None:
    written = written_po(room, language, AT)
    assert brought(room, language, written.encode()) == ()
    saved = BytesIO()
    babel_writes(saved, babel_reads(BytesIO(written.encode())), width=76)
    by_weblate = bytes(weblate_reads(BytesIO(written.encode())))
    for content in (saved.getvalue(), by_weblate):
        assert brought(room, language, content) == ()
        again = polib.pofile(content.decode())
        before = polib.pofile(written)
        assert {one.msgid: (one.msgstr, one.fuzzy) for one in again} == {
            one.msgid: (one.msgstr, one.fuzzy) for one in before
        }
        assert again.metadata["Plural-Forms"] == before.metadata["Plural-Forms"]


@pytest.mark.skipif(
    shutil.which("msgcat") is None, reason="GNU gettext, on which Poedit stands, is not on this machine"
)
def test_a_file_passes_through_gnu_gettext_as_poedit_saves_it(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "sheets.po"
    path.write_text(written_po(room, "ar", AT), encoding="utf-8")
    subprocess.run(["msgfmt", "--check", "-o", str(tmp_path / "sheets.mo"), str(path)], check=True)
    saved = subprocess.run(["msgcat", "--sort-by-file", str(path)], check=True, capture_output=True).stdout
    assert brought(room, "ar", saved) == ()


def test_a_file_says_where_a_text_is_used_what_it_was_made_from_and_what_must_be_translated_anew(
    library: Library,
) -> None:
    stale = Room(library, (typed(CALL, "Dzwoń: {emergency}.", source="Ring {emergency}."),))
    entry = polib.pofile(written_po(stale, "pl", AT)).find(CALL)
    assert (entry.fuzzy, entry.comment, entry.tcomment) == (
        True, stale.source(CALL), "It was made from: Ring {emergency}.",
    )  # fmt: skip
    assert entry.occurrences == [("safety/danger", "")]
    assert not polib.pofile(written_po(Room(library), "pl", AT)).find(CALL).fuzzy


def test_the_same_words_said_to_hold_beside_the_new_english_are_a_new_translation(library: Library) -> None:
    stale = Room(library, (typed(CALL, "Dzwoń: {emergency}.", source="Ring {emergency}."),))
    catalogue = polib.pofile(written_po(stale, "pl", AT + dt.timedelta(seconds=1)))
    assert brought(stale, "pl", str(catalogue).encode()) == ()
    catalogue.find(CALL).flags = []
    (taken,) = brought(stale, "pl", str(catalogue).encode())
    assert (taken.text, taken.source) == (CALL, stale.source(CALL))


def with_words(written: str, words: str) -> str:
    catalogue = polib.pofile(written)
    catalogue.find(CALL).msgstr = words
    return str(catalogue)


HOSTILE = {
    "a broken placeholder": (lambda po: with_words(po, "Zadzwoń: {emergency."), "T005"),
    "markup": (lambda po: with_words(po, "Zadzwoń: <b>{emergency}</b>."), "T009"),
    "a hidden direction mark": (lambda po: with_words(po, "Zadzwoń: \u202e{emergency}."), "T008"),
    "a text of 15,000 signs": (lambda po: with_words(po, "a" * 15_000), "T010"),
    "another number": (lambda po: with_words(po, "Zadzwoń 17: {emergency}."), "T006"),
    "wrong plural forms": (lambda po: po.replace("nplurals=3", "nplurals=2"), "T011"),
    "plural forms of a text": (lambda po: po + '\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n', "T011"),
    "another language": (lambda po: po.replace('"Language: pl', '"Language: fr'), "F004"),
    "no language": (lambda po: po.replace('"Language: pl\\n"\n', ""), "F004"),
    "an unknown text": (lambda po: po + '\nmsgid "sheet.x"\nmsgstr "Tak"\n', "T012"),
    "a text twice": (lambda po: po + f'\nmsgid "{CALL}"\nmsgstr "Dzwoń"\n', "F005"),
    "nothing": (lambda _po: "", "F001"),
    "no catalogue": (lambda _po: "PK\x03\x04\nabc\n", "F001"),
    "a name of a file": (lambda _po: "/etc/hostname", "F001"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_with_the_text_and_the_reason(room: Room, kind: str) -> None:
    spoil, code = HOSTILE[kind]
    found = brought(room, "pl", spoil(written_po(room, "pl", AT)).encode())
    assert code in {one.code for one in found if isinstance(one, Problem)}, found
    assert all(isinstance(one, Problem) and one.message for one in found)


def test_a_change_that_does_not_say_its_source_or_had_another_one_is_refused(room: Room) -> None:
    for comment in ("", "Ring {emergency}."):
        catalogue = polib.pofile(with_words(written_po(room, "pl", AT), "Zadzwoń na: {emergency}."))
        catalogue.find(CALL).comment = comment
        assert [one.code for one in brought(room, "pl", str(catalogue).encode()) if isinstance(one, Problem)] == [
            "T013"
        ]


def test_a_file_without_its_time_overwrites_nothing_that_was_typed_here(library: Library) -> None:
    busy = Room(library, (typed(CALL, "Dzwoń: {emergency}.", source=library.editions["en"].texts.words(CALL)),))
    catalogue = polib.pofile(with_words(written_po(busy, "pl", AT + dt.timedelta(hours=1)), "Zadzwoń na: {emergency}."))
    (taken,) = brought(busy, "pl", str(catalogue).encode())
    assert taken.text == CALL
    del catalogue.metadata["X-Cairn-Written"]
    assert [one.code for one in brought(busy, "pl", str(catalogue).encode()) if isinstance(one, Problem)] == ["T018"]


def test_whatever_arrives_as_a_file_the_answer_is_problems_or_nothing(room: Room) -> None:
    good, chance = written_po(room, "pl", AT)[:6000].encode(), random.Random(7)
    for content in (
        b"\xff\xfe",
        b"\0\n",
        b"a" * (LARGEST_CATALOGUE + 1),
        b'msgid "\\\n',
        b'msgstr[9] "a"\n',
        b"#~\n#|\n",
    ):
        assert all(isinstance(one, Problem) for one in brought(room, "pl", content))
    for _ in range(300):
        spoiled = bytearray(good)
        for _ in range(chance.randrange(1, 6)):
            place = chance.randrange(len(spoiled))
            spoiled[place : place + chance.randrange(3)] = bytes(
                chance.choices(b'"\\\n#:msgid[]{}0\xd7\xff', k=chance.randrange(4))
            )
        brought(room, "pl", bytes(spoiled))


HEADER = b'msgid ""\nmsgstr "Language: pl\\n"\n'
SLOW = {
    "lines of one entry": HEADER + b'msgid "a"\nmsgstr ""\n' + b'"aaaa"\n' * 280_000,
    "blank lines between them": HEADER + b'msgid "a"\nmsgstr ""\n' + b'"aaaa"\n\n' * 9_000,
    "comments": HEADER + b"#. a\n" * 19_000,
    "an entry that begins anew": HEADER + b'#. a\nmsgid "a"\n' * 9_000,
    "a comment that speaks of words": HEADER + b"#. msgstr \n" * 19_000,
    "one line": HEADER + b'msgid "a"\nmsgstr "' + b"a" * 1_900_000 + b'"\n',
    "a header without names": b'msgid ""\nmsgstr "Language: pl\\n' + b"a\\n" * 600_000 + b'"\n',
    "many lines": HEADER + b"\n" * 20_000,
}
PLURAL = b'msgid ""\nmsgstr "Language: pl\\nPlural-Forms: nplurals=%b; plural=%bx;\\n"\n'


@pytest.mark.parametrize("kind", SLOW)
def test_a_file_that_takes_long_to_read_is_refused_before_it_is_read(kind: str) -> None:
    before = time.process_time()
    (refused,) = read_po("pl", SLOW[kind])
    assert time.process_time() - before < 0.5
    assert refused.code == "F001"
    assert "at most" in refused.message


@pytest.mark.parametrize(("count", "rule"), [(b"3", b" " * 15_000), (b"3", b"(" * 15_000), (b"9" * 5_000, b"0")])
def test_a_long_rule_of_plurals_is_refused_at_once(count: bytes, rule: bytes) -> None:
    before = time.process_time()
    refused = read_po("pl", PLURAL % (count, rule))
    assert [one.code for one in refused if isinstance(one, Problem)] == ["T011"]
    assert time.process_time() - before < 0.5


TERM = "term.coercive-control"


def test_a_term_takes_the_steps_of_a_text_and_stands_on_no_sheet(library: Library) -> None:
    who = {name: Reading(name, AT.date(), name) for name in ("TW", "RS", "AP")}
    source = Room(library).source(TERM)
    assert source.startswith("coercive control: ")

    def after(*steps: tuple[Step, str]) -> Room:
        words = "kontrola przez strach"
        return Room(library, tuple(Revision("pl", TERM, step, who[one], AT, source, words) for step, one in steps))

    typed_anew = after((Step.WORDS, "TW"))
    shipped = library.catalogue.languages["pl"].terms["coercive control"]
    assert typed_anew.terms_in_force("pl")["coercive control"] == shipped
    assert typed_anew.next_of("pl", TERM) is Next.REVIEW
    assert typed_anew.hindrance("pl", TERM, Step.REVIEWED, who["TW"]) is Hindrance.OWN_WORDS
    reviewed = after((Step.WORDS, "TW"), (Step.REVIEWED, "RS"))
    assert reviewed.hindrance("pl", TERM, Step.APPROVED, who["RS"]) is Hindrance.REVIEWED_BY_THEM
    assert reviewed.hindrance("pl", TERM, Step.APPROVED, who["AP"]) is None
    approved = after((Step.WORDS, "TW"), (Step.REVIEWED, "RS"), (Step.APPROVED, "AP"))
    assert approved.state("pl", TERM) is State.APPROVED
    assert approved.terms_in_force("pl")["coercive control"] == "kontrola przez strach"
    assert TERM not in approved.in_force.editions["pl"].texts.by_id
    assert TERM not in written_po(approved, "pl", AT)


def test_a_term_may_name_what_is_not_said_but_holds_no_hidden_sign_and_no_markup(room: Room) -> None:
    assert problems_at_entry(room, "pl", "term.honour", "nie mówimy: honor") == ()
    codes = {
        words: {one.code for one in problems_at_entry(room, "pl", TERM, words)}
        for words in ("kontrola\u202e", "<b>kontrola</b>", " ", "k" * 601)
    }
    assert list(codes.values()) == [{"T008"}, {"T009"}, {"T010"}, {"T010"}]
