"""A real installation in a folder, over a real SQLite file, with six questions and a determination set by the test."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

from tests.databases.engines import database_settings, prepare_copy
from triage.assess.reading.answers import read_case
from triage.cases.model import NewAct, NewAnswer, PersonDetails, Referral
from triage.cases.record import CaseRecord
from triage.cases.roles import Actor, Role, Side
from triage.casework import referrals
from triage.casework.accounts.making import NewAccount, add_account
from triage.casework.engine import Rules
from triage.casework.installation import create_key_files
from triage.casework.service import Service, open_service
from triage.flow.conditions import Always
from triage.flow.model import About, ActDefinition, Column, Kind, Question, Rulebook
from triage.routing.assessment import Assessment
from triage.settings import PasswordProfile, Settings

TODAY = date(2026, 11, 22)
ANY_SOURCE = ("REF", "POL", "CRT", "SELF", "ISS", "CSC", "HLT", "TP", "OBS")
PASSWORD = "a long enough password"


@dataclass(slots=True)
class Clock:
    """A clock that a test can move."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 22, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **how_long: float) -> None:
        self.now += timedelta(**how_long)


def question(identity: str, kind: Kind, about: About, **more: object) -> Question:
    plain = Question(identity, identity[:2].lower(), about, kind, ANY_SOURCE, ("7.1",), Always(), "always")
    return replace(plain, **more)


QUESTIONS = (
    question("RI-01", Kind.ONE, About.CASE, options=("neither", "danger_now")),
    question("RI-06", Kind.TEXT, About.PERSON, max_length=500),
    question(
        "RI-16",
        Kind.TABLE,
        About.PERSON,
        options=("new_partner", "relative"),
        columns=(Column("pseudonym"), Column("iss_offer_status", ("active", "offered"), support_only=True)),
    ),
    question("WD-01", Kind.TEXT, About.DIRECTED, max_length=2000),
    question("WD-05", Kind.MANY, About.DIRECTED, options=("blocked", "hit", "none")),
    question("RD-11", Kind.ONE, About.PAIR, options=("safe_to_start", "not_now"), sources=("ISS",)),
)
ACTS = (
    ("ISS-STATUS", About.PERSON, ("active", "paused"), "support"),
    ("RESX-SIGN", About.PERSON, ("signed",), "support"),
    ("LITINDEP-SIGN", About.PERSON, ("signed",), "programme"),
    ("RISKPLAN-ADOPT", About.CASE, ("adopted",), "safety"),
    ("CROSS-SEARCH", About.PAIR, ("none", "match"), "panel"),
    ("W-SIGN", About.PAIR, ("W_A", "W_B"), "panel"),
    ("RISK-REASONED", About.CASE, (), "safety", 2),
    ("GATE-REASSESSED", About.PAIR, ("O-EMERG", "O-MARAC", "O-OUT"), "safety", 2),
    ("JOINT-SIGN", About.PAIR, ("signed",), "panel", 2),
)


MARKERS = ("BDREAD_AB", "BDREAD_BA", "SEP", "WEAP_AB")


def act_definition(name: str, about: About, values: tuple[str, ...], side: str, names: int = 1) -> ActDefinition:
    listed = name in {"RISK-REASONED", "GATE-REASSESSED"}
    return ActDefinition(
        name=name, about=about, values=values, side=side, names=names, days=0, clauses=("7.1",), listed=listed
    )


def small_rules(assess: Callable[[CaseRecord], object]) -> Rules:
    rulebook = Rulebook(
        flows={},
        questions={one.id: one for one in QUESTIONS},
        findings={},
        acts={name: act_definition(name, *rest) for name, *rest in ACTS},
        sources={},
        words={},
        thresholds={},
    )
    return Rules(rulebook, read_case, assess, markers=frozenset(MARKERS))


@dataclass(slots=True)
class House:
    """One installation, its clock, its staff, and the result that the rules propose."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    proposed: str = "W_A"
    proposed_of: dict[str, str] = field(default_factory=dict)
    effective: bool = False
    adaptations: tuple[str, ...] = ("interpreter",)
    outcomes: tuple[str, ...] = ()
    known: dict[str, int] = field(default_factory=lambda: {"SEP": 0, "WEAP_AB": 2})
    gates: tuple[str, ...] = ("O-EMERG", "O-MARAC", "O-JOINT-GATE")
    service: Service = field(init=False)
    begun: "Staffed | None" = None

    def __post_init__(self) -> None:
        settings = settings_in(self.folder)
        create_key_files(settings)
        prepare_copy(settings)
        self.service = open_service(settings, small_rules(self._assess), self.clock)

    def _assess(self, record: CaseRecord) -> object:
        routes = {"A": self._route("A"), "B": self._route("B")}
        pairs = []
        for pair in record.pairs:
            result = self.proposed_of.get(pair.undirected, self.proposed)
            decision = SimpleNamespace(result=result, routes=routes, case=self.gates)
            pairs.append(SimpleNamespace(pair=pair, decision=decision, facts=self.known, missing=()))
        return Assessment(record, tuple(pairs), (), {})  # type: ignore[arg-type]  # as much of a pair as is asked for

    def _route(self, person: str) -> object:
        """A programme for whom the result names, support for the other; both may start, or neither."""
        named = ("O-BC-GRP", *self.outcomes) if self.proposed == f"W_{person}" else ("O-VS",)
        return SimpleNamespace(person=person, effective=self.effective, outcomes=named, adaptations=self.adaptations)

    def next_batch(self) -> None:
        """Wait until what is told to the programme side is told anew."""
        self.clock.wait(days=1)

    def hire(self, name: str, role: Role, side: Side) -> Actor:
        identity = add_account(self.service, NewAccount(name, role, side, PASSWORD))
        assert isinstance(identity, UUID), identity
        return Actor(identity, name, role, side)

    def intake(self, name: str = "Ines") -> Actor:
        return self.hire(name, Role.INTAKE_WORKER, Side.PROGRAMME)

    def advocate(self, name: str = "Ada") -> Actor:
        return self.hire(name, Role.SUPPORT_ADVOCATE, Side.SUPPORT)

    def panel(self, name: str, side: Side) -> Actor:
        return self.hire(name, Role.PANEL_MEMBER, side)

    def lead(self, name: str = "Lea") -> Actor:
        return self.hire(name, Role.SAFETY_LEAD, Side.INDEPENDENT)

    def open_case(self, worker: Actor, called: tuple[str, str] = ("Sam", "Kim"), facts: str = "") -> UUID:
        people = {"one": PersonDetails(called[0], date(1990, 5, 1)), "two": PersonDetails(called[1], date(1991, 6, 2))}
        opened = referrals.open_case(self.service, worker, Referral(people, "one", "Court service", facts))
        assert isinstance(opened, UUID), opened
        return opened

    def staffed_case(self) -> "Staffed":
        """A case with a worker and an advocate for either person."""
        first, second, ada, abe = self.intake(), self.intake("Ivo"), self.advocate(), self.advocate("Abe")
        case_id = self.open_case(first)
        own = next(line.own_person for line in referrals.list_cases(self.service, first))
        other = "B" if own == "A" else "A"
        referrals.take_on(self.service, second, case_id, other)
        referrals.take_on(self.service, ada, case_id, own)
        referrals.take_on(self.service, abe, case_id, other)
        return Staffed(case_id, own, other, first, second, ada, abe)


@dataclass(frozen=True, slots=True)
class Staffed:
    """A case and its four workers: of the person the first worker sees, and of the other one."""

    id: UUID
    own: str
    other: str
    worker: Actor
    other_worker: Actor
    advocate: Actor
    other_advocate: Actor


def settings_in(folder: Path, **more: object) -> Settings:
    settings = Settings(
        keys=folder / "keys",
        password_profile=PasswordProfile.CHEAP_FOR_TESTS,
        **database_settings(folder),
    )
    return replace(settings, **more)


def words(text: str, about: str = "A>B", source: str = "OBS", **more: object) -> NewAnswer:
    return NewAnswer(question="WD-01", source=source, value=text, on=TODAY, about=about, **more)


def act(name: str, value: str, about: str = "", **more: object) -> NewAct:
    return NewAct(act=name, about=about, values=(value,), on=TODAY, reason="Talked through on the telephone.", **more)
