"""Hostile or huge folders give a named problem, or none, in bounded time and memory; measured and printed."""

import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flow.tiny import Tiny
from triage.flow.reading import MOST_QUESTIONS

HEAD = 'flow: t\nversion: 1\nabout: person\nclauses: ["4.4"]\nquestions:\n'
CHECK = """
import sys
try:
    from triage.cli import main
    main()
finally:
    sys.stderr.write(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
"""The command, and at its end the most memory that it had itself; what the system counts begins with its parent's."""
MEGABYTES = 900
"""The most memory that any folder may take, the program itself included."""


def question(number: int, more: str = "") -> str:
    return (
        f'  - {{id: Q-{number}, about: person, type: one, sources: [OBS], clauses: ["4.2"], options: [yes_so, no], '
        f"on_file: [no],{more} evidence: [{{finding: NEED_x, strength: 2, options: [yes_so]}}]}}\n"
    )


def long_flow(number: int) -> str:
    """So many questions, each third asked only when an earlier one was answered so."""
    asked = (f' when: "answer(Q-{one // 2}) = yes_so",' if one % 3 == 2 else "" for one in itertools.count())
    return HEAD + "".join(question(one, next(asked)) for one in range(number))


def five_megabytes() -> str:
    return HEAD + question(0) + "# " + "x" * 5_000_000 + "\n"


def alias_bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 40)]
    return "\n".join(lines) + "\n"


def nested_condition() -> str:
    when = "(" * 1_000 + "ind(NEED_x)" + ")" * 1_000
    return HEAD + question(0) + question(1, f' when: "{when}",')


def denied_condition() -> str:
    return HEAD + question(0) + question(1, f' when: "{"not " * 1_000}ind(NEED_x)",')


def wide_condition() -> str:
    """A condition of the greatest length that is read, all of it contradictions."""
    when = " or ".join(["(ind(NEED_x) and zero(NEED_x))"] * 140)
    return HEAD + question(0) + question(1, f' when: "{when}",')


def nested_yaml() -> str:
    return "flow: " + "[" * 100_000 + "]" * 100_000 + "\n"


def circle_of_findings() -> str:
    part = '  {a}: {{scope: case, compartment: S, clauses: ["1.1"], rules: [{{strength: 2, when: ind({b})}}]}}\n'
    names = [f"R{chr(65 + one)}" for one in range(26)]
    circle = "".join(part.format(a=a, b=b) for a, b in zip(names, [*names[1:], names[0]], strict=True))
    return "# file: findings.yml\nfindings:\n" + circle


def circle_of_definitions() -> str:
    return (
        "# file: determination.yml\nlists: {harms_xy: [HARM_xy, FEAR_xy]}\ndefinitions:\n"
        '  harmed_xy: "count(ind: harms_xy) >= 1 and other_xy"\n  other_xy: harmed_xy\n'
        "results:\n"
        '  - {id: r1, gives: W_x, when: harmed_xy and not harmed_yx, clauses: ["4.4", "1.1"]}\n'
        '  - {id: r2, gives: W_REVIEW, when: always, clauses: ["4.4", "1.1"]}\n'
    )


def doubling_definitions() -> str:
    """Each definition uses the one above it twice: written out, the last would have 2^40 parts."""
    lines = ['  d0_xy: "count(ind: harms_xy) >= 1"']
    lines += [f'  d{n}_xy: "(d{n - 1}_xy and ind(FORCE_x)) or (d{n - 1}_yx and zero(FORCE_x))"' for n in range(1, 40)]
    return (
        "# file: determination.yml\nlists: {harms_xy: [HARM_xy, FEAR_xy]}\ndefinitions:\n" + "\n".join(lines) + "\n"
        '  harmed_xy: "d0_xy or (d39_xy and ind(APART))"\nresults:\n'
        '  - {id: r1, gives: W_x, when: harmed_xy and not harmed_yx, clauses: ["4.4", "1.1"]}\n'
        '  - {id: r2, gives: W_REVIEW, when: always, clauses: ["4.4", "1.1"]}\n'
    )


def many_edges() -> str:
    """Two thousand edges of one question to one outcome, in pairs of one condition."""
    predicates = itertools.product(("ind", "on", "poss", "unk", "doubt", "zero"), repeat=4)
    findings = ("NEED_x", "FORCE_x", "DANGER", "APART")
    whens = (" and ".join(map("{}({})".format, chosen, findings)) for chosen in predicates)
    pairs = (when for one in itertools.islice(whens, 1_000) for when in (one, one))
    edges = (f'  - {{from: Q-0, queue: O-PLAN, when: "{when}", text: t.edge.{n}}}\n' for n, when in enumerate(pairs))
    return HEAD + question(0) + "edges:\n" + "".join(edges)


def chain_of_findings() -> str:
    """Four thousand findings, each of which reads the next."""
    names = [f"R{one:04}" for one in range(4_000)]
    part = '  {a}: {{scope: case, compartment: S, clauses: ["1.1"], rules: [{{strength: 2, when: ind({b})}}]}}\n'
    chain = "".join(part.format(a=a, b=b) for a, b in itertools.pairwise([*names, "DANGER"]))
    first = '  R0000: {scope: case, compartment: S, clauses: ["1.1"], read_by: nobody, '
    return "# file: findings.yml\nfindings:\n" + chain.replace(chain.split("rules", 1)[0], first, 1)


HOSTILE = {
    "five-megabytes": (five_megabytes, {"F001"}, 5),
    "alias-bomb": (alias_bomb, {"F001"}, 5),
    "nested-yaml": (nested_yaml, {"F001"}, 5),
    "nested-condition": (nested_condition, {"F015"}, 5),
    "denied-condition": (denied_condition, {"F015"}, 5),
    "wide-condition": (wide_condition, {"S001"}, 5),
    "circle-of-findings": (circle_of_findings, {"F021"}, 5),
    "circle-of-definitions": (circle_of_definitions, {"R001"}, 5),
    "doubling-definitions": (doubling_definitions, set(), 5),
    "many-edges-of-one-question": (many_edges, {"S008", "S009", "S010"}, 30),
    "chain-of-findings": (chain_of_findings, set(), 30),
    "as-many-questions-as-are-read": (lambda: long_flow(MOST_QUESTIONS), set(), 15),
    "one-question-more": (lambda: long_flow(MOST_QUESTIONS + 1), {"F001"}, 5),
    "ten-thousand-questions": (lambda: long_flow(10_000), {"F001"}, 15),
}
"""Each folder, the codes it must be told with, and the most seconds of work it may cost."""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_folder_is_told_in_bounded_time_and_memory(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written, codes, most_seconds = HOSTILE[name]
    folder = Tiny(Path("hostile.yml"), written().splitlines()).written_to(tmp_path, whole=True)
    answer = tmp_path / "problems.json"
    with answer.open("wb") as out:
        command = [sys.executable, "-c", CHECK, "check", str(folder), "--json"]
        told = subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE, text=True)
        assert told.stderr
        with told.stderr:
            peak = told.stderr.read()
        _, status, spent = os.wait4(told.pid, 0)
    told.returncode = os.waitstatus_to_exitcode(status)
    seconds, megabytes = spent.ru_utime + spent.ru_stime, int(peak.split()[-2]) / 1_000
    with capsys.disabled():
        print(f"\n{name}: {seconds:.2f} s of work, {megabytes:.0f} MB at its peak")
    assert told.returncode == (1 if codes else 0)
    assert {problem["code"] for problem in json.loads(answer.read_text(encoding="utf-8"))} == codes
    assert seconds < most_seconds
    assert megabytes < MEGABYTES
