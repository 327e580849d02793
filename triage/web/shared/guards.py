"""The guard of every page: who is asking, does the access table let them in; and the check that all have one."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn, cast

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from triage.cases.roles import Actor, Role
from triage.casework.accounts import actor_of
from triage.casework.service import Service
from triage.web.shared.access import ACCESS, ANYONE

View = Callable[..., ResponseReturnValue]


class UnguardedRoute(RuntimeError):
    """A route whose audience is not declared, or not the one of the access table; the program does not start."""


def service() -> Service:
    """Give the opened service of this program."""
    opened: Service = current_app.extensions["triage"]
    return opened


def signed_in() -> Actor | None:
    """Give the person signed in, looked up once per request."""
    if "actor" not in g:
        token = session.get("token")
        g.actor = actor_of(service(), token) if isinstance(token, str) else None
    actor: Actor | None = g.actor
    return actor


def for_anyone(view: View) -> View:
    """Mark a page that needs no sign-in."""
    view.audience = ANYONE  # type: ignore[attr-defined]  # the mark that start-up reads
    return view


def for_roles(*roles: Role) -> Callable[[View], View]:
    """Let these roles in and pass the actor as the first argument; to everyone else the page does not exist."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:  # noqa: ANN401 - whatever the page takes
            actor = signed_in()
            if actor is None:
                return _to_the_door()
            if actor.role not in roles:
                abort(404)
            return view(actor, *args, **kwargs)

        guarded.audience = frozenset(roles)  # type: ignore[attr-defined]  # the mark that start-up reads
        return guarded

    return guard


def _to_the_door() -> ResponseReturnValue:
    """Send somebody who is not signed in to the door; a form that was typed is kept on the page of the refusal."""
    if request.method == "POST":
        abort(401)
    return redirect(url_for("door.sign_in"), 303)


def _unguarded(endpoint: str, why: str) -> NoReturn:
    raise UnguardedRoute(f"{endpoint}: {why}. Give it a guard of triage.web.shared.guards and a line in access.ACCESS.")


def check_every_route(app: Flask) -> None:
    """Refuse to start when a route has no guard, no line in the access table, or two that differ."""
    for_anyone(cast("View", app.view_functions["static"]))
    for endpoint, view in app.view_functions.items():
        audience = getattr(view, "audience", None)
        if audience is None:
            _unguarded(endpoint, "no guard")
        if endpoint not in ACCESS:
            _unguarded(endpoint, "not in the access table")
        if audience != ACCESS[endpoint]:
            _unguarded(endpoint, "the guard and the access table differ")
    if absent := set(ACCESS) - set(app.view_functions):
        _unguarded(", ".join(sorted(absent)), "in the access table, but no such page")
