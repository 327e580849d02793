"""A case of three: the two of the referral, and a third person whom the worker added as one to assess."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tests.web.people.staged import actor_of
from tests.web.site import Person, Site, open_case
from triage.cases.members import Members, Relation, pair_of
from triage.cases.model import PersonDetails
from triage.cases.roles import Actor
from triage.casework.members.adding import NewPerson, add_person, people_of
from triage.casework.referrals import list_cases
from triage.casework.results import Recorded


@dataclass
class Family:
    """A case, its worker, the letter of the worker's own person, of the other one, and of whom the worker added."""

    site: Site
    address: str
    worker: Person
    own: str
    other: str
    added: str = ""

    @property
    def id(self) -> UUID:
        return UUID(self.address.rsplit("/", 1)[1])

    @property
    def pair(self) -> str:
        """The pair of the worker's person and of whom the worker added, as answers name it."""
        return pair_of(self.own, self.added).undirected

    def actor(self, name: str) -> Actor:
        return actor_of(self.site, name)


def family(site: Site, birth: date | None = date(1981, 9, 9)) -> Family:
    """A case in which the worker added somebody, to be assessed with their own person."""
    worker = site.person("intake-one")
    made = Family(site, open_case(worker), worker, "", "")
    ines = made.actor("intake-one")
    made.own = next(one.own_person for one in list_cases(site.service, ines) if one.id == made.id)
    made.other = "AB".replace(made.own, "")
    new = NewPerson(PersonDetails("Mika", birth), made.own, Relation.PARTNER, assessed=True)
    assert isinstance(add_person(site.service, ines, made.id, 0, new), Recorded)
    seen = people_of(site.service, ines, made.id)
    assert isinstance(seen, Members)
    (made.added,) = set(seen.called) - {"A", "B"}
    return made
