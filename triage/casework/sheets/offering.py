"""Which sheets a worker is offered for their own person, from nothing that this worker is not told anyway.

Programme side: the same sheets whatever holds, and those of a start when it was published today. Support side: what
follows for their person from the result that was signed. Source: domain 07, 7.1; domain 0.5; ADR 0062.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final
from uuid import UUID

from triage.cases.compartments import desks_read_by
from triage.cases.record import Act, CaseRecord
from triage.cases.roles import Action, Actor, Side
from triage.cases.wall import Refused
from triage.casework.matching.holds import W_SIGN
from triage.casework.publishing.batches import catch_up, shown
from triage.casework.service import Service
from triage.casework.sheets.library import FinalEdition, country_of, final_editions, library_in
from triage.casework.sheets.wishes import Wish, wish_of
from triage.casework.standing import Standing, note_reading, stand
from triage.casework.views import visible_acts, whole_record
from triage.routing.assessment import PairAssessment
from triage.routing.decision import PersonRoute
from triage.sheets.fitting import FIRST_CONTACT, NOT_STARTING, fitting, of_a_start
from triage.sheets.library import Library
from triage.sheets.model import SheetDefinition
from triage.sheets.model import Side as SideOfSheet
from triage.store.sheets.handings import StoredHanding, read_handings
from triage.store.work import Work

UNDETERMINED: Final = "undetermined"
ALWAYS: Final[Mapping[Side, tuple[str, ...]]] = MappingProxyType(
    {
        Side.PROGRAMME: (FIRST_CONTACT, NOT_STARTING, UNDETERMINED, "relative", "leader"),
        Side.SUPPORT: (
            UNDETERMINED, "safety-insert", "child-5-8", "child-9-12", "young-13-17", "relative", "leader",
        ),
    }
)  # fmt: skip
"""By side, what is offered whatever is known: the same in every case, so that it tells nothing."""


@dataclass(frozen=True, slots=True)
class OfferedSheet:
    """A sheet that is offered, with what may be handed over of it; `fits` when it is there for the signed route."""

    definition: SheetDefinition
    fits: bool
    editions: tuple[FinalEdition, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What a worker is offered for their own person, in the country of the service; and what was handed over before.

    `wish` is in which language and form the person would have it: what meets it stands first.
    """

    own_person: str
    country: str
    version: int
    sheets: tuple[OfferedSheet, ...]
    handed: tuple[StoredHanding, ...]
    wish: Wish


def offer(service: Service, actor: Actor, case_id: UUID | str) -> Offer | Refused:
    """Say what may be handed over in a case. The reading is written to the audit once an hour."""
    catch_up(service, actor, case_id)
    with service.reading(actor) as work:
        standing = stand(work, actor, case_id, Action.READ_HANDINGS)
        made = standing if isinstance(standing, Refused) else _offer(service, work, standing)
    note_reading(service, actor, Action.READ_HANDINGS, case_id, made)
    return made


def offered_sheets(service: Service, work: Work, standing: Standing) -> tuple[OfferedSheet, ...]:
    """Give the sheets that this actor may hand to their own person now."""
    library, country = library_in(service, work), country_of(service)
    fit = [one.id for one in _fitting(service, work, standing, library)]
    known = ALWAYS.get(standing.actor.side, ())
    if NOT_STARTING in fit and standing.actor.side is Side.SUPPORT:
        known = tuple(one for one in known if library.catalogue.sheets[one].side is not SideOfSheet.AFFECTED)
    return tuple(
        OfferedSheet(library.catalogue.sheets[one], one in fit, final_editions(library, one, country))
        for one in dict.fromkeys((*fit, *known))
    )


def _offer(service: Service, work: Work, standing: Standing) -> Offer:
    languages = tuple(one.language for one in library_in(service, work).editions.values())
    wish = wish_of(work, standing, languages)
    sheets = tuple(replace(one, editions=wish.first(one.editions)) for one in offered_sheets(service, work, standing))
    desks = tuple(sorted(desks_read_by(standing.actor, standing.own_person)))
    handed = read_handings(work, standing.keys, standing.case.id, desks)
    return Offer(standing.own_person, country_of(service), standing.version, sheets, handed, wish)


def _fitting(service: Service, work: Work, standing: Standing, library: Library) -> tuple[SheetDefinition, ...]:
    """Give the sheets that fit what was signed, as far as this side is told of it."""
    if standing.actor.side is Side.PROGRAMME:
        return of_a_start(library.catalogue, shown(work, standing).outcomes)
    record, own = whole_record(work, standing.case), standing.own_person
    pairs = [one for one in service.rules.assessment(record).pairs if own in {one.pair.a, one.pair.b}]
    known = tuple(act for _place, act in visible_acts(work, standing))
    return tuple(sheet for one in pairs if _is_signed(record, known, one) for sheet in _of(library, one, own))


def _of(library: Library, one: PairAssessment, own: str) -> tuple[SheetDefinition, ...]:
    return fitting(library.catalogue, one.decision.result, _route(one, own))


def _route(one: PairAssessment, own: str) -> PersonRoute:
    """Give the route of a person of the pair, who is its A or its B."""
    return one.decision.routes["A" if one.pair.a == own else "B"]


def _is_signed(record: CaseRecord, known: tuple[Act, ...], one: PairAssessment) -> bool:
    """Say whether the result of a pair is the one that two people signed, in force, and known to this worker."""
    in_force = {act.id for act in record.acts}
    signed = [act for act in known if act.act == W_SIGN and act.about == one.pair.undirected and act.id in in_force]
    return bool(signed) and signed[-1].values == (one.decision.result,)
