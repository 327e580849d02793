"""Sealed values open in their own place with their own key, and nowhere else."""

import base64
import re
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from tests.casework.small_service import House, Staffed, words
from tests.databases.engines import at_the_database, bytes_kept, drop_refusal
from triage.cases.model import CaseView
from triage.casework.assessments import read, record_answer
from triage.casework.results import Recorded
from triage.store.data_keys import PROGRAMME, DataKeys
from triage.store.keys import FILES, Keyring, create_keys, read_keys
from triage.store.sealing import Place, Unreadable, new_data_key, open_bytes, seal, unseal

KEY = new_data_key()
HERE = Place("answers", "content", "row", UUID(int=1), "programme-A|1|P")
SEALED = seal(KEY, HERE, {"text": "words"})


def test_the_cipher_is_the_published_one() -> None:
    # McGrew and Viega, "The Galois/Counter Mode of Operation", test case 14 (AES-256).
    sealed = AESGCM(bytes(32)).encrypt(bytes(12), bytes(16), None)
    assert sealed.hex() == "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"


def test_a_value_opens_where_it_was_sealed() -> None:
    assert unseal(KEY, HERE, SEALED) == {"text": "words"}


@pytest.mark.parametrize(
    "place",
    [
        Place("acts", "content", "row", UUID(int=1), "programme-A|1|P"),
        Place("answers", "other", "row", UUID(int=1), "programme-A|1|P"),
        Place("answers", "content", "other", UUID(int=1), "programme-A|1|P"),
        Place("answers", "content", "row", UUID(int=2), "programme-A|1|P"),
        Place("answers", "content", "row", UUID(int=1), "programme-B|1|P"),
        Place("answers", "content", "row", UUID(int=1), "programme-A|1|V"),
    ],
)
def test_a_value_moved_to_another_place_does_not_open(place: Place) -> None:
    with pytest.raises(Unreadable):
        unseal(KEY, place, SEALED)


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(Unreadable):
        unseal(new_data_key(), HERE, SEALED)


@pytest.mark.parametrize("position", range(len(SEALED)))
def test_a_value_with_one_byte_changed_does_not_open(position: int) -> None:
    changed = bytearray(SEALED)
    changed[position] ^= 1
    with pytest.raises(Unreadable):
        unseal(KEY, HERE, bytes(changed))


@given(st.binary(max_size=120) | st.binary(max_size=60).map(lambda rest: SEALED[:12] + rest))
def test_what_is_no_sealed_value_does_not_open(rubbish: bytes) -> None:
    with pytest.raises(Unreadable):
        open_bytes(KEY, HERE, rubbish)


def test_nonces_do_not_repeat_and_lengths_tell_little() -> None:
    sealed = [seal(KEY, HERE, {"non_answer": "NK"}) for _time in range(20_000)]
    assert len({value[12:24] for value in sealed}) == len(sealed)
    assert len(seal(KEY, HERE, {"text": "a longer answer than that"})) == len(sealed[0])


def test_a_key_that_was_not_opened_for_a_reader_is_not_there() -> None:
    keys = DataKeys(uuid4(), {PROGRAMME: KEY})
    assert keys.for_desk("programme-A") is KEY
    with pytest.raises(Unreadable):
        keys.for_desk("support-A")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE answers SET desk = 'panel'",
        "UPDATE answers SET compartment = 'S'",
        "UPDATE answers SET sequence = 7",
        "UPDATE answers SET recorded_on = '2020-01-01'",
        "UPDATE answers SET content = (SELECT content FROM persons LIMIT 1)",
        "UPDATE data_keys SET wrapped = (SELECT wrapped FROM data_keys LIMIT 1)",
    ],
)
def test_a_row_changed_in_the_file_is_not_read(house: House, staffed: Staffed, change: str) -> None:
    record_answer(house.service, staffed.worker, staffed.id, 0, words("something"))
    pia = house.lead("Pia")
    with at_the_database(house.folder) as connection:
        drop_refusal(connection, "answers", "update")
        connection.exec_driver_sql(change)
    with pytest.raises(Unreadable):
        read(house.service, pia, staffed.id)


MARKERS = tuple(f"marker{number:02d}zx" for number in range(50))


def test_nothing_anybody_said_can_be_found_in_the_files(house: House) -> None:
    """Fifty markers in every text field; the database and its log hold none, in any of three encodings."""
    said = iter(MARKERS)
    worker = house.intake(next(said))
    case_id = house.open_case(worker, (next(said), next(said)), next(said))
    for version, marker in enumerate(said):
        new = words(marker, source="SELF", contact=f"{marker}c", by="")
        assert isinstance(record_answer(house.service, worker, case_id, version, new, f"key {marker}"), Recorded)
    view = read(house.service, worker, case_id)
    assert isinstance(view, CaseView)
    assert [answer.text for answer in view.record.answers] == list(MARKERS[4:])
    kept = bytes_kept(house.folder)
    assert b"programme-" in kept, "what is kept in the clear is not found either"
    for marker in (*MARKERS, "WD-01", "Court service", "1990-05-01"):
        for form in (marker.encode(), marker.encode("utf-16-le"), base64.b64encode(marker.encode())[:-2]):
            assert form not in kept, marker
    assert not re.search(rb"marker\d\d", kept)


def test_keys_are_written_once_readable_by_the_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    assert len(create_keys(folder)) == len(FILES)
    first = read_keys(folder)
    assert create_keys(folder) == ()
    assert isinstance(first, Keyring)
    assert first.support.secret == read_keys(folder).support.secret
    assert {oct(path.stat().st_mode & 0o777) for path in folder.iterdir()} == {"0o400"}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_key_never_shows_itself(tmp_path: Path) -> None:
    create_keys(tmp_path / "keys")
    ring = read_keys(tmp_path / "keys")
    assert "secret" not in repr(ring)
    assert "secret" not in repr(KEY)


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (lambda path: path.unlink(), "key-missing"),
        (lambda path: path.chmod(0o440), "key-exposed"),
        (lambda path: path.chmod(0o404), "key-exposed"),
        (lambda path: _write(path, b"short"), "key-weak"),
        (lambda path: _write(path, base64.b64encode(bytes(32))), "key-weak"),
        (lambda path: _write(path, b"\xff" * 44), "key-weak"),
        (lambda path: _write(path, (path.parent / "programme.key").read_bytes()), "key-repeated"),
    ],
)
def test_keys_that_are_not_in_order_are_named(tmp_path: Path, spoil: object, name: str) -> None:
    folder = tmp_path / "keys"
    create_keys(folder)
    spoil(folder / "support.key")
    problems = read_keys(folder)
    assert isinstance(problems, tuple)
    assert [problem.split(":")[0] for problem in problems] == [name]


def _write(path: Path, content: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(content)
    path.chmod(0o400)
