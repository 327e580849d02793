"""The record of the proofs of one directory: JSON for people who read it later, without a solver and without the flows.

It holds for each invariant what `triage prove --json` prints, but for the seconds, and what each example leads to by
the very rules that were proved. The digest says of which files: once one of them changes, the record is stale.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.flow.values import UNKNOWN, Strength, in_words
from triage.proof.proofs import ASSESS, Proof
from triage.proof.space import FactSet
from triage.routing.assessment import assess
from triage.routing.decide import PairDecision
from triage.routing.loading import Loaded

FILE = "proofs.json"
"""Where the record of the shipped flows stands, beside them."""
LATEST = date(9999, 1, 1)
"""An answer file says on which day it is read; none is in the future."""
Entry = Mapping[str, Any]
"""One invariant as it is recorded: the keys of `Proof.written` without `seconds`, and `leads_to`."""


@dataclass(frozen=True, slots=True)
class ProofRecord:
    """What was proved of the files with this digest, in the order of the invariants.

    `relations` and `answers` say whether changes of facts, and laws over answers, were looked at too.
    """

    digest: str
    entries: tuple[Entry, ...]
    relations: bool = True
    answers: bool = True


def digest_of(directory: Path) -> str:
    """Give one digest of the names and the contents of all files that flows, rules and laws are read from."""
    digest = sha256()
    for path in sorted(directory.glob("*.yml")):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def entry_of(proof: Proof, loaded: Loaded) -> Entry:
    """Give one proof as it is recorded."""
    entry = {key: value for key, value in proof.written().items() if key != "seconds"}
    if proof.shown_by == ASSESS:
        return {**entry, "leads_to": _of_sheet(entry["example"], loaded)}
    cases = proof.example.cases if proof.example else ()
    return {**entry, "leads_to": [_of_facts(case, loaded) for case in cases]}


def _of_sheet(sheet: object, loaded: Loaded) -> list[dict[str, object]]:
    """What an answer file leads to; nothing when it cannot be read (it was then not replayed either)."""
    record = read_case(sheet, loaded.book.rulebook, LATEST)
    if not isinstance(record, CaseRecord):
        return []
    assessment = assess(record, loaded.book, loaded.decider)
    return [_written(one.facts, one.decision, loaded) for one in assessment.pairs]


def _of_facts(case: FactSet, loaded: Loaded) -> dict[str, object]:
    decision = loaded.decider.decide(case.strengths, case.latched, case.classes or None)
    return _written(case.strengths, decision, loaded)


def _written(facts: Mapping[str, Strength], decision: PairDecision, loaded: Loaded) -> dict[str, object]:
    """Findings that are known, or were, and the decision, all by the names of `triage decide`."""
    known = {name: in_words(value) for name, value in sorted(facts.items()) if value != UNKNOWN}
    return {"findings": known, **loaded.decider.written(decision, {"A": "A", "B": "B"})}


def write_record(path: Path, directory: Path, entries: Iterable[Entry], *, relations: bool, answers: bool) -> None:
    """Write what was proved of the flows of a directory; the same flows give the same bytes."""
    data = {"flows": digest_of(directory), "relations": relations, "answers": answers, "proofs": list(entries)}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_record(path: Path) -> ProofRecord | None:
    """Read a record; None when there is none, or when the file is not one."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        entries = tuple(data["proofs"])
        if not all(isinstance(one["id"], str) and isinstance(one["status"], str) for one in entries):
            return None
        return ProofRecord(str(data["flows"]), entries, bool(data["relations"]), bool(data["answers"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
