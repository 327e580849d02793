"""Two worlds that are equal but for what one side wrote, and everything that the other side can see of either.

A world is a copy of one installation: its database is put back, some things are done elsewhere, and the observers
go through every page they may open, then write themselves. Random tokens and ids are named in the order in which they
appear, so that two observations are compared byte for byte.
"""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

from werkzeug.test import TestResponse

from tests.databases.keeping import keep, put_back
from tests.properties.random_sheets import value
from tests.web.site import NOW, Person, Site, circumstances, site_in
from triage.cases.compartments import REFERRED, SAFE_CONTACT_QUESTION
from triage.cases.members import Relation
from triage.cases.model import CaseView, NewAct, NewAnswer, NewSignature, PersonDetails
from triage.cases.roles import Actor, Role, Side
from triage.casework.assessments import read, record_act, record_answer, withdraw_answer
from triage.casework.decisions import record_own_view, sign
from triage.casework.demonstration import seed_case
from triage.casework.members.adding import NewPerson, add_person
from triage.casework.members.removing import take_person_away
from triage.casework.proposing import propose_act
from triage.casework.results import START, Instruction, Recorded, Signed
from triage.casework.second_names import awaited_acts, confirm_act, decline_act
from triage.casework.service import RULES
from triage.flow.model import Question
from triage.store.data_keys import PROGRAMME, read_data_keys
from triage.store.publishing.positions import replace_positions
from triage.store.staff.accounts import all_accounts
from triage.web.forms.entry import sources_for
from triage.web.shared.places import places, slug_of

TODAY = NOW.date()
RANDOM = re.compile(
    r'(name="csrf_token" value=")[^"]+|(name="key" value=")[^"]+'
    r"|()[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)
"""What differs between two answers of the program to one and the same question: tokens of forms, and ids."""
HEADERS = frozenset({"Content-Length", "Set-Cookie", "Date", "Vary"})
"""Headers that carry a token, or its length; the bytes themselves are compared."""
ACTS = {
    "advocate": (("ISS-STATUS", "active"), ("ISS-STATUS", "paused"), ("RESX-SIGN", "signed")),
    "panel": (("CROSS-SEARCH", "none"), ("CROSS-SEARCH", "match"), ("REVIEW-CONCLUDED", "no_pattern")),
    "lead": (("RISKPLAN-ADOPT", "adopted"),),
}
SIGNED = ("W_REVIEW", "W_A", "W_B", "W_INSUFF")
"""Results that are signed elsewhere: one that instructs somebody to go on passes the wall too, with the next batch."""


ON_THE_BOARD = "on the board"
"""The words of every card of safe contact: it lies on the safety board, where the advocate of that person reads it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done elsewhere: by whom, what, and the seed of all its chances; `text` is what is typed freely.

    The one exception is the card of safe contact, whose words are what the advocate of that person is to read.
    """

    who: str
    what: str
    seed: int
    text: str = "as told"


@dataclass
class Worlds:
    """One installation with a case, which is put back as it was kept."""

    site: Site
    folder: Path
    case_id: UUID
    actors: dict[str, Actor]
    people: dict[str, Person]
    own_answers: dict[str, str] = field(default_factory=dict)
    accepted: int = 0
    cookies: dict[str, dict[str, object]] = field(default_factory=dict)

    def keep(self) -> None:
        """Keep the world as it stands now."""
        self.site.service.database.close()
        keep(self.folder)
        for name, person in self.people.items():
            with person.client.session_transaction() as cookie:
                self.cookies[name] = dict(cookie)

    def put_back(self) -> None:
        """Put the world back as it was kept, and in each browser what it remembered then."""
        self.site.service.database.close()
        put_back(self.folder)
        for name, kept in self.cookies.items():
            with self.people[name].client.session_transaction() as cookie:
                cookie.clear()
                cookie.update(kept)

    def view(self, name: str) -> CaseView:
        seen = read(self.site.service, self.actors[name], self.case_id)
        assert isinstance(seen, CaseView), seen
        return seen

    # --- what is done elsewhere -----------------------------------------------------------------------------------

    def do(self, step: Step) -> None:
        """Do one thing; what the program refuses changes nothing either."""
        done = DONE[step.what](self, step, Random(step.seed))
        self.accepted += isinstance(done, Recorded | Signed)

    def answer(self, step: Step, chance: Random) -> object:
        actor, view = self.actors[step.who], self.view(step.who)
        asked = [one for one in self.site.service.rules.rulebook.questions.values() if _answers(actor, one, view)]
        question = chance.choice(asked)
        about = chance.choice(places(view.record, question.about))
        source = chance.choice(sources_for(actor, question, view.own_person))
        text = ON_THE_BOARD if question.id == SAFE_CONTACT_QUESTION else step.text
        new = NewAnswer(
            question.id, source, worded(value(question, chance), text), TODAY, about=about,
            tainted=chance.random() < 0.1, hearsay=chance.random() < 0.1,
        )  # fmt: skip
        return record_answer(self.site.service, actor, self.case_id, view.version, new)

    def take_back(self, step: Step, chance: Random) -> object:
        view = self.view(step.who)
        standing = [one.id for one in view.record.answers if one.withdrawn is None and one.id not in view.corrected]
        if not standing:
            return None
        taken = chance.choice(standing)
        return withdraw_answer(self.site.service, self.actors[step.who], self.case_id, view.version, taken, step.text)

    def person(self, step: Step, chance: Random) -> object:
        """Somebody is added as one of a pair, or one who was is taken away as a mistake."""
        actor, view = self.actors[step.who], self.view(step.who)
        added = sorted(set(view.called) - set(REFERRED))
        if added and chance.random() < 0.3:
            gone = chance.choice(added)
            return take_person_away(self.site.service, actor, self.case_id, view.version, gone, step.text)
        new = NewPerson(
            PersonDetails(step.text), chance.choice(sorted(view.called)), Relation.EX_PARTNER, assessed=True
        )
        return add_person(self.site.service, actor, self.case_id, view.version, new)

    def act(self, step: Step, chance: Random) -> object:
        actor, view = self.actors[step.who], self.view(step.who)
        name, said = chance.choice(ACTS[step.who.partition("-")[0].replace("safety", "lead")])
        about = self.site.service.rules.rulebook.acts[name].about
        place = view.own_person or chance.choice(places(view.record, about))
        new = NewAct(name, place if place in places(view.record, about) else "", (said,), TODAY, step.text)
        return record_act(self.site.service, actor, self.case_id, view.version, new)

    def sign(self, step: Step, chance: Random) -> object:
        result, done = chance.choice(SIGNED), None
        signature = NewSignature("A-B", result, step.text, "More.", TODAY + timedelta(weeks=4))
        for name in ("panel-support", "panel-independent"):
            actor = self.actors[name]
            record_own_view(self.site.service, actor, self.case_id, "A-B", result, step.text)
            done = sign(self.site.service, actor, self.case_id, self.view(name).version, signature)
        return done

    def two_names(self, step: Step, chance: Random) -> object:
        first, second = (self.actors[name] for name in ("panel-support", "panel-independent"))
        new = NewAct("JOINT-SIGN", "A-B", ("signed",), TODAY, step.text)
        done = propose_act(self.site.service, first, self.case_id, self.view("panel-support").version, new)
        waiting = awaited_acts(self.site.service, second, self.case_id)
        for one in waiting if isinstance(waiting, tuple) and chance.random() < 0.7 else ():
            reply = chance.choice((confirm_act, decline_act))
            done = reply(self.site.service, second, self.case_id, one.id, step.text)
        return done

    # --- what is seen ---------------------------------------------------------------------------------------------

    def observed(self, names: Sequence[str], seed: int, ids: Sequence[str]) -> list[tuple[str, object]]:
        """Everything that these people can see: pages, then what their own writing is answered, and what is logged."""
        seen: list[tuple[str, object]] = []
        with logged() as lines:
            for name in names:
                person = self.people[name]
                seen += [
                    (f"{name} GET {page}", received(person.get(address)))
                    for page, address in self.addresses(name, seed, ids)
                ]
                seen += [
                    (f"{name} POST {what}", received(person.post(address, typed)))
                    for what, address, typed in self.writings(name)
                ]
                seen.append((f"{name} GET afterwards", received(person.get(f"/cases/{self.case_id}"))))
        return [*seen, ("log", tuple(plain(line) for line in lines))]

    def addresses(self, name: str, seed: int, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Every page with something of a case in it, by what it is; of questions and acts, some by chance."""
        chance, case = Random(seed), f"/cases/{self.case_id}"
        rulebook, record = self.site.service.rules.rulebook, self.view(name).record
        for page in ("/", "/cases", "/matches", "/account", "/office/accounts", "/office/messages", "/incoming",
                     "/openings", "/reassign", "/follow-ups", "/office/agencies"):  # fmt: skip
            yield page, page
        for page in ("", "/acts", "/findings", "/standing", "/start", "/danger", "/pairs/a-and-b",
                     "/pairs/a-and-b/meaning", "/pairs/a-and-b/routes", "/pairs/a-and-b/directions", "/check",
                     "/record", "/people", "/people/new", "/people/a", "/relationships", "/relationships/a-and-b",
                     "/attending", "/attending/new",
                     "/sheets", "/sheets/not-starting-now/en/standard",
                     "/sheets/vs/en/standard", "/sheets/behaviour-change/en/standard"):  # fmt: skip
            yield page, f"{case}{page}"
        for letter in rulebook.flows:
            yield f"part {letter}", f"{case}/parts/{letter}"
        for question in chance.sample(sorted(rulebook.questions), 6):
            about = chance.choice(places(record, rulebook.questions[question].about))
            page = f"/questions/{question.lower()}/{slug_of(about)}"
            yield page, f"{case}{page}"
        for act in chance.sample(sorted(rulebook.acts), 3):
            page = f"/acts/{act.lower()}/{slug_of(chance.choice(places(record, rulebook.acts[act].about)))}"
            yield page, f"{case}{page}"
        for number, one in enumerate(ids):
            yield f"answer {number}", f"{case}/answers/{one}/correct"
            yield f"awaited {number}", f"{case}/awaited/{one}"
            yield f"match {number}", f"/matches/{one}"
        if name in self.own_answers:
            yield "own answer", f"{case}/answers/{self.own_answers[name]}/correct"

    def writings(self, name: str) -> Iterator[tuple[str, str, dict[str, str]]]:
        """What somebody writes: an answer on a page that others may have answered, one too late, one taken back."""
        case, version = f"/cases/{self.case_id}", str(self.view(name).version)
        about = f"{case}/questions/wd-03/a-to-b"
        typed = circumstances("OBS" if name.startswith("intake") else "ISS") | {"non_answer": "NK"}
        yield "an answer", about, typed | {"version": version, "key": str(UUID(int=1))}
        yield "an answer too late", about, typed | {"version": "0", "key": str(UUID(int=2))}
        yield "an answer of no meaning", about, {"version": version, "source": "x", "key": str(UUID(int=3))}
        yield "asked to start", f"{case}/start", {}
        start = {"how": "kept-here", "version": str(int(version) + 1), "key": str(UUID(int=5))}
        yield "a sheet of a start", f"{case}/sheets/behaviour-change/en/standard", start
        if name in self.own_answers:
            back = f"{case}/answers/{self.own_answers[name]}/take-back"
            yield "taken back", back, {"version": str(int(version) + 1), "reason": "Not so.", "key": str(UUID(int=4))}

    def ids_elsewhere(self) -> list[str]:
        """The ids of what was written elsewhere in this world, else ids of nothing."""
        found = [one.id for name in ("advocate-one", "advocate-two") for one in self.view(name).record.answers]
        waiting = awaited_acts(self.site.service, self.actors["panel-independent"], self.case_id)
        found += [str(one.id) for one in waiting] if isinstance(waiting, tuple) else []
        return [*found[-2:], *(str(uuid4()) for _ in range(2))][:2]


def _answers(actor: Actor, question: Question, view: CaseView) -> bool:
    return bool(sources_for(actor, question, view.own_person))


def worded(told: object, text: str) -> object:
    """The same value with other free words."""
    if isinstance(told, list):
        return [worded(one, text) for one in told]
    if isinstance(told, dict):
        return {key: text if isinstance(cell, str) and " " in cell else cell for key, cell in told.items()}
    return text if isinstance(told, str) and " " in told else told


DONE: dict[str, Callable[[Worlds, Step, Random], object]] = {
    "answer": Worlds.answer,
    "take back": Worlds.take_back,
    "person": Worlds.person,
    "act": Worlds.act,
    "sign": Worlds.sign,
    "two names": Worlds.two_names,
}


def staged(folder: Path, observers: Sequence[str], *, before: Sequence[Step] = ()) -> Worlds:
    """An installation with one case and something written at every desk, kept; the observers are signed in."""
    site = site_in(folder)
    case_id = seed_case(site.service)
    assert case_id
    with site.service.reading() as work:
        actors = {one.name: Actor(one.id, one.name, Role(one.role), Side(one.side)) for one in all_accounts(work)}
    people = {name: site.person(name) for name in observers}
    worlds = Worlds(site, folder, case_id, actors, people)
    for name in ("intake-one", "intake-two", "advocate-one", "advocate-two"):
        worlds.own_answers[name] = first_answer(worlds, name)
    for step in before:
        worlds.do(step)
    for name in observers:  # a first reading of an hour is noted, and enters the wall
        worlds.observed((name,), 0, worlds.ids_elsewhere())
    return worlds


def first_answer(worlds: Worlds, name: str) -> str:
    """Something that somebody wrote before the worlds part; its id."""
    view, source = worlds.view(name), "OBS" if name.startswith("intake") else "ISS"
    new = NewAnswer("WD-03", source, "NK", TODAY, about="B>A")
    done = record_answer(worlds.site.service, worlds.actors[name], worlds.case_id, view.version, new)
    assert isinstance(done, Recorded), done
    return str(done.id)


def publish_start(worlds: Worlds) -> None:
    """Let it be published today that work with either person may start, whatever holds now."""
    position = asdict(Instruction(START, ("O-BC-GRP",)))
    with worlds.site.service.writing(RULES) as work:
        work.is_no_act()
        keys = read_data_keys(work, worlds.case_id, (PROGRAMME,))
        replace_positions(work, keys, TODAY, {"A": position, "B": position})


@contextmanager
def logged() -> Iterator[list[str]]:
    """Every line that is logged meanwhile."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]  # a list is all it needs
    logging.getLogger().addHandler(handler)
    try:
        yield lines
    finally:
        logging.getLogger().removeHandler(handler)


def plain(text: str) -> str:
    """A text without its tokens, and with each id named by the place of its first appearance."""
    names: dict[str, str] = {}

    def named(found: re.Match[str]) -> str:
        kept = found[1] or found[2]
        return f"{kept}token" if kept else names.setdefault(found[0], f"id {len(names)}")

    return RANDOM.sub(named, text)


def received(response: TestResponse) -> tuple[int, tuple[tuple[str, str], ...], str]:
    """All that somebody receives: status, headers, bytes."""
    headers = tuple(sorted((name, plain(said)) for name, said in response.headers if name not in HEADERS))
    return response.status_code, headers, plain(response.text)
