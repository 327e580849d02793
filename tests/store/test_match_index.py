"""The index is keyed and sealed: no value, no case and no person can be read in it without match.key."""

import base64
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from tests.casework.matching.pairs_of_people import CLAIRE, HER_SAYING, SAMIR, Two, referral
from tests.casework.small_service import House
from tests.databases.engines import bytes_kept
from triage.cases.matching.tokens import Token, tokens_of
from triage.casework.matching.searching import search_held_cases
from triage.casework.service import RULES
from triage.store.data_keys import INSTALLATION
from triage.store.keys import Key, kid_of
from triage.store.matching.subjects import HANDLE_BYTES, TOKEN_BYTES, MatcherDown, find_subject, keyed, match_key
from triage.store.sealing import Place, seal, unseal
from triage.store.tables import match_sides, match_subjects, match_tokens, matches


def rows_of(house: House) -> bytes:
    with house.service.reading(RULES) as work:
        found = [row for table in (match_tokens, match_subjects) for row in work.connection.execute(select(table))]
        found += list(work.connection.execute(select(match_sides.c.case_index)))
        found += list(work.connection.execute(select(matches.c.content)))
    return b"|".join(value for row in found for value in row)


def test_no_value_and_no_case_stands_in_the_index(house: House) -> None:
    two = Two(house)
    earlier = two.earlier()
    later = two.later()
    kept = rows_of(house)
    secret = [SAMIR.given, SAMIR.family, CLAIRE.family, "1984", "447700900123", "claire", "example.org"]
    secret += [token.value for one in (SAMIR, CLAIRE) for token in tokens_of(one, "GB")]
    for text in secret:
        assert text.encode() not in kept, text
        assert base64.b64encode(text.encode())[:-2] not in kept, text
    for case_id in (earlier, later):
        assert case_id.bytes not in kept
        assert case_id.hex.encode() not in kept
    whole = bytes_kept(house.folder)
    for text in ("Samir", "Fontaine", "447700900123", "claire.fontaine"):
        assert text.encode() not in whole


def test_a_token_is_64_bits_and_another_kind_or_key_gives_another(house: House) -> None:
    with house.service.reading(RULES) as work:
        phone = keyed(work, "token phone", "+447700900123", TOKEN_BYTES)
        assert len(phone) == 8
        assert phone == keyed(work, "token phone", "+447700900123", TOKEN_BYTES)
        assert phone != keyed(work, "token email", "+447700900123", TOKEN_BYTES)
        assert phone != keyed(work, "handle", "+447700900123", TOKEN_BYTES)
        secret = bytes(range(32))
        work.keys = _with(work.keys, Key(secret, kid_of(secret)))
        assert phone != keyed(work, "token phone", "+447700900123", TOKEN_BYTES)
        work.keys = _with(work.keys, None)
        with pytest.raises(MatcherDown):
            match_key(work)


def _with(ring: object, match: Key | None) -> object:
    return replace(ring, match=match)


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(["names", "phone", "email"]), st.text(min_size=4, max_size=40))
def test_no_token_contains_a_plain_value(kind: str, value: str) -> None:
    token = Token(kind, value)
    assert value.encode("utf-8", "surrogatepass") not in _hashed(token)


def _hashed(token: Token) -> bytes:
    work = SimpleNamespace(keys=SimpleNamespace(match=Key(bytes(range(32)), "")))
    return keyed(work, token.kind, token.value.encode("utf-8", "replace").decode(), TOKEN_BYTES)


def test_the_names_that_a_correction_leaves_still_recognise_and_nothing_stale_stays(house: House) -> None:
    two = Two(house)
    two.open(two.first, referral(SAMIR, CLAIRE, HER_SAYING))
    with house.service.reading(RULES) as work:
        before = work.connection.execute(select(match_tokens)).all()
    assert search_held_cases(house.service) == (0, 0)
    with house.service.writing(RULES) as work:
        work.connection.exec_driver_sql("DELETE FROM searches")
        work.is_no_act()
    assert search_held_cases(house.service) == (1, 0)
    with house.service.reading(RULES) as work:
        assert work.connection.execute(select(match_tokens)).all() == before


@pytest.mark.parametrize("harming", [True, False, None])
def test_a_row_from_before_pairs_joined_tells_whom_somebody_harms(house: House, harming: bool | None) -> None:
    """A row was written with whether a person harms the other of the two with whom their case was opened."""
    case_id = Two(house).earlier()
    with house.service.writing(RULES) as work:
        handle = keyed(work, "handle", f"{case_id}|B", HANDLE_BYTES)
        place = Place("match_subjects", "content", handle.hex(), INSTALLATION)
        row = select(match_subjects.c.content).where(match_subjects.c.handle == handle)
        content = unseal(match_key(work), place, work.connection.execute(row).scalar_one())
        del content["harms"]
        older = seal(match_key(work), place, content | {"harming": harming})
        work.connection.execute(update(match_subjects).where(match_subjects.c.handle == handle).values(content=older))
        found = find_subject(work, case_id, "B")
        work.is_no_act()
    assert found
    assert found.harms == (frozenset({"A"}) if harming else frozenset())
