"""The table of measurements names every file that `make bench` runs."""

from tests.rules.house import ROOT

BENCH = ROOT / "bench"


def test_every_measurement_stands_in_the_table() -> None:
    table = (BENCH / "README.md").read_text(encoding="utf-8")
    files = {path.name for path in BENCH.glob("[a-z]*.py")}
    assert len(files) >= 15
    assert {name for name in files if f"| `{name}` |" not in table} == set()
