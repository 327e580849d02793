"""The ledger of the OWASP ASVS 5.0, `docs/security/asvs.csv`: what is met names a test that pytest collects."""

import csv
import re
import subprocess
import sys
from collections import Counter

from tests.rules.house import ROOT

LEDGER = ROOT / "docs/security/asvs.csv"
SINCE_THE_PROVIDER = {
    "V6.8.1", "V6.8.2", "V6.8.4", "V7.1.3", "V7.6.1", "V7.6.2", "V10.1.2", "V10.2.1", "V10.2.2", "V10.5.1", "V10.5.2",
    "V10.5.3", "V10.5.4",
}  # fmt: skip
"""Requirements on a client of OpenID Connect: not among the 239 aimed at, and applicable since ADR 0046."""
AIMED_AT, LEAST_MET = 239, 120


def rows() -> list[dict[str, str]]:
    with LEDGER.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_ledger_has_its_columns_and_each_requirement_once() -> None:
    assert LEDGER.read_text(encoding="utf-8").splitlines()[0] == "req,level,status,test"
    names = [row["req"] for row in rows()]
    assert len(names) == len(set(names))
    for row in rows():
        assert re.fullmatch(r"V\d{1,2}\.\d{1,2}\.\d{1,2}", row["req"])
        assert row["level"] in {"1", "2", "3"}
        assert row["status"] in {"met", "open", "n/a"}
        assert bool(row["test"]) == (row["status"] == "met"), row


def test_what_is_met_names_a_test_that_is_collected() -> None:
    named = {row["test"] for row in rows() if row["test"]}
    files = sorted({name.partition("::")[0] for name in named})
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *files]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    collected = {line.partition("[")[0] for line in told.stdout.splitlines() if "::" in line}
    assert named <= collected, sorted(named - collected)


def test_at_least_half_of_what_is_aimed_at_is_met() -> None:
    counted = Counter(row["status"] for row in rows() if row["req"] not in SINCE_THE_PROVIDER)
    print(f"ASVS 5.0: {counted['met']} of {counted['met'] + counted['open']} met, {counted['n/a']} not applicable")
    assert counted["met"] + counted["open"] == AIMED_AT
    assert counted["met"] >= LEAST_MET
