"""The measurement of matching in the store still measures: every pair that comes again is found."""

import json

import match_store
import pytest

from triage.casework.matching import searching


def test_every_pair_that_comes_again_is_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["match_store.py", "40"])
    monkeypatch.setattr(match_store, "ASKED", 8)
    monkeypatch.setattr(searching, "MOST_SEARCHES", searching.MOST_SEARCHES)  # what the measurement sets is put back
    match_store.main()
    told = json.loads(capsys.readouterr().out)
    assert (told["people"], told["referrals"], told["pairs_found"]) == (40, 8, 8)
