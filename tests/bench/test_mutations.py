"""A wrong change of the flows is caught, and a page says by whom; the bench tries 500 of them, the suite a few."""

from pathlib import Path
from shutil import copytree

import pytest
from _judging import (
    BY_ANSWERS,
    BY_FACTS,
    CLASSES,
    FLOWS,
    REFUSED,
    SURVIVED,
    Verdict,
    broken_by_answers,
    loaded_or_stop,
    same_decisions,
    same_sheets,
    verdict,
)
from _mutating import Mutation, read_folder
from _sampling import sampled
from mutations import bench, keep, kept, main, page, tried

from triage.proof.sheets.laws_of_answers.laws import UnreadableLaws

FILES = read_folder(FLOWS)


def test_mutations_of_a_seed_are_judged_and_the_proof_misses_none_that_the_sample_finds():
    """Each is read, proved and sampled, as the bench does 500 times; which they are changes with the flows."""
    found = [tried((4, number))[0] for number in (1, 3, 6, 9)]
    assert {one.found for one in found} <= set(CLASSES)
    assert BY_FACTS in {one.found for one in found}
    assert not [one.missed for one in found if one.missed]


def test_a_start_without_its_demands_is_broken_in_the_sample_and_by_the_proof():
    rules = FILES["routing.yml"]
    changed = {**rules, "effective": rules["effective"][:1]}
    found = judged(changed)
    assert found.found == BY_FACTS
    assert found.sampled
    assert not found.missed


def test_a_key_that_is_not_known_is_refused():
    assert judged({**FILES["routing.yml"], "no such key": 1}).found == REFUSED


def test_the_folder_is_as_before_after_each_mutation():
    path = bench().folder / "routing.yml"
    judged({**FILES["routing.yml"], "no such key": 1})
    assert path.read_text(encoding="utf-8") == (FLOWS / "routing.yml").read_text(encoding="utf-8")


def judged(rules: object) -> Verdict:
    """What becomes of other rules of routing."""
    one = bench()
    return verdict(one.shipped, one.folder, Mutation("routing.yml", rules, "none", "other rules"))


def test_what_is_shipped_is_equal_to_itself_and_not_to_what_decides_otherwise(tmp_path: Path):
    copytree(FLOWS, tmp_path / "flows")
    copytree(FLOWS.parent / "locales", tmp_path / "flows" / "locales")
    text = (FLOWS / "findings.yml").read_text(encoding="utf-8")
    assert "otherwise_zero: true" in text
    (tmp_path / "flows" / "findings.yml").write_text(text.replace("otherwise_zero: true", "otherwise_zero: false", 1))
    shipped, other = loaded_or_stop(FLOWS), loaded_or_stop(tmp_path / "flows")
    assert same_sheets(shipped, shipped)
    assert same_decisions(shipped, shipped)
    assert not same_sheets(shipped, other)


def test_laws_over_answers_that_cannot_be_read_prove_nothing(tmp_path: Path):
    copytree(FLOWS, tmp_path / "flows")
    laws = "laws:\n  - {id: ANS-1, invariant: INV-01, clauses: ['4.4'], law: 'told(NO_SUCH)'}\n"
    (tmp_path / "flows" / "answer-laws.yml").write_text(laws, encoding="utf-8")
    with pytest.raises(UnreadableLaws, match="F007"):
        broken_by_answers(tmp_path / "flows", bench().shipped.loaded, ())


@pytest.mark.parametrize(
    ("file", "old", "new", "broken"),
    [
        ("b-danger.yml", "NFS_xy, strength: source,", "NFS_xy, strength: 1,", "INV-34 ANS-34-answered"),
        ("findings.yml", "harmed, zero: no(DR-05)}", "harmed, zero: not answered(DR-05_xy)}", "INV-13 EVI-SILENCE"),
        ("determination.yml", "on(NFS_xy) or on(BDREAD_xy)", "ind(NFS_xy) or ind(BDREAD_xy)", "INV-42"),
    ],
)
def test_laws_over_answers_and_relations_are_broken_in_the_sample_without_a_solver(
    file: str, old: str, new: str, broken: str, tmp_path: Path
):
    copytree(FLOWS, tmp_path / "flows")
    text = (FLOWS / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / "flows" / file).write_text(text.replace(old, new), encoding="utf-8")
    assert broken in sampled(tmp_path / "flows", loaded_or_stop(tmp_path / "flows"), bench().shipped.sample).broken


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(tmp_path: Path):
    first = Verdict(Mutation("a.yml", {}, "order", "two exchanged"), BY_FACTS, ("INV-01",), ("INV-01 ANS-01",))
    keep(tmp_path / "kept", first, 1.5)
    assert list(kept(tmp_path / "kept")) == [(first, 1.5)]
    assert list(kept(tmp_path / "none")) == []


def test_the_page_is_written_of_verdicts_that_are_all_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """With nothing left to try, the page still gets what was found of survivors since."""
    keep(tmp_path / "kept", Verdict(Mutation("a.yml", {}, "order", "two exchanged"), SURVIVED), 1.5)
    words = ["1", "4", "--one", "--kept", str(tmp_path / "kept"), "--report", str(tmp_path / "page.md")]
    monkeypatch.setattr("sys.argv", ["mutations.py", *words])
    main()
    assert "- two exchanged: **not looked at yet**" in (tmp_path / "page.md").read_text(encoding="utf-8")


def test_every_survivor_of_the_page_was_looked_at():
    text = (FLOWS.parent / "docs" / "mutations.md").read_text(encoding="utf-8")
    assert text.count("\n- ") > 100
    assert "not looked at yet" not in text
    assert "- missed:" not in text


def test_nothing_shipped_is_broken_in_the_sample():
    assert sampled(FLOWS, loaded_or_stop(FLOWS), bench().shipped.sample).broken == ()


@pytest.mark.parametrize("found", CLASSES)
def test_the_page_counts_each_mutation_at_its_class(found: str):
    text = page([Verdict(Mutation("a.yml", {}, "order", "two exchanged"), found)], seed=9, seconds=1.0)
    row = next(line for line in text.splitlines() if line.startswith("| all |"))
    assert [int(cell) for cell in row.split("|")[3:-1]] == [int(name == found) for name in CLASSES]
    assert ("- two exchanged" in text) is (found == SURVIVED)


def test_an_invariant_that_the_sample_breaks_and_the_proof_does_not_is_said_on_the_page():
    change = Mutation("a.yml", {}, "order", "two exchanged")
    one = Verdict(change, BY_ANSWERS, ("INV-01 ANS-01",), ("INV-01", "INV-02"))
    assert one.missed == ("INV-02",)
    assert "- missed: INV-02: two exchanged" in page([one], seed=9, seconds=1.0)
