"""What casework gave back, turned into an answer: refusals into pages, results into redirects."""

from collections.abc import Mapping
from typing import NoReturn, TypeVar

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from triage.cases.wall import Reason, Refused
from triage.casework.accounts.office import Invited
from triage.web.shared.guards import service

Given = TypeVar("Given")

_HIDDEN = frozenset(
    {
        Reason.NO_SUCH_CASE,
        Reason.NO_SUCH_PAIR,
        Reason.NO_SUCH_PERSON,
        Reason.NOT_YOUR_ROLE,
        Reason.NOT_YOUR_ACT,
        Reason.NOT_YOUR_ANSWER,
        Reason.NO_SUCH_ACCOUNT,
        Reason.NO_SUCH_MATCH,
        Reason.NO_SUCH_REFERRAL,
    }
)
"""Refusals that look like a page that does not exist: whether it exists is nobody's business."""
_STATUS: Mapping[Reason, int] = {Reason.ON_HOLD: 423}


def given(result: Given | Refused) -> Given:
    """Give the result; a refusal that hides something is the constant 404, any other a plain 400."""
    if isinstance(result, Refused):
        refuse(result)
    return result


def refuse(refused: Refused) -> NoReturn:
    """End the request with the page of a refusal."""
    abort(404 if refused.reason in _HIDDEN else _STATUS.get(refused.reason, 400))


def invited_page(invited: Invited, onward: str) -> str:
    """Show the code of an invitation this once, the address to be told, and a way on."""
    told = service().settings.address
    address = told + url_for("door.invitation") if told else url_for("door.invitation", _external=True)
    return render_template("office/invited.html", invited=invited, address=address, onward=onward)


def see_other(address: str) -> ResponseReturnValue:
    """Send the browser to another page after a post."""
    return redirect(address, 303)
