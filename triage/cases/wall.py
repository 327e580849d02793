"""The wall: who may do what in a case, and why not. Pure, by tables; what no table allows is refused.

Sources: domain 0.5 (compartments), 0.6 (who decides), 12.3 (who records which act), INV-06 and INV-07 (domain 05);
security page 3.2 and 3.3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from triage.cases.roles import SIDES_OF, STAFF_SIDES, Action, Actor, Role, Side


class Reason(StrEnum):
    """Why something was refused. The value is the English sentence shown, and the message id of its translations."""

    NO_SUCH_CASE = "There is no such case here."
    NOT_YOUR_ROLE = "Your role does not do this."
    NOT_YOUR_SOURCE = "This kind of answer is recorded by somebody else."
    NOT_YOUR_ACT = "This act is signed by somebody else."
    NOT_YOUR_PERSON = "This is recorded by the person's own worker."
    NOT_YOUR_ANSWER = "There is no such answer among those you may correct."
    ALREADY_WITHDRAWN = "This answer has already been taken back."
    ALREADY_TAKEN = "This person already has a worker on your side."
    ALREADY_WORKING = "You already work with one person of this case."
    SIGN_IN_REFUSED = "The name or the password is not right, or there were too many attempts. Try again later."
    CODE_REFUSED = "This code is not right, was used before, or there were too many attempts. Try the next one."
    PROVIDER_REFUSED = "This sign-in could not be completed. Begin again, or ask who runs the accounts."
    PROVIDER_DOWN = "The provider of the sign-in does not answer now."
    INVITATION_REFUSED = "This code is not right, was used before, or is too old. Ask for a new one."
    ANOTHER_PERSON = "This takes two persons, and neither may be the one whose account it is."
    LAST_ADMINISTRATOR = "This is the last administrator: make another one first."
    NO_SUCH_ACCOUNT = "There is no such account here."
    NOT_ACCEPTED = "This cannot be recorded as it stands."
    KEY_USED = "This form was already sent with other content. Open the page again."
    OWN_VIEW_FIRST = "Record your own view before you see the proposal."
    NO_SUCH_PAIR = "There is no such pair in this case."
    NO_SUCH_PERSON = "There is no such person in this case."
    STILL_NEEDED = "Something in this case speaks of this person. They cannot be taken away while it stands."
    TOO_MANY_PERSONS = "No more persons can be added here. Ask the panel about a case of their own."
    NOT_ENOUGH_KNOWN = "Not enough is known for a determination."
    NOT_OPEN_TODAY = "This act can name only what is open today: markers that nobody knows, or measures in force."
    ALREADY_WAITING = "This act already waits for a second name."
    SECOND_NAME_IS_ANOTHERS = "The second name is another person’s."
    WAITS_NO_MORE = "This no longer waits for a second name: it was answered, a week has passed, or the case moved on."
    NO_SUCH_MATCH = "There is no such match here."
    TOO_OFTEN = "You asked this too often within an hour. Try again later."
    MATCHER_DOWN = "People cannot be compared now. Until they can be, nothing that waits for it starts."
    NO_SUCH_REFERRAL = "There is no such referral here."
    NUMBER_USED = "Your agency gave this number to another referral."
    NOT_NOW = "This cannot be done with the referral as it stands now."
    DANGER_FIRST = "Somebody may be in danger: take this referral into a case first."
    TAKE_ANEW = "This referral does not say what the case says. Take it into a new case: the search then compares both."
    WHO_IS_MEANT = "Say whether the new person is somebody who is in the case already, or somebody new."
    NOT_TO_OPEN = "This card is not yours to open. Hand over to a colleague, or call the safety lead."
    ON_HOLD = "On hold; contact the safety lead."
    REVIEW_TOO_LATE = "The review is at most twelve weeks from today, and after today."


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal: why, the clause of the standard it serves, and sentences about what was wrong in the input."""

    reason: Reason
    clause: str = ""
    details: tuple[str, ...] = ()


class AnswerKind(StrEnum):
    """What the wall needs to know about an answer: whose words it is, and whether it states support."""

    SUPPORT_SERVICE = "support-service"
    OWN_WORDS = "own-words"
    OTHER_WORDS = "other-words"
    OBSERVATION = "observation"
    RECORDS = "records"
    SUPPORT_STATUS = "support-status"


RECORD_SOURCES = frozenset({"REF", "POL", "CRT", "CSC", "HLT", "TP"})
"""Source classes that are neither the words of a person here nor the worker's own observation (domain 0.4)."""


@dataclass(frozen=True, slots=True)
class Situation:
    """How the actor stands to the case, and what is being recorded.

    `own_person` is the letter of the person the actor works with, or has ever worked with, in this case; empty when
    there is none. `crossed` when the actor has stood on another side in this case. `answer` is set for answers;
    `act` and `about` for acts.
    """

    own_person: str = ""
    crossed: bool = False
    answer: AnswerKind | None = None
    act: str = ""
    about: str = ""


class Tie(StrEnum):
    """Whether the actor works with a person of the case."""

    WORKER = "worker"
    NONE = "none"


_WORKER, _NONE, _EITHER = frozenset({Tie.WORKER}), frozenset({Tie.NONE}), frozenset(Tie)
_OF_A_WORKER: Mapping[Action, frozenset[Tie]] = {
    Action.LIST_CASES: _EITHER,
    Action.TAKE_ON: _NONE,
    Action.READ_CASE: _WORKER,
    Action.RECORD_ANSWER: _WORKER,
    Action.WITHDRAW_ANSWER: _WORKER,
    Action.RECORD_ACT: _WORKER,
    Action.RECORD_IDENTITY: _WORKER,
    Action.ADD_PERSON: _WORKER,
    Action.CORRECT_PERSON: _WORKER,
    Action.TAKE_PERSON_AWAY: _WORKER,
    Action.DECLINE_NAMED: _WORKER,
    Action.STATE_RELATION: _WORKER,
    Action.NAME_ATTENDANT: _WORKER,
    Action.END_ATTENDANT: _WORKER,
    Action.READ_ATTENDANTS: _WORKER,
    Action.SEND: _WORKER,
    Action.HAND_OUT: _WORKER,
    Action.READ_HANDINGS: _WORKER,
}
_OF_THE_PANEL: Mapping[Action, frozenset[Tie]] = {
    Action.LIST_CASES: _EITHER,
    Action.READ_CASE: _NONE,
    Action.RECORD_ACT: _NONE,
    Action.PROPOSE_ACT: _NONE,
    Action.CONFIRM_ACT: _NONE,
    Action.DECLINE_ACT: _NONE,
    Action.RECORD_OWN_VIEW: _NONE,
    Action.READ_PROPOSAL: _NONE,
    Action.SIGN: _NONE,
    Action.READ_MATCHES: _NONE,
    Action.REVIEW_MATCH: _NONE,
    Action.LOOK_UP_PERSON: _NONE,
    Action.READ_LOOKS: _NONE,
    Action.REASSIGN: _NONE,
    Action.OPEN_PAIR: _NONE,
    Action.AGREE_PERSON_AWAY: _NONE,
}
_OF_INTAKE: Mapping[Action, frozenset[Tie]] = dict.fromkeys(
    (
        Action.READ_INCOMING, Action.TAKE_REFERRAL, Action.ASK_AGENCY, Action.DECLINE_REFERRAL, Action.CLOSE_REFERRAL,
        Action.TRANSFER_REFERRAL, Action.HAND_OVER_REFERRAL,
    ),
    _EITHER,
)  # fmt: skip
_OF_AN_AGENCY: Mapping[Action, frozenset[Tie]] = dict.fromkeys(
    (
        Action.WRITE_REFERRAL, Action.SEND_REFERRAL, Action.READ_OWN_REFERRALS, Action.REPLY_TO_US,
        Action.HOLDER_CLOSES,
    ),
    _NONE,
)  # fmt: skip
PERMITTED: Mapping[Role, Mapping[Action, frozenset[Tie]]] = {
    Role.INTAKE_WORKER: {Action.OPEN_CASE: _EITHER, Action.ASK_TO_START: _WORKER, **_OF_A_WORKER, **_OF_INTAKE},
    Role.SUPPORT_ADVOCATE: {**_OF_A_WORKER, Action.CONFIRM_ACT: _WORKER, Action.DECLINE_ACT: _WORKER},
    # INV-07: a panel member is on neither side of the case, in everything, not only when signing.
    Role.PANEL_MEMBER: _OF_THE_PANEL,
    # Domain 12.3: an independent safeguarding lead may sign in the place of the victim-support side.
    Role.SAFETY_LEAD: _OF_THE_PANEL,
    # Page 3.5: an agency sees its own referrals, never a case.
    Role.AGENCY_CLERK: _OF_AN_AGENCY,
    Role.AGENCY_LEAD: {**_OF_AN_AGENCY, Action.IMPORT_REFERRALS: _NONE, Action.WITHDRAW_IMPORT: _NONE},
}
"""Role, action, and how the actor must stand to the case. A role or an action that is not listed is refused."""

SOURCES: Mapping[Role, frozenset[AnswerKind]] = {
    Role.INTAKE_WORKER: frozenset({AnswerKind.OWN_WORDS, AnswerKind.OBSERVATION, AnswerKind.RECORDS}),
    Role.SUPPORT_ADVOCATE: frozenset(AnswerKind) - {AnswerKind.OTHER_WORDS},
}
"""Which kinds of answers a role records: what states support comes from the victim-support side alone (INV-06)."""

ACTS: Mapping[str, frozenset[tuple[Role, Side]]] = {
    "ISS-STATUS": frozenset({(Role.SUPPORT_ADVOCATE, Side.SUPPORT)}),
    "RESX-SIGN": frozenset({(Role.SUPPORT_ADVOCATE, Side.SUPPORT), (Role.PANEL_MEMBER, Side.SUPPORT)}),
    "LITINDEP-SIGN": frozenset({(Role.INTAKE_WORKER, Side.PROGRAMME)}),
    "RISKPLAN-ADOPT": frozenset({(Role.SAFETY_LEAD, Side.INDEPENDENT)}),
    "REVIEW-CONCLUDED": frozenset(
        {(Role.SAFETY_LEAD, Side.INDEPENDENT), *((Role.PANEL_MEMBER, side) for side in STAFF_SIDES)}
    ),
    "CROSS-SEARCH": frozenset((Role.PANEL_MEMBER, side) for side in STAFF_SIDES),
    "REMIT": frozenset({(Role.SAFETY_LEAD, Side.INDEPENDENT)}),
}
"""Who records which act (domain 12.3; 13, corrections 7, 21). W-SIGN is written by two signatures, never recorded."""

_BOTH_LEADS = frozenset({(Role.SAFETY_LEAD, Side.INDEPENDENT), (Role.PANEL_MEMBER, Side.SUPPORT)})
PROPOSERS: Mapping[str, frozenset[tuple[Role, Side]]] = {
    "RISK-REASONED": _BOTH_LEADS,
    "GATE-REASSESSED": _BOTH_LEADS,
    "JOINT-SIGN": frozenset((Role.PANEL_MEMBER, side) for side in STAFF_SIDES),
}
"""Who gives the first name under an act of two names; who gives the second is in `triage.cases.second_names`."""

LOOKERS = _BOTH_LEADS
"""Who learns who looked at a case, chooses another worker for a person whose worker stood on both sides, and opens a
pair to both sides: those who answer for a person's safety, and nobody of the programme side."""

_OF_LOOKERS = frozenset({Action.READ_LOOKS, Action.REASSIGN, Action.OPEN_PAIR, Action.AGREE_PERSON_AWAY})
_ACT_ABOUT_OWN_PERSON = frozenset({"ISS-STATUS", "LITINDEP-SIGN"})
"""Acts that a worker signs about the person they work with: one person's status never unlocks another's work."""


def answer_kind(source: str, speaker: str, own_person: str, *, states_support: bool) -> AnswerKind:
    """Say what an answer is to the wall.

    Inputs: the source class, the letter of the person whose words these are, the actor's own person, and whether a
    column that only the support side writes is filled. Source: domain 0.4; 13, correction 3.
    """
    if states_support and source != "ISS":
        return AnswerKind.SUPPORT_STATUS
    if source == "ISS":
        return AnswerKind.SUPPORT_SERVICE if speaker in {"", own_person} else AnswerKind.OTHER_WORDS
    if source == "SELF":
        return AnswerKind.OWN_WORDS if speaker in {"", own_person} else AnswerKind.OTHER_WORDS
    return AnswerKind.RECORDS if source in RECORD_SOURCES else AnswerKind.OBSERVATION


def refusal(actor: Actor, action: Action, situation: Situation) -> Refused | None:
    """Say why this actor may not do this in this situation, or None when a table allows it (clauses 1.2, 4.4)."""
    if actor.side not in SIDES_OF[actor.role]:
        return Refused(Reason.NOT_YOUR_ROLE, "1.2")
    ties = PERMITTED.get(actor.role, {}).get(action)
    if ties is None:
        return Refused(Reason.NOT_YOUR_ROLE, "1.2")
    if situation.crossed:
        return Refused(Reason.NO_SUCH_CASE, "1.2")
    if (Tie.WORKER if situation.own_person else Tie.NONE) not in ties:
        return Refused(Reason.ALREADY_WORKING if action is Action.TAKE_ON else Reason.NO_SUCH_CASE, "1.2")
    if action in _OF_LOOKERS and (actor.role, actor.side) not in LOOKERS:
        return Refused(Reason.NO_SUCH_CASE, "1.2")
    if action is Action.RECORD_ANSWER:
        return _answer_refusal(actor, situation)
    if action is Action.RECORD_ACT:
        return _act_refusal(actor, situation)
    if action is Action.PROPOSE_ACT and (actor.role, actor.side) not in PROPOSERS.get(situation.act, frozenset()):
        return Refused(Reason.NOT_YOUR_ACT, "4.4")
    return None


def _answer_refusal(actor: Actor, situation: Situation) -> Refused | None:
    """Refuse an answer that this role does not record (INV-06; each person's words by that person's own worker)."""
    if situation.answer is AnswerKind.OTHER_WORDS:
        return Refused(Reason.NOT_YOUR_PERSON, "1.2")
    if situation.answer not in SOURCES.get(actor.role, frozenset()):
        return Refused(Reason.NOT_YOUR_SOURCE, "1.2")
    return None


def _act_refusal(actor: Actor, situation: Situation) -> Refused | None:
    """Refuse an act that this role and side do not sign (domain 12.3)."""
    if (actor.role, actor.side) not in ACTS.get(situation.act, frozenset()):
        return Refused(Reason.NOT_YOUR_ACT, "4.4")
    if situation.act in _ACT_ABOUT_OWN_PERSON and situation.about != situation.own_person:
        return Refused(Reason.NOT_YOUR_PERSON, "1.2")
    return None
