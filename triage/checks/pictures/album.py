"""Every picture of one set of flows and rules in one language, by the name under which people ask for it."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from triage.checks.coverage_marks import Coverage
from triage.checks.names_read import FINDING
from triage.checks.pictures.model import Outline, Picture, slug
from triage.checks.pictures.of_finding import finding_picture
from triage.checks.pictures.of_flow import flow_picture
from triage.checks.pictures.of_rules import rules_picture
from triage.checks.pictures.reach import Reach, Thing
from triage.checks.pictures.rule_sets import DEFINITIONS, Decision
from triage.checks.pictures.slices import outcome_picture
from triage.checks.pictures.texts import Texts
from triage.checks.pictures.things import finding_title
from triage.checks.pictures.words import Speaker
from triage.flow.model import Rulebook


class Album:
    """Draws what it is asked for: a flow, a set of rules, or the slice of a finding or an outcome.

    Raises KeyError for a name that is not among those it gives.
    """

    def __init__(self, book: Rulebook, decision: Decision, texts: Texts, coverage: Coverage | None = None) -> None:
        self.book, self.decision, self.texts, self.coverage = book, decision, texts, coverage
        self.speaker = Speaker(texts, book, decision.lists)
        self.reach = Reach(book, decision)

    @cached_property
    def rule_sets(self) -> tuple[str, ...]:
        """Give the names of the sets of rules, and of the definitions that they use."""
        named = tuple(name for name, rules in self.decision.sets.items() if rules)
        return (*named, DEFINITIONS) if self.decision.definitions else named

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """Give the results of a determination and the outcomes, each once."""
        return tuple(dict.fromkeys((*self.decision.results(), *self.decision.outcomes)))

    @cached_property
    def used(self) -> Mapping[str, tuple[Outline, ...]]:
        """Say of each finding which findings and rules read it."""
        found: dict[str, list[Outline]] = {name: [] for name in self.book.findings}
        for reader in self.book.findings:
            line = Outline(finding_title(reader, self.texts), href=f"findings/{slug(reader)}")
            self._note(self.reach.behind(Thing(FINDING, reader)), line, found)
        for group, rules in self.decision.sets.items():
            for rule in rules:
                line = Outline(f"{rule.id}: {self.texts(rule.text)}", href=f"rules/{group}")
                self._note([*self.reach.read_by(rule.when), *self.reach.read_by(rule.raised)], line, found)
        for name, condition in self.decision.definitions.items():
            line = Outline(self.speaker.definition(name), href=f"rules/{DEFINITIONS}")
            self._note(self.reach.read_by(condition), line, found)
        return {name: tuple(lines) for name, lines in found.items()}

    @staticmethod
    def _note(things: Iterable[Thing], line: Outline, found: dict[str, list[Outline]]) -> None:
        for thing in dict.fromkeys(things):
            if thing.kind == FINDING and thing.id in found:
                found[thing.id].append(line)

    def flow(self, letter: str) -> Picture:
        """Draw a flow."""
        return flow_picture(letter, self.speaker, self.coverage)

    def rules(self, name: str) -> Picture:
        """Draw a set of rules, or the definitions."""
        return rules_picture(name, self.decision, self.speaker, self.coverage)

    def slice(self, name: str) -> Picture:
        """Draw what leads to a finding, an outcome or a result."""
        if name in self.book.findings:
            return finding_picture(name, self.speaker, self.coverage, self.used[name])
        if name not in self.outcomes:
            raise KeyError(name)
        return outcome_picture(name, self.reach, self.speaker, self.coverage)
