"""The subjects on which rules ask how many classes were heard: who does what to whom, and the force of each."""

from triage.flow.model import Question

ON_ACTS, ON_FORCE = "who does what to whom", {"A": "force of A", "B": "force of B"}
SUBJECTS = (ON_ACTS, *ON_FORCE.values())

ANCHORS = frozenset({"ISS", "HLT", "POL", "CSC", "CRT"})
"""The support service, and the sources whose records observed."""

ACTS_FLOW, FORCE_FLOW, FORCE_OF_BOTH, FORCE_OF_ONE = "c", "d", "WD-05", "WD-18"
"""Flow c; flow d with WD-05 and WD-18."""


def subjects_of(question: Question, where: str) -> tuple[str, ...]:
    """The subjects on which an answer to a question about `where` (AB, A, ...) is heard."""
    found = [ON_ACTS] if question.flow == ACTS_FLOW else []
    for letter, subject in ON_FORCE.items():
        told = question.flow == FORCE_FLOW and where in {"AB", "BA"} and where[0] == letter
        if told or question.id == FORCE_OF_BOTH or (question.id == FORCE_OF_ONE and where == letter):
            found.append(subject)
    return tuple(found)
