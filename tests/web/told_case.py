"""A vignette told through the forms of the pages, by the workers who would type it, without drawing each page."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from werkzeug.datastructures import MultiDict

from tests.journeys.answering import ADVOCATE, SIGNERS, address_of, fields_of, who_types
from tests.web.site import ROOT, Person, Site
from triage.cli.files.documents import read_file
from triage.web.shared.places import slug_of

BEFORE_A_DETERMINATION = frozenset("abcdg")


@dataclass
class ToldCase:
    """One case and its people; `versions` is what each has written so far."""

    site: Site
    address: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)

    def person(self, name: str) -> Person:
        if name not in self.people:
            self.people[name] = self.site.person(name)
        return self.people[name]

    def open(self, persons: dict[str, Any]) -> None:
        """Open a case until the lot gives the letters of the sheet; everybody takes their person on."""
        typed = {f"called-{key}": f"Person {letter}" for key, letter in (("one", "A"), ("two", "B"))}
        typed |= {f"birth-{key}": str(persons[letter].get("birth", "")) for key, letter in (("one", "A"), ("two", "B"))}
        intake = self.person("intake-one")
        while not self.address:
            told = {"sees": "one", "received_from": "Early help", "facts": "As told."}
            location = str(intake.post("/referrals/new", typed | told).location)
            if ">A: <bdi>Person A" in intake.get(location).text:
                self.address = location
        for name, letter in (("intake-two", "B"), *((name, letter) for letter, name in ADVOCATE.items())):
            assert self.person(name).post(f"{self.address}/take-on", {"person": letter}).status_code == 303

    def answer(self, item: dict[str, Any]) -> None:
        question = self.site.service.rules.rulebook.questions[item["question"]]
        self.send(who_types(item), address_of(item), fields_of(question, item))

    def act(self, item: dict[str, Any]) -> None:
        about = str(item.get("about", ""))
        person = self.person(SIGNERS[item["act"]][about])
        typed = {"value": item["value"], "on": str(item["on"]), "reason": "As in the file."}
        page = f"{self.address}/acts/{item['act'].lower()}/{slug_of(about)}"
        assert person.fill_in(page, typed).status_code == 303

    def send(self, name: str, page: str, fields: list[tuple[str, str]]) -> None:
        person = self.person(name)
        hidden = [("csrf_token", person.token), ("version", str(self.versions.get(name, 0))), ("key", str(uuid4()))]
        response = person.client.post(f"{self.address}/{page}", data=MultiDict([*hidden, *fields]))
        assert response.status_code == 303, (page, response.text[-2000:])
        self.versions[name] = self.versions.get(name, 0) + 1

    def own_view(self, name: str, result: str = "W_A") -> Person:
        person = self.person(name)
        typed = {"result": result, "grounds": "Control and fear in one direction."}
        assert person.post(f"{self.address}/pairs/a-and-b/own-view", typed).status_code == 303
        return person


def told(site: Site, name: str, without: frozenset[str] = frozenset()) -> ToldCase:
    """A vignette up to the determination, without the answers to some questions."""
    sheet: Any = read_file(str(ROOT / "flows" / "vignettes" / f"{name}.yml"))
    case = ToldCase(site)
    case.open(sheet["persons"])
    questions = site.service.rules.rulebook.questions
    for item in sheet["answers"]:
        question = questions[item["question"]]
        if item["question"] not in without and {question.flow, *question.also_in} & BEFORE_A_DETERMINATION:
            case.answer(item)
    for act in sheet["acts"]:
        if act["act"] != "W-SIGN":
            case.act(act)
    return case
