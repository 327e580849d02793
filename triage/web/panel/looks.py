"""What somebody did with a case, in words: one for each act of the audit that is about a case."""

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _

from triage.cases.roles import Action
from triage.casework.openings.opening import OPEN, READ

ACTS: Final[Mapping[str, object]] = {
    Action.OPEN_CASE.value: _("opened the case"),
    Action.TAKE_ON.value: _("took a person on"),
    Action.READ_CASE.value: _("read the case"),
    Action.RECORD_ANSWER.value: _("recorded an answer"),
    Action.WITHDRAW_ANSWER.value: _("took an answer back"),
    Action.RECORD_ACT.value: _("signed an act"),
    Action.PROPOSE_ACT.value: _("proposed an act"),
    Action.CONFIRM_ACT.value: _("gave a second name"),
    Action.DECLINE_ACT.value: _("declined to give a second name"),
    Action.RECORD_OWN_VIEW.value: _("recorded a view"),
    Action.READ_PROPOSAL.value: _("read the proposal"),
    Action.SIGN.value: _("signed the determination"),
    Action.READ_MATCHES.value: _("read the matches"),
    Action.REVIEW_MATCH.value: _("judged a match"),
    Action.LOOK_UP_PERSON.value: _("asked who a person could be"),
    Action.RECORD_IDENTITY.value: _("recorded what recognises a person"),
    Action.SEND.value: _("asked whether a contact point may be used"),
    Action.ASK_TO_START.value: _("asked whether work may start"),
    OPEN: _("opened the card of a person in danger"),
    READ: _("read the card of a person in danger"),
    Action.READ_LOOKS.value: _("read who looked"),
}
