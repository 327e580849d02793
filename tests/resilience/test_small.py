"""The procedures of `make resilience` at a small size: the same code, the same judgement."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from tests.resilience import killing, queueing, two_at_once
from tests.resilience.served import Served, prepare, served


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, UUID]]:
    folder = tmp_path_factory.mktemp("served")
    case_id = prepare(folder)
    with served(folder, workers=2) as server:
        yield server, case_id


def test_two_windows_at_once_record_one_and_tell_the_other(running: tuple[Served, UUID]) -> None:
    for form in two_at_once.forms_of(*running):
        if form.name != "referral":
            figures = two_at_once.concurrent_edits(form, 3)
            assert two_at_once.edits_held(figures), figures


def test_a_form_sent_twice_counts_once(running: tuple[Served, UUID]) -> None:
    for form in two_at_once.forms_of(*running):
        figures = two_at_once.double_submits(form, 3)
        assert two_at_once.submits_held(figures), figures


def test_workers_killed_while_they_answer_lose_nothing(running: tuple[Served, UUID]) -> None:
    figures = killing.kill_workers(running[0], kills=2, clients=3)
    assert killing.held(figures), figures
    assert figures["acknowledged"], figures


def test_writers_queue_and_none_is_told_of_a_lock(tmp_path: Path) -> None:
    figures = queueing.queued_writers(tmp_path, writers=12, seconds=1.0)
    assert queueing.held(figures), figures
    assert figures["writes"], figures
