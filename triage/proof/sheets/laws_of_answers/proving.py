"""Prove laws over answers: for every sheet within bounds at once; or give an answer file that breaks one."""

from collections.abc import Iterator, Sequence
from time import process_time

from triage.flow.circuits.circuit import TRUE, Literal
from triage.proof.engines import MakeEngine, Model
from triage.proof.proofs import BROKEN, NOT_REPLAYED, PROVED, Outcome
from triage.proof.sheets.concrete.writing import reassessed, written
from triage.proof.sheets.findings.model import SheetModel
from triage.proof.sheets.laws_of_answers.law_words import LawWords
from triage.proof.sheets.laws_of_answers.replaying import Replayer, Sheet
from triage.proof.sheets.shape.bounds import Bounds
from triage.routing.loading import Loaded

MOST_TRIES = 5


class SheetProver:
    """Asks one solver about one circuit, law after law."""

    def __init__(self, loaded: Loaded, make_engine: MakeEngine, bounds: Bounds | None = None) -> None:
        self.loaded = loaded
        self.model = SheetModel(loaded.book.rulebook, bounds or Bounds())
        self.words = LawWords(self.model, loaded.decider)
        self.circuit = self.model.circuit
        self.replayer = Replayer(self.words, loaded)
        self.engine = make_engine(self.circuit)
        self._held = 0
        self.engine.hold(self.model.settled)

    def prove(self, name: str, law: Literal) -> Outcome:
        """Prove that a law holds of every sheet, or find the smallest file that `triage assess` breaks it with."""
        began = process_time()
        if self.holds(law):
            return Outcome(name, PROVED, process_time() - began)
        sheet = self.example(law)
        if sheet is not None:
            return Outcome(name, BROKEN, process_time() - began, sheet)
        return Outcome(name, NOT_REPLAYED, process_time() - began, next(self._candidates(law)))

    def holds(self, law: Literal) -> bool:
        """Whether a law holds of every sheet within bounds."""
        return law == TRUE or self.find(-law) is None

    def find(self, *assumed: Literal) -> Model | None:
        """Find a sheet in which all that is assumed holds."""
        constraints = self.model.sheet.constraints
        self.engine.hold(*constraints[self._held :])
        self._held = len(constraints)
        return self.engine.find(*assumed)

    def example(self, law: Literal) -> Sheet | None:
        """Give an answer file that breaks a law when it is assessed; None when none of a few tries did."""
        latching = self.loaded.decider.rules.latching
        for sheet in self._candidates(law):
            for one in (sheet, reassessed(sheet, latching)):
                if self.replayer.breaks(law, one):
                    return self.replayer.smallest(law, one)
        return None

    def _candidates(self, law: Literal) -> Iterator[Sheet]:
        """Files of a few sheets that break a law in the circuit, each found with wishes in another order."""
        for tries in range(MOST_TRIES):
            search = _Search(self, [-law])
            if search.model is None:
                return
            search.wish(self._plain_numbers())
            search.wish(_turned(self._few_records(), tries))
            search.wish(_turned(self._plain_records(search), tries))
            yield written(self.model, search.held, tuple(sorted(self.loaded.decider.rules.latching)))

    # --- what an example is wished to be like, the most wanted first --------------------------------------------

    def _plain_numbers(self) -> list[Literal]:
        """Numbers that nothing needs are not known, or 0; ages today are those at the harm, or not known."""
        measures, circuit = self.model.measures, self.circuit
        wishes = []
        for name, place in sorted(measures.free):
            if name == "age_from_birth":
                wishes.append(circuit.same(measures.known(name, place), measures.known("age_now", place)))
                wishes.append(circuit.same(measures.at_least(name, place, 18), measures.adult(place)))
            elif name != "age_now":
                wishes += [-one for one in measures.inputs(name, place)][:1]
        return wishes

    def _few_records(self) -> list[Literal]:
        sheet = self.model.sheet
        records = [-account.recorded for place in sheet.made for account in reversed(sheet.at(place))]
        acts = [-literal for name, role in sheet.acts for literal in sheet.act_inputs(name, role)]
        gates = [-self.circuit.input(f"latched {gate}") for gate in sorted(self.loaded.decider.rules.latching)]
        return [*gates, *records, *acts]

    def _plain_records(self, search: "_Search") -> list[Literal]:
        sheet = self.model.sheet
        wishes = []
        for place in sheet.made:
            for account in sheet.at(place):
                if search.held(account.recorded):
                    flags = (account.unsafe, account.relayed, account.interested, account.authenticated)
                    others = [literal for who, literal in account.speaker.items() if who.startswith("other")]
                    codes = [row.present for row in account.rows.rows]
                    wishes += [-one for one in (*flags, *account.later.values(), *others, *codes)]
        return wishes


class _Search:
    """One case that is found, and found again with more of what is wished."""

    def __init__(self, prover: SheetProver, assumed: list[Literal]) -> None:
        self.prover, self.assumed = prover, assumed
        self.model: Model | None = prover.find(*assumed)
        self._inputs = {node: name for name, node in prover.circuit.inputs.items()}
        self._known: dict[int, bool] = {TRUE: True}

    def held(self, literal: Literal) -> bool:
        """Whether a literal holds in the case found."""
        node = abs(literal)
        if node not in self._known:
            parts = self.prover.circuit.parts[node]
            if parts is None:
                self._known[node] = bool(self.model and self.model.get(self._name(node), False))
            else:
                self._known[node] = all(self.held(one) for one in parts)
        return self._known[node] is (literal > 0)

    def _name(self, node: int) -> str:
        """The name of an input; a wish may have been the first to ask for it."""
        if node not in self._inputs:
            self._inputs = {node: name for name, node in self.prover.circuit.inputs.items()}
        return self._inputs[node]

    def wish(self, wishes: Sequence[Literal]) -> None:
        """Keep as many of the wishes as can be kept together, those in front first."""
        if not wishes:
            return
        found = self.model if all(self.held(one) for one in wishes) else self.prover.find(*self.assumed, *wishes)
        if found is not None:
            self.model, self._known = found, {TRUE: True}
            self.assumed += wishes
        elif len(wishes) > 1:
            half = len(wishes) // 2
            self.wish(wishes[:half])
            self.wish(wishes[half:])


def _turned(wishes: list[Literal], tries: int) -> list[Literal]:
    """The same wishes in another order for each try, so that another case is found."""
    start = tries * len(wishes) // MOST_TRIES
    return wishes[start:] + wishes[:start]
