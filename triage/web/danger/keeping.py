"""The danger page; and the form that it interrupts, kept in the page meanwhile and given back as it was (ADR 0044)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue

from triage.cases.roles import Actor
from triage.casework.access.matrix import access_matrix
from triage.web.danger.numbers import EmergencyNumber, emergency_numbers
from triage.web.shared.guards import View, signed_in
from triage.web.shared.language import current_language
from triage.web.shared.opened import opened
from triage.web.shared.posted import MOST_FIELDS, Typed, fields_to_keep, local_path

DANGER: Final = "danger"
RETURN: Final = "return"
OPEN: Final = "open"
"""What a form may be sent for besides being recorded: to read whom to call, to come back, to open the question."""
QUESTION: Final = ("DR-26", "case")
"""The question that records a danger, and its place."""

ShownAgain = Callable[..., ResponseReturnValue]


def prepare_danger(app: Flask, country: str) -> None:
    """Read the numbers of the country once; raises `BadSetting` when it has no list."""
    app.extensions["emergency-numbers"] = emergency_numbers(country)


def keeps_form(show_again: ShownAgain) -> Callable[[View], View]:
    """Let a page that takes a form be left for danger and come back: `show_again(actor, typed, …)` draws its form.

    Nothing is recorded on either way. The mark `keeps_form` says so to the page of a refusal, which then offers the
    form again too.
    """

    def keeping(view: View) -> View:
        @wraps(view)
        def kept(actor: Actor, *args: Any, **kwargs: Any) -> ResponseReturnValue:  # noqa: ANN401 - whatever the page takes
            then = request.form.get("then")
            if then == DANGER:
                case_id = kwargs.get("case_id")
                return danger_page(opened(actor, case_id).id if case_id else None)
            if then == RETURN:
                return show_again(actor, Typed(request.form), **kwargs)
            return view(actor, *args, **kwargs)

        kept.keeps_form = True  # type: ignore[attr-defined]  # the mark that errors reads
        return kept

    return keeping


def danger_page(case_id: UUID | None) -> str:
    """Say whom to call; in a case lead on to record the danger; and back to where one was, with what was typed."""
    sent, actor = request.method == "POST", signed_in()
    numbers: tuple[EmergencyNumber, ...] = current_app.extensions["emergency-numbers"]
    permits = access_matrix().permits
    kept = fields_to_keep(request.form.items(multi=True))
    back = request.path if sent else local_path(request.args.get("back", ""))
    return render_template(
        "danger/danger.html", numbers=numbers, language_code=current_language(), case_id=case_id, back=back,
        kept=kept if sent else None, encoded=urlencode(kept),
        question=QUESTION, may_record=actor is not None and actor.role in permits["POST answer.record"].roles,
        has_cases=actor is not None and actor.role in permits["GET case.list"].roles,
    )  # fmt: skip


def _fields_kept_in(text: str) -> list[tuple[str, str]]:
    """Read a whole form that was kept as one text in a field of another; whatever is none gives no fields."""
    try:
        return fields_to_keep(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:  # more fields than a form may have
        return []


def recorded_page(case_id: UUID, typed: Typed, version: int, changed: str) -> str:
    """Say that the danger is recorded, and give the form back that was open.

    Inputs: the case, the form that was just recorded, with the kept one in it; the version that this made; the
    address of what it changed, or an empty text. A kept form that had seen everything before has seen this too.
    """
    fields = [
        (name, str(version) if (name, value) == ("version", str(version - 1)) else value)
        for name, value in _fields_kept_in(typed["kept"])
    ]
    return render_template(
        "danger/recorded.html", case_id=case_id, kept=fields, back=local_path(typed.get("back", "")), changed=changed
    )
