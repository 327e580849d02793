"""Read the condition at a key of a block, with every fault noted at its line."""

from triage.flow.conditions import Always, Condition, ConditionError, parse
from triage.flow.documents import Block
from triage.flow.faults import faults, symmetry_fault
from triage.flow.vocabulary import Names, Place


def condition_at(
    block: Block, key: str, place: Place, names: Names, default: str = "always", once: bool = False
) -> tuple[Condition, str]:
    """Read and check the condition at a key; a faulty one is noted and reads as `always`.

    What is asked `once`, of a pair or the case, must treat both persons alike.
    """
    text = " ".join(block.text(key, default).split())
    if not text:
        return Always(), text
    try:
        condition = parse(text)
    except ConditionError as fault:
        message = f"`{text}` is no condition: {fault} at character {fault.position + 1}."
        if len(text) > LONG:
            message = f"This is no condition: {fault} at character {fault.position + 1}."
        block.problems.add("F015", message, block, key)
        return Always(), text
    found = list(dict.fromkeys(faults(condition, place, names)))
    for code, sentence, near in found or (symmetry_fault(condition) if once else ()):
        block.problems.add(code, f"In `{key}`: {sentence}", block, key, near)
    return condition, text


LONG = 200
"""A condition longer than this is not repeated in the message about it."""
