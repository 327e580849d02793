"""Who works with a case: roles, sides, actors, and the actions the wall decides about.

Sides are of the people who work, never of the people the case is about: before a determination these are person A
and person B (domain 0.1). Source: security page 3.1; domain 0.6 and 12.3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Side(StrEnum):
    """Which side of the wall somebody works on; fixed for an account."""

    SUPPORT = "support"
    PROGRAMME = "programme"
    INDEPENDENT = "independent"
    AGENCY = "agency"


STAFF_SIDES = frozenset({Side.SUPPORT, Side.PROGRAMME, Side.INDEPENDENT})
"""The sides of those who work here; whoever sends referrals from outside is on none of them."""


class Role(StrEnum):
    """What somebody does."""

    INTAKE_WORKER = "intake-worker"
    SUPPORT_ADVOCATE = "support-advocate"
    PANEL_MEMBER = "panel-member"
    SAFETY_LEAD = "safety-lead"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"
    DATA_PROTECTION_OFFICER = "data-protection-officer"
    AUDITOR = "auditor"
    AUTHOR = "author"
    REVIEWER = "reviewer"
    TRANSLATOR = "translator"
    AGENCY_CLERK = "agency-clerk"
    AGENCY_LEAD = "agency-lead"


OUTSIDE = frozenset({Role.AGENCY_CLERK, Role.AGENCY_LEAD})
"""The roles of agencies that send referrals: a clerk sees their own, a lead all of the agency; neither sees a case."""
DECIDERS = frozenset({Role.PANEL_MEMBER, Role.SAFETY_LEAD})
"""The roles that decide about a pair and read every desk of a case."""
INTERVIEWERS = frozenset({Role.INTAKE_WORKER, Role.SUPPORT_ADVOCATE})
"""The roles that work with one person of a case, each on a side of the wall."""
RUNNING = frozenset(Role) - OUTSIDE - DECIDERS - INTERVIEWERS
"""The roles that run the service and see no content of any case (page 3.1)."""
SIDES_OF: Mapping[Role, frozenset[Side]] = {
    Role.INTAKE_WORKER: frozenset({Side.PROGRAMME}),
    Role.SUPPORT_ADVOCATE: frozenset({Side.SUPPORT}),
    Role.PANEL_MEMBER: STAFF_SIDES,
    Role.SAFETY_LEAD: frozenset({Side.INDEPENDENT}),
    **dict.fromkeys(RUNNING, frozenset({Side.INDEPENDENT})),
    **dict.fromkeys(OUTSIDE, frozenset({Side.AGENCY})),
}
"""The sides on which a role may stand: the panel has members of every side; the safety lead and all who run the
service are on neither."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody signed in."""

    id: UUID
    name: str
    role: Role
    side: Side


def speaks_for(actor: Actor) -> str:
    """Name the body an actor signs for, in the words of acts (flows/acts.yml): a side, the panel or the safety lead."""
    if actor.role is Role.SAFETY_LEAD:
        return "safety"
    if actor.role is Role.PANEL_MEMBER and actor.side is not Side.SUPPORT:
        return "panel"
    return actor.side.value


class Action(StrEnum):
    """What the wall is asked about; one action per duty of casework."""

    OPEN_CASE = "open-case"
    LIST_CASES = "list-cases"
    TAKE_ON = "take-on"
    READ_CASE = "read-case"
    RECORD_ANSWER = "record-answer"
    WITHDRAW_ANSWER = "withdraw-answer"
    RECORD_ACT = "record-act"
    PROPOSE_ACT = "propose-act"
    CONFIRM_ACT = "confirm-act"
    DECLINE_ACT = "decline-act"
    RECORD_OWN_VIEW = "record-own-view"
    READ_PROPOSAL = "read-proposal"
    SIGN = "sign"
    READ_MATCHES = "read-matches"
    REVIEW_MATCH = "review-match"
    LOOK_UP_PERSON = "look-up-person"
    RECORD_IDENTITY = "record-identity"
    ADD_PERSON = "add-person"
    CORRECT_PERSON = "correct-person"
    TAKE_PERSON_AWAY = "take-person-away"
    AGREE_PERSON_AWAY = "agree-person-away"
    DECLINE_NAMED = "decline-named"
    STATE_RELATION = "state-relation"
    OPEN_PAIR = "open-pair"
    NAME_ATTENDANT = "name-attendant"
    END_ATTENDANT = "end-attendant"
    READ_ATTENDANTS = "read-attendants"
    SEND = "send"
    ASK_TO_START = "ask-to-start"
    HAND_OUT = "hand-out"
    READ_HANDINGS = "read-handings"
    READ_LOOKS = "read-looks"
    WRITE_REFERRAL = "write-referral"
    SEND_REFERRAL = "send-referral"
    READ_OWN_REFERRALS = "read-own-referrals"
    REPLY_TO_US = "reply-to-us"
    HOLDER_CLOSES = "holder-closes"
    IMPORT_REFERRALS = "import-referrals"
    WITHDRAW_IMPORT = "withdraw-import"
    READ_INCOMING = "read-incoming"
    TAKE_REFERRAL = "take-referral"
    ASK_AGENCY = "ask-agency"
    DECLINE_REFERRAL = "decline-referral"
    CLOSE_REFERRAL = "close-referral"
    TRANSFER_REFERRAL = "transfer-referral"
    HAND_OVER_REFERRAL = "hand-over-referral"
    REASSIGN = "reassign"
