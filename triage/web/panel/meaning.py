"""What would this mean, in words: what can still come out, what to ask next and of whom, what the result rests on."""

from collections.abc import Mapping
from dataclasses import dataclass

from triage.cases.model import CaseView
from triage.flow.model import Rulebook
from triage.flow.values import RULED_OUT, Strength, not_known
from triage.routing.reachable.asking import Ask, Source
from triage.routing.reachable.meaning import NOT_ENOUGH, Meaning, Open, Resting
from triage.routing.reachable.results import Change, Flip
from triage.routing.reachable.routes import Prospect
from triage.routing.rules import Outcome
from triage.web.panel.results import VIEWS, result_in_words
from triage.web.shared.letters import letters_of
from triage.web.shared.said import Said, about_in_words, finding_name, said, strength_in_words
from triage.web.shared.translation import translated as _
from triage.web.shared.words import Words

MOST_QUESTIONS = 3
MOST_FIRST = 5


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """One question to ask: its id, words and place, and of whom, the safest first."""

    id: str
    place: str
    about: str
    ask: str
    first: str
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenShown:
    """One finding that could still change the result; `makes` are the results it would make by itself today."""

    finding: str
    strength: str
    makes: tuple[str, ...]
    questions: tuple[QuestionShown, ...]


@dataclass(frozen=True, slots=True)
class RestingShown:
    """One finding that the result rests on, with the answers behind it."""

    finding: str
    strength: str
    answers: tuple[tuple[str, Said], ...]


@dataclass(frozen=True, slots=True)
class FlipShown:
    """What would have to stand differently for another result: how many findings, and some smallest choices."""

    result: str
    fewest: int
    sets: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PersonShown:
    """What the route of one person can still become."""

    letter: str
    start: str
    outcomes: tuple[str, ...]
    holds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeaningPage:
    """Everything the template shows: each result with whether it is the present one; what no longer can come out."""

    result: str
    settled: bool
    results: tuple[tuple[str, bool], ...]
    beyond: tuple[str, ...]
    ask_first: tuple[OpenShown, ...]
    ask_then: tuple[OpenShown, ...]
    may_change: tuple[OpenShown, ...]
    speaks_for: tuple[RestingShown, ...]
    ruled_out: tuple[RestingShown, ...]
    had_to_be_known: tuple[RestingShown, ...]
    flips: tuple[FlipShown, ...]
    persons: tuple[PersonShown, ...]


@dataclass(frozen=True)
class Teller:
    """Puts what something means into words, from what this reader may read of the case."""

    case: CaseView
    pair: str
    rulebook: Rulebook
    outcomes: Mapping[str, Outcome]
    words: Words

    def page(self, meaning: Meaning) -> MeaningPage:
        """Put the page together."""
        to_ask = tuple(self._open(one, meaning) for one in meaning.open if one.to_ask)
        resting = [(one, self._resting(one)) for one in meaning.hinges]
        matters = [(one, shown) for one, shown in resting if set(one.hinge.without) - {NOT_ENOUGH}]
        return MeaningPage(
            result=self._result(meaning.result),
            settled=meaning.result != NOT_ENOUGH,
            results=tuple((self._result(one), one == meaning.result) for one in VIEWS if one in meaning.results),
            beyond=tuple(self._result(one) for one in VIEWS if one not in meaning.results),
            ask_first=to_ask[:MOST_FIRST],
            ask_then=to_ask[MOST_FIRST:],
            may_change=tuple(self._open(one, meaning) for one in meaning.open if not one.to_ask),
            speaks_for=tuple(shown for one, shown in matters if one.hinge.strength > RULED_OUT),
            ruled_out=tuple(shown for one, shown in matters if one.hinge.strength <= RULED_OUT),
            had_to_be_known=tuple(shown for one, shown in resting if not set(one.hinge.without) - {NOT_ENOUGH}),
            flips=tuple(self._flip(one, meaning) for one in meaning.flips if one.result != NOT_ENOUGH),
            persons=tuple(self._person(one) for one in meaning.prospects),
        )

    def _open(self, one: Open, meaning: Meaning) -> OpenShown:
        return OpenShown(
            finding_name(one.decisive.fact, self.words, self.pair),
            _("not yet")
            if one.to_ask and one.decisive.strength == RULED_OUT
            else strength_in_words(one.decisive.strength),
            tuple(self._result(name) for name in one.decisive.makes_now if name in meaning.results),
            tuple(self._question(ask) for ask in one.questions[:MOST_QUESTIONS]),
        )

    def _question(self, ask: Ask) -> QuestionShown:
        sources = [self._source(source, ask.about) for source in ask.sources]
        text = self.words(f"{ask.question}.ask", ask.about)
        return QuestionShown(
            ask.question, ask.about, about_in_words(ask.about), text, sources[0] if sources else "", tuple(sources[1:3])
        )

    def _source(self, source: Source, about: str) -> str:
        """Name a source; the support service is that of whoever lived it."""
        if source.code == "ISS" and ">" in about:
            return _("the support service of %(letter)s", letter=about.rpartition(">")[2])
        if source.speaker:
            return _("%(letter)s, seen alone", letter=source.speaker)
        return self.words(f"source.{source.code}")

    def _resting(self, one: Resting) -> RestingShown:
        answers = [answer for answer in self.case.record.answers if answer.id in set(one.answers)]
        return RestingShown(
            finding_name(one.hinge.fact, self.words, self.pair),
            strength_in_words(one.hinge.strength),
            tuple(
                (self.words(f"{one.question}.ask", one.about), said(self.rulebook, one, self.words)) for one in answers
            ),
        )

    def _flip(self, flip: Flip, meaning: Meaning) -> FlipShown:
        now = {one.hinge.fact: one.hinge.strength for one in meaning.hinges}
        sets = tuple(tuple(self._change(change, now) for change in changes) for changes in flip.sets)
        return FlipShown(self._result(flip.result), flip.fewest, sets)

    def _change(self, change: Change, now: Mapping[str, Strength]) -> str:
        name = finding_name(change.fact, self.words, self.pair)
        if change.source:
            return _("%(finding)s: known from another kind of source", finding=name)
        to = next((one for one in change.to if not not_known(one)), change.to[0])
        if change.fact in now:
            both = {"now": strength_in_words(now[change.fact]), "then": strength_in_words(to)}
            return _("%(finding)s: not “%(now)s” but “%(then)s”", finding=name, **both)
        return _("%(finding)s: “%(then)s”", finding=name, then=strength_in_words(to))

    def _person(self, one: Prospect) -> PersonShown:
        starts = {
            (True, True): _("Whether work can start is not settled."),
            (True, False): _("Work can start, whatever is still answered."),
            (False, True): _("Work cannot start, whatever is still answered."),
        }
        names = [(self.words(f"outcome.{code}.name"), self._is_hold(code)) for code in one.outcomes]
        return PersonShown(
            letters_of(self.pair).of(one.person),
            starts[one.may_start, one.may_not],
            tuple(name for name, hold in names if not hold),
            tuple(name for name, hold in names if hold),
        )

    def _result(self, result: str) -> str:
        return result_in_words(result, letters_of(self.pair))

    def _is_hold(self, code: str) -> bool:
        return code in self.outcomes and self.outcomes[code].hold
