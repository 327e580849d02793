"""What the pages of people need to be there: somebody added, somebody taken away, somebody whom an answer names."""

from uuid import UUID

from tests.web.site import NOW, Site
from triage.cases.attending import AttendantKind, NewAttendant
from triage.cases.members import Members, Relation, pair_of
from triage.cases.model import CaseView, NewAnswer, PersonDetails
from triage.cases.roles import Actor, Role, Side
from triage.casework.assessments import read, record_answer
from triage.casework.attending.naming import name_attendant
from triage.casework.members.adding import NewPerson, add_person, people_of
from triage.casework.members.naming import named_people
from triage.casework.members.removing import take_person_away
from triage.casework.results import Recorded
from triage.casework.service import RULES
from triage.store.staff.accounts import find_account
from triage.web.people.listed import mark_of
from triage.web.shared.places import slug_of


def view_of(site: Site, actor: Actor, case_id: UUID) -> CaseView:
    view = read(site.service, actor, case_id)
    assert isinstance(view, CaseView), view
    return view


def added(site: Site, actor: Actor, case_id: UUID, called: str) -> str:
    """Somebody whom a worker adds, as one to assess with their own person; the letter."""
    view = view_of(site, actor, case_id)
    new = NewPerson(PersonDetails(called), view.own_person, Relation.EX_PARTNER, assessed=True)
    assert isinstance(add_person(site.service, actor, case_id, view.version, new), Recorded)
    seen = people_of(site.service, actor, case_id)
    assert isinstance(seen, Members)
    (letter,) = set(seen.called) - set(view.called)
    return letter


def named(site: Site, actor: Actor, case_id: UUID, pseudonym: str = "P1", option: str = "new_partner") -> str:
    """The mark of somebody whom an answer of this worker names."""
    view = view_of(site, actor, case_id)
    source = "OBS" if actor.side == "programme" else "ISS"
    new = NewAnswer("RI-16", source, [{"code": option, "pseudonym": pseudonym}], NOW.date(), about=view.own_person)
    assert isinstance(record_answer(site.service, actor, case_id, view.version, new), Recorded)
    found = named_people(site.service, actor, case_id)
    assert isinstance(found, tuple)
    return mark_of(view, found[-1])


def attending(site: Site, actor: Actor, case_id: UUID, name: str = "Dana Haddad") -> str:
    """The id of somebody from outside whom a worker names as who interprets for their person."""
    view = view_of(site, actor, case_id)
    new = NewAttendant(AttendantKind.INTERPRETER, NOW.date(), name=name, number="LA-0412")
    done = name_attendant(site.service, actor, case_id, view.version, new)
    assert isinstance(done, Recorded), done
    return str(done.id)


def people_parts(site: Site, staff: dict[str, Actor], case_id: UUID) -> dict[str, dict[str, str]]:
    """Parts of addresses by who opens them: of workers whom they added and named, of deciders who was taken away."""
    parts = {}
    for name in ("intake-one", "advocate-one"):
        own = view_of(site, staff[name], case_id).own_person
        letter = added(site, staff[name], case_id, "Mika")
        mark = named(site, staff[name], case_id)
        parts[name] = {"person": letter.lower(), "mark": mark, "two": slug_of(pair_of(own, letter).undirected)}
        parts[name]["attendant_id"] = attending(site, staff[name], case_id, f"Interpreter of {name}")
    worker = staff["intake-one"]
    gone = added(site, worker, case_id, "Noor")
    view = view_of(site, worker, case_id)
    assert isinstance(take_person_away(site.service, worker, case_id, view.version, gone, "A slip."), Recorded)
    of_panel = {"person": gone.lower(), "two": parts["intake-one"]["two"]}
    return parts | dict.fromkeys(("panel-support", "panel-independent", "safety-lead"), of_panel)


def actor_of(site: Site, name: str) -> Actor:
    """Somebody of the demonstration."""
    with site.service.reading(RULES) as work:
        found = find_account(work, name)
    assert found
    return Actor(found.id, found.name, Role(found.role), Side(found.side))


def opened_with_people(site: Site, case_id: UUID) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The pages that an added person, a pair and a name in an answer have: a worker's, then the panel's."""
    worker = actor_of(site, "intake-one")
    letter, mark = added(site, worker, case_id, "Mika"), named(site, worker, case_id)
    two = slug_of(pair_of(view_of(site, worker, case_id).own_person, letter).undirected)
    ends = f"/attending/{attending(site, worker, case_id)}/end"
    return (f"/people/{letter.lower()}/take-away", f"/named/{mark}", ends), ("/people", f"/relationships/{two}/open")
