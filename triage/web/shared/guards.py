"""The guard of every page: who is asking, does the access matrix let them in; and the check that all pages have one.

A view says what it does (`@reads("case", "list")`, `@writes("answer", "record")`); who may do that stands in
`triage/casework/access/matrix.toml` alone. ADR 0014.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from triage.cases.roles import Actor
from triage.casework.access.matrix import Matrix, Permit, Stage, access_matrix
from triage.casework.access.refusals import note_refused_page
from triage.casework.accounts.sessions import Visit, visit_of
from triage.casework.service import Service

View = Callable[..., ResponseReturnValue]
_NEXT_STEP = {Stage.FACTOR: "own.prove", Stage.ENROL: "own.enrol"}
_OF_NOBODY = frozenset({"language", "csrf_token", "departure"})
"""What the cookie holds of no case and no person; the token of forms stays, so that a form typed late is not lost."""
_METHODS = {"get": {"GET", "HEAD"}, "post": {"POST"}}


class UnguardedRoute(RuntimeError):
    """Routes without a permit, or permits without a route, one line each; the program does not start."""


def service() -> Service:
    """Give the opened service of this program."""
    opened: Service = current_app.extensions["triage"]
    return opened


def token() -> str:
    """Give the session token that the browser sent, or an empty text."""
    held = session.get("token")
    return held if isinstance(held, str) else ""


def visit() -> Visit | None:
    """Give who is there and how far the sign-in has come, looked up once per request; a session that is over goes."""
    if "visit" not in g:
        g.visit = visit_of(service(), token()) if token() else None
        if token() and g.visit is None:
            _forget()
    found: Visit | None = g.visit
    return found


def signed_in() -> Actor | None:
    """Give the person signed in completely."""
    found = visit()
    return found.actor if found and found.stage is Stage.FULL else None


def this_visit() -> Visit:
    """Give the visit of a page that only somebody who is there reaches."""
    found = visit()
    if found is None:
        abort(404)
    return found


def remember(token: str) -> None:
    """Keep the token of a new session in the cookie; nothing of the earlier one but the language stays."""
    language = session.get("language")
    session.clear()
    session.update({"token": token} | ({"language": language} if language else {}))
    g.pop("visit", None)


def _forget() -> None:
    """Leave nothing of a session that is over on the device: where it was, in which conversation, whose it was."""
    for name in set(session) - _OF_NOBODY:
        session.pop(name)


def reads(resource: str, action: str) -> Callable[[View], View]:
    """Guard a page that shows something: GET, and nothing changes."""
    return _guard("get", resource, action)


def writes(resource: str, action: str) -> Callable[[View], View]:
    """Guard a page that takes a form: POST."""
    return _guard("post", resource, action)


def _guard(method: str, resource: str, action: str) -> Callable[[View], View]:
    """Let in whom the matrix names and pass the actor as the first argument; to everyone else no such page exists."""
    permit = access_matrix().permit(method, resource, action)

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:  # noqa: ANN401 - whatever the page takes
            if permit is None:
                abort(404)
            if permit.is_open:
                return view(*args, **kwargs)
            found = visit()
            if found is None or found.stage not in permit.stages:
                return _to_the_next_step(found)
            if found.actor.role not in permit.roles:
                note_refused_page(service(), found.actor, permit)
                abort(404)
            if permit.is_fresh and not found.is_fresh:
                return _prove_again()
            return view(found.actor, *args, **kwargs)

        guarded.permit = permit  # type: ignore[attr-defined]  # the mark that start-up reads
        return guarded

    return guard


def _to_the_next_step(found: Visit | None) -> ResponseReturnValue:
    """Send somebody to what their sign-in still lacks; a form that was typed is kept on the page of the refusal."""
    if found is not None and found.stage is Stage.FULL:
        abort(404)
    if request.method == "POST":
        abort(401)
    return redirect(url_for(_NEXT_STEP[found.stage] if found else "door.sign_in"), 303)


def _prove_again() -> ResponseReturnValue:
    """Ask for the second factor before a sensitive act; where to go on is kept in the cookie, not in an address."""
    if request.method == "POST":
        abort(403)
    session["after"] = request.path
    return redirect(url_for("own.prove"), 303)


def permit_of(app: Flask, endpoint: str) -> Permit | None:
    """Give the permit of a page, or None when it has none."""
    permit: Permit | None = getattr(app.view_functions[endpoint], "permit", None)
    return permit


def check_every_route(app: Flask, matrix: Matrix) -> None:
    """Refuse to start unless every route has a permit for its method, and every permit a route."""
    if problems := list(_route_problems(app, matrix)):
        raise UnguardedRoute("\n".join(problems))


def _route_problems(app: Flask, matrix: Matrix) -> Iterator[str]:
    used = set()
    for rule in app.url_map.iter_rules():
        permit = permit_of(app, rule.endpoint)
        if permit is None or matrix.permits.get(permit.name) != permit:
            yield f"{rule.endpoint}: no permit in matrix.toml; guard it with @reads or @writes and add the line"
        elif set(rule.methods or ()) != _METHODS[permit.method]:
            yield f"{rule.endpoint}: it answers {', '.join(sorted(rule.methods or ()))}, its permit is {permit.name}"
        else:
            used.add(permit.name)
    yield from (f"{name}: in matrix.toml, but no such page" for name in matrix.permits if name not in used)
