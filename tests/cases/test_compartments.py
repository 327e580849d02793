"""The five compartments: who reads a finding, and what is the referrer's."""

from itertools import product

import pytest

from tests.cases.test_wall import DECIDERS, WORKERS, actor
from triage.cases.compartments import (
    REFERRER_QUESTION,
    SAFE_CONTACT_QUESTION,
    Compartment,
    compartment_of,
    reads_finding,
)
from triage.cases.roles import SIDES_OF, Role, Side
from triage.casework.engine import load_rules
from triage.settings import FLOWS


def test_a_finding_is_read_in_its_compartment_at_most() -> None:
    """Programme P, S, R; support V, S, R; the panel and the safety lead all five; nobody else any."""
    read = {Side.PROGRAMME: "PSR", Side.SUPPORT: "VSR"}
    for role, side, compartment in product(Role, Side, "VPSDR"):
        if side not in SIDES_OF[role]:
            continue
        expected = role in DECIDERS or (role in WORKERS and compartment in read[side])
        assert reads_finding(actor(role, side), compartment) is expected, (role, side, compartment)
    assert set("VPSDR") == set(Compartment)


def test_every_finding_has_one_of_the_five_and_only_the_status_of_the_referrer_is_theirs() -> None:
    """RI-09 rests nothing but findings of R, and is the one question that does; the card of contact lies in S."""
    rulebook = load_rules(FLOWS).rulebook
    assert {one.compartment for one in rulebook.findings.values()} == set(Compartment)
    of_question: dict[str, set[str]] = {}
    for question in rulebook.questions.values():
        for piece in question.evidence:
            name = max((one for one in rulebook.findings if piece.finding.startswith(one)), key=len)
            of_question.setdefault(question.id, set()).add(rulebook.findings[name].compartment)
    assert [name for name, found in of_question.items() if found == {Compartment.REFERRER}] == [REFERRER_QUESTION]
    assert of_question[SAFE_CONTACT_QUESTION] == {Compartment.BOARD}


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize("source", ["REF", "POL", "CRT", "SELF", "ISS", "CSC", "HLT", "TP", "OBS"])
def test_only_the_words_of_the_referrer_about_itself_are_the_referrers(source: str, side: Side) -> None:
    for question in ("RI-01", "RI-03", "RI-21", "WD-01", REFERRER_QUESTION):
        theirs = (question, source) == (REFERRER_QUESTION, "REF")
        assert (compartment_of(question, source, side) is Compartment.REFERRER) is theirs
