"""Where an item of a case is kept, and who may read it: compartments (domain 0.5) and the desks they are written at.

A *desk* is where somebody sits in one case: a side and the person worked with (`programme-A`), or the panel. Two
workers who interview the two directions apart never read each other's desk, whichever of the two persons turns out
to be the one in danger: nobody knows that before the determination (domain 0.1).
"""

from collections.abc import Mapping
from enum import StrEnum
from string import ascii_uppercase

from triage.cases.record import Act
from triage.cases.roles import DECIDERS, INTERVIEWERS, Actor, Side
from triage.cases.wall import RECORD_SOURCES

PANEL_DESK = "panel"
REFERRED = ("A", "B")
"""The letters of the two persons with whom a case is opened."""
LETTERS = tuple(ascii_uppercase)
"""Every letter that a person of a case may have; those beyond the first two are drawn by lot (ADR 0054)."""
DESKS = (*(f"{side}-{letter}" for side in (Side.SUPPORT, Side.PROGRAMME) for letter in LETTERS), PANEL_DESK)
FIRST_DESKS = tuple(desk for desk in DESKS if desk[-1] in REFERRED or desk == PANEL_DESK)
"""The desks that a case has when it is opened."""
SAFE_CONTACT_QUESTION = "RI-06"
"""The card of safe contact: the one question whose answers lie on the safety board, compartment S."""


REFERRER_QUESTION = "RI-09"
"""Who stays responsible for the referral: in the referrer's words it is their own status, compartment R."""


class Compartment(StrEnum):
    """Support side, programme work, safety board, determination room, what the referrer may know (domain 0.5)."""

    SUPPORT = "V"
    PROGRAMME = "P"
    BOARD = "S"
    DETERMINATION = "D"
    REFERRER = "R"


_SHARED = frozenset({Compartment.BOARD, Compartment.REFERRER})
FINDINGS_READ: Mapping[Side, frozenset[Compartment]] = {
    Side.SUPPORT: _SHARED | {Compartment.SUPPORT},
    Side.PROGRAMME: _SHARED | {Compartment.PROGRAMME},
}
"""Of which compartments a worker reads findings, by side; findings of D are read in the determination room alone."""


def desk_of(actor: Actor, own_person: str) -> str:
    """Name the desk of an actor in a case; panel members and the safety lead share the panel's."""
    return f"{actor.side}-{own_person}" if own_person else PANEL_DESK


def wall_side(actor: Actor) -> str:
    """How the wall names an actor: by side, or `panel` for those who decide and are on neither side of a case."""
    return PANEL_DESK if actor.role in DECIDERS else actor.side.value


def compartment_of(question: str, source: str, side: Side) -> Compartment:
    """Choose the compartment of an answer by its source and the side that recorded it (domain 0.5)."""
    if question == SAFE_CONTACT_QUESTION:
        return Compartment.BOARD
    if question == REFERRER_QUESTION and source == "REF":
        return Compartment.REFERRER
    if source == "ISS":
        return Compartment.SUPPORT
    if source in RECORD_SOURCES or side is Side.INDEPENDENT:
        return Compartment.DETERMINATION
    return Compartment.SUPPORT if side is Side.SUPPORT else Compartment.PROGRAMME


def reads_finding(actor: Actor, compartment: str) -> bool:
    """Say whether an actor reads a finding, by the compartment in which it may be read at most (domain page 03).

    Even one that rests on nothing but the actor's own answers: a worker of the programme side is shown no finding of
    the support side, and nobody but those who decide one of the determination room. Source: INV-37.
    """
    if actor.role in DECIDERS:
        return True
    return actor.role in INTERVIEWERS and compartment in FINDINGS_READ.get(actor.side, frozenset())


def result_for(person: str, pair: str) -> str:
    """The result of a pair (`A-C`) that says that a person is the one who harms (`W_A`, `W_B`); empty for another."""
    first, _mark, second = pair.partition("-")
    return {first: "W_A", second: "W_B"}.get(person, "")


def desks_read_by(actor: Actor, own_person: str) -> tuple[str, ...]:
    """List the desks whose writing an actor reads: a worker's own, or all for the panel and the safety lead."""
    if actor.role in DECIDERS:
        return DESKS
    return (desk_of(actor, own_person),)


def reads_answer(actor: Actor, own_person: str, *, compartment: Compartment, desk: str, about: str) -> bool:
    """Say whether an actor reads an answer: their desks, and for an advocate the safe contact of her own person."""
    if desk in desks_read_by(actor, own_person):
        return True
    return actor.side is Side.SUPPORT and compartment is Compartment.BOARD and about == own_person


def act_as_read_by(actor: Actor, own_person: str, act: Act, desk: str) -> Act | None:
    """Give an act as far as this actor may know it, or None.

    The signed result reaches advocates without its reasons. It reaches the programme side only as the instruction to
    go on with their own person: any other result stays unseen there, as every hold does (domain 0.5, one code).
    What somebody signed themselves they read.
    """
    signed_it = any(one.side and one.name == actor.name for one in act.by)
    if signed_it or desk in desks_read_by(actor, own_person):
        return act
    if act.act != "W-SIGN":
        return None
    if actor.side is Side.SUPPORT or act.value == result_for(own_person, act.about):
        return Act(act.id, act.act, act.about, act.values, act.on, act.by)
    return None
