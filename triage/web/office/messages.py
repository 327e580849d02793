"""Messages that go outside, on a page: what is parked or waits, what an e-mail says, and which webhooks may be used."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from triage.cases.roles import Actor, Role
from triage.casework.messages import overseeing
from triage.casework.messages.kinds import Kind, texts
from triage.web.office.accounts import blueprint
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.posted import text_of
from triage.web.shared.replies import given, see_other

KINDS: Final[Mapping[Kind, object]] = {
    Kind.RECEIVED: lazy_gettext("To an agency: what it sent has arrived"),
    Kind.QUESTION: lazy_gettext("To an agency: there is a question"),
    Kind.ANSWERED: lazy_gettext("To an agency: there is an answer"),
    Kind.REVIEW: lazy_gettext("To an agency: a review is near or past"),
    Kind.INCOMING: lazy_gettext("To intake: something new waits"),
    Kind.CARD: lazy_gettext("To the safety lead: something waits"),
    Kind.ACCOUNT: lazy_gettext("To the owner of an account: it has changed"),
    Kind.CONTACT: lazy_gettext("To the support side: a contact point must be checked"),
    Kind.UPDATED: lazy_gettext("To a program: ask for the status"),
}
FAULTS: Final[Mapping[str, object]] = {
    "no-mail-server": lazy_gettext("No mail server is set up."),
    "not-delivered": lazy_gettext("Not delivered"),
    "certificate": lazy_gettext("The server’s certificate is not valid."),
    "no-answer": lazy_gettext("There was no answer in time."),
    "refused": lazy_gettext("The program answered, and did not take it."),
    "gone": lazy_gettext("The program says that it takes nothing any more."),
    "forbidden-address": lazy_gettext("The address leads to a place to which nothing is sent."),
    "program": lazy_gettext("Something went wrong here: tell whoever runs the machine."),
}


@blueprint.get("/office/messages")
@reads("message", "list")
def messages(actor: Actor) -> ResponseReturnValue:
    """Show what is parked, what waits, the webhooks, and what each e-mail says."""
    return render_template(
        "office/messages.html", seen=given(overseeing.messages_of(service(), actor)), kinds=KINDS, faults=FAULTS,
        texts=texts(), may_decide=actor.role is Role.ADMINISTRATOR,
    )  # fmt: skip


@blueprint.post("/office/messages/<uuid:message_id>/decide")
@writes("message", "decide")
def decide_message(actor: Actor, message_id: UUID) -> ResponseReturnValue:
    """Let a parked message be tried again, or give it up; what is parked no more stays as it is."""
    reply = text_of(request.form, "reply")
    if reply not in {"again", "drop"}:
        abort(400)
    overseeing.decide(service(), actor, message_id, again=reply == "again")
    return see_other(url_for("office.messages"))


@blueprint.post("/office/webhooks/<uuid:webhook_id>/confirm")
@writes("message", "confirm")
def confirm_webhook(actor: Actor, webhook_id: UUID) -> ResponseReturnValue:
    """Let events go to a webhook; one that was confirmed before, or closed, stays as it is."""
    overseeing.confirm(service(), actor, webhook_id)
    return see_other(url_for("office.messages"))
