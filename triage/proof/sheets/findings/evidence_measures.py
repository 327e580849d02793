"""Numbers counted from the pieces of evidence rather than from answers."""

from collections.abc import Mapping

from triage.flow.circuits.circuit import Literal
from triage.proof.sheets.findings.pieces import Pieces
from triage.proof.sheets.numbers.measures import Counted, Measures, classes_among
from triage.proof.sheets.numbers.people_measures import after, latest

CORE = ("CTRL", "SEVPAT", "FEAR", "SPACE")
DIRECTIONS = ("AB", "BA")


def measures_of_evidence(pieces: Pieces) -> Mapping[str, Counted]:
    """The measures of core findings; a rulebook without those findings has none of them."""
    if not all(f"{name}_{way}" in pieces.sheet.slots.number for name in CORE for way in DIRECTIONS):
        return {}
    circuit = pieces.circuit

    def slot(name: str, place: str) -> int:
        return pieces.sheet.slots.number[f"{name}_{place}"]

    def only_unsafe(name: str, place: str) -> Literal:
        found = pieces.of(slot(name, place))
        safely = (circuit.all_of((piece.holds, -piece.account.unsafe)) for piece in found)
        return circuit.all_of((circuit.any_of(piece.holds for piece in found), -circuit.any_of(safely)))

    def cores_only_unsafe(_: Measures, __: str) -> list[Literal]:
        return [only_unsafe(name, place) for name in CORE for place in DIRECTIONS]

    def core_zero_classes(_: Measures, place: str) -> list[Literal]:
        zeros = [zero for name in CORE for zero in pieces.ruled_out(slot(name, place))]
        return classes_among(
            circuit, ((zero.account, circuit.all_of((zero.holds, zero.account.safe))) for zero in zeros)
        )

    def holder_unsettled(_: Measures, __: str) -> list[Literal]:
        """Whether a holder named last is confirmed neither by that account nor by one of that day or later."""
        confirming = pieces.ruled_out(pieces.sheet.slots.number["CASECLOSE"])
        open_ones = []
        for account, counts in latest(pieces.sheet, ("RI-09", "")):
            confirmed = (circuit.all_of((zero.holds, -after(circuit, account, zero.account))) for zero in confirming)
            open_ones.append(circuit.all_of((counts, -circuit.any_of(confirmed))))
        return [circuit.any_of(open_ones)]

    holder = {"holder_unsettled": holder_unsettled} if "CASECLOSE" in pieces.sheet.slots.number else {}
    return holder | {"cores_only_unsafe": cores_only_unsafe, "core_zero_classes": core_zero_classes}
