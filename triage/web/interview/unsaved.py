"""What was typed on the page of a question and is not recorded: kept when the page is left, back when it is opened.

With scripts a page sends it by itself when it is left (`static/keeping.js`); without them there is a button.
"""

from typing import Final

from flask import request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.model import CaseView
from triage.cases.roles import INTERVIEWERS, Actor
from triage.casework.telling.drafts import Draft, discard_draft, drafts_in, keep_draft
from triage.web.shared.guards import service
from triage.web.shared.posted import Typed, fields_to_keep
from triage.web.shared.replies import given, see_other

KEEP: Final = "keep"
DROP: Final = "drop"
DROP_AND_LEAVE: Final = "drop-and-leave"
NOT_RECORDED: Final = frozenset({KEEP, DROP, DROP_AND_LEAVE})
"""What a form is sent for besides being recorded: to be kept as it is while one leaves, or to be thrown away."""
_OF_ONE_PAGE: Final = frozenset({"version", "key", "back", "kept"})
LONGEST: Final = 100_000
"""Characters of one form that are kept. A form that is longer is said not to be kept, never kept in part."""

Place = tuple[str, str]


def typed_before(actor: Actor, case: CaseView, place: Place) -> Typed | None:
    """Give what this person had typed on a page that is opened anew; nothing on the page that a danger opened."""
    if not case.unsaved or "back" in request.args or "kept" in request.args:
        return None
    found = [one for one in drafts_in(service(), actor, case.id) if (one.question, one.about) == place]
    return Typed(list(found[-1].fields)) if found else None


def unsaved_in(actor: Actor, case: CaseView) -> tuple[Draft, ...]:
    """Give the pages of a case on which this person typed something that is not recorded, the latest first."""
    found = drafts_in(service(), actor, case.id) if case.unsaved and actor.role in INTERVIEWERS else ()
    return tuple(reversed(found))


def keep_typed(actor: Actor, case: CaseView, place: Place, typed: Typed) -> bool:
    """Keep what is typed on a page, but what belongs to one showing of it alone; False when it is too long."""
    fields = tuple(one for one in fields_to_keep(typed.items(multi=True)) if one[0] not in _OF_ONE_PAGE)
    if sum(len(name) + len(value) for name, value in fields) > LONGEST:
        return False
    given(keep_draft(service(), actor, case.id, place, fields))
    return True


def left_unsaved(actor: Actor, case: CaseView, place: Place, typed: Typed) -> ResponseReturnValue | None:
    """Keep what is typed, or throw it away with what was kept, and lead home; or throw it away and show the page empty.

    None when it is too long to be kept: then nothing was done, and nobody may be led away from it.
    """
    wish = typed.get("then")
    if wish == KEEP:
        if not keep_typed(actor, case, place, typed):
            return None
    elif case.unsaved:
        discard_draft(service(), actor, case.id, place)
    return see_other(request.path if wish == DROP else url_for("interview.tasks", case_id=case.id))
