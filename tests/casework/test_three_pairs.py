"""R04 in one case: three people, three pairs, every answer at the desk of whoever gave it, each pair signed alone."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.casework.small_service import TODAY, House
from tests.vignettes.told import FILES, assessed, told
from triage.assess.reading.exchanging import exchanged_value
from triage.cases.compartments import result_for
from triage.cases.members import Members, Relation, RelationStatement, pair_of
from triage.cases.model import NewAct, NewAnswer, NewSignature, PersonDetails, Referral
from triage.cases.roles import Actor, Side
from triage.casework.assessments import read, record_act, record_answer
from triage.casework.decisions import record_own_view, sign
from triage.casework.engine import load_rules
from triage.casework.members.adding import NewPerson, add_person, open_pair, people_of, state_relation
from triage.casework.publishing.starting import instruction
from triage.casework.referrals import list_cases, open_case, take_on
from triage.casework.results import NOT_STARTING, START, Recorded, Signed
from triage.flow.model import About
from triage.settings import FLOWS

R04 = next(path for path in FILES if path.stem == "R04")
BIRTHS = {"F": date(1976, 4, 2), "D": date(2007, 5, 16), "M": date(1981, 9, 9)}
RELAYED = ("question", "source", "value", "on", "follow_up", "alone", "contact", "tainted", "hearsay", "interested")
TURNED = {"W_A": "W_B", "W_B": "W_A"}


class Told:
    """The case of the vignette as it is told to this program: who works with whom, and which letter everybody drew."""

    def __init__(self, house: House) -> None:
        self.file: dict[str, Any] = told(R04)
        self.service = replace(house.service, load=lambda: load_rules(FLOWS))
        self.worker, self.stranger = house.intake(), house.intake("Ivo")
        self.of_d, self.of_m = house.advocate("Ada"), house.advocate("Abe")
        self.panel = (house.panel("Pia", Side.SUPPORT), house.panel("Pol", Side.INDEPENDENT))
        self.lead = house.lead()
        people = {one: PersonDetails(one * 3, BIRTHS[one]) for one in ("F", "D")}
        opened = open_case(self.service, self.worker, Referral(people, "F", "A voluntary agency"))
        assert not hasattr(opened, "reason"), opened
        self.id = opened
        self.letters = {"F": list_cases(self.service, self.worker)[0].own_person}
        self.letters["D"] = "AB".replace(self.letters["F"], "")
        self.versions: dict[Actor, int] = {}
        self._add_the_mother()

    def _add_the_mother(self) -> None:
        mother = NewPerson(PersonDetails("MMM", BIRTHS["M"]), self.letters["F"], Relation.PARTNER, assessed=True)
        self.wrote(self.worker, add_person(self.service, self.worker, self.id, 0, mother))
        seen = people_of(self.service, self.worker, self.id)
        assert isinstance(seen, Members)
        (self.letters["M"],) = set(seen.called) - {"A", "B"}
        pair = pair_of(self.letters["M"], self.letters["D"])
        known = Relation.PARENT if pair.a == self.letters["M"] else Relation.CHILD
        said = RelationStatement(pair, known, assessed=True, reason="", desk="", sequence=0)
        version = self.versions[self.worker]
        self.wrote(self.worker, state_relation(self.service, self.worker, self.id, version, said))
        for who, person in ((self.of_d, "D"), (self.of_m, "M")):
            assert isinstance(take_on(self.service, who, self.id, self.letters[person]), Recorded)
        seen = people_of(self.service, self.of_d, self.id)
        assert set(seen.called) == {"A", "B"}, "whom another desk added is not known at this one"
        opener = self.panel[0]
        version = read(self.service, opener, self.id).version
        assert isinstance(open_pair(self.service, opener, self.id, version, pair.undirected, "She asked us."), Recorded)

    def wrote(self, who: Actor, done: object) -> None:
        assert isinstance(done, Recorded), done
        self.versions[who] = done.version

    def place(self, about: str) -> tuple[str, bool]:
        """A place with the letters of the case; whether the two are in the other order."""
        if "-" not in about:
            return "".join(self.letters.get(one, one) for one in about), False
        first, second = (self.letters[one] for one in about.split("-"))
        return pair_of(first, second).undirected, first > second

    def workers_of(self, raw: dict[str, Any]) -> tuple[Actor, ...]:
        """Who records an answer: whoever works with the person whose words it is; F's worker records and observations.

        What the support service says by itself is said by the advocate of each person it may concern: an advocate
        speaks for her own person, so that the words of one are never taken for the words of the other.
        """
        if raw["source"] != "ISS" or "by" in raw:
            return ({"D": self.of_d, "M": self.of_m}.get(raw.get("by", ""), self.worker),)
        about = raw.get("about", "")
        both = (("D", self.of_d), ("M", self.of_m))
        return tuple(who for person, who in both if len(about) < len("F-D") or person in about)

    def record_everything(self) -> None:
        for raw in self.file["answers"]:
            about, is_turned = self.place(raw.get("about", ""))
            value = raw["value"]
            question = self.service.rules.rulebook.questions[raw["question"]]
            if is_turned and question.about is About.PAIR:
                value = exchanged_value(question, value)
            given = {name: raw[name] for name in RELAYED if name in raw} | {"value": value}
            new = NewAnswer(**given, about=about, by=self.letters.get(raw.get("by", ""), ""))
            for who in self.workers_of(raw):
                self.wrote(who, record_answer(self.service, who, self.id, self.versions.get(who, 0), new))

    def record_acts(self) -> None:
        by_side = {"panel": self.panel[0], "safety": self.lead}
        for raw in self.file["acts"]:
            if raw["act"] == "W-SIGN":
                continue
            side, advocate = raw["by"][0].partition(":")[0], self.of_d if raw.get("about") == "D" else self.of_m
            who = by_side.get(side, advocate)
            new = NewAct(raw["act"], self.place(raw.get("about", ""))[0], (raw["value"],), raw["on"], "As agreed.")
            self.wrote(who, record_act(self.service, who, self.id, read(self.service, who, self.id).version, new))

    def signed(self, persons: list[str], value: str) -> str:
        """Two of the panel look at one pair for themselves, then sign; the pair."""
        pair, is_turned = self.place("-".join(persons))
        result = TURNED.get(value, value) if is_turned else value
        for member in self.panel:
            record_own_view(self.service, member, self.id, pair, result, "Grounds.")
        for member in self.panel:
            new = NewSignature(pair, result, "Little.", "Much.", TODAY + timedelta(days=14))
            done = sign(self.service, member, self.id, read(self.service, member, self.id).version, new)
        assert done == Signed(complete=True)
        return pair


def test_three_pairs_are_assessed_in_one_case_as_by_the_command(house: House) -> None:
    """Over three seconds: some 480 answers are written, one transaction each, as they would be."""
    case = Told(house)
    case.record_everything()
    case.record_acts()
    for raw in case.file["pairs"]:
        case.signed(raw, "W_A")
    whole = case.service.rules.assessment(read(case.service, case.lead, case.id).record)
    for persons, wanted in zip(case.file["pairs"], assessed(case.file)["pairs"], strict=True):
        first, second = (case.letters[one] for one in persons)
        pair = pair_of(first, second)
        found = whole.of(pair).decision
        roles = {"A": result_for(first, pair.undirected)[-1], "B": result_for(second, pair.undirected)[-1]}
        assert found.result == f"W_{roles[wanted['result'][-1]]}", persons
        for role, here in roles.items():
            route = found.routes[here]
            assert sorted(route.outcomes) == wanted[role], (persons, role)
            assert route.effective == wanted["effective"][role], (persons, role)
            assert sorted(route.adaptations) == wanted["adaptations"][role], (persons, role)
        assert (sorted(found.case), sorted(found.alerts)) == (wanted["case"], wanted["alerts"]), persons
    told_to_f = instruction(case.service, case.worker, case.id)
    assert (told_to_f.code, told_to_f.outcomes) == (START, ("O-IMAC",))
    assert isinstance(take_on(case.service, case.stranger, case.id, case.letters["M"]), Recorded)
    assert instruction(case.service, case.stranger, case.id).code == NOT_STARTING, "in one pair she is the one harmed"
